//! Freshness: the entries that are older than the files that they cover, and translations that are older than their sources, by
//! the history of git.
//!
//! An entry is stale if its files differ between the revision under `verified` and the latest commit, whatever happened in
//! between. Only then the commits are looked for, along the first parents: a merge is one change.

mod changes;
mod history;
mod paths;
mod translations;
mod tree;

use std::fmt::Write as _;
use std::path::Path;

use faqt::build::{Check, Covered, FreshnessProblem};

use self::changes::Stale;
pub(crate) use self::history::Repository;
use self::history::{Chain, Revision};
use self::paths::{CoveredPath, PathFault};
pub(crate) use self::translations::outdated;

/// The fewest files of a repository of which an entry may cover too many.
const FILES_MIN: usize = 20;

/// Compares what entries of the folder at `folder` cover with the history of its repository.
pub(crate) fn problems(folder: &Path, covered: &[Covered]) -> Vec<FreshnessProblem> {
    let Some(first) = covered.first() else { return Vec::new() };
    match Repository::open(folder) {
        Ok(repository) => {
            let chain = repository.chain();
            let file_count = repository.file_count();
            let (stale, problems) = (Vec::new(), Vec::new());
            let mut checked = Checked { repository: &repository, chain, file_count, stale, problems };
            for covered in covered {
                checked.entry(covered);
            }
            checked.report();
            checked.problems
        }
        Err(error) => {
            let message = format!("the files that entries cover cannot be looked up: {error}");
            let hint = "check the folder in a clone of its repository, or take `covers` away";
            vec![FreshnessProblem::new(Check::Covers, &first.path, first.line, message).with_hint(hint)]
        }
    }
}

/// A check of entries against one repository.
struct Checked<'r> {
    repository: &'r Repository,
    chain: Chain,
    file_count: usize,
    /// The stale entries, each with the text under `verified`.
    stale: Vec<(Covered, String, Stale)>,
    problems: Vec<FreshnessProblem>,
}

impl Checked<'_> {
    fn entry(&mut self, covered: &Covered) {
        let paths = self.paths(covered);
        let Some(verified) = &covered.verified else {
            let message = format!("`{}` has `covers` and no `verified`", covered.id);
            self.add(
                Check::Covers,
                covered,
                covered.line,
                message,
                &format!("read it, then: faqt verified {}", covered.id),
            );
            return;
        };
        match self.repository.revision(&verified.0, &mut self.chain) {
            Ok(revision) => self.compare(covered, paths, revision, &verified.0),
            Err(fault) => {
                let hint = format!("write a commit, a tag or a date, or: faqt verified {}", covered.id);
                self.add(Check::Covers, covered, verified.1, format!("`{}` {fault}", verified.0), &hint);
            }
        }
    }

    /// Returns the paths of an entry that name files of the latest commit.
    fn paths(&mut self, covered: &Covered) -> Vec<CoveredPath> {
        let mut paths = Vec::new();
        for (glob, line) in &covered.globs {
            match self.path(glob) {
                Ok(path) => paths.push(path),
                Err((message, hint)) => self.add(Check::Covers, covered, *line, format!("`{glob}` {message}"), &hint),
            }
        }
        paths
    }

    fn path(&mut self, glob: &str) -> Result<CoveredPath, (String, String)> {
        let path = CoveredPath::of(glob, self.repository.folder()).map_err(|fault| match fault {
            PathFault::Outside => ("leads out of the repository".to_owned(), "name files of the repository".to_owned()),
            PathFault::Glob(message) => (message, "write a path or a glob such as `../src/**/*.rs`".to_owned()),
        })?;
        let path = self.repository.literal(path);
        let files = self.repository.files(&path);
        let all = self.file_count;
        if files == 0 {
            let renamed = self.repository.renamed_to(&path, &mut self.chain);
            return Err(match renamed {
                Some((to, commit)) => (format!("was renamed to `{to}` in {commit}"), format!("write `/{to}`")),
                None => {
                    let hint =
                        "paths count from the content folder, or from the top of the repository with a leading `/`";
                    ("names no file of the latest commit".to_owned(), hint.to_owned())
                }
            });
        }
        if all >= FILES_MIN && 2 * files >= all {
            return Err((
                format!("names {files} of the {all} files of the repository"),
                "name what the entry is about".to_owned(),
            ));
        }
        Ok(path)
    }

    /// Keeps the entry for the report if its files changed since `revision`.
    fn compare(&mut self, covered: &Covered, paths: Vec<CoveredPath>, revision: Revision, verified: &str) {
        let mut differing = Vec::new();
        for path in paths {
            if self.repository.differs(&path, &revision, &mut self.chain) {
                differing.push(path);
            }
        }
        if differing.is_empty() {
            return;
        }
        self.stale.push((covered.clone(), verified.to_owned(), Stale::of(differing, revision)));
    }

    /// Reports the stale entries, with the commits that made them so.
    fn report(&mut self) {
        let (mut reported, mut stale): (Vec<_>, Vec<_>) = std::mem::take(&mut self.stale)
            .into_iter()
            .map(|(covered, verified, stale)| {
                let names: Vec<String> = stale.paths.iter().map(|path| format!("`{}`", path.shown())).collect();
                ((covered, format!("{} changed since `{verified}`", names.join(", "))), stale)
            })
            .unzip();
        self.repository.find_changes(&mut stale, &mut self.chain);
        for ((covered, mut message), stale) in reported.drain(..).zip(&stale) {
            message.push_str(&stale.commits());
            if let Some(limit) = self.chain.limit() {
                let _ = write!(message, "; {limit}");
            }
            let hint = format!("read `{}` again, then: faqt verified {}", covered.id, covered.id);
            self.add(Check::Stale, &covered, covered.line, message, &hint);
        }
    }

    fn add(&mut self, check: Check, covered: &Covered, line: u32, message: String, hint: &str) {
        self.problems.push(FreshnessProblem::new(check, &covered.path, line, message).with_hint(hint));
    }
}
