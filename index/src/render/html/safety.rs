//! Properties of any output: it has only the promised tags and attributes, each with a promised value, and an
//! independent sanitiser finds nothing to remove.

use proptest::prelude::*;

use super::options::Images;
use super::*;
use crate::markdown::html_tags::decode;
use crate::markdown::sanitise::sanitise;

const TAGS: [&str; 34] = [
    "a",
    "aside",
    "blockquote",
    "br",
    "code",
    "dd",
    "del",
    "dl",
    "dt",
    "em",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "hr",
    "img",
    "input",
    "li",
    "ol",
    "p",
    "pre",
    "section",
    "strong",
    "sub",
    "sup",
    "table",
    "tbody",
    "td",
    "th",
    "thead",
    "tr",
    "ul",
];

const ATTRIBUTES: [&str; 15] = [
    "alt",
    "checked",
    "class",
    "disabled",
    "href",
    "id",
    "loading",
    "referrerpolicy",
    "rel",
    "src",
    "start",
    "title",
    "type",
    "width",
    "height",
];

/// Pieces of Markdown and HTML, some of them hostile.
const PIECES: [&str; 76] = [
    "word ",
    "中文，",
    "字。",
    "\u{202e}",
    "\u{200b}",
    "\u{1b}",
    "\0",
    "\t",
    "\r",
    "&#27;",
    "&#x202e;",
    "&#10;",
    "&quot;",
    "&lt;script&gt;",
    "&amp;",
    "\"",
    "'",
    "*",
    "**",
    "~~",
    "`",
    "``",
    "\n```\n",
    "\n```js\" onx='\n",
    "[",
    "](faqt:id)",
    "](<faqt:a b/../\"c>)",
    "](https://a.b/",
    "](https://a.b/ \"",
    "\")",
    ")",
    "](javascript:alert(1))",
    "](JAVASCRIPT&colon;alert(1))",
    "](data:text/html,x)",
    "](\u{1}javascript:x)",
    "](//evil.example)",
    "![",
    "[![",
    "<https://a.b/x>",
    "<javascript:x>",
    "<me@b.c>",
    "<b onclick=alert(1)>",
    "</b>",
    "<br>",
    "<img src=x onerror=y>",
    "<a href='javascript:x'>",
    "</a>",
    "<div style=\"x\">",
    "</div>\n",
    "<script>",
    "</script>",
    "<style>",
    "</style>",
    "<svg/onload=x>",
    "<!--",
    "-->",
    "<![CDATA[",
    "]]>",
    "<?",
    "?>",
    "<",
    ">",
    "\n",
    "\n\n",
    "\\\n",
    "\n- ",
    "\n1. ",
    "\n7. ",
    "\n> ",
    "\n> [!NOTE]\n> ",
    "\n# x {#id .c onclick=y}\n",
    "\n|a|b|\n|:-|-:|\n|",
    "|",
    "[^n]",
    "\n[^n]: ",
    "- [x] ",
];

proptest! {
    #[test]
    fn any_string_becomes_safe_html(markdown in any::<String>()) {
        assert_safe(&markdown);
    }

    #[test]
    fn any_markdown_becomes_safe_html(pieces in prop::collection::vec(prop::sample::select(&PIECES[..]), 0..40)) {
        let markdown = pieces.concat();
        assert_safe(&markdown);
        assert_untouched(&markdown);
    }
}

fn every_way() -> [HtmlOptions; 3] {
    let options = HtmlOptions::default().with_entry_href("/help/").with_id_prefix("p-");
    [Images::Describe, Images::Link, Images::Load].map(|images| HtmlOptions { images, ..options.clone() })
}

/// Checks the page tag by tag against what [`html`] promises.
#[track_caller]
fn assert_safe(markdown: &str) {
    for options in every_way() {
        let page = html(markdown, &options);
        let mut pieces = page.split('<');
        assert_text(pieces.next().unwrap_or_default(), markdown);
        for piece in pieces {
            let (tag, text) = piece.split_once('>').expect("every tag ends");
            assert_tag(tag, markdown);
            assert_text(text, markdown);
        }
    }
}

#[track_caller]
fn assert_text(text: &str, markdown: &str) {
    assert!(!text.contains(['<', '>', '"', '\'']), "{markdown:?}: {text:?}");
    for part in text.split(['\n', '\t']) {
        assert_eq!(sanitise(part), part, "{markdown:?}");
    }
}

#[track_caller]
fn assert_tag(tag: &str, markdown: &str) {
    let (name, mut rest) = tag.split_once(' ').unwrap_or((tag, ""));
    assert!(TAGS.contains(&name.trim_start_matches('/')), "{markdown:?}: {tag:?}");
    while !rest.is_empty() {
        let (attribute, value) = rest.split_once("=\"").expect("a value in quotes");
        let (value, after) = value.split_once('"').expect("a value that ends");
        assert!(after.is_empty() || after.starts_with(' '), "{markdown:?}: {tag:?}");
        assert_text(value, markdown);
        assert_value(attribute, &decode(value), markdown);
        rest = after.trim_start();
    }
}

#[track_caller]
fn assert_value(attribute: &str, value: &str, markdown: &str) {
    let begins = |starts: &[&str]| starts.iter().any(|start| value.starts_with(start));
    let is_promised = match attribute {
        "href" => begins(&["/help/", "#p-fn", "https://a.b/", "mailto:me@b.c"]) || is_of_the_web(value),
        "src" => begins(&["https://a.b/"]) || is_of_the_web(value),
        "class" => begins(&["align-", "language-", "markdown-alert", "footnotes"]),
        "id" => begins(&["p-fn"]),
        "start" => value.bytes().all(|byte| byte.is_ascii_digit()),
        "type" => value == "checkbox",
        _ => ATTRIBUTES.contains(&attribute),
    };
    assert!(is_promised, "{markdown:?}: {attribute}={value:?}");
}

fn is_of_the_web(address: &str) -> bool {
    let scheme = address.split(':').next().unwrap_or_default().to_ascii_lowercase();
    ["http", "https", "mailto"].contains(&scheme.as_str()) && address.bytes().all(|byte| byte.is_ascii_graphic())
}

/// Checks that ammonia, given the same promises, removes nothing.
#[track_caller]
fn assert_untouched(markdown: &str) {
    let mut cleaner = ammonia::Builder::empty();
    cleaner
        .tags(TAGS.into())
        .generic_attributes(ATTRIBUTES.into())
        .url_schemes(["http", "https", "mailto"].into())
        .url_relative(ammonia::UrlRelative::PassThrough)
        .link_rel(None);
    for options in every_way() {
        let page = html(markdown, &options);
        assert_eq!(told(&cleaner.clean(&page).to_string()), told(&page), "{markdown:?}");
    }
}

/// Undoes escapes that one writer of HTML makes and another does not.
fn told(page: &str) -> String {
    decode(page).replace('\u{a0}', " ")
}
