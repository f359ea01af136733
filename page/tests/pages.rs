//! Pages over small knowledge bases: what a reader sees, without a browser.

use faqt::KnowledgeBase;
use faqt::build::Builder;
use faqt_page::{Addresses, Fragment, Request, Site, document, fragment};

const LAMP: &str = "---
question: How do I reset the lamp?
aliases: [The lamp hangs]
keywords: [reset, 复位]
help_ids: [E42]
related: [open, {title: The manual, url: 'https://example.org/manual', status: cited}]
---
The lamp has a small computer inside, which may hang after a storm or when the battery was nearly empty for a long time.
Most readers never need this.

### Hold the button

Hold the button on the back for ten seconds, until the light blinks twice. Then let it go, and wait for a minute.

### After that

All colours are as they were in the shop. Times of day have to be set again. The lamp forgets which room it stands in, and
which other lamps it knew. The app finds it again when both are in one network, which takes up to five minutes.
";
const OPEN: &str =
    "---\nquestion: Open the case\nkind: procedure\n---\n1. Take a [tool](https://example.org).\n2. Turn it.\n";
const LOUD: &str = "---\nquestion: Is it loud?\nlang: zh\n---\nNo.\n";

fn kb() -> KnowledgeBase {
    let files = [
        ("light/reset.md", LAMP),
        ("open.md", OPEN),
        ("loud.md", LOUD),
        ("faqt.toml", "name = 'Lamp'\n[redirects]\nrestart = 'reset'\n"),
    ];
    let files = files.map(|(path, text)| (path, text.replace("question: How", "id: reset\nquestion: How")));
    KnowledgeBase::from_vec(Builder::from_files("lamp", files).build().expect("it builds").pack).expect("it opens")
}

fn site() -> Site {
    Site::of(kb().manifest())
}

fn get(request: &Request) -> Fragment {
    fragment(&site(), &kb(), request).expect("the pack is sound")
}

fn ask(query: &str) -> Fragment {
    get(&Request::new("ask").with("q", query))
}

#[track_caller]
fn assert_holds(html: &str, parts: &[&str]) {
    for part in parts {
        assert!(html.contains(part), "no {part} in:\n{html}");
    }
}

#[test]
fn an_answer_has_its_passage_its_procedures_and_its_names() {
    let answer = ask("how do I reset the lamp").html;
    assert_holds(
        &answer,
        &[
            "<div class=\"result answered\">",
            "<h1 tabindex=\"-1\">How do I reset the lamp?</h1>",
            "<section class=\"passage\" id=\"passage\" tabindex=\"-1\" aria-label=\"The passage that answers\"><p>The <mark>lamp</mark>",
            "<h2>After that</h2>",
            "<a href=\"/e/open\">Open the case</a>",
            "<a class=\"outside\" href=\"https://example.org/manual\" rel=\"noopener noreferrer nofollow\">The manual</a>",
            "cited elsewhere, not opened",
            "<a href=\"/keywords?k=%E5%A4%8D%E4%BD%8D\">复位</a>",
            "<li>The lamp hangs</li>",
            "<a class=\"permalink\" href=\"/e/reset\" rel=\"bookmark\">",
            "<code>E42</code>",
            "data-status=\"Answer: How do I reset the lamp?\"",
        ],
    );
    let answer = ask("how long do I hold the button to reset the lamp").html;
    let (before, rest) = answer.split_once("<section class=\"passage\"").expect("a passage");
    let (passage, _) = rest.split_once("</section>").expect("it ends");
    assert!(before.contains("Most readers never need this") && !before.contains("<mark>"), "{answer}");
    assert!(passage.contains("<h2><mark>Hold</mark> the <mark>button</mark></h2>"), "{answer}");
    assert!(!before.contains("href=\"#passage\""), "it is near the top: {answer}");
}

#[test]
fn a_question_that_nothing_answers_is_not_covered_in_words() {
    let page = ask("what is the capital of <Mongolia>");
    assert_holds(&page.html, &["Not covered: <q>what is the capital of &lt;Mongolia&gt;</q>", "No entry answers"]);
    assert!(!page.is_found);
}

#[test]
fn an_entry_has_a_page_and_its_former_id_leads_to_it() {
    let page = get(&Request::new("e/reset"));
    assert_eq!((page.moved_to, page.is_found), (None, true));
    for name in ["restart", "E42"] {
        let page = get(&Request::new(format!("e/{name}")));
        assert_eq!(page.moved_to.as_deref(), Some("reset"), "{name}");
    }
    let page = get(&Request::new("e/<b>"));
    assert!(!page.is_found && page.html.contains("<code>&lt;b&gt;</code>"), "{}", page.html);
}

#[test]
fn contents_and_keywords_lead_to_entries() {
    assert_holds(&get(&Request::new("contents")).html, &["<h2>", "<a href=\"/e/loud\" lang=\"zh\">Is it loud?</a>"]);
    assert_holds(&get(&Request::new("keywords")).html, &["reset</a></dt><dd><a href=\"/e/reset\">"]);
    let under = get(&Request::new("keywords").with("k", "RESET"));
    assert_holds(&under.html, &["<a href=\"/e/reset\">"]);
    assert!(!get(&Request::new("keywords").with("k", "rice")).is_found);
}

#[test]
fn a_path_that_is_none_has_a_page_that_says_so() {
    let page = get(&Request::new("nowhere"));
    assert!(!page.is_found && page.html.contains("No page is at this address: <code>nowhere</code>"), "{}", page.html);
}

#[test]
fn contents_have_pages_of_the_length_that_the_site_names() {
    let mut site = site();
    let page = |site: &Site, from: &str| {
        fragment(site, &kb(), &Request::new("contents").with("from", from)).expect("the pack is sound").html
    };
    site.contents_limit = Some(2);
    assert_holds(&page(&site, "0"), &["<a href=\"/contents?from=2\" rel=\"next\">"]);
    assert_holds(&page(&site, "2"), &["<a href=\"/contents?from=0\" rel=\"prev\">"]);
    site.contents_limit = Some(usize::MAX);
    assert_eq!(page(&site, "0").matches("<li>").count(), 3);
    assert!(!page(&site, "1").contains("rel=\"next\""));
}

#[test]
fn completions_are_options() {
    let options = get(&Request::new("complete").with("q", "rese")).html;
    assert!(options.starts_with("<li role=\"option\" id=\"option-0\" aria-selected=\"false\" data-path=\"e/reset\""));
    assert_eq!(get(&Request::new("complete").with("q", " ")).html, "");
}

#[test]
fn a_document_works_without_a_script() {
    let request = Request::new("").with("q", "is it \"loud\"").with("lang", "zh");
    let page = document(&site(), &request, &get(&request));
    assert_holds(
        &page,
        &[
            "<form id=\"ask\" role=\"search\" action=\"/\"",
            "value=\"is it &quot;loud&quot;\"",
            "<option value=\"zh\" selected>",
            "<main id=\"main\" tabindex=\"-1\"><div class=\"fragment\"",
        ],
    );
    for forbidden in ["<style", " style=", "onclick", "javascript:", "<script>"] {
        assert!(!page.contains(forbidden), "{forbidden} in {page}");
    }
}

#[test]
fn one_file_has_addresses_within_itself() {
    let mut site = site();
    site.addresses = Addresses::Fragments;
    let request = Request::new("e/reset");
    let page = document(&site, &request, &fragment(&site, &kb(), &request).expect("the pack is sound"));
    assert_holds(&page, &["href=\"#/e/open\"", "href=\"#/contents\"", "data-addresses=\"fragments\""]);
    assert!(!page.contains("/assets/") && !page.contains("href=\"/"), "{page}");
}

#[test]
fn the_words_of_the_page_are_chinese_for_a_chinese_site() {
    let mut site = site();
    site.language = "zh-CN".to_owned();
    let page = document(&site, &Request::new(""), &fragment(&site, &kb(), &Request::new("")).expect("sound"));
    assert_holds(&page, &["<html lang=\"zh\"", ">提问</button>", "目录"]);
}

#[test]
fn poison_is_text() {
    let poison = "<script>alert(1)</script>\u{202e}\u{1b}[31m\" onclick=\"alert(1)\"";
    // The answer is so long that a passage of it is marked.
    let long = "Nobody has to read this, which is here for its length alone. ".repeat(10);
    let text = format!(
        "# {poison}\n\n{long}\n\n## Alert\n\n[x](javascript:alert(1)) {poison} <img src=x onerror=alert(1)>\n\n## Rest\n\n{long}\n"
    );
    let settings = "[[pages]]\nfiles = '*'\nsplit = 'page'\n".to_owned();
    let kb = KnowledgeBase::from_vec(
        Builder::from_files(poison, [("a.md", text), ("faqt.toml", settings)])
            .lenient(true)
            .build()
            .expect("it builds")
            .pack,
    )
    .expect("it opens");
    let mut site = Site::of(kb.manifest());
    site.knowledge_bases = vec![poison.to_owned(), "b".to_owned()];
    let id = kb.entries().next().expect("an entry").expect("the pack is sound").id;
    let shown = |request: &Request| {
        let fragment = fragment(&site, &kb, request).expect("the pack is sound");
        let page = document(&site, request, &fragment);
        assert!(!page.contains("<script>") && !page.contains("<img"), "{request:?}: {page}");
        assert!(!page.contains(" onclick=\"") && !page.contains(['\u{202e}', '\u{1b}']), "{request:?}: {page}");
        page
    };
    for path in ["", "ask", "contents", "keywords", "complete", &format!("e/{id}"), &format!("e/{poison}")] {
        for name in ["q", "k"] {
            shown(&Request::new(path).with(name, poison).with("kb", poison).with("lang", poison));
        }
    }
    assert_holds(&shown(&Request::new("ask").with("q", poison)), &["<section class=\"passage\"", "<mark>"]);
}
