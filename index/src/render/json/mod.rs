//! JSON for other programs, which may show it on a terminal.
//!
//! Characters that could command a terminal or deceive a reader stand as `\u` escapes: no text is lost, and none acts
//! when the JSON is shown. The command line and the interfaces for other languages write with this.

mod answers;
mod writer;

pub use self::answers::{AnswerObject, FindingsObject, Reference, contents, entry, findings, keyword};
pub use self::writer::{FORMAT_VERSION, JsonError, to_string, versioned};
