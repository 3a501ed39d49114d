//! Ways between two systems: which links are looked at, and what each kind of way needs.

use sinew::analysis::Component;
use sinew::plan::Budget;

use super::*;

/// A handoff from `crm` to `shop` once a day, in a stack with more systems and flows.
fn between([crm, shop]: [&str; 2], systems: &str, flows: &str) -> String {
    format!(
        "sinew: 1
hourly_rate: 100
systems:
  crm: {{ kind: crm, interfaces: [{crm}], makes: [lead] }}
  shop: {{ kind: erp, interfaces: [{shop}] }}
{systems}data: {{ lead: {{}}, order: {{}}, price: {{}} }}
flows:
  - {{ id: by-hand, from: crm, to: shop, data: lead, mechanism: copy-paste, runs: 1/day, minutes: 60 }}
{flows}"
    )
}

/// An iPaaS that has no ready module for anything.
const ZAP: &str = "  zap: { kind: ipaas, interfaces: [rest] }\n";

fn plan_of(text: &str) -> Plan {
    planned(&stack_of("between.yaml", text), &quick())
}

fn option<'p>(plan: &'p Plan, id: &str) -> Option<&'p Candidate> {
    plan.candidates.all.iter().find(|one| one.id == id)
}

/// The ends of the links of a plan.
fn ends(stack: &Stack, plan: &Plan) -> Vec<String> {
    let id = |ix| &stack.system(ix).id;
    let mut found: Vec<String> = plan.links.iter().map(|link| format!("{}>{}", id(link.from), id(link.to))).collect();
    found.sort();
    found
}

#[test]
fn two_flows_meet_at_a_system_that_keeps_records_for_others_and_nowhere_else() {
    let over = |hub: &str| {
        let flows = "  - { id: in, from: crm, to: hub, data: order, mechanism: api, runs: 1/day }
  - { id: out, from: hub, to: shop, data: price, mechanism: api, runs: 1/day }
";
        plan_of(&between(["", ""], &format!("  hub: {hub}\n"), flows))
    };
    let plan = over("{ kind: warehouse }");
    let way = option(&plan, "extend:crm:hub:shop").expect("a warehouse does");
    assert_eq!(way.title, "Add Lead to the flows from CRM to Shop by way of Hub");
    assert_eq!(way.why, ["the flows CRM -> Hub: Order; Hub -> Shop: Price are there and run without a person"]);
    assert_eq!(option(&over("{ kind: erp }"), "extend:crm:hub:shop"), None);
    // A long title does without the way, which the id names.
    let long = over("{ kind: warehouse, name: Warehouse of the north }");
    let title = option(&long, "extend:crm:hub:shop").map(|way| way.title.as_str());
    assert_eq!(title, Some("Add Lead to the flows from CRM to Shop"));
}

/// What a handoff carries that goes on elsewhere is left to nobody by the link between its ends.
#[test]
fn a_link_carries_all_that_a_handoff_between_its_ends_does() {
    let text = between(["rest", "rest"], "  desk: { kind: cms, interfaces: [rest] }\n", "")
        .replace("makes: [lead]", "makes: [lead, order]")
        .replace("shop: { kind: erp", "shop: { kind: spreadsheet")
        .replace("data: lead, mechanism: copy-paste", "data: [lead, order], mechanism: copy-paste")
        + "  - { id: on, from: shop, to: desk, data: order, mechanism: message, runs: 1/day, minutes: 1 }\n";
    let stack = stack_of("whole.yaml", &text);
    let plan = planned(&stack, &quick());
    let id = |ix| stack.system(ix).id.as_str();
    let link = plan.links.iter().find(|link| (id(link.from), id(link.to)) == ("crm", "shop")).unwrap();
    let data: Vec<&str> = link.data.iter().map(|data| stack.data_object(*data).id.as_str()).collect();
    assert_eq!(data, ["lead", "order"]);
}

#[test]
fn what_only_stands_by_carries_nothing_more() {
    let with = |rest: &str| {
        let flow =
            format!("  - {{ id: there, from: crm, to: shop, data: order, mechanism: api, runs: 1/day{rest} }}\n");
        option(&plan_of(&between(["", ""], "", &flow)), "extend:crm:shop").map(|one| one.title.clone())
    };
    assert_eq!(with("").as_deref(), Some("Add Lead to the flow from CRM to Shop"));
    assert_eq!(with(", standby: true"), None);
}

/// A planned flow that is to carry more than was planned is still one flow.
#[test]
fn building_a_planned_flow_is_counted_once_and_what_it_carries_besides_for_each_object() {
    let text = between(
        ["rest", "rest"],
        "",
        "  - { id: soon, from: crm, to: shop, data: lead, mechanism: api, runs: 1/day, status: planned }\n",
    )
    .replace("makes: [lead]", "makes: [lead, order]")
    .replace("data: lead, mechanism: copy-paste", "data: [lead, order], mechanism: copy-paste");
    let plan = plan_of(&text);
    let planned = option(&plan, "api:crm:shop:planned").unwrap();
    let [Edit::MakeLive(_), Edit::ExtendFlow(_, rest)] = &planned.edits[..] else { panic!("{:?}", planned.edits) };
    let order = stack_of("planned.yaml", &text).find_data("order");
    assert_eq!(rest.iter().copied().map(Some).collect::<Vec<_>>(), [order]);
    let terms: Vec<(&str, f64)> = planned.effort.iter().map(|term| (term.key, term.times)).collect();
    assert_eq!(terms, [("api", 1.0), ("further-object", 1.0)]);
}

#[test]
fn an_ipaas_calls_the_interfaces_of_both_ends_and_is_none_of_them() {
    let days = |ends| {
        let plan = plan_of(&between(ends, ZAP, ""));
        option(&plan, "recipe:crm:shop:zap").map(|recipe| effort_of(recipe).0.likely)
    };
    // Twice the four days of a recipe.
    assert_eq!(days(["rest", "rest"]), Some(8.0));
    for ends in [["rest", "file-import"], ["file-export", "rest"]] {
        assert_eq!(days(ends), None, "a file is nothing that it calls");
    }
    let text = "sinew: 1
hourly_rate: 100
systems: { zap: { kind: ipaas, interfaces: [rest], makes: [run] }, crm: { kind: crm, interfaces: [rest] } }
data: { run: {} }
flows: [{ id: f, from: zap, to: crm, data: run, mechanism: copy-paste, runs: 1/day, minutes: 60 }]
";
    let plan = plan_of(text);
    let ids: Vec<&str> = plan.candidates.all.iter().map(|one| one.id.as_str()).collect();
    assert_eq!(ids, ["api:zap:crm"]);
}

#[test]
fn what_does_the_same_and_costs_no_more_takes_the_place_of_what_is_better_documented() {
    let plan = |more: &str| {
        let stack = stack_of("cheap.yaml", &format!("{}{more}", between(["rest", "rest"], ZAP, "")));
        let plan = planned(&stack, &quick());
        let ids = plan.problem.items.iter().map(|at| plan.candidates[*at].id.clone()).collect::<Vec<String>>();
        let code = option(&plan, "recipe:crm:shop:zap").unwrap();
        let told = explain(&Analysis::of(&stack), &plan, code);
        let is_told = told.iter().any(|line| line.words.starts_with("not considered: it cannot be built, or another"));
        (ids, is_told)
    };
    // Code of one's own takes fifteen days and a recipe less.
    assert_eq!(plan(""), (vec!["recipe:crm:shop:zap".to_owned()], false));
    let cheap = "plan: { efforts: { api: 0.5 }, running_costs: { api: 0 } }\n";
    assert_eq!(plan(cheap), (vec!["api:crm:shop".to_owned()], true));
}

#[test]
fn a_carrier_that_makes_what_it_hands_on_is_where_it_comes_from() {
    let of = |sheet: &str| {
        let text = format!(
            "sinew: 1
systems:
  crm: {{ kind: crm, makes: [lead] }}
  sheet: {{ kind: spreadsheet{sheet} }}
  shop: {{ kind: erp }}
data: {{ lead: {{}}, note: {{}} }}
flows:
  - {{ id: in, from: crm, to: sheet, data: lead, mechanism: copy-paste }}
  - {{ id: out, from: sheet, to: shop, data: lead, mechanism: copy-paste }}
processes: {{ p: {{ needs: [{{ data: lead, at: sheet }}] }} }}
"
        );
        let stack = stack_of("sheet.yaml", &text);
        ends(&stack, &planned(&stack, &quick()))
    };
    let [all, steps]: [&[&str]; 2] = [&["crm>sheet", "crm>shop", "sheet>shop"], &["crm>sheet", "sheet>shop"]];
    // What it only passes on can come from where it has it.
    assert_eq!(of(""), all);
    assert_eq!(of(", makes: [note]"), all);
    assert_eq!(of(", makes: [lead]"), steps);
}

#[test]
fn of_many_systems_that_have_what_is_needed_those_that_make_it_are_looked_at_first() {
    let others: String = (1..=9).map(|at| format!("  a{at}: {{ kind: other }}\n")).collect();
    let flows: String =
        (1..=9).map(|at| format!("  - {{ from: maker, to: a{at}, data: x, mechanism: api }}\n")).collect();
    let text = format!(
        "sinew: 1
systems:
{others}  maker: {{ kind: erp, makes: [x] }}
  shop: {{ kind: erp }}
data: {{ x: {{}} }}
flows:
{flows}processes: {{ p: {{ needs: [{{ data: x, at: shop }}] }} }}
"
    );
    let stack = stack_of("many.yaml", &text);
    let some = ["a1", "a2", "a3", "a4", "a5", "a6", "a7", "maker"].map(|from| format!("{from}>shop"));
    assert_eq!(ends(&stack, &planned(&stack, &quick())), some, "eight at most");
    let few = Plan::within(&Analysis::of(&stack), &quick(), &Budget { links: 1, ..Budget::of(&stack) }).unwrap();
    assert_eq!((ends(&stack, &few), few.is_whole), (vec!["maker>shop".to_owned()], false));
}

/// An order and a price that come over a hub, which makes the price; what a second process needs; more systems.
fn over_hub(needs: &str, systems: &str) -> Plan {
    plan_of(&format!(
        "sinew: 1
systems:
  erp: {{ kind: erp, makes: [order] }}
  hub: {{ kind: ipaas, makes: [price] }}
  crm: {{ kind: crm }}
{systems}data: {{ order: {{}}, price: {{}} }}
flows:
  - {{ id: feed, from: erp, to: crm, data: order, mechanism: ipaas, through: hub }}
  - {{ id: own, from: hub, to: crm, data: price, mechanism: api }}
processes:
  charge: {{ needs: [{{ data: price, at: crm }}] }}
  quote: {{ needs: [{needs}] }}
"
    ))
}

#[test]
fn a_fallback_comes_from_a_system_that_stays() {
    let before = "  before: { kind: erp, status: phasing-out, makes: [order] }\n";
    let plan = over_hub("{ data: order, at: crm }", before);
    assert_eq!(option(&plan, "fallback:hub").unwrap().why[0], "ERP has Order while it is down");
}

#[test]
fn a_point_of_which_a_part_is_covered_says_what_is_missing_of_the_rest() {
    let of = |needs: &str| {
        let plan = over_hub(needs, "");
        let at = plan
            .points
            .position(|point| {
                point.processes.len() == 2
                    && matches!(point.component, Component::System(ix) if plan.target.system(ix).id.as_str() == "hub")
            })
            .unwrap();
        let why = plan.candidates.missing.iter().find(|one| one.subject == Subject::Point(at)).unwrap().why.clone();
        let fallbacks = plan.candidates.all.iter().filter(|one| one.id.starts_with("fallback:"));
        (fallbacks.map(|one| one.title.clone()).collect::<Vec<String>>(), why)
    };
    let missing = ["no system that is still up has Price for CRM: a second source or a copy elsewhere would help"];
    let (titles, why) = of("{ data: order, at: crm }");
    assert_eq!(titles, ["Prepare a manual fallback for Quote without Hub"]);
    assert_eq!(why, missing);
    // What runs on a process that stops is not kept up by itself.
    let (titles, why) = of("{ process: charge }");
    assert_eq!((titles, why), (Vec::new(), missing.map(str::to_owned).to_vec()));
}

#[test]
fn what_serves_two_links_stays_beside_what_serves_one_of_them_for_less() {
    let text = "sinew: 1
hourly_rate: 100
systems:
  a: { kind: erp, interfaces: [rest], makes: [lead] }
  b: { kind: erp, interfaces: [] }
  dwh: { product: snowflake }
  hub: { product: hubspot }
  tool: { product: hightouch }
data: { lead: {} }
flows:
  - { id: in, from: a, to: b, data: lead, mechanism: file-drop }
  - { id: load, from: a, to: dwh, data: lead, mechanism: etl }
  - { id: first, from: a, to: hub, data: lead, mechanism: export-import, runs: 1/day, minutes: 60 }
  - { id: second, from: b, to: hub, data: lead, mechanism: export-import, runs: 1/day, minutes: 60 }
plan: { efforts: { api: 0.5 }, running_costs: { api: 0 } }
";
    let plan = plan_of(text);
    let both = option(&plan, "reverse-etl:dwh:hub:tool").unwrap();
    assert_eq!(both.subjects.len(), 2);
    let ids: Vec<&str> = plan.problem.items.iter().map(|at| plan.candidates[*at].id.as_str()).collect();
    assert_eq!(ids, ["api:a:hub", "reverse-etl:dwh:hub:tool"]);
}

#[test]
fn a_point_of_which_too_much_would_have_to_be_looked_at_says_so() {
    let text = "sinew: 1
systems:
  a-hub: { kind: ipaas }
  crm: { kind: crm }
  erp: { kind: erp, makes: [order, price] }
data: { order: {}, price: {} }
flows: [{ id: feed, from: erp, to: crm, data: [order, price], mechanism: ipaas, through: a-hub }]
processes:
  charge: { needs: [{ data: price, at: crm }] }
  quote: { needs: [{ data: order, at: crm }] }
";
    let stack = stack_of("much.yaml", text);
    let within = |processes| {
        let budget = Budget { processes, ..Budget::of(&stack) };
        let plan = Plan::within(&Analysis::of(&stack), &quick(), &budget).unwrap();
        let is_hub = |point: &sinew::plan::candidates::Point| matches!(point.component, Component::System(ix) if stack.system(ix).id.as_str() == "a-hub");
        let at = plan.points.position(is_hub).unwrap();
        let missing = plan.candidates.missing.iter().find(|one| one.subject == Subject::Point(at));
        (option(&plan, "fallback:a-hub").unwrap().title.clone(), missing.map(|one| one.why.clone()))
    };
    let both = "Prepare a manual fallback for Charge and Quote without A hub".to_owned();
    assert_eq!(within(2), (both, None));
    let one = "Prepare a manual fallback for Charge without A hub".to_owned();
    let why = "processes need too many others: not all of them were looked at".to_owned();
    assert_eq!(within(1), (one, Some(vec![why])));
}

#[test]
fn no_loop_is_closed_for_a_tool_that_is_phased_out() {
    let of = |status: &str| {
        plan_of(&format!(
            "sinew: 1
systems:
  intent: {{ kind: enrichment, name: Intent, makes: [signal]{status} }}
  crm: {{ kind: crm, interfaces: [rest] }}
  map: {{ kind: marketing-automation, interfaces: [rest] }}
  next: {{ kind: other, name: Next }}
data: {{ lead: {{}}, signal: {{}} }}
flows:
  - {{ from: intent, to: crm, data: signal, mechanism: native }}
  - {{ from: crm, to: map, data: lead, mechanism: native }}
"
        ))
    };
    let looked_for = |plan: &Plan| plan.links.iter().filter(|link| !link.loops.is_empty()).count();
    assert_eq!(looked_for(&of("")), 1);
    let plan = of(", status: phasing-out, ends: 2027-03-31, replaced_by: next");
    assert_eq!(looked_for(&plan), 0);
    let missing: Vec<&Vec<String>> = plan.candidates.missing.iter().map(|one| &one.why).collect();
    let why = "Intent is phased out on 2027-03-31, so nothing new is built on it; Next takes its place";
    assert!(missing.contains(&&vec![why.to_owned()]), "{missing:?}");
}
