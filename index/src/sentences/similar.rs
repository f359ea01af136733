//! Entries compared with each other by their sentence vectors. No encoder is needed for that.

use super::codes;
use super::vectors::SentenceVectors;
use crate::error::PackError;
use crate::pack::grouped::without_bias;

/// Phrasings of an entry that are compared with those of others, at most.
const PHRASINGS_MAX: usize = 32;

/// The similarity of an entry whose text has no vector.
const NOT_SIMILAR: f32 = -1.0;

/// The sentence vectors of one entry, to be compared with those of others in the same knowledge base or in another.
pub(crate) struct EntrySentences {
    /// Its whole text.
    whole: Vec<f32>,
    phrasings: Vec<Vec<f32>>,
}

/// A vector as seen from the mean of all entries. It tells entries apart where the cosines of a model lie close together.
struct Centred {
    values: Vec<f32>,
    along_mean: f32,
}

impl SentenceVectors {
    /// Returns the vectors of the entry at `position`; none if the model does not read its text, or `others` are by another
    /// model.
    pub(crate) fn of_entry<'o>(
        &self,
        position: u32,
        mut others: impl Iterator<Item = &'o SentenceVectors>,
    ) -> Result<Option<EntrySentences>, PackError> {
        if others.any(|other| !self.are_by_model_of(other)) {
            return Ok(None);
        }
        let mut vectors = self.of(position)?;
        let values = |codes: &[u8]| codes::values(codes, self.dimensions);
        let Some(whole) = vectors.next().filter(|codes| is_read(codes)).map(values) else { return Ok(None) };
        let phrasings = vectors.take(PHRASINGS_MAX).filter(|codes| is_read(codes)).map(values).collect();
        Ok(Some(EntrySentences { whole, phrasings }))
    }

    /// Returns the similarity of every entry to `entry`, in the order of positions: the mean of the cosine of whole texts and
    /// that of the most similar phrasings, seen from the mean of all entries; from -1 to 1.
    pub(crate) fn similarities(
        &self,
        entry: &EntrySentences,
    ) -> Result<impl Iterator<Item = Result<f32, PackError>> + '_, PackError> {
        let mean = self.mean()?;
        let whole = Centred::new(&entry.whole, &mean);
        let phrasings: Vec<Centred> = entry.phrasings.iter().map(|phrasing| Centred::new(phrasing, &mean)).collect();
        let squared_length = product(&mean, &mean);
        Ok(self.every()?.map(move |vectors| {
            let mut vectors = vectors?;
            let distance = |codes: &[u8]| (1.0 + squared_length - 2.0 * codes::cosine(&mean, codes)).max(0.0).sqrt();
            let first = vectors.next().filter(|codes| is_read(codes));
            let Some(of_whole) = first.map(|codes| whole.cosine(codes, distance(codes))) else {
                return Ok(NOT_SIMILAR);
            };
            let cosine = |codes: &[u8]| {
                let distance = distance(codes);
                phrasings.iter().map(|phrasing| phrasing.cosine(codes, distance)).reduce(f32::max)
            };
            let nearest = vectors.filter(|codes| is_read(codes)).filter_map(cosine).reduce(f32::max);
            Ok(without_bias(of_whole.midpoint(nearest.unwrap_or(of_whole)), self.entries()))
        }))
    }

    /// Returns the mean of the vectors of whole texts.
    fn mean(&self) -> Result<Vec<f32>, PackError> {
        let (mut sums, mut count) = (vec![0.0; self.dimensions], 0.0_f32);
        for vectors in self.every()? {
            if let Some(codes) = vectors?.next().filter(|codes| is_read(codes)) {
                count += 1.0;
                for (sum, value) in sums.iter_mut().zip(codes::values(codes, self.dimensions)) {
                    *sum += value;
                }
            }
        }
        for sum in &mut sums {
            *sum /= count.max(1.0);
        }
        Ok(sums)
    }
}

impl Centred {
    fn new(values: &[f32], mean: &[f32]) -> Centred {
        let centred = codes::unit(values.iter().zip(mean).map(|(value, mean)| value - mean).collect());
        Centred { along_mean: product(&centred, mean), values: centred }
    }

    /// Returns the cosine of a stored vector at this `distance` from the mean.
    fn cosine(&self, codes: &[u8], distance: f32) -> f32 {
        let from_mean = codes::cosine(&self.values, codes) - self.along_mean;
        if distance > 0.0 { (from_mean / distance).clamp(-1.0, 1.0) } else { 0.0 }
    }
}

/// Returns true for the vector of a text that the model reads.
fn is_read(codes: &[u8]) -> bool {
    codes.iter().any(|&byte| byte != 0)
}

fn product(one: &[f32], other: &[f32]) -> f32 {
    one.iter().zip(other).fold(0.0, |sum, (one, other)| sum + one * other)
}
