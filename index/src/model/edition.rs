//! The ids of editions: the texts that one entry has in several languages.

use crate::text::language::Tag;
use crate::text::version::VersionRange;

/// The sign before the language of an edition in its id; no other id of a build holds it.
const EDITION_SIGN: char = '@';

/// Returns the id that all editions of an entry share: `bind` for `bind@zh`. Another id is returned as it is.
///
/// # Examples
///
/// ```
/// assert_eq!(faqt::plain_id("bind@zh"), "bind");
/// assert_eq!(faqt::plain_id("lamp:bind@zh"), "lamp:bind");
/// assert_eq!(faqt::plain_id("bind"), "bind");
/// ```
pub fn plain_id(id: &str) -> &str {
    parts(id).map_or(id, |(plain, _)| plain)
}

/// Returns the id that all editions share, and the names behind it, if `id` is that of an edition.
///
/// The name of a knowledge base, which a colon ends, may hold the sign.
pub(crate) fn parts(id: &str) -> Option<(&str, &str)> {
    let own = id.rfind(':').map_or(0, |colon| colon + 1);
    let sign = own + id[own..].find(EDITION_SIGN)?;
    (sign > own).then(|| (&id[..sign], &id[sign + EDITION_SIGN.len_utf8()..]))
}

/// Returns the edition among `sisters` that best serves a reader who wants the names behind an id, such as `zh-TW` or
/// `zh@2.4`; each name narrows the choice.
pub(crate) fn serving<T: Copy>(
    names: &str,
    mut sisters: Vec<T>,
    language: impl Fn(T) -> Option<Tag>,
    range: impl Fn(T) -> VersionRange,
) -> Option<T> {
    for name in names.split(EDITION_SIGN) {
        let serves = |sister: T| match Tag::parse(name) {
            Some(wanted) => wanted.served_by(&language(sister)?),
            None => VersionRange::asked(name)?.overlaps(&range(sister)).then_some(0),
        };
        let best = sisters.iter().filter_map(|&sister| serves(sister)).max()?;
        sisters.retain(|&sister| serves(sister) == Some(best));
    }
    sisters.first().copied()
}

/// Returns the id of an edition.
#[cfg(feature = "build")]
pub(crate) fn edition_id<'a>(plain: &str, names: impl IntoIterator<Item = &'a str>) -> String {
    names.into_iter().fold(plain.to_owned(), |id, name| format!("{id}{EDITION_SIGN}{name}"))
}

/// Returns true if one of `ids` is `id`, or the id that all editions of it share.
pub(crate) fn names_any(ids: &[String], id: &str) -> bool {
    ids.iter().any(|known| known == id || known == plain_id(id))
}
