//! The known names nearest to an unknown name, for hints.

use super::fold;

/// The names nearest to an unknown name, among those offered.
pub(crate) struct Nearest {
    wanted: String,
    count: usize,
    /// The nearest names so far, and some others.
    found: Vec<(usize, String)>,
}

impl Nearest {
    /// Starts without names; `count` is the most that are wanted.
    pub(crate) fn new(wanted: &str, count: usize) -> Nearest {
        Nearest { wanted: folded(wanted), count, found: Vec::new() }
    }

    /// Offers a name, which is kept while it is among the nearest: within a few edits, or sharing a part with the
    /// wanted one.
    pub(crate) fn offer(&mut self, name: &str) {
        if let Some(distance) = distance(&self.wanted, name) {
            self.found.push((distance, name.to_owned()));
            if self.found.len() / 2 > self.count {
                self.cut();
            }
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

/// Returns the distance of `name` from `wanted`, if it is near.
fn distance(wanted: &str, name: &str) -> Option<usize> {
    let name = folded(name);
    let (wanted_len, name_len) = (wanted.chars().count(), name.chars().count());
    if wanted_len == 0 || name_len == 0 {
        return None;
    }
    let edits = strsim::osa_distance(wanted, &name);
    let allowed = (wanted_len.max(name_len) / 3).max(1);
    if edits <= allowed {
        return Some(edits);
    }
    // A name is often typed by its beginning.
    let start: String = name.chars().take(wanted_len).collect();
    let start_edits = strsim::osa_distance(wanted, &start);
    if wanted_len >= 3 && start_edits <= wanted_len / 3 {
        return Some(allowed + start_edits);
    }
    let holds = wanted_len.min(name_len) >= 3 && (name.contains(wanted) || wanted.contains(&name));
    holds.then_some(allowed + wanted_len / 3 + wanted_len.abs_diff(name_len))
}

fn folded(name: &str) -> String {
    fold::folded(name).chars().take(LENGTH_MAX).collect()
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
}
