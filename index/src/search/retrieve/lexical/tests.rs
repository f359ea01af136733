use super::*;
use crate::knowledge_base::KnowledgeBase;
use crate::search::interpret::interpret as plan;
use crate::search::plan::QueryMode;

/// Three thousand entries of few words, some held by nearly all of them and some by hardly any.
fn knowledge_base() -> KnowledgeBase {
    let entry = |number: u32| {
        let word = |every: u32, word| if number.wrapping_mul(2_654_435_761) >> 8 & 1023 < every { word } else { "" };
        let words = [word(900, " lamp"), word(500, " reset"), word(90, " loud lamp"), word(9, " battery reset")];
        format!("## Entry {number}?\n\nYes.{}\n\n", words.concat().repeat(1 + number as usize % 3))
    };
    let text: String = (0..3_000).map(entry).collect();
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("faq.md"), text).unwrap();
    KnowledgeBase::from_folder(folder.path()).unwrap()
}

#[test]
fn the_best_few_are_the_first_of_all() {
    let kb = knowledge_base();
    let found = |question: &str, limit| {
        let plan = plan(question, QueryMode::Whole, &kb.reader().dictionary, &kb.reader().synonyms).unwrap();
        let (reader, mean_length) = (kb.reader(), kb.reader().index.mean_length());
        let found =
            retrieve(&Question { reader, plan: &plan, vector: None, filter: None, mean_length }, limit).unwrap();
        found.into_iter().map(|candidate| (candidate.position, candidate.evidence.bm25)).collect::<Vec<_>>()
    };
    for question in ["lamp", "reset the lamp", "loud lamp reset", "battery lamp", "entry 2999 battery"] {
        let all = found(question, usize::MAX);
        for limit in [20, 40, 400] {
            assert_eq!(found(question, limit), all[..limit.min(all.len())], "{question}, {limit}");
        }
    }
}

#[test]
fn words_of_medium_weight_choose_candidates_and_light_ones_do_not() {
    let kb = knowledge_base();
    let plan = plan("battery loud lamp", QueryMode::Whole, &kb.reader().dictionary, &kb.reader().synonyms).unwrap();
    let weights: Vec<f32> = by_weight(&plan).iter().map(|term| term.weight).collect();
    assert!(weights[1] > ESSENTIAL_MIN * weights[0] && weights[2] < ESSENTIAL_MIN * weights[0], "{weights:?}");
    let (reader, mean_length) = (kb.reader(), kb.reader().index.mean_length());
    let found =
        retrieve(&Question { reader, plan: &plan, vector: None, filter: None, mean_length }, usize::MAX).unwrap();
    let frequency = |term: &str| reader.dictionary.listed(term).unwrap().unwrap().info.doc_freq as usize;
    assert!(found.len() >= frequency("loud"), "{} entries hold the second word", frequency("loud"));
    assert!(found.len() < frequency("lamp"), "{} entries hold the lightest word", frequency("lamp"));
}

#[test]
fn with_few_entries_by_heavy_words_light_ones_choose_too() {
    let kb = knowledge_base();
    let (reader, mean_length) = (kb.reader(), kb.reader().index.mean_length());
    let plan = plan_of(&kb, "2999 lamp");
    let weights: Vec<f32> = by_weight(&plan).iter().map(|term| term.weight).collect();
    assert!(weights.len() == 2 && weights[1] < ESSENTIAL_MIN * weights[0], "{weights:?}");
    let question = Question { reader, plan: &plan, vector: None, filter: None, mean_length };
    let found = retrieve(&question, usize::MAX).unwrap();
    assert!(found.len() > 2_000, "{} entries", found.len());
}

#[test]
fn rivals_are_all_that_score_more() {
    let kb = knowledge_base();
    let (reader, mean_length) = (kb.reader(), kb.reader().index.mean_length());
    for question in ["reset the lamp", "loud lamp reset", "battery lamp", "entry battery yes"] {
        let plan = plan_of(&kb, question);
        let question = Question { reader, plan: &plan, vector: None, filter: None, mean_length };
        let mut all = retrieve(&question, usize::MAX).unwrap();
        all.sort_by(|one, other| other.evidence.bm25.total_cmp(&one.evidence.bm25));
        for own in all.iter().step_by(1 + all.len() / 40) {
            let expected = Expected { position: own.position, similarity_gap: 0.0 };
            let found = rivals(&question, expected, 3_000, &mut usize::MAX.clone()).unwrap();
            assert!((found.own.evidence.bm25 - own.evidence.bm25).abs() < 1e-4);
            let found: Vec<u32> = found.candidates.iter().map(|rival| rival.position).collect();
            for better in all.iter().take_while(|other| other.evidence.bm25 > own.evidence.bm25 + 1e-3) {
                assert!(found.contains(&better.position), "{} before {}", better.position, own.position);
            }
        }
    }
}

/// Returns the plan of `question`, asked of `kb`.
fn plan_of(kb: &KnowledgeBase, question: &str) -> Plan {
    plan(question, QueryMode::Whole, &kb.reader().dictionary, &kb.reader().synonyms).unwrap()
}

#[test]
fn a_compound_and_its_parts_count_once() {
    let kb =
        KnowledgeBase::from_markdown("# A lampshade?\n\nYes.\n\n# A lamp?\n\nYes.\n\n# A shade?\n\nYes.\n").unwrap();
    let plan = plan_of(&kb, "lamp shade");
    let expansions = || plan.query_terms.iter().flat_map(|query_term| &query_term.expansions);
    let terms: Vec<&str> = expansions().map(|expansion| expansion.term.as_str()).collect();
    let factors: Vec<f32> = expansions().map(|expansion| expansion.weight_factor).collect();
    assert_eq!(terms, ["lamp", "lampshad", "shade", "lampshad"]);
    let [lamp, shade] = [0, 1].map(|at| plan.query_terms[at].weight);
    let compound = lamp * factors[1] + shade * factors[3];
    for (of_lamp, of_compound) in [(0.0, 1.0), (3.0, 1.0), (0.5, 1.0), (3.0, 0.0)] {
        let gain = |place: usize| match terms[place] {
            "lamp" => of_lamp,
            "lampshad" => of_compound,
            _ => 0.0,
        };
        let sum: f32 = counted_once(&plan.query_terms, gain).iter().sum();
        let expected = (lamp * of_lamp).max(compound * of_compound);
        assert!((sum - expected).abs() < 1e-5, "{of_lamp}, {of_compound}: {sum} is not {expected}");
    }
}

#[test]
fn entries_are_a_choice_from_twenty_on_however_they_share_words() {
    for (of_one, of_both, expected) in [(12, 0, true), (0, 12, false), (9, 1, false), (0, 20, true), (10, 0, true)] {
        let entries =
            |count: usize, words: &'static str| (0..count).map(move |at| format!("# {words} {at}?\n\nYes.\n\n"));
        let text: String = entries(of_one, "Zebra")
            .chain(entries(of_one, "Giraffe"))
            .chain(entries(of_both, "Zebra giraffe"))
            .collect();
        let kb = KnowledgeBase::from_markdown(&text).unwrap();
        let plan = plan_of(&kb, "zebra giraffe");
        let (reader, mean_length) = (kb.reader(), kb.reader().index.mean_length());
        let question = Question { reader, plan: &plan, vector: None, filter: None, mean_length };
        let is_enough = is_choice(&question, &by_weight(&plan), &reader.lengths().unwrap()).unwrap();
        assert_eq!(is_enough, expected, "{of_one} hold each word alone, {of_both} both");
    }
}
