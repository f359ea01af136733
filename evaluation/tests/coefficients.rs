//! Coefficients of confidence, a logistic regression. Written by `evaluation/fit.py`: fit again, do not edit.

use super::log_odds::Coefficients;

/// The log odds that the first hit answers, where no vectors are compared. The L2 penalty is 0.001;
/// covered questions are weighted to 75% of a set.
///
/// The sets with the first 16 digits of the SHA-256 of their questions and of their content, then how well confidence
/// tells right first hits from others, with each set in the fit and left out of it:
///
/// ```text
/// one 1111111111111111 2222222222222222
/// three 1111111111111111 2222222222222222
/// two 1111111111111111 2222222222222222
///
/// set    rows  right  AUC in  log loss   ECE  AUC out  log loss   ECE
/// one      52   .462    .930      .324  .134     .929      .330  .103
/// three    52   .463    .909      .377  .086     .905      .386  .076
/// two      52   .363    .948      .270  .144     .941      .284  .101
/// mean          .429    .929      .324  .121     .925      .334  .093
/// ```
pub(super) const ANSWERS_BY_WORDS: Coefficients = Coefficients {
    intercept: -1.6587,
    constant: 0.0000,
    max_idf: -7.2451,
    root_lead: -1.0634,
    score: 9.9306,
};

/// The log odds that the first hit answers, where vectors are compared. The L2 penalty is 0.001;
/// covered questions are weighted to 75% of a set.
///
/// The sets with the first 16 digits of the SHA-256 of their questions and of their content, then how well confidence
/// tells right first hits from others, with each set in the fit and left out of it:
///
/// ```text
/// one 1111111111111111 2222222222222222
/// three 1111111111111111 2222222222222222
/// two 1111111111111111 2222222222222222
///
/// set    rows  right  AUC in  log loss   ECE  AUC out  log loss   ECE
/// one      52   .462    .930      .324  .134     .929      .330  .103
/// three    52   .463    .909      .377  .086     .905      .386  .076
/// two      52   .363    .948      .270  .144     .941      .284  .101
/// mean          .429    .929      .324  .121     .925      .334  .093
/// ```
pub(super) const ANSWERS_BY_MEANING: Coefficients = Coefficients {
    intercept: -1.6587,
    constant: 0.0000,
    max_idf: -7.2451,
    root_lead: -1.0634,
    score: 9.9306,
};

/// The log odds that one of the first five hits answers, where no vectors are compared. The L2 penalty is 0.001;
/// covered questions are weighted to 75% of a set.
///
/// The sets with the first 16 digits of the SHA-256 of their questions and of their content, then how well confidence
/// tells right first hits from others, with each set in the fit and left out of it:
///
/// ```text
/// one 1111111111111111 2222222222222222
/// three 1111111111111111 2222222222222222
/// two 1111111111111111 2222222222222222
///
/// set    rows  right  AUC in  log loss   ECE  AUC out  log loss   ECE
/// one      52   .596    .813      .543  .152     .771      .596  .160
/// three    52   .574    .895      .440  .085     .867      .487  .101
/// two      52   .556    .799      .522  .093     .795      .523  .092
/// mean          .575    .836      .501  .110     .811      .535  .118
/// ```
pub(super) const COVERED_BY_WORDS: Coefficients = Coefficients {
    intercept: -0.5150,
    constant: 0.0000,
    max_idf: -2.9449,
    root_lead: 0.0000,
    score: 4.8120,
};

/// The log odds that one of the first five hits answers, where vectors are compared. The L2 penalty is 0.001;
/// covered questions are weighted to 75% of a set.
///
/// The sets with the first 16 digits of the SHA-256 of their questions and of their content, then how well confidence
/// tells right first hits from others, with each set in the fit and left out of it:
///
/// ```text
/// one 1111111111111111 2222222222222222
/// three 1111111111111111 2222222222222222
/// two 1111111111111111 2222222222222222
///
/// set    rows  right  AUC in  log loss   ECE  AUC out  log loss   ECE
/// one      52   .596    .813      .543  .152     .771      .596  .160
/// three    52   .574    .895      .440  .085     .867      .487  .101
/// two      52   .556    .799      .522  .093     .795      .523  .092
/// mean          .575    .836      .501  .110     .811      .535  .118
/// ```
pub(super) const COVERED_BY_MEANING: Coefficients = Coefficients {
    intercept: -0.5150,
    constant: 0.0000,
    max_idf: -2.9449,
    root_lead: 0.0000,
    score: 4.8120,
};
