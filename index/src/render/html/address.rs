//! The addresses that links and images of a page may have.

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};

use crate::markdown::link::Destination;

/// The characters of an id that stay in an address. A slash is encoded, so that no id leads out of the host's path.
const KEPT: &AsciiSet = &NON_ALPHANUMERIC.remove(b'-').remove(b'_').remove(b'.').remove(b'~');

/// Returns the address of a destination; `None` if the link is to be text.
pub(crate) fn href(destination: &Destination<'_>, entry_href: Option<&str>) -> Option<String> {
    match destination {
        Destination::Outside(address) => Some(address.clone()),
        Destination::Entry(id) => entry(id, entry_href),
    }
}

/// Returns the address of an entry, if the host has one for it.
pub(crate) fn entry(id: &str, entry_href: Option<&str>) -> Option<String> {
    // As parts of a path these point elsewhere, encoded or not.
    let prefix = entry_href.filter(|_| !matches!(id, "" | "." | ".."))?;
    Some(format!("{prefix}{}", utf8_percent_encode(id, KEPT)))
}

/// Returns the address from which an image can be loaded.
pub(crate) fn image(url: &str) -> Option<String> {
    match Destination::parse(url)? {
        Destination::Outside(address) if !is_mail(&address) => Some(address),
        _ => None,
    }
}

fn is_mail(address: &str) -> bool {
    address.as_bytes().first().is_some_and(|first| first.eq_ignore_ascii_case(&b'm'))
}
