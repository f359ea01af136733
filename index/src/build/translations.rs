//! The translations among the entries, each with the file of its source.

use rustc_hash::{FxHashMap, FxHashSet};

use super::content::Content;
use crate::corpus::catalogue::Catalogue;
use crate::source::edition_files::plain_path;
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

/// Returns the file of the edition that the one at `position` was made from: that in the language `default` for the same
/// versions, else the original; else the file with the same name without the language.
fn source(catalogue: &Catalogue, position: usize, default: &str) -> Option<String> {
    let language = |at: usize| catalogue.language(at).unwrap_or(default);
    let is_for_same = |at: &usize| catalogue.range(*at).overlaps(&catalogue.range(position));
    let is_default = |at: usize| language(at).eq_ignore_ascii_case(default);
    let sisters = catalogue.editions().sisters(position);
    if sisters.is_empty() {
        let plain = Some(plain_path(catalogue.place(position).0)).filter(|_| catalogue.is_edition_by_name(position));
        return plain.filter(|plain| catalogue.by_path(plain).is_some());
    }
    let mut for_same = sisters.iter().copied().filter(is_for_same);
    let by_language = for_same.clone().find(|&at| is_default(at));
    let source = by_language.or_else(|| for_same.find(|&at| !catalogue.is_edition_by_name(at)))?;
    (!language(source).eq_ignore_ascii_case(language(position))).then(|| catalogue.place(source).0.to_owned())
}
