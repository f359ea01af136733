//! Servers of databases from the packages that are installed, on loopback ports of their own, in temporary folders.

use std::fs;
use std::io::{self, Read, Write};
use std::net::TcpStream;
use std::os::unix::fs::{MetadataExt, chown};
use std::os::unix::process::CommandExt;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::thread::sleep;
use std::time::{Duration, Instant};

use faqt_cluster::Address;
use tempfile::TempDir;

use crate::programs::{folder, free_port, in_python_package, installed, python};
use crate::tls::write_certificates;

/// The longest that a server which starts is waited for at a time.
const ANSWER_MAX: Duration = Duration::from_secs(2);
/// A password with the characters that have a meaning in a URL and in SQL.
pub(crate) const PASSWORD: &str = "p'a/s@s:w%o\\rd";
const PASSWORD_IN_URL: &str = "p%27a%2Fs%40s%3Aw%25o%5Crd";
const START_MAX: Duration = Duration::from_mins(1);

/// A server that is ended when this is dropped.
pub(crate) struct Server {
    engine: Engine,
    pub(crate) port: u16,
    /// True if its port takes TLS.
    takes_tls: bool,
    folder: TempDir,
    /// Settings of PostgreSQL.
    settings: Vec<String>,
    child: Option<Child>,
}

#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Engine {
    ClickHouse,
    /// The ClickHouse of this year, in a Python process (`chdb_server.py`).
    Chdb,
    Postgres,
    /// An imitation of Elasticsearch, the package `noida-db` of Python.
    Noida,
    /// An imitation of OpenSearch, the package `osmem-server` of Python.
    Osmem,
}

impl Server {
    /// Starts a server. Returns none, and prints the reason, if it is not installed.
    pub(crate) fn start(engine: Engine) -> Option<Server> {
        let mut server = Server::installed(engine)?;
        match engine {
            Engine::ClickHouse => server.write_config(&Ports::of(server.port), ""),
            Engine::Postgres => server.init_db(),
            Engine::Chdb | Engine::Noida | Engine::Osmem => {}
        }
        server.run();
        Some(server)
    }

    /// Starts a server whose port takes TLS, with its certificates in its folder. Returns none, and prints the reason, if it or
    /// `openssl` is not installed.
    pub(crate) fn start_with_tls(engine: Engine) -> Option<Server> {
        let mut server = Server::installed(engine)?;
        if !write_certificates(server.folder()) {
            eprintln!("left out: openssl is not installed");
            return None;
        }
        server.takes_tls = true;
        let [certificate, key] =
            ["server.pem", "server.key"].map(|file| server.folder().join(file).display().to_string());
        if engine == Engine::Postgres {
            server.init_db();
            give_to_postgres(Path::new(&key));
            let settings = ["ssl=on".to_owned(), format!("ssl_cert_file={certificate}"), format!("ssl_key_file={key}")];
            server.settings.extend(settings);
        } else {
            let secure = format!(
                "<https_port>{}</https_port><openSSL><server><certificateFile>{certificate}</certificateFile>\
                 <privateKeyFile>{key}</privateKeyFile><verificationMode>none</verificationMode>\
                 <loadDefaultCAFile>false</loadDefaultCAFile></server></openSSL>",
                server.port
            );
            server.write_config(&Ports::free(), &secure);
        }
        server.run();
        Some(server)
    }

    /// Returns a server that is not configured, if its program is installed.
    fn installed(engine: Engine) -> Option<Server> {
        let program = match engine {
            Engine::ClickHouse => installed("clickhouse-server"),
            Engine::Chdb => python_with_chdb(),
            Engine::Postgres => installed("postgres").and(installed("initdb")),
            Engine::Noida => in_python_package("noida_db", "noida-db"),
            Engine::Osmem => in_python_package("osmem_server", "bin/osmem-server"),
        };
        if program.is_none() {
            eprintln!("left out: {} is not installed", engine.package());
            return None;
        }
        Some(Server {
            engine,
            port: free_port(),
            takes_tls: false,
            folder: folder(),
            settings: Vec::new(),
            child: None,
        })
    }

    pub(crate) fn folder(&self) -> &Path {
        self.folder.path()
    }

    /// Starts a server of ClickHouse with more configuration.
    pub(crate) fn configured(ports: &Ports, configuration: &str) -> Server {
        let mut server = Server {
            engine: Engine::ClickHouse,
            port: ports.http,
            takes_tls: false,
            folder: folder(),
            settings: Vec::new(),
            child: None,
        };
        server.write_config(ports, configuration);
        server.run();
        server
    }

    pub(crate) fn url(&self, options: &str) -> String {
        if matches!(self.engine, Engine::Noida | Engine::Osmem) {
            return format!("elasticsearch://127.0.0.1:{}/?timeout=20&replicas=0&primaries=2&{options}", self.port);
        }
        let (scheme, user, database) = match self.engine {
            Engine::ClickHouse | Engine::Chdb => ("clickhouse", "asker", "default"),
            _ => ("postgres", "postgres", "postgres"),
        };
        format!("{scheme}://{user}:{PASSWORD_IN_URL}@127.0.0.1:{}/{database}?timeout=20&{options}", self.port)
    }

    pub(crate) fn address(&self, options: &str) -> Address {
        self.url(options).parse().expect("a URL")
    }

    /// Asks the server itself, and returns the last line of its answer.
    pub(crate) fn query(&self, sql: &str) -> String {
        if self.engine == Engine::Postgres {
            return self.query_by_psql(sql);
        }
        let mut stream = TcpStream::connect(("127.0.0.1", self.port)).expect("it is there");
        stream.set_read_timeout(Some(START_MAX)).expect("a time");
        let head = format!("X-ClickHouse-User: asker\r\nX-ClickHouse-Key: {PASSWORD}\r\nContent-Length: {}", sql.len());
        write!(stream, "POST / HTTP/1.0\r\n{head}\r\n\r\n{sql}").expect("it is sent");
        let mut answer = String::new();
        stream.read_to_string(&mut answer).expect("it answers");
        answer.lines().last().unwrap_or_default().to_owned()
    }

    fn query_by_psql(&self, sql: &str) -> String {
        let mut command = Command::new(installed("psql").expect("it is installed"));
        command.args(["-h", "127.0.0.1", "-U", "postgres", "-tAqc", sql, "-p"]).arg(self.port.to_string());
        let output = command.env("PGPASSWORD", PASSWORD).output().expect("it starts");
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
        String::from_utf8_lossy(&output.stdout).lines().last().unwrap_or_default().to_owned()
    }

    /// Returns the names of all tables, in ascending order.
    pub(crate) fn tables(&self) -> Vec<String> {
        let names = self.query(match self.engine {
            Engine::Postgres => "select string_agg(tablename, ' ') from pg_tables where schemaname = 'public'",
            _ => "select arrayStringConcat(groupArray(name), ' ') from system.tables where database = 'default'",
        });
        let mut names: Vec<String> = names.split_whitespace().map(str::to_owned).collect();
        names.sort();
        names
    }

    /// Starts the server again with the same data.
    pub(crate) fn run(&mut self) {
        let mut command = match self.engine {
            Engine::ClickHouse => {
                let mut command = Command::new(installed("clickhouse-server").expect("it is installed"));
                command.arg(format!("--config-file={}", self.folder.path().join("config.xml").display()));
                command
            }
            Engine::Chdb => {
                let mut command = Command::new(python_with_chdb().expect("it is installed"));
                command.arg(Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/database/chdb_server.py"));
                command.arg(self.port.to_string()).arg(self.folder.path());
                command
            }
            Engine::Postgres => {
                let mut command = as_owner(&installed("postgres").expect("it is installed"), self.folder.path());
                command.arg("-D").arg(self.folder.path().join("data"));
                command.arg("-k").arg(self.folder.path()).args(["-h", "127.0.0.1", "-p"]).arg(self.port.to_string());
                command.args(["-c", "fsync=off"]).args(self.settings.iter().flat_map(|setting| ["-c", setting]));
                command
            }
            Engine::Noida => {
                let mut command = Command::new(in_python_package("noida_db", "noida-db").expect("it is installed"));
                command.args(["start", "--only", "elasticsearch", "--elasticsearch-port"]).arg(self.port.to_string());
                command.arg("--data-dir").arg(self.folder.path().join("data"));
                command
            }
            Engine::Osmem => {
                let program = in_python_package("osmem_server", "bin/osmem-server").expect("it is installed");
                let mut command = Command::new(program);
                command.arg("-no-stdin-watch").arg("-addr").arg(format!("127.0.0.1:{}", self.port));
                command
            }
        };
        let log = fs::File::create(self.folder.path().join("output")).expect("a file");
        command.current_dir(self.folder.path()).stdin(Stdio::null()).stdout(log.try_clone().unwrap()).stderr(log);
        self.child = Some(command.spawn().expect("it starts"));
        let since = Instant::now();
        while !self.is_up() {
            assert!(since.elapsed() < START_MAX, "{} does not start: {}", self.engine.package(), self.output());
            sleep(Duration::from_millis(50));
        }
    }

    /// Returns true if the server answers. A port that is open does not tell: servers listen before they answer.
    fn is_up(&self) -> bool {
        if self.engine == Engine::Postgres {
            return self.output().contains("ready to accept connections");
        }
        if self.takes_tls {
            return TcpStream::connect(("127.0.0.1", self.port)).is_ok();
        }
        said(self.port, b"GET / HTTP/1.0\r\n\r\n").is_ok_and(|said| said.starts_with("HTTP/"))
    }

    /// Ends the server and keeps its data.
    pub(crate) fn stop(&mut self) {
        if let Some(mut child) = self.child.take() {
            let _ = Command::new("kill").arg("-QUIT").arg(child.id().to_string()).status();
            if self.engine != Engine::Postgres {
                let _ = child.kill();
            }
            let _ = child.wait();
        }
    }

    fn output(&self) -> String {
        fs::read_to_string(self.folder.path().join("output")).unwrap_or_default()
    }

    fn write_config(&self, ports: &Ports, more: &str) {
        let path = self.folder.path().display();
        let Ports { http, tcp, interserver } = ports;
        let config = format!(
            "<yandex><logger><level>warning</level><log>{path}/log</log><errorlog>{path}/errors</errorlog></logger>\
             <listen_host>127.0.0.1</listen_host><http_port>{http}</http_port><tcp_port>{tcp}</tcp_port>\
             <interserver_http_port>{interserver}</interserver_http_port><interserver_http_host>127.0.0.1</interserver_http_host>\
             <path>{path}/data/</path><tmp_path>{path}/tmp/</tmp_path><users_config>{path}/users.xml</users_config>\
             <default_profile>default</default_profile><default_database>default</default_database>\
             <mark_cache_size>67108864</mark_cache_size>{more}</yandex>"
        );
        let users = format!(
            "<yandex><profiles><default/></profiles><users><asker><password>{PASSWORD}</password>\
             <networks><ip>127.0.0.1</ip></networks><profile>default</profile><quota>default</quota></asker></users>\
             <quotas><default/></quotas></yandex>"
        );
        fs::write(self.folder.path().join("config.xml"), config).expect("it is written");
        fs::write(self.folder.path().join("users.xml"), users).expect("it is written");
    }

    fn init_db(&self) {
        let folder = self.folder.path();
        let password = folder.join("password");
        fs::write(&password, PASSWORD).expect("it is written");
        give_to_postgres(folder);
        give_to_postgres(&password);
        let mut command = as_owner(&installed("initdb").expect("it is installed"), folder);
        command.arg("-D").arg(folder.join("data")).args(["--no-sync", "-U", "postgres", "-A", "scram-sha-256"]);
        let output = command.arg("--pwfile").arg(&password).current_dir(folder).output().expect("it starts");
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    }
}

/// Returns the beginning of what a server of this machine says to `question`. One that ends meanwhile may leave a
/// connection that says nothing for ever.
pub(crate) fn said(port: u16, question: &[u8]) -> io::Result<String> {
    let mut server = TcpStream::connect(("127.0.0.1", port))?;
    server.set_read_timeout(Some(ANSWER_MAX))?;
    server.write_all(question)?;
    let mut said = Vec::new();
    // An answer counts, even if the server keeps the connection.
    let _ = server.take(4_096).read_to_end(&mut said);
    Ok(String::from_utf8_lossy(&said).into_owned())
}

/// The ports of a server of ClickHouse.
pub(crate) struct Ports {
    pub(crate) http: u16,
    pub(crate) tcp: u16,
    pub(crate) interserver: u16,
}

impl Ports {
    pub(crate) fn free() -> Ports {
        Ports::of(free_port())
    }

    fn of(http: u16) -> Ports {
        Ports { http, tcp: free_port(), interserver: free_port() }
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        self.stop();
    }
}

impl Engine {
    fn package(self) -> &'static str {
        match self {
            Engine::ClickHouse => "clickhouse-server",
            Engine::Chdb => "chdb (a package of Python, for the interpreter that FAQT_SERVERS_PYTHON names)",
            Engine::Postgres => "postgresql",
            Engine::Noida => "noida-db (a package of Python, as chdb)",
            Engine::Osmem => "osmem-server (a package of Python, as chdb)",
        }
    }
}

/// Returns the interpreter, if it has the package `chdb`.
fn python_with_chdb() -> Option<PathBuf> {
    let python = python()?;
    let mut command = Command::new(&python);
    let found = command.args(["-c", "import importlib.util as u, sys; sys.exit(u.find_spec('chdb') is None)"]).status();
    found.is_ok_and(|status| status.success()).then_some(python)
}

/// Returns the ids of the user `postgres`, if this process is root.
fn postgres_user() -> Option<(u32, u32)> {
    if fs::metadata("/proc/self").ok()?.uid() != 0 {
        return None;
    }
    let users = fs::read_to_string("/etc/passwd").ok()?;
    let fields: Vec<&str> = users.lines().find(|line| line.starts_with("postgres:"))?.split(':').collect();
    Some((fields.get(2)?.parse().ok()?, fields.get(3)?.parse().ok()?))
}

/// Makes the user `postgres` the owner of a file or folder, if this process is root, as which PostgreSQL refuses to run.
fn give_to_postgres(path: &Path) {
    if let Some((user, group)) = postgres_user() {
        chown(path, Some(user), Some(group)).expect("it is given away");
    }
}

fn as_owner(program: &Path, folder: &Path) -> Command {
    let mut command = Command::new(program);
    let owner = fs::metadata(folder).expect("it is there");
    if postgres_user().is_some() {
        command.uid(owner.uid()).gid(owner.gid());
    }
    command
}
