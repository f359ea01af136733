//! A pack linked into a program.

use crate::{KnowledgeBase, OpenError};

/// A pack that is part of the program; see [`embed!`](crate::embed).
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
/// ```text
/// static HELP: faqt::Embedded = faqt::embed!("help");
/// let kb = HELP.open()?;
/// ```
#[macro_export]
macro_rules! embed {
    ($name:literal) => {
        $crate::Embedded::new(include_bytes!(concat!(env!("OUT_DIR"), "/", $name, ".faqt")))
    };
}
