//! Constructs inside a line: tags of templates and components, comments, attribute lists, wiki links.
//!
//! Code between backticks is copied unchanged. A construct may end on a later line. Hostile text can open a construct
//! at every byte and close none. So the bytes searched in vain are limited, and reading takes time linear in the file's
//! length.

use super::dialect::Dialect;
use super::{attributes, tag};

/// The most lines of a tag; a longer one is text.
const TAG_LINES_MAX: usize = 40;
/// The length in bytes of the first search for an end; most tags are shorter.
const WINDOW: usize = 256;
/// The factor by which a search grows each time that it finds no end.
const GROWTH: usize = 8;
/// The bytes that may be searched in vain, for each byte of the file; after that, a search ends with its first window.
const PATIENCE: usize = 64;
/// The longest wiki link, in bytes.
const WIKI_LINK_BYTES_MAX: usize = 1000;

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
pub(crate) struct Inline {
    dialect: Dialect,
    /// The number of lines from here that belong to an open construct.
    lines_left: usize,
    /// The number of bytes behind the construct on its last line, which are text.
    text_after: usize,
    /// The bytes that may still be searched in vain.
    patience: usize,
}

impl Inline {
    /// Starts a text of `length` bytes.
    pub(crate) fn new(dialect: Dialect, length: usize) -> Inline {
        Inline { dialect, lines_left: 0, text_after: 0, patience: length.saturating_mul(PATIENCE) }
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
        if self.is_between() {
            self.pass();
            let after = line.len().saturating_sub(self.text_after);
            rest = if self.is_between() { "" } else { line.get(after..).unwrap_or_default() };
        }
        let is_alone = line.trim_start().starts_with('<');
        let may_begin = |byte| matches!(byte, b'\\' | b'`' | b'<' | b'{' | b'[' | b'!' | b':');
        while let Some(at) = rest.bytes().position(may_begin) {
            out.push_str(&rest[..at]);
            rest = &rest[at..];
            let length = match rest.as_bytes()[0] {
                b'\\' => copied(rest, 1 + rest[1..].chars().next().map_or(0, char::len_utf8), out),
                b'`' => copied(rest, self.code_length(rest), out),
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
            let end = |text: &str, _| tag::end_of(text, "-->").map_or(Extent::Open, Extent::Tag);
            return self.through(rest, following, usize::MAX, end).unwrap_or_else(|| copied(rest, 1, out));
        }
        let name = rest[1..].trim_start_matches('/');
        let is_component = name.starts_with(|c: char| c.is_ascii_uppercase()) && (self.dialect.is_mdx || is_alone);
        let is_fragment = self.dialect.is_mdx && name.starts_with('>');
        if !name.starts_with(|c: char| c.is_ascii_alphabetic()) && !is_fragment {
            return copied(rest, 1, out);
        }
        // An attribute of a component may hold a long table of data with blank lines.
        let limit = if self.dialect.is_mdx && is_component { usize::MAX } else { TAG_LINES_MAX };
        let mut label = None;
        let length = self.through(rest, following, limit, |text, _| {
            let Some(length) = tag::component_length(text) else { return Extent::Open };
            label = is_component.then(|| tag::label(&text[..length])).flatten();
            let is_tag = is_component || is_fragment || text[..length].contains("={");
            if is_tag { Extent::Tag(length) } else { Extent::Text }
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
        if out.ends_with('$') || !tag::may_be_template(rest) {
            return copied(rest, 1, out);
        }
        let mut replacement = None;
        let length = self.through(rest, following, TAG_LINES_MAX, |text, is_whole| match tag::template(text) {
            None => Extent::Open,
            Some(_) if !is_whole && tag::may_go_on(text) => Extent::Open,
            Some((length, text)) => {
                replacement = Some(text);
                Extent::Tag(length)
            }
        });
        out.push_str(&replacement.unwrap_or_default());
        length.unwrap_or_else(|| copied(rest, 1, out))
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

/// Returns the first `bytes` of `text`, cut at a character boundary.
fn clipped(text: &str, bytes: usize) -> &str {
    &text[..text.floor_char_boundary(bytes)]
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
        || after("import ").is_some_and(|rest| rest.starts_with(['{', '*', '\'', '"']) || rest.contains(" from "))
}

/// Returns true if `line` is `import … from '…';`, which is never prose.
pub(crate) fn is_import(line: &str) -> bool {
    let text = line.trim_end().trim_end_matches(';');
    let quoted =
        |rest: &str| rest.trim().len() > 2 && rest.trim().starts_with(['\'', '"']) && text.ends_with(['\'', '"']);
    line.starts_with("import ") && text.rsplit_once(" from ").is_some_and(|(_, path)| quoted(path))
}

fn copied(rest: &str, length: usize, out: &mut String) -> usize {
    out.push_str(&rest[..length]);
    length
}

/// Writes `[[Page|text]]` as its text; nothing for an embedded file, `![[file]]`.
fn wiki_link(rest: &str, out: &mut String) -> usize {
    let is_embedded = rest.starts_with('!');
    let link = rest.strip_prefix('!').unwrap_or(rest).strip_prefix("[[");
    let link = link.filter(|link| link.starts_with(char::is_alphabetic));
    let end = |link: &str| clipped(link, WIKI_LINK_BYTES_MAX).find("]]");
    let Some((link, end)) = link.and_then(|link| Some((link, end(link)?))) else { return copied(rest, 1, out) };
    let (inner, after) = (&link[..end], &link[end + 2..]);
    let is_page = !inner.contains(['[', ']', '`']);
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
