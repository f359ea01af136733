//! `faqt search`: answers a question or looks up a keyword.

use anyhow::anyhow;
use faqt::{KnowledgeBase, SearchOptions};

use super::typed::text;
use crate::cli::arguments::{Global, Search};
use crate::cli::exit::Exit;
use crate::cli::failure::Failure;
use crate::open;
use crate::output::Output;

pub(super) fn run(search: &Search, global: &Global, output: &Output) -> Result<Exit, Failure> {
    let words: Vec<&str> = search.query.iter().map(|word| text("query", word)).collect::<Result<_, _>>()?;
    let query = words.join(" ");
    if query.trim().is_empty() {
        return Err(Failure::from(anyhow!("the query is empty")).with_hint("ask something: faqt how long does it take"));
    }
    let kb = open::open(global.kb.as_deref())?;
    if search.keyword { keyword(&kb, query.trim(), output) } else { ask(&kb, &query, search, output) }
}

fn ask(kb: &KnowledgeBase, query: &str, search: &Search, output: &Output) -> Result<Exit, Failure> {
    let mut options = SearchOptions::default().with_limit(search.limit.into()).with_explain(search.why);
    options.section.clone_from(&search.section);
    options.language.clone_from(&search.language);
    let findings = kb.search(query, &options)?;
    let exit = if findings.is_answered() { Exit::Answered } else { Exit::NotAnswered };
    output.findings(query, &findings)?;
    Ok(exit)
}

fn keyword(kb: &KnowledgeBase, term: &str, output: &Output) -> Result<Exit, Failure> {
    let entries = kb.keyword(term)?;
    let exit = if entries.is_empty() { Exit::NotAnswered } else { Exit::Answered };
    output.keyword(term, &entries)?;
    Ok(exit)
}
