//! `faqt serve`: pages and JSON over HTTP.
#![cfg(all(unix, feature = "serve"))]

#[path = "support/conformance.rs"]
mod conformance;
#[path = "support/http.rs"]
mod http;
mod support;

use std::fs;
use std::io::{Read as _, Write as _};
use std::path::Path;

use http::{Server, built_in, encoded, schema};
use rustix::process::{Pid, Signal, kill_process};
use support::{content, faqt};

#[test]
fn every_route_answers() {
    let server = built_in();
    for (path, status, part) in [
        ("/", 200, "<h1 tabindex=\"-1\">ICP filing</h1>"),
        ("/ask?q=ICP+transfer+Baidu", 200, "bind-baidu-domain"),
        ("/?q=ICP+transfer+Baidu", 200, "<div class=\"result answered\">"),
        ("/?q=how+do+I+cook+rice", 200, "Not covered: <q>how do I cook rice</q>"),
        ("/e/review-time", 200, "<article class=\"entry\""),
        ("/e/nothing", 404, "No entry has this id"),
        ("/e/%2e%2e", 404, "No entry has this id"),
        ("/nowhere", 404, "No page is at this address: <code>/nowhere</code>"),
        ("/contents", 200, "<h1 tabindex=\"-1\">Contents</h1>"),
        ("/keywords", 200, "Baidu"),
        ("/keywords?k=baidu", 200, "href=\"/e/bind-baidu-domain\""),
        ("/helped", 200, "Thank you"),
        ("/fragment/ask?q=ICP+transfer+Baidu", 200, "<div class=\"fragment\""),
        ("/fragment/complete?q=bai", 200, "<li role=\"option\""),
        ("/fragment/e/review-time", 200, "<article"),
        ("/assets/page.css", 200, "prefers-color-scheme"),
        ("/assets/page.js", 200, "combobox"),
        ("/assets/icon.svg", 200, "<svg"),
        ("/api/v1/openapi.json", 200, "\"openapi\""),
        ("/api/v1/output.schema.json", 200, "format_version"),
    ] {
        let answer = server.get(path);
        assert_eq!(answer.status, status, "{path}: {answer:?}");
        assert!(answer.text().contains(part), "{path}: {}", answer.text());
        let policy = answer.header("content-security-policy").expect("a policy");
        assert!(policy.starts_with("default-src 'none'") && !policy.contains("unsafe"), "{path}: {policy}");
        assert_eq!(answer.header("set-cookie"), None, "{path}");
    }
}

#[test]
fn a_page_names_nothing_outside_and_holds_no_script() {
    let page = built_in().get("/?q=ICP+transfer+Baidu");
    for forbidden in ["<style", " style=", "<script>", "src=\"http", "@import", " onclick"] {
        assert!(!page.text().contains(forbidden), "{forbidden}");
    }
    assert!(page.text().contains("<form id=\"ask\" role=\"search\" action=\"/\""), "{}", page.text());
}

#[test]
fn the_service_obeys_the_schema_of_the_command_line() {
    let (server, schema) = (built_in(), schema());
    for (path, field, status) in [
        ("/api/v1/ask?q=ICP+transfer+Baidu&why=true", "why", 200),
        ("/api/v1/ask?q=how+do+I+cook+rice&n=3", "candidates", 200),
        ("/api/v1/entries", "contents", 200),
        ("/api/v1/entries/review-time", "entry", 200),
        ("/api/v1/similar/review-time", "similar", 200),
        ("/api/v1/keywords", "keywords", 200),
        ("/api/v1/keywords?k=Baidu", "entries", 200),
        ("/api/v1/sections", "sections", 200),
        ("/api/v1/entries/review-tme", "nearest", 404),
        ("/api/v1/ask?q=x&section=nowhere", "error", 400),
        ("/api/v1/ask?q=x&kb=nothing", "error", 400),
        ("/api/v1/ask?q=x&limit=3", "error", 400),
        ("/api/v1/ask?q=x&n=1001", "error", 400),
        ("/api/v1/ask?q=x&n=-1", "error", 400),
        ("/api/v1/ask", "error", 400),
        ("/api/v1/entries?limit=0", "error", 400),
        ("/api/v1/entries/%ff", "error", 400),
        ("/api/v2/ask", "error", 404),
        ("/api", "error", 404),
        ("/api/", "error", 404),
    ] {
        let answer = server.get(path);
        let output = answer.json();
        assert_eq!(answer.status, status, "{path}: {output}");
        assert!(output.get(field).is_some(), "{path}: {output}");
        let errors: Vec<String> = schema.iter_errors(&output).map(|error| error.to_string()).collect();
        assert!(errors.is_empty(), "{path}: {errors:?}\n{output}");
    }
    let printed = faqt(["--format", "json", "ICP", "transfer", "Baidu"]).stdout;
    assert_eq!(server.get("/api/v1/ask?q=ICP%20transfer%20Baidu").text(), printed);
}

#[test]
fn lists_have_parts_and_a_link_to_the_next() {
    let server = built_in();
    let whole = server.get("/api/v1/entries");
    let ids = |list: &serde_json::Value| -> Vec<String> {
        let entries = list["contents"].as_array().expect("a list");
        entries.iter().map(|entry| entry["id"].as_str().expect("an id").to_owned()).collect()
    };
    let mut parts = Vec::new();
    let mut next = Some("/api/v1/entries?limit=8".to_owned());
    while let Some(address) = next {
        let part = server.get(&address);
        parts.extend(ids(&part.json()));
        let link = part.header("link").map(|link| link.trim_start_matches('<'));
        next = link.and_then(|link| link.strip_suffix(">; rel=\"next\"")).map(str::to_owned);
    }
    assert!(parts.len() > 16, "{parts:?}");
    assert_eq!((parts, whole.header("link")), (ids(&whole.json()), None));
    let under = server.get("/api/v1/keywords?k=service+code&limit=1");
    assert_eq!(under.json()["entries"].as_array().map(Vec::len), Some(1));
    assert_eq!(under.header("link"), Some("</api/v1/keywords?offset=1&limit=1&k=service%20code>; rel=\"next\""));
    for path in ["sections", "keywords", "keywords?k=service+code"] {
        let beyond = server.get(&format!("/api/v1/{path}{}offset=1000", if path.contains('?') { '&' } else { '?' }));
        assert_eq!((beyond.status, beyond.header("link")), (200, None), "{path}");
        let listed = beyond.json();
        let name = if path.contains('?') { "entries" } else { path };
        assert_eq!(listed[name].as_array().map(Vec::len), Some(0), "{path}: {listed}");
    }
}

#[test]
fn the_description_names_every_path_and_no_other_definition() {
    let server = built_in();
    let description = server.get("/api/v1/openapi.json");
    let text = description.text().to_owned();
    let schema = server.get("/api/v1/output.schema.json").json();
    for (at, _) in text.match_indices("#/$defs/") {
        let name: String = text[at + 8..].chars().take_while(char::is_ascii_alphabetic).collect();
        assert!(schema["$defs"].get(&name).is_some(), "{name}");
    }
    for path in description.json()["paths"].as_object().expect("an object").keys() {
        let path = path.replace("{id}", "review-time");
        assert!(matches!(server.get(&path).status, 200 | 400), "{path}");
    }
}

#[test]
fn http_conforms() {
    let place = tempfile::tempdir().expect("a folder");
    let pack = place.path().join("second.faqt").display().to_string();
    let built = faqt(["build", &conformance::content("second").display().to_string(), "-o", &pack]);
    assert_eq!(built.code, Some(0), "{built:?}");
    let (first, second) = (built_in(), Server::start(["--kb", &pack]));
    conformance::assert_conforms(|question| {
        let server = if question.kb == "second" { &second } else { &first };
        question.with_json(&server.get(&format!("/api/v1/ask?q={}", encoded(&question.query))).json())
    });
}

#[test]
fn the_edition_is_that_for_the_language_and_the_version_of_the_reader() {
    let server = Server::start(["--kb", "examples/editions"]);
    let german = ["Accept-Language: de-AT, de;q=0.9, en;q=0.8"];
    let question = |path: &str, lines: &[&str]| {
        let shown = server.get_with(path, lines).json();
        let entry = if shown["entry"].is_object() { &shown["entry"] } else { &shown["answer"] };
        entry["question"].as_str().unwrap_or_else(|| panic!("{shown}")).to_owned()
    };
    for (path, lines, expected) in [
        ("/api/v1/entries/reset", &[][..], "How do I reset the lamp?"),
        ("/api/v1/entries/reset?lang=zh", &[], "如何重置灯？"),
        ("/api/v1/entries/reset?lang=fr,de", &[], "Wie setze ich die Lampe zurück?"),
        ("/api/v1/entries/reset", &german, "Wie setze ich die Lampe zurück?"),
        ("/api/v1/entries/reset?lang=zh", &german, "如何重置灯？"),
        ("/api/v1/entries/reset@en", &german, "How do I reset the lamp?"),
        ("/api/v1/ask?q=reset+lamp&lang=zh", &german, "如何重置灯？"),
    ] {
        assert_eq!(question(path, lines), expected, "{path} {lines:?}");
    }
    let old = server.get("/api/v1/entries/reset?for=1.2").json();
    assert!(old["entry"]["answer"].as_str().is_some_and(|answer| answer.contains("Pull the plug")), "{old}");
    assert_eq!(server.get("/api/v1/entries/reset?version=1").status, 400);
    // A question in no language is answered in that of the browser, and a cache keeps both apart.
    let (english, answer) = (server.get("/?q=E17"), server.get_with("/?q=E17", &german));
    assert!(english.text().contains("How do I reset the lamp?"), "{}", english.text());
    assert!(answer.text().contains("Wie setze ich die Lampe zurück?"), "{}", answer.text());
    assert!(answer.head.lines().any(|line| line.eq_ignore_ascii_case("vary: accept-language")), "{}", answer.head);
    assert_ne!(english.header("etag"), answer.header("etag"));
    let tag = format!("If-None-Match: {}", english.header("etag").expect("a tag"));
    assert_eq!(server.get_with("/?q=E17", &[&tag, german[0]]).status, 200);
    // A reader may name a version, without JavaScript, too.
    let page = server.get("/?q=reset+the+lamp&for=1.2");
    assert!(page.text().contains("Version <input name=\"for\" value=\"1.2\" placeholder="), "{}", page.text());
    assert!(page.text().contains("Pull the plug"), "{}", page.text());
    assert!(!built_in().get("/").text().contains("name=\"for\""));
}

#[test]
fn a_former_id_and_a_help_id_lead_to_the_entry() {
    let folder = tempfile::tempdir().expect("a folder");
    let files = [
        ("reset.md", "---\nquestion: How do I reset the lamp?\nhelp_ids: [E42]\n---\nHold the button.\n"),
        ("deep/loud.md", "---\nquestion: Is it loud?\n---\nNo.\n"),
        ("faqt.toml", "[redirects]\nrestart = 'reset'\n"),
    ];
    let server = Server::start(["--kb".as_ref(), content(folder.path(), &files).as_os_str()]);
    for (path, address) in [("/e/restart", "/e/reset"), ("/e/e42", "/e/reset"), ("/e/loud", "/e/deep%2Floud")] {
        let answer = server.get(path);
        assert_eq!((answer.status, answer.header("location")), (302, Some(address)), "{path}");
        assert_eq!(server.get(address).status, 200, "{address}");
    }
}

#[test]
fn what_a_reader_has_is_not_sent_again() {
    let server = built_in();
    for path in ["/e/review-time", "/?q=baidu", "/api/v1/entries"] {
        let first = server.get(path);
        let tag = first.header("etag").expect("a tag").to_owned();
        let again = server.get_with(path, &[&format!("If-None-Match: {tag}")]);
        assert_eq!((again.status, again.body.len()), (304, 0), "{path}");
        assert_eq!(server.get_with(path, &["If-None-Match: W/\"other\""]).status, 200);
    }
    let asset = server.get("/assets/page.css");
    assert!(asset.header("cache-control").is_some_and(|kept| kept.contains("immutable")), "{asset:?}");
}

#[test]
fn answers_are_compressed_if_the_reader_unpacks_them() {
    let server = built_in();
    let plain = server.get("/api/v1/entries/review-time");
    let packed = server.get_with("/api/v1/entries/review-time", &["Accept-Encoding: gzip"]);
    assert_eq!(packed.header("content-encoding"), Some("gzip"));
    assert_eq!(packed.body[..2], [0x1f, 0x8b]);
    assert!(packed.body.len() < plain.body.len(), "{} {}", packed.body.len(), plain.body.len());
}

#[test]
fn a_changed_pack_is_served_and_a_broken_one_is_not() {
    let folder = tempfile::tempdir().expect("a folder");
    let pack = folder.path().join("kb.faqt");
    let put = |answer: &str| {
        let text = format!("# Is it loud?\n\n{answer}\n");
        let kept = content(folder.path(), &[("a.md", &text)]);
        let built = faqt(["build".as_ref(), kept.as_os_str(), "-o".as_ref(), pack.as_os_str()]);
        assert_eq!(built.code, Some(0), "{built:?}");
    };
    put("No.");
    let mut server = Server::start(["--watch".as_ref(), "--kb".as_ref(), pack.as_os_str()]);
    let before = server.get("/e/a");
    assert!(before.text().contains("<p>No.</p>"), "{before:?}");

    replace(folder.path(), &pack, b"no pack at all");
    let error = server.error_with("error: ");
    assert!(error.contains("kb.faqt"), "{error}");
    assert!(server.get("/e/a").text().contains("<p>No.</p>"));

    fs::remove_file(&pack).expect("it can be removed");
    put("Yes.");
    let tag = before.header("etag").expect("a tag").to_owned();
    let changed = || server.get_with("/e/a", &[&format!("If-None-Match: {tag}")]);
    let after = std::iter::repeat_with(changed).find(|answer| answer.status == 200).expect("it changes");
    assert!(after.text().contains("<p>Yes.</p>"), "{after:?}");
}

#[test]
fn a_pack_that_is_cut_short_under_the_server_answers_on() {
    let folder = tempfile::tempdir().expect("a folder");
    let pack = folder.path().join("kb.faqt");
    let built = faqt(["build".as_ref(), "content".as_ref(), "-o".as_ref(), pack.as_os_str()]);
    assert_eq!(built.code, Some(0), "{built:?}");
    let server = Server::start(["--kb".as_ref(), pack.as_os_str()]);
    fs::write(&pack, "cut").expect("it can be written");
    assert!(server.get("/?q=ICP+transfer+Baidu").text().contains("<div class=\"result answered\">"));
    assert_eq!(server.get("/contents").status, 200);
}

/// Replaces a file as writers should, by renaming another.
fn replace(folder: &Path, file: &Path, bytes: &[u8]) {
    let new = folder.join("new");
    fs::write(&new, bytes).and_then(|()| fs::rename(&new, file)).expect("it can be replaced");
}

#[test]
fn several_knowledge_bases_can_be_asked_alone() {
    let folder = tempfile::tempdir().expect("a folder");
    for (name, answer) in [("lamp", "The lamp is silent."), ("fan", "The fan hums.")] {
        fs::create_dir(folder.path().join(name)).expect("it can be made");
        let text = format!("# Is it loud?\n\n{answer}\n");
        fs::write(folder.path().join(name).join("faq.md"), text).expect("it can be written");
    }
    let kb = |name: &str| folder.path().join(name).display().to_string();
    let server = Server::start(["--kb", &kb("lamp"), "--kb", &kb("fan")]);
    assert!(server.get("/").text().contains("<select name=\"kb\">"));
    for name in ["lamp", "fan"] {
        let ids = server.get(&format!("/api/v1/ask?q=is+it+loud&kb={name}")).json();
        assert_eq!(ids["answer"]["id"], format!("{name}:faq"), "{ids}");
        let page = server.get(&format!("/?q=is+it+loud&kb={name}"));
        assert!(page.text().contains(&format!("The {name} ")), "{}", page.text());
        assert!(page.text().contains(&format!("<option value=\"{name}\" selected>")), "{}", page.text());
        let entry = server.get(&format!("/e/{name}%3Afaq"));
        assert!(entry.text().contains(&format!("The {name} ")), "{}", entry.text());
    }
    let refused = server.get("/api/v1/ask?q=loud&kb=house").json();
    assert_eq!(refused["nearest"], serde_json::json!(["lamp", "fan"]));
}

#[test]
fn signals_end_the_server_and_open_requests_are_answered() {
    for signal in [Signal::TERM, Signal::INT] {
        let mut server = built_in();
        let mut idle = server.connect();
        idle.write_all(b"GET / HTTP/1.1\r\nHost: localhost\r\n\r\n").expect("it is accepted");
        let mut first = [0; 12];
        idle.read_exact(&mut first).expect("it is answered");
        assert_eq!(&first, b"HTTP/1.1 200");
        kill_process(Pid::from_child(&server.child), signal).expect("it runs");
        assert_eq!(server.child.wait().expect("it ends").code(), Some(0), "{signal:?}");
    }
}

#[test]
fn a_port_in_use_is_an_error_with_a_remedy() {
    let server = built_in();
    let run = faqt(["serve", "--listen", &server.address]);
    assert_eq!((run.code, run.stdout.as_str()), (Some(2), ""), "{run:?}");
    assert!(run.stderr.contains(&format!("error: cannot listen on {}: ", server.address)), "{run:?}");
    assert!(run.stderr.contains("hint: another program listens there"), "{run:?}");
    let run = faqt(["serve", "--listen", "nonsense"]);
    assert!(run.code == Some(2) && run.stderr.contains("hint: name an address and a port"), "{run:?}");
}
