//! Forged packs with matching checksums: each gives an error or an answer, in bounded memory and without a panic.
//!
//! For more forgeries: `FORGERIES=20000 cargo test -p faqt --test forged_packs -- --nocapture`.

use std::panic;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, LazyLock};
use std::time::{Duration, Instant};

use faqt::build::Builder;
use faqt::{KnowledgeBase, SearchOptions, SentenceEncoder};
use peak_alloc::PeakAlloc;
use proptest::prelude::Rng;
use proptest::test_runner::{RngAlgorithm, TestRng};

#[path = "../../fuzz/src/forge.rs"]
#[expect(dead_code, reason = "other tests use the rest")]
#[expect(unreachable_pub, reason = "in the crate of the fuzz targets, they are reached")]
mod forge;
#[path = "../../fuzz/src/forgeries.rs"]
#[expect(unreachable_pub, reason = "in the crate of the fuzz targets, they are reached")]
mod forgeries;
#[path = "../../fuzz/src/transducer.rs"]
#[expect(unreachable_pub, reason = "in the crate of the fuzz targets, they are reached")]
mod transducer;

#[path = "../../tests/support/sentence_transformer.rs"]
mod sentence_transformer;

#[global_allocator]
static MEMORY: PeakAlloc = PeakAlloc;

/// The most memory, in bytes, that a forged pack of a few KB and the calls on it may take.
const MEMORY_MAX: usize = 100_000_000;

const CONTENT: &str = "---\n---\n\n# The lamp\n\n## How do I reset the lamp?\n\nHold the button, see [loudness](#is-it-loud).\n\n\
    ## Is it loud?\n\nNo, it is quiet.\n\n## 备案需要多久？\n\n二十天。\n";
const QUESTIONS: &[&str] =
    &["how do I reset the lamp", "resett the lammp", "备案需要多久", "quiet", "internationalisations reset"];

/// A pack of three entries.
fn small() -> Vec<u8> {
    built(CONTENT)
}

/// A pack with posting lists of several blocks.
fn large() -> Vec<u8> {
    let entry =
        |number: u32| format!("## Is lamp {number} loud?\n\n{}No, reset it.\n\n", "lamp ".repeat(number as usize % 5));
    built(&(0..300).map(entry).collect::<String>())
}

fn built(text: &str) -> Vec<u8> {
    let folder = tempfile::tempdir().expect("a folder");
    std::fs::write(folder.path().join("faq.md"), text).expect("a file");
    std::fs::write(folder.path().join("faqt.toml"), "synonyms = [[\"lamp\", \"light source\"]]\n").expect("a file");
    let builder = Builder::new(folder.path()).lenient(true).findability(false);
    builder.encoder(Arc::clone(&ENCODER), None).build().expect("the content is sound").pack
}

/// A sentence encoder of made-up weights.
static ENCODER: LazyLock<Arc<SentenceEncoder>> = LazyLock::new(|| {
    let folder = tempfile::tempdir().expect("a folder");
    sentence_transformer::write(folder.path(), 1, "");
    let model = faqt_encoder::import(folder.path()).expect("it is sound");
    Arc::new(SentenceEncoder::of(faqt_encoder::Encoder::from_bytes(model).expect("it is sound")))
});

/// Asks a pack for everything; returns the messages of all errors, and the time of the longest call.
fn ask_all(pack: Vec<u8>) -> (Vec<String>, Duration) {
    let mut since = Instant::now();
    let kb = match KnowledgeBase::from_vec(pack) {
        Ok(kb) => kb,
        Err(error) => return (vec![error.to_string()], since.elapsed()),
    };
    kb.attach_encoder(&ENCODER);
    let (mut errors, mut longest) = (Vec::new(), Duration::ZERO);
    let mut note = |error: Option<faqt::SearchError>| {
        longest = longest.max(since.elapsed());
        since = Instant::now();
        let mut next: Option<&dyn std::error::Error> = error.as_ref().map(|error| error as _);
        while let Some(error) = next {
            errors.push(error.to_string());
            next = error.source();
        }
    };
    let mut options = SearchOptions::default();
    options.explain = true;
    for question in QUESTIONS {
        note(kb.search(question, &options).err());
    }
    for typed in ["", "re", "is-", "lamp q", "备"] {
        note(kb.complete(typed, 5).err());
        note(kb.complete_id(typed, 5).err());
        note(kb.nearest_ids(typed, 3).err());
        note(kb.keyword(typed).err());
    }
    note(kb.entry("is-it-loud").err());
    note(kb.nearest_ids("is-it-lowd", 3).err());
    note(kb.help("E1").err());
    kb.entries().take(1_000).for_each(|entry| note(entry.err()));
    note(kb.sections().err());
    note(kb.verify().err().map(faqt::SearchError::from));
    (errors, longest)
}

/// The results of forged packs.
#[derive(Default)]
struct Record {
    packs: usize,
    refused: usize,
    /// The longest call, for a reader of the output: nothing depends on it.
    longest: (Duration, String),
    most_memory: (usize, String),
}

static PANICS: AtomicUsize = AtomicUsize::new(0);

impl Record {
    fn add(&mut self, name: &str, pack: Vec<u8>) {
        MEMORY.reset_peak_usage();
        let before = MEMORY.current_usage();
        let (errors, taken) = ask_all(pack);
        let memory = MEMORY.peak_usage().saturating_sub(before);
        assert_eq!(PANICS.load(Ordering::Relaxed), 0, "{name}");
        assert!(memory < MEMORY_MAX, "{name}: {memory} bytes");
        for error in &errors {
            let is_harmless =
                error.chars().count() < 500 && !error.contains(|c: char| c.is_control() || c == '\u{202e}');
            assert!(is_harmless, "{name}: {error:?}");
        }
        self.packs += 1;
        self.refused += usize::from(!errors.is_empty());
        if taken > self.longest.0 {
            self.longest = (taken, name.to_owned());
        }
        if memory > self.most_memory.0 {
            self.most_memory = (memory, name.to_owned());
        }
    }
}

/// Changes a pack below its checksums in 1 to 4 places, to small and to extreme numbers.
fn changed(sound: &[u8], chance: &mut TestRng) -> Vec<u8> {
    let mut pack = sound.to_vec();
    let sections = forge::sections(&pack);
    for _ in 0..=chance.next_u32() % 4 {
        // All sections are equally likely, whatever their lengths.
        let section = &sections[chance.next_u32() as usize % sections.len()];
        let at = section.start + chance.next_u32() as usize % section.len().max(1);
        let number = match chance.next_u32() % 6 {
            0 => u64::MAX,
            1 => 0,
            2 => 1 << (chance.next_u32() % 64),
            3 => u64::from(chance.next_u32() % 300),
            4 => section.len() as u64,
            _ => chance.next_u64(),
        };
        let width = 1 << (chance.next_u32() % 4);
        let end = section.end.min(at + width);
        pack[at..end].copy_from_slice(&number.to_le_bytes()[..end - at]);
    }
    forge::sealed(pack)
}

/// The number of random forgeries, and the step that thins out the hand-made ones.
fn wanted() -> (usize, usize) {
    let more = std::env::var("FORGERIES").ok().and_then(|count| count.parse().ok());
    more.map_or((150, 60), |count| (count, 1))
}

// One test, because memory is counted for the whole process.
#[test]
fn forged_packs_are_errors_or_answers_in_bounded_memory_without_a_panic() {
    let loud = panic::take_hook();
    panic::set_hook(Box::new(move |panic| {
        // An assertion below is a panic, too, with its own message.
        if panic.location().is_none_or(|place| !place.file().ends_with("forged_packs.rs")) {
            PANICS.fetch_add(1, Ordering::Relaxed);
        }
        loud(panic);
    }));
    let mut record = Record::default();
    let (random, step) = wanted();
    // The results of hand-made forgeries depend little on the size of the pack.
    for (size, sound, one_in) in [("small", small(), 1), ("large", large(), step.min(8))] {
        assert_eq!(ask_all(sound.clone()).0, [""; 0], "a sound pack has no errors");
        for (name, pack) in forgeries::forgeries(&sound, step).into_iter().step_by(one_in) {
            record.add(&format!("{size}, {name}"), pack);
        }
        let mut chance = TestRng::deterministic_rng(RngAlgorithm::ChaCha);
        for number in 0..random / 2 {
            record.add(&format!("{size}, random {number}"), changed(&sound, &mut chance));
        }
    }
    let Record { packs, refused, longest, most_memory } = record;
    println!(
        "{packs} forged packs, {refused} of them with errors; the longest call {longest:?}, bytes at most {most_memory:?}"
    );
    assert!(refused > packs / 2, "{refused} of {packs} have errors");
}
