//! `faqt check` and `faqt init`: one run reports every problem.

mod support;

use std::fmt::Write as _;
use std::path::Path;

use support::{Run, content, faqt};

/// One instance of every problem.
const EVERY_PROBLEM: [(&str, &str); 18] = [
    (
        "address.md",
        "---\nquestion: Which heating is on?\nkeywords: [heating]\nrelated: [{title: H, url: 'javascript:x', status: seen}]\n---\nOurs.\n",
    ),
    ("alias.md", "---\nquestion: Where is the key?\naliases: [taken twice]\nkeywords: [key]\n---\nUnder the mat.\n"),
    (
        "alias2.md",
        "---\nquestion: Who has the car?\naliases: [Taken twice]\nkeywords: [car]\nhelp_ids: [E1]\n---\nTom.\n",
    ),
    ("bell.md", "---\nquestion: Is the bell loud?\nkeywords: [bell]\nhelp_ids: [E1]\n---\nIt is.\u{7}\n"),
    ("empty.md", "---\nquestion: Is the fridge empty?\nkeywords: [fridge]\n---\n"),
    ("front.md", "---\nquestion: [\n---\nText.\n"),
    ("id.md", "---\nid: with space\nquestion: May the dog come in?\nkeywords: [dog]\n---\nNo.\n"),
    ("link.md", "---\nid: twice\nquestion: What do I water?\nkeywords: [plants]\n---\nSee [plants](plant.md).\n"),
    (
        "near.md",
        "---\nid: twice\nquestion: How do I heat the oven slowly?\nkeywords: [oven]\n---\nTurn the knob left.\n",
    ),
    ("near2.md", "---\nquestion: Can I slowly heat the oven?\nkeywords: [stove]\n---\nTurn the knob right.\n"),
    ("none.md", "---\nquestion: Which bin is for paper?\n---\nThe blue one.\n"),
    ("procedure.md", "---\ntitle: Sweep the chimney\nkind: procedure\nkeywords: [chimney]\n---\nUse a brush.\n"),
    ("same.md", "---\nquestion: When is the post?\nkeywords: [post]\n---\nAt noon.\n"),
    ("same2.md", "---\nquestion: When is the Post?\nkeywords: [mail]\n---\nAt one.\n"),
    ("shadowed.md", "---\nquestion: Does the lamp flicker?\naliases: [attic window]\nkeywords: [lamp]\n---\nYes.\n"),
    ("shadowing.md", "---\nquestion: Attic window\nkeywords: [attic, window]\n---\nThe attic window is shut.\n"),
    (
        "url.md",
        "---\nquestion: Where is the manual?\nkeywords: [manual]\nrelated: [{title: M, url: 'https://example.org'}]\n---\nThere.\n",
    ),
    ("faqt.toml", "unanswerable = [\n    \"who has the car\",\n]\n[checks]\nno-keyword = \"off\"\n"),
];

fn check(content: &Path, options: &[&str]) -> Run {
    let mut arguments = vec!["check".to_owned(), content.to_string_lossy().into_owned()];
    arguments.extend(options.iter().map(|&option| option.to_owned()));
    faqt(arguments)
}

/// Returns the output, with the path of the folder replaced.
fn shown(run: &Run, content: &Path) -> String {
    run.shown().replace(&*content.to_string_lossy(), "CONTENT")
}

#[test]
fn questions_that_are_not_answered_as_expected_are_reported() {
    let folder = tempfile::tempdir().expect("a folder");
    let lamp = "---\nquestion: How do I reset the lamp?\nasked:\n  - how do I reset the lamp again\n  - it smells of smoke\n\
                \x20 - is the fan loud\nnot_for: reset the lamp\n---\nHold the button.\n";
    let page = "+++\ntitle = \"The fan\"\nasked = [\"fan is loud\", \"what does the fan cost\"]\n+++\n\n## Is the fan loud?\n\nNo.\n\n\
                ## Is the fan heavy?\n\nNo.\n";
    let questions = "{\"query\": \"is the fan loud\", \"expect\": []}\n\n{\"query\": \"loud fan\", \"expect\": [\"lmap\"]}\n\
                     {\"query\": \"loud fan\"\n{\"query\": \"loud fan\", \"version\": 2, \"expect\": []}\n\
                     {\"query\": \" \", \"expect\": []}\n{\"query\": \"x\"}\n{\"query\": \"x\", \"expect\": [], \"not_for\": []}\n\
                     {\"query\": \"heavy fan\", \"not_for\": [\"fan#is-the-fan-heavy\"]}\n";
    let files = [("lamp.md", lamp), ("fan.md", page), ("questions.jsonl", questions)];
    let content = content(folder.path(), &files);
    insta::assert_snapshot!("expected_questions", shown(&check(&content, &["--paraphrase"]), &content));
    assert_eq!(check(&content, &[]).code, Some(0));
    assert_eq!(check(&content, &["--strict"]).code, Some(1));
    // The settings may leave the file out.
    std::fs::write(content.join("faqt.toml"), "exclude = ['questions.jsonl']\n").expect("it can be written");
    assert!(!check(&content, &[]).stdout.contains("questions.jsonl"));
}

#[test]
fn questions_for_a_page_of_very_many_entries_are_refused() {
    let folder = tempfile::tempdir().expect("a folder");
    let headings: Vec<String> = (0..40).map(|number| format!("## Lamp {number}\n\nIt is lamp {number}.\n\n")).collect();
    let content =
        content(folder.path(), &[("a.md", &format!("---\ntitle: Lamps\nasked: [lamp]\n---\n{}", headings.concat()))]);
    let run = check(&content, &[]);
    let said = "a.md:3: the questions are for a page of 40 entries (name the entry of each in `questions.jsonl`)";
    assert!(run.stdout.replace("\n  ", " ").contains(said), "{run:?}");
}

#[test]
fn every_problem_is_reported_in_one_run() {
    let folder = tempfile::tempdir().expect("a folder");
    let content = content(folder.path(), &EVERY_PROBLEM);
    std::fs::write(content.join("utf8.md"), b"text\n\xff").expect("it can be written");
    insta::assert_snapshot!(shown(&check(&content, &[]), &content));
}

#[test]
fn what_a_shell_would_read_is_no_id() {
    let folder = tempfile::tempdir().expect("a folder");
    let files = [
        ("id.md", "---\nid: z$(touch${IFS}X)\nquestion: Who has the car?\n---\nTom.\n"),
        ("help.md", "---\nquestion: Is the bell loud?\nhelp_ids: [-k, a;b, 备案.多久]\n---\nIt is.\n"),
        ("many.md", "# One\n\nFirst.\n\n## Which oven is hot? {#a`b`}\n\nAll.\n"),
        ("$(touch X)/reset the lamp.md", "Hold it.\n"),
        ("titles.md", "# --force\n\nNo.\n\n# ?!\n\nYes.\n"),
        ("faqt.toml", "redirects = { \"a|b\" = \"one\" }\n"),
    ];
    let content = content(folder.path(), &files);
    let run = check(&content, &[]);
    let found: Vec<_> =
        run.stdout.lines().filter_map(|line| line.split_once(" (use letters")).map(|(line, _)| line).collect();
    let expected = [
        "error: faqt.toml:1: the redirected id `a|b` holds `|`",
        "error: help.md:1: the help id `-k` begins with `-`",
        "error: help.md:1: the help id `a;b` holds `;`",
        "error: id.md:1: the id `z$(touch${IFS}X)` holds `$`",
    ];
    assert_eq!(found, expected, "{run:?}");
    let pack = folder.path().join("kb.faqt");
    let built = faqt(["build".as_ref(), content.as_os_str(), "-o".as_ref(), pack.as_os_str()]);
    assert_eq!(built.code, Some(2), "{built:?}");
    for file in ["id.md", "help.md", "faqt.toml"] {
        std::fs::remove_file(content.join(file)).expect("it is there");
    }
    let listed = faqt(["list".as_ref(), "--format=json".as_ref(), "--kb".as_ref(), content.as_os_str()]);
    for made in ["touch-X/reset-the-lamp", "titles#force", "titles#untitled", "a-b"] {
        assert!(listed.stdout.contains(&format!("\"id\":\"{made}\"")), "{made}: {listed:?}");
    }
}

#[test]
fn a_shadowed_alias_names_what_stands_before_it_and_why() {
    let folder = tempfile::tempdir().expect("a folder");
    let files = [
        ("lamp.md", "---\nid: lamp-reset\nquestion: How do I reset the lamp?\n---\nHold the button to reset it.\n"),
        ("fan.md", "---\nid: fan\nquestion: Why does the fan hum?\naliases: [reset the lamp]\n---\nDust.\n"),
    ];
    let content = content(folder.path(), &files);
    let settings = content.join("faqt.toml");
    insta::assert_snapshot!("shadowed", shown(&check(&content, &[]), &content));
    assert_eq!(check(&content, &[]).code, Some(0), "typed word for word it is found");
    assert_eq!(check(&content, &["--strict"]).code, Some(1));
    std::fs::write(&settings, "checks = { shadowed = \"error\" }\n").expect("it can be written");
    assert_eq!(check(&content, &[]).code, Some(1));
    std::fs::write(&settings, "strict = true\nchecks = { shadowed = \"off\" }\n").expect("it can be written");
    assert_eq!(check(&content, &[]).code, Some(0));
}

#[test]
fn headings_that_recur_are_warnings() {
    let folder = tempfile::tempdir().expect("a folder");
    let files = [("a.md", "# Usage\n\nRun it.\n"), ("b.md", "# Usage\n\nType it.\n")];
    let content = content(folder.path(), &files);
    let run = check(&content, &[]);
    assert_eq!(run.code, Some(0), "{run:?}");
    assert!(run.stdout.starts_with("warning: b.md:1: the question “Usage” is asked by a.md:1, too"), "{run:?}");
    assert_eq!(check(&content, &["--strict"]).code, Some(1));
}

#[test]
fn a_folder_written_for_a_site_generator_is_in_order() {
    let folder = tempfile::tempdir().expect("a folder");
    let lamp = "---\ntitle: Overview\nrelated:\n  links: [x]\n---\nOf [fans](@/fan/overview.md), [all](/other/x.md), \
                [up](../../README.md), [the notes](notes.md), [the top](#top) and [a note](#the-note).\n\n\
                > ## The note\n";
    let fan = "---\ntitle: Overview\n---\nOf [lamps](../lamp/overview.html) and [their oil](../oil.md#lamp-oil), \
               [price](../oil.md#price), [made](../api.md#lamp.on).\n";
    let oil =
        "# Oil\n\nAs below.\n\n## Lamp & oil\n\nBurns.\n\n<a name=\"price\"></a>\n\n## Costs {#costs}\n\nLittle.\n";
    let files = [
        ("lamp/overview.md", lamp),
        ("lamp/_index.md", "---\ntitle: Lamps\n---\n"),
        ("lamp/notes.md", "{{#include ../../NOTES.md}}\n"),
        ("fan/overview.md", fan),
        ("oil.md", oil),
        ("gas.md", "# Gas\n\nA gas.\n\n## Costs {#costs}\n\nMuch.\n"),
        ("api.md", "# Calls\n\nAll of them:\n\n::: lamp.calls\n"),
        ("api/README.md", "# Calls\n\nIn short.\n"),
        ("mkdocs.yml", ""),
    ];
    let content = content(folder.path(), &files);
    insta::assert_snapshot!(shown(&check(&content, &[]), &content));
}

#[test]
fn links_lead_to_pages_whose_sources_have_any_extension_of_markdown() {
    let folder = tempfile::tempdir().expect("a folder");
    let mut files = vec![("mkdocs.yml".to_owned(), String::new())];
    let mut all = "# All\n\n".to_owned();
    for extension in ["md", "mdx", "markdown", "qmd", "Rmd", "Rmarkdown"] {
        let title = format!("# The lamp in {extension}\n\nIt burns.\n");
        let _ = writeln!(all, "[a](lamp-{extension}.html), [b](lamp-{extension}), [c](folder-{extension}/).");
        files.push((format!("lamp-{extension}.{extension}"), title.clone()));
        files.push((format!("folder-{extension}/README.{extension}"), title.replace("lamp", "fan")));
    }
    files.push(("all.md".to_owned(), all.clone()));
    let borrowed: Vec<_> = files.iter().map(|(name, text)| (name.as_str(), text.as_str())).collect();
    let content = content(folder.path(), &borrowed);
    let kb = content.to_str().expect("a path");
    let run = faqt(["--kb", kb, "--format", "json", "show", "all"]);
    assert_eq!(run.stdout.matches("](<faqt:").count(), 18, "{run:?}");
}

/// Returns the messages of `same-meaning` for two entries with these questions.
fn same_meaning(one: &str, other: &str) -> Vec<String> {
    let folder = tempfile::tempdir().expect("a folder");
    let entry = |question: &str, answer: &str| format!("---\nquestion: \"{question}\"\n---\n{answer}\n");
    let files = [("one.md", entry(one, "In the settings.")), ("other.md", entry(other, "Write to us."))];
    let files = files.each_ref().map(|(name, text)| (*name, text.as_str()));
    let content = content(folder.path(), &files);
    let run = check(&content, &["--format", "json"]);
    let found: serde_json::Value = serde_json::from_str(&run.stdout).expect("JSON");
    let problems = found["problems"].as_array().expect("a list").iter();
    let of_check = problems.filter(|problem| problem["check"] == "same-meaning");
    of_check.map(|problem| problem["message"].as_str().expect("a text").to_owned()).collect()
}

#[test]
fn questions_that_say_the_same_in_other_words_are_reported() {
    let messages = same_meaning("How do I delete my account?", "How can I remove an account?");
    let expected = "“How can I remove an account?” seems to ask the same as “How do I delete my account?”, one.md:1";
    assert_eq!(messages, [expected]);
    for (one, other) in [("Search for packages", "Finding packages"), ("Travel alert", "Travel notification")] {
        assert_eq!(same_meaning(one, other).len(), 1, "{one} | {other}");
    }
}

#[test]
fn opposites_and_other_questions_on_the_same_thing_are_not() {
    for (one, other) in [
        ("Is the shop available on Sunday?", "Is the store not available on Sunday?"),
        ("How do I copy files from the phone to the tablet?", "How do I copy files from the tablet to the cellphone?"),
        ("How do I enable the alarm?", "How do I disable the alarm?"),
        ("How do I install the driver?", "How do I uninstall the driver?"),
        ("Upload a picture", "Download a photo"),
        ("Why was my account deleted?", "How was my account removed?"),
        ("How long does the delivery take?", "How many deliveries fit?"),
        ("Delete an account", "Delete all data of an account"),
        ("app.quit()", "app.exit()"),
        ("Event: 'quit'", "Event: 'exit'"),
        ("Release 1.2", "Version 1.3"),
    ] {
        assert_eq!(same_meaning(one, other), Vec::<String>::new());
    }
}

#[test]
fn entries_that_contradict_each_other_are_reported_with_both_sentences() {
    let folder = tempfile::tempdir().expect("a folder");
    let files = [
        ("length.md", "---\nquestion: How long is the trial?\n---\nThe trial lasts 14 days.\n"),
        ("card.md", "---\nquestion: Does the trial need a card?\n---\nNo card is needed. The trial lasts 30 days.\n"),
        ("密码.md", "---\nquestion: 备案密码有效期是多久？\n---\n备案密码的有效期为 7 天。\n"),
        ("忘记.md", "---\nquestion: 忘记备案密码怎么办？\n---\n备案密码的有效期为三十天。\n"),
    ];
    let content = content(folder.path(), &files);
    insta::assert_snapshot!("contradictions", shown(&check(&content, &[]), &content));
    assert_eq!(check(&content, &["--strict"]).code, Some(1));
    std::fs::write(content.join("faqt.toml"), "checks = { contradiction = \"off\" }\n").expect("it can be written");
    assert!(!check(&content, &[]).stdout.contains("differs in"));
}

#[test]
fn a_folder_that_is_not_there_cannot_be_checked() {
    let run = faqt(["check", "no/such/folder"]);
    assert_eq!((run.code, run.stdout.as_str()), (Some(2), ""), "{run:?}");
    assert!(run.stderr.starts_with("error: cannot read the folder no/such/folder"), "{run:?}");
}

#[test]
fn the_built_in_content_is_clean() {
    insta::assert_snapshot!(faqt(["check"]).shown());
}

#[test]
fn a_new_folder_is_clean_and_answers() {
    let folder = tempfile::tempdir().expect("a folder");
    let content = folder.path().join("help");
    let run = faqt(["init".as_ref(), content.as_os_str()]);
    assert_eq!(run.code, Some(0), "{run:?}");
    let checked = check(&content, &["--strict"]);
    assert_eq!(checked.code, Some(0), "{checked:?}");
    assert!(checked.stdout.ends_with("no problems\n"), "{checked:?}");
    let asked = faqt(["--kb".as_ref(), content.as_os_str(), "reset lamp".as_ref()]);
    assert_eq!(asked.code, Some(0), "{asked:?}");
    let again = faqt(["init".as_ref(), content.as_os_str()]);
    assert_eq!(again.code, Some(2));
    assert!(again.stderr.contains("is not empty\nhint: name a folder that is empty or does not exist"), "{again:?}");
}

#[test]
fn sarif_names_every_problem_with_its_line() {
    let folder = tempfile::tempdir().expect("a folder");
    let content = content(folder.path(), &EVERY_PROBLEM);
    let run = check(&content, &["--report", "sarif"]);
    assert_eq!(run.code, Some(1), "{run:?}");
    let log: serde_json::Value = serde_json::from_str(&run.stdout).expect("SARIF is JSON");
    assert_eq!(log["version"], "2.1.0");
    let text = check(&content, &[]).stdout;
    let results = log["runs"][0]["results"].as_array().expect("a list");
    assert_eq!(results.len(), text.lines().count() - 1);
    let rules = log["runs"][0]["tool"]["driver"]["rules"].as_array().expect("a list");
    for (result, line) in results.iter().zip(text.lines()) {
        let place = &result["locations"][0]["physicalLocation"];
        let uri = place["artifactLocation"]["uri"].as_str().expect("an address");
        let name = uri.rsplit('/').next().expect("a name");
        let level = result["level"].as_str().expect("a level");
        let start = format!("{level}: {name}:{}: ", place["region"]["startLine"]);
        assert!(line.starts_with(&start), "{line}: {result}");
        assert!(rules.iter().any(|rule| rule["id"] == result["ruleId"]), "{result}");
    }
}

#[test]
fn flags_and_codes_without_an_entry_are_reported() {
    let folder = tempfile::tempdir().expect("a folder");
    let help = "Usage: lamp [OPTIONS] <COMMAND>\n\nCommands:\n  reset  Start again\n\nOptions:\n  -l, --loud  Hum while it burns\n\
                \x20     --off   Go out\n      --dim   Burn low\n  -h, --help  Print help\n";
    let files = [
        (
            "flags.md",
            "# Flags\n\n## lamp --loud\n\nHum while it burns.\n\n## lamp --off\n\nEnd.\n\n## Why does it go out?\n\nIt may go out.\n",
        ),
        ("codes.md", "---\nquestion: What does E7 mean?\n---\nThe lamp is hot.\n"),
        ("help/lamp.txt", help),
        ("src/main.rs", "fail(\"E7\");\n\nfail(\"E8\");\nfail(\"E7\");\n"),
        (
            "faqt.toml",
            "[coverage]\nhelp = ['help/*.txt']\n[coverage.codes]\nlist = ['E9']\nfiles = ['src/**/*.rs']\npattern = 'fail\\(\"(E\\d+)\"\\)'\n",
        ),
    ];
    let content = content(folder.path(), &files);
    insta::assert_snapshot!("coverage", shown(&check(&content, &[]), &content));
    let json: serde_json::Value = serde_json::from_str(&check(&content, &["--format=json"]).stdout).expect("JSON");
    assert_eq!(json["coverage"][0]["program"], "lamp");
    assert_eq!(json["coverage"][0]["missing"], serde_json::json!(["lamp reset", "lamp --dim"]));
    std::fs::write(content.join("faqt.toml"), "").expect("it can be written");
    let file = content.join("help/lamp.txt");
    let run = check(&content, &["--help-text", &file.to_string_lossy()]);
    assert!(run.stdout.contains("lamp: 4 commands, flags and codes, 2 with an entry"), "{run:?}");
    let run = check(&content, &["--help-text", &content.join("codes.md").to_string_lossy()]);
    assert_eq!(run.code, Some(2));
    assert!(run.stderr.contains("lists no commands and no flags"), "{run:?}");
}

#[test]
fn settings_of_coverage_that_name_nothing_are_errors() {
    for (settings, said) in [
        ("[coverage]\nhelp = ['no/*.txt']\n", "faqt.toml:2: `no/*.txt` names no file"),
        ("[coverage]\nhelp = ['../../../*.txt']\n", "faqt.toml:2: `../../../*.txt` leads out of the repository"),
        (
            "[coverage.codes]\nfiles = ['a.md']\npattern = '('\n",
            "faqt.toml:3: `pattern` is no regular expression: unclosed group",
        ),
    ] {
        let folder = tempfile::tempdir().expect("a folder");
        let content = content(folder.path(), &[("a.md", "# Is it loud?\n\nNo.\n"), ("faqt.toml", settings)]);
        let run = check(&content, &[]);
        assert_eq!(run.code, Some(1), "{run:?}");
        assert!(run.stdout.contains(said), "{run:?}");
    }
}

#[cfg(not(feature = "git"))]
#[test]
fn a_program_that_reads_no_history_says_so_once() {
    let folder = tempfile::tempdir().expect("a folder");
    for (file, question) in [("loud.md", "Is it loud?"), ("dim.md", "Can it be dimmed?")] {
        let text = format!("---\nquestion: {question}\ncovers: [src/a.rs]\nverified: 2026-01-01\n---\nNo.\n");
        std::fs::write(folder.path().join(file), text).expect("it can be written");
    }
    let run = faqt(["check".as_ref(), folder.path().as_os_str()]);
    let said = run.stdout.replace("\n  ", " ");
    assert_eq!(said.matches("built without the feature `git`").count(), 1, "{said}");
    assert!(said.contains("warning: dim.md:3: the files that entries cover cannot be looked up"), "{said}");
}
