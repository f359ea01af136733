//! One line of a log: a question with its outcome, or what a reader did with an answer.

use serde::{Deserialize, Deserializer, Serialize};

use super::mask::mask_secrets;
use crate::evaluation::query::fault_of;
use crate::knowledge_base::KnowledgeBase;
use crate::model::names::named;
use crate::render::json;
use crate::search::findings::Findings;
use crate::search::outcome::Outcome;

/// The version of the records that this library writes and reads. Fields are added within a version and never changed.
///
/// # Examples
///
/// ```
/// assert_eq!(faqt::log::LOG_VERSION, 1);
/// ```
pub const LOG_VERSION: u32 = 1;

/// The most characters of a question that a record holds.
const QUESTION_CHARS_MAX: usize = 1_000;
/// The most bytes of a question that are searched for secrets, so that none is cut in two before it is masked.
const MASKED_BYTES_MAX: usize = 16 << 10;
/// The most entries that a record holds.
const ENTRIES_MAX: usize = 5;

/// The event that a record is of.
///
/// # Examples
///
/// ```
/// assert_eq!(faqt::log::LogEvent::NotHelped.to_string(), "not_helped");
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum LogEvent {
    /// A question was asked.
    Asked,
    /// An entry was opened that the question had found.
    Opened,
    /// A reader said that an entry answered the question.
    Helped,
    /// A reader said that an entry did not answer the question.
    NotHelped,
}

named!(LogEvent, "event": Asked = "asked", Opened = "opened", Helped = "helped", NotHelped = "not_helped");

/// A record of a log: neither who asked nor the time of day.
///
/// # Examples
///
/// ```
/// # let kb = faqt::KnowledgeBase::from_markdown("# How do I reset the lamp?\n\nHold the button.\n\n# Is it loud?\n\nNo.\n")?;
/// let record = faqt::log::LogRecord::of("reset lamp", &kb.ask("reset lamp")?).with_day("2026-11-27");
/// assert!(record.to_line().starts_with(r#"{"log_version":1,"event":"asked","day":"2026-11-27","question":"reset lamp","#));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct LogRecord {
    /// The version of the record, [`LOG_VERSION`].
    pub log_version: u32,
    /// The event.
    #[serde(deserialize_with = "named")]
    pub event: LogEvent,
    /// The day, such as `2026-11-27`; empty if the caller gave none.
    #[serde(default)]
    pub day: String,
    /// The question, at most 1,000 characters of it, with secrets masked.
    pub question: String,
    /// The outcome of the question.
    #[serde(deserialize_with = "named")]
    pub outcome: Outcome,
    /// The confidence in the first entry, from 0 to 1.
    #[serde(default)]
    pub confidence: f32,
    /// The ids of the first five entries found, the best first; of a later event, the one entry that it is of.
    #[serde(default)]
    pub entries: Vec<String>,
    /// The name of the knowledge base.
    #[serde(default)]
    pub knowledge_base: String,
    /// The checksum of the pack, 16 hexadecimal digits.
    #[serde(default)]
    pub pack: String,
    /// The program that asked, with its version.
    #[serde(default)]
    pub program: String,
}

impl LogRecord {
    /// Returns the record of a question and what it found.
    ///
    /// # Examples
    ///
    /// ```
    /// # let kb = faqt::KnowledgeBase::from_markdown("# How do I reset the lamp?\n\nHold the button.\n\n# Is it loud?\n\nNo.\n")?;
    /// let record = faqt::log::LogRecord::of("reset lamp", &kb.ask("reset lamp")?);
    /// assert_eq!((record.outcome, record.entries[0].as_str()), (faqt::Outcome::Answered, "faq#how-do-i-reset-the-lamp"));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn of(question: &str, findings: &Findings) -> LogRecord {
        let ids = findings.hits.iter().map(|hit| hit.entry.id.clone());
        LogRecord::asked(question, findings.outcome, findings.confidence, ids)
    }

    /// Returns the record of a question from the numbers of its findings: for programs that have these as JSON.
    ///
    /// # Examples
    ///
    /// ```
    /// let record = faqt::log::LogRecord::asked("my pin is k4-11x", faqt::Outcome::NotCovered, 0.1, ["a".to_owned()]);
    /// assert_eq!(record.question, "my pin is [password]");
    /// ```
    pub fn asked(
        question: &str,
        outcome: Outcome,
        confidence: f32,
        entries: impl IntoIterator<Item = String>,
    ) -> LogRecord {
        let searched = &question[..question.floor_char_boundary(MASKED_BYTES_MAX)];
        let masked: String = mask_secrets(searched.trim()).chars().take(QUESTION_CHARS_MAX).collect();
        LogRecord {
            log_version: LOG_VERSION,
            event: LogEvent::Asked,
            day: String::new(),
            question: masked,
            outcome,
            confidence: (confidence * 1_000.0).round() / 1_000.0,
            entries: entries.into_iter().take(ENTRIES_MAX).collect(),
            knowledge_base: String::new(),
            pack: String::new(),
            program: String::new(),
        }
    }

    /// Makes a record from the facts of an event as JSON, for programs in other languages: `question`, `outcome`, and where they
    /// are known `event` (else `asked`), `confidence`, `entries`, `day` and `program`. Secrets are masked, and the knowledge
    /// base is that of `kb`.
    ///
    /// # Errors
    ///
    /// If the facts are no such JSON object.
    ///
    /// # Examples
    ///
    /// ```
    /// # let kb = faqt::KnowledgeBase::from_markdown("# How do I reset the lamp?\n\nHold the button.\n")?;
    /// let facts = r#"{"question": "mail a@b.org", "outcome": "not_covered", "day": "2026-11-27"}"#;
    /// let record = faqt::log::LogRecord::from_facts(facts, &kb)?;
    /// assert_eq!((record.question.as_str(), record.pack.len()), ("mail [email]", 16));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn from_facts(json: &str, kb: &KnowledgeBase) -> Result<LogRecord, LogError> {
        #[derive(Deserialize)]
        #[serde(deny_unknown_fields)]
        struct Facts {
            question: String,
            #[serde(deserialize_with = "named")]
            outcome: Outcome,
            #[serde(default = "asked", deserialize_with = "named")]
            event: LogEvent,
            #[serde(default)]
            confidence: f32,
            #[serde(default)]
            entries: Vec<String>,
            #[serde(default)]
            day: String,
            #[serde(default)]
            program: String,
        }
        fn asked() -> LogEvent {
            LogEvent::Asked
        }
        if !json.trim_start().starts_with('{') {
            return Err(LogError::Broken("not a JSON object".to_owned()));
        }
        let facts: Facts = serde_json::from_str(json).map_err(broken)?;
        let record = LogRecord::asked(&facts.question, facts.outcome, facts.confidence, facts.entries);
        let record = record.with_knowledge_base(kb).with_day(facts.day).with_program(facts.program);
        Ok(LogRecord { event: facts.event, ..record })
    }

    /// Sets the day, such as `2026-11-27`.
    #[must_use]
    pub fn with_day(mut self, day: impl Into<String>) -> LogRecord {
        self.day = day.into();
        self
    }

    /// Sets the name and the checksum of the knowledge base that was asked.
    #[must_use]
    pub fn with_knowledge_base(mut self, kb: &KnowledgeBase) -> LogRecord {
        self.knowledge_base.clone_from(&kb.manifest().name);
        self.pack = checksum(kb);
        self
    }

    /// Sets the program that asked, with its version.
    #[must_use]
    pub fn with_program(mut self, program: impl Into<String>) -> LogRecord {
        self.program = program.into();
        self
    }

    /// Returns the record that an entry was opened after this question.
    ///
    /// # Examples
    ///
    /// ```
    /// # let kb = faqt::KnowledgeBase::from_markdown("# How do I reset the lamp?\n\nHold the button.\n\n# Is it loud?\n\nNo.\n")?;
    /// let asked = faqt::log::LogRecord::of("lamp", &kb.ask("lamp")?);
    /// assert_eq!(asked.opened("faq#is-it-loud").entries, ["faq#is-it-loud"]);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[must_use]
    pub fn opened(&self, entry: &str) -> LogRecord {
        LogRecord { event: LogEvent::Opened, entries: vec![entry.to_owned()], ..self.clone() }
    }

    /// Returns the record that an entry helped with this question, or did not.
    ///
    /// # Examples
    ///
    /// ```
    /// # let kb = faqt::KnowledgeBase::from_markdown("# How do I reset the lamp?\n\nHold the button.\n\n# Is it loud?\n\nNo.\n")?;
    /// let asked = faqt::log::LogRecord::of("lamp", &kb.ask("lamp")?);
    /// assert_eq!(asked.helped("faq#is-it-loud", false).event, faqt::log::LogEvent::NotHelped);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[must_use]
    pub fn helped(&self, entry: &str, has_helped: bool) -> LogRecord {
        let event = if has_helped { LogEvent::Helped } else { LogEvent::NotHelped };
        LogRecord { event, entries: vec![entry.to_owned()], ..self.clone() }
    }

    /// Returns the record as one line of JSON, with its line end. Control characters are escaped.
    ///
    /// A log stays whole if each line is appended by a single write to a file that was opened for appending.
    pub fn to_line(&self) -> String {
        // Records are structures with text keys, which serde_json always writes.
        json::to_string(self).unwrap_or_default() + "\n"
    }

    /// Reads a line of a log.
    ///
    /// # Errors
    ///
    /// If the line is no record, or one of another version.
    ///
    /// # Examples
    ///
    /// ```
    /// use faqt::log::LogRecord;
    ///
    /// assert!(LogRecord::parse("{\"log_ver").is_err());
    /// let error = LogRecord::parse(r#"{"log_version": 7, "event": "sung"}"#).unwrap_err();
    /// assert_eq!(error.to_string(), "a record of version 7; this program reads version 1");
    /// ```
    pub fn parse(line: &str) -> Result<LogRecord, LogError> {
        #[derive(Deserialize)]
        struct Head {
            log_version: u32,
        }
        if !line.trim_start().starts_with('{') {
            return Err(LogError::Broken("not a JSON object".to_owned()));
        }
        match serde_json::from_str::<LogRecord>(line) {
            Ok(record) if record.log_version == LOG_VERSION => Ok(record),
            Ok(record) => Err(LogError::Version(record.log_version)),
            Err(error) => Err(match serde_json::from_str::<Head>(line) {
                Ok(head) if head.log_version != LOG_VERSION => LogError::Version(head.log_version),
                _ => broken(error),
            }),
        }
    }
}

/// Returns the checksum of a pack as records have it.
pub(crate) fn checksum(kb: &KnowledgeBase) -> String {
    format!("{:016x}", kb.checksum())
}

/// The reason that a line of a log is not read.
///
/// # Examples
///
/// ```
/// let error = faqt::log::LogRecord::parse("no JSON").unwrap_err();
/// assert_eq!(error.to_string(), "not a record: not a JSON object");
/// ```
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum LogError {
    /// The line is no record; the fault is a lowercase phrase.
    #[error("not a record: {0}")]
    Broken(String),
    /// The record is of another version.
    #[error("a record of version {0}; this program reads version {LOG_VERSION}")]
    Version(u32),
}

#[expect(clippy::needless_pass_by_value, reason = "the shape that map_err asks for")]
fn broken(error: serde_json::Error) -> LogError {
    LogError::Broken(fault_of(&error))
}

/// Reads a value by its name.
fn named<'de, D: Deserializer<'de>, T: std::str::FromStr<Err: std::fmt::Display>>(from: D) -> Result<T, D::Error> {
    let name = std::borrow::Cow::<'de, str>::deserialize(from)?;
    name.parse().map_err(serde::de::Error::custom)
}
