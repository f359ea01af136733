//! Words about the edition of an entry that is shown: its language, and that it is a fallback.

use faqt::ChosenBy;

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
pub(super) fn language(tag: &str) -> String {
    let primary = tag.split('-').next().unwrap_or(tag);
    match NAMES.iter().find(|(subtag, _)| primary.eq_ignore_ascii_case(subtag)) {
        Some((_, name)) if primary == tag => (*name).to_owned(),
        Some((_, name)) => format!("{name} ({tag})"),
        None => format!("`{tag}`"),
    }
}

/// Says that an entry has no edition in the languages that are `wanted`, so that this one, in `shown`, is there in its place.
pub(super) fn fallback(wanted: &[String], shown: Option<&str>) -> String {
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
