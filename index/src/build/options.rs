//! The options of a [`Builder`].

use std::sync::Arc;
use std::sync::atomic::AtomicBool;

use super::builder::Builder;
use super::freshness::Freshness;
use super::progress::Progress;
use crate::coverage::Program;
use crate::pack::atomic_file::Replaceable;
use crate::source::covered::{Covered, FreshnessProblem};
use crate::source::files;
use crate::source::translation::Translation;

impl Builder {
    /// Builds a pack of the sound content, even if other parts have errors.
    ///
    /// Errors are reported with the warnings, and findability is not checked. This is for the reader of somebody else's
    /// folder, who wants answers and cannot mend it. Unreadable settings are an error, because they may hide content.
    ///
    /// # Examples
    ///
    /// ```
    /// let text = "---\nquestion: Is it loud?\n---\nSee [this](#that).\n";
    /// let builder = faqt::build::Builder::from_files("help", [("faq.md", text)]);
    /// assert!(builder.build().is_err());
    /// assert_eq!(builder.lenient(true).build()?.entries, 1);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[must_use]
    pub fn lenient(mut self, is_lenient: bool) -> Builder {
        self.is_lenient = is_lenient;
        self
    }

    /// Compares the entries with what a program can say: each command, flag and code should have an entry that comes first for
    /// its name and for its help sentence. Others are problems of the check `uncovered`, and [`Checked`](super::Checked) has the
    /// numbers.
    ///
    /// # Examples
    ///
    /// ```
    /// use faqt::coverage::Program;
    ///
    /// let builder = faqt::build::Builder::from_files("help", [("faq.md", "# What does E7 mean?\n\nNothing.\n")]);
    /// let checked = builder.covering(Program::from_codes("lamp", ["E7"])).check()?;
    /// assert!(checked.problems.is_empty());
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[must_use]
    pub fn covering(mut self, program: Program) -> Builder {
        self.programs.push(program);
        self
    }

    /// Lets `compare` say which entries are older than the files that they cover. It is called with all of them, unless there
    /// are none: the library reads no history itself.
    ///
    /// # Examples
    ///
    /// ```
    /// use faqt::build::{Builder, Check, FreshnessProblem};
    ///
    /// let text = "---\nquestion: Is it loud?\ncovers: [../src/horn.rs]\n---\nNo.\n";
    /// let checked = Builder::from_files("help", [("loud.md", text)])
    ///     .freshness(|covered| vec![FreshnessProblem::new(Check::Stale, &covered[0].path, covered[0].line, "it changed")])
    ///     .check()?;
    /// assert_eq!(checked.problems[0].to_string(), "loud.md:3: it changed");
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[must_use]
    pub fn freshness(
        mut self,
        compare: impl Fn(&[Covered]) -> Vec<FreshnessProblem> + Send + Sync + 'static,
    ) -> Builder {
        self.freshness = Freshness(Some(Arc::new(compare)));
        self
    }

    /// Lets `compare` say which translations are older than their sources. It is called with all of them if `[checks]` in
    /// `faqt.toml` sets `outdated-translation` and there are any: the library reads no history itself.
    ///
    /// # Examples
    ///
    /// ```
    /// use faqt::build::{Builder, Check, FreshnessProblem};
    ///
    /// let files = [
    ///     ("loud.md", "---\nquestion: Is it loud?\n---\nNo.\n"),
    ///     ("loud.zh.md", "---\nquestion: 响吗？\n---\n不响。\n"),
    ///     ("faqt.toml", "[checks]\noutdated-translation = 'warning'\n"),
    /// ];
    /// let old = |path: &str| FreshnessProblem::new(Check::OutdatedTranslation, path, 1, "`loud.md` changed");
    /// let checked = Builder::from_files("help", files).translations(move |all| vec![old(&all[0].path)]).check()?;
    /// assert_eq!(checked.problems[0].to_string(), "loud.zh.md:1: `loud.md` changed");
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[must_use]
    pub fn translations(
        mut self,
        compare: impl Fn(&[Translation]) -> Vec<FreshnessProblem> + Send + Sync + 'static,
    ) -> Builder {
        self.translations = Freshness(Some(Arc::new(compare)));
        self
    }

    /// Makes every warning an error.
    ///
    /// # Examples
    ///
    /// ```
    /// let text = "# Is it loud?\n\nNo, as [the manual](manual.md) says.\n";
    /// let builder = faqt::build::Builder::from_files("help", [("faq.md", text)]);
    /// assert!(!builder.build()?.warnings.is_empty());
    /// assert!(builder.strict(true).build().is_err());
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[must_use]
    pub fn strict(mut self, is_strict: bool) -> Builder {
        self.is_strict = is_strict;
        self
    }

    /// Puts the tables that vectors of meaning are made with into the pack, 5 MB, so that a program that is linked without
    /// them, or with others, compares questions by meaning all the same. Without feature `meaning` nothing changes.
    ///
    /// # Examples
    ///
    /// ```
    /// # let builder = faqt::build::Builder::from_files("help", [("faq.md", "# Is it loud?\n\nNo.\n")]);
    /// let kb = faqt::KnowledgeBase::from_vec(builder.standalone(true).build()?.pack)?;
    /// assert_eq!(kb.compares_meaning(), kb.parts().any(|(name, _)| name == "pieces"));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[must_use]
    pub fn standalone(mut self, is_standalone: bool) -> Builder {
        self.is_standalone = is_standalone;
        self
    }

    /// Reads texts in place of the files at their paths, which count from the top of the content: the pack is that of the
    /// content after a change, which is not written yet.
    ///
    /// # Examples
    ///
    /// ```
    /// let builder = faqt::build::Builder::from_files("help", [("faq.md", "# Is it loud?\n\nNo.\n")]);
    /// let changed = builder.with_texts([("faq.md", "# Is it loud?\n\nNot at night.\n")]).build()?.pack;
    /// let kb = faqt::KnowledgeBase::from_vec(changed)?;
    /// assert_eq!(kb.ask("loud")?.hits[0].entry.answer, "Not at night.");
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[must_use]
    pub fn with_texts<P: Into<String>, T: Into<String>>(mut self, texts: impl IntoIterator<Item = (P, T)>) -> Builder {
        self.replaced = files::texts(texts.into_iter().map(|(path, text)| (path.into(), text.into())));
        self
    }

    /// Lets [`Builder::write_to`] replace a file that is not a pack. A file of the content folder is never replaced.
    ///
    /// # Examples
    ///
    /// ```
    /// # let folder = tempfile::tempdir()?;
    /// # let content = folder.path().join("help");
    /// # std::fs::create_dir(&content)?;
    /// # std::fs::write(content.join("faq.md"), "# How do I reset the lamp?\n\nHold the button.\n\n# Is it loud?\n\nNo.\n")?;
    /// let file = folder.path().join("notes.txt");
    /// std::fs::write(&file, "Buy bulbs.")?;
    /// let builder = faqt::build::Builder::new(&content);
    /// assert!(builder.write_to(&file).is_err());
    /// assert_eq!(std::fs::read_to_string(&file)?, "Buy bulbs.");
    /// assert!(builder.force(true).write_to(&file).is_ok());
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[must_use]
    pub fn force(mut self, is_forced: bool) -> Builder {
        self.replaceable = if is_forced { Replaceable::Any } else { Replaceable::Packs };
        self
    }

    /// Calls `report` as the work goes on: often, and from the threads that do it.
    ///
    /// # Examples
    ///
    /// ```no_run
    /// let builder = faqt::build::Builder::new("help")
    ///     .on_progress(|progress| eprintln!("{:?}: {} of {}", progress.stage, progress.done, progress.total));
    /// let built = builder.build()?;
    /// # Ok::<(), faqt::build::BuildError>(())
    /// ```
    #[must_use]
    pub fn on_progress(mut self, report: impl Fn(Progress) + Send + Sync + 'static) -> Builder {
        self.reporter.report = Some(Arc::new(report));
        self
    }

    /// Ends the work with [`BuildError::Cancelled`](crate::build::BuildError::Cancelled) soon after `flag` is set, by any
    /// thread; then nothing is written.
    ///
    /// A build that is started while the flag is set ends at once.
    ///
    /// # Examples
    ///
    /// ```
    /// use std::sync::Arc;
    /// use std::sync::atomic::{AtomicBool, Ordering};
    ///
    /// use faqt::build::{BuildError, Builder};
    ///
    /// let flag = Arc::new(AtomicBool::new(false));
    /// let builder = Builder::from_files("help", [("faq.md", "# Is it loud?\n\nNo.\n")]).cancelled_by(Arc::clone(&flag));
    /// assert!(builder.build().is_ok());
    /// flag.store(true, Ordering::Relaxed);
    /// assert!(matches!(builder.build(), Err(BuildError::Cancelled)));
    /// ```
    #[must_use]
    pub fn cancelled_by(mut self, flag: Arc<AtomicBool>) -> Builder {
        self.reporter.cancelled = Some(flag);
        self
    }

    /// Turns the findability check on or off: the finished pack is asked for each entry's own question and aliases, and the
    /// golden and forbidden questions. The default is on.
    ///
    /// A build without it takes less than half the time, but does not report the entries that readers will not find.
    ///
    /// # Examples
    ///
    /// ```
    /// # let text = "# How do I reset the lamp?\n\nHold the button.\n\n# Is it loud?\n\nNo.\n";
    /// let builder = faqt::build::Builder::from_files("help", [("faq.md", text)]);
    /// assert_eq!(builder.clone().findability(false).build()?.pack, builder.build()?.pack);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[must_use]
    pub fn findability(mut self, is_checked: bool) -> Builder {
        self.asked.findability = is_checked;
        self
    }

    /// Reports golden questions that only quote the title or an alias of their entry (`golden-quote`). The default is off.
    ///
    /// # Examples
    ///
    /// ```
    /// let text = "---\nquestion: How do I reset the lamp?\nasked: [lamp reset, it hangs]\n---\nHold the button if it hangs.\n";
    /// let builder = faqt::build::Builder::from_files("help", [("faq.md", text)]);
    /// let problems = builder.quotes(true).check()?.problems;
    /// assert!(problems.iter().any(|problem| problem.message.starts_with("“lamp reset” says no more than")));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[must_use]
    pub fn quotes(mut self, are_found: bool) -> Builder {
        self.asked.quotes = are_found;
        self
    }
}
