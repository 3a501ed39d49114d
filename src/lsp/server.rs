//! The conversation: what was said is done in its order, what is outdated is left, and what is wrong is answered.

use std::collections::{BTreeMap, VecDeque};
use std::io::{self, BufRead, Write};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender, channel};
use std::time::{Duration, Instant};

use serde_json::{Value, json};

use super::Library;
use super::document::Document;
use super::finder::{Found, Wanted, find};
use super::text::Units;
use super::wire::{
    self, CANCELLED, FAILED, INVALID_PARAMS, INVALID_REQUEST, METHOD_NOT_FOUND, NOT_INITIALIZED, Read, answer,
    notification,
};
use super::{actions, complete, diagnose, hover, names, symbols};
use crate::source::Span;

/// How long nobody types before the rules look.
const QUIET: Duration = Duration::from_millis(150);
/// Documents that are open at once; what is opened beyond is left alone.
const MOST_OPEN: usize = 1_000;

/// How a conversation ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Ended {
    /// The client said goodbye first.
    Orderly,
    /// It left.
    Abruptly,
}

/// Something that happened.
pub(super) enum Event {
    Read(Read),
    Found(Found),
}

/// Talks with a client until it leaves.
///
/// # Errors
/// Where the client cannot be written to.
pub fn serve(
    library: Box<dyn Library>,
    mut input: impl BufRead + Send + 'static,
    output: impl Write,
) -> io::Result<Ended> {
    let (events, happened) = channel();
    let (wants, wanted) = channel();
    let of_finder = events.clone();
    std::thread::spawn(move || find(&wanted, &of_finder));
    std::thread::spawn(move || {
        loop {
            let read = wire::next(&mut input);
            let is_end = read == Read::End;
            if events.send(Event::Read(read)).is_err() || is_end {
                return;
            }
        }
    });
    Server {
        library,
        output,
        wants,
        documents: BTreeMap::new(),
        queue: VecDeque::new(),
        stage: Stage::New,
        units: Units::Utf16,
        resolves: false,
        changes: 0,
        ended: None,
    }
    .run(&happened)
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Stage {
    New,
    Open,
    ShutDown,
}

/// A document with what is still to be done about it.
struct Open {
    document: Document,
    /// Which change made it what it is.
    change: u64,
    /// Whether its problems are to be said.
    is_unsaid: bool,
    /// When the rules look at it, if they are to.
    look_at: Option<Instant>,
}

struct Server<W> {
    library: Box<dyn Library>,
    output: W,
    wants: Sender<Wanted>,
    documents: BTreeMap<String, Open>,
    queue: VecDeque<Read>,
    stage: Stage,
    units: Units,
    /// Whether edits of actions are made once they are chosen.
    resolves: bool,
    changes: u64,
    ended: Option<Ended>,
}

type Answer = Result<Value, (i64, String)>;

impl<W: Write> Server<W> {
    fn run(mut self, happened: &Receiver<Event>) -> io::Result<Ended> {
        loop {
            let next = self.documents.values().filter_map(|open| open.look_at).min();
            let event = match next {
                None => happened.recv().map_err(|_| RecvTimeoutError::Disconnected),
                Some(at) => happened.recv_timeout(at.saturating_duration_since(Instant::now())),
            };
            match event {
                Ok(event) => self.take(event)?,
                Err(RecvTimeoutError::Timeout) => {}
                Err(RecvTimeoutError::Disconnected) => return Ok(Ended::Abruptly),
            }
            while let Ok(event) = happened.try_recv() {
                self.take(event)?;
            }
            while let Some(read) = self.queue.pop_front() {
                self.said(read)?;
                if let Some(ended) = self.ended {
                    return Ok(ended);
                }
                // What came while this was answered may take back what is still to be answered.
                while let Ok(event) = happened.try_recv() {
                    self.take(event)?;
                }
            }
            self.say_problems()?;
            self.look();
        }
    }

    fn take(&mut self, event: Event) -> io::Result<()> {
        match event {
            Event::Found(found) => self.found(found),
            Event::Read(Read::Message(message)) if message["method"] == "$/cancelRequest" => {
                let id = &message["params"]["id"];
                let is_it = |read: &Read| matches!(read, Read::Message(waiting) if waiting["id"] == *id && !id.is_null() && waiting["method"].is_string());
                if let Some(at) = self.queue.iter().position(is_it) {
                    self.queue.remove(at);
                    return wire::write(&mut self.output, &answer(id, Err((CANCELLED, "cancelled".into()))));
                }
                Ok(())
            }
            Event::Read(read) => {
                self.queue.push_back(read);
                Ok(())
            }
        }
    }

    fn found(&mut self, found: Found) -> io::Result<()> {
        let Some(open) = self.documents.get_mut(&found.uri).filter(|open| open.change == found.change) else {
            return Ok(());
        };
        open.document.found = Some((open.document.lines(), found.findings));
        open.is_unsaid = true;
        Ok(())
    }

    fn said(&mut self, read: Read) -> io::Result<()> {
        let message = match read {
            Read::End => {
                self.ended = Some(Ended::Abruptly);
                return Ok(());
            }
            Read::Wrong(code, words) => {
                return wire::write(&mut self.output, &answer(&Value::Null, Err((code, words))));
            }
            Read::Message(message) => message,
        };
        let id = message.get("id").filter(|id| id.is_string() || id.is_i64() || id.is_u64()).cloned();
        match (message["method"].as_str(), id) {
            (Some(method), Some(id)) => {
                let params = &message["params"];
                let result = catch_unwind(AssertUnwindSafe(|| self.request(method, params)));
                let result = result
                    .unwrap_or_else(|_| Err((-32603, "this failed; the next request is answered all the same".into())));
                wire::write(&mut self.output, &answer(&id, result))
            }
            (Some(method), None) if message.get("id").is_none() => {
                let params = &message["params"];
                let _ = catch_unwind(AssertUnwindSafe(|| self.notified(method, params)));
                Ok(())
            }
            // The answer to something that was asked: nothing is.
            (None, Some(_)) if message.get("result").is_some() || message.get("error").is_some() => Ok(()),
            (_, id) => {
                let words = "this is not a message of the protocol".to_owned();
                wire::write(&mut self.output, &answer(&id.unwrap_or_default(), Err((INVALID_REQUEST, words))))
            }
        }
    }

    fn request(&mut self, method: &str, params: &Value) -> Answer {
        match (self.stage, method) {
            (Stage::New, "initialize") => {
                self.stage = Stage::Open;
                Ok(self.hello(params))
            }
            (Stage::New, _) => Err((NOT_INITIALIZED, "begin with `initialize`".into())),
            (Stage::ShutDown, _) => Err((INVALID_REQUEST, "nothing is answered after `shutdown`".into())),
            (Stage::Open, "initialize") => Err((INVALID_REQUEST, "`initialize` was said before".into())),
            (Stage::Open, "shutdown") => {
                self.stage = Stage::ShutDown;
                Ok(Value::Null)
            }
            (Stage::Open, "codeAction/resolve") => {
                let uri = params["data"]["uri"].as_str().unwrap_or_default().to_owned();
                let document = self.read(&uri)?;
                actions::resolved(document, params.clone()).map_err(|why| (FAILED, why))
            }
            (Stage::Open, _) => self.asked(method, params),
        }
    }

    /// What is asked about a document.
    fn asked(&mut self, method: &str, params: &Value) -> Answer {
        const KNOWN: [&str; 8] = [
            "completion",
            "hover",
            "definition",
            "references",
            "prepareRename",
            "rename",
            "codeAction",
            "documentSymbol",
        ];
        let Some(what) = method.strip_prefix("textDocument/").filter(|what| KNOWN.contains(what)) else {
            return Err((METHOD_NOT_FOUND, format!("there is no method `{}`", crate::source::visible(method))));
        };
        let wrong = |what: &str| (INVALID_PARAMS, format!("`{what}` is missing, or is something else"));
        let uri = params["textDocument"]["uri"].as_str().ok_or_else(|| wrong("textDocument"))?.to_owned();
        let is_later = self.resolves;
        let document = self.read(&uri)?;
        if !document.is_stack() {
            return Ok(Value::Null);
        }
        let at = |position: &Value| document.offset(position).ok_or_else(|| wrong("position"));
        match what {
            "documentSymbol" => Ok(symbols::symbols(document)),
            "codeAction" => {
                let range = &params["range"];
                let (start, end) = (at(&range["start"])?, at(&range["end"])?);
                Ok(actions::actions(document, Span::new(start, end.max(start)), is_later))
            }
            "completion" => Ok(complete::completion(document, at(&params["position"])?)),
            "hover" => Ok(hover::hover(document, at(&params["position"])?)),
            "definition" => Ok(names::definition(document, at(&params["position"])?)),
            "references" => {
                let with_definition = params["context"]["includeDeclaration"].as_bool().unwrap_or(true);
                Ok(names::references(document, at(&params["position"])?, with_definition))
            }
            "prepareRename" => Ok(names::prepare(document, at(&params["position"])?)),
            _ => {
                let at = at(&params["position"])?;
                let new = params["newName"].as_str().ok_or_else(|| wrong("newName"))?;
                names::rename(document, at, new).map_err(|why| (FAILED, why))
            }
        }
    }

    /// The document, read as it is now.
    fn read(&mut self, uri: &str) -> Result<&mut Document, (i64, String)> {
        let open = self.documents.get_mut(uri);
        let open = open.ok_or_else(|| (INVALID_PARAMS, "the document is not open".to_owned()))?;
        open.document.read(&*self.library);
        Ok(&mut open.document)
    }

    fn hello(&mut self, params: &Value) -> Value {
        let client = &params["capabilities"];
        let offered = client["general"]["positionEncodings"].as_array().cloned().unwrap_or_default();
        let encoding = if offered.iter().any(|one| one == "utf-8") {
            self.units = Units::Utf8;
            "utf-8"
        } else {
            "utf-16"
        };
        let later = client["textDocument"]["codeAction"]["resolveSupport"]["properties"].as_array();
        self.resolves = later.is_some_and(|all| all.iter().any(|one| one == "edit"));
        json!({
            "serverInfo": { "name": "sinew", "version": env!("CARGO_PKG_VERSION") },
            "capabilities": {
                "positionEncoding": encoding,
                "textDocumentSync": { "openClose": true, "change": 2 },
                "completionProvider": { "triggerCharacters": [" ", "[", "{", ",", "\"", "-"] },
                "hoverProvider": true,
                "definitionProvider": true,
                "referencesProvider": true,
                "renameProvider": { "prepareProvider": true },
                "codeActionProvider": { "codeActionKinds": ["quickfix"], "resolveProvider": self.resolves },
                "documentSymbolProvider": true,
            },
        })
    }

    fn notified(&mut self, method: &str, params: &Value) {
        if method == "exit" {
            self.ended = Some(if self.stage == Stage::ShutDown { Ended::Orderly } else { Ended::Abruptly });
            return;
        }
        if self.stage != Stage::Open {
            return;
        }
        let document = &params["textDocument"];
        let Some(uri) = document["uri"].as_str() else { return };
        match method {
            "textDocument/didOpen" => {
                let Some(text) = document["text"].as_str() else { return };
                if self.documents.len() >= MOST_OPEN {
                    return;
                }
                let document = Document::new(uri, document["version"].clone(), text.to_owned(), self.units);
                let open = Open { document, change: 0, is_unsaid: true, look_at: None };
                self.documents.insert(uri.to_owned(), open);
                self.changed(uri);
            }
            "textDocument/didChange" => {
                let Some(open) = self.documents.get_mut(uri) else { return };
                for change in params["contentChanges"].as_array().into_iter().flatten() {
                    let _ = open.document.text.change(change);
                }
                open.document.version = document["version"].clone();
                self.changed(uri);
            }
            // What it names beside itself may have been changed too.
            "textDocument/didSave" => self.changed(uri),
            "textDocument/didClose" if self.documents.remove(uri).is_some() => {
                let none = notification("textDocument/publishDiagnostics", &json!({ "uri": uri, "diagnostics": [] }));
                let _ = wire::write(&mut self.output, &none);
            }
            _ => {}
        }
    }

    fn changed(&mut self, uri: &str) {
        self.changes += 1;
        let Some(open) = self.documents.get_mut(uri) else { return };
        open.document.is_unread = true;
        (open.change, open.is_unsaid) = (self.changes, true);
        open.look_at = Some(Instant::now() + QUIET);
    }

    /// Says what is wrong with each document that was changed.
    fn say_problems(&mut self) -> io::Result<()> {
        for open in self.documents.values_mut().filter(|open| open.is_unsaid) {
            open.is_unsaid = false;
            let read = catch_unwind(AssertUnwindSafe(|| open.document.read(&*self.library)));
            if read.is_err() {
                continue;
            }
            let document = &open.document;
            let mut params = json!({ "uri": document.uri, "diagnostics": diagnose::diagnostics(document) });
            if document.version.is_i64() {
                params["version"] = document.version.clone();
            }
            wire::write(&mut self.output, &notification("textDocument/publishDiagnostics", &params))?;
        }
        Ok(())
    }

    /// Wants the findings of each document in which nobody has typed for a while.
    fn look(&mut self) {
        let now = Instant::now();
        for open in self.documents.values_mut().filter(|open| open.look_at.is_some_and(|at| at <= now)) {
            open.look_at = None;
            let document = &open.document;
            if let Some(stack) = document.stack.clone() {
                let _ = self.wants.send(Wanted { uri: document.uri.clone(), change: open.change, stack });
            }
        }
    }
}
