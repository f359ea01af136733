//! Any text as an answer: what is shown commands no terminal and runs in no page.

#![no_main]

use faqt::render::{self, HtmlOptions, TextOptions};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|markdown: &str| {
    let width = 1 + markdown.len() % 100;
    let text = render::text(markdown, &TextOptions::for_pipe(width));
    for shown in [text, render::plain(markdown)] {
        let command = shown.chars().find(|c| c.is_control() && *c != '\n');
        assert_eq!(command, None, "{shown:?}");
    }
    let page = render::html(markdown, &HtmlOptions::default()).to_ascii_lowercase();
    for harm in ["<script", "<iframe", "<style", "href=\"javascript", "href=\"data:", "src=\"javascript"] {
        assert!(!page.contains(harm), "{page:?}");
    }
});
