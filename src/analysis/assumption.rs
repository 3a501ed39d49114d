//! What the results take for granted because the stack file does not say it.

use std::collections::{BTreeMap, BTreeSet};

use super::Analysis;
use super::calls::accounts;
use super::handoffs::{DEFAULT_ERROR_MINUTES, is_handoff};
use crate::analysis::Fact;
use crate::analysis::absence::Absence;
use crate::analysis::words::flow_name;
use crate::model::{Flow, FlowIx, Stack};

/// One thing taken for granted, its value, and what rests on it.
#[derive(Clone, Debug, PartialEq)]
pub struct Assumption {
    /// What is assumed: a key of the stack file, or the name of a convention.
    pub key: String,
    /// The number assumed, where it is one.
    pub number: Option<f64>,
    /// The words assumed, where it is no number.
    pub words: Option<String>,
    /// The flows, systems or teams that rest on it, by id.
    pub used_by: Vec<String>,
}

impl Assumption {
    /// The assumption that `key` is `value`.
    #[must_use]
    pub fn number(key: &str, value: f64, used_by: Vec<String>) -> Self {
        Self { key: key.into(), number: Some(value), words: None, used_by }
    }

    /// The assumption that `key` is as `words` say.
    #[must_use]
    pub fn words(key: &str, words: impl Into<String>, used_by: Vec<String>) -> Self {
        Self { key: key.into(), number: None, words: Some(words.into()), used_by }
    }
}

/// All assumptions behind `analysis`, by key; only those on which something rests.
#[must_use]
pub fn assumptions(analysis: &Analysis<'_>) -> Vec<Assumption> {
    let mut all = Vec::new();
    handoff_defaults(analysis, &mut all);
    origins(analysis, &mut all);
    own_facts(analysis.stack, &mut all);
    all.retain(|assumption| !assumption.used_by.is_empty());
    all.sort_by(|a, b| (&a.key, &a.words, &a.used_by).cmp(&(&b.key, &b.words, &b.used_by)));
    all
}

/// What availabilities of processes rest on: flows that state none count as always up. Nothing where no availability is known.
#[must_use]
pub fn always_up(analysis: &Analysis<'_>) -> Option<Assumption> {
    let known = analysis.resilience().iter().filter(|process| process.runs && process.is_known);
    let flows: BTreeSet<FlowIx> = known.flat_map(|process| process.always_up.iter().copied()).collect();
    let ids: Vec<String> = flows.into_iter().map(|ix| analysis.stack.flow(ix).id.to_string()).collect();
    (!ids.is_empty()).then(|| Assumption::words("availability", "always up", ids))
}

fn handoff_defaults(analysis: &Analysis<'_>, all: &mut Vec<Assumption>) {
    let stack = analysis.stack;
    let used_by = |applies: &dyn Fn(&Flow) -> bool| -> Vec<String> {
        let flows = stack.flows.iter().filter(|flow| is_handoff(stack, flow) && applies(flow));
        flows.map(|flow| flow.id.to_string()).collect()
    };
    let has_figures = |flow: &Flow| flow.runs.is_some() && flow.minutes_a_run().is_some();
    let counts_records =
        used_by(&|flow| has_figures(flow) && flow.run.records.is_none() && flow.run.error_rate.is_some());
    let mut one_record = callers_without_records(stack);
    one_record.extend(counts_records);
    all.push(Assumption::number("records", 1.0, one_record.into_iter().collect()));
    all.push(Assumption::number(
        "error_rate",
        0.0,
        used_by(&|flow| has_figures(flow) && flow.run.error_rate.is_none()),
    ));
    if stack.error_minutes.is_none() {
        let applies = |flow: &Flow| has_figures(flow) && flow.run.error_rate.is_some();
        all.push(Assumption::number("error_minutes", DEFAULT_ERROR_MINUTES.0, used_by(&applies)));
    }
    if let Some(rate) = stack.hourly_rate {
        let applies = |flow: &Flow| has_figures(flow) && flow.performer.is_none();
        all.push(Assumption::number("hourly_rate", rate.likely.0, used_by(&applies)));
    }
    if !analysis.handoffs().cut_short.is_empty() {
        let objects = analysis.handoffs().cut_short.iter().map(|ix| stack.data_object(*ix).id.to_string()).collect();
        all.push(Assumption::words(
            "handoffs",
            "too many chains: not all of them are listed; the totals hold all",
            objects,
        ));
    }
}

/// The flows whose calls are counted as those of one record a run, by id.
fn callers_without_records(stack: &Stack) -> BTreeSet<String> {
    let accounts = accounts(stack);
    let counted = accounts.iter().flat_map(|account| &account.by).filter(|share| share.runs.is_some());
    let flows = counted.map(|share| stack.flow(share.charge.flow));
    flows.filter(|flow| flow.run.records.is_none()).map(|flow| flow.id.to_string()).collect()
}

/// Systems that count as origins; and what would supply them if it were live.
fn origins(analysis: &Analysis<'_>, all: &mut Vec<Assumption>) {
    let stack = analysis.stack;
    // The first flow, by id, that would bring each object to each system if it were live.
    let mut waiting: BTreeMap<Fact, &Flow> = BTreeMap::new();
    for flow in stack.flows.iter().filter(|flow| !stack.is_live(flow)) {
        for data in &flow.data {
            waiting.entry(Fact { at: flow.to, data: *data }).or_insert(flow);
        }
    }
    for origin in analysis.supply.assumed_origins() {
        let (object, system) = (&stack.data_object(origin.data).name, &stack.system(origin.at).name);
        let words = match waiting.get(origin) {
            Some(flow) => format!("{object} originates at {system}; {}", why_not_live(stack, flow)),
            None => {
                format!("{object} originates at {system}, since nothing brings it there and something carries it on")
            }
        };
        all.push(Assumption::words("origin", words, vec![stack.system(origin.at).id.to_string()]));
    }
}

/// Facts of products that rows of one's own decided, and the file does not state itself.
fn own_facts(stack: &Stack, all: &mut Vec<Assumption>) {
    let mut rows: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for (_, system) in stack.live_systems() {
        let facts = &system.facts;
        let known = facts.product.as_ref().and_then(|id| stack.catalog.product(id.as_str()));
        let (Some(source), Some(known)) = (&facts.source, known) else { continue };
        let is_used = |column: &&String| match column.as_str() {
            "category" => known.kind == facts.kind,
            "vendor" => facts.vendor.as_ref() == Some(&known.vendor),
            "interfaces" => !facts.interfaces_stated,
            _ => true,
        };
        for row in &source.own {
            let columns: Vec<&str> = row.columns.iter().filter(is_used).map(String::as_str).collect();
            if !columns.is_empty() {
                let words = format!("{} says {} of {}", row.place(), columns.join(", "), known.name);
                rows.entry(words).or_default().push(system.id.to_string());
            }
        }
    }
    all.extend(rows.into_iter().map(|(words, systems)| Assumption::words("catalog", words, systems)));
}

fn why_not_live(stack: &Stack, flow: &Flow) -> String {
    match Absence::of(stack, flow) {
        Some(absence) => format!("{} would be its only supply, and {}", flow_name(stack, flow), absence.words(stack)),
        None => format!("{} would be its only supply", flow_name(stack, flow)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::trial::stack_of;

    #[test]
    fn flows_without_an_availability_count_as_always_up_where_one_is_told() {
        let told = |crm: &str| {
            let stack = stack_of(&format!(
                "sinew: 1
systems: {{ crm: {{ kind: crm, {crm}makes: [d] }}, cms: {{ kind: cms, availability: 99% }}, x: {{ kind: cms }} }}
data: {{ d: {{}} }}
flows:
  - {{ id: needed, from: crm, to: cms, data: d, mechanism: api }}
  - {{ id: aside, from: crm, to: x, data: d, mechanism: api }}
processes: {{ p: {{ needs: [{{ data: d, at: {} }}] }} }}
",
                if crm.is_empty() { "x" } else { "cms" }
            ));
            always_up(&Analysis::of(&stack)).map(|one| (one.words, one.used_by))
        };
        let words = Some("always up".to_owned());
        assert_eq!(told("availability: 99%, "), Some((words, vec!["needed".to_owned()])));
        // Where nothing that matters states one, no availability is told, and nothing rests on the flow.
        assert_eq!(told(""), None);
    }

    #[test]
    fn flows_count_as_carrying_one_record_where_it_decides_a_figure() {
        let stack = stack_of(
            "sinew: 1
systems: { a: { kind: crm, quotas: { daily_calls: 10 }, makes: [d] }, b: { kind: cms } }
data: { d: {} }
flows:
  - { id: calls, from: a, to: b, data: d, mechanism: api, runs: 1/day }
  - { id: calls-many, from: a, to: b, data: d, mechanism: native, runs: 1/day, records: 5 }
  - { id: hand, from: a, to: b, data: d, mechanism: message, runs: 1/day, minutes: 1, error_rate: 1% }
  - { id: hand-many, from: a, to: b, data: d, mechanism: message, runs: 1/day, minutes: 1, error_rate: 1%, records: 5 }
  - { id: hand-right, from: a, to: b, data: d, mechanism: message, runs: 1/day, minutes: 1 }
  - { id: no-runs, from: a, to: b, data: d, mechanism: etl }
",
        );
        let all = assumptions(&Analysis::of(&stack));
        let one = all.iter().find(|one| one.key == "records").expect("it is listed");
        assert_eq!((one.number, &one.used_by[..]), (Some(1.0), &["calls", "hand"].map(str::to_owned)[..]));
    }
}
