//! Any bytes as a pack: an error, or a knowledge base that can be asked.
//!
//! Checksums stop nearly all of them at the head; what lies below is covered by `index/tests/hostile_packs.rs`, which
//! makes the checksums match.

#![no_main]

use faqt::KnowledgeBase;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    if let Ok(kb) = KnowledgeBase::from_vec(bytes.to_vec()) {
        let _ = kb.ask("how do I reset the lamp");
        let _ = kb.entries().take(100).count();
        let _ = kb.verify();
    }
});
