//! Words about the edition of an entry that is shown: its language and its versions, and that it is a fallback.

use super::lines::escaped;
use faqt::{ChosenBy, Edition, Entry, Findings, Hit, Outcome, SearchOptions};

/// The English names of languages by their primary subtags.
const NAMES: [(&str, &str); 34] = [
    ("ar", "Arabic"),
    ("bg", "Bulgarian"),
    ("ca", "Catalan"),
    ("cs", "Czech"),
    ("da", "Danish"),
    ("de", "German"),
    ("el", "Greek"),
    ("en", "English"),
    ("es", "Spanish"),
    ("fa", "Persian"),
    ("fi", "Finnish"),
    ("fr", "French"),
    ("he", "Hebrew"),
    ("hi", "Hindi"),
    ("hu", "Hungarian"),
    ("id", "Indonesian"),
    ("it", "Italian"),
    ("ja", "Japanese"),
    ("ko", "Korean"),
    ("nb", "Norwegian"),
    ("nl", "Dutch"),
    ("no", "Norwegian"),
    ("pl", "Polish"),
    ("pt", "Portuguese"),
    ("ro", "Romanian"),
    ("ru", "Russian"),
    ("sk", "Slovak"),
    ("sv", "Swedish"),
    ("ta", "Tamil"),
    ("th", "Thai"),
    ("tr", "Turkish"),
    ("uk", "Ukrainian"),
    ("vi", "Vietnamese"),
    ("zh", "Chinese"),
];

/// Returns the English name of a language, with its tag where that says more or there is no name.
fn language(tag: &str) -> String {
    let primary = tag.split('-').next().unwrap_or(tag);
    match NAMES.iter().find(|(subtag, _)| primary.eq_ignore_ascii_case(subtag)) {
        Some((_, name)) if primary == tag => (*name).to_owned(),
        Some((_, name)) => format!("{name} ({tag})"),
        None => format!("`{tag}`"),
    }
}

/// Describes the versions that an entry is for; none if it is for all.
fn versions(entry: &Entry) -> Option<String> {
    match (&entry.since, &entry.until) {
        (None, None) => None,
        (Some(since), None) => Some(format!("{since} and later")),
        (None, Some(until)) => Some(format!("versions before {until}")),
        (Some(since), Some(until)) => Some(format!("{since} and later, before {until}")),
    }
}

/// Says what a reader has to know of the first hit, if that answers or is for other versions.
pub(super) fn notes(findings: &Findings) -> Vec<String> {
    let Some(hit) = findings.hits.first() else { return Vec::new() };
    if hit.applies == Some(false) && findings.outcome == Outcome::Unsure {
        return other_version("The closest answer", &hit.entry, findings.version.as_deref()).into_iter().collect();
    }
    let is_fallback = findings.answer().is_some_and(|hit| hit.fallback);
    is_fallback.then(|| fallback(&findings.languages, hit.entry.language.as_deref())).into_iter().collect()
}

/// Says what a reader has to know of an entry.
pub(super) fn notes_of_edition(edition: &Edition, options: &SearchOptions) -> Vec<String> {
    let entry = &edition.entry;
    let language = edition.fallback.then(|| fallback(&options.languages, entry.language.as_deref()));
    let is_other = edition.applies == Some(false);
    let version = is_other.then(|| other_version("This", entry, options.version.as_deref())).flatten();
    language.into_iter().chain(version).collect()
}

/// Says that an entry is for other versions than the one that was asked for.
fn other_version(what: &str, entry: &Entry, asked: Option<&str>) -> Option<String> {
    Some(format!("{what} is for {}; you asked for {}.", versions(entry)?, asked?))
}

/// Says why an edition is shown for a version, if one was asked for.
pub(super) fn version(findings: &Findings) -> Option<String> {
    let (hit, asked) = (findings.hits.first()?, findings.version.as_deref()?);
    hit.applies?;
    Some(format!("You asked for {asked}, and it is for {}.", versions(&hit.entry)?))
}

/// Describes the language of a candidate that is in none that the reader wants, and the versions of one that is for others, as
/// Markdown.
pub(super) fn marks(hit: &Hit) -> String {
    let language = hit.entry.language.as_deref().filter(|_| hit.fallback).map(language);
    let versions =
        versions(&hit.entry).filter(|_| hit.applies == Some(false)).map(|versions| format!("for {versions}"));
    let marks: Vec<String> = language.into_iter().chain(versions).collect();
    // An escaped parenthesis would begin a formula.
    if marks.is_empty() { String::new() } else { format!(" ({})", escaped(&marks.join(", "))) }
}

/// Says that an entry has no edition in the languages that are `wanted`, so that this one, in `shown`, is there in its place.
fn fallback(wanted: &[String], shown: Option<&str>) -> String {
    let wanted: Vec<String> = wanted.iter().map(|tag| language(tag)).collect();
    let shown = shown.map_or_else(|| "another".to_owned(), |tag| format!("the {}", language(tag)));
    format!("There is no {} edition of this answer; this is {shown} one.", wanted.join(" or "))
}

/// Says why an edition is shown.
pub(super) fn reason(shown: Option<&str>, chosen_by: ChosenBy) -> String {
    let reason = match chosen_by {
        ChosenBy::Languages => "you asked for that language",
        ChosenBy::Question => "that is the language of the question",
        ChosenBy::Locale => "that is the language of your system",
        ChosenBy::Version => "it is for your version, or the latest",
        _ => "it is most like the question",
    };
    format!("Of its editions, the {} one is shown: {reason}.", shown.map_or_else(|| "original".to_owned(), language))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_fallback_is_said_plainly() {
        let wanted = |tags: &[&str]| tags.iter().map(|&tag| tag.to_owned()).collect::<Vec<_>>();
        for (tags, shown, expected) in [
            (&["zh"][..], Some("en"), "There is no Chinese edition of this answer; this is the English one."),
            (
                &["zh-TW", "ja"],
                Some("xx"),
                "There is no Chinese (zh-TW) or Japanese edition of this answer; this is the `xx` one.",
            ),
        ] {
            assert_eq!(fallback(&wanted(tags), shown), expected);
        }
    }
}
