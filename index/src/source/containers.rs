//! The folders that a site generator keeps pages in, which name no section: `src/content/docs`.
//!
//! Two things tell such a folder from a chapter: it has a usual name and holds every page, or the configuration of a
//! generator stands where that generator expects pages below.

use std::collections::{HashMap, HashSet};

use super::generators::detect::FolderDialects;
use super::generators::dialect::{Dialect, Dialects};
use super::slug::{is_index_name, strip_extension};

/// The most containers, one in another, that are looked for by their names.
const DEPTH_MAX: usize = 8;
/// The usual names of folders that hold all pages.
const NAMES: [&str; 11] =
    ["docs", "doc", "documentation", "content", "contents", "src", "source", "pages", "site", "website", "wiki"];
/// The folders of pages below the configuration of a generator.
const ROOTS: [(Dialect, &str); 6] = [
    (Dialect::Mkdocs, "docs"),
    (Dialect::Docusaurus, "docs"),
    (Dialect::Docusaurus, "website/docs"),
    (Dialect::Starlight, "src/content/docs"),
    (Dialect::Hugo, "content"),
    (Dialect::Mdbook, "src"),
];
/// The languages that folders of translated pages are named for.
const LANGUAGES: &str = "ar bg bn ca cs da de el en es et fa fi fr he hi hr hu id it ja ko lt lv ms nb nl no pl pt ro ru \
                         sk sl sr sv sw ta th tr uk ur vi zh";

/// Returns the folders among those of `paths` that name no section.
pub(crate) fn containers<'a>(paths: &[&'a str], dialects: &FolderDialects) -> HashSet<&'a str> {
    let mut found: HashSet<&str> = holding_all(paths).into_iter().collect();
    for path in paths {
        for folder in std::iter::once("").chain(folders_of(path)) {
            let shown = dialects.of_folder(folder);
            if shown != Dialects::default() {
                add_configured(path, folder, shown, &mut found);
            }
        }
    }
    let languages = languages(paths, &found);
    found.extend(languages);
    found
}

/// Returns the folders of usual names, one in another, that hold every page.
fn holding_all<'a>(paths: &[&'a str]) -> Vec<&'a str> {
    let (mut folders, mut root) = (Vec::new(), "");
    while folders.len() < DEPTH_MAX {
        let mut below = paths.iter().copied().filter(|path| is_below(path, root) && !is_index(path, root));
        let Some(next) = below.next().and_then(|path| folder_in(path, root)) else { break };
        if !NAMES.contains(&last_name(next)) || !below.all(|path| is_below(path, next)) {
            break;
        }
        folders.push(next);
        root = next;
    }
    folders
}

/// Adds the folders of `path` that a generator which is configured in `folder` keeps its pages in.
fn add_configured<'a>(path: &'a str, folder: &str, shown: Dialects, found: &mut HashSet<&'a str>) {
    // `docs/.vitepress` makes `docs` a container.
    let above = folders_of(path).take_while(|part| part.len() <= folder.len());
    found.extend(above.filter(|part| NAMES.contains(&last_name(part))));
    for (dialect, root) in ROOTS {
        let root = if folder.is_empty() { root.to_owned() } else { format!("{folder}/{root}") };
        if shown.any(&[dialect]) && is_below(path, &root) {
            found.extend(folders_of(path).filter(|part| (folder.len() + 1..=root.len()).contains(&part.len())));
        }
    }
}

/// Returns the folders in each of `roots` where all of them are named for languages.
fn languages<'a>(paths: &[&'a str], roots: &HashSet<&'a str>) -> Vec<&'a str> {
    let mut within: HashMap<&str, HashSet<&str>> = HashMap::new();
    for path in paths {
        for root in folders_of(path).filter(|folder| roots.contains(folder)) {
            within.entry(root).or_default().extend(folder_in(path, root));
        }
    }
    within.into_values().filter(|folders| folders.iter().all(|folder| is_language(folder))).flatten().collect()
}

fn is_language(folder: &str) -> bool {
    let name = last_name(folder).to_ascii_lowercase();
    let (language, region) = name.split_once(['-', '_']).unwrap_or((&name, "us"));
    LANGUAGES.split(' ').any(|known| known == language) && (2..=4).contains(&region.len())
}

/// Returns the folders that hold `path`, the outermost first.
fn folders_of(path: &str) -> impl Iterator<Item = &str> {
    path.match_indices('/').map(|(end, _)| &path[..end])
}

fn last_name(path: &str) -> &str {
    path.rsplit('/').next().unwrap_or(path)
}

fn is_below(path: &str, folder: &str) -> bool {
    folder.is_empty() || path.strip_prefix(folder).is_some_and(|rest| rest.starts_with('/'))
}

/// Returns the folder directly in `root` that holds `path`.
fn folder_in<'a>(path: &'a str, root: &str) -> Option<&'a str> {
    let start = if root.is_empty() { 0 } else { root.len() + 1 };
    path[start..].find('/').map(|end| &path[..start + end])
}

/// Returns true if a page stands for the folder `root` itself.
fn is_index(path: &str, root: &str) -> bool {
    folder_in(path, root).is_none() && is_index_name(strip_extension(last_name(path)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::problem::Problems;
    use crate::source::files::{Files, texts};
    use crate::source::settings::Settings;
    use crate::source::walk;

    #[track_caller]
    fn check(files: &[&str], expected: &[&str]) {
        let files = Files::Memory(texts(files.iter().map(|path| ((*path).to_owned(), String::new()))));
        let settings = Settings::default();
        let listed = walk::markdown_files(&files, &settings.exclude, &mut Problems::default());
        let paths: Vec<&str> = listed.iter().map(|file| file.path.as_str()).collect();
        let found = containers(&paths, &FolderDialects::of(&files, &listed, &settings));
        let mut found: Vec<&str> = found.into_iter().collect();
        found.sort_unstable();
        assert_eq!(found, expected, "{paths:?}");
    }

    #[test]
    fn a_folder_of_a_usual_name_that_holds_every_page_is_a_container() {
        check(&["docs/a.md", "docs/b/c.md"], &["docs"]);
        check(&["README.md", "docs/a.md", "docs/b/c.md"], &["docs"]);
        check(&["src/content/docs/index.md", "src/content/docs/b/c.md"], &["src", "src/content", "src/content/docs"]);
        check(&["content/en/a.md", "content/en/b/c.md"], &["content", "content/en"]);
        check(&["docs/zh-CN/a.md", "docs/en/b.md"], &["docs", "docs/en", "docs/zh-CN"]);
    }

    #[test]
    fn a_chapter_is_none() {
        check(&["guide/a.md", "guide/b/c.md"], &[]);
        check(&["docs/a.md", "guide/b.md"], &[]);
        check(&["docs/a.md", "news.md"], &[]);
        check(&["docs/en/a.md", "docs/go/b.md"], &["docs"]);
        check(&["en/a.md", "de/a.md"], &[]);
        check(&["a.md"], &[]);
    }

    #[test]
    fn the_configuration_of_a_generator_tells_where_its_pages_are() {
        check(&["mkdocs.yml", "docs/a.md", "news.md"], &["docs"]);
        check(&["book.toml", "src/a/b.md", "CONTRIBUTING.md"], &["src"]);
        check(&["book.toml", "docs/a.md", "guide/a.md"], &[]);
        check(&["docs/.vitepress/config.ts", "docs/guide/a.md", "news.md"], &["docs"]);
        check(&["website/docusaurus.config.ts", "website/docs/a.md", "news.md"], &["website", "website/docs"]);
        check(&["docs/source/conf.py", "docs/source/a/b.md", "news.md"], &["docs", "docs/source"]);
        check(
            &["astro.config.mjs", "src/content/docs/fr/a.md", "b.md"],
            &["src", "src/content", "src/content/docs", "src/content/docs/fr"],
        );
        check(
            &["hugo.toml", "content/en/docs/a.md", "content/de/docs/a.md", "b.md"],
            &["content", "content/de", "content/en"],
        );
        check(&["a/mkdocs.yml", "a/docs/b.md", "docs/c.md"], &["a/docs"]);
    }
}
