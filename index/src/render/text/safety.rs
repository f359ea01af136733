//! Properties of any output: nothing raw gets out, every line is complete, none is wider than the page.

use proptest::prelude::*;
use pulldown_cmark::{Event, Tag};
use unicode_width::UnicodeWidthStr;

use super::*;
use crate::markdown::plain::plain;
use crate::render::plain_line;

#[test]
fn no_way_out_is_raw() {
    const EVIL: &str = "&#27;[31m&#x9b;1m&#x202e;&#x200b;\u{1b}]8;;x\u{7}\u{202e}";
    for markdown in [
        format!("text {EVIL}"),
        format!("# heading {EVIL}"),
        format!("`code {EVIL}`"),
        format!("```\nblock {EVIL}\n```"),
        format!("[link {EVIL}](https://a.b/{EVIL} \"{EVIL}\")"),
        format!("[link](<https://a.b/{EVIL}>) <https://a.b/\u{1b}\u{9b}>"),
        format!("[link](<faqt:{EVIL}>)"),
        format!("|head {EVIL}|\n|-|\n|cell {EVIL}|"),
        format!("a[^n{EVIL}]\n\n[^n{EVIL}]: note {EVIL}"),
        format!("![alt {EVIL}](x)"),
        format!("<div>{EVIL}</div>"),
        format!("a <b title='{EVIL}'>{EVIL}</b>"),
        format!("- [x] item {EVIL}\n- > quote {EVIL}"),
        format!("Term {EVIL}\n: Definition {EVIL}"),
        format!("```{EVIL}\nx\n```"),
    ] {
        assert_safe(&markdown, 40);
    }
}

/// Renders in every way and checks the properties of the output.
#[track_caller]
fn assert_safe(markdown: &str, width: usize) {
    let plain_options = TextOptions { entry_ids: true, ..TextOptions::for_pipe(width) };
    let styled_options = TextOptions { entry_ids: true, ..TextOptions::for_terminal(width) };
    let laid_out = text(markdown, &plain_options);
    assert!(laid_out.is_empty() || laid_out.ends_with('\n') && !laid_out.ends_with("\n\n"), "{markdown:?}");
    for rendered in [laid_out, plain(markdown), plain_line(markdown), title(markdown, &plain_options)] {
        assert_clean(&rendered, markdown);
    }
    for rendered in [text(markdown, &styled_options), item("- ", markdown, &styled_options)] {
        let bare: String = rendered.lines().map(|line| without_escapes(line, markdown) + "\n").collect();
        assert_clean(&bare, markdown);
    }
}

#[track_caller]
fn assert_clean(rendered: &str, markdown: &str) {
    for line in rendered.split('\n') {
        assert_eq!(sanitise(line), line, "{markdown:?}");
        assert!(!line.ends_with(' '), "{markdown:?}: {line:?}");
    }
}

/// Removes our own escape sequences from a line and checks that each is closed in it.
#[track_caller]
fn without_escapes(line: &str, markdown: &str) -> String {
    let mut bare = String::new();
    let (mut styled, mut linked) = (false, false);
    let mut parts = line.split('\x1b');
    bare.push_str(parts.next().unwrap());
    for part in parts {
        if let Some(style) = part.strip_prefix('[') {
            let (code, rest) = style.split_once('m').expect("a style ends");
            assert!(code.bytes().all(|byte| byte.is_ascii_digit()), "{markdown:?}: {code:?}");
            styled = code != "0";
            bare.push_str(rest);
        } else if let Some(address) = part.strip_prefix("]8;;") {
            assert!(address.bytes().all(|byte| byte.is_ascii_graphic()), "{markdown:?}: {address:?}");
            linked = !address.is_empty();
        } else {
            bare.push_str(part.strip_prefix('\\').expect("only our own sequences"));
        }
    }
    assert!(!styled && !linked, "{markdown:?}: open at the end of {line:?}");
    bare
}

#[test]
fn deep_nesting_costs_neither_stack_nor_width() {
    for (nested, depth) in
        [(">", 10_000), ("- ", 10_000), ("1. ", 10_000), ("> - ", 5_000), ("[", 10_000), ("*a ", 10_000)]
    {
        let markdown = nested.repeat(depth) + "The text that is inside of it all";
        let rendered = text(&markdown, &TextOptions::for_pipe(20));
        assert!(rendered.lines().all(|line| line.width() <= 20), "{nested}");
        assert!(rendered.contains("all"), "{nested}");
    }
}

#[test]
fn any_width_will_do() {
    let answer = "- one [two](https://three.example/)\n\n> |four|five|\n> |-|-|\n> |six seven|eight|\n\n***";
    for width in [0, 1, 19] {
        assert_eq!(text(answer, &TextOptions::for_pipe(width)), text(answer, &TextOptions::for_pipe(20)));
    }
    assert!(!text(answer, &TextOptions::for_pipe(usize::MAX)).is_empty());
}

/// Pieces of Markdown, some of them hostile. None makes code blocks or addresses, which may be wider than a page.
const PIECES: [&str; 62] = [
    "word ",
    "longer-word-than-most ",
    "中文，",
    "字。",
    "（",
    "👩\u{200d}💻",
    "e\u{301}",
    "\u{fe0f}",
    "*",
    "**",
    "_",
    "~~",
    "`",
    "``",
    "[",
    "](x)",
    "](faqt:id)",
    "](mailto:a@b)",
    "![",
    "<b>",
    "</b>",
    "<br>",
    "<div>",
    "</div>\n",
    "<script>",
    "</script>",
    "<!--",
    "-->",
    "<",
    ">",
    "\n",
    "\n\n",
    "\\\n",
    "- ",
    "\n- ",
    "\n1. ",
    "\n999999999. ",
    "\n> ",
    "\n> [!NOTE]\n> ",
    "\n# ",
    "\n---\n",
    "\n|a|b|c|\n|-|:-:|-:|\n|",
    "|",
    " | ",
    "\n[^n]: ",
    "[^n]",
    "\n: ",
    "- [x] ",
    "&#27;",
    "&#x9b;",
    "&#x202e;",
    "&#10;",
    "&nbsp;",
    "\u{1b}",
    "\u{9b}",
    "\u{202e}",
    "\u{200b}",
    "\t",
    "\0",
    "\r",
    "\u{2028}",
    "\u{3000}",
];

proptest! {
    #[test]
    fn any_string_renders_safely(markdown in any::<String>(), width in 0..100_usize) {
        assert_safe(&markdown, width);
    }

    #[test]
    fn any_markdown_renders_safely(pieces in prop::collection::vec(prop::sample::select(&PIECES[..]), 0..60), width in 0..100_usize) {
        assert_safe(&pieces.concat(), width);
    }

    #[test]
    fn no_line_is_wider_than_the_page(pieces in prop::collection::vec(prop::sample::select(&PIECES[..]), 0..60), width in 20..60_usize) {
        let markdown = pieces.concat();
        let has_code = parse(&markdown).iter().any(|event| matches!(event, Event::Start(Tag::CodeBlock(_))));
        for line in text(&markdown, &TextOptions::for_pipe(width)).lines() {
            prop_assert!(has_code || line.width() <= width, "{markdown:?}: {line:?}");
        }
    }
}
