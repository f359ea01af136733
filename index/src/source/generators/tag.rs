//! Tags of templates (`{{ … }}`, `{% … %}`, shortcodes, includes) and of components.

use std::path::Path;

use super::dialect::{Dialect, Dialects};
use super::{pandoc, shortcode};
use crate::source::extensions;

/// The delimiters of template tags; longer openings stand first.
const TEMPLATES: [(&str, &str); 9] = [
    ("{{{<", ">}}}"),
    ("{{{ .", "}}}"),
    ("{{<", ">}}"),
    ("{{%", "%}}"),
    ("{{", "}}"),
    ("{%", "%}"),
    ("{/*", "*/}"),
    ("{!", "!}"),
    ("{* ", " *}"),
];

/// The address that stands for one of which only a generator knows the value.
pub(crate) const UNKNOWN_ADDRESS: &str = "{}";

pub(crate) const RAW: &str = "{% raw %}";
pub(crate) const RAW_END: &str = "{% endraw %}";
const COMMENT_END: &str = "{% endcomment %}";
/// The bytes before a tag that tell its place.
const BEFORE_BYTES: usize = 1000;

/// Returns the delimiters of the tag that `text` begins with, if the dialects have such a tag.
fn delimiters(text: &str, dialects: Dialects) -> Option<(&'static str, &'static str)> {
    let &(start, end) = TEMPLATES.iter().find(|(start, _)| text.starts_with(start))?;
    let is_markup = match start {
        "{{{<" => dialects.any(&[Dialect::Quarto]),
        "{{<" => dialects.any(&[Dialect::Hugo, Dialect::Quarto]),
        "{{{ ." | "{{%" => dialects.any(&[Dialect::Hugo]),
        "{{" if text.starts_with("{{#") => dialects.any(&[Dialect::Mdbook]) && is_book_include(text),
        "{{" => dialects.any(&[Dialect::Jekyll]),
        "{%" => dialects.any(&[Dialect::Jekyll, Dialect::Gitbook]),
        "{/*" => dialects.is_mdx(),
        _ => dialects.any(&[Dialect::Mkdocs]),
    };
    is_markup.then_some((start, end))
}

/// Returns true if `text` begins like a template tag.
pub(crate) fn may_be_template(text: &str, dialects: Dialects) -> bool {
    delimiters(text, dialects).is_some()
}

/// Returns true if the result of [`template`] may change with more of `text`.
pub(crate) fn may_go_on(text: &str) -> bool {
    let raw_goes_on = text.strip_prefix(RAW).is_some_and(|rest| !rest.contains(RAW_END) && !rest.contains('\n'));
    let name = text.trim_start_matches(['{', '%', '<', '-', ' ']);
    raw_goes_on || (name.starts_with("comment") && !text.contains(COMMENT_END))
}

/// Returns the length of the tag that `text` begins with, and its replacement; `before` is the text before it.
pub(crate) fn template(text: &str, dialects: Dialects, before: &str) -> Option<(usize, String)> {
    if let Some(rest) = text.strip_prefix(RAW) {
        let raw = rest.split(RAW_END).next().unwrap_or(rest);
        if rest.len() > raw.len() && !raw.contains('\n') {
            return Some((RAW.len() + raw.len() + RAW_END.len(), raw.to_owned()));
        }
    }
    // A line may be nothing but spaces between tags.
    let before = &before[before.ceil_char_boundary(before.len().saturating_sub(BEFORE_BYTES))..];
    let (start, end) = delimiters(text, dialects)?;
    let length = start.len() + end_of(&text[start.len()..], end)?;
    let inner = text[start.len()..length - end.len()].trim().trim_matches('-').trim();
    if let Some(shown) = inner.strip_prefix("/*").and_then(|inner| inner.strip_suffix("*/")) {
        return Some((length, format!("{start}{shown}{end}")));
    }
    if start == "{{{<" {
        // Quarto shows what an added pair of braces escapes.
        return Some((length, text[1..length - 1].to_owned()));
    }
    if start == "{{{ ." {
        return Some((length, inner.replace(['-', '_'], " ")));
    }
    if start == "{{" && !text.starts_with("{{#") {
        return Some((length, output(inner, before, text, length)));
    }
    let (name, arguments) = inner.split_once(char::is_whitespace).unwrap_or((inner, ""));
    let of_quarto =
        || pandoc::shortcode(name, arguments).filter(|_| start == "{{<" && dialects.any(&[Dialect::Quarto]));
    if let Some(shown) = of_quarto() {
        return Some((length, shown));
    }
    let argument = || arguments.split_whitespace().next().unwrap_or_default().trim_matches(['"', '\'', '`']);
    if is_address(before, &text[length..]) && !matches!(name, "ref" | "relref" | "link" | "post_url") {
        return Some((length, UNKNOWN_ADDRESS.to_owned()));
    }
    Some(match name {
        "ref" | "relref" => (length, argument().to_owned()),
        "link" | "post_url" => (length, format!("/{}", argument())),
        "comment" => (end_of(text, COMMENT_END).unwrap_or(length), String::new()),
        _ if start.starts_with("{{") || start == "{%" => (length, carried(name, arguments, before)),
        _ => (length, String::new()),
    })
}

/// Returns true if a tag is all of an address of Markdown; `before` and `after` are the texts around it.
fn is_address(before: &str, after: &str) -> bool {
    let before = before.strip_suffix('<').unwrap_or(before).trim_end_matches(' ');
    let next = after.strip_prefix('>').unwrap_or(after).trim_start_matches(' ').chars().next();
    before.ends_with("](") && matches!(next, Some(')' | '"'))
        || before.ends_with("]:") && matches!(next, None | Some('\n' | '"'))
}

/// Returns true if the value of an expression is the top of the site, `site.baseurl`, `page.root`.
fn is_base(inner: &str) -> bool {
    let name = inner.split('|').next().unwrap_or(inner).trim();
    let name = name.rsplit('.').next().unwrap_or(name);
    ["url", "base", "root", "path", "prefix"].iter().any(|part| name.contains(part))
}

/// Returns the text that stands for the output tag of this length that `text` begins with: its literal, nothing in an address,
/// else the tag as it is written.
fn output(inner: &str, before: &str, text: &str, length: usize) -> String {
    let quote = inner.chars().next().filter(|quote| matches!(quote, '"' | '\''));
    let literal = quote.and_then(|quote| inner[1..].split_once(quote)).map(|(literal, _)| literal);
    let is_in_address = before.ends_with(['(', '"', '\'', '<']) || before.ends_with("]: ");
    let begins_address = ["](", "](<", "]: "].iter().any(|start| before.ends_with(start));
    match literal {
        Some(literal) => literal.to_owned(),
        None if is_address(before, &text[length..]) || begins_address && !is_base(inner) => UNKNOWN_ADDRESS.to_owned(),
        None if is_in_address => String::new(),
        None => text[..length].to_owned(),
    }
}

/// Returns the text that a tag carries; one that opens a callout carries the name of its kind.
fn carried(name: &str, arguments: &str, before: &str) -> String {
    if name.starts_with('/') || name.starts_with("end") || matches!(name, "if" | "for" | "assign" | "unless" | "elsif")
    {
        return String::new();
    }
    let (name, arguments) = match name {
        "include" | "include_relative" | "include_cached" | "render" => {
            arguments.split_once(char::is_whitespace).unwrap_or((arguments, ""))
        }
        _ => (name, arguments),
    };
    let text = shortcode::text_of(name, arguments);
    let begins_line = before.rsplit('\n').next().is_none_or(|line| line.trim().trim_matches('>').is_empty());
    let stem = name.rsplit('/').next().unwrap_or(name).trim_end_matches(".html");
    let label = shortcode::callout(stem, arguments).filter(|_| begins_line && !text.starts_with("**"));
    match label {
        Some(label) if text.is_empty() => format!("**{label}** "),
        Some(label) => format!("**{label}** {text}"),
        None => text,
    }
}

/// Returns the name of the only tag of `line`, and its arguments.
pub(crate) fn only_tag(line: &str) -> Option<(&str, &str)> {
    let text = line.trim();
    let (start, end) = TEMPLATES.iter().find(|(start, end)| text.starts_with(start) && text.ends_with(end))?;
    let inner = text.get(start.len()..text.len() - end.len())?.trim().trim_matches('-').trim();
    let inner = if inner.contains(end) { return None } else { inner };
    Some(inner.split_once(char::is_whitespace).unwrap_or((inner, "")))
}

/// Returns true if a generator replaces `line` with another file, even in code.
pub(crate) fn is_include(line: &str, dialects: Dialects) -> bool {
    let text = line.trim();
    let between = |start: &str, end: &str| text.len() > 5 && text.starts_with(start) && text.ends_with(end);
    if text.starts_with("<<< @/") {
        return dialects.any(&[Dialect::Vitepress]);
    }
    if text.starts_with("--8<--") || between("{!", "!}") || between("{* ", " *}") {
        return dialects.any(&[Dialect::Mkdocs]);
    }
    between("{{#", "}}") && is_book_include(text) && dialects.any(&[Dialect::Mdbook])
}

/// Returns the path of the file of Markdown that a generator puts in the place of `line`, which is only a tag or a mark.
pub(crate) fn included(line: &str, dialects: Dialects) -> Option<&str> {
    let text = line.trim();
    let between = |start: &str, end: &str| text.strip_prefix(start)?.strip_suffix(end);
    let of_mark = || match text.get(..4)? {
        "--8<" => text.trim_start_matches("--8<").strip_prefix("--").filter(|_| dialects.any(&[Dialect::Mkdocs])),
        "<!--" => {
            between("<!--", "-->")?.trim().strip_prefix("@include:").filter(|_| dialects.any(&[Dialect::Vitepress]))
        }
        "{{#i" => between("{{#include ", "}}").filter(|_| dialects.any(&[Dialect::Mdbook])),
        _ => between("{!", "!}").filter(|_| dialects.any(&[Dialect::Mkdocs])),
    };
    let of_tag = || {
        let (name, arguments) = only_tag(text).filter(|_| may_be_template(text, dialects))?;
        let first = || arguments.split_whitespace().next();
        match name {
            "include" | "include_relative" | "include_cached" => first(),
            "readfile" => shortcode::value_of("file", arguments).or_else(first),
            _ => None,
        }
    };
    let path = of_mark().or_else(of_tag)?.trim().trim_matches(['"', '\'', '`']);
    extensions::is_markdown(Path::new(path)).then_some(path)
}

/// Returns true if a line holds a variable, `{{{ .company }}}`.
pub(crate) fn has_variable(line: &str) -> bool {
    let variable = line.split_once("{{{ .").and_then(|(_, rest)| rest.split_once(" }}}")).map(|(name, _)| name);
    variable.is_some_and(|name| name.chars().all(|c| c.is_alphanumeric() || matches!(c, '-' | '_' | '.')))
}

/// Returns true if `text` begins with a tag of mdBook.
pub(crate) fn is_book_include(text: &str) -> bool {
    let includes = ["include ", "rustdoc_include ", "playground ", "playpen ", "title ", "template "];
    text.strip_prefix("{{#").is_some_and(|name| includes.iter().any(|include| name.starts_with(include)))
}

/// Returns a line of code without the tags that keep a template engine from reading it.
pub(crate) fn without_raw(line: &str) -> String {
    line.replace(RAW, "").replace(RAW_END, "")
}

/// Returns the length of the component's tag that `text` begins with, in whose quotes and braces a `>` does not count.
pub(crate) fn component_length(text: &str) -> Option<usize> {
    let mut nesting = Nesting::default();
    for (at, byte) in text.bytes().enumerate().skip(1) {
        if byte == b'}' && nesting == Nesting::default() {
            return None;
        }
        if nesting.ends_at(byte) {
            return Some(at + 1);
        }
    }
    None
}

/// The quote and the braces that are open inside a component's tag.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Nesting {
    quote: Option<u8>,
    braces: usize,
}

impl Nesting {
    /// Reads the next byte; returns true if it ends the tag.
    pub(crate) fn ends_at(&mut self, byte: u8) -> bool {
        match (self.quote, byte) {
            (None, b'>') => return self.braces == 0,
            (None, b'{') => self.braces += 1,
            (None, b'}') => self.braces = self.braces.saturating_sub(1),
            (None, b'"' | b'\'' | b'`') => self.quote = Some(byte),
            (Some(open), _) if open == byte => self.quote = None,
            _ => {}
        }
        false
    }
}

/// Returns the text that a component's tag carries.
pub(crate) fn label(tag: &str) -> Option<String> {
    let inner = tag.trim_start_matches('<').trim_end_matches('>').trim_end_matches('/');
    let (name, attributes) = inner.split_once(char::is_whitespace)?;
    Some(shortcode::text_of(name, attributes)).filter(|text| !text.is_empty())
}

/// Returns the tag of an element without the attributes that are expressions, `<a href="/lamp" style={{ color: 'red' }}>`, if
/// it has some.
pub(crate) fn without_expressions(tag: &str) -> Option<String> {
    let (mut kept, mut nesting, mut is_left_out) = (String::with_capacity(tag.len()), Nesting::default(), false);
    for c in tag.chars() {
        let is_outside = nesting.braces == 0;
        // The marks of a tag are ASCII.
        if let Ok(byte) = u8::try_from(c) {
            nesting.ends_at(byte);
        }
        if is_outside && nesting.braces > 0 && kept.ends_with('=') {
            kept.truncate(kept.rfind(char::is_whitespace).map_or(0, |at| at + 1));
            is_left_out = true;
        }
        if !is_left_out {
            kept.push(if c == '\n' { ' ' } else { c });
        }
        is_left_out &= nesting.braces > 0;
    }
    (kept.len() < tag.len()).then_some(kept)
}

/// Returns the offset behind the first `mark` in `text`.
pub(crate) fn end_of(text: &str, mark: &str) -> Option<usize> {
    text.find(mark).map(|at| at + mark.len())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tags_alone_in_a_line_include_files() {
        use Dialect::{Hugo, Jekyll, Mdbook, Mkdocs, Quarto, Vitepress};
        let all: Dialects = [Hugo, Jekyll, Mdbook, Mkdocs, Quarto, Vitepress].into_iter().collect();
        for (line, expected) in [
            ("  {{% include \"/_common/a.md\" %}}", Some("/_common/a.md")),
            ("{{< include _a.qmd >}}", Some("_a.qmd")),
            ("{% include_relative a/b.md %}", Some("a/b.md")),
            ("{{% readfile file=\"a.md\" %}}", Some("a.md")),
            ("--8<-- \"a.md\"", Some("a.md")),
            ("{!a.md!}", Some("a.md")),
            ("{{#include ../a.md}}", Some("../a.md")),
            ("<!-- @include: ./a.md -->", Some("./a.md")),
            ("{% include a.html %}", None),
            ("See {{% include \"a.md\" %}}", None),
            ("<!-- a.md -->", None),
            ("a.md", None),
        ] {
            assert_eq!(included(line, all), expected, "{line}");
            assert_eq!(included(line, Dialects::default()), None, "{line}");
        }
    }

    #[test]
    fn addresses_that_only_a_generator_knows_are_marked() {
        let all: Dialects = [Dialect::Hugo, Dialect::Jekyll].into_iter().collect();
        for (before, text, expected) in [
            ("[a](", "{{ page.url }})", "{}"),
            ("[a]: ", "{{% eturl \"Lamp one\" %}}\nb", "{}"),
            ("[a]: <", "{{< param x >}}>", "{}"),
            ("[a](", "{{ site.url }}/b)", ""),
            ("[a](", "{{ site.repository }}/b)", "{}"),
            ("[a]: ", "{{ site.repository }}/b", "{}"),
            ("[a](", "{{< ref \"b.md\" >}})", "b.md"),
            ("(", "{{ page.url }})", ""),
            ("a ", "{{ page.url }}", "{{ page.url }}"),
        ] {
            let found = template(text, all, before).map(|(_, text)| text);
            assert_eq!(found.as_deref(), Some(expected), "{before}{text}");
        }
    }

    #[test]
    fn elements_lose_attributes_that_are_expressions() {
        for (tag, expected) in [
            ("<a href=\"/lamp\" style={{ color: 'red' }}>", Some("<a href=\"/lamp\" >")),
            ("<img src={require('./a.png').default} alt=\"A lamp\" />", Some("<img  alt=\"A lamp\" />")),
            ("<p\n  id={`a`}>", Some("<p   >")),
            ("<p style={{ content: '}' }} title=\"Lämp\">", Some("<p  title=\"Lämp\">")),
            ("<p {...rest} id={a}>", Some("<p {...rest} >")),
            ("<a title=\"x={y}\">", None),
            ("<a href=\"/lamp\">", None),
        ] {
            assert_eq!(without_expressions(tag).as_deref(), expected, "{tag}");
        }
    }
}
