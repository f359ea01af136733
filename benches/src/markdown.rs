//! Entries as an author writes them: documents of 1,000 questions each, or a file for each entry.

use std::fs::{self, File};
use std::io::{self, BufWriter, Write};
use std::path::Path;

use crate::entry::{Generator, Made, id};

/// The number of questions in a document and of files in a folder.
const TOGETHER: usize = 1_000;

/// Settings without the checks for similar entries: synthetic entries resemble each other, and no author repairs them.
const SETTINGS: &str = "name = \"Generated\"\n\n[checks]\nduplicate-alias = \"off\"\nduplicate-question = \"off\"\n\
    near-duplicate = \"off\"\nshadowed = \"off\"\n";

/// Writes documents of 1,000 questions each into `folder`, without aliases, which headings cannot carry.
///
/// # Errors
///
/// If a file cannot be written.
pub fn documents(generator: &Generator, folder: &Path) -> io::Result<()> {
    fs::create_dir_all(folder)?;
    fs::write(folder.join("faqt.toml"), SETTINGS)?;
    let mut out = None;
    for made in generator.entries() {
        if made.number % TOGETHER == 0 {
            let number = made.number / TOGETHER;
            let mut file = BufWriter::new(File::create(folder.join(format!("part-{number:04}.md")))?);
            writeln!(file, "# Part {number}\n")?;
            out = Some(file);
        }
        if let Some(out) = &mut out {
            writeln!(out, "## {} {{#{}}}\n", made.question, made.id())?;
            answer(&made, &|other| format!("part-{:04}.md#{}", other / TOGETHER, id(other)), out)?;
        }
    }
    out.map_or(Ok(()), |mut out| out.flush())
}

/// Writes a file for each entry, into subfolders of `folder` with 1,000 files each.
///
/// # Errors
///
/// If a file cannot be written.
pub fn files(generator: &Generator, folder: &Path) -> io::Result<()> {
    fs::create_dir_all(folder)?;
    fs::write(folder.join("faqt.toml"), SETTINGS)?;
    let mut text = Vec::new();
    for made in generator.entries() {
        let within = folder.join(format!("{:04}", made.number / TOGETHER));
        if made.number % TOGETHER == 0 {
            fs::create_dir_all(&within)?;
        }
        text.clear();
        front_matter(&made, &mut text)?;
        answer(&made, &|other| format!("../{:04}/{}.md", other / TOGETHER, id(other)), &mut text)?;
        fs::write(within.join(format!("{}.md", made.id())), &text)?;
    }
    Ok(())
}

fn front_matter(made: &Made, out: &mut impl Write) -> io::Result<()> {
    writeln!(out, "---\nid: {}\nquestion: \"{}\"", made.id(), made.question)?;
    if !made.aliases.is_empty() {
        writeln!(out, "aliases:")?;
    }
    for alias in &made.aliases {
        writeln!(out, "  - {alias}")?;
    }
    writeln!(out, "keywords: [{}]\n---", made.keywords.join(", "))
}

fn answer(made: &Made, address: &dyn Fn(usize) -> String, out: &mut impl Write) -> io::Result<()> {
    for paragraph in &made.paragraphs {
        writeln!(out, "{paragraph}\n")?;
    }
    for (at, step) in made.steps.iter().enumerate() {
        writeln!(out, "{}. {step}", at + 1)?;
    }
    if !made.steps.is_empty() {
        writeln!(out)?;
    }
    match &made.link {
        Some((other, text)) => writeln!(out, "See [{text}]({}).\n", address(*other)),
        None => Ok(()),
    }
}
