//! Tags of templates (`{{ … }}`, `{% … %}`, shortcodes, includes) and of components.

/// The delimiters of template tags; longer openings stand first.
const TEMPLATES: [(&str, &str); 7] =
    [("{{<", ">}}"), ("{{%", "%}}"), ("{{", "}}"), ("{%", "%}"), ("{/*", "*/}"), ("{!", "!}"), ("{* ", " *}")];

const RAW: &str = "{% raw %}";
const RAW_END: &str = "{% endraw %}";
const COMMENT_END: &str = "{% endcomment %}";

/// Returns true if `text` begins like a template tag.
pub(crate) fn may_be_template(text: &str) -> bool {
    TEMPLATES.iter().any(|(start, _)| text.starts_with(start))
}

/// Returns true if the result of [`template`] may change with more of `text`.
pub(crate) fn may_go_on(text: &str) -> bool {
    let raw_goes_on = text.strip_prefix(RAW).is_some_and(|rest| !rest.contains(RAW_END) && !rest.contains('\n'));
    let name = text.trim_start_matches(['{', '%', '<', '-', ' ']);
    raw_goes_on || (name.starts_with("comment") && !text.contains(COMMENT_END))
}

/// Returns the length of the tag that `text` begins with, and its replacement.
pub(crate) fn template(text: &str) -> Option<(usize, String)> {
    if let Some(rest) = text.strip_prefix(RAW) {
        let raw = rest.split(RAW_END).next().unwrap_or(rest);
        if rest.len() > raw.len() && !raw.contains('\n') {
            return Some((RAW.len() + raw.len() + RAW_END.len(), raw.to_owned()));
        }
    }
    let (start, end) = TEMPLATES.iter().find(|(start, _)| text.starts_with(start))?;
    let length = start.len() + end_of(&text[start.len()..], end)?;
    let mut words = text[start.len()..length - end.len()].trim().trim_matches('-').split_whitespace();
    let name = words.next().unwrap_or_default();
    let mut argument = || words.next().unwrap_or_default().trim_matches(['"', '\'', '`']);
    match name {
        "ref" | "relref" => Some((length, argument().to_owned())),
        "link" => Some((length, format!("/{}", argument()))),
        "comment" => Some((end_of(text, COMMENT_END).unwrap_or(length), String::new())),
        _ => Some((length, String::new())),
    }
}

/// Returns the name of the only tag of `line`, and its arguments.
fn only_tag(line: &str) -> Option<(&str, &str)> {
    let text = line.trim();
    let (start, end) = TEMPLATES.iter().find(|(start, end)| text.starts_with(start) && text.ends_with(end))?;
    let inner = text.get(start.len()..text.len() - end.len())?.trim().trim_matches('-').trim();
    let inner = if inner.contains(end) { return None } else { inner };
    Some(inner.split_once(char::is_whitespace).unwrap_or((inner, "")))
}

/// Returns true if a generator replaces `line` with another file, even in code.
pub(crate) fn is_include(line: &str) -> bool {
    let text = line.trim();
    let is_tag = ["{{#", "{!", "{* "].iter().zip(["}}", "!}", "*}"]);
    let mut is_tag = is_tag.map(|(start, end)| text.starts_with(start) && text.ends_with(end) && text.len() > 5);
    let includes = ["include ", "rustdoc_include ", "playground ", "playpen ", "title ", "template "];
    let is_known =
        |text: &str| text.strip_prefix("{{#").is_none_or(|name| includes.iter().any(|i| name.starts_with(i)));
    text.starts_with("--8<--") || text.starts_with("<<< @/") || (is_tag.any(|is| is) && is_known(text))
}

/// Returns the fence that stands for a tag such as `{% highlight ruby %}`.
pub(crate) fn highlight(line: &str) -> Option<String> {
    let (name, arguments) = only_tag(line).filter(|(name, _)| *name == "highlight")?;
    debug_assert_eq!(name, "highlight");
    let language = arguments.split_whitespace().next().unwrap_or_default().trim_matches(['"', '\'']);
    let indent = &line[..line.len() - line.trim_start().len()];
    Some(format!("{indent}```{language}"))
}

/// Returns true if `line` ends the code that [`highlight`] begins.
pub(crate) fn is_end_of_highlight(line: &str) -> bool {
    let Some((name, rest)) = only_tag(line) else { return false };
    matches!((name, rest), ("endhighlight" | "/highlight", "") | ("/", "highlight"))
}

/// Returns a line of code without the tags that keep a template engine from reading it.
pub(crate) fn without_raw(line: &str) -> String {
    line.replace(RAW, "").replace(RAW_END, "")
}

/// Returns the length of the component's tag that `text` begins with, in whose quotes and braces a `>` does not count.
pub(crate) fn component_length(text: &str) -> Option<usize> {
    let (mut quote, mut depth) = (None, 0_usize);
    for (at, byte) in text.bytes().enumerate().skip(1) {
        match (quote, byte) {
            (None, b'>') if depth == 0 => return Some(at + 1),
            (None, b'{') => depth += 1,
            (None, b'}') => depth = depth.checked_sub(1)?,
            (None, b'"' | b'\'' | b'`') => quote = Some(byte),
            (Some(open), _) if open == byte => quote = None,
            _ => {}
        }
    }
    None
}

/// Returns the label or title in a component's tag.
pub(crate) fn label(tag: &str) -> Option<String> {
    let value = [" label=", " title="].iter().find_map(|name| tag.split_once(name)).map(|(_, value)| value)?;
    let quote = value.chars().next().filter(|quote| matches!(quote, '"' | '\''))?;
    let label = value[1..].split(quote).next()?.trim();
    (!label.is_empty() && !label.contains('\n')).then(|| label.to_owned())
}

/// Returns the offset behind the first `mark` in `text`.
pub(crate) fn end_of(text: &str, mark: &str) -> Option<usize> {
    text.find(mark).map(|at| at + mark.len())
}
