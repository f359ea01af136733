//! The architecture of a model from `config.json` and `sentence_bert_config.json`.

use serde_json::{Value, json};

use super::error::ImportError;
use super::files::ModelFiles;
use super::settings::Settings;
use super::tokens::{Kind, Tokens};

/// The greatest number of pieces of a text that any model of this crate has.
pub(super) const LENGTH_MAX: u32 = 512;

/// The architecture of a model, as far as its settings say.
pub(super) struct Config {
    pub(super) layers: u32,
    pub(super) hidden: u32,
    pub(super) heads: u32,
    pub(super) intermediate: u32,
    pub(super) positions: u32,
    /// The position of the first piece of a text; XLM-R has two others in front.
    pub(super) first_position: u32,
    /// The number of embeddings; that of pieces may be smaller where a tokeniser is Unigram.
    pub(super) piece_count: u32,
    pub(super) token_types: u32,
    pub(super) epsilon: f32,
    /// The greatest number of pieces of a text.
    pub(super) length_max: u32,
    /// True if texts are turned into lower case before the tokeniser sees them.
    pub(super) is_lower_case: bool,
}

impl Config {
    pub(super) fn read(files: &mut ModelFiles, folder: &str) -> Result<Config, ImportError> {
        let Some(config) = Settings::read(files, &format!("{folder}config.json"))? else {
            return Err(ImportError::Missing { path: files.path().to_owned(), name: "config.json" });
        };
        let first_position = first_position(&config)?;
        let sentences = Settings::read(files, &format!("{folder}sentence_bert_config.json"))?;
        let tokeniser = Settings::read(files, &format!("{folder}tokenizer_config.json"))?;
        let positions = config.require_number("/max_position_embeddings")?;
        let length_max = match &sentences {
            Some(sentences) => sentences.number("/max_seq_length")?,
            None => None,
        };
        let length_max = length_max.or(tokeniser.and_then(|tokeniser| length_of(&tokeniser)));
        Ok(Config {
            layers: config.require_number("/num_hidden_layers")?,
            hidden: config.require_number("/hidden_size")?,
            heads: config.require_number("/num_attention_heads")?,
            intermediate: config.require_number("/intermediate_size")?,
            positions,
            first_position,
            piece_count: config.require_number("/vocab_size")?,
            token_types: config.require_number("/type_vocab_size")?,
            epsilon: epsilon(&config)?,
            length_max: length_max.unwrap_or(LENGTH_MAX).min(positions.saturating_sub(first_position)).min(LENGTH_MAX),
            is_lower_case: match &sentences {
                Some(sentences) => sentences.flag("/do_lower_case", false)?,
                None => false,
            },
        })
    }

    /// Checks that the vocabulary belongs to the architecture.
    pub(super) fn check_tokens(&self, tokens: &Tokens) -> Result<(), ImportError> {
        let unsupported = |name: &str, field: &str, found: String, expected: String| {
            Err(ImportError::Unsupported { name: name.to_owned(), field: field.to_owned(), found, expected })
        };
        let (is_lower_case, is_sound) = match tokens.kind {
            Kind::WordPiece(casing) => (casing.lower_case, tokens.pieces.len() as u64 == u64::from(self.piece_count)),
            // Embeddings are often padded to a multiple of 8, or of something else.
            Kind::Unigram { .. } => (false, tokens.pieces.len() as u64 <= u64::from(self.piece_count)),
        };
        if self.is_lower_case && !is_lower_case {
            let expected = "false for a vocabulary with capitals".to_owned();
            return unsupported("sentence_bert_config.json", "do_lower_case", "true".to_owned(), expected);
        }
        if !is_sound {
            let expected = format!("the number of pieces in the vocabulary, {}", tokens.pieces.len());
            return unsupported("config.json", "vocab_size", self.piece_count.to_string(), expected);
        }
        Ok(())
    }

    /// Returns the length of the file of weights with 4 bytes each, with room for its head and for tensors that an
    /// encoder has no use for.
    pub(super) fn weights_length_max(&self) -> u64 {
        let [layers, hidden, intermediate] = [self.layers, self.hidden, self.intermediate].map(u64::from);
        let rows = u64::from(self.piece_count) + u64::from(self.positions) + u64::from(self.token_types);
        // The pooler has as many weights as the output of an attention.
        let matrices = (layers * 4 + 1) * hidden * hidden + layers * 2 * hidden * intermediate;
        let vectors = layers * (9 * hidden + intermediate) + 4 * hidden;
        let room = 16 << 20;
        4 * (rows * hidden + matrices + vectors) + room
    }
}

/// Checks the settings that have one value in all models of this crate, and returns the position of a first piece.
fn first_position(config: &Settings) -> Result<u32, ImportError> {
    let first_position = match config.text("/model_type") {
        Some("bert") => 0,
        // Positions count from the number of the padding piece.
        Some("xlm-roberta") => config.number("/pad_token_id")?.unwrap_or(1).saturating_add(1),
        _ => return Err(config.unsupported("/model_type", r#""bert" and "xlm-roberta""#)),
    };
    config.check("/hidden_act", &json!("gelu"), &json!("gelu"))?;
    config.check("/position_embedding_type", &json!("absolute"), &json!("absolute"))?;
    config.check("/is_decoder", &json!(false), &json!(false))?;
    Ok(first_position)
}

fn epsilon(config: &Settings) -> Result<f32, ImportError> {
    let Some(value) = config.at("/layer_norm_eps") else { return Ok(1e-12) };
    #[expect(clippy::cast_possible_truncation, reason = "models are trained with numbers of 4 bytes")]
    value.as_f64().map(|value| value as f32).ok_or_else(|| config.unsupported("/layer_norm_eps", "a number"))
}

/// Returns the length that a tokeniser has for its model; many name 10^30 for none.
fn length_of(tokeniser: &Settings) -> Option<u32> {
    tokeniser.at("/model_max_length").and_then(Value::as_u64).and_then(|length| u32::try_from(length).ok())
}
