#![no_main]

libfuzzer_sys::fuzz_target!(|text: &str| faqt_fuzz::word_pieces(text));
