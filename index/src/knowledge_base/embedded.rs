//! A pack linked into a program.

use super::KnowledgeBase;
use crate::error::OpenError;

/// A pack that is part of the program; see [`embed!`](crate::embed).
///
/// # Examples
///
/// ```
/// use faqt::{Embedded, OpenError};
///
/// static DAMAGED: Embedded = Embedded::new(b"no pack at all");
/// assert!(matches!(DAMAGED.open(), Err(OpenError::Pack(_))));
/// ```
#[derive(Clone, Copy, Debug)]
pub struct Embedded {
    bytes: &'static [u8],
}

impl Embedded {
    /// Wraps the bytes of a pack.
    pub const fn new(bytes: &'static [u8]) -> Embedded {
        Embedded { bytes }
    }

    /// Opens the knowledge base in place.
    ///
    /// # Errors
    ///
    /// If the bytes are not a pack of this version.
    pub fn open(&self) -> Result<KnowledgeBase, OpenError> {
        KnowledgeBase::from_static(self.bytes)
    }

    /// Returns the bytes of the pack.
    pub const fn bytes(&self) -> &'static [u8] {
        self.bytes
    }
}

/// Links the pack that a build script made of the folder of this name into the program.
///
/// # Examples
///
/// ```ignore
/// static HELP: faqt::Embedded = faqt::embed!("help");   // build.rs has made it: Builder::new("help").emit()
/// let kb = HELP.open()?;
/// ```
#[macro_export]
macro_rules! embed {
    ($name:literal) => {
        $crate::Embedded::new(include_bytes!(concat!(env!("OUT_DIR"), "/", $name, ".faqt")))
    };
}

/// Expands to a help id of the folder `help`, or of the folder named first; fails to compile if no entry has the help
/// id.
///
/// A renamed id still compiles if `[redirects]` in `faqt.toml` has its new name. The case of ASCII letters is ignored,
/// as in [`KnowledgeBase::help`]; other letters must be the same.
///
/// # Examples
///
/// ```ignore
/// let entry = kb.help(faqt::help_id!("domain.bind"))?;
/// let entry = plugin.help(faqt::help_id!("plugin-help", "E1042"))?;
/// ```
///
/// An id that no entry has is a compile error:
///
/// ```text
/// error[E0080]: evaluation panicked: no entry of `help` has the help id `domain.bnid`
/// ```
#[macro_export]
macro_rules! help_id {
    ($id:literal) => {
        $crate::help_id!("help", $id)
    };
    ($name:literal, $id:literal) => {{
        const _: () = assert!(
            $crate::is_listed(include_str!(concat!(env!("OUT_DIR"), "/", $name, ".help-ids")), $id),
            concat!("no entry of `", $name, "` has the help id `", $id, "`")
        );
        $id
    }};
}

/// Returns true if a line of `list` is `id`, the case of ASCII letters ignored; [`help_id!`](crate::help_id) calls it
/// at compile time.
#[doc(hidden)]
pub const fn is_listed(list: &str, id: &str) -> bool {
    let (list, id) = (list.as_bytes(), id.as_bytes());
    let mut start = 0;
    while start <= list.len() {
        let mut end = start;
        while end < list.len() && list[end] != b'\n' {
            end += 1;
        }
        if is_same(list, start, end, id) {
            return true;
        }
        start = end + 1;
    }
    false
}

const fn is_same(list: &[u8], start: usize, end: usize, id: &[u8]) -> bool {
    if end - start != id.len() || id.is_empty() {
        return false;
    }
    let mut at = 0;
    while at < id.len() {
        if !list[start + at].eq_ignore_ascii_case(&id[at]) {
            return false;
        }
        at += 1;
    }
    true
}

#[cfg(test)]
mod tests {
    use super::is_listed;

    #[test]
    fn help_ids_are_whole_lines_in_any_case() {
        const LIST: &str = "E1042\ndomain.bind\n域名";
        for id in ["E1042", "e1042", "domain.bind", "域名"] {
            assert!(is_listed(LIST, id), "{id}");
        }
        for id in ["E104", "1042", "", "bind", "E1042\ndomain.bind", "域"] {
            assert!(!is_listed(LIST, id), "{id}");
        }
        assert!(!is_listed("", ""));
    }
}
