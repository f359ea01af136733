//! The library and the command line answer the conformance questions alike.

#[path = "support/conformance.rs"]
mod conformance;
mod support;

use std::collections::HashMap;

use conformance::{Conforming, assert_conforms, content, file, questions};
use faqt::KnowledgeBase;
use support::faqt;

/// The variable that has the file written anew with the value `write`.
const FAQT_CONFORMANCE: &str = "FAQT_CONFORMANCE";

/// Opens both knowledge bases, by name.
fn opened() -> HashMap<&'static str, KnowledgeBase> {
    let open = |kb| (kb, KnowledgeBase::from_folder(content(kb)).expect("the content is sound"));
    ["built-in", "second"].into_iter().map(open).collect()
}

fn by_library(kbs: &HashMap<&str, KnowledgeBase>, question: &Conforming) -> Conforming {
    let found = kbs[question.kb.as_str()].ask(&question.query).expect("the pack is sound");
    let hits = found.hits.iter().map(|hit| hit.entry.id.clone()).collect();
    question.with_answer(&found.outcome.to_string(), found.confidence.into(), hits)
}

#[test]
fn the_library_conforms() {
    let kbs = opened();
    if std::env::var(FAQT_CONFORMANCE).is_ok_and(|wish| wish == "write") {
        let line = |question| serde_json::to_string(&by_library(&kbs, question)).expect("it is a struct") + "\n";
        let lines: String = questions().iter().map(line).collect();
        std::fs::write(file(), lines).expect("it can be written");
    }
    assert_conforms(|question| by_library(&kbs, question));
}

#[test]
fn the_command_line_conforms() {
    let place = tempfile::tempdir().expect("a folder");
    let pack = place.path().join("second.faqt").display().to_string();
    let built = faqt(["build", &content("second").display().to_string(), "-o", &pack]);
    assert_eq!(built.code, Some(0), "{built:?}");
    assert_conforms(|question| {
        let kb = if question.kb == "second" { &["--kb", pack.as_str()][..] } else { &[] };
        let run = faqt(kb.iter().chain(&["--format", "json", "search", "--", &question.query]));
        let output = serde_json::from_str(&run.stdout).unwrap_or_else(|_| panic!("{run:?}"));
        question.with_json(&output)
    });
}
