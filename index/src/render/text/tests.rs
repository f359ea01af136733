//! Input and expected output: one table for each kind of block.

use super::*;
use crate::model::entry::Related;

#[track_caller]
fn check(width: usize, cases: &[(&str, &str)]) {
    for (markdown, expected) in cases {
        let actual = text(markdown, &TextOptions::for_pipe(width));
        assert_eq!(actual.trim_end_matches('\n'), *expected, "\n{markdown}");
        assert!(actual.is_empty() || actual.ends_with('\n') && !actual.ends_with("\n\n"), "{markdown}: {actual:?}");
    }
}

/// Compares styled text with escape sequences written as `⟨31m⟩` and `⟨address⟩`.
#[track_caller]
fn check_styled(width: usize, cases: &[(&str, &str)]) {
    for (markdown, expected) in cases {
        let actual = text(markdown, &TextOptions::for_terminal(width));
        let readable = actual.replace("\x1b]8;;", "⟨").replace("\x1b\\", "⟩").replace("\x1b[", "⟨");
        assert_eq!(readable.trim_end(), *expected, "\n{markdown}");
    }
}

#[test]
fn paragraphs_are_wrapped() {
    check(
        24,
        &[
            ("", ""),
            ("One line.", "One line."),
            ("The quick brown fox\njumps over the lazy dog.", "The quick brown fox\njumps over the lazy dog."),
            ("First.\n\nSecond.", "First.\n\nSecond."),
            ("Hard  \nbreak and\\\nbreak", "Hard\nbreak and\nbreak"),
            ("*one* __two__ ~~three~~ `four`", "one two ~~three~~ `four`"),
            ("Before\n\n***\n\nafter", "Before\n\n────────────────────────\n\nafter"),
            ("![A cat](cat.png) sleeps", "A cat sleeps"),
            ("a &amp; b &copy; c", "a & b © c"),
        ],
    );
}

#[test]
fn chinese_is_wrapped_between_characters() {
    check(
        24,
        &[
            ("如果您的域名已通过百度完成\n备案，则必须转移。", "如果您的域名已通过百度完\n成备案，则必须转移。"),
            ("如果您的域名已通过百度完，成", "如果您的域名已通过百度\n完，成"),
            ("使用 ICP 备案服务号提交网站备案", "使用 ICP 备案服务号提交\n网站备案"),
        ],
    );
}

#[test]
fn headings_stand_apart() {
    check(
        60,
        &[
            ("# Title {#id}\ntext\n## Next\nmore", "Title\n\ntext\n\nNext\n\nmore"),
            ("Term\n: its *meaning*\n: another", "Term\n    its meaning\n    another"),
        ],
    );
}

#[test]
fn lists_are_indented() {
    check(
        24,
        &[
            ("- one\n- two", "• one\n• two"),
            ("- one\n\n- two", "• one\n\n• two"),
            ("- a very long item that wraps\n- two", "• a very long item that\n  wraps\n• two"),
            ("- one\n  - inner\n    1. deep\n- two", "• one\n  • inner\n    1. deep\n• two"),
            ("9. nine\n10. ten\n11. eleven", " 9. nine\n10. ten\n11. eleven"),
            ("3) three\n4) four", "3. three\n4. four"),
            ("- [x] done\n- [ ] open", "[x] done\n[ ] open"),
            ("1. [x] done\n\n2. [ ] open", "1. [x] done\n\n2. [ ] open"),
            ("-\n- b", "•\n• b"),
            ("- - a\n  - b", "• • a\n  • b"),
            ("1. one\n\n   more\n\n2. two", "1. one\n\n   more\n\n2. two"),
            ("1. run\n   ```\n   x\n   ```\n2. end", "1. run\n       x\n2. end"),
            ("- ```\n  x\n  y\n  ```", "•     x\n      y"),
            ("- # H\n- > q", "• H\n• │ q"),
            ("text\n- item\n\nafter", "text\n\n• item\n\nafter"),
        ],
    );
}

#[test]
fn quotations_have_a_bar() {
    check(
        24,
        &[
            ("> quoted\n> text that is long enough", "│ quoted text that is\n│ long enough"),
            ("> a\n>\n> b\n> > c", "│ a\n│\n│ b\n│\n│ │ c"),
            ("> [!WARNING]\n> Mind\n>\n> - this\n\nafter", "│ Warning\n│ Mind\n│\n│ • this\n\nafter"),
            ("> [!NOTE]\n\nafter", "│ Note\n\nafter"),
            (">\n\nafter", "after"),
        ],
    );
}

#[test]
fn code_is_never_wrapped() {
    check(
        24,
        &[
            (
                "```sh\nfaqt build content --output kb.faqt\n\n\tx\n```",
                "    faqt build content --output kb.faqt\n\n        x",
            ),
            ("    indented   \n      more", "    indented\n      more"),
            ("> ```\n> a\n>\n> b\n> ```", "│     a\n│\n│     b"),
            ("```\n```\nafter\n```\n\n\n```", "after"),
            ("``a ` b`` and `  `", "`a ` b` and `  `"),
        ],
    );
}

#[test]
fn links_tell_where_they_lead() {
    check(
        60,
        &[
            ("[the page](https://a.b/c)", "the page (https://a.b/c)"),
            ("<https://a.b/c> and [a.b/c](https://a.b/c/)", "https://a.b/c and a.b/c"),
            ("<me@a.b>, [me@a.b](mailto:me@a.b), [write](mailto:me@a.b)", "me@a.b, me@a.b, write (me@a.b)"),
            ("[other](faqt:other-entry).", "other."),
            ("[a](javascript:x) [b](file:///x) [c](data:x) [d](page.md) [e](#x)", "a b c d e"),
            ("[](https://a.b/) [![](x)](faqt:other)", "https://a.b/ [other]"),
            ("[*a* `b`](https://a.b)", "a `b` (https://a.b)"),
        ],
    );
    let mut options = TextOptions::for_pipe(60);
    options.entry_ids = true;
    assert_eq!(text("See [other](faqt:other-entry).", &options), "See other [other-entry].\n");
}

#[test]
fn an_address_is_never_cut() {
    check(
        20,
        &[(
            "- see [it](https://example.com/a/long/path), then go",
            "• see it\n  (https://example.com/a/long/path),\n  then go",
        )],
    );
}

#[test]
fn footnotes_are_numbered_and_stand_at_the_end() {
    check(
        24,
        &[
            (
                "[^z]: Last.\n\nA[^b] b[^z] c[^b].\n\n[^b]: Long enough to be wrapped.\n\n    More.",
                "A[1] b[2] c[1].\n\n[1] Long enough to be\n    wrapped.\n\n    More.\n[2] Last.",
            ),
            ("A[^a].\n\n[^a]: See[^b].\n\n[^b]: B.\n\n[^c]: never mentioned", "A[1].\n\n[1] See[2].\n[2] B."),
            ("A[^nowhere].", "A[^nowhere]."),
        ],
    );
}

#[test]
fn tables_are_aligned() {
    check(
        40,
        &[
            ("|a|bb|c|\n|-|:-:|-:|\n|one|x|1|\n|二|`y`||", "a    bb   c\n───  ───  ─\none   x   1\n二   `y`"),
            (
                "|Item|Where to send it|\n|-|-|\n|Licence|Upload a scan of both sides in the console|\n|Letter|By post|",
                "Item     Where to send it\n───────  ───────────────────────────────\nLicence  Upload a scan of both sides in\n         the console\n\nLetter   By post",
            ),
            ("|||\n|-|-|\n|a|b|", "a  b"),
            ("|a|\n|-|\n| |\n|b|\n|<b>|", "a\n─\nb"),
            ("> |a|\n> |-|\n> |b|", "│ a\n│ ─\n│ b"),
        ],
    );
}

#[test]
fn a_table_without_room_becomes_records() {
    check(
        24,
        &[
            (
                "|Plan|Price|Where to get it|\n|-|-|-|\n|Smallest|Affordable|In the console of the site|\n|Largest||By post|",
                "Plan: Smallest\nPrice: Affordable\nWhere to get it: In\n  the console of the\n  site\n\nPlan: Largest\nWhere to get it: By\n  post",
            ),
            ("|Headers|without|anything|\n|-|-|-|", "Headers\n\nwithout\n\nanything"),
            ("|Site|\n|-|\n|<https://example.com/a/page>|", "Site:\n  https://example.com/a/page"),
        ],
    );
}

#[test]
fn html_is_reduced_to_its_text() {
    check(
        60,
        &[
            ("Press <kbd>Ctrl</kbd><br>now <!-- not --> please", "Press `Ctrl`\nnow please"),
            ("a <script>alert(1)</script> b", "a b"),
            ("<details>\n<summary>More &lt;3</summary>\n\n*Text*\n\n</details>", "More <3\n\nText"),
            ("<script>\nx\n</script>\n\nafter", "after"),
            ("<!-- a\n\nb -->\n\nafter", "after"),
            ("<p>one</p><p>two<br>three</p>", "one\n\ntwo\nthree"),
        ],
    );
}

#[test]
fn styles_end_with_their_line() {
    check_styled(
        24,
        &[
            ("# Title", "⟨1mTitle⟨0m"),
            ("A **bold *both*** `code`", "A ⟨1mbold ⟨0m⟨1m⟨3mboth⟨0m ⟨36mcode⟨0m"),
            ("some *words that are wrapped here*", "some ⟨3mwords that are⟨0m\n⟨3mwrapped here⟨0m"),
            ("> [!TIP]\n> yes", "⟨32m│⟨0m ⟨1m⟨32mTip⟨0m\n⟨32m│⟨0m yes"),
            ("```\nx\n\ny\n```", "    ⟨36mx⟨0m\n\n    ⟨36my⟨0m"),
            ("a ~~b~~", "a ⟨9mb⟨0m"),
            ("[other](faqt:id)", "⟨4mother⟨0m"),
        ],
    );
}

#[test]
fn hyperlinks_are_whole_on_every_line() {
    check_styled(
        20,
        &[
            (
                "See [the whole page here](https://a.b/c).",
                "See ⟨https://a.b/c⟩⟨4mthe whole page⟨0m⟨⟩\n⟨https://a.b/c⟩⟨4mhere⟨0m⟨⟩.",
            ),
            ("[https://bank.example](https://a.b)", "⟨https://a.b⟩⟨4mhttps://bank.example⟨0m⟨⟩\n(https://a.b)"),
            ("[x](javascript:y)", "x"),
        ],
    );
    let mut options = TextOptions::for_terminal(40);
    options.hyperlinks = false;
    assert_eq!(text("[page](https://a.b)", &options), "\x1b[4mpage\x1b[0m (https://a.b)\n");
}

#[test]
fn words_are_marked_in_text_code_links_and_cells() {
    let marked = ["reset".to_owned(), "备案".to_owned()];
    let annotations = Annotations { marked: &marked, listed: &[] };
    let mut options = TextOptions::for_terminal(60);
    options.hyperlinks = false;
    let shown = |markdown: &str| annotated(markdown, &annotations, &options).replace("\x1b[", "⟨");
    assert_eq!(shown("*Reset it*, `reset x`."), "⟨1m⟨3mReset⟨0m⟨3m it⟨0m, ⟨1m⟨36mreset⟨0m⟨36m x⟨0m.\n");
    assert_eq!(shown("[reset](faqt:a) 要备案。"), "⟨1m⟨4mreset⟨0m 要⟨1m备案⟨0m。\n");
    assert_eq!(shown("a reset\nreset b"), "a ⟨1mreset⟨0m ⟨1mreset⟨0m b\n");
    options.styled = false;
    assert_eq!(annotated("reset", &annotations, &options), "reset\n");
}

#[test]
fn ids_follow_links_unless_a_list_beside_them_has_them() {
    let listed = [Related { title: "The reset".to_owned(), id: Some("r".to_owned()), url: None, status: None }];
    let mut options = TextOptions::for_pipe(60);
    options.entry_ids = true;
    let annotations = Annotations { listed: &listed, marked: &[] };
    for (markdown, expected) in [
        ("See [the reset](<faqt:r>).", "See the reset."),
        ("See [how](<faqt:r>).", "See how [r]."),
        ("See [the reset](<faqt:other>).", "See the reset [other]."),
        ("See [r](<faqt:r>), [](<faqt:r>).", "See r, [r]."),
    ] {
        assert_eq!(annotated(markdown, &annotations, &options).trim_end(), expected);
    }
    assert_eq!(text("See [how](<faqt:r>).", &TextOptions::for_pipe(60)), "See how.\n");
}

#[test]
fn titles_and_items_are_lines_not_blocks() {
    let options = TextOptions::for_pipe(20);
    assert_eq!(title("# 1. *What*\nis `--kb`, and what is not?", &options), "# 1. What is `--kb`,\nand what is not?\n");
    assert_eq!(title("**Bold**", &TextOptions::for_terminal(20)), "\x1b[1mBold\x1b[0m\n");
    assert_eq!(item("10. ", "- Transfer an ICP filing", &options), "10. - Transfer an\n    ICP filing\n");
    assert_eq!(item("\x1b", "", &options), "␛\n");
}
