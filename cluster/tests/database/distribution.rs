//! Knowledge bases over several servers.

use faqt::SearchOptions;
use faqt_cluster::{Loader, Remote};

use crate::cluster::Cluster;
use crate::content::{QUESTIONS, assert_same_findings, assert_same_lookups, editions, generated, options};
use crate::servers::{Engine, PASSWORD, Server};
use crate::{load, opened};

fn count_of(server: &Server, table: &str) -> usize {
    server.query(&format!("select count() from {table}")).parse().expect("a number")
}

#[test]
fn answers_from_shards_and_replicas_are_those_of_the_pack_and_a_lost_shard_is_an_error() {
    let Some(mut cluster) = Cluster::start() else { return };
    let place = |server: &Server| server.address("cluster=lamp&replicated=yes&name=help");
    let pack = generated(1_500);
    load(&Loader::connect(&place(&cluster.servers[0])).unwrap(), &pack);
    let table = format!("faqt_help_{}_entries_local", pack.generation().unwrap().hash());
    let counts: Vec<usize> = cluster.servers.iter().map(|server| count_of(server, &table)).collect();
    assert_eq!([counts[0], counts[2]], [counts[1], counts[3]], "replicas have the same");
    assert!(counts[0] > 500 && counts[2] > 500 && counts[0] + counts[2] == 1_500, "{counts:?}");
    let over = opened(&place(&cluster.servers[3]));
    assert_same_findings(&pack, &over, &QUESTIONS, &options());
    assert_same_lookups(&pack, &over, &["e4", "E4", "e", "", "keyboard", "no-such", "how do I set"]);
    // Of each shard, the other replica is asked.
    cluster.servers[1].stop();
    cluster.servers[2].stop();
    assert_same_findings(&pack, &opened(&place(&cluster.servers[0])), &QUESTIONS, &[SearchOptions::default()]);
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

fn answers_of_three_servers_are_those_of_the_pack(engine: Engine) {
    let Some(servers) = (0..3).map(|_| Server::start(engine)).collect::<Option<Vec<Server>>>() else { return };
    let place = |name: &str, first: usize, others: &[usize]| {
        let others: Vec<String> = others.iter().map(|&other| format!("127.0.0.1:{}", servers[other].port)).collect();
        servers[first].address(&format!("name={name}&shards={}", others.join(",")))
    };
    for (name, pack) in [("large", generated(1_500)), ("editions", editions())] {
        let address = place(name, 0, &[1, 2]);
        let loader = Loader::connect(&address).unwrap();
        let mut rows = Vec::new();
        loader
            .load(&pack.generation().unwrap(), |step| {
                if step.is_done {
                    rows.push((step.table, step.rows));
                }
            })
            .unwrap();
        assert_eq!(rows.last(), Some(&("entries", u64::from(pack.manifest().entries))));
        let over = opened(&address);
        assert_same_findings(&pack, &over, &QUESTIONS, &options());
        assert_same_lookups(&pack, &over, &["e4", "E4", "e", "", "keyboard", "loud@de", "how do I set"]);
    }
    // Servers that are left out, named twice or in another order would give shorter lists.
    for (first, others) in [(0, [1, 1]), (0, [2, 1]), (1, [0, 2])] {
        let wrong = Remote::connect(&place("large", first, &others)).unwrap();
        let error = wrong.knowledge_base().err().unwrap().to_string();
        assert!(error.contains("name all servers, in the order of the load"), "{error}");
    }
    let alone = Remote::connect(&servers[0].address("name=large")).unwrap();
    let error = alone.knowledge_base().err().unwrap().to_string();
    assert!(error.contains("number 1 of 3 servers"), "{error}");
    let over = opened(&place("large", 0, &[1, 2]));
    let mut servers = servers;
    servers[2].stop();
    let error = over.ask("printer router").unwrap_err().to_string();
    assert!(error.contains(&format!("127.0.0.1:{}/", servers[2].port)), "{error}");
}

#[test]
fn answers_of_three_servers_of_postgresql_are_those_of_the_pack() {
    answers_of_three_servers_are_those_of_the_pack(Engine::Postgres);
}

#[test]
fn answers_of_three_servers_of_clickhouse_are_those_of_the_pack() {
    answers_of_three_servers_are_those_of_the_pack(Engine::ClickHouse);
}
