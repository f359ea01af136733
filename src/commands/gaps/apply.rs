//! Writes suggestions that a person accepts into the folder, after one more proof of all of them together.

use std::path::Path;

use anyhow::{Context as _, anyhow};
use faqt::build::{Builder, write_atomically};
use faqt::gaps::{Change, Gaps as Found, Group, Proof, changed_texts};

use super::source::Source;
use crate::cli::arguments::authors::Gaps;
use crate::cli::exit::Exit;
use crate::cli::failure::Failure;
use crate::cli::values::Accepted;
use crate::output::gaps::{Applied, Refused};
use crate::output::{Decision, Output};

/// Refuses what cannot be written to, before anything is read.
pub(super) fn check(arguments: &Gaps, folder: Option<&Path>, output: &Output) -> Result<(), Failure> {
    if folder.is_none() {
        let failure = Failure::from(anyhow!("suggestions are written into a folder of Markdown"));
        return Err(failure.with_hint("name the folder by --kb"));
    }
    if arguments.accept.is_none() && !output.can_ask() {
        let failure = Failure::from(anyhow!("nobody can be asked which suggestions to write"));
        return Err(failure.with_hint("name them: --apply --accept all, or --accept 1,3"));
    }
    Ok(())
}

pub(super) fn run(arguments: &Gaps, source: &Source, gaps: &Found, output: &Output) -> Result<Exit, Failure> {
    let (Some(folder), accepted) = (&source.folder, accepted(arguments, gaps, output)?) else {
        return Ok(Exit::Error);
    };
    let mut proved = gaps.with_groups(accepted);
    source.prove(&mut proved)?;
    let is_proved = |group: &&Group| group.suggestion.proof().is_some_and(Proof::is_proved);
    let changes: Vec<Change> =
        proved.groups.iter().filter(is_proved).filter_map(|group| group.suggestion.change()).collect();
    let texts = changed_texts(&source.kb, &Builder::new(folder), &changes)?;
    let mut applied = Applied::default();
    for group in &proved.groups {
        let is_of = |(at, _): &&(usize, String)| Some(&changes[*at]) == group.suggestion.change().as_ref();
        // A file may have changed since the proof.
        let fault = texts.faults.iter().find(is_of).map(|(_, fault)| fault);
        match (group.suggestion.proof(), fault) {
            (Some(Proof::Refuted { reason }), _) | (_, Some(reason)) => {
                applied.refused.push(Refused { group: group.number, reason: reason.clone() });
            }
            _ => applied.groups.push(group.number),
        }
    }
    for (path, text) in &texts.texts {
        let file = folder.join(path);
        write_atomically(&file, text.as_bytes()).with_context(|| {
            let written = if applied.written.is_empty() { "nothing".to_owned() } else { applied.written.join(", ") };
            format!("cannot write {}; written: {written}", file.display())
        })?;
        applied.written.push(file.display().to_string());
    }
    output.applied(&applied)?;
    Ok(if applied.refused.is_empty() { Exit::Success } else { Exit::NotAnswered })
}

/// Returns the groups whose suggestions are accepted, with the texts that a person wrote.
fn accepted(arguments: &Gaps, gaps: &Found, output: &Output) -> Result<Vec<Group>, Failure> {
    let is_proved = |group: &&Group| group.suggestion.proof().is_some_and(Proof::is_proved);
    let proved = || gaps.groups.iter().filter(is_proved);
    match &arguments.accept {
        Some(Accepted::All) => Ok(proved().cloned().collect()),
        Some(Accepted::Numbers(numbers)) => numbers.iter().map(|&number| numbered(number, gaps)).collect(),
        None => {
            let mut accepted = Vec::new();
            for group in proved() {
                match output.decide(group)? {
                    Decision::Accept => accepted.push(group.clone()),
                    Decision::Edit(text) => accepted.push(group.with_text(text)),
                    Decision::Skip => {}
                    Decision::Quit => break,
                }
            }
            Ok(accepted)
        }
    }
}

fn numbered(number: usize, gaps: &Found) -> Result<Group, Failure> {
    let group = gaps.groups.iter().find(|group| group.number == number);
    let group = group.ok_or_else(|| {
        Failure::from(anyhow!("there is no group {number}"))
            .with_hint("`faqt gaps` shows the groups with their numbers")
    })?;
    match group.suggestion.proof() {
        Some(Proof::Refuted { reason }) => {
            Err(Failure::from(anyhow!("the suggestion of group {number} is not proved: {reason}")))
        }
        None => {
            let failure = Failure::from(anyhow!("group {number} needs a person who writes"));
            Err(failure.with_hint("`faqt gaps` says what"))
        }
        _ => Ok(group.clone()),
    }
}
