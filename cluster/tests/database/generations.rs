//! Generations that are loaded beside each other, switched, dropped and interrupted.

use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use faqt::database::{EntryRow, Generation, NameRow, PhrasingRow, Posting};
use faqt::{KnowledgeBase, SearchOptions};
use faqt_cluster::{Loader, Remote, Rows, RowsError, Take};

use crate::content::{QUESTIONS, assert_same, assert_same_findings, generated};
use crate::servers::{Engine, Server};
use crate::{load, opened};

fn generations_are_switched_and_dropped(engine: Engine) {
    let Some(server) = Server::start(engine) else { return };
    let address = server.address("name=switched");
    let loader = Loader::connect(&address).unwrap();
    assert_eq!(loader.generations().unwrap(), []);
    let absent = Remote::connect(&address).unwrap().knowledge_base().err().unwrap().to_string();
    assert!(absent.contains("has no knowledge base `switched`"), "{absent}");
    let (first, second) = (generated(60), generated(90));
    let mut progress = Vec::new();
    let own = loader.load(&first.generation().unwrap(), |step| progress.push(step)).unwrap();
    assert_eq!((own.entries, own.is_current), (60, true));
    let tables: Vec<&str> = progress.iter().map(|step| step.table).collect();
    let rows: &[&str] = &["planning", "postings", "names", "phrasings", "entries"];
    let documents: &[&str] = &["planning", "names", "entries"];
    assert_eq!(tables, if matches!(engine, Engine::Noida | Engine::Osmem) { documents } else { rows });
    let patient = Remote::connect(&address).unwrap();
    let eager = Remote::connect(&address).unwrap().with_refresh(Duration::ZERO);
    let count = |remote: &Remote| remote.ask(|kb| kb.count(&SearchOptions::default())).unwrap();
    assert_eq!((count(&patient), count(&eager)), (60, 60));
    load(&loader, &second);
    let ask = |remote: &Remote| remote.ask(|kb| kb.search("printer router", &SearchOptions::default())).unwrap();
    assert_same(first.search("printer router", &SearchOptions::default()).unwrap(), ask(&patient), "before it looks");
    assert_same(second.search("printer router", &SearchOptions::default()).unwrap(), ask(&eager), "at once");
    // The first one again costs a row, and no load.
    loader.load(&first.generation().unwrap(), |_| panic!("it is there")).unwrap();
    assert_eq!(count(&eager), 60);
    loader.load(&second.generation().unwrap(), |_| panic!("it is there")).unwrap();
    assert_eq!(loader.generations().unwrap().len(), 2);
    assert_eq!(loader.drop_old(1).unwrap(), [""; 0]);
    let stale = patient.knowledge_base().unwrap();
    assert_eq!(loader.drop_old(0).unwrap(), [own.hash.as_str()]);
    let error = stale.ask("printer").unwrap_err().to_string();
    assert!(error.contains(&own.hash) && error.contains("was dropped"), "{error}");
    assert_same(second.search("printer router", &SearchOptions::default()).unwrap(), ask(&patient), "asked again");
    assert_eq!(loader.generations().unwrap().len(), 1);
}

#[test]
fn generations_in_postgresql_are_switched_and_dropped() {
    generations_are_switched_and_dropped(Engine::Postgres);
}

#[test]
fn generations_in_clickhouse_are_switched_and_dropped() {
    generations_are_switched_and_dropped(Engine::ClickHouse);
}

#[test]
fn generations_in_todays_clickhouse_are_switched_and_dropped() {
    generations_are_switched_and_dropped(Engine::Chdb);
}

#[test]
fn generations_in_an_imitation_of_elasticsearch_are_switched_and_dropped() {
    generations_are_switched_and_dropped(Engine::Noida);
}

#[test]
fn generations_in_an_imitation_of_opensearch_are_switched_and_dropped() {
    generations_are_switched_and_dropped(Engine::Osmem);
}

fn each_answer_is_of_one_generation_while_they_are_switched(engine: Engine) {
    let Some(server) = Server::start(engine) else { return };
    let address = server.address("");
    let packs: Vec<KnowledgeBase> = (0..5).map(|number| generated(40 + 10 * number)).collect();
    let question = "how do I set up the printer of the router";
    let search = |kb: &KnowledgeBase| kb.search(question, &SearchOptions::default());
    let expected: Vec<String> = packs.iter().map(|pack| format!("{:?}", search(pack).unwrap())).collect();
    let loader = Loader::connect(&address).unwrap();
    load(&loader, &packs[0]);
    let is_done = AtomicBool::new(false);
    std::thread::scope(|scope| {
        for _ in 0..2 {
            scope.spawn(|| {
                let remote = Remote::connect(&address).unwrap().with_refresh(Duration::ZERO);
                while !is_done.load(Ordering::Relaxed) {
                    let found = format!("{:?}", remote.ask(search).unwrap());
                    assert!(expected.contains(&found), "{found}");
                }
                assert_eq!(format!("{:?}", remote.ask(search).unwrap()), expected[4]);
            });
        }
        for pack in &packs[1..] {
            load(&loader, pack);
            loader.drop_old(0).unwrap();
        }
        is_done.store(true, Ordering::Relaxed);
    });
}

#[test]
fn each_answer_of_postgresql_is_of_one_generation_while_they_are_switched() {
    each_answer_is_of_one_generation_while_they_are_switched(Engine::Postgres);
}

#[test]
fn each_answer_of_clickhouse_is_of_one_generation_while_they_are_switched() {
    each_answer_is_of_one_generation_while_they_are_switched(Engine::ClickHouse);
}

#[test]
fn each_answer_of_an_imitation_of_opensearch_is_of_one_generation_while_they_are_switched() {
    each_answer_is_of_one_generation_while_they_are_switched(Engine::Osmem);
}

/// Rows that end in an error after some of them.
struct Interrupted(Generation);

impl Rows for Interrupted {
    fn name(&self) -> String {
        Rows::name(&self.0)
    }

    fn hash(&self) -> String {
        Rows::hash(&self.0)
    }

    fn count(&self) -> u32 {
        Rows::count(&self.0)
    }

    fn planning_pack(&self) -> Result<Vec<u8>, RowsError> {
        Rows::planning_pack(&self.0)
    }

    fn postings(&self, take: Take<'_, Posting>) -> Result<(), RowsError> {
        Rows::postings(&self.0, take)
    }

    fn names(&self, take: Take<'_, NameRow>) -> Result<(), RowsError> {
        let mut rows = 0;
        Rows::names(&self.0, &mut |row| {
            rows += 1;
            if rows > 20 { Err(RowsError::Taken("the disk is gone".into())) } else { take(row) }
        })
    }

    fn phrasings(&self, take: Take<'_, PhrasingRow>) -> Result<(), RowsError> {
        Rows::phrasings(&self.0, take)
    }

    fn entries(&self, take: Take<'_, EntryRow>) -> Result<(), RowsError> {
        Rows::entries(&self.0, take)
    }
}

fn an_interrupted_load_changes_nothing_and_is_made_good(engine: Engine) {
    let Some(server) = Server::start(engine) else { return };
    let address = server.address("");
    let (first, second) = (generated(60), generated(90));
    let loader = Loader::connect(&address).unwrap();
    load(&loader, &first);
    let interrupted = Interrupted(second.generation().unwrap());
    let error = loader.load(&interrupted, |_| ()).unwrap_err().to_string();
    assert_eq!(error, "the disk is gone");
    let states: Vec<bool> = loader.generations().unwrap().iter().map(|one| one.is_ready).collect();
    assert_eq!(states, [false, true]);
    let remote = Remote::connect(&address).unwrap();
    assert_eq!(remote.ask(|kb| kb.count(&SearchOptions::default())).unwrap(), 60);
    load(&loader, &second);
    let over = opened(&address);
    assert_same_findings(&second, &over, &QUESTIONS, &[SearchOptions::default()]);
    // A half that was never made good is dropped with the next generation.
    let third = generated(30);
    loader.load(&Interrupted(third.generation().unwrap()), |_| ()).unwrap_err();
    assert_eq!(loader.drop_old(5).unwrap(), [""; 0], "it may still be under way");
    load(&loader, &generated(31));
    assert_eq!(loader.drop_old(5).unwrap(), [third.generation().unwrap().hash()]);
}

#[test]
fn an_interrupted_load_into_postgresql_changes_nothing_and_is_made_good() {
    an_interrupted_load_changes_nothing_and_is_made_good(Engine::Postgres);
}

#[test]
fn an_interrupted_load_into_clickhouse_changes_nothing_and_is_made_good() {
    an_interrupted_load_changes_nothing_and_is_made_good(Engine::ClickHouse);
}

#[test]
fn an_interrupted_load_into_an_imitation_of_elasticsearch_changes_nothing_and_is_made_good() {
    an_interrupted_load_changes_nothing_and_is_made_good(Engine::Noida);
}

#[test]
fn an_interrupted_load_into_an_imitation_of_opensearch_changes_nothing_and_is_made_good() {
    an_interrupted_load_changes_nothing_and_is_made_good(Engine::Osmem);
}
