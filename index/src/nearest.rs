//! The known names nearest to one that is not known, for hints.

use crate::analysis::fold;

/// Returns the names within a few edits of `wanted`, or that hold it, the nearest first, at most `count`.
pub(crate) fn nearest<'a>(wanted: &str, known: impl IntoIterator<Item = &'a str>, count: usize) -> Vec<&'a str> {
    let wanted = folded(wanted);
    let mut scored: Vec<(usize, &str)> =
        known.into_iter().filter_map(|name| Some((distance(&wanted, name)?, name))).collect();
    scored.sort_unstable();
    scored.into_iter().take(count).map(|(_, name)| name).collect()
}

/// Returns the nearest name.
#[cfg(feature = "build")]
pub(crate) fn first<'a>(wanted: &str, known: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    nearest(wanted, known, 1).pop()
}

/// Names longer than this are compared by their beginning; ids are short.
const LENGTH_MAX: usize = 64;

/// Returns how far `name` is from `wanted`, if it is near at all.
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

#[cfg(test)]
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
