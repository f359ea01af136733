//! Compiles `content/` into the binary.

fn main() {
    // Some of the content's golden questions are answered by vectors only.
    let has_vectors = std::env::var_os("CARGO_FEATURE_MEANING").is_some();
    faqt::build::Builder::new("content").findability(has_vectors).emit();
}
