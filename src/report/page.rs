//! A whole page, with its styles in it.

use faqt::render::escape_html;
use maud::{DOCTYPE, Markup, PreEscaped, Render, html};

/// The additions to the style sheet of answers.
const STYLE: &str = include_str!("assets/report.css");

/// Text of content and file names, sanitised and escaped where it is written.
pub(super) struct Text<T>(pub(super) T);

impl<T: AsRef<str>> Render for Text<T> {
    fn render(&self) -> Markup {
        PreEscaped(escape_html(self.0.as_ref()))
    }
}

/// Returns a page that loads nothing, from anywhere.
pub(super) fn page(title: &str, content: &Markup) -> String {
    html! {
        (DOCTYPE)
        html lang="en" {
            head {
                meta charset="utf-8";
                meta http-equiv="content-security-policy" content="default-src 'none'; style-src 'unsafe-inline'";
                meta name="viewport" content="width=device-width, initial-scale=1";
                meta name="color-scheme" content="light dark";
                meta name="referrer" content="no-referrer";
                title { (Text(title)) }
                style { (PreEscaped(faqt_page::STYLE)) (PreEscaped(STYLE)) }
            }
            body.report {
                main {
                    h1 { (Text(title)) }
                    (content)
                }
                footer { p { "Written by faqt " (env!("CARGO_PKG_VERSION")) "." } }
            }
        }
    }
    .into_string()
}

/// Returns a plot with its caption, and the text that replaces it for those who do not see it.
pub(super) fn figure(svg: &str, caption: &str, description: &str) -> Markup {
    html! {
        figure {
            div role="img" aria-label=(Text(description)) { (PreEscaped(svg)) }
            @if !caption.is_empty() { figcaption { (caption) } }
        }
    }
}
