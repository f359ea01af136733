//! The commands and flags that the text of `--help` lists.

use super::item::{Item, ItemKind, first_sentence, is_of_every_program};
use crate::text::fold::folded;

/// Headings above lists of commands.
const COMMANDS: [&str; 4] = ["commands", "subcommands", "available commands", "additional commands"];

/// Returns the name of the program, and its items in their order.
pub(super) fn read(text: &str) -> (String, Vec<Item>) {
    let name = name(text);
    let mut items: Vec<Item> = Vec::new();
    let (mut lists_commands, mut indent_of_last) = (false, 0);
    for (at, line) in text.lines().enumerate() {
        let line_number = u32::try_from(at + 1).unwrap_or(u32::MAX);
        let entry = line.trim();
        let indent = line.len() - line.trim_start().len();
        if entry.is_empty() {
            continue;
        }
        if indent == 0 {
            let heading = folded(entry.trim_end_matches(':'));
            lists_commands = COMMANDS.contains(&heading.as_str());
            indent_of_last = 0;
            continue;
        }
        let found = if entry.starts_with('-') {
            flag(entry, &name)
        } else if lists_commands && (indent_of_last == 0 || indent <= indent_of_last) {
            command(entry, &name)
        } else {
            None
        };
        match found {
            Some(item) => {
                items.push(Item { line: line_number, ..item });
                indent_of_last = indent;
            }
            // The text of an item may stand below it.
            None => {
                if let Some(last) = items.last_mut().filter(|last| last.sentence.is_none() && indent > indent_of_last) {
                    last.sentence = first_sentence(entry);
                }
            }
        }
    }
    items.retain(|item| !is_of_every_program(&item.name));
    let mut known = std::collections::HashSet::new();
    items.retain(|item| known.insert((item.kind, item.name.clone())));
    (name, items)
}

/// Returns the words behind `Usage:` up to the first that is an argument.
fn name(text: &str) -> String {
    let usage = text.lines().enumerate().find_map(|(at, line)| {
        let line = line.trim();
        let is_usage = line.get(..6).is_some_and(|start| start.eq_ignore_ascii_case("usage:"));
        let rest = line.get(6..).map(str::trim).filter(|_| is_usage)?;
        Some(if rest.is_empty() { text.lines().nth(at + 1).unwrap_or_default().trim() } else { rest })
    });
    let words = usage.unwrap_or("program").split_whitespace();
    let is_name = |word: &&str| {
        word.chars().all(|c| c.is_alphanumeric() || matches!(c, '-' | '_' | '.')) && !word.starts_with('-')
    };
    let is_argument = |word: &&str| word.chars().all(|c| !c.is_lowercase());
    let words: Vec<&str> = words.take_while(|word| is_name(word) && !is_argument(word)).collect();
    if words.is_empty() { "program".to_owned() } else { words.join(" ") }
}

/// Reads `-l, --loud <N>   Hum`.
fn flag(entry: &str, program: &str) -> Option<Item> {
    let (head, text) = parted(entry);
    let words = head.split([' ', ',', '=', '[', '/', '|']).filter(|word| word.starts_with('-'));
    let names: Vec<&str> = words.map(|word| word.trim_end_matches([']', '.'])).collect();
    let name = names.iter().find(|name| name.starts_with("--")).or(names.first())?;
    let is_name = name.trim_start_matches('-').starts_with(|c: char| c.is_ascii_alphanumeric());
    is_name.then(|| item(ItemKind::Flag, program.to_owned(), name, text))
}

fn command(entry: &str, program: &str) -> Option<Item> {
    let (head, text) = parted(entry);
    let name = head.split([' ', ',']).next()?.trim_end_matches(':');
    let is_name = name.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '-' | '_'));
    is_name.then(|| item(ItemKind::Command, format!("{program} {name}"), name, text))
}

fn item(kind: ItemKind, command: String, name: &str, text: &str) -> Item {
    Item { kind, command, name: name.to_owned(), sentence: first_sentence(text), line: 1 }
}

/// Parts an item from its text, which stands behind two spaces or a tab.
fn parted(entry: &str) -> (&str, &str) {
    let at = entry.find("  ").into_iter().chain(entry.find('\t')).min().unwrap_or(entry.len());
    (&entry[..at], entry[at..].trim())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, name: &str, expected: &[&str]) {
        let (found, items) = read(text);
        assert_eq!(found, name);
        let shown =
            items.iter().map(|item| format!("{}: {}", item.typed(), item.sentence.as_deref().unwrap_or_default()));
        assert_eq!(shown.collect::<Vec<_>>(), expected);
    }

    #[test]
    fn help_texts_of_many_libraries_are_read() {
        check(
            "A lamp\n\nUsage: lamp [OPTIONS] <COMMAND>\n\nCommands:\n  reset  Start again\n  help   Print this message\n\n\
             Options:\n  -l, --loud <N>  Hum. Loudly.\n      --off\n          Go out\n  -h, --help      Print help\n",
            "lamp",
            &["lamp reset: Start again", "lamp --loud: Hum", "lamp --off: Go out"],
        );
        check(
            "usage: lamp.py [-h] [--loud N] FILE\n\noptions:\n  -h, --help  show this\n  --loud N, -l N\n                        hum\n",
            "lamp.py",
            &["lamp.py --loud: hum"],
        );
        check(
            "Usage:\n  lamp reset [flags]\n\nAvailable Commands:\n  all         Reset all\n\nFlags:\n  -f, --force         do it\n",
            "lamp reset",
            &["lamp reset all: Reset all", "lamp reset --force: do it"],
        );
        check("nothing\n", "program", &[]);
    }
}
