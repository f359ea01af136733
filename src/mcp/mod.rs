//! A server for assistants by the Model Context Protocol, over two byte streams.
//!
//! [`serve`] is where to start: [`transport`] reads and writes lines, [`message`] parses one, `rmcp` keeps the session, and
//! [`server`] answers by [`ask`], [`show`], [`list`] and [`resources`]. Nothing here reads the environment or names a
//! standard stream, so that the fuzz target runs it over bytes in memory. All text that reaches an assistant is sanitised,
//! the messages in prose and the strings of structured content.

mod arguments;
mod ask;
mod excerpt;
mod list;
mod message;
mod reply;
mod resources;
mod server;
mod show;
mod source;
mod tools;
mod transport;

use std::io::{Read, Write};

use rmcp::ServiceExt as _;
use rmcp::service::ServerInitializeError;

use server::Server;
pub(crate) use source::Source;
use transport::Lines;

/// Serves one client until its input ends.
///
/// Each message is a line of at most [`transport::LINE_BYTES_MAX`] bytes. Requests are answered in any order,
/// [`transport::REQUESTS_MAX`] at a time.
///
/// # Errors
///
/// If the output breaks, or the session cannot begin. Input that is no request is answered by an error of JSON-RPC.
pub(crate) async fn serve(
    source: impl Source,
    input: impl Read + Send + 'static,
    output: impl Write + Send + 'static,
) -> Result<(), ServerInitializeError> {
    let server = Server::new(source);
    match server.serve(Lines::new(input, output)).await {
        Ok(running) => {
            // The loop of the session never fails: a panic in it would be a defect of rmcp, and ends the session as well.
            let _ = running.waiting().await;
            Ok(())
        }
        // The input ended before a session began.
        Err(ServerInitializeError::ConnectionClosed(_)) => Ok(()),
        Err(error) => Err(error),
    }
}
