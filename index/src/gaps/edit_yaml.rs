//! Adds items to a list of YAML, in the form that the list has.

/// Returns YAML with `new` behind the list `key` of the top level; none if the list has a form that is not understood.
pub(super) fn with_items(source: &str, key: &str, new: &[String]) -> Option<String> {
    let line_end = if source.contains("\r\n") { "\r\n" } else { "\n" };
    let Some((start, value_start)) = key_line(source, key) else {
        let is_mapping = !source.trim_start().starts_with(['{', '[', '-']);
        let items = block(new, "  ", line_end);
        return is_mapping.then(|| format!("{source}{key}:{line_end}{items}"));
    };
    let line_stop = source[start..].find('\n').map_or(source.len(), |at| start + at + 1);
    let value = source[value_start..line_stop].trim();
    let (at, stop, text) = match value.chars().next() {
        Some('[') => {
            let (at, text) = flow(source, value_start, new)?;
            (at, at, text)
        }
        None | Some('#') => {
            let (at, indent) = block_end(source, line_stop)?;
            (at, at, block(new, &indent, line_end))
        }
        Some('|' | '>' | '&' | '*' | '!' | '{' | '~') => return None,
        Some(_) => {
            let is_continued = source[line_stop..].starts_with([' ', '\t']);
            let items = format!("{line_end}  - {value}{line_end}{}", block(new, "  ", line_end));
            return (!is_continued).then(|| format!("{}{items}{}", &source[..value_start], &source[line_stop..]));
        }
    };
    Some(format!("{}{text}{}", &source[..at], &source[stop..]))
}

/// Returns the start of the line of a key of the top level, and the place behind its colon.
fn key_line(source: &str, key: &str) -> Option<(usize, usize)> {
    let mut start = 0;
    for line in source.split_inclusive('\n') {
        let name = line.split(':').next().unwrap_or_default();
        if name.len() < line.len()
            && name.trim_end().trim_matches(['"', '\'']) == key
            && line.starts_with(['"', '\'', 'a', 'k'])
        {
            return Some((start, start + name.len() + 1));
        }
        start += line.len();
    }
    None
}

/// Returns the end of the items of a block list whose key's line ends at `start`, and their indent.
fn block_end(source: &str, start: usize) -> Option<(usize, String)> {
    let (mut at, mut end, mut indent) = (start, start, None);
    for line in source[start..].split_inclusive('\n') {
        at += line.len();
        let text = line.trim_start();
        let width = line.len() - text.len();
        if text.is_empty() || text.starts_with('#') {
            continue;
        }
        let is_item = text.starts_with("- ") || text.trim_end() == "-";
        match &indent {
            None if is_item => indent = Some(line[..width].to_owned()),
            // The value stands in the next line, in another form.
            None if width > 0 => return None,
            Some(known) if width > known.len() || (is_item && width == known.len()) => {}
            _ => break,
        }
        end = at;
    }
    Some((end, indent.unwrap_or_else(|| "  ".to_owned())))
}

/// Returns the place of new items in the flow list that begins behind `start`, and their text.
fn flow(source: &str, start: usize, new: &[String]) -> Option<(usize, String)> {
    let (mut depth, mut quote, mut is_escaped) = (0_usize, None, false);
    let mut end = None;
    for (at, c) in source[start..].char_indices() {
        match (quote, c) {
            (Some('"'), '\\') if !is_escaped => {
                is_escaped = true;
                continue;
            }
            (Some(open), _) if open == c && !is_escaped => quote = None,
            (None, '"' | '\'') => quote = Some(c),
            (None, '[' | '{') => depth += 1,
            (None, ']' | '}') => {
                depth = depth.checked_sub(1)?;
                if depth == 0 {
                    end = Some(start + at);
                    break;
                }
            }
            _ => {}
        }
        is_escaped = false;
    }
    let before = source[..end?].trim_end();
    let items = new.iter().map(|text| scalar(text, true)).collect::<Vec<_>>().join(", ");
    let text = match before.chars().next_back()? {
        '[' => items,
        ',' => format!(" {items},"),
        _ => format!(", {items}"),
    };
    Some((before.len(), text))
}

fn block(new: &[String], indent: &str, line_end: &str) -> String {
    new.iter().fold(String::new(), |items, text| items + indent + "- " + &scalar(text, false) + line_end)
}

/// Writes a text plainly if YAML reads it as it is, else in double quotes.
fn scalar(text: &str, is_in_flow: bool) -> String {
    let words = ["true", "false", "yes", "no", "on", "off", "null", "y", "n"];
    let is_word = words.iter().any(|word| text.eq_ignore_ascii_case(word));
    let is_mark = |c: char| {
        c.is_control()
            || matches!(c, ':' | '#' | '"' | '\\' | '`')
            || (is_in_flow && matches!(c, ',' | '[' | ']' | '{' | '}'))
    };
    let begins_plainly = text.starts_with(char::is_alphabetic);
    let is_plain = begins_plainly && !is_word && !text.contains(is_mark) && text.trim() == text;
    // A string of JSON is one of YAML.
    if is_plain { text.to_owned() } else { serde_json::Value::from(text).to_string() }
}
