#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| faqt_fuzz::encoder_onnx(bytes));
