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
/// banking77    5196   .587    .851      .476  .034     .851      .477  .034
/// clinc150     6601   .607    .890      .416  .032     .889      .418  .039
/// cosibot_pt   3534   .373    .852      .462  .056     .851      .466  .062
/// dtc_faq      6524   .617    .902      .401  .056     .900      .407  .064
/// jaquad       5908   .667    .878      .435  .067     .859      .481  .102
/// powerplay11  2353   .526    .830      .528  .064     .828      .536  .077
/// sofmattress  2284   .562    .829      .510  .071     .827      .523  .074
/// stackfaq     6180   .586    .868      .454  .053     .862      .465  .059
/// telecom      3516   .664    .812      .492  .037     .810      .496  .043
/// mean                .576    .857      .464  .052     .853      .474  .062
/// ```
const ANSWERS_BY_WORDS: Coefficients = Coefficients {
    intercept: -2.4452,
    log_matched_weight: 1.3028,
    log_score: 1.2747,
    max_idf: -0.5791,
    meaning: 0.0000,
    root_lead: 3.0433,
    sentence: 0.0000,
    sentence_nearest: 0.0000,
    share: 0.6996,
    squared_similarity: 1.3825,
    unknown_in_long: -0.9896,
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
/// banking77    5196   .609    .866      .452  .042     .865      .456  .049
/// clinc150     6619   .630    .900      .391  .025     .899      .394  .028
/// cosibot_pt   3662   .383    .853      .454  .043     .849      .461  .035
/// dtc_faq      6524   .608    .883      .428  .032     .873      .449  .049
/// powerplay11  2482   .546    .837      .520  .068     .836      .528  .080
/// sofmattress  2381   .589    .846      .481  .065     .844      .489  .072
/// stackfaq     6180   .622    .874      .435  .036     .873      .439  .040
/// mean                .569    .865      .452  .045     .863      .459  .050
/// ```
const ANSWERS_BY_MEANING: Coefficients = Coefficients {
    intercept: -3.1502,
    log_matched_weight: 1.1120,
    log_score: 0.2614,
    max_idf: -1.0636,
    meaning: 1.0898,
    root_lead: 2.5802,
    sentence: 0.0000,
    sentence_nearest: 0.0000,
    share: 1.6117,
    squared_similarity: 1.0037,
    unknown_in_long: -0.6606,
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
/// banking77    3582   .562    .831      .522  .052     .827      .527  .060
/// clinc150     4549   .592    .875      .467  .065     .871      .485  .084
/// cosibot_pt   3269   .331    .780      .527  .045     .766      .548  .058
/// dtc_faq      4593   .530    .822      .529  .021     .803      .554  .028
/// powerplay11  1951   .455    .770      .607  .095     .765      .623  .113
/// sofmattress  1768   .527    .792      .566  .054     .790      .576  .059
/// stackfaq     4442   .632    .905      .402  .065     .896      .422  .073
/// mean                .518    .825      .517  .056     .817      .533  .068
/// ```
const ANSWERS_BY_SENTENCES: Coefficients = Coefficients {
    intercept: -4.6624,
    log_matched_weight: 0.7353,
    log_score: 0.0257,
    max_idf: -0.7499,
    meaning: 0.3943,
    root_lead: 1.7396,
    sentence: 3.6779,
    sentence_nearest: 0.2852,
    share: 2.4547,
    squared_similarity: -0.7779,
    unknown_in_long: -0.5695,
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
/// banking77    5196   .707    .820      .462  .037     .819      .465  .042
/// clinc150     6601   .707    .870      .405  .031     .870      .406  .035
/// cosibot_pt   3534   .535    .776      .588  .045     .775      .597  .046
/// dtc_faq      6524   .703    .883      .423  .094     .882      .430  .099
/// jaquad       5908   .734    .764      .486  .050     .739      .513  .068
/// powerplay11  2353   .665    .793      .507  .026     .792      .508  .030
/// sofmattress  2284   .691    .829      .478  .056     .828      .489  .075
/// stackfaq     6180   .719    .825      .457  .051     .820      .467  .060
/// telecom      3516   .738    .815      .432  .024     .815      .432  .025
/// mean                .689    .819      .471  .046     .816      .479  .053
/// ```
const COVERED_BY_WORDS: Coefficients = Coefficients {
    intercept: -0.7167,
    log_matched_weight: 1.1305,
    log_score: 1.4837,
    max_idf: 0.2907,
    meaning: 0.0000,
    root_lead: 0.0000,
    sentence: 0.0000,
    sentence_nearest: 0.0000,
    share: 0.0000,
    squared_similarity: 2.4483,
    unknown_in_long: -1.6268,
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
/// banking77    5196   .723    .842      .437  .050     .841      .441  .060
/// clinc150     6619   .729    .880      .385  .040     .879      .388  .041
/// cosibot_pt   3662   .534    .797      .558  .071     .788      .595  .118
/// dtc_faq      6524   .707    .849      .449  .064     .839      .459  .061
/// powerplay11  2482   .704    .793      .497  .035     .792      .500  .039
/// sofmattress  2381   .724    .829      .448  .052     .829      .459  .075
/// stackfaq     6180   .725    .837      .434  .022     .835      .439  .027
/// mean                .692    .832      .458  .048     .829      .469  .060
/// ```
const COVERED_BY_MEANING: Coefficients = Coefficients {
    intercept: -1.2707,
    log_matched_weight: 0.9294,
    log_score: 0.4081,
    max_idf: -0.2362,
    meaning: 1.4976,
    root_lead: 0.0000,
    sentence: 0.0000,
    sentence_nearest: 0.0000,
    share: 0.0000,
    squared_similarity: 2.7666,
    unknown_in_long: -1.3979,
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
/// banking77    3582   .720    .831      .463  .063     .828      .470  .072
/// clinc150     4549   .732    .855      .417  .046     .853      .425  .060
/// cosibot_pt   3269   .510    .710      .635  .052     .691      .665  .090
/// dtc_faq      4593   .684    .787      .522  .042     .778      .530  .046
/// powerplay11  1951   .688    .725      .572  .060     .721      .580  .071
/// sofmattress  1768   .730    .775      .499  .059     .776      .510  .094
/// stackfaq     4442   .737    .868      .407  .060     .844      .438  .072
/// mean                .686    .793      .502  .055     .784      .517  .072
/// ```
const COVERED_BY_SENTENCES: Coefficients = Coefficients {
    intercept: -2.6859,
    log_matched_weight: 0.6186,
    log_score: 0.2111,
    max_idf: 0.0685,
    meaning: 0.9706,
    root_lead: 0.0000,
    sentence: 4.4008,
    sentence_nearest: 0.0000,
    share: 0.0000,
    squared_similarity: 0.9543,
    unknown_in_long: -1.4915,
};

/// The log odds that one of the first five hits answers.
pub(super) const COVERED: Fitted =
    Fitted { words: COVERED_BY_WORDS, meaning: COVERED_BY_MEANING, sentences: COVERED_BY_SENTENCES };
