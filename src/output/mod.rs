//! The only module that writes to the output stream, beside the protocol of `mcp`.
//!
//! Commands pass data of the library; [`text`], [`json`] and [`markdown`] are its 3 formats. Text from content, queries
//! and file names passes [`faqt::render`] or the escapes of [`json`].

mod candidates;
mod comparison;
mod editions;
mod explanation;
#[cfg(feature = "export")]
pub(crate) mod exported;
pub(crate) mod gaps;
pub(crate) mod index;
pub(crate) mod json;
mod lines;
#[cfg(feature = "cluster")]
pub(crate) mod loaded;
mod local;
pub(crate) mod log;
pub(crate) mod markdown;
#[cfg(feature = "encoder")]
mod models;
mod pager;
mod prompt;
mod sarif;
pub(crate) mod short;
pub(crate) mod stats;
pub(crate) mod text;

use std::borrow::Cow;
use std::io::{self, IsTerminal as _, Write as _};
use std::path::{Path, PathBuf};
use std::time::Duration;

use faqt::build::{Built, Checked, Problem};
use faqt::comparison::Comparison;
use faqt::render::TextOptions;
use faqt::{Edition, Entry, Findings, Hit, KnowledgeBase, Manifest, SearchOptions, SimilarEntry};

use crate::cli::arguments::authors;
use crate::cli::arguments::{Format, Global, When};
use crate::cli::database_urls::without_passwords;
use crate::cli::failure::Failure;
use crate::cli::home::at_home;
use crate::cli::shell_word::shell_word;
use crate::open;
use candidates::Choice;
#[cfg(feature = "export")]
use exported::Exported;
use faqt::evaluation::Report;
use index::Listed;
#[cfg(feature = "cluster")]
use loaded::LoadedGeneration;
pub(crate) use prompt::Decision;
use short::{ChoosePassage, Screen};
use stats::Stats;

/// The maximum width of text on a terminal, because longer lines are hard to read.
const WIDTH_MAX: u16 = 100;
/// The width of piped text.
const WIDTH_PIPED: u16 = 80;

/// Returns the explanation of the first hit as plain text; nothing if it was not asked for.
#[cfg(feature = "report")]
pub(crate) fn why(findings: &Findings) -> String {
    let text = explanation::explanation(findings, &TextOptions::for_pipe(WIDTH_PIPED.into()));
    text.lines().skip(2).map(|line| line.trim_start().to_owned() + "\n").collect()
}

/// The output stream with its format, layout and paging.
#[derive(Debug)]
pub(crate) struct Output {
    format: Format,
    layout: TextOptions,
    /// The height of the screen, if the output stream is a terminal.
    screen_lines: Option<u16>,
    is_paged: bool,
    /// True if a person reads text and can be asked.
    can_ask: bool,
    /// The paths of the knowledge bases that are asked.
    kbs: Vec<PathBuf>,
}

impl Output {
    /// Decides colour, width and paging for the whole run.
    pub(crate) fn new(global: &Global) -> Output {
        let terminal = io::stdout().is_terminal();
        let size = if terminal { terminal_size::terminal_size_of(io::stdout()) } else { None };
        let styled = match global.color {
            When::Always => true,
            When::Never => false,
            When::Auto => anstream::AutoStream::choice(&io::stdout()) != anstream::ColorChoice::Never,
        };
        let width = global.width.unwrap_or_else(|| size.map_or(WIDTH_PIPED, |(width, _)| width.0.min(WIDTH_MAX)));
        let mut layout = TextOptions::for_pipe(width.into());
        layout.styled = styled;
        layout.entry_ids = true;
        // `supports_hyperlinks` reads an empty variable as a request.
        let is_forced_by_nothing = std::env::var_os("FORCE_HYPERLINK").is_some_and(|wish| wish.is_empty());
        layout.hyperlinks =
            styled && terminal && !is_forced_by_nothing && supports_hyperlinks::on(supports_hyperlinks::Stream::Stdout);
        Output {
            format: global.format,
            layout,
            screen_lines: size.map(|(_, height)| height.0).filter(|height| *height > 0),
            is_paged: !global.no_pager,
            can_ask: terminal && global.format == Format::Text && io::stdin().is_terminal(),
            kbs: global.kb.clone(),
        }
    }

    /// Writes the findings of a search. If the answer is longer than the screen, the passage that `choose` returns is
    /// written in its place.
    pub(crate) fn findings(
        &self,
        query: &str,
        findings: &Findings,
        choose: Option<ChoosePassage<'_>>,
    ) -> Result<(), Failure> {
        let short = match (choose, self.screen_lines) {
            (Some(choose), Some(lines)) if self.format == Format::Text => {
                let screen = Screen { lines: lines.into(), command: &command(&self.kbs) };
                short::findings(findings, &screen, &self.layout, choose)?
            }
            _ => None,
        };
        let choice = if self.can_ask { Choice::Numbered } else { Choice::None };
        self.write(&match (short, self.format) {
            (Some(short), _) => short,
            (None, Format::Text) => text::findings(query, findings, choice, &self.layout),
            (None, Format::Json) => json::findings(query, findings),
            (None, Format::Markdown) => markdown::findings(query, findings),
        })?;
        Ok(())
    }

    /// Asks a person at a terminal for one of `hits`; returns the entry that was picked.
    pub(crate) fn pick<'h>(&self, hits: &'h [Hit]) -> io::Result<Option<&'h Entry>> {
        if !self.can_ask || hits.is_empty() {
            return Ok(None);
        }
        let picked = prompt::pick(hits.len())?;
        io::stdout().write_all(b"\n")?;
        Ok(picked.map(|at| &hits[at].entry))
    }

    /// Asks a person at a terminal for the folder to start in; returns `default` if there is nobody to ask, and nothing
    /// if the input ends.
    pub(crate) fn folder(&self, default: &str) -> io::Result<Option<PathBuf>> {
        if !self.can_ask {
            writeln!(io::stderr(), "no folder is named, so the files go to {default}; another: faqt init DIR")?;
            return Ok(Some(default.into()));
        }
        let typed = prompt::ask(&format!("Folder for the new FAQ [{default}]: "))?;
        Ok(typed.map(|typed| if typed.trim().is_empty() { default.into() } else { at_home(typed.trim().as_ref()) }))
    }

    /// Writes the entries filed under a keyword.
    pub(crate) fn keyword(&self, term: &str, entries: &[Entry]) -> io::Result<()> {
        self.write(&match self.format {
            Format::Text => text::keyword(term, entries, &self.layout),
            Format::Json => json::keyword(term, entries),
            Format::Markdown => markdown::keyword(term, entries),
        })
    }

    /// Writes one entry.
    pub(crate) fn entry(&self, entry: &Entry) -> io::Result<()> {
        self.write(&match self.format {
            Format::Text => text::entry(entry, &self.layout),
            Format::Json => json::entry(entry),
            Format::Markdown => markdown::entry(entry),
        })
    }

    /// Writes an entry for a reader with these options.
    pub(crate) fn edition(&self, edition: &Edition, options: &SearchOptions) -> io::Result<()> {
        let notes = editions::notes_of_edition(edition, options);
        self.write(&match self.format {
            Format::Text => text::noted(&notes, &self.layout) + &text::entry(&edition.entry, &self.layout),
            Format::Json => json::entry(edition),
            Format::Markdown => markdown::noted(&notes) + &markdown::entry(&edition.entry),
        })
    }

    /// Writes the entries that are like `entry`.
    pub(crate) fn similar(&self, entry: &Entry, similar: &[SimilarEntry]) -> io::Result<()> {
        self.write(&match self.format {
            Format::Text => text::similar(entry, similar, &self.layout),
            Format::Json => json::similar(entry, similar),
            Format::Markdown => markdown::similar(entry, similar),
        })
    }

    /// Writes the table of contents.
    pub(crate) fn contents(&self, manifest: &Manifest, entries: &[Entry]) -> io::Result<()> {
        self.write(&match self.format {
            Format::Text => text::contents(manifest, entries, &self.layout),
            Format::Json => json::contents(manifest, entries),
            Format::Markdown => markdown::contents(manifest, entries),
        })
    }

    /// Writes the keywords with the ids of the entries under each.
    pub(crate) fn keywords(&self, entries: &[Entry]) -> io::Result<()> {
        self.index("keywords", &faqt::by_keyword(entries))
    }

    /// Writes the sections with the ids of the entries in each.
    pub(crate) fn sections(&self, entries: &[Entry]) -> io::Result<()> {
        self.index("sections", &index::by_section(entries))
    }

    fn index(&self, what: &str, listed: &[Listed<'_>]) -> io::Result<()> {
        self.write(&match self.format {
            Format::Text => text::index(listed, &self.layout),
            Format::Json => json::index(what, listed),
            Format::Markdown => markdown::index(listed),
        })
    }

    /// Writes the summary of a build. Warnings go to the error stream; the duration is printed only on a terminal.
    pub(crate) fn built(&self, file: &Path, built: &Built, took: Duration) -> io::Result<()> {
        self.warn(built.warnings.iter())?;
        let took = Some(took).filter(|_| io::stdout().is_terminal());
        self.write(&match self.format {
            Format::Text | Format::Markdown => text::built(file, built, took),
            Format::Json => json::built(file, built),
        })
    }

    /// Writes what was loaded into a database.
    #[cfg(feature = "cluster")]
    pub(crate) fn loaded(&self, loaded: &LoadedGeneration) -> io::Result<()> {
        self.write(&match self.format {
            Format::Text | Format::Markdown => loaded::text(loaded),
            Format::Json => json::loaded(loaded),
        })
    }

    /// Writes what was exported.
    #[cfg(feature = "export")]
    pub(crate) fn exported(&self, exported: &Exported) -> io::Result<()> {
        self.write(&match self.format {
            Format::Text | Format::Markdown => exported::text(exported),
            Format::Json => json::exported(exported),
        })
    }

    /// Writes problems of the content to the error stream.
    pub(crate) fn warn<'a>(&self, problems: impl Iterator<Item = &'a Problem>) -> io::Result<()> {
        let styled = anstream::AutoStream::choice(&io::stderr()) != anstream::ColorChoice::Never;
        let layout = TextOptions::for_pipe(self.layout.width);
        io::stderr().write_all(text::problems(problems, &if styled { self.layout } else { layout }).as_bytes())
    }

    /// Writes the problems of a folder.
    pub(crate) fn checked(&self, folder: &Path, checked: &Checked) -> io::Result<()> {
        self.write(&match self.format {
            Format::Text | Format::Markdown => text::checked(folder, checked, &self.layout),
            Format::Json => json::checked(folder, checked),
        })
    }

    /// Writes the problems of a folder as a report for another program.
    pub(crate) fn problems(&self, folder: &Path, checked: &Checked, report: authors::Report) -> io::Result<()> {
        match report {
            authors::Report::Sarif => self.write(&json::unversioned(&sarif::log(folder, &checked.problems))),
        }
    }

    /// Writes the names of the starter files.
    pub(crate) fn started(&self, folder: &Path, files: &[&str]) -> io::Result<()> {
        self.write(&match self.format {
            Format::Text | Format::Markdown => text::started(folder, files),
            Format::Json => json::started(folder, files),
        })
    }

    /// Writes the measures of `faqt eval`.
    pub(crate) fn report(&self, report: &Report) -> io::Result<()> {
        self.write(&match self.format {
            Format::Text | Format::Markdown => text::report(report, &self.layout),
            Format::Json => json::report(report),
        })
    }

    /// Writes the differences of two states, which were named so.
    pub(crate) fn compared(&self, states: [&Path; 2], comparison: &Comparison) -> io::Result<()> {
        let [old, new] = states.map(|state| without_passwords(&state.display().to_string()).into_owned());
        let states = [old.as_str(), new.as_str()];
        self.write(&match self.format {
            Format::Text => comparison::text(states, comparison, &self.layout),
            Format::Json => json::compared(states, comparison),
            Format::Markdown => comparison::markdown(states, comparison),
        })
    }

    /// Writes that a pack is sound.
    pub(crate) fn verified(&self, file: &Path, kb: &KnowledgeBase) -> io::Result<()> {
        self.write(&match self.format {
            Format::Text | Format::Markdown => text::verified(file, kb),
            Format::Json => json::verified(file, kb),
        })
    }

    /// Writes that an entry agrees with the files that it covers.
    #[cfg(feature = "git")]
    pub(crate) fn verified_entry(&self, file: &Path, id: &str, revision: &str) -> io::Result<()> {
        self.write(&match self.format {
            Format::Text | Format::Markdown => text::verified_entry(file, id, revision),
            Format::Json => json::verified_entry(file, id, revision),
        })
    }

    /// Writes the size of each section of a pack.
    pub(crate) fn stats(&self, stats: &Stats) -> io::Result<()> {
        self.write(&match self.format {
            Format::Text | Format::Markdown => text::stats(stats),
            Format::Json => json::stats(stats),
        })
    }

    /// Returns true if a person can be asked.
    pub(crate) fn can_ask(&self) -> bool {
        self.can_ask
    }

    fn write(&self, text: &str) -> io::Result<()> {
        let written = match self.screen_lines.filter(|_| self.is_paged) {
            Some(lines) if text.lines().count() > lines.into() => pager::page(text),
            _ => io::stdout().write_all(text.as_bytes()),
        };
        // The error kind is kept, because it identifies a closed pipe.
        written.map_err(|error| io::Error::new(error.kind(), format!("cannot write the output: {error}")))
    }
}

/// Returns the beginning of a command that asks the knowledge bases at `paths`.
fn command(paths: &[PathBuf]) -> String {
    let mut command = "faqt".to_owned();
    if !open::are_of_environment(paths) {
        for path in paths {
            command.push_str(" --kb ");
            let shown = path.to_string_lossy();
            let shown = match without_passwords(&shown) {
                Cow::Borrowed(_) => path.clone(),
                Cow::Owned(hidden) => PathBuf::from(hidden),
            };
            command.push_str(&shell_word(&shown));
        }
    }
    command
}
