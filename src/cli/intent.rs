//! The intent of a command line: a command, a question, or a command with a slip of the pen.
//!
//! A first word that names a command runs the command, unless more words follow than the command takes: `list files by size`
//! asks. A first word that nearly names a command is corrected, never answered. Behind `--` everything asks.

use std::ffi::{OsStr, OsString};
use std::path::{Path, PathBuf};

use anyhow::anyhow;
use clap::{Arg, Command};

use crate::cli::failure::Failure;
use crate::cli::shell_word::shell_word;

/// The option that may stand before and behind a command, with values on both sides.
const KB: &str = "--kb";
/// Shorter names of commands are one edit away from too many words.
const MISSPELT_CHARS_MIN: usize = 4;

/// Returns the arguments that clap parses: with `search` before a question, and `help` and `version` as options.
///
/// # Errors
///
/// If the first word is a command with a slip of the pen.
pub(super) fn resolve(mut typed: Vec<OsString>, command: &Command) -> Result<Vec<OsString>, Failure> {
    let line = Line::of(typed.get(1..).unwrap_or_default(), command);
    let Some(first) = line.first else {
        if line.asks && ends_with_command(&typed[1..], command) {
            typed[1..].rotate_right(1);
        } else if line.asks {
            typed.insert(1, "search".into());
        }
        return Ok(typed);
    };
    let at = first + 1;
    let word = typed[at].to_string_lossy().into_owned();
    let built;
    let command = if is_near_command(&word, command) {
        built = with_arguments(command);
        &built
    } else {
        command
    };
    let rest = &typed[at + 1..];
    if let Some(named) = command.find_subcommand(&word) {
        if let Some(name) = rest.split_first().and_then(|(word, rest)| misspelt(word, rest, named, command)) {
            return Err(correction(&typed[at..], 1, name));
        }
        if named.has_subcommands() && rest == ["help"] {
            typed[at + 1] = "--help".into();
        } else if is_question(rest, named, command) {
            typed.insert(1, "search".into());
        } else if rest.iter().any(|word| word.to_string_lossy().starts_with(KB)) {
            // clap counts the values on one side of a command only.
            typed[1..=at].rotate_right(1);
        }
    } else if word == "help" && names_command(rest, command) {
        typed.remove(at);
        typed.push("--help".into());
    } else if word == "version" && rest.is_empty() {
        typed[at] = "--version".into();
    } else if let Some(name) = misspelt(&typed[at], rest, command, command) {
        return Err(correction(&typed[at..], 0, name));
    } else {
        typed.insert(1, "search".into());
    }
    Ok(typed)
}

/// Returns true if a word is the name of a command, or nearly so.
fn is_near_command(word: &str, command: &Command) -> bool {
    word == "help" || command.get_subcommands().any(|named| named.get_name() == word || is_slip(word, named.get_name()))
}

/// Returns true if the last word names a command, and only options that it has stand before it: `--lang zh list`.
fn ends_with_command(words: &[OsString], command: &Command) -> bool {
    let Some((last, before)) = words.split_last() else { return false };
    if command.find_subcommand(last).is_none() {
        return false;
    }
    let command = with_arguments(command);
    let Some(named) = command.find_subcommand(last) else { return false };
    plain_words(before, named).is_some_and(|words| words.is_empty())
        && plain_words(words, named).is_some_and(|words| words.len() == 1)
}

/// Returns the command with the arguments of the commands below it, which are made late because no question needs them.
fn with_arguments(command: &Command) -> Command {
    let mut command = command.clone();
    command.build();
    command
}

/// Returns the hint for a failed command whose words may be a question.
pub(crate) fn hint(typed: &[OsString], command: &Command) -> Option<String> {
    let words = typed.get(1..)?;
    let command = &with_arguments(command);
    let first = Line::of(words, command).first?;
    let names = 1 + usize::from(command.find_subcommand(&words[first])?.has_subcommands());
    let is_letter = |c: char| c.is_alphanumeric() || matches!(c, '\'' | '’' | '?');
    let is_plain = |word: &OsString| word.to_string_lossy().chars().all(is_letter) && !Path::new(word).exists();
    let is_question = words.len() > first + names && words[first..].iter().all(is_plain);
    is_question.then(|| format!("to ask that: faqt -- {}", shown(&words[first..])))
}

/// The beginning of a command line.
struct Line {
    /// The place of the first word that is no option and no value of one.
    first: Option<usize>,
    /// True if an option of `search` stands before any word, or the words stand behind `--`.
    asks: bool,
}

impl Line {
    fn of(words: &[OsString], command: &Command) -> Line {
        let mut at = 0;
        while let Some(word) = words.get(at) {
            let Some(option) = option(word) else { return Line { first: Some(at), asks: false } };
            if matches!(option, "-h" | "--help" | "-V" | "--version") {
                break;
            }
            match known(option, command) {
                None => return Line { first: None, asks: true },
                Some(known) => at += 1 + usize::from(takes_next(known, option)),
            }
        }
        Line { first: None, asks: false }
    }
}

/// Returns true if more words follow the command `named` than it takes, and no option of it.
fn is_question(rest: &[OsString], named: &Command, command: &Command) -> bool {
    let Some(words) = plain_words(rest, command) else { return false };
    let (named, words) = innermost(named, &words);
    words.len() > arity(named) && !words.first().is_some_and(|first| Path::new(first).exists())
}

/// Returns the command that words behind `named` choose among those below it, and the words behind that.
fn innermost<'a, 'w>(named: &'a Command, words: &'w [&'w OsStr]) -> (&'a Command, &'w [&'w OsStr]) {
    match words.split_first().and_then(|(first, rest)| Some((named.find_subcommand(first)?, rest))) {
        Some((below, rest)) => innermost(below, rest),
        None => (named, words),
    }
}

/// Returns true if `words` are the names of a command and of those above it, or none.
fn names_command(words: &[OsString], command: &Command) -> bool {
    let words: Vec<&OsStr> = words.iter().map(OsString::as_os_str).collect();
    innermost(command, &words).1.is_empty()
}

/// Returns the words among `rest`, unless an option stands there that `command` does not have.
fn plain_words<'a>(rest: &'a [OsString], command: &Command) -> Option<Vec<&'a OsStr>> {
    let (mut words, mut at) = (Vec::new(), 0);
    while let Some(word) = rest.get(at) {
        at += match option(word) {
            None => {
                words.push(word.as_os_str());
                1
            }
            Some(option) => 1 + usize::from(takes_next(known(option, command)?, option)),
        };
    }
    Some(words)
}

/// Returns the option that a word is.
fn option(word: &OsStr) -> Option<&str> {
    word.to_str().filter(|text| text.len() > 1 && text.starts_with('-'))
}

/// Returns the option of this name that `command` has.
fn known<'a>(option: &str, command: &'a Command) -> Option<&'a Arg> {
    let name = option.split_once('=').map_or(option, |(name, _)| name);
    match name.strip_prefix("--") {
        Some("") => None,
        Some(long) => command.get_arguments().find(|known| known.get_long() == Some(long)),
        None => command.get_arguments().find(|known| known.get_short() == name.chars().nth(1)),
    }
}

/// Returns true if the value of an option is the next word.
fn takes_next(known: &Arg, option: &str) -> bool {
    let is_attached = option.contains('=') || !option.starts_with("--") && option.chars().nth(2).is_some();
    known.get_action().takes_values() && !is_attached
}

/// Returns the largest number of words that a command takes.
fn arity(command: &Command) -> usize {
    let values = |argument: &Arg| match argument.get_num_args() {
        Some(range) => range.max_values(),
        None if matches!(argument.get_action(), clap::ArgAction::Append) => usize::MAX,
        None => 1,
    };
    command.get_positionals().map(values).fold(0, usize::saturating_add)
}

/// Returns the command of `group` that `word` is with one letter more, less or two swapped, if it could run with `rest`.
///
/// Another letter in place of one makes too many words: `lost` is no `list`.
fn misspelt<'a>(word: &OsStr, rest: &[OsString], group: &'a Command, command: &Command) -> Option<&'a str> {
    let words = plain_words(rest, command)?;
    let word = word.to_string_lossy();
    group
        .get_subcommands()
        .find(|named| is_slip(&word, named.get_name()) && could_run(named, &words))
        .map(Command::get_name)
}

fn is_slip(word: &str, name: &str) -> bool {
    let sorted = |text: &str| {
        let mut chars: Vec<char> = text.chars().collect();
        chars.sort_unstable();
        chars
    };
    // Every question passes here: what costs least is compared first.
    word.chars().next() == name.chars().next()
        && word.len().min(name.len()) >= MISSPELT_CHARS_MIN
        && word.len().abs_diff(name.len()) <= 1
        && strsim::osa_distance(word, name) == 1
        && (word.len() != name.len() || sorted(word) == sorted(name))
}

/// Returns true if a command has all that it needs: as many words as it takes, paths that exist, no option missing.
fn could_run(named: &Command, words: &[&OsStr]) -> bool {
    let (named, words) = innermost(named, words);
    let needed = named.get_arguments().filter(|argument| argument.is_required_set());
    let (positional, options): (Vec<&Arg>, Vec<&Arg>) = needed.partition(|argument| argument.is_positional());
    let path = clap::value_parser!(PathBuf).type_id();
    let takes_paths = named.get_positionals().any(|argument| argument.get_value_parser().type_id() == path);
    let are_there = !takes_paths || words.iter().all(|word| Path::new(word).exists());
    options.is_empty() && are_there && words.len() >= positional.len() && words.len() <= arity(named)
}

/// Returns the error of a line of words with a slip at `place`, where the command `name` is meant.
fn correction(words: &[OsString], place: usize, name: &str) -> Failure {
    let mut meant = words.to_vec();
    meant[place] = name.into();
    Failure::from(anyhow!("`{}` is no command", words[place].display())).with_hint(format!(
        "faqt {}; or, to ask that: faqt -- {}",
        shown(&meant),
        shown(words)
    ))
}

/// Returns words as they are typed.
fn shown(words: &[OsString]) -> String {
    words.iter().map(|word| shell_word(Path::new(word))).collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use clap::CommandFactory as _;

    use super::*;
    use crate::cli::arguments::Arguments;

    fn resolved(typed: &str) -> Result<String, String> {
        let words = format!("faqt {typed}").split_whitespace().map(OsString::from).collect();
        let found = resolve(words, &Arguments::command()).map_err(|failure| format!("{failure:?}"))?;
        Ok(found.iter().skip(1).map(|word| word.to_string_lossy()).collect::<Vec<_>>().join(" "))
    }

    #[track_caller]
    fn check(typed: &str, expected: &str) {
        assert_eq!(resolved(typed).as_deref(), Ok(expected));
    }

    #[test]
    fn words_are_a_question_unless_the_first_names_a_command() {
        check("ICP transfer Baidu", "search ICP transfer Baidu");
        check("--kb a.faqt list", "--kb a.faqt list");
        check("--kb=a.faqt why list", "search --kb=a.faqt why list");
        check("-- list of documents", "search -- list of documents");
        check("--keyword Baidu", "search --keyword Baidu");
        check("-n 2 show me", "search -n 2 show me");
        check("--lang zh list", "list --lang zh");
        check("--format json --lang=zh list", "list --format json --lang=zh");
        check("-n2 --model x similar", "similar -n2 --model x");
        check("--full list", "search --full list");
        check("-n 2 list files", "search -n 2 list files");
        check("--keyword list", "search --keyword list");
        check("--lang zh -- list", "search --lang zh -- list");
        check("--no-pager show me", "--no-pager show me");
        check("--format json how", "search --format json how");
        check("--version", "--version");
        check("", "");
    }

    #[test]
    fn a_command_with_more_words_than_it_takes_is_a_question() {
        for question in [
            "list files by size",
            "show me how to reset",
            "stats on paper",
            "man in the moon",
            "verify my account",
            "check it twice",
            "build a house",
            "version of the lamp",
            "help me reset",
            "completions for my shell --no-pager",
            "model railway shops",
            "model list of cars",
            "model remove my account",
        ] {
            check(question, &format!("search {question}"));
        }
        for command in [
            "list --sections",
            "list --sections x",
            "show reset",
            "search list",
            "build a b -o c",
            "stats x",
            "model",
            "model list --format json",
            "model remove minilm",
            "model verify",
        ] {
            check(command, command);
        }
    }

    #[test]
    fn knowledge_bases_before_and_behind_a_command_stand_together() {
        check("--kb a --no-pager show --kb=b reset", "show --kb a --no-pager --kb=b reset");
        check("--kb a search --kb b words", "search --kb a --kb b words");
        check("--kb a list files by --kb b size", "search --kb a list files by --kb b size");
    }

    #[test]
    fn help_and_version_are_options_too() {
        check("help", "--help");
        check("help list", "list --help");
        check("help model remove", "model remove --help");
        check("model help", "model --help");
        check("version", "--version");
        check("--no-pager help", "--no-pager --help");
    }

    #[test]
    fn a_command_with_a_slip_of_the_pen_is_corrected_and_a_word_is_not() {
        for misspelt in [
            "lits",
            "lsit",
            "lists",
            "serach foo",
            "seach foo bar",
            "shwo reset",
            "stat",
            "chekc",
            "inti",
            "modle list",
            "model lsit",
        ] {
            assert!(resolved(misspelt).is_err_and(|said| said.contains("is no command")), "{misspelt}");
        }
        for question in [
            "lost",
            "lost password",
            "how",
            "shot",
            "reach support",
            "can I",
            "mean",
            "builds failing",
            "lists of files",
            "models of trains",
            "model listing",
            "eval",
        ] {
            let expected = if question == "eval" { question.to_owned() } else { format!("search {question}") };
            check(question, &expected);
        }
    }
}
