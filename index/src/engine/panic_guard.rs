//! Converts a panic while a pack is read into [`PackError::Damaged`].
//!
//! No known pack makes the library panic: every number is checked before use, and the tests of forged packs fail at a
//! panic. This guard is for unknown cases. It installs no panic hook, because the hook belongs to the host.

use std::panic::{AssertUnwindSafe, catch_unwind};

use crate::error::{PackError, damaged};

/// Runs `read`, and returns a panic in it as an error if the program was compiled to unwind.
pub(crate) fn catch_engine_panic<T, E: From<PackError>>(read: impl FnOnce() -> Result<T, E>) -> Result<T, E> {
    // Reading changes nothing in a knowledge base except its record of checked blocks.
    catch_unwind(AssertUnwindSafe(read))
        .unwrap_or_else(|_| Err(damaged("its parts do not fit together, though their checksums match").into()))
}
