//! Writes a model file: tensors of 4 bytes a number become matrices of 8 bits, in the order that [`crate::parts`] reads.

use super::config::Config;
use super::error::ImportError;
use super::prompts::Prompts;
use super::provenance::Provenance;
use super::tokens::Tokens;
use super::vocabulary::VocabularySections;
use super::weights::{Weights, quantised, scale};
use crate::error::damaged;
use crate::hashes::{content_hash, vectors_hash};
use crate::head::{EmbeddingBits, HASHED_START, HEAD_LENGTH, Head, MAGIC, VECTORS_HASH_START};
use crate::layout::Layout;
use crate::vocabulary_head::VocabularyHead;

/// Everything that a model file is made of, but the weights.
pub(super) struct Description {
    pub(super) config: Config,
    pub(super) tokens: Tokens,
    pub(super) prompts: Prompts,
    pub(super) provenance: Provenance,
}

/// Returns a model file.
pub(super) fn write(description: &Description, weights: &dyn Weights) -> Result<Vec<u8>, ImportError> {
    let Description { config, prompts, provenance, .. } = description;
    let vocabulary = VocabularySections::new(&description.tokens)?;
    let mut head = head(description, vocabulary.head)?;
    let (bits, rows) = weights.embeddings([config.piece_count, config.hidden], head.piece_count)?;
    head.embedding_bits = bits;
    let layout = Layout::of(&head).map_err(|_| damaged("it is longer than memory"))?;
    let mut sections = Sections { head: &head, tensors: weights, parameters: Vec::new(), weights: Vec::new() };
    let positions = sections.write_positions(config)?;
    for layer in 0..head.layers {
        sections.write_layer(layer)?;
    }
    let Sections { parameters, weights, .. } = sections;
    let texts = [&prompts.question, &prompts.passage, &provenance.name, &provenance.source, &provenance.licence];
    let mut file = Vec::with_capacity(layout.length());
    file.extend(head.to_bytes());
    for (range, text) in layout.prefixes.iter().chain(&layout.texts).zip(texts) {
        append(&mut file, range.start, text.as_bytes());
    }
    let places = &layout.vocabulary;
    append(&mut file, places.directory.start, &vocabulary.directory);
    append(&mut file, places.buckets.start, &vocabulary.buckets);
    append(&mut file, places.units.start, &vocabulary.units);
    append(&mut file, places.scores.start, &vocabulary.scores);
    append(&mut file, places.rule_units.start, &vocabulary.rule_units);
    append(&mut file, places.replacements.start, &vocabulary.replacements);
    append(&mut file, layout.parameters.start, &parameters);
    append(&mut file, layout.positions.start, &positions);
    append(&mut file, layout.rows.start, &rows);
    append(&mut file, layout.weights.start, &weights);
    seal(&mut file, &layout);
    Ok(file)
}

/// Writes both hashes.
fn seal(file: &mut [u8], layout: &Layout) {
    let hash = vectors_hash(file, layout);
    file[VECTORS_HASH_START..HEAD_LENGTH].copy_from_slice(&hash.to_le_bytes());
    let hash = content_hash(file);
    file[MAGIC.len()..HASHED_START].copy_from_slice(&hash.to_le_bytes());
}

/// Appends a section at its place.
fn append(file: &mut Vec<u8>, start: usize, section: &[u8]) {
    file.resize(start, 0);
    file.extend_from_slice(section);
}

fn head(description: &Description, vocabulary: VocabularyHead) -> Result<Head, ImportError> {
    let Description { config, tokens, prompts, provenance } = description;
    let length = |length: usize| u32::try_from(length).map_err(|_| damaged("a length has more than 32 bits"));
    let head = Head {
        layers: config.layers,
        hidden: config.hidden,
        heads: config.heads,
        intermediate: config.intermediate,
        length_max: config.length_max,
        piece_count: length(tokens.pieces.len())?,
        epsilon: config.epsilon,
        embedding_bits: EmbeddingBits::Eight,
        special: tokens.special,
        vocabulary,
        prefix_lengths: [length(prompts.question.len())?, length(prompts.passage.len())?],
        text_lengths: [
            length(provenance.name.len())?,
            length(provenance.source.len())?,
            length(provenance.licence.len())?,
        ],
    };
    head.check_architecture()?;
    Ok(head)
}

/// The sections that grow with each layer.
struct Sections<'a> {
    head: &'a Head,
    tensors: &'a dyn Weights,
    parameters: Vec<u8>,
    weights: Vec<u8>,
}

impl Sections<'_> {
    /// Returns the section of positions, and writes the norm of the embeddings.
    fn write_positions(&mut self, config: &Config) -> Result<Vec<u8>, ImportError> {
        let hidden = self.head.hidden;
        let positions = self.tensors.read("embeddings.position_embeddings.weight", &[config.positions, hidden])?;
        let types = self.tensors.read("embeddings.token_type_embeddings.weight", &[config.token_types, hidden])?;
        let mut section = Vec::new();
        let rows = positions.chunks_exact(hidden as usize).skip(config.first_position as usize);
        for position in rows.take(self.head.length_max as usize) {
            section
                .extend(position.iter().zip(&types).flat_map(|(value, first_type)| (value + first_type).to_le_bytes()));
        }
        self.write_norm("embeddings")?;
        Ok(section)
    }

    fn write_layer(&mut self, layer: u32) -> Result<(), ImportError> {
        let &Head { hidden, heads, intermediate, .. } = self.head;
        let name = |part: &str| format!("encoder.layer.{layer}.{part}");
        let root = ((hidden / heads) as f32).sqrt();
        let queries = self.read_linear(&name("attention.self.query"), [hidden, hidden])?.divided_by(root);
        let keys = self.read_linear(&name("attention.self.key"), [hidden, hidden])?;
        let values = self.read_linear(&name("attention.self.value"), [hidden, hidden])?;
        self.write_linear(&queries.above(keys).above(values), hidden);
        let output = self.read_linear(&name("attention.output.dense"), [hidden, hidden])?;
        self.write_linear(&output, hidden);
        self.write_norm(&name("attention.output"))?;
        let inner = self.read_linear(&name("intermediate.dense"), [intermediate, hidden])?;
        self.write_linear(&inner, hidden);
        let outer = self.read_linear(&name("output.dense"), [hidden, intermediate])?;
        self.write_linear(&outer, intermediate);
        self.write_norm(&name("output"))
    }

    fn read_linear(&self, name: &str, shape: [u32; 2]) -> Result<Linear, ImportError> {
        let matrix = self.tensors.read(&format!("{name}.weight"), &shape)?;
        let biases = self.tensors.read(&format!("{name}.bias"), &shape[..1])?;
        Ok(Linear { matrix, biases })
    }

    fn write_linear(&mut self, linear: &Linear, columns: u32) {
        let columns = columns as usize;
        let scales: Vec<f32> = linear.matrix.chunks_exact(columns).map(scale).collect();
        self.write_numbers(&scales);
        self.write_numbers(&linear.biases);
        let blocks = linear.matrix.chunks_exact(16 * columns).zip(scales.chunks_exact(16));
        for (block, scales) in blocks {
            for column in (0..columns).step_by(4) {
                for (row, &scale) in block.chunks_exact(columns).zip(scales) {
                    let values = row[column..column + 4].iter().map(|&value| quantised(value, scale));
                    // Adding 128 to a value of 8 bits flips its highest bit.
                    self.weights.extend(values.map(|value| value.to_le_bytes()[0] ^ 0x80));
                }
            }
        }
    }

    fn write_norm(&mut self, name: &str) -> Result<(), ImportError> {
        for part in ["weight", "bias"] {
            let values = self.tensors.read(&format!("{name}.LayerNorm.{part}"), &[self.head.hidden])?;
            self.write_numbers(&values);
        }
        Ok(())
    }

    fn write_numbers(&mut self, numbers: &[f32]) {
        self.parameters.extend(numbers.iter().flat_map(|number| number.to_le_bytes()));
    }
}

/// A matrix and a bias for each of its rows.
struct Linear {
    matrix: Vec<f32>,
    biases: Vec<f32>,
}

impl Linear {
    fn divided_by(mut self, divisor: f32) -> Linear {
        for value in self.matrix.iter_mut().chain(&mut self.biases) {
            *value /= divisor;
        }
        self
    }

    fn above(mut self, mut below: Linear) -> Linear {
        self.matrix.append(&mut below.matrix);
        self.biases.append(&mut below.biases);
        self
    }
}
