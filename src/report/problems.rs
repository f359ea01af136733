//! The page of `faqt check --html`: the problems of a folder by check and by file, and each with its remedy.

use std::collections::BTreeMap;
use std::path::Path;

use faqt::build::{Checked, Problem, Severity};
use maud::{Markup, html};

use super::charts::{self, Bar, REFUSED, UNSURE, WRONG};
use super::page::{Text, figure, page};

/// The most files that are drawn.
const FILES_MAX: usize = 20;
/// The most problems that are listed.
const PROBLEMS_MAX: usize = 2_000;

/// Returns the page of a checked folder.
pub(crate) fn problems(folder: &Path, checked: &Checked) -> String {
    let title = format!("{}: problems of the content", folder.display());
    let Checked { entries, sections, links, problems, .. } = checked;
    let errors = problems.iter().filter(|problem| problem.severity == Severity::Error).count();
    let content = html! {
        p {
            (entries) " entries in " (sections) " sections with " (links) " links: " (errors) " errors and "
            (problems.len() - errors) " warnings."
        }
        @if !problems.is_empty() {
            h2 { "By check" }
            (figure(&charts::bars(&bars(problems, |problem| problem.check.name().to_owned())), "", "Problems by check"))
            (legend())
            h2 { "By file" }
            (figure(
                &charts::bars(&bars(problems, |problem| problem.path.clone())),
                "The files with most problems.",
                "Problems by file",
            ))
            (listed(problems))
        }
    };
    page(&title, &content)
}

/// Returns the number of the part of a bar that a severity is drawn as.
fn part(severity: Severity) -> usize {
    match severity {
        Severity::Error => 0,
        Severity::Warning => 1,
        _ => 2,
    }
}

/// Counts problems by what `key` returns; the most frequent come first.
fn bars(problems: &[Problem], key: impl Fn(&Problem) -> String) -> Vec<Bar> {
    let mut counted: BTreeMap<String, [usize; 3]> = BTreeMap::new();
    for problem in problems {
        counted.entry(key(problem)).or_default()[part(problem.severity)] += 1;
    }
    let mut counted: Vec<(String, [usize; 3])> = counted.into_iter().collect();
    counted.sort_by_key(|(_, counts)| std::cmp::Reverse(counts.iter().sum::<usize>()));
    counted.truncate(FILES_MAX);
    let bar = |(name, counts): (String, [usize; 3])| Bar {
        name,
        parts: counts.into_iter().map(|count| count as f64).zip([WRONG, UNSURE, REFUSED]).collect(),
        number: counts.iter().sum::<usize>().to_string(),
    };
    counted.into_iter().map(bar).collect()
}

fn legend() -> Markup {
    html! { ul.legend { li.wrong { span { "errors" } } li.unsure { span { "warnings" } } } }
}

fn listed(problems: &[Problem]) -> Markup {
    html! {
        h2 { "All of them" }
        table {
            tr { th { "place" } th { "check" } th { "problem" } }
            @for problem in problems.iter().take(PROBLEMS_MAX) {
                tr {
                    td { (Text(format!("{}:{}", problem.path, problem.line))) }
                    td { (problem.check.name()) br; small { (problem.severity) } }
                    td { (Text(&problem.message)) @if let Some(hint) = &problem.hint { br; small { (Text(hint)) } } }
                }
            }
        }
        @if problems.len() > PROBLEMS_MAX {
            p { "And " (problems.len() - PROBLEMS_MAX) " more: `faqt check` lists them all." }
        }
    }
}
