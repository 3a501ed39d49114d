//! Events and jobs, in whichever list they stand.

use std::collections::{BTreeMap, BTreeSet};

use jiff::Timestamp;
use serde_json::Value;

use super::dataset::Dataset;
use crate::import::clean::LeftOut;
use crate::import::json::{self, list, text};
use crate::import::problem::Fault;

/// Runs of one job whose times are kept.
const RUNS: usize = 10_000;
/// Datasets of one job.
const DATASETS: usize = 1_000;

/// What a file holds.
#[derive(Debug, Default)]
pub(super) struct Found {
    /// By namespace and name.
    pub(super) jobs: BTreeMap<(String, String), Job>,
    /// Events that are none of a job: where each stands.
    pub(super) others: Vec<String>,
    pub(super) faults: Vec<Fault>,
}

/// A job with all that its events say.
#[derive(Debug, Default)]
pub(super) struct Job {
    pub(super) events: usize,
    pub(super) inputs: BTreeSet<Dataset>,
    pub(super) outputs: BTreeSet<Dataset>,
    /// What runs it: `AIRFLOW`, `SPARK`.
    pub(super) integration: String,
    /// Seconds at which runs were meant to begin.
    pub(super) starts: BTreeSet<i64>,
}

impl Found {
    pub(super) fn datasets(&self) -> impl Iterator<Item = &Dataset> {
        self.jobs.values().flat_map(|job| job.inputs.iter().chain(&job.outputs))
    }
}

/// Hands what the events of each file say of a job to the first file that names it; the counts of events stay.
pub(super) fn gather(found: &mut [Found]) {
    let mut first = BTreeMap::new();
    for at in 0..found.len() {
        let (before, rest) = found.split_at_mut(at);
        for (key, job) in &mut rest[0].jobs {
            let held = *first.entry(key.clone()).or_insert(at);
            let Some(held) = before.get_mut(held).and_then(|found| found.jobs.get_mut(key)) else { continue };
            let told = std::mem::take(job);
            job.events = told.events;
            held.inputs.extend(told.inputs);
            held.outputs.extend(told.outputs);
            held.starts.extend(told.starts);
            held.integration = std::mem::take(&mut held.integration).max(told.integration);
        }
    }
}

/// Whether a value is an event, or a job as Marquez lists it.
fn is_event(value: &Value) -> bool {
    let has_ends = ["inputs", "outputs"].iter().any(|key| value.get(key).is_some_and(Value::is_array));
    let named = |of: &Value| text(of, "name").is_some() && text(of, "namespace").is_some();
    let is_run = value.get("job").is_some_and(named) && (has_ends || text(value, "eventType").is_some());
    let is_dataset = value.get("dataset").is_some_and(named) && text(value, "eventTime").is_some();
    is_run || is_dataset || is_job(value)
}

fn is_job(value: &Value) -> bool {
    let has_ends = ["inputs", "outputs"].iter().all(|key| value.get(key).is_some_and(Value::is_array));
    has_ends && text(value, "namespace").is_some() && text(value, "name").is_some() && value.get("job").is_none()
}

/// The values that events are looked for in: the value itself, a list, or a list under a key of Marquez.
fn listed(value: &Value) -> &[Value] {
    match value {
        Value::Array(items) => items,
        Value::Object(_) if is_event(value) => std::slice::from_ref(value),
        _ => ["events", "jobs", "graph"]
            .iter()
            .map(|key| list(value, key))
            .find(|items| !items.is_empty())
            .unwrap_or(&[]),
    }
}

/// What stands in a node of a lineage graph, else the value itself.
fn inner(value: &Value) -> &Value {
    value.get("data").filter(|_| text(value, "type").is_some() && value.get("inEdges").is_some()).unwrap_or(value)
}

/// The sign of one value.
pub(super) fn sign(value: &Value) -> Option<&'static str> {
    listed(value).iter().take(50).any(|item| is_event(inner(item))).then_some("job with inputs and outputs")
}

/// The sign of a value a line: the first line is an event.
pub(super) fn sign_of_lines(text: &str) -> Option<&'static str> {
    let line = text.lines().find(|line| !line.trim().is_empty()).filter(|line| line.trim_end().ends_with('}'))?;
    let value = json::parse(line).ok()?;
    is_event(&value).then_some("an event a line")
}

/// All events of a text.
pub(super) fn find(text: &str, left_out: &mut LeftOut) -> Found {
    let mut found = Found::default();
    let whole = json::parse(text);
    match whole {
        Ok(value) => {
            for (at, item) in listed(&value).iter().enumerate() {
                found.take(inner(item), at + 1, left_out);
            }
        }
        Err(_) => {
            for (line, text) in (1..).zip(text.lines()).filter(|(_, text)| !text.trim().is_empty()) {
                match json::parse(text) {
                    Ok(value) => found.take(&value, line, left_out),
                    Err(fault) => found.damaged(line, fault),
                }
            }
        }
    }
    found
}

/// Problems of lines that are told one by one.
const TOLD: usize = 20;

impl Found {
    fn damaged(&mut self, line: usize, fault: Fault) {
        match self.faults.len() {
            told if told < TOLD => self.faults.push(Fault { line: Some(line), ..fault }),
            TOLD => self.faults.push(Fault::new("not-json", "more lines are not JSON").help("export the events again")),
            _ => {}
        }
    }

    /// Takes in an event; `at` is its number, or its line.
    fn take(&mut self, value: &Value, at: usize, left_out: &mut LeftOut) {
        let job = if is_job(value) { Some(value) } else { value.get("job") };
        let Some(job) = job.filter(|job| text(job, "name").is_some() && is_event(value)) else {
            self.others.push(format!("event {at}"));
            return;
        };
        json::count_keys(value, &mut |key, _| {
            let is_kept_back = SECRET.contains(&key);
            left_out.count(key_name(key), usize::from(is_kept_back));
            is_kept_back
        });
        let named = |key: &str, left_out: &mut LeftOut| left_out.name(text(job, key).unwrap_or_default());
        let key = (named("namespace", left_out), named("name", left_out));
        let held = self.jobs.entry(key).or_default();
        held.events += 1;
        for (ends, key) in [(&mut held.inputs, "inputs"), (&mut held.outputs, "outputs")] {
            for end in list(value, key) {
                if ends.len() < DATASETS {
                    ends.extend(Dataset::read(end, left_out));
                }
            }
        }
        let facets = job.get("facets");
        if let Some(integration) = facets.and_then(|all| text(all.get("jobType")?, "integration")) {
            held.integration = std::mem::take(&mut held.integration).max(left_out.name(integration));
        }
        let start = || text(value.get("run")?.get("facets")?.get("nominalTime")?, "nominalStartTime");
        let start = start().and_then(|time| time.parse::<Timestamp>().ok());
        if held.starts.len() < RUNS {
            held.starts.extend(start.map(Timestamp::as_second));
        }
    }
}

/// Facets whose content is never looked at: code, settings, messages.
const SECRET: [&str; 9] = [
    "sql",
    "spark_properties",
    "environmentVariables",
    "sourceCode",
    "sourceCodeLocation",
    "errorMessage",
    "airflow",
    "airflow_runArgs",
    "spark.logicalPlan",
];

fn key_name(key: &str) -> &'static str {
    SECRET.iter().find(|known| **known == key).copied().unwrap_or("facet")
}

impl Job {
    /// Runs a year, of at least three that were meant to begin at times of their own: by the middle of the gaps.
    pub(super) fn runs(&self) -> Option<f64> {
        if self.starts.len() < 3 {
            return None;
        }
        let times: Vec<i64> = self.starts.iter().copied().collect();
        let mut gaps: Vec<i64> = times.windows(2).map(|pair| pair[1] - pair[0]).collect();
        gaps.sort_unstable();
        let gap = gaps[(gaps.len() - 1) / 2];
        let seconds = u32::try_from(gap).ok().filter(|gap| *gap >= 60)?;
        let (hours, days) = (f64::from(seconds) / 3_600.0, f64::from(seconds) / 86_400.0);
        let unit = |number: f64, unit| ((number - number.round()).abs() < 0.01).then(|| (number.round(), unit));
        // Of months and weeks a stack file counts 12 and 52.
        let known = match days {
            days if (27.9..=31.1).contains(&days) => Some((1.0, "month")),
            days if days >= 6.9 => unit(days / 7.0, "week"),
            _ => unit(hours, "hour"),
        };
        let (number, unit) = known.unwrap_or((f64::from(seconds), "second"));
        crate::import::rate::every(number, unit)
    }
}
