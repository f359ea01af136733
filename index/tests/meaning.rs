//! Meaning beside words: entries without a common word, other languages, and what words keep for themselves.

use faqt::build::Builder;
use faqt::{KnowledgeBase, SearchOptions};

#[path = "../../fuzz/src/forge.rs"]
#[expect(unreachable_pub, reason = "in the crate of the fuzz targets, they are reached")]
#[expect(dead_code, reason = "other tests use the rest")]
mod forge;

const MANUAL: &str = "\
# How do I reset my password?\n\nOpen the settings and choose *Forgot*.\n\n\
# Which payment methods are accepted?\n\nCredit cards and invoices.\n\n\
# How long does shipping take?\n\nThree working days.\n\n\
# Can I bring my dog?\n\nAnimals stay outside.\n\n\
# What does E0308 mean?\n\nThe types differ.\n\n\
# Is there a discount for students?\n\nTen per cent with a card of your university.\n\n\
# How do I cancel my order?\n\nWrite to us within a day.\n\n\
# Where are you located?\n\nIn the old town.\n";

fn pack() -> Vec<u8> {
    Builder::from_files("help", [("faq.md", MANUAL)]).build().expect("the content is sound").pack
}

fn knowledge_base() -> KnowledgeBase {
    KnowledgeBase::from_vec(pack()).expect("a sound pack")
}

#[track_caller]
fn first(kb: &KnowledgeBase, question: &str) -> String {
    let found = kb.ask(question).expect("a sound pack");
    found.hits.first().map(|hit| hit.entry.question.clone()).unwrap_or_default()
}

#[test]
fn an_entry_is_found_without_a_common_word() {
    let kb = knowledge_base();
    assert!(kb.compares_meaning());
    for (question, expected) in [
        ("forgotten login credentials", "How do I reset my password?"),
        ("paying by PayPal", "Which payment methods are accepted?"),
        ("delivery time of parcels", "How long does shipping take?"),
        ("are pets allowed", "Can I bring my dog?"),
        ("cheaper prices for pupils", "Is there a discount for students?"),
        ("your address", "Where are you located?"),
        ("忘记了密码怎么办", "How do I reset my password?"),
        ("可以带狗吗", "Can I bring my dog?"),
    ] {
        assert_eq!(first(&kb, question), expected, "{question}");
    }
}

#[test]
fn misspelt_words_find_what_was_meant() {
    let kb = knowledge_base();
    let (password, payment, shipping) =
        ("How do I reset my password?", "Which payment methods are accepted?", "How long does shipping take?");
    let (dog, discount, order) =
        ("Can I bring my dog?", "Is there a discount for students?", "How do I cancel my order?");
    for (question, misspelt, meant, expected) in [
        // Letters swapped, one too many, one for another, one missing: in words of the entry.
        ("lost passwrod", "passwrod", "password", password),
        ("lost passsword", "passsword", "password", password),
        ("lost passwurd", "passwurd", "password", password),
        ("lost pasword", "pasword", "password", password),
        ("paymnet by card", "paymnet", "payment", payment),
        ("do you send invioces", "invioces", "invoices", payment),
        ("shiping to France", "shiping", "shipping", shipping),
        ("shippping to France", "shippping", "shipping", shipping),
        ("disocunt", "disocunt", "discount", discount),
        ("how to cacnel", "cacnel", "cancel", order),
        // A slip where the word is cut to its stem.
        ("prices for stduents", "stduents", "students", discount),
        ("prices for studetns", "studetns", "students", discount),
        ("acceptde cards", "acceptde", "accepted", payment),
        ("may animasl come", "animasl", "animals", dog),
        // Words that no entry holds: their vectors answer.
        ("lost credentails", "credentails", "credentials", password),
        ("forggotten login", "forggotten", "forgotten", password),
        ("are horsees allowed", "horsees", "horses", dog),
        ("delivrey of parcels", "delivrey", "delivery", shipping),
        ("cheaper for pupisl", "pupisl", "pupils", discount),
        ("withdarw my purchase", "withdarw", "withdraw", order),
    ] {
        let found = kb.ask(question).expect("a sound pack");
        assert_eq!(found.hits.first().map(|hit| hit.entry.question.as_str()), Some(expected), "{question}");
        let corrections: Vec<(&str, &str)> =
            found.corrections.iter().map(|correction| (&*correction.typed, &*correction.taken_for)).collect();
        assert!(corrections.contains(&(misspelt, meant)), "{question}: {corrections:?}");
    }
}

#[test]
fn words_names_and_codes_are_no_slips() {
    let kb = knowledge_base();
    for question in [
        "prize of the year",
        "iphone",
        "E0809",
        "zeppelin museum",
        "kubectl",
        "wird geladen",
        "login",
        "backend",
        "inject a modal",
        "configure tokens",
    ] {
        let found = kb.ask(question).expect("a sound pack");
        assert_eq!(found.corrections, [], "{question}");
    }
}

#[test]
fn the_explanation_names_the_words_that_are_near() {
    let options = SearchOptions::default().with_explain(true);
    let found = knowledge_base().search("are pets allowed", &options).expect("a sound pack");
    let why = found.why.expect("it was asked for");
    assert!(why.meaning.is_some_and(|meaning| meaning > 0.5), "{why:?}");
    assert!(why.near.iter().any(|near| near.typed == "pets" && ["dog", "animals"].contains(&&*near.word)), "{why:?}");
}

#[test]
fn a_word_is_answered_by_entries_that_hold_it() {
    let kb = knowledge_base();
    let words = MANUAL.split(|c: char| !c.is_alphanumeric()).filter(|word| word.len() > 3);
    for word in words {
        let found = kb.ask(word).expect("a sound pack");
        let Some(hit) = found.hits.first() else { panic!("{word}") };
        let text = format!("{} {}", hit.entry.question, hit.entry.answer).to_ascii_lowercase();
        // Other forms of a word have the same stem.
        assert!(text.contains(&word.to_ascii_lowercase()[..4]), "{word}: {}", hit.entry.question);
    }
}

#[test]
fn questions_without_meaning_are_asked_by_words() {
    let kb = knowledge_base();
    let megabyte = "password ".repeat(120_000);
    for question in ["?", "…", "карта", "リセット", "\u{301}", "🙂", &megabyte] {
        kb.search(question, &SearchOptions::default().with_explain(true)).expect(question);
    }
    let found = kb.search("карта", &SearchOptions::default().with_explain(true)).expect("a sound pack");
    assert!(found.hits.is_empty(), "{found:?}");
}

#[test]
fn names_in_a_script_that_the_tables_cannot_read_are_compared_by_words_alone() {
    let korean = "# 갤럭시 S8의 화면 크기는?\n\n5.8인치.\n\n# 갤럭시 Note의 무게는?\n\n195그램.\n\n# What is a phablet?\n\nA large phone.\n";
    let kb = KnowledgeBase::from_markdown(korean).expect("sound");
    let options = SearchOptions::default().with_explain(true);
    let meaning = |question| {
        let found = kb.search(question, &options).expect("a sound pack");
        found.why.expect("it was asked for").meaning
    };
    assert_eq!(meaning("Galaxy Note의 무게는 얼마입니까?"), None);
    assert_eq!(meaning("갤럭시 S8 화면"), None);
    assert!(meaning("a big phone").is_some());
}

#[test]
fn vectors_of_other_tables_are_not_compared() {
    let parts = forge::Parts::of(&pack());
    let mut vectors = parts.get("vectors").to_vec();
    vectors[0] ^= 1;
    let kb = KnowledgeBase::from_vec(parts.with("vectors", vectors).pack()).expect("words answer");
    assert!(!kb.compares_meaning());
    assert!(!kb.manifest().meaning.is_empty());
    assert_eq!(first(&kb, "reset the password"), "How do I reset my password?");
    let found = kb.ask("are pets allowed").expect("a sound pack");
    assert!(found.hits.iter().all(|hit| hit.entry.question != "Can I bring my dog?"), "{found:?}");
    kb.verify().expect("a sound pack");
}

#[test]
fn a_section_admits_entries_that_only_meaning_finds() {
    let text = "# Paying\n\n## Which payment methods are accepted?\n\nCredit cards.\n\n# Visiting\n\n\
        ## Can I bring my dog?\n\nAnimals stay outside.\n\n## Where are you located?\n\nIn the old town.\n";
    let kb = KnowledgeBase::from_markdown(text).expect("the content is sound");
    let options = SearchOptions::default().with_section("Visiting");
    let found = kb.search("are pets allowed", &options).expect("a sound pack");
    assert_eq!(found.hits[0].entry.question, "Can I bring my dog?");
    let options = SearchOptions::default().with_section("Paying");
    let found = kb.search("are pets allowed", &options).expect("a sound pack");
    assert!(found.hits.iter().all(|hit| hit.entry.section == ["Paying"]), "{found:?}");
}

#[test]
fn a_slip_in_a_word_is_not_taken_for_a_stem_of_another() {
    let text = "# How do I list containers?\n\nBy `ls`.\n\n# What is Conan?\n\nA manager of packages.\n";
    let kb = KnowledgeBase::from_markdown(text).expect("the content is sound");
    let found = kb.ask("running contaners").expect("a sound pack");
    let corrections: Vec<&str> = found.corrections.iter().map(|correction| &*correction.taken_for).collect();
    assert_eq!((corrections, &*found.hits[0].entry.question), (vec!["containers"], "How do I list containers?"));
}

const SYNCHRONISING: &str = "\
# How does encryption work?\n\nThe key never leaves the device.\n\n\
# What are the limitations?\n\nFiles of 4 GB. The limits change with the plan.\n\n\
# Does it run on Synology?\n\nYes, as a package.\n\n\
# How do I sign in?\n\nWith your account.\n\n\
# Which events are sent?\n\nChanges of notes.\n\n\
# How long does it take?\n\nA minute at most.\n\n\
# Is there a wi-fi mode?\n\nOf 25 MB a day. Type `wi fi`.\n\n\
# What does Nextclouding mean?\n\nSharing by Nextcloud.\n";

#[test]
fn a_word_is_a_slip_before_it_is_made_up_of_others() {
    let kb = KnowledgeBase::from_markdown(SYNCHRONISING).expect("the content is sound");
    for (question, typed, taken_for) in [
        // The edit is a word of the language, and its stem one of the index.
        ("encrypton", "encrypton", "encryption"),
        ("is encrypion slow", "encrypion", "encryption"),
        ("encryptoin keys", "encryptoin", "encryption"),
        ("limitatons", "limitatons", "limitations"),
        ("any limitatins", "limitatins", "limitations"),
        ("limitaions of files", "limitaions", "limitations"),
        // No table has the word: its edits are stemmed.
        ("synolgy", "synolgy", "synology"),
        ("sinology package", "sinology", "synology"),
        ("synoology", "synoology", "synology"),
        ("syonlogy", "syonlogy", "synology"),
        ("nextcloudng", "nextcloudng", "nextclouding"),
        ("nextcloding", "nextcloding", "nextclouding"),
        // The form that was meant, though the entry holds another.
        ("evnt", "evnt", "event"),
        ("evnet", "evnet", "event"),
        ("which evvents", "evvents", "events"),
        ("devcie key", "devcie", "device"),
        // Words that are made up of others, and no slip explains better.
        ("signin", "signin", "sign in"),
        ("wifi", "wifi", "wi fi"),
        ("25mb", "25mb", "25 mb"),
        ("accountpackage", "accountpackage", "account package"),
        ("minutefiles", "minutefiles", "minute files"),
    ] {
        let found = kb.ask(question).expect("a sound pack");
        let corrections: Vec<(&str, &str)> =
            found.corrections.iter().map(|correction| (&*correction.typed, &*correction.taken_for)).collect();
        assert_eq!(corrections, [(typed, taken_for)], "{question}");
    }
}

#[test]
fn a_word_of_the_language_is_read_as_no_other() {
    let kb = KnowledgeBase::from_markdown(SYNCHRONISING).expect("the content is sound");
    // `bake` is none of the 20,000 words of the table, but `baked`, `baking` and `baker` are.
    for question in ["how do I bake sourdough bread", "can I fake it", "bake", "rake the notes", "sing a song"] {
        let found = kb.ask(question).expect("a sound pack");
        assert_eq!(found.corrections, [], "{question}");
    }
}
