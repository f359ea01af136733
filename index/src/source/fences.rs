//! The fences of front matter: the lines around it, of which the last may be missing.

/// The language that front matter is written in.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Format {
    Yaml,
    Toml,
}

/// A text with front matter.
pub(crate) struct Fenced<'a> {
    pub(crate) format: Format,
    /// The number of lines above the front matter.
    pub(crate) above: u32,
    pub(crate) source: &'a str,
    /// The text below the fences.
    pub(crate) body: &'a str,
}

/// Finds the fences of front matter. Below blank lines a key must follow; without a key, `---` is a thematic break.
pub(crate) fn fenced(text: &str) -> Option<Fenced<'_>> {
    let top = blank_lines(text);
    let (format, first) = opening_fence(&text[top..])?;
    let source_start = top + text[top..].find('\n')? + 1;
    let fences: &[&str] = if first == "---" { &["---", "..."] } else { &[first] };
    let mut start = source_start;
    for line in text[source_start..].split_inclusive('\n') {
        let end = start + line.len();
        if fences.contains(&line.trim_end()) {
            let (source, above) = (&text[source_start..start], line_count(&text[..source_start]));
            let is_meant = top == 0 || key_at(source).is_some();
            return is_meant.then_some(Fenced { format, above, source, body: &text[end..] });
        }
        start = end;
    }
    None
}

/// Returns the opening fence of front matter whose closing fence is missing or misspelt. A thematic break at the top of
/// a text is no fence: a key must follow. Below a blank line, only a known key counts.
pub(crate) fn unclosed(text: &str) -> Option<&'static str> {
    let (_, fence) = opening_fence(&text[blank_lines(text)..])?;
    let source = &text[blank_lines(text) + fence.len()..];
    let source = source.trim_start_matches([' ', '\t']);
    let line_end = if source.starts_with("\r\n") { 2 } else { 1 };
    let source = source.get(line_end..)?;
    let keys = ["id", "question", "title", "kind", "section", "aliases", "keywords", "tags", "draft", "published"];
    let first = source.lines().find(|line| !line.trim().is_empty() && !line.starts_with('#'))?;
    let is_known = key_at(first).is_some_and(|key| keys.contains(&key));
    (is_known || key_at(source).is_some()).then_some(fence)
}

/// Returns the fence that `text` starts with.
fn opening_fence(text: &str) -> Option<(Format, &'static str)> {
    match text.split(['\n', '\r']).next()?.trim_end() {
        "---" => Some((Format::Yaml, "---")),
        "+++" => Some((Format::Toml, "+++")),
        _ => None,
    }
}

/// Returns the length of the blank lines that `text` starts with.
fn blank_lines(text: &str) -> usize {
    text.split_inclusive('\n').take_while(|line| line.trim().is_empty()).map(str::len).sum()
}

/// Returns the key that the first line of `text` starts with.
fn key_at(text: &str) -> Option<&str> {
    let (key, value) = text.split(['\n', '\r']).next()?.split_once([':', '='])?;
    let key = key.trim_end().trim_matches(['"', '\'']);
    let is_name = |c: char| c.is_ascii_alphanumeric() || matches!(c, '_' | '-' | '.');
    let is_key = !key.is_empty() && key.chars().all(is_name) && !value.starts_with("//");
    is_key.then_some(key)
}

/// Returns the number of line ends in `text`.
pub(crate) fn line_count(text: &str) -> u32 {
    u32::try_from(text.matches('\n').count()).unwrap_or(u32::MAX - 1)
}

#[cfg(test)]
mod tests {
    use crate::problem::Problems;
    use crate::source::front_matter;

    /// Asserts that front matter hides the file or not, or that it has a problem.
    #[track_caller]
    fn check(text: &str, expected: Result<bool, &str>) {
        let mut problems = Problems::default();
        let found = front_matter::split("a.md", text, &mut problems).map(|parts| parts.front_matter.is_draft());
        let problems: Vec<String> = problems.into_sorted().iter().map(ToString::to_string).collect();
        let found = found.ok_or_else(|| problems.join(" "));
        assert_eq!(found.as_ref().map_err(String::as_str), expected.as_ref().map_err(|problem| *problem), "{text}");
    }

    #[test]
    fn front_matter_is_found_below_blank_lines_and_an_error_without_its_end() {
        check("\n \r\n---\ndraft: true\n---\nx", Ok(true));
        check(
            "\n\n---\nquestion: a\nkind: recipe\n---\nx",
            Err("a.md:5: bad front matter: unknown variant `recipe`, expected one of question, procedure"),
        );
        for (text, fence) in [
            ("---\ndraft: true\n--\nx", "---"),
            ("---\ndraft: true\n ---\nx", "---"),
            ("---\n# note\n\ndraft: true\n", "---"),
            ("---\rdraft: true\r---\rx", "---"),
            ("\n+++\ndraft = true\n---\nx", "+++"),
            ("---\nlayout: page\ndraft: true", "---"),
        ] {
            let said = format!("a.md:1: front matter without an end (end it with a line `{fence}`)");
            check(text, Err(&said));
        }
        for text in ["---\n\nNote: this.\n", "---\nSee https://example.org\n", "\n---\n\ntext\n\n---\n", "---\n", "---"]
        {
            check(text, Ok(false));
            let parts = front_matter::split("a.md", text, &mut Problems::default()).expect("no front matter");
            assert_eq!(parts.body, text);
        }
    }
}
