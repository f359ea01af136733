//! Coefficients of confidence, a logistic regression. Written by `evaluation/fit.py`: fit again, do not edit.

use super::log_odds::{Coefficients, Fitted};

/// The log odds that the first hit answers, where no vectors are compared. The L2 penalty is 0.001;
/// covered questions are weighted to 75% of a set.
///
/// The sets with the first 16 digits of the SHA-256 of their questions and of their content, then how well confidence
/// tells right first hits from others, with each set in the fit and left out of it:
///
/// ```text
/// banking77 ba581205491d09ad 5d591af2f9181ede
/// clinc150 0d85dad7583a62a5 c76d1e500421aca5
/// cosibot_pt e6971a764a03d158 143ed67877189c81
/// dtc_faq 18352fde69d79b9e 8a9879be9cb13a38
/// jaquad a1a67d3d4be86fa3 2ac3fbb72b70eb53
/// powerplay11 89ca5ae9f1c7bf0e ea03887a7fbcdb4c
/// sofmattress bab4ed7d149b1473 64349c2c74a2631f
/// stackfaq 3c090955296f33c6 c570b0bb631cace6
/// telecom fa2d8ef1b04ba79a b270c8938c48fd48
///
/// set          rows  right  AUC in  log loss   ECE  AUC out  log loss   ECE
/// banking77    5196   .586    .851      .476  .034     .851      .477  .034
/// clinc150     6601   .608    .889      .417  .033     .889      .420  .040
/// cosibot_pt   3538   .375    .853      .461  .055     .853      .465  .062
/// dtc_faq      6524   .617    .902      .401  .057     .900      .408  .064
/// jaquad       5908   .667    .878      .435  .067     .859      .480  .101
/// powerplay11  2354   .525    .830      .527  .064     .828      .535  .077
/// sofmattress  2284   .562    .828      .511  .071     .826      .524  .072
/// stackfaq     6180   .586    .868      .454  .053     .862      .465  .059
/// telecom      3516   .664    .812      .492  .037     .811      .496  .042
/// mean                .577    .857      .464  .052     .853      .474  .061
/// ```
const ANSWERS_BY_WORDS: Coefficients = Coefficients {
    intercept: -2.4316,
    log_matched_weight: 1.2997,
    log_score: 1.2843,
    max_idf: -0.5928,
    meaning: 0.0000,
    root_lead: 3.0449,
    sentence: 0.0000,
    sentence_nearest: 0.0000,
    share: 0.6958,
    squared_similarity: 1.3793,
    unknown_in_long: -0.9870,
};

/// The log odds that the first hit answers, where vectors of word pieces are compared. The L2 penalty is 0.001;
/// covered questions are weighted to 75% of a set.
///
/// The sets with the first 16 digits of the SHA-256 of their questions and of their content, then how well confidence
/// tells right first hits from others, with each set in the fit and left out of it:
///
/// ```text
/// banking77 ba581205491d09ad 5d591af2f9181ede
/// clinc150 0d85dad7583a62a5 c76d1e500421aca5
/// cosibot_pt e6971a764a03d158 143ed67877189c81
/// dtc_faq 18352fde69d79b9e 8a9879be9cb13a38
/// powerplay11 89ca5ae9f1c7bf0e ea03887a7fbcdb4c
/// sofmattress bab4ed7d149b1473 64349c2c74a2631f
/// stackfaq 3c090955296f33c6 c570b0bb631cace6
///
/// set          rows  right  AUC in  log loss   ECE  AUC out  log loss   ECE
/// banking77    5196   .606    .868      .450  .045     .868      .454  .052
/// clinc150     6619   .628    .900      .392  .024     .899      .395  .027
/// cosibot_pt   3662   .386    .855      .453  .030     .851      .460  .031
/// dtc_faq      6524   .609    .882      .429  .029     .872      .449  .047
/// powerplay11  2482   .545    .842      .514  .057     .841      .521  .071
/// sofmattress  2382   .586    .850      .475  .066     .847      .485  .074
/// stackfaq     6180   .622    .879      .427  .030     .878      .430  .034
/// mean                .569    .868      .449  .040     .865      .456  .048
/// ```
const ANSWERS_BY_MEANING: Coefficients = Coefficients {
    intercept: -3.1884,
    log_matched_weight: 1.1119,
    log_score: 0.2867,
    max_idf: -0.9783,
    meaning: 1.1978,
    root_lead: 2.5647,
    sentence: 0.0000,
    sentence_nearest: 0.0000,
    share: 1.5880,
    squared_similarity: 0.9773,
    unknown_in_long: -0.5830,
};

/// The log odds that the first hit answers, where sentence vectors are compared. The L2 penalty is 0.001;
/// covered questions are weighted to 75% of a set.
///
/// The sets with the first 16 digits of the SHA-256 of their questions and of their content, then how well confidence
/// tells right first hits from others, with each set in the fit and left out of it:
///
/// ```text
/// banking77 ba581205491d09ad 5d591af2f9181ede
/// clinc150 0d85dad7583a62a5 c76d1e500421aca5
/// cosibot_pt e6971a764a03d158 143ed67877189c81
/// dtc_faq 18352fde69d79b9e 8a9879be9cb13a38
/// powerplay11 89ca5ae9f1c7bf0e ea03887a7fbcdb4c
/// sofmattress bab4ed7d149b1473 64349c2c74a2631f
/// stackfaq 3c090955296f33c6 c570b0bb631cace6
///
/// set          rows  right  AUC in  log loss   ECE  AUC out  log loss   ECE
/// banking77    3565   .565    .830      .522  .053     .826      .527  .056
/// clinc150     4554   .590    .871      .472  .056     .867      .488  .080
/// cosibot_pt   3258   .331    .775      .533  .049     .758      .557  .061
/// dtc_faq      4665   .536    .824      .526  .024     .806      .549  .032
/// powerplay11  1956   .465    .778      .597  .081     .774      .609  .099
/// sofmattress  1783   .512    .795      .558  .047     .792      .563  .053
/// stackfaq     4354   .632    .904      .403  .063     .896      .423  .072
/// mean                .518    .825      .516  .053     .817      .531  .065
/// ```
const ANSWERS_BY_SENTENCES: Coefficients = Coefficients {
    intercept: -4.6715,
    log_matched_weight: 0.7216,
    log_score: 0.0210,
    max_idf: -0.7808,
    meaning: 0.4484,
    root_lead: 1.7904,
    sentence: 3.7456,
    sentence_nearest: 0.2599,
    share: 2.4737,
    squared_similarity: -0.8716,
    unknown_in_long: -0.4969,
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
/// banking77 ba581205491d09ad 5d591af2f9181ede
/// clinc150 0d85dad7583a62a5 c76d1e500421aca5
/// cosibot_pt e6971a764a03d158 143ed67877189c81
/// dtc_faq 18352fde69d79b9e 8a9879be9cb13a38
/// jaquad a1a67d3d4be86fa3 2ac3fbb72b70eb53
/// powerplay11 89ca5ae9f1c7bf0e ea03887a7fbcdb4c
/// sofmattress bab4ed7d149b1473 64349c2c74a2631f
/// stackfaq 3c090955296f33c6 c570b0bb631cace6
/// telecom fa2d8ef1b04ba79a b270c8938c48fd48
///
/// set          rows  right  AUC in  log loss   ECE  AUC out  log loss   ECE
/// banking77    5196   .708    .820      .462  .037     .820      .464  .042
/// clinc150     6601   .707    .870      .405  .031     .870      .407  .034
/// cosibot_pt   3538   .535    .780      .584  .040     .779      .592  .043
/// dtc_faq      6524   .703    .883      .423  .093     .882      .429  .099
/// jaquad       5908   .734    .764      .486  .048     .739      .512  .067
/// powerplay11  2354   .667    .792      .507  .024     .791      .509  .027
/// sofmattress  2284   .691    .828      .478  .055     .828      .490  .076
/// stackfaq     6180   .719    .824      .458  .051     .819      .467  .060
/// telecom      3516   .738    .815      .432  .024     .815      .432  .026
/// mean                .689    .820      .470  .045     .816      .478  .053
/// ```
const COVERED_BY_WORDS: Coefficients = Coefficients {
    intercept: -0.7138,
    log_matched_weight: 1.1408,
    log_score: 1.4884,
    max_idf: 0.2741,
    meaning: 0.0000,
    root_lead: 0.0000,
    sentence: 0.0000,
    sentence_nearest: 0.0000,
    share: 0.0000,
    squared_similarity: 2.4548,
    unknown_in_long: -1.6448,
};

/// The log odds that one of the first five hits answers, where vectors of word pieces are compared. The L2 penalty is 0.001;
/// covered questions are weighted to 75% of a set.
///
/// The sets with the first 16 digits of the SHA-256 of their questions and of their content, then how well confidence
/// tells right first hits from others, with each set in the fit and left out of it:
///
/// ```text
/// banking77 ba581205491d09ad 5d591af2f9181ede
/// clinc150 0d85dad7583a62a5 c76d1e500421aca5
/// cosibot_pt e6971a764a03d158 143ed67877189c81
/// dtc_faq 18352fde69d79b9e 8a9879be9cb13a38
/// powerplay11 89ca5ae9f1c7bf0e ea03887a7fbcdb4c
/// sofmattress bab4ed7d149b1473 64349c2c74a2631f
/// stackfaq 3c090955296f33c6 c570b0bb631cace6
///
/// set          rows  right  AUC in  log loss   ECE  AUC out  log loss   ECE
/// banking77    5196   .721    .841      .439  .050     .841      .444  .060
/// clinc150     6619   .730    .876      .389  .034     .876      .391  .038
/// cosibot_pt   3662   .536    .796      .559  .072     .788      .595  .118
/// dtc_faq      6524   .707    .848      .451  .062     .837      .460  .060
/// powerplay11  2482   .698    .797      .499  .040     .796      .502  .046
/// sofmattress  2382   .721    .832      .446  .049     .833      .457  .075
/// stackfaq     6180   .725    .841      .431  .021     .838      .435  .024
/// mean                .691    .833      .459  .047     .830      .469  .060
/// ```
const COVERED_BY_MEANING: Coefficients = Coefficients {
    intercept: -1.2890,
    log_matched_weight: 0.9096,
    log_score: 0.4320,
    max_idf: -0.1778,
    meaning: 1.6123,
    root_lead: 0.0000,
    sentence: 0.0000,
    sentence_nearest: 0.0000,
    share: 0.0000,
    squared_similarity: 2.6812,
    unknown_in_long: -1.3622,
};

/// The log odds that one of the first five hits answers, where sentence vectors are compared. The L2 penalty is 0.001;
/// covered questions are weighted to 75% of a set.
///
/// The sets with the first 16 digits of the SHA-256 of their questions and of their content, then how well confidence
/// tells right first hits from others, with each set in the fit and left out of it:
///
/// ```text
/// banking77 ba581205491d09ad 5d591af2f9181ede
/// clinc150 0d85dad7583a62a5 c76d1e500421aca5
/// cosibot_pt e6971a764a03d158 143ed67877189c81
/// dtc_faq 18352fde69d79b9e 8a9879be9cb13a38
/// powerplay11 89ca5ae9f1c7bf0e ea03887a7fbcdb4c
/// sofmattress bab4ed7d149b1473 64349c2c74a2631f
/// stackfaq 3c090955296f33c6 c570b0bb631cace6
///
/// set          rows  right  AUC in  log loss   ECE  AUC out  log loss   ECE
/// banking77    3565   .721    .833      .461  .063     .830      .469  .072
/// clinc150     4554   .733    .850      .422  .045     .848      .429  .057
/// cosibot_pt   3258   .512    .706      .639  .053     .684      .671  .095
/// dtc_faq      4665   .685    .786      .523  .047     .778      .531  .053
/// powerplay11  1956   .689    .729      .567  .053     .725      .574  .061
/// sofmattress  1783   .728    .770      .504  .060     .771      .514  .094
/// stackfaq     4354   .737    .866      .409  .059     .842      .440  .072
/// mean                .686    .791      .504  .054     .783      .518  .072
/// ```
const COVERED_BY_SENTENCES: Coefficients = Coefficients {
    intercept: -2.6658,
    log_matched_weight: 0.6098,
    log_score: 0.2057,
    max_idf: 0.0715,
    meaning: 1.0842,
    root_lead: 0.0000,
    sentence: 4.3859,
    sentence_nearest: 0.0000,
    share: 0.0000,
    squared_similarity: 0.7486,
    unknown_in_long: -1.4525,
};

/// The log odds that one of the first five hits answers.
pub(super) const COVERED: Fitted =
    Fitted { words: COVERED_BY_WORDS, meaning: COVERED_BY_MEANING, sentences: COVERED_BY_SENTENCES };
