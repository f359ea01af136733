//! What stands inside a line: tags of templates and components, comments, attribute lists, links of wikis.
//!
//! Code between backticks is copied as it is. What begins in one line may end in a later one.

use super::{Dialect, attributes, tag};

/// How many lines a tag may take up; what is longer is text.
const TAG_LINES_MAX: usize = 40;

/// Writes lines without the constructs of generators.
pub(super) struct Inline {
    dialect: Dialect,
    /// How many lines from here belong to what has begun.
    lines_left: usize,
    /// How many bytes at the end of the last of them are text again.
    text_after: usize,
}

impl Inline {
    pub(super) fn new(dialect: Dialect) -> Inline {
        Inline { dialect, lines_left: 0, text_after: 0 }
    }

    /// Whether the next line begins inside of something that is dropped.
    pub(super) fn is_between(&self) -> bool {
        self.lines_left > 0
    }

    /// Passes over a blank line.
    pub(super) fn pass(&mut self) {
        self.lines_left = self.lines_left.saturating_sub(1);
    }

    /// Writes the text of `line`; `following` are the lines after it.
    pub(super) fn write(&mut self, line: &str, following: &[&str], out: &mut String) {
        let mut rest = line;
        if self.is_between() {
            self.pass();
            let after = line.len().saturating_sub(self.text_after);
            rest = if self.is_between() { "" } else { line.get(after..).unwrap_or_default() };
        }
        let is_alone = line.trim_start().starts_with('<');
        while let Some(at) = rest.find(['\\', '`', '<', '{', '[', '!', ':']) {
            out.push_str(&rest[..at]);
            rest = &rest[at..];
            let length = match rest.as_bytes()[0] {
                b'\\' => copied(rest, 1 + rest[1..].chars().next().map_or(0, char::len_utf8), out),
                b'`' => copied(rest, code_length(rest), out),
                b'<' => self.angle(rest, following, is_alone, out),
                b'{' => self.brace(rest, following, out),
                b'[' | b'!' => wiki_link(rest, out),
                _ => icon(rest, out),
            };
            rest = &rest[length..];
        }
        out.push_str(rest);
    }

    fn angle(&mut self, rest: &str, following: &[&str], is_alone: bool, out: &mut String) -> usize {
        if rest.starts_with("<!--") {
            let length = self.through(rest, following, usize::MAX, |text| tag::end_of(text, "-->"));
            return length.unwrap_or_else(|| copied(rest, 1, out));
        }
        let name = rest[1..].trim_start_matches('/');
        let is_component = name.starts_with(|c: char| c.is_ascii_uppercase()) && (self.dialect.is_mdx || is_alone);
        let is_fragment = self.dialect.is_mdx && name.starts_with('>');
        if !name.starts_with(|c: char| c.is_ascii_alphabetic()) && !is_fragment {
            return copied(rest, 1, out);
        }
        let limit = match tag::component_length(rest) {
            Some(_) => 0,
            // What a component is given may be a long table of data with blank lines in it.
            None if self.dialect.is_mdx && is_component => usize::MAX,
            None => TAG_LINES_MAX,
        };
        let mut label = None;
        let length = self.through(rest, following, limit, |text| {
            let length = tag::component_length(text)?;
            label = is_component.then(|| tag::label(&text[..length])).flatten();
            (is_component || is_fragment || text[..length].contains("={")).then_some(length)
        });
        if let Some(label) = label.filter(|_| length.is_some()) {
            out.extend(["**", &label, "**"]);
        }
        length.unwrap_or_else(|| copied(rest, 1, out))
    }

    fn brace(&mut self, rest: &str, following: &[&str], out: &mut String) -> usize {
        let is_attached = out.ends_with([')', ']', '`', '*', '_', ':', '>']) || rest.starts_with("{:");
        if let Some(length) = attributes::length(rest).filter(|_| is_attached) {
            return length;
        }
        if out.ends_with('$') {
            return copied(rest, 1, out);
        }
        let mut replacement = None;
        let length = self.through(rest, following, TAG_LINES_MAX, |text| {
            let (length, text) = tag::template(text)?;
            replacement = Some(text);
            Some(length)
        });
        out.push_str(&replacement.unwrap_or_default());
        length.unwrap_or_else(|| copied(rest, 1, out))
    }

    /// Measures a construct that may end in one of the next `limit` lines; returns how much of `rest` belongs to it.
    fn through(
        &mut self,
        rest: &str,
        following: &[&str],
        limit: usize,
        length: impl FnOnce(&str) -> Option<usize>,
    ) -> Option<usize> {
        let is_paragraph = |line: &&&str| limit == usize::MAX || !line.trim().is_empty();
        let mut text = rest.to_owned();
        for line in following.iter().take(limit).take_while(is_paragraph) {
            text.push('\n');
            text.push_str(line);
        }
        let length = length(&text)?;
        if length <= rest.len() {
            return Some(length);
        }
        self.lines_left = text[..length].matches('\n').count();
        self.text_after = text[length..].find('\n').unwrap_or(text.len() - length);
        Some(rest.len())
    }
}

/// Whether `line` begins code of MDX.
pub(super) fn is_module_code(line: &str) -> bool {
    let after = |word| line.strip_prefix(word).map(str::trim_start);
    let words = ["const", "let", "default", "function", "async", "class", "type", "{", "*"];
    after("export ").is_some_and(|rest| words.iter().any(|word| rest.starts_with(word)))
        || after("import ").is_some_and(|rest| rest.starts_with(['{', '*', '\'', '"']) || rest.contains(" from "))
}

/// Whether `line` is `import … from '…';`, which only code says.
pub(super) fn is_import(line: &str) -> bool {
    let text = line.trim_end().trim_end_matches(';');
    let quoted =
        |rest: &str| rest.trim().len() > 2 && rest.trim().starts_with(['\'', '"']) && text.ends_with(['\'', '"']);
    line.starts_with("import ") && text.rsplit_once(" from ").is_some_and(|(_, path)| quoted(path))
}

fn copied(rest: &str, length: usize, out: &mut String) -> usize {
    out.push_str(&rest[..length]);
    length
}

/// Returns the length of the code that `text` begins with, or of its backticks if they are text.
fn code_length(text: &str) -> usize {
    let marks = text.len() - text.trim_start_matches('`').len();
    let mut at = marks;
    while let Some(start) = text[at..].find('`').map(|found| at + found) {
        let run = text[start..].len() - text[start..].trim_start_matches('`').len();
        at = start + run;
        if run == marks {
            return at;
        }
    }
    marks
}

/// Writes `[[Page|text]]` as its text; nothing for an embedded file, `![[file]]`.
fn wiki_link(rest: &str, out: &mut String) -> usize {
    let is_embedded = rest.starts_with('!');
    let link = rest.trim_start_matches('!').strip_prefix("[[");
    let Some((inner, after)) = link.and_then(|link| link.split_once("]]")) else { return copied(rest, 1, out) };
    let is_page = inner.starts_with(char::is_alphabetic) && !inner.contains(['[', ']', '`']);
    if !is_page || after.starts_with(['(', '[', ':']) {
        return copied(rest, 1, out);
    }
    if !is_embedded {
        out.push_str(inner.rsplit('|').next().unwrap_or(inner).trim_end_matches('\\'));
    }
    rest.len() - after.len()
}

/// Drops the name of an icon and its attributes, `:material-check:{ .large }`.
fn icon(rest: &str, out: &mut String) -> usize {
    let sets = ["material-", "octicons-", "fontawesome-", "simple-"];
    let name = rest[1..].split_once(':').map(|(name, _)| name).unwrap_or_default();
    let is_icon = sets.iter().any(|set| name.starts_with(set))
        && name.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_'));
    if !is_icon {
        return copied(rest, 1, out);
    }
    let length = name.len() + 2;
    length + attributes::length(&rest[length..]).unwrap_or(0)
}
