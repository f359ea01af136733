//! Failures of the machine: the table under "Faults" in `SECURITY.md`, row by row.
//!
//! A shell sets the limits, so that they hold for `faqt` alone and need no privileges.
#![cfg(target_os = "linux")]

mod support;

use std::fs;
use std::os::unix::fs::PermissionsExt as _;
use std::path::{Path, PathBuf};
use std::process::Command;

use support::{Run, root};

const LAMP: &str = "---\nquestion: How do I reset the lamp?\n---\nHold the button.\n";

struct Place {
    folder: tempfile::TempDir,
    content: PathBuf,
    pack: PathBuf,
}

impl Place {
    fn new() -> Place {
        let folder = tempfile::tempdir().expect("a folder");
        let content = support::content(folder.path(), &[("lamp.md", LAMP)]);
        let place = Place { pack: folder.path().join("kb.faqt"), content, folder };
        assert_eq!(place.shell("$FAQT build $CONTENT -o $PACK").code, Some(0));
        place
    }

    /// Runs a line of shell with `$FAQT`, `$CONTENT`, `$PACK` and `$BUILT_IN` set and the cache in the folder.
    fn shell(&self, line: &str) -> Run {
        let mut command = Command::new("/bin/sh");
        command.args(["-c", line]).env_clear().current_dir(self.folder.path());
        command.env("FAQT", env!("CARGO_BIN_EXE_faqt")).env("CONTENT", &self.content).env("PACK", &self.pack);
        command.env("BUILT_IN", root().join("content")).env("XDG_CACHE_HOME", self.folder.path().join("cache"));
        let output = command.env("HOME", self.folder.path()).output().expect("there is a shell");
        let text = |bytes| String::from_utf8(bytes).expect("UTF-8");
        Run { stdout: text(output.stdout), stderr: text(output.stderr), code: output.status.code() }
    }

    #[track_caller]
    fn assert_answered(&self, line: &str) {
        let run = self.shell(line);
        assert_eq!((run.code, run.stderr.as_str()), (Some(0), ""), "{line}: {run:?}");
        assert!(run.stdout.contains("Hold the button.") || run.stdout.contains("bind-baidu-domain"), "{line}: {run:?}");
    }

    #[track_caller]
    fn assert_error(&self, line: &str, error: &str) {
        let run = self.shell(line);
        assert_eq!(run.code, Some(2), "{line}: {run:?}");
        assert!(run.stderr.starts_with("error: ") && run.stderr.contains(error), "{line}: {run:?}");
    }

    /// Lists the names of the files beside the pack.
    fn files(&self) -> Vec<String> {
        let names = |folder: &Path| -> Vec<String> {
            let files = fs::read_dir(folder).into_iter().flatten().flatten();
            files.map(|file| file.file_name().to_string_lossy().into_owned()).collect()
        };
        let mut found = names(self.folder.path());
        found.extend(names(&self.folder.path().join("cache/faqt")));
        found.sort();
        found
    }
}

#[test]
fn a_full_disk_under_the_output_is_said() {
    let place = Place::new();
    for command in ["$FAQT list", "$FAQT man", "$FAQT completions bash", "$FAQT --format json list", "$FAQT --help"] {
        place.assert_error(&format!("{command} >/dev/full"), "No space left on device");
    }
    assert_eq!(place.shell("$FAQT show nothing 2>/dev/full").code, Some(2));
}

#[test]
fn a_full_disk_under_the_pack_leaves_the_old_one() {
    let place = Place::new();
    let old = fs::read(&place.pack).expect("it was built");
    // The limit is 512 bytes. With SIGXFSZ ignored, writing beyond it is an error.
    place.assert_error("trap '' XFSZ; ulimit -f 1; $FAQT build $BUILT_IN -o $PACK", "cannot write ");
    assert!(fs::read(&place.pack).expect("it is there") == old);
    assert_eq!(place.files(), ["content", "kb.faqt"]);
    // Without that, SIGXFSZ ends the program, and the next build removes its temporary file.
    place.shell("ulimit -f 1; $FAQT build $BUILT_IN -o $PACK");
    assert!(fs::read(&place.pack).expect("it is there") == old);
    assert_eq!(place.shell("$FAQT build $BUILT_IN -o $PACK").code, Some(0));
    assert_eq!(place.files(), ["content", "kb.faqt"]);
}

#[test]
fn a_folder_that_cannot_be_written_is_named() {
    let place = Place::new();
    // Not even root can create files in `/proc`.
    place.assert_error("$FAQT build $CONTENT -o /proc/kb.faqt", "cannot write /proc/kb.faqt");
    place.assert_error("$FAQT build $CONTENT -o /proc/none/kb.faqt", "cannot write /proc/none/kb.faqt");
    place.assert_error("$FAQT init /proc/help", "cannot write /proc/help/FAQ.md");
    place.assert_error("$FAQT build $CONTENT -o $CONTENT", "cannot write ");
}

#[test]
fn a_file_that_may_not_be_read_is_a_problem_of_its_own() {
    let place = Place::new();
    let file = place.content.join("secret.md");
    fs::write(&file, "# What is hidden?\n\nThis.\n").expect("it can be written");
    fs::set_permissions(&file, fs::Permissions::from_mode(0o000)).expect("permissions can be set");
    let run = place.shell("$FAQT check $CONTENT");
    // Root ignores permissions.
    if fs::read(&file).is_ok() {
        assert_eq!(run.code, Some(0), "{run:?}");
    } else {
        assert_eq!(run.code, Some(1), "{run:?}");
        assert!(run.stdout.contains("error: secret.md:1: cannot be read: Permission denied"), "{run:?}");
    }
    assert!(place.shell("$FAQT --kb $CONTENT reset the lamp").stdout.contains("Hold the button."));
}

#[test]
fn without_file_descriptors_the_built_in_pack_answers_and_others_are_errors() {
    let place = Place::new();
    let run = place.shell("ulimit -n 3; $FAQT icp transfer baidu");
    assert_eq!(run.code, Some(0), "{run:?}");
    assert!(run.stdout.contains("[transfer-icp-filing]"), "{run:?}");
    // The configuration cannot be read either, and might name a log.
    assert!(run.stderr.starts_with("warning: the question is not logged: cannot read "), "{run:?}");
    place.assert_error("ulimit -n 3; $FAQT --kb $PACK reset the lamp", "Too many open files");
    place.assert_error("ulimit -n 3; $FAQT --kb $CONTENT reset the lamp", "Too many open files");
    place.assert_error("ulimit -n 3; $FAQT build $CONTENT -o new.faqt", "Too many open files");
    place.assert_error("ulimit -n 4; $FAQT build $BUILT_IN -o new.faqt", "Too many open files");
    assert_eq!(place.files(), ["content", "kb.faqt"]);
}

#[test]
fn a_cache_that_is_full_read_only_or_no_folder_only_costs_time() {
    let place = Place::new();
    let ask = "$FAQT --kb $CONTENT reset the lamp";
    place.assert_answered(&format!("trap '' XFSZ; ulimit -f 1; {ask}"));
    assert_eq!(place.files(), ["cache", "content", "kb.faqt"], "no half of a pack is kept");
    place.assert_answered(&format!("XDG_CACHE_HOME=/proc {ask}"));
    place.assert_answered(&format!("XDG_CACHE_HOME=$PACK {ask}"));
    place.assert_answered(&format!("unset XDG_CACHE_HOME HOME; {ask}"));
    place.assert_answered(&format!("{ask} >/dev/null & {ask} >/dev/null & {ask}; wait"));
    place.assert_answered(ask);
}

#[test]
fn a_question_needs_less_than_66_mebibytes_of_address_space_and_a_build_less_than_82() {
    let place = Place::new();
    place.assert_answered("ulimit -v 67584; $FAQT icp transfer baidu");
    place.assert_answered("ulimit -v 67584; $FAQT --kb $PACK reset the lamp");
    place.assert_answered("ulimit -v 67584; $FAQT --kb $CONTENT reset the lamp");
    // The code of a development build takes 53 of them.
    assert_eq!(place.shell("ulimit -v 83968; $FAQT build $BUILT_IN -o new.faqt").code, Some(0));
}

#[test]
fn without_threads_everything_is_done_on_one() {
    let place = Place::new();
    // No thread can be started with a stack of this size. A limit on threads would not hold for root.
    let none = "ulimit -v 1000000; RUST_MIN_STACK=2000000000; export RUST_MIN_STACK;";
    place.assert_answered(&format!("{none} $FAQT --kb $CONTENT reset the lamp"));
    for command in ["$FAQT build $BUILT_IN -o new.faqt", "$FAQT check $BUILT_IN"] {
        let run = place.shell(&format!("{none} $FAQT {}", &command["$FAQT ".len()..]));
        assert_eq!((run.code, run.stderr.as_str()), (Some(0), ""), "{command}: {run:?}");
    }
    assert_eq!(place.shell("$FAQT build $BUILT_IN -o $PACK").code, Some(0));
    let read = |file: &str| fs::read(place.folder.path().join(file)).expect("it was built");
    assert!(read("new.faqt") == read("kb.faqt"), "threads make no difference");
}

#[test]
fn closed_streams_end_quietly() {
    let place = Place::new();
    for line in
        ["$FAQT list >&-", "$FAQT list >&- 2>&- <&-", "$FAQT list <&-", "$FAQT list | head -n 1", "$FAQT --help | true"]
    {
        let run = place.shell(line);
        assert_eq!((run.code, run.stderr.as_str()), (Some(0), ""), "{line}: {run:?}");
    }
    assert_eq!(place.shell("$FAQT show nothing 2>&-").code, Some(2));
    assert_eq!(place.shell("$FAQT build $CONTENT -o new.faqt >&- 2>&-").code, Some(0));
    assert!(place.files().contains(&"new.faqt".to_owned()));
}
