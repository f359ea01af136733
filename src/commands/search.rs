//! `faqt search`: answers a question or looks up a keyword.

use anyhow::anyhow;
use faqt::{Hit, Outcome};

use super::show;
use super::typed::text;
use crate::cli::arguments::{Global, Search};
use crate::cli::exit::Exit;
use crate::cli::failure::Failure;
use crate::log;
use crate::open::{self, asked::Asked, editions::one_of_each, no_such};
use crate::output::Output;

pub(super) fn run(search: &Search, global: &Global, output: &Output) -> Result<Exit, Failure> {
    let words: Vec<&str> = search.query.iter().map(|word| text("query", word)).collect::<Result<_, _>>()?;
    let query = words.join(" ");
    if query.trim().is_empty() {
        return Err(Failure::from(anyhow!("the query is empty")).with_hint("ask something: faqt how long does it take"));
    }
    let kb = open::open(&global.kb, global.model())?;
    if search.keyword { keyword(&kb, query.trim(), search, output) } else { ask(&kb, &query, search, global, output) }
}

fn ask(kb: &Asked, query: &str, search: &Search, global: &Global, output: &Output) -> Result<Exit, Failure> {
    let mut options = show::wishes(&search.editions).with_limit(search.limit.into()).with_explain(search.why);
    options.section.clone_from(&search.section);
    options.answered_min = search.answered_min;
    let findings = kb.search(query, &options)?;
    if findings.hits.is_empty()
        && let Some(unknown) = no_such::section(kb, search.section.as_deref())?
    {
        return Err(show::failure(unknown));
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

fn keyword(kb: &Asked, term: &str, search: &Search, output: &Output) -> Result<Exit, Failure> {
    let entries = one_of_each(kb, kb.keyword(term)?, &show::wishes(&search.editions))?;
    let exit = if entries.is_empty() { Exit::NotAnswered } else { Exit::Success };
    output.keyword(term, &entries)?;
    Ok(exit)
}
