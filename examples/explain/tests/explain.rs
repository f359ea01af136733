//! Runs of the example as a user starts it.

use std::process::Command;

fn sketch(arguments: &[&str]) -> String {
    let output = Command::new(env!("CARGO_BIN_EXE_example-explain")).args(arguments).output().expect("it starts");
    let text = |bytes| String::from_utf8(bytes).expect("it is text");
    let code = output.status.code().expect("it ends by itself");
    format!("{}{}exit code {code}", text(output.stdout), text(output.stderr))
}

#[test]
fn questions_are_answered_from_inside_the_program() {
    insta::assert_snapshot!(sketch(&["help", "how", "do", "I", "keep", "my", "work"]));
    insta::assert_snapshot!(sketch(&["help", "how", "do", "I", "cook", "rice"]));
}

#[test]
fn an_error_points_at_its_explanation() {
    insta::assert_snapshot!(sketch(&["save"]));
    assert!(sketch(&["--explain", "e1042"]).contains("make room"));
    assert_eq!(sketch(&["--explain", "E17"]), sketch(&["--explain", "E1042"]));
    insta::assert_snapshot!(sketch(&["--explain", "E9"]));
}
