//! A question as retrievers see it.

use super::plan::Plan;
use crate::engine::filter::Filter;
use crate::meaning::QuestionVector;
use crate::reader::Reader;

/// The pack, the plan and the limits of one search.
#[derive(Clone, Copy)]
pub(crate) struct Question<'a> {
    /// The pack that is asked.
    pub(crate) reader: &'a Reader,
    /// The terms looked for.
    pub(crate) plan: &'a Plan,
    /// Its vector, if vectors can be compared.
    pub(crate) vector: Option<&'a QuestionVector<'a>>,
    /// The entries that may be found, unless all may.
    pub(crate) filter: Option<&'a Filter>,
    /// The mean number of terms of an entry that may be found.
    pub(crate) mean_length: f32,
}
