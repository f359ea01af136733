//! Builds with a sentence encoder that were interrupted: the next build goes on with the vectors that were made, and its pack
//! has the bytes of an uninterrupted build.

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::mpsc::channel;
use std::sync::{Arc, LazyLock, Mutex};

use faqt::build::{BuildError, Builder, Built, Progress, Stage, add_sentences};
use faqt::{KnowledgeBase, SentenceEncoder};
use faqt_encoder::Encoder;

#[path = "../../tests/support/sentence_transformer.rs"]
mod sentence_transformer;

/// Many entries: threads encode ahead of the one that writes, 6 parts of 4 entries each at most.
const ENTRIES: usize = 1_200;
/// An entry has a vector of its whole text and one of its question.
const VECTORS: usize = 2 * ENTRIES;
/// The entry at which builds are interrupted.
const AT: usize = 1_100;
/// A record of the file: the hash of a text, a vector of 32 dimensions and a checksum.
const RECORD: usize = 16 + 8 + 8;
/// The name of the file for the vectors of `help.faqt`.
const VECTORS_FILE: &str = ".faqt-help.faqt.vectors";

/// The pack of a build that was not interrupted.
static PACK: LazyLock<Vec<u8>> = LazyLock::new(|| builder(1).build().expect("the content is sound").pack);

fn encoder(seed: u32) -> Arc<SentenceEncoder> {
    let folder = tempfile::tempdir().expect("a folder");
    let source = folder.path().join("tiny");
    sentence_transformer::write(&source, seed, "");
    let model = faqt_encoder::import(&source).expect("it is sound");
    Arc::new(SentenceEncoder::of(Encoder::from_bytes(model).expect("it is sound")))
}

fn texts() -> Vec<(String, String)> {
    let entry = |at: usize| format!("# Is password {at} a cafe?\n\nReset {at} or {}.\n", at * 7);
    (0..ENTRIES).map(|at| (format!("{at}.md"), entry(at))).collect()
}

/// Returns a builder with a model, whose weights depend on `seed`.
fn builder(seed: u32) -> Builder {
    // The checks of the content are not what is tested.
    Builder::from_files("help", texts()).findability(false).encoder(encoder(seed), None)
}

/// Calls `act` once, when so many entries are encoded.
fn when_encoded(builder: Builder, entries: usize, act: impl Fn() + Send + Sync + 'static) -> Builder {
    builder.on_progress(move |progress| {
        if (progress.stage, progress.done) == (Stage::Encoding, entries) {
            act();
        }
    })
}

/// Returns a builder that is cancelled when so many entries are encoded.
fn cancelled_at(builder: Builder, entries: usize) -> Builder {
    let flag = Arc::new(AtomicBool::new(false));
    let set = Arc::clone(&flag);
    when_encoded(builder.cancelled_by(flag), entries, move || set.store(true, Ordering::Relaxed))
}

/// Builds by `build`; returns the result and the number of vectors that were not made again.
fn kept<B>(builder: Builder, build: impl FnOnce(&Builder) -> Result<B, BuildError>) -> (B, usize) {
    let (callback, kept) = counted();
    let result = build(&builder.on_progress(callback)).expect("the content is sound");
    (result, kept.load(Ordering::Relaxed))
}

/// Returns a callback, and the number of vectors kept that it heard of.
fn counted() -> (impl Fn(Progress) + Send + Sync + 'static, Arc<AtomicUsize>) {
    let kept = Arc::new(AtomicUsize::new(0));
    let heard = Arc::clone(&kept);
    let callback = move |progress: Progress| {
        heard.fetch_max(progress.vectors_kept, Ordering::Relaxed);
    };
    (callback, kept)
}

fn names(folder: &Path) -> Vec<String> {
    let files = fs::read_dir(folder).expect("a folder").map(|file| file.expect("a file").file_name());
    let mut names: Vec<String> = files.map(|name| name.into_string().expect("a name")).collect();
    names.sort();
    names
}

/// A folder in which a build of `help.faqt` was interrupted.
struct Interrupted {
    folder: tempfile::TempDir,
}

impl Interrupted {
    fn new() -> Interrupted {
        let place = Interrupted { folder: tempfile::tempdir().expect("a folder") };
        let ended = cancelled_at(builder(1), AT).write_to(place.pack());
        assert!(matches!(ended, Err(BuildError::Cancelled)), "{ended:?}");
        assert_eq!(names(place.folder.path()), [VECTORS_FILE]);
        place
    }

    fn pack(&self) -> PathBuf {
        self.folder.path().join("help.faqt")
    }

    fn vectors(&self) -> PathBuf {
        self.folder.path().join(VECTORS_FILE)
    }

    /// Returns the content of the file, and the length of its head.
    fn content(&self) -> (Vec<u8>, usize) {
        let content = fs::read(self.vectors()).expect("the file");
        let head = content.iter().position(|&byte| byte == b'\n').expect("a head") + 1;
        (content, head)
    }

    /// Builds, asserts the bytes of the pack, and returns the number of vectors that were not made again.
    #[track_caller]
    fn resumed(&self) -> usize {
        let (_, kept) = kept(builder(1), |builder| builder.write_to(self.pack()));
        assert!(fs::read(self.pack()).expect("the pack") == *PACK, "the pack has other bytes");
        kept
    }
}

#[test]
fn an_interrupted_build_goes_on_with_the_vectors_that_were_made() {
    let place = Interrupted::new();
    let (content, head) = place.content();
    let written = (content.len() - head) / RECORD;
    assert!(written > 512 && (content.len() - head).is_multiple_of(RECORD), "{written} records");
    // Interrupted once more, a little further on.
    let ended = cancelled_at(builder(1), ENTRIES - 10).write_to(place.pack());
    assert!(matches!(ended, Err(BuildError::Cancelled)), "{ended:?}");
    let (more, _) = place.content();
    assert!(more.len() > content.len() && more.starts_with(&content), "records are appended");
    let kept = place.resumed();
    assert!((written..VECTORS).contains(&kept), "{kept} of {written} and more vectors");
    assert_eq!(names(place.folder.path()), ["help.faqt"], "the file is removed");
}

#[test]
fn content_that_changed_since_the_interruption_is_encoded_again() {
    let place = Interrupted::new();
    let changed = [("0.md", "# Does password 0 reset?\n\nNo.\n")];
    let fresh = builder(1).with_texts(changed).build().expect("sound").pack;
    let (_, kept) = kept(builder(1).with_texts(changed), |builder| builder.write_to(place.pack()));
    assert!(fs::read(place.pack()).expect("the pack") == fresh);
    assert!((512..VECTORS).contains(&kept), "{kept} vectors");
}

#[test]
fn an_error_after_the_last_vector_loses_none() {
    let folder = tempfile::tempdir().expect("a folder");
    let pack = folder.path().join("help.faqt");
    let taken = pack.clone();
    let failing = when_encoded(builder(1), ENTRIES, move || fs::write(&taken, "mine").expect("a file"));
    let ended = failing.write_to(&pack);
    assert!(matches!(ended, Err(BuildError::Write { .. })), "{ended:?}");
    fs::remove_file(&pack).expect("it is there");
    let (_, kept) = kept(builder(1), |builder| builder.write_to(&pack));
    assert_eq!((kept, names(folder.path())), (VECTORS, vec!["help.faqt".to_owned()]));
    assert!(fs::read(&pack).expect("the pack") == *PACK);
}

#[test]
fn packs_in_memory_are_resumed_from_the_file_that_is_named() {
    let folder = tempfile::tempdir().expect("a folder");
    let file = folder.path().join("unfinished");
    let ended = cancelled_at(builder(1).resumable(&file), AT).build();
    assert!(matches!(ended, Err(BuildError::Cancelled)) && file.exists(), "{ended:?}");
    let copy = fs::read(&file).expect("the file");
    let (built, kept) = kept(builder(1).resumable(&file), Builder::build);
    assert!(kept > 512 && built.pack == *PACK && !file.exists(), "{kept} vectors");
    // A pack that is there gets the same vectors.
    fs::write(&file, copy).expect("it can be written");
    let plain = Builder::from_files("help", texts()).findability(false).build().expect("sound").pack;
    let plain = KnowledgeBase::from_vec(plain).expect("a sound pack");
    let (callback, count) = counted();
    let added = add_sentences(&plain, &encoder(1), Some(&file), callback).expect("a sound pack");
    assert!(added == *PACK && count.load(Ordering::Relaxed) == kept && !file.exists());
}

#[test]
fn a_file_that_was_cut_or_changed_is_taken_as_far_as_it_is_sound() {
    let place = Interrupted::new();
    let (content, head) = place.content();
    let records = (content.len() - head) / RECORD;
    let cut = |length: usize| (content[..length].to_vec(), length.saturating_sub(head) / RECORD);
    let flipped = |at: usize| {
        let mut content = content.clone();
        content[at] ^= 0x10;
        (content, if at < head { 0 } else { records - 1 })
    };
    let zeros = |at: usize| {
        let content = [&content[..at], &vec![0; content.len() - at]].concat();
        (content, (at - head) / RECORD)
    };
    for (content, expected) in [
        cut(0),
        cut(5),
        cut(head - 1),
        cut(head),
        cut(head + RECORD * 100 + 1),
        cut(content.len() - 1),
        flipped(head - 2),
        flipped(head),
        flipped(head + RECORD * 100 + 20),
        flipped(content.len() - 1),
        zeros(head + RECORD * 100),
        zeros(head + RECORD * 100 + 3),
    ] {
        fs::write(place.vectors(), content).expect("it can be written");
        assert_eq!(place.resumed(), expected);
        assert_eq!(names(place.folder.path()), ["help.faqt"]);
    }
    // Interrupted again, a build writes sound records behind those of a file that was cut.
    fs::write(place.vectors(), &content[..content.len() - 3]).expect("it can be written");
    let ended = cancelled_at(builder(1), ENTRIES - 10).write_to(place.pack());
    assert!(matches!(ended, Err(BuildError::Cancelled)), "{ended:?}");
    assert!(place.resumed() > records);
}

#[test]
fn a_file_of_another_model_or_version_is_replaced() {
    let place = Interrupted::new();
    let (content, head) = place.content();
    let other = String::from_utf8_lossy(&content[..head]).replace("faqt vectors 2,", "faqt vectors 1,");
    for (seed, content) in [(2, content.clone()), (1, [other.as_bytes(), &content[head..]].concat())] {
        let written = || fs::write(place.vectors(), &content).expect("it can be written");
        written();
        let (_, taken) = kept(builder(seed), |builder| builder.write_to(place.pack()));
        assert_eq!((taken, names(place.folder.path())), (0, vec!["help.faqt".to_owned()]));
        written();
        let ended = cancelled_at(builder(seed), AT).write_to(place.pack());
        assert!(matches!(ended, Err(BuildError::Cancelled)), "{ended:?}");
        let (replaced, other_head) = place.content();
        assert!(content[..head] != replaced[..other_head]);
        let (_, taken) = kept(builder(seed), |builder| builder.write_to(place.pack()));
        assert!(taken > 512 && names(place.folder.path()) == ["help.faqt"], "{taken} vectors");
    }
}

#[test]
fn other_files_and_links_are_left_alone() {
    let place = Interrupted::new();
    let vectors = place.vectors();
    let (content, _) = place.content();
    fs::write(&vectors, "my notes").expect("it can be written");
    assert_eq!(place.resumed(), 0);
    assert_eq!(fs::read(&vectors).expect("it is there"), b"my notes");
    fs::remove_file(&vectors).expect("it is there");
    fs::create_dir(&vectors).expect("a folder");
    assert_eq!(place.resumed(), 0);
    fs::remove_dir(&vectors).expect("it is there");
    #[cfg(unix)]
    let aside = place.folder.path().join("aside");
    #[cfg(unix)]
    for link in [
        |from: &Path, to: &Path| std::os::unix::fs::symlink(from, to),
        |from: &Path, to: &Path| fs::hard_link(from, to),
    ] {
        fs::write(&aside, &content).expect("it can be written");
        link(&aside, &vectors).expect("a link");
        assert_eq!(place.resumed(), 0);
        assert!(fs::read(&aside).expect("it is there") == content && vectors.exists());
        fs::remove_file(&vectors).expect("it is there");
    }
    // A file without end: of faqt, it is replaced.
    let file = fs::File::create(&vectors).expect("a file");
    fs::write(&vectors, &content).and_then(|()| file.set_len(1 << 40)).expect("it can be written");
    assert_eq!(place.resumed(), 0);
    assert!(!vectors.exists());
}

#[test]
fn a_short_build_writes_nothing_beside_its_pack() {
    let folder = tempfile::tempdir().expect("a folder");
    let short = || Builder::from_files("help", texts().into_iter().take(120)).findability(false);
    let ended = cancelled_at(short().encoder(encoder(1), None), 120).write_to(folder.path().join("help.faqt"));
    assert!(matches!(ended, Err(BuildError::Cancelled)), "{ended:?}");
    assert!(names(folder.path()).is_empty());
    short().write_to(folder.path().join("help.faqt")).expect("nothing is encoded");
    assert_eq!(names(folder.path()), ["help.faqt"]);
}

#[test]
fn two_builds_at_once_do_not_disturb_each_other() {
    let place = Interrupted { folder: tempfile::tempdir().expect("a folder") };
    let ((there, is_there), (go, may_go)) = (channel(), channel());
    let (there, may_go) = (Mutex::new(there), Mutex::new(may_go));
    let first = when_encoded(builder(1), AT, move || {
        there.lock().expect("one thread").send(()).expect("the test waits");
        may_go.lock().expect("one thread").recv().expect("the test goes on");
    });
    let pack = place.pack();
    let first = std::thread::spawn(move || first.write_to(pack));
    is_there.recv().expect("it gets there");
    let kept = place.resumed();
    assert!(kept > 0, "the vectors of the other build are there to be taken");
    assert_eq!(names(place.folder.path()).len(), 3, "the file, the pack, and the pack that the other one writes");
    go.send(()).expect("it waits");
    first.join().expect("it ends").expect("the content is sound");
    assert!(fs::read(place.pack()).expect("the pack") == *PACK);
    assert_eq!(names(place.folder.path()), ["help.faqt"]);
}

#[test]
fn a_build_goes_on_with_the_file_of_one_that_began_after_it_and_was_killed() {
    let place = Interrupted::new();
    let (content, _) = place.content();
    fs::remove_file(place.vectors()).expect("it is there");
    let (flag, vectors, other) = (Arc::new(AtomicBool::new(false)), place.vectors(), content.clone());
    let cancelled = Arc::clone(&flag);
    let build = builder(1).cancelled_by(flag).on_progress(move |progress| match (progress.stage, progress.done) {
        (Stage::Encoding, 1) => fs::write(&vectors, &other).expect("it can be written"),
        (Stage::Encoding, AT) => cancelled.store(true, Ordering::Relaxed),
        _ => {}
    });
    let ended = build.write_to(place.pack());
    assert!(matches!(ended, Err(BuildError::Cancelled)), "{ended:?}");
    let (both, _) = place.content();
    assert!(both.len() > content.len() && both.starts_with(&content));
    assert!(place.resumed() > 512);
    assert_eq!(names(place.folder.path()), ["help.faqt"]);
}

#[test]
fn a_damaged_pack_of_before_gives_the_vectors_that_are_sound() {
    let mut most = 0;
    for at in (4_096..PACK.len()).step_by(PACK.len() / 12) {
        let mut damaged = PACK.clone();
        damaged[at] ^= 1;
        let Ok(before) = KnowledgeBase::from_vec(damaged) else { continue };
        let builder = Builder::from_files("help", texts()).findability(false).encoder(encoder(1), Some(before));
        let (built, kept): (Built, usize) = kept(builder, Builder::build);
        assert!(built.pack == *PACK, "changed at {at}");
        most = most.max(kept);
    }
    assert!((ENTRIES..=VECTORS).contains(&most), "{most} vectors");
}
