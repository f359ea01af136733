#![no_main]

libfuzzer_sys::fuzz_target!(|text: &str| faqt_fuzz::encoder_pieces(text));
