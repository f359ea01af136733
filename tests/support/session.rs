//! An interactive shell on a pseudo-terminal: sends keys and reads the output.

#![allow(dead_code, reason = "each test file uses its part")]

use std::io::{Read as _, Write as _};
use std::process::Child;
use std::sync::mpsc::{Receiver, channel};
use std::time::Duration;

use pty_process::blocking::{Command, Pty, open};

/// The timeout for a shell that hangs; a shell that works never reaches it.
const PATIENCE: Duration = Duration::from_mins(2);

/// A running shell.
pub(crate) struct Session {
    /// The output, read by a thread of its own that ends with the shell.
    shown: Receiver<Vec<u8>>,
    keys: std::sync::Arc<Pty>,
    shell: Child,
    /// The output that no call of `wait_for` has consumed yet.
    waiting: Vec<u8>,
}

impl Session {
    /// Starts a shell on a pseudo-terminal of its own.
    pub(crate) fn start(command: Command) -> Session {
        let (pty, inside) = open().expect("a terminal can be made");
        pty.resize(pty_process::Size::new(50, 200)).expect("it has a size");
        let shell = command.spawn(inside).expect("the shell starts");
        let keys = std::sync::Arc::new(pty);
        let (send, shown) = channel();
        let terminal = keys.clone();
        std::thread::spawn(move || {
            let mut bytes = [0; 4096];
            // On Linux the end of a pseudo-terminal is an error.
            while let Ok(count @ 1..) = (&*terminal).read(&mut bytes) {
                if send.send(bytes[..count].to_vec()).is_err() {
                    break;
                }
            }
        });
        Session { shown, keys, shell, waiting: Vec::new() }
    }

    /// Types keys.
    pub(crate) fn type_keys(&self, keys: &str) {
        (&*self.keys).write_all(keys.as_bytes()).expect("the shell reads");
    }

    /// Waits for one of `marks` in the output and returns its index; the output up to its end is consumed.
    #[track_caller]
    pub(crate) fn wait_for(&mut self, marks: &[&str]) -> usize {
        loop {
            let places = marks.iter().enumerate().filter_map(|(number, mark)| {
                let found = self.waiting.windows(mark.len()).position(|part| part == mark.as_bytes())?;
                Some((found + mark.len(), number))
            });
            if let Some((end, number)) = places.min() {
                self.waiting.drain(..end);
                return number;
            }
            match self.shown.recv_timeout(PATIENCE) {
                Ok(bytes) => self.waiting.extend(bytes),
                Err(error) => panic!("{error}; waited for {marks:?}: {}", String::from_utf8_lossy(&self.waiting)),
            }
        }
    }
}

impl Session {
    /// Sends a signal.
    pub(crate) fn signal(&self, signal: rustix::process::Signal) {
        let process = rustix::process::Pid::from_raw(self.shell.id().cast_signed()).expect("it runs");
        rustix::process::kill_process(process, signal).expect("it is ours");
    }

    /// Waits for the end and returns the exit code; none if a signal ended the program.
    pub(crate) fn end(mut self) -> Option<i32> {
        self.shell.wait().expect("it ends").code()
    }
}

impl Drop for Session {
    fn drop(&mut self) {
        let _ = self.shell.kill();
        let _ = self.shell.wait();
    }
}
