//! A terminal application with embedded help: F1 explains the current tool, Tab selects the next one.
//!
//! `faqt ui` shows search as you type on a terminal.

use std::error::Error;

use faqt::render::{TextOptions, text};
use faqt::{Embedded, KnowledgeBase, SearchError, help_id};
use ratatui::crossterm::event::{self, Event, KeyCode};
use ratatui::widgets::{Block, Paragraph};

static HELP: Embedded = faqt::embed!("help");

/// The tools with their help ids, which are checked at compile time.
const TOOLS: [(&str, &str); 3] =
    [("Brush", help_id!("brush.size")), ("Undo", help_id!("edit.undo")), ("Save", help_id!("file.save"))];

/// Returns the help of a tool, laid out for a width in columns.
fn explanation(help: &KnowledgeBase, help_id: &str, width: u16) -> Result<String, SearchError> {
    let answer = help.help(help_id)?.map(|entry| entry.answer).unwrap_or_default();
    Ok(text(&answer, &TextOptions::for_pipe(width.into())))
}

fn main() -> Result<(), Box<dyn Error>> {
    let help = HELP.open()?;
    let (mut tool, mut shown) = (0, String::new());
    ratatui::run(|terminal| -> Result<(), Box<dyn Error>> {
        loop {
            let title = format!(" {}: Tab next tool, F1 help, Esc end ", TOOLS[tool].0);
            let page = Paragraph::new(shown.as_str()).block(Block::bordered().title(title));
            let area = terminal.draw(|frame| frame.render_widget(page, frame.area()))?.area;
            let Event::Key(key) = event::read()? else { continue };
            match key.code {
                KeyCode::Esc => return Ok(()),
                KeyCode::Tab => (tool, shown) = ((tool + 1) % TOOLS.len(), String::new()),
                KeyCode::F(1) => shown = explanation(&help, TOOLS[tool].1, area.width.saturating_sub(2))?,
                _ => {}
            }
        }
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn f1_explains_every_tool() {
        let help = HELP.open().unwrap();
        assert!(TOOLS.iter().all(|(_, help_id)| !explanation(&help, help_id, 40).unwrap().is_empty()));
        assert!(explanation(&help, TOOLS[1].1, 60).unwrap().starts_with("Press Ctrl-Z; each press takes back"));
    }
}
