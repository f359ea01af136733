//! The section of a pack that says which entries are editions of one, the same id in several languages or for several versions, and
//! which are for some versions only.
//!
//! ```text
//! 0  4  the length of the table of facts in bytes
//! 4  4  the most editions that one id has
//! 8     the table of facts, as JSON: a list of objects, the newest version that any entry names, and the number of ids
//!       rows in the ascending order of positions, 4 bytes each field: the position of the edition, that of the original,
//!       that of the next edition of the same id (of the last one: the original), and the number of its facts
//! ```
//!
//! A pack without editions has no such section. A row is found by binary search, so that a question reads those of the
//! entries that it finds.

use serde::{Deserialize, Serialize};

use super::EDITIONS;
use super::read::{PackSection, u32_at};
use crate::error::{PackError, damaged};
use crate::text::version::VersionRange;

const HEAD: usize = 8;
const ROW: usize = 16;
/// The most editions of one id that are read; a build writes no more.
const SISTERS_MAX: usize = 4_096;

/// The facts that tell an edition from its sisters.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub(crate) struct EditionFacts {
    /// Its language, as a BCP 47 tag.
    pub(crate) language: String,
    /// The version from which on it is right.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) since: Option<String>,
    /// The version from which on it is not right any more.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) until: Option<String>,
}

impl EditionFacts {
    /// Returns the versions that it is for; all if a forged pack holds something else.
    pub(crate) fn range(&self) -> VersionRange {
        VersionRange::of(self.since.as_deref(), self.until.as_deref()).unwrap_or_default()
    }
}

/// The table of facts.
#[derive(Debug, Serialize, Deserialize)]
struct Table<F> {
    facts: Vec<F>,
    /// The newest version that any entry names.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    newest: Option<String>,
    /// The number of ids that these editions have.
    ids: u32,
}

/// The editions of a pack.
#[derive(Clone, Debug)]
pub(crate) struct Editions {
    rows: PackSection,
    facts: Vec<EditionFacts>,
    newest: Option<String>,
    most: usize,
    surplus: usize,
}

/// An edition.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Edition<'a> {
    /// Its position among the entries.
    pub(crate) position: u32,
    /// The position of the edition that has the plain id.
    pub(crate) original: u32,
    /// The facts that tell it from its sisters.
    pub(crate) facts: &'a EditionFacts,
    next: u32,
}

impl Editions {
    /// Opens the section; its rows are read where they are needed.
    pub(crate) fn open(section: &PackSection) -> Result<Editions, PackError> {
        let head = section.bytes(0..HEAD)?;
        let (length, most) = (u32_at(head, 0) as usize, u32_at(head, 4) as usize);
        let start = HEAD.saturating_add(length);
        let unreadable = |error| damaged(format!("the facts of editions cannot be read: {error}")).within(EDITIONS);
        let Table { facts, newest, ids } = serde_json::from_slice(section.bytes(HEAD..start)?).map_err(unreadable)?;
        let rows = section.part(start..section.len())?;
        if rows.len() % ROW != 0 {
            return Err(damaged("the editions do not fill their section").within(EDITIONS));
        }
        let surplus = (rows.len() / ROW).saturating_sub(ids as usize);
        Ok(Editions { most: most.min(SISTERS_MAX).min(rows.len() / ROW), rows, facts, newest, surplus })
    }

    /// Returns the number of editions.
    fn len(&self) -> usize {
        self.rows.len() / ROW
    }

    /// Returns the number of editions beside the one of each id.
    pub(crate) fn surplus(&self) -> usize {
        self.surplus
    }

    /// Returns the most editions that one id has.
    pub(crate) fn most(&self) -> usize {
        self.most
    }

    /// Returns the newest version that any entry names; none if no entry names one.
    pub(crate) fn newest(&self) -> Option<&str> {
        self.newest.as_deref()
    }

    /// Returns the edition at `position`, unless the entry there is the only one of its id and for all versions.
    pub(crate) fn at(&self, position: u32) -> Result<Option<Edition<'_>>, PackError> {
        let (mut low, mut high) = (0, self.len());
        while low < high {
            let middle = low.midpoint(high);
            let edition = self.row(middle)?;
            match edition.position.cmp(&position) {
                std::cmp::Ordering::Less => low = middle + 1,
                std::cmp::Ordering::Equal => return Ok(Some(edition)),
                std::cmp::Ordering::Greater => high = middle,
            }
        }
        Ok(None)
    }

    /// Returns the editions of the id of the entry at `position`, the original first; none if it is the only one and for all versions.
    pub(crate) fn sisters(&self, position: u32) -> Result<Vec<Edition<'_>>, PackError> {
        let Some(own) = self.at(position)? else { return Ok(Vec::new()) };
        let mut sisters: Vec<Edition<'_>> = Vec::new();
        let mut next = own.original;
        loop {
            let sister = self.at(next)?.ok_or_else(|| astray(position))?;
            sisters.push(sister);
            next = sister.next;
            if next == own.original {
                return Ok(sisters);
            }
            if sisters.len() >= self.most {
                return Err(astray(position));
            }
        }
    }

    /// Returns the position of the original of the entry at `position`, its own if it is the only one of its id.
    pub(crate) fn original(&self, position: u32) -> Result<u32, PackError> {
        Ok(self.at(position)?.map_or(position, |edition| edition.original))
    }

    /// Returns all editions in the order of their positions.
    pub(crate) fn all(&self) -> impl Iterator<Item = Result<Edition<'_>, PackError>> + '_ {
        (0..self.len()).map(|number| self.row(number))
    }

    /// Reads all rows, of a pack with so many entries.
    pub(crate) fn verify(&self, entries: u32) -> Result<(), PackError> {
        let mut before = None;
        for edition in self.all() {
            let edition = edition?;
            if before >= Some(edition.position) || edition.position >= entries {
                return Err(astray(edition.position));
            }
            before = Some(edition.position);
            if !self.sisters(edition.position)?.iter().any(|sister| sister.position == edition.position) {
                return Err(astray(edition.position));
            }
        }
        Ok(())
    }

    fn row(&self, number: usize) -> Result<Edition<'_>, PackError> {
        let start = number.saturating_mul(ROW);
        let row = self.rows.bytes(start..start.saturating_add(ROW))?;
        let [position, original, next, facts] = [0, 4, 8, 12].map(|at| u32_at(row, at));
        let facts = self.facts.get(facts as usize).ok_or_else(|| astray(position))?;
        Ok(Edition { position, original, facts, next })
    }
}

fn astray(position: u32) -> PackError {
    damaged(format!("the editions of entry {position} cannot be read")).within(EDITIONS)
}

/// Returns the section of `groups`: the editions of each id by their positions, the original first. `None` if it grows too
/// large.
#[cfg(feature = "build")]
pub(crate) fn section(groups: &[Vec<(u32, EditionFacts)>], newest: Option<&str>) -> Option<Vec<u8>> {
    let distinct: std::collections::BTreeSet<&EditionFacts> = groups.iter().flatten().map(|(_, facts)| facts).collect();
    let distinct: Vec<&EditionFacts> = distinct.into_iter().collect();
    let mut rows: Vec<[u32; 4]> = Vec::new();
    for group in groups {
        let original = group.first()?.0;
        for (at, (position, facts)) in group.iter().enumerate() {
            let next = group.get(at + 1).map_or(original, |(next, _)| *next);
            let facts = u32::try_from(distinct.binary_search(&facts).ok()?).ok()?;
            rows.push([*position, original, next, facts]);
        }
    }
    rows.sort_unstable();
    let table = serde_json::to_vec(&Table {
        facts: distinct,
        newest: newest.map(str::to_owned),
        ids: u32::try_from(groups.len()).ok()?,
    })
    .ok()?;
    let most = groups.iter().map(Vec::len).max().unwrap_or_default();
    if most > SISTERS_MAX {
        return None;
    }
    let mut section = Vec::with_capacity(HEAD + table.len() + rows.len() * ROW);
    section.extend(u32::try_from(table.len()).ok()?.to_le_bytes());
    section.extend(u32::try_from(most).ok()?.to_le_bytes());
    section.extend(table);
    section.extend(rows.iter().flatten().flat_map(|field| field.to_le_bytes()));
    Some(section)
}

#[cfg(all(test, feature = "build"))]
mod tests {
    use std::io::Cursor;

    use ownedbytes::OwnedBytes;

    use super::*;
    use crate::pack::read::Pack;
    use crate::pack::write::PackWriter;

    fn opened(bytes: &[u8]) -> Result<Editions, PackError> {
        let mut writer = PackWriter::new(Cursor::new(Vec::new())).expect("memory");
        writer.section(EDITIONS, bytes).expect("memory");
        let pack = Pack::parse(&OwnedBytes::new(writer.finish().expect("memory").into_inner())).expect("a pack");
        Editions::open(&pack.required(EDITIONS)?)
    }

    fn facts(language: &str) -> EditionFacts {
        EditionFacts { language: language.to_owned(), ..EditionFacts::default() }
    }

    #[test]
    fn an_edition_leads_to_its_sisters() {
        let groups =
            [vec![(4, facts("en")), (1, facts("zh")), (9, facts("de"))], vec![(2, facts("en")), (3, facts("zh"))]];
        let editions = opened(&section(&groups, Some("2.4")).expect("it is small")).expect("a sound section");
        for of in [4, 1, 9] {
            let sisters = editions.sisters(of).expect("a sound section");
            let seen: Vec<(u32, &str)> =
                sisters.iter().map(|sister| (sister.position, sister.facts.language.as_str())).collect();
            assert_eq!(seen, [(4, "en"), (1, "zh"), (9, "de")]);
            assert_eq!(editions.original(of).expect("a sound section"), 4);
        }
        assert!(editions.sisters(0).expect("a sound section").is_empty());
        assert_eq!(editions.original(7).expect("a sound section"), 7);
        editions.verify(10).expect("a sound section");
        assert!(editions.verify(9).is_err(), "an edition beyond the entries");
    }

    #[test]
    fn forged_rows_are_errors_and_end() {
        let sound = section(&[vec![(0, facts("en")), (1, facts("zh"))]], None).expect("it is small");
        for at in 0..sound.len() {
            for value in [0, 1, 0x7f, 0xff] {
                let mut forged = sound.clone();
                forged[at] = value;
                if let Ok(editions) = opened(&forged) {
                    let _ = editions.verify(2);
                }
            }
        }
        for length in 0..sound.len() {
            if let Ok(editions) = opened(&sound[..length]) {
                let _ = editions.verify(2);
            }
        }
    }
}
