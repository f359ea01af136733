//! The questions that a knowledge base is tested with, from all places that an author may write them in.

use rustc_hash::FxHashMap;

use super::collect::AskedOfEntries;
use crate::corpus::catalogue::Catalogue;
use crate::corpus::redirects::Redirect;
use crate::evaluation::query::QueryLine;
use crate::model::expected::{Expectation, ExpectedQuestion};
use crate::problem::check::Check;
use crate::problem::{KnownNames, Problems};
use crate::source::files::Files;
use crate::source::questions_file::{self, QUESTIONS_FILE};
use crate::source::settings::Settings;
use crate::source::settings_file::SETTINGS_FILE;
use crate::steps;

/// Collects the questions beside answers, those of `questions.jsonl`, and those that the settings forbid.
pub(super) fn questions(
    files: &Files,
    settings: &Settings,
    asked: Vec<AskedOfEntries>,
    (catalogue, redirects): (&Catalogue, &[Redirect]),
    problems: &mut Problems,
) -> Vec<ExpectedQuestion> {
    let mut questions: Vec<ExpectedQuestion> = asked.into_iter().map(|asked| beside_answer(asked, catalogue)).collect();
    let former: FxHashMap<&str, usize> =
        redirects.iter().map(|redirect| (redirect.from.as_str(), redirect.position)).collect();
    let entry = |id: &str| catalogue.by_id(id).or_else(|| former.get(id).copied());
    for line in questions_file::questions(files, settings, problems) {
        questions.extend(of_line(line, |id| entry(id).map(|position| catalogue.id(position)), problems));
    }
    questions.extend(settings.unanswerable().map(|(question, line)| ExpectedQuestion {
        question: question.to_owned(),
        expectation: Expectation::NotAnswered,
        path: SETTINGS_FILE.to_owned(),
        line,
    }));
    steps::count(questions.len());
    questions
}

fn beside_answer(AskedOfEntries { question, positions }: AskedOfEntries, catalogue: &Catalogue) -> ExpectedQuestion {
    let path = catalogue.place(positions.start).0.to_owned();
    // Any edition of an entry may answer.
    let ids = positions.map(|position| catalogue.id(catalogue.editions().original(position)).to_owned()).collect();
    let expectation =
        if question.is_forbidden { Expectation::NotAnsweredBy(ids) } else { Expectation::AnsweredBy(ids) };
    ExpectedQuestion { question: question.text, expectation, path, line: question.line }
}

/// Returns the question of a line with the current ids of its entries; none if it names entries and none of them is there.
fn of_line<'c>(
    QueryLine { line, text: question, mut expectation }: QueryLine,
    id_of: impl Fn(&str) -> Option<&'c str>,
    problems: &mut Problems,
) -> Option<ExpectedQuestion> {
    let line = u32::try_from(line).unwrap_or(u32::MAX);
    if let Expectation::AnsweredBy(named) | Expectation::NotAnsweredBy(named) = &mut expectation {
        let mut ids: Vec<String> = Vec::with_capacity(named.len());
        for id in &*named {
            match id_of(id) {
                Some(id) if ids.iter().any(|known| known == id) => {}
                Some(id) => ids.push(id.to_owned()),
                None => {
                    let message = format!("no entry has the id `{id}`");
                    let problem = problems.warning((QUESTIONS_FILE, line), Check::Questions, message);
                    problem.hint_nearest(id, KnownNames::Ids);
                }
            }
        }
        // Of a question whose entries are all unknown nothing is known.
        if ids.is_empty() {
            return None;
        }
        *named = ids;
    }
    Some(ExpectedQuestion { question, expectation, path: QUESTIONS_FILE.to_owned(), line })
}
