//! 4 processes of 16 threads each ask while the pack is replaced.
//!
//! Every answer must come from the pack that was asked, no pack may be followed by an older one, and memory must not
//! grow. 8 replacements are the default. A longer run with a report:
//! `SECONDS=600 cargo test --test sustained -- --nocapture`.
#![cfg(target_os = "linux")]

mod support;

use std::fs;
use std::os::unix::fs::MetadataExt as _;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, Instant};

use faqt::{KnowledgeBase, LiveKnowledgeBase};

const PROCESSES: usize = 4;
const THREADS: usize = 16;
const ENTRIES: usize = 50;
const REPLACEMENTS: u64 = 8;
/// The variable that names the folder of the pack to a process of this test.
const PACK: &str = "SUSTAINED_PACK";
/// The maximum growth of a process in bytes after its first replacements: the allocator keeps some freed memory.
const GROWTH_MAX: u64 = 16 << 20;

/// Builds version `version` of the content and replaces the previous pack.
fn build(place: &Path, version: u64) {
    let entry = |at: usize| format!("## Where is the part {at} kept?\n\nIn drawer {at} of version {version}.\n\n");
    let text = (0..ENTRIES).fold(String::new(), |text, at| text + &entry(at));
    let settings = format!("name = \"{version}\"\n");
    let content = support::content(place, &[("faq.md", &text), ("faqt.toml", &settings)]);
    let pack = pack_in(place);
    let run =
        support::faqt(["build".as_ref(), content.as_os_str(), "-o".as_ref(), pack.as_os_str(), "--unchecked".as_ref()]);
    assert_eq!(run.code, Some(0), "{run:?}");
}

fn pack_in(place: &Path) -> PathBuf {
    place.join("kb.faqt")
}

/// Asks until the file `stop` exists, and returns the measurements.
fn ask(place: &Path) -> String {
    let open = || KnowledgeBase::open(pack_in(place)).expect("a pack is there at every moment");
    let live = LiveKnowledgeBase::new(open());
    let (questions, replaced, resident) = (AtomicU64::new(0), AtomicU64::new(0), AtomicU64::new(0));
    std::thread::scope(|scope| {
        for thread in 0..THREADS {
            let (live, questions, replaced, resident) = (&live, &questions, &replaced, &resident);
            scope.spawn(move || {
                let (mut seen, mut file) = (0, 0);
                for turn in thread.. {
                    seen = ask_once(&live.current(), turn * 7 % ENTRIES, seen);
                    questions.fetch_add(1, Ordering::Relaxed);
                    if thread > 0 || turn % 16 > 0 {
                        if place.join("stop").exists() {
                            return;
                        }
                        continue;
                    }
                    let now = fs::metadata(pack_in(place)).map_or(file, |metadata| metadata.ino());
                    if now != file {
                        file = now;
                        live.replace(open());
                        if replaced.fetch_add(1, Ordering::Relaxed) == 4 {
                            resident.store(resident_bytes(), Ordering::Relaxed);
                        }
                    }
                }
            });
        }
    });
    let numbers = [questions.into_inner(), replaced.into_inner(), resident.into_inner(), resident_bytes()];
    numbers.map(|number| number.to_string()).join(" ")
}

/// Asks for one part and checks the answer; returns the version of the pack.
fn ask_once(kb: &KnowledgeBase, part: usize, seen: u64) -> u64 {
    let version: u64 = kb.manifest().name.parse().expect("a version");
    assert!(version >= seen, "version {version} after {seen}");
    let found = kb.ask(&format!("where is part {part} kept")).expect("the pack is sound");
    assert_eq!(found.hits[0].entry.answer, format!("In drawer {part} of version {version}."));
    version
}

fn resident_bytes() -> u64 {
    let pages = fs::read_to_string("/proc/self/statm").expect("Linux says");
    pages.split(' ').nth(1).and_then(|pages| pages.parse::<u64>().ok()).expect("a number") * 4096
}

/// The body of a process; it is a test, so that the test binary can start itself.
#[test]
fn a_process_that_asks() {
    if let Some(place) = std::env::var_os(PACK) {
        let numbers = ask(Path::new(&place));
        fs::write(Path::new(&place).join(format!("{}.numbers", std::process::id())), numbers).expect("it is written");
    }
}

fn start(place: &Path) -> Child {
    let mut command = Command::new(std::env::current_exe().expect("this test has a path"));
    command.args(["--exact", "a_process_that_asks"]).env(PACK, place).stdout(Stdio::null());
    command.spawn().expect("it starts")
}

#[test]
fn packs_are_replaced_under_sixty_four_threads() {
    let place = tempfile::tempdir().expect("a folder");
    let seconds = std::env::var("SECONDS").ok().and_then(|seconds| seconds.parse().ok()).map(Duration::from_secs);
    build(place.path(), 1);
    let children: Vec<Child> = (0..PROCESSES).map(|_| start(place.path())).collect();
    let (begin, mut version) = (Instant::now(), 1);
    while version <= REPLACEMENTS || seconds.is_some_and(|seconds| begin.elapsed() < seconds) {
        version += 1;
        build(place.path(), version);
    }
    fs::write(place.path().join("stop"), "").expect("it is written");
    for mut child in children {
        let process = child.id();
        assert!(child.wait().expect("it ends").success(), "an answer was wrong");
        let numbers = fs::read_to_string(place.path().join(format!("{process}.numbers"))).expect("it is written");
        let numbers: Vec<u64> = numbers.split(' ').map(|number| number.parse().expect("a number")).collect();
        let [questions, replaced, before, after] = numbers[..] else { panic!("{numbers:?}") };
        println!(
            "process {process}: {questions} questions, {replaced} of {version} packs, {before} bytes then {after}"
        );
        assert!(questions > 0 && replaced > 0);
        assert!(before == 0 || after < before + GROWTH_MAX, "{before} bytes, then {after}");
    }
}
