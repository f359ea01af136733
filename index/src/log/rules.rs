//! The rules of gitleaks, each compiled only if a text has one of its keywords.

use regex_lite::Regex;

/// The rules; the head of the file says where they are from.
const RULES: &str = include_str!("rules.tsv");
/// The rule that finds any value behind a name such as `key`; its values are no words.
const GENERIC: &str = "generic-api-key";

/// A rule by which a kind of secret is found.
#[derive(Clone, Copy)]
pub(super) struct Rule<'a> {
    pub(super) id: &'a str,
    keywords: &'a str,
    /// The least entropy of the secret in bits a character.
    entropy_min: f64,
    /// The number of the capture group that holds the secret; 0 for the first group that matched.
    group: usize,
    pub(super) pattern: &'a str,
}

/// Returns the rules. A line that is no rule is left out; a test asserts that there is none.
pub(super) fn all() -> impl Iterator<Item = Rule<'static>> {
    RULES.lines().filter(|line| !line.starts_with('#')).filter_map(parse)
}

fn parse(line: &str) -> Option<Rule<'_>> {
    let mut fields = line.splitn(5, '\t');
    let (id, keywords) = (fields.next()?, fields.next()?);
    let (entropy_min, group) = (fields.next()?.parse().ok()?, fields.next()?.parse().ok()?);
    Some(Rule { id, keywords, entropy_min, group, pattern: fields.next()? })
}

impl Rule<'_> {
    /// Returns the byte ranges of the secrets in `text`, whose lower-case form is `lower`.
    pub(super) fn secrets(&self, text: &str, lower: &str) -> Vec<std::ops::Range<usize>> {
        if !self.keywords.split(',').any(|keyword| lower.contains(keyword)) {
            return Vec::new();
        }
        let Ok(regex) = Regex::new(self.pattern) else { return Vec::new() };
        let found = regex.captures_iter(text).filter_map(|captures| {
            let groups = captures.iter().skip(1);
            let secret = if self.group > 0 { captures.get(self.group) } else { groups.flatten().next() };
            secret.or_else(|| captures.get(0))
        });
        let is_word = |secret: &str| self.id == GENERIC && !secret.bytes().any(|byte| byte.is_ascii_digit());
        let found = found.filter(|found| entropy(found.as_str()) >= self.entropy_min && !is_word(found.as_str()));
        found.map(|found| found.range()).collect()
    }
}

/// Returns the Shannon entropy of a text in bits a character.
pub(super) fn entropy(text: &str) -> f64 {
    let mut counts = std::collections::BTreeMap::new();
    text.chars().for_each(|c| *counts.entry(c).or_insert(0_u32) += 1);
    let length = f64::from(counts.values().sum::<u32>());
    let share = |count: &u32| f64::from(*count) / length;
    counts.values().map(|count| -share(count) * libm::log2(share(count))).sum()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_rule_compiles() {
        let lines = RULES.lines().filter(|line| !line.starts_with('#')).count();
        assert_eq!(all().count(), lines);
        for rule in all() {
            let regex = Regex::new(rule.pattern).unwrap_or_else(|error| panic!("{}: {error}", rule.id));
            assert!(regex.captures_len() > rule.group, "{}", rule.id);
        }
    }
}
