//! One HTML file with everything in it, which a browser opens without a network.

use std::fmt::Write as _;

use faqt::Entry;
use faqt::render::escape_html;
use faqt_page::Request;

use super::assemble::{Additions, GENERATOR, assemble};
use super::content::Content;
use super::policy;
use crate::cli::failure::Failure;

/// The style of what stands below the page until the engine runs.
const STYLE: &str = include_str!("assets/export.css");
/// The script that unpacks the engine and starts it.
const START: &str = include_str!("assets/start.js");
/// The engine's wrapper. It is a module whose last line exports; in a page, the rest stands in one script with the page's.
const WRAPPER: &str = include_str!("../../bindings/web/engine.mjs");

/// Returns the style sheet of exported pages.
pub(super) fn style() -> String {
    [faqt_page::STYLE, STYLE].concat()
}

/// Returns the script of exported pages.
pub(super) fn script() -> String {
    let wrapper = WRAPPER.rsplit_once("\nexport ").map_or(WRAPPER, |(wrapper, _)| wrapper);
    format!("{}\n(() => {{\n\"use strict\";\n{wrapper}\n{START}}})();\n", faqt_page::SCRIPT)
}

/// Returns the icon as an address.
pub(super) fn icon() -> String {
    format!(
        r#"<link rel="icon" href="data:image/svg+xml;base64,{}">"#,
        super::packed::encoded(faqt_page::ICON.as_bytes())
    )
}

/// Returns what the page says where the search does not start, hidden until then.
pub(super) fn note(content: &Content<'_>) -> String {
    let words = content.words;
    format!(
        r#"<p id="faqt-note" class="note" role="alert" hidden data-unsupported="{}" data-failed="{}"></p><noscript><p class="note">{}</p></noscript>"#,
        escape_html(words.unsupported),
        escape_html(words.failed),
        escape_html(words.no_script)
    )
}

/// Returns the page.
pub(super) fn write(content: &Content<'_>) -> Result<String, Failure> {
    let (style, script) = (style(), script());
    let data = |name: &str, text: &str| format!("<script type=\"text/plain\" id=\"faqt-{name}\">{text}</script>");
    let added = Additions {
        head: format!("{}{GENERATOR}<style>{style}</style>{}", policy::of_inline(&style, &script), icon()),
        above: note(content),
        below: entries(content)?,
        end: [data("engine", &content.engine), data("pack", &content.pack), format!("<script>{script}</script>")]
            .concat(),
    };
    Ok(assemble(&content.document("")?, &added))
}

/// Returns all entries as HTML below the page, each at the address by which the page links to it.
fn entries(content: &Content<'_>) -> Result<String, Failure> {
    let words = content.words;
    let mut html = format!("<section id=\"faqt-all\"><h2 id=\"/contents\">{}</h2>", escape_html(words.all));
    if content.is_small() {
        for entry in &content.entries {
            let request = Request::new(format!("e/{}", entry.id));
            let article = faqt_page::fragment(&content.site, content.kb, &request)?.html;
            let _ = write!(html, "<div id=\"/e/{}\">{article}</div>", escape_html(&entry.id));
        }
    } else {
        // A browser with scripts does not parse this until it has to show it: 10,000 questions delay the engine by 0.4 s.
        let _ = write!(html, "<noscript><p>{}</p><ul>", escape_html(words.only_questions));
        html.extend(content.entries.iter().map(question));
        html += "</ul></noscript>";
    }
    Ok(html + "</section>")
}

fn question(entry: &Entry) -> String {
    format!("<li id=\"/e/{}\">{}</li>", escape_html(&entry.id), escape_html(&entry.question))
}
