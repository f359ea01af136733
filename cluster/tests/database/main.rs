//! Knowledge bases in real servers answer as their packs do, and say why where they cannot.

#![cfg(all(unix, feature = "clickhouse", feature = "elasticsearch", feature = "postgres"))]

mod answers;
mod cluster;
#[path = "../../../index/tests/database/content.rs"]
mod content;
mod distribution;
mod failures;
mod generations;
mod interrupted;
mod programs;
mod servers;
mod tls;

use faqt::KnowledgeBase;
use faqt_cluster::{Address, Loaded, Loader, Remote};

use servers::Server;

/// Loads a knowledge base, which becomes the current one.
fn load(loader: &Loader, pack: &KnowledgeBase) -> Loaded {
    loader.load(&pack.generation().expect("a pack has rows"), |_| ()).expect("it is loaded")
}

/// Opens the current generation.
fn opened(address: &Address) -> KnowledgeBase {
    Remote::connect(address).expect("it connects").knowledge_base().expect("it opens")
}

/// Loads a knowledge base and returns it as it is opened from the server.
fn over(server: &Server, name: &str, pack: &KnowledgeBase) -> KnowledgeBase {
    let address = server.address(&format!("name={name}"));
    load(&Loader::connect(&address).expect("it connects"), pack);
    opened(&address)
}
