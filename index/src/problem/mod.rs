//! Problems of a content folder, as data: each has its file, its line and its remedy.

pub(crate) mod check;
pub(crate) mod severity;

use std::fmt;

use serde::Serialize;

use crate::markdown::sanitise::sanitise;
use crate::steps;
use check::Check;
use severity::{Level, Severity};

/// One problem in the content.
///
/// Its [`Display`](fmt::Display) is `path:line: message`, the form that editors and code hosts understand. It is one
/// line and safe on a terminal, whatever the content and its file names hold; the fields are not sanitised.
///
/// # Examples
///
/// ```
/// let text = "# Is it loud?\n\nSee [this](#that).\n";
/// use faqt::build::{Builder, Check};
///
/// let checked = Builder::from_files("help", [("faq.md", text)]).check()?;
/// let problem = &checked.problems[0];
/// assert_eq!((problem.path.as_str(), problem.line, problem.check), ("faq.md", 3, Check::BrokenLink));
/// assert!(problem.to_string().starts_with("faq.md:3: "));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct Problem {
    /// The file, relative to the content folder, with `/` between its parts.
    pub path: String,
    /// The line, counted from 1.
    pub line: u32,
    /// The severity of the problem.
    pub severity: Severity,
    /// The check that found it; JSON has its name.
    pub check: Check,
    /// The message: a lowercase phrase without a full stop.
    pub message: String,
    /// The remedy, where there is one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub hint: Option<String>,
    /// The unknown name to which the nearest known one is the remedy, until that is looked for.
    #[serde(skip)]
    pub(crate) unknown: Option<WantedName>,
}

/// A name that nothing bears.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct WantedName {
    /// The name.
    pub(crate) name: String,
    /// The names among which it was looked for.
    pub(crate) among: KnownNames,
}

/// The kind of names among which one is looked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum KnownNames {
    /// The paths of files that hold entries.
    Files,
    /// The ids of entries.
    Ids,
    /// The ids and the help ids of entries.
    IdsAndHelpIds,
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}: {}", sanitise(&self.path), self.line, sanitise(&self.message))?;
        match &self.hint {
            Some(hint) => write!(f, " ({})", sanitise(hint)),
            None => Ok(()),
        }
    }
}

/// Problems in the order in which they were found.
#[derive(Debug, Default)]
pub(crate) struct Problems {
    list: Vec<Problem>,
}

impl Problems {
    /// Adds an error.
    pub(crate) fn error(&mut self, place: (&str, u32), check: Check, message: impl Into<String>) -> &mut Problem {
        self.push(Severity::Error, place, check, message.into())
    }

    /// Adds a warning.
    pub(crate) fn warning(&mut self, place: (&str, u32), check: Check, message: impl Into<String>) -> &mut Problem {
        self.push(Severity::Warning, place, check, message.into())
    }

    /// Adds problems that were found elsewhere.
    pub(crate) fn extend(&mut self, problems: impl IntoIterator<Item = Problem>) {
        self.list.extend(problems);
    }

    /// Returns true if `check` has found something in the file at `path`.
    pub(crate) fn has(&self, check: Check, path: &str) -> bool {
        self.list.iter().any(|problem| problem.check == check && problem.path == path)
    }

    /// Returns true if no problem was found so far.
    pub(crate) fn is_empty(&self) -> bool {
        self.list.is_empty()
    }

    /// Returns all problems in the order of their places.
    pub(crate) fn into_sorted(mut self) -> Vec<Problem> {
        self.list.sort_by(|a, b| (&a.path, a.line, a.check, &a.message).cmp(&(&b.path, b.line, b.check, &b.message)));
        self.list
    }

    /// Returns all problems in the order of their places; a broken link that several pages show is one.
    pub(crate) fn into_sorted_once(self) -> Vec<Problem> {
        let mut sorted = self.into_sorted();
        sorted.dedup_by(|later, first| {
            let is_same = first.check == Check::BrokenLink && later.check == first.check && later.line == first.line;
            let is_same = is_same && later.path == first.path && later.message == first.message;
            first.severity = if is_same { first.severity.max(later.severity) } else { first.severity };
            is_same
        });
        sorted
    }

    /// Adds a problem.
    pub(crate) fn push(
        &mut self,
        severity: Severity,
        place: (&str, u32),
        check: Check,
        message: String,
    ) -> &mut Problem {
        steps::count(1 + message.len() / 16);
        let (path, line) = (place.0.to_owned(), place.1);
        self.list.push(Problem { path, line, severity, check, message, hint: None, unknown: None });
        let last = self.list.len() - 1;
        &mut self.list[last]
    }
}

impl Problem {
    /// Sets the remedy.
    pub(crate) fn hint(&mut self, hint: impl Into<String>) {
        self.hint = Some(hint.into());
    }

    /// Lets the known name nearest to `name` be the remedy; [`crate::lint::hints`] looks for it.
    pub(crate) fn hint_nearest(&mut self, name: &str, among: KnownNames) {
        self.unknown = Some(WantedName { name: name.to_owned(), among });
    }
}

/// The warnings that count as errors.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Strictness {
    /// None.
    Lenient,
    /// Those of checks without a level of their own: the settings say both.
    Settings,
    /// All.
    All,
}

/// Gives each problem the severity that the author wants for its check, and drops those of checks that are off.
pub(crate) fn apply_levels(
    problems: &mut Vec<Problem>,
    level: impl Fn(Check) -> Option<Level>,
    strictness: Strictness,
) {
    problems.retain_mut(|problem| {
        match level(problem.check) {
            Some(Level::Off) => return false,
            Some(Level::Warning) => problem.severity = Severity::Warning,
            Some(Level::Error) => problem.severity = Severity::Error,
            None if strictness == Strictness::Settings => problem.severity = Severity::Error,
            None => {}
        }
        if strictness == Strictness::All {
            problem.severity = Severity::Error;
        }
        true
    });
}
