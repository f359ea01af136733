//! A table of 30,000 Chinese words for `faqt-meaning`, data only.
//!
//! The vectors are in the space of the English word pieces: a word's vector is the mean of its glosses in CC-CEDICT,
//! times a weight for its frequency. A Chinese question meets an English entry that shares no word with it.
//!
//! ```
//! use faqt_meaning::{Quantised, QueryVector, Tables};
//!
//! # let english = faqt_meaning::Table::open(include_bytes!("../../english.table"))?;
//! let tables = Tables::new(english, Some(faqt_meaning_zh::chinese()))?;
//! let meaning = |text| tables.embed(tables.units(text), |_| 1.0);
//! let question = QueryVector::new(&meaning("审核需要多长时间"));
//! let cosine = |text| question.cosine(&Quantised::new(&meaning(text)));
//! assert!(cosine("How long does the review take?") > cosine("Where to eat pizza in Rome"));
//! # Ok::<(), faqt_meaning::TableError>(())
//! ```
//!
//! CC-CEDICT is licensed CC BY-SA 4.0, and so is this package; see its files `LICENSE` and `NOTICE`.

use faqt_meaning::Table;

/// Returns the table of 30,000 Chinese words that is linked into the program.
#[expect(clippy::missing_panics_doc, reason = "a test opens the table")]
pub fn chinese() -> Table<'static> {
    Table::open(include_bytes!("../chinese.table")).expect("a test opens the table")
}
