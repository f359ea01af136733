//! The entries that name the items of a program, and those that come first for them.

use std::collections::{BTreeSet, HashMap};

use super::item::{Item, ItemKind};
use super::program::{Coverage, Program};
use crate::error::SearchError;
use crate::knowledge_base::KnowledgeBase;
use crate::lint::place_of;
use crate::model::entry::Entry;
use crate::problem::check::Check;
use crate::problem::{Problem, Problems};
use crate::search::options::SearchOptions;
use crate::source::settings_file::SETTINGS_FILE;
use crate::text::fold::folded;

/// Asks `kb` for each item of each program.
pub(crate) fn measured(kb: &KnowledgeBase, programs: &[Program]) -> Result<(Vec<Coverage>, Vec<Problem>), SearchError> {
    let mut problems = Problems::default();
    if programs.is_empty() {
        return Ok((Vec::new(), Vec::new()));
    }
    let entries = kb.entries().collect::<Result<Vec<Entry>, SearchError>>()?;
    let named = Named::of(&entries);
    let mut coverages = Vec::new();
    for program in programs {
        let mut coverage =
            Coverage { program: program.name.clone(), items: program.items.len(), ..Coverage::default() };
        for item in &program.items {
            let typed = item.typed();
            let owners = named.owners(item, program);
            if owners.is_empty() {
                missing(program, item, &mut problems);
                coverage.missing.push(typed);
                continue;
            }
            coverage.covered += 1;
            match shadowed(kb, item, &owners, &entries)? {
                None => coverage.found += 1,
                Some(shadow) => {
                    report_shadow(program, item, &entries[*owners.first().expect("an owner")], &shadow, &mut problems);
                    coverage.shadowed.push(typed);
                }
            }
        }
        add(&mut coverages, coverage);
    }
    Ok((coverages, problems.into_sorted()))
}

/// Adds the coverage of a program, of which a part may be known.
fn add(coverages: &mut Vec<Coverage>, more: Coverage) {
    match coverages.iter_mut().find(|known| known.program == more.program) {
        Some(known) => {
            known.items += more.items;
            known.covered += more.covered;
            known.found += more.found;
            known.shadowed.extend(more.shadowed);
            known.missing.extend(more.missing);
        }
        None => coverages.push(more),
    }
}

/// The entries by the words of their phrasings and names.
struct Named {
    /// For each entry, its phrasings as words, with spaces around them.
    phrasings: Vec<Vec<String>>,
    by_word: HashMap<String, Vec<usize>>,
}

impl Named {
    fn of(entries: &[Entry]) -> Named {
        let (mut phrasings, mut by_word) = (Vec::new(), HashMap::<String, Vec<usize>>::new());
        for (at, entry) in entries.iter().enumerate() {
            let texts = entry.phrasings().chain(entry.keywords.iter().chain(&entry.help_ids).map(String::as_str));
            let spoken: Vec<String> = texts.map(spoken).collect();
            let words: BTreeSet<&str> = spoken.iter().flat_map(|text| text.split_whitespace()).collect();
            for word in words {
                by_word.entry(word.to_owned()).or_default().push(at);
            }
            phrasings.push(spoken);
        }
        Named { phrasings, by_word }
    }

    /// Returns the entries that name an item: those that name its command, too, if there are any.
    fn owners(&self, item: &Item, program: &Program) -> Vec<usize> {
        let spaced = |words: &str| format!(" {} ", folded(words));
        let command = spaced(&item.command);
        let says_command = |at: usize| self.phrasings[at].iter().any(|phrasing| phrasing.contains(&command));
        let named = self.by_word.get(&folded(&item.name)).map_or(&[][..], Vec::as_slice).iter().copied();
        match item.kind {
            ItemKind::Code => named.collect(),
            ItemKind::Command => {
                let named: Vec<usize> = named.filter(|&at| says_command(at)).collect();
                let has_flag = |at: usize| self.phrasings[at].iter().any(|phrasing| phrasing.contains(" -"));
                let alone: Vec<usize> = named.iter().copied().filter(|&at| !has_flag(at)).collect();
                if alone.is_empty() { named } else { alone }
            }
            ItemKind::Flag => {
                let named: Vec<usize> = named.collect();
                let is_own = |at: usize| item.command != program.name && says_command(at);
                let own: Vec<usize> = named.iter().copied().filter(|&at| is_own(at)).collect();
                if !own.is_empty() {
                    return own;
                }
                let commands = program.items.iter().filter(|other| other.kind == ItemKind::Command);
                let others = commands.map(|other| &other.command).filter(|other| **other != item.command);
                let others: Vec<String> = others.map(|other| spaced(other)).collect();
                // An entry about another command's flag of this name is no entry of this one.
                let flag = spaced(&item.name);
                let is_of_other = |phrasing: &String| others.iter().any(|other| phrasing.contains(other));
                let is_own = |at: usize| {
                    self.phrasings[at].iter().any(|phrasing| phrasing.contains(&flag) && !is_of_other(phrasing))
                };
                named.into_iter().filter(|&at| is_own(at)).collect()
            }
        }
    }
}

/// Returns a phrasing as folded words with a space around each; flags keep their hyphens.
fn spoken(text: &str) -> String {
    let mark = |c: char| !c.is_alphanumeric() && !matches!(c, '-' | '_' | '.' | '/' | '+' | ':' | '#');
    let folded = folded(text);
    let words = folded.split(|c: char| c.is_whitespace() || mark(c));
    let words: Vec<&str> =
        words.map(|word| word.trim_matches(['.', ':', '/'])).filter(|word| !word.is_empty()).collect();
    format!(" {} ", words.join(" "))
}

/// An entry that comes first for an item of another.
struct Shadow {
    /// The question that was asked.
    asked: String,
    /// The first entry, if there is one.
    first: Option<String>,
}

/// Returns what comes first in the place of `owners`, by the name or by the help sentence.
fn shadowed(
    kb: &KnowledgeBase,
    item: &Item,
    owners: &[usize],
    entries: &[Entry],
) -> Result<Option<Shadow>, SearchError> {
    let options = SearchOptions::default().with_limit(1);
    for asked in [Some(item.typed()), item.sentence.clone()].into_iter().flatten() {
        let findings = kb.search(&asked, &options)?;
        let first = findings.hits.first();
        let is_own = first.is_some_and(|first| owners.iter().any(|&owner| entries[owner].id == first.entry.id));
        if !is_own {
            return Ok(Some(Shadow { asked, first: first.map(|first| place_of(&first.entry)) }));
        }
    }
    Ok(None)
}

fn missing(program: &Program, item: &Item, problems: &mut Problems) {
    let message = format!("no entry names the {} `{}` of `{}`", item.kind, item.typed(), program.name);
    let problem = problems.warning(place(program, item), Check::Uncovered, message);
    problem.hint(format!("write one, or name `{}` in a question, an alias, a keyword or a help id", item.name));
}

fn report_shadow(program: &Program, item: &Item, owner: &Entry, shadow: &Shadow, problems: &mut Problems) {
    let finds = match &shadow.first {
        Some(first) => format!("finds {first} first"),
        None => "finds nothing".to_owned(),
    };
    let message = format!("“{}” {finds}, not {}, which names `{}`", shadow.asked, place_of(owner), item.typed());
    let problem = problems.warning(place(program, item), Check::Uncovered, message);
    problem.hint("say the words in the entry, or add them as an alias");
}

fn place<'a>(program: &'a Program, item: &Item) -> (&'a str, u32) {
    (program.path.as_deref().unwrap_or(SETTINGS_FILE), item.line)
}
