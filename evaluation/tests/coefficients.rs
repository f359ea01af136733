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
/// one      52   .462   1.000      .047  .043    1.000      .053  .048
/// three    52   .463   1.000      .070  .060    1.000      .087  .071
/// two      52   .363   1.000      .079  .065    1.000      .085  .068
/// mean          .429   1.000      .065  .056    1.000      .075  .062
/// ```
const ANSWERS_BY_WORDS: Coefficients = Coefficients {
    intercept: -12.9389,
    constant: 0.0000,
    max_idf: -13.6245,
    root_lead: -0.2536,
    score: 23.1541,
    sentence: 13.4349,
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
/// one      52   .462   1.000      .047  .043    1.000      .053  .048
/// three    52   .463   1.000      .070  .060    1.000      .087  .071
/// two      52   .363   1.000      .079  .065    1.000      .085  .068
/// mean          .429   1.000      .065  .056    1.000      .075  .062
/// ```
const ANSWERS_BY_MEANING: Coefficients = Coefficients {
    intercept: -12.9389,
    constant: 0.0000,
    max_idf: -13.6245,
    root_lead: -0.2536,
    score: 23.1541,
    sentence: 13.4349,
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
/// one      34   .450   1.000      .055  .051    1.000      .066  .060
/// three    34   .464   1.000      .063  .055    1.000      .096  .076
/// two      34   .300   1.000      .082  .068     .995      .118  .055
/// mean          .405   1.000      .067  .058     .998      .094  .063
/// ```
const ANSWERS_BY_SENTENCES: Coefficients = Coefficients {
    intercept: -12.7757,
    constant: 0.0000,
    max_idf: -13.9243,
    root_lead: -0.8676,
    score: 23.9539,
    sentence: 13.1014,
};

/// The log odds that the first hit answers, where no entry is in the question's language. The L2 penalty is 0.001;
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
/// one      34   .450    .670      .664  .149     .635      .744  .251
/// three    34   .464    .839      .512  .109     .813      .571  .124
/// two      34   .300    .702      .606  .265     .673      .668  .243
/// mean          .405    .737      .594  .174     .707      .661  .206
/// ```
const ANSWERS_BY_CROSS_LINGUAL: Coefficients = Coefficients {
    intercept: -1.9665,
    constant: 0.0000,
    max_idf: 0.0000,
    root_lead: 0.1666,
    score: 0.0000,
    sentence: 2.9954,
};

/// The log odds that the first hit answers.
pub(super) const ANSWERS: Fitted = Fitted {
    words: ANSWERS_BY_WORDS,
    meaning: ANSWERS_BY_MEANING,
    sentences: ANSWERS_BY_SENTENCES,
    cross_lingual: ANSWERS_BY_CROSS_LINGUAL,
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
/// one      52   .596    .862      .494  .179     .822      .546  .141
/// three    52   .574    .938      .388  .199     .902      .444  .164
/// two      52   .556    .823      .503  .172     .825      .508  .145
/// mean          .575    .874      .462  .183     .850      .499  .150
/// ```
const COVERED_BY_WORDS: Coefficients = Coefficients {
    intercept: -1.9964,
    constant: 0.0000,
    max_idf: -2.6910,
    root_lead: 0.0000,
    score: 5.3138,
    sentence: 2.4964,
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
/// one      52   .596    .862      .494  .179     .822      .546  .141
/// three    52   .574    .938      .388  .199     .902      .444  .164
/// two      52   .556    .823      .503  .172     .825      .508  .145
/// mean          .575    .874      .462  .183     .850      .499  .150
/// ```
const COVERED_BY_MEANING: Coefficients = Coefficients {
    intercept: -1.9964,
    constant: 0.0000,
    max_idf: -2.6910,
    root_lead: 0.0000,
    score: 5.3138,
    sentence: 2.4964,
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
/// one      34   .600    .850      .542  .232     .768      .635  .176
/// three    34   .607    .900      .417  .195     .834      .474  .151
/// two      34   .525    .850      .460  .119     .832      .482  .175
/// mean          .577    .867      .473  .182     .811      .531  .168
/// ```
const COVERED_BY_SENTENCES: Coefficients = Coefficients {
    intercept: -1.4229,
    constant: 0.0000,
    max_idf: -2.9985,
    root_lead: 0.0000,
    score: 5.2689,
    sentence: 1.7433,
};

/// The log odds that one of the first five hits answers, where no entry is in the question's language. The L2 penalty is 0.001;
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
/// one      34   .600    .650      .647  .054     .650      .651  .049
/// three    34   .607    .651      .637  .060     .651      .642  .042
/// two      34   .525    .579      .703  .130     .579      .724  .193
/// mean          .577    .626      .662  .081     .626      .672  .095
/// ```
const COVERED_BY_CROSS_LINGUAL: Coefficients = Coefficients {
    intercept: -0.3278,
    constant: 0.0000,
    max_idf: 0.0000,
    root_lead: 0.0000,
    score: 0.0000,
    sentence: 1.3600,
};

/// The log odds that one of the first five hits answers.
pub(super) const COVERED: Fitted = Fitted {
    words: COVERED_BY_WORDS,
    meaning: COVERED_BY_MEANING,
    sentences: COVERED_BY_SENTENCES,
    cross_lingual: COVERED_BY_CROSS_LINGUAL,
};
