//! The destination of a link, if its scheme is allowed.
//!
//! Only the schemes of [`crate::model::address`] leave the knowledge base, and only `faqt:` stays in it. A link of any
//! other scheme is shown as its text. An address is percent-encoded to printable ASCII, so it can hold no control
//! character, no look-alike and no end of an escape sequence.

use pulldown_cmark::LinkType;

use crate::model::address::{encode, has_allowed_scheme};
use crate::model::entry::ENTRY_SCHEME;
use crate::text::fold::folded;

/// An allowed destination of a link.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Destination<'a> {
    /// Another entry, by its id.
    Entry(&'a str),
    /// An address, encoded.
    Outside(String),
}

impl<'a> Destination<'a> {
    /// Reads the destination of a link of this type, as [`Destination::parse`] does.
    pub(crate) fn of_link(link_type: LinkType, url: &'a str) -> Option<Self> {
        match link_type {
            // `<me@example.com>` is written without its scheme.
            LinkType::Email => Some(Self::Outside(encode(&format!("mailto:{url}")))),
            _ => Self::parse(url),
        }
    }

    /// Reads the destination of a link; `None` if it is not of an allowed scheme.
    pub(crate) fn parse(url: &'a str) -> Option<Self> {
        if let Some(id) = url.strip_prefix(ENTRY_SCHEME) {
            return Some(Self::Entry(id));
        }
        has_allowed_scheme(url).then(|| Self::Outside(encode(url)))
    }
}

/// Returns an address as a reader copies it: without `mailto:`.
pub(crate) fn spoken(address: &str) -> &str {
    without_prefix(address, "mailto:")
}

/// Returns true if the text of a link shows its address. A host beyond ASCII never does, because its letters may be
/// look-alikes.
pub(crate) fn says(text: &str, address: &str) -> bool {
    let bare = |part: &str| part.trim_end_matches('/').to_owned();
    if !host(text).is_ascii() {
        return false;
    }
    let text = bare(&encode(text));
    let address = bare(spoken(address));
    text == address || text == without_web_scheme(&address)
}

/// Returns true if a reader would take the text of a link for another destination than its address.
///
/// Every word that looks like an address or a host must name the host of the destination.
pub(crate) fn is_misleading(text: &str, address: &str) -> bool {
    if says(text, address) {
        return false;
    }
    let target = host(address);
    let is_other = |word: &str| looks_like_address(word) && !is_same_host(&host(word), &target);
    text.contains("://") || text.split(is_word_end).map(trimmed).any(is_other)
}

/// Returns true if a character ends an address within a text.
fn is_word_end(c: char) -> bool {
    c.is_whitespace() || matches!(c, '"' | '<' | '>' | '(' | ')' | '“' | '”' | '，' | '、' | ',' | ';' | '|')
}

fn trimmed(word: &str) -> &str {
    word.trim_matches(|c: char| !c.is_alphanumeric())
}

/// Returns true if a word looks like an address: it has a scheme, a top-level domain, or the four numbers of IPv4.
fn looks_like_address(word: &str) -> bool {
    let host = host(word);
    let last = host.rsplit_once('.').map_or("", |(before, last)| if before.is_empty() { "" } else { last });
    let is_number = || host.split('.').count() == 4 && host.split('.').all(|part| part.parse::<u8>().is_ok());
    let is_top = last.chars().count() >= 2 && last.chars().all(char::is_alphabetic) || last.starts_with("xn--");
    word.contains("://") || is_top || is_number()
}

/// Returns the host that an addressor a text like one points to, in lower case.
fn host(address: &str) -> String {
    let rest = without_web_scheme(spoken(address));
    let rest = rest.split_once("://").map_or(rest, |(_, rest)| rest);
    let authority = rest.split(['/', '?', '#', '\\']).next().unwrap_or(rest);
    let host = authority.rsplit('@').next().unwrap_or(authority);
    let host = host
        .rsplit_once(':')
        .filter(|(_, port)| port.bytes().all(|b| b.is_ascii_digit()))
        .map_or(host, |(host, _)| host);
    // IDNA takes these for dots; U+2024 only looks like one.
    let host = folded(&host.replace(['。', '．', '｡', '\u{2024}'], "."));
    host.trim_end_matches('.').to_owned()
}

fn is_same_host(one: &str, other: &str) -> bool {
    let bare = |host: &str| host.strip_prefix("www.").unwrap_or(host).to_owned();
    one.is_ascii() && bare(one) == bare(other)
}

fn without_web_scheme(address: &str) -> &str {
    without_prefix(without_prefix(address, "https://"), "http://")
}

fn without_prefix<'a>(text: &'a str, prefix: &str) -> &'a str {
    match text.get(..prefix.len()) {
        Some(start) if start.eq_ignore_ascii_case(prefix) => &text[prefix.len()..],
        _ => text,
    }
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

    #[test]
    fn a_text_that_names_another_host_is_misleading() {
        for (text, address) in [
            ("bank.example", "http://other.example"),
            ("BANK.example", "https://other.example/bank.example"),
            ("bank.example/login?a=b", "https://other.example"),
            ("bank.example:443", "https://bank.example@other.example"),
            ("bank.example", "https://bank.example%40other.example"),
            ("bank.example", "https://bank.example.other.example"),
            ("www.bank.example", "https://other.example"),
            ("https://bank.example", "https://other.example"),
            ("ftp://bank.example", "https://other.example"),
            ("sign in at bank.example.", "https://other.example"),
            ("“bank.example”", "https://other.example"),
            ("`bank.example`", "https://other.example"),
            ("help@bank.example", "mailto:help@other.example"),
            ("help@bank.example", "https://other.example"),
            ("bank。example", "https://other.example"),
            ("bank․example", "https://other.example"),
            ("银行.中国", "https://other.example"),
            // Cyrillic letters that look like Latin ones, at their own address.
            ("\u{430}pple.com", "https://%D0%B0pple.com"),
            ("xn--bank-123.xn--p1ai", "https://other.example"),
            ("192.168.0.1", "https://other.example"),
        ] {
            assert!(is_misleading(text, address), "{text} {address}");
        }
        for (text, address) in [
            ("the bank", "https://other.example"),
            ("bank.example", "https://bank.example/login"),
            ("Bank.Example", "http://www.bank.example:8080/"),
            ("www.bank.example", "https://bank.example"),
            ("the site bank.example, in short", "https://bank.example/?a"),
            ("help@bank.example", "mailto:help@bank.example"),
            ("version 1.2 of a.b, e.g. this...", "https://other.example"),
            ("它是", "https://other.example"),
        ] {
            assert!(!is_misleading(text, address), "{text} {address}");
        }
    }
}
