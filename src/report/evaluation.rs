//! The page of `faqt eval --html`: what was asked, found and missed, and what each confidence costs.

use std::collections::BTreeMap;

use faqt::evaluation::{JudgedQuestion, Miss, Report};
use faqt::{ANSWERED_MIN, Outcome, SearchError};
use maud::{Markup, html};

use super::charts::{self, Bar, Line, REFUSED, RIGHT, UNSURE, WRONG};
use super::page::{Text, figure, page};
use crate::open::asked::Asked;

/// The number of ranges of confidence that are compared with what was right.
const RANGES: usize = 10;
/// The most missed questions that are described.
const MISSES_MAX: usize = 200;

/// The explanation of the first hit of a question, as text.
pub(crate) type Explain<'a> = dyn Fn(&str) -> Result<String, SearchError> + 'a;

/// The outcomes of questions: the numbers of those that were answered rightly, answered wrongly, unsure and refused.
#[derive(Clone, Copy, Default)]
struct Ends([usize; 4]);

impl Ends {
    fn add(&mut self, question: &JudgedQuestion) {
        let is_right = question.rank == Some(1);
        self.0[match question.outcome {
            Outcome::Answered if is_right => 0,
            Outcome::Answered => 1,
            Outcome::Unsure => 2,
            _ => 3,
        }] += 1;
    }

    fn of<'q>(questions: impl Iterator<Item = &'q JudgedQuestion>) -> Ends {
        let mut ends = Ends::default();
        questions.for_each(|question| ends.add(question));
        ends
    }

    fn count(self) -> usize {
        self.0.iter().sum()
    }

    /// Returns a bar with these parts, as shares of all.
    fn bar(self, name: String) -> Bar {
        let count = self.count();
        let share = |number: usize| number as f64 / count.max(1) as f64;
        let parts = self.0.into_iter().map(share).zip([RIGHT, WRONG, UNSURE, REFUSED]).collect();
        Bar { name, parts, number: count.to_string() }
    }
}

/// Returns the page of a report over `kb`; `explain` says why the first hit of a missed question stands first.
///
/// # Errors
///
/// If an entry cannot be read.
pub(crate) fn evaluation(kb: &Asked, report: &Report, explain: &Explain<'_>) -> Result<String, SearchError> {
    let title = format!("{}: what readers find", kb.manifest().name);
    let content = html! {
        (summary(kb, report))
        (outcomes(report))
        (thresholds(kb, report))
        (calibration(&report.questions))
        (sections(kb, &report.questions)?)
        (misses(report, explain)?)
    };
    Ok(page(&title, &content))
}

fn summary(kb: &Asked, report: &Report) -> Markup {
    let percent = |share: f64| format!("{:.0} %", 100.0 * share);
    html! {
        p {
            (report.questions.len()) " questions were put to " (kb.manifest().entries) " entries."
            @if let Some(covered) = &report.covered {
                " Of " (covered.queries) " that an entry answers, "
                (percent(1.0 - covered.unsure - covered.refused - covered.answered_wrongly)) " were answered rightly and "
                (percent(covered.answered_wrongly)) " wrongly; the right entry came first for " (percent(covered.recall_at_1))
                ", and among the first five for " (percent(covered.recall_at_5)) "."
            }
            @if let Some(uncovered) = &report.not_covered {
                " Of " (uncovered.queries) " that no entry answers, " (percent(uncovered.answered)) " were answered wrongly."
            }
        }
    }
}

fn outcomes(report: &Report) -> Markup {
    let is_covered = |question: &&JudgedQuestion| !question.query.expect.is_empty();
    let covered = Ends::of(report.questions.iter().filter(is_covered));
    let uncovered = Ends::of(report.questions.iter().filter(|question| !is_covered(question)));
    let named = [("questions with an answer", covered), ("questions without an answer", uncovered)];
    let bars: Vec<Bar> =
        named.into_iter().filter(|(_, ends)| ends.count() > 0).map(|(name, ends)| ends.bar(name.to_owned())).collect();
    html! {
        h2 { "Outcomes" }
        (figure(&charts::bars(&bars), "", "Outcomes of the questions; the table below has the numbers"))
        (legend())
        table {
            tr { th {} th { "answered rightly" } th { "answered wrongly" } th { "unsure" } th { "not covered" } }
            @for (name, ends) in named {
                tr { th { (name) } @for number in ends.0 { td.number { (number) } } }
            }
        }
    }
}

fn legend() -> Markup {
    html! {
        ul.legend {
            li.right { span { "answered rightly" } }
            li.wrong { span { "answered wrongly" } }
            li.unsure { span { "unsure" } }
            li.refused { span { "said not to be covered" } }
        }
    }
}

fn thresholds(kb: &Asked, report: &Report) -> Markup {
    let line = |share: fn(&faqt::evaluation::Threshold) -> Option<f64>, colour| Line {
        points: report.thresholds.iter().filter_map(|at| Some((f64::from(at.answered_min), share(at)?))).collect(),
        colour,
    };
    let lines = [
        line(|at| at.answered_rightly, RIGHT),
        line(|at| at.answered_wrongly, WRONG),
        line(|at| at.answered_not_covered, REFUSED),
    ];
    let now =
        f64::from(kb.members().first().map_or(ANSWERED_MIN, |kb| kb.manifest().answered_min.unwrap_or(ANSWERED_MIN)));
    let share = |share: Option<f64>| share.map_or_else(|| "–".to_owned(), |share| format!("{share:.3}"));
    html! {
        h2 { "What each confidence costs" }
        (figure(
            &charts::lines(&lines, ["least confidence of an answer", "share of the questions"], now),
            "An author sets the least confidence as answered_min in faqt.toml; the dashed line is where it stands now.",
            "Shares of questions that are answered if an answer needs a confidence; the table below has the numbers",
        ))
        ul.legend {
            li.right { span { "answered rightly" } }
            li.wrong { span { "answered wrongly" } }
            li.refused { span { "answered though not covered" } }
        }
        table {
            tr { th { "answered from" } th { "rightly" } th { "wrongly" } th { "though not covered" } }
            @for at in &report.thresholds {
                tr {
                    th { (format!("{:.1}", at.answered_min)) }
                    td.number { (share(at.answered_rightly)) }
                    td.number { (share(at.answered_wrongly)) }
                    td.number { (share(at.answered_not_covered)) }
                }
            }
        }
    }
}

/// Returns a range of confidence for each tenth that has questions: mean confidence, share of right first hits, number.
fn ranges(questions: &[JudgedQuestion]) -> Vec<(f64, f64, usize)> {
    let mut ranges = [(0.0, 0.0, 0_usize); RANGES];
    for question in questions {
        let Some(confidence) = question.confidence.map(f64::from) else { continue };
        let is_below = |end: &usize| confidence < *end as f64 / RANGES as f64;
        let at = (1..RANGES).find(is_below).unwrap_or(RANGES) - 1;
        ranges[at].0 += confidence;
        ranges[at].1 += f64::from(u8::from(question.rank == Some(1)));
        ranges[at].2 += 1;
    }
    let mean = |(confidence, right, count): (f64, f64, usize)| (confidence / count as f64, right / count as f64, count);
    ranges.into_iter().filter(|(_, _, count)| *count > 0).map(mean).collect()
}

fn calibration(questions: &[JudgedQuestion]) -> Markup {
    let ranges = ranges(questions);
    let count: usize = ranges.iter().map(|(_, _, count)| count).sum();
    let points: Vec<_> = ranges.iter().map(|&(x, y, number)| (x, y, number as f64 / count.max(1) as f64)).collect();
    let error: f64 = points.iter().map(|(x, y, share)| (x - y).abs() * share).sum();
    html! {
        h2 { "Calibration of confidence" }
        (figure(
            &charts::calibration(&points, ["confidence", "share of right first hits"]),
            "Confidence is the probability that the first hit answers. Points above the line were better than it said, points \
             below it worse; the larger a point, the more questions it stands for.",
            "Share of right first hits by confidence; the table below has the numbers",
        ))
        p { "The mean distance from the line (expected calibration error) is " (format!("{error:.3}")) "." }
        table {
            tr { th { "mean confidence" } th { "right first hits" } th { "questions" } }
            @for (confidence, right, number) in &ranges {
                tr {
                    td.number { (format!("{confidence:.3}")) }
                    td.number { (format!("{right:.3}")) }
                    td.number { (number) }
                }
            }
        }
    }
}

/// Compares the sections whose entries are expected.
fn sections(kb: &Asked, questions: &[JudgedQuestion]) -> Result<Markup, SearchError> {
    let mut sections: BTreeMap<String, Ends> = BTreeMap::new();
    for question in questions {
        let Some(id) = question.query.expect.first() else { continue };
        let section = kb.entry(id)?.and_then(|entry| entry.section.first().cloned());
        sections.entry(section.unwrap_or_else(|| "(no section)".to_owned())).or_default().add(question);
    }
    if sections.is_empty() {
        return Ok(html! {});
    }
    let bars: Vec<Bar> = sections.iter().map(|(section, ends)| ends.bar(section.clone())).collect();
    Ok(html! {
        h2 { "Sections" }
        (figure(
            &charts::bars(&bars),
            "Questions by the section of the entry that answers them, with their number.",
            "Outcomes by section; the table below has the numbers",
        ))
        (legend())
        table {
            tr { th { "section" } th { "answered rightly" } th { "answered wrongly" } th { "unsure" } th { "not covered" } }
            @for (section, ends) in &sections {
                tr { th { (Text(section)) } @for number in ends.0 { td.number { (number) } } }
            }
        }
    })
}

fn misses(report: &Report, explain: &Explain<'_>) -> Result<Markup, SearchError> {
    let mut rows = Vec::new();
    for miss in report.misses.iter().take(MISSES_MAX) {
        rows.push((miss, explain(&miss.query)?));
    }
    Ok(html! {
        h2 { "Missed" }
        @if rows.is_empty() { p { "None: the right entry came first for every question, and nothing else was answered." } }
        @else {
            table {
                tr { th { "question" } th { "expected" } th { "stood first" } th { "confidence" } }
                @for (miss, why) in &rows {
                    tr {
                        td {
                            (Text(&miss.query)) br; small { (Text(place(miss))) }
                            @if !why.is_empty() { details { summary { "Why another stood first" } pre { (Text(why)) } } }
                        }
                        td { (expected(miss)) }
                        td { @if let Some(first) = miss.before.first() { code { (Text(&first.id)) } } @else { "nothing" } }
                        td.number { (format!("{:.3}", miss.confidence)) }
                    }
                }
            }
        }
        @if report.misses.len() > MISSES_MAX {
            p { "And " (report.misses.len() - MISSES_MAX) " more: `faqt eval --misses` lists them all." }
        }
    })
}

fn place(miss: &Miss) -> String {
    let file = miss.path.as_ref().map(|path| format!("{path}:"));
    format!("{}{}", file.unwrap_or_else(|| "line ".to_owned()), miss.line)
}

fn expected(miss: &Miss) -> Markup {
    html! {
        @if miss.expect.is_empty() { "nothing" }
        @for id in &miss.expect { code { (Text(id)) } " " }
        @if let (Some(rank), false) = (miss.rank, miss.expect.is_empty()) { br; small { "at place " (rank) } }
        @else if !miss.expect.is_empty() { br; small { "not among the first 10" } }
    }
}
