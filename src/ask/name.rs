//! What a person means by a name: ids, names that fit one thing alone, and else what could be meant.

use super::Refused;
use crate::analysis::absence::Absence;
use crate::analysis::outages::{component_id, find_component};
use crate::analysis::{Analysis, Component};
use crate::catalog::{Catalog, Lookup, Product, ProductId};
use crate::model::{Flow, ProcessIx, Stack};
use crate::source::{nearest, visible};

/// The components called `names`: ids or names of live systems, ids of live flows, teams of one.
///
/// # Errors
/// All those that there are not, or that could be several.
pub fn components(analysis: &Analysis<'_>, names: &[String]) -> Result<Vec<Component>, Refused> {
    let stack = analysis.stack;
    let mut found = Vec::new();
    let mut wrong = String::new();
    for name in names {
        let id = match component_of(stack, name) {
            Ok(id) => id,
            Err(several) => {
                wrong.push_str(&several);
                continue;
            }
        };
        match find_component(stack, &analysis.supply, &id) {
            Some(component) => found.push(component),
            None => wrong.push_str(&why_none(analysis, &id)),
        }
    }
    if wrong.is_empty() { Ok(found) } else { Err(Refused(wrong)) }
}

/// The process called `name`.
///
/// # Errors
/// Where there is none, or several.
pub fn process(stack: &Stack, name: &str) -> Result<ProcessIx, Refused> {
    let of_name = stack.processes.iter().filter(|process| process.name.is_meant_by(name));
    let is_id = stack.find_process(name).is_some();
    let ids: Vec<&str> = if is_id { Vec::new() } else { of_name.map(|process| process.id.as_str()).collect() };
    let id = one_of("process", name, &ids).map_err(Refused)?;
    stack.find_process(&id).ok_or_else(|| {
        let ids = stack.processes.iter().map(|process| process.id.as_str());
        let names = stack.processes.iter().map(|process| process.name.as_str());
        Refused(unknown("process", &id, nearest(&id, ids.chain(names))))
    })
}

/// The product called `name`.
///
/// # Errors
/// Where there is none, or the name stands for several, with what to write instead.
pub fn product<'c>(catalog: &'c Catalog, name: &str) -> Result<&'c Product, Refused> {
    let help = match catalog.find(name) {
        Lookup::Product(product) => return Ok(product),
        Lookup::Suite(suite) => {
            let members: Vec<&str> = suite.members.iter().map(ProductId::as_str).collect();
            format!("the name stands for several products: {}", members.join(", "))
        }
        Lookup::Unknown => match catalog.perhaps(name) {
            Some(near) => format!("did you mean `{near}`?"),
            None => format!(
                "`sinew catalog list` shows all products; a stack file can use any other product with `kind`\n  \
                 = help: to make it known, fill in these lines in a file, and name that under `catalog:` of the stack file or \
                 with `--catalog`\n\n{}\n{}",
                Catalog::ROW_COLUMNS,
                visible(&catalog.row_to_fill(name))
            ),
        },
    };
    Err(Refused(format!("error: no product named `{}` in the catalog\n  = help: {help}\n", visible(name))))
}

/// The id of the entry called `name`: a system, flow, team, data object or process.
///
/// # Errors
/// Where there is none, or several.
pub fn entry(stack: &Stack, name: &str) -> Result<String, Refused> {
    let id = entry_or_text(stack, name).map_err(Refused)?;
    let known = || {
        let systems = stack.systems.iter().map(|one| one.id.as_str());
        let flows = stack.flows.iter().map(|one| one.id.as_str());
        let teams = stack.teams.iter().map(|one| one.id.as_str());
        let data = stack.data.iter().map(|one| one.id.as_str());
        systems.chain(flows).chain(teams).chain(data).chain(stack.processes.iter().map(|one| one.id.as_str()))
    };
    match known().any(|one| one == id) {
        true => Ok(id),
        false => Err(Refused(unknown("entry", &id, nearest(&id, known())))),
    }
}

/// The same, and the text itself where nothing is called so.
pub(super) fn entry_or_text(stack: &Stack, text: &str) -> Result<String, String> {
    if stack.find_data(text).is_some() || stack.find_process(text).is_some() {
        return Ok(text.to_owned());
    }
    let id = component_of(stack, text)?;
    if id != text {
        return Ok(id);
    }
    let data = stack.data.iter().map(|one| (one.id.as_str(), &one.name));
    let processes = stack.processes.iter().map(|one| (one.id.as_str(), &one.name));
    let found: Vec<&str> = data.chain(processes).filter(|(_, name)| name.is_meant_by(text)).map(|(id, _)| id).collect();
    one_of("entry", text, &found)
}

/// The id of the system, flow or team that `text` is the id or the name of, or of the system whose product has that name
/// in full; why it is no one of them where several bear that name. What bears it not is left as it is.
pub(super) fn component_of(stack: &Stack, text: &str) -> Result<String, String> {
    let is_id = stack.find_system(text).is_some() || stack.find_team(text).is_some() || stack.find_flow(text).is_some();
    if is_id {
        return Ok(text.to_owned());
    }
    let wanted = text.trim().to_lowercase();
    let systems = stack.systems.iter().map(|system| (system.id.as_str(), &system.name));
    let teams = stack.teams.iter().map(|team| (team.id.as_str(), &team.name));
    let of_name = systems.chain(teams).filter(|(id, name)| name.is_meant_by(text) || id.to_lowercase() == wanted);
    let mut found: Vec<&str> = of_name.map(|(id, _)| id).collect();
    if found.is_empty() {
        let of_flow =
            stack.flows.iter().filter(|flow| flow_names(stack, flow).iter().any(|name| *name == arrowed(&wanted)));
        found.extend(of_flow.map(|flow| flow.id.as_str()));
    }
    if found.is_empty() {
        let is_meant = |name: &String| name.to_lowercase() == wanted;
        let of_product = stack.systems.iter().filter(|system| system.facts.name.as_ref().is_some_and(is_meant));
        found.extend(of_product.map(|system| system.id.as_str()));
    }
    one_of("component", text, &found)
}

/// What people call a flow, in small letters: `crm → mailer: lead` as all that is written shows it, and without its objects.
fn flow_names(stack: &Stack, flow: &Flow) -> [String; 2] {
    let ends = format!("{} → {}", stack.system(flow.from).name, stack.system(flow.to).name);
    let data: Vec<&str> = flow.data.iter().map(|data| stack.data_object(*data).name.as_str()).collect();
    [format!("{ends}: {}", data.join(", ")), ends].map(|name| name.to_lowercase())
}

/// The same text with the arrow of names where a keyboard has none.
fn arrowed(text: &str) -> String {
    let ends: Vec<&str> = text.split("->").map(str::trim).collect();
    ends.join(" → ")
}

/// The one id of `found`, `text` itself where there is none, and an error where there are several.
pub(super) fn one_of(what: &str, text: &str, found: &[&str]) -> Result<String, String> {
    match found {
        [] => Ok(text.to_owned()),
        [one] => Ok((*one).to_owned()),
        several => {
            let ids: Vec<String> = several.iter().map(|id| format!("`{id}`")).collect();
            Err(format!(
                "error: `{}` is the name of more than one {what}; name one by its id: {}\n",
                visible(text),
                ids.join(", ")
            ))
        }
    }
}

fn why_none(analysis: &Analysis<'_>, id: &str) -> String {
    let stack = analysis.stack;
    if let Some(ix) = stack.find_team(id) {
        let reason = if stack.team(ix).is_one_person() {
            "performs no live manual flow and makes nothing"
        } else {
            "has more than one person"
        };
        return format!("error: team `{id}` cannot fail: it {reason}\n");
    }
    if let Some(ix) = stack.find_system(id) {
        return format!("error: system `{id}` is {}, so it cannot fail\n", stack.system(ix).status.as_str());
    }
    if let Some(ix) = stack.find_flow(id) {
        let why = Absence::of(stack, stack.flow(ix)).map_or_else(String::new, |absence| absence.words(stack));
        return format!("error: flow `{id}` {why}, so it cannot fail\n");
    }
    let components = analysis.supply.components();
    let ids = components.iter().map(|component| component_id(stack, *component));
    let names = components.iter().map(|component| match component {
        Component::System(ix) => stack.system(*ix).name.to_string(),
        Component::Team(ix) => stack.team(*ix).name.to_string(),
        Component::Flow(ix) => {
            let [name, _] = flow_names(stack, stack.flow(*ix));
            name
        }
    });
    let names: Vec<String> = names.collect();
    unknown("component", id, nearest(id, ids.chain(names.iter().map(String::as_str))))
}

pub(super) fn unknown(what: &str, id: &str, near: Option<&str>) -> String {
    let id = visible(id);
    match near {
        Some(near) => format!("error: there is no {what} `{id}`; did you mean `{near}`?\n"),
        None => format!("error: there is no {what} `{id}`\n"),
    }
}
