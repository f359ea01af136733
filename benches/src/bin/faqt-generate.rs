//! Writes synthetic entries for faqt and for the programs of the comparison.

use std::fs::{self, File};
use std::io::{self, BufWriter, Write as _};
use std::path::{Path, PathBuf};

use clap::{Parser, ValueEnum};
use faqt_benches::{Generator, markdown, plain};

/// Write synthetic entries, the same for the same number and seed.
#[derive(Debug, Parser)]
struct Arguments {
    /// Number of entries
    #[arg(value_name = "ENTRIES")]
    entries: usize,
    /// The folder to write into
    #[arg(value_name = "FOLDER")]
    folder: PathBuf,
    /// Files to write
    #[arg(value_name = "WHAT", value_enum, default_values_t = [What::Documents, What::Questions])]
    what: Vec<What>,
    /// Seed of the entries
    #[arg(long = "seed", value_name = "N", default_value_t = 1)]
    seed: u64,
    /// Maximum number of questions of each kind
    #[arg(long = "questions", value_name = "N", default_value_t = 1_000)]
    questions: usize,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
enum What {
    /// `documents/`: Markdown with 1,000 questions in each document
    Documents,
    /// `files/`: Markdown with a file for each entry
    Files,
    /// `entries.jsonl`: a JSON object a line
    Json,
    /// `entries.tsv`: fields separated by tabs
    Tabs,
    /// `entries.records`: a line for each field
    Records,
    /// `keywords.jsonl` and `spoken.jsonl`: questions with the entry that answers each
    Questions,
}

fn main() -> io::Result<()> {
    let arguments = Arguments::parse();
    let generator = Generator::new(arguments.entries, arguments.seed);
    fs::create_dir_all(&arguments.folder)?;
    for what in &arguments.what {
        write(*what, &generator, &arguments)?;
    }
    Ok(())
}

fn write(what: What, generator: &Generator, arguments: &Arguments) -> io::Result<()> {
    let folder = &arguments.folder;
    let questions = |is_spoken, name| {
        let count = arguments.questions;
        to_file(folder, name, |out| plain::questions(generator, arguments.entries, count, is_spoken, out))
    };
    match what {
        What::Documents => markdown::documents(generator, &folder.join("documents")),
        What::Files => markdown::files(generator, &folder.join("files")),
        What::Json => to_file(folder, "entries.jsonl", |out| plain::json_lines(generator, out)),
        What::Tabs => to_file(folder, "entries.tsv", |out| plain::tab_separated(generator, out)),
        What::Records => to_file(folder, "entries.records", |out| plain::records(generator, out)),
        What::Questions => questions(false, "keywords.jsonl").and_then(|()| questions(true, "spoken.jsonl")),
    }
}

fn to_file(folder: &Path, name: &str, write: impl FnOnce(&mut BufWriter<File>) -> io::Result<()>) -> io::Result<()> {
    let mut out = BufWriter::new(File::create(folder.join(name))?);
    write(&mut out)?;
    out.flush()
}
