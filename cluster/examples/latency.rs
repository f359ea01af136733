//! The latency of questions to a pack or to a database, at some number of clients at once:
//!
//! ```sh
//! cargo run --release -p faqt-cluster --example latency -- PACK|URL QUESTIONS CLIENTS
//! ```
//!
//! `QUESTIONS` has a question a line. Each is asked once, after a first round that is not counted.

use std::error::Error;
use std::time::{Duration, Instant};

use faqt::KnowledgeBase;
use faqt_cluster::{Address, Remote};

fn main() -> Result<(), Box<dyn Error>> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let [place, questions, clients] = arguments.as_slice() else {
        return Err("name a pack or a URL, a file of questions, and the number of clients".into());
    };
    let kb = if Address::is_url(place) {
        Remote::connect(&place.parse()?)?.knowledge_base()?
    } else {
        KnowledgeBase::open(place)?
    };
    let questions = std::fs::read_to_string(questions)?;
    let questions: Vec<&str> = questions.lines().filter(|line| !line.is_empty()).collect();
    let clients: usize = clients.parse()?;
    asked(&kb, &questions, clients)?;
    let start = Instant::now();
    let mut times = asked(&kb, &questions, clients)?;
    let all = start.elapsed();
    times.sort_unstable();
    let at = |share: usize| times[(times.len() - 1) * share / 100];
    let each_second = times.len() as f64 / all.as_secs_f64();
    println!("{clients} clients: p50 {:.2?}, p99 {:.2?}, {each_second:.0} questions a second", at(50), at(99));
    Ok(())
}

/// Asks each question once, by so many clients at once. Returns the time of each.
fn asked(kb: &KnowledgeBase, questions: &[&str], clients: usize) -> Result<Vec<Duration>, Box<dyn Error>> {
    std::thread::scope(|scope| {
        let client = |number: usize| {
            let own = questions.iter().skip(number).step_by(clients);
            scope.spawn(move || {
                let timed = own.map(|question| {
                    let start = Instant::now();
                    kb.ask(question).map(|_| start.elapsed()).map_err(|error| error.to_string())
                });
                timed.collect::<Result<Vec<Duration>, String>>()
            })
        };
        let threads: Vec<_> = (0..clients).map(client).collect();
        let mut times = Vec::new();
        for thread in threads {
            times.extend(thread.join().map_err(|_| "a client panicked")??);
        }
        Ok(times)
    })
}
