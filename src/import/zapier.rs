//! Zaps: what Zapier exports of an account, a folder or one zap.

use std::collections::BTreeMap;

use serde_json::Value;

use super::chain::{Object, Reference, Start, State, Step, Target, Use, What, Workflow};
use super::clean::LeftOut;
use super::reading::{File, Reading};
use super::recognise::{Meaning, recognise};
use super::roles::{self, Role};
use super::{http, json, pill};
use crate::catalog::Space;

/// The sign of a Zapier file: zaps of nodes that each name the API they use.
pub(super) fn sign(value: &Value) -> Option<&'static str> {
    let has_api = |zap: &Value| {
        zap.get("nodes")
            .and_then(Value::as_object)
            .is_some_and(|nodes| nodes.values().any(|node| json::text(node, "selected_api").is_some()))
    };
    json::list(value, "zaps").iter().any(has_api).then_some("zaps[].nodes{}.selected_api")
}

/// Steps of Zapier itself, whatever `type_of` says of them: what they are, and whether they make a new item.
const BUILT_IN: [(&str, bool); 17] = [
    ("CodeCLIAPI", true),
    ("ZapierFormatterCLIAPI", true),
    ("FormatterCLIAPI", true),
    ("BranchingAPI", false),
    ("FilterAPI", false),
    ("FilterCLIAPI", false),
    ("TableCLIAPI", true),
    ("ZapierTablesCLIAPI", true),
    ("AICLIAPI", true),
    ("DelayCLIAPI", false),
    ("DelayAPI", false),
    ("StorageCLIAPI", true),
    ("LoopingCLIAPI", true),
    ("DigestCLIAPI", true),
    ("ScheduleCLIAPI", false),
    ("ScheduleAPI", false),
    ("SubZapCLIAPI", true),
];

/// Reads all zaps of a file.
pub(super) fn read(file: &File<'_>, value: &Value, left_out: &mut LeftOut) -> Reading {
    let mut reading = Reading::default();
    for zap in json::list(value, "zaps") {
        json::count_keys(zap, &mut |key, value| {
            let is_left = matches!(key, "authentication_id" | "account_id" | "customuser_id") && !value.is_null();
            left_out.count(key, usize::from(is_left));
            key == "params"
        });
        let name = json::text(zap, "title").unwrap_or(file.stem);
        let state = match json::text(zap, "status").map(str::to_lowercase).as_deref() {
            Some("on" | "enabled" | "published") => State::On,
            Some(_) => State::Off,
            None => State::Silent,
        };
        reading.workflows.push(Workflow {
            input: file.input,
            // An export numbers its zaps from 1, so that the number says nothing.
            id: None,
            name: name.to_owned(),
            is_named: json::text(zap, "title").is_some(),
            platform: "zapier",
            state,
            steps: steps(zap),
        });
    }
    reading
}

fn steps(zap: &Value) -> Vec<Step> {
    let nodes: Vec<&Value> =
        zap.get("nodes").and_then(Value::as_object).into_iter().flat_map(|nodes| nodes.values()).collect();
    let places: BTreeMap<String, usize> =
        nodes.iter().enumerate().filter_map(|(n, node)| Some((json::id(node, "id")?, n))).collect();
    let steps = nodes.iter().map(|node| {
        let mut step = step(node);
        // The chain is that of the parents; ids come in any order.
        step.before.extend(json::id(node, "parent_id").and_then(|id| places.get(&id).copied()));
        if let Some(params) = node.get("params") {
            step.references = references(params, &places);
        }
        step
    });
    steps.collect()
}

fn step(node: &Value) -> Step {
    let full = json::text(node, "selected_api").unwrap_or_default();
    let api = full.split('@').next().unwrap_or_default();
    let action = json::text(node, "action").unwrap_or_default();
    let is_first = node.get("parent_id").is_none_or(Value::is_null);
    let words = match super::recognise::in_words(action) {
        words if words.is_empty() => api.to_owned(),
        words => words,
    };
    let id = json::id(node, "id").unwrap_or_default();
    let name = format!("step {id}, {words}");
    let built_in = |makes: bool| match makes {
        true => What::Make { why: "it works in no other system", keeps_item: false },
        false => What::Pass("it only chooses, waits or starts"),
    };
    let known = BUILT_IN.iter().find(|(known, _)| *known == api);
    let host = || json::text(node.get("params")?, "url").and_then(http::host);
    let (what, start) = match (api, known) {
        ("ScheduleCLIAPI" | "ScheduleAPI", _) => (built_in(false), Some(Start::Timed(every(action)))),
        (_, Some((_, makes))) => (built_in(*makes), is_first.then_some(Start::Event)),
        ("WebHookCLIAPI" | "WebHookAPI", _) => match host().filter(|_| !is_first) {
            Some(host) => (system(recognise(Space::Host, &host), node, action, is_first), None),
            None => (built_in(true), is_first.then_some(Start::Webhook)),
        },
        _ => (system(recognise(Space::Zapier, full), node, action, is_first), is_first.then_some(Start::Event)),
    };
    let mut step = Step::new(name, what);
    step.start = start;
    step
}

/// A step in a system.
fn system(meaning: Meaning, node: &Value, action: &str, is_first: bool) -> What {
    let Meaning::System(system) = meaning else {
        return What::Make { why: "it works in no other system", keeps_item: false };
    };
    let is_asked = system.is_ai || system.is_enrichment;
    let role = match json::text(node, "type_of") {
        _ if is_first => Some(Role::Read),
        Some("read" | "search") if is_asked => Some(Role::Both),
        Some("read" | "search") => Some(Role::Read),
        Some("search_or_write" | "search_and_write") => Some(Role::Both),
        Some("write") if is_asked => Some(Role::Both),
        Some("write") => Some(Role::Write),
        _ => roles::role(action),
    };
    let object = object(node, action);
    let answer = (system.is_ai && !is_first).then_some("text");
    What::Use(Use { system, role: role.unwrap_or(Role::Both), is_role_guess: role.is_none(), object, answer })
}

/// What a step is about: the object that is chosen, the sheet, else the words of the action.
fn object(node: &Value, action: &str) -> Option<Object> {
    let is_name = |name: &&str| !name.contains("{{") && name.chars().any(char::is_alphabetic) && name.len() < 60;
    let chosen =
        node.get("params").and_then(|params| json::text(params, "object").or_else(|| json::text(params, "objectType")));
    let shown = || node.get("meta").and_then(|meta| meta.get("parammap")).and_then(|map| json::text(map, "worksheet"));
    let sheet = || node.get("params").and_then(|params| json::text(params, "worksheet"));
    if let Some(name) = chosen.filter(is_name).or_else(|| shown().filter(is_name)).or_else(|| sheet().filter(is_name)) {
        return Some(Object::stated(name.to_lowercase()));
    }
    roles::object(action).map(Object::stated)
}

/// Runs a year of Zapier's schedule.
fn every(action: &str) -> Option<f64> {
    let unit = ["hour", "day", "week", "month"].into_iter().find(|unit| action.contains(unit))?;
    super::rate::every(1.0, unit)
}

/// The steps that parameters name: `{{268__email}}`, and `{{=gives["268"]["email"]}}`.
fn references(params: &Value, places: &BTreeMap<String, usize>) -> Vec<Reference> {
    let mut all = pill::References::default();
    json::texts(params, "", &mut |parameter, text| {
        for (at, pill) in pill::braces(text) {
            let named = match pill.trim().strip_prefix("=gives[") {
                Some(path) => {
                    let mut parts =
                        path.split(['"', '\'']).filter(|part| !part.is_empty() && !matches!(*part, "][" | "]"));
                    parts.next().map(|id| (id, parts.next()))
                }
                None => pill.split_once("__").map(|(id, field)| (id, field.split("__").next())),
            };
            let Some((id, field)) = named else { continue };
            let to = places.get(id.trim()).map_or(Target::Nowhere, |step| Target::Step(*step, false));
            all.add(to, field, pill::finds(parameter, &text[..at]));
        }
    });
    all.into_list()
}
