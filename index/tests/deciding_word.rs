//! A question is not answered by an entry that lacks the word that decides.

use faqt::{KnowledgeBase, Outcome};

const MANUAL: &str = "\
# Why is the download slow?\n\nBecause the disk is full.\n\n\
# How do I upload a photo?\n\nDrag it into the window.\n\n\
# How do I change my password?\n\nIn the settings.\n\n\
# Which payment methods are accepted?\n\nCredit cards and invoices.\n\n\
# How long does shipping take?\n\nThree days.\n\n\
# Can I bring my dog?\n\nYes.\n\n\
# What is the weather station for?\n\nIt measures rain.\n\n\
# Do I need a permit?\n\nIn Hong Kong you do not.\n\n\
# How do I install the app?\n\nRun the installer.\n\n\
# How do I cancel my order?\n\nWrite to us.\n\n\
# How do I connect the printer?\n\nBy cable.\n\n\
# Where do I find the invoice?\n\nIn your account.\n\n\
# Is the lamp waterproof?\n\nNo.\n";

/// Questions in which another thing stands where an entry has its own.
const OTHERS: &[&str] = &[
    "Why is the upload slow?",
    "Why is the elevator slow?",
    "How do I change my wallpaper?",
    "How do I change my fingerprint?",
    "Which browsers are accepted?",
    "How long does frying take?",
    "Can I bring my bicycle?",
    "weather in Hong Kong",
    "restaurants in Hong Kong",
    "What is the weather tomorrow?",
    "How do I install a chimney?",
    "How do I cancel my gym membership?",
    "How do I connect the dishwasher?",
    "How do I open a restaurant?",
    "I am looking for dumble",
    "Why is the sky blue?",
    "How do I upload a screenplay?",
    "Which wine is recommended?",
    "What is the capital of Germany?",
    "How do I order a pizza?",
    "How do I change my dog?",
    "Where do I find a dentist?",
    "Is the violin waterproof?",
    "Which shoes are waterproof?",
    "slow internet",
];

/// Questions that say the same in other words.
const SAME: &[(&str, &str)] = &[
    ("Why is downloading slow?", "Why is the download slow?"),
    ("How do I upload a picture?", "How do I upload a photo?"),
    ("How do I change my passwords?", "How do I change my password?"),
    ("How long does the shipment take?", "How long does shipping take?"),
    ("Can I bring my dogs?", "Can I bring my dog?"),
    ("How do I install the application?", "How do I install the app?"),
    ("How do I cancel my orders?", "How do I cancel my order?"),
    ("Where do I find the invoices?", "Where do I find the invoice?"),
];

fn knowledge_base() -> KnowledgeBase {
    KnowledgeBase::from_markdown(MANUAL).expect("sound")
}

#[test]
fn another_thing_is_no_answer() {
    let kb = knowledge_base();
    let answered = |question: &&&str| kb.ask(question).expect("a sound pack").outcome == Outcome::Answered;
    assert_eq!(OTHERS.iter().filter(answered).collect::<Vec<_>>(), [&""; 0]);
}

#[test]
fn the_same_in_other_words_is_answered() {
    let kb = knowledge_base();
    for (question, expected) in SAME {
        let found = kb.ask(question).expect("a sound pack");
        assert_eq!(found.answer().map(|hit| &*hit.entry.question), Some(*expected), "{question}");
    }
}
