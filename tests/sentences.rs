//! `--model`: packs and folders get sentence vectors, and questions are compared by the model that a pack names.
#![cfg(all(target_os = "linux", feature = "encoder"))]

#[path = "support/sentence_transformer.rs"]
mod sentence_transformer;
mod support;

use std::fs;
use std::path::PathBuf;

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

    fn run(&self, words: &[&str]) -> Run {
        let mut command = support::command(words);
        command.current_dir(self.folder.path());
        command.env("XDG_DATA_HOME", self.path("data")).env("XDG_CACHE_HOME", self.path("cache"));
        Run::of(&mut command)
    }

    #[track_caller]
    fn succeed(&self, words: &[&str]) -> String {
        let run = self.run(words);
        assert_eq!((run.code, run.stderr.as_str()), (Some(0), ""), "{words:?}: {run:?}");
        run.stdout
    }

    /// Returns the explanation of the first hit, as JSON.
    fn why(&self, words: &[&str]) -> Value {
        let run = self.run(&[words, &["--why", "--format", "json", DOUBTFUL]].concat());
        let found: Value = serde_json::from_str(&run.stdout).unwrap_or_else(|_| panic!("{words:?}: {run:?}"));
        found["why"].clone()
    }

    /// Returns the names of cached packs.
    fn cached(&self) -> Vec<String> {
        let files = fs::read_dir(self.path("cache/faqt")).into_iter().flatten().flatten().map(|file| file.path());
        let packs = files.filter(|file| file.extension().is_some_and(|extension| extension == "faqt"));
        let mut names: Vec<String> = packs.map(|file| file.display().to_string()).collect();
        names.sort();
        names
    }
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
