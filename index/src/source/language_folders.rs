//! Top folders that are named for languages: `zh/bind.md` beside `bind.md` or `en/bind.md`.

use serde::Deserialize;

use crate::text::language::is_tag_of_file;

/// The top folders whose files are editions in the language that the folder is named for.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(untagged, expecting = "`languages` is \"folders\", or a list of the folders, such as [\"en\", \"zh\"]")]
pub(crate) enum LanguageFolders {
    /// All that are named for a language.
    All(Named),
    /// Those of these names.
    Listed(Vec<String>),
}

/// The word for all of them.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
pub(crate) enum Named {
    #[serde(rename = "folders")]
    Folders,
}

impl LanguageFolders {
    /// Returns the language that the file at `path` has by its folder.
    pub(crate) fn tag_of<'p>(&self, path: &'p str) -> Option<&'p str> {
        let (folder, _) = parts(path)?;
        let is_one = match self {
            LanguageFolders::All(_) => true,
            LanguageFolders::Listed(listed) => listed.iter().any(|name| name == folder),
        };
        is_one.then_some(folder)
    }

    /// Returns the first listed name that is no tag of a language.
    pub(crate) fn fault(&self) -> Option<&str> {
        match self {
            LanguageFolders::All(_) => None,
            LanguageFolders::Listed(listed) => listed.iter().map(String::as_str).find(|name| !is_tag_of_file(name)),
        }
    }
}

/// Parts a path into a top folder that is named for a language and the rest.
pub(crate) fn parts(path: &str) -> Option<(&str, &str)> {
    path.split_once('/').filter(|(folder, _)| is_tag_of_file(folder))
}
