//! The titles that file and folder names stand for.
//!
//! A number before a name may put it in order (`01-intro.md`) or belong to it (`404-errors.md`), and so may a date. The
//! other names of the folder tell: numbers in order are consecutive or padded with zeros, dates stand before most names.

use std::collections::{HashMap, HashSet};

use super::extensions::MARKDOWN;
use super::slug::{is_index_name, strip_extension};

/// The folders whose names begin with numbers or dates that are not part of the names.
#[derive(Debug, Default)]
pub(crate) struct Naming {
    folders: HashMap<String, NameMarks>,
    /// The folders that name no section.
    containers: HashSet<String>,
}

/// The marks before the names of a folder.
#[derive(Clone, Copy, Debug, Default)]
struct NameMarks {
    are_numbered: bool,
    are_dated: bool,
}

/// The names of a folder so far.
#[derive(Default)]
struct FolderNames {
    count: usize,
    numbers: Vec<u32>,
    is_padded: bool,
    dates: usize,
}

impl Naming {
    /// Looks at the names of files and their folders; `paths` are sorted.
    pub(crate) fn of<'a>(paths: impl Iterator<Item = &'a str>) -> Naming {
        let mut folders: HashMap<&str, FolderNames> = HashMap::new();
        let mut last = "";
        for path in paths {
            let mut start = 0;
            for end in path.match_indices('/').map(|(at, _)| at).chain([path.len()]) {
                let is_known = last.get(..end) == Some(&path[..end]) && last[end..].starts_with('/');
                if !is_known {
                    folders.entry(&path[..start.max(1) - 1]).or_default().note(&path[start..end]);
                }
                start = end + 1;
            }
            last = path;
        }
        let marked = folders.into_iter().map(|(folder, names)| (folder.to_owned(), names.marks()));
        Naming {
            folders: marked.filter(|(_, marks)| marks.are_numbered || marks.are_dated).collect(),
            containers: HashSet::new(),
        }
    }

    /// Returns the same names, where `containers` are folders that name no section.
    pub(crate) fn with_containers<'a>(mut self, containers: impl IntoIterator<Item = &'a str>) -> Naming {
        self.containers = containers.into_iter().map(str::to_owned).collect();
        self
    }

    /// Returns the section titles that the folders of `path` stand for: `1-before-you-start/a.md` is in `Before you start`.
    pub(crate) fn sections(&self, path: &str) -> Vec<String> {
        let ends = path.match_indices('/').map(|(at, _)| at);
        let folders = ends.map(|end| &path[..end]).filter(|folder| !self.containers.contains(*folder));
        folders.map(|folder| self.of_name(folder)).collect()
    }

    /// Returns the title that the file at `path` stands for; an `index.md` stands for its folder.
    pub(crate) fn title(&self, path: &str) -> String {
        let stem = strip_extension(path);
        match stem.rsplit_once('/') {
            Some((folder, name)) if is_index_name(name) => self.of_name(folder),
            _ => self.of_name(stem),
        }
    }

    /// Returns the title that the last part of a path stands for.
    fn of_name(&self, path: &str) -> String {
        let (folder, written) = path.rsplit_once('/').unwrap_or(("", path));
        let name = written;
        let marks = self.folders.get(folder).copied().unwrap_or_default();
        let name = Some(name).filter(|_| marks.are_dated).and_then(after_date).unwrap_or(name);
        let name = Some(name).filter(|_| marks.are_numbered).and_then(after_number).map_or(name, |(_, rest)| rest);
        // A name with spaces was written as words.
        let words = if written.contains(' ') { name.trim().to_owned() } else { words(name) };
        capitalised(&words)
    }
}

impl FolderNames {
    fn note(&mut self, name: &str) {
        if is_index_name(strip_extension(name)) {
            return;
        }
        self.count += 1;
        if after_date(name).is_some() {
            self.dates += 1;
        } else if let Some((digits, _)) = after_number(name) {
            self.numbers.extend(digits.parse::<u32>());
            self.is_padded |= digits.len() > 1 && digits.starts_with('0');
        }
    }

    fn marks(mut self) -> NameMarks {
        self.numbers.sort_unstable();
        self.numbers.dedup();
        NameMarks {
            are_numbered: self.is_padded || self.are_consecutive(),
            are_dated: self.dates * 2 >= self.count.max(1),
        }
    }

    /// Returns true if at least two numbers, before at least half of the names, go on from the first, perhaps by tens.
    fn are_consecutive(&self) -> bool {
        let step = self.numbers.iter().fold(0, |step, &number| greatest_common_divisor(step, number)).max(1);
        let (Some(first), Some(last)) = (self.numbers.first(), self.numbers.last()) else { return false };
        let are_many = self.numbers.len() > 1 && self.numbers.len() * 2 >= self.count;
        are_many && first / step <= 1 && (last / step) as usize <= 2 * self.numbers.len()
    }
}

fn greatest_common_divisor(a: u32, b: u32) -> u32 {
    if b == 0 { a } else { greatest_common_divisor(b, a % b) }
}

/// Returns the digits before a name and the name; `6.0` and `404` are no numbered names.
fn after_number(name: &str) -> Option<(&str, &str)> {
    let digits = name.len() - name.trim_start_matches(|c: char| c.is_ascii_digit()).len();
    let rest = name[digits..].trim_start_matches(['-', '_', '.', ' ', ')']);
    let is_version = name[digits..].starts_with('.') && rest.starts_with(|c: char| c.is_ascii_digit());
    let is_separate = rest.len() < name.len() - digits && !MARKDOWN.contains(&rest);
    ((1..=4).contains(&digits) && !rest.is_empty() && is_separate && !is_version).then(|| (&name[..digits], rest))
}

/// Returns the name behind a date, as in `2024-01-05-title`.
fn after_date(name: &str) -> Option<&str> {
    let date = name.get(..10)?;
    let parts: Vec<&str> = date.split(['-', '_', '.']).collect();
    let number = |at: usize, length: usize| parts.get(at).filter(|part| part.len() == length)?.parse::<u32>().ok();
    let is_date = parts.len() == 3
        && number(0, 4).is_some()
        && number(1, 2).is_some_and(|month| (1..=12).contains(&month))
        && number(2, 2).is_some_and(|day| (1..=31).contains(&day));
    let rest = name[10..].strip_prefix(['-', '_', ' '])?;
    (is_date && rest.contains(char::is_alphanumeric)).then_some(rest)
}

/// Returns a name as words; a hyphen between digits belongs to a date.
fn words(name: &str) -> String {
    let name = name.trim_start_matches('_');
    let chars: Vec<char> = name.chars().collect();
    let is_digit = |at: Option<usize>| at.and_then(|at| chars.get(at)).is_some_and(char::is_ascii_digit);
    let spaced = chars.iter().enumerate().map(|(at, &c)| match c {
        '-' if is_digit(at.checked_sub(1)) && is_digit(Some(at + 1)) => c,
        '-' | '_' => ' ',
        c => c,
    });
    spaced.collect::<String>().split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Returns words with a capital letter first, unless the first word has one within, as `macOS` has.
fn capitalised(words: &str) -> String {
    let first = words.split(' ').next().unwrap_or_default();
    if first.contains(char::is_uppercase) {
        return words.to_owned();
    }
    let mut chars = words.chars();
    chars.next().map_or_else(String::new, |first| first.to_uppercase().chain(chars).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Asserts the title of each file of a folder that holds them all.
    #[track_caller]
    fn check(files: &[(&str, &str)]) {
        let mut paths: Vec<&str> = files.iter().map(|(path, _)| *path).collect();
        paths.sort_unstable();
        let naming = Naming::of(paths.into_iter());
        let found: Vec<_> = files.iter().map(|(path, _)| (*path, naming.title(path))).collect();
        let expected: Vec<_> = files.iter().map(|(path, title)| (*path, (*title).to_owned())).collect();
        assert_eq!(found, expected);
    }

    #[test]
    fn numbers_that_put_names_in_order_are_no_part_of_them() {
        check(&[("01-intro.md", "Intro")]);
        check(&[("1-intro.md", "Intro"), ("2-set-up_guide.md", "Set up guide"), ("index.md", "Index")]);
        check(&[("10-a.md", "A"), ("20-b.md", "B"), ("30-c.md", "C")]);
        check(&[("1. Start here.md", "Start here"), ("2. Go-on.md", "Go-on")]);
        check(&[("a/1-x/b.md", "B"), ("a/2-y/README.md", "Y")]);
    }

    #[test]
    fn numbers_that_belong_to_names_stay() {
        check(&[("404-errors.md", "404 errors"), ("403-errors.md", "403 errors")]);
        check(&[("3-ways-to-reset.md", "3 ways to reset"), ("faq.md", "Faq")]);
        check(&[
            ("1-click-deploy.md", "1 click deploy"),
            ("2-factor-login.md", "2 factor login"),
            ("a.md", "A"),
            ("b.md", "B"),
            ("c.md", "C"),
        ]);
        check(&[("2023-report.md", "2023 report"), ("2024-report.md", "2024 report")]);
        check(&[
            ("6.0.md", "6.0"),
            ("0.26-notes.md", "0.26 notes"),
            ("v1.2.md", "V1.2"),
            ("404.md", "404"),
            ("3d-print.md", "3d print"),
        ]);
    }

    #[test]
    fn dates_before_most_names_are_no_part_of_them() {
        check(&[("_posts/2024-01-05-new-lamp.md", "New lamp"), ("_posts/2024-02-01-old_lamp.md", "Old lamp")]);
        check(&[("2024-01-05.md", "2024-01-05"), ("notes-2024-01-05.md", "Notes 2024-01-05")]);
        check(&[("2024-01-05-outage.md", "2024-01-05 outage"), ("a.md", "A"), ("b.md", "B")]);
    }

    #[test]
    fn names_are_written_as_words() {
        check(&[
            ("_intro.md", "Intro"),
            ("macOS.md", "macOS"),
            ("My non-free note.md", "My non-free note"),
            ("FAQ.md", "FAQ"),
        ]);
        let naming = Naming::of(["1-before/a.md", "2-after/b.md", "_docs/c.md"].into_iter());
        assert_eq!(naming.sections("1-before/a.md"), ["Before"]);
        assert_eq!(naming.sections("_docs/c.md"), ["Docs"]);
        assert_eq!(naming.sections("c.md"), Vec::<String>::new());
    }
}
