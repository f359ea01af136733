//! The known names nearest to an unknown name, for hints.

use super::fold;
use crate::steps;

/// The names nearest to an unknown name, among those offered.
pub(crate) struct Nearest {
    wanted: FoldedName,
    count: usize,
    /// The nearest names so far, and some others.
    found: Vec<(usize, String)>,
}

impl Nearest {
    /// Starts without names; `count` is the most that are wanted.
    pub(crate) fn new(wanted: &str, count: usize) -> Nearest {
        Nearest { wanted: FoldedName::of(wanted), count, found: Vec::new() }
    }

    /// Offers a name, which is kept while it is among the nearest: within a few edits, or sharing a part with the
    /// wanted one.
    pub(crate) fn offer(&mut self, name: &str) {
        Nearest::offer_to_each(std::iter::once(self), name);
    }

    /// Offers a name to each of `all`.
    pub(crate) fn offer_to_each<'a>(all: impl Iterator<Item = &'a mut Nearest>, name: &str) {
        let folded = FoldedName::of(name);
        for nearest in all {
            steps::count(1);
            if let Some(distance) = nearest.wanted.distance(&folded) {
                nearest.keep(distance, name);
            }
        }
    }

    fn keep(&mut self, distance: usize, name: &str) {
        self.found.push((distance, name.to_owned()));
        if self.found.len() / 2 > self.count {
            self.cut();
        }
    }

    /// Returns the names, the nearest first.
    pub(crate) fn into_names(mut self) -> Vec<String> {
        self.cut();
        self.found.into_iter().map(|(_, name)| name).collect()
    }

    fn cut(&mut self) {
        self.found.sort_unstable();
        self.found.truncate(self.count);
    }
}

/// Returns the name nearest to `wanted`.
#[cfg(feature = "build")]
pub(crate) fn first<'a>(wanted: &str, known: impl IntoIterator<Item = &'a str>) -> Option<String> {
    nearest(wanted, known, 1).pop()
}

/// Returns at most `count` names of `known` nearest to `wanted`, the nearest first.
pub(crate) fn nearest<'a>(wanted: &str, known: impl IntoIterator<Item = &'a str>, count: usize) -> Vec<String> {
    let mut nearest = Nearest::new(wanted, count);
    known.into_iter().for_each(|name| nearest.offer(name));
    nearest.into_names()
}

/// The most characters of a name that are compared; ids are short.
const LENGTH_MAX: usize = 64;

/// A folded name, cut to the characters that are compared.
struct FoldedName {
    chars: Vec<char>,
    text: String,
}

impl FoldedName {
    fn of(name: &str) -> FoldedName {
        let text: String = fold::folded(name).chars().take(LENGTH_MAX).collect();
        FoldedName { chars: text.chars().collect(), text }
    }

    /// Returns the distance of `name` from this one, if it is near.
    fn distance(&self, name: &FoldedName) -> Option<usize> {
        let (wanted_len, name_len) = (self.chars.len(), name.chars.len());
        if wanted_len == 0 || name_len == 0 {
            return None;
        }
        let allowed = (wanted_len.max(name_len) / 3).max(1);
        if let Some(edits) = edits(&self.chars, &name.chars, allowed) {
            return Some(edits);
        }
        // A name is often typed by its beginning.
        if wanted_len >= 3
            && wanted_len < name_len
            && let Some(start_edits) = edits(&self.chars, &name.chars[..wanted_len], wanted_len / 3)
        {
            return Some(allowed + start_edits);
        }
        let shortest = wanted_len.min(name_len);
        let holds = shortest >= 3 && (name.text.contains(&self.text) || self.text.contains(&name.text));
        holds.then_some(allowed + wanted_len / 3 + wanted_len.abs_diff(name_len))
    }
}

/// Returns the edits that make one name of another (optimal string alignment), if they are at most `most`.
fn edits(a: &[char], b: &[char], most: usize) -> Option<usize> {
    let same_start = a.iter().zip(b).take_while(|(x, y)| x == y).count();
    let (a, b) = (&a[same_start..], &b[same_start..]);
    let same_end = a.iter().rev().zip(b.iter().rev()).take_while(|(x, y)| x == y).count();
    let (a, b) = (&a[..a.len() - same_end], &b[..b.len() - same_end]);
    if edits_min(a, b) > most {
        return None;
    }
    let edits = strsim::osa_distance(&String::from_iter(a), &String::from_iter(b));
    Some(edits).filter(|&edits| edits <= most)
}

/// Returns a lower bound of the edits: the characters of either name that the other does not have as often.
fn edits_min(a: &[char], b: &[char]) -> usize {
    const CLASSES: usize = 64;
    let mut surplus = [0_i8; CLASSES];
    for (chars, step) in [(a, 1), (b, -1)] {
        for &c in chars {
            surplus[c as usize % CLASSES] += step;
        }
    }
    let sum = |sign: i8| surplus.iter().map(|&count| usize::from((count * sign).max(0).unsigned_abs())).sum::<usize>();
    sum(1).max(sum(-1))
}

#[cfg(all(test, feature = "build"))]
mod tests {
    use super::*;

    #[test]
    fn near_names_come_nearest_first() {
        let known = ["bind-baidu-domain", "review-time", "transfer-icp-filing"];
        assert_eq!(nearest("bind-badiu-domain", known, 3), ["bind-baidu-domain"]);
        assert_eq!(nearest("bind-badiu", known, 3), ["bind-baidu-domain"]);
        assert_eq!(nearest("transfer", known, 3), ["transfer-icp-filing"]);
        assert_eq!(nearest("zzz", known, 3), [""; 0]);
    }

    #[test]
    fn fewer_edits_come_before_a_common_beginning_and_no_more_names_than_asked_for() {
        let known = ["reset-a-lamp-after-a-storm", "resets", "reset", "preset", "storm-reset-a-lamp"];
        assert_eq!(
            nearest("reset", known, 9),
            ["reset", "preset", "resets", "reset-a-lamp-after-a-storm", "storm-reset-a-lamp"]
        );
        assert_eq!(nearest("reset", known, 2), ["reset", "preset"]);
        assert_eq!(nearest("rezet", known, 9), ["reset", "preset", "resets", "reset-a-lamp-after-a-storm"]);
        let alike = ["reset-a-lamp-after-a-storm", "rezet-a-lamp-after-a-storm"];
        assert_eq!(nearest("rezet", alike, 9), ["rezet-a-lamp-after-a-storm", "reset-a-lamp-after-a-storm"]);
        assert_eq!(first("rezet", known).as_deref(), Some("reset"));
        assert_eq!(nearest("", known, 9), [""; 0]);
        let many: Vec<String> = (0..100).map(|at| format!("reset-{at:02}")).collect();
        assert_eq!(nearest("reset", many.iter().map(String::as_str).rev(), 2), ["reset-00", "reset-01"]);
    }
}
