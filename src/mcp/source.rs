//! The interface between a server and the program that has the knowledge bases.

use std::sync::Arc;

use faqt::Findings;

use crate::open::asked::Asked;

/// The knowledge bases of a server.
pub(crate) trait Source: Send + Sync + 'static {
    /// Returns the knowledge bases as they are now.
    fn current(&self) -> Arc<Asked>;

    /// Takes note of a question that was answered.
    fn asked(&self, _kb: &Asked, _question: &str, _findings: &Findings) {}
}
