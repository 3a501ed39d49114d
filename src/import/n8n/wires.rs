//! The nodes of a workflow with their wires: which item comes in, which nodes serve another, what parameters name.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;

use super::expression::{Named, names};
use super::node::{Facts, facts, is_model};
use crate::import::chain::{Reference, Step, Target, What};
use crate::import::json;
use crate::import::roles::{Role, finds_the_record};

/// One wire: from an output of a node to another node.
struct Wire {
    from: usize,
    to: usize,
    /// `main`, or what a node serves another as: `ai_tool`, `ai_languageModel`.
    kind: String,
    output: usize,
}

/// The steps of a workflow, and the names of nodes that are referred to and not there.
pub(super) fn steps(workflow: &Value) -> (Vec<Step>, BTreeSet<String>) {
    let nodes = json::list(workflow, "nodes");
    let mut missing = BTreeSet::new();
    let by_name: BTreeMap<&str, usize> =
        nodes.iter().enumerate().filter_map(|(n, node)| Some((json::text(node, "name")?, n))).collect();
    let wires = wires(workflow, nodes, &by_name, &mut missing);
    let hosts = super::node::hosts_in_variables(nodes);
    let all: Vec<Facts> = nodes.iter().map(|node| facts(node, &hosts)).collect();
    let mut steps: Vec<Step> = all.iter().map(|facts| facts.step.clone()).collect();
    for (n, node) in nodes.iter().enumerate() {
        let references = references(node, all[n].reads_address);
        for (named, finds) in references {
            let (to, field) = match named {
                Named::Item(field) => (Target::Item, field),
                Named::Node(name, field) => match by_name.get(name.as_str()) {
                    Some(other) => (Target::Step(*other, false), field),
                    None => {
                        let likely = likely(&name, &by_name);
                        missing.insert(name);
                        (likely.map_or(Target::Nowhere, |other| Target::Step(other, true)), field)
                    }
                },
            };
            steps[n].references.push(Reference { to, field, finds });
        }
    }
    join(&mut steps, &wires, nodes);
    serve(&mut steps, &wires, &all);
    (steps, missing)
}

/// The only node whose name is contained in the name that is missing, or the other way round: nodes get renamed.
fn likely(name: &str, by_name: &BTreeMap<&str, usize>) -> Option<usize> {
    let fits = |known: &&str| known.len() >= 4 && (name.contains(*known) || known.contains(name));
    let mut fitting = by_name.keys().filter(|known| fits(known));
    match (fitting.next(), fitting.next()) {
        (Some(one), None) => by_name.get(one).copied(),
        _ => None,
    }
}

/// Every wire; its ends may be named by the node's name or by its id.
fn wires(
    workflow: &Value,
    nodes: &[Value],
    by_name: &BTreeMap<&str, usize>,
    missing: &mut BTreeSet<String>,
) -> Vec<Wire> {
    let by_id: BTreeMap<&str, usize> =
        nodes.iter().enumerate().filter_map(|(n, node)| Some((json::text(node, "id")?, n))).collect();
    let find = |name: &str| by_name.get(name).or_else(|| by_id.get(name)).copied();
    let mut all = Vec::new();
    for (from, kinds) in workflow.get("connections").and_then(Value::as_object).into_iter().flatten() {
        let source = find(from);
        if source.is_none() {
            missing.insert(from.clone());
        }
        for (kind, outputs) in kinds.as_object().into_iter().flatten() {
            for (output, ends) in outputs.as_array().into_iter().flatten().enumerate() {
                for end in ends.as_array().into_iter().flatten() {
                    let Some(name) = json::text(end, "node") else { continue };
                    match (source, find(name)) {
                        (Some(from), Some(to)) => all.push(Wire { from, to, kind: kind.clone(), output }),
                        (_, None) => drop(missing.insert(name.to_owned())),
                        (None, Some(_)) => {}
                    }
                }
            }
        }
    }
    all
}

/// Puts steps behind each other; what comes out of an error output is switched off.
fn join(steps: &mut [Step], wires: &[Wire], nodes: &[Value]) {
    let is_error =
        |wire: &Wire| wire.output > 0 && json::text(&nodes[wire.from], "onError") == Some("continueErrorOutput");
    let main = || wires.iter().filter(|wire| wire.kind == "main");
    for wire in main().filter(|wire| !is_error(wire)) {
        if !steps[wire.to].before.contains(&wire.from) {
            steps[wire.to].before.push(wire.from);
        }
    }
    for wire in main().filter(|wire| is_error(wire)) {
        let step = &mut steps[wire.to];
        if step.before.is_empty() {
            step.is_for_errors |= !step.is_disabled;
            step.is_disabled = true;
        }
    }
}

/// How many nodes one may serve, itself or through others.
const SERVED: usize = 100;

/// Gives agents and chains their model and their tools. A node may serve one that serves another: the last one works.
fn serve(steps: &mut [Step], wires: &[Wire], all: &[Facts]) {
    let serving: Vec<&Wire> = wires.iter().filter(|wire| wire.kind != "main").collect();
    let mut served: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
    for wire in &serving {
        served.entry(wire.from).or_default().push(wire.to);
    }
    let mut masters: BTreeMap<usize, BTreeSet<usize>> = BTreeMap::new();
    for wire in &serving {
        let (mut open, mut seen) = (vec![wire.to], BTreeSet::from([wire.from, wire.to]));
        while let Some(node) = open.pop().filter(|_| seen.len() <= SERVED) {
            match served.get(&node) {
                Some(next) => open.extend(next.iter().copied().filter(|node| seen.insert(*node))),
                None => drop(masters.entry(wire.from).or_default().insert(node)),
            }
        }
    }
    for wire in serving.iter().filter(|wire| wire.kind == "ai_languageModel" && is_model(&all[wire.from])) {
        for master in masters.get(&wire.from).into_iter().flatten() {
            super::node::give_model(&mut steps[*master], &all[*master], &all[wire.from]);
        }
    }
    for (servant, masters) in &masters {
        for master in masters.iter().filter(|master| *master != servant) {
            let asks = match &steps[*servant].what {
                What::Use(used) => match used.role {
                    Role::Read => Some(false),
                    Role::Both | Role::Launch => Some(used.is_role_guess),
                    Role::Write => None,
                },
                What::Call(_) => Some(false),
                _ => continue,
            };
            steps[*servant].before.push(*master);
            if let Some(is_guess) = asks {
                steps[*master].asks.push((*servant, is_guess));
            }
        }
    }
}

/// References of one node that are looked at.
const MOST: usize = 1_000;

/// What the parameters of a node name, and whether that only finds a record. `reads_address` tells that the address
/// carries what is asked about.
fn references(node: &Value, reads_address: bool) -> Vec<(Named, bool)> {
    let mut all: Vec<(Named, bool)> = Vec::new();
    if let Some(parameters) = node.get("parameters") {
        walk(parameters, "", false, &mut |parameter, text, is_locator| {
            let is_code = matches!(parameter, "jsCode" | "functionCode" | "pythonCode" | "code");
            if !(text.starts_with('=') || is_code) {
                return;
            }
            let is_address = parameter == "url" && !reads_address;
            let finds = is_locator || is_address || finds_the_record(parameter);
            for named in names(text) {
                let is_full = all.len() >= MOST;
                match all.iter_mut().find(|(known, _)| *known == named) {
                    Some((_, known)) => *known &= finds,
                    None if is_full => {}
                    None => all.push((named, finds)),
                }
            }
        });
    }
    all
}

/// Calls `found` with each text, the parameter that holds it, and whether it stands in a resource locator.
fn walk<'v>(value: &'v Value, parameter: &'v str, is_locator: bool, found: &mut impl FnMut(&'v str, &'v str, bool)) {
    match value {
        Value::String(text) => found(parameter, text, is_locator),
        Value::Array(items) => items.iter().for_each(|item| walk(item, parameter, is_locator, found)),
        Value::Object(entries) => {
            let is_locator = is_locator || entries.contains_key("__rl");
            let named = entries.get("name").and_then(Value::as_str).filter(|name| !name.starts_with('='));
            for (key, inner) in entries {
                let own = match key.as_str() {
                    "value" | "stringValue" => named.unwrap_or(parameter),
                    key => key,
                };
                walk(inner, own, is_locator, found);
            }
        }
        _ => {}
    }
}
