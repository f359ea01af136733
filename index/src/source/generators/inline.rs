//! Constructs inside a line: tags of templates and components, comments, attribute lists, wiki links.
//!
//! Code between backticks is copied unchanged. A construct may end on a later line. Hostile text can open a construct
//! at every byte and close none. So the bytes searched in vain are limited, and reading takes time linear in the file's
//! length.

use super::copied::{clipped, copied};
use super::dialect::{Dialect, Dialects};
use super::{attributes, emoji, myst, obsidian, pandoc, tag};
use crate::markdown::version_blocks;

/// The most lines of a tag; a longer one is text.
const TAG_LINES_MAX: usize = 40;
/// The length in bytes of the first search for an end; most tags are shorter.
const WINDOW: usize = 256;
/// The factor by which a search grows each time that it finds no end.
const GROWTH: usize = 8;
/// The bytes that may be searched in vain, for each byte of the file; after that, a search ends with its first window.
const PATIENCE: usize = 64;
/// The longest marked text or literal, in bytes.
const TEXT_BYTES_MAX: usize = 1000;

/// The verdict on a possible tag.
enum Extent {
    /// Its end was not found yet.
    Open,
    /// It is text.
    Text,
    /// It is a tag of this length in bytes.
    Tag(usize),
}

/// Writes lines without the constructs of generators.
pub(crate) struct InlineMarkup {
    dialects: Dialects,
    /// The number of lines from here that belong to an open construct.
    lines_left: usize,
    /// The number of bytes behind the construct on its last line, which are text.
    text_after: usize,
    /// The bytes that may still be searched in vain.
    patience: usize,
    /// The blocks for some versions that no comment has ended yet.
    version_blocks: usize,
    /// The constructs left out of the current line.
    pub(crate) dropped: Vec<String>,
}

impl InlineMarkup {
    /// Starts a text of `length` bytes.
    pub(crate) fn new(dialects: Dialects, length: usize) -> InlineMarkup {
        let patience = length.saturating_mul(PATIENCE);
        InlineMarkup { dialects, lines_left: 0, text_after: 0, patience, version_blocks: 0, dropped: Vec::new() }
    }

    /// Returns true if the next line begins inside a dropped construct.
    pub(crate) fn is_between(&self) -> bool {
        self.lines_left > 0
    }

    /// Passes over a blank line.
    pub(crate) fn pass(&mut self) {
        self.lines_left = self.lines_left.saturating_sub(1);
    }

    /// Writes the text of `line`; `following` are the lines after it.
    pub(crate) fn write(&mut self, line: &str, following: &[&str], out: &mut String) {
        let mut rest = line;
        let is_alone = self.is_between() || line.trim_start().starts_with('<');
        if self.is_between() {
            self.pass();
            let after = line.len().saturating_sub(self.text_after);
            rest = if self.is_between() { "" } else { line.get(after..).unwrap_or_default() };
        }
        let may_begin = |byte| matches!(byte, b'\\' | b'`' | b'<' | b'{' | b'!' | b':' | b'%' | b'=');
        while let Some(at) = rest.bytes().position(may_begin) {
            out.push_str(&rest[..at]);
            rest = &rest[at..];
            let length = match rest.as_bytes()[0] {
                b'\\' if self.dialects.any(&[Dialect::Quarto]) => escaped(rest, out),
                b'\\' => copied(rest, 1 + rest[1..].chars().next().map_or(0, char::len_utf8), out),
                b'`' => copied(rest, self.code_length(rest), out),
                b'<' => self.angle(rest, following, is_alone, out),
                b'{' => self.brace(rest, following, out),
                b'!' if self.dialects.any(&[Dialect::Obsidian]) => obsidian::embedded(rest, out),
                b':' => self.colon(rest, out),
                b'%' if self.dialects.any(&[Dialect::Obsidian]) => self.note(rest, following, out),
                b'=' if self.dialects.any(&[Dialect::Obsidian, Dialect::Mkdocs]) => mark(rest, out),
                _ => copied(rest, 1, out),
            };
            rest = &rest[length..];
        }
        out.push_str(rest);
    }

    fn colon(&self, rest: &str, out: &mut String) -> usize {
        if self.dialects.any(&[Dialect::Mkdocs])
            && let Some(length) = emoji::icon(rest, out)
        {
            return length;
        }
        match emoji::of_name(rest, out) {
            Some((length, emoji)) if self.dialects.has_emoji_names() => {
                out.push_str(emoji);
                length
            }
            _ => copied(rest, 1, out),
        }
    }

    fn angle(&mut self, rest: &str, following: &[&str], is_alone: bool, out: &mut String) -> usize {
        if rest.starts_with("<!--") {
            // Comments around blocks for some versions are for the answer.
            if let Some(length) = version_blocks::comment_length(rest, &mut self.version_blocks) {
                return copied(rest, length, out);
            }
            if self.dialects.any(&[Dialect::Mkdocs])
                && let Some(name) = name_of_setting(rest, out)
            {
                out.push_str(name);
                return rest.trim_end().len();
            }
            // Inside a paragraph a comment ends with it.
            let limit = if is_alone { usize::MAX } else { TAG_LINES_MAX };
            let end = |text: &str, _| tag::end_of(text, "-->").map_or(Extent::Open, Extent::Tag);
            return self.through(rest, following, limit, end).unwrap_or_else(|| copied(rest, 1, out));
        }
        let name = rest[1..].trim_start_matches('/');
        let is_named = name.starts_with(|c: char| c.is_ascii_uppercase()) && self.dialects.has_components();
        let is_component = is_named && (self.dialects.is_mdx() || is_alone);
        let is_fragment = self.dialects.is_mdx() && name.starts_with('>');
        if !name.starts_with(|c: char| c.is_ascii_alphabetic()) && !is_fragment {
            return copied(rest, 1, out);
        }
        // An attribute of a component may hold a long table of data with blank lines.
        let limit = if self.dialects.is_mdx() && is_component { usize::MAX } else { TAG_LINES_MAX };
        let is_mdx = self.dialects.is_mdx();
        let mut label = None;
        let length = self.through(rest, following, limit, |text, _| {
            let Some(length) = tag::component_length(text) else { return Extent::Open };
            let tag = &text[..length];
            label = if is_named { tag::label(tag) } else { tag::without_expressions(tag).filter(|_| is_mdx) };
            // Within a line, `Vec<T>` is text.
            let is_tag = is_component || label.is_some() || is_fragment;
            if is_tag { Extent::Tag(length) } else { Extent::Text }
        });
        match label.filter(|_| length.is_some()) {
            Some(label) => {
                out.push_str(&label);
                let after = length.filter(|_| is_named).and_then(|length| rest[length..].chars().next());
                out.push_str(if after.is_some_and(char::is_alphanumeric) { " " } else { "" });
            }
            None => self.dropped.extend(length.map(|length| rest[..length].to_owned())),
        }
        length.unwrap_or_else(|| copied(rest, 1, out))
    }

    fn brace(&mut self, rest: &str, following: &[&str], out: &mut String) -> usize {
        if self.dialects.any(&[Dialect::Myst])
            && let Some((length, text)) = myst::role(rest)
        {
            out.push_str(&text);
            return length;
        }
        // A formula has `_{i=1}`.
        let is_after_emphasis = out.ends_with(['*', '_']) && rest[1..].trim_start().starts_with(['.', '#', ':']);
        let is_attached = out.ends_with([')', ']', '`', ':', '>']) || is_after_emphasis || rest.starts_with("{:");
        if let Some(length) = attributes::length(rest).filter(|_| is_attached && self.dialects.has_attributes()) {
            if self.dialects.any(&[Dialect::Myst, Dialect::Quarto]) {
                pandoc::without_brackets(out);
            }
            return length;
        }
        if let Some((length, text)) = expression(rest).filter(|_| self.dialects.is_mdx()) {
            out.push_str(text);
            return length;
        }
        let dialects = self.dialects;
        if out.ends_with('$') || !tag::may_be_template(rest, dialects) {
            return copied(rest, 1, out);
        }
        let mut replacement = None;
        let length =
            self.through(rest, following, TAG_LINES_MAX, |text, is_whole| match tag::template(text, dialects, out) {
                None => Extent::Open,
                Some(_) if !is_whole && tag::may_go_on(text) => Extent::Open,
                Some((length, text)) => {
                    replacement = Some(text);
                    Extent::Tag(length)
                }
            });
        let replacement = replacement.unwrap_or_default();
        if let Some(length) = length.filter(|_| replacement.trim().is_empty()) {
            self.dropped.push(rest[..length].to_owned());
        }
        out.push_str(&replacement);
        length.unwrap_or_else(|| copied(rest, 1, out))
    }

    /// Drops a comment of Obsidian, `%%…%%`.
    fn note(&mut self, rest: &str, following: &[&str], out: &mut String) -> usize {
        let Some(inner) = rest.strip_prefix("%%") else { return copied(rest, 1, out) };
        let limit = if inner.contains("%%") { 0 } else { usize::MAX };
        let end = |text: &str, _| tag::end_of(&text[2..], "%%").map_or(Extent::Open, |end| Extent::Tag(end + 2));
        self.through(rest, following, limit, end).unwrap_or_else(|| copied(rest, 2, out))
    }

    /// Measures a construct that may end in one of the next `limit` lines; returns its length in `rest`.
    ///
    /// `measure` gets ever longer beginnings of the text, with true for the whole of it.
    fn through(
        &mut self,
        rest: &str,
        following: &[&str],
        limit: usize,
        mut measure: impl FnMut(&str, bool) -> Extent,
    ) -> Option<usize> {
        let mut window = WINDOW;
        loop {
            let (text, is_whole) = beginning(rest, following, limit, window);
            match measure(&text, is_whole) {
                Extent::Tag(length) if length <= rest.len() => return Some(length),
                Extent::Tag(length) => {
                    self.go_on_after(&text[..length], following);
                    return Some(rest.len());
                }
                Extent::Open if !is_whole && self.patience > 0 => {}
                Extent::Open | Extent::Text => {
                    self.patience = self.patience.saturating_sub(text.len());
                    return None;
                }
            }
            self.patience = self.patience.saturating_sub(text.len());
            window = window.saturating_mul(GROWTH);
        }
    }

    /// Records that `construct`, which ends on one of the lines of `following`, is not text.
    fn go_on_after(&mut self, construct: &str, following: &[&str]) {
        self.lines_left = construct.matches('\n').count();
        let in_last_line = construct.rsplit('\n').next().unwrap_or_default().len();
        self.text_after = following[self.lines_left - 1].len() - in_last_line;
    }

    /// Returns the length of the code that `text` begins with, or of its backticks if they are text.
    fn code_length(&mut self, text: &str) -> usize {
        let marks = run_length(text);
        let reach = clipped(text, if self.patience > 0 { usize::MAX } else { WINDOW });
        let mut at = marks;
        while let Some(start) = reach.get(at..).and_then(|rest| rest.find('`')).map(|found| at + found) {
            let run = run_length(&text[start..]);
            at = start + run;
            if run == marks {
                return at;
            }
        }
        self.patience = self.patience.saturating_sub(reach.len());
        marks
    }
}

/// Returns the name in a heading that is nothing but a comment with one, `## <!-- md:setting NAME -->`.
fn name_of_setting<'a>(rest: &'a str, before: &str) -> Option<&'a str> {
    let line = before.rsplit(['\n', '\r']).next().unwrap_or(before).trim();
    let inner = rest.strip_prefix("<!--")?.trim_end().strip_suffix("-->")?.trim();
    let (kind, name) = inner.split_once(' ')?;
    let is_kind = kind.split_once(':').is_some_and(|(set, kind)| !set.is_empty() && !kind.is_empty());
    let is_heading = !line.is_empty() && line.bytes().all(|byte| byte == b'#');
    (is_heading && is_kind && !name.contains("-->")).then_some(name.trim())
}

/// Returns about `bytes` of `rest` and the next `limit` lines, and true if that is all of them. A blank line ends the
/// text, unless there is no limit.
fn beginning(rest: &str, following: &[&str], limit: usize, bytes: usize) -> (String, bool) {
    let mut text = clipped(rest, bytes).to_owned();
    let mut is_whole = text.len() == rest.len();
    let is_paragraph = |line: &&&str| limit == usize::MAX || !line.trim().is_empty();
    for line in following.iter().take(limit).take_while(is_paragraph) {
        if !is_whole || text.len() >= bytes {
            return (text, false);
        }
        let piece = clipped(line, bytes - text.len());
        is_whole = piece.len() == line.len();
        text.extend(["\n", piece]);
    }
    (text, is_whole)
}

/// Returns the number of backticks that `text` begins with.
fn run_length(text: &str) -> usize {
    text.bytes().take_while(|&byte| byte == b'`').count()
}

/// Returns true if `line` begins MDX code.
pub(crate) fn is_module_code(line: &str) -> bool {
    let after = |word| line.strip_prefix(word).map(str::trim_start);
    let words = ["const", "let", "default", "function", "async", "class", "type", "{", "*"];
    after("export ").is_some_and(|rest| words.iter().any(|word| rest.starts_with(word)))
        || after("import ").is_some_and(|rest| rest.starts_with(['{', '*', '\'', '"']) || rest.ends_with(['{', ',']))
        || is_import(line)
}

/// Returns true if `line` is the last of an import: it ends with the path of the module.
pub(crate) fn ends_import(line: &str) -> bool {
    let text = line.trim_end().trim_end_matches(';');
    text.ends_with(['\'', '"']) && (text.contains("from ") || line.starts_with("import "))
}

/// Returns true if `line` is `import … from '…';`, which is never prose.
pub(crate) fn is_import(line: &str) -> bool {
    let text = line.trim_end().trim_end_matches(';');
    let quoted =
        |rest: &str| rest.trim().len() > 2 && rest.trim().starts_with(['\'', '"']) && text.ends_with(['\'', '"']);
    line.starts_with("import ") && text.rsplit_once(" from ").is_some_and(|(_, path)| quoted(path))
}

/// Returns the name that a line imports, and the module that it comes from.
pub(crate) fn imported(line: &str) -> Option<(&str, &str)> {
    let (name, module) = line.strip_prefix("import ")?.rsplit_once(" from ")?;
    let module = module.trim().trim_end_matches(';').trim_matches(['\'', '"']);
    let is_name = name.trim().chars().all(|c| c.is_alphanumeric() || c == '_');
    is_name.then_some((name.trim(), module))
}

/// Returns the name of the component that is all of a line, `<Steps />`.
pub(crate) fn component_alone(line: &str) -> Option<&str> {
    let tag = line.trim().strip_prefix('<')?.strip_suffix("/>")?;
    let name = tag.split_whitespace().next()?;
    let is_name = name.starts_with(|c: char| c.is_ascii_uppercase()) && name.chars().all(char::is_alphanumeric);
    (is_name && !tag.contains('>')).then_some(name)
}

/// Returns the name of the text that is placed where `line` stands: that of a component, or the path of an included file.
pub(crate) fn placed_name(line: &str, dialects: Dialects) -> Option<&str> {
    component_alone(line).or_else(|| tag::included(line, dialects))
}

/// Reads an expression of MDX that is only a text, `{'text'}`; returns its length and the text.
fn expression(rest: &str) -> Option<(usize, &str)> {
    let inner = rest.strip_prefix('{')?;
    let quote = inner.chars().next().filter(|quote| matches!(quote, '"' | '\'' | '`'))?;
    let (text, after) = clipped(inner, TEXT_BYTES_MAX)[1..].split_once(quote)?;
    let is_whole = after.starts_with('}') && !text.contains(['\\', '{']);
    is_whole.then_some((text.len() + 4, text))
}

/// Drops the marks of `==marked text==`.
fn mark(rest: &str, out: &mut String) -> usize {
    let inner = rest.strip_prefix("==").filter(|inner| !inner.starts_with([' ', '=']));
    let text = inner.and_then(|inner| clipped(inner, TEXT_BYTES_MAX).split_once("=="));
    match text {
        Some((text, _)) if !text.is_empty() && !text.ends_with(' ') && !text.contains('`') => {
            out.push_str(text);
            text.len() + 4
        }
        _ => copied(rest, rest.len() - rest.trim_start_matches('=').len(), out),
    }
}

/// Writes an escaped character, or a reference of bookdown.
fn escaped(rest: &str, out: &mut String) -> usize {
    if let Some(length) = pandoc::index_length(rest) {
        return length;
    }
    match pandoc::reference(rest, out) {
        Some((length, text)) => {
            out.push_str(&text);
            length
        }
        None => copied(rest, 1 + rest[1..].chars().next().map_or(0, char::len_utf8), out),
    }
}
