//! The ids of editions: the texts that one entry has in several languages.

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

/// Returns the names of an edition behind the id that all share: `["zh"]` for `zh`.
pub(crate) fn names(behind: &str) -> impl Iterator<Item = &str> {
    behind.split(EDITION_SIGN)
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
