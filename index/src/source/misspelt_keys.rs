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
    use super::*;

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
