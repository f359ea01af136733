//! `faqt build --watch`: the pack follows the folder.

mod support;

use std::fs;
use std::io::{BufRead as _, BufReader};
use std::process::Stdio;

use faqt::KnowledgeBase;

#[test]
fn a_watched_folder_is_built_again_after_a_change_even_if_it_was_broken_between() {
    let folder = tempfile::tempdir().expect("a folder");
    let content = support::content(folder.path(), &[("a.md", "# How do I reset the lamp?\n\nHold the button.\n")]);
    let pack = folder.path().join("kb.faqt");
    let arguments = ["build".as_ref(), "--watch".as_ref(), content.as_os_str(), "-o".as_ref(), pack.as_os_str()];
    let mut child =
        support::command(arguments).stdout(Stdio::null()).stderr(Stdio::piped()).spawn().expect("the program starts");
    let mut errors = BufReader::new(child.stderr.take().expect("it is piped")).lines();
    let mut until_watching = || {
        let lines = errors.by_ref().map(|line| line.expect("it is text"));
        lines.take_while(|line| !line.starts_with("watching ")).collect::<Vec<_>>()
    };
    assert!(until_watching().is_empty());

    // The file is renamed into place, so that no build reads a partial file.
    let put = |text: &str| {
        let file = folder.path().join("new.md");
        fs::write(&file, text).and_then(|()| fs::rename(&file, content.join("b.md"))).expect("it can be written");
    };
    put("# Is it loud?\n\nSee [here](nowhere.md).\n");
    assert!(until_watching()[0].contains("b.md:3: the link to `nowhere.md` leads to nothing"));

    put("# Is it loud?\n\nNo.\n");
    assert!(until_watching().is_empty());
    child.kill().expect("it can be ended");
    child.wait().expect("it ends");
    let found = KnowledgeBase::open(&pack).expect("it was written").ask("is it loud").expect("it is sound");
    assert_eq!(found.hits[0].entry.answer, "No.");
}
