//! Search as you type on the whole terminal.
//!
//! [`app`] holds the state and changes it, [`keys`] and [`mouse`] turn events into changes, and [`view`] draws. None of them
//! touches the terminal, which [`screen`] takes and gives back: also on a panic, on a signal, and while the program is
//! suspended. Text of the content reaches the screen by `faqt::render`, as everywhere.

mod app;
mod input;
mod keys;
mod links;
mod mouse;
mod page;
mod screen;
mod view;

use std::io;
use std::sync::mpsc::{Receiver, channel};
use std::thread;

use crossterm::event::{self, Event};

use crate::cli::failure::Failure;
use crate::open::asked::Asked;
use app::{App, Wish};
use screen::Screen;

/// A reason to wake up.
enum Signal {
    Event(Event),
    /// The program is asked to end, or the terminal is gone.
    End,
}

/// Runs until the reader quits.
pub(crate) fn run(kbs: Asked) -> Result<(), Failure> {
    let mut app = App::new(kbs)?;
    let signals = signals()?;
    let mut screen = Screen::take()?;
    loop {
        screen.draw(&mut app)?;
        let Ok(Signal::Event(event)) = signals.recv() else { return Ok(()) };
        let wish = match &event {
            Event::Key(key) => keys::press(&mut app, *key)?,
            Event::Mouse(mouse) => mouse::act(&mut app, *mouse)?,
            Event::Paste(text) => app.paste(text)?,
            _ => Wish::None,
        };
        match wish {
            Wish::None => {}
            Wish::Quit => return Ok(()),
            #[cfg(unix)]
            Wish::Suspend => screen.suspend()?,
            #[cfg(not(unix))]
            Wish::Suspend => app.say("Only Unix suspends a program"),
            Wish::Copy(text) => {
                app.say(if screen::copy(&text).is_ok() { "Copied" } else { "The terminal cannot copy" });
            }
            Wish::Open(address) => {
                let is_open = ::open::that_detached(&address).is_ok();
                app.say(if is_open { "Opened in the browser" } else { "No browser can be started" });
            }
        }
    }
}

/// Starts the threads that wait for events of the terminal and for signals.
#[cfg_attr(not(unix), expect(clippy::unnecessary_wraps, reason = "as on Unix, where a signal may be refused"))]
fn signals() -> io::Result<Receiver<Signal>> {
    let (to, from) = channel();
    let events = to.clone();
    thread::spawn(move || {
        while let Ok(event) = event::read() {
            if events.send(Signal::Event(event)).is_err() {
                return;
            }
        }
        let _ = events.send(Signal::End);
    });
    #[cfg(unix)]
    {
        use signal_hook::consts::{SIGHUP, SIGINT, SIGTERM};
        let mut ending = signal_hook::iterator::Signals::new([SIGHUP, SIGINT, SIGTERM])?;
        thread::spawn(move || {
            ending.forever().next();
            let _ = to.send(Signal::End);
        });
    }
    Ok(from)
}

#[cfg(test)]
mod tests;
