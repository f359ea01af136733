//! The tool `show`: one entry.

use serde::{Deserialize, Serialize};

use super::arguments::number;
use super::excerpt::Excerpt;
use super::reply::{Refusal, Reply};
use super::source::Source;
use super::tools::{BUDGETS, SHOW_BUDGET};
use crate::open::no_such;

/// The arguments of `show`.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Show {
    id: String,
    budget: Option<usize>,
}

/// Returns the entry with this id or help id.
pub(super) fn show(source: &impl Source, show: &Show) -> Result<Reply, Refusal> {
    #[derive(Serialize)]
    struct Shown<'a> {
        entry: &'a Excerpt<'a>,
    }
    let budget = number("budget", show.budget, SHOW_BUDGET, BUDGETS)?;
    let entry = no_such::entry(&source.current(), &show.id)?.map_err(Refusal::NoSuch)?;
    let excerpt = Excerpt::of(&entry, budget);
    Ok(Reply::new(excerpt.text(&entry, ""), &Shown { entry: &excerpt }))
}
