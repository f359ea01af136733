//! A knowledge base whose rows are in a database.

use std::sync::Arc;

use ownedbytes::OwnedBytes;

use super::KnowledgeBase;
use crate::database::asking;
use crate::database::contract::Database;
use crate::engine::panic_guard::catch_engine_panic;
use crate::error::{OpenError, SearchError};
use crate::reader::Reader;

impl KnowledgeBase {
    /// Asks a knowledge base whose rows `database` has; `planning` is its planning pack.
    ///
    /// # Errors
    ///
    /// If the bytes are no planning pack of this version, or are damaged.
    ///
    /// # Examples
    ///
    /// See [`database`](crate::database).
    pub fn over(planning: Vec<u8>, database: Arc<dyn Database>) -> Result<KnowledgeBase, OpenError> {
        let reader = catch_engine_panic(|| Reader::planning(&OwnedBytes::new(planning), database))?;
        Ok(KnowledgeBase { reader: Arc::new(reader) })
    }

    /// Returns the reader, to be kept.
    #[cfg(feature = "build")]
    pub(crate) fn shared_reader(&self) -> Arc<Reader> {
        Arc::clone(&self.reader)
    }

    /// Calls `read` with a reader that has the rows that it wants.
    pub(super) fn read<T>(&self, read: impl Fn(&Reader) -> Result<T, SearchError>) -> Result<T, SearchError> {
        catch_engine_panic(|| asking::read(&[&self.reader], |readers| read(readers[0])))
    }
}
