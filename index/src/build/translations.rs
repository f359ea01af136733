//! The translations among the entries, each with the file of its source.

use rustc_hash::{FxHashMap, FxHashSet};

use super::content::Content;
use crate::corpus::catalogue::Catalogue;
use crate::corpus::source_edition::source_edition;
use crate::source::edition_files::{plain_path, sister_path};
use crate::source::translation::Translation;

/// Lists each file with a translation once, with the file of its source.
pub(super) fn translations(content: &Content) -> Vec<Translation> {
    let catalogue = &content.catalogue;
    let default = content.settings.default_language();
    let verified: FxHashMap<&str, &(String, u32)> = content
        .covered
        .iter()
        .filter_map(|covered| Some((covered.path.as_str(), covered.verified.as_ref()?)))
        .collect();
    let mut translations = Vec::new();
    let mut known: FxHashSet<&str> = FxHashSet::default();
    for position in 0..catalogue.len() {
        let (path, line) = catalogue.place(position);
        let Some(source) = source(catalogue, position, &default).filter(|source| source != path) else { continue };
        if known.insert(path) {
            let verified = verified.get(path).map(|&verified| verified.clone());
            let (id, path) = (catalogue.id(position).to_owned(), path.to_owned());
            translations.push(Translation { id, path, line, source, verified });
        }
    }
    translations
}

/// Returns the file of the edition that the one at `position` was made from, else the file with the same name without a language.
fn source(catalogue: &Catalogue, position: usize, default: &str) -> Option<String> {
    if catalogue.editions().sisters(position).is_empty() {
        let path = Some(catalogue.place(position).0).filter(|_| catalogue.is_edition_by_name(position))?;
        let mut sources = [plain_path(path), sister_path(path, default)].into_iter();
        return sources.find(|source| catalogue.by_path(source).is_some());
    }
    source_edition(catalogue, position, default).map(|source| catalogue.place(source).0.to_owned())
}
