//! Constructs of site generators, one a file, beside what readers see of them.
//!
//! Each folder of `corpus/` holds the configuration file that shows its dialect. A snapshot has, for every construct, its
//! source, plain text, text for a terminal and HTML.

use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};

use faqt::KnowledgeBase;
use faqt::build::Builder;
use faqt::render::{HtmlOptions, TextOptions, html, plain, text};
use proptest::prelude::*;
use pulldown_cmark::{Event, Options, Parser};

fn corpus() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/corpus")
}

#[test]
fn constructs_of_every_generator() {
    let mut folders: Vec<_> =
        fs::read_dir(corpus()).expect("it can be read").flatten().map(|entry| entry.path()).collect();
    folders.sort();
    let mut constructs = 0;
    for folder in folders {
        let pack = Builder::new(&folder).build().expect("the content is sound").pack;
        let kb = KnowledgeBase::from_vec(pack).expect("a pack");
        let mut files: Vec<_> =
            fs::read_dir(&folder).expect("it can be read").flatten().map(|entry| entry.path()).collect();
        files.retain(|file| file.extension().is_some_and(|extension| extension == "md"));
        files.sort();
        let mut shown = String::new();
        for file in files {
            constructs += 1;
            let id = file.file_stem().and_then(|stem| stem.to_str()).expect("a name");
            let source = fs::read_to_string(&file).expect("it can be read");
            let answer = kb.entry(id).expect("a sound pack").expect("an entry").answer;
            write(&mut shown, id, source.splitn(3, "---\n").nth(2).expect("a body"), &answer);
        }
        let name = folder.file_name().and_then(|name| name.to_str()).expect("a name");
        insta::assert_snapshot!(name, shown);
    }
    assert!(constructs >= 100, "{constructs}");
}

fn write(shown: &mut String, id: &str, source: &str, answer: &str) {
    let _ = writeln!(shown, "======== {id}\n{}", source.trim_end());
    for (name, output) in [
        ("plain", plain(answer)),
        ("terminal", text(answer, &TextOptions::for_pipe(60))),
        ("html", html(answer, &HtmlOptions::default())),
    ] {
        let _ = writeln!(shown, "-------- {name}\n{}", output.trim_end());
    }
}

/// The dialect of Markdown without those of generators.
const OPTIONS: Options = Options::ENABLE_TABLES
    .union(Options::ENABLE_FOOTNOTES)
    .union(Options::ENABLE_STRIKETHROUGH)
    .union(Options::ENABLE_TASKLISTS)
    .union(Options::ENABLE_HEADING_ATTRIBUTES)
    .union(Options::ENABLE_GFM)
    .union(Options::ENABLE_DEFINITION_LIST);

const WORDS: [&str; 6] = ["LAMP", "ROUTER", "CABLE", "ЛАМПА", "灯泡", "램프"];

/// Marks of Markdown and of generators; none makes a link, whose address is no text.
const PIECES: [&str; 74] = [
    " ",
    " ",
    " ",
    "\n",
    "\n",
    "\n\n",
    "\n    ",
    "\n- ",
    "\n1. ",
    "\n> ",
    "\n# ",
    "\n```\n",
    "\n:::note\n",
    "\n:::\n",
    "\n!!! note\n    ",
    "\n=== \"",
    "\n/// ",
    "\n--8<-- ",
    "\nimport ",
    " from '",
    "\n% ",
    "\n(x)=\n",
    "\n| ",
    " | ",
    "\n|-|-|\n",
    "{{ ",
    " }}",
    "{% ",
    " %}",
    "{{< ",
    " >}}",
    "{{#include ",
    "{! ",
    " !}",
    "{/* ",
    " */}",
    "[[",
    "]]",
    "![[",
    "==",
    "%%",
    "`",
    "``",
    "*",
    "**",
    "_",
    "~~",
    "$",
    "$$",
    "\\(",
    "\\)",
    "\\[",
    "\\]",
    "<b>",
    "</b>",
    "<kbd>",
    "</kbd>",
    "<del>",
    "<br>",
    "<sup>",
    "</sup>",
    "<Tabs>",
    "{.",
    "}",
    "{:",
    ":material-",
    ":",
    "：",
    "。",
    "“",
    "”",
    "）",
    "\"",
    "'",
];

/// Counts the words in the text and the code of Markdown, as its parser alone reads it.
fn words_of(markdown: &str, word: &str) -> usize {
    let count = |event: Event<'_>| match event {
        Event::Text(text) | Event::Code(text) => text.matches(word).count(),
        _ => 0,
    };
    Parser::new_ext(markdown, OPTIONS).map(count).sum()
}

/// Returns the answer of the only entry, whose file has this body, in a folder without a dialect.
fn answer_of(body: &str) -> Option<String> {
    let settings = "dialects = []\n[checks]\nbroken-link = 'off'\n".to_owned();
    let files = [("a.md", format!("---\nquestion: lamp\n---\n{body}")), ("faqt.toml", settings)];
    let pack = Builder::from_files("test", files).build().ok()?.pack;
    let kb = KnowledgeBase::from_vec(pack).expect("a pack");
    Some(kb.entry("a").expect("a sound pack").expect("an entry").answer)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]
    #[test]
    fn every_word_that_is_no_markup_stays(
        pieces in prop::collection::vec((prop::sample::select(&PIECES[..]), prop::sample::select(&WORDS[..])), 1..30),
    ) {
        let body: String = pieces.iter().flat_map(|(piece, word)| [*piece, *word]).collect();
        if let Some(answer) = answer_of(&body) {
            let shown = plain(&answer).replace('\n', " ");
            for word in WORDS {
                prop_assert!(shown.matches(word).count() >= words_of(&body, word), "{word} of {body:?} in {shown:?}");
            }
        }
    }
}
