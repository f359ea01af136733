//! `--model`: packs and folders get sentence vectors, and questions are compared by the model that a pack names.
#![cfg(all(target_os = "linux", feature = "encoder"))]

#[path = "support/sentence_transformer.rs"]
mod sentence_transformer;
mod support;

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::Duration;

use serde_json::Value;
use support::Run;

const MANUAL: &str = "# How do I reset my password?\n\nOpen the settings.\n\n# Can I bring my dog?\n\nAnimals stay \
    outside.\n\n# How do I cancel my order?\n\nWrite to us within a day.\n";
/// A question that words alone do not answer.
const DOUBTFUL: &str = "resetting an order of the dog";

/// A folder with a manual in it, and the directories of a user who has imported a model.
struct Place {
    folder: tempfile::TempDir,
}

impl Place {
    fn new() -> Place {
        let place = Place { folder: tempfile::tempdir().expect("a folder") };
        fs::create_dir(place.path("help")).expect("a folder");
        fs::write(place.path("help/faq.md"), MANUAL).expect("a file");
        sentence_transformer::write(&place.path("tiny"), 1, "");
        place.succeed(&["model", "import", "tiny"]);
        place
    }

    fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    fn command(&self, words: &[&str]) -> Command {
        let mut command = support::command(words);
        command.current_dir(self.folder.path());
        command.env("XDG_DATA_HOME", self.path("data")).env("XDG_CACHE_HOME", self.path("cache"));
        command
    }

    fn run(&self, words: &[&str]) -> Run {
        Run::of(&mut self.command(words))
    }

    #[track_caller]
    fn succeed(&self, words: &[&str]) -> String {
        let run = self.run(words);
        assert_eq!((run.code, run.stderr.as_str()), (Some(0), ""), "{words:?}: {run:?}");
        run.stdout
    }

    /// Starts the command and kills it as soon as it has begun to keep vectors in `file`. Returns false if it ended before.
    fn kill_when_begun(&self, words: &[&str], file: impl Fn() -> Option<PathBuf>) -> bool {
        let mut command = self.command(words);
        let mut child = command.stdout(Stdio::null()).stderr(Stdio::null()).spawn().expect("it starts");
        let has_begun = || file().and_then(|file| file.metadata().ok()).is_some_and(|found| found.len() > 0);
        while !has_begun() && child.try_wait().expect("a state").is_none() {
            std::thread::sleep(Duration::from_millis(1));
        }
        child.kill().expect("it can be killed");
        child.wait().expect("it ends");
        has_begun()
    }

    /// Writes so many entries into the folder `name`.
    fn write_entries(&self, name: &str, entries: usize) {
        let entry = |at: usize| format!("# Is password {at} a cafe?\n\nReset it, or {at}.\n\n");
        fs::create_dir_all(self.path(name)).expect("a folder");
        fs::write(self.path(name).join("faq.md"), (0..entries).map(entry).collect::<String>()).expect("a file");
    }

    /// Returns the explanation of the first hit, as JSON.
    fn why(&self, words: &[&str]) -> Value {
        let run = self.run(&[words, &["--why", "--format", "json", DOUBTFUL]].concat());
        let found: Value = serde_json::from_str(&run.stdout).unwrap_or_else(|_| panic!("{words:?}: {run:?}"));
        found["why"].clone()
    }

    /// Returns the paths of cached packs.
    fn cached(&self) -> Vec<PathBuf> {
        files(&self.path("cache/faqt"), "faqt")
    }
}

/// Returns the files of a folder whose names have this extension, in order.
fn files(folder: &Path, extension: &str) -> Vec<PathBuf> {
    let files = fs::read_dir(folder).into_iter().flatten().flatten().map(|file| file.path());
    let mut files: Vec<PathBuf> = files.filter(|file| file.extension().is_some_and(|of| of == extension)).collect();
    files.sort();
    files
}

#[test]
fn a_pack_is_compared_by_the_model_that_it_names() {
    let place = Place::new();
    place.succeed(&["build", "help", "-o", "plain.faqt"]);
    place.succeed(&["build", "help", "-o", "help.faqt", "--model", "tiny"]);
    let why = place.why(&["--kb", "help.faqt"]);
    assert!(why["sentences"].is_number() && why["encoder"]["state"] == "ready", "{why}");
    assert!(place.succeed(&["stats", "help.faqt"]).contains("what each of them means to a sentence encoder"));
    // Built again over itself, with vectors taken from it: the same bytes.
    let before = fs::read(place.path("help.faqt")).expect("the pack");
    place.succeed(&["build", "help", "-o", "help.faqt", "--model", "tiny"]);
    assert!(fs::read(place.path("help.faqt")).expect("the pack") == before);
    let why = place.why(&["--kb", "plain.faqt"]);
    assert!(why["sentences"].is_null() && why["encoder"]["state"] == "not_needed", "{why}");
}

#[test]
fn without_its_model_a_pack_answers_and_says_so() {
    let place = Place::new();
    place.succeed(&["build", "help", "-o", "plain.faqt"]);
    place.succeed(&["build", "help", "-o", "help.faqt", "--model", "tiny"]);
    let model =
        fs::read_dir(place.path("data/faqt/models")).expect("the store").next().expect("a model").expect("it").path();
    let bytes = fs::read(&model).expect("the model");
    let asked = |pack: &str| place.run(&["--kb", pack, DOUBTFUL]);
    for (bytes, state, said) in
        [(Some(&bytes[..100]), "unusable", "The sentence encoder cannot be used"), (None, "missing", "is not imported")]
    {
        match bytes {
            Some(bytes) => fs::write(&model, bytes).expect("it can be written"),
            None => fs::remove_file(&model).expect("it can be removed"),
        }
        // Entries are compared with each other by the vectors of the pack alone.
        let similar = place.run(&["--kb", "help.faqt", "similar", "how-do-i-reset-my-password"]);
        assert!(similar.code < Some(2) && similar.stderr.is_empty(), "{similar:?}");
        assert_eq!(asked("help.faqt"), asked("plain.faqt"), "{state}");
        let why = place.why(&["--kb", "help.faqt"]);
        assert!(why["sentences"].is_null() && why["encoder"]["state"] == state, "{why}");
        let explained = place.run(&["--kb", "help.faqt", "--why", DOUBTFUL]).stdout;
        assert!(explained.replace("\n  ", " ").contains(said), "{explained}");
        assert!(place.succeed(&["stats", "help.faqt"]).contains("a sentence encoder that cannot be used here"));
    }
}

#[test]
fn folders_and_packs_of_others_get_vectors_once() {
    let place = Place::new();
    place.succeed(&["build", "help", "-o", "plain.faqt"]);
    for (kb, packs) in [("help", 1), ("plain.faqt", 2)] {
        for _ in 0..2 {
            let why = place.why(&["--kb", kb, "--model", "tiny"]);
            assert!(why["sentences"].is_number(), "{kb}: {why}");
            assert_eq!(place.cached().len(), packs, "{kb}");
        }
    }
    // Without the model the folder has a pack of its own.
    assert!(place.why(&["--kb", "help"])["sentences"].is_null());
    assert_eq!(place.cached().len(), 3);
    assert!(place.why(&["--model", "tiny"])["sentences"].is_number(), "the built-in FAQ");
}

#[test]
fn a_model_that_is_not_there_is_an_error() {
    let place = Place::new();
    for words in
        [&["build", "help", "-o", "help.faqt", "--model", "small"][..], &["--kb", "help", "--model", "small", "dog"]]
    {
        let run = place.run(words);
        assert_eq!(run.code, Some(2), "{words:?}: {run:?}");
        assert!(run.stderr.contains("no model is called `small`") && run.stderr.contains("tiny"), "{words:?}: {run:?}");
    }
}

#[test]
fn a_build_that_was_killed_goes_on_where_it_was() {
    let place = Place::new();
    let build = |pack: &'static str| ["build", "many", "--unchecked", "--model", "tiny", "-o", pack];
    // A build that ends before it is seen to begin is followed by a longer one.
    let mut entries = 1_500;
    loop {
        place.write_entries("many", entries);
        if place.kill_when_begun(&build("help.faqt"), || Some(place.path(".faqt-help.faqt.vectors"))) {
            break;
        }
        entries *= 2;
        assert!(entries < 100_000, "no build keeps its vectors");
    }
    assert!(!place.path("help.faqt").exists());
    place.succeed(&build("help.faqt"));
    place.succeed(&build("other.faqt"));
    assert!(fs::read(place.path("help.faqt")).expect("a pack") == fs::read(place.path("other.faqt")).expect("a pack"));
    assert!(files(place.folder.path(), "vectors").is_empty() && files(place.folder.path(), "tmp").is_empty());
}

#[test]
fn an_answer_that_was_interrupted_while_its_folder_was_encoded_is_sooner_the_next_time() {
    let place = Place::new();
    let asked = ["--kb", "many", "--model", "tiny", DOUBTFUL];
    let vectors = || files(&place.path("cache/faqt"), "vectors").pop();
    let mut entries = 1_500;
    loop {
        place.write_entries("many", entries);
        if place.kill_when_begun(&asked, vectors) {
            break;
        }
        entries *= 2;
        assert!(entries < 100_000, "no build keeps its vectors");
    }
    let file = vectors().expect("it was there").metadata().expect("it is there");
    assert_eq!(std::os::unix::fs::MetadataExt::mode(&file) & 0o777, 0o600);
    let why = place.why(&asked[..4]);
    assert!(why["sentences"].is_number() && vectors().is_none(), "{why}");
}
