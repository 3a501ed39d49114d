//! `sinew outage`: what breaks if …?

use clap::{Args, ValueEnum};

use super::console;
use super::exit::Failure;
use super::format::{Format, Length};
use super::stack::{Opened, StackFile};
use crate::analysis::Analysis;
use crate::analysis::Component;
use crate::analysis::absence::Absence;
use crate::analysis::outages::{find_component, joint_outage};
use crate::analysis::resilience::{DEFAULT_ORDER, MAX_ORDER};
use crate::analysis::roads::roads;
use crate::model::Stack;
use crate::report::facts::fault_tree::fault_tree;
use crate::report::open_psa::open_psa;
use crate::report::{Report, Structure, outage, process};
use crate::source::{nearest, visible};

/// Show what breaks if a system, flow or person fails
///
/// By default, components fail one at a time, most severe first. With `--without`, all named components fail together, and
/// each process that stops is shown with the shortest chain of reasons.
#[derive(Args, Debug)]
pub(super) struct Outage {
    #[command(flatten)]
    stack: StackFile,
    /// Component that fails: id or name of a live system, id of a live flow, or a team of one; may be repeated
    #[arg(long, value_name = "ID", conflicts_with = "process")]
    without: Vec<String>,
    /// Largest number of components in the cut sets listed
    #[arg(long, value_name = "N", default_value_t = DEFAULT_ORDER, value_parser = clap::value_parser!(u32).range(1..=i64::from(MAX_ORDER)))]
    order: u32,
    /// Process to write as a fault tree; needs `--format open-psa`
    #[arg(long, value_name = "ID", required_if_eq("format", "open-psa"))]
    process: Option<String>,
    /// Output format
    #[arg(long, value_name = "FORMAT", default_value = "text")]
    format: OutageFormat,
    #[command(flatten)]
    length: Length,
}

/// In which form to answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum OutageFormat {
    /// For people, in color on a terminal
    Text,
    /// For programs; `sinew schema report` describes it
    Json,
    /// For documents
    Markdown,
    /// One process as a fault tree in the Open-PSA model exchange format
    OpenPsa,
}

impl Outage {
    /// Whether the answer is for programs.
    pub(super) fn is_json(&self) -> bool {
        self.format == OutageFormat::Json
    }

    pub(super) fn run(&self) -> Result<(), Failure> {
        let opened = self.stack.open()?;
        let analysis = Analysis::of(&opened.stack);
        let format = match self.format {
            OutageFormat::Text => Format::Text,
            OutageFormat::Json => Format::Json,
            OutageFormat::Markdown => Format::Markdown,
            OutageFormat::OpenPsa => return self.fault_tree(&opened, &analysis),
        };
        if self.process.is_some() {
            return Err(Failure::Input("error: `--process` needs `--format open-psa`\n".into()));
        }
        if self.without.is_empty() {
            let report = Report {
                outages: Some(outage::outages(&analysis)),
                processes: Some(process::processes(&opened.stack, &analysis.resilience_to(self.order))),
                structure: Some(Structure::of(&opened.stack)),
                ..Report::about(&analysis)
            };
            return format.print(&report, self.length);
        }
        let components = components(&opened.stack, &analysis, &self.without)?;
        let found = joint_outage(&opened.stack, &analysis.supply, &components);
        let roads = roads(&opened.stack, &analysis.supply, &components, &found.processes_down);
        let told = outage::outage(&opened.stack, &found).with_reasons(&opened.stack, &roads);
        format.print(&Report { outages: Some(vec![told]), ..Report::about(&analysis) }, self.length)
    }

    fn fault_tree(&self, opened: &Opened, analysis: &Analysis<'_>) -> Result<(), Failure> {
        let said = self.process.as_deref().unwrap_or_default();
        let of_name = opened.stack.processes.iter().filter(|process| process.name.is_meant_by(said));
        let is_id = opened.stack.find_process(said).is_some();
        let ids: Vec<&str> = if is_id { Vec::new() } else { of_name.map(|process| process.id.as_str()).collect() };
        let wanted = &*one_of("process", said, &ids).map_err(Failure::Input)?;
        let Some(process) = opened.stack.find_process(wanted) else {
            let known = opened.stack.processes.iter().map(|process| process.id.as_str());
            return Err(Failure::Input(unknown("process", wanted, nearest(wanted, known))));
        };
        let tree = fault_tree(analysis, process).map_err(|refused| {
            Failure::Input(format!("error: `{wanted}` cannot be written as a fault tree: {refused}\n"))
        })?;
        console::result(&open_psa(&tree))
    }
}

/// The components called `ids`; those that there are not are all told at once.
pub(super) fn components(stack: &Stack, analysis: &Analysis<'_>, ids: &[String]) -> Result<Vec<Component>, Failure> {
    let mut found = Vec::new();
    let mut wrong = String::new();
    for id in ids {
        let id = &match named(stack, id) {
            Ok(id) => id,
            Err(several) => {
                wrong.push_str(&several);
                continue;
            }
        };
        match find_component(stack, &analysis.supply, id) {
            Some(component) => found.push(component),
            None => wrong.push_str(&why_none(stack, analysis, id)),
        }
    }
    if wrong.is_empty() { Ok(found) } else { Err(Failure::Input(wrong)) }
}

/// The id of the system, flow or team that `text` is the id or the name of, or of the system whose product has that name
/// in full; why it is no one of them where several bear that name. What bears it not is left as it is.
fn named(stack: &Stack, text: &str) -> Result<String, String> {
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
        let is_meant = |name: &String| name.to_lowercase() == wanted;
        let of_product = stack.systems.iter().filter(|system| system.facts.name.as_ref().is_some_and(is_meant));
        found.extend(of_product.map(|system| system.id.as_str()));
    }
    one_of("component", text, &found)
}

/// The one id of `found`, `text` itself where there is none, and an error where there are several.
fn one_of(what: &str, text: &str, found: &[&str]) -> Result<String, String> {
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

fn why_none(stack: &Stack, analysis: &Analysis<'_>, id: &str) -> String {
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
    let known = analysis.supply.components().iter();
    let known = known.map(|component| crate::analysis::outages::component_id(stack, *component));
    unknown("component", id, nearest(id, known))
}

fn unknown(what: &str, id: &str, near: Option<&str>) -> String {
    match near {
        Some(near) => format!("error: there is no {what} `{id}`; did you mean `{near}`?\n"),
        None => format!("error: there is no {what} `{id}`\n"),
    }
}
