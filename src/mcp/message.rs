//! One message of JSON-RPC from its bytes, or the error that answers bytes that are none.

use rmcp::model::{ClientJsonRpcMessage, ClientRequest, GetMeta as _, RequestMetaObject};
use serde::Serialize;
use serde_json::Value;

/// The codes of errors by JSON-RPC 2.0.
const PARSE_ERROR: i32 = -32700;
const INVALID_REQUEST: i32 = -32600;

/// The outcome of parsing a line.
pub(super) enum Parsed {
    Message(Box<ClientJsonRpcMessage>),
    /// The line is no message; this error answers it.
    Refused(String),
    /// The line needs no answer: a response, which nothing here asked for, or a notification that is none.
    Nothing,
}

/// Parses one line.
pub(super) fn parse(line: &[u8]) -> Parsed {
    let value: Value = match serde_json::from_slice(line) {
        Ok(value) => value,
        Err(error) => return refused(PARSE_ERROR, &format!("no JSON: {error}"), &Value::Null),
    };
    let Value::Object(object) = &value else {
        let message = if value.is_array() { "batches are not supported" } else { "a message is a JSON object" };
        return refused(INVALID_REQUEST, message, &Value::Null);
    };
    if !object.contains_key("method") && (object.contains_key("result") || object.contains_key("error")) {
        return Parsed::Nothing;
    }
    let is_notification = !object.contains_key("id");
    let id = object.get("id").filter(|id| id.is_string() || id.is_i64()).cloned().unwrap_or_default();
    if object.get("jsonrpc").and_then(Value::as_str) != Some("2.0") {
        return refused(INVALID_REQUEST, "`jsonrpc` must be \"2.0\"", &id);
    }
    match serde_json::from_value(value) {
        Ok(message) => Parsed::Message(Box::new(message)),
        Err(_) if is_notification => Parsed::Nothing,
        Err(error) => refused(INVALID_REQUEST, &format!("no request: {error}"), &id),
    }
}

/// Answers a line that is longer than `bytes_max`.
pub(super) fn too_long(bytes_max: usize) -> Parsed {
    refused(INVALID_REQUEST, &format!("the message is longer than {bytes_max} bytes"), &Value::Null)
}

/// Returns true if a request begins a session: by the handshake, or by what it says about itself.
pub(super) fn begins(request: &ClientRequest) -> bool {
    match request {
        ClientRequest::InitializeRequest(_) => true,
        ClientRequest::DiscoverRequest(_) => false,
        other => RequestMetaObject::protocol_version(other.get_meta()).is_some(),
    }
}

fn refused(code: i32, message: &str, id: &Value) -> Parsed {
    #[derive(Serialize)]
    struct Refusal<'a> {
        jsonrpc: &'static str,
        id: &'a Value,
        error: Fault<'a>,
    }
    #[derive(Serialize)]
    struct Fault<'a> {
        code: i32,
        message: &'a str,
    }
    let refusal = Refusal { jsonrpc: "2.0", id, error: Fault { code, message } };
    Parsed::Refused(faqt::json::to_string(&refusal).expect("it is maps with text keys"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn code(line: &str) -> Option<i64> {
        match parse(line.as_bytes()) {
            Parsed::Message(_) => Some(0),
            Parsed::Refused(reply) => {
                let reply: Value = serde_json::from_str(&reply).expect("it is JSON");
                reply["error"]["code"].as_i64()
            }
            Parsed::Nothing => None,
        }
    }

    #[test]
    fn lines_that_are_no_message_are_refused() {
        assert_eq!(code(r#"{"jsonrpc":"2.0","id":1,"method":"ping"}"#), Some(0));
        assert_eq!(code(r#"{"jsonrpc":"2.0","id":1,"method":"ping""#), Some(-32700));
        assert_eq!(code(&"[".repeat(100_000)), Some(-32700));
        assert_eq!(code("\u{feff}{}"), Some(-32700));
        assert_eq!(code("[]"), Some(-32600));
        assert_eq!(code("7"), Some(-32600));
        assert_eq!(code("{}"), Some(-32600));
        assert_eq!(code(r#"{"jsonrpc":"1.0","id":1,"method":"ping"}"#), Some(-32600));
        assert_eq!(code(r#"{"jsonrpc":"2.0","id":{},"method":"ping"}"#), Some(-32600));
        assert_eq!(code(r#"{"jsonrpc":"2.0","id":1,"method":7}"#), Some(-32600));
    }

    #[test]
    fn what_needs_no_answer_gets_none() {
        assert_eq!(code(r#"{"jsonrpc":"2.0","id":1,"result":{}}"#), None);
        assert_eq!(code(r#"{"jsonrpc":"2.0","method":7}"#), None);
    }
}
