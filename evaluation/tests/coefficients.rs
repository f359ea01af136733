//! Coefficients of confidence, a logistic regression. Written by `evaluation/fit.py`: fit again, do not edit.

use super::log_odds::{Coefficients, Fitted};

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
const ANSWERS_BY_WORDS: Coefficients = Coefficients {
    intercept: -1.6587,
    constant: 0.0000,
    max_idf: -7.2451,
    root_lead: -1.0634,
    score: 9.9306,
};

/// The log odds that the first hit answers, where vectors of word pieces are compared. The L2 penalty is 0.001;
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
const ANSWERS_BY_MEANING: Coefficients = Coefficients {
    intercept: -1.6587,
    constant: 0.0000,
    max_idf: -7.2451,
    root_lead: -1.0634,
    score: 9.9306,
};

/// The log odds that the first hit answers, where sentence vectors are compared. The L2 penalty is 0.001;
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
/// one      34   .450    .944      .310  .161     .940      .318  .161
/// three    34   .464    .916      .364  .117     .908      .401  .143
/// two      34   .300    .942      .253  .141     .933      .282  .122
/// mean          .405    .934      .309  .139     .927      .334  .142
/// ```
const ANSWERS_BY_SENTENCES: Coefficients = Coefficients {
    intercept: -1.4415,
    constant: 0.0000,
    max_idf: -7.7229,
    root_lead: -1.1907,
    score: 9.9885,
};

/// The log odds that the first hit answers.
pub(super) const ANSWERS: Fitted =
    Fitted { words: ANSWERS_BY_WORDS, meaning: ANSWERS_BY_MEANING, sentences: ANSWERS_BY_SENTENCES };

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
const COVERED_BY_WORDS: Coefficients = Coefficients {
    intercept: -0.5150,
    constant: 0.0000,
    max_idf: -2.9449,
    root_lead: 0.0000,
    score: 4.8120,
};

/// The log odds that one of the first five hits answers, where vectors of word pieces are compared. The L2 penalty is 0.001;
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
const COVERED_BY_MEANING: Coefficients = Coefficients {
    intercept: -0.5150,
    constant: 0.0000,
    max_idf: -2.9449,
    root_lead: 0.0000,
    score: 4.8120,
};

/// The log odds that one of the first five hits answers, where sentence vectors are compared. The L2 penalty is 0.001;
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
/// one      34   .600    .807      .577  .202     .750      .675  .240
/// three    34   .607    .869      .447  .146     .813      .506  .179
/// two      34   .525    .839      .452  .125     .839      .465  .156
/// mean          .577    .838      .492  .158     .801      .549  .192
/// ```
const COVERED_BY_SENTENCES: Coefficients = Coefficients {
    intercept: -0.2894,
    constant: 0.0000,
    max_idf: -3.2988,
    root_lead: 0.0000,
    score: 4.8987,
};

/// The log odds that one of the first five hits answers.
pub(super) const COVERED: Fitted =
    Fitted { words: COVERED_BY_WORDS, meaning: COVERED_BY_MEANING, sentences: COVERED_BY_SENTENCES };
