//! Output as Markdown: the author's answers, with links to entries by id.
//!
//! Titles, names, ids and queries are text, so their Markdown and HTML syntax is escaped. Addresses have passed
//! [`faqt::render::address`].

use std::fmt::Write as _;

use faqt::render::{address, sanitise};
#[cfg(feature = "mcp")]
use faqt::{Edition, SearchOptions};
use faqt::{Entry, Findings, Hit, Manifest, Outcome, Related, SimilarEntry};

use super::editions;
use super::index::{self, Listed};

/// Formats the findings of a search.
pub(crate) fn findings(query: &str, findings: &Findings) -> String {
    let hits = &findings.hits;
    match (findings.outcome, hits.split_first()) {
        (Outcome::Answered, Some((best, others))) => {
            notes(findings) + &entry(&best.entry) + &links("Other candidates", others)
        }
        // With a limit of 0 there is no hit to show.
        (Outcome::Answered, None) => String::new(),
        (Outcome::Unsure, _) => {
            let notes = notes(findings);
            format!("{notes}No confident answer for “{}”.\n{}", line(query), links("Closest questions", hits))
        }
        _ => format!("Not covered: no entry answers “{}”.\n{}", line(query), links("Closest questions", hits)),
    }
}

/// Formats what is to be said of the edition of the first hit above it.
pub(crate) fn notes(findings: &Findings) -> String {
    noted(&editions::notes(findings))
}

/// Formats what is to be said of an edition above it.
#[cfg(feature = "mcp")]
pub(crate) fn notes_of_edition(edition: &Edition, options: &SearchOptions) -> String {
    noted(&editions::notes_of_edition(edition, options))
}

/// Formats notes above an entry.
pub(super) fn noted(notes: &[String]) -> String {
    notes.iter().flat_map(|note| [line(note), "\n\n".to_owned()]).collect()
}

/// Formats one entry in full.
pub(crate) fn entry(entry: &Entry) -> String {
    format!("# {}\n\n{}\n{}", line(&entry.question), lines(&entry.answer), related(&entry.related))
}

/// Formats the procedures that an answer points to, below a heading.
pub(crate) fn related(procedures: &[Related]) -> String {
    if procedures.is_empty() {
        return String::new();
    }
    let mut text = "\n## Related procedures\n\n".to_owned();
    for procedure in procedures {
        let title = line(&procedure.title);
        let _ = match &procedure.id {
            Some(id) => write!(text, "- [{title}]({})", target(id)),
            None => write!(text, "- {title}"),
        };
        text += &beside(procedure.url.as_deref());
        if let Some(status) = procedure.status {
            let _ = write!(text, " ({})", status.describe());
        }
        text.push('\n');
    }
    text
}

pub(super) fn keyword(term: &str, entries: &[Entry]) -> String {
    match entries {
        [] => format!("No entry is filed under “{}”.\n", line(term)),
        [only] => entry(only),
        several => several.iter().map(link).collect(),
    }
}

pub(super) fn similar(entry: &Entry, similar: &[SimilarEntry]) -> String {
    match similar {
        [] => format!("No entry is like “{}”.\n", line(&entry.question)),
        _ => similar.iter().map(|found| link(&found.entry)).collect(),
    }
}

pub(super) fn contents(manifest: &Manifest, entries: &[Entry]) -> String {
    let mut text = format!("# {}\n", line(&manifest.name));
    let mut section: Option<&[String]> = None;
    for entry in entries {
        if section != Some(&entry.section) {
            let _ = writeln!(text, "\n## {}\n", line(&entry.section.join(faqt::SECTION_SEPARATOR)));
            section = Some(&entry.section);
        }
        text += &link(entry);
    }
    if let Some(source) = &manifest.source {
        let _ = writeln!(text, "\nSource: {}{}", line(&source.title), beside(Some(&source.url)));
    }
    text
}

pub(super) fn index(listed: &[Listed<'_>]) -> String {
    let mut text = String::new();
    for (name, entries) in listed {
        let links: Vec<String> =
            entries.iter().map(|entry| format!("[{}]({})", line(&entry.id), target(&entry.id))).collect();
        let _ = writeln!(text, "- {}: {}", line(index::shown(name)), links.join(", "));
    }
    text
}

/// Formats hits by their questions, below a heading.
pub(crate) fn links(heading: &str, hits: &[Hit]) -> String {
    if hits.is_empty() {
        return String::new();
    }
    format!("\n## {heading}\n\n{}", hits.iter().map(|hit| link(&hit.entry)).collect::<String>())
}

/// Formats an entry as an item of a list, which links to it.
pub(crate) fn link(entry: &Entry) -> String {
    format!("- [{}]({})\n", line(&entry.question), target(&entry.id))
}

/// Returns the link destination of an entry.
fn target(id: &str) -> String {
    format!("<{}{}>", faqt::ENTRY_SCHEME, escaped(&sanitise(id), |c| matches!(c, '\\' | '<' | '>' | '&')))
}

/// Returns an address to print beside its title, so that the title cannot hide the address.
fn beside(url: Option<&str>) -> String {
    url.and_then(address).map(|address| format!(", <{address}>")).unwrap_or_default()
}

/// Returns text as one line of Markdown that renders it literally at any position in a line.
pub(crate) fn line(text: &str) -> String {
    let text = sanitise(text);
    // Block markers count only at the start of a line.
    let digits = text.bytes().take_while(u8::is_ascii_digit).count();
    let begins_block = |c: char| matches!(c, '-' | '+' | '=' | ':') || digits > 0 && matches!(c, '.' | ')');
    let (number, rest) = text.split_at(digits);
    let begins = rest.starts_with(begins_block);
    let rest = escaped(rest, |c| "\\`*_[]<>&~|#{}$^".contains(c));
    format!("{number}{}{rest}", if begins { "\\" } else { "" })
}

/// Returns text with a backslash before each special character.
fn escaped(text: &str, is_special: impl Fn(char) -> bool) -> String {
    let mut markdown = String::with_capacity(text.len());
    for c in text.chars() {
        if is_special(c) {
            markdown.push('\\');
        }
        markdown.push(c);
    }
    markdown
}

/// Returns Markdown with each line sanitised.
pub(crate) fn lines(text: &str) -> String {
    text.lines().map(sanitise).collect::<Vec<_>>().join("\n")
}

#[cfg(test)]
mod tests {
    use faqt::render::plain_line;

    use super::*;

    #[test]
    fn titles_are_text_wherever_they_stand() {
        for title in [
            "<script>alert(1)</script> <b onclick=x>",
            "[bank](https://other.example) ![x](javascript:x) [^1] [x][y] [ ] x",
            "*a* **b** _c_ ~~d~~ `e` \\ \\* $x$ ^x^ {#id} {.c}",
            "&lt;script&gt; &#60; &amp AT&T",
            "https://a.b <https://a.b> | cell | C#",
            "# heading #",
            "## x",
            "- item",
            "+ item",
            "1. First",
            "12) Twelfth",
            "> quotation",
            "> [!NOTE]",
            "``` fence",
            "~~~ fence",
            "--- ",
            "===",
            ": definition",
            "    code",
            "| a | b |",
            "2. Is `--kb` *required*?",
            "[x]: https://other.example",
        ] {
            let shown = title.trim();
            for markdown in [
                line(title),
                format!("- {}: x", line(title)),
                format!("# {}", line(title)),
                format!("[{}](<a>)", line(title)),
            ] {
                let plain = faqt::render::plain(&markdown);
                let plain = plain.strip_suffix(": x").unwrap_or(&plain).trim_end();
                assert_eq!(plain, shown, "{markdown}");
            }
            assert_eq!(plain_line(&line(title)), shown);
        }
    }

    #[test]
    fn a_title_stays_on_its_line() {
        assert_eq!(line("a\n# b\r\n\u{2028}c"), "a␊\\# b␍␊c");
    }

    #[test]
    fn no_id_ends_its_address() {
        assert_eq!(target("a>b<c\\d&amp;"), "<faqt:a\\>b\\<c\\\\d\\&amp;>");
        assert_eq!(target("guide/install#usage"), "<faqt:guide/install#usage>");
        assert_eq!(target("备案"), "<faqt:备案>");
    }
}
