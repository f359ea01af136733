//! A terminal application with embedded help: F1 explains the current tool, typing searches, Tab selects the next tool.

use std::error::Error;

use faqt::render::{TextOptions, sanitise, text};
use faqt::{Completion, Embedded, KnowledgeBase, SearchError, help_id};
use ratatui::Frame;
use ratatui::crossterm::event::{self, Event, KeyCode};
use ratatui::layout::{Constraint, Layout};
use ratatui::widgets::{Block, List, Paragraph};

static HELP: Embedded = faqt::embed!("help");

/// The tools with their help ids, which are checked at compile time.
const TOOLS: [(&str, &str); 3] =
    [("Brush", help_id!("brush.size")), ("Undo", help_id!("edit.undo")), ("Save", help_id!("file.save"))];

struct Sketch {
    help: KnowledgeBase,
    tool: usize,
    typed: String,
    found: Vec<Completion>,
    answer: String,
}

impl Sketch {
    fn new(help: KnowledgeBase) -> Sketch {
        Sketch { help, tool: 0, typed: String::new(), found: Vec::new(), answer: String::new() }
    }

    /// Handles a key; returns false if the program shall end.
    fn press(&mut self, key: KeyCode) -> Result<bool, SearchError> {
        match key {
            KeyCode::Esc => return Ok(false),
            KeyCode::Tab => self.tool = (self.tool + 1) % TOOLS.len(),
            KeyCode::F(1) => self.explain()?,
            KeyCode::Enter => self.choose()?,
            KeyCode::Char(c) => self.typed.push(c),
            KeyCode::Backspace => drop(self.typed.pop()),
            _ => {}
        }
        self.found = self.help.complete(&self.typed, 8)?;
        Ok(true)
    }

    fn explain(&mut self) -> Result<(), SearchError> {
        let (_, help_id) = TOOLS[self.tool];
        self.answer = self.help.help(help_id)?.map(|entry| entry.answer).unwrap_or_default();
        Ok(())
    }

    fn choose(&mut self) -> Result<(), SearchError> {
        if let Some(first) = self.found.first() {
            self.answer = self.help.entry(&first.id)?.map(|entry| entry.answer).unwrap_or_default();
        }
        Ok(())
    }

    fn draw(&self, frame: &mut Frame<'_>) {
        let rows = [Constraint::Length(1), Constraint::Length(3), Constraint::Length(5), Constraint::Min(3)];
        let [top, search, list, bottom] = Layout::vertical(rows).areas(frame.area());
        let (tool, _) = TOOLS[self.tool];
        frame.render_widget(Paragraph::new(format!("{tool}  [Tab next tool, F1 help, Esc end]")), top);
        frame.render_widget(Paragraph::new(self.typed.as_str()).block(Block::bordered().title("Ask")), search);
        let questions = self.found.iter().map(|found| sanitise(&found.text).into_owned());
        frame.render_widget(List::new(questions).block(Block::bordered().title("Questions")), list);
        let answer = text(&self.answer, &TextOptions::for_pipe(bottom.width.saturating_sub(2).into()));
        frame.render_widget(Paragraph::new(answer).block(Block::bordered().title("Answer")), bottom);
    }
}

fn main() -> Result<(), Box<dyn Error>> {
    let mut sketch = Sketch::new(HELP.open()?);
    ratatui::run(|terminal| -> Result<(), Box<dyn Error>> {
        loop {
            terminal.draw(|frame| sketch.draw(frame))?;
            if let Event::Key(key) = event::read()?
                && !sketch.press(key.code)?
            {
                return Ok(());
            }
        }
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use ratatui::Terminal;
    use ratatui::backend::TestBackend;

    #[test]
    fn f1_explains_the_tool_and_typing_searches() {
        let mut sketch = Sketch::new(HELP.open().unwrap());
        for key in [KeyCode::Tab, KeyCode::F(1)].into_iter().chain("thick li".chars().map(KeyCode::Char)) {
            assert!(sketch.press(key).unwrap());
        }
        let mut terminal = Terminal::new(TestBackend::new(50, 13)).unwrap();
        terminal.draw(|frame| sketch.draw(frame)).unwrap();
        insta::assert_snapshot!(terminal.backend());
        sketch.press(KeyCode::Enter).unwrap();
        assert!(sketch.answer.contains("thicker line"));
    }
}
