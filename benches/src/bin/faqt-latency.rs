//! Measures the latency of a question in a process with the index open, beside tantivy by itself.
//!
//! Both answer the same questions about the same entries in turn. faqt runs `KnowledgeBase::ask`. tantivy runs a flat
//! OR of the question's words over one field with the whole text and fetches 5 entries. Its index is one segment in
//! memory with tantivy's default tokenizer.

use std::fs;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use anyhow::Context as _;
use clap::Parser;
use faqt::KnowledgeBase;
use faqt_benches::Generator;
use serde_json::{Value as Json, json};
use tantivy::collector::TopDocs;
use tantivy::directory::RamDirectory;
use tantivy::query::{BooleanQuery, Occur, Query, TermQuery};
use tantivy::schema::{Field, IndexRecordOption, STORED, Schema, TextFieldIndexing, TextOptions};
use tantivy::tokenizer::TextAnalyzer;
use tantivy::{Index, Searcher, TantivyDocument, Term};

/// Measure the latency of a question in process, beside tantivy by itself
#[derive(Debug, Parser)]
struct Arguments {
    /// The pack
    #[arg(value_name = "PACK")]
    pack: PathBuf,
    /// Number of synthetic entries in the pack
    #[arg(value_name = "ENTRIES")]
    entries: usize,
    /// Files of questions, as `faqt-generate` writes them
    #[arg(value_name = "QUESTIONS", required = true)]
    questions: Vec<PathBuf>,
    /// The seed of the entries
    #[arg(long = "seed", value_name = "N", default_value_t = 1)]
    seed: u64,
    /// Rounds of each question; the fastest counts, because other programs only add time
    #[arg(long = "rounds", value_name = "N", default_value_t = 5)]
    rounds: usize,
}

fn main() -> anyhow::Result<()> {
    let arguments = Arguments::parse();
    let kb = KnowledgeBase::open(&arguments.pack)?;
    let bare = Bare::of(&Generator::new(arguments.entries, arguments.seed))?;
    let mut report = serde_json::Map::new();
    for file in &arguments.questions {
        let name = file.file_stem().context("a file of questions has a name")?.to_string_lossy().into_owned();
        report.insert(name, measure(&kb, &bare, &questions(file)?, arguments.rounds)?);
    }
    println!("{}", Json::Object(report));
    Ok(())
}

fn questions(file: &Path) -> anyhow::Result<Vec<String>> {
    let text = fs::read_to_string(file).with_context(|| format!("cannot read {}", file.display()))?;
    let query = |line| -> anyhow::Result<String> {
        let object: Json = serde_json::from_str(line)?;
        Ok(object["query"].as_str().context("a question has a query")?.to_owned())
    };
    text.lines().map(query).collect()
}

fn measure(kb: &KnowledgeBase, bare: &Bare, questions: &[String], rounds: usize) -> anyhow::Result<Json> {
    let (mut ours, mut theirs) = (vec![Duration::MAX; questions.len()], vec![Duration::MAX; questions.len()]);
    for _ in 0..rounds {
        for ((question, our), their) in questions.iter().zip(&mut ours).zip(&mut theirs) {
            let start = Instant::now();
            std::hint::black_box(kb.ask(question)?);
            let between = Instant::now();
            std::hint::black_box(bare.ask(question)?);
            *our = (*our).min(between - start);
            *their = (*their).min(between.elapsed());
        }
    }
    Ok(json!({ "faqt": quantiles(ours), "tantivy": quantiles(theirs) }))
}

/// Returns the median and the 99th percentile over the questions, in milliseconds.
fn quantiles(mut times: Vec<Duration>) -> Json {
    times.sort_unstable();
    let at = |percent: usize| times[(times.len() - 1) * percent / 100].as_secs_f64() * 1e3;
    json!({ "p50": at(50), "p99": at(99) })
}

/// tantivy by itself: one field with the whole text.
struct Bare {
    searcher: Searcher,
    analyser: TextAnalyzer,
    field: Field,
}

impl Bare {
    fn of(generator: &Generator) -> tantivy::Result<Bare> {
        let mut schema = Schema::builder();
        let indexing = TextFieldIndexing::default().set_index_option(IndexRecordOption::WithFreqs);
        let field = schema.add_text_field("text", TextOptions::from(STORED).set_indexing_options(indexing));
        let mut writer = Index::builder()
            .schema(schema.build())
            .single_segment_index_writer::<TantivyDocument>(RamDirectory::create(), 200_000_000)?;
        for made in generator.entries() {
            let mut document = TantivyDocument::new();
            let (aliases, keywords) = (made.aliases.join("\n"), made.keywords.join("\n"));
            document.add_text(field, format!("{}\n{aliases}\n{keywords}\n{}", made.question, made.answer()));
            writer.add_document(document)?;
        }
        let index = writer.finalize()?;
        let analyser = index.tokenizer_for_field(field)?;
        Ok(Bare { searcher: index.reader()?.searcher(), analyser, field })
    }

    fn ask(&self, question: &str) -> tantivy::Result<Vec<TantivyDocument>> {
        let mut analyser = self.analyser.clone();
        let mut clauses: Vec<(Occur, Box<dyn Query>)> = Vec::new();
        analyser.token_stream(question).process(&mut |token| {
            let term = Term::from_field_text(self.field, &token.text);
            clauses.push((Occur::Should, Box::new(TermQuery::new(term, IndexRecordOption::WithFreqs))));
        });
        let collector = TopDocs::with_limit(5).order_by_score();
        let found = self.searcher.search(&BooleanQuery::new(clauses), &collector)?;
        found.into_iter().map(|(_, address)| self.searcher.doc(address)).collect()
    }
}
