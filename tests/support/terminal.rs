//! Runs a command on a pseudo-terminal and returns the bytes that reach it.

use std::fs::File;
use std::io::Read as _;
use std::os::unix::ffi::OsStrExt as _;
use std::process::{Command, Stdio};

use rustix::pty::{OpenptFlags, grantpt, openpt, ptsname, unlockpt};
use rustix::termios::{OptionalActions, OutputModes, Winsize, tcgetattr, tcsetattr, tcsetwinsize};

/// Runs `command` with its output streams on a pseudo-terminal and returns every byte that reaches it.
pub(crate) fn shown(mut command: Command) -> Vec<u8> {
    let terminal = openpt(OpenptFlags::RDWR | OpenptFlags::NOCTTY).expect("a terminal can be made");
    grantpt(&terminal).and_then(|()| unlockpt(&terminal)).expect("it can be used");
    let name = ptsname(&terminal, Vec::new()).expect("it has a name");
    let path = std::ffi::OsStr::from_bytes(name.as_bytes());
    let inside = File::options().read(true).write(true).open(path).expect("it can be opened");
    tcsetwinsize(&inside, Winsize { ws_row: 24, ws_col: 80, ws_xpixel: 0, ws_ypixel: 0 }).expect("it has a size");
    let mut modes = tcgetattr(&inside).expect("it has modes");
    // Without this, the terminal would rewrite line ends.
    modes.output_modes.remove(OutputModes::OPOST);
    tcsetattr(&inside, OptionalActions::Now, &modes).expect("modes can be set");
    // A terminal at which the tests run must not matter.
    command.stdin(Stdio::null());
    command.stdout(inside.try_clone().expect("it can be shared")).stderr(inside);
    let mut child = command.spawn().expect("it starts");
    // The pseudo-terminal ends once no process has it open.
    drop(command);
    let mut bytes = Vec::new();
    // On Linux that end is an error, elsewhere the end of the file.
    let _ = File::from(terminal).read_to_end(&mut bytes);
    child.wait().expect("it ends");
    bytes
}
