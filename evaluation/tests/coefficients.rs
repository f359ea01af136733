//! Coefficients of confidence, a logistic regression. Written by `evaluation/fit.py`: fit again, do not edit.

use super::log_odds::Coefficients;

/// The log odds that the first hit answers, where no vectors are compared. The L2 penalty is 0.001.
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
/// one      52   .462    .929      .327  .080     .926      .335  .163
/// three    52   .404    .908      .365  .063     .902      .375  .118
/// two      52   .288    .946      .263  .092     .944      .278  .144
/// mean          .385    .927      .318  .079     .924      .329  .142
/// ```
pub(super) const ANSWERS_BY_WORDS: Coefficients = Coefficients {
    intercept: -1.8045,
    constant: 0.0000,
    max_idf: -7.1391,
    root_lead: -1.3122,
    score: 10.0001,
};

/// The log odds that the first hit answers, where vectors are compared. The L2 penalty is 0.001.
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
/// one      52   .462    .929      .327  .080     .926      .335  .163
/// three    52   .404    .908      .365  .063     .902      .375  .118
/// two      52   .288    .946      .263  .092     .944      .278  .144
/// mean          .385    .927      .318  .079     .924      .329  .142
/// ```
pub(super) const ANSWERS_BY_MEANING: Coefficients = Coefficients {
    intercept: -1.8045,
    constant: 0.0000,
    max_idf: -7.1391,
    root_lead: -1.3122,
    score: 10.0001,
};

/// The log odds that one of the first five hits answers, where no vectors are compared. The L2 penalty is 0.001.
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
/// one      52   .596    .816      .549  .140     .785      .596  .123
/// three    52   .500    .889      .443  .141     .854      .504  .194
/// two      52   .442    .795      .542  .100     .798      .547  .126
/// mean          .513    .833      .511  .127     .812      .549  .148
/// ```
pub(super) const COVERED_BY_WORDS: Coefficients = Coefficients {
    intercept: -0.7408,
    constant: 0.0000,
    max_idf: -3.0357,
    root_lead: 0.0000,
    score: 4.7949,
};

/// The log odds that one of the first five hits answers, where vectors are compared. The L2 penalty is 0.001.
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
/// one      52   .596    .816      .549  .140     .785      .596  .123
/// three    52   .500    .889      .443  .141     .854      .504  .194
/// two      52   .442    .795      .542  .100     .798      .547  .126
/// mean          .513    .833      .511  .127     .812      .549  .148
/// ```
pub(super) const COVERED_BY_MEANING: Coefficients = Coefficients {
    intercept: -0.7408,
    constant: 0.0000,
    max_idf: -3.0357,
    root_lead: 0.0000,
    score: 4.7949,
};
