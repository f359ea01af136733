//! The checks: their names, their sentences and their severities.

use super::severity::Severity;
use crate::model::names::named;

/// Declares [`Check`] from a table: variant, name, default severity, sentence.
macro_rules! checks {
    ($($variant:ident = $name:literal, $severity:ident, $finds:literal;)+) => {
        /// A check that content goes through.
        ///
        /// `faqt.toml` and JSON call it by its [name](Check::name).
        ///
        /// # Examples
        ///
        /// ```
        /// use faqt::build::{Check, Severity};
        ///
        /// let check: Check = "broken-link".parse()?;
        /// assert_eq!(check, Check::BrokenLink);
        /// assert_eq!((check.finds(), check.severity()), ("a link leads to nothing", Severity::Error));
        /// # Ok::<(), faqt::UnknownName>(())
        /// ```
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
        #[non_exhaustive]
        pub enum Check {
            $(#[doc = concat!("`", $name, "`: ", $finds, ".")] $variant,)+
        }

        named!(Check, "check": $($variant = $name),+);

        /// By their names, so that a new check changes the order of no others.
        impl Ord for Check {
            fn cmp(&self, other: &Check) -> std::cmp::Ordering {
                self.name().cmp(other.name())
            }
        }

        impl PartialOrd for Check {
            fn partial_cmp(&self, other: &Check) -> Option<std::cmp::Ordering> {
                Some(self.cmp(other))
            }
        }

        impl Check {
            /// Returns a sentence without a full stop: what the check finds.
            pub const fn finds(self) -> &'static str {
                match self {
                    $(Check::$variant => $finds),+
                }
            }

            /// Returns the severity of its problems, unless `faqt.toml` sets another or the build is strict.
            ///
            /// Some problems are warnings where this is an error:
            ///
            /// - what is wrong with pages and their headings, which were written for another purpose: only an
            ///   entry with a question of its own has errors;
            /// - `not-a-file`: links and devices met while folders are listed.
            pub const fn severity(self) -> Severity {
                match self {
                    $(Check::$variant => Severity::$severity),+
                }
            }
        }
    };
}

checks! {
    Answered = "answered", Error, "a question that must not be answered is answered";
    BadAddress = "bad-address", Error, "an address under `related` or `source` is not of https, http or mailto";
    BadId = "bad-id", Error,
        "an id, a help id or a redirected id has characters that ids must not have, or contains `..`";
    BrokenLink = "broken-link", Error, "a link leads to nothing";
    ControlCharacter = "control-character", Error, "a file, or a name in it, holds a control character";
    DuplicateAlias = "duplicate-alias", Error, "two entries have the same alias";
    DuplicateHelpId = "duplicate-help-id", Error, "two entries have the same help id";
    DuplicateId = "duplicate-id", Error, "two entries have the same id";
    DuplicateQuestion = "duplicate-question", Error, "two entries ask the same question";
    EmptyAnswer = "empty-answer", Error, "an entry has no answer";
    FrontMatter = "front-matter", Error, "front matter cannot be read";
    NearDuplicate = "near-duplicate", Warning, "two questions differ in nothing but small words";
    NeverVerified = "never-verified", Warning, "nobody says how sure an outside address is";
    NoKeywords = "no-keywords", Warning, "an entry has no keywords, though others have";
    NotAFile = "not-a-file", Error, "a symbolic link or a device stands where a file would be read";
    NotUtf8 = "not-utf8", Error, "a file is not UTF-8";
    Redirect = "redirect", Error, "a redirect leads to nothing, or hides an id";
    Settings = "settings", Error, "the settings cannot be read";
    Shadowed = "shadowed", Warning, "the words of an entry's own question or alias find another entry first";
    UnlinkedProcedure = "unlinked-procedure", Warning, "no entry points to a procedure";
    Unreadable = "unreadable", Error, "a file cannot be read, or is larger than 256 MiB";
    // A new check goes to the end, where it changes the number of no other.
    DroppedMarkup = "dropped-markup", Warning, "markup of a site generator is left out; off unless it is set";
    Questions = "questions", Warning, "a question to test with cannot be read, or names no entry";
    GoldenUnanswered = "golden-unanswered", Warning, "a golden question is not answered by its entry";
    ForbiddenAnswered = "forbidden-answered", Warning, "a question that an entry must not answer is answered by it";
    GoldenQuote = "golden-quote", Warning, "a golden question only quotes a title; off unless it is set";
    SameMeaning = "same-meaning", Warning, "two questions seem to ask the same in other words";
    MissingModel = "missing-model", Warning, "the settings name a sentence encoder that is not there";
    Contradiction = "contradiction", Warning, "two entries seem to contradict each other";
    BadVersion = "bad-version", Error, "a version that an entry is for cannot be read, or ends before it begins";
    OverlappingVersions = "overlapping-versions", Error, "two entries have the same id and language, and versions that overlap";
    VersionHole = "version-hole", Warning, "no edition of an entry is for some versions between two";
    VersionBlock = "version-block", Error, "a comment around a block for some versions is wrong, or has no partner";
    BadLanguage = "bad-language", Warning, "the language of an entry is no language tag";
    LoneEdition = "lone-edition", Warning, "a file is named as an edition of one that is not there";
    MissingEdition = "missing-edition", Warning, "an entry lacks an edition in a language that most entries have";
    Uncovered = "uncovered", Warning, "a command, a flag or a code of a program finds no entry of its own first";
    Stale = "stale", Warning, "the files that an entry covers changed since it was verified";
    Covers = "covers", Warning, "`covers` or `verified` names nothing, too much, or what cannot be looked up";
    OutdatedTranslation = "outdated-translation", Warning, "the source of a translation changed after it; off unless it is set";
    TranslationDiffers = "translation-differs", Warning, "a translation has another number than its original";
    MisspeltKey = "misspelt-key", Warning, "a key of front matter is nearly one that is read";
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn checks_are_in_the_order_of_their_names() {
        let mut checks = Check::ALL.to_vec();
        checks.sort_unstable();
        assert!(checks.is_sorted_by(|a, b| a.name() < b.name()));
        assert!(Check::DroppedMarkup < Check::Unreadable);
    }

    #[test]
    fn a_check_is_read_by_the_name_that_json_has() {
        for &check in Check::ALL {
            assert_eq!(check.to_string().parse(), Ok(check));
            assert_eq!(serde_json::to_value(check).expect("a name"), check.name());
        }
        let error = "Broken-Link".parse::<Check>().expect_err("names are exact");
        assert_eq!(error.to_string(), "there is no check `Broken-Link`");
    }
}
