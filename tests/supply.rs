//! What being available means, on small stacks worked out by hand: dependencies of which one is enough, processes that
//! need processes.

use sinew::analysis::outages::{component_id, joint_outage};
use sinew::analysis::{Analysis, Component};
use sinew::model::{ProcessIx, Stack, read};
use sinew::source::{Source, render};

fn stack_of(text: &str) -> Stack {
    let source = Source::new("stack.yaml", text.to_owned());
    let reading = read(&source);
    reading.stack.unwrap_or_else(|| panic!("{}", render(&source, &reading.problems, false)))
}

fn system(stack: &Stack, id: &str) -> Component {
    Component::System(stack.find_system(id).unwrap())
}

fn process_ids(stack: &Stack, processes: &[ProcessIx]) -> Vec<String> {
    processes.iter().map(|ix| stack.process(*ix).id.to_string()).collect()
}

/// The ids of the processes that stop without all of `failed`.
fn down(stack: &Stack, failed: &[&str]) -> Vec<String> {
    let analysis = Analysis::of(stack);
    let failed: Vec<Component> = failed.iter().map(|id| system(stack, id)).collect();
    process_ids(stack, &joint_outage(stack, &analysis.supply, &failed).processes_down)
}

/// The ids of the minimal cut sets of `process`.
fn cut_sets(stack: &Stack, process: &str) -> Vec<Vec<String>> {
    let analysis = Analysis::of(stack);
    let found = &analysis.resilience()[stack.find_process(process).unwrap().at()];
    let ids = |set: &Vec<Component>| set.iter().map(|one| component_id(stack, *one).to_owned()).collect();
    found.cut_sets.iter().map(ids).collect()
}

fn availability(stack: &Stack, process: &str) -> f64 {
    let analysis = Analysis::of(stack);
    let found = &analysis.resilience()[stack.find_process(process).unwrap().at()];
    assert!(found.is_exact);
    found.availability.low
}

fn finding_ids(stack: &Stack, rule: &str) -> Vec<String> {
    let findings = Analysis::of(stack).findings();
    findings.iter().filter(|finding| finding.rule == rule).map(|finding| finding.id.clone()).collect()
}

fn is_near(a: f64, b: f64) -> bool {
    (a - b).abs() < 1e-12
}

/// Three AI tools on one provider; the scorer has a second one behind it.
const PROVIDERS: &str = "sinew: 1
systems:
  openai: { product: openai-api, availability: 99% }
  second: { kind: ai-content, availability: 98% }
  writer: { kind: ai-content, depends_on: openai, makes: [draft] }
  scorer: { kind: ai-scoring, depends_on: [{ any_of: [openai, second] }], makes: [score] }
  cms: { product: wordpress }
  crm: { product: salesforce-sales-cloud, availability: 99.9% }
data: { draft: {}, score: {} }
flows:
  - { id: w, from: writer, to: cms, data: draft, mechanism: api }
  - { id: s, from: scorer, to: crm, data: score, mechanism: api }
processes:
  publish: { needs: [{ data: draft, at: cms }], outage_cost: 500 }
  route: { needs: [{ data: score, at: crm }], outage_cost: 300 }
  day: { needs: [{ process: publish }, { process: route }], outage_cost: 100 }
";

#[test]
fn a_tool_that_runs_on_either_of_two_providers_stops_only_without_both() {
    let stack = stack_of(PROVIDERS);
    assert_eq!(down(&stack, &["openai"]), ["day", "publish"]);
    assert!(down(&stack, &["second"]).is_empty());
    assert_eq!(down(&stack, &["openai", "second"]), ["day", "publish", "route"]);
    assert_eq!(cut_sets(&stack, "route"), [vec!["crm"], vec!["scorer"], vec!["s"], vec!["openai", "second"]]);
    // Up unless the CRM fails or both providers do.
    assert!(is_near(availability(&stack, "route"), 0.999 * (1.0 - 0.01 * 0.02)));
    let silos = finding_ids(&stack, "ai-silo");
    assert!(silos.is_empty(), "a provider behind a joined tool is no silo: {silos:?}");
}

#[test]
fn a_process_stops_with_the_process_that_it_needs() {
    let stack = stack_of(PROVIDERS);
    let points: Vec<Vec<String>> = cut_sets(&stack, "day").into_iter().filter(|set| set.len() == 1).collect();
    assert_eq!(points.concat(), ["cms", "crm", "openai", "scorer", "writer", "s", "w"]);
    // Without the first provider nothing is published, so the second cannot help: 0.99 for both.
    assert!(is_near(availability(&stack, "day"), 0.99 * 0.999));
    let analysis = Analysis::of(&stack);
    let outage = analysis.outage_of(system(&stack, "writer"));
    assert_eq!(process_ids(&stack, &outage.processes_down), ["day", "publish"]);
    assert_eq!(outage.cost_per_hour.map(|cost| cost.0), Some(600.0));
}

#[test]
fn a_process_whose_process_cannot_run_is_a_gap_too() {
    let text = PROVIDERS.replace("{ data: draft, at: cms }]", "{ data: draft, at: crm }]");
    let stack = stack_of(&text);
    let findings = Analysis::of(&stack).findings();
    let gaps: Vec<_> = findings.iter().filter(|finding| finding.rule == "unsupplied-need").collect();
    assert_eq!(gaps.iter().map(|one| one.subjects[0].as_str()).collect::<Vec<_>>(), ["day", "publish"]);
    assert!(gaps[0].message.contains("it lacks the process publish"), "{}", gaps[0].message);
    let either = text
        .replace("{ process: publish }, { process: route }", "{ any_of: [{ process: publish }, { process: route }] }");
    let stack = stack_of(&either);
    assert_eq!(finding_ids(&stack, "unsupplied-need"), ["unsupplied-need:publish"]);
    assert_eq!(down(&stack, &["scorer"]), ["day", "route"]);
}

#[test]
fn what_all_alternatives_depend_on_is_a_common_dependency_and_none_of_them_is() {
    let text = PROVIDERS.replace("depends_on: openai,", "depends_on: [{ any_of: [openai, second] }],");
    assert!(finding_ids(&stack_of(&text), "common-dependency").is_empty());
    let one_cloud = text
        .replace("availability: 99% }", "depends_on: cloud }")
        .replace("availability: 98% }", "depends_on: cloud }\n  cloud: { kind: other }");
    assert_eq!(finding_ids(&stack_of(&one_cloud), "common-dependency"), ["common-dependency:cloud"]);
}

#[test]
fn an_alternative_that_is_down_today_is_none() {
    let retired =
        PROVIDERS.replace("{ product: openai-api, availability: 99% }", "{ product: openai-api, status: retired }");
    let stack = stack_of(&retired);
    assert_eq!(down(&stack, &["second"]), ["route"]);
    assert_eq!(finding_ids(&stack, "unsupplied-need"), ["unsupplied-need:day", "unsupplied-need:publish"]);
}

#[test]
fn a_ring_with_one_origin_does_not_feed_itself() {
    let stack = stack_of(
        "sinew: 1
systems:
  crm: { kind: crm, availability: 99%, makes: [lead] }
  map: { kind: marketing-automation, availability: 99% }
  dwh: { kind: warehouse, availability: 99% }
data: { lead: {} }
flows:
  - { id: a, from: crm, to: map, data: lead, mechanism: native, availability: 100% }
  - { id: b, from: map, to: crm, data: lead, mechanism: native, availability: 100% }
  - { id: c, from: map, to: dwh, data: lead, mechanism: etl, availability: 100% }
  - { id: d, from: dwh, to: crm, data: lead, mechanism: reverse-etl, availability: 100% }
processes: { p: { needs: [{ data: lead, at: dwh }], outage_cost: 1000 } }
",
    );
    assert!(is_near(availability(&stack, "p"), 0.99_f64.powi(3)));
    assert_eq!(cut_sets(&stack, "p"), [["crm"], ["dwh"], ["map"], ["a"], ["c"]]);
}

#[test]
fn a_two_way_sync_that_nobody_feeds_names_the_circle_and_what_to_write() {
    let stack = stack_of(
        "sinew: 1
systems: { hub: { product: hubspot }, sf: { product: salesforce-sales-cloud } }
data: { lifecycle: {}, lead: {} }
flows:
  - { id: to-hub, from: sf, to: hub, data: [lifecycle, lead], mechanism: native }
  - { id: to-sf, from: hub, to: sf, data: [lifecycle, lead], mechanism: native }
processes: { route: { needs: [{ data: lifecycle, at: sf }, { data: lead, at: hub }] } }
",
    );
    let findings = Analysis::of(&stack).findings();
    let gap = findings.iter().find(|finding| finding.rule == "unsupplied-need").unwrap();
    for (evidence, object) in gap.evidence.iter().zip(["lifecycle", "lead"]) {
        assert!(
            evidence.contains("hub and sf only hand it to each other")
                || evidence.contains("sf and hub only hand it to each other"),
            "{evidence}"
        );
        assert!(evidence.contains(&format!("add `makes: [{{ data: {object} }}]`")), "{evidence}");
    }
    assert_eq!(gap.evidence.len(), 2);
}

#[test]
fn opt_outs_that_travel_late_or_not_at_all_are_both_found() {
    let stack = stack_of(
        "sinew: 1
as_of: 2026-11-21
hourly_rate: 60
teams: { ops: { people: 3 } }
systems:
  mail: { product: marketo-engage, makes: [opt-out] }
  crm: { product: salesforce-sales-cloud, makes: [contact] }
  event: { product: on24 }
data: { opt-out: { personal: true }, contact: { personal: true } }
flows:
  - { from: crm, to: mail, data: contact, mechanism: native }
  - { from: crm, to: event, data: contact, mechanism: native }
  - { id: csv, from: mail, to: crm, data: opt-out, mechanism: export-import, performer: ops, runs: 1/month, minutes: 45, records: 300, error_rate: 1%, delay: 30d }
processes:
  sales-mail: { needs: [{ data: opt-out, at: crm, max_age: 10d }] }
  event-mail: { needs: [{ data: opt-out, at: event, max_age: 10d }] }
",
    );
    assert_eq!(finding_ids(&stack, "unsupplied-need"), ["unsupplied-need:event-mail"]);
    assert_eq!(finding_ids(&stack, "stale-feed"), ["stale-feed:sales-mail"]);
    let total = Analysis::of(&stack).handoffs.total;
    // 12 runs of 45 minutes, and 36 wrong records of 10 minutes.
    assert_eq!((total.hours.likely.0, total.error_hours.likely.0), (9.0, 6.0));
}
