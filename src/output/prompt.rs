//! Questions to a person at a terminal.

use std::io::{self, Write as _};

/// Asks for one of `count` candidates by its number, until a number or an empty line is typed; returns its index.
pub(super) fn pick(count: usize) -> io::Result<Option<usize>> {
    let numbers = if count == 1 { "1".to_owned() } else { format!("1 to {count}") };
    loop {
        let Some(typed) = ask(&format!("\nWhich one? {numbers}, or Enter for none: "))? else { return Ok(None) };
        // Input methods for Chinese and Japanese type wide digits.
        let typed = faqt::folded(typed.trim());
        match typed.parse::<usize>() {
            Ok(number) if (1..=count).contains(&number) => return Ok(Some(number - 1)),
            _ if typed.is_empty() => return Ok(None),
            _ => {}
        }
    }
}

/// The decision of a person on a suggestion.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Decision {
    Accept,
    /// Accepted with another text.
    Edit(String),
    Skip,
    /// The rest is skipped, too.
    Quit,
}

/// Asks whether a suggestion is written, until a known letter or an empty line is typed.
pub(super) fn decision() -> io::Result<Decision> {
    loop {
        let typed = ask("   Write it? a to accept, e to edit, s to skip, q to end: ")?;
        match typed.as_deref().map(|typed| faqt::folded(typed.trim())).as_deref() {
            Some("a") => return Ok(Decision::Accept),
            Some("s" | "") => return Ok(Decision::Skip),
            None | Some("q") => return Ok(Decision::Quit),
            Some("e") => {
                let typed = ask("   Text: ")?.map(|typed| typed.trim().to_owned());
                return Ok(typed.filter(|text| !text.is_empty()).map_or(Decision::Skip, Decision::Edit));
            }
            Some(_) => {}
        }
    }
}

/// Asks for a line; returns it without its end, or nothing at the end of the input.
pub(super) fn ask(question: &str) -> io::Result<Option<String>> {
    let mut stdout = io::stdout();
    stdout.write_all(question.as_bytes())?;
    stdout.flush()?;
    let mut line = String::new();
    if io::stdin().read_line(&mut line)? == 0 {
        stdout.write_all(b"\n")?;
        return Ok(None);
    }
    Ok(Some(line.trim_end_matches(['\r', '\n']).to_owned()))
}
