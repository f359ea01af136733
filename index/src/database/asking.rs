//! Asks knowledge bases again until no row is wanted.

use std::sync::Arc;

use super::fetched::Fetched;
use crate::error::{DatabaseError, SearchError};
use crate::reader::Reader;

/// Rounds of one question, at most. A search takes 3, with a filter 5.
const ROUNDS_MAX: usize = 64;

/// Calls `read` with readers that know the rows that it wants.
///
/// `read` is called once for packs. Where rows are in a database, it is called until it wants no other row; only its last result
/// counts.
pub(crate) fn read<T>(
    readers: &[&Reader],
    read: impl Fn(&[&Reader]) -> Result<T, SearchError>,
) -> Result<T, SearchError> {
    if readers.iter().all(|reader| reader.fetched.is_none()) {
        return read(readers);
    }
    let start = |reader: &&Reader| reader.fetched.as_ref().map(|fetched| Fetched::new(Arc::clone(&fetched.database)));
    let mut states: Vec<Option<Fetched>> = readers.iter().map(start).collect();
    for _ in 0..ROUNDS_MAX {
        let shared: Vec<Option<Arc<Fetched>>> = states.into_iter().map(|state| state.map(Arc::new)).collect();
        let with = |(reader, state): (&&Reader, &Option<Arc<Fetched>>)| reader.with_rows(state.as_ref());
        let own: Vec<Reader> = readers.iter().zip(&shared).map(with).collect();
        let result = read(&own.iter().collect::<Vec<_>>());
        drop(own);
        let owned =
            |state: Arc<Fetched>| Arc::into_inner(state).ok_or_else(|| DatabaseError::new("rows are still read"));
        states = shared.into_iter().map(|state| state.map(owned).transpose()).collect::<Result<_, _>>()?;
        let mut is_wanted = false;
        for state in states.iter_mut().flatten() {
            is_wanted |= state.fetch()?;
        }
        if !is_wanted {
            return result;
        }
    }
    Err(DatabaseError::new("the rows of the database contradict each other").into())
}
