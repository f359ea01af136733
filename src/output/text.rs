//! Output as text for a person.

use std::fmt::Write as _;
use std::path::Path;
use std::time::Duration;

use anstyle::{AnsiColor, Style};
use faqt::build::{Built, Checked, Problem, Severity};
use faqt::coverage::Coverage;
use faqt::render::{self, Annotations, TextOptions, sanitise};
use faqt::{Entry, Findings, KnowledgeBase, Manifest, Outcome, Related, SECTION_SEPARATOR, SimilarEntry};

use super::candidates::{self, Choice};
use super::editions;
use super::explanation::explanation;
use super::index::{self, Listed};
use super::lines::{bold, counted, escaped, faint, line, paragraph, styled};
use super::stats::Stats;
use crate::cli::shell_word::shell_word;
use faqt::evaluation::{Report, Threshold};

/// Formats the findings of a search: the answer and further candidates, or the candidates to choose from.
pub(super) fn findings(query: &str, findings: &Findings, choice: Choice, layout: &TextOptions) -> String {
    let mut text = corrections(findings, layout);
    match (findings.outcome, findings.hits.split_first()) {
        (Outcome::Answered, Some((best, others))) => {
            text += &notes(findings, layout);
            text += &entry(&best.entry, layout);
            text += &candidates::beside(&best.entry, others, layout);
        }
        // With a limit of 0 there is no hit to show.
        (Outcome::Answered, None) => {}
        (Outcome::Unsure, best) => {
            text += &notes(findings, layout);
            let follows = best.map_or("", |_| " Closest questions:");
            text += &paragraph(&format!("No confident answer for “{}”.{follows}", one_line(query)), layout);
            text += &candidates::numbered(&findings.hits, choice, layout);
        }
        _ => {
            text += &paragraph(&format!("Not covered: no entry answers “{}”.", one_line(query)), layout);
            text += &candidates::listed("Closest questions", findings.hits.iter(), layout);
        }
    }
    text + &explanation(findings, layout)
}

/// Formats what is to be said of the edition of the first hit above it.
pub(super) fn notes(findings: &Findings, layout: &TextOptions) -> String {
    noted(&editions::notes(findings), layout)
}

/// Formats notes above an entry.
pub(super) fn noted(notes: &[String], layout: &TextOptions) -> String {
    notes.iter().flat_map(|note| [paragraph(note, layout), "\n".to_owned()]).collect()
}

/// Formats one entry in full.
pub(super) fn entry(entry: &Entry, layout: &TextOptions) -> String {
    title(entry, layout) + &answer(&entry.answer, &entry.related, &[], layout) + &related(&entry.related, layout)
}

/// Formats the question of an entry, and where it stands.
pub(crate) fn title(entry: &Entry, layout: &TextOptions) -> String {
    let mut text = render::title(&escaped(&entry.question), layout);
    let place = entry.section.iter().map(String::as_str).chain([entry.id.as_str()]).collect::<Vec<_>>();
    let place = paragraph(&place.join(SECTION_SEPARATOR), &TextOptions::for_pipe(layout.width));
    for line in place.lines() {
        let _ = writeln!(text, "{}", faint(line, layout));
    }
    text.push('\n');
    text
}

/// Formats an answer or a passage of one. Links to entries are followed by their ids, unless `listed` names them below.
pub(crate) fn answer(markdown: &str, listed: &[Related], marked: &[String], layout: &TextOptions) -> String {
    let mut annotations = Annotations::default();
    (annotations.listed, annotations.marked) = (listed, marked);
    render::annotated(markdown, &annotations, layout)
}

/// Formats the procedures that an answer points to.
pub(crate) fn related(procedures: &[Related], layout: &TextOptions) -> String {
    if procedures.is_empty() {
        return String::new();
    }
    let listed: String = procedures.iter().map(|procedure| one_related(procedure, layout)).collect();
    format!("\n{}\n{listed}", bold("Related procedures", layout))
}

/// Formats the entries that are like `entry`, by their questions.
pub(super) fn similar(entry: &Entry, similar: &[SimilarEntry], layout: &TextOptions) -> String {
    if similar.is_empty() {
        return paragraph(&format!("No entry is like “{}”.", one_line(&entry.question)), layout);
    }
    let lines = similar.iter().map(|found| line(&found.entry.question, &found.entry.id, layout));
    paragraph(&format!("Like “{}”:", one_line(&entry.question)), layout) + &lines.collect::<String>()
}

/// Formats the entries filed under a keyword: a single entry in full, several by their questions.
pub(super) fn keyword(term: &str, entries: &[Entry], layout: &TextOptions) -> String {
    match entries {
        [] => paragraph(&format!("No entry is filed under “{}”.", one_line(term)), layout),
        [only] => entry(only, layout),
        several => several.iter().map(|entry| line(&entry.question, &entry.id, layout)).collect(),
    }
}

/// Formats the table of contents.
pub(super) fn contents(manifest: &Manifest, entries: &[Entry], layout: &TextOptions) -> String {
    let mut text = String::new();
    let mut section: Option<&[String]> = None;
    for entry in entries {
        if section != Some(&entry.section) {
            let title = entry.section.join(SECTION_SEPARATOR);
            let gap = if section.is_some() { "\n" } else { "" };
            let title = if title.is_empty() { &manifest.name } else { &title };
            let _ = writeln!(text, "{gap}{}", bold(&sanitise(title), layout));
            section = Some(&entry.section);
        }
        text += &line(&entry.question, &entry.id, layout);
    }
    if let Some(source) = &manifest.source {
        let credit = format!("Source: {} <{}>", escaped(&source.title), source.url);
        let _ = write!(text, "\n{}", render::text(&credit, layout));
    }
    text
}

/// Formats names with the entries under each.
pub(super) fn index(listed: &[Listed<'_>], layout: &TextOptions) -> String {
    let mut text = String::new();
    for (name, entries) in listed {
        // Brackets keep an id whole where lines are wrapped.
        let ids: Vec<String> = entries.iter().map(|entry| format!("[{}]", entry.id)).collect();
        let _ = writeln!(text, "{}", bold(&sanitise(index::shown(name)), layout));
        text += &render::item("  ", &escaped(&ids.join(", ")), layout);
    }
    text
}

/// Formats the summary of a build, with the duration if given.
pub(super) fn built(file: &Path, built: &Built, took: Option<Duration>) -> String {
    let Built { bytes, entries, sections, links, warnings, .. } = built;
    let mut said = vec![holdings(*entries, *sections), counted(*links, "link")];
    if !warnings.is_empty() {
        said.push(counted(warnings.len(), "warning"));
    }
    said.push(size(*bytes as u64));
    said.extend(took.map(|took| format!("{:.2} s", took.as_secs_f64())));
    format!("{}: {}\n", sanitise(&file.display().to_string()), said.join(", "))
}

/// Formats the problems of a folder and a summary.
pub(super) fn checked(folder: &Path, checked: &Checked, layout: &TextOptions) -> String {
    let Checked { entries, sections, links, problems: found, coverage, .. } = checked;
    let errors = found.iter().filter(|problem| problem.severity == Severity::Error).count();
    let mut said = vec![holdings(*entries, *sections), counted(*links, "link")];
    said.extend((errors > 0).then(|| counted(errors, "error")));
    let warnings = found.len() - errors;
    said.extend((warnings > 0).then(|| counted(warnings, "warning")));
    said.extend(found.is_empty().then(|| "no problems".to_owned()));
    let folder = folder.display().to_string();
    let coverage = lines(coverage.iter().map(covered));
    format!("{}{coverage}{}: {}\n", problems(found.iter(), layout), sanitise(&folder), said.join(", "))
}

/// Formats the coverage of a program.
fn covered(coverage: &Coverage) -> String {
    let Coverage { program, items, covered, found, shadowed, missing, .. } = coverage;
    let (shadowed, missing) = (shadowed.len(), missing.len());
    let program = sanitise(program);
    format!(
        "{program}: {items} commands, flags and codes, {covered} with an entry ({found} found first, {shadowed} shadowed), {missing} without"
    )
}

/// Formats that an entry agrees with the files that it covers.
#[cfg(feature = "git")]
pub(super) fn verified_entry(file: &Path, id: &str, revision: &str) -> String {
    let file = file.display().to_string();
    format!("{}: `{}` is verified at {}\n", sanitise(&file), sanitise(id), sanitise(revision))
}

/// Formats problems of the content, one a line.
pub(super) fn problems<'a>(problems: impl Iterator<Item = &'a Problem>, layout: &TextOptions) -> String {
    lines(problems.map(|problem| {
        let color = if problem.severity == Severity::Error { AnsiColor::Red } else { AnsiColor::Yellow };
        let label = styled(&format!("{}:", problem.severity), Style::new().bold().fg_color(Some(color.into())), layout);
        format!("{label} {}", sanitise(&problem.to_string()))
    }))
}

/// Formats the names of the starter files and the next commands.
pub(super) fn started(folder: &Path, files: &[&str]) -> String {
    let word = shell_word(folder);
    let folder = folder.display().to_string();
    let folder = sanitise(&folder);
    let written = files.iter().map(|path| format!("wrote {folder}/{path}"));
    let next =
        [String::new(), format!("Ask it: faqt --kb {word} reset the lamp"), format!("Check it: faqt check {word}")];
    lines(written.chain(next))
}

fn holdings(entries: usize, sections: usize) -> String {
    let entries = counted(entries, "entry");
    if sections == 0 { entries } else { format!("{entries} in {}", counted(sections, "section")) }
}

/// Formats a number of bytes with a unit, in powers of 1,000.
pub(super) fn size(bytes: u64) -> String {
    match bytes {
        0..1_000 => format!("{bytes} bytes"),
        1_000..1_000_000 => format!("{:.0} kB", bytes as f64 / 1e3),
        1_000_000..1_000_000_000 => format!("{:.1} MB", bytes as f64 / 1e6),
        _ => format!("{:.2} GB", bytes as f64 / 1e9),
    }
}

/// Formats the confirmation that a pack is sound.
pub(super) fn verified(file: &Path, kb: &KnowledgeBase) -> String {
    let manifest = kb.manifest();
    let file = file.display().to_string();
    format!("{}: sound, {} entries of “{}”\n", sanitise(&file), manifest.entries, sanitise(&manifest.name))
}

/// Formats the size of each section of a pack.
pub(super) fn stats(stats: &Stats) -> String {
    let Stats { entries, bytes, parts } = stats;
    let mean = bytes / usize::try_from(*entries).unwrap_or(usize::MAX).max(1);
    let mut text = format!("{}, {entries} entries, {mean} bytes each\n\n", size(*bytes as u64));
    for part in parts {
        let share = 100.0 * part.bytes as f64 / (*bytes).max(1) as f64;
        let row = format!(
            "{:<15}{:>14}{share:>8.1} %  {}",
            sanitise(&part.name),
            size(part.bytes as u64),
            part.holds.unwrap_or_default()
        );
        let _ = writeln!(text, "{}", row.trim_end());
    }
    text
}

/// Formats the measures of `faqt eval`.
pub(super) fn report(report: &Report, layout: &TextOptions) -> String {
    let mut text = String::new();
    let mut row = |name: &str, value: String| {
        let _ = writeln!(text, "{name:<28}{value}");
    };
    if let Some(covered) = &report.covered {
        row("questions with an answer", covered.queries.to_string());
        row("MRR@10", format!("{:.4}", covered.mrr_at_10));
        row(
            "recall@1, @5, @10",
            format!("{:.4}, {:.4}, {:.4}", covered.recall_at_1, covered.recall_at_5, covered.recall_at_10),
        );
        row("nDCG@10", format!("{:.4}", covered.ndcg_at_10));
        row("answered wrongly", format!("{:.4}", covered.answered_wrongly));
        row("wrongly refused", format!("{:.4}", covered.refused));
        row("unsure", format!("{:.4}", covered.unsure));
    }
    if let Some(uncovered) = &report.not_covered {
        row("questions without an answer", uncovered.queries.to_string());
        row("rightly refused", format!("{:.4}", uncovered.refused));
        row("unsure", format!("{:.4}", uncovered.unsure));
        row("answered all the same", format!("{:.4}", uncovered.answered));
    }
    if let Some(area) = report.area_under_roc {
        row("area under the ROC curve", format!("{area:.4}"));
    }
    text += &thresholds(&report.thresholds);
    for miss in &report.misses {
        let rank = miss.rank.map_or_else(|| "not among the first 10".to_owned(), |rank| format!("at place {rank}"));
        let expected = if miss.expect.is_empty() { "nothing".to_owned() } else { miss.expect.join(", ") };
        let _ = writeln!(text);
        let file = miss.path.as_ref().map(|path| format!("{path}:")).unwrap_or_default();
        text += &paragraph(&format!("{file}{}: {}", miss.line, one_line(&miss.query)), layout);
        let place = if miss.expect.is_empty() { String::new() } else { format!(", {rank}") };
        text += &render::item("  ", &escaped(&format!("expected {expected}{place}")), layout);
        let before =
            miss.before.iter().map(|hit| format!("{} ({:.3})", hit.id, hit.score)).collect::<Vec<_>>().join(", ");
        text +=
            &render::item("  ", &escaped(&format!("before it {before}; confidence {:.3}", miss.confidence)), layout);
    }
    text
}

/// Lays out what each confidence costs that an answer may be asked to have.
fn thresholds(thresholds: &[Threshold]) -> String {
    let mut text = format!("\n{:<16}{:<11}{:<11}{}\n", "answered from", "rightly", "wrongly", "though not covered");
    let share = |share: Option<f64>| share.map_or_else(|| "–".to_owned(), |share| format!("{share:.4}"));
    for Threshold { answered_min, answered_rightly, answered_wrongly, answered_not_covered, .. } in thresholds {
        let [rightly, wrongly, not_covered] =
            [answered_rightly, answered_wrongly, answered_not_covered].map(|&of| share(of));
        let _ = writeln!(text, "{answered_min:<16}{rightly:<11}{wrongly:<11}{not_covered}");
    }
    text
}

fn lines(lines: impl Iterator<Item = String>) -> String {
    lines.flat_map(|line| [line, "\n".to_owned()]).collect()
}

pub(super) fn corrections(findings: &Findings, layout: &TextOptions) -> String {
    let taken: Vec<String> =
        findings.corrections.iter().map(|word| format!("“{}” instead of “{}”", word.taken_for, word.typed)).collect();
    if taken.is_empty() {
        return String::new();
    }
    format!("{}\n", paragraph(&format!("Showing results for {}.", taken.join(", ")), layout))
}

fn one_related(procedure: &Related, layout: &TextOptions) -> String {
    let id = procedure.id.as_ref().map(|id| format!(" [{}]", escaped(id))).unwrap_or_default();
    let mut text = render::item("  ", &format!("{}{id}", escaped(&procedure.title)), layout);
    if let Some(url) = &procedure.url {
        let status = procedure.status.map(|status| format!(" ({})", status.describe())).unwrap_or_default();
        text += &render::item("    ", &format!("<{url}>{status}"), layout);
    }
    text
}

/// Returns a query for use in a sentence: one line of at most 120 characters.
fn one_line(query: &str) -> String {
    const CHARS_MAX: usize = 120;
    let words = query.split_whitespace().collect::<Vec<_>>().join(" ");
    match words.char_indices().nth(CHARS_MAX) {
        Some((end, _)) => format!("{}…", &words[..end]),
        None => words,
    }
}
