//! The pages of `faqt eval --html` and `faqt check --html`: they say what the text says, and load nothing.

mod support;

use std::fs;
use std::path::Path;

use support::{content, faqt};

const LAMP: &str =
    "---\nquestion: How do I reset the lamp?\nasked: [lamp reset, the lamp hangs]\n---\nHold the button.\n";
const LOUD: &str =
    "---\nquestion: Is the fan loud?\nnot_for: [cook rice]\n---\nOnly at night. See [this](nowhere.md).\n";

/// Runs a command that writes a page, and returns the page.
fn page(folder: &Path, arguments: &[&str]) -> String {
    let file = folder.join("page.html");
    let run = faqt(arguments.iter().copied().chain(["--html", file.to_str().expect("UTF-8")]));
    assert!(matches!(run.code, Some(0 | 1)), "{run:?}");
    let page = fs::read_to_string(&file).expect("a page");
    assert!(page.contains("default-src 'none'") && !page.contains("<script"), "{page}");
    for loading in ["src=", "href=", "url(", "@import"] {
        assert!(!page.contains(loading), "{loading}");
    }
    page
}

#[test]
fn an_evaluation_is_drawn_with_its_numbers() {
    let place = tempfile::tempdir().expect("a folder");
    let content = content(place.path(), &[("lamp.md", LAMP), ("loud.md", LOUD)]);
    let kb = content.to_str().expect("UTF-8");
    let page = page(place.path(), &["eval", "--kb", kb]);
    let text = faqt(["eval", "--kb", kb, "--misses", "--format", "json"]).stdout;
    let report: serde_json::Value = serde_json::from_str(&text).expect("JSON");
    assert!(page.contains("2 questions were put to 2 entries."), "{page}");
    assert_eq!(page.matches("<svg").count(), 4, "{page}");
    for at in report["evaluation"]["thresholds"].as_array().expect("a list") {
        let share = at["answered_rightly"].as_f64().expect("a number");
        assert!(page.contains(&format!("<td class=\"number\">{share:.3}</td>")), "{share}: {page}");
    }
    for miss in report["evaluation"]["misses"].as_array().expect("a list") {
        assert!(page.contains(miss["query"].as_str().expect("text")), "{miss}: {page}");
    }
}

#[test]
fn problems_are_drawn_and_listed() {
    let place = tempfile::tempdir().expect("a folder");
    let content = content(place.path(), &[("lamp.md", LAMP), ("loud.md", LOUD)]);
    let page = page(place.path(), &["check", content.to_str().expect("UTF-8")]);
    assert_eq!(page.matches("<svg").count(), 2, "{page}");
    assert!(page.contains("loud.md:5") && page.contains("the link to `nowhere.md` leads to nothing"), "{page}");
    assert!(page.contains(">broken-link</text>") || page.contains("broken-link\n</text>"), "{page}");
}

#[test]
fn a_folder_without_problems_has_a_page_without_plots() {
    let place = tempfile::tempdir().expect("a folder");
    let content = content(place.path(), &[("lamp.md", "---\nquestion: How do I reset the lamp?\n---\nHold it.\n")]);
    let page = page(place.path(), &["check", content.to_str().expect("UTF-8")]);
    assert!(page.contains("0 errors and 0 warnings") && !page.contains("<svg"), "{page}");
}

#[test]
fn a_page_that_cannot_be_written_is_an_error() {
    let run = faqt(["eval", "--html", "/nowhere/page.html"]);
    assert!(run.code == Some(2) && run.stderr.starts_with("error: cannot write /nowhere/page.html"), "{run:?}");
}
