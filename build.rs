//! Compiles `content/` into the binary; nothing else.

fn main() {
    faqt::build::Builder::new("content").emit();
}
