//! Any bytes as the input of `faqt mcp`: the output is messages of JSON-RPC, and the session ends with the input.
//!
//! The command line is no library, so its sources are compiled here, which `.ci/run` checks. `tests/mcp_hostile.rs` runs the
//! program over the seeds.

#![no_main]
#![allow(dead_code, reason = "the command line uses the rest")]

#[path = "../../src/mcp/mod.rs"]
mod mcp;
#[path = "../../src/open"]
mod open {
    pub(crate) mod asked;
    pub(crate) mod no_such;
}
#[path = "../../src/output"]
mod output {
    mod editions;
    mod index;
    mod lines;
    pub(crate) mod markdown;
}

use std::io::{self, Cursor, Write};
use std::sync::{Arc, LazyLock, Mutex};

use faqt::KnowledgeBase;
use faqt::build::Builder;
use open::asked::Asked;

static ASKED: LazyLock<Arc<Asked>> = LazyLock::new(|| {
    let built = Builder::new(concat!(env!("CARGO_MANIFEST_DIR"), "/../content")).findability(false).build();
    Arc::new(Asked::One(KnowledgeBase::from_vec(built.expect("it is sound").pack).expect("it was built")))
});

struct Static;

impl mcp::Source for Static {
    fn current(&self) -> Arc<Asked> {
        Arc::clone(&ASKED)
    }
}

/// The output of a session, which this and the thread that writes share.
#[derive(Clone, Default)]
struct Shared(Arc<Mutex<Vec<u8>>>);

impl Write for Shared {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.lock().expect("nothing panics").write(bytes)
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    let output = Shared::default();
    let runtime = tokio::runtime::Builder::new_current_thread().enable_time().build().expect("there is a runtime");
    // A session that cannot begin is an error, and no defect.
    let _ = runtime.block_on(mcp::serve(Static, Cursor::new(bytes.to_vec()), output.clone()));
    let output = output.0.lock().expect("nothing panics").clone();
    for line in output.split(|byte| *byte == b'\n').filter(|line| !line.is_empty()) {
        let message: serde_json::Value = serde_json::from_slice(line).expect("each line is a message");
        assert_eq!(message["jsonrpc"], "2.0");
    }
});
