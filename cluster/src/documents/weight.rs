//! Weights of terms, rounded as `rank_features` rounds them.

use faqt::database::denominator;

/// The share by which a true weight may be above the one that an engine keeps: `rank_features` cuts numbers off behind
/// 9 significant bits (Lucene's `FeatureField`).
#[cfg(feature = "elasticsearch")]
pub(crate) const ROUNDING: f64 = 1.0 / 256.0;

/// The constants of the weights of a generation.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Scale {
    saturation: f64,
    pub(crate) length_factor: f64,
}

impl Scale {
    /// Returns the constants for entries that hold `tokens` terms in all, each as often as it stands there.
    pub(crate) fn new(tokens: u64, entries: u32) -> Scale {
        #[expect(clippy::cast_precision_loss, clippy::cast_possible_truncation, reason = "a mean needs no more digits")]
        let mean_length = (tokens as f64 / f64::from(entries.max(1))) as f32;
        let (saturation, length_factor) = denominator(mean_length);
        Scale { saturation, length_factor }
    }

    /// Returns the weight of a term in an entry of `length` terms that holds it `count` times, cut off behind 9 significant bits.
    pub(crate) fn weight(self, count: u32, length: u32) -> f32 {
        let count = f64::from(count);
        #[expect(clippy::cast_possible_truncation, reason = "it is rounded further")]
        let weight = (count / (count + self.saturation + self.length_factor * f64::from(length))) as f32;
        f32::from_bits(weight.to_bits() >> 15 << 15)
    }
}

#[cfg(test)]
mod tests {
    use super::Scale;

    #[test]
    fn a_weight_is_at_most_a_256th_below_the_true_one() {
        let scale = Scale::new(900, 10);
        for (count, length) in [(1, 1), (1, 90), (3, 90), (7, 4_000), (1, 1 << 20), (u32::MAX, u32::MAX)] {
            let denominator = f64::from(count) + 0.3 + 0.01 * f64::from(length);
            let (cut, exact) = (f64::from(scale.weight(count, length)), f64::from(count) / denominator);
            assert!(cut <= exact * (1.0 + 1e-6) && exact <= cut * (1.0 + 1.0 / 256.0 + 1e-6), "{cut} {exact}");
            assert!(cut > 0.0 && cut <= 1.0);
        }
        assert!(Scale::new(0, 0).weight(1, 1).is_finite());
    }
}
