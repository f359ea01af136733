//! A knowledge base asked from many threads at once gives the same answers as from one.

use std::path::Path;

use faqt::{Findings, KnowledgeBase};

const THREADS: usize = 16;
/// For more questions: `QUESTIONS=1000000 cargo test --release -p faqt --test threads`.
const QUESTIONS: usize = 3_200;

#[test]
fn sixteen_threads_are_answered_as_one() {
    let content = Path::new(env!("CARGO_MANIFEST_DIR")).join("../content");
    let kb = KnowledgeBase::from_folder(content).expect("the content is sound");
    let entries: Vec<_> = kb.entries().map(|entry| entry.expect("the pack is sound")).collect();
    let questions: Vec<&str> = entries
        .iter()
        .flat_map(|entry| std::iter::once(&entry.question).chain(&entry.aliases))
        .map(String::as_str)
        .collect();
    let answer = |question: &str| -> String {
        let Findings { outcome, hits, .. } = kb.ask(question).expect("the pack is sound");
        let hits: Vec<_> =
            hits.iter().map(|hit| (hit.entry.id.as_str(), hit.score.to_bits(), hit.confidence.to_bits())).collect();
        format!("{outcome:?} {hits:?}")
    };
    let expected: Vec<String> = questions.iter().map(|question| answer(question)).collect();
    let count = std::env::var("QUESTIONS").ok().and_then(|count| count.parse().ok()).unwrap_or(QUESTIONS);
    std::thread::scope(|scope| {
        for thread in 0..THREADS {
            let (questions, expected, answer) = (&questions, &expected, &answer);
            scope.spawn(move || {
                for turn in 0..count / THREADS {
                    let at = (turn + thread * 7) % questions.len();
                    assert_eq!(answer(questions[at]), expected[at], "{}", questions[at]);
                }
            });
        }
    });
}
