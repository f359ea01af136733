//! What the index underneath does with bytes that make no sense becomes an error here.
//!
//! Checksums find every pack that was damaged. They do not find one that was forged: whoever writes a pack writes its
//! checksums, too. tantivy trusts its files and panics where they do not fit together; it never reads beyond them.

use std::panic::{AssertUnwindSafe, catch_unwind};

use crate::pack::{PackError, damaged};

/// Reads from the index; a panic on the way is an error. The process goes on if it was compiled to unwind.
pub(crate) fn guarded<T, E: From<PackError>>(read: impl FnOnce() -> Result<T, E>) -> Result<T, E> {
    // What a panic leaves half done is a cache of the index, which then fails again in the same way.
    catch_unwind(AssertUnwindSafe(read))
        .unwrap_or_else(|_| Err(damaged("its parts do not fit together, though their checksums match").into()))
}
