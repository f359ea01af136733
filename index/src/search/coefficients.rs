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
/// banking77    5196   .606    .869      .448  .040     .869      .452  .050
/// clinc150     6619   .628    .900      .391  .019     .899      .393  .021
/// cosibot_pt   3665   .382    .858      .448  .031     .854      .456  .035
/// dtc_faq      6524   .622    .891      .412  .039     .886      .426  .050
/// powerplay11  2482   .545    .843      .511  .057     .842      .518  .069
/// sofmattress  2382   .586    .850      .474  .063     .847      .485  .076
/// stackfaq     6180   .623    .875      .432  .030     .873      .436  .032
/// mean                .570    .869      .445  .040     .867      .452  .048
/// ```
const ANSWERS_BY_MEANING: Coefficients = Coefficients {
    intercept: -3.3113,
    log_matched_weight: 0.9854,
    log_score: 0.2865,
    max_idf: -0.9832,
    meaning: 1.4092,
    root_lead: 2.6852,
    sentence: 0.0000,
    sentence_nearest: 0.0000,
    share: 1.4879,
    squared_similarity: 1.0837,
    unknown_in_long: -0.5896,
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
/// banking77    3520   .562    .831      .522  .049     .827      .527  .052
/// clinc150     4469   .585    .871      .473  .052     .867      .486  .072
/// cosibot_pt   3243   .330    .772      .533  .047     .754      .554  .062
/// dtc_faq      4532   .533    .820      .533  .024     .805      .552  .031
/// powerplay11  1925   .457    .773      .600  .086     .770      .610  .094
/// sofmattress  1751   .506    .790      .564  .045     .787      .570  .053
/// stackfaq     4417   .637    .908      .396  .062     .900      .415  .069
/// mean                .516    .823      .517  .052     .816      .531  .062
/// ```
const ANSWERS_BY_SENTENCES: Coefficients = Coefficients {
    intercept: -4.7417,
    log_matched_weight: 0.6683,
    log_score: -0.0114,
    max_idf: -0.7638,
    meaning: 0.6443,
    root_lead: 1.8710,
    sentence: 3.6818,
    sentence_nearest: 0.2542,
    share: 2.3768,
    squared_similarity: -0.8721,
    unknown_in_long: -0.5010,
};

/// The log odds that the first hit answers, where no entry is in the question's language. The L2 penalty is 0.001;
/// covered questions are weighted to 75% of a set.
///
/// The sets with the first 16 digits of the SHA-256 of their questions and of their content, then how well confidence
/// tells right first hits from others, with each set in the fit and left out of it:
///
/// ```text
/// intents_across 5e99a3bfa339ed97 53bf39a5e0b89664
/// tldr_across 9a9f066dcd3c210c 3f466460e1c2d0e4
/// xquad_across 040213f11753b8d6 91480ef11cae630b
///
/// set             rows  right  AUC in  log loss   ECE  AUC out  log loss   ECE
/// intents_across  4565   .510    .776      .570  .087     .771      .632  .158
/// tldr_across     7082   .431    .804      .530  .043     .792      .547  .060
/// xquad_across    4912   .605    .864      .455  .065     .867      .675  .252
/// mean                   .516    .815      .518  .065     .810      .618  .157
/// ```
const ANSWERS_BY_CROSS_LINGUAL: Coefficients = Coefficients {
    intercept: -2.6892,
    log_matched_weight: 0.0000,
    log_score: 0.0000,
    max_idf: 0.0000,
    meaning: 0.0000,
    root_lead: 0.6996,
    sentence: 1.1240,
    sentence_nearest: 0.2477,
    share: 3.6009,
    squared_similarity: 0.0000,
    unknown_in_long: 0.0000,
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
/// banking77    5196   .722    .841      .436  .041     .840      .440  .050
/// clinc150     6619   .730    .876      .387  .028     .875      .389  .030
/// cosibot_pt   3665   .536    .799      .558  .067     .792      .587  .109
/// dtc_faq      6524   .712    .859      .440  .071     .855      .447  .073
/// powerplay11  2482   .698    .797      .499  .041     .796      .501  .045
/// sofmattress  2382   .721    .831      .446  .051     .832      .456  .078
/// stackfaq     6180   .728    .838      .430  .025     .835      .434  .029
/// mean                .692    .835      .457  .046     .832      .465  .059
/// ```
const COVERED_BY_MEANING: Coefficients = Coefficients {
    intercept: -1.5293,
    log_matched_weight: 0.8075,
    log_score: 0.3815,
    max_idf: -0.1229,
    meaning: 1.7729,
    root_lead: 0.0000,
    sentence: 0.0000,
    sentence_nearest: 0.0000,
    share: 0.0000,
    squared_similarity: 3.0673,
    unknown_in_long: -1.4326,
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
/// banking77    3520   .720    .832      .458  .052     .829      .464  .061
/// clinc150     4469   .732    .851      .421  .048     .850      .427  .056
/// cosibot_pt   3243   .508    .704      .641  .053     .683      .670  .094
/// dtc_faq      4532   .688    .792      .518  .050     .787      .525  .061
/// powerplay11  1925   .688    .725      .570  .058     .721      .577  .067
/// sofmattress  1751   .728    .765      .509  .065     .766      .521  .095
/// stackfaq     4417   .742    .868      .400  .051     .846      .428  .062
/// mean                .687    .791      .502  .054     .783      .516  .071
/// ```
const COVERED_BY_SENTENCES: Coefficients = Coefficients {
    intercept: -2.8101,
    log_matched_weight: 0.5109,
    log_score: 0.1935,
    max_idf: 0.1208,
    meaning: 1.2667,
    root_lead: 0.0000,
    sentence: 4.2927,
    sentence_nearest: 0.0000,
    share: 0.0000,
    squared_similarity: 0.9777,
    unknown_in_long: -1.5595,
};

/// The log odds that one of the first five hits answers, where no entry is in the question's language. The L2 penalty is 0.001;
/// covered questions are weighted to 75% of a set.
///
/// The sets with the first 16 digits of the SHA-256 of their questions and of their content, then how well confidence
/// tells right first hits from others, with each set in the fit and left out of it:
///
/// ```text
/// intents_across 5e99a3bfa339ed97 53bf39a5e0b89664
/// tldr_across 9a9f066dcd3c210c 3f466460e1c2d0e4
/// xquad_across 040213f11753b8d6 91480ef11cae630b
///
/// set             rows  right  AUC in  log loss   ECE  AUC out  log loss   ECE
/// intents_across  4565   .683    .718      .553  .053     .714      .575  .084
/// tldr_across     7082   .573    .753      .575  .034     .753      .578  .043
/// xquad_across    4912   .655    .842      .472  .071     .847      .648  .261
/// mean                   .637    .771      .533  .053     .772      .600  .130
/// ```
const COVERED_BY_CROSS_LINGUAL: Coefficients = Coefficients {
    intercept: -1.5612,
    log_matched_weight: 0.0000,
    log_score: 0.0000,
    max_idf: 0.0000,
    meaning: 0.0000,
    root_lead: 0.0000,
    sentence: 2.5282,
    sentence_nearest: 0.0000,
    share: 2.9850,
    squared_similarity: 0.0000,
    unknown_in_long: 0.0000,
};

/// The log odds that one of the first five hits answers.
pub(super) const COVERED: Fitted = Fitted {
    words: COVERED_BY_WORDS,
    meaning: COVERED_BY_MEANING,
    sentences: COVERED_BY_SENTENCES,
    cross_lingual: COVERED_BY_CROSS_LINGUAL,
};
