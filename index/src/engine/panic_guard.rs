//! A panic while a pack is read becomes an error here.
//!
//! No pack that was found makes the library panic: every number in it is checked before it is used, and the tests of forged
//! packs fail at a panic. This is for the one that was not found. No panic hook is installed, as that belongs to the host.

use std::panic::{AssertUnwindSafe, catch_unwind};

use crate::error::{PackError, damaged};

/// Reads from a pack; a panic on the way is an error. The process goes on if it was compiled to unwind.
pub(crate) fn catch_engine_panic<T, E: From<PackError>>(read: impl FnOnce() -> Result<T, E>) -> Result<T, E> {
    // Nothing of a knowledge base changes but which of its blocks were checked.
    catch_unwind(AssertUnwindSafe(read))
        .unwrap_or_else(|_| Err(damaged("its parts do not fit together, though their checksums match").into()))
}
