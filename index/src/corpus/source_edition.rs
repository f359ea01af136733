//! The edition that a translation was made from.

use super::catalogue::Catalogue;

/// Returns the edition that the one at `position` was made from: that in the language `default` for the same versions, else the one
/// whose file names no language; nothing if it is that edition, or in its language.
pub(crate) fn source_edition(catalogue: &Catalogue, position: usize, default: &str) -> Option<usize> {
    let language = |at: usize| catalogue.language(at).unwrap_or(default);
    let is_for_same = |at: &usize| catalogue.range(*at).overlaps(&catalogue.range(position));
    let mut for_same = catalogue.editions().sisters(position).iter().copied().filter(is_for_same);
    let in_default = for_same.clone().find(|&at| language(at).eq_ignore_ascii_case(default));
    let source = in_default.or_else(|| for_same.find(|&at| !catalogue.is_edition_by_name(at)))?;
    (!language(source).eq_ignore_ascii_case(language(position))).then_some(source)
}
