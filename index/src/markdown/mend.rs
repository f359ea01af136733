//! Markdown that parsers read otherwise than its authors, mended before it is parsed.
//!
//! Emphasis next to Chinese, Japanese and Korean: `**提示：**先备份` has no end by the rule of Markdown for flanking, because
//! no space follows the punctuation. An invisible reference beside the run of marks makes it one that can end. And
//! mathematics: its characters are escaped, so that none of them is a mark.
//!
//! Code and raw HTML are not touched.

use std::borrow::Cow;
use std::ops::Range;

use pulldown_cmark::{Event, Parser, Tag, TagEnd};

use super::dialect::DIALECT;
use super::inline::is_unspaced;

/// A reference to an invisible character, which the rule for flanking takes for punctuation.
const INVISIBLE: &str = "&#8203;";
/// The longest formula in bytes; a longer one is text.
const FORMULA_BYTES_MAX: usize = 2000;

/// Returns the Markdown with emphasis and formulas as their author meant them.
pub(crate) fn mended(markdown: &str) -> Cow<'_, str> {
    let runs = mark_runs(markdown);
    let formulas = formulas(markdown);
    if runs.is_empty() && formulas.is_empty() {
        return Cow::Borrowed(markdown);
    }
    let kept = verbatim(markdown);
    let is_text = |range: &Range<usize>| {
        let next = kept.partition_point(|kept| kept.end <= range.start);
        kept.get(next).is_none_or(|kept| kept.start >= range.end)
    };
    let formulas: Vec<_> = formulas.into_iter().filter(is_text).collect();
    let is_outside = |at: usize| {
        let next = formulas.partition_point(|formula| formula.end <= at);
        formulas.get(next).is_none_or(|formula| formula.start > at)
    };
    let runs = runs.into_iter().filter(|&at| is_outside(at) && is_text(&(at.saturating_sub(1)..at + 1)));
    Cow::Owned(rewritten(markdown, &runs.collect::<Vec<_>>(), &formulas))
}

fn rewritten(markdown: &str, runs: &[usize], formulas: &[Range<usize>]) -> String {
    let mut edits: Vec<(Range<usize>, String)> = runs.iter().map(|&at| (at..at, INVISIBLE.to_owned())).collect();
    edits.extend(formulas.iter().map(|range| (range.clone(), escaped(&markdown[range.clone()]))));
    edits.sort_by_key(|(range, _)| range.start);
    let (mut out, mut done) = (String::with_capacity(markdown.len() * 2), 0);
    for (range, text) in edits {
        out.push_str(&markdown[done..range.start]);
        out.push_str(&text);
        done = range.end;
    }
    out.push_str(&markdown[done..]);
    out
}

/// Escapes a formula; its lines stay lines.
fn escaped(formula: &str) -> String {
    let mut out = String::with_capacity(formula.len() * 2);
    for c in formula.chars() {
        if c.is_ascii_punctuation() || c == '\n' {
            out.push('\\');
        }
        out.push(c);
    }
    out
}

/// Returns the places where an invisible reference lets a run of marks begin or end emphasis.
fn mark_runs(markdown: &str) -> Vec<usize> {
    let mut places = Vec::new();
    if markdown.is_ascii() {
        return places;
    }
    let bytes = markdown.as_bytes();
    let mut at = 0;
    while let Some(start) =
        bytes[at..].iter().position(|byte| matches!(byte, b'*' | b'_' | b'~')).map(|found| at + found)
    {
        let end = start + bytes[start..].iter().take_while(|&&byte| byte == bytes[start]).count();
        at = end;
        let (before, after) = (markdown[..start].chars().next_back(), markdown[end..].chars().next());
        let (Some(before), Some(after)) = (before, after) else { continue };
        if before == '\\' || !(is_east_asian(before) || is_east_asian(after)) {
            continue;
        }
        if is_punctuation(before) && is_letter(after) {
            places.push(end);
        } else if is_letter(before) && is_punctuation(after) {
            places.push(start);
        }
    }
    places
}

fn is_east_asian(c: char) -> bool {
    is_unspaced(c)
        || matches!(c, '\u{1100}'..='\u{11ff}' | '\u{3130}'..='\u{318f}' | '\u{ac00}'..='\u{d7af}' | '“' | '”' | '‘' | '’' | '…' | '—')
}

fn is_letter(c: char) -> bool {
    !c.is_whitespace() && !is_punctuation(c)
}

fn is_punctuation(c: char) -> bool {
    let is_wide = matches!(c, '\u{2010}'..='\u{205e}' | '\u{3001}'..='\u{3003}' | '\u{3008}'..='\u{3020}' | '\u{3030}' | '\u{30fb}'
        | '\u{fe30}'..='\u{fe6b}' | '\u{ff01}'..='\u{ff0f}' | '\u{ff1a}'..='\u{ff20}' | '\u{ff3b}'..='\u{ff40}' | '\u{ff5b}'..='\u{ff65}');
    c.is_ascii_punctuation() || is_wide || matches!(c, '«' | '»' | '·' | '¿' | '¡' | '§' | '¶')
}

/// Returns the formulas of a text, `$…$`, `$$…$$`, `\(…\)` and `\[…\]`, without overlaps.
fn formulas(markdown: &str) -> Vec<Range<usize>> {
    let mut found: Vec<Range<usize>> = Vec::new();
    let mut at = 0;
    while let Some(start) = markdown[at..].find(['$', '\\']).map(|found| at + found) {
        let rest = &markdown[start..];
        let is_escaped = rest.starts_with('$') && markdown[..start].ends_with('\\');
        let length = formula_length(rest).filter(|_| !is_escaped);
        found.extend(length.map(|length| start..start + length));
        let next = rest.chars().nth(1).map_or(0, char::len_utf8);
        at = start
            + length.unwrap_or(if rest.starts_with("$$") {
                2
            } else if rest.starts_with('$') {
                1
            } else {
                1 + next
            });
    }
    found
}

fn formula_length(rest: &str) -> Option<usize> {
    let (open, close) = [("$$", "$$"), ("$", "$"), ("\\(", "\\)"), ("\\[", "\\]")]
        .into_iter()
        .find(|(open, _)| rest.starts_with(open))?;
    let reach = &rest[open.len()..rest.floor_char_boundary(FORMULA_BYTES_MAX).max(open.len())];
    // A formula is a part of one paragraph.
    let reach = reach.split("\n\n").next().unwrap_or(reach);
    let end = reach.find(close)?;
    let (inner, after) = (&reach[..end], &rest[open.len() + end + close.len()..]);
    let is_inline = open == "$";
    let is_tight = !inner.starts_with(char::is_whitespace) && !inner.ends_with([' ', '\t', '\\']);
    let is_price = is_inline && (after.starts_with(|c: char| c.is_alphanumeric()) || inner.contains('\n'));
    let has_symbol = has_symbol(inner) || (open != "\\[" && inner.chars().count() == 1);
    let is_quoted = inner.lines().skip(1).any(|line| line.trim_start().starts_with('>'));
    let is_formula =
        !inner.trim().is_empty() && !inner.contains(['`']) && !inner.contains("](") && !is_quoted && !is_price;
    let is_formula = is_formula && (!is_inline || (is_tight && has_symbol));
    let is_marked = is_inline || open == "$$" || has_symbol;
    (is_formula && is_marked).then_some(open.len() + end + close.len())
}

/// Returns true if a text has a symbol or a command of mathematics. Escaped punctuation is text.
fn has_symbol(formula: &str) -> bool {
    let mut rest = formula;
    while let Some(at) = rest.find(['\\', '^', '_', '=', '{', '+', '*', '<', '>', '|']) {
        let after = rest[at + 1..].chars().next();
        if !rest[at..].starts_with('\\')
            || after.is_none_or(|c| !c.is_ascii_punctuation() || matches!(c, '\\' | '{' | ','))
        {
            return true;
        }
        rest = &rest[at + 2..];
    }
    false
}

/// Returns the ranges of code and raw HTML, and of the addresses of links, in order.
fn verbatim(markdown: &str) -> Vec<Range<usize>> {
    let mut ranges = Vec::new();
    for (event, range) in Parser::new_ext(markdown, DIALECT).into_offset_iter() {
        match event {
            Event::Code(_)
            | Event::Html(_)
            | Event::InlineHtml(_)
            | Event::Start(Tag::CodeBlock(_) | Tag::HtmlBlock) => {
                ranges.push(range);
            }
            Event::End(TagEnd::Link | TagEnd::Image) => {
                let link = &markdown[range.clone()];
                let address =
                    link.rfind("](").or_else(|| link.rfind("][")).or_else(|| link.starts_with('<').then_some(0));
                ranges.extend(address.map(|at| range.start + at..range.end));
            }
            _ => {}
        }
    }
    ranges.sort_by_key(|range| range.end);
    ranges
}

#[cfg(test)]
mod tests {
    use crate::markdown::plain::plain;

    #[test]
    fn emphasis_beside_east_asian_punctuation_is_emphasis() {
        for (markdown, expected) in [
            ("**提示：**先备份。", "提示：先备份。"),
            ("他说**“好”**吗", "他说“好”吗"),
            ("这是**（重要）**的", "这是（重要）的"),
            ("~~删除。~~后", "删除。后"),
            ("*注意！*请", "注意！请"),
            ("**`x`**を使う", "xを使う"),
            ("**(참고)**는", "(참고)는"),
            ("**提示：**Windows", "提示：Windows"),
            ("`**提示：**先`", "**提示：**先"),
            ("\\*\\*提示：\\*\\*先", "**提示：**先"),
            ("**Note:**text", "**Note:**text"),
            ("2 * 3，4 * 5", "2 * 3，4 * 5"),
        ] {
            assert_eq!(plain(markdown), expected, "{markdown}");
        }
        assert_eq!(plain("```\n**提示：**先\n```"), "**提示：**先");
    }

    #[test]
    fn formulas_stay_byte_for_byte() {
        for formula in [
            "$x*y*z$",
            "$$a_1 * b_1 * c$$",
            "\\(a*b*c\\)",
            "\\[ \\frac{a}{b} \\]",
            "$a \\\\ b_{i}$",
            "$\\{x\\}$",
            "$$x_{=1}$$",
            "$a<b$",
        ] {
            assert_eq!(plain(&format!("If {formula} holds")), format!("If {formula} holds"));
        }
        assert_eq!(plain("$$\na * b \\\\\n- c * d\n$$"), "$$\na * b \\\\\n- c * d\n$$");
        for (markdown, expected) in [
            ("$5 and *$6*", "$5 and $6"),
            ("[$5](https://a.b) or [$6](https://c.d)", "$5 or $6"),
            ("`$x*y*z$`", "$x*y*z$"),
            ("\\[x\\] and \\(a\\_b\\)", "[x] and (a_b)"),
            ("$HOME *is* $PATH", "$HOME is $PATH"),
        ] {
            assert_eq!(plain(markdown), expected, "{markdown}");
        }
    }
}
