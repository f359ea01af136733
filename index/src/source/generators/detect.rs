//! The dialects of a folder: from its configuration files, and from the files themselves.

use std::collections::HashMap;
use std::path::Path;

use super::dialect::{Dialect, Dialects};
use super::evidence;
use crate::problem::check::Check;
use crate::source::extensions;
use crate::source::files::Files;
use crate::source::settings::Settings;
use crate::source::walk::SourceFile;

/// The most folders that are searched for configuration files.
const FOLDERS_MAX: usize = 1_000;
/// The most parts of the path of such a folder.
const DEPTH_MAX: usize = 3;

/// Configuration files and folders, each with the generator that reads it.
const MARKERS: [(&str, Dialect); 40] = [
    ("mkdocs.yml", Dialect::Mkdocs),
    ("mkdocs.yaml", Dialect::Mkdocs),
    ("properdocs.yml", Dialect::Mkdocs),
    ("zensical.toml", Dialect::Mkdocs),
    ("docusaurus.config.js", Dialect::Docusaurus),
    ("docusaurus.config.ts", Dialect::Docusaurus),
    ("docusaurus.config.mjs", Dialect::Docusaurus),
    ("docusaurus.config.cjs", Dialect::Docusaurus),
    ("website/docusaurus.config.js", Dialect::Docusaurus),
    ("website/docusaurus.config.ts", Dialect::Docusaurus),
    ("sidebars.js", Dialect::Docusaurus),
    ("sidebars.ts", Dialect::Docusaurus),
    (".vitepress", Dialect::Vitepress),
    (".vuepress", Dialect::Vitepress),
    ("hugo.toml", Dialect::Hugo),
    ("hugo.yaml", Dialect::Hugo),
    ("hugo.yml", Dialect::Hugo),
    ("hugo.json", Dialect::Hugo),
    ("archetypes", Dialect::Hugo),
    ("_posts", Dialect::Jekyll),
    ("_layouts", Dialect::Jekyll),
    ("book.toml", Dialect::Mdbook),
    ("conf.py", Dialect::Myst),
    ("myst.yml", Dialect::Myst),
    ("_toc.yml", Dialect::Myst),
    ("_quarto.yml", Dialect::Quarto),
    ("_bookdown.yml", Dialect::Quarto),
    ("nuxt.config.ts", Dialect::Nuxt),
    ("nuxt.config.js", Dialect::Nuxt),
    ("eleventy.config.js", Dialect::Jekyll),
    (".eleventy.js", Dialect::Jekyll),
    ("_11ty", Dialect::Jekyll),
    (".obsidian", Dialect::Obsidian),
    (".foam", Dialect::Obsidian),
    ("astro.config.mjs", Dialect::Starlight),
    ("astro.config.ts", Dialect::Starlight),
    ("astro.config.js", Dialect::Starlight),
    (".gitbook", Dialect::Gitbook),
    (".gitbook.yaml", Dialect::Gitbook),
    ("book.json", Dialect::Gitbook),
];

/// The dialects of a content's folders.
#[derive(Debug, Default)]
pub(crate) struct FolderDialects {
    /// The dialects that `faqt.toml` names; they replace what folders and files show.
    named: Option<Dialects>,
    /// True if `faqt.toml` asks for a list of the constructs that are left out.
    pub(crate) reports_dropped: bool,
    everywhere: Dialects,
    /// The dialects of folders within, for themselves and the folders below.
    within: HashMap<String, Dialects>,
}

impl FolderDialects {
    /// Looks for configuration files at the top of `files`, in its parent folder, and in the folders of `listed`.
    pub(crate) fn of(files: &Files, listed: &[SourceFile], settings: &Settings) -> FolderDialects {
        let reports_dropped = settings.level(Check::DroppedMarkup).is_some();
        if let Some(named) = &settings.dialects {
            let named = Some(named.iter().copied().collect());
            return FolderDialects { named, reports_dropped, ..FolderDialects::default() };
        }
        let mut everywhere = in_folder(&|name| files.exists(name), files.exists("content"));
        everywhere = everywhere.union(in_folder(&|name| files.exists_beside(name), files.is_called("content")));
        if listed.iter().any(|file| file.path.rsplit('/').next().is_some_and(|name| name.starts_with("_index."))) {
            everywhere = everywhere.with(Dialect::Hugo);
        }
        let mut within = HashMap::new();
        for file in listed {
            for (end, _) in file.path.match_indices('/').take(DEPTH_MAX) {
                let folder = &file.path[..end];
                if within.len() < FOLDERS_MAX && !within.contains_key(folder) {
                    let exists = |name: &str| files.exists(&format!("{folder}/{name}"));
                    within.insert(folder.to_owned(), in_folder(&exists, exists("content")));
                }
            }
        }
        within.retain(|_, dialects| *dialects != Dialects::default());
        FolderDialects { named: None, reports_dropped, everywhere, within }
    }

    /// Returns the dialects of the file at `path`, which has this front matter and body.
    pub(crate) fn of_file(&self, path: &str, front: &str, body: &str) -> Dialects {
        let of_kind = [
            (extensions::is_mdx(Path::new(path)), Dialect::Mdx),
            (extensions::is_pandoc(Path::new(path)), Dialect::Quarto),
        ];
        let by_kind: Dialects =
            of_kind.into_iter().filter(|(is_kind, _)| *is_kind).map(|(_, dialect)| dialect).collect();
        if let Some(named) = self.named {
            return named.union(by_kind);
        }
        let folders = path.match_indices('/').take(DEPTH_MAX).filter_map(|(end, _)| self.within.get(&path[..end]));
        let shown = folders.fold(self.everywhere, |all, &dialects| all.union(dialects));
        shown.union(by_kind).union(evidence::in_file(front, body))
    }

    /// Returns the dialects that a folder's configuration files show; the top is the folder without a name.
    pub(crate) fn of_folder(&self, folder: &str) -> Dialects {
        match folder {
            "" => self.named.unwrap_or(self.everywhere),
            folder => self.within.get(folder).copied().unwrap_or_default(),
        }
    }

    /// Returns the dialects of folders as text, equal only for equal dialects.
    pub(crate) fn summary(&self) -> String {
        let mut within: Vec<_> = self.within.iter().collect();
        within.sort_by_key(|(folder, _)| folder.as_str());
        format!("{:?} {:?} {within:?}", self.named, self.everywhere)
    }
}

/// Returns the dialects that the configuration files in a folder show.
fn in_folder(exists: &dyn Fn(&str) -> bool, has_content: bool) -> Dialects {
    let found = MARKERS.iter().filter(|(name, _)| exists(name)).map(|&(_, dialect)| dialect);
    let mut dialects: Dialects = found.collect();
    let has = |name: &str| ["yml", "yaml", "toml"].iter().any(|extension| exists(&format!("{name}.{extension}")));
    if has_content && has("config") {
        dialects = dialects.with(Dialect::Hugo);
    }
    // Jupyter Book has a file of this name, too.
    if has("_config") && !dialects.any(&[Dialect::Myst]) {
        dialects = dialects.with(Dialect::Jekyll);
    }
    dialects
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::problem::Problems;
    use crate::source::files::texts;
    use crate::source::walk;

    fn of(paths: &[&str], file: &str) -> Dialects {
        let files = Files::Memory(texts(paths.iter().map(|path| ((*path).to_owned(), String::new()))));
        let settings = Settings::default();
        let listed = walk::markdown_files(&files, &settings.exclude, &mut Problems::default());
        FolderDialects::of(&files, &listed, &settings).of_file(file, "", "")
    }

    #[test]
    fn configuration_files_show_the_dialect_of_their_folder() {
        for (paths, file, expected) in [
            (&["mkdocs.yml", "docs/a.md"][..], "docs/a.md", Some(Dialect::Mkdocs)),
            (&["_config.yml", "a.md"], "a.md", Some(Dialect::Jekyll)),
            (&["_config.yml", "_toc.yml", "a.md"], "a.md", Some(Dialect::Myst)),
            (&["config.toml", "content/a.md"], "content/a.md", Some(Dialect::Hugo)),
            (&["config.toml", "a.md"], "a.md", None),
            (&["docs/.vitepress/config.ts", "docs/a/b.md", "c.md"], "docs/a/b.md", Some(Dialect::Vitepress)),
            (&["docs/.vitepress/config.ts", "docs/a/b.md", "c.md"], "c.md", None),
            (&["website/docusaurus.config.ts", "docs/a.md"], "docs/a.md", Some(Dialect::Docusaurus)),
            (&["a/_index.md", "b.md"], "b.md", Some(Dialect::Hugo)),
            (&["astro.config.mjs", "src/content.config.ts", "src/a.md"], "src/a.md", Some(Dialect::Starlight)),
            (&["a.mdx"], "a.mdx", Some(Dialect::Mdx)),
            (&["a.qmd"], "a.qmd", Some(Dialect::Quarto)),
            (&["a.Rmd"], "a.Rmd", Some(Dialect::Quarto)),
            (&["a.md"], "a.md", None),
        ] {
            assert_eq!(of(paths, file), expected.into_iter().collect(), "{paths:?} {file}");
        }
    }

    #[test]
    fn the_folder_above_shows_the_dialect_of_a_folder_of_pages() {
        let parent = tempfile::tempdir().expect("a folder for the test");
        let docs = parent.path().join("content");
        std::fs::create_dir(&docs).expect("a folder");
        let found = || {
            let files = Files::of_folder(&docs).expect("a folder");
            FolderDialects::of(&files, &[], &Settings::default()).of_file("a.md", "", "")
        };
        assert_eq!(found(), Dialects::default());
        std::fs::write(parent.path().join("config.toml"), "").expect("a file");
        assert_eq!(found(), Dialects::default().with(Dialect::Hugo));
    }
}
