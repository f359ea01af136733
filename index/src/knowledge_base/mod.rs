//! A knowledge base, open and ready to be asked.

pub(crate) mod embedded;
mod in_database;
pub(crate) mod live;
mod lookup;
#[cfg(feature = "build")]
mod packed;
pub(crate) mod several;

use std::fmt;
use std::iter::FusedIterator;
use std::path::Path;
use std::sync::Arc;

use ownedbytes::OwnedBytes;

use crate::engine::panic_guard::catch_engine_panic;
use crate::error::{OpenError, PackError, SearchError};
use crate::model::entry::{Entry, Section};
use crate::model::manifest::Manifest;
use crate::pack::load::load;
use crate::reader::Reader;
use crate::search::ask;
use crate::search::complete::{self, Completion};
use crate::search::findings::Findings;
use crate::search::lookup::sections;
use crate::search::options::SearchOptions;
use crate::search::passage::{self, Passage};
use crate::sentences::EncoderState;
#[cfg(feature = "encoder")]
use crate::sentences::SentenceEncoder;

/// All the entries of one content folder, ready to search.
///
/// Cloning is cheap, and clones may be used from any number of threads at once.
///
/// # Examples
///
/// ```no_run
/// let kb = faqt::KnowledgeBase::open("help.faqt")?;
/// let found = kb.ask("how do I bind a domain?")?;
/// if let Some(hit) = found.answer() {
///     println!("{}", hit.entry.answer);
/// }
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone)]
pub struct KnowledgeBase {
    reader: Arc<Reader>,
}

impl KnowledgeBase {
    /// Opens the pack in the file at `path`, which is mapped into memory and must not be written in place while open.
    ///
    /// Without the feature `mmap` the file is read as a whole.
    ///
    /// # Errors
    ///
    /// If the file cannot be read, or is not a pack of this version, or is damaged.
    ///
    /// # Examples
    ///
    /// ```
    /// # let folder = tempfile::tempdir()?;
    /// # std::fs::write(folder.path().join("faq.md"), "# How do I reset the lamp?\n\nHold the button.\n")?;
    /// # let pack = folder.path().join("help.faqt");
    /// # faqt::build::Builder::new(folder.path()).write_to(&pack)?;
    /// let kb = faqt::KnowledgeBase::open(&pack)?;
    /// assert_eq!(kb.manifest().entries, 1);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn open(path: impl AsRef<Path>) -> Result<KnowledgeBase, OpenError> {
        let path = path.as_ref();
        let bytes = load(path).map_err(|source| OpenError::Read { path: path.to_owned(), source })?;
        KnowledgeBase::from_bytes(&bytes).map_err(|source| OpenError::File { path: path.to_owned(), source })
    }

    /// Opens the pack in `bytes`, in place.
    ///
    /// # Errors
    ///
    /// If the bytes are not a pack of this version, or are damaged.
    ///
    /// # Examples
    ///
    /// ```
    /// # let text = "# How do I reset the lamp?\n\nHold the button.\n";
    /// # let pack = faqt::build::Builder::from_files("help", [("faq.md", text)]).build()?.pack;
    /// let bytes: &'static [u8] = pack.leak();
    /// assert_eq!(faqt::KnowledgeBase::from_static(bytes)?.manifest().entries, 1);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn from_static(bytes: &'static [u8]) -> Result<KnowledgeBase, OpenError> {
        Ok(KnowledgeBase::from_bytes(&OwnedBytes::new(bytes))?)
    }

    /// Opens the pack in `bytes`.
    ///
    /// # Errors
    ///
    /// If the bytes are not a pack of this version, or are damaged.
    ///
    /// # Examples
    ///
    /// ```
    /// # let text = "# How do I reset the lamp?\n\nHold the button.\n";
    /// let pack = faqt::build::Builder::from_files("help", [("faq.md", text)]).build()?.pack;
    /// assert_eq!(faqt::KnowledgeBase::from_vec(pack)?.manifest().entries, 1);
    /// assert!(faqt::KnowledgeBase::from_vec(b"no pack".to_vec()).is_err());
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn from_vec(bytes: Vec<u8>) -> Result<KnowledgeBase, OpenError> {
        Ok(KnowledgeBase::from_bytes(&OwnedBytes::new(bytes))?)
    }

    fn from_bytes(bytes: &OwnedBytes) -> Result<KnowledgeBase, PackError> {
        Ok(KnowledgeBase { reader: Arc::new(catch_engine_panic(|| Reader::open(bytes))?) })
    }

    /// Returns the opened pack.
    pub(crate) fn reader(&self) -> &Reader {
        &self.reader
    }

    /// Returns the manifest of the pack.
    ///
    /// # Examples
    ///
    /// ```
    /// # let kb = faqt::KnowledgeBase::from_markdown("# How do I reset the lamp?\n\nHold the button.\n")?;
    /// assert_eq!(kb.manifest().languages, ["en"]);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn manifest(&self) -> &Manifest {
        &self.reader.manifest
    }

    /// Returns the newest version that an entry or a block of an answer names; `None` if all are for every version.
    ///
    /// # Examples
    ///
    /// ```
    /// let text = "---\nquestion: Is it loud?\nsince: 2.4\n---\nNo.\n";
    /// let built = faqt::build::Builder::from_files("help", [("loud.md", text)]).build()?;
    /// assert_eq!(faqt::KnowledgeBase::from_vec(built.pack)?.newest_version(), Some("2.4"));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn newest_version(&self) -> Option<&str> {
        self.reader.editions.as_ref()?.newest()
    }

    /// Returns the checksum in the head of the pack. It covers every byte: packs that differ have others, but for forged ones.
    ///
    /// # Examples
    ///
    /// ```
    /// let kb = faqt::KnowledgeBase::from_markdown("# Is it loud?\n\nNo.\n")?;
    /// assert_ne!(kb.checksum(), faqt::KnowledgeBase::from_markdown("# Is it loud?\n\nYes.\n")?.checksum());
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn checksum(&self) -> u64 {
        self.reader.pack.checksum()
    }

    /// Returns true if questions are compared with entries by meaning, beside words: the pack has vectors, and this program
    /// the tables that they were made with (feature `meaning`).
    ///
    /// # Examples
    ///
    /// ```
    /// # let kb = faqt::KnowledgeBase::from_markdown("# How do I reset the lamp?\n\nHold the button.\n")?;
    /// assert_eq!(kb.compares_meaning(), !kb.manifest().meaning.is_empty());
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn compares_meaning(&self) -> bool {
        self.reader.vectors.is_some()
    }

    /// Compares questions by a sentence encoder from now on, in this knowledge base and its clones; the first encoder that
    /// is attached counts. Only a pack that was built with the same model uses it.
    ///
    /// # Examples
    ///
    /// ```
    /// # let kb = faqt::KnowledgeBase::from_markdown("# How do I reset the lamp?\n\nHold the button.\n")?;
    /// kb.attach_encoder(&std::sync::Arc::new(faqt::SentenceEncoder::at("all-MiniLM-L6-v2.encoder")));
    /// assert_eq!(kb.encoder_state(), faqt::EncoderState::NotNeeded);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[cfg(feature = "encoder")]
    pub fn attach_encoder(&self, encoder: &Arc<SentenceEncoder>) {
        // A second encoder is left out.
        let _ = self.reader.encoder.set(Arc::clone(encoder));
    }

    /// Returns the readiness to compare questions by a sentence encoder, which is opened for it.
    ///
    /// # Examples
    ///
    /// ```
    /// # let kb = faqt::KnowledgeBase::from_markdown("# How do I reset the lamp?\n\nHold the button.\n")?;
    /// assert_eq!(kb.encoder_state(), faqt::EncoderState::NotNeeded);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn encoder_state(&self) -> EncoderState {
        self.reader.encoder_state()
    }

    /// Answers a question in a reader's own words.
    ///
    /// A question may be any text of any length. It is read up to 128 distinct terms and 16 KiB: a longer question is
    /// answered by its beginning, in the same time.
    ///
    /// # Errors
    ///
    /// If the pack turns out to be damaged where it has to be read. No question is an error.
    ///
    /// # Examples
    ///
    /// ```
    /// # let kb = faqt::KnowledgeBase::from_markdown("# How do I reset the lamp?\n\nHold the button.\n")?;
    /// let found = kb.ask("reset lamp")?;
    /// assert_eq!(found.outcome, faqt::Outcome::Answered);
    /// assert_eq!(found.hits[0].entry.question, "How do I reset the lamp?");
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn ask(&self, question: &str) -> Result<Findings, SearchError> {
        self.search(question, &SearchOptions::default())
    }

    /// Searches with options.
    ///
    /// # Errors
    ///
    /// As [`KnowledgeBase::ask`].
    ///
    /// # Examples
    ///
    /// ```
    /// # let kb = faqt::KnowledgeBase::from_markdown("# How do I reset the lamp?\n\nHold the button.\n")?;
    /// let options = faqt::SearchOptions::default().with_limit(3).with_explain(true);
    /// let why = kb.search("reset lamp", &options)?.why.expect("it was asked for");
    /// assert_eq!(why.terms.len(), 2);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn search(&self, query: &str, options: &SearchOptions) -> Result<Findings, SearchError> {
        self.read(|reader| ask::search(reader, query, options))
    }

    /// Returns the passage of an entry's answer that holds the terms of `query` best, the rare ones first.
    ///
    /// The passage is the whole answer if `fits` is true for that. Else it is a part for which `fits` is true: a block of
    /// the answer with its heading and the blocks behind it; or the best block alone, which may not fit.
    ///
    /// # Errors
    ///
    /// As [`KnowledgeBase::ask`].
    ///
    /// # Examples
    ///
    /// ```
    /// let text = "---\nquestion: How is the lamp?\n---\n\nIt is green.\n\nIt hums, which is normal.\n";
    /// let kb = faqt::KnowledgeBase::from_vec(faqt::build::Builder::from_files("help", [("a.md", text)]).build()?.pack)?;
    /// let entry = kb.entry("a")?.expect("it is in the folder");
    /// let passage = kb.passage("does the lamp hum", &entry, |markdown| markdown.lines().count() <= 1)?;
    /// assert_eq!((passage.markdown.as_str(), passage.words.as_slice()), ("It hums, which is normal.", &["hums".to_owned()][..]));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn passage(
        &self,
        query: &str,
        entry: &Entry,
        mut fits: impl FnMut(&str) -> bool,
    ) -> Result<Passage, SearchError> {
        passage::passage(&self.reader, query, entry, &mut fits)
    }

    /// Returns at most `limit` questions that complete the typed text, the best first; for search as you type.
    ///
    /// The last word may be a prefix, unless a space follows it. An empty text has no completions.
    ///
    /// # Errors
    ///
    /// As [`KnowledgeBase::ask`].
    ///
    /// # Examples
    ///
    /// ```
    /// let kb = faqt::KnowledgeBase::from_markdown("# How do I reset the lamp?\n\nHold.\n\n# Is it loud?\n\nNo.\n")?;
    /// assert_eq!(kb.complete("res", 5)?[0].question, "How do I reset the lamp?");
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn complete(&self, typed: &str, limit: usize) -> Result<Vec<Completion>, SearchError> {
        self.read(|reader| complete::complete(reader, typed, limit))
    }

    /// Returns all entries in the order of the table of contents, from either end.
    ///
    /// Blocks of answers for other versions than the latest are left out. An entry is read when it is asked for. An error does
    /// not end the iteration: the entries behind it follow.
    ///
    /// # Examples
    ///
    /// ```
    /// # let kb = faqt::KnowledgeBase::from_markdown("# How do I reset the lamp?\n\nHold the button.\n")?;
    /// for entry in kb.entries() {
    ///     println!("{}", entry?.question);
    /// }
    /// assert_eq!(kb.entries().len(), 1);
    /// let last = kb.entries().next_back().expect("an entry")?;
    /// assert_eq!(last.question, "How do I reset the lamp?");
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn entries(
        &self,
    ) -> impl ExactSizeIterator<Item = Result<Entry, SearchError>> + DoubleEndedIterator + FusedIterator {
        self.reader.entries.iter_as(|entry| self.reader.shown(entry, None))
    }

    /// Returns the table of contents: each section that holds entries, in order, with the ids of its entries.
    ///
    /// Every entry is read, so the time grows with their number.
    ///
    /// # Errors
    ///
    /// As [`KnowledgeBase::ask`].
    ///
    /// # Examples
    ///
    /// ```
    /// let kb = faqt::KnowledgeBase::from_markdown("# The lamp\n\n## Is it loud?\n\nNo.\n")?;
    /// let sections = kb.sections()?;
    /// assert_eq!(sections[0].path, ["The lamp"]);
    /// assert_eq!(sections[0].entries, ["faq#is-it-loud"]);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn sections(&self) -> Result<Vec<Section>, SearchError> {
        catch_engine_panic(|| sections(&self.reader))
    }

    /// Reads the whole pack: each byte against its checksum, each entry with its phrasings, the posting list of each
    /// term, and each id, which must lead to its entry.
    ///
    /// The time grows with the length of the pack.
    ///
    /// # Errors
    ///
    /// If the pack is damaged anywhere, or was written by something other than a build.
    ///
    /// # Examples
    ///
    /// ```
    /// # let kb = faqt::KnowledgeBase::from_markdown("# How do I reset the lamp?\n\nHold the button.\n")?;
    /// kb.verify()?;
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn verify(&self) -> Result<(), PackError> {
        catch_engine_panic(|| self.reader.verify())
    }

    /// Returns the parts of the pack: the name and the length in bytes of each, which add up to the length of the pack.
    ///
    /// # Examples
    ///
    /// ```
    /// # let text = "# How do I reset the lamp?\n\nHold the button.\n";
    /// let pack = faqt::build::Builder::from_files("help", [("faq.md", text)]).build()?.pack;
    /// let kb = faqt::KnowledgeBase::from_vec(pack.clone())?;
    /// assert_eq!(kb.parts().map(|(_, length)| length).sum::<usize>(), pack.len());
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn parts(&self) -> impl Iterator<Item = (&str, usize)> {
        self.reader.pack.sections().chain(std::iter::once(("head", self.reader.pack.head_length())))
    }
}

impl fmt::Debug for KnowledgeBase {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("KnowledgeBase").field("manifest", &self.reader.manifest).finish_non_exhaustive()
    }
}
