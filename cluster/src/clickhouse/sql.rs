//! Parts of statements as text: ClickHouse before version 21 has no parameters in statements.

use std::fmt::Write;

use faqt::database::{AnyOf, Condition};

/// Returns a string literal of any text. Only the quote and the backslash have a meaning in one (`ParserStringLiteral`); NUL is
/// written as an escape, since logs end at it.
pub(super) fn literal(text: &str) -> String {
    let mut literal = String::with_capacity(text.len() + 2);
    literal.push('\'');
    for c in text.chars() {
        match c {
            '\'' => literal.push_str("\\'"),
            '\\' => literal.push_str("\\\\"),
            '\0' => literal.push_str("\\0"),
            c => literal.push(c),
        }
    }
    literal.push('\'');
    literal
}

/// Returns a name of a table or database in backquotes.
pub(super) fn identifier(name: &str) -> String {
    let mut quoted = String::from("`");
    for c in name.chars() {
        if matches!(c, '`' | '\\') {
            quoted.push('\\');
        }
        quoted.push(c);
    }
    quoted.push('`');
    quoted
}

/// Returns numbers between commas. An empty list becomes `null`, which is in no row.
pub(super) fn numbers(numbers: &[u32]) -> String {
    let mut list = String::with_capacity(numbers.len() * 8);
    for number in numbers {
        // Writing to a string cannot fail.
        let _ = write!(list, "{}{number}", if list.is_empty() { "" } else { "," });
    }
    or_null(list)
}

/// Returns string literals between commas, or `null`.
pub(super) fn literals<'a>(texts: impl IntoIterator<Item = &'a String>) -> String {
    or_null(texts.into_iter().map(|text| literal(text)).collect::<Vec<_>>().join(","))
}

fn or_null(list: String) -> String {
    if list.is_empty() { "null".to_owned() } else { list }
}

/// Returns a condition on the column `position`, by the table of names.
pub(super) fn condition(condition: &Condition, names_table: &str) -> String {
    let group = |group: &AnyOf| match group {
        AnyOf::Names(names) => {
            format!("position in (select position from {names_table} where name in ({}))", literals(names))
        }
        AnyOf::Positions(positions) => format!("position in ({})", numbers(positions)),
    };
    let groups: Vec<String> = condition.0.iter().map(group).collect();
    if groups.is_empty() { "1".to_owned() } else { groups.join(" and ") }
}

#[cfg(test)]
mod tests {
    use super::{identifier, literal, literals, numbers};

    #[test]
    fn quotes_and_backslashes_are_escaped_and_nothing_else() {
        assert_eq!(literal("it's \\ \0 `ü`\n\\'"), "'it\\'s \\\\ \\0 `ü`\n\\\\\\''");
        assert_eq!(identifier("a`b\\"), "`a\\`b\\\\`");
    }

    #[test]
    fn an_empty_list_is_null() {
        assert_eq!(numbers(&[]), "null");
        assert_eq!(numbers(&[1, 20]), "1,20");
        assert_eq!(literals(&[]), "null");
    }
}
