//! A folder of pages, one an entry, with links that hold wherever the folder lies: on a server or on a disk.
//!
//! The pages are those of one file, whose addresses are fragments (`#/e/ID`), with the addresses replaced by those of files.
//! An answer of the search is shown in the page where the question was asked, and keeps fragments.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use faqt::Entry;
use faqt::build::hash;
use faqt::render::escape_html;

use super::assemble::{Additions, GENERATOR, assemble};
use super::content::Content;
use super::{page, policy};
use crate::cli::failure::Failure;

/// The characters of a file name that come from an id.
const NAME_CHARS_MAX: usize = 60;
/// The digits of the hash in a file name.
const HASH_DIGITS: usize = 12;
/// The names that Windows keeps for devices.
const DEVICES: [&str; 4] = ["aux", "con", "nul", "prn"];

/// Returns the files of the site with their paths; the start comes last, since its presence says that all are there.
pub(super) fn write(content: &Content<'_>) -> Result<Vec<(String, Vec<u8>)>, Failure> {
    let names: BTreeMap<&str, String> =
        content.entries.iter().map(|entry| (entry.id.as_str(), file_name(&entry.id))).collect();
    let addresses = addresses(content, &names);
    let mut files = assets(content);
    for entry in &content.entries {
        let path = format!("e/{}.html", names[entry.id.as_str()]);
        let document = content.document(&format!("e/{}", entry.id))?;
        files.push((path, written(content, &document, "../", &addresses).into_bytes()));
    }
    for path in ["contents", "keywords", ""] {
        let document = content.document(path)?;
        let name = if path.is_empty() { "index" } else { path };
        files.push((format!("{name}.html"), written(content, &document, "", &addresses).into_bytes()));
    }
    Ok(files)
}

/// Returns the files that all pages share.
fn assets(content: &Content<'_>) -> Vec<(String, Vec<u8>)> {
    let data = |name: &str, text: &str| {
        let script = format!("(globalThis.faqtData ??= {{}}).{name} = \"{text}\";\n");
        (format!("assets/{name}.js"), script.into_bytes())
    };
    vec![
        ("assets/page.css".to_owned(), page::style().into_bytes()),
        ("assets/page.js".to_owned(), page::script().into_bytes()),
        data("engine", &content.engine),
        data("pack", &content.pack),
    ]
}

/// Returns a page of the site; `up` leads from its folder to the top.
fn written(content: &Content<'_>, document: &str, up: &str, addresses: &BTreeMap<String, &String>) -> String {
    let head = format!(
        "{}{GENERATOR}<link rel=\"stylesheet\" href=\"{up}assets/page.css\">{}\
         <script src=\"{up}assets/page.js\" data-faqt-files=\"{up}assets/\" defer></script>",
        policy::of_files(),
        page::icon(),
    );
    let added = Additions { head, above: page::note(content), ..Additions::default() };
    with_files(&assemble(document, &added), up, addresses)
}

/// Returns the names of files by the addresses of entries, as links have them.
fn addresses<'a>(content: &Content<'_>, names: &'a BTreeMap<&str, String>) -> BTreeMap<String, &'a String> {
    let file = |entry: &Entry| Some((content.site.entry_address(&entry.id)?, &names[entry.id.as_str()]));
    content.entries.iter().filter_map(file).map(|(address, name)| (escape_html(&address), name)).collect()
}

/// Replaces the addresses of links that are fragments by those of files.
///
/// No text of the content holds `href="`: its quotes are escaped.
fn with_files(document: &str, up: &str, addresses: &BTreeMap<String, &String>) -> String {
    const LINK: &str = "href=\"#/";
    let mut written = String::with_capacity(document.len());
    let mut pieces = document.split(LINK);
    written += pieces.next().unwrap_or_default();
    for piece in pieces {
        let (path, rest) = piece.split_once('"').unwrap_or((piece, ""));
        let file = match path {
            "" => "index.html".to_owned(),
            "contents" | "keywords" => format!("{path}.html"),
            _ => match addresses.get(&format!("#/{path}")) {
                Some(name) => format!("e/{name}.html"),
                None => format!("index.html#/{path}"),
            },
        };
        let _ = write!(written, "href=\"{up}{file}\"{rest}");
    }
    written
}

/// Returns the name of an entry's file: its id where that is a name on every system, else what is left of it and a hash.
fn file_name(id: &str) -> String {
    let is_plain = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-';
    if !id.is_empty() && id.len() <= NAME_CHARS_MAX && id.chars().all(is_plain) && !DEVICES.contains(&id) {
        return id.to_owned();
    }
    let letters = id.chars().map(|c| c.to_ascii_lowercase()).map(|c| if is_plain(c) { c } else { '-' });
    let start: String = letters.take(NAME_CHARS_MAX).collect();
    format!("{}_{}", start.trim_matches('-'), &hash(id.as_bytes())[..HASH_DIGITS])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_is_named_by_its_entry() {
        assert_eq!(file_name("reset-the-lamp"), "reset-the-lamp");
        for id in ["", "A", "guide/install#usage", "con", "备案", "../../etc/passwd", "a.b", &"a".repeat(100)] {
            let name = file_name(id);
            assert!(
                name.chars().all(|c| c.is_ascii_alphanumeric() || c == '-' || c == '_') && name.len() < 80,
                "{id}: {name}"
            );
            assert!(!name.starts_with('-') && name.contains('_'), "{id}: {name}");
        }
        assert_ne!(file_name("A"), file_name("a"));
    }

    #[test]
    fn addresses_that_are_fragments_become_those_of_files() {
        let name = "lamp".to_owned();
        let addresses = BTreeMap::from([("#/e/Lamp".to_owned(), &name)]);
        let of = |href: &str| with_files(&format!("<a href=\"{href}\">"), "../", &addresses);
        for (href, file) in [
            ("#/", "../index.html"),
            ("#/contents", "../contents.html"),
            ("#/e/Lamp", "../e/lamp.html"),
            ("#/keywords?k=x", "../index.html#/keywords?k=x"),
            ("#main", "#main"),
            ("https://example.com/#/", "https://example.com/#/"),
        ] {
            assert_eq!(of(href), format!("<a href=\"{file}\">"), "{href}");
        }
    }
}
