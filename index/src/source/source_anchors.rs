//! The anchors of a file that stand in markup of generators: tags, labels, attribute lists, options of directives.
//!
//! They are read from the text as the author wrote it, because its translation into Markdown drops them.

use super::code_fence::CodeFence;
use super::generators::{attributes, myst, shortcode};
use super::{html_links, markers, slug};

/// The longest line that is searched for attribute lists, in bytes.
const LINE_BYTES_MAX: usize = 4000;

/// An anchor, with its line counted from 0.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct SourceAnchor {
    pub(crate) line: usize,
    pub(crate) name: String,
    /// True if all files share it.
    pub(crate) is_label: bool,
}

/// Lists the anchors of `source`; code holds none, but for the options of the directive that it belongs to.
pub(crate) fn of(source: &str) -> Vec<SourceAnchor> {
    let mut found = Vec::new();
    let mut fence: Option<CodeFence> = None;
    let mut in_options = false;
    for (line, text) in source.lines().enumerate() {
        let mut add = |name: &str, is_label| found.push(SourceAnchor { line, name: name.to_owned(), is_label });
        let option = myst::option(text).filter(|_| in_options);
        if let Some((_, name)) = option.filter(|(key, name)| matches!(*key, "name" | "label") && !name.is_empty()) {
            add(name, true);
        }
        in_options = option.is_some() || opens_directive(text);
        let is_code = fence.is_some();
        fence = match fence {
            Some(open) => Some(open).filter(|open| !open.is_closed_by(text)),
            None => CodeFence::opened_by(text),
        };
        if is_code || text.len() > LINE_BYTES_MAX {
            continue;
        }
        attribute_ids(text).for_each(|id| add(id, false));
        if fence.is_some() {
            continue;
        }
        if text.contains('<') || text.contains("Id=") {
            html_links::anchors(text).for_each(|name| add(name, false));
        }
        let label = markers::label(text).filter(|_| text.trim_end().ends_with(")=")).or_else(|| formula_label(text));
        if let Some(name) = label {
            add(name, true);
        }
        if let Some(title) = component_title(text).filter(|title| !title.is_empty()) {
            add(&title, false);
        }
    }
    found
}

/// Returns true if a line opens a directive of `MyST`.
fn opens_directive(line: &str) -> bool {
    let text = line.trim().trim_start_matches(['>', ' ']);
    ["```", "~~~", ":::"].iter().any(|mark| text.starts_with(mark))
        && text.trim_start_matches(['`', '~', ':']).starts_with('{')
}

/// Lists the ids in attribute lists, `{#id}`, `{: #id .class}`; headings have theirs already.
fn attribute_ids(line: &str) -> impl Iterator<Item = &str> {
    let is_heading = line.starts_with('#');
    let lists = line.match_indices('{').filter(move |_| !is_heading && line.contains('#'));
    lists.filter_map(|(at, _)| {
        let length = attributes::length(&line[at..])?;
        let list = line[at..at + length].trim_matches(['{', '}', ':', ' ']);
        list.split_whitespace().find_map(|word| word.strip_prefix('#')).filter(|id| !id.is_empty())
    })
}

/// Returns the label of a formula of `MyST`, `$$ (label)`.
fn formula_label(line: &str) -> Option<&str> {
    let name = line.trim().strip_prefix("$$")?.trim().strip_prefix('(')?.strip_suffix(')')?;
    (!name.is_empty() && !name.contains(|c: char| c.is_whitespace() || matches!(c, '(' | '\\' | '$'))).then_some(name)
}

/// Returns the anchor of a component that opens a part of a page, from its title or its name: `<Accordion title="Heat">` has
/// `heat`, `<ParamField path="heat">` has `param-heat`.
fn component_title(line: &str) -> Option<String> {
    let tag = line.trim_start().strip_prefix('<').filter(|tag| tag.starts_with(|c: char| c.is_ascii_uppercase()))?;
    let (name, arguments) = tag.split('>').next()?.split_once(char::is_whitespace)?;
    let value = |keys: &[&str]| keys.iter().find_map(|key| shortcode::value_of(key, arguments));
    let slug_of = |value: &str| Some(slug::heading_slug(&value.replace('.', "-"))).filter(|slug| !slug.is_empty());
    match name {
        "Accordion" | "Step" | "Tab" | "TabItem" | "Update" | "Expandable" => {
            slug::heading_slug(value(&["title", "label"])?).into()
        }
        "ParamField" | "ResponseField" => {
            Some(format!("param-{}", slug_of(value(&["path", "query", "body", "header", "name"])?)?))
        }
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn markup_of_generators_holds_anchors() {
        for (source, expected) in [
            ("## 1.0\n{: #v1-0 .old}", &[(1, "v1-0", false)][..]),
            ("{#one}\nText with [words]{#two .b}.", &[(0, "one", false), (1, "two", false)]),
            ("```{code} sh\n:linenos:\n:name: run\n:name2: x\nls {#no}\n:name: no\n```", &[(2, "run", true)]),
            (":::{note}\n:label: warm\nText.\n:name: no", &[(1, "warm", true)]),
            ("$$\nx\n$$ (sum)", &[(2, "sum", true)]),
            ("(lamp)=\n# Lamp", &[(0, "lamp", true)]),
            ("<a name=\"old\"></a>", &[(0, "old", false)]),
            ("  <Accordion title=\"How hot?\" icon=\"fire\">", &[(0, "how-hot", false)]),
            ("<ResponseField path=\"lamp.heat\" type=\"number\">", &[(0, "param-lamp-heat", false)]),
            ("<Card title=\"Heat\">", &[]),
            ("`{x}` and {y} # z", &[]),
            ("```md\n{#no}\n<a name=\"no\">\n```", &[]),
            ("```{.yaml #lst-lamp}\na\n```", &[(0, "lst-lamp", false)]),
        ] {
            let found = of(source);
            let found: Vec<_> = found.iter().map(|found| (found.line, found.name.as_str(), found.is_label)).collect();
            assert_eq!(found, expected, "{source}");
        }
    }
}
