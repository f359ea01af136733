//! URLs of databases in arguments and messages. Their passwords are never printed.

use std::borrow::Cow;
use std::path::Path;

/// The beginnings of the URLs of databases.
const SCHEMES: [&str; 5] = ["clickhouse://", "elasticsearch://", "opensearch://", "postgres://", "postgresql://"];

/// Returns the URL of a database in the place of a path, if it is one.
pub(crate) fn url(path: &Path) -> Option<&str> {
    path.to_str().filter(|text| SCHEMES.iter().any(|scheme| text.starts_with(scheme)))
}

/// Returns a text with `***` for the password of each URL of a database in it.
///
/// A password may hold an `@` or a `/` that should stand there as `%40` or `%2F`, so it ends at the last `@` of the word.
pub(crate) fn without_passwords(text: &str) -> Cow<'_, str> {
    let next = |text: &str| SCHEMES.iter().filter_map(|scheme| Some(text.find(scheme)? + scheme.len())).min();
    if next(text).is_none() {
        return Cow::Borrowed(text);
    }
    let (mut shown, mut rest) = (String::with_capacity(text.len()), text);
    while let Some(start) = next(rest) {
        shown.push_str(&rest[..start]);
        let end = rest[start..].find(char::is_whitespace).map_or(rest.len(), |length| start + length);
        let word = &rest[start..end];
        match word.rsplit_once('@').and_then(|(user, behind)| Some((user.split_once(':')?.0, behind))) {
            Some((user, behind)) => shown.extend([user, ":***@", behind]),
            None => shown.push_str(word),
        }
        rest = &rest[end..];
    }
    shown.push_str(rest);
    Cow::Owned(shown)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_password_is_never_shown() {
        for (text, shown) in [
            (
                "cannot read postgres://me:se@cr:e/t@host/db?name=a: no",
                "cannot read postgres://me:***@host/db?name=a: no",
            ),
            ("clickhouse://me@host", "clickhouse://me@host"),
            ("postgresql://me:x@y clickhouse://you:z@y", "postgresql://me:***@y clickhouse://you:***@y"),
            ("elasticsearch://me:x@y/ opensearch://me:x@y", "elasticsearch://me:***@y/ opensearch://me:***@y"),
            ("https://me:x@y", "https://me:x@y"),
            ("postgres://", "postgres://"),
        ] {
            assert_eq!(without_passwords(text), shown);
        }
    }
    #[cfg(feature = "cluster")]
    #[test]
    fn each_beginning_is_one_of_an_engine() {
        for scheme in SCHEMES {
            assert!(faqt_cluster::Address::is_url(scheme), "{scheme}");
        }
    }
}
