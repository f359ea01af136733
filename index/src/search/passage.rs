//! The passage of a long answer that holds a question's terms best.
//!
//! An answer is cut into blocks: paragraphs, headings, items of lists, tables, code. A block scores by the weights of
//! the question's terms that it holds. Those of the headings above it count half, and so do those of the entry's title,
//! which the whole answer is about. The passage is the best block with its
//! heading and the blocks behind it, up to the end of the section and as far as the reader has room.

use std::collections::HashMap;
use std::ops::Range;

use pulldown_cmark::{Event, HeadingLevel, Parser, Tag};
use serde::Serialize;

use super::interpret;
use super::plan::{Plan, QueryMode};
use crate::engine::panic_guard::catch_engine_panic;
use crate::error::SearchError;
use crate::markdown::dialect::DIALECT;
use crate::markdown::plain::plain;
use crate::model::entry::Entry;
use crate::reader::Reader;
use crate::text::language::Language;
use crate::text::marks::Marks;
use crate::text::tokens::{Class, analyse};

/// The share of a term's weight that a block gets for a heading above it.
const HEADING_SHARE: f32 = 0.5;
/// The share of its weight that a term in the entry's title keeps.
const TITLE_SHARE: f32 = 0.5;
/// Words are marked if their term weighs at least this share of the heaviest; function words weigh less.
const MARKED_MIN: f32 = 0.3;
/// The least share by which a word says what was typed.
const SAID_MIN: f32 = 0.4;

/// A part of an answer that holds a question's terms best; see [`KnowledgeBase::passage`](crate::KnowledgeBase::passage).
///
/// # Examples
///
/// ```
/// let text = "# The lamp?\n\nIt is a lamp.\n\n## Reset\n\nHold the button.\n\n## Colour\n\nIt is green.\n";
/// let files = [("faq.md", text), ("faqt.toml", "[[pages]]\nfiles = '*'\nsplit = 'page'\n")];
/// let kb = faqt::KnowledgeBase::from_vec(faqt::build::Builder::from_files("help", files).build()?.pack)?;
/// let entry = &kb.ask("reset the lamp")?.hits[0].entry;
/// let passage = kb.passage("reset the lamp", entry, |markdown| markdown.len() < 40)?;
/// assert_eq!(passage.markdown, "## Reset\n\nHold the button.");
/// assert_eq!(entry.answer[passage.range], passage.markdown);
/// assert_eq!(passage.words, ["reset"]);
/// assert_eq!(passage.matches.iter().map(|place| &entry.answer[place.clone()]).collect::<Vec<_>>(), ["Reset"]);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct Passage {
    /// Its place in [`Entry::answer`], in bytes.
    pub range: Range<usize>,
    /// Its Markdown: that range, with the notes that stand elsewhere in the answer.
    pub markdown: String,
    /// The words of the passage that meet the question's, folded, each once, the rarest first; in scripts without spaces,
    /// pairs of characters.
    pub words: Vec<String>,
    /// The places of these words in [`Entry::answer`], in bytes and in order: within the range, and where the reader of the
    /// laid-out text sees them, so in no address and no name of a tag. Overlapping pairs of characters are one place.
    pub matches: Vec<Range<usize>>,
}

/// Chooses the passage of the answer of `entry` for `query`.
pub(crate) fn passage(
    reader: &Reader,
    query: &str,
    entry: &Entry,
    fits: &mut dyn FnMut(&str) -> bool,
) -> Result<Passage, SearchError> {
    let read = || interpret::interpret(query, QueryMode::Whole, &reader.dictionary, &reader.synonyms);
    let plan = catch_engine_panic(read)?;
    let asked = AskedTerms::of(&plan, reader.language_of(entry));
    let (answer, blocks) = (entry.answer.as_str(), AnswerBlocks::of(&entry.answer));
    let range = if blocks.all.is_empty() || fits(answer) {
        0..answer.len()
    } else {
        blocks.choose(&blocks.scores(&asked, &entry.question), fits)
    };
    let markdown = blocks.with_notes(range.clone());
    let words = asked.words_in(&answer[range.clone()]);
    let matches = matches(answer, &range, &Marks::of(&words));
    Ok(Passage { range, markdown, words, matches })
}

/// Returns the places of the marked words in the text of `answer` within `range`.
///
/// Text that differs from its source, as `&amp;` does, has no places.
fn matches(answer: &str, range: &Range<usize>, marks: &Marks) -> Vec<Range<usize>> {
    let mut places = Vec::new();
    for (event, source) in Parser::new_ext(answer, DIALECT).into_offset_iter() {
        let (Event::Text(text) | Event::Code(text)) = event else { continue };
        if source.start < range.start || source.end > range.end {
            continue;
        }
        let Some(start) = answer[source.clone()].find(&*text).map(|at| source.start + at) else { continue };
        places.extend(marks.in_text(&text).into_iter().map(|place| start + place.start..start + place.end));
    }
    places
}

/// The terms that a question looks for.
struct AskedTerms<'a> {
    plan: &'a Plan,
    /// The query terms that each term of a text gives a share to.
    shares: HashMap<&'a str, Vec<(usize, f32)>>,
    language: Language,
}

impl<'a> AskedTerms<'a> {
    fn of(plan: &'a Plan, language: Language) -> AskedTerms<'a> {
        let mut shares: HashMap<&str, Vec<(usize, f32)>> = HashMap::new();
        for (at, query_term) in plan.query_terms.iter().enumerate() {
            for expansion in &query_term.expansions {
                shares.entry(&expansion.term).or_default().push((at, expansion.weight_factor));
            }
        }
        AskedTerms { plan, shares, language }
    }

    /// Returns the share of each query term that plain text holds.
    fn shares_in(&self, text: &str) -> Vec<f32> {
        let mut held = vec![0.0_f32; self.plan.query_terms.len()];
        analyse(text, self.language, |token| {
            for &(at, share) in self.shares.get(token.term).into_iter().flatten() {
                held[at] = held[at].max(share);
            }
        });
        held
    }

    /// Returns the words of Markdown that meet query terms of some weight.
    fn words_in(&self, markdown: &str) -> Vec<String> {
        let query_terms = &self.plan.query_terms;
        let heaviest = query_terms.iter().map(|query_term| query_term.weight).fold(0.0, f32::max);
        let has_pairs = query_terms.iter().any(|query_term| query_term.class == Class::Bigram);
        let weight = |&(at, share): &(usize, f32)| if share < SAID_MIN { 0.0 } else { query_terms[at].weight };
        let mut words: Vec<(f32, String)> = Vec::new();
        analyse(&plain(markdown), self.language, |token| {
            let is_part = has_pairs && token.class == Class::Character;
            let shares = self.shares.get(token.term).into_iter().flatten();
            let weight = shares.map(weight).fold(0.0, f32::max);
            if !is_part
                && weight > 0.0
                && weight >= MARKED_MIN * heaviest
                && words.iter().all(|(_, word)| word != token.spelling)
            {
                words.push((weight, token.spelling.to_owned()));
            }
        });
        words.sort_by(|(one, _), (other, _)| other.total_cmp(one));
        words.into_iter().map(|(_, word)| word).collect()
    }
}

/// The blocks of an answer.
struct AnswerBlocks<'a> {
    answer: &'a str,
    all: Vec<AnswerBlock>,
    /// The definitions of notes, in order; a build leaves no definitions of links that are used.
    notes: Vec<Range<usize>>,
}

struct AnswerBlock {
    range: Range<usize>,
    /// Its level, if it is a heading.
    level: Option<HeadingLevel>,
}

impl<'a> AnswerBlocks<'a> {
    fn of(answer: &'a str) -> AnswerBlocks<'a> {
        let mut blocks = AnswerBlocks { answer, all: Vec::new(), notes: Vec::new() };
        // The tags that are open within a list at the top, or within another block there.
        let (mut depth, mut is_list) = (0_usize, false);
        for (event, range) in Parser::new_ext(answer, DIALECT).into_offset_iter() {
            match event {
                Event::Start(tag) => {
                    if depth == 0 {
                        is_list = matches!(tag, Tag::List(_));
                    }
                    if depth == usize::from(is_list) {
                        blocks.add(&tag, range);
                    }
                    depth += 1;
                }
                Event::End(_) => depth -= 1,
                _ => {}
            }
        }
        blocks
    }

    fn add(&mut self, tag: &Tag<'_>, range: Range<usize>) {
        let level = match tag {
            Tag::FootnoteDefinition(_) => return self.notes.push(range),
            Tag::Heading { level, .. } => Some(*level),
            _ => None,
        };
        // The indentation of a block may make it code.
        let before = &self.answer[..range.start];
        let start = before.trim_end_matches([' ', '\t']).len();
        let start = if start == 0 || before[..start].ends_with('\n') { start } else { range.start };
        let end = range.start + self.answer[range].trim_end().len();
        self.all.push(AnswerBlock { range: start..end, level });
    }

    /// Returns the score of each block; the entry's title is plain text.
    fn scores(&self, asked: &AskedTerms<'_>, title: &str) -> Vec<f32> {
        let of_title = asked.shares_in(title);
        let terms = asked.plan.query_terms.iter().zip(&of_title);
        let weights: Vec<f32> = terms.map(|(term, held)| term.weight * (1.0 - (1.0 - TITLE_SHARE) * held)).collect();
        let mut above: Vec<(HeadingLevel, Vec<f32>)> = Vec::new();
        let mut scores = Vec::with_capacity(self.all.len());
        for block in &self.all {
            let held = asked.shares_in(&plain(&self.answer[block.range.clone()]));
            above.retain(|(level, _)| block.level.is_none_or(|own| *level < own));
            let weighed = weights.iter().enumerate().map(|(at, weight)| {
                let of_headings = above.iter().map(|(_, held)| held[at]).fold(0.0, f32::max);
                weight * held[at].max(HEADING_SHARE * of_headings)
            });
            scores.push(weighed.sum());
            above.extend(block.level.map(|level| (level, held)));
        }
        scores
    }

    /// Returns the best block's range, with as much around it as fits.
    fn choose(&self, scores: &[f32], fits: &mut dyn FnMut(&str) -> bool) -> Range<usize> {
        let best = scores.iter().enumerate().fold(0, |best, (at, score)| if *score > scores[best] { at } else { best });
        let heading = (0..=best).rev().find(|&at| self.all[at].level.is_some());
        let first = heading.unwrap_or(0);
        let first = if fits(self.text(first, best)) { first } else { best };
        let level = heading.and_then(|at| self.all[at].level);
        let mut last = best;
        for (at, block) in self.all.iter().enumerate().skip(best + 1) {
            let is_next_section = block.level.is_some_and(|own| level.is_none_or(|level| own <= level));
            if is_next_section || !fits(self.text(first, at)) {
                break;
            }
            last = at;
        }
        while last > best && self.all[last].level.is_some() {
            last -= 1;
        }
        self.range(first, last)
    }

    fn range(&self, first: usize, last: usize) -> Range<usize> {
        self.all[first].range.start..self.all[last].range.end
    }

    fn text(&self, first: usize, last: usize) -> &'a str {
        &self.answer[self.range(first, last)]
    }

    /// Returns the Markdown of a range with the notes that stand outside.
    fn with_notes(&self, range: Range<usize>) -> String {
        let mut markdown = self.answer[range.clone()].to_owned();
        for note in &self.notes {
            if note.start < range.start || note.end > range.end {
                markdown.push_str("\n\n");
                markdown.push_str(self.answer[note.clone()].trim_end());
            }
        }
        markdown
    }
}

#[cfg(all(test, feature = "build"))]
mod tests;
