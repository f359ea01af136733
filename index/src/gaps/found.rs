//! A question of a log, asked again.

use super::report::EntryName;
use super::tally::Tallied;
use crate::search::outcome::Outcome;

/// A question as the log has it, with what it finds now.
pub(super) struct Found {
    pub(super) tallied: Tallied,
    pub(super) outcome: Outcome,
    pub(super) confidence: f32,
    pub(super) hits: Vec<(EntryName, f32)>,
}
