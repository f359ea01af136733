//! Names made from other names: slugs from headings, section titles and ids from paths.

use super::ids;

/// Returns the slug of a heading as code hosts make it: lower case, spaces as hyphens, punctuation left out.
#[expect(clippy::disallowed_methods, reason = "links to headings hold what code hosts make, which is no case folding")]
pub(crate) fn heading_slug(heading: &str) -> String {
    let mut slug = String::with_capacity(heading.len());
    for c in heading.trim().chars().flat_map(char::to_lowercase) {
        if c.is_alphanumeric() || c == '_' || c == '-' {
            slug.push(c);
        } else if c.is_whitespace() {
            slug.push('-');
        }
    }
    slug
}

/// Returns the id of a file's path: no extension, no ordering numbers, no trailing `index` or `readme`, and hyphens for
/// characters that an id must not hold.
pub(crate) fn path_id(path: &str) -> String {
    let stem = strip_extension(path);
    let mut parts: Vec<&str> = stem.split('/').map(strip_order).collect();
    if parts.len() > 1 && parts.last().is_some_and(|last| is_index_name(last)) {
        parts.pop();
    }
    ids::id_of(&parts.join("/")).into_owned()
}

/// Returns the section titles that the folders of `path` stand for: `1-before-you-start/a.md` is in `Before you start`.
pub(crate) fn path_sections(path: &str) -> Vec<String> {
    match path.rsplit_once('/') {
        Some((folders, _)) => folders.split('/').map(capitalised).collect(),
        None => Vec::new(),
    }
}

/// Returns the title that a file or folder name stands for: `02-set-up_guide.md` is `Set up guide`.
pub(crate) fn title(name: &str) -> String {
    capitalised(strip_extension(name))
}

fn capitalised(stem: &str) -> String {
    let words = strip_order(stem).replace(['-', '_'], " ");
    let mut chars = words.chars();
    match chars.next() {
        Some(first) => first.to_uppercase().chain(chars).collect(),
        None => String::new(),
    }
}

fn is_index_name(name: &str) -> bool {
    ["index", "_index", "readme"].iter().any(|known| name.eq_ignore_ascii_case(known))
}

/// Returns `path` without the extension of its file.
pub(crate) fn strip_extension(path: &str) -> &str {
    match path.rsplit_once('.') {
        Some((stem, extension)) if !stem.is_empty() && !stem.ends_with('/') && !extension.contains('/') => stem,
        _ => path,
    }
}

/// Leaves out a number that only puts names in order: `01-start` is `start`, but `404`, `2024` and `6.0` stay.
fn strip_order(name: &str) -> &str {
    let digits = name.len() - name.trim_start_matches(|c: char| c.is_ascii_digit()).len();
    let rest = name[digits..].trim_start_matches(['-', '_', '.', ' ']);
    let is_version = name[digits..].starts_with('.') && rest.starts_with(|c: char| c.is_ascii_digit());
    let is_order = (1..=3).contains(&digits) && !rest.is_empty() && rest.len() < name.len() - digits && !is_version;
    if is_order { rest } else { name }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn headings_become_slugs() {
        assert_eq!(heading_slug("How do I … `cargo`, again?"), "how-do-i--cargo-again");
        assert_eq!(heading_slug("备案要多久？"), "备案要多久");
    }

    #[test]
    fn paths_become_ids_and_sections() {
        assert_eq!(path_id("1-before/04-bind.md"), "before/bind");
        assert_eq!(path_id("guide/README.md"), "guide");
        assert_eq!(path_id("README.md"), "README");
        assert_eq!(path_id("errors/404.md"), "errors/404");
        assert_eq!(path_id("v1.2/notes"), "v1.2/notes");
        assert_eq!(path_id("releases/6.0.md"), "releases/6.0");
        assert_eq!(path_id("1-guide/02 Reset $(the) lamp.md"), "guide/Reset-the-lamp");
        assert_eq!(path_sections("1-before-you-start/a.md"), ["Before you start"]);
        assert_eq!(path_sections("0.26-notes/a.md"), ["0.26 notes"]);
        assert_eq!(title("faq.md"), "Faq");
    }
}
