//! Generations that are loaded beside each other, switched and dropped.

use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use faqt::{KnowledgeBase, SearchOptions};
use faqt_cluster::{Loader, Remote};

use crate::content::{assert_same, generated};
use crate::load;
use crate::servers::{Engine, Server};

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

fn a_state_of_a_later_version_is_an_error(engine: Engine) {
    let Some(server) = Server::start(engine) else { return };
    let loader = Loader::connect(&server.address("")).unwrap();
    load(&loader, &generated(10));
    server.query("insert into faqt_generations values ('help', '0123456789abcdef', 1, 1, 'paused', 0, 1)");
    let error = loader.generations().unwrap_err().to_string();
    assert!(
        error.starts_with(&format!("127.0.0.1:{}/", server.port)) && error.contains("the state `paused`"),
        "{error}"
    );
}

#[test]
fn a_state_of_a_later_version_in_postgresql_is_an_error() {
    a_state_of_a_later_version_is_an_error(Engine::Postgres);
}

#[test]
fn a_state_of_a_later_version_in_clickhouse_is_an_error() {
    a_state_of_a_later_version_is_an_error(Engine::ClickHouse);
}
