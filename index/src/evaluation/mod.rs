//! Measuring a knowledge base: query files, and the measures of retrieval and refusal over their questions.
//!
//! # Examples
//!
//! ```
//! let kb = faqt::KnowledgeBase::from_markdown("# How do I reset the lamp?\n\nHold the button.\n\n# Is it loud?\n\nNo.\n")?;
//! let queries = faqt::evaluation::queries(r#"{"query": "lamp reset", "expect": ["how-do-i-reset-the-lamp"]}"#)?;
//! let report = faqt::evaluation::evaluate(&kb, &queries)?;
//! assert_eq!(report.covered.expect("one is covered").mrr_at_10, 1.0);
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```

pub(crate) mod first_hit;
pub(crate) mod measures;
pub(crate) mod query;

pub use first_hit::{FirstHit, first_hits};
pub use measures::{Covered, JudgedQuestion, Miss, NotCovered, Report, Standing, Threshold, evaluate, evaluate_by};
pub use query::{Query, QueryError, queries};
