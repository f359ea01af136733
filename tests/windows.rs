//! The differences of Windows: paths, line ends, the console, the cache, and files that are open.
#![cfg(windows)]

mod support;

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use faqt::KnowledgeBase;
use support::{Run, at_home, command, content, faqt};

const LAMP: &str = "---\nquestion: How do I reset the lamp?\n---\nHold the button.\n";
const FAN: &str = "# Manual\n\n## How do I clean the fan?\n\nWith a brush.\n";

/// Returns a folder of two files, one in a folder below it.
fn help(place: &Path) -> PathBuf {
    content(place, &[("lamp.md", LAMP), ("parts/fan.md", FAN)])
}

fn text(path: &Path) -> String {
    path.to_str().expect("paths of tests are UTF-8").to_owned()
}

#[track_caller]
fn assert_answers(run: &Run, answer: &str) {
    assert!(run.code == Some(0) && run.stdout.contains(answer), "{run:?}");
}

#[test]
fn a_path_is_written_with_a_drive_and_either_slash() {
    let place = tempfile::tempdir().expect("a folder");
    let whole = text(&help(place.path()));
    assert!(whole[1..].starts_with(":\\"), "{whole}");
    for path in [whole.clone(), whole.clone() + "\\", whole.replace('\\', "/"), format!("\\\\?\\{whole}")] {
        assert_answers(&faqt(["--kb", &path, "reset lamp"]), "Hold the button.");
    }
    let relative = Run::of(command(["--kb", ".\\content", "reset lamp"]).current_dir(place.path()));
    assert_answers(&relative, "Hold the button.");
}

#[test]
fn ids_have_slashes() {
    let place = tempfile::tempdir().expect("a folder");
    let kb = text(&help(place.path()));
    assert_answers(&faqt(["--kb", &kb, "show", "parts/fan#how-do-i-clean-the-fan"]), "With a brush.");
    let checked = faqt(["check", &kb, "--format", "json"]);
    assert!(!checked.stdout.contains("parts\\\\"), "{checked:?}");
}

#[test]
fn lines_end_as_the_editor_ends_them() {
    let place = tempfile::tempdir().expect("a folder");
    let settings = "name = \"Lamp\"\r\nsynonyms = [[\"lamp\", \"luminaire\"]]\r\n";
    let files =
        [("lamp.md", &*LAMP.replace('\n', "\r\n")), ("fan.md", &FAN.replace('\n', "\r\n")), ("faqt.toml", settings)];
    let kb = text(&content(place.path(), &files));
    let run = faqt(["--kb", &kb, "reset the luminaire"]);
    assert_answers(&run, "Hold the button.");
    assert!(!run.stdout.contains('\r'), "{run:?}");
    assert_answers(&faqt(["--kb", &kb, "clean fan"]), "With a brush.");
}

#[test]
fn text_is_utf8_whatever_the_code_page() {
    let place = tempfile::tempdir().expect("a folder");
    let folder = place.path().join("知识库 ü");
    fs::create_dir(&folder).expect("a folder");
    let kb = text(&help(&folder));
    assert_answers(&faqt(["--kb", &kb, "reset lamp"]), "Hold the button.");
    for page in ["437", "936", "65001"] {
        let mut shell = Command::new("cmd");
        shell.args(["/C", &format!("chcp {page} >NUL & {} 备案要多久", env!("CARGO_BIN_EXE_faqt"))]);
        at_home(&mut shell, place.path());
        assert_answers(&Run::of(&mut shell), "1至20个工作日");
        let mut shell = Command::new("cmd");
        shell.args([
            "/C",
            &format!("chcp {page} >NUL & {} show --format json review-time@zh", env!("CARGO_BIN_EXE_faqt")),
        ]);
        assert_answers(&Run::of(&mut shell), "备案");
    }
}

#[test]
fn packs_of_folders_are_kept_in_the_local_data_of_the_user() {
    let place = tempfile::tempdir().expect("a folder");
    let kb = text(&help(place.path()));
    let mut asked = command(["--kb", &kb, "reset lamp"]);
    asked.env("LOCALAPPDATA", place.path().join("local"));
    assert_answers(&Run::of(&mut asked), "Hold the button.");
    let kept = fs::read_dir(place.path().join("local\\faqt")).expect("a cache").flatten();
    let is_pack = |file: &fs::DirEntry| file.path().extension().is_some_and(|extension| extension == "faqt");
    assert_eq!(kept.filter(is_pack).count(), 1);
}

#[test]
fn a_pack_that_is_open_is_replaced() {
    let place = tempfile::tempdir().expect("a folder");
    let kb = help(place.path());
    let pack = place.path().join("help.faqt");
    let build = || faqt(["build", &text(&kb), "-o", &text(&pack)]);
    assert_eq!(build().code, Some(0));
    let open = KnowledgeBase::open(&pack).expect("a pack");
    fs::write(kb.join("lamp.md"), LAMP.replace("button", "switch")).expect("it can be written");
    let run = build();
    assert_eq!(run.code, Some(0), "{run:?}");
    let answer = |kb: &KnowledgeBase| kb.ask("reset lamp").expect("it is sound").hits[0].entry.answer.clone();
    assert_eq!(answer(&open), "Hold the button.");
    assert_eq!(answer(&KnowledgeBase::open(&pack).expect("a pack")), "Hold the switch.");
    let files = || fs::read_dir(place.path()).expect("a folder").flatten().count();
    drop(open);
    assert_eq!(build().code, Some(0));
    assert_eq!(files(), 2, "the next build removes the pack that was open");
}

#[test]
fn powershell_has_a_script_and_colours_are_escapes() {
    let script = faqt(["completions", "powershell"]);
    assert_answers(&script, "Register-ArgumentCompleter");
    assert!(faqt(["--color", "always", "review time"]).stdout.contains("\u{1b}[1m"));
    assert!(!faqt(["review time"]).stdout.contains('\u{1b}'));
}
