//! Translations that are older than their sources, by the commits that changed both.

use std::path::Path;

use faqt::build::{Check, FreshnessProblem, Translation};

use super::changes::Stale;
use super::history::Repository;
use super::paths::CoveredPath;

/// Compares the translations of the folder at `folder` with the history of its repository.
pub(crate) fn outdated(folder: &Path, translations: &[Translation]) -> Vec<FreshnessProblem> {
    let Some(first) = translations.first() else { return Vec::new() };
    match Repository::open(folder) {
        Ok(repository) => compared(&repository, folder, translations),
        Err(error) => vec![problem(
            first,
            format!("translations cannot be compared with their sources: {error}"),
            "check the folder in a clone of its repository, or set `outdated-translation` to \"off\"",
        )],
    }
}

fn compared(repository: &Repository, folder: &Path, translations: &[Translation]) -> Vec<FreshnessProblem> {
    let chain = &mut repository.chain();
    let path_of = |file: &str| repository.path_of(file);
    // A file that is not committed as it stands is newer than every commit.
    let is_committed = |translation: &&Translation| {
        repository.is_as_committed(&path_of(&translation.path), &folder.join(&translation.path))
    };
    let committed: Vec<&Translation> = translations.iter().filter(is_committed).collect();
    let paths: Vec<CoveredPath> = committed.iter().map(|translation| path_of(&translation.path)).collect();
    let (mut problems, mut reported, mut stale) = (Vec::new(), Vec::new(), Vec::new());
    for (translation, changed) in committed.into_iter().zip(repository.last_changes(paths, chain)) {
        let verified = translation.verified.as_ref().and_then(|(text, _)| repository.revision(text, chain).ok());
        let Some(baseline) = [changed, verified].into_iter().flatten().max_by_key(|revision| revision.seconds) else {
            // The reason is the same for all.
            if problems.is_empty() {
                let limit = chain.limit().unwrap_or("its commit was not found");
                let message = format!("the translation cannot be compared with `{}`: {limit}", translation.source);
                problems.push(problem(translation, message, "fetch the whole history, in CI by `fetch-depth: 0`"));
            }
            continue;
        };
        let source = path_of(&translation.source);
        if repository.differs(&source, &baseline, chain) {
            reported.push(translation);
            stale.push(Stale::of(vec![source], baseline));
        }
    }
    repository.find_changes(&mut stale, chain);
    for (translation, stale) in reported.into_iter().zip(&stale) {
        let message = format!("`{}` changed after this translation of it{}", translation.source, stale.commits());
        let hint = format!("change the translation, too; if it is right as it is: faqt verified {}", translation.id);
        problems.push(problem(translation, message, &hint));
    }
    problems
}

fn problem(translation: &Translation, message: String, hint: &str) -> FreshnessProblem {
    FreshnessProblem::new(Check::OutdatedTranslation, &translation.path, translation.line, message).with_hint(hint)
}
