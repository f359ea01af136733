//! Compiles `content/` into the binary.

fn main() {
    faqt::build::Builder::new("content").emit();
}
