//! Addresses: every output format links only to the web and to mailboxes, and shows the address.
#![cfg(unix)]

mod support;
#[path = "support/terminal.rs"]
mod terminal;

use support::{content, faqt};

const BAD: [&str; 8] = [
    "javascript:alert(1)",
    "JaVaScRiPt:alert(1)",
    "java\\tscript:alert(1)",
    "\\u0001javascript:alert(1)",
    " javascript:alert(1)",
    "data:text/html,javascript",
    "vbscript:javascript",
    "file:///javascript",
];

#[test]
fn other_addresses_are_errors_of_a_build_with_their_lines() {
    for url in BAD {
        let folder = tempfile::tempdir().expect("a folder");
        let entry = format!(
            "---\nid: lamp\nquestion: How do I reset the lamp?\nkeywords: [lamp]\nrelated:\n  - {{title: The maker, url: \"{url}\"}}\n---\nHold the button.\n"
        );
        let settings = format!("name = \"x\"\n[source]\ntitle = \"The manual\"\nurl = \"{url}\"\n");
        let content = content(folder.path(), &[("lamp.md", &entry), ("faqt.toml", &settings)]);
        let content = content.to_str().expect("UTF-8");
        let pack = folder.path().join("kb.faqt");
        let built = faqt(["build", content, "-o", pack.to_str().expect("UTF-8")]);
        assert_eq!(built.code, Some(2), "{built:?}");
        for place in ["lamp.md:6: the address `", "faqt.toml:4: the address `"] {
            let line = built.stderr.lines().find(|line| line.contains(place));
            let remedy = "(write an address that begins with `https://`, `http://` or `mailto:`)";
            assert!(line.is_some_and(|line| line.ends_with(remedy)), "{url:?}: {built:?}");
        }
        // A folder with such an address still answers, without the address.
        for format in ["text", "json", "markdown"] {
            for words in [&["show", "lamp"][..], &["list"], &["reset", "lamp"], &["--keyword", "lamp"]] {
                let run = faqt([&["--kb", content, "--format", format], words].concat());
                assert_eq!(run.code, Some(0), "{run:?}");
                let shown = run.stdout.to_ascii_lowercase();
                assert!(
                    !shown.contains("script") && !shown.contains("data:") && !shown.contains("file:"),
                    "{url:?}: {run:?}"
                );
            }
        }
    }
}

#[test]
fn titles_are_text_in_markdown() {
    let folder = tempfile::tempdir().expect("a folder");
    let hostile = "<script>x</script> [bank](https://other.example) *a* &lt;";
    let entry = format!(
        "---\nid: 'a<b>c'\nquestion: '{hostile}'\nsection: ['{hostile}']\nkeywords: ['- {hostile}']\nrelated:\n  - {{title: '{hostile}', url: 'https://example.org/?a=b&c=(d)', status: seen}}\n---\nText.\n"
    );
    let settings = format!("name = '{hostile}'\nsource = {{ title = '{hostile}', url = 'https://example.org' }}\n");
    let content = content(folder.path(), &[("a.md", &entry), ("faqt.toml", &settings)]);
    let content = content.to_str().expect("UTF-8");
    for words in
        [&["show", "a<b>c"][..], &["list"], &["list", "--keywords"], &["list", "--sections"], &["script"], &["zzz"]]
    {
        let run = faqt([&["--kb", content, "--format", "markdown"], words].concat());
        let html = faqt::render::html(&run.stdout, &faqt::render::HtmlOptions::default());
        assert!(!run.stdout.is_empty() && !html.contains("<em>"), "{run:?}");
        for address in html.split("href=\"").skip(1) {
            assert!(address.starts_with("https://example.org"), "{html}");
        }
        if words != ["zzz"] {
            let text = "&lt;script&gt;x&lt;/script&gt; [bank](https://other.example) *a* &amp;lt;";
            assert!(html.contains(text) || words == ["list", "--sections"] || html.contains("a&lt;b&gt;c"), "{html}");
        }
    }
    let page = faqt(["--kb", content, "--format", "markdown", "show", "a<b>c"]).stdout;
    assert!(page.contains(", <https://example.org/?a=b&c=(d)> (page seen)\n"), "{page}");
}

#[test]
fn a_link_that_reads_as_another_address_is_followed_by_the_true_one() {
    let folder = tempfile::tempdir().expect("a folder");
    let text = "# Where is my bank?\n\nAt [bank.example](http://other.example), [**https://bank**.example](http://second.example) \
                    or [here](http://third.example), or [\u{430}bank.example](https://\u{430}bank.example).\n";
    let content = content(folder.path(), &[("a.md", text)]);
    let mut command = support::command(["--kb".as_ref(), content.as_os_str(), "bank".as_ref()]);
    command.env("TERM", "xterm-256color").env("FORCE_HYPERLINK", "1").env("PAGER", "cat");
    let shown = String::from_utf8(terminal::shown(command)).expect("UTF-8");
    for address in ["(http://other.example)", "(http://second.example)", "(https://%D0%B0bank.example)"] {
        assert!(shown.contains(address), "{shown}");
    }
    assert!(!shown.contains("(http://third.example)") && shown.contains("\x1b]8;;http://third.example"), "{shown}");
}

#[test]
fn a_link_to_an_entry_shows_the_id_that_show_takes() {
    let folder = tempfile::tempdir().expect("a folder");
    let lamp = "---\nquestion: Is it loud?\n---\n\nNot after [a reset](reset.md); [Open the case](case.md), or [the \
                case](case.md), or see [heavy](heavy.md) and [its weight](heavy.md).\n";
    let reset = "---\nquestion: How do I reset it?\n---\n\nHold the button.\n";
    let case = "---\nquestion: Open the case\nkind: procedure\n---\n\nTurn the screws.\n";
    let heavy = "---\nquestion: Is it heavy?\n---\n\nNo.\n";
    let files = [("lamp.md", lamp), ("reset.md", reset), ("case.md", case), ("heavy.md", heavy)];
    let content = content(folder.path(), &files);
    let kb = content.to_str().expect("UTF-8");
    let arguments = ["--kb", kb, "--width", "200", "is it loud"];
    let shown = faqt(arguments).stdout;
    // The case is listed with its id below, under its title.
    let expected =
        "Not after a reset [reset]; Open the case, or the case [case], or see heavy and its weight [heavy].\n";
    assert!(shown.contains(expected) && shown.contains("  Open the case [case]\n"), "{shown}");
    for id in ["reset", "case", "heavy"] {
        assert_eq!(faqt(["--kb", kb, "show", id]).code, Some(0), "{id}");
    }
    let mut command = support::command(arguments);
    command.env("TERM", "tmux-256color").env("TMUX", "/tmp/tmux,1,0").env("PAGER", "cat").env("PATH", "/usr/bin:/bin");
    let shown = String::from_utf8(terminal::shown(command)).expect("UTF-8");
    assert!(shown.contains("[reset]") && shown.contains("[heavy]"), "{shown:?}");
    let markdown = faqt(["--kb", kb, "--format", "markdown", "is it loud"]).stdout;
    assert!(markdown.contains("[a reset](<faqt:reset>); ["), "{markdown}");
}
