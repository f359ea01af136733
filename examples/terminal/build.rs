//! Compiles the help of `sketch`, an imaginary drawing program, into the example.

fn main() {
    faqt::build::Builder::new("../help").emit();
}
