//! The terms of the logistic regressions that decide an outcome.

/// The coefficients of a logistic regression over [`Features`](super::confidence::Features), each with the name of its feature.
pub(super) struct Coefficients {
    pub(super) intercept: f32,
    pub(super) log_matched_weight: f32,
    pub(super) log_score: f32,
    pub(super) max_idf: f32,
    pub(super) meaning: f32,
    pub(super) root_lead: f32,
    pub(super) sentence: f32,
    pub(super) sentence_nearest: f32,
    pub(super) share: f32,
    pub(super) squared_similarity: f32,
    pub(super) unknown_in_long: f32,
}

/// The coefficients for what was compared, each fitted by itself.
pub(super) struct Fitted {
    pub(super) words: Coefficients,
    pub(super) meaning: Coefficients,
    pub(super) sentences: Coefficients,
    pub(super) cross_lingual: Coefficients,
}
