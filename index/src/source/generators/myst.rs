//! Directives and roles of `MyST`.

use super::block::Mark;
use super::kind::alert;

/// A directive: the marks of its fence, its name, and the text after it.
pub(crate) struct Directive<'a> {
    pub(crate) mark: Mark,
    pub(crate) name: &'a str,
    pub(crate) argument: &'a str,
}

/// The part that a directive plays.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Part {
    /// Its body is code.
    Code,
    /// It is replaced by something that is not in the file.
    Replaced,
    /// It shows a picture above its body.
    Picture,
    /// Its body is Markdown.
    OpenBlock,
}

/// Directives whose body is code.
const CODE: [&str; 14] = [
    "code-block",
    "code",
    "sourcecode",
    "code-cell",
    "prompt",
    "math",
    "mermaid",
    "csv-table",
    "parsed-literal",
    "eval-rst",
    "doctest",
    "testcode",
    "graphviz",
    "jupyter-execute",
];
/// Directives that Sphinx replaces.
const REPLACED: [&str; 11] = [
    "toctree",
    "tableofcontents",
    "contents",
    "include",
    "literalinclude",
    "index",
    "currentmodule",
    "module",
    "meta",
    "bibliography",
    "default-role",
];
/// Directives whose body is Markdown, besides callouts.
const BLOCKS: [&str; 26] = [
    "admonition",
    "dropdown",
    "details",
    "tab-set",
    "tab-item",
    "grid",
    "grid-item",
    "grid-item-card",
    "card",
    "list-table",
    "table",
    "glossary",
    "topic",
    "sidebar",
    "margin",
    "aside",
    "epigraph",
    "versionadded",
    "versionchanged",
    "deprecated",
    "only",
    "rubric",
    "container",
    "div",
    "exercise",
    "solution",
];
/// Roles whose content is shown as code.
const CODE_ROLES: [&str; 16] = [
    "kbd", "code", "command", "file", "program", "option", "envvar", "samp", "literal", "makevar", "regexp", "func",
    "class", "meth", "mod", "attr",
];

impl<'a> Directive<'a> {
    /// Reads the line that opens a directive.
    pub(crate) fn of(line: &'a str) -> Option<Directive<'a>> {
        let (mark, rest) = Mark::at_start(line).filter(|(mark, _)| !mark.is_short())?;
        let (name, argument) = rest.strip_prefix('{')?.split_once('}')?;
        let is_name = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_' | b':' | b'+');
        let is_directive = !name.is_empty() && name.bytes().all(is_name);
        is_directive.then(|| Directive { mark, name, argument: argument.trim() })
    }

    /// Returns the part that the directive plays.
    pub(crate) fn part(&self) -> Part {
        let name = self.name.rsplit(':').next().unwrap_or(self.name);
        if CODE.contains(&name) {
            Part::Code
        } else if REPLACED.contains(&name) || name.starts_with("auto") {
            Part::Replaced
        } else if matches!(name, "figure" | "image" | "figure-md") {
            Part::Picture
        } else if BLOCKS.contains(&name) || alert(name).is_some() || self.mark.parts().0 == b':' {
            Part::OpenBlock
        } else {
            // Pandoc names languages in braces: `{r}`, `{python}`.
            Part::Code
        }
    }

    /// Returns true if no other generator has a directive of this name.
    pub(crate) fn is_evidence(&self) -> bool {
        self.part() != Part::Code || matches!(self.name, "code-block" | "code-cell" | "eval-rst" | "math")
    }

    /// Returns the language of the code in its body.
    pub(crate) fn language(&self) -> &'a str {
        let is_named = matches!(self.name, "code-block" | "code" | "sourcecode" | "code-cell");
        if is_named { self.argument.split_whitespace().next().unwrap_or_default() } else { self.name }
    }

    /// Returns the kind and the title of the block that it opens.
    pub(crate) fn block(&self) -> (&'a str, Option<String>) {
        let version = match self.name {
            "versionadded" => "New in version",
            "versionchanged" => "Changed in version",
            "deprecated" => "Deprecated since version",
            "admonition" => return ("note", Some(self.argument.to_owned())),
            _ => return (self.name, Some(self.argument.to_owned()).filter(|title| !title.is_empty())),
        };
        ("note", Some(format!("{version} {}", self.argument)))
    }
}

/// Returns the value of an option of a directive, `:name: value`.
pub(crate) fn option(line: &str) -> Option<(&str, &str)> {
    let (name, value) = line.trim().strip_prefix(':')?.split_once(':')?;
    let is_name =
        !name.is_empty() && name.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_'));
    is_name.then(|| (name, value.trim()))
}

/// Returns true if a line holds only a label, `(name)=`, or a comment.
pub(crate) fn is_markup(line: &str) -> bool {
    let text = line.trim();
    let is_label =
        text.strip_prefix('(').and_then(|text| text.strip_suffix(")=")).is_some_and(|name| !name.contains(')'));
    is_label || line.starts_with("% ") || line == "%" || text == "+++"
}

/// Reads a role, ``{name}`text` ``; returns its length and its text as Markdown.
pub(crate) fn role(rest: &str) -> Option<(usize, String)> {
    let is_in_name = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | ':' | '+');
    let rest = rest.strip_prefix('{')?;
    // Not the next brace: a line of braces would be read once for each.
    let (name, after) = rest.split_at(rest.find(|c| !is_in_name(c))?);
    let inner = after.strip_prefix("}`").filter(|inner| !name.is_empty() && !inner.starts_with('`'))?;
    let content = inner.split('`').next().filter(|content| content.len() < inner.len() && !content.is_empty())?;
    let length = name.len() + content.len() + 4;
    let name = name.rsplit(':').next().unwrap_or(name);
    // A target follows in angle brackets: `text <target>`.
    let shown = content.strip_suffix('>').and_then(|text| text.rsplit_once(" <")).map_or(content, |(text, _)| text);
    let shown = shown.trim_start_matches(['~', '!']);
    let text = match name {
        "sup" | "superscript" => format!("<sup>{content}</sup>"),
        "sub" | "subscript" => format!("<sub>{content}</sub>"),
        "math" => format!("${content}$"),
        "abbr" | "ref" | "doc" | "term" | "any" | "numref" | "eq" | "download" | "guilabel" | "menuselection"
        | "strong" => shown.trim_start_matches('/').to_owned(),
        name if CODE_ROLES.contains(&name) => format!("`{shown}`"),
        _ => shown.to_owned(),
    };
    Some((length, text))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn roles_show_their_text() {
        for (text, expected) in [
            ("{ref}`the lamp <lamp>` x", Some((22, "the lamp"))),
            ("{kbd}`Ctrl`", Some((11, "`Ctrl`"))),
            ("{doc}`/guide/a`", Some((15, "guide/a"))),
            ("{math}`x^2`", Some((11, "$x^2$"))),
            ("{py:class}`~a.B`", Some((16, "`a.B`"))),
            ("{a}", None),
            ("{a b}`c`", None),
            ("{}`c`", None),
            ("{a}`b", None),
        ] {
            let found = role(text);
            assert_eq!(found.as_ref().map(|(length, text)| (*length, text.as_str())), expected, "{text}");
        }
    }
}
