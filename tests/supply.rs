//! What being available means, on small stacks worked out by hand: dependencies of which one is enough, processes that
//! need processes, people who make an object, what is planned, phased out or retired.

use sinew::analysis::ledger::Harm;
use sinew::analysis::outages::{component_id, joint_outage};
use sinew::analysis::register::register;
use sinew::analysis::roads::{Standby, standby_in_use};
use sinew::analysis::{Analysis, Component};
use sinew::model::{Hours, ProcessIx, Range, Stack, read};
use sinew::plan::{Options, Plan};
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
    assert!(gaps[0].message.contains("it lacks the process Publish"), "{}", gaps[0].message);
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
            evidence.contains("HubSpot and Salesforce only hand it to each other")
                || evidence.contains("Salesforce and HubSpot only hand it to each other"),
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
    let total = Analysis::of(&stack).handoffs().total;
    // 12 runs of 45 minutes, and 36 wrong records of 10 minutes.
    let likely = |hours: Option<Range<Hours>>| hours.map(|hours| hours.likely.0);
    assert_eq!((likely(total.hours), likely(total.error_hours)), (Some(9.0), Some(6.0)));
}

/// A writer in an AI tool, one person who can write meanwhile, and one who makes the brief.
const WRITERS: &str = "sinew: 1
as_of: 2026-11-21
teams: { ana: { people: 1, availability: 90% }, ben: { people: 1 }, ops: { people: 3 } }
systems:
  jasper: { product: jasper, availability: 99%, makes: [{ data: draft, from: brief }, { data: brief, by: ben }] }
  cms: { product: wordpress, audience_facing: true, makes: [{ data: draft, by: ana, standby: true }] }
data: { brief: {}, draft: { content: true } }
flows: [{ id: f, from: jasper, to: cms, data: draft, mechanism: api }]
processes: { publish: { needs: [{ data: draft, at: cms }], outage_cost: 100 } }
";

#[test]
fn a_team_of_one_that_makes_an_object_can_fail_and_one_that_writes_it_meanwhile_covers() {
    let stack = stack_of(WRITERS);
    let analysis = Analysis::of(&stack);
    let team = |id| Component::Team(stack.find_team(id).unwrap());
    for failed in [system(&stack, "jasper"), team("ben")] {
        let outage = analysis.outage_of(failed);
        assert!(outage.processes_down.is_empty());
        assert_eq!(process_ids(&stack, &outage.processes_degraded), ["publish"]);
        assert!(!outage.facts_lost.is_empty());
    }
    assert_eq!(analysis.outage_of(team("ana")).facts_lost.as_ref(), []);
    assert!(!analysis.supply.components().iter().any(|one| *one == team("ops")));
    // Either Jasper (99 %, with Ben counted as up) or Ana (90 %); the CMS states nothing.
    assert!(is_near(availability(&stack, "publish"), 1.0 - 0.01 * 0.1));
    assert_eq!(cut_sets(&stack, "publish"), [vec!["cms"], vec!["jasper", "ana"], vec!["f", "ana"], vec!["ana", "ben"]]);
    let findings = analysis.findings();
    let of_ben = findings.iter().find(|finding| finding.id == "bus-factor:ben").unwrap();
    assert_eq!(of_ben.evidence, ["makes Brief at Jasper", "on standby: Publish"]);
}

#[test]
fn two_entries_for_one_object_are_two_supplies() {
    let text = WRITERS.replace("by: ana, standby: true", "by: ana }, { data: draft, by: ben");
    let stack = stack_of(&text);
    let analysis = Analysis::of(&stack);
    let outage = analysis.outage_of(system(&stack, "jasper"));
    assert!(outage.processes_down.is_empty() && outage.processes_degraded.is_empty());
    assert_eq!(
        cut_sets(&stack, "publish"),
        [vec!["cms"], vec!["ana", "ben"]],
        "without both people there is no brief either"
    );
}

#[test]
fn what_people_write_in_an_ai_tool_is_no_output_of_it() {
    let by_hand = "mechanism: copy-paste, performer: ops, runs: 1/week, minutes: 10";
    let text = format!("hourly_rate: 60\n{}", WRITERS.replace("mechanism: api", by_hand));
    let text = text.replace("hourly_rate: 60\nsinew: 1", "sinew: 1\nhourly_rate: 60");
    let is_of_ai = |text: &str| Analysis::of(&stack_of(text)).handoffs().chains[0].is_ai_output();
    assert!(is_of_ai(&text));
    assert_eq!(finding_ids(&stack_of(&text), "unreviewed-content"), ["unreviewed-content:jasper:cms"]);
    let written = text.replace("{ data: draft, from: brief }", "{ data: draft, by: ops }");
    assert_eq!(finding_ids(&stack_of(&written), "unreviewed-content"), Vec::<String>::new());
}

#[test]
fn the_pages_and_the_register_tell_who_writes_meanwhile() {
    let stack = stack_of(WRITERS);
    let analysis = Analysis::of(&stack);
    let used = standby_in_use(&stack, &analysis.supply, &[system(&stack, "jasper")], &[ProcessIx::new(0)]).remove(0);
    assert_eq!(used, [Standby::Making(stack.find_system("cms").unwrap(), 0)]);
    let harm = |_| Harm::default();
    let rows = register(&analysis, &harm);
    assert_eq!(rows[0].fallback.standby_makes.len(), 1);
}

#[test]
fn only_what_the_tool_brings_and_is_made_on_standby_is_a_fallback_of_it() {
    let other = "makes: [{ data: brief, by: ana, standby: true }, { data: draft, by: ben }]";
    let text = WRITERS.replace("makes: [{ data: draft, by: ana, standby: true }]", other);
    // Briefs come from elsewhere.
    let text = text.replace("data: {", "  crm: { kind: crm, makes: [brief] }\ndata: {");
    let text = text.replace("flows: [", "flows: [{ id: briefs, from: crm, to: cms, data: brief, mechanism: api }, ");
    let stack = stack_of(&text);
    let analysis = Analysis::of(&stack);
    let rows = register(&analysis, &|_| Harm::default());
    assert_eq!(rows[0].fallback.standby_makes, []);
}

const LEAVING: &str = "sinew: 1
as_of: 2026-11-21
systems:
  pardot: { kind: marketing-automation, status: retired }
  list: { kind: spreadsheet }
  crm: { kind: crm, status: phasing-out, ends: 2027-01-31, replaced_by: next, makes: [lead] }
  next: { kind: crm, status: planned, makes: [lead] }
  mail: { kind: marketing-automation }
data: { lead: {}, members: {} }
flows:
  - { id: to-list, from: pardot, to: list, data: members, mechanism: api }
  - { id: to-mail, from: list, to: mail, data: members, mechanism: api }
  - { id: leads, from: crm, to: mail, data: lead, mechanism: native }
  - { id: next-leads, from: next, to: mail, data: lead, mechanism: native }
processes:
  renewals: { needs: [{ data: members, at: mail }] }
  welcome: { needs: [{ data: lead, at: mail }] }
";

#[test]
fn what_a_retired_system_brought_does_not_begin_where_it_brought_it() {
    let stack = stack_of(LEAVING);
    assert_eq!(finding_ids(&stack, "unsupplied-need"), ["unsupplied-need:renewals"]);
    let findings = Analysis::of(&stack).findings();
    let unsupplied = findings.iter().find(|finding| finding.rule == "unsupplied-need").unwrap();
    let why = "(Pardot -> List: Members would, and touches Pardot, which is retired)";
    assert!(unsupplied.evidence.iter().any(|line| line.contains(why)), "{:?}", unsupplied.evidence);
    let off =
        LEAVING.replace("status: retired", "status: production").replace("id: to-list,", "id: to-list, status: off,");
    assert_eq!(finding_ids(&stack_of(&off), "unsupplied-need"), ["unsupplied-need:renewals"]);
    let through = LEAVING
        .replace(
            "pardot: { kind: marketing-automation, status: retired }",
            "pardot: { kind: cdp, makes: [members] }\n  hub: { kind: ipaas, status: retired }",
        )
        .replace("id: to-list,", "id: to-list, through: hub,");
    assert_eq!(finding_ids(&stack_of(&through), "unsupplied-need"), ["unsupplied-need:renewals"]);
    // What never was there is no loss: where it is meant to go, the object begins until then.
    let planned = LEAVING.replace("id: to-list,", "id: to-list, status: planned,");
    let stack = stack_of(&planned);
    assert!(finding_ids(&stack, "unsupplied-need").is_empty());
    let analysis = Analysis::of(&stack);
    let assumed = sinew::analysis::assumptions(&analysis);
    let origin = assumed.iter().find(|one| one.key == "origin").unwrap();
    assert!(
        format!("{origin:?}").contains("Pardot -> List: Members would be its only supply, and is planned"),
        "{origin:?}"
    );
}

#[test]
fn what_is_planned_is_no_part_of_today_and_what_is_phased_out_is() {
    let stack = stack_of(LEAVING);
    let analysis = Analysis::of(&stack);
    let ids: Vec<&str> = analysis.supply.components().iter().map(|one| component_id(&stack, *one)).collect();
    assert_eq!(ids, ["crm", "list", "mail", "leads", "to-mail"]);
    assert_eq!(down(&stack, &["crm"]), ["welcome"]);
    let tool = |status: &str| {
        let text = format!(
            "sinew: 1\nsystems: {{ bot: {{ kind: ai-agent, status: {status}, owner: ops }} }}\nteams: {{ ops: {{}} }}\n"
        );
        finding_ids(&stack_of(&text), "no-runbook").len()
    };
    assert_eq!(["planned", "pilot", "production", "phasing-out", "retired"].map(tool), [0, 0, 1, 1, 0]);
}

#[test]
fn nothing_new_is_built_on_what_is_phased_out() {
    let by_hand = |status: &str| {
        stack_of(&format!(
            "sinew: 1
as_of: 2026-11-21
hourly_rate: 60
systems:
  salesforce: {{ product: salesforce-sales-cloud, makes: [lead] }}
  hubspot: {{ product: hubspot, status: {status} }}
data: {{ lead: {{}} }}
flows: [{{ id: f, from: salesforce, to: hubspot, data: lead, mechanism: export-import, runs: 5/week, minutes: 60 }}]
"
        ))
    };
    let plan = |stack: &Stack| {
        let analysis = Analysis::of(stack);
        let plan = Plan::of(&analysis, &Options::default()).unwrap();
        let obstacles: Vec<String> = plan.candidates.all.iter().flat_map(|one| one.obstacles.clone()).collect();
        (plan.items.len(), obstacles)
    };
    let (items, obstacles) = plan(&by_hand("production"));
    assert!(items > 0 && obstacles.is_empty(), "{items} {obstacles:?}");
    let (items, obstacles) = plan(&by_hand("phasing-out, ends: 2027-06-30, replaced_by: salesforce"));
    assert_eq!(items, 0);
    let words = "is phased out on 2027-06-30, so nothing new is built on it; Salesforce takes its place";
    assert!(obstacles.iter().all(|one| one.ends_with(words)) && !obstacles.is_empty(), "{obstacles:?}");
}
