//! One entry in several languages and for several versions: what a reader sees of it at a shell.

mod support;

use std::path::Path;

use support::{Run, command};

const FILES: [(&str, &str); 6] = [
    (
        "bind.md",
        "---\nquestion: How do I bind a domain?\nkeywords: [domain, DNS]\nhelp_ids: [E42]\nrelated: [transfer]\n---\n\nOpen the console.\n",
    ),
    ("bind.zh.md", "---\nquestion: 如何绑定域名？\nsection: 域名\n---\n\n打开控制台。\n"),
    ("bind.de.md", "---\nquestion: Wie binde ich eine Domain ein?\n---\n\nÖffnen Sie die Konsole.\n"),
    (
        "transfer.md",
        "---\nquestion: Transferring a filing\nkeywords: [transfer]\nkind: procedure\n---\n\nHand it over.\n",
    ),
    ("transfer.zh.md", "---\nquestion: 转移备案\n---\n\n移交即可。\n"),
    ("refund.md", "---\nquestion: Can I get a refund?\nkeywords: [refund]\n---\n\nWithin 30 days.\n"),
];

const VERSIONS: [(&str, &str); 4] = [
    (
        "reset.md",
        "---\nid: reset\nquestion: How do I reset the lamp?\nkeywords: [reset]\nsince: 3.0\n---\n\nSay “reset”.\n",
    ),
    (
        "reset-2.md",
        "---\nid: reset\nquestion: How do I reset the lamp?\nversions: \">=2, <3\"\n---\n\nHold the button.\n",
    ),
    ("dim.md", "---\nquestion: Can I dim the light?\nkeywords: [light]\nsince: 2.4\n---\n\nTurn the knob.\n"),
    ("loud.md", "---\nquestion: Is the fan loud?\nkeywords: [noise]\n---\n\nNo.\n"),
];

fn folder() -> tempfile::TempDir {
    folder_of(&FILES)
}

fn folder_of(files: &[(&str, &str)]) -> tempfile::TempDir {
    let folder = tempfile::tempdir().expect("a folder");
    std::fs::create_dir(folder.path().join("help")).expect("a folder");
    for (name, text) in files {
        std::fs::write(folder.path().join("help").join(name), text).expect("it can be written");
    }
    folder
}

fn faqt(place: &Path, locale: Option<&str>, arguments: &[&str]) -> Run {
    let mut command = command(arguments);
    command.current_dir(place).env("FAQT_KB", "help").env("XDG_CACHE_HOME", place.join("cache"));
    command.envs(locale.map(|locale| ("LANG", locale)));
    Run::of(&mut command)
}

#[test]
fn questions_are_answered_in_the_language_of_the_reader() {
    let place = folder();
    let mut shown = Vec::new();
    for (locale, arguments) in [
        (None, &["如何绑定域名"][..]),
        (None, &["--lang", "zh", "how do I bind a domain", "--why"]),
        (None, &["--lang", "fr,de", "bind domain"]),
        (None, &["--lang", "zh", "can I get a refund"]),
        (None, &["--lang", "zh", "can I get a refund", "--format", "markdown"]),
        (None, &["--lang", "zh", "can I get a refund", "--format", "json"]),
        (None, &["--lang", "ja", "refund bind"]),
        (Some("de_AT.UTF-8"), &["bind domain", "--why"]),
        (Some("C"), &["bind domain"]),
        (Some("zh_CN.UTF-8"), &["show", "bind"]),
        (Some("zh_CN.UTF-8"), &["show", "bind@en"]),
        (None, &["show", "E42", "--lang", "de-CH"]),
        (None, &["show", "transfer", "--lang", "de"]),
        (None, &["show", "transfer", "--lang", "de", "--format", "json"]),
        (None, &["show", "bind@fr"]),
        (None, &["--keyword", "DNS", "--lang", "zh"]),
        (None, &["list", "--lang", "zh"]),
        (None, &["list", "--sections", "--format", "json"]),
    ] {
        let run = faqt(place.path(), locale, arguments);
        let locale = locale.map_or_else(String::new, |locale| format!("LANG={locale} "));
        shown.push(format!("$ {locale}faqt {}\n{}", arguments.join(" "), run.shown()));
    }
    insta::assert_snapshot!(shown.join("\n"));
}

#[test]
fn questions_are_answered_for_the_version_of_the_reader() {
    let place = folder_of(&VERSIONS);
    let mut shown = Vec::new();
    for arguments in [
        &["how do I reset the lamp"][..],
        &["--for", "2.4", "how do I reset the lamp", "--why"],
        &["how do I reset the lamp in 2.1"],
        &["--for", "2.3", "can I dim the light"],
        &["--for", "2.3", "can I dim the light", "--format", "json"],
        &["--for", "2.3", "can I dim the light", "--format", "markdown"],
        &["--for", "1", "reset lamp"],
        &["show", "reset", "--for", "2.9"],
        &["show", "dim", "--for", "2.3"],
        &["show", "dim", "--for", "2.3", "--format", "json"],
        &["show", "reset@2.2"],
        &["show", "reset", "--for", "latest"],
        &["check", "help"],
    ] {
        let run = faqt(place.path(), None, arguments);
        shown.push(format!("$ faqt {}\n{}", arguments.join(" "), run.shown()));
    }
    insta::assert_snapshot!(shown.join("\n"));
}

#[test]
fn what_is_wrong_with_languages_is_reported() {
    let place = folder();
    let write = |name: &str, text: &str| std::fs::write(place.path().join("help").join(name), text).expect("a file");
    write("old.zh.md", "---\nquestion: 旧版？\nkeywords: [旧版]\n---\n\n没有。\n");
    write("loud.md", "---\nquestion: Is it loud?\nkeywords: [noise]\nlang: englisch\n---\n\nNo.\n");
    write("faqt.toml", "[checks]\nunlinked-procedure = 'off'\n");
    let check = faqt(place.path(), None, &["check", "help"]);
    for (name, _) in FILES {
        if name.ends_with("de.md") {
            std::fs::remove_file(place.path().join("help").join(name)).expect("it was there");
        }
    }
    write("refund.zh.md", "---\nquestion: 能退款吗？\n---\n\n三十天内。\n");
    std::fs::remove_file(place.path().join("help/old.zh.md")).expect("it was there");
    let check_again = faqt(place.path(), None, &["check", "help"]);
    insta::assert_snapshot!(format!("{}\n{}", check.shown(), check_again.shown()));
}

#[test]
fn a_translation_with_another_number_is_reported() {
    let original = "---\nquestion: Can I get a refund?\nkeywords: [refund]\n---\n\nThe review takes 20 days.\n\n- At most 10 MB.\n";
    let folder = folder_of(&[
        ("refund.md", original),
        ("refund.zh.md", "---\nquestion: 可以退款吗？\n---\n\n审核需要 30 天。\n\n- 最多 10 MB。\n"),
        (
            "refund.de.md",
            "---\nquestion: Bekomme ich das Geld zurück?\n---\n\nDie Prüfung dauert 20 Tage.\n\n- Bis 10 MB.\n",
        ),
    ]);
    let run = support::faqt(["check".as_ref(), folder.path().as_os_str(), "--width=200".as_ref()]);
    assert_eq!(run.code, Some(0), "{run:?}");
    let expected = "warning: help/refund.zh.md:1: “审核需要 30 天。” has another number than “The review takes 20 days.”, `help/refund` (help/refund.md:1)\n  \
                    (correct the number in one of them)\n";
    assert!(run.stdout.replace("\n  ", " ").starts_with(&expected.replace("\n  ", " ")), "{run:?}");
    assert_eq!(run.stdout.matches("has another number").count(), 1, "{run:?}");
}

#[test]
fn folders_that_are_named_for_languages_hold_editions_where_the_settings_say_so() {
    let page = |title: &str, text: &str| format!("---\nquestion: {title}\nkeywords: [domain]\n---\n\n{text}\n");
    let (english, chinese) =
        (page("How do I bind a domain?", "Open the console."), page("如何绑定域名？", "打开控制台。"));
    let settings = |languages: &str| format!("language = 'en'\n{languages}\n");
    for (languages, original, id) in [
        ("languages = 'folders'", "en/net/bind.md", "net/bind@zh"),
        ("languages = ['zh']", "net/bind.md", "net/bind@zh"),
        ("", "en/net/bind.md", "zh/net/bind"),
    ] {
        let folder = tempfile::tempdir().expect("a folder");
        for (path, text) in [(original, &english), ("zh/net/bind.md", &chinese), ("faqt.toml", &settings(languages))] {
            let file = folder.path().join(path);
            std::fs::create_dir_all(file.parent().expect("a folder")).expect("it can be made");
            std::fs::write(file, text).expect("it can be written");
        }
        let kb = folder.path().to_string_lossy().into_owned();
        let run = support::faqt(["如何绑定域名", "--kb", &kb, "--format", "json"]);
        let found: serde_json::Value = serde_json::from_str(&run.stdout).expect("JSON");
        assert_eq!(found["answer"]["id"], id, "{languages}: {run:?}");
        if !languages.is_empty() {
            let run = support::faqt(["bind a domain", "--lang", "zh", "--kb", &kb]);
            assert!(run.stdout.contains("打开控制台。"), "{run:?}");
            assert_eq!(found["answer"]["section"], serde_json::json!(["Net"]), "{found}");
            let listed = support::faqt(["list", "--lang", "zh", "--kb", &kb]);
            assert_eq!(listed.stdout.matches("bind").count(), 1, "{listed:?}");
        }
    }
    let folder = folder_of(&[("loud.md", "# Is it loud?\n\nNo.\n")]);
    for (languages, said) in [
        ("languages = 'files'", "`languages` is \"folders\", or a list of the folders"),
        ("languages = ['chinese']", "`chinese` under `languages` is not a language tag"),
    ] {
        std::fs::write(folder.path().join("faqt.toml"), languages).expect("it can be written");
        let run = support::faqt(["check".as_ref(), folder.path().as_os_str(), "--width=200".as_ref()]);
        assert!(run.stdout.contains(said), "{run:?}");
    }
}
