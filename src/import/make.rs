//! Make blueprints: the modules of a scenario, with their routes.

use std::collections::BTreeMap;

use serde_json::Value;

use super::chain::{Object, Reference, Start, State, Step, Target, Use, What, Workflow};
use super::clean::LeftOut;
use super::reading::{File, Reading};
use super::recognise::{Meaning, recognise};
use super::roles::{self, Part, Role};
use super::{http, json, pill};
use crate::catalog::Space;

/// The sign of a blueprint: a flow of modules that each name an app and an operation.
pub(super) fn sign(value: &Value) -> Option<&'static str> {
    let is_module = |module: &Value| {
        json::text(module, "module").is_some_and(|name| name.split_once(':').is_some_and(|(app, _)| !app.is_empty()))
    };
    let has_modules = |value: &Value| json::list(value, "flow").iter().any(is_module);
    blueprint(value).is_some_and(has_modules).then_some("flow[].module of the form app:operation")
}

/// The blueprint itself, or what Make's interface wraps it in.
fn blueprint(value: &Value) -> Option<&Value> {
    let inner = || value.get("response").and_then(|response| response.get("blueprint"));
    [Some(value), value.get("blueprint"), inner()].into_iter().flatten().find(|value| value.get("flow").is_some())
}

/// Reads a scenario.
pub(super) fn read(file: &File<'_>, value: &Value, left_out: &mut LeftOut) -> Reading {
    let Some(blueprint) = blueprint(value) else { return Reading::default() };
    json::count_keys(blueprint, &mut |key, _| {
        let field = match key {
            "__IMTCONN__" => key,
            "restore" => "metadata.restore",
            _ => return false,
        };
        left_out.count(field, 1);
        true
    });
    let mut modules = Modules { steps: Vec::new(), raw: Vec::new(), places: BTreeMap::new() };
    modules.flow(json::list(blueprint, "flow"), None, false);
    let name = json::text(blueprint, "name").unwrap_or(file.stem);
    let workflow = Workflow {
        input: file.input,
        id: None,
        name: name.to_owned(),
        is_named: json::text(blueprint, "name").is_some(),
        platform: "make",
        state: State::Silent,
        steps: modules.joined(),
    };
    Reading { workflows: vec![workflow], ..Reading::default() }
}

struct Modules<'v> {
    steps: Vec<Step>,
    raw: Vec<&'v Value>,
    places: BTreeMap<String, usize>,
}

impl<'v> Modules<'v> {
    /// Adds the modules of a flow behind `before`; those of an error handler are switched off.
    fn flow(&mut self, flow: &'v [Value], before: Option<usize>, is_error: bool) {
        let mut before = before;
        for module in flow {
            let is_first = self.steps.is_empty();
            let mut step = step(module, is_first);
            step.before.extend(before);
            if is_error {
                step.is_disabled = true;
                step.is_for_errors = true;
                step.what = What::Nothing("it handles an error");
            }
            let at = self.steps.len();
            self.steps.push(step);
            self.raw.push(module);
            if let Some(id) = json::id(module, "id") {
                self.places.insert(id, at);
            }
            for route in json::list(module, "routes") {
                self.flow(json::list(route, "flow"), Some(at), is_error);
            }
            self.flow(json::list(module, "onerror"), Some(at), true);
            before = Some(at);
        }
    }

    /// The steps with what their mappers name.
    fn joined(mut self) -> Vec<Step> {
        for (step, module) in self.steps.iter_mut().zip(&self.raw) {
            step.references = references(module, &self.places);
        }
        self.steps
    }
}

fn step(module: &Value, is_first: bool) -> Step {
    let full = json::text(module, "module").unwrap_or_default();
    let (app, operation) = full.split_once(':').unwrap_or((full, ""));
    let id = json::id(module, "id").unwrap_or_default();
    let name = format!("module {id}, {full}");
    let built_in = |start: Option<Start>| (What::Make { why: "it works in no other system", keeps_item: false }, start);
    let passes = |start: Option<Start>| (What::Pass("it only chooses, waits or starts"), start);
    let start = is_first.then_some(Start::Event);
    let (what, start) = match app {
        "gateway" | "webhook" if is_first => passes(Some(Start::Webhook)),
        "builtin" | "gateway" | "flow-control" | "webhook" => passes(start),
        "http" => (request(module, operation), start.map(|_| Start::Timed(None))),
        _ => match recognise(Space::Make, full) {
            Meaning::BuiltIn => built_in(start),
            Meaning::System(system) => {
                let is_trigger = is_first && !roles::role(operation).is_some_and(Role::writes);
                let Part { role, is_guess, answer } = roles::part(&system, operation, is_trigger);
                let object = object(module, app, operation);
                let used = Use { system, role, is_role_guess: is_guess, object, answer };
                // Modules that do not look for news start by a schedule that a blueprint does not hold.
                (What::Use(used), start)
            }
        },
    };
    let mut step = Step::new(name, what);
    step.start = start;
    step.is_disabled = module.get("disabled").and_then(Value::as_bool) == Some(true);
    step
}

/// A request of Make's own app for addresses.
fn request(module: &Value, operation: &str) -> What {
    let given = |key: &str| module.get("mapper").and_then(|mapper| json::text(mapper, key));
    let unknown = What::Make { why: "a request to a host that the file does not name", keeps_item: false };
    let Some(address) = given("url") else { return unknown };
    let Some(Meaning::System(system)) = http::host(address).map(|host| recognise(Space::Host, &host)) else {
        return unknown;
    };
    let default = if operation.to_lowercase().contains("get") { "GET" } else { "POST" };
    let role = http::role(given("method").unwrap_or(default), address);
    let is_asked = system.is_ai || system.is_enrichment;
    let role = if role == Role::Read && is_asked { Role::Both } else { role };
    let answer = system.is_ai.then_some("text");
    let object = http::object(address).map(|word| Object::guessed(word, "read from the address of the request"));
    What::Use(Use { system, role, is_role_guess: false, object, answer })
}

/// What a module is about: the sheet or table, else the words of its operation.
fn object(module: &Value, app: &str, operation: &str) -> Option<Object> {
    if app == "google-sheets" {
        let sheet = module.get("mapper").and_then(|mapper| json::text(mapper, "sheetId"));
        let sheet = sheet.or_else(|| module.get("parameters").and_then(|given| json::text(given, "sheetId")));
        let is_name = |name: &&str| !name.contains("{{") && name.chars().any(char::is_alphabetic);
        return Some(match sheet.filter(is_name) {
            Some(name) if !matches!(name.to_lowercase().as_str(), "sheet1" | "sheet 1") => Object::stated(name),
            _ => Object::guessed("row", "the sheet is not named"),
        });
    }
    roles::object(operation).map(Object::stated)
}

/// The modules that a mapper names: `{{3.email}}`, ``{{8.`Lead ID`}}``, `{{lower(3.email)}}`.
fn references(module: &Value, places: &BTreeMap<String, usize>) -> Vec<Reference> {
    let mut all = pill::References::default();
    let Some(mapper) = module.get("mapper") else { return all.into_list() };
    json::texts(mapper, "", &mut |parameter, text| {
        for (at, pill) in pill::braces(text) {
            let is_address = parameter == "url";
            for (id, field) in modules(pill) {
                let to = places.get(id).map_or(Target::Nowhere, |step| Target::Step(*step, false));
                all.add(to, field, is_address || pill::finds(parameter, &text[..at]));
            }
        }
    });
    all.into_list()
}

/// Numbers of modules with the first field behind each, in an expression.
fn modules(expression: &str) -> Vec<(&str, Option<&str>)> {
    let mut all = Vec::new();
    let bytes = expression.as_bytes();
    let mut at = 0;
    while at < bytes.len() {
        let begins = bytes[at].is_ascii_digit()
            && (at == 0 || !(bytes[at - 1].is_ascii_alphanumeric() || matches!(bytes[at - 1], b'.' | b'_' | b'`')));
        if !begins {
            at += 1;
            continue;
        }
        let digits = bytes[at..].iter().take_while(|byte| byte.is_ascii_digit()).count();
        let (id, rest) = expression[at..].split_at(digits);
        // `3.email` and ``3.`Lead ID` ``, and not the number 3.5.
        let field = rest.strip_prefix('.').or_else(|| rest.strip_prefix("[].")).and_then(|field| {
            match field.strip_prefix('`') {
                Some(quoted) => quoted.split('`').next(),
                None => {
                    let end = field.find(|c: char| !(c.is_alphanumeric() || c == '_')).unwrap_or(field.len());
                    Some(&field[..end])
                }
            }
        });
        if let Some(field) = field.filter(|field| !field.chars().all(|c| c.is_ascii_digit())) {
            all.push((id, Some(field)));
        }
        at += digits;
    }
    all
}

#[cfg(test)]
mod tests {
    use super::modules;

    #[test]
    fn numbers_before_a_field_are_modules_and_others_are_numbers() {
        for (expression, expected) in [
            ("3.email", vec![("3", Some("email"))]),
            ("8.`Lead ID`", vec![("8", Some("Lead ID"))]),
            ("if(12.amount > 3.5; lower(4.name); 0)", vec![("12", Some("amount")), ("4", Some("name"))]),
            ("4.properties_value.`Task ID`[].plain_text", vec![("4", Some("properties_value"))]),
            ("now", vec![]),
            ("v2.x", vec![]),
        ] {
            assert_eq!(modules(expression), expected, "{expression}");
        }
    }
}
