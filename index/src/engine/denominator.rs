//! The constants of BM25, the denominator of a score, and the lengths that stand in it.

use tantivy::fieldnorm::FieldNormReader;

/// The saturation of term frequency.
pub(crate) const K1: f32 = 1.2;
/// The normalisation by length.
pub(crate) const B: f32 = 0.75;

/// Returns the saturation and the length factor of a [`Choice`](crate::database::Choice) among entries of `mean_length` terms on
/// average: the part of the denominator that is the same for all entries, and the factor of the length of an entry.
///
/// # Examples
///
/// ```
/// let (saturation, length_factor) = faqt::database::denominator(90.0);
/// assert!((saturation - 0.3).abs() < 1e-6 && (length_factor - 0.01).abs() < 1e-6);
/// ```
pub fn denominator(mean_length: f32) -> (f64, f64) {
    let length_factor = f64::from(K1) * f64::from(B) / f64::from(mean_length.max(f32::MIN_POSITIVE));
    (f64::from(K1) * (1.0 - f64::from(B)), length_factor)
}

/// Returns the numbers of terms that a pack tells apart, in ascending order; the length of an entry is rounded down to one of them.
///
/// # Examples
///
/// ```
/// let lengths = faqt::database::distinct_lengths();
/// assert_eq!(lengths[..3], [0, 1, 2]);
/// assert_eq!(lengths[40..43], [40, 42, 44]);
/// ```
pub fn distinct_lengths() -> [u32; 256] {
    let mut lengths = [0; 256];
    for (id, length) in (0..=u8::MAX).zip(&mut lengths) {
        *length = FieldNormReader::id_to_fieldnorm(id);
    }
    lengths
}
