//! A command-line tool with embedded help: `sketch help how do I …` and `sketch --explain E1042`.

use std::error::Error;
use std::process::ExitCode;

use faqt::render::{TextOptions, sanitise, text};
use faqt::{Embedded, Entry, KnowledgeBase, Outcome};

static HELP: Embedded = faqt::embed!("help");

fn main() -> Result<ExitCode, Box<dyn Error>> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let words: Vec<&str> = arguments.iter().map(String::as_str).collect();
    match words.as_slice() {
        ["help", question @ ..] if !question.is_empty() => help(&HELP.open()?, &question.join(" ")),
        ["--explain", id] => explain(&HELP.open()?, id),
        ["save"] => {
            // `help_id!` checks the help id at compile time.
            eprintln!("error[E1042]: the disk is full\nhint: sketch --explain {}", faqt::help_id!("E1042"));
            Ok(ExitCode::FAILURE)
        }
        _ => {
            eprintln!("usage: sketch save | sketch help QUESTION... | sketch --explain ID");
            Ok(ExitCode::FAILURE)
        }
    }
}

fn help(kb: &KnowledgeBase, question: &str) -> Result<ExitCode, Box<dyn Error>> {
    let found = kb.ask(question)?;
    if let Some(hit) = found.answer() {
        return Ok(print(&hit.entry));
    }
    if found.outcome == Outcome::Unsure {
        println!("Did you mean one of these?");
        for hit in &found.hits {
            println!("  sketch help {}", sanitise(&hit.entry.question));
        }
    } else {
        println!("The help does not cover this.");
    }
    Ok(ExitCode::FAILURE)
}

fn explain(kb: &KnowledgeBase, id: &str) -> Result<ExitCode, Box<dyn Error>> {
    if let Some(entry) = kb.help(id)? {
        return Ok(print(&entry));
    }
    eprintln!("error: nothing explains `{}`", sanitise(id));
    Ok(ExitCode::FAILURE)
}

fn print(entry: &Entry) -> ExitCode {
    println!("{}\n\n{}", sanitise(&entry.question), text(&entry.answer, &TextOptions::default()));
    for procedure in &entry.related {
        println!("See also: {}", sanitise(&procedure.title));
    }
    ExitCode::SUCCESS
}
