//! The forward pass in numbers of 8 bytes, word by word as BERT defines it.

use super::{HEADS, HIDDEN, LAYERS, Tensors};

/// Returns the vector of the pieces of a text.
pub(crate) fn encode(tensors: &Tensors, pieces: &[u32]) -> Vec<f32> {
    let model = Reference(tensors);
    let mut states: Vec<Vec<f64>> = pieces.iter().enumerate().map(|(at, &piece)| model.embed(at, piece)).collect();
    for layer in 0..LAYERS {
        let name = |part: &str| format!("encoder.layer.{layer}.{part}");
        let attended = model.attend(&states, &name("attention.self"));
        for (state, attended) in states.iter_mut().zip(attended) {
            let change = model.linear(&attended, &name("attention.output.dense"));
            *state = model.norm(&sum(state, &change), &name("attention.output"));
            let inner = model.linear(state, &name("intermediate.dense")).into_iter().map(gelu).collect::<Vec<_>>();
            let change = model.linear(&inner, &name("output.dense"));
            *state = model.norm(&sum(state, &change), &name("output"));
        }
    }
    let total = states.iter().fold(vec![0.0; HIDDEN], |total, state| sum(&total, state));
    let length = dot(&total, &total).sqrt();
    #[expect(clippy::cast_possible_truncation, reason = "vectors have numbers of 4 bytes")]
    total.iter().map(|x| (x / length) as f32).collect()
}

struct Reference<'a>(&'a Tensors);

impl Reference<'_> {
    fn row(&self, name: &str, row: usize) -> Vec<f64> {
        let (shape, values) = &self.0[name];
        let columns = shape.last().copied().unwrap();
        values[row * columns..][..columns].iter().map(|&value| value.into()).collect()
    }

    fn embed(&self, at: usize, piece: u32) -> Vec<f64> {
        let word = self.row("embeddings.word_embeddings.weight", piece as usize);
        let position = self.row("embeddings.position_embeddings.weight", at);
        let first_type = self.row("embeddings.token_type_embeddings.weight", 0);
        self.norm(&sum(&sum(&word, &position), &first_type), "embeddings")
    }

    fn linear(&self, x: &[f64], name: &str) -> Vec<f64> {
        let biases = self.row(&format!("{name}.bias"), 0);
        let weight = format!("{name}.weight");
        biases.iter().enumerate().map(|(row, bias)| dot(x, &self.row(&weight, row)) + bias).collect()
    }

    fn norm(&self, x: &[f64], name: &str) -> Vec<f64> {
        let count = x.len() as f64;
        let mean = x.iter().sum::<f64>() / count;
        let variance = x.iter().map(|x| (x - mean) * (x - mean)).sum::<f64>() / count;
        let scales = self.row(&format!("{name}.LayerNorm.weight"), 0);
        let offsets = self.row(&format!("{name}.LayerNorm.bias"), 0);
        let normal = x.iter().map(|x| (x - mean) / (variance + 1e-12).sqrt());
        normal.zip(scales).zip(offsets).map(|((x, scale), offset)| x * scale + offset).collect()
    }

    fn attend(&self, states: &[Vec<f64>], name: &str) -> Vec<Vec<f64>> {
        let all = |part| states.iter().map(|state| self.linear(state, &format!("{name}.{part}"))).collect::<Vec<_>>();
        let (queries, keys, values) = (all("query"), all("key"), all("value"));
        let size = HIDDEN / HEADS;
        let mut attended = vec![vec![0.0; HIDDEN]; states.len()];
        for (query, attended) in queries.iter().zip(&mut attended) {
            for start in (0..HIDDEN).step_by(size) {
                let of_head = |x: &[f64]| x[start..start + size].to_vec();
                let root = (size as f64).sqrt();
                let scores = keys.iter().map(|key| dot(&of_head(query), &of_head(key)) / root);
                #[expect(clippy::disallowed_methods, reason = "the test allows for the last bits")]
                let weights: Vec<f64> = scores.map(f64::exp).collect();
                let total: f64 = weights.iter().sum();
                for (weight, value) in weights.iter().zip(&values) {
                    for at in start..start + size {
                        attended[at] += weight / total * value[at];
                    }
                }
            }
        }
        attended
    }
}

/// Returns x times the share of a normal distribution below x, by Maclaurin's series of the error function.
fn gelu(x: f64) -> f64 {
    let z = (x / std::f64::consts::SQRT_2).clamp(-5.0, 5.0);
    let (mut term, mut sum) = (z, z);
    for n in 1..200 {
        let n = f64::from(n);
        term *= -z * z / n;
        sum += term / (2.0 * n + 1.0);
    }
    x / 2.0 * (1.0 + sum * std::f64::consts::FRAC_2_SQRT_PI)
}

fn dot(left: &[f64], right: &[f64]) -> f64 {
    left.iter().zip(right).map(|(left, right)| left * right).sum()
}

fn sum(left: &[f64], right: &[f64]) -> Vec<f64> {
    left.iter().zip(right).map(|(left, right)| left + right).collect()
}
