//! The thread that writes the log of questions: no reader waits for its file.

use std::path::PathBuf;
use std::sync::mpsc::{Receiver, RecvTimeoutError, SyncSender, TrySendError, channel, sync_channel};
use std::sync::{Mutex, PoisonError};
use std::thread;
use std::time::Duration;

use faqt::log::LogRecord;
use tokio::sync::oneshot;

use crate::log;

/// The number of records that may wait for the file, of at most 8 KiB each.
const WAITING_MAX: usize = 4_096;
/// The time that waiting records have when the program ends.
const ENDING: Duration = Duration::from_secs(5);

/// A record that waits, and who is told whether it was written.
type Waiting = (LogRecord, Option<oneshot::Sender<bool>>);

/// The log of questions of a server.
pub(super) struct Recorder {
    /// Nothing once the log is ended.
    waiting: Mutex<Option<SyncSender<Waiting>>>,
    /// Disconnected once every record is written.
    written: Mutex<Receiver<()>>,
}

impl Recorder {
    /// Starts the thread that appends to the log at `place`.
    pub(super) fn start(place: PathBuf) -> Recorder {
        let (waiting, records) = sync_channel::<Waiting>(WAITING_MAX);
        let (ended, written) = channel();
        thread::spawn(move || {
            let _ended = ended;
            for (record, told) in records {
                let is_written = log::append_or_warn(&place, &record);
                if let Some(told) = told {
                    // Nobody waits for it if the reader is gone.
                    let _ = told.send(is_written);
                }
            }
        });
        Recorder { waiting: Mutex::new(Some(waiting)), written: Mutex::new(written) }
    }

    /// Has a record written, soon.
    pub(super) fn record(&self, record: LogRecord) {
        self.send((record, None));
    }

    /// Has a record written; the receiver says whether it was.
    pub(super) fn record_and_tell(&self, record: LogRecord) -> oneshot::Receiver<bool> {
        let (told, tells) = oneshot::channel();
        self.send((record, Some(told)));
        tells
    }

    fn send(&self, record: Waiting) {
        let waiting = self.waiting.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(waiting) = &*waiting
            && let Err(TrySendError::Full(_)) = waiting.try_send(record)
        {
            log::warn(&format!("a question is not logged: {WAITING_MAX} others wait for the file of the log"));
        }
    }

    /// Writes what waits, and takes nothing more.
    pub(super) fn end(&self) {
        drop(self.waiting.lock().unwrap_or_else(PoisonError::into_inner).take());
        let written = self.written.lock().unwrap_or_else(PoisonError::into_inner);
        if written.recv_timeout(ENDING) == Err(RecvTimeoutError::Timeout) {
            log::warn("the last questions are not logged: the file of the log cannot be written in time");
        }
    }
}
