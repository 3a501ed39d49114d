//! Middleware that the stack has not: offered where nothing in it joins two systems, and needed by what goes through it.

use super::*;

/// Work by hand between two products which only n8n has modules for, with more systems.
fn open(more: &str) -> Stack {
    stack_of(
        "open.yaml",
        &format!(
            "sinew: 1
hourly_rate: 100
systems:
  base: {{ product: airtable, makes: [page] }}
  site: {{ product: wordpress }}
{more}data: {{ page: {{}} }}
flows: [{{ id: f, from: base, to: site, data: page, mechanism: copy-paste, runs: 5/day, minutes: 60 }}]
"
        ),
    )
}

fn adopted(plan: &Plan) -> Vec<&str> {
    let ids = plan.candidates.all.iter().map(|one| one.id.as_str());
    ids.filter(|id| id.starts_with("middleware:")).collect()
}

#[test]
fn what_reaches_both_ends_is_adopted_and_the_flow_runs_through_it() {
    let stack = open("");
    let recipe = "recipe:base:site:n8n".to_owned();
    let plan = check(&stack, &Options { with: vec![recipe.clone()], ..quick() });
    assert_eq!(adopted(&plan), ["middleware:n8n"]);
    let candidate = plan.candidate(plan.find(&recipe).expect("it was asked for"));
    assert_eq!(candidate.needs, ["middleware:n8n"]);
    let adoption = plan.candidate(plan.find("middleware:n8n").expect("and with it what it needs"));
    assert!(adoption.why[0].starts_with("it reaches both ends of 1 open link ("), "{:?}", adoption.why);
    let target = &plan.target;
    let tool = target.find_system("n8n").expect("it is there then");
    assert!(target.live_flows().any(|(_, flow)| flow.through == [tool]), "the flow runs through it");
}

#[test]
fn nothing_is_adopted_where_the_stack_has_what_joins_the_ends() {
    let plan = check(&open("  flows: { product: n8n }\n"), &quick());
    assert_eq!(adopted(&plan), [] as [&str; 0]);
    let recipe = plan.candidates.all.iter().find(|one| one.id == "recipe:base:site:flows").expect("through that");
    assert_eq!(recipe.needs, [] as [&str; 0]);
    assert!(recipe.why[0].starts_with("it has ready modules for both, "), "{:?}", recipe.why);
}

#[test]
fn an_id_that_is_taken_is_numbered() {
    let plan = check(&open("  n8n: { kind: other }\n"), &quick());
    assert_eq!(adopted(&plan), ["middleware:n8n-2"]);
}

/// Leads that a system without an own way to HubSpot has from two others, one of which feeds the warehouse; what is offered
/// out of the warehouse, with what it needs.
fn out_of_warehouse(tool: &str, more: &str) -> Vec<(String, Vec<String>)> {
    let text = format!(
        "sinew: 1
hourly_rate: 100
systems:
  web: {{ kind: analytics, makes: [lead] }}
  fairs: {{ kind: events, makes: [lead] }}
  list: {{ kind: erp }}
  dwh: {{ product: snowflake }}
  hub: {{ product: hubspot }}
{tool}data: {{ lead: {{}} }}
flows:
  - {{ id: a, from: web, to: list, data: lead, mechanism: api }}
  - {{ id: b, from: fairs, to: list, data: lead, mechanism: api }}
  - {{ id: c, from: web, to: dwh, data: lead, mechanism: etl }}
{more}  - {{ id: by-hand, from: list, to: hub, data: lead, mechanism: export-import, runs: 1/day, minutes: 60 }}
"
    );
    let plan = check(&stack_of("warehouse.yaml", &text), &quick());
    let all = plan.candidates.all.iter().filter(|one| one.id.starts_with("reverse-etl:"));
    all.map(|one| (one.id.clone(), one.needs.clone())).collect()
}

const TOOL: &str = "  tool: { product: hightouch }\n";
const REST: &str = "  - { id: d, from: fairs, to: dwh, data: lead, mechanism: etl }\n";

#[test]
fn a_warehouse_stands_in_only_where_it_has_all_without_a_person() {
    assert_eq!(out_of_warehouse(TOOL, ""), []);
    assert_eq!(out_of_warehouse(TOOL, &REST.replace("mechanism: etl", "mechanism: export-import")), []);
    let through = ("reverse-etl:dwh:hub:tool".to_owned(), Vec::new());
    // And nothing is adopted beside it.
    assert_eq!(out_of_warehouse(TOOL, REST), [through]);
}

#[test]
fn what_goes_out_of_a_warehouse_needs_the_tool_that_it_goes_through() {
    let offered = out_of_warehouse("", REST);
    assert!((1..=2).contains(&offered.len()), "at most two products: {offered:?}");
    for (id, needs) in offered {
        let tool = id.strip_prefix("reverse-etl:dwh:hub:").unwrap();
        assert_eq!(needs, [format!("middleware:{tool}")]);
    }
}
