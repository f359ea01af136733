//! Entries like a given one: by sentence vectors, else by vectors of word pieces, else by words.
//!
//! All knowledge bases that are asked are compared in one way, the best that each of them has. All vectors are compared, so
//! the time grows with the number of entries.

use serde::Serialize;

use super::merge::merged;
use super::options::SearchOptions;
use super::pipeline::Ranking;
use crate::engine::dictionary::Dictionary;
use crate::engine::top_k::top;
use crate::error::{PackError, SearchError};
use crate::model::entry::Entry;
use crate::reader::Reader;

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
    let found = match by_sentences(members, own)? {
        Some(found) => found,
        None => match by_meaning(members, own)? {
            Some(found) => found,
            None => by_words(members, own, limit)?,
        },
    };
    let others = found.into_iter().filter(|&(_, place)| place != own).collect();
    let entry = |(similarity, (of, position)): (f32, EntryPlace)| {
        let Member { name, reader, .. } = members[of];
        let entry = reader.entry_at(position)?;
        Ok(SimilarEntry { entry, similarity: similarity.clamp(0.0, 1.0), knowledge_base: name.map(str::to_owned) })
    };
    top(others, limit).into_iter().map(entry).collect()
}

/// Compares sentence vectors; returns nothing unless all knowledge bases have some by one model.
fn by_sentences(members: &[Member<'_>], own: EntryPlace) -> Result<Option<Vec<(f32, EntryPlace)>>, SearchError> {
    let Some(of_each) = members.iter().map(|member| member.reader.sentences.as_ref()).collect::<Option<Vec<_>>>()
    else {
        return Ok(None);
    };
    let Some(entry) = of_each[own.0].of_entry(own.1, of_each.iter().copied())? else { return Ok(None) };
    let mut found = Vec::new();
    for (of, vectors) in of_each.iter().enumerate() {
        add(&mut found, of, vectors.similarities(&entry)?)?;
    }
    Ok(Some(found))
}

/// Compares vectors of word pieces; returns nothing unless all knowledge bases have some.
fn by_meaning(members: &[Member<'_>], own: EntryPlace) -> Result<Option<Vec<(f32, EntryPlace)>>, SearchError> {
    let Some(of_each) = members.iter().map(|member| member.reader.vectors.as_ref()).collect::<Option<Vec<_>>>() else {
        return Ok(None);
    };
    let Some(entry) = of_each[own.0].of_entry(own.1, of_each.iter().copied())? else { return Ok(None) };
    let mut found = Vec::new();
    for (of, vectors) in of_each.iter().enumerate() {
        add(&mut found, of, vectors.similarities(&entry)?)?;
    }
    Ok(Some(found))
}

/// Adds those entries of a knowledge base whose similarity is great enough.
fn add(
    found: &mut Vec<(f32, EntryPlace)>,
    of: usize,
    similarities: impl Iterator<Item = Result<f32, PackError>>,
) -> Result<(), SearchError> {
    for (position, similarity) in (0..).zip(similarities) {
        let similarity = similarity?;
        if similarity >= SIMILARITY_MIN {
            found.push((similarity, (of, position)));
        }
    }
    Ok(())
}

/// Asks for the question of the entry; a similarity is a score as a share of that of the entry itself.
fn by_words(members: &[Member<'_>], own: EntryPlace, limit: usize) -> Result<Vec<(f32, EntryPlace)>, SearchError> {
    let question = members[own.0].reader.entry_at(own.1)?.question;
    let options = SearchOptions::default().with_limit(limit.saturating_add(1));
    let mut rankings = Vec::with_capacity(members.len());
    for &Member { name, reader, dictionary } in members {
        rankings.push(Ranking::by(reader, name, dictionary, None, &question, &options)?);
    }
    let ranked = merged(&rankings);
    let of_itself = ranked.iter().find(|(of, ranked)| (*of, ranked.position) == own).map(|(_, own)| own.score);
    let most = of_itself.or(ranked.first().map(|(_, first)| first.score)).unwrap_or(1.0).max(f32::MIN_POSITIVE);
    Ok(ranked.iter().map(|(of, ranked)| (ranked.score / most, (*of, ranked.position))).collect())
}
