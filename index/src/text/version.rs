//! Versions of what a knowledge base is about: ranges of them, and those that a reader asks for.
//!
//! A version is read leniently: `2`, `2.4`, `v2.4.1` and `2024.03` are versions of Semantic Versioning with zeros for what is
//! missing. A pre-release that a reader asks for counts as its release.

#[cfg(feature = "build")]
use semver::{Comparator, Op, VersionReq};
use semver::{Prerelease, Version};

/// The versions from `since` on, before `until`; without a bound there is no limit.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct VersionRange {
    since: Option<Version>,
    until: Option<Version>,
}

impl VersionRange {
    /// Returns the range between two bounds; `None` if one of them is no version.
    pub(crate) fn of(since: Option<&str>, until: Option<&str>) -> Option<VersionRange> {
        let bound = |text: Option<&str>| text.map(|text| parse(text).ok_or(())).transpose();
        Some(VersionRange { since: bound(since).ok()?, until: bound(until).ok()? })
    }

    /// Returns the versions that `text` may mean: `2.4` is every `2.4.x`.
    pub(crate) fn asked(text: &str) -> Option<VersionRange> {
        let parts = numbers(text)?.split('.').count();
        let mut since = parse(text)?;
        since.pre = Prerelease::EMPTY;
        let mut until = since.clone();
        match parts {
            1 => (until.major, until.minor, until.patch) = (until.major.saturating_add(1), 0, 0),
            2 => (until.minor, until.patch) = (until.minor.saturating_add(1), 0),
            _ => until.patch = until.patch.saturating_add(1),
        }
        Some(VersionRange { since: Some(since), until: Some(until) })
    }

    /// Returns true if it has no bounds.
    pub(crate) fn is_all(&self) -> bool {
        self.since.is_none() && self.until.is_none()
    }

    /// Lists its bounds.
    #[cfg(feature = "build")]
    pub(crate) fn bounds(&self) -> impl Iterator<Item = String> {
        [&self.since, &self.until].into_iter().flatten().map(Version::to_string)
    }

    /// Returns true if it holds no version.
    #[cfg(feature = "build")]
    pub(crate) fn is_empty(&self) -> bool {
        matches!((&self.since, &self.until), (Some(since), Some(until)) if since >= until)
    }

    /// Returns true if a version is in both.
    pub(crate) fn overlaps(&self, other: &VersionRange) -> bool {
        let is_before = |since: &Option<Version>, until: &Option<Version>| match (since, until) {
            (Some(since), Some(until)) => since < until,
            _ => true,
        };
        is_before(&self.since, &other.until) && is_before(&other.since, &self.until)
    }

    /// Returns true if all its versions are older than those of `other`.
    pub(crate) fn is_older_than(&self, other: &VersionRange) -> bool {
        matches!((&self.until, &other.since), (Some(until), Some(since)) if until <= since)
    }

    /// Returns true if some version between it and `later` is in neither.
    #[cfg(feature = "build")]
    pub(crate) fn leaves_hole_before(&self, later: &VersionRange) -> bool {
        matches!((&self.until, &later.since), (Some(until), Some(since)) if until < since)
    }

    /// Compares the ends of two ranges; no end is after all others.
    pub(crate) fn cmp_end(&self, other: &VersionRange) -> std::cmp::Ordering {
        self.until.is_none().cmp(&other.until.is_none()).then_with(|| self.until.cmp(&other.until))
    }

    /// Compares the starts of two ranges; no start is before all others.
    pub(crate) fn cmp_start(&self, other: &VersionRange) -> std::cmp::Ordering {
        self.since.cmp(&other.since)
    }
}

/// Returns true if `text` is a version, as [`SearchOptions::version`](crate::SearchOptions::version) takes it: `2`, `2.4`, `v2.4.1`.
///
/// # Examples
///
/// ```
/// assert!(faqt::is_version("2.4") && faqt::is_version("v3.0.0-beta.1") && !faqt::is_version("latest"));
/// ```
pub fn is_version(text: &str) -> bool {
    parse(text).is_some()
}

/// Returns the newer of two versions; one that is none counts for nothing.
#[cfg(feature = "build")]
pub(crate) fn newer<'v>(one: Option<&'v str>, other: Option<&'v str>) -> Option<&'v str> {
    let known = [one, other].into_iter().flatten().filter_map(|text| Some((parse(text)?, text)));
    known.max_by(|(one, _), (other, _)| one.cmp(other)).map(|(_, text)| text)
}

/// Returns the part of a version that is numbers and dots, if it begins with a number behind an optional `v`.
fn numbers(text: &str) -> Option<&str> {
    let text = text.trim();
    let text = text.strip_prefix(['v', 'V']).unwrap_or(text);
    let end = text.find(['-', '+']).unwrap_or(text.len());
    text.starts_with(|c: char| c.is_ascii_digit()).then_some(&text[..end])
}

/// Reads a version.
fn parse(text: &str) -> Option<Version> {
    let numbers = numbers(text)?;
    let mut parts = [0; 3];
    for (at, part) in numbers.split('.').enumerate() {
        let is_number = !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit());
        *parts.get_mut(at)? = if is_number { part.parse().ok()? } else { return None };
    }
    let [major, minor, patch] = parts;
    let rest = text.trim().trim_start_matches(['v', 'V']).get(numbers.len()..)?;
    Version::parse(&format!("{major}.{minor}.{patch}{rest}")).ok()
}

/// Returns the bounds of a requirement as the ecosystem writes it, `>=2, <3` or `^2.4`: from which version on, and before which.
/// `None` if it is none.
#[cfg(feature = "build")]
pub(crate) fn bounds(requirement: &str) -> Option<(Option<String>, Option<String>)> {
    let requirement = VersionReq::parse(requirement.trim()).ok()?;
    let (mut since, mut until): (Option<Version>, Option<Version>) = (None, None);
    for comparator in &requirement.comparators {
        let (from, to) = bounds_of(comparator)?;
        since = since.max(from);
        until = match (until, to) {
            (Some(known), Some(to)) => Some(known.min(to)),
            (known, to) => known.or(to),
        };
    }
    Some((since.map(|version| written(&version)), until.map(|version| written(&version))))
}

#[cfg(feature = "build")]
fn bounds_of(comparator: &Comparator) -> Option<(Option<Version>, Option<Version>)> {
    let Comparator { op, major, minor, patch, ref pre, .. } = *comparator;
    let mut low = Version::new(major, minor.unwrap_or(0), patch.unwrap_or(0));
    low.pre = pre.clone();
    let next_major = Version::new(major.checked_add(1)?, 0, 0);
    let next_minor = Version::new(major, minor.unwrap_or(0).checked_add(1)?, 0);
    let next_patch = Version::new(major, minor.unwrap_or(0), patch.unwrap_or(0).checked_add(1)?);
    // The first version behind those that are named.
    let behind = match (minor, patch) {
        (None, _) => next_major.clone(),
        (Some(_), None) => next_minor.clone(),
        (Some(_), Some(_)) => next_patch.clone(),
    };
    Some(match op {
        Op::Exact | Op::Wildcard => (Some(low), Some(behind)),
        Op::Greater => (Some(behind), None),
        Op::GreaterEq => (Some(low), None),
        Op::Less => (None, Some(low)),
        Op::LessEq => (None, Some(behind)),
        Op::Tilde => (Some(low), Some(if minor.is_none() { next_major } else { next_minor })),
        Op::Caret => {
            let until = match (major, minor, patch) {
                (1.., ..) | (0, None, _) => next_major,
                (0, Some(1..), _) | (0, Some(0), None) => next_minor,
                (0, Some(0), Some(_)) => next_patch,
            };
            (Some(low), Some(until))
        }
        _ => return None,
    })
}

/// Writes a version without a patch of 0.
#[cfg(feature = "build")]
fn written(version: &Version) -> String {
    if version.patch == 0 && version.pre.is_empty() {
        format!("{}.{}", version.major, version.minor)
    } else {
        version.to_string()
    }
}

/// The longest beginning of a question that is looked at, in bytes.
const BYTES_MAX: usize = 1_024;

/// Returns the version that a question names, of a product whose newest known version is `newest`: `2.4` of `reset it in v2.4`.
///
/// A number without a dot is one only behind a `v`. A number with a unit, of a later major version than the next, and one of
/// several versions are none.
pub(crate) fn of_question<'q>(question: &'q str, newest: &str) -> Option<&'q str> {
    let major_max = parse(newest)?.major.saturating_add(1);
    let question = &question[..question.floor_char_boundary(BYTES_MAX)];
    let is_part = |c: char| c.is_ascii_alphanumeric() || matches!(c, '.' | '-' | '%' | '_' | '/' | ':');
    let mut found = None;
    let mut words = question.split(|c: char| !is_part(c)).filter(|word| !word.is_empty()).peekable();
    while let Some(word) = words.next() {
        let word = word.trim_end_matches(['.', ':', '-']);
        let is_marked = word.starts_with(['v', 'V']);
        let Some(version) = numbers(word).filter(|numbers| is_marked || numbers.contains('.')) else { continue };
        let known = parse(word).filter(|known| known.major <= major_max);
        let has_unit = words.peek().is_some_and(|next| UNITS.contains(next));
        if known.is_none() || has_unit || found.is_some_and(|other| other != version) {
            return None;
        }
        found = Some(version);
    }
    found
}

/// Words behind a number that is no version.
const UNITS: [&str; 24] = [
    "GB", "GiB", "Hz", "GHz", "KB", "MB", "MHz", "MiB", "TB", "V", "W", "cm", "h", "hours", "inch", "inches", "kg",
    "km", "m", "million", "ms", "percent", "s", "seconds",
];

#[cfg(test)]
mod tests {
    use super::*;

    fn range(since: &str, until: &str) -> VersionRange {
        let bound = |text: &'static str| Some(text).filter(|text| !text.is_empty());
        let leak = |text: &str| -> &'static str { Box::leak(text.to_owned().into_boxed_str()) };
        VersionRange::of(bound(leak(since)), bound(leak(until))).expect("versions")
    }

    #[test]
    fn versions_are_read_leniently() {
        for (text, expected) in [
            ("2", Some("2.0.0")),
            ("v2.4", Some("2.4.0")),
            ("2.4.1", Some("2.4.1")),
            (" 2024.03 ", Some("2024.3.0")),
            ("3.0.0-beta.1", Some("3.0.0-beta.1")),
            ("3-beta", Some("3.0.0-beta")),
            ("1.2.3.4", None),
            ("latest", None),
            ("2.x", None),
            ("", None),
            ("2..4", None),
            ("vv2", None),
        ] {
            assert_eq!(parse(text).map(|version| version.to_string()).as_deref(), expected, "{text}");
        }
    }

    #[test]
    fn a_version_that_is_asked_for_is_in_a_range() {
        for (asked, since, until, is_in) in [
            ("2.4", "2.0", "3.0", true),
            ("2.4", "2.4.1", "", true),
            ("2.4", "", "2.4", false),
            ("2.4.9", "2.4", "2.5", true),
            ("2", "2.6", "", true),
            ("3.0.0-rc.1", "3.0", "", true),
            ("1.9", "2.0", "", false),
            ("3", "2.0", "3.0", false),
        ] {
            let asked_range = VersionRange::asked(asked).expect("a version");
            assert_eq!(asked_range.overlaps(&range(since, until)), is_in, "{asked} in {since}..{until}");
        }
        assert!(
            range("1.0", "2.0").is_older_than(&range("2.0", "")) && !range("1.0", "").is_older_than(&range("2.0", ""))
        );
    }

    #[cfg(feature = "build")]
    #[test]
    fn requirements_have_bounds() {
        for (requirement, since, until) in [
            (">=2, <3", Some("2.0"), Some("3.0")),
            ("^2.4", Some("2.4"), Some("3.0")),
            ("2.4", Some("2.4"), Some("3.0")),
            ("~2.4.1", Some("2.4.1"), Some("2.5")),
            ("=2.4", Some("2.4"), Some("2.5")),
            ("2.*", Some("2.0"), Some("3.0")),
            ("<2", None, Some("2.0")),
            ("<=2.4.1", None, Some("2.4.2")),
            (">2.4", Some("2.5"), None),
            ("^0.3", Some("0.3"), Some("0.4")),
            ("*", None, None),
        ] {
            let expected = (since.map(str::to_owned), until.map(str::to_owned));
            assert_eq!(bounds(requirement), Some(expected), "{requirement}");
        }
        assert_eq!((bounds("two"), bounds("")), (None, None));
        assert_eq!(newer(Some("2.10"), Some("2.9")), Some("2.10"));
    }

    #[test]
    fn a_question_names_a_version() {
        for (question, expected) in [
            ("how do I reset it in 1.2?", Some("1.2")),
            ("reset v2", Some("2")),
            ("在 2.4.1 怎么重置", Some("2.4.1")),
            ("reset lampos 3.0.", Some("3.0")),
            ("reset 2", None),
            ("upgrade from 1.2 to 2.4", None),
            ("10.0.0.1 does not answer", None),
            ("set it to 2.5 GHz", None),
            ("a width of 2.5cm", None),
            ("it costs 99.90", None),
            ("how do I reset it", None),
        ] {
            assert_eq!(of_question(question, "3.1"), expected, "{question}");
        }
    }
}
