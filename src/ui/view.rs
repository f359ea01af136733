//! The drawing of the state, on a screen of any size.

use faqt::render::sanitise;
use ratatui::Frame;
use ratatui::layout::{Constraint, Layout, Position, Rect};
use ratatui::style::{Modifier, Style};
use ratatui::text::{Line, Span};
use ratatui::widgets::{Block, Borders, Paragraph};

use super::app::{App, Focus, Listed, Panes, Row};
use super::links::Target;

/// The least width for two panes side by side.
const WIDE: u16 = 90;
/// The mark before the question.
const PROMPT: &str = "› ";

/// The keys while the question is edited, the most useful first.
const QUESTION_KEYS: [&str; 7] =
    ["Enter read", "↑↓ choose", "Esc clear, end", "PgDn scroll", "Ctrl-Y copy", "Ctrl-O browser", "Ctrl-Z suspend"];
/// The keys while a page is read.
const PAGE_KEYS: [&str; 9] =
    ["Esc search", "↑↓ scroll", "Enter follow", "← back", "Tab next link", "c copy", "o browser", "→ forward", "q end"];

/// Draws the state, and remembers where the panes are.
pub(super) fn draw(app: &mut App, frame: &mut Frame<'_>) {
    let area = frame.area();
    let status = u16::from(area.height > 3);
    let help = u16::from(area.height > 5);
    let rows = [Constraint::Length(1), Constraint::Length(status), Constraint::Min(0), Constraint::Length(help)];
    let [question, summary, body, bottom] = Layout::vertical(rows).areas(area);
    draw_summary(app, frame, summary);
    app.panes = panes(app, body);
    draw_list(app, frame);
    draw_page(app, frame);
    draw_help(app, frame, bottom);
    draw_question(app, frame, question);
}

/// Places the list and the page: side by side, one below the other, or the page alone while it is read.
fn panes(app: &App, body: Rect) -> Panes {
    let (list, border, page) = if body.width >= WIDE {
        let columns = [Constraint::Percentage(40), Constraint::Length(2), Constraint::Min(0)];
        let [list, border, page] = Layout::horizontal(columns).areas(body);
        (list, border, page)
    } else if app.focus == Focus::Page {
        (Rect::default(), Rect::default(), body)
    } else {
        let rows = u16::try_from(app.rows.len()).unwrap_or(u16::MAX).min(body.height.div_ceil(3));
        let rows = [Constraint::Length(rows), Constraint::Length(1), Constraint::Min(0)];
        let [list, border, page] = Layout::vertical(rows).areas(body);
        (list, border, page)
    };
    let has_link = app.page.as_ref().is_some_and(|page| !page.links.is_empty());
    let link = u16::from(has_link && page.height > 4);
    let [page, link] = Layout::vertical([Constraint::Min(0), Constraint::Length(link)]).areas(page);
    Panes { list, border, page, link }
}

fn draw_question(app: &App, frame: &mut Frame<'_>, area: Rect) {
    let width = usize::from(area.width).saturating_sub(Line::raw(PROMPT).width());
    let (text, column) = app.input.visible(width);
    let line = match text {
        "" if app.input.text().is_empty() => Line::from(vec![Span::raw(PROMPT), faint(format!("Ask {}", app.name()))]),
        text => Line::from(vec![Span::raw(PROMPT), Span::raw(text)]),
    };
    frame.render_widget(line, area);
    if app.focus == Focus::Question && area.width > 0 {
        let column = u16::try_from(column + Line::raw(PROMPT).width()).unwrap_or(u16::MAX);
        frame.set_cursor_position(Position::new(area.x + column.min(area.width - 1), area.y));
    }
}

fn draw_summary(app: &App, frame: &mut Frame<'_>, area: Rect) {
    let of = if app.has_choice() { format!(" · {} (F2)", app.name()) } else { String::new() };
    frame.render_widget(Line::from(faint(format!("{}{of}", sanitise(&app.summary)))), area);
}

fn draw_list(app: &mut App, frame: &mut Frame<'_>) {
    let area = app.panes.list;
    let height = usize::from(area.height);
    let end = app.selected + 1;
    app.list_offset = app.list_offset.clamp(end.saturating_sub(height.max(1)), app.selected);
    // The section stays visible above its first entry.
    if height > 1 && app.list_offset == app.selected && matches!(before(app), Some(Row::Section(_))) {
        app.list_offset -= 1;
    }
    for (at, row) in app.rows.iter().enumerate().skip(app.list_offset).take(height) {
        let y = area.y + u16::try_from(at - app.list_offset).unwrap_or(u16::MAX);
        let line = match row {
            Row::Section(title) => Line::from(Span::styled(sanitise(title).into_owned(), Modifier::BOLD)),
            Row::Entry(listed) => entry(listed, at == app.selected, app.focus, area.width),
        };
        frame.render_widget(line, Rect { y, height: 1, ..area });
    }
}

/// Returns the row before the selected one.
fn before(app: &App) -> Option<&Row> {
    app.rows.get(app.selected.checked_sub(1)?)
}

fn entry(listed: &Listed, is_selected: bool, focus: Focus, width: u16) -> Line<'static> {
    let confidence = listed.confidence.map_or_else(String::new, |confidence| format!(" {confidence:.2}"));
    let room = usize::from(width).saturating_sub(2 + confidence.len());
    let mut question = String::new();
    for c in sanitise(&listed.question).chars() {
        question.push(c);
        if Line::raw(question.as_str()).width() > room {
            question.pop();
            while Line::raw(question.as_str()).width() + 1 > room && question.pop().is_some() {}
            question.push('…');
            break;
        }
    }
    let gap = " ".repeat(room.saturating_sub(Line::raw(question.as_str()).width()));
    let style = match (is_selected, focus) {
        (true, Focus::Question) => Style::new().add_modifier(Modifier::REVERSED),
        (true, Focus::Page) => Style::new().add_modifier(Modifier::BOLD),
        (false, _) => Style::new(),
    };
    let marker = if is_selected { "▸ " } else { "  " };
    Line::from(vec![Span::raw(marker), Span::raw(question), Span::raw(gap), faint(confidence)]).style(style)
}

fn draw_page(app: &mut App, frame: &mut Frame<'_>) {
    let Panes { border, page: area, link, .. } = app.panes;
    let side = if border.height > 1 { Borders::LEFT } else { Borders::TOP };
    frame.render_widget(Block::new().borders(side).border_style(Modifier::DIM), border);
    let is_read = app.focus == Focus::Page;
    let Some(page) = &mut app.page else {
        frame.render_widget(Line::from(faint("Nothing is found.".to_owned())), area);
        return;
    };
    page.text(area.width);
    page.show_passage(area.height);
    // At another size the text may end above the lines that were shown.
    page.scroll(0, area.height);
    let scrolled = page.scrolled;
    let text = page.text(area.width);
    for (at, line) in text.iter().skip(scrolled).take(area.height.into()).enumerate() {
        let y = area.y + u16::try_from(at).unwrap_or(u16::MAX);
        frame.render_widget(line, Rect { y, height: 1, ..area });
    }
    if let Some(chosen) = page.links.get(page.link) {
        let to = match &chosen.target {
            Target::Entry(id) => format!(" [{}]", sanitise(id)),
            Target::Address(address) => format!(" <{address}>"),
        };
        let count = format!("Link {} of {}: ", page.link + 1, page.links.len());
        let style = if is_read { Style::new().add_modifier(Modifier::REVERSED) } else { Style::new() };
        let label = Span::styled(sanitise(&chosen.label).into_owned(), style);
        frame.render_widget(Paragraph::new(Line::from(vec![faint(count), label, faint(to)])), link);
    }
}

fn draw_help(app: &App, frame: &mut Frame<'_>, area: Rect) {
    let text = match (app.message, app.focus) {
        (Some(message), _) => message.to_owned(),
        (None, Focus::Question) => fitting(&QUESTION_KEYS, area.width),
        (None, Focus::Page) => fitting(&PAGE_KEYS, area.width),
    };
    frame.render_widget(Line::from(faint(text)), area);
}

/// Returns the first of `keys` that fit into a line.
fn fitting(keys: &[&str], width: u16) -> String {
    let mut text = String::new();
    for key in keys {
        if Line::raw(text.as_str()).width() + Line::raw(*key).width() > width.into() {
            break;
        }
        text = text + key + "  ";
    }
    text
}

fn faint(text: String) -> Span<'static> {
    Span::styled(text, Modifier::DIM)
}
