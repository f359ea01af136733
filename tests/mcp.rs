//! `faqt mcp`: three tools and the entries as resources, in both revisions of the protocol, over pipes.

#[path = "support/conformance.rs"]
mod conformance;
#[path = "support/mcp.rs"]
mod mcp;
mod support;

use std::fs;
use std::path::Path;
use std::process::Command;

use mcp::{Revision, Session};
use serde_json::{Value, json};
use support::command;

/// The most bytes of the definitions of the tools: 1,602 bytes are 381 tokens of `o200k_base`.
const DEFINITIONS_BYTES_MAX: usize = 1_700;

/// A server of the built-in knowledge base.
fn built_in(revision: Revision) -> Session {
    Session::open(command(["mcp"]), revision)
}

fn server_of(kb: &Path) -> Command {
    command(["mcp".as_ref(), "--kb".as_ref(), kb.as_os_str()])
}

/// Returns the text that a model reads.
fn text(result: &Value) -> &str {
    result["content"][0]["text"].as_str().expect("there is a text")
}

fn characters(value: &Value) -> usize {
    value.as_str().expect("it is a text").chars().count()
}

#[test]
fn three_tools_answer_in_both_revisions() {
    for revision in [Revision::Handshake, Revision::Inline] {
        let mut session = built_in(revision);
        let tools = session.request("tools/list", json!({}))["result"]["tools"].clone();
        let names: Vec<&str> =
            tools.as_array().expect("a list").iter().filter_map(|tool| tool["name"].as_str()).collect();
        assert_eq!(names, ["ask", "show", "list"]);
        let asked = session.call("ask", json!({ "question": "ICP transfer Baidu" }));
        assert_eq!(asked["structuredContent"]["answer"]["id"], "bind-baidu-domain");
        assert_eq!(asked["structuredContent"]["answer"]["related"][0]["id"], "transfer-icp-filing");
        assert!(
            text(&asked)
                .starts_with("# Can I bind a domain name that I registered with Baidu?\n\nid: bind-baidu-domain;")
        );
        let shown = session.data("show", json!({ "id": "review-time" }));
        assert_eq!(shown["entry"]["question"], "How long does the ICP filing review take?");
        let listed = session.data("list", json!({ "section": "before you start" }));
        assert_eq!(listed["total"], listed["contents"].as_array().expect("a list").len());
        assert_eq!(listed["contents"][0]["section"], json!(["Before you start"]));
        let (status, rest, errors) = session.end();
        assert!(status.success());
        assert_eq!((rest.as_str(), errors.as_str()), ("", ""), "{revision:?}");
    }
}

#[test]
fn the_definitions_of_the_tools_stay_short() {
    let tools = built_in(Revision::Handshake).request("tools/list", json!({}))["result"]["tools"].clone();
    let bytes = tools.to_string().len();
    assert!(bytes <= DEFINITIONS_BYTES_MAX, "{bytes} bytes");
}

#[test]
fn a_server_says_what_it_is_and_which_versions_it_speaks() {
    let mut session = Session::start(command(["mcp"]));
    let found = session.request("server/discover", json!({ "_meta": mcp::meta("2026-07-28") }))["result"].clone();
    assert_eq!(found["instructions"], "FAQ: ICP filing (42 entries, languages: en, zh)");
    let versions = found["supportedVersions"].as_array().expect("a list");
    assert!(versions.contains(&json!("2025-11-25")) && versions.contains(&json!("2026-07-28")), "{versions:?}");
    // A probe begins no session: the handshake follows, by an unknown version.
    assert_eq!(session.initialize("1999-01-01")["protocolVersion"], "2025-11-25");
}

#[test]
fn what_is_not_covered_is_data() {
    let mut session = built_in(Revision::Handshake);
    let data = session.data("ask", json!({ "question": "how do I bake bread", "limit": 2 }));
    assert_eq!(data["outcome"], "not_covered");
    assert_eq!(data["answer"], Value::Null);
    assert_eq!(data["candidates"].as_array().expect("a list").len(), 2);
    assert!(data["missing"].as_array().expect("a list").contains(&json!("bread")), "{data}");
    assert_eq!(data["corrections"], json!([]), "a word of the language is no slip");
    let data = session.data("ask", json!({ "question": "icp transfr baidu" }));
    assert_eq!(data["corrections"][0], json!({ "typed": "transfr", "taken_for": "transfer" }));
}

#[test]
fn the_passage_that_answers_comes_first_and_the_rest_as_it_fits() {
    let place = tempfile::tempdir().expect("a folder");
    let filler = |name: &str| format!("The {name} part says a lot about nothing in particular, at some length.\n\n");
    let answer = ["first", "second"].map(filler).concat() + "The lamp hums, which is normal.\n\n" + &filler("last");
    let content =
        support::content(place.path(), &[("a.md", &format!("---\nquestion: How is the lamp?\n---\n\n{answer}"))]);
    let mut session = Session::open(server_of(&content), Revision::Inline);
    let mut passage = |budget: usize| {
        let data = session.data("ask", json!({ "question": "does the lamp hum", "budget": budget }));
        assert!(data["answer"]["passage"] == Value::Null || characters(&data["answer"]["passage"]) <= budget, "{data}");
        data["answer"].clone()
    };
    let whole = passage(10_000);
    assert_eq!((&whole["passage"], &whole["whole"]), (&json!(answer.trim()), &json!(true)));
    assert_eq!(whole["characters"], answer.trim().chars().count());
    let short = passage(40);
    assert_eq!((&short["passage"], &short["whole"]), (&json!("The lamp hums, which is normal."), &json!(false)));
    let more = passage(220)["passage"].as_str().expect("a text").to_owned();
    assert!(more.starts_with("The lamp hums, which is normal.") && more.contains("last part"), "{more}");
    assert!(more.contains("first part") && !more.contains("second part"), "{more}");
    for budget in 1..60 {
        passage(budget);
    }
    let shown = session.call("show", json!({ "id": "a", "budget": 80 }));
    assert!(text(&shown).contains("The first part") && !text(&shown).contains("second"), "{shown}");
    assert!(text(&shown).contains("`show` with a greater budget has the rest"), "{shown}");
}

#[test]
fn lists_have_pages() {
    let mut session = built_in(Revision::Handshake);
    let (mut ids, mut offset) = (Vec::new(), json!(0));
    while !offset.is_null() {
        let page = session.data("list", json!({ "offset": offset, "limit": 8 }));
        assert_eq!(page["total"], 42);
        ids.extend(page["contents"].as_array().expect("a list").iter().map(|entry| entry["id"].to_string()));
        offset = page["next_offset"].clone();
    }
    ids.sort();
    ids.dedup();
    assert_eq!(ids.len(), 42);
}

#[test]
fn wrong_arguments_are_errors_that_a_model_can_mend() {
    let mut session = built_in(Revision::Handshake);
    for (tool, arguments, message) in [
        ("ask", json!({}), "missing field `question`"),
        ("ask", json!({ "question": " " }), "`question` is empty"),
        ("ask", json!({ "question": "x", "top": 1 }), "unknown field `top`"),
        ("ask", json!({ "question": "x", "budget": 0 }), "`budget` must be from 1 to 200000, not 0"),
        ("ask", json!({ "question": "x", "limit": "2" }), "invalid type: string"),
        ("ask", json!({ "question": "x", "section": "Befor you start" }), "nearest: Before you start"),
        ("show", json!({ "id": "reviewtime" }), "no entry has the id `reviewtime`; nearest: review-time"),
        ("list", json!({ "limit": -1 }), "invalid value"),
    ] {
        let result = session.call(tool, arguments);
        assert_eq!(result["isError"], true, "{result}");
        assert!(text(&result).contains(message), "{result}");
        assert!(result["structuredContent"]["error"].is_string(), "{result}");
    }
    let unknown = session.request("tools/call", json!({ "name": "forget", "arguments": {} }));
    assert_eq!(unknown["error"]["code"], -32602);
}

#[test]
fn entries_are_resources_under_the_checksum_of_the_pack() {
    let place = tempfile::tempdir().expect("a folder");
    let entry = |entry| format!("# Question {entry}?\n\nAnswer {entry}.\n\n");
    let many = (0..250).map(entry).collect::<Vec<String>>().concat();
    let content = support::content(place.path(), &[("备案/a.md", &many)]);
    let mut session = Session::open(server_of(&content), Revision::Handshake);
    let template = session.request("resources/templates/list", json!({}))["result"]["resourceTemplates"][0].clone();
    assert_eq!(template["uriTemplate"], "faqt://entry/{id}");
    let (mut addresses, mut parameters) = (Vec::new(), json!({}));
    let checksum = loop {
        let page = session.request("resources/list", parameters)["result"].clone();
        addresses.extend(page["resources"].as_array().expect("a list").iter().map(|entry| entry["uri"].clone()));
        if page["nextCursor"].is_null() {
            break page["_meta"]["faqt/pack"].clone();
        }
        parameters = json!({ "cursor": page["nextCursor"] });
    };
    assert_eq!(addresses.len(), 250);
    let read = session.request("resources/read", json!({ "uri": addresses[7] }))["result"]["contents"][0].clone();
    assert_eq!(read["text"], "# A: Question 7?\n\nAnswer 7.\n");
    assert_eq!((&read["_meta"]["faqt/pack"], &read["uri"]), (&checksum, &addresses[7]));
    assert_eq!(characters(&checksum), 16);
    for uri in ["faqt://entry/question", "file:///etc/passwd", "faqt://entry/%ff"] {
        let response = session.request("resources/read", json!({ "uri": uri }));
        assert_eq!(response["error"]["code"], -32002, "{response}");
    }
    let cursor = session.request("resources/list", json!({ "cursor": "x" }));
    assert_eq!(cursor["error"]["code"], -32602);
}

/// Asks until the answer is `expected`: files are looked at between calls, at most so often.
fn ask_until(session: &mut Session, expected: &str) {
    while session.data("ask", json!({ "question": "is the lamp loud" }))["answer"]["passage"] != expected {}
}

#[test]
fn a_knowledge_base_that_changes_is_opened_again_and_a_broken_one_is_not() {
    let place = tempfile::tempdir().expect("a folder");
    let write =
        |answer: &str| support::content(place.path(), &[("a.md", &format!("# Is the lamp loud?\n\n{answer}\n"))]);
    let content = write("No.");
    let pack = place.path().join("kb.faqt");
    let build = || {
        let built =
            support::faqt(["build".as_ref(), content.as_os_str(), "--force".as_ref(), "-o".as_ref(), pack.as_os_str()]);
        assert_eq!(built.code, Some(0), "{built:?}");
    };
    build();
    let mut sessions = [&content, &pack].map(|kb| Session::open(server_of(kb), Revision::Inline));
    for session in &mut sessions {
        ask_until(session, "No.");
    }
    write("A little, these days.");
    build();
    for session in &mut sessions {
        ask_until(session, "A little, these days.");
    }
    fs::write(place.path().join("broken"), "broken").expect("it can be written");
    fs::rename(place.path().join("broken"), &pack).expect("it can be replaced");
    let [folder, mut of_pack] = sessions;
    for _ in 0..200 {
        ask_until(&mut of_pack, "A little, these days.");
    }
    write("Yes.");
    build();
    ask_until(&mut of_pack, "Yes.");
    let (status, _, errors) = of_pack.end();
    assert!(status.success());
    assert_eq!(errors.matches("its last state answers on").count(), usize::from(!errors.is_empty()), "{errors}");
    assert_eq!(folder.end().2, "");
}

#[test]
fn questions_are_logged_where_a_log_is_kept() {
    let place = tempfile::tempdir().expect("a folder");
    let log = place.path().join("log.jsonl");
    let mut logged = command(["mcp"]);
    logged.env("FAQT_LOG", &log);
    let mut session = Session::open(logged, Revision::Handshake);
    session.data("ask", json!({ "question": "mail ann@example.org about rice" }));
    session.data("list", json!({}));
    let record: Value = serde_json::from_str(&fs::read_to_string(&log).expect("a log")).expect("one line");
    assert_eq!((&record["question"], &record["outcome"]), (&json!("mail [email] about rice"), &json!("not_covered")));
}

#[test]
fn the_server_answers_as_every_face_does() {
    let sessions = ["built-in", "second"].map(|kb| {
        let session = match kb {
            "built-in" => built_in(Revision::Inline),
            _ => Session::open(server_of(&conformance::content(kb)), Revision::Handshake),
        };
        (kb, std::cell::RefCell::new(session))
    });
    conformance::assert_conforms(|expected| {
        let (_, session) = sessions.iter().find(|(kb, _)| *kb == expected.kb).expect("it is one of the two");
        expected.with_json(&session.borrow_mut().data("ask", json!({ "question": expected.query })))
    });
}
