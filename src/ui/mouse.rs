//! The mouse: a click selects or follows, the wheel scrolls what is under it.

use crossterm::event::{MouseButton, MouseEvent, MouseEventKind};
use faqt::SearchError;
use ratatui::layout::Position;

use super::app::{App, Focus, Row, Wish};
use super::keys::scroll;

/// The lines that the wheel moves.
const WHEEL: isize = 3;

/// Acts on the mouse.
pub(super) fn act(app: &mut App, mouse: MouseEvent) -> Result<Wish, SearchError> {
    let at = Position::new(mouse.column, mouse.row);
    match mouse.kind {
        MouseEventKind::Down(MouseButton::Left) => return click(app, at),
        MouseEventKind::ScrollDown if app.panes.list.contains(at) => app.step(1)?,
        MouseEventKind::ScrollUp if app.panes.list.contains(at) => app.step(-1)?,
        MouseEventKind::ScrollDown => scroll(app, WHEEL),
        MouseEventKind::ScrollUp => scroll(app, -WHEEL),
        _ => {}
    }
    Ok(Wish::None)
}

fn click(app: &mut App, at: Position) -> Result<Wish, SearchError> {
    if app.panes.link.contains(at) {
        return app.follow();
    }
    if app.panes.list.contains(at) {
        let row = app.list_offset + usize::from(at.y - app.panes.list.y);
        if matches!(app.rows.get(row), Some(Row::Entry(_))) {
            app.select(row)?;
        }
    } else {
        app.focus = if app.panes.page.contains(at) { Focus::Page } else { Focus::Question };
    }
    Ok(Wish::None)
}
