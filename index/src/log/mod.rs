//! Records of questions, for a program that keeps a log of them.
//!
//! A log says what readers ask and do not find. [`LogRecord`] is one line of it: a question with its outcome, or what a reader
//! did next. The library writes no file and reads no clock: the caller gives the day and appends
//! [`to_line`](LogRecord::to_line). Secrets in a question are masked when the record is made ([`mask_secrets`]).
//!
//! # Examples
//!
//! ```
//! use faqt::log::LogRecord;
//!
//! let kb = faqt::KnowledgeBase::from_markdown("# How do I reset the lamp?\n\nHold the button.\n\n# Is it loud?\n\nNo.\n")?;
//! let question = "reset the lamp of ann@example.org";
//! let asked = LogRecord::of(question, &kb.ask(question)?).with_knowledge_base(&kb).with_day("2026-11-27");
//! assert_eq!(asked.question, "reset the lamp of [email]");
//! let helped = asked.helped("faq#how-do-i-reset-the-lamp", true);
//! assert_eq!(LogRecord::parse(&helped.to_line())?, helped);
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```

mod mask;
mod record;
mod rules;

pub use mask::{MASKS, mask_secrets};
#[cfg(feature = "build")]
pub(crate) use record::checksum;
pub use record::{LOG_VERSION, LogError, LogEvent, LogRecord};
