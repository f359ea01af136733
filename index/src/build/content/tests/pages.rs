//! Pages as entries: ids that stay, links that lead there, problems that are no errors.

use crate::build::collect::{Batch, Collector};
use crate::build::content::Content;
use crate::build::progress::Reporter;
use crate::lint::duplicates::Meanings;
use crate::model::entry::Entry;
use crate::problem::check::Check;
use crate::problem::severity::Severity;
use crate::problem::{Problem, Problems};
use crate::source::draft::{self, SourcePage};
use crate::source::files::{Files, texts};
use crate::source::front_matter;
use crate::source::naming::Naming;
use crate::source::settings::Settings;

/// Reads files, each given by its path and its text.
pub(crate) fn read(files: &[(&str, &str)]) -> (Vec<Entry>, Vec<Problem>) {
    let files = texts(files.iter().map(|&(path, text)| (path.to_owned(), text.to_owned())));
    let read =
        super::content::read(Files::Memory(files), Settings::default(), Problems::default(), &Reporter::default());
    finished(read.expect("nobody cancels it"))
}

fn finished(content: Content) -> (Vec<Entry>, Vec<Problem>) {
    let (entries, problems) = content.finish_all();
    (entries, problems.into_sorted())
}

#[test]
fn another_file_changes_no_id() {
    let first = [
        ("b.md", "---\ntitle: B\n---\nOne.\n\n## Usage\n\nTwo.\n\n## Usage\n\nThree.\n\n## Why {#why}\n\nFour.\n"),
        ("guide/02-start.md", "Hold.\n"),
        ("guide/README.md", "# Guide\n\nAll.\n\n## Usage\n\nSo.\n"),
        ("q.md", "---\nquestion: Is it loud?\n---\nNo.\n"),
    ];
    let ids = |entries: &[Entry]| -> Vec<(String, String)> {
        let mut ids: Vec<_> =
            entries.iter().map(|entry| (format!("{}:{}", entry.path, entry.line), entry.id.clone())).collect();
        ids.sort();
        ids
    };
    let before = ids(&read(&first).0);
    let made: Vec<&str> = before.iter().map(|(_, id)| id.as_str()).collect();
    assert_eq!(made, ["b#usage-1", "why", "b", "b#usage", "guide/02-start", "guide", "guide#usage", "q"], "{before:?}");
    for added in [
        ("c.md", "# Usage\n\nx\n\n# Why {#why}\n\ny\n\n# B\n\nz\n"),
        ("a.md", "## Usage\n\nx\n\n## Start\n\ny\n"),
        ("guide/01-start.md", "x\n"),
        ("guide/start.md", "x\n"),
        ("b.mdx", "x\n\n## Usage\n\ny\n"),
        ("guide/usage.md", "x\n"),
    ] {
        let mut files = first.to_vec();
        files.push(added);
        let (entries, problems) = read(&files);
        let after = ids(&entries);
        assert!(before.iter().all(|known| after.contains(known)), "{added:?}: {after:?}");
        let unique: std::collections::HashSet<&str> = entries.iter().map(|entry| entry.id.as_str()).collect();
        assert_eq!(unique.len(), entries.len(), "{added:?}");
        assert!(problems.iter().all(|problem| problem.check.name() != "duplicate-id"), "{problems:?}");
    }
}

/// Reads files as [`read`] does, without the dialects of generators.
fn read_plain(files: &[(&str, &str)]) -> (Vec<Entry>, Vec<Problem>) {
    let (settings, mut collected) = (Settings::default(), Collector::new(Problems::default()));
    let (mut batch, mut meanings, naming) = (Batch::default(), Meanings::new(&settings), Naming::default());
    for &(path, text) in files {
        let parts = front_matter::split(path, text, &mut collected.problems).expect("sound front matter");
        let page = SourcePage { path, split: None, source: "", naming: &naming, language: None };
        for draft in draft::drafts(page, parts) {
            batch.push(draft, &mut meanings);
        }
    }
    collected.take(&batch);
    finished(Content::of(settings, collected, Files::Memory(texts(std::iter::empty()))))
}

/// A way to read files.
type Read = fn(&[(&str, &str)]) -> (Vec<Entry>, Vec<Problem>);

/// Asserts that links in `a/page.md` lead to entries; `None` for a link that is left as it is.
#[track_caller]
fn check_links(files: &[(&str, &str)], links: &[(&str, Option<&str>)]) {
    check_links_of(read, files, links);
}

#[track_caller]
fn check_links_of(read: Read, files: &[(&str, &str)], links: &[(&str, Option<&str>)]) {
    for &(link, expected) in links {
        let text = format!("---\nquestion: Where does it lead?\n---\nTo {link}.\n");
        let mut files = files.to_vec();
        files.push(("a/page.md", &text));
        let (entries, problems) = read(&files);
        let page = entries.iter().find(|entry| entry.path == "a/page.md").expect("it is an entry");
        let found = page.answer.split_once("<faqt:").and_then(|(_, rest)| rest.split_once('>')).map(|(id, _)| id);
        assert_eq!(found, expected, "{link}: {}", page.answer);
        assert!(problems.iter().all(|problem| problem.path != "a/page.md"), "{link}: {problems:?}");
        assert!(expected.is_some() || page.answer.contains(link), "{link}: {}", page.answer);
    }
}

#[test]
fn index_and_readme_stand_for_their_folder_and_each_other() {
    let files = [
        ("guide/README.md", "# Guide\n\nAll.\n"),
        ("index.md", "# Home\n\nAll.\n"),
        ("api/index.mdx", "# Calls\n\nAll.\n\n## Loud {#loud}\n\nNo.\n"),
        ("a/other.mdx", "Text.\n"),
    ];
    check_links(
        &files,
        &[
            ("[x](../guide/)", Some("guide")),
            ("[x](../guide/index.md)", Some("guide")),
            ("[x](/guide/index.html)", Some("guide")),
            ("[x](../README.md)", Some("index")),
            ("[x](/)", Some("index")),
            ("[x](../api/README.md#loud)", Some("loud")),
            ("[x](other.md)", Some("a/other")),
        ],
    );
}

#[test]
fn links_of_html_lead_to_entries_and_others_stay() {
    let lamp = "---\nquestion: Is it loud?\nkind: procedure\n---\nNo.\n\n## Heat {#heat}\n\nLittle.\n";
    let html = "See <a class=\"x\" href=\"../lamp.md#heat\">heat</a>, <a href='/lamp'>it</a> and \
                <a href=\"https://a.b/\">more</a>.\n\n<p>\n<a href=../lamp.md>all</a> <a href=\"gone.md\">gone</a>\n</p>\n";
    let (entries, problems) = read(&[("lamp.md", lamp), ("a/page.md", html)]);
    let page = entries.iter().find(|entry| entry.path == "a/page.md").expect("it is an entry");
    let expected =
        html.replace("../lamp.md#heat", "faqt:lamp").replace("/lamp'", "faqt:lamp'").replace("../lamp.md", "faqt:lamp");
    assert_eq!(page.answer, expected.trim_end());
    let related: Vec<_> = page.related.iter().map(|related| related.id.as_deref()).collect();
    assert_eq!(related, [Some("lamp")]);
    assert!(problems.iter().any(|problem| problem.message.contains("gone.md")), "{problems:?}");
}

#[test]
fn links_of_wikis_lead_to_pages_and_headings() {
    let files = [
        ("notes/The Lamp.md", "---\naliases: [Lantern]\n---\nIt burns.\n\n## How hot is it?\n\nVery.\n"),
        ("notes/fan.md", "---\ntitle: The Fan\n---\nIt hums.\n"),
    ];
    check_links_of(
        read_plain,
        &files,
        &[
            ("[[The Lamp]]", Some("notes/The-Lamp")),
            ("[[the lamp|this]]", Some("notes/The-Lamp")),
            ("[[Lantern]]", Some("notes/The-Lamp")),
            ("[[notes/The Lamp#How hot is it?|hot]]", Some("notes/The-Lamp#how-hot-is-it")),
            ("[[The Fan]]", Some("notes/fan")),
            ("[[fan.md]]", Some("notes/fan")),
            ("[[The Lamp]]: it", Some("notes/The-Lamp")),
            ("[[The Lamp ]]", Some("notes/The-Lamp")),
            ("[[Nobody]]", None),
        ],
    );
}

#[test]
fn addresses_of_the_front_matter_lead_to_their_page() {
    let files = [
        ("posts/a.md", "---\ntitle: A\naliases: [/old/a/, older.html, Another name]\n---\nx\n"),
        ("posts/b.md", "---\ntitle: B\nslug: bee\npermalink: /bees/\nredirect_from: [/hive]\n---\nx\n"),
    ];
    check_links(
        &files,
        &[
            ("[x](/old/a)", Some("posts/a")),
            ("[x](/posts/older.html)", Some("posts/a")),
            ("[x](../posts/bee)", Some("posts/b")),
            ("[x](/bees/)", Some("posts/b")),
            ("[x](/hive)", Some("posts/b")),
        ],
    );
    let (entries, _) = read(&files);
    assert_eq!(entries[0].aliases, ["Another name"]);
}

#[test]
fn every_way_to_name_a_heading_is_an_anchor() {
    let text = "# Lamp\n\n## การติดตั้ง\n\nOne.\n\n## Hot \\{#hot}\n\nTwo.\n\n## Loud {#loud}\n\nThree.\n\n(on)=\n## On\n\nFour.\n\n\
                <Link id=\"oil\" />\n\n## Oil\n\nFive. <span id=\"rape\"></span>\n\n## संकल्प क्या है?\n\nSix.\n";
    check_links(
        &[("a/lamp.mdx", text)],
        &[
            ("[x](lamp.mdx#การติดตั้ง)", Some("a/lamp#การติดตั้ง")),
            ("[x](lamp.mdx#hot)", Some("hot")),
            ("[x](lamp.mdx#loud)", Some("loud")),
            ("[x](lamp.mdx#on)", Some("a/lamp#on")),
            ("[x](lamp.mdx#oil)", Some("a/lamp#oil")),
            ("[x](lamp.mdx#rape)", Some("a/lamp#oil")),
            ("[x](lamp.mdx#संकल्प-क्या-है)", Some("a/lamp#संकल्प-क्या-है")),
        ],
    );
}

#[test]
fn what_only_a_generator_can_resolve_is_no_problem() {
    let links = ["[x](<${base}/a.md>)", "[x](<{url}.md>)", "[x](.md)"];
    check_links(&[], &links.map(|link| (link, None)));
}

#[test]
fn what_is_wrong_with_pages_is_a_warning_and_with_questions_an_error() {
    let page = [
        (
            "a.md",
            "---\ntitle: A\naliases: [Same]\nkind: recipe\n---\nSee [x](no.md) \u{7}.\n\n## Usage {#use}\n\nOne.\n",
        ),
        (
            "b.md",
            "---\ntitle: A\naliases: [Same]\nid: a b\n---\nBoth.\n\n## Usage {#use}\n\nTwo [y](#no).\n\n## Rest {#a`b}\n\nx\n",
        ),
        ("c.md", "---\ntitle: Lamp: the manual\n---\nText.\n"),
    ];
    let (entries, problems) = read(&page);
    assert_eq!(entries.len(), 6);
    let errors: Vec<_> = problems.iter().filter(|problem| problem.severity == Severity::Error).collect();
    assert!(errors.is_empty() && problems.len() > 4, "{problems:?}");
    let questions = [
        ("a.md", "---\nid: one\nquestion: A?\naliases: [Same]\n---\nSee [x](no.md).\n"),
        ("b.md", "---\nid: one\nquestion: A?\naliases: [same]\n---\nBoth \u{7}.\n"),
        ("c.md", "---\nquestion: C?\n---\n"),
        ("d.md", "---\ntitle: D\ndraft: maybe\n---\nText.\n"),
    ];
    let (_, problems) = read(&questions);
    let errors =
        problems.iter().filter(|problem| problem.severity == Severity::Error).map(|problem| problem.check.name());
    let mut errors: Vec<_> = errors.collect();
    errors.sort_unstable();
    assert_eq!(
        errors,
        [
            "broken-link",
            "control-character",
            "duplicate-alias",
            "duplicate-id",
            "duplicate-question",
            "empty-answer",
            "front-matter"
        ]
    );
}

#[test]
fn lines_may_end_in_carriage_returns_alone() {
    let (entries, problems) = read(&[("a.md", "---\rtitle: A\r---\rOne.\r\r## Is it loud?\r\rNo.\r")]);
    assert!(problems.is_empty(), "{problems:?}");
    let found: Vec<_> =
        entries.iter().map(|entry| (entry.question.as_str(), entry.answer.as_str(), entry.line)).collect();
    assert_eq!(found, [("A", "One.", 4), ("Is it loud?", "No.", 6)]);
}

#[test]
fn questions_that_open_and_close_are_entries_below_their_heading() {
    let text = "# Lamps\n\n## Noise\n\nSee below.\n\n<details>\n<summary>Is it <b>loud</b>?</summary>\n\nNo.\n\n\
                </details>\n\n<details><summary>Does it hum?</summary>\n\nYes.\n\n</details>\n\n## Heat\n\nLittle.\n";
    let (entries, problems) = read(&[("lamps.md", text)]);
    assert!(problems.is_empty(), "{problems:?}");
    let found: Vec<_> = entries
        .iter()
        .map(|entry| (entry.id.as_str(), entry.question.as_str(), entry.section.join("/"), entry.answer.as_str()))
        .collect();
    let (page, noise) = ("Lamps".to_owned(), "Lamps/Noise".to_owned());
    assert_eq!(
        found,
        [
            ("lamps#noise", "Noise", page.clone(), "See below."),
            ("lamps#is-it-loud", "Is it loud?", noise.clone(), "No."),
            ("lamps#does-it-hum", "Does it hum?", noise, "Yes."),
            ("lamps#heat", "Heat", page, "Little."),
        ]
    );
}

#[test]
fn folders_of_a_generator_are_no_sections() {
    let page = "---\ntitle: Set-up\n---\n\nPlug it in.\n";
    for (files, expected) in [
        (&[("src/content/docs/guide/a.md", page), ("src/content/docs/index.md", page)][..], &["Guide"][..]),
        (&[("mkdocs.yml", ""), ("docs/guide/a.md", page), ("news.md", page)], &["Guide"]),
        (&[("guide/docs/a.md", page), ("news.md", page)], &["Guide", "Docs"]),
    ] {
        let (entries, _) = read(files);
        let entry = entries.iter().find(|entry| entry.path.ends_with("a.md")).expect("it is an entry");
        assert_eq!(entry.section, expected, "{files:?}");
    }
}

#[test]
fn a_broken_link_in_an_included_file_is_reported_once_and_there() {
    let site = [
        ("docs/sidebars.js", ""),
        ("docs/_parts/_a.md", "---\nid: x\n---\nHold.\n\n[Heat](./gone.md#heat).\n"),
        ("docs/a.mdx", "---\ntitle: A\n---\nimport P from './_parts/_a.md';\n\nFirst.\n\n<P />\n"),
        ("docs/b/b.mdx", "---\ntitle: B\n---\nimport P from '../_parts/_a.md';\n\nSecond.\n\n<P />\n"),
    ];
    let book = [
        ("book.toml", ""),
        ("_a.md", "Hold the [lamp](gone.md), the [lamp](gone.md).\n"),
        ("b.md", "# B\n\nFirst.\n\n{{#include _a.md}}\n"),
        ("c.md", "# C\n\nSecond.\n\n{{#include _a.md}}\n\n[Lamp](gone.md)\n"),
    ];
    for (files, expected) in [
        (&site[..], &["docs/_parts/_a.md:6: the link to `./gone.md#heat` leads to nothing"][..]),
        (
            &book[..],
            &["_a.md:1: the link to `gone.md` leads to nothing", "c.md:7: the link to `gone.md` leads to nothing"][..],
        ),
    ] {
        let broken = read(files).1.into_iter().filter(|problem| problem.check == Check::BrokenLink);
        let broken: Vec<String> = broken.map(|problem| Problem { hint: None, ..problem }.to_string()).collect();
        assert_eq!(broken, expected);
    }
}

#[test]
fn links_lead_to_notes_repeated_terms_and_numbered_files() {
    let page = "# A\n\nSee [note](#fn:1), [mark](#fnref:heat), [second](#fn:2), [term](#lamp-1).[^heat] [^b]\n\n## Lamp\n\nIt.\n\n\
                Lamp\n: That.\n\n[^heat]: Hot.\n\n[^b]: B.\n";
    let start = "# Start\n\n[List](./parts/index.md), [gone](./parts/gone.md), [other](a.md#fn:3).\n";
    let files = [("a.md", page), ("1.index.md", start), ("parts/1.index.md", "# Parts\n\n<List />\n")];
    let broken = read(&files).1.into_iter().filter(|problem| problem.check == Check::BrokenLink);
    let broken: Vec<String> = broken.map(|problem| problem.message).collect();
    assert_eq!(broken, ["the link to `./parts/gone.md` leads to nothing", "the link to `a.md#fn:3` leads to nothing"]);
}
