//! Web and mail addresses: the allow-list of schemes, used when content is built and when a pack is read or shown.
//!
//! Only `http`, `https` and `mailto` leave a knowledge base. An address of any other scheme, such as `javascript:`, is
//! a problem of the content ([`fault`]), is dropped from a forged pack ([`known`]), and is no link.

use std::fmt::Write as _;

use serde::{Deserialize, Deserializer};

use crate::markdown::sanitise::sanitise;

/// The schemes of addresses that may be linked to.
const SCHEMES: [&str; 3] = ["https", "http", "mailto"];

/// The remedy for an address with a fault.
#[cfg(feature = "build")]
pub(crate) const REMEDY: &str = "write an address that begins with `https://`, `http://` or `mailto:`";

/// Returns true if an address has an allowed scheme; the rest is not checked.
pub(crate) fn has_allowed_scheme(url: &str) -> bool {
    let scheme = url.split_once(':').map(|(scheme, _)| scheme);
    scheme.is_some_and(|scheme| SCHEMES.iter().any(|known| scheme.eq_ignore_ascii_case(known)))
}

/// Returns the reason that an address must not be linked to; `None` if it may be.
pub(crate) fn fault(url: &str) -> Option<&'static str> {
    let is_unsafe = |c: char| c.is_whitespace() || matches!(c, '<' | '>' | '"' | '\\' | '`');
    if url.contains(is_unsafe) || sanitise(url) != url {
        Some("holds space, quotes, brackets or characters that are not seen")
    } else if !has_allowed_scheme(url) {
        Some("is of no scheme that readers are sent to")
    } else if is_empty(url) {
        Some("names no host and no mailbox")
    } else {
        None
    }
}

/// Returns true if no host or mailbox follows the scheme.
fn is_empty(url: &str) -> bool {
    let (scheme, rest) = url.split_once(':').unwrap_or_default();
    if scheme.eq_ignore_ascii_case("mailto") {
        return rest.is_empty();
    }
    rest.strip_prefix("//").is_none_or(|rest| rest.is_empty() || rest.starts_with(['/', '?', '#', ':', '@']))
}

/// Percent-encodes the bytes that RFC 3986 does not allow in an address.
pub(crate) fn encode(url: &str) -> String {
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

/// Returns an address in printable ASCII, percent-encoded where needed; `None` if it must not be linked to.
///
/// Only `http`, `https` and `mailto` are allowed. [`Related::url`](crate::Related::url) and
/// [`Credit::url`](crate::Credit::url) have passed this check when they come from a pack; use it to show an address
/// from elsewhere.
///
/// # Examples
///
/// ```
/// # use faqt::render::address;
/// assert_eq!(address("https://example.org/备"), Some("https://example.org/%E5%A4%87".to_owned()));
/// assert_eq!(address("JavaScript:alert(1)"), None);
/// ```
#[must_use]
pub fn address(url: &str) -> Option<String> {
    fault(url).is_none().then(|| encode(url))
}

/// Reads an address from a pack; one with a fault, which no build writes, is left out.
pub(crate) fn known<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<String>, D::Error> {
    let url = Option::<String>::deserialize(deserializer)?;
    Ok(url.filter(|url| fault(url).is_none()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::entry::Related;
    use crate::model::manifest::Manifest;

    #[test]
    fn only_addresses_of_the_web_and_of_mail_are_without_fault() {
        for url in
            ["http://a.b", "HTTPS://a.b/?c=d#e", "mailto:a@b.c", "https://例.jp/路", "https://[::1]:80/", "https://a@b"]
        {
            assert_eq!(fault(url), None, "{url}");
        }
        for url in [
            "javascript:alert(1)",
            "JaVaScRiPt:alert(1)",
            "java\tscript:alert(1)",
            "java\nscript:alert(1)",
            " javascript:alert(1)",
            "\u{1}javascript:alert(1)",
            "javascript\u{200b}:alert(1)",
            "javascript&colon;alert(1)",
            "javascript%3Aalert(1)",
            "data:text/html,x",
            "vbscript:x",
            "file:///etc/passwd",
            "view-source:https://a.b",
            "ｈttps://a.b",
            "https",
            "https:",
            "https:a.b",
            "https:/a.b",
            "https://",
            "https:///a.b",
            "https://@",
            "https:\\\\a.b",
            "https://a.b/\u{202e}",
            "https://a.b/ c",
            "https://a.b/> [x](http://c.d",
            "mailto:",
            "//a.b",
            "a.b",
            "",
        ] {
            assert!(fault(url).is_some(), "{url:?}");
            assert_eq!(address(url), None, "{url:?}");
        }
    }

    #[test]
    fn no_other_address_comes_out_of_a_forged_pack() {
        let related = |url: &str| -> Related {
            let json = serde_json::json!({ "title": "T", "id": "i", "url": url });
            serde_json::from_value(json).expect("it can be read")
        };
        let manifest = |url: &str| -> Manifest {
            let source = serde_json::json!({ "title": "T", "url": url });
            let json = serde_json::json!({
                "name": "n", "language": "en", "languages": ["en"], "entries": 1, "analyser": 1, "content_hash": "", "source": source
            });
            serde_json::from_value(json).expect("it can be read")
        };
        assert_eq!(related("https://a.b").url.as_deref(), Some("https://a.b"));
        assert!(manifest("https://a.b").source.is_some());
        for url in ["javascript:x", "JAVA\tscript:x", "data:text/html,x", "https://a.b/\u{1b}[31m", ""] {
            assert_eq!(related(url).url, None, "{url:?}");
            assert_eq!(manifest(url).source, None, "{url:?}");
        }
    }
}
