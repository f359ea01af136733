//! Files that are editions of one by their names: `bind.zh.md` beside `bind.md`, or by their folders: `zh/bind.md`.

use rustc_hash::FxHashMap;

use super::language_folders::{self, LanguageFolders};
use super::slug::strip_extension;
use crate::text::language::is_tag_of_file;

/// The files whose names end in a language, or whose folders are named for one, each with its tag.
#[derive(Clone, Debug, Default)]
pub(crate) struct EditionFiles {
    tags: FxHashMap<String, String>,
    /// The files with such a language and without a sister, each with the path that the sister would have.
    lone: Vec<(String, String)>,
}

impl EditionFiles {
    /// Finds the files among `paths` that have a language in their names, and a sister beside them: the file without the language,
    /// or one with another.
    ///
    /// A file alone may be called `notes.io.md` for another reason. All other files in the `folders` of the settings are editions.
    pub(crate) fn of<'a>(
        paths: impl Iterator<Item = &'a str> + Clone,
        folders: Option<&LanguageFolders>,
    ) -> EditionFiles {
        let mut files = EditionFiles::by_name(paths.clone());
        for (path, tag) in paths.filter_map(|path| Some((path, folders?.tag_of(path)?))) {
            files.tags.entry(path.to_owned()).or_insert_with(|| tag.replace('_', "-"));
        }
        files
    }

    fn by_name<'a>(paths: impl Iterator<Item = &'a str> + Clone) -> EditionFiles {
        let mut sisters: FxHashMap<&str, Vec<(&str, &str)>> = FxHashMap::default();
        for path in paths.clone() {
            if let Some((plain, tag)) = parts(path) {
                sisters.entry(plain).or_default().push((path, tag));
            }
        }
        let mut tags: FxHashMap<String, String> = FxHashMap::default();
        if sisters.is_empty() {
            return EditionFiles::default();
        }
        let mut plain: Vec<&str> = paths.map(strip_extension).filter(|stem| sisters.contains_key(stem)).collect();
        plain.sort_unstable();
        let has_sister = |(stem, files): &(&str, Vec<_>)| files.len() > 1 || plain.binary_search(stem).is_ok();
        let (sisters, alone): (Vec<_>, Vec<_>) = sisters.into_iter().partition(has_sister);
        for (path, tag) in sisters.into_iter().flat_map(|(_, files)| files) {
            tags.insert(path.to_owned(), tag.replace('_', "-"));
        }
        let mut lone: Vec<(String, String)> = Vec::new();
        for (path, tag) in alone.into_iter().flat_map(|(_, files)| files) {
            if tags.values().any(|known: &String| known.eq_ignore_ascii_case(tag)) {
                lone.push((path.to_owned(), plain_path(path)));
            }
        }
        lone.sort_unstable();
        EditionFiles { tags, lone }
    }

    /// Lists the files that have a language in their names, as files with sisters have, and no sister; each with the path that the
    /// sister would have.
    pub(crate) fn lone(&self) -> impl Iterator<Item = (&str, &str)> {
        self.lone.iter().map(|(path, plain)| (path.as_str(), plain.as_str()))
    }

    /// Returns the language of the file at `path`, if it is an edition by its name.
    pub(crate) fn tag_of(&self, path: &str) -> Option<&str> {
        self.tags.get(path).map(String::as_str)
    }
}

/// Returns the path of a file that is an edition without its language: `a/bind.md` for `a/bind.zh.md` and for `zh/a/bind.md`.
pub(crate) fn plain_path(path: &str) -> String {
    match (parts(path), language_folders::parts(path)) {
        (Some((plain, _)), _) => format!("{plain}{}", &path[strip_extension(path).len()..]),
        (None, Some((_, below))) => below.to_owned(),
        (None, None) => path.to_owned(),
    }
}

/// Returns the path that the edition in the language `tag` has beside the one at `path`.
pub(crate) fn sister_path(path: &str, tag: &str) -> String {
    if let (None, Some((_, below))) = (parts(path), language_folders::parts(path)) {
        return format!("{tag}/{below}");
    }
    let plain = plain_path(path);
    let stem = strip_extension(&plain);
    format!("{stem}.{tag}{}", &plain[stem.len()..])
}

/// Returns the path of a file without its language and its extension, and the language.
fn parts(path: &str) -> Option<(&str, &str)> {
    let (plain, tag) = strip_extension(path).rsplit_once('.')?;
    let has_name = !plain.is_empty() && !plain.ends_with('/');
    (has_name && is_tag_of_file(tag)).then_some((plain, tag))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn tags(paths: &[&str], expected: &[Option<&str>]) {
        let files = EditionFiles::of(paths.iter().copied(), None);
        let found: Vec<Option<&str>> = paths.iter().map(|path| files.tag_of(path)).collect();
        assert_eq!(found, expected, "{paths:?}");
    }

    #[test]
    fn a_language_counts_beside_a_sister() {
        tags(&["bind.md", "bind.zh.md", "bind.pt_BR.md"], &[None, Some("zh"), Some("pt-BR")]);
        tags(&["a/bind.de.md", "a/bind.zh.md"], &[Some("de"), Some("zh")]);
        tags(&["a/bind.md", "b/bind.zh.md"], &[None, None]);
        tags(&["notes.io.md", "v1.de.md"], &[None, None]);
        tags(&["api.md", "api.dev.md", "api.v2.md"], &[None, None, None]);
        tags(&["zh.md", ".zh.md", "a/.zh.md"], &[None, None, None]);
    }

    #[test]
    fn a_path_is_plain_without_its_language() {
        assert_eq!(plain_path("a/bind.zh-CN.md"), "a/bind.md");
        assert_eq!(plain_path("a/bind.md"), "a/bind.md");
        assert_eq!(plain_path("zh-CN/a/bind.md"), "a/bind.md");
        assert_eq!(sister_path("a/bind.md", "de"), "a/bind.de.md");
        assert_eq!(sister_path("a/bind.zh.md", "de"), "a/bind.de.md");
        assert_eq!(sister_path("zh/a/bind.md", "de"), "de/a/bind.md");
    }

    #[test]
    fn folders_are_those_of_the_settings() {
        let paths = ["bind.md", "zh/bind.md", "de/a.md", "docs/zh/bind.md"];
        let tags = |folders: &str| {
            let settings: Result<std::collections::BTreeMap<String, LanguageFolders>, _> = toml::from_str(folders);
            let files = EditionFiles::of(paths.into_iter(), settings.expect("settings").get("languages"));
            paths.map(|path| files.tag_of(path).map(str::to_owned))
        };
        let owned = |tag: &str| Some(tag.to_owned());
        assert_eq!(tags(""), [None, None, None, None]);
        assert_eq!(tags("languages = 'folders'"), [None, owned("zh"), owned("de"), None]);
        assert_eq!(tags("languages = ['zh']"), [None, owned("zh"), None, None]);
    }
}
