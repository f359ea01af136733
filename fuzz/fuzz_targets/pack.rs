#![no_main]

// The index underneath panics where a forged pack makes no sense, and the library makes an error of that: libFuzzer must
// not end at it, but only at a panic that comes through.
libfuzzer_sys::fuzz_target!(init: std::panic::set_hook(Box::new(|_| {})), |bytes: &[u8]| faqt_fuzz::pack(bytes));
