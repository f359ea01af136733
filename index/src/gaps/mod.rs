//! The gaps that a log of questions shows: what was asked and not answered, and what an author can do about it.
//!
//! Questions that mean the same are grouped, groups are ranked by how often and how lately they were asked, and each gets a
//! [`Suggestion`]. What can be written is proved: the content is built in memory with it, the group is asked, and
//! the checks of questions and the answered questions of the log must end no worse than before.
//!
//! # Examples
//!
//! ```
//! use faqt::build::Builder;
//! use faqt::gaps::{GapOptions, Gaps, QuestionTally, Suggestion};
//! use faqt::log::LogRecord;
//!
//! let lamp = "---\nquestion: How do I reset the lamp?\n---\nHold the button.\n";
//! let builder = Builder::from_files("help", [("reset.md", lamp), ("loud.md", "---\nquestion: Is it loud?\n---\nNo.\n")]);
//! let kb = faqt::KnowledgeBase::from_vec(builder.build()?.pack)?;
//! let question = "it blinks red";
//! let mut tally = QuestionTally::default();
//! let asked = LogRecord::of(question, &kb.ask(question)?).with_knowledge_base(&kb);
//! tally.add(&asked);
//! tally.add(&asked.helped("reset", true));
//! let mut gaps = Gaps::find(&tally, &kb, &GapOptions::default())?;
//! gaps.prove(&kb, &builder)?;
//! let Suggestion::Alias { entry, text, proof, .. } = &gaps.groups[0].suggestion else { panic!("an alias") };
//! assert_eq!((entry.id.as_str(), text.as_str(), proof.is_proved()), ("reset", "it blinks red", true));
//! let changed = faqt::gaps::changed_texts(&kb, &builder, &[gaps.groups[0].suggestion.change().expect("an alias")])?;
//! assert!(changed.texts["reset.md"].contains("aliases:\n  - it blinks red\n"));
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```

mod change;
mod edit;
mod edit_yaml;
mod find;
mod found;
mod group;
mod profile;
mod prove;
mod report;
mod suggest;
mod synonyms;
mod tally;
mod verified;

pub use change::{Change, ChangedTexts, changed_texts};
pub use find::GapOptions;
pub use report::{CountedQuestion, EntryName, Gaps, Group, Proof, Suggestion};
pub use tally::QuestionTally;
pub use verified::with_verified;
