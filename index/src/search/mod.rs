//! From a question to hits and an outcome: plan, retrieve, rank, decide.

pub(crate) mod ask;
pub(crate) mod candidate;
mod coefficients;
pub(crate) mod complete;
pub(crate) mod compounds;
mod confidence;
pub(crate) mod entry_words;
pub(crate) mod explain;
pub(crate) mod findings;
pub(crate) mod interpret;
mod log_odds;
pub(crate) mod lookup;
pub(crate) mod narrow;
pub(crate) mod options;
pub(crate) mod outcome;
pub(crate) mod passage;
pub(crate) mod pipeline;
pub(crate) mod plan;
pub(crate) mod planner;
pub(crate) mod question;
pub(crate) mod rank;
pub(crate) mod retrieve;
pub(crate) mod synonyms;
pub(crate) mod term_match;
pub(crate) mod typed;
