//! Documents of `faqt-page` with additions.

/// The mark of a page that this program wrote.
pub(super) const GENERATOR: &str =
    concat!(r#"<meta name="generator" content="faqt "#, env!("CARGO_PKG_VERSION"), r#"">"#);
/// The beginning of that mark, whatever the version.
pub(super) const GENERATOR_START: &str = r#"<meta name="generator" content="faqt "#;

/// Additions to a document.
#[derive(Default)]
pub(super) struct Additions {
    /// Behind the title.
    pub(super) head: String,
    /// Before the main part.
    pub(super) above: String,
    /// Behind the main part.
    pub(super) below: String,
    /// At the end.
    pub(super) end: String,
}

/// Puts additions into a document of `faqt-page`.
///
/// The first title and the first main part are the document's own, since text before them is escaped; nothing of the content
/// stands behind the last ends.
pub(super) fn assemble(document: &str, added: &Additions) -> String {
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
