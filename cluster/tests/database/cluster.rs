//! A cluster of ClickHouse: 2 shards of 2 replicas and the `ZooKeeper` that they agree by, all on this machine.

use std::fs;
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::thread::sleep;
use std::time::{Duration, Instant};

use tempfile::TempDir;

use crate::programs::{folder, free_port, installed};
use crate::servers::{PASSWORD, Ports, Server, said};

const START_MAX: Duration = Duration::from_mins(1);

/// Servers that are ended when this is dropped.
pub(crate) struct Cluster {
    /// Shard 1, replicas 1 and 2, then shard 2.
    pub(crate) servers: Vec<Server>,
    _zookeeper: ZooKeeper,
}

impl Cluster {
    /// Starts the servers. Returns none, and prints the reason, if a package is not installed.
    pub(crate) fn start() -> Option<Cluster> {
        if installed("clickhouse-server").is_none() {
            eprintln!("left out: clickhouse-server is not installed");
            return None;
        }
        let zookeeper = ZooKeeper::start()?;
        let ports: Vec<Ports> = (0..4).map(|_| Ports::free()).collect();
        let servers =
            (0..4).map(|place| Server::configured(&ports[place], &configuration(&ports, place, zookeeper.port)));
        Some(Cluster { servers: servers.collect(), _zookeeper: zookeeper })
    }
}

/// Returns the configuration of the server at `place`.
fn configuration(ports: &[Ports], place: usize, zookeeper: u16) -> String {
    let replica = |ports: &Ports| {
        format!(
            "<replica><host>127.0.0.1</host><port>{}</port><user>asker</user><password>{PASSWORD}</password></replica>",
            ports.tcp
        )
    };
    let shard = |ports: &[Ports]| {
        let replicas: String = ports.iter().map(replica).collect();
        format!("<shard><internal_replication>true</internal_replication>{replicas}</shard>")
    };
    let shards: String = ports.chunks(2).map(shard).collect();
    format!(
        "<remote_servers><lamp>{shards}</lamp></remote_servers>\
         <zookeeper><node><host>127.0.0.1</host><port>{zookeeper}</port></node></zookeeper>\
         <macros><shard>{}</shard><replica>{place}</replica></macros>\
         <distributed_ddl><path>/clickhouse/ddl</path></distributed_ddl>",
        place / 2
    )
}

struct ZooKeeper {
    port: u16,
    child: Child,
    _folder: TempDir,
}

impl ZooKeeper {
    fn start() -> Option<ZooKeeper> {
        let java = installed("java").filter(|_| Path::new("/usr/share/java/zookeeper.jar").is_file());
        let Some(java) = java else {
            eprintln!("left out: zookeeper is not installed");
            return None;
        };
        let (folder, port) = (folder(), free_port());
        let path = folder.path().display();
        let config = format!(
            "tickTime=500\ndataDir={path}/data\nclientPort={port}\nclientPortAddress=127.0.0.1\n\
             admin.enableServer=false\nmaxClientCnxns=0\n4lw.commands.whitelist=srvr\n"
        );
        fs::create_dir(folder.path().join("data")).expect("a folder");
        fs::write(folder.path().join("zoo.cfg"), config).expect("it is written");
        let mut command = Command::new(java);
        command.args(["-Xmx256m", "-cp", "/usr/share/java/*", "org.apache.zookeeper.server.quorum.QuorumPeerMain"]);
        command.arg(folder.path().join("zoo.cfg")).stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
        let child = command.spawn().expect("it starts");
        let zookeeper = ZooKeeper { port, child, _folder: folder };
        let since = Instant::now();
        while !is_serving(port) {
            assert!(since.elapsed() < START_MAX, "ZooKeeper does not start");
            sleep(Duration::from_millis(50));
        }
        Some(zookeeper)
    }
}

/// Returns true if a keeper makes sessions. Its port is open before, and a ClickHouse that gets no session crashes.
fn is_serving(port: u16) -> bool {
    said(port, b"srvr").is_ok_and(|said| said.contains("Mode:"))
}

impl Drop for ZooKeeper {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
