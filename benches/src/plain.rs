//! Entries and questions in the formats of other programs.

use std::io::{self, Write};

use serde_json::json;

use crate::entry::{Generator, Made, id};

/// Writes one JSON object a line, the format of tantivy-cli.
///
/// # Errors
///
/// If `out` cannot be written.
pub fn json_lines(generator: &Generator, out: &mut impl Write) -> io::Result<()> {
    for made in generator.entries() {
        let (aliases, keywords) = (made.aliases.join("\n"), made.keywords.join("\n"));
        let object = json!({
            "id": made.id(), "question": made.question, "aliases": aliases, "keywords": keywords,
            "answer": made.answer(),
        });
        writeln!(out, "{object}")?;
    }
    Ok(())
}

/// Writes one entry a line with fields separated by tabs, the format of `sqlite3`.
///
/// # Errors
///
/// If `out` cannot be written.
pub fn tab_separated(generator: &Generator, out: &mut impl Write) -> io::Result<()> {
    for made in generator.entries() {
        writeln!(out, "{}", parts(&made).join("\t"))?;
    }
    Ok(())
}

/// Writes a line for each field and an empty line after each entry, the format of Xapian's scriptindex.
///
/// # Errors
///
/// If `out` cannot be written.
pub fn records(generator: &Generator, out: &mut impl Write) -> io::Result<()> {
    for made in generator.entries() {
        let [id, question, aliases, keywords, answer] = parts(&made);
        writeln!(out, "id={id}\ntext={question}\ntext={aliases}\ntext={keywords}\ntext={answer}\n")?;
    }
    Ok(())
}

fn parts(made: &Made) -> [String; 5] {
    [made.id(), made.question.clone(), made.aliases.join("; "), made.keywords.join(" "), made.answer()]
}

/// Writes questions with their entries, the format of `faqt eval`: at most `count`, spread over all entries, of 3
/// keywords or in spoken form.
///
/// # Errors
///
/// If `out` cannot be written.
pub fn questions(
    generator: &Generator,
    entries: usize,
    count: usize,
    is_spoken: bool,
    out: &mut impl Write,
) -> io::Result<()> {
    let count = count.min(entries);
    for at in 0..count {
        let number = at * (entries / count);
        let query = if is_spoken { generator.spoken(number) } else { generator.keywords(number) };
        writeln!(out, "{}", json!({ "query": query, "expect": [id(number)] }))?;
    }
    Ok(())
}
