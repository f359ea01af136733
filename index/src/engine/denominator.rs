//! The constants of BM25, and the denominator of a score.

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
