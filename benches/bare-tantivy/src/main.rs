//! tantivy by itself, as a command: one indexed field with the whole text, and one stored field with the entry.
//!
//! ```text
//! bare-tantivy index THREADS FILE FOLDER    index the JSON lines of FILE, one segment
//! bare-tantivy ask FOLDER WORD...           print the five best entries for a flat OR of the words
//! ```

use std::error::Error;
use std::fs::{self, File};
use std::io::{BufRead as _, BufReader, Write as _};

use tantivy::collector::TopDocs;
use tantivy::query::{BooleanQuery, Occur, Query, TermQuery};
use tantivy::schema::{IndexRecordOption, STORED, Schema, TextFieldIndexing, TextOptions, Value as _};
use tantivy::{Index, IndexWriter, ReloadPolicy, TantivyDocument, Term};

const WRITER_BYTES: usize = 400_000_000;
const BEST: usize = 5;

fn main() -> Result<(), Box<dyn Error>> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
    match arguments.as_slice() {
        ["index", threads, file, folder] => index(threads.parse()?, file, folder),
        ["ask", folder, words @ ..] => ask(folder, &words.join(" ")),
        _ => Err("usage: bare-tantivy index THREADS FILE FOLDER | ask FOLDER WORD...".into()),
    }
}

fn index(threads: usize, file: &str, folder: &str) -> Result<(), Box<dyn Error>> {
    let mut schema = Schema::builder();
    let indexing = TextFieldIndexing::default().set_index_option(IndexRecordOption::WithFreqs);
    let text = schema.add_text_field("text", TextOptions::default().set_indexing_options(indexing));
    let entry = schema.add_text_field("entry", STORED);
    fs::create_dir_all(folder)?;
    let index = Index::create_in_dir(folder, schema.build())?;
    let mut writer: IndexWriter = index.writer_with_num_threads(threads, WRITER_BYTES)?;
    for line in BufReader::new(File::open(file)?).lines() {
        let line = line?;
        let parts: serde_json::Value = serde_json::from_str(&line)?;
        let mut document = TantivyDocument::new();
        for name in ["question", "aliases", "keywords", "answer"] {
            document.add_text(text, parts[name].as_str().unwrap_or_default());
        }
        document.add_text(entry, line);
        writer.add_document(document)?;
    }
    writer.commit()?;
    let segments = index.searchable_segment_ids()?;
    if segments.len() > 1 {
        writer.merge(&segments).wait()?;
    }
    writer.wait_merging_threads()?;
    Ok(())
}

fn ask(folder: &str, words: &str) -> Result<(), Box<dyn Error>> {
    let index = Index::open_in_dir(folder)?;
    let text = index.schema().get_field("text")?;
    let entry = index.schema().get_field("entry")?;
    let searcher = index.reader_builder().reload_policy(ReloadPolicy::Manual).try_into()?.searcher();
    let mut clauses: Vec<(Occur, Box<dyn Query>)> = Vec::new();
    index.tokenizer_for_field(text)?.token_stream(words).process(&mut |token| {
        let term = Term::from_field_text(text, &token.text);
        clauses.push((Occur::Should, Box::new(TermQuery::new(term, IndexRecordOption::WithFreqs))));
    });
    let found = searcher.search(&BooleanQuery::new(clauses), &TopDocs::with_limit(BEST).order_by_score())?;
    let mut out = std::io::stdout().lock();
    for (score, address) in found {
        let document: TantivyDocument = searcher.doc(address)?;
        let stored = document.get_first(entry).and_then(|value| value.as_str()).unwrap_or_default();
        writeln!(out, "{score} {stored}")?;
    }
    Ok(())
}
