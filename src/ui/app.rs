//! The state: the question, what was found, the entry that is read, and the way to it.

use std::fmt::Write as _;

use faqt::{Findings, KnowledgeBase, Outcome, SECTION_SEPARATOR, SearchError, SearchOptions, plain_id};
use ratatui::layout::Rect;

use super::input::Input;
use super::links::Target;
use super::page::Page;
use crate::open::asked::Asked;
use crate::open::editions::one_of_each;
use crate::open::locale;

/// The most bytes of the passage that a page begins with, beyond its first block.
const PASSAGE_BYTES: usize = 400;
/// The most entries that are listed for a question.
const LIMIT: usize = 30;

/// The part of the screen that keys act on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Focus {
    Question,
    Page,
}

/// A row of the list.
pub(super) enum Row {
    /// The section of the entries below.
    Section(String),
    Entry(Listed),
}

/// An entry in the list.
pub(super) struct Listed {
    pub(super) id: String,
    pub(super) question: String,
    /// None for a question that only begins as the typed text does, and in the table of contents.
    pub(super) confidence: Option<f32>,
    knowledge_base: Option<String>,
}

/// A wish that the state cannot fulfil by itself.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Wish {
    None,
    Quit,
    Suspend,
    Copy(String),
    Open(String),
}

/// The knowledge bases that may be asked together, under a name.
struct Choice {
    name: String,
    asked: Asked,
}

/// The places of the panes on the screen, as they were drawn last.
#[derive(Clone, Copy, Default)]
pub(super) struct Panes {
    pub(super) list: Rect,
    /// The line between the list and the page; empty if one of them is.
    pub(super) border: Rect,
    pub(super) page: Rect,
    pub(super) link: Rect,
}

/// The state of the interface.
pub(super) struct App {
    choices: Vec<Choice>,
    choice: usize,
    pub(super) input: Input,
    pub(super) focus: Focus,
    pub(super) rows: Vec<Row>,
    /// The number of the selected row, which is an entry if there is one.
    pub(super) selected: usize,
    /// The number of rows above the list.
    pub(super) list_offset: usize,
    pub(super) summary: String,
    pub(super) page: Option<Page>,
    back: Vec<Page>,
    forward: Vec<Page>,
    pub(super) message: Option<&'static str>,
    pub(super) panes: Panes,
}

impl App {
    pub(super) fn new(kbs: Asked) -> Result<App, SearchError> {
        let mut app = App {
            choices: choices(kbs),
            choice: 0,
            input: Input::default(),
            focus: Focus::Question,
            rows: Vec::new(),
            selected: 0,
            list_offset: 0,
            summary: String::new(),
            page: None,
            back: Vec::new(),
            forward: Vec::new(),
            message: None,
            panes: Panes::default(),
        };
        app.find()?;
        Ok(app)
    }

    fn asked(&self) -> &Asked {
        &self.choices[self.choice].asked
    }

    /// Returns the name of the knowledge bases that are asked.
    pub(super) fn name(&self) -> &str {
        &self.choices[self.choice].name
    }

    /// Returns true if there is another choice of knowledge bases.
    pub(super) fn has_choice(&self) -> bool {
        self.choices.len() > 1
    }

    /// Asks the next knowledge base, or all.
    pub(super) fn next_choice(&mut self) -> Result<(), SearchError> {
        self.choice = (self.choice + 1) % self.choices.len();
        self.find()
    }

    /// Shows a message until the next key.
    pub(super) fn say(&mut self, message: &'static str) {
        self.message = Some(message);
    }

    /// Changes the question and searches.
    pub(super) fn edit(&mut self, change: impl FnOnce(&mut Input)) -> Result<(), SearchError> {
        let before = self.input.text().to_owned();
        change(&mut self.input);
        if self.input.text() == before { Ok(()) } else { self.find() }
    }

    /// Takes pasted text for typed text.
    pub(super) fn paste(&mut self, text: &str) -> Result<Wish, SearchError> {
        self.focus = Focus::Question;
        self.edit(|input| input.insert(text))?;
        Ok(Wish::None)
    }

    /// Lists what answers the question, or the table of contents if there is none.
    fn find(&mut self) -> Result<(), SearchError> {
        let typed = self.input.text().trim().to_owned();
        let (rows, summary) =
            if typed.is_empty() { contents(self.asked())? } else { found(self.asked(), &typed, self.input.text())? };
        (self.rows, self.summary) = (rows, summary);
        (self.list_offset, self.message) = (0, None);
        self.back.clear();
        self.forward.clear();
        let first = self.rows.iter().position(|row| matches!(row, Row::Entry(_)));
        self.select(first.unwrap_or(0))
    }

    /// Selects a row, and shows its entry.
    pub(super) fn select(&mut self, row: usize) -> Result<(), SearchError> {
        self.selected = row;
        self.page = match self.rows.get(row) {
            Some(Row::Entry(listed)) => self.read(&listed.id, listed.knowledge_base.as_deref())?,
            _ => None,
        };
        Ok(())
    }

    /// Moves the selection by some entries.
    pub(super) fn step(&mut self, steps: isize) -> Result<(), SearchError> {
        let entries: Vec<usize> = (0..self.rows.len()).filter(|row| matches!(self.rows[*row], Row::Entry(_))).collect();
        let Some(at) = entries.iter().position(|row| *row == self.selected) else { return Ok(()) };
        let to = at.saturating_add_signed(steps).min(entries.len() - 1);
        if to == at { Ok(()) } else { self.select(entries[to]) }
    }

    fn read(&self, id: &str, knowledge_base: Option<&str>) -> Result<Option<Page>, SearchError> {
        let Some(entry) = self.asked().entry(id)? else { return Ok(None) };
        let query = self.input.text().trim();
        if query.is_empty() {
            return Ok(Some(Page::new(entry, Vec::new(), 0)));
        }
        let passage = |fits: fn(&str) -> bool| self.asked().passage(knowledge_base, query, &entry, fits);
        let words = passage(|_| true)?.map(|whole| whole.words).unwrap_or_default();
        let start = passage(|markdown| markdown.len() <= PASSAGE_BYTES)?.map_or(0, |passage| passage.range.start);
        Ok(Some(Page::new(entry, words, start)))
    }

    /// Follows the link that is chosen.
    pub(super) fn follow(&mut self) -> Result<Wish, SearchError> {
        let Some(link) = self.page.as_ref().and_then(|page| page.links.get(page.link)) else { return Ok(Wish::None) };
        let id = match &link.target {
            Target::Address(address) => return Ok(Wish::Open(address.clone())),
            Target::Entry(id) => id.clone(),
        };
        match self.read(&id, None)? {
            Some(next) => {
                self.back.extend(self.page.replace(next.at_its_beginning()));
                self.forward.clear();
            }
            None => self.say("No entry has this id"),
        }
        Ok(Wish::None)
    }

    /// Returns to the page before; false if there is none.
    pub(super) fn go_back(&mut self) -> bool {
        let Some(page) = self.back.pop() else { return false };
        self.forward.extend(self.page.replace(page));
        true
    }

    pub(super) fn go_forward(&mut self) {
        if let Some(page) = self.forward.pop() {
            self.back.extend(self.page.replace(page));
        }
    }
}

/// Returns the knowledge bases together, and each by itself if there are several.
fn choices(kbs: Asked) -> Vec<Choice> {
    let choice = |name: String, asked| Choice { name: faqt::render::sanitise(&name).into_owned(), asked };
    let each: Vec<Choice> = match &kbs {
        Asked::One(_) => Vec::new(),
        Asked::Several(several) => several
            .iter()
            .map(|(name, kb): (&str, &KnowledgeBase)| choice(name.to_owned(), Asked::One(kb.clone())))
            .collect(),
    };
    let mut choices = vec![choice(kbs.manifest().name, kbs)];
    choices.extend(each);
    choices
}

/// Lists all entries below their sections.
fn contents(kb: &Asked) -> Result<(Vec<Row>, String), SearchError> {
    let mut rows = Vec::new();
    let mut section: Option<Vec<String>> = None;
    let mut count = 0;
    let mut options = SearchOptions::default();
    options.locale = locale::language();
    for entry in one_of_each(kb, kb.entries()?, &options)? {
        if section.as_ref() != Some(&entry.section) {
            if !entry.section.is_empty() {
                rows.push(Row::Section(entry.section.join(SECTION_SEPARATOR)));
            }
            section = Some(entry.section);
        }
        rows.push(Row::Entry(Listed {
            id: entry.id,
            question: entry.question,
            confidence: None,
            knowledge_base: None,
        }));
        count += 1;
    }
    Ok((rows, format!("{count} entries")))
}

/// Lists the entries that a search finds, and those whose questions begin as the typed text does.
fn found(kb: &Asked, query: &str, typed: &str) -> Result<(Vec<Row>, String), SearchError> {
    let mut options = SearchOptions::default().with_limit(LIMIT);
    options.locale = locale::language();
    let findings = kb.search(query, &options)?;
    let summary = summary(&findings);
    let mut listed: Vec<Listed> = findings
        .hits
        .into_iter()
        .map(|hit| Listed {
            id: hit.entry.id,
            question: hit.entry.question,
            confidence: Some(hit.confidence),
            knowledge_base: hit.knowledge_base,
        })
        .collect();
    for completion in kb.complete(typed, LIMIT)? {
        if listed.len() < LIMIT && listed.iter().all(|known| plain_id(&known.id) != plain_id(&completion.id)) {
            let (id, question) = (completion.id, completion.question);
            listed.push(Listed { id, question, confidence: None, knowledge_base: None });
        }
    }
    Ok((listed.into_iter().map(Row::Entry).collect(), summary))
}

fn summary(findings: &Findings) -> String {
    let outcome = match findings.outcome {
        Outcome::Answered => "Answered",
        Outcome::Unsure => "Unsure",
        _ => "Not covered",
    };
    let mut summary = format!("{outcome}, confidence {:.2}", findings.confidence);
    for correction in &findings.corrections {
        let _ = write!(summary, "; “{}” read as “{}”", correction.typed, correction.taken_for);
    }
    summary
}
