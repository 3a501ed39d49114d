//! Calls a day that the flows of a stack make on its systems.

use std::collections::BTreeMap;

use crate::catalog::{Catalog, Interface, ProductId};
use crate::model::{Flow, FlowIx, Mechanism, Stack, System, SystemIx};

/// Days of a year over which automated runs are spread.
const DAYS: f64 = 365.0;

/// The calls of one flow on one of its ends.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct FlowCalls {
    /// The flow, of which this is one end.
    pub flow: FlowIx,
    /// Calls a day, at least one for each run.
    pub a_day: f64,
    /// Runs a day: the stated rate spread over the year.
    pub runs_a_day: f64,
    /// Records of a run.
    pub records: f64,
    /// Records that one call carries; `None` where that is not documented, which counts as one.
    pub batch: Option<u64>,
}

/// The calls that all flows make on one system.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Calls {
    /// By flow, most calls first, then by flow.
    pub flows: Vec<FlowCalls>,
    /// What native connectors spend a day only to look for changes, by the system at their other end.
    pub connectors: Vec<(SystemIx, f64)>,
}

impl Calls {
    /// All together, a day.
    #[must_use]
    pub fn a_day(&self) -> f64 {
        let flows: f64 = self.flows.iter().map(|flow| flow.a_day).sum();
        flows + self.connectors.iter().map(|(_, calls)| calls).sum::<f64>()
    }
}

/// The calls of live automated flows that are not standby, by system; flows without `runs` are not counted.
///
/// A run takes as many calls as batches hold its records. Which end is called depends on the mechanism: code and
/// middleware read from the source and write to the target; a webhook only writes; a native connector calls the product
/// that did not build it, and both where the catalog does not know the builder; files, and AI inside its platform,
/// take no calls. Likely values throughout.
#[must_use]
pub fn calls_by_system(stack: &Stack) -> BTreeMap<SystemIx, Calls> {
    let mut all: BTreeMap<SystemIx, Calls> = BTreeMap::new();
    for (ix, flow) in stack.live_flows().filter(|(_, flow)| !flow.is_manual() && !flow.is_standby) {
        let [reads, writes] = called_ends(stack, flow);
        for (at, is_called) in [(flow.from, reads), (flow.to, writes)] {
            if let Some(calls) = flow_calls(stack.system(at), ix, flow).filter(|_| is_called) {
                all.entry(at).or_default().flows.push(calls);
            }
        }
        if flow.mechanism == Mechanism::Native {
            for (at, with) in [(flow.from, flow.to), (flow.to, flow.from)] {
                if let Some(cost) = connector_cost(stack, at, with) {
                    let connectors = &mut all.entry(at).or_default().connectors;
                    if !connectors.iter().any(|(known, _)| *known == with) {
                        connectors.push((with, cost));
                    }
                }
            }
        }
    }
    for calls in all.values_mut() {
        calls.flows.sort_by(|a, b| b.a_day.total_cmp(&a.a_day).then(a.flow.cmp(&b.flow)));
        calls.connectors.sort_by_key(|(with, _)| *with);
    }
    all
}

/// The calls a day that one flow makes, whether it is live or not, by the system on which it makes them; none where
/// `runs` is not stated. The native connector's own look-ups are among them.
#[must_use]
pub fn calls_of(stack: &Stack, flow: &Flow) -> Vec<(SystemIx, f64)> {
    let [reads, writes] = called_ends(stack, flow);
    let ends = [(flow.from, flow.to, reads), (flow.to, flow.from, writes)];
    let mut found = Vec::new();
    for (at, with, is_called) in ends {
        // The place of the flow is not looked at.
        let calls = flow_calls(stack.system(at), FlowIx(0), flow).filter(|_| is_called);
        let own = (flow.mechanism == Mechanism::Native).then(|| connector_cost(stack, at, with)).flatten();
        let a_day = calls.map_or(0.0, |calls| calls.a_day) + own.unwrap_or(0.0);
        if a_day > 0.0 {
            found.push((at, a_day));
        }
    }
    found
}

fn flow_calls(system: &System, ix: FlowIx, flow: &Flow) -> Option<FlowCalls> {
    let runs_a_day = flow.runs?.likely.0 / DAYS;
    let records = flow.records.map_or(1.0, |records| records.likely.0);
    let batch = batch_size(system, flow.mechanism);
    // A run that finds nothing to move has still asked.
    let calls = (records / batch.unwrap_or(1).max(1) as f64).ceil().max(1.0);
    Some(FlowCalls { flow: ix, a_day: runs_a_day * calls, runs_a_day, records, batch })
}

/// Pipelines into and out of warehouses use bulk jobs where a product has them; all else goes record by record or in
/// the batches of the general interface.
fn batch_size(system: &System, mechanism: Mechanism) -> Option<u64> {
    let of = |interface| Catalog::builtin().batch_size(&system.facts, interface).map(|batch| batch.records);
    let bulk = matches!(mechanism, Mechanism::Etl | Mechanism::ReverseEtl).then(|| of(Interface::Bulk)).flatten();
    bulk.max(of(Interface::Rest))
}

/// Whether `flow` calls its source and its target.
fn called_ends(stack: &Stack, flow: &Flow) -> [bool; 2] {
    match flow.mechanism {
        Mechanism::Api | Mechanism::Ipaas | Mechanism::Etl | Mechanism::ReverseEtl => [true, true],
        Mechanism::Webhook => [false, true],
        Mechanism::Native => {
            let product = |ix| stack.system(ix).facts.product.as_ref();
            let builders = match (product(flow.from), product(flow.to)) {
                (Some(from), Some(to)) => builders(from, to),
                _ => Vec::new(),
            };
            // An end is called if some connector of the pair was built by another than its product.
            let is_called = |ix| builders.is_empty() || builders.iter().any(|builder| Some(*builder) != product(ix));
            [is_called(flow.from), is_called(flow.to)]
        }
        Mechanism::Embedded | Mechanism::FileDrop => [false, false],
        Mechanism::CopyPaste | Mechanism::ExportImport | Mechanism::Rekeying | Mechanism::Message => [false, false],
    }
}

/// Who builds the connectors between two products.
fn builders(from: &ProductId, to: &ProductId) -> Vec<&'static ProductId> {
    let catalog: &'static Catalog = Catalog::builtin();
    let between = catalog.connectors_of(from).filter(|connector| connector.from == *to || connector.to == *to);
    between.map(|connector| &connector.built_by).collect()
}

/// Calls a day on `at` that its native connector with `with` spends only to look for changes, where that is known.
fn connector_cost(stack: &Stack, at: SystemIx, with: SystemIx) -> Option<f64> {
    let product = |ix: SystemIx| stack.system(ix).facts.product.as_ref();
    let row = Catalog::builtin().connector_cost(product(at)?, product(with)?)?;
    let days = row.window.as_ref().map_or(1.0, |window| window.seconds as f64 / 86_400.0);
    row.limit.map(|calls| calls as f64 / days)
}
