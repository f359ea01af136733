//! `faqt model`: sentence encoders are imported whole or not at all, found by name, and checked.
#![cfg(target_os = "linux")]

#[path = "support/models.rs"]
mod models;
#[path = "support/sentence_transformer.rs"]
mod sentence_transformer;
mod support;

use std::fs;
use std::os::unix::fs::PermissionsExt as _;
use std::path::Path;
use std::process::{Command, Stdio};

use models::{Place, README};
use serde_json::Value;
use support::Run;

#[test]
fn a_model_is_imported_listed_checked_and_removed() {
    let place = Place::new();
    let words: [&[&str]; 7] = [
        &["list"],
        &["import", "tiny"],
        &["import", "tiny", "--name", "small"],
        &["list"],
        &["verify"],
        &["remove", "sma"],
        &["verify"],
    ];
    let session = words.map(|words| {
        let shown = place.shown(&place.succeed(words));
        format!("$ faqt model {}\n{shown}\n", words.join(" "))
    });
    insta::assert_snapshot!(session.concat());
    assert_eq!(place.files(), Vec::<String>::new());
}

#[test]
fn a_folder_a_wheel_and_a_model_file_yield_the_same_vectors() {
    let place = Place::new();
    place.write_wheel("tiny.whl", None);
    let imported = place.json(&["import", "tiny"]);
    let model = fs::read(place.only_file()).expect("it is there");
    fs::write(place.path("copy.encoder"), &model).expect("it can be written");
    for source in ["tiny", "tiny.whl", "copy.encoder"] {
        place.succeed(&["remove", "Tiny"]);
        let again = place.json(&["import", source]);
        assert_eq!(again["was_there"], false);
        assert_eq!(again["imported"]["vectors_hash"], imported["imported"]["vectors_hash"]);
        assert_eq!(place.json(&["import", "tiny"])["was_there"], true);
    }
    assert!(fs::read(place.only_file()).expect("it is there") == model, "a model file is copied as it is");
}

#[test]
fn the_list_has_all_that_a_file_says() {
    let place = Place::new();
    fs::write(place.path("tiny/LICENSE"), "You may.\nOr not.\n").expect("it can be written");
    place.succeed(&["import", "tiny"]);
    let file = place.only_file();
    let models = place.json(&["list"])["models"].clone();
    let expected = serde_json::json!([{
        "vectors_hash": file.file_stem().and_then(|hash| hash.to_str()),
        "name": "Tiny",
        "dimensions": 32,
        "length_max": sentence_transformer::LENGTH_MAX,
        "licence": "mit",
        "licence_text": "You may.\nOr not.",
        "source": "tiny",
        "bytes": file.metadata().expect("it is there").len(),
        "path": file.to_str(),
        "fault": null,
    }]);
    assert_eq!(models, expected);
    assert_eq!(file.metadata().expect("it is there").permissions().mode() & 0o777, 0o600);
}

#[test]
fn a_name_leads_to_one_model() {
    let place = Place::new();
    place.write_transformer("other", 2, README);
    place.succeed(&["import", "tiny"]);
    let error = "another model is called `Tiny`, and has other vectors";
    place.assert_error(&["import", "other"], error, "\nhint: choose a name: faqt model import other --name NAME\n");
    place.assert_error(&["import", "other", "--name", "Tiny"], error, "--name NAME");
    place.succeed(&["import", "other", "--name", "Tiny2"]);
    assert!(place.succeed(&["verify", "Tiny"]).starts_with("Tiny: sound"), "a whole name is no beginning");
    place.assert_error(&["verify", "Ti"], "several models are called `Ti`, or begin so", "hint: there are: Tiny (");
    place.assert_error(&["remove", "tiny"], "no model is called `tiny`", "hint: there are: Tiny (");
    place.assert_error(&["remove", ""], "no model is called ``", "hint: there are: Tiny (");
    for model in place.json(&["list"])["models"].as_array().expect("a list") {
        let hash = model["vectors_hash"].as_str().expect("a hash");
        place.assert_error(&["verify", &hash[..5]], "no model is called", "Tiny2 (");
        assert_eq!(place.json(&["verify", &hash[..6]])["models"][0]["name"], model["name"]);
        place.succeed(&["remove", &hash[..6]]);
    }
    assert_eq!(place.files(), Vec::<String>::new());
    place.assert_error(&["remove", "Tiny"], "no model is called `Tiny`", "hint: none is there yet; import one");
}

#[test]
fn a_chosen_name_stays_until_another_is_chosen() {
    let place = Place::new();
    let name = || place.json(&["list"])["models"][0]["name"].clone();
    place.succeed(&["import", "tiny", "--name", "small one"]);
    place.succeed(&["import", "tiny"]);
    assert_eq!(name(), "small one");
    place.succeed(&["import", "tiny", "--name", "Tiny"]);
    assert_eq!(name(), "Tiny");
    place.only_file();
    for bad in ["", " ", "-x", "a\nb", "a\u{202e}b", &"x".repeat(61)] {
        place.assert_error(&["import", "tiny", &format!("--name={bad}")], "it is one line of 1 to 60 characters", "");
    }
}

#[test]
fn a_name_is_found_where_its_note_is_missing_empty_or_cannot_be_read() {
    let place = Place::new();
    place.succeed(&["import", "tiny"]);
    let note = place.only_file().with_extension("name");
    assert_eq!(fs::read(&note).expect("it is there"), b"Tiny");
    for bytes in [None, Some(&b" "[..]), Some(b"\xff")] {
        match bytes {
            None => fs::remove_file(&note),
            Some(bytes) => fs::write(&note, bytes),
        }
        .expect("it can be changed");
        assert!(place.succeed(&["verify", "Tiny"]).starts_with("Tiny: sound"), "{bytes:?}");
        assert_eq!(fs::read(&note).expect("it is there again"), b"Tiny", "{bytes:?}");
    }
    fs::write(&note, "small").expect("it can be changed");
    place.succeed(&["verify", "small"]);
}

#[test]
fn a_folder_names_the_model_that_it_is_built_with() {
    let place = Place::new();
    fs::create_dir(place.path("help")).expect("it can be made");
    fs::write(place.path("help/faq.md"), "# How do I reset the lamp?\n\nHold the button.\n").expect("a file");
    fs::write(place.path("help/faqt.toml"), "name = \"Lamp\"\nmodel = \"tiny one\"\n").expect("a file");
    let faqt = |words: &[&str]| {
        let mut command = support::command(words.iter().copied());
        Run::of(command.current_dir(place.folder.path()).env("XDG_DATA_HOME", place.path("data")))
    };
    let model_of_pack = || {
        let list = faqt(&["list", "--kb", "lamp.faqt", "--format", "json"]).stdout;
        serde_json::from_str::<Value>(&list).expect("JSON")["manifest"]["encoder"]["name"].clone()
    };
    let warning = "faqt.toml:2: there is no model `tiny one`, so the pack gets no sentence vectors";
    let arguments = ["build", "help", "-o", "lamp.faqt"];
    let built = faqt(&arguments);
    assert!(built.code == Some(0) && built.stderr.contains(warning), "{built:?}");
    assert_eq!(model_of_pack(), Value::Null);
    let checked = faqt(&["check", "help"]);
    assert!(checked.code == Some(0) && checked.stdout.contains(warning), "{checked:?}");
    let strict = faqt(&[&arguments[..], &["--strict"]].concat());
    assert!(strict.code == Some(2) && strict.stderr.contains(warning), "{strict:?}");

    place.succeed(&["import", "tiny", "--name", "tiny one"]);
    for _ in 0..2 {
        let built = faqt(&arguments);
        assert!(built.code == Some(0) && !built.stderr.contains(warning), "{built:?}");
        assert_eq!(model_of_pack(), "Tiny");
    }
    place.write_transformer("other", 2, "# Other\n");
    place.succeed(&["import", "other"]);
    assert_eq!(faqt(&[&arguments[..], &["--model", "Other"]].concat()).code, Some(0));
    assert_eq!(model_of_pack(), "Other", "--model overrides the settings");
}

#[test]
fn two_imports_at_once_both_succeed() {
    let place = Place::new();
    let start = || place.command(&["import", "tiny"]).stdout(Stdio::null()).spawn().expect("it starts");
    let running: Vec<_> = (0..6).map(|_| start()).collect();
    for mut import in running {
        assert!(import.wait().expect("it ends").success());
    }
    place.only_file();
    assert_eq!(place.run(&["verify"]).code, Some(0));
}

#[test]
fn a_path_that_holds_no_model_is_named() {
    let place = Place::new();
    fs::write(place.path("text"), "no model").expect("it can be written");
    fs::create_dir(place.path("empty")).expect("it can be made");
    place.write_wheel("tiny.whl", None);
    cut(&place.path("tiny.whl"), "cut.whl");
    place.write_wheel("bomb.whl", Some(&vec![0; 40 << 20]));
    place.succeed(&["import", "tiny"]);
    let model = place.only_file();
    fs::copy(&model, place.path("sound.encoder")).expect("it can be copied");
    place.succeed(&["remove", "Tiny"]);
    cut(&place.path("sound.encoder"), "cut.encoder");
    flip(&place.path("sound.encoder"), "damaged.encoder");
    let what = "hint: name a sentence-transformers folder";
    for (path, error, hint) in [
        ("text", "text is no model, and no archive of one: invalid Zip archive", what),
        ("cut.whl", "cut.whl is no model, and no archive of one: invalid Zip archive", what),
        ("empty", "empty has no modules.json", what),
        ("missing", "cannot read missing: No such file", ""),
        ("/dev/null", "/dev/null has no modules.json", what),
        ("bomb.whl", "model.safetensors has more than", ""),
        ("cut.encoder", "cannot open cut.encoder as a model: model of ", "hint: import the folder or the wheel"),
        ("damaged.encoder", "cannot import damaged.encoder: damaged model: the content does not match its hash", ""),
    ] {
        place.assert_error(&["import", path], error, hint);
    }
    assert_eq!(place.files(), Vec::<String>::new(), "nothing is kept of them");
}

/// Writes the first half of a file.
fn cut(file: &Path, name: &str) {
    let bytes = fs::read(file).expect("it is there");
    fs::write(file.with_file_name(name), &bytes[..bytes.len() / 2]).expect("it can be written");
}

/// Writes a file with another byte near its end.
fn flip(file: &Path, name: &str) {
    let mut bytes = fs::read(file).expect("it is there");
    let place = bytes.len() - 100;
    bytes[place] ^= 1;
    fs::write(file.with_file_name(name), bytes).expect("it can be written");
}

#[test]
fn a_damaged_model_is_found_and_mended() {
    let place = Place::new();
    place.write_transformer("other", 2, README);
    place.succeed(&["import", "tiny", "--name", "small"]);
    place.succeed(&["import", "other"]);
    let path = place.json(&["verify", "small"])["models"][0]["path"].as_str().expect("a path").to_owned();
    let (file, name) = (Path::new(&path), path.rsplit('/').next().expect("a name"));
    flip(file, name);
    let run = place.run(&["verify"]);
    assert_eq!((run.code, run.stderr.as_str()), (Some(1), ""), "{run:?}");
    let lines: Vec<&str> = run.stdout.lines().collect();
    assert!(lines[0].starts_with("Tiny: sound, ") && lines.len() == 2, "{run:?}");
    let said =
        format!("error: {path}: damaged model: the content does not match its hash; import tiny again, or: faqt");
    assert!(lines[1].starts_with(&said), "{run:?}");
    assert_eq!(place.json(&["import", "tiny"])["was_there"], false);
    assert_eq!(place.run(&["verify", "small"]).code, Some(0), "its name is the same");

    cut(file, name);
    let listed = place.run(&["list"]);
    assert!(listed.code == Some(0) && listed.stdout.contains("\nTiny "), "it hides no other: {listed:?}");
    assert!(listed.stdout.contains(&format!("error: cannot open {path} as a model: model of ")), "{listed:?}");
    assert_eq!(place.run(&["verify"]).code, Some(1));
    assert_eq!(place.run(&["verify", "small"]).code, Some(1), "it is found by its name");
    assert_eq!(place.run(&["verify", &name[..8]]).code, Some(1));
    place.succeed(&["remove", &name[..8]]);
    assert!(!file.exists() && place.files().len() == 2, "{:?}", place.files());
}

#[test]
fn a_model_under_the_hash_of_another_is_a_fault() {
    let place = Place::new();
    place.succeed(&["import", "tiny"]);
    let (file, other) = (place.only_file(), place.path("data/faqt/models").join("0".repeat(32) + ".encoder"));
    fs::rename(&file, &other).expect("it can be renamed");
    fs::write(place.path("data/faqt/models/notes.txt"), "mine").expect("it can be written");
    let run = place.run(&["verify"]);
    assert!(run.code == Some(1) && run.stdout.contains(" has the vectors of another model, "), "{run:?}");
    place.succeed(&["import", "tiny"]);
    place.succeed(&["remove", "000000"]);
    assert!(file.exists() && !other.exists() && place.files().len() == 3, "{:?}", place.files());
}

#[test]
fn a_data_directory_that_cannot_be_written_is_named_and_keeps_nothing() {
    let place = Place::new();
    let within = |data: &str, words: &[&str]| Run::of(place.command(words).env("XDG_DATA_HOME", data));
    // Not even root can create files in `/proc`.
    let imported = within("/proc", &["import", "tiny"]);
    assert!(
        imported.code == Some(2) && imported.stderr.starts_with("error: cannot write /proc/faqt/models/"),
        "{imported:?}"
    );
    assert!(within("/proc", &["list"]).stdout.starts_with("No model is there."));
    for words in [&["import", "tiny"][..], &["list"]] {
        let run = within("/dev/null", words);
        assert!(run.code == Some(2) && run.stderr.contains("/dev/null/faqt/models: Not a directory"), "{run:?}");
    }
    let line = format!("trap '' XFSZ; ulimit -f 1; {} model import tiny", env!("CARGO_BIN_EXE_faqt"));
    let mut shell = Command::new("/bin/sh");
    let full =
        Run::of(shell.args(["-c", &line]).current_dir(place.folder.path()).env("XDG_DATA_HOME", place.path("data")));
    assert!(full.code == Some(2) && full.stderr.contains("cannot write "), "{full:?}");
    assert_eq!(place.files(), Vec::<String>::new());
}

#[test]
fn an_import_that_was_killed_leaves_nothing_behind_the_next() {
    let place = Place::new();
    place.succeed(&["import", "tiny"]);
    let file = place.only_file();
    let name = file.file_name().and_then(|name| name.to_str()).expect("it has a name");
    fs::rename(&file, file.with_file_name(format!(".faqt-{name}-abcdefABCD12.tmp"))).expect("it can be renamed");
    fs::write(file.with_extension("name"), "stale").expect("it can be written");
    assert!(place.succeed(&["list"]).starts_with("No model is there."));
    place.succeed(&["import", "tiny"]);
    assert_eq!(place.only_file(), file);
    assert_eq!(place.json(&["list"])["models"][0]["name"], "Tiny");
}

#[test]
fn shells_complete_the_names_of_models() {
    let place = Place::new();
    place.write_transformer("other", 2, "# -rf\n");
    place.write_transformer("third", 3, "# \u{202e}x\n");
    for source in ["tiny", "other", "third"] {
        place.succeed(&["import", source]);
    }
    let completed = |words: &[&str]| {
        let mut command = support::command([&["--", "faqt", "model"], words].concat());
        command.env("FAQT_COMPLETE", "fish").env("XDG_DATA_HOME", place.path("data"));
        let offers = Run::of(&mut command).stdout;
        offers.lines().filter(|offer| !offer.starts_with("--")).collect::<Vec<_>>().join("\n")
    };
    assert_eq!(completed(&["remove", ""]), "Tiny");
    assert_eq!(completed(&["verify", "T"]), "Tiny");
    assert_eq!(completed(&["verify", "x"]), "");
    assert!(completed(&["im"]).starts_with("import\t"));
}
