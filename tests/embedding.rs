//! The program of the README, built from its text, and the compile errors of mistakes in it.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use tempfile::TempDir;

/// The crate of the README, in a temporary folder.
struct Crate {
    folder: TempDir,
    readme: String,
}

impl Crate {
    fn from_readme() -> Crate {
        let root = Path::new(env!("CARGO_MANIFEST_DIR"));
        let readme = fs::read_to_string(root.join("README.md")).expect("it is there");
        let new = Crate { folder: tempfile::tempdir().expect("a folder"), readme };
        for (file, comment) in
            [("Cargo.toml", "# "), ("build.rs", "// "), ("src/main.rs", "// "), ("help/FAQ.md", "<!-- ")]
        {
            let text = new.block(&format!("{comment}{file}"));
            new.write(file, &text);
        }
        // The library of this repository replaces that of the registry.
        let library = root.join("index");
        let patch = format!("\n[patch.crates-io]\nfaqt = {{ path = {:?} }}\n", library.display().to_string());
        new.append("Cargo.toml", &patch);
        fs::copy(root.join("Cargo.lock"), new.path("Cargo.lock")).expect("it can be copied");
        new
    }

    /// Returns the code block of the README with the first line `first`.
    fn block(&self, first: &str) -> String {
        let start = self.readme.find(&format!("\n{first}")).unwrap_or_else(|| panic!("no block begins with {first}"));
        let block = &self.readme[start + 1..];
        block[..block.find("\n```").expect("the block ends")].to_owned()
    }

    fn path(&self, file: &str) -> PathBuf {
        self.folder.path().join(file)
    }

    fn write(&self, file: &str, text: &str) {
        fs::create_dir_all(self.path(file).parent().expect("it is in a folder")).expect("it can be made");
        fs::write(self.path(file), text).expect("it can be written");
    }

    fn append(&self, file: &str, text: &str) {
        let before = fs::read_to_string(self.path(file)).expect("it is there");
        self.write(file, &format!("{before}\n{text}"));
    }

    /// Runs the program and returns what it prints, or the errors of its compilation.
    fn run(&self, arguments: &[&str]) -> Result<String, String> {
        let output = Command::new(env!("CARGO"))
            .args(["run", "--quiet", "--offline", "--"])
            .args(arguments)
            .current_dir(self.folder.path())
            .env("CARGO_TARGET_DIR", Path::new(env!("CARGO_TARGET_TMPDIR")).join("embedding"))
            // Without debug information, the build script and the program share compiled dependencies.
            .env("CARGO_PROFILE_DEV_DEBUG", "0")
            .env("CARGO_TERM_COLOR", "never")
            .output()
            .expect("cargo starts");
        let text = |bytes| String::from_utf8(bytes).expect("it is text");
        if output.status.success() { Ok(text(output.stdout)) } else { Err(text(output.stderr)) }
    }

    /// Returns the compile errors without their notes.
    #[track_caller]
    fn errors(&self) -> String {
        let errors = self.run(&[]).expect_err("it must not compile");
        let is_error = |line: &&str| line.starts_with("error: lamp") || line.starts_with("error[");
        errors.lines().filter(is_error).flat_map(|line| [line, "\n"]).collect()
    }
}

#[test]
fn the_program_of_the_readme_answers_and_mistakes_do_not_compile() {
    let lamp = Crate::from_readme();
    let console = lamp.block("$ cargo run -q -- how to reset");
    let (_, shown) = console.split_once('\n').expect("it shows what is printed");
    assert_eq!(lamp.run(&["how", "to", "reset"]), Ok(format!("{shown}\n")));

    lamp.write(
        "help/bulb.md",
        "---\nquestion: Which bulbs fit?\nhelp_ids: [lamp.bulb]\n---\nSee [here](nowhere.md).\n",
    );
    insta::assert_snapshot!("a_broken_link", lamp.errors());

    lamp.write("help/bulb.md", "---\nquestion: Which bulbs fit?\nhelp_ids: [lamp.bulb]\n---\nAny.\n");
    lamp.append("src/main.rs", "pub const BULB: &str = faqt::help_id!(\"Lamp.Bulb\");\n");
    assert_eq!(lamp.run(&["bulbs", "fit"]), Ok("Any.\n".to_owned()));
    lamp.append("src/main.rs", "pub const NONE: &str = faqt::help_id!(\"lamp.blub\");\n");
    insta::assert_snapshot!("a_wrong_help_id", lamp.errors());

    fs::rename(lamp.path("help"), lamp.path("aid")).expect("it can be renamed");
    insta::assert_snapshot!("a_missing_folder", lamp.errors());
}
