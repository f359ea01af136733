//! Translations that state another number than their original.
//!
//! Blocks are laid side by side, and only answers with as many blocks are compared: where both blocks have as many numbers of a
//! kind and one of them differs, that is reported. Numbers that only one edition has say nothing: a translation may write them in
//! words.

use std::collections::BTreeSet;
use std::collections::hash_map::Entry as MapEntry;

use rustc_hash::FxHashMap;

use super::SENTENCE_CHARS_MAX;
use super::blocks::blocks;
use super::dates::{Date, dates};
use super::numbers::numbers;
use super::values::{Value, values};
use crate::build::content::Content;
use crate::corpus::source_edition::source_edition;
use crate::error::SearchError;
use crate::lint::shown;
use crate::problem::check::Check;
use crate::problem::severity::Level;
use crate::problem::{Problem, Problems};
use crate::reader::Reader;
use crate::text::fold::folded;

/// Reports each translation in `reader`, which was built from `content`, with a block that has another number than that of its
/// original.
pub(crate) fn differing(reader: &Reader, content: &Content) -> Result<Vec<Problem>, SearchError> {
    let mut problems = Problems::default();
    if content.settings.level(Check::TranslationDiffers) == Some(Level::Off) {
        return Ok(Vec::new());
    }
    let catalogue = &content.catalogue;
    let default = content.settings.default_language();
    let answer = |position: usize| {
        let position = u32::try_from(position).unwrap_or(u32::MAX);
        reader.entry_at(position).map(|entry| blocks(&entry.answer))
    };
    for group in catalogue.editions().groups() {
        let mut originals: FxHashMap<usize, Vec<String>> = FxHashMap::default();
        for &edition in group {
            let Some(source) = source_edition(catalogue, edition, &default) else { continue };
            let own = answer(edition)?;
            let original = match originals.entry(source) {
                MapEntry::Occupied(known) => known.into_mut(),
                MapEntry::Vacant(unknown) => unknown.insert(answer(source)?),
            };
            if own.len() != original.len() {
                continue;
            }
            let mut pairs = own.iter().zip(&*original);
            let Some((own, original)) = pairs.find(|(own, original)| differs(&folded(own), &folded(original))) else {
                continue;
            };
            let (path, line) = catalogue.place(source);
            let message = format!(
                "“{}” has another number than “{}”, `{}` ({path}:{line})",
                shown(own.trim(), SENTENCE_CHARS_MAX),
                shown(original.trim(), SENTENCE_CHARS_MAX),
                catalogue.id(source)
            );
            let problem = problems.warning(catalogue.place(edition), Check::TranslationDiffers, message);
            problem.hint("correct the number in one of them");
        }
    }
    Ok(problems.into_sorted())
}

/// Returns true if two folded blocks have as many numbers of a kind, of which one differs.
fn differs(own: &str, original: &str) -> bool {
    let (own_dates, original_dates) = (dates(own), dates(original));
    let (own_values, original_values) = (values(own), values(original));
    if one_differs(&own_dates, &original_dates, Date::contradicts) {
        return true;
    }
    let quantities: BTreeSet<&str> = own_values.iter().map(|value| value.quantity).collect();
    let quantity_differs = |quantity: &str| {
        let [own, original] = [&own_values, &original_values]
            .map(|values| values.iter().filter(|value| value.quantity == quantity).collect::<Vec<_>>());
        one_differs(&own, &original, |one, other| one.contradicts(other))
    };
    if quantities.into_iter().any(quantity_differs) {
        return true;
    }
    let plain = |text: &str, dates: &[Date], values: &[Value]| {
        let ranges = dates.iter().map(|date| &date.range).chain(values.iter().map(|value| &value.range));
        numbers(text, &ranges.cloned().collect::<Vec<_>>())
    };
    // A unit that one language has and the other lacks makes a value of one and a number of the other.
    own_values.len() == original_values.len()
        && own_dates.len() == original_dates.len()
        && plain(own, &own_dates, &own_values)
            .zip(plain(original, &original_dates, &original_values))
            .is_some_and(|(own, original)| one_differs(&own, &original, |one, other| (one - other).abs() > 1e-9))
}

/// Returns true if both have as many, and all but one of each have a partner that is no other.
fn one_differs<T>(own: &[T], original: &[T], is_other: impl Fn(&T, &T) -> bool) -> bool {
    if own.len() != original.len() {
        return false;
    }
    let mut left: Vec<&T> = original.iter().collect();
    let alone: Vec<&T> = own
        .iter()
        .filter(|one| match left.iter().position(|other| !is_other(one, other)) {
            Some(at) => {
                left.remove(at);
                false
            }
            None => true,
        })
        .collect();
    alone.len() == 1
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_that_was_replaced_is_found() {
        let differs = |own: &str, original: &str| differs(&folded(own), &folded(original));
        for (own, original) in [
            ("审核需要 30 天。", "The review takes 20 days."),
            ("最多 5 MB，保存 3 天", "At most 10 MB, kept for 3 days"),
            ("自2024年5月1日起", "Since 2 May 2024"),
            ("共 15 个，其中 3 个是新的", "There are 12, of which 3 are new"),
            ("端口 8081", "Port 8080"),
            ("超过 100 万", "More than 10 million"),
        ] {
            assert!(differs(own, original), "{own} {original}");
        }
        for (own, original) in [
            ("需要二十天。", "It takes 20 days."),
            ("需要 1 小时", "It takes 60 minutes"),
            ("自2019年4月22日起", "Since 22 April 2019"),
            ("一天两次，共 3 次", "Twice a day, 3 times in all"),
            ("1000 万", "10 million"),
            ("第 2 步", "The second step"),
            ("14:30 开始", "It begins at 2 pm"),
            ("约 70 元", "About $10"),
            ("每 2 项五行", "5 rows for each two items"),
            ("至多 5 天", "About 7 days"),
        ] {
            assert!(!differs(own, original), "{own} {original}");
        }
    }
}
