//! Input and expected output: one table for each kind of content.

use super::options::Images;
use super::*;

#[track_caller]
fn check(options: &HtmlOptions, cases: &[(&str, &str)]) {
    for (markdown, expected) in cases {
        assert_eq!(html(markdown, options).trim_end(), *expected, "\n{markdown}");
    }
}

fn defaults() -> HtmlOptions {
    HtmlOptions::default()
}

#[test]
fn an_answer_with_everything() {
    let answer = "\
Yes, **a domain** of Baidu can be *bound*, see [the steps](faqt:transfer) or <https://example.com/help>.

> [!NOTE]
> First this:
>
> 1. Open the `console`.
> 2. Copy the value.[^ttl]

| Record | TTL |
|:-|-:|
| `@` | 600 |

- [x] filed
- [ ] bound

```sh
dig example.com | less
```

Term
: What it means.

<details><summary>More</summary>Inside.</details>

![The console](https://example.com/console.png \"Console\")

[^ttl]: It takes *ten* minutes.
";
    insta::assert_snapshot!(html(answer, &defaults().with_entry_href("/help/").with_id_prefix("a1-")));
}

#[test]
fn links_lead_where_they_may() {
    const REL: &str = "rel=\"noopener noreferrer nofollow\"";
    let at_help = defaults().with_entry_href("/help/");
    check(
        &at_help,
        &[
            ("[a](faqt:b)", "<p><a href=\"/help/b\">a</a></p>"),
            ("[](faqt:b)", "<p><a href=\"/help/b\">b</a></p>"),
            ("[a](<faqt:备 案/../x?y#z>)", "<p><a href=\"/help/%E5%A4%87%20%E6%A1%88%2F..%2Fx%3Fy%23z\">a</a></p>"),
            ("[a](faqt:..) [b](faqt:.) [c](faqt:)", "<p>a b c</p>"),
            ("[a](https://b.c)", &format!("<p><a href=\"https://b.c\" {REL}>a</a></p>")),
            ("[](https://b.c)", &format!("<p><a href=\"https://b.c\" {REL}>https://b.c</a></p>")),
            ("[a](https://b.c/\"'&<x>)", &format!("<p><a href=\"https://b.c/%22&#39;&amp;%3Cx%3E\" {REL}>a</a></p>")),
            ("[a](https://b \"c\" d)", "<p>[a](https://b \"c\" d)</p>".replace('"', "&quot;").as_str()),
            ("[a](https://b.c \"d\")", &format!("<p><a href=\"https://b.c\" title=\"d\" {REL}>a</a></p>")),
            ("<me@b.c>", &format!("<p><a href=\"mailto:me@b.c\" {REL}>me@b.c</a></p>")),
        ],
    );
    check(&defaults(), &[("[a](faqt:b), [](faqt:b)", "<p>a, b</p>")]);
}

#[test]
fn other_schemes_are_text() {
    for url in [
        "javascript:alert(1)",
        "JaVaScRiPt:alert(1)",
        "data:text/html;base64,PHNjcmlwdD4",
        "vbscript:x",
        "//b.c",
        "x.md",
    ] {
        for markdown in [format!("[a]({url})"), format!("![a]({url})"), format!("[a][r]\n\n[r]: {url}")] {
            assert_eq!(html(&markdown, &defaults()), "<p>a</p>\n", "{markdown}");
        }
    }
    assert_eq!(html("[a](java&#10;script:x) [b](&#1;javascript:x)", &defaults()), "<p>a b</p>\n");
}

#[test]
fn a_text_that_reads_as_another_address_is_followed_by_the_true_one() {
    let page = html("[https://bank.example](https://evil.example)", &defaults());
    assert!(page.ends_with(">https://bank.example</a> (https://evil.example)</p>\n"), "{page}");
}

#[test]
fn an_address_inside_a_link_is_its_text() {
    let page = html("[![a](x) <https://b.c>](https://d.e)", &defaults());
    assert_eq!(page.matches("<a ").count(), 1, "{page}");
}

#[test]
fn images_load_only_if_the_host_says_so() {
    let with = |images| HtmlOptions { images, ..defaults() };
    let (plain, titled) = ("![a *b*](https://c.d/e.png)", "![](https://c.d/e.png \"t\")");
    check(&with(Images::Describe), &[(plain, "<p>a b</p>"), (titled, "<p></p>")]);
    let anchor = "<a href=\"https://c.d/e.png\"";
    let rel = "rel=\"noopener noreferrer nofollow\"";
    check(
        &with(Images::Link),
        &[
            (plain, &format!("<p>{anchor} {rel}>a b</a></p>")),
            (titled, &format!("<p>{anchor} title=\"t\" {rel}>https://c.d/e.png</a></p>")),
            ("[![a](https://c.d/e.png)](https://f.g)", &format!("<p><a href=\"https://f.g\" {rel}>a</a></p>")),
            ("![a](local.png) ![b](mailto:x@y) ![c](faqt:d)", "<p>a b c</p>"),
        ],
    );
    let load = "loading=\"lazy\" referrerpolicy=\"no-referrer\"";
    check(
        &with(Images::Load),
        &[
            (plain, &format!("<p><img src=\"https://c.d/e.png\" alt=\"a b\" {load}></p>")),
            (titled, &format!("<p><img src=\"https://c.d/e.png\" alt=\"\" title=\"t\" {load}></p>")),
            ("![a \" onerror=x](javascript:y)", "<p>a &quot; onerror=x</p>"),
        ],
    );
}

#[test]
fn raw_html_is_its_text() {
    check(
        &defaults(),
        &[
            ("a <b onclick='x'>b</b><br>c", "<p>a <strong>b</strong><br>\nc</p>"),
            ("a <script>b</script> c", "<p>a  c</p>"),
            ("<script>\nalert(1)\n</script>", ""),
            ("<div>\n<p>a &lt;b&gt;</p>\n</div>", "<p>a &lt;b&gt;</p>"),
            ("<details><summary>a</summary>b</details>", "<p><strong>a</strong></p>\n<p>b</p>"),
            ("&lt;script&gt; &amp;lt;", "<p>&lt;script&gt; &amp;lt;</p>"),
            ("a <script>[b](https://c.d) ![e](https://f.g)</script>", "<p>a </p>"),
        ],
    );
}

#[test]
fn what_deceives_is_dropped() {
    check(
        &defaults(),
        &[
            ("a&#x202e;b&#8203;c &#27;[31m", "<p>abc ␛[31m</p>"),
            ("`a\u{202e}b`", "<p><code>ab</code></p>"),
            ("```\na\tb\u{1b}\n\u{202e}c\n```", "<pre><code>a\tb␛\nc\n</code></pre>"),
            ("```a\"onx=\nb\n```", "<pre><code>b\n</code></pre>"),
            ("```rust,ignore\nb\n```", "<pre><code class=\"language-rust\">b\n</code></pre>"),
        ],
    );
}

#[test]
fn headings_take_their_place_and_no_ids() {
    let lowered = HtmlOptions { heading_offset: 2, ..defaults() };
    check(&defaults(), &[("# a {#b .c onclick=d}\n\n###### e", "<h1>a</h1>\n<h6>e</h6>")]);
    check(&lowered, &[("# a\n\n##### b", "<h3>a</h3>\n<h6>b</h6>")]);
    check(&HtmlOptions { heading_offset: 255, ..defaults() }, &[("# a", "<h6>a</h6>")]);
}

#[test]
fn blocks_nest() {
    check(
        &defaults(),
        &[
            ("- a\n  - b\n- c", "<ul>\n<li>a\n<ul>\n<li>b</li>\n</ul>\n</li>\n<li>c</li>\n</ul>"),
            ("3. a\n\n   b", "<ol start=\"3\">\n<li>\n<p>a</p>\n<p>b</p>\n</li>\n</ol>"),
            ("> a\n> > b", "<blockquote>\n<p>a</p>\n<blockquote>\n<p>b</p>\n</blockquote>\n</blockquote>"),
            (
                "|a|\n|:-:|",
                "<table>\n<thead>\n<tr><th class=\"align-center\">a</th></tr>\n</thead>\n<tbody>\n</tbody>\n</table>",
            ),
            ("百度注册的\n**域名**\nx", "<p>百度注册的<strong>域名</strong> x</p>"),
            ("a\n\n---\n\nb", "<p>a</p>\n<hr>\n<p>b</p>"),
        ],
    );
}

#[test]
fn footnotes_keep_to_their_prefix() {
    let page = html("a[^x] b[^x] [c[^y]](https://d.e)\n\n[^x]: `f`\n[^y]:\n    - g", &defaults().with_id_prefix("\"p"));
    insta::assert_snapshot!(page);
}

#[test]
fn deep_nesting_costs_no_stack() {
    for nested in [">", "- ", "1. ", "[", "*a ", "![", "<b>"] {
        let page = html(&(nested.repeat(10_000) + "all"), &defaults());
        assert!(page.contains("all"), "{nested}");
    }
}
