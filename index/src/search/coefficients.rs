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
/// banking77    5196   .587    .852      .476  .036     .852      .477  .037
/// clinc150     6601   .607    .889      .416  .029     .889      .418  .034
/// cosibot_pt   3534   .373    .851      .464  .059     .850      .468  .064
/// dtc_faq      6524   .617    .900      .404  .056     .898      .410  .064
/// jaquad       5908   .667    .876      .435  .062     .856      .478  .094
/// powerplay11  2353   .526    .831      .525  .066     .830      .531  .079
/// sofmattress  2284   .562    .830      .513  .065     .828      .527  .071
/// stackfaq     6180   .586    .870      .454  .058     .863      .467  .065
/// telecom      3516   .664    .813      .491  .039     .811      .496  .044
/// mean                .576    .857      .464  .052     .853      .475  .061
/// ```
const ANSWERS_BY_WORDS: Coefficients = Coefficients {
    intercept: -2.5037,
    log_matched_weight: 1.2722,
    log_score: 1.4250,
    max_idf: -0.4421,
    meaning: 0.0000,
    root_lead: 3.5009,
    sentence: 0.0000,
    sentence_nearest: 0.0000,
    sentence_share: 0.0000,
    squared_similarity: 1.6618,
    unknown_in_long: -1.1225,
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
/// banking77    5196   .609    .867      .449  .034     .866      .452  .041
/// clinc150     6619   .630    .897      .396  .030     .896      .398  .033
/// cosibot_pt   3662   .383    .849      .459  .036     .845      .466  .031
/// dtc_faq      6524   .608    .878      .436  .033     .867      .452  .031
/// powerplay11  2482   .546    .836      .521  .070     .835      .529  .080
/// sofmattress  2381   .589    .843      .482  .060     .842      .494  .076
/// stackfaq     6180   .622    .873      .439  .040     .871      .444  .043
/// mean                .569    .863      .455  .043     .861      .462  .048
/// ```
const ANSWERS_BY_MEANING: Coefficients = Coefficients {
    intercept: -3.1521,
    log_matched_weight: 1.0670,
    log_score: 0.4913,
    max_idf: -0.8965,
    meaning: 1.3751,
    root_lead: 3.8159,
    sentence: 0.0000,
    sentence_nearest: 0.0000,
    sentence_share: 0.0000,
    squared_similarity: 1.3018,
    unknown_in_long: -0.9112,
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
/// banking77    3582   .562    .832      .520  .050     .829      .525  .058
/// clinc150     4549   .592    .875      .469  .061     .871      .487  .088
/// cosibot_pt   3266   .332    .780      .527  .044     .766      .548  .058
/// dtc_faq      4593   .530    .823      .527  .022     .805      .552  .034
/// powerplay11  1951   .455    .769      .608  .096     .763      .623  .114
/// sofmattress  1767   .526    .791      .566  .054     .789      .576  .061
/// stackfaq     4442   .632    .905      .401  .064     .897      .421  .073
/// mean                .518    .825      .517  .056     .817      .533  .069
/// ```
const ANSWERS_BY_SENTENCES: Coefficients = Coefficients {
    intercept: -4.7015,
    log_matched_weight: 0.7486,
    log_score: 0.0886,
    max_idf: -0.7316,
    meaning: 0.4155,
    root_lead: 1.7735,
    sentence: 3.7295,
    sentence_nearest: 0.3041,
    sentence_share: 2.3853,
    squared_similarity: -0.8686,
    unknown_in_long: -0.6204,
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
    sentence_share: 0.0000,
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
/// banking77    5196   .723    .842      .437  .050     .842      .441  .060
/// clinc150     6619   .729    .880      .385  .040     .879      .388  .041
/// cosibot_pt   3662   .534    .797      .558  .071     .788      .595  .118
/// dtc_faq      6524   .707    .849      .449  .064     .839      .459  .061
/// powerplay11  2482   .704    .793      .497  .035     .792      .500  .039
/// sofmattress  2381   .724    .828      .448  .052     .829      .459  .075
/// stackfaq     6180   .725    .837      .434  .022     .835      .438  .027
/// mean                .692    .832      .458  .048     .829      .469  .060
/// ```
const COVERED_BY_MEANING: Coefficients = Coefficients {
    intercept: -1.2670,
    log_matched_weight: 0.9322,
    log_score: 0.4086,
    max_idf: -0.2434,
    meaning: 1.4973,
    root_lead: 0.0000,
    sentence: 0.0000,
    sentence_nearest: 0.0000,
    sentence_share: 0.0000,
    squared_similarity: 2.7682,
    unknown_in_long: -1.4024,
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
/// banking77    3582   .720    .831      .462  .061     .828      .469  .072
/// clinc150     4549   .731    .856      .416  .049     .854      .426  .059
/// cosibot_pt   3266   .506    .719      .624  .048     .698      .656  .087
/// dtc_faq      4593   .684    .788      .520  .043     .780      .528  .047
/// powerplay11  1951   .689    .722      .576  .063     .719      .586  .075
/// sofmattress  1767   .727    .779      .495  .057     .780      .505  .088
/// stackfaq     4442   .737    .868      .406  .059     .845      .437  .071
/// mean                .685    .795      .500  .054     .786      .515  .071
/// ```
const COVERED_BY_SENTENCES: Coefficients = Coefficients {
    intercept: -2.7077,
    log_matched_weight: 0.6339,
    log_score: 0.2360,
    max_idf: 0.0472,
    meaning: 0.9653,
    root_lead: 0.0000,
    sentence: 4.4734,
    sentence_nearest: 0.0000,
    sentence_share: 0.0000,
    squared_similarity: 0.9077,
    unknown_in_long: -1.5426,
};

/// The log odds that one of the first five hits answers.
pub(super) const COVERED: Fitted =
    Fitted { words: COVERED_BY_WORDS, meaning: COVERED_BY_MEANING, sentences: COVERED_BY_SENTENCES };
