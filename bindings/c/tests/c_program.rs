//! A C program that uses the whole of faqt.h, linked with the library, alone and under valgrind.

use std::ffi::OsStr;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use tempfile::TempDir;

const PROGRAM: &str = include_str!("program.c");

/// A C program, and a pack for it to ask.
struct Program {
    folder: TempDir,
}

impl Program {
    fn compiled(source: &str) -> Program {
        let program = Program { folder: TempDir::new().unwrap() };
        std::fs::write(program.path("program.c"), source).unwrap();
        faqt::build::Builder::new(here().join("tests/help")).write_to(program.path("help.faqt")).unwrap();
        program.compile();
        program
    }

    fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    fn compile(&self) {
        let compiler = std::env::var_os("CC").unwrap_or_else(|| "cc".into());
        let mut command = Command::new(compiler);
        command.args(["-std=c11", "-Wall", "-Wextra", "-Wpedantic", "-Werror", "-g"]);
        if cfg!(target_feature = "crt-static") {
            // The flags of the repository compile non-relocatable code.
            command.arg("-no-pie");
        }
        command.arg("-I").arg(here().join("include"));
        command.arg(self.path("program.c")).arg(library()).arg("-o").arg(self.path("program"));
        command.args(["-lpthread", "-ldl", "-lm"]);
        assert_succeeds(&command.output().expect("a C compiler"));
    }

    /// Runs the program on its pack, under the command `by` if given, and returns its output.
    #[track_caller]
    fn run(&self, by: &[&str]) -> String {
        let program = self.path("program");
        let mut words = by.iter().map(OsStr::new).chain([program.as_os_str()]);
        let mut command = Command::new(words.next().unwrap_or_default());
        assert_succeeds(&command.args(words).arg(self.path("help.faqt")).output().unwrap())
    }
}

fn here() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// Returns the newest static library beside the tests, because Cargo may have built several.
fn library() -> PathBuf {
    let test = std::env::current_exe().unwrap();
    let files = std::fs::read_dir(test.parent().unwrap()).unwrap().map(|file| file.unwrap().path());
    let is_ours = |path: &PathBuf| {
        let name = path.file_name().unwrap_or_default().to_string_lossy();
        name.starts_with("libfaqt_c") && name.ends_with(".a")
    };
    let made = |path: &PathBuf| path.metadata().and_then(|file| file.modified()).unwrap();
    files.filter(is_ours).max_by_key(made).expect("Cargo builds the library for its tests")
}

#[track_caller]
fn assert_succeeds(output: &Output) -> String {
    let (told, said) = (String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr));
    assert!(output.status.success(), "{:?}\n{told}\n{said}", output.status);
    told.into_owned()
}

#[test]
fn every_function_does_as_the_header_says() {
    let told = Program::compiled(PROGRAM).run(&[]);
    let mut lines = told.lines();
    assert_eq!(lines.next(), Some(concat!("faqt ", env!("CARGO_PKG_VERSION"))));
    let found: serde_json::Value = serde_json::from_str(lines.next().unwrap()).unwrap();
    assert_eq!(found["format_version"], 1);
    assert_eq!(found["hits"][0]["entry"]["answer"], "Hold the button for ten seconds.");
    assert_eq!(lines.next(), Some("0 failures"));
}

#[test]
fn valgrind_finds_no_leak_and_no_bad_access() {
    if Command::new("valgrind").arg("--version").output().is_err() {
        eprintln!("NOT TESTED: valgrind is not installed");
        return;
    }
    // Memory that threads keep until the end of the program is still reachable, which is no error.
    let valgrind = ["valgrind", "--quiet", "--error-exitcode=99", "--leak-check=full"];
    let told = Program::compiled(PROGRAM).run(&valgrind);
    assert!(told.ends_with("0 failures\n"), "{told}");
}

#[test]
fn the_program_of_the_readme_prints_an_answer() {
    let (_, rest) = include_str!("../README.md").split_once("```c\n").unwrap();
    let (source, _) = rest.split_once("```").unwrap();
    let told = Program::compiled(source).run(&[]);
    assert!(told.contains(r#""outcome":"answered""#) && told.contains("Hold the button"), "{told}");
}

#[test]
fn the_header_declares_what_the_library_has() {
    let header = include_str!("../include/faqt.h");
    let sources = [
        include_str!("../src/answers.rs"),
        include_str!("../src/encoder.rs"),
        include_str!("../src/evaluation.rs"),
        include_str!("../src/handle.rs"),
        include_str!("../src/log.rs"),
        include_str!("../src/passage.rs"),
        include_str!("../src/rendering.rs"),
        include_str!("../src/text.rs"),
    ];
    let defined = |line: &'static str| Some(line.split_once("extern \"C\" fn ")?.1.split_once('(')?.0);
    let names: Vec<&str> = sources.iter().flat_map(|source| source.lines().filter_map(defined)).collect();
    let is_declaration = |line: &&str| line.ends_with(");") && !line.starts_with(" *") && !line.starts_with("typedef");
    assert_eq!(names.len(), header.lines().filter(is_declaration).count());
    for name in names {
        assert!(header.contains(&format!("{name}(")), "{name} is not in the header");
        assert!(PROGRAM.contains(&format!("{name}(")), "{name} is not tested");
    }
}
