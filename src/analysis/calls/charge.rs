//! What one flow charges the systems that it calls.

use super::{CallKind, Period, Share};
use crate::catalog::{Catalog, Interface, ProductId};
use crate::model::{Flow, FlowIx, Mechanism, Stack, System, SystemIx};

/// Days over which the runs of a year are spread.
const DAYS: f64 = 365.0;
/// Days of the longest month.
const MONTH: f64 = 31.0;
/// Seconds of a day.
const DAY: f64 = 86_400.0;

/// What has to be stated before calls can be counted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Missing {
    /// How often the flow runs.
    Runs,
    /// How often it runs in its busiest second, minute or hour.
    Peak,
    /// How many records a call can read.
    ReadPage,
    /// How many records a call can write.
    BatchSize,
    /// How long a run takes.
    Delay,
}

impl Missing {
    /// The key that would state it.
    #[must_use]
    pub fn key(self) -> &'static str {
        match self {
            Self::Runs => "runs",
            Self::Peak => "peak",
            Self::ReadPage => "read_page",
            Self::BatchSize => "batch_size",
            Self::Delay => "delay",
        }
    }
}

/// What one flow spends on one system, whatever the time.
#[derive(Clone, Debug, PartialEq)]
pub struct Charge {
    /// The system that is called.
    pub system: SystemIx,
    /// The flow that calls it.
    pub flow: FlowIx,
    /// What the calls are for.
    pub kind: CallKind,
    /// Records of a run.
    pub records: f64,
    /// Records of one call; `None` where nobody states them.
    pub size: Option<u64>,
    /// Where these are calls that a native connector spends by itself: the system at its other end, and calls a day.
    pub connector: Option<(SystemIx, f64)>,
}

impl Charge {
    /// Calls of one run, at least one; `None` where the size of a call decides and is not stated.
    #[must_use]
    pub fn calls_a_run(&self) -> Option<f64> {
        if self.records <= 1.0 {
            return Some(1.0);
        }
        self.size.map(|size| (self.records / size.max(1) as f64).ceil().max(1.0))
    }

    /// What it comes to within `period`, if its flow runs as `flow` says.
    #[must_use]
    pub fn within(&self, flow: &Flow, period: &Period) -> Share {
        if let Some((_, a_day)) = self.connector {
            let calls = (a_day * period.days()).ceil();
            return self.share(None, calls, Some(calls), None);
        }
        let runs = match period {
            Period::Seconds(seconds) => return self.within_seconds(flow, *seconds as f64),
            Period::Day => of_day(flow),
            Period::Month => of_month(flow),
            Period::Year => a_year(flow).map(whole),
        };
        let per_run = self.calls_a_run();
        let calls = runs.zip(per_run).map(|(runs, per_run)| runs * per_run);
        let missing = match (runs, per_run) {
            (None, _) => Some(Missing::Runs),
            _ => self.size_missing(),
        };
        self.share(runs, calls.or(runs).unwrap_or(0.0), calls, missing)
    }

    /// What it comes to within a few seconds. How the calls of a run lie in time is not stated, so it is between what comes
    /// where they are spread evenly and what comes where they are made all at once.
    fn within_seconds(&self, flow: &Flow, seconds: f64) -> Share {
        let per_run = self.calls_a_run();
        let burst = flow.run.peak.and_then(|peak| peak.burst);
        let pace = burst.map(|burst| burst.runs * seconds / f64::from(burst.seconds));
        let a_day = of_day(flow);
        // Of a time within which so many runs come, some window has at least its part of them; a run is through when the
        // data has come, and that takes `delay`.
        let of_day = a_day.map(|runs| runs * (seconds / DAY).min(1.0));
        let takes = flow.run.delay.map(|delay| delay.high.0 * 3_600.0).filter(|takes| *takes > 0.0);
        let of_run = takes.filter(|_| a_day.is_some_and(|runs| runs > 0.0)).map(|takes| (seconds / takes).min(1.0));
        let spread = [pace, of_day, of_run].into_iter().flatten().fold(0.0, f64::max);
        let at_least = whole(spread * per_run.unwrap_or(1.0));
        let runs = pace.map(whole).or(a_day);
        let at_most = runs.zip(per_run).map(|(runs, per_run)| (runs * per_run).max(at_least));
        let missing = match (burst, takes) {
            _ if at_most == Some(at_least) => None,
            (None, _) => Some(Missing::Peak),
            _ if per_run.is_none() => self.size_missing(),
            (_, None) => Some(Missing::Delay),
            _ => None,
        };
        self.share(pace.map(whole), at_least, at_most, missing)
    }

    /// What is not stated where the calls of a run are not known.
    fn size_missing(&self) -> Option<Missing> {
        let size = if self.kind == CallKind::Read { Missing::ReadPage } else { Missing::BatchSize };
        self.calls_a_run().is_none().then_some(size)
    }

    fn share(&self, runs: Option<f64>, at_least: f64, at_most: Option<f64>, missing: Option<Missing>) -> Share {
        let calls = at_most.filter(|most| *most <= at_least);
        Share { charge: self.clone(), calls, at_least, at_most, runs, missing }
    }
}

/// As many whole ones as that takes; what is less than a thousandth of one is rounding.
fn whole(number: f64) -> f64 {
    (number - 5e-4).ceil().max(0.0)
}

/// Runs of a year, as they are stated.
fn a_year(flow: &Flow) -> Option<f64> {
    flow.runs.map(|runs| runs.likely.0)
}

/// What is stated of the busiest day.
fn peak_day(flow: &Flow) -> Option<f64> {
    flow.run.peak.and_then(|peak| peak.a_day).map(whole)
}

/// Runs of the busiest day, whole ones; `None` where they are not stated.
fn of_day(flow: &Flow) -> Option<f64> {
    peak_day(flow).or(a_year(flow).map(|runs| whole(runs / DAYS)))
}

/// Runs of the busiest month, whole ones; `None` where they are not stated.
fn of_month(flow: &Flow) -> Option<f64> {
    // A job of every day runs on each of 31; one of every month once.
    let runs = |a_year: f64| if a_year < DAYS { a_year / 12.0 } else { a_year / DAYS * MONTH };
    let month = a_year(flow).map(|a_year| whole(runs(a_year)));
    month.map(|month| month.max(peak_day(flow).unwrap_or(0.0)))
}

/// What `flow` charges, whether it is live or not: by end, then middleware; a manual flow nothing. `ix` names the flow.
#[must_use]
pub fn charges_of(stack: &Stack, ix: FlowIx, flow: &Flow) -> Vec<Charge> {
    if flow.is_manual() {
        return Vec::new();
    }
    let records = flow.run.records.map_or(1.0, |records| records.likely.0);
    let charge = |system, kind, size| Charge { system, flow: ix, kind, records, size, connector: None };
    let mut found = Vec::new();
    let [reads, writes] = called_ends(stack, flow);
    if reads {
        found.push(charge(flow.from, CallKind::Read, read_size(stack, flow)));
    }
    if writes && flow.mechanism == Mechanism::Webhook {
        found.push(charge(flow.to, CallKind::Event, Some(1)));
    } else if writes {
        found.push(charge(flow.to, CallKind::Write, write_size(stack, flow)));
    }
    if flow.mechanism == Mechanism::Native {
        for (at, with) in [(flow.from, flow.to), (flow.to, flow.from)] {
            if let Some(a_day) = connector_cost(stack, at, with) {
                found.push(Charge { connector: Some((with, a_day)), ..charge(at, CallKind::Read, None) });
            }
        }
    }
    found.extend(flow.through.iter().map(|middleware| charge(*middleware, CallKind::Task, Some(1))));
    found
}

/// Whether `flow` calls its source and its target.
fn called_ends(stack: &Stack, flow: &Flow) -> [bool; 2] {
    match flow.mechanism {
        Mechanism::Api | Mechanism::Ipaas | Mechanism::Etl | Mechanism::ReverseEtl => [true, true],
        Mechanism::Webhook => [false, true],
        Mechanism::Native => {
            let product = |ix| stack.system(ix).facts.product.as_ref();
            let builders = match (product(flow.from), product(flow.to)) {
                (Some(from), Some(to)) => builders(&stack.catalog, from, to),
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
fn builders<'c>(catalog: &'c Catalog, from: &ProductId, to: &ProductId) -> Vec<&'c ProductId> {
    catalog.connectors_between(from, to).map(|connector| &connector.built_by).collect()
}

/// Records of one call that reads: those of the connector where they are documented, else those of a page of the system.
fn read_size(stack: &Stack, flow: &Flow) -> Option<u64> {
    let source = stack.system(flow.from);
    connector_batch(stack, flow, flow.from, flow.to)
        .or_else(|| largest(source, flow.mechanism, |facts, interface| stack.catalog.page_size(facts, interface)))
}

/// Records of one call that writes: those of the connector where they are documented, else those of a batch of the
/// system.
fn write_size(stack: &Stack, flow: &Flow) -> Option<u64> {
    let target = stack.system(flow.to);
    connector_batch(stack, flow, flow.to, flow.from)
        .or_else(|| largest(target, flow.mechanism, |facts, interface| stack.catalog.batch_size(facts, interface)))
}

/// Pipelines into and out of warehouses use bulk jobs where a product has them; all else the general interface.
fn largest(
    system: &System,
    mechanism: Mechanism,
    size: impl Fn(&crate::catalog::ProductFacts, Interface) -> Option<crate::catalog::BatchSize>,
) -> Option<u64> {
    let of = |interface| size(&system.facts, interface).map(|size| size.records);
    let bulk = matches!(mechanism, Mechanism::Etl | Mechanism::ReverseEtl).then(|| of(Interface::Bulk)).flatten();
    bulk.max(of(Interface::Rest))
}

/// The records of one call that the native connector of `at` with `with` makes, where that is documented.
fn connector_batch(stack: &Stack, flow: &Flow, at: SystemIx, with: SystemIx) -> Option<u64> {
    let facts = |ix: SystemIx| &stack.system(ix).facts;
    if flow.mechanism != Mechanism::Native {
        return None;
    }
    let row = stack.catalog.connector_batch(facts(at).product.as_ref()?, facts(with).product.as_ref()?)?;
    row.limit
}

/// Calls a day on `at` that its native connector with `with` spends only to look for changes, where that is known.
fn connector_cost(stack: &Stack, at: SystemIx, with: SystemIx) -> Option<f64> {
    let product = |ix: SystemIx| stack.system(ix).facts.product.as_ref();
    let row = stack.catalog.connector_cost(product(at)?, product(with)?)?;
    let days = row.window.as_ref().map_or(1.0, |window| window.seconds as f64 / 86_400.0);
    row.limit.map(|calls| calls as f64 / days)
}
