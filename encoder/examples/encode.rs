//! Pieces and vectors of texts, for programs in other languages and for measurements.
//!
//! ```text
//! cargo run --release -p faqt-encoder --features import --example encode -- import all-MiniLM-L6-v2 model.encoder
//! echo '"How do I reset my password?"' | cargo run --release -p faqt-encoder --example encode -- vectors model.encoder
//! ```
//!
//! Each line of the input is a text as JSON; each line of the output has its pieces or its vector. A set of instructions
//! behind the model, such as `plain`, is used in place of the fastest.

use std::error::Error;
use std::io::{BufRead, BufWriter, Write, stdin, stdout};

use faqt_encoder::{Encoder, InstructionSet};

fn main() -> Result<(), Box<dyn Error>> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
    match arguments[..] {
        ["import", source, model] => Ok(std::fs::write(model, faqt_encoder::import(source.as_ref())?)?),
        ["verify", model] => Ok(Encoder::open(model)?.verify()?),
        ["pieces", model] => {
            let encoder = Encoder::open(model)?;
            for_each_text(|text| encoder.pieces(text))
        }
        ["vectors", model] => {
            let encoder = Encoder::open(model)?;
            for_each_text(|text| encoder.encode(text))
        }
        ["vectors", model, name] => {
            let encoder = Encoder::open(model)?;
            let named = |set: &InstructionSet| format!("{set:?}").eq_ignore_ascii_case(name);
            let set = InstructionSet::available().find(named).ok_or("this processor has no such instructions")?;
            for_each_text(|text| encoder.encode_with(set, text))
        }
        _ => Err("arguments: import SOURCE MODEL, verify MODEL, pieces MODEL or vectors MODEL [INSTRUCTIONS]".into()),
    }
}

/// Writes the result for each text of the input.
fn for_each_text<T: serde::Serialize>(compute: impl Fn(&str) -> T) -> Result<(), Box<dyn Error>> {
    let mut output = BufWriter::new(stdout().lock());
    for line in stdin().lock().lines() {
        let text: String = serde_json::from_str(&line?)?;
        serde_json::to_writer(&mut output, &compute(&text))?;
        output.write_all(b"\n")?;
    }
    Ok(output.flush()?)
}
