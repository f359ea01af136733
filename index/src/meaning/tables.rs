//! The tables that texts are read with: those that are linked into this program, or those in a pack.

use faqt_meaning::{Table, TableError, Tables, Unit, Vector};
use ownedbytes::OwnedBytes;

use crate::error::{PackError, damaged};
use crate::pack::read::{Pack, PackSection};
use crate::pack::{PIECES, WORDS};

/// The tables of a pack's vectors.
#[derive(Clone)]
pub(super) enum TableSource {
    /// Linked into this program.
    Linked(Tables<'static>),
    /// In the pack itself: of pieces, and of words.
    Own(OwnTable, Option<OwnTable>),
}

/// A table in a pack.
#[derive(Clone)]
pub(super) struct OwnTable(OwnedBytes);

/// The words of the language, for the correction of spelling: those of the tables that are linked into this program, or
/// else those of a pack.
#[derive(Clone, Default)]
pub(crate) struct LanguageWords(Option<TableSource>);

/// The primary subtags of the languages that the tables read.
pub(crate) const LANGUAGES_OF_TABLES: &[&str] = &["en", "zh"];

/// The minimum length of a word, without a last `e`, that is told by its inflected forms.
const FORMS_CHARS_MIN: usize = 3;

impl TableSource {
    /// Returns the tables whose content hashes are `hashes`; nothing if neither this program nor `pack` has them.
    ///
    /// All bytes of a table in a pack are checked here, which takes about as long as a question.
    pub(super) fn of(hashes: [u128; 2], pack: &Pack) -> Result<Option<TableSource>, PackError> {
        if let Some(tables) = tables().filter(|tables| self::hashes(tables) == hashes) {
            return Ok(Some(TableSource::Linked(tables)));
        }
        Ok(TableSource::in_pack(pack)?.filter(|own| self::hashes(&own.tables()) == hashes))
    }

    /// Returns the tables in `pack`, if it has some.
    fn in_pack(pack: &Pack) -> Result<Option<TableSource>, PackError> {
        let Some(pieces) = OwnTable::open(pack.section(PIECES), PIECES)? else { return Ok(None) };
        let words = OwnTable::open(pack.section(WORDS), WORDS)?;
        let tables = Tables::new(pieces.table(), words.as_ref().map(OwnTable::table)).map(|_| ());
        tables.map_err(|error| in_section(&error, PIECES))?;
        Ok(Some(TableSource::Own(pieces, words)))
    }

    /// Returns the tables.
    pub(super) fn tables(&self) -> Tables<'_> {
        match self {
            TableSource::Linked(tables) => *tables,
            TableSource::Own(pieces, words) => Tables::new(pieces.table(), words.as_ref().map(OwnTable::table))
                .expect("the same bytes were opened as tables of these kinds"),
        }
    }
}

impl OwnTable {
    /// Opens a table in a section, if there is one; nothing if a later version of this program has written it.
    fn open(section: Option<PackSection>, name: &str) -> Result<Option<OwnTable>, PackError> {
        let Some(section) = section else { return Ok(None) };
        let bytes = section.owned_bytes(0..section.len())?;
        match Table::open(bytes.as_slice()).map(|_| ()) {
            Ok(()) => Ok(Some(OwnTable(bytes))),
            Err(TableError::Version { .. }) => Ok(None),
            Err(error) => Err(in_section(&error, name)),
        }
    }

    fn table(&self) -> Table<'_> {
        Table::open(self.0.as_slice()).expect("the same bytes were opened as a table")
    }
}

impl LanguageWords {
    /// Returns the words that questions to `pack` are spelt by.
    pub(crate) fn of(pack: &Pack) -> Result<LanguageWords, PackError> {
        // Linked tables are at hand whenever they are asked.
        if cfg!(feature = "meaning") { Ok(LanguageWords(None)) } else { TableSource::in_pack(pack).map(LanguageWords) }
    }

    fn tables(&self) -> Option<Tables<'_>> {
        match &self.0 {
            Some(own) => Some(own.tables()),
            None => tables(),
        }
    }

    /// Returns true if words of the language can be told: there is a table of word pieces.
    pub(crate) fn are_known(&self) -> bool {
        cfg!(feature = "meaning") || self.0.is_some()
    }

    /// Returns true if `word` is a frequent word of the language: a whole piece of the table, as 20,000 English words are.
    pub(crate) fn holds(&self, word: &str) -> bool {
        self.tables().is_some_and(|tables| is_piece(&tables, word))
    }

    /// Returns true if two of the inflected forms of `word` are frequent words of the language: `baked` and `baking` are,
    /// though `bake` is none of the 20,000.
    pub(crate) fn holds_forms_of(&self, word: &str) -> bool {
        let Some(tables) = self.tables() else { return false };
        let is_word = |ending: &str, base: &str| tables.has_word(&[base, ending].concat());
        let base = word.strip_suffix('e').unwrap_or(word);
        if base.len() < FORMS_CHARS_MIN || word.ends_with('s') {
            return false;
        }
        let is_inflected = ["ed", "ing", "er"].iter().filter(|ending| is_word(ending, base)).count();
        if base.len() < word.len() { is_inflected >= 2 } else { is_inflected >= 1 && is_word("s", word) }
    }

    /// Returns those of `words`, in lower case and without accents, that are frequent words of the language; none without a
    /// table.
    pub(crate) fn among(&self, words: impl Iterator<Item = String>) -> impl Iterator<Item = String> {
        let tables = self.tables();
        words.filter(move |word| tables.is_some_and(|tables| tables.has_word(word)))
    }
}

/// Checks all of the tables in a pack.
pub(crate) fn verify_tables(pack: &Pack) -> Result<(), PackError> {
    for name in [PIECES, WORDS] {
        if let Some(section) = pack.section(name) {
            match Table::open(section.all()?).and_then(|table| table.verify()) {
                Ok(()) | Err(TableError::Version { .. }) => {}
                Err(error) => return Err(in_section(&error, name)),
            }
        }
    }
    Ok(())
}

fn in_section(error: &TableError, name: &str) -> PackError {
    damaged(format!("the section `{name}`: {error}")).within(name)
}

/// Returns the tables that are linked into this program, each with the name of its section in a pack.
#[cfg(feature = "build")]
pub(crate) fn table_sections() -> impl Iterator<Item = (&'static str, &'static [u8])> {
    let sections = tables().map(|tables| {
        let words = tables.words().map(|words| (WORDS, words.bytes()));
        std::iter::once((PIECES, tables.pieces().bytes())).chain(words)
    });
    sections.into_iter().flatten()
}

/// Returns the tables that are linked into this program.
pub(super) fn tables() -> Option<Tables<'static>> {
    #[cfg(feature = "meaning")]
    {
        #[cfg(feature = "meaning-zh")]
        let words = Some(faqt_meaning_zh::chinese());
        #[cfg(not(feature = "meaning-zh"))]
        let words = None;
        Tables::new(faqt_meaning::english(), words).ok()
    }
    #[cfg(not(feature = "meaning"))]
    None
}

/// Returns true if this program can tell words of the language: it has a table of word pieces.
#[cfg(feature = "build")]
pub(crate) fn knows_words() -> bool {
    LanguageWords::default().are_known()
}

/// Returns true if `word` is a frequent word of the language by the tables that are linked into this program.
#[cfg(feature = "build")]
pub(crate) fn is_word(word: &str) -> bool {
    LanguageWords::default().holds(word)
}

fn is_piece(tables: &Tables<'_>, word: &str) -> bool {
    let mut units = tables.units(word);
    matches!((units.next(), units.next()), (Some(Unit::Piece(_)), None))
}

/// Returns the content hashes of the tables that are linked into this program.
#[cfg(feature = "build")]
pub(crate) fn table_hashes() -> impl Iterator<Item = u128> {
    tables().map(|tables| hashes(&tables)).into_iter().flatten().filter(|&hash| hash != 0)
}

/// Returns the content hashes of tables, 0 for one that is missing.
pub(super) fn hashes(tables: &Tables<'_>) -> [u128; 2] {
    [tables.pieces().content_hash(), tables.words().map_or(0, |words| words.content_hash())]
}

/// Returns the mean of Chinese sentences; zero without a table of words.
pub(super) fn words_mean(tables: &Tables<'_>) -> Vector {
    tables.words().and_then(|words| words.mean()).unwrap_or(Vector::ZERO)
}
