//! Connections: accepted, limited in number, closed when they are slow, and ended with the program.
//!
//! Anyone can open connections and send nothing. So when there is no room for another, the one that has sent nothing for
//! the longest is closed, and readers are served while strangers hold what they can.

use std::collections::HashMap;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use axum::Router;
use hyper::body::{Body as _, Incoming};
use hyper::server::conn::http1;
use hyper::service::{Service as _, service_fn};
use hyper_util::rt::{TokioIo, TokioTimer};
use hyper_util::server::graceful::GracefulShutdown;
use hyper_util::service::TowerToHyperService;
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::Notify;

/// The most connections at once; systems give a program 1,024 open files or more.
const CONNECTIONS_MAX: usize = 512;
/// The time in which the head of a request has to arrive, and in which the next has to follow.
const HEAD_TIME_MAX: Duration = Duration::from_secs(10);
/// The most bytes of the head of a request.
const HEAD_BYTES_MAX: usize = 32 << 10;
/// The time that open requests have when the program ends.
const ENDING: Duration = Duration::from_secs(3);
/// The pause before another try to accept, when the system has no room.
const PAUSE: Duration = Duration::from_millis(20);

/// A connection.
#[derive(Default)]
struct Slot {
    /// True while a request is answered.
    is_busy: AtomicBool,
    /// The number of the last event on any connection that happened on this one.
    last_event: AtomicU64,
    closed: Notify,
}

/// The open connections by number.
#[derive(Default)]
struct Slots {
    events: AtomicU64,
    open: Mutex<HashMap<u64, Arc<Slot>>>,
}

impl Slots {
    fn all(&self) -> MutexGuard<'_, HashMap<u64, Arc<Slot>>> {
        self.open.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn touch(&self, slot: &Slot, is_busy: bool) -> u64 {
        let event = self.events.fetch_add(1, Ordering::Relaxed);
        slot.last_event.store(event, Ordering::Relaxed);
        slot.is_busy.store(is_busy, Ordering::Relaxed);
        event
    }

    /// Takes a place for a connection, that of the longest silent one if all are taken. Returns nothing if every connection
    /// has a request that is answered.
    fn take(&self) -> Option<(u64, Arc<Slot>)> {
        if self.all().len() >= CONNECTIONS_MAX && !self.close_silent() {
            return None;
        }
        let slot = Arc::new(Slot::default());
        let number = self.touch(&slot, false);
        self.all().insert(number, Arc::clone(&slot));
        Some((number, slot))
    }

    /// Closes the connection that has been silent for the longest time.
    fn close_silent(&self) -> bool {
        let mut open = self.all();
        let silent = open.iter().filter(|(_, slot)| !slot.is_busy.load(Ordering::Relaxed));
        let Some((&number, _)) = silent.min_by_key(|(_, slot)| slot.last_event.load(Ordering::Relaxed)) else {
            return false;
        };
        open.remove(&number).is_some_and(|slot| {
            slot.closed.notify_one();
            true
        })
    }
}

/// Accepts connections until `stopped` completes, then waits a little for open requests.
pub(super) async fn accept(listener: &TcpListener, routes: Router, stopped: impl Future<Output = ()>) {
    let (slots, graceful) = (Arc::new(Slots::default()), GracefulShutdown::new());
    let mut stopped = std::pin::pin!(stopped);
    loop {
        let accepted = tokio::select! {
            accepted = listener.accept() => accepted,
            () = &mut stopped => break,
        };
        match accepted {
            Ok((stream, _)) => open(stream, &slots, &graceful, &routes),
            Err(_) => {
                // There is no room for another open file, or the other side is gone.
                slots.close_silent();
                tokio::time::sleep(PAUSE).await;
            }
        }
    }
    let _ = tokio::time::timeout(ENDING, graceful.shutdown()).await;
}

fn open(stream: TcpStream, slots: &Arc<Slots>, graceful: &GracefulShutdown, routes: &Router) {
    let Some((number, slot)) = slots.take() else {
        // The answer fits into the buffer of a new connection.
        let _ = stream.try_write(
            b"HTTP/1.1 503 Service Unavailable\r\nRetry-After: 1\r\nContent-Length: 0\r\nConnection: close\r\n\r\n",
        );
        return;
    };
    let _ = stream.set_nodelay(true);
    let routes = TowerToHyperService::new(routes.clone());
    let (touched, own) = (Arc::clone(slots), Arc::clone(&slot));
    let service = service_fn(move |request: hyper::Request<Incoming>| {
        let (slots, slot) = (Arc::clone(&touched), Arc::clone(&own));
        // A body that is still to come may be slow.
        slots.touch(&slot, request.body().is_end_stream());
        let answer = routes.call(request);
        async move {
            let answer = answer.await;
            slots.touch(&slot, false);
            answer
        }
    });
    let connection = http1::Builder::new()
        .timer(TokioTimer::new())
        .header_read_timeout(HEAD_TIME_MAX)
        .max_buf_size(HEAD_BYTES_MAX)
        .serve_connection(TokioIo::new(stream), service);
    let connection = graceful.watch(connection);
    let slots = Arc::clone(slots);
    tokio::spawn(async move {
        tokio::select! {
            // An error of a connection is that of its other side.
            _ = connection => {}
            () = slot.closed.notified() => {}
        }
        slots.all().remove(&number);
    });
}
