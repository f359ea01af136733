//! Messages as lines of bytes, with bounds: the length of a line, the requests in progress, and the bytes of answers that wait.
//!
//! A thread reads and a thread writes, because standard streams block. Neither holds more than one line. The reader waits for the
//! session. Answers wait for the writer in tasks of rmcp: while a client reads too little, no request of it is taken, so that its
//! answers do not pile up.

use std::io::{self, BufRead as _, BufReader, Read, Write};
use std::sync::Arc;
use std::thread;

use rmcp::RoleServer;
use rmcp::model::{ClientJsonRpcMessage, GetExtensions as _};
use rmcp::service::TxJsonRpcMessage;
use rmcp::transport::Transport;
use tokio::sync::{OwnedSemaphorePermit, Semaphore, mpsc, oneshot, watch};

use super::message::{self, Parsed};

/// The most bytes of a message. A question has a few hundred, and is read up to 16 KiB.
pub(super) const LINE_BYTES_MAX: usize = 1 << 20;
/// The most requests in progress.
pub(super) const REQUESTS_MAX: usize = 16;
/// The bytes of answers that wait for a client, beyond which no line of it is taken. Answers to requests in progress come on top.
pub(super) const WAITING_BYTES_MAX: usize = 1 << 20;

/// A line of the input.
enum Line {
    Whole(Vec<u8>),
    /// Longer than [`LINE_BYTES_MAX`]; its bytes were dropped.
    TooLong,
}

/// A line of the output; its bytes count as waiting until it is dropped.
struct Answer {
    line: String,
    waiting: Arc<watch::Sender<usize>>,
}

impl Answer {
    fn new(mut line: String, waiting: &Arc<watch::Sender<usize>>) -> Answer {
        line.push('\n');
        waiting.send_modify(|bytes| *bytes += line.len());
        Answer { line, waiting: Arc::clone(waiting) }
    }
}

impl Drop for Answer {
    fn drop(&mut self) {
        self.waiting.send_modify(|bytes| *bytes -= self.line.len());
    }
}

/// The transport of a session.
pub(super) struct Lines {
    input: mpsc::Receiver<Line>,
    output: Option<mpsc::Sender<Answer>>,
    /// The bytes of answers that are not written yet.
    waiting: Arc<watch::Sender<usize>>,
    /// Completes once everything is written.
    written: Option<oneshot::Receiver<()>>,
    requests: Arc<Semaphore>,
    /// The place of the next request.
    permit: Option<OwnedSemaphorePermit>,
    /// The answer to a line that was no message.
    reply: Option<String>,
    /// True if a session has begun: rmcp ends at a notification before it.
    has_begun: bool,
}

impl Lines {
    /// Starts the threads that read `input` and write `output`.
    pub(super) fn new(input: impl Read + Send + 'static, output: impl Write + Send + 'static) -> Lines {
        let (to_session, from_input) = mpsc::channel(1);
        thread::spawn(move || read(input, &to_session));
        let (to_output, from_session) = mpsc::channel(1);
        let (done, written) = oneshot::channel();
        thread::spawn(move || {
            // A client that is gone is no error: its input ends, too.
            let _ = write(output, from_session);
            let _ = done.send(());
        });
        Lines {
            input: from_input,
            output: Some(to_output),
            waiting: Arc::new(watch::Sender::new(0)),
            written: Some(written),
            requests: Arc::new(Semaphore::new(REQUESTS_MAX)),
            permit: None,
            reply: None,
            has_begun: false,
        }
    }

    /// Returns the message of a line, or keeps the reply to a line that is none.
    fn message(&mut self, line: Line) -> Option<ClientJsonRpcMessage> {
        let parsed = match line {
            Line::Whole(bytes) => message::parse(&bytes),
            Line::TooLong => message::too_long(LINE_BYTES_MAX),
        };
        match parsed {
            Parsed::Nothing => None,
            Parsed::Refused(reply) => {
                self.reply = Some(reply);
                None
            }
            Parsed::Message(mut message) => {
                match &mut *message {
                    ClientJsonRpcMessage::Request(request) => {
                        self.has_begun |= message::begins(&request.request);
                        if let Some(permit) = self.permit.take() {
                            // It is given back when the request is dropped: answered, cancelled or failed.
                            request.request.extensions_mut().insert(Arc::new(permit));
                        }
                    }
                    _ if !self.has_begun => return None,
                    _ => {}
                }
                Some(*message)
            }
        }
    }
}

impl Transport<RoleServer> for Lines {
    type Error = io::Error;

    fn send(&mut self, item: TxJsonRpcMessage<RoleServer>) -> impl Future<Output = io::Result<()>> + Send + 'static {
        let output = self.output.clone();
        // Counted at once: the future may run after further requests are taken.
        let answer = faqt::json::to_string(&item).map(|line| Answer::new(line, &self.waiting));
        async move {
            let answer = answer.map_err(io::Error::other)?;
            let output = output.ok_or(io::ErrorKind::NotConnected)?;
            output.send(answer).await.map_err(|_| io::ErrorKind::BrokenPipe.into())
        }
    }

    // The future is dropped whenever something else happens in the session, so each wait can be resumed.
    async fn receive(&mut self) -> Option<ClientJsonRpcMessage> {
        loop {
            if self.reply.is_some() {
                let place = self.output.as_ref()?.reserve().await.ok()?;
                place.send(Answer::new(self.reply.take()?, &self.waiting));
            }
            self.waiting.subscribe().wait_for(|bytes| *bytes <= WAITING_BYTES_MAX).await.ok()?;
            if self.permit.is_none() {
                self.permit = Some(Arc::clone(&self.requests).acquire_owned().await.ok()?);
            }
            let line = self.input.recv().await?;
            if let Some(message) = self.message(line) {
                return Some(message);
            }
        }
    }

    async fn close(&mut self) -> io::Result<()> {
        self.output = None;
        if let Some(written) = self.written.take() {
            let _ = written.await;
        }
        Ok(())
    }
}

/// Sends each line of `input` that is not empty, until it ends, fails, or nobody receives.
fn read(input: impl Read, lines: &mpsc::Sender<Line>) {
    let mut input = BufReader::new(input);
    loop {
        let line = match read_line(&mut input) {
            Ok(Some(Line::Whole(line))) if line.trim_ascii().is_empty() => continue,
            Ok(Some(line)) => line,
            Ok(None) | Err(_) => return,
        };
        if lines.blocking_send(line).is_err() {
            return;
        }
    }
}

/// Reads a line; none at the end of the input.
fn read_line(input: &mut BufReader<impl Read>) -> io::Result<Option<Line>> {
    let mut line = Vec::new();
    let read = input.take(LINE_BYTES_MAX as u64 + 1).read_until(b'\n', &mut line)?;
    if read == 0 {
        return Ok(None);
    }
    if read <= LINE_BYTES_MAX {
        return Ok(Some(Line::Whole(line)));
    }
    if !line.ends_with(b"\n") {
        input.skip_until(b'\n')?;
    }
    Ok(Some(Line::TooLong))
}

fn write(mut output: impl Write, mut answers: mpsc::Receiver<Answer>) -> io::Result<()> {
    while let Some(answer) = answers.blocking_recv() {
        output.write_all(answer.line.as_bytes())?;
        output.flush()?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lines(input: &[u8]) -> Vec<Option<usize>> {
        let mut input = BufReader::new(input);
        let next = || match read_line(&mut input).expect("memory can be read")? {
            Line::Whole(line) => Some(Some(line.len())),
            Line::TooLong => Some(None),
        };
        std::iter::from_fn(next).collect()
    }

    #[test]
    fn a_long_line_is_dropped_to_its_end() {
        let long = [vec![b'x'; 3 * LINE_BYTES_MAX], b"\nab\n".to_vec()].concat();
        assert_eq!(lines(&long), [None, Some(3)]);
        let longest = [vec![b'x'; LINE_BYTES_MAX - 1], b"\nab".to_vec()].concat();
        assert_eq!(lines(&longest), [Some(LINE_BYTES_MAX), Some(2)]);
        let one_more = [vec![b'x'; LINE_BYTES_MAX], b"\nab".to_vec()].concat();
        assert_eq!(lines(&one_more), [None, Some(2)]);
    }
}
