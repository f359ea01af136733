//! The share of questions for which the first hundred entries of a Typesense server hold the first ten of a pack:
//!
//! ```sh
//! faqt export --to typesense OUT --kb PACK       # then import OUT, as docs/databases.md says
//! cargo run --release -p faqt-cluster --example typesense -- PACK QUESTIONS HOST:PORT KEY
//! ```
//!
//! `QUESTIONS` has a question a line. Entries are chosen in two ways: by all terms of the question, the heaviest first, and by the
//! four heaviest terms, each in a search of its own.

use std::collections::HashSet;
use std::error::Error;
use std::io::{Read, Write};
use std::net::TcpStream;
use std::sync::{Arc, Mutex};

use faqt::database::{Choice, Condition, Count, Database, DatabaseError, Row};
use faqt::{KnowledgeBase, SearchOptions};
use serde_json::{Value, json};

const WANTED: usize = 10;
const RETURNED: usize = 100;
const SEARCHES: usize = 4;

fn main() -> Result<(), Box<dyn Error>> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let [pack, questions, place, key] = arguments.as_slice() else {
        return Err("name a pack, a file of questions, HOST:PORT and the key".into());
    };
    let pack = KnowledgeBase::open(pack)?;
    let recorder = Arc::new(Recorder::default());
    let planner = KnowledgeBase::over(pack.generation()?.planning_pack()?, recorder.clone())?;
    let questions = std::fs::read_to_string(questions)?;
    let (mut asked, mut by_all, mut by_each) = (0, Held::default(), Held::default());
    for question in questions.lines().filter(|line| !line.is_empty()) {
        let hits = pack.search(question, &SearchOptions::default().with_limit(WANTED))?.hits;
        let wanted: Vec<String> = hits.into_iter().map(|hit| hit.entry.id).collect();
        if planner.ask(question).is_ok() || wanted.is_empty() {
            continue;
        }
        let mut terms = recorder.take();
        terms.sort_by(|one, other| other.1.total_cmp(&one.1));
        let names: Vec<String> = terms.iter().map(|(term, _)| format!("t{term}")).collect();
        asked += 1;
        by_all.add(&wanted, &found(place, key, &[names.join(" ")])?);
        by_each.add(&wanted, &found(place, key, &names[..names.len().min(SEARCHES)])?);
    }
    println!("{asked} questions");
    println!("all terms, {RETURNED} entries: {}", by_all.of(asked));
    println!("{SEARCHES} heaviest terms, {RETURNED} entries each: {}", by_each.of(asked));
    Ok(())
}

/// The questions whose first entry was found, those whose first ten were, and the sum of the shares that were.
#[derive(Default)]
struct Held {
    first: usize,
    whole: usize,
    share: f64,
}

impl Held {
    fn add(&mut self, wanted: &[String], found: &HashSet<String>) {
        let held = wanted.iter().filter(|id| found.contains(*id)).count();
        self.first += usize::from(found.contains(&wanted[0]));
        self.whole += usize::from(held == wanted.len());
        self.share += held as f64 / wanted.len() as f64;
    }

    fn of(&self, asked: usize) -> String {
        let percent = |part: f64| 100.0 * part / asked.max(1) as f64;
        let [first, whole] = [self.first, self.whole].map(|count| percent(count as f64));
        format!(
            "the first for {first:.0} %, all of the first ten for {whole:.0} %, {:.0} % of them",
            percent(self.share)
        )
    }
}

/// Returns the ids of the entries that any of the searches finds.
fn found(place: &str, key: &str, searches: &[String]) -> Result<HashSet<String>, Box<dyn Error>> {
    let search = |query: &String| {
        json!({
            "collection": "faqt", "q": query, "query_by": "tokens", "prefix": false, "num_typos": 0, "per_page": RETURNED,
            "drop_tokens_threshold": RETURNED, "include_fields": "entry", "highlight_fields": "none",
        })
    };
    let body = json!({"searches": searches.iter().map(search).collect::<Vec<Value>>()}).to_string();
    let mut stream = TcpStream::connect(place)?;
    let head = format!("X-TYPESENSE-API-KEY: {key}\r\nContent-Length: {}\r\n", body.len());
    write!(stream, "POST /multi_search HTTP/1.0\r\n{head}\r\n{body}")?;
    let mut answer = String::new();
    stream.read_to_string(&mut answer)?;
    let answer: Value = serde_json::from_str(answer.split_once("\r\n\r\n").ok_or("no answer")?.1)?;
    let mut ids = HashSet::new();
    for result in answer["results"].as_array().ok_or("no results")? {
        let hits = result["hits"].as_array().ok_or_else(|| format!("no hits: {result}"))?;
        ids.extend(hits.iter().filter_map(|hit| hit["document"]["entry"]["id"].as_str()).map(str::to_owned));
    }
    Ok(ids)
}

/// A database that notes the terms of the choice that it is asked, and answers nothing.
#[derive(Default)]
struct Recorder {
    terms: Mutex<Vec<(u32, f32)>>,
}

impl Recorder {
    fn take(&self) -> Vec<(u32, f32)> {
        self.terms.lock().map(|mut terms| std::mem::take(&mut *terms)).unwrap_or_default()
    }
}

impl Database for Recorder {
    fn best(&self, choice: &Choice) -> Result<Vec<(u32, f64)>, DatabaseError> {
        if let Ok(mut terms) = self.terms.lock() {
            terms.clone_from(&choice.terms);
        }
        Err(DatabaseError::new("noted"))
    }

    fn with_phrasing(&self, _: u32, _: &Condition, _: usize) -> Result<Vec<u32>, DatabaseError> {
        Ok(Vec::new())
    }

    fn named(&self, names: &[String]) -> Result<Vec<Vec<u32>>, DatabaseError> {
        Ok(vec![Vec::new(); names.len()])
    }

    fn names(&self, _: &str, _: &str, _: usize) -> Result<Vec<String>, DatabaseError> {
        Ok(Vec::new())
    }

    fn size(&self, _: &Condition) -> Result<(u32, u64), DatabaseError> {
        Ok((1, 1))
    }

    fn frequencies(&self, _: &Condition, terms: &[u32]) -> Result<Vec<u32>, DatabaseError> {
        Ok(vec![1; terms.len()])
    }

    fn meeting(&self, _: &Condition, _: &[u32]) -> Result<Vec<u32>, DatabaseError> {
        Ok(Vec::new())
    }

    fn rows(&self, _: &[u32]) -> Result<Vec<Row>, DatabaseError> {
        Ok(Vec::new())
    }

    fn counts(&self, _: &[u32], _: &[u32]) -> Result<Vec<Count>, DatabaseError> {
        Ok(Vec::new())
    }

    fn entries(&self, _: &[u32]) -> Result<Vec<(u32, Vec<u8>)>, DatabaseError> {
        Ok(Vec::new())
    }
}
