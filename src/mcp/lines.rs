//! Messages as lines of a stream: what is no message is answered as JSON-RPC says, and what is too long is passed over.

use std::io;
use std::sync::Arc;

use rmcp::RoleServer;
use rmcp::model::{ErrorCode, ErrorData, RequestId, ServerJsonRpcMessage};
use rmcp::service::{RxJsonRpcMessage, TxJsonRpcMessage};
use rmcp::transport::Transport;
use serde_json::Value;
use tokio::io::{AsyncBufRead, AsyncBufReadExt, AsyncRead, AsyncWrite, AsyncWriteExt, BufReader};
use tokio::sync::Mutex;

/// A stream in and a stream out.
pub(super) struct Lines<R, W> {
    read: BufReader<R>,
    /// What of a line was read: reading may be given up and begun again at any place.
    line: Vec<u8>,
    /// Whether the rest of the line is passed over.
    is_passing: bool,
    longest: usize,
    /// Whether a client has begun: before, only that and a ping are answered.
    has_begun: bool,
    /// The answer to what was no message, until it is written.
    answer: Option<ServerJsonRpcMessage>,
    write: Arc<Mutex<W>>,
}

impl<R: AsyncRead + Unpin, W: AsyncWrite + Unpin> Lines<R, W> {
    /// Reads messages of at most `longest` bytes.
    pub(super) fn new(read: R, write: W, longest: usize) -> Self {
        let write = Arc::new(Mutex::new(write));
        Self {
            read: BufReader::new(read),
            line: Vec::new(),
            is_passing: false,
            longest,
            has_begun: false,
            answer: None,
            write,
        }
    }

    /// Reads on until a line is whole in `line`, or too long; nothing at the end of the stream.
    async fn next_line(&mut self) -> Option<Result<(), ErrorData>> {
        loop {
            // Nothing is awaited between looking and taking, so that nothing is lost where this is given up.
            let (taken, has_ended) = take(&mut self.read).await?;
            let is_passing = self.is_passing;
            if !is_passing {
                self.line.extend_from_slice(&taken);
            }
            self.is_passing = (is_passing || self.line.len() > self.longest) && !has_ended;
            if !is_passing && self.line.len() > self.longest {
                self.line.clear();
                return Some(Err(refused(&format!("a message has at most {} bytes", self.longest))));
            }
            if has_ended && !is_passing {
                return Some(Ok(()));
            }
        }
    }
}

/// What can be read without waiting again, up to the end of the line, and whether that is there.
async fn take<R: AsyncBufRead + Unpin>(read: &mut R) -> Option<(Vec<u8>, bool)> {
    let there = read.fill_buf().await.ok()?;
    let end = there.iter().position(|byte| *byte == b'\n');
    let taken = there[..end.unwrap_or(there.len())].to_vec();
    let is_over = there.is_empty();
    read.consume(end.map_or(taken.len(), |end| end + 1));
    if is_over { None } else { Some((taken, end.is_some())) }
}

fn refused(words: &str) -> ErrorData {
    ErrorData::new(ErrorCode::INVALID_REQUEST, words.to_owned(), None)
}

/// The message on a line; nothing where the line is empty or a notification of another protocol; else the answer to it.
fn message(
    line: &[u8],
    has_begun: &mut bool,
) -> Result<Option<RxJsonRpcMessage<RoleServer>>, (ErrorData, Option<RequestId>)> {
    let line = line.strip_prefix(b"\xef\xbb\xbf").unwrap_or(line);
    if line.trim_ascii().is_empty() {
        return Ok(None);
    }
    let value: Value = serde_json::from_slice(line).map_err(|error| {
        let words = format!("the line is not JSON: {error}");
        (ErrorData::new(ErrorCode::PARSE_ERROR, words, None), None)
    })?;
    // The protocol numbers requests by texts and whole numbers.
    let id = value.get("id").and_then(|id| serde_json::from_value::<RequestId>(id.clone()).ok());
    if let (Some(id), Some(error)) = (&id, request(&value, has_begun)) {
        return Err((error, Some(id.clone())));
    }
    let is_notification = value.get("id").is_none() && value.get("method").is_some_and(Value::is_string);
    match serde_json::from_value(value) {
        Ok(message) => Ok(Some(message)),
        Err(_) if is_notification => Ok(None),
        Err(_) => Err((refused("this is not a message of the protocol"), id)),
    }
}

/// What a client can ask, with the member of `params` that says of what.
const METHODS: [(&str, &str); 10] = [
    ("initialize", ""),
    ("server/discover", ""),
    ("ping", ""),
    ("tools/list", ""),
    ("tools/call", "name"),
    ("resources/list", ""),
    ("resources/templates/list", ""),
    ("resources/read", "uri"),
    ("prompts/list", ""),
    ("prompts/get", "name"),
];

/// What is wrong with a request that is one, as far as its method says.
fn request(value: &Value, has_begun: &mut bool) -> Option<ErrorData> {
    let method = value.get("method").and_then(Value::as_str)?;
    // A client of a later version of the protocol says with each request what it otherwise says first.
    let says_version =
        value["params"]["_meta"].as_object().is_some_and(|meta| meta.keys().any(|key| key.contains("protocolVersion")));
    *has_begun |= matches!(method, "initialize" | "server/discover") || says_version;
    if !*has_begun && method != "ping" {
        return Some(ErrorData::new(ErrorCode::INVALID_REQUEST, "begin with `initialize`".to_owned(), None));
    }
    let Some((_, needed)) = METHODS.iter().find(|(known, _)| *known == method) else {
        let shown: String = crate::source::visible(method).chars().take(100).collect();
        let known: Vec<String> = METHODS.iter().map(|(known, _)| format!("`{known}`")).collect();
        let words = format!("there is no method `{shown}`; there are {}", crate::source::words::listed(&known));
        return Some(ErrorData::new(ErrorCode::METHOD_NOT_FOUND, words, None));
    };
    let refused = |words: String| Some(ErrorData::new(ErrorCode::INVALID_PARAMS, words, None));
    if !needed.is_empty() && !value["params"][needed].is_string() {
        return refused(format!("`{method}` needs `params` with a `{needed}`, a text"));
    }
    match &value["params"]["arguments"] {
        Value::Null | Value::Object(_) => None,
        _ if matches!(method, "tools/call" | "prompts/get") => refused("`arguments` is an object with keys".to_owned()),
        _ => None,
    }
}

async fn written<W: AsyncWrite + Unpin>(write: &Mutex<W>, message: &ServerJsonRpcMessage) -> io::Result<()> {
    let mut line = serde_json::to_vec(message).map_err(io::Error::other)?;
    line.push(b'\n');
    let mut write = write.lock().await;
    write.write_all(&line).await?;
    write.flush().await
}

impl<R, W> Transport<RoleServer> for Lines<R, W>
where
    R: AsyncRead + Send + Unpin + 'static,
    W: AsyncWrite + Send + Unpin + 'static,
{
    type Error = io::Error;

    fn send(
        &mut self,
        item: TxJsonRpcMessage<RoleServer>,
    ) -> impl Future<Output = Result<(), Self::Error>> + Send + 'static {
        let write = Arc::clone(&self.write);
        async move { written(&write, &item).await }
    }

    async fn receive(&mut self) -> Option<RxJsonRpcMessage<RoleServer>> {
        loop {
            // Given up while it is written, it would be cut in the middle: it is written by a task of its own.
            if let Some(answer) = self.answer.take() {
                let write = Arc::clone(&self.write);
                tokio::spawn(async move { written(&write, &answer).await });
            }
            let read = self.next_line().await?;
            let line = std::mem::take(&mut self.line);
            let read = match read {
                Ok(()) => message(&line, &mut self.has_begun),
                Err(error) => Err((error, None)),
            };
            match read {
                Ok(Some(message)) => return Some(message),
                Ok(None) => {}
                Err((error, id)) => self.answer = Some(ServerJsonRpcMessage::error(error, id)),
            }
        }
    }

    async fn close(&mut self) -> Result<(), Self::Error> {
        self.write.lock().await.flush().await
    }
}
