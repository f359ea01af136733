//! `faqt export`: pages that need no server and no network, whatever the content says.

#[path = "support/poison.rs"]
mod poison;
mod support;

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use support::{Run, faqt};

const LAMP: &str = "## How do I reset the lamp? {#reset}\n\nHold the button, see [the noise](#loud) and \
    [the shop](https://example.com/shop).\n\n## Is it loud? {#loud}\n\nNo.\n\n## 灯怎么重置？ {#备案}\n\n按住按钮。\n";
/// Stands for an engine: only its first bytes and its version are looked at.
const ENGINE: &str = concat!("\0asm\u{1}\0\0\0 faqt-engine/", env!("CARGO_PKG_VERSION"), "\n");

struct Place {
    folder: tempfile::TempDir,
}

impl Place {
    fn new() -> Place {
        let folder = tempfile::tempdir().expect("a folder");
        support::content(folder.path(), &[("faq.md", LAMP), ("faqt.toml", "name = 'The </title><script>lamp'\n")]);
        fs::write(folder.path().join("engine.wasm"), ENGINE).expect("it can be written");
        Place { folder }
    }

    fn at(&self, path: &str) -> PathBuf {
        self.folder.path().join(path)
    }

    fn path(&self, path: &str) -> String {
        self.at(path).display().to_string()
    }

    fn export(&self, form: &str, out: &str, more: &[&str]) -> Run {
        self.export_of(&self.path("content"), form, out, more)
    }

    fn export_of(&self, kb: &str, form: &str, out: &str, more: &[&str]) -> Run {
        let (out, engine) = (self.path(out), self.path("engine.wasm"));
        let engine = if more.contains(&"--engine") { &[][..] } else { &["--engine", engine.as_str()] };
        faqt([&["--kb", kb, "export", "--to", form, &out, "--no-meaning"], engine, more].concat())
    }

    #[track_caller]
    fn assert_exported(&self, form: &str, out: &str, more: &[&str]) {
        let run = self.export(form, out, more);
        assert_eq!((run.code, run.stderr.as_str()), (Some(0), ""), "{run:?}");
    }

    #[track_caller]
    fn assert_refused(&self, form: &str, out: &str, more: &[&str], error: &str) {
        let run = self.export(form, out, more);
        assert_eq!(run.code, Some(2), "{run:?}");
        assert!(run.stderr.contains(error) && run.stderr.contains("\nhint: "), "{run:?}");
    }
}

/// Returns all files below a folder by their paths.
fn files(folder: &Path) -> BTreeMap<PathBuf, String> {
    let mut found = BTreeMap::new();
    for entry in fs::read_dir(folder).expect("a folder").flatten() {
        if entry.path().is_dir() {
            found.extend(files(&entry.path()));
        } else {
            found.insert(entry.path(), fs::read_to_string(entry.path()).expect("it is text"));
        }
    }
    found
}

/// Fails if a page loads anything from an address, or runs a script that is not the program's.
#[track_caller]
fn assert_self_contained(page: &str, scripts: usize) {
    let lower = page.to_ascii_lowercase();
    for loading in
        ["src=\"http", "src=\"//", "srcset", "<iframe", "<object", "<embed", "<base", "@import", "url(", "onerror="]
    {
        assert!(!lower.contains(loading), "{loading}");
    }
    assert_eq!(lower.matches("<script").count(), scripts, "scripts");
    assert_eq!(lower.matches("</script").count(), scripts, "ends of scripts");
    assert_eq!(lower.matches("</body>").count(), 1);
    assert!(page.contains("default-src 'none'"), "a policy");
    assert!(!page.contains('\u{202e}') && !page.contains('\u{1b}'), "characters that act");
}

#[test]
fn one_file_holds_everything_and_answers_without_its_engine() {
    let place = Place::new();
    let run = place.export("html", "lamp.html", &[]);
    assert_eq!(run.code, Some(0), "{run:?}");
    assert!(run.stdout.contains("lamp.html: 3 entries, 1 file, "), "{run:?}");
    let page = fs::read_to_string(place.at("lamp.html")).expect("it is there");
    assert_self_contained(&page, 3);
    assert!(page.contains("<div id=\"/e/reset\">") && page.contains("Hold the button"));
    assert!(page.contains("href=\"#/e/loud\"") && page.contains("<div id=\"/e/loud\">"));
    assert!(page.contains("<title>The &lt;/title&gt;&lt;script&gt;lamp</title>"), "the name is text");
}

#[test]
fn a_site_has_a_page_for_each_entry_with_links_that_hold() {
    let place = Place::new();
    place.assert_exported("site", "site", &[]);
    let files = files(&place.at("site"));
    let pages: Vec<_> = files.iter().filter(|(path, _)| path.extension().is_some_and(|end| end == "html")).collect();
    assert_eq!(pages.len(), 6, "three entries, the start, the contents and the keywords");
    for (path, page) in pages {
        assert_self_contained(page, 1);
        let folder = path.parent().expect("a folder");
        for link in page.split("href=\"").skip(1).filter_map(|rest| rest.split('"').next()) {
            let file = link.split('#').next().unwrap_or_default();
            let is_elsewhere = link.starts_with("https:") || link.starts_with("data:") || file.is_empty();
            assert!(is_elsewhere || folder.join(file).is_file(), "{link} in {}", path.display());
        }
    }
    assert!(files[&place.at("site/e/reset.html")].contains("href=\"../e/loud.html\""));
    assert!(files[&place.at("site/contents.html")].contains("href=\"e/loud.html\""));
}

#[test]
fn the_contents_of_a_site_list_every_entry_on_one_page() {
    let place = Place::new();
    let many: Vec<String> = (0..1_001).map(|number| format!("# Is it number {number}?\n\nNo.\n\n")).collect();
    fs::write(place.at("content/faq.md"), many.concat()).expect("it can be written");
    place.assert_exported("site", "many", &[]);
    let contents = fs::read_to_string(place.at("many/contents.html")).expect("it is there");
    assert_eq!(contents.matches("<li><a href=\"e/").count(), 1_001);
    assert!(!contents.contains("class=\"pages\""));
}

#[test]
fn a_page_of_many_entries_lists_their_questions_for_browsers_without_scripts() {
    let place = Place::new();
    let many: Vec<String> = (0..201).map(|number| format!("# Is it </noscript> {number}?\n\nNo.\n\n")).collect();
    fs::write(place.at("content/faq.md"), many.concat()).expect("it can be written");
    place.assert_exported("html", "many.html", &[]);
    let page = fs::read_to_string(place.at("many.html")).expect("it is there");
    let all = page.split("<section id=\"faqt-all\">").nth(1).and_then(|rest| rest.split("</section>").next());
    let (_, list) = all.and_then(|all| all.split_once("<noscript>")).expect("a list");
    assert_eq!(list.matches("<li id=\"/e/").count(), 201);
    assert!(list.ends_with("</ul></noscript>") && list.matches("</noscript").count() == 1);
}

#[test]
fn no_content_breaks_out() {
    let place = Place::new();
    let content = poison::folder(place.folder.path()).display().to_string();
    let run = place.export_of(&content, "html", "poison.html", &[]);
    assert_eq!(run.code, Some(0), "{run:?}");
    assert_self_contained(&fs::read_to_string(place.at("poison.html")).expect("it is there"), 3);
    let run = place.export_of(&content, "site", "poison", &[]);
    assert_eq!(run.code, Some(0), "{run:?}");
    for (path, page) in files(&place.at("poison")) {
        if path.extension().is_some_and(|end| end == "html") {
            assert_self_contained(&page, 1);
        }
        assert!(path.to_str().is_some_and(str::is_ascii), "{path:?}");
    }
}

#[test]
fn the_same_content_gives_the_same_bytes() {
    let place = Place::new();
    for out in ["a.html", "b.html"] {
        place.assert_exported("html", out, &[]);
    }
    assert!(fs::read(place.at("a.html")).ok() == fs::read(place.at("b.html")).ok());
    for out in ["a", "b"] {
        place.assert_exported("site", out, &[]);
    }
    let of = |out: &str| files(&place.at(out)).into_values().collect::<Vec<_>>();
    assert!(of("a") == of("b"));
}

#[test]
fn only_an_earlier_export_is_replaced() {
    let place = Place::new();
    fs::write(place.at("notes.html"), "<!DOCTYPE html><p>Buy bulbs.").expect("it can be written");
    place.assert_refused("html", "notes.html", &[], "the file there is no exported page");
    assert_eq!(fs::read_to_string(place.at("notes.html")).expect("it is there"), "<!DOCTYPE html><p>Buy bulbs.");
    place.assert_exported("html", "notes.html", &["--force"]);
    place.assert_exported("html", "notes.html", &[]);

    place.assert_refused("site", "content", &[], "the folder holds other files than an exported site");
    place.assert_exported("site", "site", &[]);
    fs::write(place.at("site/own.html"), "mine").expect("it can be written");
    fs::write(place.at("content/faq.md"), "# Is it new?\n\nYes.\n\n# Is it red?\n\nNo.\n").expect("it can be written");
    place.assert_exported("site", "site", &[]);
    let names: Vec<_> =
        fs::read_dir(place.at("site/e")).expect("a folder").flatten().map(|file| file.file_name()).collect();
    assert_eq!(names.len(), 2, "the pages of entries that are gone are removed: {names:?}");
    assert_eq!(fs::read_to_string(place.at("site/own.html")).expect("it stays"), "mine");
}

#[test]
fn an_engine_is_there_and_of_this_version_or_named() {
    let place = Place::new();
    fs::write(place.at("old.wasm"), "\0asm faqt-engine/0.0.1\n").expect("it can be written");
    let old = place.path("old.wasm");
    place.assert_refused("html", "a.html", &["--engine", &old], "is the engine of faqt 0.0.1, and this is ");
    let notes = place.path("content/faq.md");
    place.assert_refused("html", "a.html", &["--engine", &notes], "is no engine of faqt");
    assert!(!place.at("a.html").exists());

    // Compiled without the engine, the program says how to make it.
    let run = faqt(["export", "--to", "html", &place.path("a.html"), "--no-meaning"]);
    let is_clear = run.stderr.contains("compiled without the engine") && run.stderr.contains("bindings/web/build");
    assert!(run.code == Some(0) || run.code == Some(2) && is_clear, "{run:?}");
}

#[test]
fn several_knowledge_bases_are_not_one_page() {
    let place = Place::new();
    let content = place.path("content");
    let run = faqt(["--kb", &content, "--kb", "content", "export", "--to", "html", &place.path("a.html")]);
    assert_eq!(run.code, Some(2));
    assert!(run.stderr.contains("--kb names several"), "{run:?}");
}
