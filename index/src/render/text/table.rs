//! Tables: columns side by side where they fit, else one record after another.
//!
//! A column is as wide as its widest cell, unless the table would be wider than the page; then the columns share the
//! width and cells wrap. When a column would become narrower than its words, each row is written as lines of
//! `Header: value`, which any width can show.

use anstyle::Style;
use pulldown_cmark::Alignment;

use super::page::Page;
use super::style::{Inline, TextStyle};
use super::wrap::{Line, columns, widest_word, wrap};

/// The space between two columns.
const GUTTER: usize = 2;

/// The widths above which a word may be cut in a cell: options and paths stay whole where they leave a third of the page
/// to longer text, and one word does not prevent the table.
const WORD_MAX: [usize; 2] = [40, 16];

/// The least width of a column with longer text.
const COLUMN_MIN: usize = 8;

/// A table whose cells are being collected.
pub(crate) struct Table {
    alignments: Vec<Alignment>,
    /// The header, then the rows, each with as many cells as the table has columns.
    rows: Vec<Vec<Inline>>,
}

impl Table {
    pub(crate) fn new(alignments: Vec<Alignment>) -> Self {
        Self { alignments, rows: Vec::new() }
    }

    pub(crate) fn begin_row(&mut self) {
        self.rows.push(Vec::with_capacity(self.alignments.len()));
    }

    pub(crate) fn push_cell(&mut self, cell: Inline) {
        if let Some(row) = self.rows.last_mut() {
            row.push(cell);
        }
    }

    /// Writes the table; rows without content are left out.
    pub(crate) fn write(&self, page: &mut Page) {
        if self.rows.iter().flatten().all(Inline::is_empty) {
            return;
        }
        match self.column_widths(page.columns()) {
            Some(widths) => self.write_grid(page, &widths),
            None => self.write_records(page),
        }
    }

    /// Divides `available` columns among the table's; `None` if they are too few.
    fn column_widths(&self, available: usize) -> Option<Vec<usize>> {
        let available = available.saturating_sub(GUTTER * self.alignments.len().saturating_sub(1));
        let natural = self.widest(|text| text.split('\n').map(columns).max().unwrap_or(0));
        let wanted: usize = natural.iter().sum();
        if wanted <= available {
            return Some(natural);
        }
        let least = WORD_MAX.map(|cut| {
            let words = self.widest(|text| widest_word(text, cut));
            words.iter().zip(&natural).map(|(&word, &all)| word.max(all.min(COLUMN_MIN))).collect::<Vec<usize>>()
        });
        let [whole, cut] = least;
        let least = if whole.iter().sum::<usize>() <= available * 2 / 3 { whole } else { cut };
        let spare = available.checked_sub(least.iter().sum())?;
        let missing = wanted - least.iter().sum::<usize>();
        Some(least.iter().zip(&natural).map(|(&least, &all)| least + (all - least) * spare / missing).collect())
    }

    /// Measures every cell and returns the greatest of each column.
    fn widest(&self, measure: impl Fn(&str) -> usize) -> Vec<usize> {
        let mut widths = vec![0; self.alignments.len()];
        for row in &self.rows {
            for (width, cell) in widths.iter_mut().zip(row) {
                *width = measure(cell.text()).max(*width);
            }
        }
        widths
    }

    fn write_grid(&self, page: &mut Page, widths: &[usize]) {
        page.begin_block();
        page.end_marker_line();
        let rows: Vec<Vec<Vec<Line>>> = self.rows.iter().map(|row| wrap_cells(row, widths)).collect();
        let spaced = rows[1..].iter().flatten().any(|lines| lines.len() > 1);
        for (index, (row, lines)) in self.rows.iter().zip(rows).enumerate() {
            if row.iter().all(Inline::is_empty) {
                continue;
            }
            if index > 1 && spaced {
                page.begin_line();
                page.end_line();
            }
            self.write_row(page, row, lines, widths);
            if index == 0 {
                write_rule(page, widths);
            }
        }
    }

    fn write_row(&self, page: &mut Page, row: &[Inline], lines: Vec<Vec<Line>>, widths: &[usize]) {
        let height = lines.iter().map(Vec::len).max().unwrap_or(0);
        let mut lines: Vec<_> = lines.into_iter().map(Vec::into_iter).collect();
        for _ in 0..height {
            page.begin_line();
            for (column, (cell, lines)) in row.iter().zip(&mut lines).enumerate() {
                let line = lines.next().unwrap_or(Line { range: 0..0, columns: 0 });
                let space = widths[column].saturating_sub(line.columns);
                let before = match self.alignments[column] {
                    Alignment::None | Alignment::Left => 0,
                    Alignment::Center => space / 2,
                    Alignment::Right => space,
                };
                page.spaces(before);
                page.content(cell, line.range);
                page.spaces(space - before + GUTTER);
            }
            page.end_line();
        }
    }

    fn write_records(&self, page: &mut Page) {
        let Some((header, rows)) = self.rows.split_first() else { return };
        page.open_indented(0);
        if rows.is_empty() {
            for name in header {
                page.paragraph(name);
            }
        }
        for row in rows {
            let fields = header.iter().zip(row).filter(|(_, value)| !value.is_empty());
            for (index, (name, value)) in fields.enumerate() {
                if index > 0 {
                    page.suppress_blank();
                }
                page.frames().open_hanging(GUTTER);
                page.paragraph(&field(name, value));
                page.close();
            }
        }
        page.close();
    }
}

fn field(name: &Inline, value: &Inline) -> Inline {
    let mut field = Inline::default();
    if !name.is_empty() {
        field.push_content(name);
        field.push_verbatim(": ", TextStyle::default());
    }
    field.push_content(value);
    field
}

fn wrap_cells(row: &[Inline], widths: &[usize]) -> Vec<Vec<Line>> {
    row.iter().zip(widths).map(|(cell, &width)| wrap(cell.text(), width.max(1))).collect()
}

fn write_rule(page: &mut Page, widths: &[usize]) {
    page.begin_line();
    for width in widths {
        page.write_styled(&"─".repeat(*width), Style::new().dimmed());
        page.spaces(GUTTER);
    }
    page.end_line();
}
