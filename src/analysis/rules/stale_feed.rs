#![doc = include_str!("../../../docs/rules/stale-feed.md")]

use super::Rule;
use crate::analysis::Cause;
use crate::analysis::freshness::{ages, flows_on, hours_of_making, path, staleness};
use crate::analysis::words::lasting;
use crate::analysis::{Analysis, EntryKind, Finding, Place, Severity, Statement};
use crate::model::{Need, Process};
use sinew_graph::fastest::Earliest;

pub(super) const RULE: Rule = Rule {
    id: "stale-feed",
    severity: Severity::Medium,
    moves_with_cost: false,
    summary: "a process gets data older than allowed, even by the fastest route",
    page: include_str!("../../../docs/rules/stale-feed.md"),
    find,
};

fn find(analysis: &Analysis<'_>) -> Vec<Finding> {
    let stack = analysis.stack;
    if stack.processes.iter().flat_map(|process| process.data_needs()).all(|need| need.max_age.is_none()) {
        return Vec::new();
    }
    let age = ages(analysis, |flow| stack.flow(flow).hours_on_the_way());
    stack.processes.iter().filter_map(|process| finding(analysis, &age, process)).collect()
}

fn finding(analysis: &Analysis<'_>, age: &Earliest, process: &Process) -> Option<Finding> {
    let stack = analysis.stack;
    let stale: Vec<(&Need, f64)> =
        process.data_needs().filter_map(|need| Some((need, staleness(analysis, age, need)?))).collect();
    let (first, hours) = stale.first()?;
    let others = match stale.len() {
        1 => String::new(),
        2 => ", and one more of its needs is as late".to_owned(),
        n => format!(", and {} more of its needs are as late", n - 1),
    };
    let statement = Statement {
        subjects: vec![process.id.to_string()],
        message: format!(
            "{} may use {} no older than {}, and at {} it is {} old at best{others}",
            process.name,
            stack.data_object(first.data).name,
            first.max_age.map(|age| age.to_string()).unwrap_or_default(),
            stack.system(first.at).name,
            lasting(*hours)
        ),
        evidence: stale.iter().map(|(need, hours)| evidence(analysis, age, need, *hours)).collect(),
        cost: None,
        place: first.place,
    };
    let objects = stale.iter().map(|(need, _)| &stack.data_object(need.data).id);
    Some(
        Finding::new(RULE.id, RULE.severity, process.id.as_str(), statement)
            .known_by(vec![Place::one(EntryKind::Process, &process.id)])
            .of_data(objects)
            .shown_by(stale.iter().flat_map(|(need, _)| flows_on(analysis, age, need))),
    )
}

fn evidence(analysis: &Analysis<'_>, age: &Earliest, need: &Need, hours: f64) -> String {
    let stack = analysis.stack;
    let mut steps = Vec::new();
    for rule in path(analysis, age, need) {
        match analysis.supply.causes()[rule] {
            Cause::Delivered(flow) => {
                let flow = stack.flow(flow);
                steps.push(format!(
                    "{} -> {} {}",
                    stack.system(flow.from).name,
                    stack.system(flow.to).name,
                    lasting(flow.hours_on_the_way())
                ));
            }
            Cause::Made(at, entry) => {
                let made = &stack.system(at).makes[entry];
                let hours = hours_of_making(made);
                if hours > 0.0 {
                    steps.push(format!("made at {} {}", stack.system(at).name, lasting(hours)));
                } else if !made.from.is_empty() {
                    steps.push(format!("made at {}", stack.system(at).name));
                }
            }
            Cause::Assumed(_) | Cause::Structure => {}
        }
    }
    format!(
        "{} at {}: {} = {}, allowed {}",
        stack.data_object(need.data).name,
        stack.system(need.at).name,
        steps.join(" + "),
        lasting(hours),
        need.max_age.map(|age| age.to_string()).unwrap_or_default()
    )
}

#[cfg(test)]
mod tests {
    use crate::analysis::rules::trial::found;

    const FEED: &str = "sinew: 1\ndata: { a: {}, b: {}, score: {} }\nsystems:
  web: { kind: analytics, makes: [a] }
  crm: { kind: crm, makes: [b] }
  scorer: { kind: ai-scoring, makes: [{ data: score, from: [a, b] }] }
flows:
  - { id: slow, from: web, to: scorer, data: a, mechanism: file-drop, delay: 1d }
  - { id: quick, from: crm, to: scorer, data: b, mechanism: api, delay: 1h }
  - { id: back, from: scorer, to: crm, data: score, mechanism: api, delay: 30min }
processes:
  launch: { needs: [{ data: score, at: crm, max_age: 1d }] }
";

    #[test]
    fn what_is_made_waits_for_its_slowest_input() {
        let found = found("stale-feed", FEED);
        assert_eq!(
            found[0].evidence,
            ["Score at CRM: Web -> Scorer 1d + made at Scorer + Scorer -> CRM 30min = 24.5h, allowed 1d"]
        );
    }

    #[test]
    fn making_and_reviewing_take_their_time() {
        let text = FEED
            .replace("from: [a, b] }", "from: [a, b], delay: 12h }")
            .replace("delay: 30min", "delay: 30min, review: { delay: 4h }");
        let found = found("stale-feed", &text);
        assert_eq!(
            found[0].evidence,
            ["Score at CRM: Web -> Scorer 1d + made at Scorer 12h + Scorer -> CRM 4.5h = 40.5h, allowed 1d"]
        );
    }

    #[test]
    fn a_faster_flow_mends_it_and_standby_does_not_count() {
        let faster = "  - { id: fast, from: web, to: scorer, data: a, mechanism: api }\nprocesses:";
        assert!(found("stale-feed", &FEED.replace("processes:", faster)).is_empty());
        let standby = faster.replace("api }", "api, standby: true }");
        assert_eq!(found("stale-feed", &FEED.replace("processes:", &standby)).len(), 1);
        assert!(found("stale-feed", &FEED.replace("max_age: 1d", "max_age: 1470min")).is_empty());
    }

    #[test]
    fn alternatives_are_each_on_their_own_and_the_unsupplied_is_not_stale() {
        let any = "any_of: [{ data: b, at: crm, max_age: 1h }, { data: score, at: crm, max_age: 1h }]";
        let text = FEED.replace("data: score, at: crm, max_age: 1d", any);
        assert_eq!(found("stale-feed", &text)[0].evidence.len(), 1);
        let nothing = FEED.replace("score, at: crm, max_age: 1d", "a, at: crm, max_age: 1h");
        assert!(found("stale-feed", &nothing).is_empty());
    }
}
