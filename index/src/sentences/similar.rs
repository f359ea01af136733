//! Entries compared with each other by their sentence vectors. No encoder is needed for that.

use super::codes::{self, Shape};
use super::vectors::SentenceVectors;
use crate::error::PackError;
use crate::similarity::{CompareEntries, EntryTexts, without_bias};

/// A vector as seen from the mean of all entries. It tells entries apart where the cosines of a model lie close together.
struct Centred {
    values: Vec<f32>,
    along_mean: f32,
}

/// A stored vector with its distance from the mean of all entries.
struct Distant<'a> {
    codes: &'a [u8],
    distance: f32,
}

impl CompareEntries for SentenceVectors {
    type Vector = Vec<f32>;

    /// Returns true if `other` is by the same model.
    fn are_comparable(&self, other: &SentenceVectors) -> bool {
        self.are_by_model_of(other)
    }

    fn of_entry(&self, position: u32) -> Result<Option<EntryTexts<Vec<f32>>>, PackError> {
        let values = |codes: &[u8]| codes::is_read(codes).then(|| self.shape.values(codes));
        Ok(EntryTexts::of(self.of(position)?.map(values)))
    }

    /// All vectors are seen from the mean of those of whole texts.
    fn similarities(
        &self,
        entry: &EntryTexts<Vec<f32>>,
    ) -> Result<impl Iterator<Item = Result<Option<f32>, PackError>>, PackError> {
        let mean = self.mean()?;
        let phrasings = entry.phrasings.iter().map(|phrasing| Centred::new(phrasing, &mean)).collect();
        let own = EntryTexts { whole: Centred::new(&entry.whole, &mean), phrasings };
        let squared_length = product(&mean, &mean);
        Ok(self.every()?.map(move |vectors| {
            let distance =
                |codes: &[u8]| (1.0 + squared_length - 2.0 * self.shape.cosine(&mean, codes)).max(0.0).sqrt();
            let stored =
                vectors?.map(|codes| codes::is_read(codes).then(|| Distant { codes, distance: distance(codes) }));
            let similarity = own.similarity(stored, |own, stored| own.cosine(self.shape, stored));
            Ok(similarity.map(|similarity| without_bias(similarity, self.entries())))
        }))
    }
}

impl SentenceVectors {
    /// Returns the mean of the vectors of whole texts.
    fn mean(&self) -> Result<Vec<f32>, PackError> {
        let (mut sums, mut count) = (vec![0.0; self.shape.dimensions], 0.0_f32);
        for vectors in self.every()? {
            if let Some(codes) = vectors?.next().filter(|codes| codes::is_read(codes)) {
                count += 1.0;
                for (sum, value) in sums.iter_mut().zip(self.shape.values(codes)) {
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

    /// Returns the cosine of a stored vector, seen from the mean.
    fn cosine(&self, shape: Shape, &Distant { codes, distance }: &Distant<'_>) -> f32 {
        let from_mean = shape.cosine(&self.values, codes) - self.along_mean;
        if distance > 0.0 { (from_mean / distance).clamp(-1.0, 1.0) } else { 0.0 }
    }
}

fn product(one: &[f32], other: &[f32]) -> f32 {
    one.iter().zip(other).fold(0.0, |sum, (one, other)| sum + one * other)
}
