//! A running server and a small HTTP client of it, by hand.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::path::{Path, PathBuf};
use std::process::{Child, Stdio};
use std::time::{Duration, Instant};

use serde_json::{Value, json};

use crate::support::binary::{folder, sinew};

/// The program as it serves a stack; it ends with this value.
pub(super) struct Served {
    child: Child,
    pub(super) port: u16,
    pub(super) token: String,
    pub(super) file: PathBuf,
}

/// What came back.
pub(super) struct Answer {
    pub(super) status: u16,
    pub(super) head: String,
    pub(super) body: Vec<u8>,
}

impl Answer {
    pub(super) fn json(&self) -> Value {
        serde_json::from_slice(&self.body).unwrap_or_else(|_| panic!("{}: {}", self.status, self.text()))
    }

    pub(super) fn text(&self) -> String {
        String::from_utf8_lossy(&self.body).into_owned()
    }
}

/// A stack file of this test alone with this text.
pub(super) fn stack(test: &str, text: &str) -> PathBuf {
    let file = folder(test).join("stack.yaml");
    std::fs::write(&file, text).unwrap();
    file
}

impl Served {
    /// Serves a stack of this test alone.
    pub(super) fn of(test: &str, text: &str) -> Self {
        Self::file(&stack(test, text), &[])
    }

    /// Serves a file.
    pub(super) fn file(file: &Path, more: &[&str]) -> Self {
        let mut arguments = vec!["serve", file.to_str().unwrap(), "--no-open"];
        arguments.extend(more);
        let mut child = sinew(&arguments).stdout(Stdio::piped()).stderr(Stdio::null()).spawn().unwrap();
        let mut line = String::new();
        BufReader::new(child.stdout.take().unwrap()).read_line(&mut line).unwrap();
        let rest = line.trim().strip_prefix("http://127.0.0.1:").unwrap_or_else(|| panic!("no address: {line:?}"));
        let (port, token) = rest.trim_end_matches('/').split_once('/').unwrap();
        Self { port: port.parse().unwrap(), token: token.to_owned(), file: file.to_owned(), child }
    }

    pub(super) fn address(&self) -> String {
        format!("http://127.0.0.1:{}/{}/", self.port, self.token)
    }

    pub(super) fn id(&self) -> u32 {
        self.child.id()
    }

    /// Ends it as a power cut would.
    pub(super) fn kill(&mut self) {
        self.child.kill().unwrap();
        self.child.wait().unwrap();
    }

    /// One request to the letter.
    pub(super) fn raw(&self, request: &[u8]) -> Answer {
        let mut stream = TcpStream::connect(("127.0.0.1", self.port)).unwrap();
        stream.set_read_timeout(Some(Duration::from_secs(120))).unwrap();
        // A server that has read enough may close before everything is sent.
        let _ = stream.write_all(request);
        let mut all = Vec::new();
        let _ = stream.read_to_end(&mut all);
        let end = all.windows(4).position(|four| four == b"\r\n\r\n").unwrap_or(all.len());
        let head = String::from_utf8_lossy(&all[..end]).into_owned();
        let status = head.split(' ').nth(1).and_then(|code| code.parse().ok()).unwrap_or(0);
        let body = all.get(end + 4..).unwrap_or_default();
        let body =
            if head.to_lowercase().contains("transfer-encoding: chunked") { unchunked(body) } else { body.to_vec() };
        Answer { status, head, body }
    }

    pub(super) fn get(&self, path: &str) -> Answer {
        let (port, token) = (self.port, &self.token);
        self.raw(
            format!("GET /{token}/{path} HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nConnection: close\r\n\r\n").as_bytes(),
        )
    }

    pub(super) fn state(&self) -> Value {
        self.get("state").json()
    }

    /// Asks for something, having seen the state with this hash.
    pub(super) fn act_on(&self, seen: &str, act: &Value) -> Answer {
        let (port, token) = (self.port, &self.token);
        let body = json!({ "seen": seen, "act": act }).to_string();
        let head = format!(
            "POST /{token}/act HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nOrigin: http://127.0.0.1:{port}\r\nContent-Type: application/json\r\nContent-Length: {}\r\nConnection: close\r\n\r\n",
            body.len()
        );
        self.raw(format!("{head}{body}").as_bytes())
    }

    /// The same on the newest state, which must be done; the state after it.
    pub(super) fn act(&self, act: &Value) -> Value {
        let answer = self.act_on(self.state()["hash"].as_str().unwrap(), act);
        assert_eq!(answer.status, 200, "{act}: {}", answer.text());
        answer.json()["state"].clone()
    }

    /// Why the newest state is not changed so.
    pub(super) fn refused(&self, act: &Value) -> String {
        let before = self.text();
        let answer = self.act_on(self.state()["hash"].as_str().unwrap(), act);
        assert_eq!(answer.status, 422, "{act}: {}", answer.text());
        assert_eq!(self.text(), before, "what is refused changes nothing");
        answer.json()["text"].as_str().unwrap().to_owned()
    }

    pub(super) fn text(&self) -> String {
        std::fs::read_to_string(&self.file).unwrap()
    }

    /// Waits until the state is as wanted.
    pub(super) fn until(&self, is_so: impl Fn(&Value) -> bool) -> Value {
        let start = Instant::now();
        loop {
            let state = self.state();
            if is_so(&state) {
                return state;
            }
            assert!(start.elapsed() < Duration::from_secs(90), "it never came to be: {state}");
            std::thread::sleep(Duration::from_millis(40));
        }
    }
}

impl Drop for Served {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

fn unchunked(mut body: &[u8]) -> Vec<u8> {
    let mut all = Vec::new();
    while let Some(end) = body.windows(2).position(|two| two == b"\r\n") {
        let Ok(size) = usize::from_str_radix(String::from_utf8_lossy(&body[..end]).trim(), 16) else { break };
        let Some(chunk) = body.get(end + 2..end + 2 + size) else { break };
        all.extend_from_slice(chunk);
        body = body.get(end + 4 + size..).unwrap_or_default();
    }
    all
}
