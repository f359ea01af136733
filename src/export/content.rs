//! The data of an export: the pages of a knowledge base, the engine and the pack.

use std::path::Path;

use faqt::build::PackForm;
use faqt::{Entry, KnowledgeBase};
use faqt_page::{Addresses, Request, Site};

use super::words::Words;
use super::{engine, packed};
use crate::cli::failure::Failure;

/// The number of entries and the bytes of their answers up to which a page holds all answers as HTML, too.
const STATIC_ENTRIES_MAX: usize = 200;
const STATIC_BYTES_MAX: usize = 1 << 19;

/// The options of an export.
pub(crate) struct Options<'a> {
    /// The form in which the pack is put into the page.
    pub(crate) form: PackForm,
    /// The engine, in place of the one that was compiled in.
    pub(crate) engine: Option<&'a Path>,
    /// True if files that are not of an earlier export are replaced, too.
    pub(crate) force: bool,
}

/// A knowledge base with all that a page shows of it.
pub(super) struct Content<'a> {
    pub(super) kb: &'a KnowledgeBase,
    pub(super) site: Site,
    pub(super) entries: Vec<Entry>,
    /// The engine and the pack as text.
    pub(super) engine: String,
    pub(super) pack: String,
    pub(super) words: &'static Words,
}

impl<'a> Content<'a> {
    pub(super) fn of(kb: &'a KnowledgeBase, options: &Options<'_>) -> Result<Content<'a>, Failure> {
        let engine = engine::text(options.engine)?;
        let mut site = Site::of(kb.manifest());
        site.newest_version = kb.newest_version().map(str::to_owned);
        site.addresses = Addresses::Fragments;
        // No other page could be asked for without a server.
        site.contents_limit = Some(usize::MAX);
        let words = Words::of(&site.language);
        let pack = packed::text(&kb.to_pack(options.form)?);
        Ok(Content { kb, site, entries: kb.entries().collect::<Result<_, _>>()?, engine, pack, words })
    }

    /// Returns the whole page at a path, with addresses that are fragments.
    pub(super) fn document(&self, path: &str) -> Result<String, Failure> {
        let request = Request::new(path);
        let fragment = faqt_page::fragment(&self.site, self.kb, &request)?;
        Ok(faqt_page::document(&self.site, &request, &fragment))
    }

    /// Returns true if a page holds all answers as HTML.
    pub(super) fn is_small(&self) -> bool {
        let bytes = self.entries.iter().map(|entry| entry.answer.len()).sum::<usize>();
        self.entries.len() <= STATIC_ENTRIES_MAX && bytes <= STATIC_BYTES_MAX
    }
}
