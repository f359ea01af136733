//! Findability: each entry should come first by the words of its own question and of each alias.
//!
//! Typed word for word a question finds its entry whatever the others hold. Readers type it nearly so: then words decide,
//! and where they put another entry first, the check names them. The finished pack is asked, so the check sees what
//! readers get. Questions that must not be answered are asked as well.

use crate::build::content::Content;
use crate::build::parallel;
use crate::build::progress::{Counter, Reporter, Stage};
use crate::error::SearchError;
use crate::knowledge_base::KnowledgeBase;
use crate::model::entry::Entry;
use crate::pack::phrasings;
use crate::problem::check::Check;
use crate::problem::{Problem, Problems};
use crate::search::ask;
use crate::search::ranking;
use crate::source::draft::SourceKind;
use crate::source::settings_file::SETTINGS_FILE;
use crate::text::fold::folded;

/// The number of entries that a thread asks for at a time.
const PART: usize = 64;
/// The most words that a message names; the first 3 explain nearly all of the score.
const WORDS_MAX: usize = 3;
/// The least contribution of a named word, as a share of the greatest; function words reach 0.25 at most.
const WORD_SHARE_MIN: f32 = 0.3;
/// The most characters of a question that a message shows.
const SHOWN_CHARS_MAX: usize = 80;

/// Asks `kb`, which was built from `content`. Returns the entries that readers will not find, in order, then the
/// questions that must not be answered and are.
pub(crate) fn problems(
    kb: &KnowledgeBase,
    content: &Content,
    reporter: &Reporter,
) -> Result<Vec<Problem>, SearchError> {
    let mut problems = shadowed(kb, content, &reporter.stage(Stage::CheckingFindability, content.catalogue.len()))?;
    let mut answered = Problems::default();
    for (question, line) in content.settings.unanswerable() {
        let findings = kb.ask(question)?;
        if let Some(first) = findings.answer() {
            let Entry { id, path, line: at, .. } = &first.entry;
            let message = format!("“{}” must not be answered, and `{id}` ({path}:{at}) answers it", shown(question));
            let hint = "say in the entry what it is about, or let the question be answered";
            answered.error((SETTINGS_FILE, line), Check::Answered, message).hint(hint);
        }
    }
    problems.extend(answered.into_sorted());
    Ok(problems)
}

/// Asks for every entry, on several threads.
fn shadowed(kb: &KnowledgeBase, content: &Content, stage: &Counter<'_>) -> Result<Vec<Problem>, SearchError> {
    let mut positions: Vec<u32> = (0..kb.manifest().entries).collect();
    let mut problems = Vec::new();
    let ask = |positions: &mut [u32]| {
        // The caller drops what was found.
        let positions = if stage.is_cancelled() { &[] } else { &*positions };
        Asker { kb, content, stage, problems: Problems::default() }.ask(positions)
    };
    parallel::in_order(&mut positions, PART, ask, |found| {
        problems.extend(found?);
        Ok::<_, SearchError>(())
    })?;
    Ok(problems)
}

/// A phrasing of an entry, as a question to ask.
#[derive(Clone, Copy)]
enum AskedPhrasing<'a> {
    Question(&'a str),
    Alias(&'a str),
}

impl<'a> AskedPhrasing<'a> {
    fn text(self) -> &'a str {
        match self {
            AskedPhrasing::Question(text) | AskedPhrasing::Alias(text) => text,
        }
    }

    fn name(self) -> &'static str {
        match self {
            AskedPhrasing::Question(_) => "question",
            AskedPhrasing::Alias(_) => "alias",
        }
    }

    fn hint(self) -> &'static str {
        match self {
            AskedPhrasing::Question(_) => "make the two differ, or add the missing words to the answer",
            AskedPhrasing::Alias(_) => "make the two differ, or drop the alias",
        }
    }

    /// Returns true if `entry` has the same phrasing, which the checks between entries report.
    fn is_taken_by(self, entry: &Entry) -> bool {
        let same = |text: &String| folded(text) == folded(self.text());
        match self {
            AskedPhrasing::Question(_) => same(&entry.question),
            AskedPhrasing::Alias(_) => entry.aliases.iter().any(same),
        }
    }
}

/// Asks for some of the entries.
struct Asker<'a> {
    kb: &'a KnowledgeBase,
    content: &'a Content,
    stage: &'a Counter<'a>,
    problems: Problems,
}

impl Asker<'_> {
    fn ask(mut self, positions: &[u32]) -> Result<Vec<Problem>, SearchError> {
        for &position in positions {
            let kb = self.kb;
            let entry = kb.reader().entry_at(position)?;
            let mut in_pack = kb.reader().phrasings.of(position)?;
            let question = in_pack.next();
            if !self.may_mean_another(position) {
                self.phrasing(position, &entry, AskedPhrasing::Question(&entry.question), question)?;
            }
            for alias in &entry.aliases {
                self.phrasing(position, &entry, AskedPhrasing::Alias(alias), in_pack.next())?;
            }
            self.stage.advance();
        }
        Ok(self.problems.into_sorted())
    }

    /// Returns true if the question is a heading or a title that other entries share: a reader who types `Usage` cannot
    /// mean one of them.
    fn may_mean_another(&self, position: u32) -> bool {
        self.content.recurring[position as usize] && self.form(position) != SourceKind::File
    }

    fn form(&self, position: u32) -> SourceKind {
        self.content.catalogue.form(position as usize)
    }

    /// Asks for the entry at `position` by one `phrasing`, which the pack holds as `in_pack`.
    fn phrasing(
        &mut self,
        position: u32,
        entry: &Entry,
        phrasing: AskedPhrasing<'_>,
        in_pack: Option<phrasings::Phrasing<'_>>,
    ) -> Result<(), SearchError> {
        let own = in_pack.map(|in_pack| (position, in_pack));
        let found = ranking::first_by_words(self.kb.reader(), phrasing.text(), own)?;
        if found == Some(position) {
            return Ok(());
        }
        let first = found.map(|first| self.kb.reader().entry_at(first)).transpose()?;
        let text = shown(phrasing.text());
        let (message, hint) = match first {
            Some(first) if phrasing.is_taken_by(&first) => return Ok(()),
            Some(first) => {
                let Entry { id, path, line, .. } = first;
                let through = self.words(phrasing.text())?;
                let message =
                    format!("the words of the {} “{text}” find `{id}` ({path}:{line}) first{through}", phrasing.name());
                (message, phrasing.hint())
            }
            None => (
                format!("the words of the {} “{text}” find nothing", phrasing.name()),
                "ask with a word that says something",
            ),
        };
        self.problems.warning((&entry.path, entry.line), Check::Shadowed, message).hint(hint);
        Ok(())
    }

    /// Names the words that put the first entry first, by descending contribution.
    fn words(&self, text: &str) -> Result<String, SearchError> {
        let why = ask::why_by_words(self.kb.reader(), text)?;
        let terms = why.iter().flat_map(|why| &why.terms);
        let most = terms.clone().map(|term| term.contribution).fold(0.0, f32::max);
        let words: Vec<String> = terms
            .filter(|term| !term.places.is_empty() && term.contribution > WORD_SHARE_MIN * most)
            .take(WORDS_MAX)
            .map(|term| format!("“{}”", term.typed))
            .collect();
        Ok(match words.split_last() {
            None => String::new(),
            Some((only, [])) => format!(", through {only}"),
            Some((last, others)) => format!(", through {} and {last}", others.join(", ")),
        })
    }
}

/// Returns a question, cut for a message.
fn shown(text: &str) -> String {
    match text.char_indices().nth(SHOWN_CHARS_MAX) {
        Some((end, _)) => format!("{}…", &text[..end]),
        None => text.to_owned(),
    }
}
