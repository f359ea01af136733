//! Case, width and script: equal spellings are found wherever names and words are compared.

use std::fs;

use faqt::build::Builder;
use faqt::{KnowledgeBase, SearchOptions};

#[track_caller]
fn knowledge_base(files: &[(&str, &str)]) -> KnowledgeBase {
    let folder = tempfile::tempdir().expect("a folder");
    for (name, text) in files {
        fs::write(folder.path().join(name), text).expect("it can be written");
    }
    let built = Builder::new(folder.path()).build().expect("the content is sound");
    KnowledgeBase::from_vec(built.pack).expect("the pack is sound")
}

#[test]
fn names_are_found_in_any_case_and_width() {
    let text =
        "---\nquestion: Where?\nkeywords: [Straße, οδος, ﬁle, İstanbul, ısı, ＩＣＰ, Ǆ]\nhelp_ids: [Größe]\n---\nX.\n";
    let kb = knowledge_base(&[("Maße.md", text)]);
    for keyword in [
        "STRASSE",
        "straße",
        "STRAẞE",
        "ΟΔΟΣ",
        "Οδοσ",
        "FILE",
        "istanbul",
        "İSTANBUL",
        "ISI",
        "icp",
        "ǆ",
        "maße",
        "MASSE",
        "GRÖSSE",
    ] {
        assert_eq!(kb.keyword(keyword).expect("the pack is sound").len(), 1, "{keyword}");
    }
    assert!(kb.entry("MASSE").expect("the pack is sound").is_some());
    assert!(kb.help("GRÖSSE").expect("the pack is sound").is_some());
    assert_eq!(kb.complete_id("MASS", 3).expect("the pack is sound"), ["Maße"]);
    assert_eq!(kb.nearest_ids("MASE", 3).expect("the pack is sound"), ["Maße"]);
}

#[test]
fn sections_and_redirects_are_found_in_any_case() {
    let toml = "[redirects]\n'Spaß' = 'Maße'\n";
    let kb = knowledge_base(&[("faqt.toml", toml), ("faq.md", "# Straßen\n\n## Wo? {#Maße}\n\nDa.\n")]);
    let mut options = SearchOptions::default();
    options.section = Some("STRASSEN".to_owned());
    assert_eq!(kb.search("wo", &options).expect("the pack is sound").hits.len(), 1);
    assert!(kb.entry("SPASS").expect("the pack is sound").is_some());
}

#[test]
fn words_are_found_in_any_case() {
    let kb = knowledge_base(&[
        ("a.md", "---\nquestion: Wo ist die Straße?\nlang: de\n---\nX.\n"),
        ("b.md", "---\nquestion: Πού είναι ο δρόμος;\nlang: el\n---\nX.\n"),
        ("c.md", "---\nquestion: Işıklar nasıl açılır?\nlang: tr\n---\nX.\n"),
        ("d.md", "---\nquestion: Where is the oﬃce in İzmir?\n---\nX.\n"),
    ]);
    for (question, id) in [
        ("STRASSE", "a"),
        ("straße", "a"),
        ("ΔΡΌΜΟΣ", "b"),
        ("IŞIKLAR", "c"),
        ("ışıklar", "c"),
        ("isiklar", "c"),
        ("OFFICE", "d"),
        ("izmir", "d"),
        ("İZMİR", "d"),
    ] {
        let found = kb.ask(question).expect("the pack is sound");
        assert_eq!(found.hits.first().map(|hit| hit.entry.id.as_str()), Some(id), "{question}");
    }
}

#[test]
fn turkish_is_found_with_and_without_its_letters() {
    let kb = knowledge_base(&[
        ("faqt.toml", "language = 'tr'\n"),
        ("a.md", "---\nquestion: KAPI nasıl açılır?\n---\nX.\n"),
        ("b.md", "---\nquestion: API nedir?\n---\nX.\n"),
        ("c.md", "---\nquestion: İstanbul'da lamba var mı?\n---\nX.\n"),
    ]);
    for (question, id) in [
        ("kapı", "a"),
        ("kapi", "a"),
        ("KAPI", "a"),
        ("api", "b"),
        ("API", "b"),
        ("istanbul", "c"),
        ("ISTANBUL", "c"),
        ("İSTANBUL", "c"),
    ] {
        let found = kb.ask(question).expect("the pack is sound");
        assert_eq!(found.hits.first().map(|hit| hit.entry.id.as_str()), Some(id), "{question}");
    }
}

#[test]
fn synonyms_and_function_words_are_known_in_any_case() {
    let kb = knowledge_base(&[
        ("faqt.toml", "language = 'de'\nsynonyms = [['Straße', 'Weg']]\n"),
        ("faq.md", "# Wo ist der Weg?\n\nX.\n\n# Wo ist das Haus?\n\nX.\n"),
    ]);
    let found = kb.ask("STRASSE").expect("the pack is sound");
    assert_eq!(found.hits[0].entry.question, "Wo ist der Weg?");
    let mut options = SearchOptions::default();
    options.explain = true;
    let why = kb.search("DAß das Haus", &options).expect("the pack is sound").why.expect("it was asked for");
    let weight = |typed| why.terms.iter().find(|term| term.typed == typed).map(|term| term.weight);
    assert!(weight("dass") < weight("haus"), "{why:?}");
}

const CHINESE: &str = "# 备案要多久？\n\n一般需要二十天。\n\n# 上海的网站在哪里办理？\n\n请到管理局。\n\n# 如何转移备案？\n\n先注销。\n\n# 忘记密码怎么办？\n\n重新设置。\n";

#[test]
fn a_single_word_in_kana_makes_no_knowledge_base_japanese() {
    let kb = knowledge_base(&[("faq.md", CHINESE)]);
    let with_kana = knowledge_base(&[("faq.md", &format!("{CHINESE}\n「ありがとう」，カメラ。\n"))]);
    assert!(!kb.manifest().is_japanese && !with_kana.manifest().is_japanese);
    for question in ["一个备案要多久", "上海在哪里", "密码怎么办"] {
        let [without, with] = [&kb, &with_kana].map(|kb| kb.ask(question).expect("the pack is sound"));
        assert_eq!(without.hits[0].entry.id, with.hits[0].entry.id, "{question}");
        assert!((without.confidence - with.confidence).abs() < 0.02, "{question}");
    }
}

const JAPANESE: &str = "# パスワードの再設定はどうすればいいですか？\n\n設定画面を開いてください。\n\n# 返品規定\n\n一週間以内にご連絡ください。\n";

#[test]
fn han_characters_are_japanese_where_texts_or_entries_say_so() {
    let is_japanese = |files: &[(&str, &str)]| knowledge_base(files).manifest().is_japanese;
    assert!(is_japanese(&[("faq.md", JAPANESE)]));
    assert!(is_japanese(&[("faqt.toml", "language = 'ja'\n"), ("faq.md", "# 返品規定\n\n一週間以内。\n")]));
    assert!(!is_japanese(&[("faqt.toml", "language = 'zh-CN'\n"), ("faq.md", JAPANESE)]));
    assert!(!is_japanese(&[("faq.md", CHINESE), ("ja.md", "# ありがとう\n\nカメラ。\n")]));
    assert!(!is_japanese(&[(
        "faq.md",
        "# Is カメラ a word?\n\nYes.\n\n# 备案要多久？\n\n一般需要二十天，请在上海办理，先注销。\n"
    )]));
}
