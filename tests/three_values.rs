//! What is known, what is not, and in which order it is said: `report.json` of random stacks against a naive reading of
//! the stack file, in which costs and availabilities are stated here and missing there.

use std::cmp::Reverse;
use std::collections::BTreeMap;

use proptest::prelude::*;
use serde_json::Value;
use sinew::analysis::Analysis;
use sinew::report::Report;

use crate::judgement::stacks::stack_and_source;
use crate::support::random_stack::{cases, json_of, stack_shape};

/// The stack file and the report on it, both as JSON.
struct Told {
    file: Value,
    report: Value,
}

fn told(text: &str) -> Told {
    let (stack, source) = stack_and_source(text);
    let analysis = Analysis::of(&stack);
    let report = Report::of(&analysis, &analysis.findings(), &source);
    let file = serde_json::from_str(text).unwrap_or(Value::Null);
    Told { file, report: serde_json::to_value(&report).unwrap() }
}

/// A random stack of which some processes state what an hour costs, and some or no components an availability.
pub(crate) fn partly_stated(json: &str, costs: &[Option<u32>], keeps: u8) -> String {
    let mut file: Value = serde_json::from_str(json).unwrap();
    for (process, cost) in file["processes"].as_object_mut().unwrap().values_mut().zip(costs) {
        match cost {
            // Cents that printing rounds away.
            Some(cost) => process["outage_cost"] = (f64::from(*cost) / 4.0).into(),
            None => drop(process.as_object_mut().unwrap().remove("outage_cost")),
        }
    }
    let forget = |entry: &mut Value| drop(entry.as_object_mut().unwrap().remove("availability"));
    if keeps & 1 == 0 {
        file["systems"].as_object_mut().unwrap().values_mut().for_each(forget);
    }
    if keeps & 2 == 0 {
        file["flows"].as_array_mut().unwrap().iter_mut().for_each(forget);
    }
    if keeps & 4 == 0 {
        file["teams"].as_object_mut().unwrap().values_mut().for_each(forget);
    }
    file.to_string()
}

/// The same stack, of which people own systems alone and nobody watches some flows.
fn owned_and_unwatched(json: &str) -> String {
    let mut file: Value = serde_json::from_str(json).unwrap();
    for (at, system) in file["systems"].as_object_mut().unwrap().values_mut().enumerate() {
        system["owner"] = format!("t{}", at % 3).into();
    }
    for flow in file["flows"].as_array_mut().unwrap().iter_mut().filter(|flow| flow["mechanism"] == "api") {
        flow["watched_by"] = "nobody".into();
    }
    file.to_string()
}

fn list<'j>(value: &'j Value, key: &str) -> Vec<&'j str> {
    value[key].as_array().unwrap().iter().map(|one| one.as_str().unwrap()).collect()
}

/// The availability that the file states for a system, flow or team.
fn availability(file: &Value, id: &str) -> Option<f64> {
    let flow = file["flows"].as_array().unwrap().iter().find(|flow| flow["id"] == id);
    let entry = flow
        .unwrap_or_else(|| if file["systems"].get(id).is_some() { &file["systems"][id] } else { &file["teams"][id] });
    entry["availability"].as_f64()
}

fn is_flow(file: &Value, id: &str) -> bool {
    file["flows"].as_array().unwrap().iter().any(|flow| flow["id"] == id)
}

fn close(a: &Value, b: Option<f64>) -> bool {
    match (a.as_f64(), b) {
        (Some(a), Some(b)) => (a - b).abs() < 1e-6 * b.abs().max(1.0),
        (a, b) => a.is_none() && b.is_none(),
    }
}

/// Whether a live flow that is not standby carries an output away.
fn leaving(file: &Value, report: &Value, output: &Value) -> bool {
    let is_live = |flow: &Value| report["ledger"].as_array().unwrap().iter().any(|row| row["flow"] == flow["id"]);
    file["flows"].as_array().unwrap().iter().any(|flow| {
        let carries = flow["data"].as_array().unwrap().contains(&output["data"]);
        flow["from"] == output["at"] && carries && is_live(flow) && flow["standby"] == false
    })
}

/// A cost in the order of outages and findings: as it is printed, and unknown after 0.
fn printed(cost: &Value) -> Option<u64> {
    cost.as_f64().map(|cost| format!("{cost:.0}").parse::<f64>().unwrap().to_bits())
}

fn strategy() -> impl Strategy<Value = String> {
    (stack_shape(), prop::collection::vec(prop::option::weighted(0.6, 0..4_000u32), 4), 0..8u8)
        .prop_map(|(shape, costs, keeps)| partly_stated(&json_of(&shape), &costs, keeps))
}

proptest! {
    #![proptest_config(cases(120))]

    /// A cost is the sum of what is stated; what nobody stated is listed, turns no sum into nothing and is never 0.
    #[test]
    fn the_cost_of_an_outage_is_what_is_stated_of_it(text in strategy()) {
        let Told { file, report } = told(&text);
        for outage in report["outages"].as_array().unwrap() {
            let down = list(outage, "processes_down");
            let cost = |process: &&str| file["processes"][*process]["outage_cost"].as_f64();
            let stated: Vec<f64> = down.iter().filter_map(cost).collect();
            let unknown: Vec<&str> = down.iter().copied().filter(|process| cost(process).is_none()).collect();
            // Where no process is stated, nobody knows what stops.
            let has_processes = file["processes"].as_object().is_some_and(|all| !all.is_empty());
            let is_harmless = down.is_empty() && has_processes;
            let per_hour = (is_harmless || !stated.is_empty()).then(|| stated.iter().sum::<f64>());
            prop_assert_eq!(list(outage, "cost_unknown"), unknown.clone());
            prop_assert!(close(&outage["cost_per_hour"], per_hour), "{} and {per_hour:?}", outage);
            let [component] = list(outage, "components")[..] else { panic!("one component") };
            let hours = availability(&file, component).map(|up| (1.0 - up) * 8_760.0);
            prop_assert!(close(&outage["hours_down"], hours), "{} and {hours:?}", outage);
            // An hour that costs nothing costs nothing a year, however often it comes.
            let is_free = unknown.is_empty() && per_hour == Some(0.0);
            let year = if is_free { Some(0.0) } else { hours.zip(per_hour).map(|(hours, cost)| hours * cost) };
            prop_assert!(close(&outage["expected_cost"], year), "{} and {year:?}", outage);
        }
    }

    /// Processes down, cost per hour, degraded, facts lost, all descending; then systems, flows, teams; then id.
    #[test]
    fn outages_stand_in_the_order_of_what_they_stop(text in strategy()) {
        let Told { report, .. } = told(&text);
        let key = |outage: &Value| {
            let count = |key: &str| outage[key].as_array().unwrap().len();
            let kinds = ["system", "flow", "team", "joint"];
            let kind = kinds.iter().position(|kind| outage["kind"] == *kind).unwrap();
            let counts = (count("processes_down"), printed(&outage["cost_per_hour"]), count("processes_degraded"), count("facts_lost"));
            (Reverse(counts), kind, outage["components"][0].as_str().unwrap().to_owned())
        };
        prop_assert!(report["outages"].as_array().unwrap().is_sorted_by_key(key));
        let first = report["outages"].as_array().unwrap().first();
        let worst = first.filter(|outage| !list(outage, "processes_down").is_empty());
        prop_assert_eq!(report["summary"]["outage"].as_str(), worst.and_then(|outage| outage["components"][0].as_str()));
    }

    /// Severity, cost as printed, processes that stop, the rules' table, subjects.
    #[test]
    fn findings_stand_in_the_order_of_severity_cost_and_harm(text in strategy()) {
        let text = owned_and_unwatched(&text);
        let Told { file, report } = told(&text);
        let down: BTreeMap<&str, Vec<&str>> = report["outages"].as_array().unwrap().iter()
            .map(|outage| (outage["components"][0].as_str().unwrap(), list(outage, "processes_down")))
            .collect();
        let rules: Vec<&str> = sinew::analysis::RULES.iter().map(|rule| rule.id).collect();
        let key = |finding: &Value| {
            let severities = ["high", "medium", "low"];
            let severity = severities.iter().position(|word| finding["severity"] == *word).unwrap();
            let rule = finding["rule"].as_str().unwrap();
            let subjects: Vec<String> = list(finding, "subjects").into_iter().map(str::to_owned).collect();
            let stopping = |id: &str| down.get(id).cloned().unwrap_or_default();
            // What stops by it: by the failure of its subject; of the flows between its subjects that nobody watches; or
            // the subject itself, which cannot run.
            let mut stops: Vec<&str> = match rule {
                "single-point-of-failure" | "bus-factor" | "common-dependency" | "sole-owner" => stopping(&subjects[0]),
                "unsupplied-need" => vec![&subjects[0]],
                // What people carry, they see failing; a flow that is not live fails nobody.
                "unwatched-flow" => file["flows"].as_array().unwrap().iter()
                    .filter(|flow| flow["from"] == subjects[0] && flow["to"] == subjects[1] && flow["watched_by"] == "nobody")
                    .filter(|flow| !["copy-paste", "export-import", "rekeying", "message"].contains(&flow["mechanism"].as_str().unwrap()))
                    .flat_map(|flow| stopping(flow["id"].as_str().unwrap()))
                    .collect(),
                _ => Vec::new(),
            };
            stops.sort_unstable();
            stops.dedup();
            assert_eq!(list(finding, "stops"), stops, "{finding}");
            let stops = stops.len();
            let place = rules.iter().position(|id| *id == rule).unwrap();
            (severity, Reverse(printed(&finding["cost"])), Reverse(stops), place, subjects)
        };
        let findings = report["findings"].as_array().unwrap();
        let keys: Vec<_> = findings.iter().map(key).collect();
        prop_assert!(keys.is_sorted(), "{keys:#?}");
    }

    /// Each answer of the ledger is known, not known, or there is nothing to judge.
    #[test]
    fn the_ledger_tells_what_is_not_known_from_what_is_not_there(text in strategy(), reviews in 0..64u8) {
        let mut file: Value = serde_json::from_str(&text).unwrap();
        for (at, flow) in file["flows"].as_array_mut().unwrap().iter_mut().enumerate() {
            match reviews.rotate_left(at as u32) & 3 {
                0 => drop(flow.as_object_mut().unwrap().remove("review")),
                1 => flow["review"] = serde_json::json!({ "by": "t2" }),
                2 => {
                    flow["review"] = serde_json::json!({ "minutes": 5 });
                    flow.as_object_mut().unwrap().remove("runs");
                }
                _ => {
                    flow["review"] = serde_json::json!({ "minutes": 5 });
                    flow["runs"] = 12.into();
                }
            }
        }
        let Told { file, report } = told(&file.to_string());
        let runs = report["processes"].as_array().unwrap().iter().any(|process| process["runs"] == true);
        for row in report["ledger"].as_array().unwrap() {
            let states = &row["states"];
            prop_assert_eq!(&states["failure"], if runs { "known" } else { "nothing-to-judge" });
            prop_assert_eq!(&states["owner"], if row["owner"].is_null() { "not-known" } else { "known" });
            let has_watcher = !row["watched_by"].is_null();
            let Some(id) = row["flow"].as_str() else {
                let leaves = leaving(&file, &report, &row["output"]);
                prop_assert_eq!(row["mode"].is_null(), !leaves);
                prop_assert_eq!(&states["mode"], if leaves { "known" } else { "nothing-to-judge" });
                prop_assert_eq!(&states["review_hours"], "nothing-to-judge");
                let watched = if has_watcher { "known" } else if leaves { "not-known" } else { "nothing-to-judge" };
                prop_assert_eq!(&states["watched_by"], watched, "{}", row);
                continue;
            };
            let flow = file["flows"].as_array().unwrap().iter().find(|flow| flow["id"] == id).unwrap();
            let is_manual = ["copy-paste", "export-import"].contains(&flow["mechanism"].as_str().unwrap());
            prop_assert_eq!(&states["mode"], "known");
            prop_assert_eq!(&states["watched_by"],
                if has_watcher { "known" } else if is_manual { "nothing-to-judge" } else { "not-known" });
            let has_figures = !flow["runs"].is_null() && !flow["review"]["minutes"].is_null();
            let hours = match (flow["review"].is_null(), has_figures) {
                (true, _) => ("nothing-to-judge", Some(0.0)),
                (false, true) => ("known", Some(1.0)),
                (false, false) => ("not-known", None),
            };
            prop_assert_eq!((states["review_hours"].as_str(), row["review_hours"]["likely"].as_f64()), (Some(hours.0), hours.1));
        }
    }

    /// An availability is null where nothing that matters states one, and an upper bound where something does not.
    #[test]
    fn an_availability_is_never_better_than_it_is_known(text in strategy()) {
        let Told { file, report } = told(&text);
        for process in report["processes"].as_array().unwrap() {
            let found = &process["availability"];
            if process["runs"] == false {
                prop_assert_eq!((found["low"].as_f64(), found["high"].as_f64()), (Some(0.0), Some(0.0)));
                prop_assert_eq!(&found["at_most"], false);
                continue;
            }
            let sets = process["cut_sets"].as_array().unwrap();
            let members: Vec<&str> = sets.iter().flat_map(|set| set.as_array().unwrap()).map(|id| id.as_str().unwrap()).collect();
            let key = |set: &Value| {
                let ids: Vec<String> = set.as_array().unwrap().iter().map(|id| id.as_str().unwrap().to_owned()).collect();
                (ids.len(), ids)
            };
            prop_assert!(sets.is_sorted_by_key(key) && sets.iter().all(|set| key(set).1.is_sorted()), "{sets:?}");
            prop_assert!(list(process, "possibly_unknown_availability").is_empty(), "small stacks are settled: {process}");
            for points in ["single_points", "covered_points", "unknown_availability"] {
                prop_assert!(list(process, points).is_sorted(), "{process}");
            }
            let unknown = list(process, "unknown_availability");
            let is_unknown = |id: &&&str| availability(&file, id).is_none() && !is_flow(&file, id);
            prop_assert!(unknown.iter().all(|id| is_unknown(&id)));
            prop_assert!(members.iter().filter(is_unknown).all(|id| unknown.contains(id)), "{process}");
            // All cut sets are listed, so what matters is known.
            if process["cut_sets_complete_to"].is_null() {
                let states_one = members.is_empty() || members.iter().any(|id| availability(&file, id).is_some());
                prop_assert_eq!(!found.is_null(), states_one, "{}", process);
            }
            if found.is_null() {
                continue;
            }
            prop_assert_eq!(found["at_most"].as_bool(), Some(!unknown.is_empty()));
            prop_assert_eq!(found["low"].is_null(), !unknown.is_empty());
            prop_assert_eq!(found["unavailability"]["high"].is_null(), !unknown.is_empty());
            let (high, low) = (found["high"].as_f64().unwrap(), found["unavailability"]["low"].as_f64().unwrap());
            prop_assert!((high + low - 1.0).abs() < 1e-9, "{found}");
        }
    }
}

/// Random stacks hold what the laws above are about.
#[test]
fn many_random_stacks_leave_something_open() {
    use proptest::strategy::ValueTree;
    let mut runner = proptest::test_runner::TestRunner::deterministic();
    let [mut least, mut unknown, mut at_most, mut null, mut exact] = [0; 5];
    for _ in 0..200 {
        let Told { report, .. } = told(&strategy().new_tree(&mut runner).unwrap().current());
        for outage in report["outages"].as_array().unwrap() {
            let is_open = !list(outage, "cost_unknown").is_empty();
            least += usize::from(is_open && !outage["cost_per_hour"].is_null());
            unknown += usize::from(outage["cost_per_hour"].is_null());
        }
        for process in report["processes"].as_array().unwrap() {
            let found = &process["availability"];
            at_most += usize::from(found["at_most"] == true);
            null += usize::from(found.is_null());
            exact += usize::from(found["exact"] == true);
        }
        if [least, unknown, at_most, null, exact].iter().all(|count| *count >= 20) {
            return;
        }
    }
    panic!("{:?}", [least, unknown, at_most, null, exact]);
}

/// Each rule that says that processes stop is ordered by how many, in stacks where they differ.
#[test]
fn many_random_stacks_are_ordered_by_how_much_stops() {
    use proptest::strategy::ValueTree;
    let mut runner = proptest::test_runner::TestRunner::deterministic();
    let rules = [
        "single-point-of-failure",
        "bus-factor",
        "common-dependency",
        "sole-owner",
        "unwatched-flow",
        "unsupplied-need",
    ];
    let mut decided: BTreeMap<String, usize> = BTreeMap::new();
    for _ in 0..600 {
        let text = owned_and_unwatched(&strategy().new_tree(&mut runner).unwrap().current());
        let Told { report, .. } = told(&text);
        for pair in report["findings"].as_array().unwrap().windows(2) {
            let key = |finding: &Value| (finding["severity"].to_string(), printed(&finding["cost"]));
            let [before, after] = [&pair[0], &pair[1]].map(|finding| list(finding, "stops").len());
            if key(&pair[0]) == key(&pair[1]) && before > after {
                *decided.entry(pair[0]["rule"].as_str().unwrap().to_owned()).or_default() += 1;
            }
        }
        if rules.iter().all(|rule| decided.contains_key(*rule)) {
            return;
        }
    }
    panic!("{decided:?} of {rules:?}");
}

/// A system that stops three processes, of which two state a cost, was given no cost at all and stood below systems that
/// stop nothing.
#[test]
fn what_stops_most_comes_first_and_costs_at_least_what_is_stated() {
    let text = "sinew: 1
currency: USD
as_of: 2026-11-21
systems:
  salesforce: { kind: crm, name: Salesforce, makes: [lead] }
  mailer: { kind: marketing-automation, name: Mailer }
  wiki: { kind: cms, name: Wiki, makes: [page], availability: 99% }
  lake: { kind: warehouse, name: Lake }
data: { lead: {}, page: {} }
flows:
  - { id: to-mailer, from: salesforce, to: mailer, data: lead, mechanism: api }
  - { id: to-lake, from: salesforce, to: lake, data: lead, mechanism: api }
processes:
  nurture: { needs: [{ data: lead, at: mailer }], outage_cost: 300 }
  scoring: { needs: [{ data: lead, at: salesforce }], outage_cost: 200.4 }
  routing: { needs: [{ data: lead, at: salesforce }] }
  handbook: { needs: [{ data: page, at: wiki }] }
";
    let Told { report, .. } = told(text);
    let outages = report["outages"].as_array().unwrap();
    let first = &outages[0];
    assert_eq!(list(first, "components"), ["salesforce"]);
    assert_eq!((first["cost_per_hour"].as_f64(), list(first, "cost_unknown")), (Some(500.4), vec!["routing"]));
    assert!(first["expected_cost"].is_null() && first["hours_down"].is_null());
    let order: Vec<&str> = outages.iter().map(|outage| outage["components"][0].as_str().unwrap()).collect();
    // One process each: 300 an hour, the flow after the system; then the cost that nobody stated; then nothing at all.
    assert_eq!(order, ["salesforce", "mailer", "to-mailer", "wiki", "lake", "to-lake"]);
    let wiki = &outages[3];
    assert!(wiki["cost_per_hour"].is_null() && wiki["expected_cost"].is_null());
    assert!((wiki["hours_down"].as_f64().unwrap() - 87.6).abs() < 1e-9);
    assert_eq!((outages[4]["cost_per_hour"].as_f64(), outages[4]["expected_cost"].as_f64()), (Some(0.0), Some(0.0)));
    assert_eq!(report["summary"]["outage"], "salesforce");
    let said = report["summary"]["sentences"].to_string();
    assert!(said.contains("Salesforce: Nurture, Routing and Scoring stop, at least USD 500 per hour"), "{said}");
    let finding = report["findings"]
        .as_array()
        .unwrap()
        .iter()
        .find(|one| one["id"] == "single-point-of-failure:salesforce")
        .unwrap();
    assert!(finding["message"].as_str().unwrap().ends_with("stop, at USD 500 per hour or more"), "{finding}");
    // Nothing that matters for the first three states an availability; the fourth rests on one that does.
    let of = |id: &str| report["processes"].as_array().unwrap().iter().find(|one| one["id"] == id).unwrap();
    assert!(["nurture", "scoring", "routing"].iter().all(|id| of(id)["availability"].is_null()));
    assert_eq!(
        (of("handbook")["availability"]["low"].as_f64(), &of("handbook")["availability"]["at_most"]),
        (Some(0.99), &false.into())
    );
}
