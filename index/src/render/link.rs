//! Where a link leads, and whether a reader may be sent there.
//!
//! Only `http`, `https` and `mailto` leave the knowledge base, and only `faqt:` stays in it. A link of any other scheme
//! is its text. An address is percent-encoded to printable ASCII, so it can hold no control character, no look-alike
//! and no end of an escape sequence.

use std::fmt::Write as _;

use pulldown_cmark::LinkType;

use crate::entry::ENTRY_SCHEME;

/// The destination of a link that is worth marking.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Destination<'a> {
    /// Another entry, by its id.
    Entry(&'a str),
    /// An address, encoded.
    Outside(String),
}

impl<'a> Destination<'a> {
    /// Reads the destination of a link of this type, as [`Destination::parse`] does.
    pub(super) fn of_link(link_type: LinkType, url: &'a str) -> Option<Self> {
        match link_type {
            // `<me@example.com>` is written without its scheme.
            LinkType::Email => Some(Self::Outside(encode(&format!("mailto:{url}")))),
            _ => Self::parse(url),
        }
    }

    /// Reads the destination of a link; `None` if it is not of an allowed scheme.
    pub(super) fn parse(url: &'a str) -> Option<Self> {
        if let Some(id) = url.strip_prefix(ENTRY_SCHEME) {
            return Some(Self::Entry(id));
        }
        let (scheme, _) = url.split_once(':')?;
        let allowed = ["https", "http", "mailto"].iter().any(|known| scheme.eq_ignore_ascii_case(known));
        allowed.then(|| Self::Outside(encode(url)))
    }
}

/// Returns an address as a reader copies it: without `mailto:`.
pub(super) fn spoken(address: &str) -> &str {
    without_prefix(address, "mailto:")
}

/// Tells whether the text of a link already says its address.
pub(super) fn says(text: &str, address: &str) -> bool {
    let bare = |part: &str| part.trim_end_matches('/').to_owned();
    let text = bare(&encode(text));
    let address = bare(spoken(address));
    let host_and_path = without_prefix(without_prefix(&address, "https://"), "http://");
    text == address || text == host_and_path
}

/// Tells whether the text of a link looks like an address, so that a reader would take it for the destination.
pub(super) fn poses_as_address(text: &str) -> bool {
    text.contains("://") || text.starts_with("www.")
}

fn without_prefix<'a>(text: &'a str, prefix: &str) -> &'a str {
    match text.get(..prefix.len()) {
        Some(start) if start.eq_ignore_ascii_case(prefix) => &text[prefix.len()..],
        _ => text,
    }
}

/// Percent-encodes whatever RFC 3986 does not allow in an address.
fn encode(url: &str) -> String {
    let mut encoded = String::with_capacity(url.len());
    for byte in url.bytes() {
        if byte.is_ascii_graphic() && !b"\"<>\\^`{|}".contains(&byte) {
            encoded.push(char::from(byte));
        } else {
            let _ = write!(encoded, "%{byte:02X}");
        }
    }
    encoded
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_allowed_schemes_are_destinations() {
        assert_eq!(Destination::parse("faqt:transfer"), Some(Destination::Entry("transfer")));
        for url in ["http://a.b/", "HTTPS://a.b/?c=d#e", "mailto:a@b.c"] {
            assert_eq!(Destination::parse(url), Some(Destination::Outside(url.to_owned())));
        }
        for url in ["javascript:alert(1)", "file:///etc/passwd", "data:text/html,x", "page.md", "", "//a.b", "#id"] {
            assert_eq!(Destination::parse(url), None, "{url}");
        }
    }

    #[test]
    fn addresses_are_printable_ascii() {
        let Some(Destination::Outside(address)) = Destination::parse("https://a/\u{1b}\\\u{7}b c\u{202e}中") else {
            panic!("an allowed scheme")
        };
        assert_eq!(address, "https://a/%1B%5C%07b%20c%E2%80%AE%E4%B8%AD");
    }

    #[test]
    fn a_text_that_is_the_address_says_it() {
        assert!(says("https://a.b/c", "https://a.b/c"));
        assert!(says("a.b", "https://a.b/"));
        assert!(says("a@b.c", "mailto:a@b.c"));
        assert!(!says("https://a.b", "https://evil.example"));
    }
}
