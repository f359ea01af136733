//! Names made from other names: slugs from headings, ids from paths.

use std::borrow::Cow;

use unicode_normalization::char::is_combining_mark;

use super::ids;

/// The most characters of a title that other entries repeat.
const REPEATED_CHARS_MAX: usize = 200;

/// Returns a title as other entries repeat it: cut, because each entry of a page may.
pub(crate) fn shortened(title: &str) -> Cow<'_, str> {
    match title.char_indices().nth(REPEATED_CHARS_MAX) {
        Some((end, _)) => Cow::Owned(format!("{}…", &title[..end])),
        None => Cow::Borrowed(title),
    }
}

/// Returns the slug of a heading as code hosts make it: lower case, spaces as hyphens, punctuation left out; combining
/// marks belong to their letters.
#[expect(clippy::disallowed_methods, reason = "links to headings hold what code hosts make, which is no case folding")]
pub(crate) fn heading_slug(heading: &str) -> String {
    let mut slug = String::with_capacity(heading.len());
    for c in heading.trim().chars().flat_map(char::to_lowercase) {
        if c.is_alphanumeric() || is_combining_mark(c) || c == '_' || c == '-' {
            slug.push(c);
        } else if c.is_whitespace() {
            slug.push('-');
        }
    }
    slug
}

/// Returns the id of a file's path: no extension, no `index` or `readme` for its folder, and hyphens for characters that an
/// id must not hold. It depends on no other file, so that it stays when one is added.
pub(crate) fn path_id(path: &str) -> String {
    let stem = strip_extension(path);
    let of_folder = stem.rsplit_once('/').filter(|(_, name)| is_index_name(name)).map(|(folder, _)| folder);
    ids::id_of(of_folder.unwrap_or(stem)).into_owned()
}

/// Returns the id of a heading: that of its file, and its slug.
pub(crate) fn heading_id(path: &str, slug: &str) -> String {
    ids::id_of(&format!("{}#{}", path_id(path), ids::id_of(slug))).into_owned()
}

/// Returns true if a file of this name, without its extension, stands for its folder.
pub(crate) fn is_index_name(name: &str) -> bool {
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
pub(crate) fn strip_order(name: &str) -> &str {
    let digits = name.len() - name.trim_start_matches(|c: char| c.is_ascii_digit()).len();
    let rest = name[digits..].trim_start_matches(['-', '_', '.', ' ']);
    let is_version = name[digits..].starts_with('.') && rest.starts_with(|c: char| c.is_ascii_digit());
    let is_order = (1..=3).contains(&digits) && !rest.is_empty() && rest.len() < name.len() - digits && !is_version;
    if is_order { rest } else { name }
}

/// Returns the address of the file at `path` without numbers that only put names in order: that of `1.guide/02-lamp.md` is
/// `guide/lamp`, that of `1.guide/1.index.md` is `guide`.
pub(crate) fn unordered(path: &str) -> String {
    let parts: Vec<&str> = strip_extension(path).split('/').map(strip_order).collect();
    let is_index = parts.len() > 1 && parts.last().is_some_and(|name| is_index_name(name));
    parts[..parts.len() - usize::from(is_index)].join("/")
}

/// Returns the address of the file at `path` without ordering numbers, if it has some.
pub(crate) fn unordered_address(path: &str) -> Option<String> {
    let has_digits = path.contains(|c: char| c.is_ascii_digit());
    has_digits.then(|| unordered(path)).filter(|address| address != strip_extension(path))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn headings_become_slugs() {
        assert_eq!(heading_slug("How do I … `cargo`, again?"), "how-do-i--cargo-again");
        assert_eq!(heading_slug("备案要多久？"), "备案要多久");
        assert_eq!(heading_slug("การติดตั้ง ที่นี่"), "การติดตั้ง-ที่นี่");
        assert_eq!(heading_slug("संकल्प क्या है?"), "संकल्प-क्या-है");
        assert_eq!(heading_slug("e\u{301}te\u{301}"), "e\u{301}te\u{301}");
    }

    #[test]
    fn addresses_have_no_ordering_numbers() {
        for (path, expected) in [
            ("1.guide/02-lamp.md", "guide/lamp"),
            ("1.guide/1.index.md", "guide"),
            ("v1.2/404.md", "v1.2/404"),
            ("index.md", "index"),
        ] {
            assert_eq!(unordered(path), expected, "{path}");
        }
    }

    #[test]
    fn paths_become_ids() {
        assert_eq!(path_id("1-before/04-bind.md"), "1-before/04-bind");
        assert_eq!(path_id("guide/README.md"), "guide");
        assert_eq!(path_id("README.md"), "README");
        assert_eq!(path_id("errors/404.md"), "errors/404");
        assert_eq!(path_id("v1.2/notes"), "v1.2/notes");
        assert_eq!(path_id("releases/6.0.md"), "releases/6.0");
        assert_eq!(path_id("1-guide/02 Reset $(the) lamp.md"), "1-guide/02-Reset-the-lamp");
        assert_eq!(heading_id("guide/index.md", "usage"), "guide#usage");
        assert_eq!(heading_id("a.md", ""), "a#untitled");
    }
}
