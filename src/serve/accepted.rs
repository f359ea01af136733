//! The language that a browser asks for.

use axum::http::HeaderMap;
use axum::http::header::ACCEPT_LANGUAGE;

/// The most bytes of a header that are read; more is no list of a reader.
const BYTES_MAX: usize = 1_000;

/// Returns the language that the header `Accept-Language` prefers, as a BCP 47 tag.
pub(super) fn language(headers: &HeaderMap) -> Option<String> {
    let header = headers.get(ACCEPT_LANGUAGE)?.to_str().ok().filter(|header| header.len() <= BYTES_MAX)?;
    let mut preferred: Option<(&str, f32)> = None;
    for range in header.split(',') {
        let (tag, weight) = range.split_once(';').unwrap_or((range, "q=1"));
        let weight = weight.trim().strip_prefix("q=").and_then(|weight| weight.trim().parse().ok()).unwrap_or(0.0);
        let tag = tag.trim();
        if !tag.is_empty() && tag != "*" && weight > preferred.map_or(0.0, |(_, most)| most) {
            preferred = Some((tag, weight));
        }
    }
    preferred.map(|(tag, _)| tag.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_language_with_the_highest_weight_counts() {
        for (header, expected) in [
            ("zh-CN", Some("zh-CN")),
            ("de-AT, de;q=0.9, en;q=0.8", Some("de-AT")),
            ("en;q=0.5, fr ; q=0.7,*;q=0.9", Some("fr")),
            ("*", None),
            ("de;q=0, en;q=x", None),
            ("", None),
        ] {
            let headers = [(ACCEPT_LANGUAGE, header.parse().expect("a header"))].into_iter().collect();
            assert_eq!(language(&headers).as_deref(), expected, "{header}");
        }
    }
}
