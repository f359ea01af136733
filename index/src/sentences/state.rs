//! The readiness of a knowledge base to compare questions by a sentence encoder.

use serde::Serialize;

/// The readiness of a knowledge base to compare questions by a sentence encoder.
///
/// # Examples
///
/// ```
/// # let kb = faqt::KnowledgeBase::from_markdown("# How do I reset the lamp?\n\nHold the button.\n")?;
/// assert_eq!(kb.encoder_state(), faqt::EncoderState::NotNeeded);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case", tag = "state", content = "reason")]
#[non_exhaustive]
pub enum EncoderState {
    /// The pack was built without a model.
    NotNeeded,
    /// The pack was built with a model, and this program cannot use any (feature `encoder`).
    Unsupported,
    /// The pack was built with a model, and no encoder is attached.
    Missing,
    /// The encoder that is attached cannot be used, for this reason.
    Unusable(String),
    /// Questions can be compared.
    Ready,
}
