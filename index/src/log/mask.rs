//! Masks secrets: tokens and keys by the rules of gitleaks, addresses, card numbers and passwords by those below.

use std::ops::Range;

use regex_lite::Regex;

use super::rules::{self, entropy};

/// The texts that stand in the place of secrets.
///
/// # Examples
///
/// ```
/// assert!(faqt::log::MASKS.contains(&"[email]"));
/// ```
pub const MASKS: [&str; 4] = [SECRET, EMAIL, CARD, PASSWORD];

const SECRET: &str = "[secret]";
const EMAIL: &str = "[email]";
const CARD: &str = "[card number]";
const PASSWORD: &str = "[password]";

/// An address: letters of the Latin, Greek and Cyrillic scripts, for Chinese text may touch it.
const EMAIL_PATTERN: &str = r"[\w.%+\u{c0}-\u{24f}\u{370}-\u{52f}-]+@[\w\u{c0}-\u{24f}\u{370}-\u{52f}-]+(?:\.[\w\u{c0}-\u{24f}\u{370}-\u{52f}-]+)+";
/// The user and the password of an address, `https://ann:hunter2@example.org`.
const URL_PATTERN: &str = r"://([^\s/:@]+:[^\s/@]+)@";
/// A value behind a word for a secret.
const NAMED_PATTERN: &str = r#"(?i)(?:\b(?:pass(?:word|wd|phrase|code)?|pwd|pin|secret|token|(?:api|access|private|secret)[ _-]?key|kennwort|passwort|contraseña|senha|mot de passe)|密码|口令|密钥|パスワード|비밀번호)(?:\s+(?:is|was|to|ist|es|é|est)\s+|\s*(?:[:=：]|是|为|は)+\s*|\s+)["'`]?([^\s"'`,，。;；]{4,200})"#;
/// A run of digits as long as a card number, in groups or not.
const CARD_PATTERN: &str = r"\b\d(?:[ -]?\d){12,18}\b";
/// A long run of the characters that keys are written with.
const OPAQUE_PATTERN: &str = r"[A-Za-z0-9_+/=-]{20,}";
/// The entropy of a key that is written with these in bits a character: names of code have less, or no digits.
const OPAQUE_ENTROPY_MIN: f64 = 3.2;
/// The number of places in a key where letters and digits meet.
const OPAQUE_TURNS_MIN: usize = 4;

/// Replaces what looks like a secret by what it looks like: `[secret]` for tokens and keys, `[email]`, `[card number]`,
/// `[password]`.
///
/// Tokens and keys are found by the rules of [gitleaks](https://github.com/gitleaks/gitleaks). A rule is compiled only if
/// the text has one of its keywords.
///
/// # Examples
///
/// ```
/// use faqt::log::mask_secrets;
///
/// assert_eq!(mask_secrets("is 4111 1111 1111 1111 blocked?"), "is [card number] blocked?");
/// assert_eq!(mask_secrets("password: hunter2 fails"), "password: [password] fails");
/// assert_eq!(mask_secrets("how do I change my password"), "how do I change my password");
/// ```
pub fn mask_secrets(text: &str) -> String {
    let mut found: Vec<(Range<usize>, &str)> = Vec::new();
    let lower = text.to_ascii_lowercase();
    for rule in rules::all() {
        found.extend(rule.secrets(text, &lower).into_iter().map(|range| (range, SECRET)));
    }
    let has_digit = text.bytes().any(|byte| byte.is_ascii_digit());
    if text.contains('@') {
        found.extend(matches(URL_PATTERN, text, |_| true).map(|range| (range, PASSWORD)));
        found.extend(matches(EMAIL_PATTERN, text, |_| true).map(|range| (range, EMAIL)));
    }
    if has_digit {
        found.extend(matches(CARD_PATTERN, text, is_card).map(|range| (range, CARD)));
        found.extend(matches(OPAQUE_PATTERN, text, is_opaque).map(|range| (range, SECRET)));
    }
    found.extend(matches(NAMED_PATTERN, text, is_password).map(|range| (range, PASSWORD)));
    replaced(text, found)
}

/// Returns the first group of each match, or the match if the pattern has none, for which `is_secret` is true.
fn matches(pattern: &str, text: &str, is_secret: impl Fn(&str) -> bool) -> impl Iterator<Item = Range<usize>> {
    let mut found = Vec::new();
    if let Ok(regex) = Regex::new(pattern) {
        let secrets = regex.captures_iter(text).filter_map(|captures| captures.get(1).or_else(|| captures.get(0)));
        found.extend(secrets.filter(|secret| is_secret(secret.as_str())).map(|secret| secret.range()));
    }
    found.into_iter()
}

/// Replaces the ranges; of ranges that overlap, the first counts, as far as any of them reaches.
fn replaced(text: &str, mut found: Vec<(Range<usize>, &str)>) -> String {
    found.sort_by_key(|(range, _)| (range.start, std::cmp::Reverse(range.end)));
    let (mut masked, mut end) = (String::with_capacity(text.len()), 0);
    for (range, mask) in found {
        if range.start >= end {
            masked.push_str(&text[end..range.start]);
            masked.push_str(mask);
        }
        end = end.max(range.end);
    }
    masked.push_str(&text[end..]);
    masked
}

/// Returns true if the digits have the check digit of a card number (Luhn).
fn is_card(text: &str) -> bool {
    let digits = text.bytes().rev().filter(u8::is_ascii_digit).map(|byte| u32::from(byte - b'0'));
    let sum: u32 = digits
        .enumerate()
        .map(|(at, digit)| match (at % 2, digit * 2) {
            (0, _) => digit,
            (_, double) if double > 9 => double - 9,
            (_, double) => double,
        })
        .sum();
    sum.is_multiple_of(10)
}

/// Returns true for a value that is no word: it has a digit or a sign among its letters. A number alone is a PIN.
fn is_password(value: &str) -> bool {
    let value = value.trim_end_matches(['.', '?', '!', ')', '？', '！']);
    let is_mask = MASKS.iter().any(|mask| mask.contains(value));
    let has_digit = value.bytes().any(|byte| byte.is_ascii_digit());
    let has_sign = value.chars().any(|c| c.is_ascii_punctuation() && !matches!(c, '-' | '\'' | '/' | '.' | '(' | '_'));
    value.len() >= 4 && !is_mask && (has_digit || has_sign)
}

fn is_opaque(run: &str) -> bool {
    let is_hexadecimal = run.len() >= 32 && run.bytes().all(|byte| byte.is_ascii_hexdigit() || byte == b'-');
    let bytes = run.as_bytes();
    let is_turn = |pair: &&[u8]| pair[0].is_ascii_digit() && pair[1].is_ascii_alphabetic();
    let turns = 2 * bytes.windows(2).filter(is_turn).count();
    let is_mixed = turns >= OPAQUE_TURNS_MIN && entropy(run) >= OPAQUE_ENTROPY_MIN;
    run.bytes().any(|byte| byte.is_ascii_digit()) && (is_hexadecimal || is_mixed)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn secrets_are_masked() {
        let token = "ghp_16C7e42F292c6912E7710c838347Ae178B4a";
        for (text, masked) in [
            (format!("why is {token} refused"), "why is [secret] refused"),
            ("my key AKIAQYLPMN5HHHFPZAM2 stopped".to_owned(), "my key [secret] stopped"),
            ("mail ann.b+x@mail.example.org please".to_owned(), "mail [email] please"),
            ("发给zhang@qq.com谢谢".to_owned(), "发给[email]谢谢"),
            ("log in with jörg@müller.de".to_owned(), "log in with [email]"),
            ("card 4111-1111-1111-1111 is refused".to_owned(), "card [card number] is refused"),
            ("4012888888881881?".to_owned(), "[card number]?"),
            ("my password is hunter2".to_owned(), "my password is [password]"),
            ("密码是abc123怎么办".to_owned(), "密码是[password]"),
            ("password=s3cr!t".to_owned(), "password=[password]"),
            ("clone https://ann:pa55word@example.org/x".to_owned(), "clone https://[password]/x"),
            ("request 3f2504e0-4f89-11d3-9a0c-0305e82c3301 fails".to_owned(), "request [secret] fails"),
        ] {
            assert_eq!(mask_secrets(&text), masked, "{text}");
        }
    }

    #[test]
    fn other_questions_stay() {
        for text in [
            "how do I change my password",
            "password reset does not work",
            "is the token required?",
            "what is error E1042 in version 2.14.3",
            "order 1234567890123 is late",
            "what does getElementsByClassName2 return",
            "call +49 30 1234567",
            "why does /usr/lib/x86_64-linux-gnu not exist",
            "api key: where do I find it",
            "ICP 备案 要多久",
            "",
            "@",
        ] {
            assert_eq!(mask_secrets(text), text);
        }
    }

    #[test]
    fn any_text_can_be_masked() {
        let every = rules::all().map(|rule| rule.id).collect::<Vec<_>>().join("=");
        for text in
            ["@.".repeat(500), "1".repeat(3_000), format!("{every}{}", "密码:".repeat(200)), "\u{0}é@é.é".into()]
        {
            assert!(mask_secrets(&text).len() <= text.len() * 4);
        }
    }
}
