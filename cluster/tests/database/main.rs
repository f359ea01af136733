//! Knowledge bases in real servers answer as their packs do, and say why where they cannot.

#![cfg(all(unix, feature = "clickhouse", feature = "postgres"))]

mod cluster;
mod content;
mod servers;

use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use faqt::database::{EntryRow, NameRow, PhrasingRow, Posting};
use faqt::{KnowledgeBase, SearchOptions};
use faqt_cluster::{Loader, Remote, Rows, RowsError, Take};

use cluster::Cluster;
use content::{
    HOSTILE, QUESTIONS, assert_same, assert_same_findings, assert_same_lookups, editions, generated, hostile, options,
};
use servers::{Engine, PASSWORD, Server};

/// Loads a knowledge base and returns it as it is opened from the server.
fn over(server: &Server, name: &str, pack: &KnowledgeBase) -> KnowledgeBase {
    let address = server.address(&format!("name={name}"));
    let loader = Loader::connect(&address).expect("it connects");
    loader.load(&pack.generation().expect("a pack has rows"), |_| ()).expect("it is loaded");
    Remote::connect(&address).expect("it connects").knowledge_base().expect("it opens")
}

fn answers_are_those_of_the_pack(engine: Engine) {
    let Some(server) = Server::start(engine) else { return };
    for (name, count) in [("small", 300), ("large", 2_500)] {
        let pack = generated(count);
        let over = over(&server, name, &pack);
        assert_same_findings(&pack, &over, &QUESTIONS, &options());
        assert_same_lookups(&pack, &over, &["e4", "E4", "e", "", "keyboard", "no-such", "how do I set"]);
    }
    let pack = editions();
    let over = over(&server, "editions", &pack);
    let wants = |tags: &[&str]| SearchOptions::default().with_languages(tags.iter().copied()).with_explain(true);
    let options = [wants(&[]), wants(&["de"]), wants(&["fr", "de"]), SearchOptions::default().with_language("de")];
    let questions = ["Is the lamp loud?", "Lampe laut", "is it heavy", "chaude", "lamp"];
    assert_same_findings(&pack, &over, &questions, &options);
    assert_same_lookups(&pack, &over, &["loud", "loud@de", "loud@fr", "warm@fr"]);
}

#[test]
fn answers_from_postgresql_are_those_of_the_pack() {
    answers_are_those_of_the_pack(Engine::Postgres);
}

#[test]
fn answers_from_clickhouse_are_those_of_the_pack() {
    answers_are_those_of_the_pack(Engine::ClickHouse);
}

#[test]
fn answers_from_todays_clickhouse_are_those_of_the_pack() {
    answers_are_those_of_the_pack(Engine::Chdb);
}

fn names_may_be_hostile(engine: Engine) {
    let Some(server) = Server::start(engine) else { return };
    let pack = hostile();
    let over = over(&server, "hostile", &pack);
    let long = "'\\x ".repeat(15_000);
    let mut texts: Vec<&str> = HOSTILE.to_vec();
    texts.extend([long.as_str(), "\0", "a\0'b", "\u{feff}\u{1}", "'", "') or 1=1 --"]);
    for text in &texts {
        assert_same(pack.keyword(text).unwrap(), over.keyword(text).unwrap(), text.len());
        assert_same(pack.complete_id(text, 3).unwrap(), over.complete_id(text, 3).unwrap(), text.len());
        assert_same(pack.complete(text, 3).unwrap(), over.complete(text, 3).unwrap(), text.len());
        let section = SearchOptions::default().with_section(*text);
        assert_same_findings(&pack, &over, &[text], &[SearchOptions::default(), section]);
    }
    for text in HOSTILE {
        assert!(!over.keyword(text).unwrap().is_empty(), "{text}");
    }
}

#[test]
fn names_in_postgresql_may_be_hostile() {
    names_may_be_hostile(Engine::Postgres);
}

#[test]
fn names_in_clickhouse_may_be_hostile() {
    names_may_be_hostile(Engine::ClickHouse);
}

#[test]
fn names_in_todays_clickhouse_may_be_hostile() {
    names_may_be_hostile(Engine::Chdb);
}

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
    assert_eq!(tables, ["planning", "postings", "names", "phrasings", "entries"]);
    let patient = Remote::connect(&address).unwrap();
    let eager = Remote::connect(&address).unwrap().with_refresh(Duration::ZERO);
    let count = |remote: &Remote| remote.ask(|kb| kb.count(&SearchOptions::default())).unwrap();
    assert_eq!((count(&patient), count(&eager)), (60, 60));
    loader.load(&second.generation().unwrap(), |_| ()).unwrap();
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

fn each_answer_is_of_one_generation_while_they_are_switched(engine: Engine) {
    let Some(server) = Server::start(engine) else { return };
    let address = server.address("");
    let packs: Vec<KnowledgeBase> = (0..5).map(|number| generated(40 + 10 * number)).collect();
    let question = "how do I set up the printer of the router";
    let search = |kb: &KnowledgeBase| kb.search(question, &SearchOptions::default());
    let expected: Vec<String> = packs.iter().map(|pack| format!("{:?}", search(pack).unwrap())).collect();
    let loader = Loader::connect(&address).unwrap();
    loader.load(&packs[0].generation().unwrap(), |_| ()).unwrap();
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
            loader.load(&pack.generation().unwrap(), |_| ()).unwrap();
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

/// Rows that end in an error after some of them.
struct Interrupted(faqt::database::Generation);

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
    loader.load(&first.generation().unwrap(), |_| ()).unwrap();
    let interrupted = Interrupted(second.generation().unwrap());
    let error = loader.load(&interrupted, |_| ()).unwrap_err().to_string();
    assert_eq!(error, "the disk is gone");
    let states: Vec<bool> = loader.generations().unwrap().iter().map(|one| one.is_ready).collect();
    assert_eq!(states, [false, true]);
    let remote = Remote::connect(&address).unwrap();
    assert_eq!(remote.ask(|kb| kb.count(&SearchOptions::default())).unwrap(), 60);
    loader.load(&second.generation().unwrap(), |_| ()).unwrap();
    let over = Remote::connect(&address).unwrap().knowledge_base().unwrap();
    assert_same_findings(&second, &over, &QUESTIONS, &[SearchOptions::default()]);
    // A half that was never made good is dropped with the next generation.
    let third = generated(30);
    loader.load(&Interrupted(third.generation().unwrap()), |_| ()).unwrap_err();
    assert_eq!(loader.drop_old(5).unwrap(), [""; 0], "it may still be under way");
    loader.load(&generated(31).generation().unwrap(), |_| ()).unwrap();
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

fn failures_name_the_server_and_no_password(engine: Engine) {
    let Some(mut server) = Server::start(engine) else { return };
    let kb = over(&server, "help", &generated(60));
    let cache = tempfile::tempdir().unwrap();
    let remote = Remote::connect(&server.address("")).unwrap().with_cache(cache.path());
    remote.knowledge_base().unwrap();
    let place = format!("127.0.0.1:{}/", server.port);
    let wrong = server.url("").replace("p%27a", "secret");
    let error = Loader::connect(&wrong.parse().unwrap()).err().unwrap().to_string();
    assert!(error.contains(&place) && error.contains("check the user and the password"), "{error}");
    assert!(!error.contains("secret"), "{error}");
    server.stop();
    let asked = kb.ask("printer").unwrap_err().to_string();
    let connected = Remote::connect(&server.address("")).err().unwrap().to_string();
    for error in [asked, connected] {
        assert!(error.contains(&place) && error.contains("is the server running"), "{error}");
        assert!(!error.contains(PASSWORD), "{error}");
    }
    // The connections of before are broken, which no question shows.
    server.run();
    let again = remote.ask(|kb| kb.search("printer", &SearchOptions::default())).unwrap();
    assert_same(kb.search("printer", &SearchOptions::default()).unwrap(), again, "after a restart");
    // A planning pack in the cache that was damaged is fetched again.
    let file = std::fs::read_dir(cache.path()).unwrap().next().unwrap().unwrap().path();
    let bytes = std::fs::read(&file).unwrap();
    std::fs::write(&file, &bytes[..bytes.len() / 2]).unwrap();
    let remote = Remote::connect(&server.address("")).unwrap().with_cache(cache.path());
    remote.knowledge_base().unwrap();
    assert!(std::fs::read(&file).unwrap() == bytes);
}

#[test]
fn failures_of_postgresql_name_the_server_and_no_password() {
    failures_name_the_server_and_no_password(Engine::Postgres);
}

#[test]
fn failures_of_clickhouse_name_the_server_and_no_password() {
    failures_name_the_server_and_no_password(Engine::ClickHouse);
}

fn count_of(server: &Server, table: &str) -> usize {
    server.query(&format!("select count() from {table}")).parse().expect("a number")
}

#[test]
fn answers_from_shards_and_replicas_are_those_of_the_pack_and_a_lost_shard_is_an_error() {
    let Some(mut cluster) = Cluster::start() else { return };
    let options = "cluster=lamp&replicated=yes&name=";
    let place = |server: &Server, name: &str| server.address(&format!("{options}{name}"));
    let open = |server: &Server, name: &str| Remote::connect(&place(server, name)).unwrap().knowledge_base().unwrap();
    let pack = generated(1_500);
    let loader = Loader::connect(&place(&cluster.servers[0], "help")).unwrap();
    loader.load(&pack.generation().unwrap(), |_| ()).unwrap();
    let table = format!("faqt_help_{}_entries_local", pack.generation().unwrap().hash());
    let counts: Vec<usize> = cluster.servers.iter().map(|server| count_of(server, &table)).collect();
    assert_eq!([counts[0], counts[2]], [counts[1], counts[3]], "replicas have the same");
    assert!(counts[0] > 500 && counts[2] > 500 && counts[0] + counts[2] == 1_500, "{counts:?}");
    let over = open(&cluster.servers[3], "help");
    assert_same_findings(&pack, &over, &QUESTIONS, &self::options());
    assert_same_lookups(&pack, &over, &["e4", "E4", "e", "", "keyboard", "no-such", "how do I set"]);
    // Of each shard, the other replica is asked.
    cluster.servers[1].stop();
    cluster.servers[2].stop();
    assert_same_findings(&pack, &open(&cluster.servers[0], "help"), &QUESTIONS, &[SearchOptions::default()]);
    assert_same_findings(&pack, &over, &QUESTIONS, &[SearchOptions::default()]);
    cluster.servers[0].stop();
    let errors = QUESTIONS.map(|question| over.ask(question).err().map(|error| error.to_string()));
    // A question without words asks no row.
    let errors: Vec<String> = errors.into_iter().flatten().collect();
    assert!(errors.len() > QUESTIONS.len() / 2, "{errors:?}");
    for error in errors {
        assert!(error.contains("127.0.0.1"), "{error}");
        assert!(!error.contains(PASSWORD), "{error}");
    }
}
