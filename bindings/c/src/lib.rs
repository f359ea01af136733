//! The C interface of faqt: opens a pack, asks it, and answers in JSON.
//!
//! `include/faqt.h` is the reference for callers, with the contract of every pointer. Each kind of pointer is handled
//! in one module: `boundary` runs calls and catches panics, `handle` owns knowledge bases, `text` passes strings. The
//! functions of the other modules are one line of Rust each.

#![expect(unsafe_code, reason = "C hands over pointers; each block says on which rule of faqt.h it relies")]

mod answers;
mod boundary;
mod encoder;
mod error;
mod evaluation;
mod handle;
mod log;
mod passage;
mod rendering;
mod text;

pub use answers::{
    faqt_ask, faqt_complete, faqt_complete_id, faqt_count, faqt_edition, faqt_entries, faqt_entry, faqt_help,
    faqt_keyword, faqt_manifest, faqt_nearest_ids, faqt_search, faqt_sections,
};
pub use encoder::faqt_attach_encoder;
pub use evaluation::faqt_evaluate;
pub use handle::{faqt_clone, faqt_close, faqt_kb, faqt_open, faqt_open_bytes};
pub use log::faqt_log_record;
pub use passage::{faqt_fits, faqt_passage};
pub use rendering::{faqt_html, faqt_plain, faqt_text};
pub use text::{faqt_string_free, faqt_version};
