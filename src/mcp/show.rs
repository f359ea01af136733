//! The tool `show`: one entry.

use faqt::SearchOptions;
use serde::{Deserialize, Serialize};

use super::arguments::number;
use super::excerpt::Excerpt;
use super::reply::{Refusal, Reply};
use super::source::Source;
use super::tools::{BUDGETS, SHOW_BUDGET};
use crate::open::no_such;
use crate::output::markdown;

/// The arguments of `show`.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Show {
    id: String,
    budget: Option<usize>,
    language: Option<String>,
    version: Option<String>,
}

/// Returns the entry with this id or help id.
pub(super) fn show(source: &impl Source, show: &Show) -> Result<Reply, Refusal> {
    #[derive(Serialize)]
    struct Shown<'a> {
        entry: &'a Excerpt<'a>,
    }
    let budget = number("budget", show.budget, SHOW_BUDGET, BUDGETS)?;
    let mut options = SearchOptions::default().with_languages(show.language.clone());
    options.version.clone_from(&show.version);
    let edition = no_such::edition(&source.current(), &show.id, &options)?.map_err(Refusal::NoSuch)?;
    let excerpt = Excerpt::of(&edition.entry, budget);
    let text = markdown::notes_of_edition(&edition, &options) + &excerpt.text(&edition.entry, "");
    Ok(Reply::new(text, &Shown { entry: &excerpt }))
}
