//! Writes a model file: tensors of 4 bytes a number become matrices of 8 bits, in the order that [`crate::parts`] reads.

use super::buckets::Buckets;
use super::config::Config;
use super::error::ImportError;
use super::provenance::Provenance;
use super::tensors::Tensors;
use super::tokens::Tokens;
use crate::error::damaged;
use crate::hashes::{content_hash, vectors_hash};
use crate::head::{HASHED_START, HEAD_LENGTH, Head, MAGIC, VECTORS_HASH_START};
use crate::layout::Layout;

/// The greatest size of a quantised value.
const VALUE_MAX: f32 = 127.0;

/// Returns a model file.
pub(super) fn write(
    config: &Config,
    tokens: &Tokens,
    provenance: &Provenance,
    tensors: &Tensors<'_>,
) -> Result<Vec<u8>, ImportError> {
    let too_many = ImportError::Vocabulary { name: "the model", reason: "too many pieces have the same hash" };
    let buckets = Buckets::new(&tokens.pieces).ok_or(too_many)?;
    let head = head(config, tokens, &buckets, provenance)?;
    let layout = Layout::of(&head).map_err(|_| damaged("it is longer than memory"))?;
    let mut sections = Sections { head: &head, tensors, parameters: Vec::new(), weights: Vec::new() };
    let (positions, rows) = sections.write_embeddings(config)?;
    for layer in 0..head.layers {
        sections.write_layer(layer)?;
    }
    let mut file = head.to_bytes();
    for (range, text) in layout.texts.iter().zip([&provenance.name, &provenance.source, &provenance.licence]) {
        append(&mut file, range.start, text.as_bytes());
    }
    append(&mut file, layout.directory.start, &buckets.directory);
    append(&mut file, layout.buckets.start, &buckets.bytes);
    append(&mut file, layout.parameters.start, &sections.parameters);
    append(&mut file, layout.positions.start, &positions);
    append(&mut file, layout.rows.start, &rows);
    append(&mut file, layout.weights.start, &sections.weights);
    let hash = vectors_hash(&file, &layout);
    file[VECTORS_HASH_START..HEAD_LENGTH].copy_from_slice(&hash.to_le_bytes());
    let hash = content_hash(&file);
    file[MAGIC.len()..HASHED_START].copy_from_slice(&hash.to_le_bytes());
    Ok(file)
}

/// Appends a section at its place.
fn append(file: &mut Vec<u8>, start: usize, section: &[u8]) {
    file.resize(start, 0);
    file.extend_from_slice(section);
}

fn head(config: &Config, tokens: &Tokens, buckets: &Buckets, provenance: &Provenance) -> Result<Head, ImportError> {
    let length = |length: usize| u32::try_from(length).map_err(|_| damaged("a length has more than 32 bits"));
    let head = Head {
        layers: config.layers,
        hidden: config.hidden,
        heads: config.heads,
        intermediate: config.intermediate,
        length_max: config.length_max,
        piece_count: length(tokens.pieces.len())?,
        casing: tokens.casing,
        epsilon: config.epsilon,
        special: tokens.special,
        longest: length(buckets.longest)?,
        bucket_bits: buckets.bits,
        buckets_length: length(buckets.bytes.len())?,
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
    tensors: &'a Tensors<'a>,
    parameters: Vec<u8>,
    weights: Vec<u8>,
}

impl Sections<'_> {
    /// Returns the sections of positions and of rows.
    fn write_embeddings(&mut self, config: &Config) -> Result<(Vec<u8>, Vec<u8>), ImportError> {
        let hidden = self.head.hidden;
        let mut positions = self.tensors.read("embeddings.position_embeddings.weight", &[config.positions, hidden])?;
        let types = self.tensors.read("embeddings.token_type_embeddings.weight", &[config.token_types, hidden])?;
        positions.truncate((self.head.length_max * hidden) as usize);
        for position in positions.chunks_exact_mut(hidden as usize) {
            for (value, first_type) in position.iter_mut().zip(&types) {
                *value += first_type;
            }
        }
        let embeddings = self.tensors.read("embeddings.word_embeddings.weight", &[self.head.piece_count, hidden])?;
        let mut rows = Vec::new();
        for row in embeddings.chunks_exact(hidden as usize) {
            let scale = scale(row);
            rows.extend(row.iter().map(|value| quantised(*value, scale).to_le_bytes()[0]));
            rows.extend_from_slice(&scale.to_le_bytes());
        }
        self.write_norm("embeddings")?;
        Ok((positions.iter().flat_map(|value| value.to_le_bytes()).collect(), rows))
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

/// Returns the scale of a row, at which its greatest value is 127.
fn scale(row: &[f32]) -> f32 {
    row.iter().fold(0.0_f32, |greatest, value| greatest.max(value.abs())) / VALUE_MAX
}

/// Returns the nearest multiple of a scale.
fn quantised(value: f32, scale: f32) -> i8 {
    if scale == 0.0 {
        return 0;
    }
    #[expect(clippy::cast_possible_truncation, reason = "the value is clamped")]
    let value = (value / scale).round_ties_even().clamp(-VALUE_MAX, VALUE_MAX) as i8;
    value
}
