//! `faqt search`: answers a question or looks up a keyword.

use anyhow::anyhow;
use faqt::{Hit, Outcome, SearchOptions};

use super::typed::text;
use crate::cli::arguments::{Global, Search};
use crate::cli::exit::Exit;
use crate::cli::failure::Failure;
use crate::log;
use crate::open::{self, asked::Asked};
use crate::output::Output;

/// The number of sections that a hint names.
const NEAREST: usize = 3;

pub(super) fn run(search: &Search, global: &Global, output: &Output) -> Result<Exit, Failure> {
    let words: Vec<&str> = search.query.iter().map(|word| text("query", word)).collect::<Result<_, _>>()?;
    let query = words.join(" ");
    if query.trim().is_empty() {
        return Err(Failure::from(anyhow!("the query is empty")).with_hint("ask something: faqt how long does it take"));
    }
    let kb = open::open(&global.kb, global.model())?;
    if search.keyword { keyword(&kb, query.trim(), output) } else { ask(&kb, &query, search, global, output) }
}

fn ask(kb: &Asked, query: &str, search: &Search, global: &Global, output: &Output) -> Result<Exit, Failure> {
    let mut options = SearchOptions::default().with_limit(search.limit.into()).with_explain(search.why);
    options.section.clone_from(&search.section);
    options.language.clone_from(&search.language);
    options.answered_min = search.answered_min;
    let findings = kb.search(query, &options)?;
    if findings.hits.is_empty() {
        check_names(kb, search)?;
    }
    let choose = |hit: &Hit, fits: &mut dyn FnMut(&str) -> bool| {
        kb.passage(hit.knowledge_base.as_deref(), query, &hit.entry, fits)
    };
    output.findings(query, &findings, if search.full { None } else { Some(&choose) })?;
    let logged = log::asked(global.log.as_deref(), kb, query, &findings);
    if findings.outcome == Outcome::Unsure
        && let Some(entry) = output.pick(&findings.hits)?
    {
        output.entry(entry)?;
        if let Some(logged) = logged {
            logged.opened(entry);
        }
        return Ok(Exit::Success);
    }
    Ok(if findings.is_answered() { Exit::Success } else { Exit::NotAnswered })
}

/// Refuses a section or a language that no entry is in.
fn check_names(kb: &Asked, search: &Search) -> Result<(), Failure> {
    let is_empty = |options: SearchOptions| kb.count(&options).map(|count| count == 0);
    if let Some(section) = &search.section
        && is_empty(SearchOptions::default().with_section(section))?
    {
        let failure = Failure::from(anyhow!("no entry is in a section `{section}`"));
        return Err(match kb.nearest_sections(section, NEAREST)?.as_slice() {
            [] => failure.with_hint("`faqt list --sections` names all sections"),
            titles => failure.with_hint(format!("nearest: {}", titles.join(", "))),
        });
    }
    if let Some(language) = &search.language
        && is_empty(SearchOptions::default().with_language(language))?
    {
        let failure = Failure::from(anyhow!("no entry is in the language `{language}`"));
        return Err(failure.with_hint(format!("the entries are in: {}", kb.manifest().languages.join(", "))));
    }
    Ok(())
}

fn keyword(kb: &Asked, term: &str, output: &Output) -> Result<Exit, Failure> {
    let entries = kb.keyword(term)?;
    let exit = if entries.is_empty() { Exit::NotAnswered } else { Exit::Success };
    output.keyword(term, &entries)?;
    Ok(exit)
}
