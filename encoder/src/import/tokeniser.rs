//! The tokeniser of a sentence transformer, of either kind.

use super::error::ImportError;
use super::files::ModelFiles;
use super::settings::Settings;
use super::tokens::Tokens;
use super::{unigram, word_piece};

/// Reads the vocabulary from `tokenizer.json`, or from `vocab.txt` where there is none.
pub(super) fn read(files: &mut ModelFiles, folder: &str) -> Result<Tokens, ImportError> {
    let Some(tokeniser) = Settings::read(files, &format!("{folder}tokenizer.json"))? else {
        return word_piece::read_lines(files, folder);
    };
    match tokeniser.text("/model/type") {
        Some("Unigram") => unigram::read(&tokeniser),
        Some("WordPiece") | None => word_piece::read(&tokeniser),
        Some(_) => Err(tokeniser.unsupported("/model/type", r#""WordPiece" and "Unigram""#)),
    }
}
