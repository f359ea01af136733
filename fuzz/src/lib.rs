//! The bodies of the fuzz targets, separate from libFuzzer, so that `index/tests/fuzz_seeds.rs` runs them with any
//! compiler.

mod encoder;
mod forge;
mod forgeries;
#[path = "../../meaning/tests/support/mod.rs"]
#[expect(dead_code, reason = "the tests of tables use the rest")]
mod small_table;
mod transducer;
mod word_pieces;

use std::sync::{Arc, LazyLock};

use faqt::build::{BuildError, Builder, Problem, hash};
use faqt::render::{self, HtmlOptions, TextOptions};
use faqt::{KnowledgeBase, SearchOptions, fuzzing};

use small_table::{PIECES, WORDS, table};

pub use encoder::{encoder_model, encoder_onnx, encoder_pieces};
pub use word_pieces::word_pieces;

static SOUND: LazyLock<Vec<u8>> = LazyLock::new(|| {
    let content = concat!(env!("CARGO_MANIFEST_DIR"), "/../content");
    let builder = Builder::new(content).findability(false).encoder(Arc::clone(&encoder::SENTENCES), None);
    builder.build().expect("it is sound").pack
});
static KB: LazyLock<KnowledgeBase> = LazyLock::new(|| KnowledgeBase::from_vec(SOUND.clone()).expect("it is sound"));

/// A language for each kind of stemmer and each treatment of apostrophes and accents.
static TAGS: &[&str] =
    &["en", "ar", "de", "el", "fi", "fr", "hu", "it", "pt", "ro", "ru", "sv", "ta", "tr", "zh", "ja"];

/// Analyses any text: no term is empty, and the length of all terms is bounded by the length of the text.
pub fn analyser(text: &str) {
    let tag = TAGS[text.len() % TAGS.len()];
    let terms = fuzzing::terms(text, tag);
    assert!(terms.iter().all(|term| !term.is_empty()), "{tag}: {terms:?}");
    // Normalisation makes at most 11 bytes of one. An identifier yields its parts, too; a character is in two pairs.
    let bytes: usize = terms.iter().map(String::len).sum();
    assert!(bytes <= 64 * text.len(), "{tag}: {bytes} bytes of terms");
}

/// Reads any text as a file of a content folder, with front matter, dialects and links. The result is entries, or
/// problems with positions. 1 file in 16 is built, and each of its entries must be found by its id.
pub fn content(text: &str) {
    // The first letter chooses the file name, and thereby the dialect.
    let name = match text.as_bytes().first() {
        Some(b'x') => "a.mdx",
        Some(b's') => "faqt.toml",
        _ => "a.md",
    };
    if name == "faqt.toml" {
        assert_problems(&fuzzing::settings(text), text);
    } else {
        let (entries, problems) = fuzzing::entries(name, text);
        assert_problems(&problems, text);
        for entry in &entries {
            assert!(line_count(text) >= entry.line, "{} is in line {}", entry.id, entry.line);
            assert_harmless(&render::plain(&entry.answer));
        }
    }
    if hash(text.as_bytes()).ends_with('0') {
        build(name, text);
    }
}

fn build(name: &str, text: &str) {
    let folder = tempfile::tempdir().expect("a folder");
    std::fs::write(folder.path().join(name), text).expect("a file");
    match Builder::new(folder.path()).lenient(true).build() {
        Ok(built) => {
            let kb = KnowledgeBase::from_vec(built.pack).expect("a pack that was built opens");
            for entry in kb.entries() {
                let entry = entry.expect("an entry that was written can be read");
                let found = kb.entry(&entry.id).expect("the pack is sound");
                assert!(found.is_some(), "{} is not found", entry.id);
            }
        }
        // Invalid settings are an error, because they may hide content.
        Err(BuildError::Empty { .. } | BuildError::Content(_)) => {}
        Err(error) => panic!("{error}"),
    }
}

/// Parses any text as YAML, or behind a `+` as TOML, at the top of a file; problems have a line.
pub fn front_matter(text: &str) {
    let file = match text.strip_prefix('+') {
        Some(toml) => format!("+++\n{toml}\n+++\n"),
        None => format!("---\n{text}\n---\n"),
    };
    if let Err(problems) = fuzzing::front_matter("a.md", &file) {
        assert!(!problems.is_empty(), "nobody hears why");
        assert_problems(&problems, &file);
    }
}

/// A sound pack, and forged packs.
static PACKS: LazyLock<Vec<Vec<u8>>> = LazyLock::new(|| {
    let forged = forgeries::forgeries(&SOUND, 100).into_iter().map(|(_, pack)| pack);
    let own_tables = forge::Parts::of(&SOUND).with_tables(table(PIECES, false), table(WORDS, true)).pack();
    [SOUND.clone(), own_tables].into_iter().chain(forged.filter(|pack| pack.len() <= 2 * SOUND.len())).collect()
});

/// Opens any bytes as a pack, and as changes to another pack with matching checksums; asking it must not panic.
pub fn pack(bytes: &[u8]) {
    ask_pack(bytes.to_vec());
    let mut forged = PACKS[bytes.len() % PACKS.len()].clone();
    let data = forge::data(&forged);
    for change in bytes.chunks_exact(3).take(16) {
        let at = data.start + usize::from(u16::from_le_bytes([change[0], change[1]])) % data.len();
        forged[at] ^= change[2];
    }
    ask_pack(forge::sealed(forged));
}

fn ask_pack(pack: Vec<u8>) {
    if let Ok(kb) = KnowledgeBase::from_vec(pack) {
        kb.attach_encoder(&encoder::SENTENCES);
        let _ = kb.ask("how do I trasnfer the lamp");
        let _ = kb.complete("re", 5);
        let _ = kb.complete_id("re", 5);
        let _ = kb.nearest_ids("transfer-icp", 3);
        let _ = kb.keyword("icp");
        let _ = kb.entries().take(100).count();
        let _ = kb.verify();
    }
}

/// Asks any text as a question, a prefix, a keyword and an id; none is an error.
pub fn question(text: &str) {
    let mut options = SearchOptions::default();
    options.explain = true;
    let found = KB.search(text, &options).expect("no question is an error");
    assert!((0.0..=1.0).contains(&found.confidence));
    assert!(found.hits.windows(2).all(|pair| pair[0].score >= pair[1].score));
    KB.complete(text, 5).expect("no beginning is an error");
    KB.complete_id(text, 5).expect("no beginning is an error");
    KB.keyword(text).expect("no keyword is an error");
    KB.nearest_ids(text, 3).expect("no id is an error");
}

/// Renders any text as an answer; the output has no control characters and no scripts.
pub fn renderers(markdown: &str) {
    let width = 1 + markdown.len() % 100;
    let text = render::text(markdown, &TextOptions::for_pipe(width));
    for shown in [text, render::plain(markdown)] {
        assert_harmless(&shown);
    }
    let page = render::html(markdown, &HtmlOptions::default()).to_ascii_lowercase();
    for harm in ["<script", "<iframe", "<style", "href=\"javascript", "href=\"data:", "src=\"javascript"] {
        assert!(!page.contains(harm), "{page:?}");
    }
}

/// Asserts that each problem is one line and has a position in the file.
fn assert_problems(problems: &[Problem], text: &str) {
    for problem in problems {
        assert!((1..=line_count(text) + 1).contains(&problem.line), "{problem}");
        let shown = problem.to_string();
        assert!(!shown.contains('\n'), "{shown:?}");
        assert_harmless(&shown);
    }
}

fn assert_harmless(shown: &str) {
    let command = shown.chars().find(|c| c.is_control() && *c != '\n');
    assert_eq!(command, None, "{shown:?}");
}

/// Counts lines as YAML does, in which a carriage return ends a line, too.
fn line_count(text: &str) -> u32 {
    u32::try_from(text.matches(['\n', '\r']).count() + 1).unwrap_or(u32::MAX)
}
