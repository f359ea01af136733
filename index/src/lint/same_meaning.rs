//! Two entries that ask the same in other words, found by the vectors of their phrasings.
//!
//! Each phrasing is compared with all others where there are at most 4,000 of them. Of those that are
//! near, the wording decides ([`Wording`]), so that few reports are wrong: in 16 public folders and 10 public sets it reports 4
//! pairs, of which each asks the same. Of pairs of readers' questions to clinc150 that pass, 97 % have the same answer.

use rustc_hash::FxHashMap;

use crate::build::content::Content;
use crate::error::SearchError;
use crate::lint::wording::Wording;
use crate::lint::{SHOWN_CHARS_MAX, shown};
use crate::meaning::Near;
use crate::model::entry::Entry;
use crate::parallel;
use crate::problem::check::Check;
use crate::problem::severity::Level;
use crate::problem::{Problem, Problems};
use crate::reader::Reader;

/// The phrasings that a thread compares with all others at a time.
const PART: usize = 64;

/// Two phrasings that say the same in other words: for each, the position of its entry and its text.
pub(crate) struct SameMeaning {
    earlier: (u32, String),
    later: (u32, String),
}

impl SameMeaning {
    /// Returns the positions of both entries.
    pub(crate) fn positions(&self) -> (u32, u32) {
        (self.earlier.0, self.later.0)
    }
}

/// Returns, for each entry of `reader`, which was built from `content`, an earlier one that asks the same in other words.
pub(crate) fn pairs(reader: &Reader, content: &Content) -> Result<Vec<SameMeaning>, SearchError> {
    let is_off = |check| content.settings.level(check) == Some(Level::Off);
    let is_wanted = !is_off(Check::SameMeaning) || !is_off(Check::Contradiction);
    let Some(vectors) = reader.vectors.as_ref().filter(|_| is_wanted) else { return Ok(Vec::new()) };
    let Some(phrasings) = vectors.phrasings()? else { return Ok(Vec::new()) };
    let mut numbers: Vec<usize> = (0..phrasings.len()).collect();
    let mut near: Vec<Near> = Vec::new();
    let compare = |numbers: &mut [usize]| numbers.iter().flat_map(|&at| phrasings.near(at)).collect::<Vec<_>>();
    parallel::in_order(&mut numbers, PART, compare, |found| {
        near.extend(found);
        Ok::<_, SearchError>(())
    })?;
    let mut texts = Texts { reader, known: FxHashMap::default() };
    let mut pairs: Vec<SameMeaning> = Vec::new();
    // Those of one entry stand together, the nearest first.
    near.sort_by(|a, b| a.later.0.cmp(&b.later.0).then(b.cosine.total_cmp(&a.cosine)));
    for Near { earlier, later, .. } in near {
        let is_of_a_kind = content.catalogue.kind(earlier.0 as usize) == content.catalogue.kind(later.0 as usize);
        let are_sisters = content.catalogue.editions().are_sisters(earlier.0 as usize, later.0 as usize);
        if pairs.last().is_some_and(|last| last.later.0 == later.0) || !is_of_a_kind || are_sisters {
            continue;
        }
        texts.read(earlier.0)?;
        texts.read(later.0)?;
        let (Some(one), Some(other)) = (texts.phrasing(earlier), texts.phrasing(later)) else { continue };
        if one.is_said_by(other, reader) {
            pairs.push(SameMeaning { earlier: (earlier.0, one.text.clone()), later: (later.0, other.text.clone()) });
        }
    }
    Ok(pairs)
}

/// Reports the later entry of each pair.
pub(crate) fn problems(pairs: &[SameMeaning], content: &Content) -> Vec<Problem> {
    let mut problems = Problems::default();
    for SameMeaning { earlier, later } in pairs {
        report(content, (earlier.0, &earlier.1), (later.0, &later.1), &mut problems);
    }
    problems.into_sorted()
}

fn report(content: &Content, earlier: (u32, &str), later: (u32, &str), problems: &mut Problems) {
    let (path, line) = content.catalogue.place(earlier.0 as usize);
    let message = format!(
        "“{}” seems to ask the same as “{}”, {path}:{line}",
        shown(later.1, SHOWN_CHARS_MAX),
        shown(earlier.1, SHOWN_CHARS_MAX)
    );
    let problem = problems.warning(content.catalogue.place(later.0 as usize), Check::SameMeaning, message);
    problem.hint("make one an alias of the other, or say what differs");
}

/// The phrasings of the entries that were read.
struct Texts<'a> {
    reader: &'a Reader,
    known: FxHashMap<u32, Vec<Phrasing>>,
}

struct Phrasing {
    text: String,
    language: String,
    wording: Option<Wording>,
}

impl Texts<'_> {
    /// Reads the entry at `position`, unless it is known.
    fn read(&mut self, position: u32) -> Result<(), SearchError> {
        if !self.known.contains_key(&position) {
            let entry = self.reader.entry_at(position)?;
            self.known.insert(position, self.phrasings(&entry));
        }
        Ok(())
    }

    fn phrasings(&self, entry: &Entry) -> Vec<Phrasing> {
        let language = self.reader.language_of(entry);
        let phrasing = |text: &str| Phrasing {
            wording: Wording::of(text, language),
            text: text.to_owned(),
            language: language.tag().to_owned(),
        };
        entry.phrasings().map(phrasing).collect()
    }

    /// Returns a phrasing by the position of its entry and its number there; none for one that is no text of the author's.
    fn phrasing(&self, (position, number): (u32, usize)) -> Option<&Phrasing> {
        self.known.get(&position)?.get(number)
    }
}

impl Phrasing {
    fn is_said_by(&self, other: &Phrasing, reader: &Reader) -> bool {
        let (Some(one), Some(other_wording), Some(vectors)) = (&self.wording, &other.wording, &reader.vectors) else {
            return false;
        };
        self.language == other.language && one.says_the_same_as(other_wording, vectors)
    }
}
