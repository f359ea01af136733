//! The name, the source and the licence of a model, from its README and its archive.

use std::path::Path;

use super::error::ImportError;
use super::files::ModelFiles;

/// The greatest length of each text in bytes.
const TEXT_MAX: usize = 1 << 20;
/// The files that have the text of a licence, in the order in which they are looked for.
const LICENCE_FILES: [&str; 4] = ["LICENSE", "LICENSE.txt", "LICENSE.md", "NOTICE"];

/// The texts of a model about itself.
pub(super) struct Provenance {
    pub(super) name: String,
    pub(super) source: String,
    pub(super) licence: String,
}

impl Provenance {
    /// Reads the name from the title of the README, and the licence from its front matter and from `LICENSE`.
    pub(super) fn read(files: &mut ModelFiles) -> Result<Provenance, ImportError> {
        let readme = readme(files)?;
        let source = source(files.path());
        let name = title(&readme).unwrap_or(&source).to_owned();
        let mut licence = front_matter(&readme, "license").unwrap_or("unknown").to_owned();
        for file in LICENCE_FILES {
            if let Some(text) = files.read(file)? {
                licence = format!("{licence}\n\n{}", String::from_utf8_lossy(&text).trim());
                break;
            }
        }
        Ok(Provenance { name: shortened(name), source: shortened(source), licence: shortened(licence) })
    }

    /// Returns the provenance of a model that a package has without its README; the licence stands in the metadata of the
    /// wheel.
    pub(super) fn of_package(files: &mut ModelFiles, name: &str) -> Result<Provenance, ImportError> {
        let metadata = files.wheel_metadata()?.unwrap_or_default();
        let metadata = String::from_utf8_lossy(&metadata);
        let headers = metadata.lines().take_while(|line| !line.is_empty());
        let licence = headers.filter_map(|line| {
            let (key, value) = line.split_once(": ")?;
            matches!(key, "License" | "License-Expression").then_some(value.trim())
        });
        let licence = licence.last().unwrap_or("unknown").to_owned();
        Ok(Provenance { name: name.to_owned(), source: shortened(source(files.path())), licence: shortened(licence) })
    }
}

/// Returns the README of a model, which may be empty.
pub(super) fn readme(files: &mut ModelFiles) -> Result<String, ImportError> {
    let readme = files.read("README.md")?.unwrap_or_default();
    Ok(String::from_utf8_lossy(&readme).into_owned())
}

/// Returns the name of the folder or archive, without the folders above it: a model is the same wherever it was imported.
fn source(path: &Path) -> String {
    let name =
        path.canonicalize().ok().and_then(|path| path.file_name().map(|name| name.to_string_lossy().into_owned()));
    name.unwrap_or_else(|| "unknown".to_owned())
}

/// Returns the first heading.
///
/// Lines of examples in Python look like headings, but follow text.
fn title(readme: &str) -> Option<&str> {
    let mut headings = readme.lines().filter(|line| line.starts_with('#'));
    let title = headings.find_map(|line| line.trim_start_matches('#').strip_prefix(' '));
    title.map(str::trim).filter(|title| !title.is_empty())
}

/// Returns a value of one line at the top of a README.
fn front_matter<'a>(readme: &'a str, key: &str) -> Option<&'a str> {
    let rest = readme.trim_start_matches('\u{feff}').strip_prefix("---")?;
    let lines = rest.lines().skip(1).take_while(|line| line.trim_end() != "---");
    let value = |line: &'a str| line.strip_prefix(key)?.strip_prefix(':').map(|value| value.trim().trim_matches('"'));
    lines.filter_map(value).find(|value| !value.is_empty())
}

fn shortened(mut text: String) -> String {
    text.truncate(text.floor_char_boundary(TEXT_MAX));
    text
}
