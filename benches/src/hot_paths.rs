//! The hot paths, each by itself: reading a question and asking 14 and 10,000 entries, rendering an answer, building.
//!
//! The texts are the fixed texts of [`faqt_benches`]. `cargo bench -p faqt-benches` runs all benches,
//! `cargo bench -p faqt-benches -- ask` some. `benches/run` compares with other programs.

use divan::{Bencher, black_box};
use faqt::build::Builder;
use faqt::render::TextOptions;
use faqt::{Entry, KnowledgeBase};
use faqt_benches::{Generator, markdown};
use tempfile::TempDir;

const SEED: u64 = 1;
/// The number of questions asked in turn, so that no question finds its data in the CPU cache.
const QUESTIONS: usize = 64;

fn main() {
    divan::main();
}

/// Writes `entries` synthetic entries as documents.
fn folder(entries: usize) -> TempDir {
    let folder = tempfile::tempdir().expect("a temporary folder can be made");
    markdown::documents(&Generator::new(entries, SEED), folder.path()).expect("documents can be written");
    folder
}

fn builder(folder: &TempDir) -> Builder {
    Builder::new(folder.path()).findability(false)
}

fn knowledge_base(entries: usize) -> (Vec<u8>, KnowledgeBase) {
    let pack = builder(&folder(entries)).build().expect("made-up entries are sound").pack;
    let kb = KnowledgeBase::from_vec(pack.clone()).expect("a pack just built is sound");
    (pack, kb)
}

fn questions(entries: usize, ask: impl Fn(&Generator, usize) -> String) -> Vec<String> {
    let generator = Generator::new(entries, SEED);
    (0..QUESTIONS.min(entries)).map(|at| ask(&generator, at * entries / QUESTIONS.min(entries))).collect()
}

fn ask_in_turn(bencher: Bencher<'_, '_>, entries: usize, questions: &[String]) {
    let (_, kb) = knowledge_base(entries);
    let mut turn = questions.iter().cycle();
    bencher.bench_local(|| kb.ask(black_box(turn.next().expect("there are questions"))));
}

/// A question of out-of-vocabulary words, which isolates the reading of a question.
#[divan::bench]
fn read_a_question(bencher: Bencher<'_, '_>) {
    let (_, kb) = knowledge_base(1);
    bencher.bench_local(|| kb.ask(black_box("warum geht 我的灯 nicht an wenn ich E0308 drücke")));
}

#[divan::bench(args = [14, 10_000])]
fn ask_three_keywords(bencher: Bencher<'_, '_>, entries: usize) {
    ask_in_turn(bencher, entries, &questions(entries, Generator::keywords));
}

#[divan::bench(args = [14, 10_000])]
fn ask_as_people_speak(bencher: Bencher<'_, '_>, entries: usize) {
    ask_in_turn(bencher, entries, &questions(entries, Generator::spoken));
}

#[divan::bench(args = [14, 10_000])]
fn open_a_pack(bencher: Bencher<'_, '_>, entries: usize) {
    let (pack, _) = knowledge_base(entries);
    let pack: &'static [u8] = pack.leak();
    bencher.bench_local(|| KnowledgeBase::from_static(black_box(pack)));
}

#[divan::bench]
fn render_an_answer(bencher: Bencher<'_, '_>) {
    let (_, kb) = knowledge_base(14);
    let entries: Vec<Entry> = kb.entries().collect::<Result<_, _>>().expect("a pack just built is sound");
    let mut turn = entries.iter().cycle();
    bencher.bench_local(|| {
        let entry = turn.next().expect("there are entries");
        faqt::render::text(black_box(&entry.answer), &TextOptions::for_terminal(80))
    });
}

#[divan::bench(sample_count = 10)]
fn build_1000_entries(bencher: Bencher<'_, '_>) {
    let folder = folder(1_000);
    bencher.bench_local(|| builder(&folder).build());
}
