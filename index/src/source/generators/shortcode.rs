//! The text that tags of templates and components carry in their arguments.

use super::kind;

/// Arguments that name a part of a page.
const TITLES: [&str; 9] = ["title", "label", "header", "heading", "summary", "tab", "tabname", "tab-name", "question"];
/// Arguments that are text of a page.
const TEXTS: [&str; 9] = ["text", "content", "caption", "description", "message", "body", "answer", "subtitle", "alt"];
/// Components whose title is their value where they have no label.
const TABS: [&str; 2] = ["TabItem", "Tab"];
/// Components that describe a field, whose name is text.
const FIELDS: [&str; 3] = ["ParamField", "ResponseField", "Property"];
/// Tags whose arguments in quotes are no text.
const ADDRESSES: [&str; 17] = [
    "ref",
    "relref",
    "figure",
    "img",
    "image",
    "youtube",
    "vimeo",
    "gist",
    "tweet",
    "x",
    "instagram",
    "param",
    "icon",
    "Icon",
    "readfile",
    "include",
    "embed",
];

/// The ends of addresses that are names of what stands there.
const DOMAINS: [&str; 9] = ["ai", "app", "cloud", "com", "dev", "io", "me", "net", "org"];

/// An argument of a tag: its name, if it has one, and its value.
struct Argument<'a> {
    name: &'a str,
    value: &'a str,
    is_quoted: bool,
}

/// Returns the text that a tag called `name` carries in `arguments`, as Markdown.
pub(crate) fn text_of(name: &str, arguments: &str) -> String {
    let arguments = arguments_of(arguments);
    let named = |names: &[&str]| {
        let is_text = |argument: &&Argument<'_>| names.iter().any(|known| argument.name.eq_ignore_ascii_case(known));
        arguments.iter().filter(is_text).map(|argument| argument.value.trim()).find(|value| is_shown(value))
    };
    if FIELDS.contains(&name)
        && let Some(field) = named(&["path", "query", "body", "header", "name"])
    {
        let kind = named(&["type"]).map_or_else(String::new, |kind| format!(" `{kind}`"));
        return format!("**`{field}`**{kind}");
    }
    let mut parts = Vec::new();
    // A tab without a label shows its value, and a name is text where it is written like one.
    let value = || named(&["value"]).filter(|_| TABS.contains(&name));
    let own_name = || named(&["name"]).filter(|own| !ADDRESSES.contains(&name) && is_proper_name(own));
    parts.extend(named(&TITLES).or_else(value).or_else(own_name).map(|title| format!("**{title}**")));
    parts.extend(TEXTS.iter().filter_map(|text| named(&[text])).map(str::to_owned));
    // A description of a picture adds nothing to a caption.
    if parts.len() > 1 && named(&["alt"]).is_some() {
        parts.pop();
    }
    if parts.is_empty() && !ADDRESSES.contains(&name) {
        parts.extend(named(&["term_id"]).map(str::to_owned));
        let positional = |argument: &&Argument<'_>| argument.name.is_empty() && argument.is_quoted;
        let texts = arguments.iter().filter(positional).map(|argument| argument.value.trim());
        parts.extend(texts.filter(|text| is_shown(text) && is_prose(text)).map(|text| format!("**{text}**")));
    }
    if parts.is_empty() && name == "embed" {
        parts.extend(named(&["url"]).filter(|url| url.starts_with("http")).map(|url| format!("<{url}>")));
    }
    parts.join(" ")
}

/// Returns the value of an argument.
pub(crate) fn value_of<'a>(name: &str, arguments: &'a str) -> Option<&'a str> {
    arguments_of(arguments).into_iter().find(|argument| argument.name == name).map(|argument| argument.value)
}

/// Returns the label of a tag that opens a callout, `{{% note %}}` or `{% hint style="info" %}`.
pub(crate) fn callout(name: &str, arguments: &str) -> Option<String> {
    let named = arguments_of(arguments);
    let kinds = ["style", "type", "color", "kind", "icon"];
    let given = named.iter().find(|argument| kinds.contains(&argument.name) || argument.name.is_empty());
    let is_callout = ["hint", "alert", "callout", "notice", "admonition", "blockquote", "aside"].contains(&name);
    let given = given.filter(|_| is_callout).map(|argument| argument.value.to_ascii_lowercase());
    let kind = given.unwrap_or_else(|| name.to_ascii_lowercase());
    kind::alert(&kind).map(|_| kind::capitalised(&kind))
}

fn is_shown(value: &str) -> bool {
    !value.is_empty() && !value.contains(['\n', '{'])
}

/// Returns true if an argument reads as words, not as a path or a key.
fn is_prose(text: &str) -> bool {
    let is_word = |c: char| c.is_alphanumeric() || c.is_whitespace() || matches!(c, '-' | '\'' | '?' | '!' | ',' | '.');
    text.contains(' ')
        || !text.is_ascii()
        || (text.starts_with(|c: char| c.is_ascii_uppercase()) && text.chars().all(is_word))
}

/// Returns true if a value is written as the names of things are, not as those of files, icons and variables: `Dan Abramov`,
/// `1Fichier`, `pCloud`, `rsync.net`.
fn is_proper_name(text: &str) -> bool {
    let mut letters = text.chars().filter(|c| c.is_alphabetic());
    let starts_upper = letters.next().is_some_and(char::is_uppercase) || letters.next().is_some_and(char::is_uppercase);
    let is_plain = !text.contains(['/', '\\', '_', ':', '=', '<', '{', '#']);
    let is_domain = text.rsplit_once('.').is_some_and(|(host, end)| {
        !host.is_empty() && DOMAINS.contains(&end) && text.bytes().all(|byte| byte.is_ascii_lowercase() || byte == b'.')
    });
    is_domain || is_plain && (starts_upper || is_prose(text))
}

fn arguments_of(text: &str) -> Vec<Argument<'_>> {
    let mut arguments = Vec::new();
    let mut rest = text.trim_start();
    while !rest.is_empty() {
        let end = rest.find(|c: char| c.is_whitespace() || matches!(c, '=' | '"' | '\'' | '`')).unwrap_or(rest.len());
        let (name, after) = rest.split_at(end);
        let (name, after) = after.strip_prefix('=').map_or(("", rest), |value| (name, value));
        let after = after.trim_start_matches(['{', ' ']);
        let quote = after.chars().next().filter(|quote| matches!(quote, '"' | '\'' | '`'));
        let (value, length) = match quote {
            Some(quote) => {
                let value = &after[1..];
                let end = value.find(quote).unwrap_or(value.len());
                (&value[..end], (end + 2).min(after.len()))
            }
            None => {
                let end =
                    after.find(|c: char| c.is_whitespace() || matches!(c, '"' | '\'' | '`')).unwrap_or(after.len());
                (&after[..end], end)
            }
        };
        arguments.push(Argument { name, value, is_quoted: quote.is_some() });
        rest = after[length..].trim_start_matches('}').trim_start();
        if length == 0 {
            rest = rest.get(1..).unwrap_or_default();
        }
    }
    arguments
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn arguments_that_are_text_stay() {
        for (name, arguments, expected) in [
            ("tab", "\"Linux\"", "**Linux**"),
            ("glossary_tooltip", "text=\"Pods\" term_id=\"pod\"", "Pods"),
            ("glossary_tooltip", "term_id='pod'", "pod"),
            ("figure", "src=\"/a.png\" alt=\"A\" caption=\"The *lamp*\"", "The *lamp*"),
            ("figure", "src=\"/a.png\" alt=\"A lamp\"", "A lamp"),
            ("note.html", "content=\"Save **first**.\"", "Save **first**."),
            ("details", "title='More' open=true", "**More**"),
            ("youtube", "\"dQw4 w9\"", ""),
            ("embed", "url=\"https://a.b\"", "<https://a.b>"),
            ("ref", "\"a b.md\"", ""),
            ("Badge", "type=\"tip\" text=\"beta\" /", "beta"),
            ("x", "a = \" \u{e9}\" =", ""),
            ("provider", "name=\"1Fichier\" home=\"https://1fichier.com/\" config=\"/fichier/\"", "**1Fichier**"),
            ("provider", "name=\"rsync.net\" home=\"https://rsync.net\"", "**rsync.net**"),
            ("provider", "name=\"pCloud\"", "**pCloud**"),
            ("Card", "name=\"夜灯\" /", "**夜灯**"),
            ("ResponseField", "name=\"lamp.heat\" type=\"number\" required", "**`lamp.heat`** `number`"),
            ("ParamField", "path=\"lamp\"", "**`lamp`**"),
            ("Icon", "name=\"Big Lamp\" /", ""),
            ("Diagram", "name=\"passing_data\" height={300}", ""),
            ("Method", "name=\"getAccounts\" returns=\"Promise<Account[]>\" /", ""),
            ("Transition", "name=\"slide-fade\"", ""),
            ("Logo", "name=\"lamp.svg\"", ""),
            ("TabItem", "value=\"apt\"", "**apt**"),
            ("TabItem", "value=\"apt\" label=\"Debian\"", "**Debian**"),
        ] {
            assert_eq!(text_of(name, arguments), expected, "{name} {arguments}");
        }
        assert_eq!(callout("hint", "style=\"info\"").as_deref(), Some("Info"));
        assert_eq!(callout("warning", "").as_deref(), Some("Warning"));
        assert_eq!(callout("tabs", ""), None);
    }
}
