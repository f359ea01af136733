//! The order of words decides where nothing else does, and words of the language are not corrected.

use faqt::{KnowledgeBase, Outcome};

/// Questions about two things, which may stand in either order, each with a shorter way to ask it.
const DIRECTIONS: &[(&str, &str, [&str; 2])] = &[
    ("How do I convert {} to {}?", "convert {} to {}", ["PDF", "Word"]),
    ("How do I move photos from {} to {}?", "move photos from {} to {}", ["laptop", "phone"]),
    ("Can I pay {} with {}?", "pay {} with {}", ["invoices", "vouchers"]),
    ("Does {} import {}?", "does {} import {}", ["Alpha", "Beta"]),
    ("How do I translate {} into {}?", "translate {} into {}", ["German", "Spanish"]),
    ("Why is {} slower than {}?", "why {} slower than {}", ["copper", "fibre"]),
    ("How do I migrate from {} to {}?", "migrate from {} to {}", ["Postgres", "SQLite"]),
    ("Can {} replace {}?", "can {} replace {}", ["batteries", "chargers"]),
    ("Do I install {} before {}?", "do I install {} before {}", ["drivers", "firmware"]),
    ("How do I turn {} into {}?", "turn {} into {}", ["slides", "handouts"]),
];

fn filled(text: &str, first: &str, second: &str) -> String {
    text.replacen("{}", first, 1).replacen("{}", second, 1)
}

#[test]
fn each_direction_is_found_by_its_order() {
    for (question, asked, [one, other]) in DIRECTIONS {
        let directions = [(one, other), (other, one)];
        let entry = |(first, second): &(&&str, &&str)| format!("# {}\n\nYes.\n\n", filled(question, first, second));
        let kb = KnowledgeBase::from_markdown(directions.iter().map(entry).collect::<String>()).expect("sound");
        for (first, second) in directions {
            let (asked, expected) = (filled(asked, first, second), filled(question, first, second));
            let found = kb.ask(&asked).expect("a sound pack");
            assert_eq!(found.hits[0].entry.question, expected, "{asked}");
        }
    }
}

#[test]
fn the_other_direction_is_no_answer() {
    for (question, asked, [one, other]) in DIRECTIONS {
        let text = format!("# {}\n\nYes.\n\n# Is it loud?\n\nNo.\n", filled(question, one, other));
        let kb = KnowledgeBase::from_markdown(text).expect("sound");
        for text in [question, asked] {
            let outcome = |first, second| kb.ask(&filled(text, first, second)).expect("a sound pack").outcome;
            assert_eq!(outcome(one, other), Outcome::Answered, "{text}");
            assert_eq!(outcome(other, one), Outcome::Unsure, "{text}");
        }
    }
}

#[test]
fn keywords_in_another_order_are_answered() {
    let text = "# How do I transfer a domain to Baidu?\n\nThere.\n\n# Is it loud?\n\nNo.\n";
    let kb = KnowledgeBase::from_markdown(text).expect("sound");
    for words in ["Baidu domain transfer", "domain Baidu transfer", "Baidu transfer", "to Baidu transfer a domain"] {
        assert!(kb.ask(words).expect("a sound pack").is_answered(), "{words}");
    }
}

#[test]
fn a_word_of_the_language_is_not_corrected() {
    let text = "# How do I buy a phone?\n\nIn the shop.\n\n# What is breaking?\n\nNews.\n\n# How do I get registered?\n\nHere.\n\n\
                # I have lost my key\n\nCall us.\n\n# What does it say?\n\nIt says no.\n\n# Where is the form?\n\nHere.\n";
    let kb = KnowledgeBase::from_markdown(text).expect("sound");
    for word in ["iPhone", "bread", "registration", "hosting", "stays", "phase", "losing", "from", "says", "spread"] {
        let found = kb.ask(word).expect("a sound pack");
        assert!(found.corrections.is_empty(), "{word}: {:?}", found.corrections);
    }
    for (typed, expected) in [("phoen", "phone"), ("kye", "key"), ("fomr", "form")] {
        let found = kb.ask(typed).expect("a sound pack");
        assert_eq!(found.corrections.first().map(|found| &*found.taken_for), Some(expected), "{typed}");
    }
}
