//! Invariants of any content: nothing in it crashes a build, and entries come out of a pack as they went in. Neither
//! the order of the files nor an entry about something else changes the results.

use std::collections::BTreeSet;
use std::path::Path;

use faqt::build::{BuildError, Builder};
use faqt::{KnowledgeBase, SearchOptions};
use proptest::prelude::*;
use tempfile::TempDir;

fn folder(files: &[(String, String)]) -> TempDir {
    let folder = tempfile::tempdir().expect("a folder");
    for (name, text) in files {
        std::fs::write(folder.path().join(name), text).expect("a file");
    }
    folder
}

fn pack(folder: &Path) -> Vec<u8> {
    Builder::new(folder).findability(false).build().expect("the content is sound").pack
}

/// An entry as a file of its own.
fn file(id: &str, question: &str, answer: &str) -> String {
    format!("---\nid: {id}\nquestion: {question:?}\n---\n\n{answer}\n")
}

fn words(letters: &str, count: std::ops::Range<usize>) -> impl Strategy<Value = String> {
    let word = proptest::string::string_regex(&format!("[{letters}]{{3,8}}")).expect("an expression");
    prop::collection::vec(word, count).prop_map(|words| words.join(" "))
}

/// A few entries about things of one alphabet, whose ids and questions all differ.
fn entries() -> impl Strategy<Value = Vec<(String, String)>> {
    prop::collection::vec((words("abcdefghijklm", 2..7), words("abcdefghijklm", 1..20)), 2..8).prop_map(|entries| {
        let mut seen = BTreeSet::new();
        entries.into_iter().filter(|(question, _)| seen.insert(question.clone())).collect()
    })
}

/// Strings of anything, with pieces that have a meaning for a parser.
fn anything() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        Just("---\n".to_owned()),
        Just("id: a\nquestion: b\n".to_owned()),
        Just("aliases: [&a [*a, *a]]\n".to_owned()),
        Just("\n# H {#id}\n".to_owned()),
        Just("\n```\n".to_owned()),
        Just("[a](#b \"".to_owned()),
        Just("> - 1. ".to_owned()),
        Just("| a |\n|---|\n".to_owned()),
        Just("{{< x >}}{{#include y}}:::note\n".to_owned()),
        Just("<div><script>&#27;".to_owned()),
        Just("!!! note \"".to_owned()),
        Just("\r\n\t\u{feff}\0".to_owned()),
        any::<String>(),
    ];
    prop::collection::vec(piece, 0..12).prop_map(|pieces| pieces.concat())
}

/// For more cases: `CASES=10000 cargo test -p faqt --test invariants`.
fn cases() -> u32 {
    std::env::var("CASES").ok().and_then(|cases| cases.parse().ok()).unwrap_or(96)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(cases()))]

    #[test]
    fn any_file_is_read_or_reported(text in anything(), settings in anything()) {
        let folder = folder(&[("a.md".to_owned(), text), ("faqt.toml".to_owned(), settings)]);
        match Builder::new(folder.path()).lenient(true).build() {
            Ok(built) => {
                let kb = KnowledgeBase::from_vec(built.pack).expect("a pack that was built opens");
                for entry in kb.entries() {
                    let entry = entry.expect("it can be read");
                    kb.ask(&entry.question).expect("no question is an error");
                    let _ = faqt::render::plain(&entry.answer);
                }
            }
            // Unreadable settings open nothing, because they may hide content.
            Err(BuildError::Empty { .. } | BuildError::Content(_)) => {}
            Err(error) => prop_assert!(false, "{error}"),
        }
    }

    #[test]
    fn what_goes_in_comes_out(entries in entries()) {
        let files: Vec<_> =
            entries.iter().enumerate().map(|(at, (q, a))| (format!("{at}.md"), file(&format!("e{at}"), q, a))).collect();
        let kb = KnowledgeBase::from_vec(pack(folder(&files).path())).expect("it opens");
        prop_assert_eq!(kb.entries().count(), entries.len());
        for (at, (question, answer)) in entries.iter().enumerate() {
            let entry = kb.entry(&format!("e{at}")).expect("it can be read").expect("it is there");
            prop_assert_eq!((&entry.question, &entry.answer), (question, answer));
        }
    }

    #[test]
    fn the_order_in_which_files_were_written_changes_no_byte(entries in entries()) {
        let mut files: Vec<_> =
            entries.iter().enumerate().map(|(at, (q, a))| (format!("{at}.md"), file(&format!("e{at}"), q, a))).collect();
        files.push(("faqt.toml".to_owned(), "name = \"test\"\n".to_owned()));
        let one = pack(folder(&files).path());
        files.reverse();
        prop_assert!(one == pack(folder(&files).path()));
    }

    #[test]
    fn the_order_of_the_entries_changes_no_ranking(entries in entries()) {
        let named = |name: &dyn Fn(usize) -> String| {
            let of_entry = |(at, (q, a)): (usize, &(String, String))| (name(at), file(&format!("e{at}"), q, a));
            let files: Vec<_> = entries.iter().enumerate().map(of_entry).collect();
            KnowledgeBase::from_vec(pack(folder(&files).path())).expect("it opens")
        };
        let (forth, back) = (named(&|at| format!("{at}.md")), named(&|at| format!("{}.md", 99 - at)));
        for (question, _) in &entries {
            let scores = |kb: &KnowledgeBase| -> Vec<(String, String)> {
                let options = SearchOptions::default().with_limit(100);
                let hits = kb.search(question, &options).expect("no question is an error").hits;
                let mut scores: Vec<_> =
                    hits.into_iter().map(|hit| (hit.entry.id, format!("{:.4}", hit.score))).collect();
                scores.sort();
                scores
            };
            prop_assert_eq!(scores(&forth), scores(&back), "{}", question);
        }
    }

    #[test]
    fn an_entry_about_something_else_hides_none(entries in entries(), other in (words("nopqrstuvwxyz", 2..7), words("nopqrstuvwxyz", 1..40))) {
        let mut files: Vec<_> =
            entries.iter().enumerate().map(|(at, (q, a))| (format!("{at}.md"), file(&format!("e{at}"), q, a))).collect();
        let before = KnowledgeBase::from_vec(pack(folder(&files).path())).expect("it opens");
        files.push(("other.md".to_owned(), file("other", &other.0, &other.1)));
        let after = KnowledgeBase::from_vec(pack(folder(&files).path())).expect("it opens");
        for (question, _) in &entries {
            let first = |kb: &KnowledgeBase| -> BTreeSet<String> {
                let hits = kb.ask(question).expect("no question is an error").hits;
                let best = hits.first().map_or(0.0, |hit| hit.score);
                hits.into_iter().filter(|hit| hit.score > 0.999 * best).map(|hit| hit.entry.id).collect()
            };
            let (before, after) = (first(&before), first(&after));
            prop_assert!(!before.is_disjoint(&after), "{question}: {before:?}, then {after:?}");
        }
    }
}
