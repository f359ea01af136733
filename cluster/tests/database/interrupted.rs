//! Loads that end midway: by an error, or because the program was killed.

use std::io::{BufRead as _, BufReader, Write as _};
use std::process::{Command, Stdio};

use faqt::SearchOptions;
use faqt::database::{EntryRow, Generation, NameRow, PhrasingRow, Posting};
use faqt_cluster::{Address, Loader, Remote, Rows, RowsError, Take};

use crate::content::{QUESTIONS, assert_same_findings, generated};
use crate::servers::{Engine, Server};
use crate::{load, opened};

/// The environment variable by which a process is told to load until it is killed: a URL.
const URL: &str = "FAQT_TEST_LOAD_UNTIL_KILLED";
/// The line that such a process writes when it is midway.
const MIDWAY: &str = "midway";
/// The entries of the generation whose load is killed: more postings than an insert into ClickHouse takes.
const ENTRIES: usize = 2_500;

/// Rows that call `stop` at one of the entries or of the names.
struct Stopped {
    rows: Generation,
    at_entry: Option<u64>,
    at_name: Option<u64>,
    stop: fn() -> RowsError,
}

impl Stopped {
    /// Passes rows to `take`, up to row `at`.
    fn until<'a, R>(&'a self, at: Option<u64>, take: Take<'a, R>) -> impl FnMut(R) -> Result<(), RowsError> + 'a {
        let mut rows = 0;
        move |row| {
            rows += 1;
            if Some(rows) == at { Err((self.stop)()) } else { take(row) }
        }
    }
}

impl Rows for Stopped {
    fn name(&self) -> String {
        Rows::name(&self.rows)
    }

    fn hash(&self) -> String {
        Rows::hash(&self.rows)
    }

    fn count(&self) -> u32 {
        Rows::count(&self.rows)
    }

    fn planning_pack(&self) -> Result<Vec<u8>, RowsError> {
        Rows::planning_pack(&self.rows)
    }

    fn postings(&self, take: Take<'_, Posting>) -> Result<(), RowsError> {
        Rows::postings(&self.rows, take)
    }

    fn names(&self, take: Take<'_, NameRow>) -> Result<(), RowsError> {
        Rows::names(&self.rows, &mut self.until(self.at_name, take))
    }

    fn phrasings(&self, take: Take<'_, PhrasingRow>) -> Result<(), RowsError> {
        Rows::phrasings(&self.rows, take)
    }

    fn entries(&self, take: Take<'_, EntryRow>) -> Result<(), RowsError> {
        Rows::entries(&self.rows, &mut self.until(self.at_entry, take))
    }
}

fn disk_is_gone(rows: Generation) -> Stopped {
    Stopped { rows, at_entry: None, at_name: Some(20), stop: || RowsError::Taken("the disk is gone".into()) }
}

fn an_interrupted_load_changes_nothing_and_is_made_good(engine: Engine) {
    let Some(server) = Server::start(engine) else { return };
    let address = server.address("");
    let (first, second) = (generated(60), generated(90));
    let loader = Loader::connect(&address).unwrap();
    load(&loader, &first);
    let interrupted = disk_is_gone(second.generation().unwrap());
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
    loader.load(&disk_is_gone(third.generation().unwrap()), |_| ()).unwrap_err();
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

/// Writes a line and waits to be killed.
fn midway() -> RowsError {
    let mut out = std::io::stdout();
    writeln!(out, "\n{MIDWAY}").and_then(|()| out.flush()).expect("the line is read");
    loop {
        std::thread::park();
    }
}

/// The other process: does nothing unless the variable is set.
#[test]
fn loads_until_it_is_killed() {
    let Ok(url) = std::env::var(URL) else { return };
    let address: Address = url.parse().unwrap();
    let rows = generated(ENTRIES).generation().unwrap();
    let half = Stopped { rows, at_entry: Some(ENTRIES as u64 / 2), at_name: None, stop: midway };
    Loader::connect(&address).unwrap().load(&half, |_| ()).unwrap();
}

/// Loads in another process, and kills it midway.
fn kill_a_load(url: &str) {
    let mut command = Command::new(std::env::current_exe().unwrap());
    command.args(["--exact", "--nocapture", "interrupted::loads_until_it_is_killed"]).env(URL, url);
    let mut child = command.stdout(Stdio::piped()).spawn().unwrap();
    let lines = BufReader::new(child.stdout.take().unwrap()).lines();
    assert!(lines.map_while(Result::ok).any(|line| line == MIDWAY), "the other process loads");
    child.kill().unwrap();
    child.wait().unwrap();
}

fn nothing_is_left_of_a_load_that_was_killed(engine: Engine) {
    let Some(server) = Server::start(engine) else { return };
    let address = server.address("");
    let loader = Loader::connect(&address).unwrap();
    let (first, second) = (generated(60), generated(ENTRIES));
    let own = load(&loader, &first);
    for _ in 0..2 {
        kill_a_load(&server.url(""));
        assert_same_findings(&first, &opened(&address), &QUESTIONS, &[SearchOptions::default()]);
        assert_eq!(server.tables().len(), 11, "those of two generations, and that of generations");
    }
    let whole = load(&loader, &second);
    assert_same_findings(&second, &opened(&address), &QUESTIONS, &[SearchOptions::default()]);
    assert_eq!(server.tables().len(), 11);
    assert_eq!(loader.drop_old(0).unwrap(), [own.hash]);
    let tables = ["entries", "names", "phrasings", "planning", "postings"];
    let mut left = vec!["faqt_generations".to_owned()];
    left.extend(tables.map(|table| format!("faqt_help_{}_{table}", whole.hash)));
    left.sort();
    assert_eq!(server.tables(), left);
}

#[test]
fn nothing_is_left_in_postgresql_of_a_load_that_was_killed() {
    nothing_is_left_of_a_load_that_was_killed(Engine::Postgres);
}

#[test]
fn nothing_is_left_in_clickhouse_of_a_load_that_was_killed() {
    nothing_is_left_of_a_load_that_was_killed(Engine::ClickHouse);
}
