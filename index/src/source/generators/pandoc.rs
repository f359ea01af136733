//! Constructs of Quarto and R Markdown, which Pandoc reads: cells of code, divisions, spans, references.

use std::borrow::Cow;

use super::kind;
use crate::source::code_fence::CodeFence;

/// The longest reference or span, in bytes.
const BYTES_MAX: usize = 1000;
/// The most options of a cell.
const OPTIONS_MAX: usize = 40;
/// The most lines of a drawn table.
const TABLE_ROWS_MAX: usize = 500;
/// Options of a cell that are text of a page, as Quarto and as knitr write them.
const CAPTIONS: [&str; 5] = ["fig-cap", "tbl-cap", "lst-cap", "fig.cap", "tab.cap"];
/// The marks of bookdown before the titles of parts.
const PARTS: [&str; 3] = ["(PART) ", "(PART\\*) ", "(APPENDIX) "];

/// Returns the first lines of the code of a cell that `line` opens: its caption, and a fence that names the language.
///
/// Cells are opened by `{r lamp, echo=FALSE}`, `{python}`, `{.yaml filename="a.yml"}` and, to show one, `{{python}}`.
pub(crate) fn cell(line: &str, following: &[&str], prefix: &str) -> Option<String> {
    let fence = CodeFence::opened_by(line)?;
    let at = line.find(char::from(fence.mark))? + fence.length;
    let list = line[at..].trim().strip_prefix('{')?.strip_suffix('}')?.trim_matches(['{', '}', ' ']);
    let end = list.find(|c: char| c.is_whitespace() || c == ',').unwrap_or(list.len());
    let (first, attributes) = list.split_at(end);
    let language = if first.contains(['=', '#']) { "" } else { first.trim_start_matches('.') };
    let title = ["filename", "title"].iter().find_map(|name| argument(attributes, name));
    let title = title.map_or_else(String::new, |title| format!(" title=\"{title}\""));
    let options = following.iter().take(OPTIONS_MAX).map_while(|line| option(line));
    let caption = options.filter(|(name, _)| CAPTIONS.contains(name)).map(|(_, value)| value).next();
    let caption = caption.or_else(|| CAPTIONS.iter().find_map(|name| argument(attributes, name)));
    let caption = caption.filter(|caption| !caption.is_empty() && !caption.starts_with(['|', '>', '!']));
    let indent = &line[..line.len() - line.trim_start().len()];
    let caption = caption.map(|text| format!("{indent}**{text}**\r{prefix}\r{prefix}")).unwrap_or_default();
    Some(format!("{caption}{}{language}{title}", &line[..at]))
}

/// Returns true if a page does not show the code of a cell, which says `include=FALSE` or `#| include: false`.
pub(crate) fn is_hidden(line: &str, following: &[&str]) -> bool {
    let header: String = line.chars().filter(|c| !c.is_whitespace()).collect();
    let is_off = |value: &str| matches!(value, "false" | "FALSE" | "no");
    let mut options = following.iter().take(OPTIONS_MAX).map_while(|line| option(line));
    ["include=FALSE", "include=F,", "include=F}"].iter().any(|mark| header.contains(mark))
        || options.any(|(name, value)| name == "include" && is_off(value))
}

/// Reads a table that is drawn with `+---+` and `|`, which no parser of Markdown knows; returns it as code, which keeps its
/// columns, and the number of its lines.
pub(crate) fn grid_table(lines: &[&str]) -> Option<(String, usize)> {
    let is_border = |line: &str| {
        let text = line.trim();
        text.starts_with("+-")
            && text.ends_with('+')
            && text.bytes().all(|byte| matches!(byte, b'+' | b'-' | b':' | b'='))
    };
    if !is_border(lines[0]) {
        return None;
    }
    let rows: Vec<&str> = lines
        .iter()
        .take(TABLE_ROWS_MAX)
        .map(|line| line.trim())
        .take_while(|line| line.starts_with(['|', '+']))
        .collect();
    let is_table = rows.len() > 2 && rows.last().is_some_and(|row| is_border(row));
    is_table.then(|| (format!("`````\n{}\n`````", rows.join("\n")), rows.len()))
}

/// Returns the name and the value of an option of a cell, `#| echo: false`.
pub(crate) fn option(line: &str) -> Option<(&str, &str)> {
    let text = line.trim();
    let text = ["#|", "//|", "--|", "%%|"].iter().find_map(|mark| text.strip_prefix(mark))?;
    let (name, value) = text.split_once(':').unwrap_or((text, ""));
    Some((name.trim(), value.trim().trim_matches(['"', '\''])))
}

/// Returns the value in quotes of an argument, `fig.cap = "A lamp"`.
fn argument<'a>(arguments: &'a str, name: &str) -> Option<&'a str> {
    let (_, after) = arguments.split_once(name)?;
    let value = after.trim_start().strip_prefix('=')?.trim_start();
    let quote = value.chars().next().filter(|quote| matches!(quote, '"' | '\''))?;
    value[1..].split(quote).next()
}

/// Returns the kind of a division, from its classes, `{#tip .callout-tip}`, or from the only word after its mark. One that
/// only lays its content out is a `div`.
pub(crate) fn division(rest: &str) -> &str {
    let list = rest.trim_start_matches('{').trim_start();
    let is_list = list.len() < rest.len();
    let mut words = list.split(|c: char| c.is_whitespace() || c == '}');
    let class = words.find_map(|word| if is_list { word.strip_prefix('.') } else { Some(word) }).unwrap_or_default();
    let kind = ["callout-", "rmd"].iter().find_map(|prefix| class.strip_prefix(prefix)).unwrap_or(class);
    if kind::alert(kind).is_some() { kind } else { "div" }
}

/// Reads a reference of bookdown, `\@ref(fig:the-lamp)`, or the label of a caption, `(\#fig:the-lamp)`, whose bracket `before`
/// ends with; returns its length and the words of its name. A label is no text.
pub(crate) fn reference(rest: &str, before: &mut String) -> Option<(usize, String)> {
    let (inner, is_label) = match rest.strip_prefix("\\@ref(") {
        Some(inner) => (inner, false),
        None => (rest.strip_prefix("\\#").filter(|_| before.ends_with('('))?, true),
    };
    let (name, _) = inner[..inner.floor_char_boundary(BYTES_MAX)].split_once(')')?;
    let is_name = !name.is_empty() && !name.contains(|c: char| c.is_whitespace() || c == '(');
    if !is_name || is_label && !name.contains(':') {
        return None;
    }
    let length = rest.len() - inner.len() + name.len() + 1;
    if is_label {
        before.pop();
        return Some((length, String::new()));
    }
    let shown = name.split_once(':').map_or(name, |(_, shown)| shown);
    Some((length, shown.replace(['-', '_'], " ")))
}

/// Returns the length of an entry of the index of a printed book, `\\index{lamp}`, which is no text.
pub(crate) fn index_length(rest: &str) -> Option<usize> {
    let inner = rest.strip_prefix("\\index{")?;
    let mut depth = 1;
    for (at, byte) in inner.bytes().enumerate().take(BYTES_MAX) {
        match byte {
            b'{' => depth += 1,
            b'}' => depth -= 1,
            _ => {}
        }
        if depth == 0 {
            return Some(rest.len() - inner.len() + at + 1);
        }
    }
    None
}

/// Leaves out the brackets of a span, `[text]{.class}`, that `out` ends with.
pub(crate) fn without_brackets(out: &mut String) {
    // One line may hold many spans.
    let first = out.floor_char_boundary(out.len().saturating_sub(BYTES_MAX));
    let line = out[first..].rfind(['\n', '\r']).map_or(first, |at| first + at + 1);
    let Some(text) = out[line..].strip_suffix(']') else { return };
    let mut depth = 1;
    for (at, c) in text.char_indices().rev() {
        match c {
            ']' => depth += 1,
            '[' => depth -= 1,
            _ => {}
        }
        if depth == 0 {
            let is_span = !text[..at].ends_with(['!', '\\', ']']) && !text[at..].starts_with("[^");
            if is_span {
                out.pop();
                out.remove(line + at);
            }
            return;
        }
    }
}

/// Returns a heading without the mark of a part, `# (PART) Lamps`.
pub(crate) fn of_heading(line: &str) -> Cow<'_, str> {
    let text = line.trim_start_matches('#').trim_start();
    match PARTS.iter().find_map(|mark| text.strip_prefix(mark)) {
        Some(title) if line.starts_with('#') => Cow::Owned(format!("{}{title}", &line[..line.len() - text.len()])),
        _ => Cow::Borrowed(line),
    }
}

/// Returns the text that stands for a shortcode of Quarto: the words of a variable's name, the keys of a shortcut.
pub(crate) fn shortcode(name: &str, arguments: &str) -> Option<String> {
    let mut words = arguments.split_whitespace().map(|word| word.trim_matches(['"', '\'']));
    match name {
        "meta" | "var" | "env" => words.next().map(|name| name.replace(['.', '-', '_'], " ")),
        "video" => words.next().filter(|url| url.starts_with("http")).map(|url| format!("<{url}>")),
        "kbd" => {
            let mut keys: Vec<&str> = Vec::new();
            for word in words {
                let key = word.split_once('=').map_or(word, |(_, key)| key).trim_matches(['"', '\'']);
                keys.extend(Some(key).filter(|key| !key.is_empty() && !keys.contains(key)));
            }
            Some(keys.iter().map(|key| format!("<kbd>{key}</kbd>")).collect::<Vec<_>>().join(" / "))
        }
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cells_are_code_with_a_language() {
        for (line, following, expected) in [
            ("```{r}", &[][..], Some("```r")),
            ("```{r lamp, echo=FALSE, fig.cap='A lamp'}", &[], Some("**A lamp**\r\r```r")),
            ("```{python}", &["#| label: fig-lamp", "#| fig-cap: \"A lamp\"", "x"], Some("**A lamp**\r\r```python")),
            ("```{python}", &["x", "#| fig-cap: late"], Some("```python")),
            ("~~~{.yaml filename=\"a.yml\"}", &[], Some("~~~yaml title=\"a.yml\"")),
            ("  ```{{r}}", &[], Some("  ```r")),
            ("```{#lst-lamp .r}", &[], Some("```")),
            ("```r", &[], None),
            ("```", &[], None),
        ] {
            assert_eq!(cell(line, following, "").as_deref(), expected, "{line}");
        }
    }

    #[test]
    fn cells_that_no_page_shows_are_known() {
        assert!(is_hidden("```{r setup, include = FALSE}", &[]));
        assert!(is_hidden("```{python}", &["#| label: a", "#| include: false"]));
        assert!(!is_hidden("```{r, echo=FALSE}", &["x"]));
    }

    #[test]
    fn drawn_tables_are_code() {
        let table = ["+---+---+", "| a | b |", "+===+===+", "| c | d |", "+---+---+", "", "e"];
        let code = "`````\n+---+---+\n| a | b |\n+===+===+\n| c | d |\n+---+---+\n`````";
        assert_eq!(grid_table(&table), Some((code.to_owned(), 5)));
        assert_eq!(grid_table(&table[..2]), None);
        assert_eq!(grid_table(&["+ a", "| b |"]), None);
    }

    #[test]
    fn divisions_are_callouts_or_only_layout() {
        for (rest, expected) in [
            ("{#tip .callout-tip title=\"T\"}", "tip"),
            ("{.callout-note}", "note"),
            ("{#fig-lamp layout-ncol=2}", "div"),
            ("{.column-margin}", "div"),
            ("rmdwarning", "warning"),
            ("column-margin", "div"),
            ("{", "div"),
        ] {
            assert_eq!(division(rest), expected, "{rest}");
        }
    }

    #[test]
    fn references_show_the_words_of_their_names() {
        for (before, rest, expected) in [
            ("", "\\@ref(fig:the-lamp) x", Some((19, "the lamp"))),
            ("", "\\@ref(usage)", Some((12, "usage"))),
            ("(", "\\#tab:lamp) Lamps", Some((11, ""))),
            ("", "\\#tab:lamp)", None),
            ("", "\\@ref(a b)", None),
            ("", "\\@ref(a", None),
        ] {
            let found = reference(rest, &mut before.to_owned());
            assert_eq!(found.as_ref().map(|(length, text)| (*length, text.as_str())), expected, "{rest}");
        }
    }

    #[test]
    fn entries_of_a_printed_index_are_no_text() {
        assert_eq!(index_length("\\index{a!\\emph{b}} c"), Some(18));
        assert_eq!(index_length("\\index{a"), None);
        assert_eq!(index_length("\\indexes{a}"), None);
    }

    #[test]
    fn spans_lose_their_brackets() {
        for (text, expected) in
            [("a [b [c] d]", "a b [c] d"), ("![b]", "![b]"), ("[^b]", "[^b]"), ("a]", "a]"), ("[a]\n[b]", "[a]\nb")]
        {
            let mut out = text.to_owned();
            without_brackets(&mut out);
            assert_eq!(out, expected);
        }
    }

    #[test]
    fn shortcodes_show_names_and_keys() {
        assert_eq!(shortcode("meta", "lamp.short-name").as_deref(), Some("lamp short name"));
        let keys = shortcode("kbd", "mac=Command-K win=Ctrl-K linux=Ctrl-K");
        assert_eq!(keys.as_deref(), Some("<kbd>Command-K</kbd> / <kbd>Ctrl-K</kbd>"));
        assert_eq!(shortcode("lamp", "a"), None);
    }
}
