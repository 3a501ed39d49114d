//! Workato recipes: single files, or those of a package.

use std::collections::BTreeMap;

use serde_json::Value;

use super::chain::{Callee, Object, Reference, Start, State, Step, Target, Use, What, Workflow};
use super::clean::LeftOut;
use super::json;
use super::pill;
use super::reading::{File, Reading};
use super::recognise::{Meaning, recognise};
use super::roles::{self, Part};
use super::{http, rate};
use crate::catalog::Space;

/// The sign of a recipe: code that begins with a provider and a keyword.
pub(super) fn sign(value: &Value) -> Option<&'static str> {
    let is_code = |code: &Value| json::text(code, "keyword").is_some() && code.get("provider").is_some();
    code(value).is_some_and(|code| is_code(&code)).then_some("code.provider and code.keyword")
}

/// The code of a recipe; older exports hold it as text.
fn code(value: &Value) -> Option<Value> {
    match value.get("code")? {
        Value::String(text) => json::parse(text).ok(),
        code => Some(code.clone()),
    }
}

/// Reads a recipe.
pub(super) fn read(file: &File<'_>, value: &Value, left_out: &mut LeftOut) -> Reading {
    let Some(code) = code(value) else { return Reading::default() };
    json::count_keys(value, &mut |key, value| {
        let is_left = matches!(key, "account_id" | "zip_name") && !value.is_null();
        left_out.count(key, usize::from(is_left));
        is_left
    });
    let mut recipe = Recipe { steps: Vec::new(), raw: Vec::new(), places: BTreeMap::new() };
    recipe.block(&code, None, false);
    let name = json::text(value, "name").unwrap_or(file.stem);
    let state = match value.get("running").and_then(Value::as_bool) {
        Some(true) => State::On,
        Some(false) => State::Off,
        None => State::Silent,
    };
    let workflow = Workflow {
        input: file.input,
        id: None,
        name: name.to_owned(),
        is_named: json::text(value, "name").is_some(),
        platform: "workato",
        state,
        steps: recipe.joined(),
    };
    Reading { workflows: vec![workflow], ..Reading::default() }
}

struct Recipe<'v> {
    steps: Vec<Step>,
    raw: Vec<&'v Value>,
    /// Steps by what pills call them.
    places: BTreeMap<&'v str, usize>,
}

impl<'v> Recipe<'v> {
    /// Adds a block behind `before`, and gives the last step in it.
    fn block(&mut self, block: &'v Value, before: Option<usize>, is_error: bool) -> usize {
        let keyword = json::text(block, "keyword").unwrap_or_default();
        let is_error = is_error || keyword == "catch";
        let at = self.steps.len();
        let mut step = step(block, keyword);
        step.before.extend(before);
        step.is_disabled = is_error || block.get("skip").and_then(Value::as_bool) == Some(true);
        step.is_for_errors = is_error;
        if is_error {
            step.what = What::Nothing("it handles an error");
        }
        self.steps.push(step);
        self.raw.push(block);
        if let Some(name) = json::text(block, "as") {
            self.places.insert(name, at);
        }
        let mut last = at;
        for inner in json::list(block, "block") {
            last = self.block(inner, Some(last), is_error);
        }
        last
    }

    /// The steps with what their inputs name.
    fn joined(mut self) -> Vec<Step> {
        for (step, block) in self.steps.iter_mut().zip(&self.raw) {
            step.references = references(block, &self.places);
        }
        self.steps
    }
}

fn step(block: &Value, keyword: &str) -> Step {
    let provider = json::text(block, "provider").unwrap_or_default();
    let operation = json::text(block, "name").unwrap_or_default();
    let number = json::id(block, "number").unwrap_or_default();
    let name = format!("step {number}, {}", if operation.is_empty() { keyword } else { operation });
    let is_trigger = keyword == "trigger";
    let (what, start) = match provider {
        "" => (What::Pass("it only chooses, repeats or waits"), None),
        "workato_recipe_function" | "workato_callable_recipe" => match operation {
            "call_recipe" => (What::Call(callee(block)), None),
            _ => {
                let makes = What::Make { why: "it is called, or answers its caller", keeps_item: false };
                (makes, is_trigger.then_some(Start::Called))
            }
        },
        "workato_api_platform" | "workato_webhooks" => {
            let start = is_trigger.then_some(Start::Webhook);
            (What::Make { why: "it is called, or answers its caller", keeps_item: false }, start)
        }
        "clock" => (What::Pass("it only chooses, waits or starts"), is_trigger.then(|| Start::Timed(every(block)))),
        _ => {
            let start = is_trigger.then_some(Start::Event);
            (in_system(block, provider, operation, is_trigger), start)
        }
    };
    let mut step = Step::new(name, what);
    step.start = start;
    step
}

fn in_system(block: &Value, provider: &str, operation: &str, is_trigger: bool) -> What {
    let built_in = What::Make { why: "it works in no other system", keeps_item: false };
    const OWN: [&str; 12] = [
        "logger",
        "py_eval",
        "js_eval",
        "ruby_eval",
        "workato_variable",
        "workato_list",
        "workato_db_table",
        "workato_pub_sub",
        "workato_template",
        "workato_files",
        "utility",
        "lookup_table",
    ];
    if OWN.contains(&provider) {
        return built_in;
    }
    let host = || json::text(block.get("input")?.get("request").unwrap_or(&block["input"]), "url").and_then(http::host);
    let meaning = match provider {
        "rest" | "http" => match host() {
            Some(host) => recognise(Space::Host, &host),
            None => return built_in,
        },
        _ => recognise(Space::Workato, provider),
    };
    let Meaning::System(system) = meaning else { return built_in };
    let Part { role, is_guess, answer } = roles::part(&system, operation, is_trigger);
    let chosen = block.get("input").and_then(|input| {
        ["sobject_name", "object", "object_name", "sheet_name", "table"].iter().find_map(|key| json::text(input, key))
    });
    let object = match chosen.filter(|name| !name.contains("_dp(")) {
        Some(name) => Some(Object::stated(super::recognise::in_words(name).to_lowercase())),
        None => roles::object(operation).map(Object::stated),
    };
    What::Use(Use { system, role, is_role_guess: is_guess, object, answer })
}

/// The recipe that a step calls, by its name.
fn callee(block: &Value) -> Callee {
    let named = block.get("input").and_then(|input| input.get("flow_id")).and_then(|flow| json::text(flow, "name"));
    named.map_or(Callee::Unknown, |name| Callee::Named(name.to_owned()))
}

/// Runs a year of Workato's clock.
fn every(block: &Value) -> Option<f64> {
    let input = block.get("input")?;
    let every = json::id(input, "trigger_every").map_or(Some(1.0), |number| number.parse().ok())?;
    rate::every(every, json::text(input, "time_unit")?)
}

/// The longest pill, in bytes.
const PILL: usize = 10_000;

/// The steps that inputs name by pills: `_dp('{"line":"step","path":["field"]}')`.
fn references(block: &Value, places: &BTreeMap<&str, usize>) -> Vec<Reference> {
    let mut all = pill::References::default();
    let Some(input) = block.get("input") else { return all.into_list() };
    json::texts(input, "", &mut |parameter, text| {
        for (at, _) in text.match_indices("_dp('") {
            let rest = &text[at + "_dp('".len()..];
            let rest = &rest[..rest.floor_char_boundary(PILL)];
            let Some(end) = rest.find("')") else { continue };
            let Ok(pill) = serde_json::from_str::<Value>(&rest[..end]) else { continue };
            let Some(line) = json::text(&pill, "line") else { continue };
            let field = json::list(&pill, "path").iter().filter_map(Value::as_str).next();
            let to = places.get(line).map_or(Target::Nowhere, |step| Target::Step(*step, false));
            let before = text[..at].trim_end_matches("#{").trim_end_matches('=');
            all.add(to, field, pill::finds(parameter, before));
        }
    });
    all.into_list()
}
