//! `faqt stats`: the size of each section of a pack, or of several packs together.

use std::cmp::Reverse;
use std::path::Path;

use faqt::{EncoderState, KnowledgeBase};

use crate::cli::arguments::Global;
use crate::cli::exit::Exit;
use crate::cli::failure::Failure;
use crate::open;
use crate::output::Output;
use crate::output::stats::{PartSize, Stats};

/// The section of vectors.
const VECTORS: &str = "vectors";
/// Its contents if this program lacks the tables that it was made with.
const FOREIGN_VECTORS: &str =
    "what each question, alias and entry means, by tables that this program lacks: words answer";
/// The section of sentence vectors.
const SENTENCES: &str = "sentences";
/// Its contents if the model that it was made with is not there.
const FOREIGN_SENTENCES: &str =
    "what each of them means to a sentence encoder that cannot be used here: words and vectors answer";
/// The contents of each section of a pack.
const HOLDS: &[(&str, &str)] = &[
    ("head", "the table of contents, and a checksum for each 4 KiB"),
    ("manifest", "what the pack says of itself"),
    ("synonyms", "groups of words that stand for each other"),
    ("phrasings", "the terms of each question and alias"),
    (VECTORS, "what each question, alias and entry means"),
    ("pieces", "the table by which English words have a meaning"),
    ("chinese-words", "the table by which Chinese words have one"),
    (SENTENCES, "what each of them means to a sentence encoder"),
    ("questions", "the questions that the author tests with, which no search reads"),
    ("exact", "which entry each question and alias leads to"),
    ("terms", "every term of a text"),
    ("planning", "the generation in the database that has the rest"),
    ("postings", "which entries hold each term, and how often"),
    ("lookup-terms", "every id, keyword and help id"),
    ("lookup-postings", "which entries each of them leads to"),
    ("lengths", "how long each entry is"),
    ("editions", "which entries are one in several languages or for several versions"),
    ("entries", "the entries, compressed"),
];

pub(super) fn run(file: Option<&Path>, global: &Global, output: &Output) -> Result<Exit, Failure> {
    let paths = file.map_or_else(|| global.kb.clone(), |file| vec![file.to_owned()]);
    let kb = open::open(&paths, global.model())?;
    let mut parts: Vec<PartSize> = Vec::new();
    for (name, bytes) in kb.members().into_iter().flat_map(KnowledgeBase::parts) {
        match parts.iter_mut().find(|part| part.name == name) {
            Some(part) => part.bytes += bytes,
            None => parts.push(part(name, bytes)),
        }
    }
    let is_foreign = |kb: &&KnowledgeBase| !kb.manifest().meaning.is_empty() && !kb.compares_meaning();
    if kb.members().iter().any(is_foreign) {
        let vectors = parts.iter_mut().filter(|part| part.name == VECTORS);
        vectors.for_each(|part| part.holds = Some(FOREIGN_VECTORS));
    }
    let is_unread = |kb: &&KnowledgeBase| !matches!(kb.encoder_state(), EncoderState::NotNeeded | EncoderState::Ready);
    if kb.members().iter().any(is_unread) {
        let vectors = parts.iter_mut().filter(|part| part.name == SENTENCES);
        vectors.for_each(|part| part.holds = Some(FOREIGN_SENTENCES));
    }
    let bytes = parts.iter().map(|part| part.bytes).sum();
    parts.sort_by_key(|part| Reverse(part.bytes));
    output.stats(&Stats { entries: kb.manifest().entries, bytes, parts })?;
    Ok(Exit::Success)
}

fn part(name: &str, bytes: usize) -> PartSize {
    let holds = HOLDS.iter().find(|(known, _)| *known == name).map(|(_, holds)| *holds);
    PartSize { name: name.to_owned(), bytes, holds }
}
