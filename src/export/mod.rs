//! A knowledge base as pages that need no server: one HTML file, or a folder of them.
//!
//! `page` makes the file, `site` the folder; both show the pages of the crate `faqt-page` and hold the engine (`engine`) and
//! the pack, compressed and as text (`packed`). `policy` has the hashes of a page's scripts and styles, `words` what the
//! page says without the engine, and `place` decides which files are replaced.

mod engine;
mod packed;
mod page;
mod place;
mod policy;
mod site;
mod words;

use std::path::Path;

use faqt::build::PackForm;
use faqt::{Entry, KnowledgeBase};
use faqt_page::{Addresses, Request, Site};

use crate::cli::failure::Failure;
use crate::output::exported::Exported;
use words::Words;

/// The mark of a page that this program wrote.
pub(super) const GENERATOR: &str =
    concat!(r#"<meta name="generator" content="faqt "#, env!("CARGO_PKG_VERSION"), r#"">"#);
/// The beginning of that mark, whatever the version.
pub(super) const GENERATOR_START: &str = r#"<meta name="generator" content="faqt "#;
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
struct Content<'a> {
    kb: &'a KnowledgeBase,
    site: Site,
    entries: Vec<Entry>,
    /// The engine and the pack as text.
    engine: String,
    pack: String,
    words: &'static Words,
}

impl<'a> Content<'a> {
    fn of(kb: &'a KnowledgeBase, options: &Options<'_>) -> Result<Content<'a>, Failure> {
        let engine = engine::text(options.engine)?;
        let mut site = Site::of(kb.manifest());
        site.addresses = Addresses::Fragments;
        let words = Words::of(&site.language);
        let pack = packed::text(&kb.to_pack(options.form)?);
        Ok(Content { kb, site, entries: kb.entries().collect::<Result<_, _>>()?, engine, pack, words })
    }

    /// Returns the whole page at a path, with addresses that are fragments.
    fn document(&self, path: &str) -> Result<String, Failure> {
        let request = Request::new(path);
        let fragment = faqt_page::fragment(&self.site, self.kb, &request)?;
        Ok(faqt_page::document(&self.site, &request, &fragment))
    }

    /// Returns true if a page holds all answers as HTML.
    fn is_small(&self) -> bool {
        let bytes = self.entries.iter().map(|entry| entry.answer.len()).sum::<usize>();
        self.entries.len() <= STATIC_ENTRIES_MAX && bytes <= STATIC_BYTES_MAX
    }
}

/// What an export adds to a document.
#[derive(Default)]
struct Additions {
    /// Behind the title.
    head: String,
    /// Before the main part.
    above: String,
    /// Behind the main part.
    below: String,
    /// At the end.
    end: String,
}

/// Puts additions into a document of `faqt-page`.
///
/// The first title and the first main part are the document's own, since text before them is escaped; nothing of the content
/// stands behind the last ends.
fn assemble(document: &str, added: &Additions) -> String {
    const TITLE: &str = "</title>";
    const MAIN_END: &str = "</main>";
    let title = document.find(TITLE).map_or(0, |at| at + TITLE.len());
    let main = document.find("<main").unwrap_or(title).max(title);
    let main_end = document.rfind(MAIN_END).map_or(main, |at| at + MAIN_END.len()).max(main);
    let end = document.rfind("</body>").unwrap_or(document.len()).max(main_end);
    let [head, above] = [&document[..title], &document[title..main]];
    let [shown, foot, rest] = [&document[main..main_end], &document[main_end..end], &document[end..]];
    [head, &added.head, above, &added.above, shown, &added.below, foot, &added.end, rest].concat()
}

/// Writes one HTML file.
pub(crate) fn html(kb: &KnowledgeBase, file: &Path, options: &Options<'_>) -> Result<Exported, Failure> {
    place::check_file(file, options.force)?;
    let content = Content::of(kb, options)?;
    let page = page::write(&content)?;
    place::write(file, page.as_bytes())?;
    Ok(Exported { path: file.to_owned(), entries: content.entries.len(), files: 1, bytes: page.len() as u64 })
}

/// Writes a folder of pages.
pub(crate) fn site(kb: &KnowledgeBase, folder: &Path, options: &Options<'_>) -> Result<Exported, Failure> {
    place::check_folder(folder, options.force)?;
    let content = Content::of(kb, options)?;
    let files = site::write(&content)?;
    place::write_all(folder, &files)?;
    let bytes = files.iter().map(|(_, bytes)| bytes.len() as u64).sum();
    Ok(Exported { path: folder.to_owned(), entries: content.entries.len(), files: files.len(), bytes })
}
