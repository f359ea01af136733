//! A client of `faqt mcp` over pipes, in either revision of the protocol.

#![allow(dead_code, reason = "each test file uses its part")]

use std::io::{BufRead as _, BufReader, Write as _};
use std::process::{Child, ChildStdin, ChildStdout, Command, ExitStatus, Stdio};

use serde_json::{Value, json};

/// A revision of the protocol.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Revision {
    /// 2025-11-25: a session begins with a handshake.
    Handshake,
    /// 2026-07-28: each request says who asks.
    Inline,
}

/// A running server, which is killed when it is dropped.
pub(crate) struct Session {
    child: Child,
    input: Option<ChildStdin>,
    output: BufReader<ChildStdout>,
    revision: Revision,
    id: u64,
}

impl Session {
    /// Starts a server that nobody has written to.
    pub(crate) fn start(mut command: Command) -> Session {
        let mut child =
            command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().expect("it starts");
        let (input, output) = (child.stdin.take(), child.stdout.take().expect("it is piped"));
        Session { child, input, output: BufReader::new(output), revision: Revision::Handshake, id: 0 }
    }

    /// Starts a server and begins a session.
    pub(crate) fn open(command: Command, revision: Revision) -> Session {
        let mut session = Session::start(command);
        session.revision = revision;
        if revision == Revision::Handshake {
            session.initialize("2025-11-25");
        }
        session
    }

    /// Begins a session by the handshake, asking for `version`; returns the result.
    pub(crate) fn initialize(&mut self, version: &str) -> Value {
        let client = json!({ "name": "test", "version": "1" });
        let parameters = json!({ "protocolVersion": version, "capabilities": {}, "clientInfo": client });
        let begun = self.request("initialize", parameters);
        self.write(&json!({ "jsonrpc": "2.0", "method": "notifications/initialized" }).to_string());
        begun["result"].clone()
    }

    /// Sends a request and returns its response, which must be the next line.
    #[track_caller]
    pub(crate) fn request(&mut self, method: &str, parameters: Value) -> Value {
        let id = self.send(method, parameters);
        let response = self.read();
        assert_eq!(response["id"], id, "{response}");
        response
    }

    /// Sends a request and returns its id.
    pub(crate) fn send(&mut self, method: &str, mut parameters: Value) -> u64 {
        self.id += 1;
        if self.revision == Revision::Inline {
            parameters["_meta"] = meta("2026-07-28");
        }
        let request = json!({ "jsonrpc": "2.0", "id": self.id, "method": method, "params": parameters });
        self.write(&request.to_string());
        self.id
    }

    /// Calls a tool and returns its result.
    #[track_caller]
    pub(crate) fn call(&mut self, tool: &str, arguments: Value) -> Value {
        let mut parameters = json!({ "name": tool });
        parameters["arguments"] = arguments;
        let response = self.request("tools/call", parameters);
        assert!(response["error"].is_null(), "{response}");
        response["result"].clone()
    }

    /// Calls a tool, which must succeed, and returns its structured content.
    #[track_caller]
    pub(crate) fn data(&mut self, tool: &str, arguments: Value) -> Value {
        let result = self.call(tool, arguments);
        assert_ne!(result["isError"], true, "{result}");
        result["structuredContent"].clone()
    }

    /// Writes a line. A server that has ended is no error.
    pub(crate) fn write(&mut self, line: &str) {
        self.write_bytes(line.as_bytes());
        self.write_bytes(b"\n");
    }

    /// Writes bytes. A server that has ended is no error.
    pub(crate) fn write_bytes(&mut self, bytes: &[u8]) {
        let input = self.input.as_mut().expect("the input is open");
        let _ = input.write_all(bytes).and_then(|()| input.flush());
    }

    /// Reads the next message.
    #[track_caller]
    pub(crate) fn read(&mut self) -> Value {
        let mut line = String::new();
        self.output.read_line(&mut line).expect("the output is UTF-8");
        serde_json::from_str(&line).unwrap_or_else(|error| panic!("{error}: {line:?}"))
    }

    /// Returns the input, for a thread that writes alone.
    pub(crate) fn take_input(&mut self) -> ChildStdin {
        self.input.take().expect("the input is open")
    }

    /// Returns the id of the process.
    pub(crate) fn process(&self) -> u32 {
        self.child.id()
    }

    /// Ends the input.
    pub(crate) fn close(&mut self) {
        self.input = None;
    }

    /// Ends the input and returns how the program ended, and what it wrote meanwhile, each stream as text.
    pub(crate) fn end(mut self) -> (ExitStatus, String, String) {
        self.close();
        self.wait()
    }

    /// Waits for the end of the program.
    pub(crate) fn wait(mut self) -> (ExitStatus, String, String) {
        let mut rest = String::new();
        std::io::Read::read_to_string(&mut self.output, &mut rest).expect("the output is UTF-8");
        let mut errors = String::new();
        let stream = self.child.stderr.as_mut().expect("it is piped");
        std::io::Read::read_to_string(stream, &mut errors).expect("the errors are UTF-8");
        (self.child.wait().expect("it ends"), rest, errors)
    }
}

impl Drop for Session {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// Returns what a request says of its client in the revision without a handshake.
pub(crate) fn meta(version: &str) -> Value {
    json!({
        "io.modelcontextprotocol/protocolVersion": version,
        "io.modelcontextprotocol/clientInfo": { "name": "test", "version": "1" },
        "io.modelcontextprotocol/clientCapabilities": {},
    })
}
