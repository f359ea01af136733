//! Builds packs: from a folder of Markdown to one file, for build scripts and for authors.

use std::io::{self, BufWriter, Cursor, Seek, Write};
use std::path::{Path, PathBuf};

use super::asked_checks::AskedChecks;
use super::built::{Built, Checked};
use super::content::{self, Content};
use super::encoders::{Encoders, Given};
use super::freshness::Freshness;
use super::guard;
use super::origin::Origin;
use super::progress::Reporter;
use super::translations;
use super::write_pack::{self, PackOptions};
use crate::coverage::{self, Program};
use crate::error::{BuildError, OpenError};
use crate::knowledge_base::KnowledgeBase;
use crate::lint::hints;
use crate::pack::atomic_file::target::{Refusal, Target};
use crate::pack::atomic_file::{Replaceable, Replacement};
use crate::problem::check::Check;
use crate::problem::severity::{Level, Severity};
use crate::problem::{self, Problem, Problems, Strictness};
use crate::sentences::unfinished::Unfinished;
use crate::sentences::write::{self, Earlier};
use crate::source::covered::Covered;
use crate::source::files::{Files, Texts};
use crate::source::settings::Settings;
use crate::source::translation::Translation;
use crate::source::{settings_file, walk};

/// Markdown on its way to a pack: a folder, or files in memory.
///
/// In a build script, one line does everything:
///
/// ```no_run
/// faqt::build::Builder::new("help").emit();
/// ```
#[derive(Clone, Debug)]
pub struct Builder {
    pub(super) origin: Origin,
    pub(super) is_lenient: bool,
    pub(super) is_strict: bool,
    pub(super) is_standalone: bool,
    pub(super) asked: AskedChecks,
    pub(super) replaceable: Replaceable,
    pub(super) reporter: Reporter,
    pub(super) replaced: Texts,
    pub(super) encoders: Encoders,
    pub(super) programs: Vec<Program>,
    pub(super) freshness: Freshness<Covered>,
    pub(super) translations: Freshness<Translation>,
}

/// The result of a run of a [`Builder`].
struct Ran {
    checked: Checked,
    help_ids: Vec<String>,
    /// The encoder that the pack gets vectors by.
    encoder: Option<Given>,
}

/// The write buffer of a pack in bytes. Linux caches each write in one piece and maps the whole piece where one byte of
/// it is read. With 4 MiB, a cold question to 1,000,000 entries takes 98 MB of memory; with 128 KiB it takes 24 MB and
/// as much time.
const BUFFER_BYTES: usize = 128 << 10;

impl Builder {
    /// Starts from the folder at `path`; in a build script it counts from the package's folder.
    ///
    /// # Examples
    ///
    /// ```
    /// let builder = faqt::build::Builder::new("help");
    /// ```
    pub fn new(path: impl Into<PathBuf>) -> Builder {
        Builder::of(Origin::Folder(path.into()))
    }

    /// Starts from files in memory, each given by its path and its text; no file system is touched.
    ///
    /// They are read as a folder called `name` that holds them: `faqt.toml` has the settings, links between files are
    /// resolved, hidden files are left out, and the pack has the same bytes. Of two texts of one path the later counts.
    ///
    /// # Examples
    ///
    /// ```
    /// let builder = faqt::build::Builder::from_files(
    ///     "help",
    ///     [
    ///         ("lamp/reset.md", "# How do I reset the lamp?\n\nHold the button.\n"),
    ///         ("lamp/loud.md", "# Is it loud?\n\nNot after [a reset](reset.md).\n"),
    ///         ("faqt.toml", "language = \"en\"\n"),
    ///     ],
    /// );
    /// let kb = faqt::KnowledgeBase::from_vec(builder.build()?.pack)?;
    /// let loud = kb.entry("lamp/loud")?.expect("an entry");
    /// assert_eq!(loud.answer, "Not after [a reset](<faqt:lamp/reset>).");
    /// assert_eq!((kb.manifest().name.as_str(), loud.path.as_str()), ("help", "lamp/loud.md"));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn from_files<P: Into<String>, T: Into<String>>(
        name: impl Into<String>,
        files: impl IntoIterator<Item = (P, T)>,
    ) -> Builder {
        let files = files.into_iter().map(|(path, text)| (path.into(), text.into()));
        Builder::of(Origin::of_files(name.into(), files))
    }

    /// Names the files and folders beside the folder that files in memory were read from: a configuration file of a site
    /// generator there shows the dialect. A folder on disk has its own.
    ///
    /// # Examples
    ///
    /// ```
    /// let files = [("faq.md", "# Is it loud?\n\n!!! note\n    No.\n")];
    /// let builder = faqt::build::Builder::from_files("docs", files).beside(["mkdocs.yml"]);
    /// let kb = faqt::KnowledgeBase::from_vec(builder.build()?.pack)?;
    /// assert!(!kb.entry("faq")?.expect("an entry").answer.contains("!!!"));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[must_use]
    pub fn beside<N: Into<String>>(mut self, names: impl IntoIterator<Item = N>) -> Builder {
        self.origin.set_beside(names.into_iter().map(Into::into).collect());
        self
    }

    fn of(origin: Origin) -> Builder {
        Builder {
            origin,
            is_lenient: false,
            is_strict: false,
            is_standalone: false,
            asked: AskedChecks::default(),
            replaceable: Replaceable::Packs,
            reporter: Reporter::default(),
            replaced: Texts::default(),
            encoders: Encoders::default(),
            programs: Vec::new(),
            freshness: Freshness::default(),
            translations: Freshness::default(),
        }
    }

    /// Returns a hash of what the file system says of the folder's files: it changes when one is written, added,
    /// renamed or taken away, without any of them being read. Of files in memory it is a hash of their paths and texts. With
    /// an encoder, it is a hash of the model, too.
    ///
    /// # Examples
    ///
    /// ```
    /// # let folder = tempfile::tempdir()?;
    /// # std::fs::write(folder.path().join("faq.md"), "# How do I reset the lamp?\n\nHold the button.\n\n# Is it loud?\n\nNo.\n")?;
    /// let builder = faqt::build::Builder::new(folder.path());
    /// let before = builder.fingerprint();
    /// std::fs::write(folder.path().join("more.md"), "# Is it heavy?\n\nNo.\n")?;
    /// assert_ne!(builder.fingerprint(), before);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn fingerprint(&self) -> String {
        let fingerprint = self.origin.fingerprint();
        match self.encoders.given.as_ref().and_then(|(encoder, _)| encoder.facts().ok()) {
            Some((_, model, _)) => hash(format!("{fingerprint}{model:032x}").as_bytes()),
            None => fingerprint,
        }
    }

    /// Reads the folder and builds the pack in memory.
    ///
    /// # Errors
    ///
    /// If the folder cannot be read or is empty, the content has errors, all of which are reported at once, or the build is
    /// cancelled.
    ///
    /// # Examples
    ///
    /// ```
    /// # let text = "# How do I reset the lamp?\n\nHold the button.\n\n# Is it loud?\n\nNo.\n";
    /// let pack = faqt::build::Builder::from_files("help", [("faq.md", text)]).build()?.pack;
    /// assert_eq!(faqt::KnowledgeBase::from_vec(pack)?.manifest().entries, 2);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn build(&self) -> Result<Built, BuildError> {
        let mut pack = Cursor::new(Vec::new());
        let ran = self.run(&mut pack, |pack| KnowledgeBase::from_vec(pack.get_ref().clone()))?;
        let encoder = ran.encoder.clone();
        let built = self.built(ran)?;
        let mut pack = pack.into_inner();
        if let Some(encoder) = encoder {
            let kb = KnowledgeBase::from_vec(pack).map_err(BuildError::Open)?;
            let (with_sentences, unfinished) =
                self.with_sentences(&kb, &encoder, self.encoders.unfinished.as_deref())?;
            unfinished.remove();
            pack = with_sentences;
        }
        Ok(Built { bytes: pack.len(), pack, ..built })
    }

    /// Returns the pack of `kb` with sentence vectors, and the file that these are kept in.
    fn with_sentences(
        &self,
        kb: &KnowledgeBase,
        (encoder, before): &Given,
        unfinished: Option<&Path>,
    ) -> Result<(Vec<u8>, Unfinished), BuildError> {
        let earlier = Earlier { pack: before.as_ref().map(KnowledgeBase::reader), unfinished };
        write::add(kb.reader(), encoder, earlier, &self.reporter)
    }

    /// Checks the folder as [`Builder::build`] does, and returns all its problems.
    ///
    /// # Errors
    ///
    /// If the folder cannot be read or is empty, or the check is cancelled. Problems of the content are no error here.
    ///
    /// # Examples
    ///
    /// ```
    /// let text = "---\nquestion: Is it loud?\n---\nSee [this](#that).\n";
    /// let checked = faqt::build::Builder::from_files("help", [("faq.md", text)]).check()?;
    /// assert_eq!(checked.problems[0].check.name(), "broken-link");
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn check(&self) -> Result<Checked, BuildError> {
        // The pack is handed over, not copied: nothing else is done with it.
        let ran = self.run(Cursor::new(Vec::new()), |pack| KnowledgeBase::from_vec(std::mem::take(pack.get_mut())))?;
        Ok(ran.checked)
    }

    /// Opens the content.
    pub(crate) fn files(&self) -> Result<Files, BuildError> {
        Ok(self.origin.open()?.with_texts(&self.replaced))
    }

    /// Reads the folder, writes its pack to `out`, and checks findability in the knowledge base that `open` returns.
    fn run<W: Write + Seek>(
        &self,
        mut out: W,
        open: impl FnOnce(&mut W) -> Result<KnowledgeBase, OpenError>,
    ) -> Result<Ran, BuildError> {
        let files = self.files()?;
        let (settings, mut problems) = self.settings(&files)?;
        let encoder = self.encoders.of(&settings, &mut problems);
        let mut content = content::read(files, settings, problems, &self.reporter)?;
        if content.catalogue.is_empty() && content.problems.is_empty() {
            return Err(self.empty());
        }
        let mut coverage = Vec::new();
        if !content.catalogue.is_empty() {
            let name = content.settings.name.clone().unwrap_or_else(|| self.origin.name());
            let meaning_weight = guard::meaning_weight(&content, &self.reporter)?;
            let options = PackOptions { name, meaning_weight, is_standalone: self.is_standalone };
            out = write_pack::pack(&options, &mut content, out, &self.reporter)?;
            if !self.is_lenient && self.asked.findability {
                let kb = open(&mut out).map_err(BuildError::Open)?;
                let found = self.asked.problems(kb.reader(), &content, &self.reporter);
                content.problems.extend(found.map_err(BuildError::Ask)?);
                let mut programs = self.programs.clone();
                let line_at = |offset| content.settings.line_at(offset);
                let named = &content.settings.coverage;
                programs.extend(coverage::programs(named, self.origin.folder(), line_at, &mut content.problems));
                let (measured, found) = coverage::measured(&kb, &programs).map_err(BuildError::Ask)?;
                content.problems.extend(found);
                coverage = measured;
                let found = self.compare_with_history(&content);
                content.problems.extend(found);
            }
        }
        self.reporter.check()?;
        let strictness = match (self.is_strict, content.settings.strict) {
            (true, _) => Strictness::All,
            (false, true) => Strictness::Settings,
            (false, false) => Strictness::Lenient,
        };
        let mut problems = std::mem::take(&mut content.problems).into_sorted();
        problem::apply_levels(&mut problems, |check| content.settings.level(check), strictness);
        let Content { catalogue, sections, links, help_ids, redirects, .. } = content;
        if !self.is_lenient {
            hints::add(&mut problems, &catalogue, &help_ids, &redirects);
        }
        Ok(Ran {
            checked: Checked { entries: catalogue.len(), sections, links, problems, coverage },
            help_ids,
            encoder,
        })
    }

    /// Returns the problems that the history of files shows.
    fn compare_with_history(&self, content: &Content) -> Vec<Problem> {
        let has_files = |covered: &&Covered| !covered.globs.is_empty();
        let mut problems = self.freshness.problems(|| content.covered.iter().filter(has_files).cloned().collect());
        if !matches!(content.settings.level(Check::OutdatedTranslation), None | Some(Level::Off)) {
            problems.extend(self.translations.problems(|| translations::translations(content)));
        }
        problems
    }

    /// Reads the settings, with their problems. Unreadable settings may hide content: a lenient build fails, another
    /// goes on to find the other problems.
    fn settings(&self, files: &Files) -> Result<(Settings, Problems), BuildError> {
        let mut problems = Problems::default();
        match settings_file::settings(files, &mut problems) {
            Some(settings) => Ok((settings, problems)),
            None if self.is_lenient => Err(BuildError::Content(problems.into_sorted())),
            None => Ok((Settings::default(), problems)),
        }
    }

    /// Returns the result without the pack, unless the content has errors.
    fn built(&self, Ran { checked, help_ids, .. }: Ran) -> Result<Built, BuildError> {
        let is_error = |problem: &Problem| problem.severity == Severity::Error;
        if !self.is_lenient && checked.problems.iter().any(is_error) {
            return Err(BuildError::Content(checked.problems));
        }
        if checked.entries == 0 {
            return Err(self.empty());
        }
        let Checked { entries, sections, links, problems, .. } = checked;
        Ok(Built { pack: Vec::new(), bytes: 0, entries, sections, links, help_ids, warnings: problems })
    }

    fn empty(&self) -> BuildError {
        BuildError::Empty { path: self.origin.path().to_owned() }
    }

    /// Builds the pack and writes it to `file` atomically: the file is the old one or the new one, never half of one.
    ///
    /// The pack is written while it is built and never held whole, unless it gets sentence vectors; [`Built::pack`] stays
    /// empty.
    ///
    /// # Errors
    ///
    /// As [`Builder::build`], and if the file cannot be written. An existing file is replaced only if it is a pack or
    /// empty: else `source` of [`BuildError::Write`] holds a [`Refusal`].
    ///
    /// # Examples
    ///
    /// ```
    /// # let folder = tempfile::tempdir()?;
    /// # std::fs::write(folder.path().join("faq.md"), "# How do I reset the lamp?\n\nHold the button.\n\n# Is it loud?\n\nNo.\n")?;
    /// let file = folder.path().join("help.faqt");
    /// faqt::build::Builder::new(folder.path()).write_to(&file)?;
    /// assert_eq!(faqt::KnowledgeBase::open(&file)?.manifest().entries, 2);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn write_to(&self, file: impl AsRef<Path>) -> Result<Built, BuildError> {
        let file = file.as_ref();
        let cannot_write = |source| BuildError::Write { path: file.to_owned(), source };
        let mut replacement = self.replacement(file).map_err(cannot_write)?;
        let path = replacement.path().to_owned();
        let ran = self.run(BufWriter::with_capacity(BUFFER_BYTES, replacement.file()), |_| KnowledgeBase::open(&path));
        let ran = ran.map_err(|error| error.of_file(file))?;
        let encoder = ran.encoder.clone();
        let built = self.built(ran)?;
        let mut unfinished = None;
        if let Some(encoder) = encoder {
            let kb = KnowledgeBase::open(&path).map_err(BuildError::Open)?;
            let vectors = self.encoders.unfinished.clone().unwrap_or_else(|| replacement.path_beside(".vectors"));
            let made = self.with_sentences(&kb, &encoder, Some(&vectors)).map_err(|error| error.of_file(file))?;
            drop(kb);
            replacement.rewrite(&made.0).map_err(cannot_write)?;
            unfinished = Some(made.1);
        }
        let bytes = replacement.file().metadata().map_err(cannot_write)?.len();
        // It was mapped into memory just now.
        let bytes = usize::try_from(bytes).unwrap_or(usize::MAX);
        replacement.commit().map_err(cannot_write)?;
        if let Some(unfinished) = unfinished {
            unfinished.remove();
        }
        Ok(Built { bytes, ..built })
    }

    /// Starts the replacement of `file`, unless it would overwrite content.
    fn replacement(&self, file: &Path) -> io::Result<Replacement> {
        let target = Target::of(file)?;
        let folder = self.origin.folder().and_then(|folder| folder.canonicalize().ok());
        let is_within = folder.is_some_and(|folder| target.path().starts_with(folder));
        if is_within && (walk::is_source(target.path()) || target.is_other_file()?) {
            return Err(Refusal::Source.into());
        }
        Replacement::of(target, if is_within { Replaceable::Packs } else { self.replaceable })
    }
}

/// Returns a hash of `bytes`, in hexadecimal, for the names of files; it is no protection against forgery.
///
/// # Examples
///
/// ```
/// assert_eq!(faqt::build::hash(b"").len(), 32);
/// assert_ne!(faqt::build::hash(b"a"), faqt::build::hash(b"b"));
/// ```
pub fn hash(bytes: &[u8]) -> String {
    format!("{:032x}", twox_hash::XxHash3_128::oneshot(bytes))
}
