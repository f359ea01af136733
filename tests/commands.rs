//! Snapshots of the output of each command.

mod support;

use insta::assert_snapshot;
use support::{content, faqt};

#[test]
fn a_question_is_answered() {
    assert_snapshot!(faqt(["ICP", "transfer", "Baidu"]).shown());
}

#[test]
fn a_question_is_answered_on_a_narrow_terminal_with_colours() {
    let run = faqt(["--color", "always", "--width", "44", "ICP", "transfer", "Baidu"]);
    assert_snapshot!(run.shown().replace('\u{1b}', "␛"));
}

#[test]
fn a_question_is_not_covered() {
    assert_snapshot!(faqt(["how", "do", "I", "cook", "rice"]).shown());
}

#[test]
fn entries_like_another_are_listed_in_each_format() {
    let similar = |more: &[&str]| faqt([&["similar", "review-time"], more].concat()).shown();
    assert_snapshot!("similar_text", similar(&["-n", "2"]));
    assert_snapshot!("similar_markdown", similar(&["-n", "2", "--format", "markdown"]));
    assert_snapshot!("similar_json", similar(&["-n", "2", "--format", "json"]));
    let folder = tempfile::tempdir().expect("a folder");
    let alone = content(folder.path(), &[("faq.md", "# Who sells rice?\n\nAnn.\n\n# Is the lamp loud?\n\nNo.\n")]);
    let alone = alone.to_string_lossy();
    assert_snapshot!("similar_none", faqt(["--kb", &alone, "similar", "who-sells-rice"]).shown());
    assert_snapshot!("similar_unknown", faqt(["similar", "review-tiem"]).shown());
}

#[test]
fn an_entry_is_shown_in_each_format() {
    assert_snapshot!("show_text", faqt(["show", "cdn-status-wrong"]).shown());
    assert_snapshot!("show_markdown", faqt(["show", "cdn-status-wrong", "--format", "markdown"]).shown());
    assert_snapshot!("show_json", faqt(["show", "cdn-status-wrong", "--format", "json"]).shown());
}

#[test]
fn a_table_is_laid_out() {
    assert_snapshot!(faqt(["show", "network-access-details"]).shown());
}

#[test]
fn keywords_are_looked_up_exactly() {
    assert_snapshot!("keyword_one", faqt(["--keyword", "Baidu"]).shown());
    assert_snapshot!("keyword_width_folded", faqt(["-k", "ｂａｉｄｕ", "--format", "json"]).shown().len().to_string());
    assert_snapshot!("keyword_several", faqt(["--keyword", "备案"]).shown());
    assert_snapshot!("keyword_none", faqt(["--keyword", "Baid"]).shown());
}

#[test]
fn contents_sections_and_keywords_are_listed() {
    assert_snapshot!("list", faqt(["list"]).shown());
    assert_snapshot!("list_sections", faqt(["list", "--sections"]).shown());
    assert_snapshot!("list_keywords", faqt(["list", "--keywords"]).shown());
}

#[test]
fn help_works_offline() {
    assert_snapshot!("help_short", faqt(["-h"]).shown());
    assert_snapshot!("help_long", faqt(["--help"]).shown());
    assert_snapshot!("help_search", faqt(["search", "--help"]).shown());
    assert_snapshot!("help_gaps", faqt(["gaps", "-h"]).shown());
    assert_snapshot!("help_model", faqt(["model", "-h"]).shown());
    assert_snapshot!("help_model_import", faqt(["model", "import", "-h"]).shown());
}

#[test]
fn any_faq_file_is_a_knowledge_base() {
    let folder = tempfile::tempdir().expect("a folder");
    let faq = "# FAQ\n\n## How do I reset it?\n\nHold the button. See [the lamp](#what-does-the-lamp-mean).\n\n\
               ## What does the lamp mean?\n\nIt is on.\n";
    let content = content(folder.path(), &[("FAQ.md", faq)]);
    let pack = folder.path().join("kb.faqt");
    let built = faqt(["build".as_ref(), content.as_os_str(), "-o".as_ref(), pack.as_os_str()]);
    assert_eq!(built.code, Some(0), "{}", built.stderr);
    let asked = faqt(["--kb".as_ref(), pack.as_os_str(), "reset".as_ref(), "button".as_ref()]);
    assert_snapshot!(asked.shown());
}

#[test]
fn options_stand_anywhere() {
    let after = faqt(["ICP", "transfer", "Baidu", "--format", "json"]);
    let before = faqt(["--format", "json", "ICP", "transfer", "Baidu"]);
    assert_eq!(after.stdout, before.stdout);
    assert!(after.stdout.starts_with("{\"format_version\":1,"));
}

#[test]
fn shells_complete_commands_and_ids() {
    for shell in ["bash", "elvish", "fish", "powershell", "zsh"] {
        let run = faqt(["completions", shell]);
        assert!(run.code == Some(0) && run.stdout.contains("FAQT_COMPLETE"), "{run:?}");
    }
    let completed = |words: &[&str]| {
        let mut command = support::command([&["--", "faqt"], words].concat());
        command.env("FAQT_COMPLETE", "fish").env("_CLAP_COMPLETE_INDEX", words.len().to_string());
        String::from_utf8(command.output().expect("the program starts").stdout).expect("it is text")
    };
    assert_eq!(completed(&["show", "transfer"]).trim(), "transfer-icp-filing");
    assert_eq!(completed(&["similar", "transfer"]).trim(), "transfer-icp-filing");
    assert!(completed(&["ver"]).starts_with("verify"));
}

#[test]
fn the_manual_page_names_every_command() {
    let run = faqt(["man"]);
    assert_eq!(run.code, Some(0));
    for command in [
        "search",
        "show",
        "similar",
        "list",
        "build",
        "check",
        "init",
        "eval",
        "diff",
        "gaps",
        "helped",
        "log",
        "verified",
        "verify",
        "stats",
        "model",
        "completions",
        "man",
    ] {
        assert!(run.stdout.contains(&format!("faqt\\-{command}(1)")), "{command}: {}", run.stdout);
    }
}

#[test]
fn words_that_nearly_are_a_command_are_corrected_and_questions_are_asked() {
    for (typed, code, stderr) in [
        (
            "serach reset",
            2,
            "error: `serach` is no command\nhint: faqt search reset; or, to ask that: faqt -- serach reset\n",
        ),
        ("lits", 2, "error: `lits` is no command\nhint: faqt list; or, to ask that: faqt -- lits\n"),
        (
            "show me",
            2,
            "error: no entry has the id `me`\nhint: `faqt list` names all ids; to ask that: faqt -- show me\n",
        ),
        ("list files by size", 1, ""),
        ("model lsit", 2, "error: `lsit` is no command\nhint: faqt model list; or, to ask that: faqt -- model lsit\n"),
        ("model railway", 1, ""),
        ("help", 0, ""),
        ("version", 0, ""),
    ] {
        let run = faqt(typed.split(' '));
        assert_eq!((run.code, run.stderr.as_str()), (Some(code), stderr), "{typed}");
    }
}

#[test]
fn a_section_without_entries_is_an_error_with_the_nearest_names() {
    let run = faqt(["icp", "--section", "durig the proces"]);
    assert_eq!(run.code, Some(2), "{run:?}");
    assert!(run.stderr.contains("hint: nearest: During the process"), "{run:?}");
    let run = faqt(["icp", "--lang", "a language"]);
    assert!(run.code == Some(2) && run.stderr.contains("it is the tag of a language, such as en or zh-TW"), "{run:?}");
    let run = faqt(["rice cooker", "--section", "Before you start"]);
    assert_eq!(run.code, Some(1), "{run:?}");
}
