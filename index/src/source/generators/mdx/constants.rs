//! Statements of a module between paragraphs, and the text of those that are a component without arguments.
//!
//! `export const Download = () => <CodeBlock>wget …</CodeBlock>;` stands for `<Download />` further down.

use std::collections::HashMap;

use crate::source::generators::inline::{self, is_module_code};

/// The most lines of a statement with blank lines.
const LINES_MAX: usize = 100;

/// Returns the number of lines of the statement that `lines` begin with: to the blank line or the import behind its last
/// bracket.
pub(crate) fn statement_lines(lines: &[&str]) -> usize {
    if inline::ends_import(lines[0]) {
        return 1;
    }
    let (mut depth, mut in_template, mut to_blank) = (0_usize, false, None);
    for (at, line) in lines.iter().enumerate().take(LINES_MAX) {
        for byte in line.bytes() {
            match byte {
                b'`' => in_template = !in_template,
                b'(' | b'[' | b'{' => depth += 1,
                b')' | b']' | b'}' => depth = depth.saturating_sub(1),
                _ => {}
            }
        }
        let is_blank_next = lines.get(at + 1).is_none_or(|next| next.trim().is_empty());
        to_blank = to_blank.or(is_blank_next.then_some(at + 1));
        let is_closed = depth == 0 && !in_template;
        if is_closed
            && (is_blank_next || inline::ends_import(line) || lines.get(at + 1).is_some_and(|l| is_module_code(l)))
        {
            return at + 1;
        }
    }
    to_blank.unwrap_or_else(|| lines.iter().position(|line| line.trim().is_empty()).unwrap_or(lines.len()))
}

/// Adds the component without arguments that the statement of `lines` defines, with what it stands for.
pub(crate) fn add(lines: &[&str], components: &mut HashMap<String, String>) {
    let Some((name, value)) = lines[0].strip_prefix("export const ").and_then(|rest| rest.split_once('=')) else {
        return;
    };
    let name = name.trim();
    if !name.starts_with(|c: char| c.is_ascii_uppercase()) || !name.chars().all(char::is_alphanumeric) {
        return;
    }
    let value = lines[1..].iter().fold(value.to_owned(), |value, line| value + "\n" + line);
    let value = value.trim().trim_end_matches(';').trim_end();
    let value = value.strip_prefix("()").map_or(value, |rest| rest.trim_start().trim_start_matches("=>").trim_start());
    let value = value.strip_prefix('(').and_then(|inner| inner.strip_suffix(')')).map_or(value, str::trim);
    if value.starts_with('<') && !value.contains("\nexport ") {
        components.insert(name.to_owned(), value.to_owned());
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_statement_ends_behind_its_last_bracket() {
        for (text, lines) in [
            ("export const A = () => <b>c</b>;\n\nd", 1),
            ("export const A = () => <b>\n{`c\n\nd`}</b>;\n\ne", 4),
            ("export const A = {\n  b: 1,\n\n  c: 2,\n};\n\nd", 5),
            ("export const A = (\n\nb", 1),
            ("export function A() {\n  return 1;\n}\nexport const b = 2;\n", 3),
            ("import {\n  A,\n} from 'a';\nText.", 3),
        ] {
            assert_eq!(statement_lines(&text.split('\n').collect::<Vec<_>>()), lines, "{text}");
        }
    }

    #[test]
    fn a_constant_without_arguments_stands_for_elements() {
        for (statement, expected) in [
            ("export const A = () => <CodeBlock>a</CodeBlock>;", Some("<CodeBlock>a</CodeBlock>")),
            ("export const A= () => (\n  <p>\n    b\n  </p>\n);", Some("<p>\n    b\n  </p>")),
            ("export const A = <Card title=\"Lamps\" />", Some("<Card title=\"Lamps\" />")),
            ("export const A = ({ color }) => <b>{color}</b>;", None),
            ("export const a = () => <b>a</b>;", None),
            ("export const A = 5;", None),
        ] {
            let mut found = HashMap::new();
            add(&statement.split('\n').collect::<Vec<_>>(), &mut found);
            assert_eq!(found.get("A").map(String::as_str), expected, "{statement}");
        }
    }
}
