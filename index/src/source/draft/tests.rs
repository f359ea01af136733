use super::*;
use crate::problem::Problems;
use crate::source::draft_link::LinkForm;
use crate::source::front_matter;

fn read(text: &str) -> Vec<Draft> {
    let mut problems = Problems::default();
    let parts = front_matter::split("2-guide/faq.md", text, &mut problems).expect("sound front matter");
    let naming = Naming::of(["1-start.md", "2-guide/faq.md"].into_iter());
    drafts(SourcePage { path: "2-guide/faq.md", split: None, source: "", naming: &naming, language: None }, parts)
}

#[test]
fn a_question_in_front_matter_makes_one_entry() {
    let drafts = read("---\nquestion: Why?\naliases: [How come, /old/]\n---\n\nBecause\n\n# of this\n");
    assert_eq!(drafts.len(), 1);
    let entry = &drafts[0].unresolved.entry;
    assert_eq!((entry.id.as_str(), entry.question.as_str()), ("2-guide/faq", "Why?"));
    assert_eq!(entry.aliases, ["How come"]);
    assert_eq!(entry.section, ["Guide"]);
    assert_eq!(entry.answer, "Because\n\n# of this");
}

#[test]
fn headings_with_text_of_their_own_are_entries() {
    let drafts = read(
        "# FAQ\n\n## Start {#s}\n\n### One?\nYes.\n\n```\n# no heading\n```\n\n### Two?\n\n## Last\n\nEnd [x](#s)\n",
    );
    let entries: Vec<_> =
        drafts.iter().map(|draft| (&*draft.unresolved.entry.id, draft.unresolved.entry.section.join("/"))).collect();
    assert_eq!(
        entries,
        [("2-guide/faq#one", "Guide/FAQ/Start".to_owned()), ("2-guide/faq#last", "Guide/FAQ".to_owned())]
    );
    assert_eq!(drafts[0].anchors, ["faq", "s", "one"]);
    assert_eq!(drafts[0].unresolved.entry.line, 5);
    assert_eq!(drafts[0].unresolved.entry.answer, "Yes.\n\n```\n# no heading\n```");
    assert_eq!(drafts[1].unresolved.links[0].destination, "#s");
    assert_eq!(&drafts[1].unresolved.entry.answer[drafts[1].unresolved.links[0].range.clone()], "[x](#s)");
    assert_eq!(drafts[1].unresolved.links[0].line, 16);
}

/// Asserts the section, the question and the answer of each entry of a page.
#[track_caller]
fn check(text: &str, expected: &[(&str, &str, &str)]) {
    let drafts = read(text);
    let found: Vec<_> = drafts
        .iter()
        .map(|draft| {
            let entry = &draft.unresolved.entry;
            (entry.section[1..].join("/"), entry.question.as_str(), entry.answer.as_str())
        })
        .collect();
    let found: Vec<_> =
        found.iter().map(|(section, question, answer)| (section.as_str(), *question, *answer)).collect();
    assert_eq!(found, expected, "{text}");
}

#[test]
fn a_page_with_a_title_is_split_by_its_headings() {
    check(
        "---\ntitle: Lamp FAQ\n---\nAll of it.\n\n## The light\n\n### Is it hot?\nNo.\n\n## Is it loud?\nNo.\n",
        &[
            ("", "Lamp FAQ", "All of it."),
            ("Lamp FAQ/The light", "Is it hot?", "No."),
            ("Lamp FAQ", "Is it loud?", "No."),
        ],
    );
    check(
        "---\ntitle: Lamp FAQ\n---\n\n# Lamp FAQ\n\nAll of it.\n\n## Is it loud?\nNo.\n",
        &[("", "Lamp FAQ", "All of it."), ("Lamp FAQ", "Is it loud?", "No.")],
    );
    check("---\ntitle: Lamp\n---\n# Is it hot?\nNo.\n", &[("Lamp", "Is it hot?", "No.")]);
    check("---\ntitle: Lamp\n---\nIt is on.\n", &[("", "Lamp", "It is on.")]);
    check("---\ntitle: Lamp\n---\n\n## Parts\n\n### Switches\n", &[]);
}

#[test]
fn a_page_with_one_piece_of_text_is_one_entry() {
    check("---\ntitle: lerp\n---\n\n## Example\n\n`lerp(1, 2)`\n", &[("", "lerp", "## Example\n\n`lerp(1, 2)`")]);
    check("# lerp\n\nMixes two.\n", &[("", "lerp", "Mixes two.")]);
    check("---\ntitle: Lamp\n---\n\n## Is it hot?\n\nNo.\n", &[("Lamp", "Is it hot?", "No.")]);
    let page = "Mixes two.\n\n## Parameters\n\nTwo.\n\n## Example\n\n`lerp(1, 2)`\n";
    let expected =
        [("", "lerp", "Mixes two."), ("lerp", "lerp: Parameters", "Two."), ("lerp", "lerp: Example", "`lerp(1, 2)`")];
    check(&format!("---\ntitle: lerp\n---\n{page}"), &expected);
    check(&format!("# lerp\n\n{page}"), &expected);
}

#[test]
fn a_heading_that_says_nothing_alone_has_its_parents_title() {
    check(
        "# Manual\n\n## Reset the lamp\n\nHold.\n\n### Example\n\nSo.\n\n#### Note\n\nHot.\n\n## 参数\n\nNone.\n",
        &[
            ("Manual", "Reset the lamp", "Hold."),
            ("Manual/Reset the lamp", "Reset the lamp: Example", "So."),
            ("Manual/Reset the lamp/Example", "Reset the lamp: Note", "Hot."),
            ("Manual", "Manual: 参数", "None."),
        ],
    );
    check("## Why?\n\nA.\n\n## Is it hot?\n\nB.\n", &[("", "Faq: Why?", "A."), ("", "Is it hot?", "B.")]);
}

#[test]
fn marks_before_a_heading_are_no_entry_and_no_text() {
    check(
        "<!-- a note -->\n(start)=\n# Lamp\n\n[a]: https://example.org\n\n(hot)=\n## Is it hot?\n\nNo.\n\n<a id=\"x\"></a>\n\n## Is it loud?\n\n<a id=\"y\"></a>\n\n## Is it on?\nYes.\n",
        &[("Lamp", "Is it hot?", "No."), ("Lamp", "Is it on?", "Yes.")],
    );
    let drafts = read("# Lamp\n\n(hot)=\n## Is it hot?\n\nNo.\n\n<a id=\"x\"></a>\n\n## Is it on?\nYes.\n");
    assert_eq!(drafts[0].anchors, ["lamp", "is-it-hot", "hot"]);
    assert_eq!(drafts[1].anchors, ["is-it-on", "x"]);
}

#[test]
fn the_settings_say_into_how_many_entries_a_page_is_split() {
    let of = |text, split| {
        let parts = front_matter::split("a.md", text, &mut Problems::default()).expect("sound front matter");
        drafts(
            SourcePage { path: "a.md", split: Some(split), source: "", naming: &Naming::default(), language: None },
            parts,
        )
        .len()
    };
    let text = "---\ntitle: Lamp\n---\nx\n\n## Is it hot?\nNo.\n\n## Is it loud?\nNo.\n";
    assert_eq!((of(text, Split::Page), of(text, Split::Headings)), (1, 3));
    let text = "---\ntitle: lerp\n---\n## Example\nNo.\n";
    assert_eq!((of(text, Split::Page), of(text, Split::Headings)), (1, 1));
}

#[test]
fn links_of_wikis_are_found_outside_code_and_other_links() {
    let text = "See [[The lamp]], [[a/b#c|this]] and **[[x|y]]**.\n\n`[[no]]` ![[no]] [[1]](x) [[ -f x ]] \\[[no]]\n\n    [[no]]\n\n| a |\n|---|\n| [[p\\|q]] |\n";
    let outline = Outline::of(text);
    let links = outline.links.iter().filter(|link| link.form == LinkForm::Wiki);
    let found: Vec<_> = links.map(|link| (link.destination.as_str(), &text[link.text.clone()])).collect();
    assert_eq!(found, [("The lamp", "The lamp"), ("a/b#c", "this"), ("x", "y"), ("p", "q")]);
}

#[test]
fn a_page_of_one_piece_has_the_id_of_its_heading() {
    let of = |text: &str| read(text).into_iter().map(|draft| draft.unresolved.entry.id).collect::<Vec<_>>();
    assert_eq!(of("# The lamp {#lamp}\n\nIt burns.\n"), ["lamp"]);
    assert_eq!(of("---\nid: light\n---\n# The lamp {#lamp}\n\nIt burns.\n"), ["light"]);
    assert_eq!(of("# The lamp\n\nIt burns.\n"), ["2-guide/faq"]);
}
