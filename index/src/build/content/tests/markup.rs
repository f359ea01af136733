//! Pages in the dialects of generators as entries: no text of theirs is lost, and nothing unseen is an entry.

use super::pages::read;

/// Asserts the questions and the answers of the entries of a folder, in order.
#[track_caller]
fn check_entries(files: &[(&str, &str)], expected: &[(&str, &str)]) {
    let (entries, problems) = read(files);
    assert!(problems.is_empty(), "{problems:?}");
    let found: Vec<_> = entries.iter().map(|entry| (entry.question.as_str(), entry.answer.as_str())).collect();
    assert_eq!(found, expected, "{files:?}");
}

#[test]
fn scripts_of_components_hide_no_heading() {
    let page = "\n\n# Lamp\n\nLight.\n\n<A />\n\n## Reset\n\nHold it.\n";
    for script in [
        "<script setup>\nimport A from './a.vue'\n</script>",
        "<script setup lang=\"ts\">\nimport { ref } from 'vue'\nimport A from './a.tsx'\n\nconst b = ref()\n</script>",
        "<style>\n# a\n\n{ color: red }\n</style>",
        "import A from './a.vue'",
        "import A from 'a'\nimport {\n  b,\n} from \"b\";",
    ] {
        let (entries, problems) = read(&[("a.md", &format!("{script}{page}"))]);
        assert!(problems.is_empty(), "{script}: {problems:?}");
        let found: Vec<_> = entries.iter().map(|entry| entry.question.as_str()).collect();
        assert_eq!(found, ["Lamp", "Reset"], "{script}");
        assert!(entries[0].answer.contains("Light.") && entries[1].answer == "Hold it.", "{entries:?}");
    }
    for unclosed in ["<script>", "<style>", "<pre>", "<SCRIPT>\n</SCRIPT>"] {
        let (entries, _) = read(&[("a.md", &format!("Before.\n\n{unclosed}{page}"))]);
        assert_eq!(entries.last().map(|entry| entry.question.as_str()), Some("Reset"), "{unclosed}");
    }
    check_entries(&[("a.mdx", "import A from './a'\n# Lamp\n\nLight.\n")], &[("Lamp", "Light.")]);
    check_entries(
        &[("a.mdx", "# Lamp\n\nimport data from here or there.\n")],
        &[("Lamp", "import data from here or there.")],
    );
}

#[test]
fn a_title_without_text_is_no_entry() {
    for unseen in [
        "<script>\nlet a = 1 > 0;\n\n</script>",
        "import A from './a.vue'\n\n<A />",
        "<!-- Later. -->",
        "<Demo :on=\"a > b\" />",
        "![](lamp.png)",
        "```json\n```",
        "---",
        "<iframe src=\"https://a.b\"></iframe>",
    ] {
        let page = format!("---\ntitle: Lamp\n---\n\n{unseen}\n\n## Reset\n\nHold it.\n\n## Heat\n\nLittle.\n");
        let (entries, _) = read(&[("a.md", &page)]);
        let found: Vec<_> = entries.iter().map(|entry| (entry.section.join("/"), entry.question.as_str())).collect();
        assert_eq!(found, [("Lamp".to_owned(), "Reset"), ("Lamp".to_owned(), "Heat")], "{unseen}");
    }
}

#[test]
fn a_thematic_break_at_the_end_of_an_entry_is_not_shown() {
    let page = "# Lamps\n\nAll.\n\n---\n\n## Reset\n\nHold.\n\n---\n\nWait.\n\n* * *\n\n<a name=\"heat\"></a>\n\n\
                ## Heat\n\n- Little.\n\n  ---\n\n## Switch\n\n```\na\n---\n```\n___\n";
    check_entries(
        &[("a.md", page)],
        &[
            ("Lamps", "All."),
            ("Reset", "Hold.\n\n---\n\nWait."),
            ("Heat", "- Little.\n\n  ---"),
            ("Switch", "```\na\n---\n```"),
        ],
    );
}

#[test]
fn links_without_text_show_the_title_of_their_entry() {
    let files = [
        ("conf.py", ""),
        ("a.md", "(the-lamp)=\n# The lamp\n\nLight.\n"),
        ("b.md", "# Next\n\n- [](a.md)\n- [](the-lamp), [it](the-lamp)\n- [](other-project)\n"),
    ];
    let lamp = "[The lamp](<faqt:a>)";
    let next = format!("- {lamp}\n- {lamp}, [it](<faqt:a>)\n- [other-project](<other-project>)");
    check_entries(&files, &[("The lamp", "Light."), ("Next", &next)]);
}

#[test]
fn links_by_reference_lose_their_labels() {
    let text = "# Lamp\n\nSee [Heat][], [the `heat`][], [it][Heat], [Heat] and [Heat] [].\n\n\
                [heat]: b.md\n[the `heat`]: https://a.example\n";
    let heat = "[Heat](<faqt:b>)";
    let lamp = format!("See {heat}, [the `heat`](<https://a.example>), [it](<faqt:b>), {heat} and {heat} [].");
    let definitions = "[heat]: b.md\n[the `heat`]: https://a.example";
    let files = [("a.md", text), ("b.md", "# Heat\n\nLittle.\n")];
    check_entries(&files, &[("Lamp", &format!("{lamp}\n\n{definitions}")), ("Heat", "Little.")]);
}

#[test]
fn imported_files_belong_to_the_pages_that_show_them() {
    let page = "# Install\n\nFirst.\n\nimport A from './\\_a.md';\nimport B from '../parts/_b.mdx';\n\n<Tabs>\n<TabItem label=\"A\">\n\n\
                <A />\n\n</TabItem>\n</Tabs>\n\n- Item\n\n  <B on={1} />\n\nimport S from '@site/docs/parts/_s.mdx'\n\n<S />\n\n## Reset\n\nHold.\n";
    let files = [
        ("a/_a.md", "import C from './_c.md'\n\nRun `a`.\n\n<C />\n"),
        ("a/_c.md", "---\ntitle: C\n---\n:::note\nRun `c`.\n:::\n"),
        ("a/install.mdx", page),
        ("parts/_b.mdx", "See [this](b.md).\n"),
        ("parts/_s.mdx", "## Wiring\n\nOne.\n"),
        ("parts/_unused.mdx", "Alone.\n"),
        ("parts/b.md", "# B\n\nAll.\n"),
    ];
    let install = "First.\n\n\n\n\n\n**A**\n \n\n\n\n\nRun `a`.\n\n\n> [!NOTE]\n> Run `c`.\n\n\n\n\n\n- Item\n\n\n  See [this](<faqt:parts/b>).";
    let steps = [("Wiring", "One."), ("Reset", "Hold.")];
    let expected = [("Install", install), steps[0], steps[1], ("Unused", "Alone."), ("B", "All.")];
    check_entries(&files, &expected);
    let cycle =
        [("_a.mdx", "import A from './_a.mdx'\n\nOn.\n\n<A />\n"), ("b.mdx", "import A from './_a.mdx'\n\n<A />\n")];
    assert!(read(&cycle).0[0].answer.matches("On.").count() <= 5);
}

#[test]
fn included_files_belong_to_the_pages_that_include_them() {
    let files = [
        ("_quarto.yml", ""),
        ("a/lamp.qmd", "# Lamp\n\nFirst.\n\n{{< include _heat.qmd >}}\n\n{{< include /snippets/more.md >}}\n"),
        ("a/_heat.qmd", "Read [this](../b.qmd#oil).\n"),
        ("snippets/more.md", "## Noise\n\nNone.\n"),
        ("snippets/unused.md", "Alone.\n"),
        ("b.qmd", "# Fuel\n\nSome.\n\n## Oil\n\nLittle.\n"),
    ];
    let lamp = "First.\n\n\nRead [this](<faqt:b#oil>).";
    let expected = [("Lamp", lamp), ("Noise", "None."), ("Fuel", "Some."), ("Oil", "Little."), ("Unused", "Alone.")];
    check_entries(&files, &expected);
}

#[test]
fn markup_of_generators_holds_targets_of_links() {
    let links = "# Links\n\n[a](01.lamp.md#warm), [b](01.lamp.md#old), [c](lamp.md), [d](other/index.md), [e](?q=heat), \
                 [f][], [g](#sum)\n\n[f]: {{< param site >}}\n";
    let files = [
        ("conf.py", ""),
        ("hugo.toml", ""),
        (
            "1.guide/01.lamp.md",
            "# Lamp\n\n:::{note}\n:name: warm\nHot.\n:::\n\n{#old}\nCold.\n\n```{math}\n:label: sum\nx\n```\n",
        ),
        ("1.guide/2.links.md", links),
        ("1.guide/other/1.index.md", "# Other\n\nText.\n\n{{< note >}}\nb\n{{< /note >}}\n"),
    ];
    let (entries, problems) = read(&files);
    assert_eq!((entries.len(), problems), (3, Vec::new()));
}

#[test]
fn embedded_notes_are_links() {
    let files = [
        (".obsidian/app.json", ""),
        ("a.md", "# A\n\n## Heat\n\n![[Lamp#How hot?]]\n\n## Block\n\n![[Lamp#^one]]\n\n## Gone\n\n![[Nobody]]\n"),
        ("Lamp.md", "## How hot?\n\nVery.\n\n## Noise\n\nNone. ^one\n"),
    ];
    check_entries(
        &files,
        &[
            ("How hot?", "Very."),
            ("Noise", "None.<span id=\"^one\"></span>"),
            ("Heat", "[Lamp › How hot?](<faqt:Lamp#how-hot>)"),
            ("Block", "[Lamp](<faqt:Lamp#noise>)"),
            ("Gone", "Nobody"),
        ],
    );
}
