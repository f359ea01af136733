//! A short run of every fuzz target with any compiler: each seed of `fuzz/seeds/`, and deterministic mutations of it.
//!
//! For more mutations: `CHANGES=10000 cargo test -p faqt --test fuzz_seeds`.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use proptest::prelude::Rng;
use proptest::test_runner::{RngAlgorithm, TestRng};

#[path = "../../fuzz/src/lib.rs"]
#[expect(unreachable_pub, reason = "in the crate of the fuzz targets, they are reached")]
mod targets;

type Target = (&'static str, fn(&[u8]));

static TARGETS: &[Target] = &[
    ("analyser", |bytes| targets::analyser(&String::from_utf8_lossy(bytes))),
    ("content", |bytes| targets::content(&String::from_utf8_lossy(bytes))),
    ("encoder_model", targets::encoder_model),
    ("encoder_onnx", targets::encoder_onnx),
    ("encoder_pieces", |bytes| targets::encoder_pieces(&String::from_utf8_lossy(bytes))),
    ("front_matter", |bytes| targets::front_matter(&String::from_utf8_lossy(bytes))),
    ("pack", targets::pack),
    ("question", |bytes| targets::question(&String::from_utf8_lossy(bytes))),
    ("renderers", |bytes| targets::renderers(&String::from_utf8_lossy(bytes))),
    ("word_pieces", |bytes| targets::word_pieces(&String::from_utf8_lossy(bytes))),
];

/// The targets of the command line, whose tests run them.
static ELSEWHERE: [&str; 1] = ["mcp"];

/// Pieces that begin or end a construct in the input of the targets.
static PIECES: &[&str] = &[
    "\n", "---\n", "+++\n", "```", "|", "\t", "[", "](", "](#a)", "{#a}", "&#27;", "&a", "*a", "<a ", ": ", "'", "\"",
    "\u{0}", "\u{1b}]", "\u{202e}", "\u{301}", "备", "ﷺ", "ー", "İ", "_", "**", "{{<", "!!! ", ":::", "[^1]", "\r",
];

fn fuzz() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../fuzz")
}

fn names(folder: &Path) -> BTreeSet<String> {
    let files = fs::read_dir(folder).unwrap_or_else(|error| panic!("{}: {error}", folder.display()));
    let stem = |file: PathBuf| file.file_stem().map(|stem| stem.to_string_lossy().into_owned());
    files.filter_map(|file| stem(file.expect("it can be read").path())).collect()
}

/// The seeds of a target in the order of their names.
fn seeds(target: &str) -> Vec<Vec<u8>> {
    let folder = fuzz().join("seeds").join(target);
    let mut files: Vec<PathBuf> = fs::read_dir(folder)
        .expect("every target has seeds")
        .map(|file| file.expect("it can be read").path())
        .collect();
    files.sort();
    files.iter().map(|file| fs::read(file).expect("it can be read")).collect()
}

fn changes() -> usize {
    std::env::var("CHANGES").ok().and_then(|changes| changes.parse().ok()).unwrap_or(200)
}

/// A random generator that is the same in every run.
struct Chance(TestRng);

impl Chance {
    fn below(&mut self, end: usize) -> usize {
        self.0.next_u32() as usize % end.max(1)
    }

    /// Mutates a text in 1 to 4 ways.
    fn change(&mut self, seed: &[u8], other: &[u8]) -> Vec<u8> {
        let mut bytes = seed.to_vec();
        for _ in 0..=self.below(4) {
            let start = self.below(bytes.len() + 1);
            let end = (start + self.below(40)).min(bytes.len());
            let piece = match self.below(6) {
                0 => Vec::new(),
                1 => bytes[start..end].repeat(2 + self.below(30)),
                2 => PIECES[self.below(PIECES.len())].repeat(1 + self.below(3)).into_bytes(),
                3 => other[self.below(other.len())..].to_vec(),
                4 => bytes[start..end].iter().map(|byte| byte ^ (1 << self.below(8))).collect(),
                _ => [&bytes[start..end], PIECES[self.below(PIECES.len())].as_bytes()].concat(),
            };
            bytes.splice(start..end, piece);
        }
        bytes
    }
}

#[test]
fn every_target_withstands_its_seeds_and_what_becomes_of_them() {
    for (target, run) in TARGETS {
        let mut chance = Chance(TestRng::deterministic_rng(RngAlgorithm::ChaCha));
        let seeds = seeds(target);
        for seed in &seeds {
            run(seed);
            for _ in 0..changes() {
                let other = &seeds[chance.below(seeds.len())];
                let changed = chance.change(seed, other);
                let survived = std::panic::catch_unwind(|| run(&changed));
                assert!(survived.is_ok(), "{target}: {:?}", String::from_utf8_lossy(&changed));
            }
        }
    }
}

#[test]
fn every_target_is_run_here_and_has_seeds() {
    let here = TARGETS.iter().map(|(name, _)| *name).chain(ELSEWHERE);
    let here: BTreeSet<String> = here.map(str::to_owned).collect();
    assert_eq!(here, names(&fuzz().join("fuzz_targets")));
    assert_eq!(here, names(&fuzz().join("seeds")));
}
