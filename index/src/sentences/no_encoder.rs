//! The sentence encoder of a program without the feature `encoder`: there is none.

use super::codes::Shape;
use super::scale::Scale;
use super::state::EncoderState;

/// A sentence encoder, of which this program has none.
#[derive(Debug)]
pub(crate) enum SentenceEncoder {}

impl SentenceEncoder {
    pub(super) fn state(&self, _model: u128, _shape: Shape) -> EncoderState {
        match *self {}
    }

    #[cfg(feature = "build")]
    pub(crate) fn facts(&self) -> Result<(&str, u128, Shape), String> {
        match *self {}
    }

    pub(super) fn question(&self, _question: &str) -> Option<Vec<f32>> {
        match *self {}
    }

    #[cfg(feature = "build")]
    pub(super) fn passage(&self, _text: &str) -> Option<Vec<f32>> {
        match *self {}
    }

    pub(super) fn reads_all_languages(&self) -> bool {
        match *self {}
    }

    pub(super) fn scale(&self) -> Scale {
        match *self {}
    }
}
