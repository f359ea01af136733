//! Every JSON output conforms to the schema in `docs/`.

#[path = "support/sentence_transformer.rs"]
mod sentence_transformer;
mod support;

use std::fs;

use support::{command, content, root};

fn schema() -> jsonschema::Validator {
    let text = fs::read_to_string(root().join("docs/output.schema.json")).expect("the schema is there");
    let schema = serde_json::from_str(&text).expect("the schema is JSON");
    jsonschema::validator_for(&schema).expect("the schema is a schema")
}

#[test]
fn every_output_obeys_the_schema() {
    let folder = tempfile::tempdir().expect("a folder");
    let files = [
        (
            "a.md",
            "---\nquestion: Why \u{202e}not?\nrelated:\n  - {title: Page, url: 'https://example.org'}\n---\nSo.\n",
        ),
        ("q.jsonl", "{\"query\": \"why\", \"expect\": [\"a\"]}\n{\"query\": \"rice\", \"expect\": []}\n"),
    ];
    let content = content(folder.path(), &files).to_string_lossy().into_owned();
    let pack = folder.path().join("kb.faqt").to_string_lossy().into_owned();
    let queries = format!("{content}/q.jsonl");
    let starter = folder.path().join("starter").to_string_lossy().into_owned();
    let transformer = folder.path().join("model").to_string_lossy().into_owned();
    sentence_transformer::write(transformer.as_ref(), 1, "# Tiny \u{202e}\n");
    let log = folder.path().join("log.jsonl").to_string_lossy().into_owned();
    let page = folder.path().join("kb.html").to_string_lossy().into_owned();
    let engine = folder.path().join("engine.wasm").to_string_lossy().into_owned();
    fs::write(&engine, concat!("\0asm faqt-engine/", env!("CARGO_PKG_VERSION"), "\n")).expect("it can be written");
    let runs: [(&str, &[&str]); 29] = [
        ("answer", &["ICP", "transfer", "Baidu"]),
        ("answer", &["how", "do", "I", "cook", "rice"]),
        ("corrections", &["binnding", "domain"]),
        ("why", &["--why", "ICP", "transfr", "Baidu"]),
        ("entries", &["--keyword", "Baidu"]),
        ("entry", &["show", "review-time"]),
        ("similar", &["similar", "review-time"]),
        ("contents", &["list"]),
        ("keywords", &["list", "--keywords"]),
        ("sections", &["list", "--sections"]),
        ("warnings", &["build", &content, "-o", &pack]),
        ("exported", &["--kb", &pack, "export", "--to", "html", &page, "--engine", &engine]),
        ("problems", &["check", &content]),
        ("written", &["init", &starter]),
        ("manifest", &["verify", &pack]),
        ("stats", &["stats", &pack]),
        ("evaluation", &["eval", &queries, "--kb", &pack, "--misses"]),
        ("diff", &["diff", "content", &pack, "--questions", &queries]),
        ("log", &["log"]),
        ("answer", &["why is this so", "--kb", &content, "--log", &log]),
        ("record", &["helped", "yes", "a", "--kb", &content, "--log", &log]),
        ("gaps", &["gaps", &log, "--kb", &content]),
        ("applied", &["gaps", &log, "--kb", &content, "--apply", "--accept", "all"]),
        ("log", &["log", "--log", &log]),
        ("forgotten", &["log", "--forget", "--log", &log]),
        ("imported", &["model", "import", &transformer]),
        ("models", &["model", "list"]),
        ("models", &["model", "verify"]),
        ("removed", &["model", "remove", "Tiny"]),
    ];
    let schema = schema();
    for (field, arguments) in runs {
        let mut command = command(arguments.iter().chain(&["--format", "json"]));
        let run = command.env("XDG_DATA_HOME", folder.path()).output().expect("the program starts");
        let stdout = String::from_utf8(run.stdout).expect("the output is UTF-8");
        let output: serde_json::Value = serde_json::from_str(&stdout).unwrap_or_else(|_| panic!("{stdout}"));
        assert!(output.get(field).is_some(), "{arguments:?} prints no `{field}`: {stdout}");
        let errors: Vec<String> = schema.iter_errors(&output).map(|error| error.to_string()).collect();
        assert!(errors.is_empty(), "{arguments:?}: {errors:?}\n{stdout}");
        assert!(!stdout.contains('\u{202e}'), "{arguments:?}: {stdout}");
    }
}

#[test]
fn the_schema_refuses_what_it_should() {
    let schema = schema();
    for output in [
        r#"{"format_version": 2, "entry": {"id": "a", "question": "q", "answer": "x", "path": "a.md", "line": 1}}"#,
        r#"{"format_version": 1, "entry": {"id": "a"}}"#,
        r#"{"format_version": 1}"#,
    ] {
        assert!(!schema.is_valid(&serde_json::from_str(output).expect("JSON")), "{output}");
    }
}
