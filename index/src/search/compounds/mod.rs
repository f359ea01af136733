//! Compounds: words that are written together in one place and apart in another, such as `signin` and `sign in`.
//!
//! A compound typed with spaces has the weight of the joined word. With an out-of-vocabulary part, only the joined word is
//! searched for. If all parts are in the vocabulary, they share the weight of the joined word, and an entry that holds it
//! matches every part, counted once. An out-of-vocabulary word that splits into known words is replaced by them.

#[cfg(all(test, feature = "build"))]
mod tests;

use crate::engine::dictionary::{DictionaryTerm, Rated};
use crate::error::SearchError;
use crate::search::plan::{self, Compound, QueryTerm, Rewrite};
use crate::search::planner::Planner;
use crate::search::typed::{self, Typed};
use crate::search::unknown_words::Corrections;
use crate::text::fold::push_without_accents;
use crate::text::{tokens, weight};

/// The maximum number of parts of a joined compound.
const JOINED_PARTS_MAX: usize = 3;
/// The maximum number of parts of a split compound.
const SPLIT_PARTS_MAX: usize = 4;
/// The minimum length of a split word in characters. A word of 4 is split into two that carry meaning: `wifi` into `wi` and `fi`.
const SPLIT_CHARS_MIN: usize = 4;
/// The maximum length of a split word in characters; the time is quadratic in it.
const SPLIT_CHARS_MAX: usize = 40;
/// The weight factor of the parts of a split compound.
const SPLIT: f32 = 0.9;
/// The weight factor of a known part of a joined compound.
const PART: f32 = 0.5;

/// A known word whose parts were typed apart.
pub(crate) struct JoinedWord {
    /// Its term.
    term: String,
    rated: Rated,
    /// The number of words that it was typed as.
    pub(crate) length: usize,
    /// True if one of them is not known, so that only the whole can be meant.
    pub(crate) has_unknown_part: bool,
}

impl JoinedWord {
    /// Adds the query terms of its parts.
    pub(crate) fn over(self, mut query_terms: Vec<usize>) -> Compound {
        query_terms.sort_unstable();
        query_terms.dedup();
        Compound { term: self.term, rated: self.rated, query_terms }
    }
}

/// For each position of an out-of-vocabulary word, the heaviest split into known words of the text before it.
type Paths = Vec<Option<Vec<WordPart>>>;

/// A part of an unknown word.
#[derive(Clone, Debug)]
struct WordPart {
    word: Typed,
    rated: Rated,
    /// True for a part of 2 letters, which is allowed only in a split into two parts.
    is_short: bool,
}

impl Planner<'_> {
    /// Returns the longest known word that `typed` begins with, written apart.
    pub(crate) fn join_compounds(&self, typed: &[Typed]) -> Result<Option<JoinedWord>, SearchError> {
        if !self.may_be_joined(typed)? {
            return Ok(None);
        }
        for length in (2..=JOINED_PARTS_MAX.min(typed.len())).rev() {
            let words = &typed[..length];
            let Some(spelling) = typed::joined(words) else { continue };
            let Some((term, rated)) = self.known(&spelling)? else { continue };
            let mut has_unknown_part = false;
            for word in words {
                has_unknown_part |=
                    !weight::is_function_word(&word.spelling, self.languages) && self.known(&word.spelling)?.is_none();
            }
            // A reader who types the word as one, too, means the parts as they are.
            if has_unknown_part || self.typed.iter().all(|typed| typed.term != term) {
                return Ok(Some(JoinedWord { term, rated, length, has_unknown_part }));
            }
        }
        Ok(None)
    }

    /// Returns true if a term begins as the first two words do written as one. Few do, and whole words need not be stemmed
    /// and looked up then.
    fn may_be_joined(&self, typed: &[Typed]) -> Result<bool, SearchError> {
        let [first, second, ..] = typed else { return Ok(false) };
        if typed::joined(&typed[..2]).is_none() {
            return Ok(false);
        }
        let mut prefix = String::new();
        let beginning = second.spelling.chars().next().map_or(0, char::len_utf8);
        push_without_accents(&first.spelling, &mut prefix);
        push_without_accents(&second.spelling[..beginning], &mut prefix);
        self.dictionary.has_prefix(&prefix)
    }

    /// Returns the term of a word that this or another knowledge base knows, in the first language that it is known in.
    fn known(&self, spelling: &str) -> Result<Option<(String, Rated)>, SearchError> {
        for &language in self.languages {
            let term = tokens::word_term(spelling, language);
            if let Some(rated) = self.dictionary.rated_if_known(&term, spelling)? {
                return Ok(Some((term, rated)));
            }
        }
        Ok(None)
    }

    /// Adds a known word that was typed as several, one of which is not known.
    pub(crate) fn compound_as_word(&mut self, found: JoinedWord, words: &[Typed]) -> Result<(), SearchError> {
        let JoinedWord { term, rated, .. } = found;
        if let Some(query_term) = self.query_term_of(&term) {
            self.note_unit(&term, query_term);
            return Ok(());
        }
        let spellings: Vec<&str> = words.iter().map(|word| word.spelling.as_str()).collect();
        let typed = Typed::word(&term, &spellings.join(" "));
        let mut query_term = QueryTerm::new(&typed, &rated);
        for spelling in spellings {
            if let Some((term, Rated { listed: Some(listed), base, tempered_idf, .. })) = self.known(spelling)?
                && base >= 1.0
            {
                query_term.expand_with(&DictionaryTerm { term, weight: base * tempered_idf, listed }, PART);
            }
        }
        self.rewrites.push(Rewrite {
            typed: typed.spelling,
            terms: vec![term],
            read_as: None,
            word: None,
            is_guess: false,
        });
        self.push(query_term);
        Ok(())
    }

    /// Reads `signin` as `sign in` if both are known and that is likelier than `corrections`; returns the query term of the
    /// first part if it did.
    pub(crate) fn split_compounds(
        &mut self,
        typed: &Typed,
        corrections: &Corrections,
    ) -> Result<Option<usize>, SearchError> {
        let Some(parts) = self.parts_of(&typed.spelling)? else { return Ok(None) };
        let terms = parts.iter().map(|part| part.word.term.as_str());
        if !corrections.may_be_split(terms, parts.iter().all(WordPart::carries_meaning)) {
            return Ok(None);
        }
        let spellings: Vec<&str> = parts.iter().map(|part| part.word.spelling.as_str()).collect();
        let meant = parts.iter().filter(|part| part.carries_meaning());
        self.rewrites.push(Rewrite {
            typed: typed.spelling.clone(),
            terms: meant.map(|part| part.word.term.clone()).collect(),
            read_as: Some(spellings.join(" ")),
            word: None,
            is_guess: false,
        });
        let mut first = None;
        for part in &parts {
            let query_term = match self.query_term_of(&part.word.term) {
                Some(query_term) => {
                    self.note_unit(&part.word.term, query_term);
                    query_term
                }
                None => self.push(part.query_term(&typed.spelling)),
            };
            first.get_or_insert(query_term);
        }
        Ok(first)
    }

    /// Returns the known words that make up `spelling`: its letters and its digits, as in `25mb`, or the fewest words, and of
    /// as few the weightiest. One of them carries meaning.
    fn parts_of(&self, spelling: &str) -> Result<Option<Vec<WordPart>>, SearchError> {
        let mut ends: Vec<usize> = spelling.char_indices().map(|(at, _)| at).collect();
        if ends.len() > SPLIT_CHARS_MAX {
            return Ok(None);
        }
        let pieces = letters_and_digits(spelling);
        if pieces.len() > 1 {
            let parts: Option<Vec<WordPart>> =
                pieces.into_iter().map(|piece| self.part(piece)).collect::<Result<_, SearchError>>()?;
            return Ok(parts.filter(|parts| parts.iter().any(WordPart::carries_meaning)));
        }
        if ends.len() < SPLIT_CHARS_MIN {
            return Ok(None);
        }
        let is_short = ends.len() == SPLIT_CHARS_MIN;
        ends.push(spelling.len());
        let mut paths: Paths = vec![None; ends.len()];
        paths[0] = Some(Vec::new());
        // A word of the language that looks like three others is none of them: `indoors`.
        let parts_max = if self.is_word_of_language(spelling) { 2 } else { SPLIT_PARTS_MAX };
        for count in 1..=parts_max {
            paths = self.longer(&paths, count, |start, end| &spelling[ends[start]..ends[end]])?;
            if let Some(parts) = paths.last_mut().and_then(Option::take) {
                return Ok(Some(parts).filter(|parts| !is_short || parts.iter().all(WordPart::carries_meaning)));
            }
        }
        Ok(None)
    }

    /// Returns the paths of `count` parts that go on from those of one less; `between` returns what lies between two
    /// places.
    fn longer<'a>(
        &self,
        paths: &Paths,
        count: usize,
        between: impl Fn(usize, usize) -> &'a str,
    ) -> Result<Paths, SearchError> {
        let last = paths.len() - 1;
        let mut longer: Paths = vec![None; paths.len()];
        for (start, path) in paths.iter().enumerate() {
            let Some(path) = path else { continue };
            // A part has two letters at least, and so has the one behind it.
            let middle = (start + 2..last.saturating_sub(1)).filter(|_| count < SPLIT_PARTS_MAX);
            for end in middle.chain((start + 2 <= last).then_some(last)) {
                let Some(part) = self.part(between(start, end))? else { continue };
                let parts: Vec<WordPart> = path.iter().cloned().chain([part]).collect();
                let may_be = if end == last { is_made_up(&parts) } else { may_go_on(&parts) };
                if may_be && longer[end].as_ref().is_none_or(|best| weight_of(&parts) > weight_of(best)) {
                    longer[end] = Some(parts);
                }
            }
        }
        Ok(longer)
    }

    fn part(&self, spelling: &str) -> Result<Option<WordPart>, SearchError> {
        let part = self.known(spelling)?.map(|(term, rated)| {
            let is_short = spelling.chars().nth(2).is_none() && rated.base >= 1.0;
            WordPart { word: Typed::word(&term, spelling), rated, is_short }
        });
        Ok(part)
    }
}

fn weight_of(parts: &[WordPart]) -> f32 {
    parts.iter().map(|part| part.rated.weight()).sum()
}

/// Returns true for parts that a word may be made up of.
fn is_made_up(parts: &[WordPart]) -> bool {
    let is_short = parts.len() > 2 && parts.iter().any(|part| part.is_short);
    parts.len() > 1 && !is_short && parts.iter().any(WordPart::carries_meaning)
}

/// Returns the runs of letters and of digits that `word` is made of.
fn letters_and_digits(word: &str) -> Vec<&str> {
    let mut rest = word;
    let piece = |run: &[u8]| {
        let (piece, behind) = rest.split_at(run.len());
        rest = behind;
        piece
    };
    word.as_bytes().chunk_by(|one, next| one.is_ascii_digit() == next.is_ascii_digit()).map(piece).collect()
}

/// Returns true for parts that one more may follow.
fn may_go_on(parts: &[WordPart]) -> bool {
    parts.len() < 2 || parts.iter().all(|part| !part.is_short)
}

impl WordPart {
    fn carries_meaning(&self) -> bool {
        self.rated.base >= 1.0
    }

    /// Returns the query term of the part of a word that was typed as `whole`.
    fn query_term(&self, whole: &str) -> QueryTerm {
        let mut query_term = QueryTerm::new(&self.word, &self.rated);
        query_term.expansions.iter_mut().for_each(|expansion| expansion.weight_factor = SPLIT);
        whole.clone_into(&mut query_term.spelling);
        query_term
    }
}

/// Lets the parts of each word weigh together what the word does, if they weigh more, and lets it match each of them.
pub(crate) fn weigh(compounds: &[Compound], query_terms: &mut [QueryTerm]) {
    let mut factors = vec![1.0_f32; query_terms.len()];
    for Compound { rated, query_terms: parts, .. } in compounds {
        let weight: f32 = parts.iter().map(|&part| query_terms[part].weight).sum();
        let factor = if weight > 0.0 { rated.weight() / weight } else { 1.0 };
        for &part in parts {
            factors[part] = factors[part].min(factor);
        }
    }
    for (query_term, factor) in query_terms.iter_mut().zip(factors) {
        query_term.weight *= factor;
    }
    for Compound { term, rated, query_terms: parts } in compounds {
        let Some(listed) = &rated.listed else { continue };
        for &part in parts {
            let share = plan::CompoundShare { tempered_idf: rated.tempered_idf };
            query_terms[part].match_compound(term, listed, share);
        }
    }
}
