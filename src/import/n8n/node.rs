//! One n8n node: what it is, in which system it works, and what it does there.

use std::collections::BTreeMap;

use serde_json::Value;

use super::defaults;
use crate::catalog::Space;
use crate::import::chain::{Callee, Object, Start, Step, Use, What};
use crate::import::http;
use crate::import::json;
use crate::import::rate;
use crate::import::recognise::{Meaning, Named, in_words, only_one_in, recognise, unknown};
use crate::import::roles::{self, Role};

/// A node and what the nodes around it need to know of it.
#[derive(Clone, Debug)]
pub(super) struct Facts {
    pub(super) step: Step,
    /// The type without its package.
    kind: String,
    /// Whether the address it calls carries what it asks about.
    pub(super) reads_address: bool,
}

/// Nodes that only choose, count, order or reshape what comes in.
const PASSING: [&str; 34] = [
    "if",
    "filter",
    "switch",
    "merge",
    "noOp",
    "wait",
    "splitInBatches",
    "limit",
    "sort",
    "removeDuplicates",
    "splitOut",
    "aggregate",
    "summarize",
    "compareDatasets",
    "renameKeys",
    "moveBinaryData",
    "extractFromFile",
    "convertToFile",
    "spreadsheetFile",
    "compression",
    "editImage",
    "readPDF",
    "itemLists",
    "dateTime",
    "executionData",
    "respondToWebhook",
    "form",
    "readWriteFile",
    "readBinaryFile",
    "readBinaryFiles",
    "writeBinaryFile",
    "debugHelper",
    "evaluation",
    "dataTable",
];
/// Nodes that make an item of what they name.
const MAKING: [&str; 11] = [
    "set",
    "code",
    "function",
    "functionItem",
    "html",
    "htmlExtract",
    "markdown",
    "xml",
    "crypto",
    "jwt",
    "executeCommand",
];
/// Nodes that work with the model that serves them, and what they answer with.
const WITH_MODEL: [(&str, &str); 9] = [
    ("agent", "text"),
    ("agentTool", "text"),
    ("chainLlm", "text"),
    ("chainSummarization", "text"),
    ("chainRetrievalQa", "text"),
    ("informationExtractor", "label"),
    ("textClassifier", "label"),
    ("sentimentAnalysis", "label"),
    ("guardrails", "label"),
];

/// Reads a node. `hosts` are the variables of the workflow that hold an address.
pub(super) fn facts(node: &Value, hosts: &BTreeMap<&str, String>) -> Facts {
    let full = json::text(node, "type").unwrap_or_default();
    let kind = full.rsplit('.').next().unwrap_or_default();
    let name = json::text(node, "name").unwrap_or(kind);
    let (what, start, reads_address) = what(node, kind, hosts);
    let mut step = Step::new(name.to_owned(), what);
    step.start = start;
    let is_off = node.get("disabled").and_then(Value::as_bool) == Some(true);
    step.is_for_errors = kind == "errorTrigger" && !is_off;
    step.is_disabled = is_off || step.is_for_errors;
    step.takes_item = defaults::takes_item(kind, version(node))
        || WITH_MODEL.iter().any(|(with, _)| *with == kind)
        || kind.starts_with("vectorStore")
        || maps_by_itself(node);
    Facts { step, kind: kind.to_owned(), reads_address }
}

/// Whether it is set to take every field of the item by its name.
fn maps_by_itself(node: &Value) -> bool {
    let mut found = false;
    if let Some(parameters) = node.get("parameters") {
        json::texts(parameters, "", &mut |_, text| found |= matches!(text, "autoMapInputData" | "autoMap"));
    }
    found
}

fn version(node: &Value) -> f64 {
    node.get("typeVersion").and_then(Value::as_f64).unwrap_or(1.0)
}

fn parameter<'v>(node: &'v Value, key: &str) -> Option<&'v Value> {
    node.get("parameters").and_then(|parameters| parameters.get(key))
}

fn words<'v>(node: &'v Value, key: &str) -> Option<&'v str> {
    parameter(node, key).and_then(Value::as_str).filter(|text| !text.is_empty() && !text.starts_with('='))
}

/// What the node is, what it starts, and whether its address carries what it asks about.
fn what(node: &Value, kind: &str, hosts: &BTreeMap<&str, String>) -> (What, Option<Start>, bool) {
    let built_in = |why| (What::Pass(why), None, false);
    let starts = |start| (What::Pass("it starts the workflow"), Some(start), false);
    match kind {
        "stickyNote" => return (What::Nothing("a note on the canvas"), None, false),
        "stopAndError" | "errorTrigger" => return (What::Nothing("it is about errors"), None, false),
        "manualTrigger" | "start" => return starts(Start::Manual),
        "chatTrigger" | "manualChatTrigger" => return starts(Start::Chat),
        "formTrigger" => return starts(Start::Form),
        "webhook" => return webhook(json::text(node, "name").unwrap_or_default()),
        "mcpTrigger" => return starts(Start::Webhook),
        "executeWorkflowTrigger" => return starts(Start::Called),
        "cron" | "interval" | "scheduleTrigger" => return starts(Start::Timed(schedule(node, kind))),
        "n8nTrigger" | "workflowTrigger" | "localFileTrigger" | "sseTrigger" | "evaluationTrigger" => {
            return starts(Start::Event);
        }
        "executeWorkflow" | "toolWorkflow" => return (What::Call(callee(node)), None, false),
        "httpRequest" | "httpRequestTool" | "toolHttpRequest" | "graphql" => return request(node, kind, hosts),
        _ => {}
    }
    if matches!(kind, "mcp" | "mcpClient" | "mcpClientTool") {
        return server(node);
    }
    if PASSING.contains(&kind) {
        return built_in("it only chooses or reshapes what comes in");
    }
    if MAKING.contains(&kind) {
        return making(node, kind);
    }
    let starts_with = |start: &str| kind.strip_prefix(start).is_some_and(|rest| rest.starts_with(char::is_uppercase));
    const HELPERS: [&str; 6] = ["outputParser", "textSplitter", "document", "memory", "retriever", "reranker"];
    if HELPERS.iter().any(|helper| starts_with(helper))
        || matches!(kind, "toolCode" | "toolCalculator" | "toolThink" | "toolVectorStore" | "modelSelector")
    {
        return (What::Nothing("it serves an AI step"), None, false);
    }
    if WITH_MODEL.iter().any(|(with, _)| *with == kind) {
        return built_in("no model is connected to it");
    }
    let system = match recognise(Space::N8n, kind) {
        Meaning::System(named) => named,
        Meaning::BuiltIn => return (What::Make { why: "it works in no other system", keeps_item: false }, None, false),
    };
    if starts_with("lm") || starts_with("lmChat") || starts_with("embeddings") {
        return (What::Mention(system), None, false);
    }
    in_system(node, kind, system)
}

/// A node that waits for a call from outside. The file does not say who calls, but people call the node after it.
fn webhook(name: &str) -> (What, Option<Start>, bool) {
    let what = match only_one_in(name) {
        Some(system) => What::Use(Use { system, role: Role::Read, is_role_guess: false, object: None, answer: None }),
        None => What::Pass("it starts the workflow"),
    };
    (what, Some(Start::Webhook), false)
}

/// A node that works in a system by operations.
fn in_system(node: &Value, kind: &str, system: Named) -> (What, Option<Start>, bool) {
    if kind.ends_with("Trigger") || kind == "emailReadImap" {
        let start = match parameter(node, "pollTimes") {
            Some(times) => Start::Timed(poll(times)),
            None => Start::Event,
        };
        let object = trigger_object(node, kind);
        let used = Use { system, role: Role::Read, is_role_guess: false, object, answer: None };
        return (What::Use(used), Some(start), false);
    }
    let plain = kind.strip_suffix("Tool").unwrap_or(kind);
    let resource = words(node, "resource");
    let default = defaults::of(plain, version(node), resource);
    let stated = words(node, "operation").or_else(|| default.map(|row| row.operation.as_str()));
    // Most nodes create where they are not told what to do.
    let stated = stated.or_else(|| (resource.is_some() && defaults::knows(plain)).then_some("create"));
    let by_mode = plain.starts_with("vectorStore").then(|| match words(node, "mode") {
        Some("insert" | "update") => Role::Write,
        _ => Role::Read,
    });
    let by_query = words(node, "query").or_else(|| words(node, "operation")).and_then(statement);
    // A node for a whole API is told the method instead of an operation.
    let by_method = words(node, "httpRequestMethod").map(|method| http::role(method, ""));
    let role = by_mode.or(by_query).or(by_method).or_else(|| stated.and_then(roles::role));
    let is_asked = system.is_ai || system.is_enrichment;
    let (role, is_role_guess) = match role {
        Some(Role::Read) if is_asked && by_mode.is_none() => (Role::Both, false),
        Some(role) => (role, false),
        None if is_asked => (Role::Both, false),
        None => (Role::Both, true),
    };
    let answer = system.is_ai.then_some("text");
    let by_default = || default.map(|row| row.resource.as_str()).filter(|word| !word.is_empty());
    let named = |word: &str| Object::stated(in_words(word).to_lowercase());
    let object = place(node)
        .or_else(|| default_place(plain))
        .or_else(|| resource.or_else(by_default).map(named))
        .or_else(|| stated.and_then(roles::object).map(Object::stated));
    (What::Use(Use { system, role, is_role_guess, object, answer }), None, true)
}

/// What an SQL statement does.
fn statement(query: &str) -> Option<Role> {
    let verb = query.split_whitespace().next()?.to_lowercase();
    match verb.as_str() {
        "insert" | "update" | "merge" | "delete" | "upsert" => Some(Role::Write),
        "select" | "with" => Some(Role::Read),
        _ => None,
    }
}

/// The name of the sheet or table that a node works in.
fn place(node: &Value) -> Option<Object> {
    let labelled = |key: &str| {
        let value = parameter(node, key)?;
        let name = json::text(value, "cachedResultName").or_else(|| value.as_str())?;
        let is_id = name.starts_with("tbl") || name.starts_with('=') || name.chars().all(|c| c.is_ascii_digit());
        (!name.is_empty() && !is_id).then(|| name.to_owned())
    };
    let range = || words(node, "range").and_then(|range| range.split_once('!')).map(|(sheet, _)| sheet.to_owned());
    let name = labelled("sheetName").or_else(|| labelled("table")).or_else(range)?;
    // The names that a spreadsheet gives to a sheet itself say nothing of what is in it.
    let lower: String = name.to_lowercase().chars().filter(|c| c.is_alphabetic()).collect();
    let is_default = ["sheet", "tabelle", "feuille", "hoja", "table", "blatt"].contains(&lower.as_str());
    (!is_default).then(|| Object::stated(name.trim_matches('\'').to_owned()))
}

/// What a table holds that nobody named.
fn default_place(kind: &str) -> Option<Object> {
    match kind {
        "googleSheets" | "microsoftExcel" => Some(Object::guessed("row", "the sheet is not named")),
        "airtable" => Some(Object::guessed("record", "the table is not named")),
        _ => None,
    }
}

/// What a trigger is about: the resource, else the words of its event.
fn trigger_object(node: &Value, kind: &str) -> Option<Object> {
    for key in ["resource", "object", "topic", "event", "events", "triggerOn", "eventsUi"] {
        let Some(value) = parameter(node, key) else { continue };
        let mut first = None;
        json::texts(value, "", &mut |_, text| {
            first = first.take().or_else(|| Some(text.to_owned()).filter(|text| !text.starts_with('=')));
        });
        // `deal.creation`, `orders/create`, `invitee.created`: the thing stands before the event.
        let Some(word) = first else { continue };
        let thing = word.split(['/', ':']).next().unwrap_or(&word).replace('.', " ");
        if let Some(object) = roles::object(&thing) {
            return Some(Object::stated(object));
        }
    }
    let usual = match kind {
        "gmailTrigger" | "microsoftOutlookTrigger" | "emailReadImap" => "message",
        "typeformTrigger" | "jotFormTrigger" | "wufooTrigger" | "surveyMonkeyTrigger" | "formstackTrigger" => "entry",
        "googleDriveTrigger" => "file",
        "googleSheetsTrigger" => return place(node).or_else(|| default_place("googleSheets")),
        "airtableTrigger" => return place(node).or_else(|| default_place("airtable")),
        _ => return None,
    };
    Some(Object::stated(usual))
}

/// A node that makes an item; code that calls an address works in a system.
fn making(node: &Value, kind: &str) -> (What, Option<Start>, bool) {
    let code = ["jsCode", "functionCode", "pythonCode"].iter().find_map(|key| parameter(node, key)?.as_str());
    if let Some(host) = code.and_then(http::host_in_code) {
        let Meaning::System(system) = recognise(Space::Host, &host) else {
            return (What::Make { why: "it only makes an item", keeps_item: false }, None, false);
        };
        let used = Use { system, role: Role::Both, is_role_guess: true, object: None, answer: None };
        return (What::Use(used), None, false);
    }
    let keeps_item = kind == "set"
        && match parameter(node, "keepOnlySet") {
            Some(only) => only.as_bool() == Some(false),
            None if version(node) < 3.0 => true,
            None => parameter(node, "includeOtherFields").and_then(Value::as_bool) == Some(true),
        };
    (What::Make { why: "it only makes an item", keeps_item }, None, false)
}

/// A request: the system is that of the credentials, else of the host.
fn request(node: &Value, kind: &str, hosts: &BTreeMap<&str, String>) -> (What, Option<Start>, bool) {
    let address = parameter(node, "url").or_else(|| parameter(node, "endpoint")).and_then(Value::as_str);
    let by_credentials = words(node, "nodeCredentialType").and_then(http::app_of_credentials).and_then(|app| {
        match recognise(Space::N8n, &app) {
            Meaning::System(named) if !named.is_unknown() => Some(named),
            _ => None,
        }
    });
    let host = address.and_then(|address| http::host(address).or_else(|| variable(address, hosts)));
    let by_host = || match recognise(Space::Host, &host?) {
        Meaning::System(named) => Some(named),
        Meaning::BuiltIn => None,
    };
    let Some(system) = by_credentials.or_else(by_host) else {
        return (What::Make { why: "a request to a host that the file does not name", keeps_item: false }, None, false);
    };
    let default = if kind == "graphql" { "POST" } else { "GET" };
    let method = parameter(node, "method").or_else(|| parameter(node, "requestMethod")).and_then(Value::as_str);
    let role = http::role(method.unwrap_or(default), address.unwrap_or_default());
    let is_asked = system.is_ai || system.is_enrichment;
    let role = if role == Role::Read && is_asked { Role::Both } else { role };
    let answer = system.is_ai.then_some("text");
    let object =
        address.and_then(http::object).map(|word| Object::guessed(word, "read from the address of the request"));
    (What::Use(Use { system, role, is_role_guess: false, object, answer }), None, is_asked)
}

/// The tools of an MCP server: in the system of its address.
fn server(node: &Value) -> (What, Option<Start>, bool) {
    let address = ["endpointUrl", "sseEndpoint", "url"].iter().find_map(|key| words(node, key));
    let what = match address.and_then(http::host).map(|host| recognise(Space::Host, &host)) {
        Some(Meaning::System(system)) => {
            let answer = system.is_ai.then_some("text");
            What::Use(Use { system, role: Role::Both, is_role_guess: true, object: None, answer })
        }
        _ => What::Nothing("which MCP server it calls is not in the file"),
    };
    (what, None, true)
}

/// Variables of the workflow that hold an address, with its host.
pub(super) fn hosts_in_variables(nodes: &[Value]) -> BTreeMap<&str, String> {
    let mut hosts = BTreeMap::new();
    for node in nodes.iter().filter(|node| json::text(node, "type").is_some_and(|kind| kind.ends_with(".set"))) {
        let Some(parameters) = node.get("parameters") else { continue };
        json::texts(parameters, "", &mut |name, text| {
            if let Some(host) = text.contains("://").then(|| http::host(text)).flatten() {
                hosts.insert(name, host);
            }
        });
    }
    hosts
}

/// The host in the variable that an address begins with: `={{ $json.path }}/file.json`.
fn variable(address: &str, hosts: &BTreeMap<&str, String>) -> Option<String> {
    let begin = address.strip_prefix('=').unwrap_or(address).trim_start();
    let inner = begin.strip_prefix("{{")?;
    let inner = &inner[..inner.find("}}")?];
    let name = inner.trim().rsplit(['.', '[', '"', '\'', ']']).find(|part| !part.is_empty())?;
    hosts.get(name).cloned()
}

fn callee(node: &Value) -> Callee {
    let value = parameter(node, "workflowId");
    let id = value.and_then(|value| value.get("value").unwrap_or(value).as_str().map(str::to_owned));
    match id {
        Some(id) if id.contains("$workflow.id") => Callee::Same,
        Some(id) if !id.is_empty() && !id.starts_with('=') => Callee::Named(id),
        _ => Callee::Unknown,
    }
}

/// Runs a year of a node that starts by the clock.
fn schedule(node: &Value, kind: &str) -> Option<f64> {
    match kind {
        "cron" => parameter(node, "triggerTimes").and_then(poll),
        "interval" => {
            let interval = parameter(node, "interval").map_or(Some(1.0), Value::as_f64)?;
            rate::every(interval, words(node, "unit").unwrap_or("seconds"))
        }
        _ => {
            let rules = parameter(node, "rule").map_or(&[][..], |rule| json::list(rule, "interval"));
            // A rule without anything in it is once a day.
            let daily = [Value::Null];
            let rules = if rules.is_empty() { &daily } else { rules };
            rules.iter().map(rule).sum()
        }
    }
}

/// One rule of a schedule; what it leaves out is n8n's default.
fn rule(rule: &Value) -> Option<f64> {
    let number = |key: &str, default: f64| rule.get(key).map_or(Some(default), Value::as_f64);
    match json::text(rule, "field").unwrap_or("days") {
        "seconds" => rate::every(number("secondsInterval", 30.0)?, "seconds"),
        "minutes" => rate::every(number("minutesInterval", 5.0)?, "minutes"),
        "hours" => rate::every(number("hoursInterval", 1.0)?, "hours"),
        "days" => rate::every(number("daysInterval", 1.0)?, "days"),
        "weeks" => {
            let days = json::list(rule, "triggerAtDay").len().max(1);
            rate::every(number("weeksInterval", 1.0)?, "weeks").map(|runs| runs * days as f64)
        }
        "months" => rate::every(number("monthsInterval", 1.0)?, "months"),
        "cronExpression" => json::text(rule, "expression").and_then(rate::cron),
        _ => None,
    }
}

/// Runs a year of times as polling triggers and the old cron node have them.
fn poll(times: &Value) -> Option<f64> {
    let items = json::list(times, "item");
    let daily = [Value::Null];
    let items = if items.is_empty() { &daily } else { items };
    items
        .iter()
        .map(|item| match json::text(item, "mode").unwrap_or("everyDay") {
            "everyMinute" => rate::every(1.0, "minutes"),
            "everyHour" => rate::every(1.0, "hours"),
            "everyDay" => rate::every(1.0, "days"),
            "everyWeek" => rate::every(1.0, "weeks"),
            "everyMonth" => rate::every(1.0, "months"),
            "everyX" => {
                let interval = item.get("value").map_or(Some(2.0), Value::as_f64)?;
                rate::every(interval, json::text(item, "unit").unwrap_or("hours"))
            }
            "custom" => json::text(item, "cronExpression").and_then(rate::cron),
            _ => None,
        })
        .sum()
}

/// Whether it is a language model that serves other nodes.
pub(super) fn is_model(facts: &Facts) -> bool {
    matches!(facts.step.what, What::Mention(_)) && facts.kind.starts_with("lm")
}

/// Makes a step that needs a model work in the model's system; the first model stays.
pub(super) fn give_model(step: &mut Step, facts: &Facts, model: &Facts) {
    let answer = WITH_MODEL.iter().find(|(kind, _)| *kind == facts.kind).map(|(_, answer)| *answer);
    if let (Some(answer), What::Mention(system), What::Pass(_)) = (answer, &model.step.what, &step.what) {
        let system = if system.name.is_empty() { unknown(&model.kind) } else { system.clone() };
        step.what =
            What::Use(Use { system, role: Role::Both, is_role_guess: false, object: None, answer: Some(answer) });
    }
}
