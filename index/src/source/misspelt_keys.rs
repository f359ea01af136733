//! Keys of front matter that are nearly one of ours: what stands under them would be lost in silence.

use super::fences::Format;
use super::front_matter_lines::pair;
use crate::problem::Problems;
use crate::problem::check::Check;

/// The keys of front matter that are long enough to be recognised with a slip.
const KEYS: [&str; 14] = [
    "aliases", "asked", "covers", "help_ids", "keywords", "language", "not_for", "question", "related", "section",
    "since", "until", "verified", "versions",
];
/// Keys that other tools have and that are one edit away from one of ours.
const OF_OTHERS: [&str; 6] = ["cover", "languages", "questions", "relates", "sections", "version"];

/// Reports the keys of the front matter `source` that are one edit away from ours. `above` lines stand before it.
pub(super) fn report(path: &str, format: Format, source: &str, above: u32, problems: &mut Problems) {
    let is_table = |line: &str| format == Format::Toml && line.starts_with('[');
    for (line, text) in (above + 1..).zip(source.lines().take_while(|line| !is_table(line))) {
        let Some((key, _)) = pair(text) else { continue };
        if KEYS.contains(&key.as_str()) || OF_OTHERS.contains(&key.as_str()) {
            continue;
        }
        if let Some(meant) = KEYS.into_iter().find(|known| is_slip(&key, known)) {
            let message = format!("the key `{key}` is not known, and what stands under it is not read");
            problems.warning((path, line), Check::MisspeltKey, message).hint(format!("write `{meant}`"));
        }
    }
}

/// Returns true if a key is one edit away from a known one.
fn is_slip(key: &str, known: &str) -> bool {
    key.len().abs_diff(known.len()) <= 1 && strsim::osa_distance(key, known) == 1
}

#[cfg(test)]
mod tests {
    use serde::de::value::Error;
    use serde::de::{Error as _, Visitor};
    use serde::{Deserialize as _, Deserializer, forward_to_deserialize_any};

    use super::*;
    use crate::source::front_matter::FrontMatter;

    /// Reads nothing, and notes the names of the fields that a struct asks for.
    struct FieldNames<'a>(&'a mut Vec<&'static str>);

    impl<'de> Deserializer<'de> for FieldNames<'_> {
        type Error = Error;

        fn deserialize_any<V: Visitor<'de>>(self, _: V) -> Result<V::Value, Error> {
            Err(Error::custom("no struct"))
        }

        fn deserialize_struct<V: Visitor<'de>>(
            self,
            _: &'static str,
            fields: &'static [&'static str],
            _: V,
        ) -> Result<V::Value, Error> {
            self.0.extend(fields);
            Err(Error::custom("the names are known"))
        }

        forward_to_deserialize_any! {
            bool i8 i16 i32 i64 i128 u8 u16 u32 u64 u128 f32 f64 char str string bytes byte_buf option unit unit_struct
            newtype_struct seq tuple tuple_struct map enum identifier ignored_any
        }
    }

    #[test]
    fn each_key_is_read() {
        let mut read = Vec::new();
        FrontMatter::deserialize(FieldNames(&mut read)).expect_err("only names are taken");
        let unread: Vec<_> = KEYS.iter().filter(|key| !read.contains(key)).collect();
        assert!(unread.is_empty(), "{unread:?} of {read:?}");
    }

    #[track_caller]
    fn check(format: Format, source: &str, expected: &[(u32, &str)]) {
        let mut problems = Problems::default();
        report("a.md", format, source, 1, &mut problems);
        let found = problems.into_sorted();
        let found: Vec<_> =
            found.iter().map(|problem| (problem.line, problem.hint.as_deref().unwrap_or_default())).collect();
        assert_eq!(found, expected, "{source}");
    }

    #[test]
    fn keys_with_a_slip_are_reported_and_those_of_other_tools_are_not() {
        check(
            Format::Yaml,
            "aliasess: [x]\nid: a\nhelp_id: E1\nkeyword: y\nquesiton: z\n",
            &[(2, "write `aliases`"), (4, "write `help_ids`"), (5, "write `keywords`"), (6, "write `question`")],
        );
        check(Format::Toml, "relatd = []\n[extra]\nkeyword = 'x'\n", &[(2, "write `related`")]);
        let others = "cover: a.png\nversion: 2\nalias: x\nlayout: page\n  keyword: nested\n# keyword: x\n- keyword: x\nkeywords: a\nASKED: x\n";
        check(Format::Yaml, others, &[]);
    }
}
