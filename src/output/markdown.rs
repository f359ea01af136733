//! Output as Markdown: what the author wrote, with links to entries by their ids.

use std::fmt::Write as _;

use faqt::render::sanitise;
use faqt::{Entry, Findings, Hit, Manifest, Outcome};

pub(super) fn findings(query: &str, findings: &Findings) -> String {
    let hits = &findings.hits;
    match (findings.outcome, hits.split_first()) {
        (Outcome::Answered, Some((best, others))) => entry(&best.entry) + &links("Other candidates", others),
        // The limit leaves no room for the answer.
        (Outcome::Answered, None) => String::new(),
        (Outcome::Unsure, _) => {
            format!("No entry surely answers “{}”.\n{}", line(query), links("Closest questions", hits))
        }
        _ => format!("Not covered: no entry answers “{}”.\n{}", line(query), links("Closest questions", hits)),
    }
}

pub(super) fn entry(entry: &Entry) -> String {
    let mut text = format!("# {}\n\n{}\n", line(&entry.question), lines(&entry.answer));
    if !entry.related.is_empty() {
        text.push_str("\n## Related procedures\n\n");
    }
    for procedure in &entry.related {
        let url = procedure.url.as_deref();
        let target = procedure.id.as_ref().map(|id| format!("{}{id}", faqt::ENTRY_SCHEME)).or(url.map(str::to_owned));
        let _ = write!(text, "- [{}](<{}>)", line(&procedure.title), line(&target.unwrap_or_default()));
        if let (Some(url), Some(_)) = (url, &procedure.id) {
            let _ = write!(text, ", <{}>", line(url));
        }
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
        let _ = writeln!(text, "\nSource: [{}](<{}>)", line(&source.title), line(&source.url));
    }
    text
}

pub(super) fn index(listed: &[(String, Vec<&Entry>)]) -> String {
    let mut text = String::new();
    for (name, entries) in listed {
        let links: Vec<String> = entries.iter().map(|entry| format!("[{0}](<faqt:{0}>)", line(&entry.id))).collect();
        let _ = writeln!(text, "- {}: {}", line(name), links.join(", "));
    }
    text
}

fn links(heading: &str, hits: &[Hit]) -> String {
    if hits.is_empty() {
        return String::new();
    }
    format!("\n## {heading}\n\n{}", hits.iter().map(|hit| link(&hit.entry)).collect::<String>())
}

fn link(entry: &Entry) -> String {
    format!("- [{}](<{}{}>)\n", line(&entry.question), faqt::ENTRY_SCHEME, line(&entry.id))
}

fn line(text: &str) -> String {
    sanitise(text).into_owned()
}

fn lines(text: &str) -> String {
    text.lines().map(sanitise).collect::<Vec<_>>().join("\n")
}
