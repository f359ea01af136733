//! `faqt eval`: measures the answers to questions with known entries.

use std::fs;

use anyhow::{Context as _, anyhow};
use faqt::KnowledgeBase;

use crate::arguments::{Eval, Global};
use crate::evaluation::{self, Query};
use crate::exit::Exit;
use crate::failure::Failure;
use crate::knowledge;
use crate::output::Output;

pub(super) fn run(arguments: &Eval, global: &Global, output: &Output) -> Result<Exit, Failure> {
    let kb = knowledge::open(global.kb.as_deref())?;
    let mut queries = read(arguments)?;
    for query in &mut queries {
        query.expect = resolved(query, &kb, arguments)?;
    }
    let mut report = evaluation::evaluate(&kb, &queries)?;
    if !arguments.misses {
        report.misses.clear();
    }
    output.report(&report)?;
    Ok(Exit::Answered)
}

/// Returns the current ids of the expected entries without duplicates; case is ignored and former ids are resolved.
fn resolved(query: &Query, kb: &KnowledgeBase, arguments: &Eval) -> Result<Vec<String>, Failure> {
    let mut ids = Vec::new();
    for id in &query.expect {
        let Some(entry) = kb.entry(id)? else {
            let message = anyhow!("{}:{}: no entry has the id `{id}`", arguments.queries.display(), query.line);
            return Err(Failure::from(message).with_hint("is --kb the knowledge base that the questions are for?"));
        };
        if !ids.contains(&entry.id) {
            ids.push(entry.id);
        }
    }
    Ok(ids)
}

fn read(arguments: &Eval) -> Result<Vec<Query>, Failure> {
    let path = arguments.queries.display();
    let text = fs::read_to_string(&arguments.queries).with_context(|| format!("cannot read {path}"))?;
    let mut queries = Vec::new();
    for (position, line) in text.lines().enumerate().filter(|(_, line)| !line.trim().is_empty()) {
        let mut query = query(line).map_err(|said| {
            Failure::from(anyhow!("{path}:{}: {said}", position + 1))
                .with_hint(r#"each line is an object: {"query": "...", "expect": ["id"]}"#)
        })?;
        query.line = position + 1;
        queries.push(query);
    }
    if queries.is_empty() {
        return Err(Failure::from(anyhow!("{path}: no questions")));
    }
    Ok(queries)
}

/// Parses one line. A JSON list is refused, because serde would read its items as the fields in order.
fn query(line: &str) -> Result<Query, String> {
    if !line.trim_start().starts_with('{') {
        return Err("not an object".to_owned());
    }
    serde_json::from_str(line).map_err(|error| {
        let said = error.to_string();
        said.split(" at line ").next().unwrap_or_default().to_owned()
    })
}
