//! `faqt verified`: says that an entry agrees with the files that it covers, as they are now or were at a revision.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context as _, anyhow};
use faqt::KnowledgeBase;
use faqt::build::{Builder, write_atomically};
use faqt::gaps::with_verified;

use super::build::explain;
use super::typed;
use crate::cli::arguments::Global;
use crate::cli::arguments::authors::Verified;
use crate::cli::exit::Exit;
use crate::cli::failure::Failure;
use crate::freshness::Repository;
use crate::output::Output;

pub(super) fn run(arguments: &Verified, global: &Global, output: &Output) -> Result<Exit, Failure> {
    let folder = folder(global)?;
    let id = typed::text("id", &arguments.id)?;
    let built = Builder::new(&folder).lenient(true).build().map_err(|error| explain(error, &folder))?;
    let kb = KnowledgeBase::from_vec(built.pack)?;
    let entry = kb
        .entry(id)?
        .ok_or_else(|| Failure::from(anyhow!("no entry `{id}`")).with_hint("`faqt list` names all ids"))?;
    let repository = Repository::open(&folder)?;
    let revision = repository.verified_text(arguments.at.as_deref()).map_err(|fault| {
        let failure = Failure::from(anyhow!("`{}` {fault}", arguments.at.as_deref().unwrap_or_default()));
        failure.with_hint("name a commit, a tag or a date such as 2026-05-01")
    })?;
    let file = folder.join(&entry.path);
    let text = fs::read_to_string(&file).with_context(|| format!("cannot read {}", file.display()))?;
    let changed = with_verified(&entry.path, &text, &revision).ok_or_else(|| {
        let failure = Failure::from(anyhow!(
            "{} has no front matter with `covers` or `verified` that can be edited",
            file.display()
        ));
        failure.with_hint(format!("add `covers:` with the files that the entry is about, and `verified: {revision}`"))
    })?;
    write_atomically(&file, changed.as_bytes()).with_context(|| format!("cannot write {}", file.display()))?;
    output.verified_entry(&file, &entry.id, &revision)?;
    Ok(Exit::Success)
}

/// Returns the folder that `--kb` names, or the one that `faqt check` would check.
fn folder(global: &Global) -> Result<PathBuf, Failure> {
    match global.kb.as_slice() {
        [] => Ok(super::check::default_folder()),
        [folder] if folder.is_dir() => Ok(folder.clone()),
        [other] => Err(is_no_folder(other)),
        _ => {
            Err(Failure::from(anyhow!("an entry is that of one folder, and --kb names several"))
                .with_hint("give one --kb"))
        }
    }
}

fn is_no_folder(path: &Path) -> Failure {
    Failure::from(anyhow!("{} is no folder of Markdown", path.display())).with_hint("name the folder by --kb")
}
