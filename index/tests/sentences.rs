//! Packs with sentence vectors. The model has made-up weights: it ranks without sense, but always in the same way.

use std::sync::Arc;

use faqt::build::{BuildError, Builder, add_sentences};
use faqt::{EncoderState, Findings, KnowledgeBase, KnowledgeBases, SearchOptions, SentenceEncoder};
use faqt_encoder::Encoder;

#[path = "../../tests/support/sentence_transformer.rs"]
mod sentence_transformer;

const MANUAL: &str = "\
# How do I reset my password?\n\nOpen the settings and choose *Forgot*.\n\n\
# Which payment methods are accepted?\n\nCredit cards and invoices.\n\n\
# How long does shipping take?\n\nThree working days.\n\n\
# Can I bring my dog?\n\nAnimals stay outside.\n\n\
# 备案需要多久？\n\n二十天。\n\n\
# How do I cancel my order?\n\nWrite to us within a day.\n";

/// A question that words alone do not answer.
const DOUBTFUL: &str = "resetting a payment of the dog";

/// Returns the bytes of a model, whose weights depend on `seed`.
fn model(seed: u32) -> Vec<u8> {
    let folder = tempfile::tempdir().expect("a folder");
    let source = folder.path().join("tiny");
    sentence_transformer::write(&source, seed, "");
    faqt_encoder::import(&source).expect("it is sound")
}

fn encoder(seed: u32) -> Arc<SentenceEncoder> {
    Arc::new(SentenceEncoder::of(Encoder::from_bytes(model(seed)).expect("it is sound")))
}

fn builder() -> Builder {
    Builder::from_files("help", [("faq.md", MANUAL)])
}

fn pack() -> Vec<u8> {
    builder().encoder(encoder(1), None).build().expect("the content is sound").pack
}

fn opened(pack: Vec<u8>) -> KnowledgeBase {
    KnowledgeBase::from_vec(pack).expect("a sound pack")
}

fn explained(kb: &KnowledgeBase, question: &str) -> Findings {
    kb.search(question, &SearchOptions::default().with_explain(true)).expect("a sound pack")
}

/// Returns the ids, scores and confidences of hits.
fn hits(findings: &Findings) -> Vec<(String, f32, f32)> {
    findings.hits.iter().map(|hit| (hit.entry.id.clone(), hit.score, hit.confidence)).collect()
}

#[test]
fn doubtful_questions_are_compared_and_sure_ones_are_not() {
    let kb = opened(pack());
    kb.verify().expect("a sound pack");
    let named = kb.manifest().encoder.clone().expect("the model");
    assert_eq!((named.name.as_str(), named.vectors_hash.len()), ("tiny", 32));
    assert_eq!(kb.encoder_state(), EncoderState::Missing);
    kb.attach_encoder(&encoder(1));
    assert_eq!(kb.encoder_state(), EncoderState::Ready);
    let why = explained(&kb, DOUBTFUL).why.expect("it was asked for");
    let sum =
        why.bm25 + why.phrasing + why.coverage + why.meaning.unwrap_or_default() + why.sentences.expect("compared");
    assert!((sum - why.score).abs() < 1e-4, "{why:?}");
    for sure in ["How do I reset my password?", "cancel my order"] {
        let why = explained(&kb, sure).why.expect("it was asked for");
        assert_eq!((why.sentences, why.encoder), (None, EncoderState::Ready), "{sure}");
    }
    // The model reads no Chinese, nor do the vectors of entries in it count.
    assert_eq!(explained(&kb, "备案 多久 密码").why.expect("it was asked for").sentences, None);
}

#[test]
fn without_its_model_a_pack_answers_as_one_without_sentence_vectors() {
    let plain = opened(builder().build().expect("the content is sound").pack);
    let folder = tempfile::tempdir().expect("a folder");
    let broken = folder.path().join("broken.encoder");
    std::fs::write(&broken, &model(1)[..1_000]).expect("a file");
    let gone = folder.path().join("gone.encoder");
    for (encoder, reason) in [
        (None, "Missing"),
        (Some(encoder(2)), "another model"),
        (Some(Arc::new(SentenceEncoder::at(&broken))), "bytes that should have"),
        (Some(Arc::new(SentenceEncoder::at(&gone))), "cannot read"),
    ] {
        let kb = opened(pack());
        if let Some(encoder) = &encoder {
            kb.attach_encoder(encoder);
        }
        let state = kb.encoder_state();
        assert!(format!("{state:?}").contains(reason), "{state:?}");
        for question in [DOUBTFUL, "How do I reset my password?", "备案", "", "zeppelin"] {
            let found = explained(&kb, question);
            assert_eq!(hits(&found), hits(&plain.ask(question).expect("a sound pack")), "{question}");
            assert!(found.why.is_none_or(|why| why.encoder == state && why.sentences.is_none()), "{question}");
        }
    }
    plain.attach_encoder(&encoder(1));
    assert_eq!(plain.encoder_state(), EncoderState::NotNeeded);
}

#[test]
fn vectors_are_the_same_however_they_are_made() {
    let pack = pack();
    let plain = opened(builder().build().expect("the content is sound").pack);
    let added = add_sentences(&plain, &encoder(1), None, |_| ()).expect("a sound pack");
    assert!(added == pack);
    assert!(
        add_sentences(&opened(added), &encoder(1), None, |_| ()).expect("a sound pack") == pack,
        "they are replaced"
    );
    // Those of texts that are there are taken from the pack of before; of another model, they are not.
    let other = add_sentences(&plain, &encoder(2), None, |_| ()).expect("a sound pack");
    assert!(other != pack);
    for before in [pack.clone(), other] {
        let built = builder().encoder(encoder(1), Some(opened(before))).build().expect("the content is sound");
        assert!(built.pack == pack);
    }
    let folder = tempfile::tempdir().expect("a folder");
    let file = folder.path().join("help.faqt");
    let written = builder().encoder(encoder(1), None).write_to(&file).expect("the content is sound");
    assert!(std::fs::read(&file).expect("the pack") == pack && written.bytes == pack.len());
}

#[test]
fn settings_that_replace_those_of_the_folder_choose_the_encoder_of_a_written_pack() {
    let builder = builder().with_texts([("faqt.toml", "model = \"tiny\"\n")]).models(|_name| Some((encoder(1), None)));
    let folder = tempfile::tempdir().expect("a folder");
    let file = folder.path().join("help.faqt");
    builder.write_to(&file).expect("the content is sound");
    let written = std::fs::read(&file).expect("the pack");
    assert!(written == builder.build().expect("the content is sound").pack);
    assert_eq!(opened(written).encoder_state(), EncoderState::Missing);
}

#[test]
fn an_encoder_that_cannot_be_used_builds_nothing() {
    let folder = tempfile::tempdir().expect("a folder");
    let missing = Arc::new(SentenceEncoder::at(folder.path().join("gone.encoder")));
    let file = folder.path().join("help.faqt");
    let failed = builder().encoder(missing, None).write_to(&file);
    assert!(matches!(&failed, Err(BuildError::Encoder(reason)) if reason.contains("gone.encoder")), "{failed:?}");
    assert!(!file.exists());
}

#[test]
fn the_fingerprint_of_a_folder_depends_on_the_model() {
    let fingerprints = [builder(), builder().encoder(encoder(1), None), builder().encoder(encoder(2), None)]
        .map(|builder| builder.fingerprint());
    assert!(fingerprints[0] != fingerprints[1] && fingerprints[1] != fingerprints[2], "{fingerprints:?}");
    assert_eq!(builder().encoder(encoder(1), None).fingerprint(), fingerprints[1]);
}

#[test]
fn knowledge_bases_with_and_without_vectors_are_ranked_as_one() {
    let with = opened(pack());
    with.attach_encoder(&encoder(1));
    let text = "# How do I reset the lamp?\n\nHold the button.\n\n# Is it loud?\n\nNo.\n";
    let without = KnowledgeBase::from_markdown(text).expect("the content is sound");
    let both = KnowledgeBases::new(vec![("help".to_owned(), with), ("lamp".to_owned(), without)]);
    for question in [DOUBTFUL, "is the lamp loud", "forgot my password"] {
        let found = both.ask(question).expect("sound packs");
        let scores: Vec<f32> = found.hits.iter().map(|hit| hit.score).collect();
        assert!(scores.is_sorted_by(|one, other| one >= other) && !scores.is_empty(), "{question}: {scores:?}");
    }
    let exact = both.ask("is it loud").expect("sound packs").hits[0].knowledge_base.clone();
    assert_eq!(exact.as_deref(), Some("lamp"), "a phrasing word for word is never overtaken");
}

#[test]
fn what_words_do_not_find_is_found_among_the_admitted_entries() {
    let entry = |number: usize| format!("# Is password {number} sound?\n\nReset it.\n\n");
    let text: String = (0..60).map(entry).collect();
    let pack = Builder::from_files("help", [("faq.md", text)]).encoder(encoder(1), None).build().expect("sound").pack;
    let kb = opened(pack);
    kb.attach_encoder(&encoder(1));
    // Without a filter, 40 entries are found by their sentence vectors.
    for id in (0..60).map(|number| format!("faq#is-password-{number}-sound")) {
        let options = SearchOptions::default().with_ids([id.as_str()]).with_explain(true);
        let found = kb.search("trains to Rome", &options).expect("a sound pack");
        assert_eq!(found.hits.iter().map(|hit| &hit.entry.id).collect::<Vec<_>>(), [&id]);
        assert!(found.why.is_some_and(|why| why.sentences.is_some()), "{id}");
    }
    assert!(kb.ask("?!").expect("a sound pack").hits.is_empty(), "marks say nothing to an encoder, either");
}
