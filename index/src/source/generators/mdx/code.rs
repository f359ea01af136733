//! Components that show code: `<CodeBlock language="sh">…</CodeBlock>`, `<Code code={`…`} lang="sh" />`.

use crate::source::generators::{shortcode, tag};

/// Their names, in Docusaurus and in Starlight.
const NAMES: [&str; 2] = ["CodeBlock", "Code"];
/// The most lines of one.
const LINES_MAX: usize = 100;

/// Returns the fenced code that the component at the start of `lines` shows, and the number of its lines, if nothing stands
/// behind it.
pub(crate) fn at_start(lines: &[&str]) -> Option<(String, usize)> {
    let first = lines.first()?.trim_start();
    name_of(first)?;
    let following = lines.iter().skip(1).take(LINES_MAX);
    let source = following.fold(first.to_owned(), |source, line| source + "\n" + line);
    let (length, code) = fenced(&source)?;
    let behind = source[length..].split('\n').next().unwrap_or_default();
    behind.trim().is_empty().then(|| (code, source[..length].matches('\n').count() + 1))
}

/// Returns the length of the component that `source` begins with, and the fenced code that it shows.
pub(crate) fn fenced(source: &str) -> Option<(usize, String)> {
    let name = name_of(source)?;
    let tag_length = tag::component_length(source)?;
    let tag = &source[..tag_length];
    let attributes = tag[1 + name.len()..].trim_end_matches('>').trim_end_matches('/');
    let (length, code) = if tag.ends_with("/>") {
        let (_, value) = attributes.split_once("code=")?;
        (tag_length, literal(value.trim_start_matches(['{', ' ']))?.0)
    } else {
        let end = format!("</{name}>");
        let content = &source[tag_length..tag_length + source[tag_length..].find(&end)?];
        (tag_length + content.len() + end.len(), text_of(content)?)
    };
    let named = |names: &[&str]| names.iter().find_map(|name| shortcode::value_of(name, attributes));
    let of_class = named(&["className"]).and_then(|class| class.split("language-").nth(1));
    let language = named(&["language", "lang"]).or(of_class).and_then(|name| name.split_whitespace().next());
    let title = named(&["title"]).map(|title| format!(" title=\"{title}\"")).unwrap_or_default();
    let longest = code.split(|c| c != '`').map(str::len).max().unwrap_or_default();
    let marks = "`".repeat((longest + 1).max(3));
    Some((length, format!("{marks}{}{title}\n{code}\n{marks}", language.unwrap_or_default())))
}

/// Returns the name of the component that `source` begins with, if it shows code.
fn name_of(source: &str) -> Option<&'static str> {
    let rest = source.strip_prefix('<')?;
    let name = rest.split(|c: char| c.is_whitespace() || c == '>').next()?;
    NAMES.into_iter().find(|known| *known == name)
}

/// Returns the code between two tags: a text in braces, or the content as it is written. A name in braces shows nothing of
/// this file.
fn text_of(content: &str) -> Option<String> {
    let text = content.trim();
    let expression = text.strip_prefix('{').and_then(|text| text.strip_suffix('}')).map(str::trim);
    if let Some((literal, "")) = expression.and_then(literal) {
        return Some(literal);
    }
    let is_name = expression.is_some_and(|name| name.chars().all(|c| c.is_alphanumeric() || matches!(c, '_' | '.')));
    let text = content.trim_start_matches('\n').trim_end();
    (!text.trim().is_empty() && !is_name).then(|| text.to_owned())
}

/// Returns the text of the literal that `value` begins with, and what stands behind it.
fn literal(value: &str) -> Option<(String, &str)> {
    let quote = value.chars().next().filter(|quote| matches!(quote, '`' | '"' | '\''))?;
    let (mut text, mut is_escaped) = (String::new(), false);
    for (at, c) in value.char_indices().skip(1) {
        match c {
            _ if is_escaped => {
                text.extend((!matches!(c, '`' | '$' | '\\')).then_some('\\'));
                text.push(c);
                is_escaped = false;
            }
            '\\' if quote == '`' => is_escaped = true,
            _ if c == quote => {
                let text = text.strip_prefix('\n').unwrap_or(&text).trim_end();
                return (!text.trim().is_empty()).then(|| (text.to_owned(), &value[at + 1..]));
            }
            _ => text.push(c),
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn code_of_components_is_fenced() {
        for (source, expected) in [
            ("<CodeBlock>wget {link(\"A\")}</CodeBlock>", "```\nwget {link(\"A\")}\n```"),
            (
                "<CodeBlock className=\"language-sh\">\n{`# a\n  b \\`c\\` \\n\n`}</CodeBlock>",
                "```sh\n# a\n  b `c` \\n\n```",
            ),
            ("<CodeBlock language=\"js\" title=\"a.js\">{'a'}</CodeBlock>", "```js title=\"a.js\"\na\n```"),
            ("<Code code={`a\n\n  b`} lang=\"ts\" />", "```ts\na\n\n  b\n```"),
            ("<Code>{`~~~\n\\`\\`\\`\na`}</Code>", "````\n~~~\n```\na\n````"),
            ("<Code>{`a` + `b`}</Code>", "```\n{`a` + `b`}\n```"),
        ] {
            let lines: Vec<&str> = source.split('\n').collect();
            assert_eq!(at_start(&lines), Some((expected.to_owned(), lines.len())), "{source}");
        }
        for source in
            ["<CodeBlock>{source}</CodeBlock>", "<Code>a", "<Codes>a</Codes>", "<Code>a</Code> b", "<Code/>", ""]
        {
            assert_eq!(at_start(&[source]), None, "{source}");
        }
    }
}
