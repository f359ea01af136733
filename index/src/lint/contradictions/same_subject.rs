//! Decides if two sentences speak of the same thing.

use super::claims::{Claim, Stated, Subject, Terms};

/// The least share of the words of two sentences that both have.
const SHARE_MIN: f32 = 0.5;
/// The same, where what must be, may be or is not decides: such words are common.
const FORCE_SHARE_MIN: f32 = 0.8;
/// The fewest words that two sentences share, if their questions ask about the same.
const SHARED_MIN: usize = 2;
/// The fewest words that two sentences share, if their questions do not show it.
const SHARED_ALONE_MIN: usize = 4;

/// Returns true if two claims speak of the same thing. `is_known` is true for entries whose questions ask the same.
pub(super) fn is_same((one, claim): (&Subject, &Claim), (other, later): (&Subject, &Claim), is_known: bool) -> bool {
    let is_force = matches!(claim.stated, Stated::Force(_) | Stated::Plain);
    if one.is_chinese != other.is_chinese
        || (is_force && one.is_negated != other.is_negated)
        || claim.limits != later.limits
        || !in_kinds(one, other)
    {
        return false;
    }
    let shared = claim.words.intersection(&later.words).count();
    let all = claim.words.len() + later.words.len() - shared;
    let share = shared as f32 / all.max(1) as f32;
    // Words that the other sentence lacks, its question or its titles must have, at least in one direction.
    let is_beyond = |own: &Terms, other: &Terms, context: &Terms| {
        own.iter().any(|word| !other.contains(word) && !context.contains(word))
    };
    let (is_first_beyond, is_second_beyond) =
        (is_beyond(&claim.words, &later.words, &other.context), is_beyond(&later.words, &claim.words, &one.context));
    if is_first_beyond && is_second_beyond {
        return false;
    }
    let share_min = match (&claim.stated, &later.stated) {
        (Stated::Force("not"), Stated::Plain) | (Stated::Plain, Stated::Force("not")) => 1.0,
        (Stated::Force(_), _) => FORCE_SHARE_MIN,
        _ => SHARE_MIN,
    };
    let is_one_topic = is_known || ask_about_the_same(one, other);
    if is_one_topic {
        return shared >= SHARED_MIN && share >= share_min;
    }
    // Each sentence names what a question is about.
    let is_named = |topic: &Terms| topic.iter().any(|word| claim.words.contains(word) && later.words.contains(word));
    let is_named = is_named(&one.topic) || is_named(&other.topic);
    let words_min = if is_named { SHARED_MIN + usize::from(is_force) } else { SHARED_ALONE_MIN };
    shared >= words_min && share >= share_min
}

/// Returns true if one question has all words of the other, and at least half as many again.
fn ask_about_the_same(one: &Subject, other: &Subject) -> bool {
    let shared = one.topic.intersection(&other.topic).count();
    let (fewer, more) = (one.topic.len().min(other.topic.len()), one.topic.len().max(other.topic.len()));
    shared > 0 && shared == fewer && 2 * shared >= more
}

/// Returns true unless both are about other platforms, editions or versions.
pub(super) fn in_kinds(one: &Subject, other: &Subject) -> bool {
    one.kinds.is_subset(&other.kinds) || other.kinds.is_subset(&one.kinds)
}
