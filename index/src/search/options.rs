//! The options of a search.

use serde::{Deserialize, Deserializer};

use crate::model::entry::Kind;

/// The number of hits to return at most, unless the options say otherwise.
const LIMIT: usize = 5;

/// Options of a search beside the words.
///
/// Serde reads them from an object with these fields; those that are absent, and a `limit` of null, have their default. Other
/// fields are an error.
///
/// `section`, `language`, `kinds` and `ids` narrow what is searched, in which words weigh what they would if there were
/// nothing else. `languages` does so, too, as long as that is answered. `answered_min` decides how sure an answer has to be. The
/// others choose what is returned, and change neither the outcome nor the confidence.
///
/// # Examples
///
/// ```
/// # let kb = faqt::KnowledgeBase::from_markdown("# How do I reset the lamp?\n\nHold the button.\n\n# Is it loud?\n\nNo.\n")?;
/// use faqt::SearchOptions;
///
/// let options = SearchOptions::default().with_limit(1).with_language("de");
/// assert!(kb.search("reset the lamp", &options)?.hits.is_empty());
///
/// let options = SearchOptions::default().with_ids(["is-it-loud"]);
/// assert_eq!(kb.search("is the lamp loud", &options)?.hits.len(), 1);
///
/// let options: SearchOptions = serde_json::from_str(r#"{"language": "de", "limit": 1}"#)?;
/// assert!(kb.search("reset the lamp", &options)?.hits.is_empty());
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Debug, Deserialize)]
#[serde(default, deny_unknown_fields)]
#[non_exhaustive]
pub struct SearchOptions {
    /// The number of hits to return at most.
    #[serde(deserialize_with = "limit")]
    pub limit: usize,
    /// The number of hits to pass over before the first that is returned.
    pub offset: usize,
    /// Only entries in this section, or below it: its title, or the titles from the outermost section to it with
    /// [`SECTION_SEPARATOR`](crate::SECTION_SEPARATOR) between them; case and width count for nothing.
    pub section: Option<String>,
    /// Only entries in this language, given as a BCP 47 tag.
    ///
    /// An entry is in it if no subtag contradicts: `zh` finds entries in `zh`, `zh-TW` and `zh-Hans`; `zh-TW` finds
    /// those in `zh-TW`, `zh-Hant` and `zh`. Entries that name no language are in
    /// [`Manifest::language`](crate::Manifest::language).
    pub language: Option<String>,
    /// The languages that the reader wants, the most wanted first, as BCP 47 tags.
    ///
    /// First only entries are searched that have an edition in one of them, by the words of all their editions. If that is not
    /// answered, all are searched, and what ends better is returned: then a hit in another language is marked as
    /// [`Hit::fallback`](crate::Hit::fallback). Of the editions of an entry, the one in the most wanted language is shown, as
    /// RFC 4647 looks it up: in `zh` if there is none in `zh-TW`.
    pub languages: Vec<String>,
    /// The language of the reader's system, as a BCP 47 tag. It decides between the editions of an entry where neither
    /// `languages` nor the question does.
    pub locale: Option<String>,
    /// The version of what the knowledge base is about that the reader has: `2.4`, or `2` for any of them.
    ///
    /// Of the editions of an entry, the one for this version is shown. Without this option, the version counts that the question
    /// names, and else the latest edition is shown. A hit for other versions is marked ([`Hit::applies`](crate::Hit::applies)), and
    /// is not the answer. A version that is none counts for nothing.
    pub version: Option<String>,
    /// Only entries of these kinds; an empty list admits none.
    pub kinds: Option<Vec<Kind>>,
    /// Only entries with these ids, or that had them once; case and width count for nothing. An empty list admits none.
    pub ids: Option<Vec<String>>,
    /// The confidence from which on the first hit is the answer, from 0 to 1; else that of the knowledge base
    /// ([`Manifest::answered_min`](crate::Manifest::answered_min)), or [`ANSWERED_MIN`](crate::ANSWERED_MIN). A phrasing
    /// that is the question word for word answers whatever it is.
    pub answered_min: Option<f32>,
    /// True to explain why the first entry stands first.
    pub explain: bool,
}

/// Reads a limit; null is the default.
fn limit<'de, D: Deserializer<'de>>(from: D) -> Result<usize, D::Error> {
    Ok(Option::deserialize(from)?.unwrap_or(LIMIT))
}

impl Default for SearchOptions {
    fn default() -> SearchOptions {
        SearchOptions {
            limit: LIMIT,
            offset: 0,
            section: None,
            language: None,
            languages: Vec::new(),
            locale: None,
            version: None,
            kinds: None,
            ids: None,
            answered_min: None,
            explain: false,
        }
    }
}

impl SearchOptions {
    /// Returns the same options with room for `limit` hits.
    #[must_use]
    pub fn with_limit(mut self, limit: usize) -> SearchOptions {
        self.limit = limit;
        self
    }

    /// Returns the same options, passing over the first `offset` hits.
    #[must_use]
    pub fn with_offset(mut self, offset: usize) -> SearchOptions {
        self.offset = offset;
        self
    }

    /// Returns the same options for entries in `section` only.
    #[must_use]
    pub fn with_section(mut self, section: impl Into<String>) -> SearchOptions {
        self.section = Some(section.into());
        self
    }

    /// Returns the same options for entries in the language of `tag` only.
    #[must_use]
    pub fn with_language(mut self, tag: impl Into<String>) -> SearchOptions {
        self.language = Some(tag.into());
        self
    }

    /// Returns the same options for a reader who wants these languages, the most wanted first.
    #[must_use]
    pub fn with_languages<T: Into<String>>(mut self, tags: impl IntoIterator<Item = T>) -> SearchOptions {
        self.languages = tags.into_iter().map(Into::into).collect();
        self
    }

    /// Returns the same options for a reader whose system has the language of `tag`.
    #[must_use]
    pub fn with_locale(mut self, tag: impl Into<String>) -> SearchOptions {
        self.locale = Some(tag.into());
        self
    }

    /// Returns the same options for a reader who has this version.
    #[must_use]
    pub fn with_version(mut self, version: impl Into<String>) -> SearchOptions {
        self.version = Some(version.into());
        self
    }

    /// Returns the same options for entries of `kinds` only.
    #[must_use]
    pub fn with_kinds(mut self, kinds: impl IntoIterator<Item = Kind>) -> SearchOptions {
        self.kinds = Some(kinds.into_iter().collect());
        self
    }

    /// Returns the same options for entries with one of `ids` only.
    #[must_use]
    pub fn with_ids<I: Into<String>>(mut self, ids: impl IntoIterator<Item = I>) -> SearchOptions {
        self.ids = Some(ids.into_iter().map(Into::into).collect());
        self
    }

    /// Returns the same options; the first hit is the answer from this confidence on.
    #[must_use]
    pub fn with_answered_min(mut self, answered_min: f32) -> SearchOptions {
        self.answered_min = Some(answered_min);
        self
    }

    /// Returns the same options; says whether to explain why the first entry stands first.
    #[must_use]
    pub fn with_explain(mut self, is_explained: bool) -> SearchOptions {
        self.explain = is_explained;
        self
    }

    /// Returns the number of hits from the best one to the last that is returned.
    pub(crate) fn depth(&self) -> usize {
        self.offset.saturating_add(self.limit)
    }
}
