//! The weight of meaning in a knowledge base: less where its own aliases are found less well with vectors than by words.

use faqt::KnowledgeBase;
use faqt::build::Builder;

#[path = "../../fuzz/src/forge.rs"]
#[expect(unreachable_pub, reason = "in the crate of the fuzz targets, they are reached")]
#[expect(dead_code, reason = "other tests use the rest")]
mod forge;

/// Topics: a question, and words that mean much the same as it without a word of it.
const TOPICS: [(&str, &str); 8] = [
    ("How do I feed my dog?", "puppy hound kennel"),
    ("Where can I park my car?", "vehicle automobile garage"),
    ("When does the train leave?", "railway locomotive platform"),
    ("How do I bake bread?", "loaf dough oven"),
    ("Which doctor is on duty?", "physician hospital nurse"),
    ("Can I borrow a book?", "novel library reading"),
    ("Is the music too loud?", "song melody concert"),
    ("How do I plant a tree?", "forest oak leaves"),
];
const ENTRIES: usize = 48;

/// Returns a name that means nothing and that no other number has.
fn name(number: usize) -> String {
    let letters = [number / 6 % 6, number % 6].map(|at| ["ba", "do", "gi", "ku", "me", "zo"][at]);
    format!("q{}x", letters.concat())
}

/// Builds entries whose aliases hold a name that only they have, and words of the topic of `topic_of(n)`.
fn built(topic_of: impl Fn(usize) -> usize) -> KnowledgeBase {
    let files = (0..ENTRIES).map(|at| {
        let question = TOPICS[at % TOPICS.len()].0.trim_end_matches('?');
        let (name, words) = (name(at), TOPICS[topic_of(at) % TOPICS.len()].1);
        let text =
            format!("---\nquestion: {question} in room {at}?\naliases: [{name} {words}]\n---\nAsk for {name}.\n");
        (format!("e{at}.md"), text)
    });
    let pack = Builder::from_files("help", files).findability(false).build().expect("the content is sound").pack;
    KnowledgeBase::from_vec(pack).expect("a sound pack")
}

#[test]
fn meaning_weighs_less_where_it_misleads() {
    let kb = built(|at| at + 1);
    let weight = kb.manifest().meaning_weight.expect("vectors mislead here");
    assert!((0.0..1.0).contains(&weight), "{weight}");
    assert_eq!(built(|at| at + 1).manifest(), kb.manifest(), "the same content gives the same weight");
}

#[test]
fn meaning_keeps_its_weight_where_it_helps() {
    let kb = built(|at| at);
    assert_eq!(kb.manifest().meaning_weight, None);
    let manifest = serde_json::to_value(kb.manifest()).expect("a manifest");
    assert!(manifest.get("meaning_weight").is_none(), "{manifest}");
}

#[test]
fn few_aliases_tell_nothing() {
    let text = "---\nquestion: How do I feed my dog?\naliases: [qzox railway]\n---\nAsk for qzox.\n";
    let other = "---\nquestion: When does the train leave?\n---\nAt noon.\n";
    let pack = Builder::from_files("help", [("a.md", text), ("b.md", other)]).build().expect("it is sound").pack;
    assert_eq!(KnowledgeBase::from_vec(pack).expect("a sound pack").manifest().meaning_weight, None);
}

#[test]
fn the_weight_of_the_manifest_counts() {
    let text = "# Can I bring my dog?\n\nAnimals stay outside.\n\n# Where are you located?\n\nIn the old town.\n";
    let pack = Builder::from_files("help", [("faq.md", text)]).build().expect("it is sound").pack;
    let parts = forge::Parts::of(&pack);
    let finds_dog = |weight: &str| {
        let manifest = String::from_utf8(parts.get("manifest").to_vec()).expect("JSON");
        let manifest = manifest.replacen('{', &format!("{{\"meaning_weight\":{weight},"), 1);
        let kb = KnowledgeBase::from_vec(parts.with("manifest", manifest.into_bytes()).pack()).expect("a sound pack");
        let found = kb.ask("are pets allowed").expect("a sound pack");
        found.hits.first().is_some_and(|hit| hit.entry.question.contains("dog"))
    };
    assert!(!finds_dog("0.0"));
    // A number that is no weight is left out.
    for weight in ["1.0", "-3", "1e30", "null"] {
        assert!(finds_dog(weight), "{weight}");
    }
}
