//! `faqt search`: answers a question or looks up a keyword.

use anyhow::anyhow;
use faqt::{KnowledgeBase, SearchOptions, folded};

use super::typed::text;
use crate::cli::arguments::{Global, Search};
use crate::cli::exit::Exit;
use crate::cli::failure::Failure;
use crate::open;
use crate::output::Output;

/// The number of sections that a hint names.
const NEAREST: usize = 3;

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
    if findings.hits.is_empty() {
        check_names(kb, search)?;
    }
    let exit = if findings.is_answered() { Exit::Success } else { Exit::NotAnswered };
    output.findings(query, &findings)?;
    Ok(exit)
}

/// Refuses a section or a language that no entry is in.
fn check_names(kb: &KnowledgeBase, search: &Search) -> Result<(), Failure> {
    let is_empty = |options: SearchOptions| kb.count(&options).map(|count| count == 0);
    if let Some(section) = &search.section
        && is_empty(SearchOptions::default().with_section(section))?
    {
        let failure = Failure::from(anyhow!("no entry is in a section `{section}`"));
        return Err(failure.with_hint(format!("nearest: {}", nearest_sections(kb, section)?.join(", "))));
    }
    if let Some(language) = &search.language
        && is_empty(SearchOptions::default().with_language(language))?
    {
        let failure = Failure::from(anyhow!("no entry is in the language `{language}`"));
        return Err(failure.with_hint(format!("the entries are in: {}", kb.manifest().languages.join(", "))));
    }
    Ok(())
}

/// Returns the titles of sections that are spelled most like `section`.
fn nearest_sections(kb: &KnowledgeBase, section: &str) -> Result<Vec<String>, Failure> {
    let mut titles: Vec<String> = kb.sections()?.into_iter().flat_map(|section| section.path).collect();
    titles.sort_unstable();
    titles.dedup();
    let similarity = |title: &String| strsim::jaro_winkler(&folded(title), &folded(section));
    titles.sort_by(|a, b| similarity(b).total_cmp(&similarity(a)));
    titles.truncate(NEAREST);
    Ok(titles)
}

fn keyword(kb: &KnowledgeBase, term: &str, output: &Output) -> Result<Exit, Failure> {
    let entries = kb.keyword(term)?;
    let exit = if entries.is_empty() { Exit::NotAnswered } else { Exit::Success };
    output.keyword(term, &entries)?;
    Ok(exit)
}
