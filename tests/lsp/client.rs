//! A client that says just what a test wants said.

use std::io::{BufRead, BufReader, Read, Write};
use std::process::{Child, ChildStdin, Command, ExitStatus, Stdio};
use std::sync::mpsc::{Receiver, RecvTimeoutError, channel};
use std::time::{Duration, Instant};

use serde_json::{Value, json};

/// As long as any answer may take on a machine that is busy.
const LONG: Duration = Duration::from_secs(60);

pub(super) struct Client {
    child: Child,
    input: Option<ChildStdin>,
    messages: Receiver<Value>,
    /// Notifications that came while something else was waited for.
    told: Vec<Value>,
    next: i64,
}

#[expect(clippy::needless_pass_by_value, reason = "a test states the parameters where it asks")]
impl Client {
    /// The program, before anything was said.
    pub(super) fn silent() -> Self {
        let mut child = Command::new(env!("CARGO_BIN_EXE_sinew"))
            .args(["lsp", "--stdio"])
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        let mut output = BufReader::new(child.stdout.take().unwrap());
        let (send, messages) = channel();
        std::thread::spawn(move || {
            loop {
                let mut length = None;
                loop {
                    let mut line = String::new();
                    if output.read_line(&mut line).unwrap_or(0) == 0 {
                        return;
                    }
                    match line.trim().split_once(": ") {
                        Some((_, number)) => length = number.parse::<usize>().ok(),
                        None => break,
                    }
                }
                let mut body = vec![0; length.expect("every answer says its length")];
                if output.read_exact(&mut body).is_err() {
                    return;
                }
                if send.send(serde_json::from_slice(&body).expect("every answer is JSON")).is_err() {
                    return;
                }
            }
        });
        let input = child.stdin.take();
        Self { child, input, messages, told: Vec::new(), next: 0 }
    }

    /// The program after the greeting, with these capabilities of the client.
    pub(super) fn with(capabilities: Value) -> Self {
        let mut client = Self::silent();
        let hello =
            client.ask("initialize", json!({ "processId": null, "rootUri": null, "capabilities": capabilities }));
        let _: lsp_types::InitializeResult = serde_json::from_value(hello).expect("a greeting of the protocol");
        client.tell("initialized", json!({}));
        client
    }

    pub(super) fn new() -> Self {
        Self::with(json!({}))
    }

    pub(super) fn raw(&mut self, bytes: &[u8]) {
        let input = self.input.as_mut().unwrap();
        // Whoever has gone reads no more.
        let _ = input.write_all(bytes).and_then(|()| input.flush());
    }

    pub(super) fn send(&mut self, message: &Value) {
        let body = message.to_string();
        self.raw(format!("Content-Length: {}\r\n\r\n{body}", body.len()).as_bytes());
    }

    pub(super) fn tell(&mut self, method: &str, params: Value) {
        self.send(&json!({ "jsonrpc": "2.0", "method": method, "params": params }));
    }

    /// Sends a request; its number.
    pub(super) fn request(&mut self, method: &str, params: Value) -> i64 {
        self.next += 1;
        self.send(&json!({ "jsonrpc": "2.0", "id": self.next, "method": method, "params": params }));
        self.next
    }

    /// The whole answer to the request of this number.
    pub(super) fn answer(&mut self, id: i64) -> Value {
        self.wait(|message| message["id"] == id)
    }

    pub(super) fn wait(&mut self, is_it: impl Fn(&Value) -> bool) -> Value {
        if let Some(at) = self.told.iter().position(&is_it) {
            return self.told.remove(at);
        }
        let end = Instant::now() + LONG;
        loop {
            match self.messages.recv_timeout(end.saturating_duration_since(Instant::now())) {
                Ok(message) if is_it(&message) => return message,
                Ok(message) => self.told.push(message),
                Err(RecvTimeoutError::Timeout) => panic!("no answer; told were {:#?}", self.told),
                Err(RecvTimeoutError::Disconnected) => panic!("the program has ended; told were {:#?}", self.told),
            }
        }
    }

    /// The result of a request.
    pub(super) fn ask(&mut self, method: &str, params: Value) -> Value {
        let id = self.request(method, params);
        let answer = self.answer(id);
        assert!(answer.get("error").is_none(), "{method}: {answer}");
        answer["result"].clone()
    }

    /// The error of a request.
    pub(super) fn refusal(&mut self, method: &str, params: Value) -> (i64, String) {
        let id = self.request(method, params);
        let answer = self.answer(id);
        let error = &answer["error"];
        (error["code"].as_i64().expect("an error"), error["message"].as_str().unwrap().to_owned())
    }

    pub(super) fn open(&mut self, uri: &str, text: &str) {
        let document = json!({ "uri": uri, "languageId": "yaml", "version": 1, "text": text });
        self.tell("textDocument/didOpen", json!({ "textDocument": document }));
    }

    pub(super) fn change(&mut self, uri: &str, version: i64, text: &str) {
        let params =
            json!({ "textDocument": { "uri": uri, "version": version }, "contentChanges": [{ "text": text }] });
        self.tell("textDocument/didChange", params);
    }

    /// The next list of problems of a document that fits.
    pub(super) fn problems(&mut self, uri: &str, fits: impl Fn(&[Value]) -> bool) -> Vec<Value> {
        let told = self.wait(|message| {
            message["method"] == "textDocument/publishDiagnostics"
                && message["params"]["uri"] == uri
                && fits(message["params"]["diagnostics"].as_array().unwrap())
        });
        let told: lsp_types::PublishDiagnosticsParams = serde_json::from_value(told["params"].clone()).unwrap();
        told.diagnostics.into_iter().map(|one| serde_json::to_value(one).unwrap()).collect()
    }

    /// Says goodbye; how the program ended, and what it said to the terminal.
    pub(super) fn end(mut self) -> (ExitStatus, String) {
        self.ask("shutdown", Value::Null);
        self.tell("exit", Value::Null);
        self.gone()
    }

    /// Waits for the end.
    pub(super) fn gone(mut self) -> (ExitStatus, String) {
        drop(self.input.take());
        let mut said = String::new();
        let mut stderr = self.child.stderr.take().unwrap();
        stderr.read_to_string(&mut said).unwrap();
        (self.child.wait().unwrap(), said)
    }
}

/// The place of the bar in a text, and the text without it.
pub(super) fn bar(text: &str) -> (String, Value) {
    let at = text.find('‸').expect("a bar");
    let line = text[..at].matches('\n').count();
    let start = text[..at].rfind('\n').map_or(0, |end| end + 1);
    let column = text[start..at].encode_utf16().count();
    (text.replace('‸', ""), json!({ "line": line, "character": column }))
}

/// The text after edits as the protocol has them, which do not overlap.
pub(super) fn edited(text: &str, edits: &Value) -> String {
    let edits: Vec<lsp_types::TextEdit> = serde_json::from_value(edits.clone()).expect("edits of the protocol");
    let byte = |place: lsp_types::Position| {
        let start: usize = text.split_inclusive('\n').take(place.line as usize).map(str::len).sum();
        let mut left = place.character as usize;
        let mut at = start;
        for c in text[start..].chars() {
            if left == 0 {
                break;
            }
            left = left.checked_sub(c.len_utf16()).expect("no half characters");
            at += c.len_utf8();
        }
        at
    };
    let mut spans: Vec<(usize, usize, String)> =
        edits.iter().map(|edit| (byte(edit.range.start), byte(edit.range.end), edit.new_text.clone())).collect();
    spans.sort();
    let mut out = text.to_owned();
    for (start, end, new) in spans.into_iter().rev() {
        out.replace_range(start..end, &new);
    }
    out
}
