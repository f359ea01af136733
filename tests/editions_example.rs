//! `examples/editions`: three versions in three languages, and each type of question to them.

mod support;

use std::path::Path;

use support::{Run, command, root};

fn faqt(folder: &Path, arguments: &[&str]) -> Run {
    let cache = tempfile::tempdir().expect("a folder");
    let mut command = command(arguments);
    command.current_dir(folder).env("FAQT_KB", ".").env("XDG_CACHE_HOME", cache.path());
    Run::of(&mut command)
}

/// Runs each line of arguments, parted by spaces, and shows the first lines of what it prints.
fn shown(lines: &[String]) -> String {
    let folder = root().join("examples/editions");
    let show = |line: &String| {
        let run = faqt(&folder, &line.split(' ').collect::<Vec<_>>());
        let text = run.shown();
        let candidates = text.find("\nOther candidates").unwrap_or(text.len());
        let code = text.rfind("exit code").unwrap_or(text.len());
        format!("$ faqt {line}\n{}{}", &text[..candidates.min(code)], &text[code..])
    };
    lines.iter().map(show).collect::<Vec<_>>().join("\n")
}

#[test]
fn each_question_is_answered_for_each_version_and_language() {
    let mut lines = Vec::new();
    for question in ["how do I reset the lamp", "wie setze ich die Lampe zurück", "如何重置灯"] {
        for version in ["", "--for 3.1 ", "--for 2.4 ", "--for 1 "] {
            lines.push(format!("{version}{question}"));
        }
    }
    for language in ["en", "de", "zh"] {
        lines.push(format!("--lang {language} --for 2 reset the lamp"));
        lines.push(format!("show update --lang {language} --for 2.9"));
    }
    lines.extend(["how do I reset the lamp in v1.5", "show E17 --lang zh", "保修期有多长"].map(str::to_owned));
    insta::assert_snapshot!(shown(&lines));
}

#[test]
fn fallbacks_are_named() {
    let lines = [
        "--lang de can I dim the light",
        "--lang fr how long does the warranty last",
        "--for 2.1 can I dim the light",
        "--lang de --for 2.1 show me how to dim the light",
        "--lang zh --for 1 how do I reset the lamp",
        "show dim --lang de --for 2.0",
    ];
    insta::assert_snapshot!(shown(&lines.map(str::to_owned)));
}

#[test]
fn holes_are_reported() {
    let examples = root().join("examples/editions");
    let place = tempfile::tempdir().expect("a folder");
    for file in std::fs::read_dir(&examples).expect("a folder") {
        let file = file.expect("a file").path();
        std::fs::copy(&file, place.path().join(file.file_name().expect("a name"))).expect("it can be copied");
    }
    let whole = faqt(&examples, &["check", "."]);
    let write = |name: &str, text: &str| std::fs::write(place.path().join(name), text).expect("a file");
    write("reset-1.md", "---\nid: reset\nquestion: How do I reset the lamp?\nuntil: 1.5\n---\n\nPull the plug.\n");
    write("dim-1.md", "---\nid: dim\nquestion: Can I dim the light?\nuntil: 2.5\nkeywords: [dim]\n---\n\nNo.\n");
    write(
        "loud.md",
        "---\nquestion: Is it loud?\nkeywords: [noise]\nsince: soon\n---\n\nNo.\n\n<!-- since 2 -->\nYes.\n",
    );
    let broken = faqt(place.path(), &["check", "."]);
    insta::assert_snapshot!(format!("{}\n{}", whole.shown(), broken.shown()));
}
