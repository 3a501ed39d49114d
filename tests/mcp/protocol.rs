//! The protocol, line by line: what is no message, what is too long, and a client that gives up.

use std::fs;
use std::io::{BufRead, BufReader, Write};
use std::process::{Child, ChildStdin, Stdio};
use std::sync::mpsc::{Receiver, channel};
use std::thread;
use std::time::Duration;

use serde_json::{Value, json};

use super::example;
use crate::support::binary::{code, err, run, sinew};

/// A server with its two streams.
struct Server {
    child: Child,
    to: ChildStdin,
    from: Receiver<Value>,
}

impl Server {
    fn start(files: &[&str]) -> Self {
        let mut child = sinew(&[&["mcp"], files].concat())
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        let (to, out) = (child.stdin.take().unwrap(), child.stdout.take().unwrap());
        let (sender, from) = channel();
        thread::spawn(move || {
            for line in BufReader::new(out).lines().map_while(Result::ok) {
                let _ = sender.send(serde_json::from_str(&line).unwrap_or_else(|_| panic!("no JSON: {line}")));
            }
        });
        Self { child, to, from }
    }

    fn say(&mut self, message: &Value) {
        self.line(&message.to_string());
    }

    fn line(&mut self, text: &str) {
        writeln!(self.to, "{text}").unwrap();
        self.to.flush().unwrap();
    }

    fn hear(&self) -> Value {
        self.from.recv_timeout(Duration::from_secs(60)).expect("an answer in time")
    }

    fn begin(&mut self) -> Value {
        self.say(&json!({ "jsonrpc": "2.0", "id": 0, "method": "initialize", "params": {
            "protocolVersion": "2025-06-18", "capabilities": {}, "clientInfo": { "name": "test", "version": "1" } } }));
        let answer = self.hear();
        self.say(&json!({ "jsonrpc": "2.0", "method": "notifications/initialized" }));
        answer
    }

    fn call(&mut self, id: u64, tool: &str, arguments: &Value) {
        self.say(&json!({ "jsonrpc": "2.0", "id": id, "method": "tools/call", "params": { "name": tool, "arguments": arguments } }));
    }

    /// Closes its input; it must end by itself, without a failure.
    fn end(self) {
        let Self { mut child, to, .. } = self;
        drop(to);
        assert!(child.wait().unwrap().success());
    }
}

#[test]
fn what_is_no_message_is_answered_and_ends_nothing() {
    let path = example("tiny");
    let mut server = Server::start(&[path.to_str().unwrap()]);
    // Even before a client has begun.
    server.line("this is no JSON");
    assert_eq!(server.hear()["error"]["code"], -32700);
    let hello = server.begin();
    assert_eq!(hello["result"]["serverInfo"]["name"], "sinew", "{hello}");
    assert_eq!(hello["result"]["protocolVersion"], "2025-06-18");
    server.line("{ \"jsonrpc\": \"2.0\", ");
    assert_eq!(server.hear()["error"]["code"], -32700);
    server.line(&"[".repeat(100_000));
    assert_eq!(server.hear()["error"]["code"], -32700);
    server.line("{\"jsonrpc\":\"2.0\",\"id\":7,\"nothing\":true}");
    let answer = server.hear();
    assert_eq!((&answer["error"]["code"], &answer["id"]), (&json!(-32600), &json!(7)), "{answer}");
    server.line("");
    server.line("{\"jsonrpc\":\"2.0\",\"method\":\"textDocument/didOpen\"}");
    server.say(&json!({ "jsonrpc": "2.0", "id": 8, "method": "no/such/method" }));
    assert_eq!(server.hear()["error"]["code"], -32601);
    server.say(&json!({ "jsonrpc": "2.0", "id": 9, "method": "tools/call", "params": { "name": "check", "arguments": ["tiny"] } }));
    assert!(server.hear()["error"]["code"].is_number());
    server.say(
        &json!({ "jsonrpc": "2.0", "id": 10, "method": "resources/read", "params": { "uri": "file:///etc/passwd" } }),
    );
    assert!(server.hear()["error"]["message"].as_str().unwrap().contains("there is nothing at"));
    server.call(11, "stage", &json!({}));
    let answer = server.hear();
    assert_eq!((&answer["id"], &answer["result"]["isError"]), (&json!(11), &json!(false)), "{answer}");
    server.end();
}

#[test]
fn a_message_that_is_too_long_is_refused_and_the_next_is_answered() {
    let path = example("tiny");
    let mut server = Server::start(&[path.to_str().unwrap()]);
    server.begin();
    let long = "x".repeat(sinew::mcp::LONGEST_MESSAGE);
    server.call(1, "validate", &json!({ "text": long }));
    let answer = server.hear();
    assert_eq!((&answer["error"]["code"], &answer["id"]), (&json!(-32600), &Value::Null), "{answer}");
    assert!(answer["error"]["message"].as_str().unwrap().contains("bytes"), "{answer}");
    server.call(2, "stage", &json!({}));
    assert_eq!(server.hear()["id"], 2);
    server.end();
}

#[test]
fn a_request_that_is_cancelled_is_not_answered_and_those_behind_it_are() {
    let (busy, tiny) = (example("messy-45"), example("tiny"));
    let mut server = Server::start(&[busy.to_str().unwrap(), tiny.to_str().unwrap()]);
    server.begin();
    // Two are computed at a time, so that the last ones wait.
    for id in 1..=4 {
        server.call(id, "questions", &json!({ "stack": "messy-45" }));
    }
    for id in 1..=4 {
        server.say(&json!({ "jsonrpc": "2.0", "method": "notifications/cancelled", "params": { "requestId": id, "reason": "test" } }));
    }
    server.say(&json!({ "jsonrpc": "2.0", "id": 5, "method": "ping" }));
    let answer = server.hear();
    assert_eq!(answer["id"], 5, "a ping is answered at once: {answer}");
    drop(server.to);
    assert!(server.child.wait().unwrap().success(), "it ends although something is still computed");
    assert!(server.from.try_iter().all(|answer| answer["id"] == 5), "nothing cancelled is answered");
}

#[test]
fn a_thousand_calls_are_answered_each_once_and_the_same() {
    let folder = crate::support::binary::folder("mcp-thousand");
    let path = folder.join("small.yaml");
    fs::write(&path, "sinew: 1\nsystems: { a: { kind: crm, makes: [o] }, b: { kind: cms } }\ndata: { o: }\nflows: [{ from: a, to: b, data: o, mechanism: rekeying, runs: 1/week, minutes: 5 }]\n").unwrap();
    let mut server = Server::start(&[path.to_str().unwrap()]);
    server.begin();
    let tools = ["list_stacks", "handoffs", "outage", "stage", "find"];
    let mut answers: Vec<Option<Value>> = vec![None; 1_000];
    for batch in 0..10 {
        for at in 0..100 {
            server.call(batch * 100 + at, tools[at as usize % tools.len()], &json!({}));
        }
        for _ in 0..100 {
            let answer = server.hear();
            let at = answer["id"].as_u64().unwrap() as usize;
            assert!(answers[at].replace(answer["result"].clone()).is_none(), "{at} is answered twice");
        }
    }
    for (at, answer) in answers.iter().enumerate() {
        let answer = answer.as_ref().unwrap();
        assert_eq!(answer["isError"], false);
        assert_eq!(Some(answer), answers[at % tools.len()].as_ref(), "the same call has the same answer");
    }
    server.end();
}

#[test]
fn only_files_that_are_there_are_served() {
    let output = run(&["mcp", "no-such-file.yaml", "-"]);
    assert_eq!(code(&output), 2);
    assert!(err(&output).contains("no-such-file.yaml") && err(&output).contains("standard input is for the client"));
    Server::start(&[]).end();
}

#[test]
fn a_request_that_comes_too_early_or_asks_for_nothing_is_told_what_to_send() {
    let path = example("tiny");
    let mut server = Server::start(&[path.to_str().unwrap()]);
    server.say(&json!({ "jsonrpc": "2.0", "id": 1, "method": "tools/list" }));
    assert_eq!(server.hear()["error"]["message"], "begin with `initialize`");
    server.begin();
    for (id, method, params, code, words) in [
        (2, "nope", json!({}), -32601, "there is no method `nope`; there are `initialize`"),
        (3, "tools/call", json!({}), -32602, "`tools/call` needs `params` with a `name`, a text"),
        (4, "tools/call", json!({ "name": "plan", "arguments": "x" }), -32602, "`arguments` is an object with keys"),
        (5, "resources/read", json!([]), -32602, "`resources/read` needs `params` with a `uri`, a text"),
    ] {
        server.say(&json!({ "jsonrpc": "2.0", "id": id, "method": method, "params": params }));
        let answer = server.hear();
        assert_eq!((&answer["id"], &answer["error"]["code"]), (&json!(id), &json!(code)), "{answer}");
        assert!(answer["error"]["message"].as_str().unwrap().starts_with(words), "{answer}");
    }
    server.end();
}
