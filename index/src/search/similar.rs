//! Entries like a given one: by sentence vectors, else by vectors of word pieces, else by words.
//!
//! All knowledge bases that are asked are compared in one way, the best that each of them has. All vectors are compared, so
//! the time grows with the number of entries.

use std::collections::HashSet;

use serde::Serialize;

use super::editions::Wishes;
use super::merge::merged;
use super::options::SearchOptions;
use super::pipeline::Ranking;
use crate::engine::dictionary::Dictionary;
use crate::engine::top_k::top;
use crate::error::SearchError;
use crate::model::entry::Entry;
use crate::reader::Reader;
use crate::similarity::CompareEntries;

/// The least similarity of an entry that is like another by vectors, from -1 to 1. Unrelated entries have about 0.
const SIMILARITY_MIN: f32 = 0.1;

/// An entry that is like another.
///
/// # Examples
///
/// ```
/// let text = "# How do I reset the lamp?\n\nHold.\n\n# Can the lamp be reset?\n\nYes.\n\n# Who sells rice?\n\nAnn.\n";
/// let kb = faqt::KnowledgeBase::from_markdown(text)?;
/// let similar = kb.similar("how-do-i-reset-the-lamp", 5)?.expect("it is there");
/// assert_eq!(similar[0].entry.question, "Can the lamp be reset?");
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Debug, PartialEq, Serialize)]
#[non_exhaustive]
pub struct SimilarEntry {
    /// The entry.
    pub entry: Entry,
    /// The likeness, from 0 to 1; comparable within one list only.
    pub similarity: f32,
    /// The name of its knowledge base, where several were asked at once.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub knowledge_base: Option<String>,
}

/// A knowledge base among those that are asked.
#[derive(Clone, Copy)]
pub(crate) struct Member<'a> {
    /// Its name, where several are asked.
    pub(crate) name: Option<&'a str>,
    pub(crate) reader: &'a Reader,
    /// Its dictionary, with those of the others as peers.
    pub(crate) dictionary: &'a Dictionary,
}

/// An entry: the number of its knowledge base and its position there.
pub(crate) type EntryPlace = (usize, u32);

/// Returns at most `limit` entries like the one at `own`, the most similar first.
pub(crate) fn similar(members: &[Member<'_>], own: EntryPlace, limit: usize) -> Result<Vec<SimilarEntry>, SearchError> {
    let readers = || members.iter().map(|member| member.reader);
    let mut found =
        by_vectors(readers().map(|reader| reader.sentences.as_ref().filter(|vectors| vectors.are_here())), own)?;
    if found.is_none() {
        found = by_vectors(readers().map(|reader| reader.vectors.as_ref().filter(|vectors| vectors.are_here())), own)?;
    }
    let found = match found {
        Some(found) => found,
        None => by_words(members, own, limit)?,
    };
    let others = found.into_iter().filter(|&(_, place)| place != own).collect();
    let others = if members.iter().any(|member| member.reader.editions.is_some()) {
        distinct(members, others, own)?
    } else {
        others
    };
    let entry = |(similarity, (of, position)): (f32, EntryPlace)| {
        let Member { name, reader, .. } = members[of];
        let entry = reader.shown_at(position)?;
        Ok(SimilarEntry { entry, similarity: similarity.clamp(0.0, 1.0), knowledge_base: name.map(str::to_owned) })
    };
    top(others, limit).into_iter().map(entry).collect()
}

/// Returns each entry once, and none that is an edition of `own`: the edition in the language of `own`, or else the most similar.
fn distinct(
    members: &[Member<'_>],
    mut found: Vec<(f32, EntryPlace)>,
    own: EntryPlace,
) -> Result<Vec<(f32, EntryPlace)>, SearchError> {
    let original = |(of, position): EntryPlace| Ok::<_, SearchError>((of, members[of].reader.original(position)?));
    let own_entry = members[own.0].reader.entry_at(own.1)?;
    let language = [members[own.0].reader.tag_of(&own_entry).to_owned()];
    let options = SearchOptions::default().with_languages(language);
    let wishes = Wishes::of("", &options);
    found.sort_by(|(one, _), (other, _)| other.total_cmp(one));
    let (mut seen, mut distinct) = (HashSet::from([original(own)?]), Vec::new());
    for (similarity, (of, position)) in found {
        if seen.insert(original((of, position))?) {
            distinct.push((similarity, (of, wishes.choose(members[of].reader, position)?.position)));
        }
    }
    Ok(distinct)
}

/// Compares the vectors of each knowledge base; returns nothing unless all have some that are comparable, and the entry has
/// some.
fn by_vectors<'a, V: CompareEntries + 'a>(
    vectors: impl Iterator<Item = Option<&'a V>>,
    (of_own, position): EntryPlace,
) -> Result<Option<Vec<(f32, EntryPlace)>>, SearchError> {
    let Some(of_each) = vectors.collect::<Option<Vec<_>>>() else { return Ok(None) };
    let own = of_each[of_own];
    if !of_each.iter().all(|other| own.are_comparable(other)) {
        return Ok(None);
    }
    let Some(entry) = own.of_entry(position)? else { return Ok(None) };
    let mut found = Vec::new();
    for (of, vectors) in of_each.into_iter().enumerate() {
        for (position, similarity) in (0..).zip(vectors.similarities(&entry)?) {
            found.extend(similarity?.filter(|&found| found >= SIMILARITY_MIN).map(|found| (found, (of, position))));
        }
    }
    Ok(Some(found))
}

/// Asks for the question of the entry; a similarity is a score as a share of that of the entry itself.
fn by_words(members: &[Member<'_>], own: EntryPlace, limit: usize) -> Result<Vec<(f32, EntryPlace)>, SearchError> {
    let question = members[own.0].reader.entry_at(own.1)?.question;
    let options = SearchOptions::default().with_limit(limit.saturating_add(1));
    let mut rankings = Vec::with_capacity(members.len());
    for &Member { name, reader, dictionary } in members {
        rankings.push(Ranking::by(reader, name, dictionary, None, &question, &options)?);
    }
    let ranked = merged(&rankings)?;
    let of_itself = ranked.iter().find(|(of, ranked)| (*of, ranked.position) == own).map(|(_, own)| own.score);
    let most = of_itself.or(ranked.first().map(|(_, first)| first.score)).unwrap_or(1.0).max(f32::MIN_POSITIVE);
    Ok(ranked.iter().map(|(of, ranked)| (ranked.score / most, (*of, ranked.position))).collect())
}
