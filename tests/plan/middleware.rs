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
    assert!(plan.find("middleware:n8n").is_some(), "and with it what it needs");
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
}

#[test]
fn an_id_that_is_taken_is_numbered() {
    let plan = check(&open("  n8n: { kind: other }\n"), &quick());
    assert_eq!(adopted(&plan), ["middleware:n8n-2"]);
}

#[test]
fn a_warehouse_stands_in_only_where_it_has_all_that_the_list_has_without_a_person() {
    let offered = |more: &str| -> Vec<String> {
        let text = format!(
            "sinew: 1
hourly_rate: 100
systems:
  web: {{ kind: analytics, makes: [lead] }}
  fairs: {{ kind: events, makes: [lead] }}
  list: {{ kind: erp }}
  dwh: {{ product: snowflake }}
  hub: {{ product: hubspot }}
  tool: {{ product: hightouch }}
data: {{ lead: {{}} }}
flows:
  - {{ id: a, from: web, to: list, data: lead, mechanism: api }}
  - {{ id: b, from: fairs, to: list, data: lead, mechanism: api }}
  - {{ id: c, from: web, to: dwh, data: lead, mechanism: etl }}
{more}  - {{ id: by-hand, from: list, to: hub, data: lead, mechanism: export-import, runs: 1/day, minutes: 60 }}
"
        );
        let plan = check(&stack_of("warehouse.yaml", &text), &quick());
        let ids = plan.candidates.all.iter().map(|one| one.id.clone());
        ids.filter(|id| id.starts_with("reverse-etl:")).collect()
    };
    let all = "  - { id: d, from: fairs, to: dwh, data: lead, mechanism: etl }\n";
    assert_eq!(offered(""), [] as [&str; 0]);
    assert_eq!(offered(&all.replace("mechanism: etl", "mechanism: export-import")), [] as [&str; 0]);
    assert!(offered(all).contains(&"reverse-etl:dwh:hub:tool".to_owned()), "{:?}", offered(all));
}
