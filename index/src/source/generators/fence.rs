//! The code that is open in a text in the dialect of a site generator.

use super::code_tag;
use crate::source::code_fence::CodeFence;

/// A code fence that is open.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Fence {
    /// Its marks; `None` for a tag such as `{% highlight %}`.
    pub(crate) marks: Option<CodeFence>,
    /// True if its code is replaced by something that is not in the file.
    pub(crate) is_replaced: bool,
}

impl Fence {
    /// Returns true if `line` closes it.
    pub(crate) fn is_closed_by(self, line: &str) -> bool {
        self.marks.map_or_else(|| code_tag::is_end(line), |marks| marks.is_closed_by(line))
    }
}
