//! The reasons that a database could not be used.

use faqt::database::DatabaseError;
use faqt::{OpenError, SearchError};

use crate::rows::RowsError;

/// The reason that a knowledge base could not be opened, loaded or asked. Servers are named as `host:port/database`, never with a
/// password.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum ClusterError {
    /// The URL is none of a database.
    #[error("the URL of a database is wrong: {0}")]
    Url(String),
    /// The program was compiled without this engine.
    #[error("this program was compiled without {0}: compile `faqt-cluster` with the feature of that name")]
    Engine(&'static str),
    /// No connection, or it broke off.
    #[error("cannot reach {server}: {cause}; is the server running, and is the port right?")]
    Unreachable {
        /// The server.
        server: String,
        /// The cause.
        cause: String,
    },
    /// The server has no TLS, or a certificate that is not trusted.
    #[error(
        "no TLS with {server}: {cause}; name the certificates that sign the one of the server with `ca=FILE` in the URL, \
         or write `tls=off` for a network that you trust"
    )]
    Untrusted {
        /// The server.
        server: String,
        /// The cause.
        cause: String,
    },
    /// The server refuses the user.
    #[error("{server} refuses the user `{user}`: {cause}; check the user and the password of the URL")]
    Refused {
        /// The server.
        server: String,
        /// The user.
        user: String,
        /// The message of the server.
        cause: String,
    },
    /// The version of the server is too old.
    #[error("{server} is {found}; at least {wanted} is needed")]
    Version {
        /// The server.
        server: String,
        /// The engine and version that were found.
        found: String,
        /// The version that is needed.
        wanted: &'static str,
    },
    /// A table of a generation is gone: another process has dropped the generation.
    #[error("the generation {hash} in {server} was dropped: open the knowledge base again")]
    Dropped {
        /// The server.
        server: String,
        /// The generation.
        hash: String,
    },
    /// The rows of a generation are on other servers than the URL names.
    #[error(
        "{server} is number {} of {} servers of the generation {hash}, and the URL names it as number {} of {}: \
         name all servers, in the order of the load, with `shards=HOST:PORT,…`, or load under another name",
        found.0 + 1, found.1, asked.0 + 1, asked.1
    )]
    Placement {
        /// The server.
        server: String,
        /// The generation.
        hash: String,
        /// The number of the server, from 0, and of servers, as they were loaded.
        found: (u32, u32),
        /// The same as the URL names them.
        asked: (u32, u32),
    },
    /// The server took too long.
    #[error("{server} did not answer within {seconds} s; give it more time with `timeout=SECONDS` in the URL")]
    Slow {
        /// The server.
        server: String,
        /// The seconds.
        seconds: u64,
    },
    /// The server could not ask another server of its cluster.
    #[error(
        "{server} cannot reach another server of its cluster, so that entries are missing: {cause}; is a shard gone?"
    )]
    ShardLost {
        /// The server.
        server: String,
        /// The message of the server, which names the other one.
        cause: String,
    },
    /// The server answered with an error.
    #[error("{server}: {cause}")]
    Server {
        /// The server.
        server: String,
        /// The message of the server.
        cause: String,
    },
    /// The answer of a server makes no sense.
    #[error("{server} answered in another form than expected: {cause}")]
    Answer {
        /// The server.
        server: String,
        /// The part that makes no sense.
        cause: String,
    },
    /// The weights of the engine are rounded, and leave open which entries are the best.
    #[error(
        "{server} returned {candidates} entries whose rounded scores leave open which are the best: ask in other words, \
         or without a filter"
    )]
    Undecided {
        /// The server.
        server: String,
        /// The entries that were looked at.
        candidates: usize,
    },
    /// No generation is ready.
    #[error("{server} has no knowledge base `{name}`: load one, or give its name with `name=NAME` in the URL")]
    Absent {
        /// The server.
        server: String,
        /// The name of the knowledge base.
        name: String,
    },
    /// Fewer or more rows arrived than were sent.
    #[error("{server} has {found} of {sent} rows of {table}: is another load under way? Load again")]
    Count {
        /// The server.
        server: String,
        /// The table.
        table: String,
        /// The rows that were sent.
        sent: u64,
        /// The rows that the table has.
        found: u64,
    },
    /// An entry is beyond what the tables hold.
    #[error("the tables of {0} hold numbers up to 2147483647, and a row has a greater one")]
    Number(&'static str),
    /// The rows to be loaded cannot be read.
    #[error(transparent)]
    Rows(Box<RowsError>),
    /// A question could not be answered.
    #[error(transparent)]
    Search(#[from] SearchError),
    /// The planning pack of the generation cannot be opened.
    #[error("the planning pack of the generation {hash} in {server}: {source}; load the generation again")]
    Planning {
        /// The server.
        server: String,
        /// The generation.
        hash: String,
        /// The cause.
        source: Box<OpenError>,
    },
    /// The cache directory cannot be used.
    #[error("the cache {}: {source}", path.display())]
    Cache {
        /// The file or folder.
        path: std::path::PathBuf,
        /// The cause.
        source: std::io::Error,
    },
    /// A certificate cannot be used.
    #[error("the certificates for TLS: {0}")]
    Tls(String),
}

impl From<ClusterError> for DatabaseError {
    fn from(error: ClusterError) -> DatabaseError {
        DatabaseError::new(error)
    }
}

impl From<RowsError> for ClusterError {
    fn from(error: RowsError) -> ClusterError {
        match error {
            RowsError::Taken(cause) => match cause.downcast() {
                Ok(own) => *own,
                Err(cause) => ClusterError::Rows(Box::new(RowsError::Taken(cause))),
            },
            error => ClusterError::Rows(Box::new(error)),
        }
    }
}

impl From<ClusterError> for RowsError {
    fn from(error: ClusterError) -> RowsError {
        RowsError::Taken(Box::new(error))
    }
}

#[cfg(test)]
mod tests {
    use super::ClusterError;

    #[test]
    fn a_message_of_two_lines_of_source_is_one_line_of_text() {
        let said = ClusterError::Undecided { server: "h:1/".to_owned(), candidates: 200_000 }.to_string();
        assert!(said.ends_with("which are the best: ask in other words, or without a filter"), "{said}");
    }
}
