//! Names of emoji and icons between colons: `:smile:`, `:material-check:`.

use super::attributes;

/// The names with which the sets of icons of `MkDocs` begin.
const ICON_SETS: [&str; 4] = ["material-", "octicons-", "fontawesome-", "simple-"];

/// Returns the emoji whose name `rest` begins with, and the length of the name with its colons.
///
/// The names are those of code hosts. A colon behind a letter or a digit, as in a time of day, begins no name.
pub(crate) fn of_name(rest: &str, before: &str) -> Option<(usize, &'static str)> {
    let (name, after) = rest.strip_prefix(':')?.split_once(':')?;
    let is_part = |c: char| c.is_alphanumeric() || c == ':';
    if before.ends_with(is_part) || after.starts_with(is_part) {
        return None;
    }
    emojis::get_by_shortcode(name).map(|emoji| (name.len() + 2, emoji.as_str()))
}

/// Drops the name of an icon and its attributes, `:material-star:{ .large }`, and returns their length. A check and a
/// cross stay as characters.
pub(crate) fn icon(rest: &str, out: &mut String) -> Option<usize> {
    let (name, _) = rest.strip_prefix(':')?.split_once(':')?;
    let is_icon = ICON_SETS.iter().any(|set| name.starts_with(set))
        && name.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_'));
    if !is_icon {
        return None;
    }
    let is_called = |word: &str| name.ends_with(&format!("-{word}")) || name.contains(&format!("-{word}-"));
    if is_called("check") {
        out.push('✓');
    } else if is_called("close") || is_called("x") {
        out.push('✗');
    }
    let length = name.len() + 2;
    Some(length + attributes::length(&rest[length..]).unwrap_or(0))
}
