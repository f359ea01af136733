//! Components of Nuxt Content as blocks: `::name{title="Title"}` to `::`.

use super::{kind, shortcode};

/// Attributes that are the title of a component.
const TITLES: [&str; 4] = ["title", "summary", "label", "filename"];

/// Returns the kind and the title of the block that a component opens; one that is no callout only lays its content out.
pub(crate) fn component(rest: &str) -> Option<(&str, Option<String>)> {
    let is_name = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '_');
    let (name, rest) = rest.split_at(rest.find(|c| !is_name(c)).unwrap_or(rest.len()));
    let attributes = rest.trim().strip_prefix('{').and_then(|rest| rest.strip_suffix('}'));
    let is_whole = rest.trim().is_empty() || attributes.is_some();
    if !name.starts_with(|c: char| c.is_ascii_alphabetic()) || !(is_whole || rest.starts_with(' ')) {
        return None;
    }
    // Other generators' containers stand beside those of Nuxt, with a title behind the kind.
    let plain = || Some(rest.trim()).filter(|title| !title.is_empty() && !title.starts_with('{')).map(str::to_owned);
    let named = attributes.and_then(|list| TITLES.iter().find_map(|key| shortcode::value_of(key, list)));
    let kind = if kind::alert(name).is_some() { name } else { "div" };
    Some((kind, named.map(str::to_owned).or_else(plain)))
}

/// Returns true if a line names the slot of a component that the lines below it fill, `#title`.
pub(crate) fn is_slot(line: &str) -> bool {
    let name = line.trim().strip_prefix('#').unwrap_or_default();
    let is_name = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-';
    name.starts_with(|c: char| c.is_ascii_lowercase()) && name.chars().all(is_name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn components_are_callouts_or_only_layout() {
        for (rest, expected) in [
            ("note", Some(("note", None))),
            ("tip{icon=\"i-lamp\" title=\"Warm\"}", Some(("tip", Some("Warm")))),
            ("g-details{summary='More'}", Some(("div", Some("More")))),
            ("Card_Group", Some(("div", None))),
            ("danger Take care", Some(("danger", Some("Take care")))),
            ("1a", None),
            ("a:b", None),
            ("", None),
        ] {
            let found = component(rest);
            assert_eq!(found.as_ref().map(|(kind, title)| (*kind, title.as_deref())), expected, "{rest}");
        }
    }

    #[test]
    fn slots_are_names_behind_a_number_sign() {
        assert!(is_slot("#title") && is_slot("  #code-2 "));
        assert!(!is_slot("# title") && !is_slot("#Title") && !is_slot("#a b") && !is_slot("##a") && !is_slot("#"));
    }
}
