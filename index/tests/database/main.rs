//! A knowledge base whose rows are in a database answers as its pack does, in every call.

mod content;
mod memory;

use std::sync::Arc;
use std::sync::atomic::Ordering;

use content::{
    QUESTIONS, assert_same, assert_same_editions, assert_same_findings, assert_same_lookups, editions, generated,
    options,
};
use faqt::{KnowledgeBase, KnowledgeBases, SearchOptions};
use memory::Memory;

/// Returns a knowledge base as a pack and over a database.
fn both(pack: KnowledgeBase) -> (KnowledgeBase, KnowledgeBase, Arc<Memory>) {
    let generation = pack.generation().expect("a pack has rows");
    let memory = Arc::new(Memory::of(&generation));
    let over = KnowledgeBase::over(generation.planning_pack().expect("it is written"), memory.clone());
    (pack, over.expect("it opens"), memory)
}

#[test]
fn searches_find_what_the_pack_finds_where_a_question_is_compared_with_all_vectors() {
    let (pack, over, _) = both(generated(300));
    assert_same_findings(&pack, &over, &QUESTIONS, &options());
}

#[test]
fn searches_find_what_the_pack_finds_where_it_is_compared_with_the_vectors_of_candidates() {
    let (pack, over, _) = both(generated(2_500));
    assert_same_findings(&pack, &over, &QUESTIONS, &options());
    let all = SearchOptions::default().with_limit(usize::MAX).with_offset(995);
    assert_same_findings(&pack, &over, &["how do I set up the printer"], &[all]);
}

#[test]
fn lookups_find_what_the_pack_finds() {
    let (pack, over, _) = both(generated(300));
    assert_same_lookups(&pack, &over, &["e4", "E4", "e", "", "keyboard", "no-such"]);
    for typed in ["key", "how do I set", "", "pri"] {
        assert_same(pack.complete(typed, 5).unwrap(), over.complete(typed, 5).unwrap(), typed);
    }
    assert_same(pack.nearest_ids("e2999", 3).unwrap(), over.nearest_ids("e2999", 3).unwrap(), ());
}

#[test]
fn editions_are_chosen_as_in_the_pack() {
    let (pack, over, _) = both(editions());
    assert_same_editions(&pack, &over);
}

#[test]
fn a_pack_and_a_database_are_asked_together() {
    let (pack, over, _) = both(generated(300));
    let other =
        KnowledgeBase::from_markdown("# How do I reset the kettle?\n\nHold.\n\n# Is the printer loud?\n\nNo.\n")
            .unwrap();
    let together = |kb: &KnowledgeBase| KnowledgeBases::new([("help", kb.clone()), ("kettle", other.clone())]);
    for question in QUESTIONS {
        for options in options() {
            let [one, several] = [&pack, &over].map(|kb| together(kb).search(question, &options).unwrap());
            assert_same(one, several, question);
        }
    }
    let similar = |kb: &KnowledgeBase| together(kb).similar("help:e4", 3).unwrap();
    assert_same(similar(&pack), similar(&over), ());
}

#[test]
fn a_question_takes_three_rounds_and_few_statements() {
    let (_, over, memory) = both(generated(2_500));
    over.ask("how do I set up the printer of the router").unwrap();
    let statements = memory.statements.load(Ordering::Relaxed);
    assert!(statements <= 6, "{statements} statements");
}

#[test]
fn an_entry_that_the_database_has_lost_is_an_error_and_no_shorter_list() {
    let (pack, _, _) = both(generated(300));
    let generation = pack.generation().unwrap();
    let first = pack.ask("printer router").unwrap().hits[0].entry.id.clone();
    let position = pack.entries().position(|entry| entry.unwrap().id == first).unwrap();
    let mut memory = Memory::of(&generation);
    memory.lost = u32::try_from(position).ok();
    let over = KnowledgeBase::over(generation.planning_pack().unwrap(), Arc::new(memory)).unwrap();
    let error = over.ask("printer router").unwrap_err().to_string();
    assert!(error.contains("is missing"), "{error}");
}

#[test]
fn a_planning_pack_is_refused_without_its_database() {
    let (pack, _, _) = both(generated(3));
    let planning = pack.generation().unwrap().planning_pack().unwrap();
    let error = KnowledgeBase::from_vec(planning).unwrap_err().to_string();
    assert!(error.contains("open it with its database"), "{error}");
}

#[test]
fn a_planning_pack_with_a_flipped_bit_does_not_open() {
    let (pack, _, _) = both(generated(300));
    let generation = pack.generation().unwrap();
    let planning = generation.planning_pack().unwrap();
    let memory = Arc::new(Memory::of(&generation));
    for at in (0..planning.len()).step_by(509) {
        let mut damaged = planning.clone();
        damaged[at] ^= 1;
        assert!(KnowledgeBase::over(damaged, memory.clone()).is_err(), "byte {at}");
    }
}
