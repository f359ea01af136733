//! Constructs that show the dialect of the file that they stand in.
//!
//! Each is a pair or a shape that no text has by chance. Code is no evidence: a page about a generator shows its
//! constructs there.

use super::dialect::{Dialect, Dialects};
use super::myst::Directive;
use super::raw_html::{LastEnds, RawElement};
use super::{block, inline, tag};
use crate::source::code_fence::CodeFence;

/// Keys of front matter that only one generator reads.
const KEYS: [(&str, Dialect); 17] = [
    ("sidebar_position", Dialect::Docusaurus),
    ("sidebar_label", Dialect::Docusaurus),
    ("custom_edit_url", Dialect::Docusaurus),
    ("pagination_next", Dialect::Docusaurus),
    ("pagination_prev", Dialect::Docusaurus),
    ("hide_table_of_contents", Dialect::Docusaurus),
    ("linkTitle", Dialect::Hugo),
    ("jupytext", Dialect::Myst),
    ("kernelspec", Dialect::Myst),
    ("cssclass", Dialect::Obsidian),
    ("cssclasses", Dialect::Obsidian),
    ("redirect_from", Dialect::Jekyll),
    ("jekyll-theme", Dialect::Jekyll),
    ("lastUpdated", Dialect::Vitepress),
    ("outline", Dialect::Vitepress),
    ("tableOfContents", Dialect::Starlight),
    ("pagefind", Dialect::Starlight),
];

/// Tags of the languages of templates, and of `GitBook`.
const TEMPLATE_TAGS: &str = " if for unless case block macro call filter set with capture comment verbatim while autoescape \
                             trans embed tablerow apply spaceless raw hint tabs tab stepper step content-ref code columns column ";
/// The most tags that are remembered.
const TAGS_MAX: usize = 16;

/// Layouts of Jekyll's themes.
const LAYOUTS: [&str; 4] = ["default", "post", "single", "splash"];

/// Returns the dialects that the front matter and the body of a file show.
pub(crate) fn in_file(front: &str, body: &str) -> Dialects {
    let mut dialects = in_front_matter(front);
    if !body.contains(['{', '!', '=', ':', '[', '/']) && !body.contains("import ") && !body.contains("<script ") {
        return dialects;
    }
    let mut fence: Option<CodeFence> = None;
    let mut element: Option<RawElement> = None;
    let mut is_mdx = false;
    let mut in_list = false;
    let mut tags: Vec<&str> = Vec::new();
    let lines: Vec<&str> = body.lines().collect();
    let ends = LastEnds::of(&lines);
    let last_end_of = |mark: u8, length: usize| {
        let is_end = |line: &&str| line.trim().len() >= length && line.trim().bytes().all(|byte| byte == mark);
        lines.iter().rposition(is_end).unwrap_or_default()
    };
    let (last_end, last_slashes) = (last_end_of(b':', 2), last_end_of(b'/', 3));
    for (at, line) in lines.iter().enumerate() {
        let text = line.trim();
        if let Some(open) = fence {
            fence = fence.filter(|_| !open.is_closed_by(line));
            continue;
        }
        if let Some(open) = element {
            element = element.filter(|_| !open.is_closed_by(line));
            continue;
        }
        element = RawElement::opened_by(line).filter(|open| ends.is_ahead(*open, lines.len() - at));
        if let Some(open) = element {
            dialects = if open.is_of_vue(line) { dialects.with(Dialect::Vitepress) } else { dialects };
            continue;
        }
        fence = CodeFence::opened_by(line);
        if fence.is_some() {
            if CodeFence::around_mdx(line).is_some() {
                dialects = dialects.with(Dialect::Docusaurus);
            }
            if Directive::of(text).is_some_and(|directive| directive.is_evidence()) {
                dialects = dialects.with(Dialect::Myst);
            }
            continue;
        }
        let is_import = inline::is_import(line);
        is_mdx |= is_import;
        let is_file = |(_, module): (&str, &str)| module.starts_with(['.', '@', '/']);
        if is_import && inline::imported(line).is_some_and(is_file)
            || !line.contains('`') && line.contains('<') && line.contains(" style={{")
        {
            dialects = dialects.with(Dialect::Mdx);
        }
        if is_mdx && text.starts_with('<') && text[1..].starts_with(|c: char| c.is_ascii_uppercase()) {
            dialects = dialects.with(Dialect::Mdx);
        }
        in_list = block::is_list_item(line) || (in_list && (text.is_empty() || block::indent_of(line) > 0));
        if block::indent_of(line) >= 4 && !in_list {
            continue;
        }
        if is_paired_tag(text, &mut tags) {
            dialects = dialects.with(Dialect::Jekyll);
        }
        if at < last_slashes && block::is_block_of_slashes(text) {
            dialects = dialects.with(Dialect::Mkdocs);
        }
        if let Some(dialect) = of_line(line, &lines[at + 1..], at < last_end) {
            dialects = dialects.with(dialect);
        }
    }
    dialects
}

fn in_front_matter(front: &str) -> Dialects {
    let mut dialects = Dialects::default();
    if front.trim_start().starts_with("+++") {
        dialects = dialects.with(Dialect::Hugo);
    }
    for line in front.lines() {
        let Some((key, value)) = line.split_once([':', '=']) else { continue };
        let value = value.trim().trim_matches(['"', '\'']);
        let known = KEYS.iter().find(|(known, _)| *known == key.trim_end()).map(|&(_, dialect)| dialect);
        let layout = (key == "layout" && LAYOUTS.contains(&value)).then_some(Dialect::Jekyll);
        dialects = known.or(layout).map_or(dialects, |dialect| dialects.with(dialect));
    }
    dialects
}

/// Returns the dialect that a line outside code shows; `is_closed` if a line of colons follows.
fn of_line(line: &str, following: &[&str], is_closed: bool) -> Option<Dialect> {
    if line.contains('`') {
        return None;
    }
    let text = line.trim();
    if line.contains('{')
        && let Some(dialect) = of_braces(line)
    {
        return Some(dialect);
    }
    if is_closed && block::is_component(line) {
        return Some(Dialect::Nuxt);
    }
    if text.starts_with(":::") && block::is_known_opening(text) && is_closed {
        let is_division = text.trim_start_matches(':').trim_start().starts_with('{');
        let of_pandoc = if is_division { Dialect::Quarto } else { Dialect::Colons };
        return Some(if Directive::of(text).is_some() { Dialect::Myst } else { of_pandoc });
    }
    let is_wiki_link = |start: usize| {
        let target = line[start + 2..].split("]]").next().filter(|target| target.len() + 4 <= line.len() - start);
        target.is_some_and(|target| target.starts_with(char::is_alphabetic) && target.contains(['|', '#']))
    };
    if line.match_indices("[[").take(8).any(|(at, _)| line[..at].ends_with('!') || is_wiki_link(at)) {
        return Some(Dialect::Obsidian);
    }
    let is_by_indent = || {
        let next = following.iter().find(|line| !line.trim().is_empty());
        next.is_some_and(|next| block::indent_of(next) >= block::indent_of(line) + 4)
    };
    (block::is_indented_opening(text) && is_by_indent()).then_some(Dialect::Mkdocs)
}

/// Returns the dialect that the tags of a line show.
fn of_braces(line: &str) -> Option<Dialect> {
    let has = |marks: &[&str]| marks.iter().any(|mark| line.contains(mark));
    let text = line.trim();
    if has(&["{% endhint %}", "{% endtabs %}", "{% endtab %}", "{% endstepper %}", "{% endcontent-ref %}"]) {
        return Some(Dialect::Gitbook);
    }
    if has(&["{% endhighlight %}", "{% endraw %}", "{%- endraw"]) || is_include(text) || is_kramdown(text) {
        return Some(Dialect::Jekyll);
    }
    let is_shortcode = [("{{<", ">}}"), ("{{%", "%}}")].iter().any(|(start, end)| {
        let is_alone = text.starts_with(start) && text.ends_with(end) && tag::only_tag(text).is_some();
        let closes = line.split(start).skip(1).any(|rest| rest.trim_start().starts_with('/') && rest.contains(end));
        (is_alone || closes) && !text.contains("/*")
    });
    if is_shortcode || tag::has_variable(text) {
        return Some(Dialect::Hugo);
    }
    let is_comment = text.starts_with("{/*") || (text.starts_with('#') && text.contains(" {/*"));
    let is_space = ["{' '}", "{\" \"}"].iter().any(|space| text.ends_with(space));
    if (is_comment && text.ends_with("*/}")) || is_space {
        return Some(Dialect::Mdx);
    }
    (text.starts_with("{{#") && tag::is_book_include(text)).then_some(Dialect::Mdbook)
}

/// Returns true if a line ends what the tag of a plugin began, `{% callout %}` to `{% endcallout %}`; `open` are the names of
/// such tags at the starts of lines. A text on templates may have the tags of templates themselves.
fn is_paired_tag<'l>(text: &'l str, open: &mut Vec<&'l str>) -> bool {
    let name_of = |tag: &'l str| tag.trim_start_matches(['-', ' ']).split([' ', '%']).next().unwrap_or_default();
    let begun = text.strip_prefix("{%").map(name_of);
    let is_known = |name: &str| TEMPLATE_TAGS.contains(&format!(" {name} "));
    let is_own = |name: &&str| !name.is_empty() && !name.starts_with("end") && !is_known(name) && open.len() < TAGS_MAX;
    open.extend(begun.filter(is_own).filter(|name| !open.contains(name)));
    let ended = text.rsplit_once("{%").and_then(|(_, tag)| name_of(tag).strip_prefix("end"));
    !text.contains('`') && ended.is_some_and(|name| open.contains(&name))
}

/// Returns true if a line is only the inclusion of a template.
fn is_include(text: &str) -> bool {
    let is_name =
        |name: &str| [".html", ".njk", ".liquid"].iter().any(|end| name.trim_matches(['"', '\'']).ends_with(end));
    let tag = tag::only_tag(text).filter(|_| text.starts_with("{%"));
    tag.is_some_and(|(name, arguments)| name == "include" && arguments.split([' ', ',']).next().is_some_and(is_name))
}

/// Returns true if a line is, or a heading ends in, a list of attributes of kramdown, `{: .no_toc }`.
fn is_kramdown(text: &str) -> bool {
    let list =
        text.strip_suffix('}').and_then(|text| text.rsplit_once("{:")).map(|(before, list)| (before, list.trim()));
    list.is_some_and(|(before, list)| {
        let is_list = list.starts_with(['.', '#']) || list == "toc";
        is_list && !list.contains(['{', '}', '"']) && (before.is_empty() || before.starts_with('#'))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_can_be_nothing_else_shows_a_dialect() {
        for (front, body, expected) in [
            ("", "{{< tabs >}}\na\n{{< /tabs >}}", Some(Dialect::Hugo)),
            ("+++\ntitle = 'a'\n+++\n", "", Some(Dialect::Hugo)),
            ("---\nlayout: post\n---\n", "", Some(Dialect::Jekyll)),
            ("", "{% hint %}\na\n{% endhint %}", Some(Dialect::Gitbook)),
            ("", "!!! note\n\n    a", Some(Dialect::Mkdocs)),
            ("", "```{note}\na\n```", Some(Dialect::Myst)),
            ("", "import A from './a';\n\n<A/>", Some(Dialect::Mdx)),
            ("", "import A from './a';\n\nText.", Some(Dialect::Mdx)),
            ("", "<video src=\"/a.mp4\" style={{width: '100%'}}/>", Some(Dialect::Mdx)),
            ("", "`<p style={{a: 1}}>` and `import A from './a';`", None),
            ("", "<script setup>\nimport A from './a.vue'\n</script>\n\n<A/>", Some(Dialect::Vitepress)),
            ("", "<script>\nimport A from './a.js'\n</script>\n\n<A/>", None),
            ("", "```\n{% endhint %}\n```\n\n    {% endhint %}\n\n`{% endhint %}`", None),
            ("", "What does {{ name }} mean? {% if a %} b {% endif %} {{< x >}} here", None),
            ("", "## Usage {/*usage*/}", Some(Dialect::Mdx)),
            ("", "{/* Later. */}", Some(Dialect::Mdx)),
            ("", "Choose:{' '}\n<b>a</b>", Some(Dialect::Mdx)),
            ("", "- a\n\n    {{< copyable \"sql\" >}}\n", Some(Dialect::Hugo)),
            ("", "The {{{ .company }}} lamp", Some(Dialect::Hugo)),
            ("", "a\n\n    {{< copyable \"sql\" >}}\n{{{name}}} {{{ this.a }}}", None),
            ("---\nlayout: home\n---\n", "!!! note\n\na", None),
            ("", "{{#if a}} b {{/if}}", None),
            ("", "```mdx-code-block\nimport A from './a';\n```", Some(Dialect::Docusaurus)),
            ("", "/// note | Lamp\n\na\n\n///", Some(Dialect::Mkdocs)),
            ("", "/// a path, /// another", None),
            ("", "::card{title=\"Lamp\"}\na\n::", Some(Dialect::Nuxt)),
            ("", "::std is a crate\n::", None),
            ("", "::card{title=\"Lamp\"}\na", None),
            ("", "# Lamp\n{: .no_toc }", Some(Dialect::Jekyll)),
            ("", "## Lamp {: #lamp}", Some(Dialect::Jekyll)),
            ("", "a {: .b } c\n{:a\n{: a: 1 }", None),
            ("", "{% include \"cards/a.njk\" %}", Some(Dialect::Jekyll)),
            ("", "{% include a.html title=\"b\" %}", Some(Dialect::Jekyll)),
            ("", "{% include a %} or {% include a.html %}", None),
            ("", "{% callout \"info\" %}a{% endcallout %}", Some(Dialect::Jekyll)),
            ("", "{% note %}\na\n{% endnote %}", Some(Dialect::Jekyll)),
            ("", "{% if a %}\nb\n{% endif %} and {% note %}a{% endnote %}", None),
            ("", "{% raw %}\n{{ a }}\n{% endraw %}", Some(Dialect::Jekyll)),
            ("", "```{r}\n# a\n```\n\n```{.python}\nb\n```", None),
        ] {
            assert_eq!(in_file(front, body), expected.into_iter().collect(), "{front}{body}");
        }
    }
}
