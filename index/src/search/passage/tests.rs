use super::*;
use crate::KnowledgeBase;
use crate::build::Builder;

/// Returns the passage of a page that is one entry, where at most `room` bytes fit.
fn passage_of(page: &str, query: &str, room: usize) -> (Entry, Passage) {
    let settings = "[[pages]]\nfiles = '*'\nsplit = 'page'\n";
    let other = "---\nquestion: Is it heavy?\n---\nNo, the lamp is not.\n";
    let page = format!("---\ntitle: The lamp\n---\n\n{page}");
    let files = [("lamp.md", page.as_str()), ("other.md", other), ("faqt.toml", settings)];
    let pack = Builder::from_files("help", files).build().expect("it builds").pack;
    let kb = KnowledgeBase::from_vec(pack).expect("it opens");
    let entry = kb.entry("lamp").expect("it is read").expect("it is there");
    let passage = kb.passage(query, &entry, |markdown| markdown.len() <= room).expect("it is read");
    (entry, passage)
}

#[track_caller]
fn check(page: &str, query: &str, room: usize, expected: &str, words: &[&str]) {
    let (entry, passage) = passage_of(page, query, room);
    assert_eq!(passage.markdown, expected, "{query}");
    assert_eq!(passage.words, words, "{query}");
    assert!(passage.markdown.starts_with(&entry.answer[passage.range]), "{query}");
}

const LAMP: &str = "\
A lamp for your desk.

## Set up

Put it on the desk. Plug the cable in.

## Trouble

### Reset

Hold the button for ten seconds.

It blinks. Then it has forgotten every colour.

### Noise

- A hum is normal.
- A whistle comes from a loose [cable](https://example.com/cable).

Ask for another one.
";

#[test]
fn the_block_with_the_questions_terms_comes_with_its_heading() {
    let reset = "### Reset\n\nHold the button for ten seconds.";
    check(LAMP, "how do I reset it", 60, reset, &["reset"]);
    let blinks = "\n\nIt blinks. Then it has forgotten every colour.";
    check(LAMP, "how do I reset it", 120, &format!("{reset}{blinks}"), &["reset"]);
    check(LAMP, "where is the button", 60, reset, &["button"]);
    check(LAMP, "colours forgotten", 60, blinks.trim_start(), &["forgotten", "colour"]);
}

#[test]
fn items_of_lists_are_blocks_and_keep_their_links() {
    let whistle = "- A whistle comes from a loose [cable](https://example.com/cable).";
    check(LAMP, "it whistles", 70, whistle, &["whistle"]);
}

#[test]
fn headings_above_a_block_count_and_those_beside_it_do_not() {
    let page = "A lamp.\n\n## Noise\n\nTurn the knob.\n\n## Reset\n\n### Fan\n\nPush the knob.\n\n## Reset\n\nNo.\n\n## Colour\n\nPull the knob.\n";
    check(page, "reset knob", 30, "### Fan\n\nPush the knob.", &["knob"]);
    check(page, "noise knob", 30, "## Noise\n\nTurn the knob.", &["noise", "knob"]);
}

#[test]
fn an_answer_that_fits_is_whole() {
    let (entry, passage) = passage_of(LAMP, "reset", 10_000);
    assert_eq!((passage.range, passage.markdown), (0..entry.answer.len(), entry.answer));
}

#[test]
fn without_a_word_in_common_the_answer_begins() {
    let (_, passage) = passage_of(LAMP, "weather", 30);
    assert!(passage.markdown.starts_with("A lamp for your desk."), "{passage:?}");
    let (_, passage) = passage_of(LAMP, "", 0);
    assert_eq!((passage.range, passage.words), (0..21, Vec::new()));
}

#[test]
fn code_keeps_its_indentation_and_notes_come_along() {
    let page = "Run it.[^1]\n\n    first --reset\n        second\n\nThe end, long after.\n\n[^1]: As root.\n";
    check(page, "first", 40, "    first --reset\n        second\n\n[^1]: As root.", &["first"]);
}

#[test]
fn chinese_is_marked_by_pairs() {
    let page = "灯在桌上。\n\n如需备案，请提交资料。\n\n再见。\n";
    check(page, "怎么备案", 40, "如需备案，请提交资料。", &["备案"]);
    check_matches(page, "怎么备案", 40, &["备案"]);
}

/// Checks the texts at the places of a passage's words.
#[track_caller]
fn check_matches(page: &str, query: &str, room: usize, expected: &[&str]) {
    let (entry, passage) = passage_of(page, query, room);
    let matched: Vec<&str> = passage.matches.iter().map(|place| &entry.answer[place.clone()]).collect();
    assert_eq!(matched, expected, "{query}");
    assert!(passage.matches.iter().all(|place| passage.range.start <= place.start && place.end <= passage.range.end));
}

#[test]
fn words_have_places_in_what_a_reader_sees() {
    check_matches(LAMP, "it whistles", 70, &["whistle"]);
    check_matches(LAMP, "where is the cable", 70, &["cable"]);
    check_matches(LAMP, "where is the cable", 10_000, &["cable", "cable"]);
    check_matches(
        "Press **reset** or `reset`; [resets](reset.html)\nall.\n",
        "reset",
        900,
        &["reset", "reset", "resets"],
    );
    check_matches("*Re*set, R&amp;set, reset&nbsp;it.\n", "reset", 900, &["reset"]);
    check_matches("> reset\n> it\n\n- a reset\n\n      reset\n", "reset", 900, &["reset", "reset", "reset"]);
    check_matches(LAMP, "weather", 30, &[]);
}

#[test]
fn any_text_has_a_passage() {
    for page in [
        "- a\n  - b\n\n    c\n1. d",
        "> a\n> > b",
        "<details>\n\nreset\n\n</details>",
        "[a]: b",
        "| a |\n|--|\n| b |\n",
        "```\nreset",
    ] {
        for room in [0, 1, 8, 20] {
            let (entry, passage) = passage_of(&format!("{page}\n\nx"), "reset it", room);
            assert!(entry.answer.get(passage.range.clone()).is_some_and(|text| !text.is_empty()), "{page}");
        }
    }
}
