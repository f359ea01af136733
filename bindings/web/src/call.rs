//! Requests in JSON and their answers.

use std::cell::RefCell;
use std::collections::BTreeMap;

use faqt::{Completion, Entry, KnowledgeBase, Manifest, SearchOptions, json};
use faqt_page::{Addresses, Request, Site};
use serde::{Deserialize, Serialize};

use crate::error::CallError;

thread_local! {
    /// The knowledge base of this instance.
    static OPEN: RefCell<Option<KnowledgeBase>> = const { RefCell::new(None) };
}

/// A request: the name of the call and what it is about.
#[derive(Deserialize)]
#[serde(tag = "call", rename_all = "snake_case", deny_unknown_fields)]
enum Call {
    /// Answers a question: the object `findings` of `docs/output.schema.json`.
    Search {
        query: String,
        #[serde(default)]
        options: SearchOptions,
    },
    /// Looks up an entry by its id or help id: the object `shown`, or null for an entry.
    Entry { id: String },
    /// Looks up a keyword: the object `keyword`.
    Keyword { term: String },
    /// Lists the entries: the object `contents`.
    Contents,
    /// Completes what is typed to questions.
    Complete { typed: String, limit: usize },
    /// Renders a part of a page; see `faqt_page`.
    Fragment {
        path: String,
        #[serde(default)]
        parameters: BTreeMap<String, String>,
    },
    /// Renders Markdown as sanitised HTML.
    Html { markdown: String, entry_href: Option<String> },
}

/// Opens a pack and returns its manifest.
pub(crate) fn open(pack: Vec<u8>) -> Result<String, CallError> {
    #[derive(Serialize)]
    struct About<'a> {
        version: &'static str,
        compares_meaning: bool,
        manifest: &'a Manifest,
    }
    // The memory of the one that was open is free for the next.
    OPEN.set(None);
    let kb = KnowledgeBase::from_vec(pack)?;
    let about =
        About { version: env!("CARGO_PKG_VERSION"), compares_meaning: kb.compares_meaning(), manifest: kb.manifest() };
    let written = json::versioned(&about)?;
    OPEN.set(Some(kb));
    Ok(written)
}

/// Answers a request.
pub(crate) fn answer(request: &[u8]) -> Result<String, CallError> {
    let call: Call = serde_json::from_slice(request)?;
    OPEN.with_borrow(|open| answer_from(open.as_ref().ok_or(CallError::NotOpen)?, call))
}

fn answer_from(kb: &KnowledgeBase, call: Call) -> Result<String, CallError> {
    #[derive(Serialize)]
    struct NoEntry {
        entry: Option<Entry>,
    }
    #[derive(Serialize)]
    struct Questions {
        completions: Vec<Completion>,
    }
    #[derive(Serialize)]
    struct Html {
        html: String,
    }
    Ok(match call {
        Call::Search { query, options } => json::findings(&query, &kb.search(&query, &options)?),
        Call::Entry { id } => match faqt_page::Source::entry(kb, &id)? {
            Some(entry) => json::entry(&entry),
            None => json::versioned(&NoEntry { entry: None })?,
        },
        Call::Keyword { term } => json::keyword(&term, &kb.keyword(&term)?),
        Call::Contents => json::contents(kb.manifest(), &kb.entries().collect::<Result<Vec<_>, _>>()?),
        Call::Complete { typed, limit } => json::versioned(&Questions { completions: kb.complete(&typed, limit)? })?,
        Call::Fragment { path, parameters } => fragment(kb, path, parameters)?,
        Call::Html { markdown, entry_href } => {
            let mut options = faqt::render::HtmlOptions::default();
            options.entry_href = entry_href;
            json::versioned(&Html { html: faqt::render::html(&markdown, &options) })?
        }
    })
}

/// Renders a part of a page whose addresses are fragments.
fn fragment(kb: &KnowledgeBase, path: String, parameters: BTreeMap<String, String>) -> Result<String, CallError> {
    #[derive(Serialize)]
    struct Content {
        html: String,
        title: String,
        moved_to: Option<String>,
        is_found: bool,
    }
    let mut site = Site::of(kb.manifest());
    site.newest_version = kb.newest_version().map(str::to_owned);
    site.addresses = Addresses::Fragments;
    let request = parameters.into_iter().fold(Request::new(path), |request, (name, value)| request.with(name, value));
    let fragment = faqt_page::fragment(&site, kb, &request)?;
    let content = Content {
        html: fragment.html,
        title: fragment.title,
        moved_to: fragment.moved_to,
        is_found: fragment.is_found,
    };
    Ok(json::versioned(&content)?)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn without_a_pack_every_request_is_an_error() {
        OPEN.set(None);
        let error = answer(br#"{"call":"contents"}"#).expect_err("nothing is open");
        assert_eq!(error.to_json(), r#"{"format_version":1,"error":"no pack is open"}"#);
    }

    #[test]
    fn a_request_that_is_none_is_an_error() {
        for request in
            ["", "{}", "[]", "{\"call\":\"fly\"}", "{\"call\":\"search\"}", "{\"call\":\"entry\",\"id\":\"\\ud800\"}"]
        {
            assert!(matches!(answer(request.as_bytes()), Err(CallError::Request(_))), "{request}");
        }
    }

    #[test]
    fn bytes_that_are_no_pack_are_an_error() {
        assert!(matches!(open(b"no pack".to_vec()), Err(CallError::Open(_))));
    }
}
