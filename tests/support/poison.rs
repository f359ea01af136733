//! Content that tries to command a terminal, reorder a line or hide text, in every field that an author can write.

#![allow(dead_code, reason = "each test uses its part")]

use std::fs;
use std::path::{Path, PathBuf};

/// Escape sequences for the clipboard, the title, a cleared screen, a moved cursor and invisible text; single-byte
/// controls, a bell, bidirectional controls, and line breaks that imitate lines of the program.
pub(crate) const POISON: &str = concat!(
    "\x1b]52;c;ZXZpbA==\x07\x1b]0;title\x1b\\\x1b[2J\x1b[1;1H\x1b[8m\x1bP+q\x1b\\\x1b]8;;https://evil.example\x1b\\",
    "\u{9b}31m\u{9d}0;title\u{9c}\u{90}\x07\x08\x0c\x7f",
    "\u{202e}\u{2066}\u{200f}\u{61c}\u{200b}\u{2060}\u{feff}\u{e0041}\u{e0001}\u{2028}\u{ad}",
    "\rerror: forged\nerror: forged too",
);

/// Returns the poison without line ends, for fields of one line.
pub(crate) fn line() -> String {
    POISON.replace(['\r', '\n', '\u{2028}'], "")
}

/// Poison for HTML: scripts, event handlers and images.
const PAGE: &str = concat!(
    "<script>alert(1)</script> <img src=x onerror=alert(1)> <svg/onload=alert(1)> <b onclick='alert(1)'>bold</b> ",
    "[a](javascript:alert(1)) [b](JAVASCRIPT&colon;alert(1)) [c](data:text/html,x) ![d](data:image/svg+xml,x) ",
    "<javascript:alert(1)> <a href=\"java\tscript:alert(1)\">e</a> [f](vbscript:x \"' onx='y\") [g](file:///etc/passwd)",
);

/// Spells every character as an escape of YAML and TOML, so that the file is clean and its values are poisoned.
pub(crate) fn quoted(text: &str) -> String {
    let escaped = text.chars().fold(String::new(), |escaped, c| escaped + &format!(r"\U{:08X}", u32::from(c)));
    format!("\"{escaped}\"")
}

/// Spells every character as an HTML character reference, which Markdown decodes.
fn references(text: &str) -> String {
    text.chars().fold(String::new(), |references, c| references + &format!("&#{};", u32::from(c)))
}

/// Writes a folder with poison in every field into `folder`, and returns its poisoned path.
pub(crate) fn folder(folder: &Path) -> PathBuf {
    let content = folder.join(format!("kb {POISON}"));
    let file = |path: &str, text: &str| write(&content.join(path), text);
    file("entry.md", &entry());
    file(
        "same.md",
        &format!("---\nquestion: Poison twice\naliases: [{0}]\nhelp_ids: [{0}]\n---\nText.\n", q("alias ")),
    );
    file(
        "questions.jsonl",
        &format!(
            "{{\"query\": {0}, \"expect\": [{0}]}}\n{{\"query\": {0}, \"expect\": []}}\n{POISON}\n",
            q("how is poison ")
        ),
    );
    file("headings.md", &format!("# Poison heading {}\n\n{}", references(POISON), body()));
    file("raw.md", &format!("# Raw poison {}\n\nPoison {POISON}\n\n    code {POISON}\n", line()));
    file("unread.md", &format!("---\nkind: {}\n---\n", q("recipe ")));
    file("unparsed.md", &format!("---\n{}: [\n---\n", q("key ")));
    file("toml.md", &format!("+++\nid = {}\nquestion = {}\nkind = {0}\n+++\nText.\n", q("id "), q("Poison of TOML ")));
    file(&format!("poison {}.md", POISON.replace('/', "-")), "Poisoned by its name.\n");
    file(&format!("section {}/x.md", POISON.replace('/', "-")), "# Poison in a section\n\nText.\n");
    file("faqt.toml", &settings());
    let link = content.join(format!("link {}.md", POISON.replace('/', "-")));
    std::os::unix::fs::symlink("/etc/passwd", link).expect("a link can be made");
    fs::write(content.join("bytes.md"), b"\xff\x9b31m").expect("files can be written");
    content
}

/// Returns a log of the knowledge base `name`, whose entries have the ids `ids`, with poison in every field.
pub(crate) fn log(name: &str, ids: &[String]) -> String {
    let record = |event: &str, question: &str, entries: &[String]| {
        let record = serde_json::json!({
            "log_version": 1, "event": event, "day": format!("2026-11-27{POISON}"), "question": question, "outcome": "unsure",
            "entries": entries, "knowledge_base": name, "pack": POISON, "program": POISON,
        });
        record.to_string()
    };
    let question = format!("zzz {POISON}");
    let lines = [
        record("asked", &question, ids),
        record("helped", &question, &ids[..1]),
        record("asked", "zzz yyy xxx", ids),
        record("opened", "zzz yyy xxx", &ids[1..2]),
        record("asked", POISON, &[POISON.to_owned()]),
        format!("{{\"event\": \"{}\"}}", line()),
        record(POISON, POISON, &[]),
    ];
    lines.join("\n") + "\n"
}

fn write(file: &Path, text: &str) {
    fs::create_dir_all(file.parent().expect("it is in a folder")).expect("folders can be made");
    fs::write(file, text).expect("files can be written");
}

fn q(before: &str) -> String {
    quoted(&format!("{before}{POISON}"))
}

fn entry() -> String {
    format!(
        "---\nid: {}\nquestion: {}\naliases: [{}]\nkeywords: [poison, {}]\nsection: [{}]\nhelp_ids: [poison.help, {}]\n\
         asked: [{}]\nnot_for: [{}]\nlang: {}\nrelated:\n  - {{title: {}, url: {}, status: seen}}\n  - {{title: {}, url: {}}}\n  - {}\n---\n{}",
        q("id"),
        q("How is poison taken? "),
        q("alias "),
        q("keyword "),
        q("section "),
        q("help.id"),
        q("what is asked of poison "),
        q("how is poison taken "),
        q("en-"),
        q("page "),
        quoted(&format!("https://example.org/{POISON}")),
        q("script "),
        q("javascript:alert(1)"),
        q("nothing "),
        body(),
    )
}

/// Returns an answer with poison in every Markdown construct.
fn body() -> String {
    let (named, raw) = (references(POISON), line());
    format!(
        "Text {named} `code {raw}` *emphasis {named}*\n\n- item {named}\n- [x] task {named}\n\n> [!NOTE]\n> alert {named}\n\n\
         [text {named}](https://example.org/{raw} \"title {named}\") [broken](nowhere{named}.md) [id](faqt:no{named})\n\
         [spaced](<https://example.org/{named}>) <https://example.org/{raw}> ![image {named}](x.png \"{named}\")\n\n\
         | head {named} | b |\n|---|---|\n| cell {named} | `{raw}` |\n\n```sh {named}\nrm {raw}\n```\n\n    indented {raw}\n\n\
         note[^1]\n\n[^1]: footnote {named}\n\n<div title='{named}'>{named}</div>\n\n{PAGE}\n"
    )
}

fn settings() -> String {
    format!(
        "name = {}\nsource = {{ title = {}, url = {} }}\nsynonyms = [[\"poison\", {}]]\nunanswerable = [{}]\n\n[redirects]\n\
         {} = {}\n\n[checks]\n{} = \"off\"\n",
        q("name "),
        q("source "),
        quoted(&format!("https://example.org/{POISON}")),
        q("venom "),
        q("how is poison taken "),
        q("old "),
        q("new "),
        q("check "),
    )
}
