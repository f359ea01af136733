//! `faqt serve`: a page for readers, and its JSON service.

use std::io::{self, Write as _};
use std::net::{SocketAddr, TcpListener};
use std::sync::Arc;
use std::time::Duration;

use anyhow::anyhow;
use faqt::render::sanitise;

use crate::cli::arguments::Global;
use crate::cli::arguments::faces::Serve;
use crate::cli::exit::Exit;
use crate::cli::failure::Failure;
use crate::open;
use crate::open::reopened::Reopened;
use crate::serve::{self, App, Served};
use crate::{log, stopped};

/// The interval at which watched files are looked at, so that no reader waits for a folder to be indexed.
const LOOK_EVERY: Duration = Duration::from_millis(300);

pub(super) fn run(arguments: &Serve, global: &Global) -> Result<Exit, Failure> {
    let kbs = Arc::new(if arguments.watch {
        Served::Watched(Reopened::open(&global.kb, global.model())?)
    } else {
        Served::Fixed(Arc::new(open::open_kept(&global.kb, global.model())?))
    });
    let listener = listen(&arguments.listen)?;
    let address = listener.local_addr()?;
    let threads = std::thread::available_parallelism().map_or(2, usize::from);
    let app = App::new(Arc::clone(&kbs), log::place(global.log.as_deref())?, threads);
    let app = app.with_hosts(arguments.hosts.clone(), arguments.access_log);
    if arguments.watch {
        watch(&kbs);
    }
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .worker_threads(threads.min(4))
        .max_blocking_threads(threads + 2)
        .enable_all()
        .build()?;
    runtime.block_on(async {
        let stopped = stopped::stopped()?;
        say(&kbs, address, arguments.open)?;
        serve::serve(app, listener, stopped).await
    })?;
    // A question that is still being asked would keep the program.
    runtime.shutdown_background();
    Ok(Exit::Success)
}

/// Listens on the first address that is free.
fn listen(named: &str) -> Result<TcpListener, Failure> {
    TcpListener::bind(named).inspect(queue_more).map_err(|error| {
        let hint = match error.kind() {
            io::ErrorKind::AddrInUse => "another program listens there; name another port, or 0 for a free one",
            io::ErrorKind::PermissionDenied => "name a port from 1024 on, such as --listen 127.0.0.1:8080",
            io::ErrorKind::AddrNotAvailable => "name an address of this machine, such as 127.0.0.1:8080",
            _ => "name an address and a port, such as --listen 127.0.0.1:8080",
        };
        Failure::from(anyhow!("cannot listen on {named}: {error}")).with_hint(hint)
    })
}

/// Lets more connections wait to be accepted than the 128 of the standard library: one beyond them tries again after a second.
fn queue_more(listener: &TcpListener) {
    #[cfg(unix)]
    // As many as are kept open at once. What is not granted changes nothing.
    let _ = rustix::net::listen(listener, 512);
    #[cfg(not(unix))]
    let _ = listener;
}

/// Opens changed files again, now and then. Errors go to the error stream.
fn watch(kbs: &Arc<Served>) {
    let kbs = Arc::clone(kbs);
    std::thread::spawn(move || {
        loop {
            std::thread::sleep(LOOK_EVERY);
            kbs.look();
        }
    });
}

/// Writes the address to the output stream, and opens it in a browser if that is asked for.
fn say(kbs: &Served, address: SocketAddr, is_opened: bool) -> io::Result<()> {
    let manifest = kbs.current().manifest();
    let mut shown = address;
    if address.ip().is_unspecified() {
        shown.set_ip(match address {
            SocketAddr::V4(_) => std::net::Ipv4Addr::LOCALHOST.into(),
            SocketAddr::V6(_) => std::net::Ipv6Addr::LOCALHOST.into(),
        });
    }
    let shown = format!("http://{shown}/");
    writeln!(io::stdout(), "{shown}")?;
    let count = manifest.entries;
    writeln!(io::stderr(), "serving {} ({count} entries); end with Ctrl-C", sanitise(&manifest.name))?;
    if is_opened && let Err(error) = ::open::that_detached(&shown) {
        log::warn(&format!("no browser could be opened: {error}"));
    }
    Ok(())
}
