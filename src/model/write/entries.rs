//! Teams, systems, data objects, flows and processes as mappings.

use super::emit::{list, mapping, range, text};
use super::{Fields, Written};
use crate::catalog::{Catalog, ProductFacts, StatedFacts};
use crate::model::id::{DataIx, SystemIx, TeamIx};
use crate::model::stack::{DataObject, Flow, Making, Need, Process, Retraining, Review, Stack, Status, System, Team};

/// Collects the keys that are there.
#[derive(Default)]
pub(super) struct Writer(Fields);

impl Writer {
    pub(super) fn line(&mut self, key: &'static str, value: Option<String>) {
        self.0.extend(value.map(|line| (key, Written::Line(line))));
    }

    pub(super) fn text(&mut self, key: &'static str, value: Option<&String>) {
        self.line(key, value.map(|value| text(value)));
    }

    pub(super) fn flag(&mut self, key: &'static str, is_set: bool) {
        self.line(key, is_set.then(|| "true".to_owned()));
    }

    pub(super) fn list(&mut self, key: &'static str, items: Vec<String>) {
        if !items.is_empty() {
            self.0.push((key, Written::List(items)));
        }
    }

    pub(super) fn fields(self) -> Fields {
        self.0
    }
}

fn team_id(stack: &Stack, team: TeamIx) -> String {
    text(stack.team(team).id.as_str())
}

fn system_ids(stack: &Stack, systems: &[SystemIx]) -> Option<String> {
    let ids: Vec<String> = systems.iter().map(|ix| text(stack.system(*ix).id.as_str())).collect();
    (!ids.is_empty()).then(|| list(&ids))
}

fn data_ids(stack: &Stack, data: &[DataIx]) -> Option<String> {
    let ids: Vec<String> = data.iter().map(|ix| text(stack.data_object(*ix).id.as_str())).collect();
    (!ids.is_empty()).then(|| list(&ids))
}

/// The keys of a team.
pub(super) fn team_fields(team: &Team) -> Fields {
    let mut out = Writer::default();
    out.line("name", (team.name != team.id.as_str()).then(|| text(&team.name)));
    out.line("people", team.people.map(|people| people.to_string()));
    out.line("hourly_rate", team.hourly_rate.map(|rate| range(rate, "")));
    out.line("availability", team.availability.map(|share| range(share, "")));
    out.fields()
}

/// The keys of a data object.
pub(super) fn data_fields(data: &DataObject) -> Fields {
    let mut out = Writer::default();
    out.line("name", (data.name != data.id.as_str()).then(|| text(&data.name)));
    out.line("personal", data.personal.map(|personal| personal.to_string()));
    out.flag("content", data.is_content);
    out.fields()
}

/// The keys of a system, references as ids; two systems of two stacks differ where these differ.
#[must_use]
pub fn system_fields(stack: &Stack, system: &System) -> Fields {
    let mut out = Writer::default();
    facts(&mut out, &system.facts);
    let default_name = system.facts.name.as_deref().unwrap_or(system.id.as_str());
    out.line("name", (system.name != default_name).then(|| text(&system.name)));
    out.line("owner", system.owner.map(|team| team_id(stack, team)));
    out.text("budget_owner", system.budget_owner.as_ref());
    out.text("domain", system.domain.as_ref());
    out.line("availability", system.availability.map(|share| range(share, "")));
    out.line("status", (system.status != Status::default()).then(|| system.status.as_str().to_owned()));
    out.flag("audience_facing", system.is_audience_facing);
    out.line("depends_on", system_ids(stack, &system.depends_on));
    out.list("makes", system.makes.iter().map(|making| made(stack, making)).collect());
    out.line("security_review", system.security_review.map(|date| date.to_string()));
    let review = system.vendor_review;
    let mut pairs = Vec::new();
    pairs.extend(review.last.map(|date| ("last", date.to_string())));
    pairs.extend(review.every.map(|every| ("every", every.to_string())));
    out.line("vendor_review", (!pairs.is_empty()).then(|| mapping(&pairs)));
    let mut pairs = Vec::new();
    pairs.extend(system.contract.renews.map(|date| ("renews", date.to_string())));
    pairs.extend(system.contract.cost.map(|cost| ("cost", range(cost, ""))));
    out.line("contract", (!pairs.is_empty()).then(|| mapping(&pairs)));
    out.text("quality_standard", system.quality_standard.as_ref());
    out.text("runbook", system.runbook.as_ref());
    out.line(
        "pilot",
        system.pilot.as_ref().map(|pilot| {
            let mut pairs = Vec::new();
            pairs.extend(pilot.since.map(|date| ("since", date.to_string())));
            pairs.extend(pilot.decide_by.map(|date| ("decide_by", date.to_string())));
            pairs.extend(pilot.measure.as_ref().map(|measure| ("measure", text(measure))));
            pairs.extend(pilot.decider.map(|team| ("decider", team_id(stack, team))));
            mapping(&pairs)
        }),
    );
    out.fields()
}

/// What the file has to state for the catalogue to give these facts again: the product, and what differs from it.
fn facts(out: &mut Writer, facts: &ProductFacts) {
    let catalog = Catalog::builtin();
    let known = facts.product.as_ref().and_then(|id| catalog.product(id.as_str())).map(ProductFacts::from);
    let product = facts.product.as_ref().map(ToString::to_string).or_else(|| facts.name.clone());
    let mut stated = StatedFacts {
        product,
        kind: known.as_ref().is_none_or(|known| known.kind != facts.kind).then_some(facts.kind),
        vendor: facts.vendor.clone().filter(|_| known.as_ref().is_none_or(|known| known.vendor != facts.vendor)),
        ai: None,
        interfaces: facts.interfaces.clone().filter(|_| facts.interfaces_stated),
        quotas: facts.quotas,
    };
    let is_derived = catalog.facts(&stated).is_ok_and(|derived| derived.ai_tool == facts.ai_tool);
    stated.ai = (!is_derived).then_some(facts.ai_tool);
    out.text("product", stated.product.as_ref());
    out.line("kind", stated.kind.map(|kind| kind.as_str().to_owned()));
    out.text("vendor", stated.vendor.as_ref());
    out.line("ai", stated.ai.map(|ai| ai.to_string()));
    let interfaces = stated.interfaces.map(|all| all.iter().map(|one| one.as_str().to_owned()).collect::<Vec<_>>());
    out.line("interfaces", interfaces.map(|all| list(&all)));
    let mut pairs = Vec::new();
    pairs.extend(stated.quotas.daily_calls.map(|calls| ("daily_calls", calls.to_string())));
    pairs.extend(stated.quotas.batch_size.map(|size| ("batch_size", size.to_string())));
    out.line("quotas", (!pairs.is_empty()).then(|| mapping(&pairs)));
}

fn made(stack: &Stack, making: &Making) -> String {
    let mut pairs = vec![("data", text(stack.data_object(making.data).id.as_str()))];
    pairs.extend(data_ids(stack, &making.from).map(|from| ("from", from)));
    pairs.extend(making.model.as_ref().map(|model| {
        let mut pairs = Vec::new();
        pairs.extend(data_ids(stack, &model.feedback).map(|feedback| ("feedback", feedback)));
        let word = |retrain| Retraining::ALL.iter().find(|(way, _)| *way == retrain).map(|(_, word)| *word);
        pairs.extend(model.retrain.and_then(word).map(|word| ("retrain", word.to_owned())));
        pairs.extend(model.drift_monitor.map(|is| ("drift_monitor", is.to_string())));
        pairs.extend(model.explainable.map(|is| ("explainable", is.to_string())));
        ("model", mapping(&pairs))
    }));
    mapping(&pairs)
}

/// The keys of a flow, references as ids.
#[must_use]
pub fn flow_fields(stack: &Stack, flow: &Flow) -> Fields {
    let mut out = Writer::default();
    out.line("id", flow.has_own_id.then(|| text(flow.id.as_str())));
    out.line("from", Some(text(stack.system(flow.from).id.as_str())));
    out.line("to", Some(text(stack.system(flow.to).id.as_str())));
    out.line("data", data_ids(stack, &flow.data));
    out.line("mechanism", Some(flow.mechanism.as_str().to_owned()));
    out.line("through", system_ids(stack, &flow.through));
    out.line("performer", flow.performer.map(|team| team_id(stack, team)));
    out.line("runs", flow.runs.map(|runs| range(runs, "")));
    out.line("minutes", flow.minutes.map(|minutes| range(minutes, "")));
    out.line("records", flow.records.map(|records| range(records, "")));
    out.line("error_rate", flow.error_rate.map(|share| range(share, "")));
    out.line("delay", flow.delay.map(|delay| range(delay, "h")));
    out.line("review", flow.review.as_ref().map(|review| reviewed(stack, review)));
    out.line("value", flow.value.map(|value| range(value, "")));
    out.line("availability", flow.availability.map(|share| range(share, "")));
    out.flag("standby", flow.is_standby);
    out.line("status", flow.is_planned.then(|| "planned".to_owned()));
    out.fields()
}

fn reviewed(stack: &Stack, review: &Review) -> String {
    let mut pairs = Vec::new();
    pairs.extend(review.by.map(|team| ("by", team_id(stack, team))));
    pairs.extend(review.embedded.map(|is| ("embedded", is.to_string())));
    mapping(&pairs)
}

/// The keys of a process, references as ids.
pub(super) fn process_fields(stack: &Stack, process: &Process) -> Fields {
    let mut out = Writer::default();
    out.line("name", (process.name != process.id.as_str()).then(|| text(&process.name)));
    out.line("owner", process.owner.map(|team| team_id(stack, team)));
    let needs = process.needs.iter().map(|any| match any.as_slice() {
        [one] => needed(stack, one),
        several => {
            let several: Vec<String> = several.iter().map(|need| needed(stack, need)).collect();
            mapping(&[("any_of", list(&several))])
        }
    });
    out.list("needs", needs.collect());
    out.line("outage_cost", process.outage_cost.map(|cost| range(cost, "")));
    out.line("tolerates", process.tolerates.map(|time| time.to_string()));
    out.fields()
}

fn needed(stack: &Stack, need: &Need) -> String {
    let mut pairs =
        vec![("data", text(stack.data_object(need.data).id.as_str())), ("at", text(stack.system(need.at).id.as_str()))];
    pairs.extend(need.max_age.map(|age| ("max_age", age.to_string())));
    mapping(&pairs)
}
