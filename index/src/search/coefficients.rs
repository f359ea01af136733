//! Coefficients of confidence, a logistic regression. Written by `evaluation/fit.py`: fit again, do not edit.

use super::log_odds::Coefficients;

/// The log odds that the first hit answers, where no vectors are compared. The L2 penalty is 0.001.
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
/// banking77    5196   .466    .853      .481  .045     .852      .484  .052
/// clinc150     6601   .479    .890      .417  .023     .890      .419  .026
/// cosibot_pt   2089   .349    .862      .431  .034     .861      .433  .032
/// dtc_faq      3524   .558    .914      .384  .058     .913      .391  .065
/// jaquad       3508   .588    .875      .458  .065     .849      .512  .112
/// powerplay11  2353   .313    .831      .486  .091     .832      .511  .122
/// sofmattress  2284   .476    .834      .519  .073     .832      .552  .115
/// stackfaq     4170   .542    .892      .423  .068     .885      .436  .071
/// telecom      3516   .561    .814      .528  .046     .813      .534  .047
/// mean                .482    .863      .459  .056     .859      .475  .071
/// ```
pub(super) const ANSWERS_BY_WORDS: Coefficients = Coefficients {
    intercept: -2.6395,
    log_matched_weight: 1.3306,
    log_score: 1.5385,
    max_idf: -0.7392,
    meaning: 0.0000,
    root_lead: 3.3153,
    squared_similarity: 1.8086,
    unknown_in_long: -0.9210,
};

/// The log odds that the first hit answers, where vectors are compared. The L2 penalty is 0.001.
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
/// banking77    5196   .484    .867      .466  .058     .867      .472  .071
/// clinc150     6619   .496    .897      .408  .028     .896      .410  .026
/// cosibot_pt   2168   .351    .866      .427  .039     .862      .440  .055
/// dtc_faq      3524   .553    .899      .415  .064     .887      .458  .103
/// powerplay11  2488   .311    .830      .491  .100     .831      .513  .128
/// sofmattress  2381   .482    .847      .492  .070     .846      .521  .105
/// stackfaq     4170   .581    .888      .421  .034     .886      .425  .040
/// mean                .465    .871      .446  .056     .868      .463  .075
/// ```
pub(super) const ANSWERS_BY_MEANING: Coefficients = Coefficients {
    intercept: -2.9935,
    log_matched_weight: 1.2376,
    log_score: 0.7384,
    max_idf: -1.3362,
    meaning: 1.1477,
    root_lead: 3.5350,
    squared_similarity: 1.6345,
    unknown_in_long: -0.6789,
};

/// The log odds that one of the first five hits answers, where no vectors are compared. The L2 penalty is 0.001.
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
/// banking77    5196   .562    .820      .522  .060     .820      .527  .070
/// clinc150     6601   .557    .870      .451  .027     .870      .452  .028
/// cosibot_pt   2089   .472    .798      .569  .062     .797      .587  .088
/// dtc_faq      3524   .616    .902      .426  .104     .902      .434  .110
/// jaquad       3508   .647    .773      .537  .062     .746      .576  .096
/// powerplay11  2353   .395    .793      .560  .096     .793      .586  .137
/// sofmattress  2284   .585    .830      .530  .092     .828      .575  .151
/// stackfaq     4170   .651    .851      .462  .055     .845      .471  .065
/// telecom      3516   .624    .815      .497  .029     .815      .498  .029
/// mean                .568    .828      .506  .065     .824      .523  .086
/// ```
pub(super) const COVERED_BY_WORDS: Coefficients = Coefficients {
    intercept: -1.0915,
    log_matched_weight: 1.1759,
    log_score: 1.5357,
    max_idf: 0.0697,
    meaning: 0.0000,
    root_lead: 0.0000,
    squared_similarity: 2.4289,
    unknown_in_long: -1.3169,
};

/// The log odds that one of the first five hits answers, where vectors are compared. The L2 penalty is 0.001.
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
/// banking77    5196   .574    .840      .507  .078     .839      .517  .095
/// clinc150     6619   .574    .878      .443  .041     .877      .446  .040
/// cosibot_pt   2168   .462    .815      .550  .101     .809      .597  .147
/// dtc_faq      3524   .615    .882      .455  .107     .870      .483  .121
/// powerplay11  2488   .402    .790      .579  .109     .790      .610  .151
/// sofmattress  2381   .593    .831      .517  .091     .831      .561  .147
/// stackfaq     4170   .655    .864      .440  .049     .862      .443  .051
/// mean                .554    .843      .499  .082     .840      .522  .107
/// ```
pub(super) const COVERED_BY_MEANING: Coefficients = Coefficients {
    intercept: -1.4174,
    log_matched_weight: 1.0758,
    log_score: 0.5773,
    max_idf: -0.5614,
    meaning: 1.2087,
    root_lead: 0.0000,
    squared_similarity: 2.9512,
    unknown_in_long: -0.9516,
};
