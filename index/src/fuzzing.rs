//! The parts that read untrusted text, each by itself, for the fuzz targets: a build of a folder takes 100 times as
//! long. No part of the public interface; it may change at any time.

use crate::build::content;
use crate::model::entry::Entry;
use crate::problem::{Problem, Problems};
use crate::source::front_matter;
use crate::source::settings::Settings;
use crate::text::language::Language;
use crate::text::tokens;

/// Returns the terms of `text` in the language of `tag`, English if there is none.
pub fn terms(text: &str, tag: &str) -> Vec<String> {
    let language = Language::from_tag(tag).unwrap_or(Language::DEFAULT);
    let mut terms = Vec::new();
    tokens::analyse(text, language, |token| terms.push(token.term.to_owned()));
    terms
}

/// Takes the front matter off the text of the file at `path`.
///
/// # Errors
///
/// Returns the problems of the front matter.
pub fn front_matter(path: &str, text: &str) -> Result<(), Vec<Problem>> {
    let mut problems = Problems::default();
    front_matter::split(path, text, &mut problems).map(drop).ok_or_else(|| problems.into_sorted())
}

/// Returns the problems of `text` as settings.
pub fn settings(text: &str) -> Vec<Problem> {
    let mut problems = Problems::default();
    Settings::parse("faqt.toml", text, &mut problems);
    problems.into_sorted()
}

/// Returns the entries of a folder that holds one file, and its problems.
pub fn entries(path: &str, text: &str) -> (Vec<Entry>, Vec<Problem>) {
    let (entries, problems) = content::read_one(path, text);
    (entries, problems.into_sorted())
}
