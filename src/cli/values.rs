//! Values of options and commands, and how they are read.

use clap::ValueEnum;

/// The answer to whether an entry helped.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum YesNo {
    /// It answered the question
    Yes,
    /// It did not
    No,
}

/// The groups whose suggestions a person accepts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Accepted {
    /// Those of all groups that are proved.
    All,
    /// Those of the groups with these numbers.
    Numbers(Vec<usize>),
}

/// Reads a number from 0 to 1.
pub(super) fn probability(text: &str) -> Result<f32, String> {
    let value: Option<f32> = text.parse().ok();
    value
        .filter(|value| (0.0..=1.0).contains(value))
        .ok_or_else(|| "it is a number from 0 to 1, such as 0.7".to_owned())
}

/// Reads the tag of a language.
pub(super) fn language(text: &str) -> Result<String, String> {
    let mut subtags = text.trim().split(['-', '_']);
    let is_word = |part: &str| part.bytes().all(|byte| byte.is_ascii_alphanumeric());
    let is_language = subtags.next().is_some_and(|primary| {
        (2..=3).contains(&primary.len()) && primary.bytes().all(|byte| byte.is_ascii_alphabetic())
    });
    if is_language && subtags.all(|subtag| (1..=8).contains(&subtag.len()) && is_word(subtag)) {
        Ok(text.trim().replace('_', "-"))
    } else {
        Err("it is the tag of a language, such as en or zh-TW".to_owned())
    }
}

/// Reads a version.
pub(super) fn version(text: &str) -> Result<String, String> {
    if faqt::is_version(text) { Ok(text.trim().to_owned()) } else { Err("it is a version, such as 2.4".to_owned()) }
}

/// Reads the numbers of groups, or `all`.
pub(super) fn accepted(text: &str) -> Result<Accepted, String> {
    if text.eq_ignore_ascii_case("all") {
        return Ok(Accepted::All);
    }
    let numbers: Result<Vec<usize>, _> = text.split(',').map(|number| number.trim().parse()).collect();
    numbers.map(Accepted::Numbers).map_err(|_| "it is `all`, or numbers such as 1,3".to_owned())
}

/// Reads a name for a model: one line that can be typed.
#[cfg(feature = "encoder")]
pub(super) fn model_name(text: &str) -> Result<String, String> {
    const CHARS_MAX: usize = 60;
    let is_shown = faqt::render::sanitise(text) == text && text.trim() == text;
    let is_name = is_shown && !text.starts_with('-') && (1..=CHARS_MAX).contains(&text.chars().count());
    if is_name { Ok(text.to_owned()) } else { Err("it is one line of 1 to 60 characters, such as minilm".to_owned()) }
}
