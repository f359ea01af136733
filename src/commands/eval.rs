//! `faqt eval`: measures the answers to questions with known entries.

use std::fs;
use std::path::Path;

use anyhow::{Context as _, anyhow};
#[cfg(feature = "report")]
use faqt::SearchOptions;
use faqt::evaluation::{self, Query, QueryError};

use crate::cli::arguments::Global;
use crate::cli::arguments::authors::Eval;
use crate::cli::exit::Exit;
use crate::cli::failure::Failure;
use crate::open::{self, asked::Asked};
use crate::output::Output;
#[cfg(feature = "report")]
use crate::{output, report};

pub(super) fn run(arguments: &Eval, global: &Global, output: &Output) -> Result<Exit, Failure> {
    let kb = open::open(&global.kb, global.model())?;
    let queries = match &arguments.queries {
        Some(file) => read(file, &kb)?,
        None => own(&kb)?,
    };
    if let Some(file) = &arguments.features {
        write_features(file, &kb, &queries)?;
    }
    let mut measured = evaluation::evaluate_by(|text, options| kb.search(text, options), &queries)?;
    #[cfg(feature = "report")]
    if let Some(file) = &arguments.html {
        let options = SearchOptions::default().with_explain(true);
        let explain = |question: &str| Ok(output::why(&kb.search(question, &options)?));
        report::write(file, &report::evaluation(&kb, &measured, &explain)?)?;
    }
    if !arguments.misses {
        measured.misses.clear();
    }
    output.report(&measured)?;
    Ok(Exit::Success)
}

fn write_features(file: &Path, kb: &Asked, queries: &[Query]) -> Result<(), Failure> {
    let Asked::One(kb) = kb else {
        let failure = Failure::from(anyhow!("features are those of one knowledge base"));
        return Err(failure.with_hint("give one --kb with --features"));
    };
    let hits = evaluation::first_hits(kb, queries)?;
    let lines: Vec<String> = hits.iter().map(serde_json::to_string).collect::<Result<_, _>>()?;
    fs::write(file, lines.join("\n") + "\n").with_context(|| format!("cannot write {}", file.display()))?;
    Ok(())
}

/// Returns the current ids of the expected entries without duplicates; case is ignored and former ids are resolved.
fn resolved(query: &Query, kb: &Asked, file: &Path) -> Result<Vec<String>, Failure> {
    let mut ids = Vec::new();
    for id in &query.expect {
        let Some(entry) = kb.entry(id)? else {
            let message = anyhow!("{}:{}: no entry has the id `{id}`", file.display(), query.line);
            return Err(Failure::from(message).with_hint("is --kb the knowledge base that the questions are for?"));
        };
        if !ids.contains(&entry.id) {
            ids.push(entry.id);
        }
    }
    Ok(ids)
}

/// Returns the questions that the authors of the knowledge bases test them with.
fn own(kb: &Asked) -> Result<Vec<Query>, Failure> {
    let queries: Vec<Query> = kb.expected_questions()?.into_iter().filter_map(Query::of_expected).collect();
    if queries.is_empty() {
        let failure = Failure::from(anyhow!("the knowledge base has no questions of its own"));
        return Err(failure.with_hint("name a file: faqt eval QUERIES; or write `asked:` beside an answer"));
    }
    Ok(queries)
}

fn read(file: &Path, kb: &Asked) -> Result<Vec<Query>, Failure> {
    let path = file.display();
    let text = fs::read_to_string(file).with_context(|| format!("cannot read {path}"))?;
    let mut queries = evaluation::queries(&text).map_err(|QueryError { line, message, .. }| {
        Failure::from(anyhow!("{path}:{line}: {message}"))
            .with_hint(r#"each line is an object: {"query": "...", "expect": ["id"]}"#)
    })?;
    if queries.is_empty() {
        return Err(Failure::from(anyhow!("{path}: no questions")));
    }
    for query in &mut queries {
        query.expect = resolved(query, kb, file)?;
    }
    Ok(queries)
}
