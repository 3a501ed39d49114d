//! Without a rate nothing says what an hour costs: the plan counts hours, and no figure in money is known or shown as 0.

use std::fs;

use serde_json::Value;
use sinew::analysis::Analysis;
use sinew::model::{Money, MoneyPerHour, Range, Stack, read};
use sinew::plan::settings::Unit;
use sinew::plan::{Options, Plan};
use sinew::source::Source;

use crate::support::binary::{code, err, folder, out, sinew};

pub(crate) const STACK: &str = "sinew: 1
name: No rates
as_of: 2026-11-21
currency: USD
teams: { ops: { people: 3 } }
systems:
  sf: { product: salesforce, owner: ops, makes: [lead, account] }
  hub: { product: hubspot, owner: ops, makes: [form] }
  mk: { product: marketo, owner: ops }
  sheet: { product: google-sheets, owner: ops }
data: { lead: {}, account: {}, form: {} }
flows:
  - { id: daily, from: sf, to: mk, data: lead, mechanism: export-import, performer: ops, runs: 1/day, minutes: 60, records: 10 }
  - { id: weekly, from: hub, to: sf, data: form, mechanism: rekeying, performer: ops, runs: 1/week, minutes: [60, 120, 180], records: 5, error_rate: 10% }
  - { id: rare, from: sf, to: hub, data: account, mechanism: export-import, performer: ops, runs: 2/year, minutes: 10 }
processes: { p: { needs: [{ data: lead, at: mk }] } }
";

fn stack(text: &str) -> Stack {
    let reading = read(&Source::new("stack.yaml", text.to_owned()));
    reading.stack.unwrap_or_else(|| panic!("{:?}", reading.problems))
}

fn planned(stack: &Stack) -> Plan {
    Plan::of(&Analysis::of(stack), &Options { samples: 50, frontier: false, ..Options::default() }).unwrap()
}

fn ids(plan: &Plan) -> Vec<&str> {
    plan.items.iter().map(|item| plan.candidate(item).id.as_str()).collect()
}

/// Kinds of item that cost something to run.
const KINDS: [&str; 4] = ["api", "middleware", "recipe", "reverse-etl"];

/// The same stack where an hour costs 1, a day of work 8, and running anything nothing.
fn at_one_an_hour(stack: &Stack) -> Stack {
    let mut priced = stack.clone();
    priced.hourly_rate = Some(Range::exact(MoneyPerHour(1.0)));
    priced.plan.day_rate = Some(Range::exact(Money(8.0)));
    priced.plan.running_costs = KINDS.iter().map(|kind| ((*kind).to_owned(), Range::exact(Money(0.0)))).collect();
    priced
}

#[test]
fn hours_saved_less_hours_of_work_decide_what_is_built_and_in_which_order() {
    let stack = stack(STACK);
    let plan = planned(&stack);
    assert_eq!(plan.settings.unit, Unit::Hours);
    // 260 hours a year, 104 and 52 runs x 5 records x 10% x 10 minutes of rework; a third of an hour pays for no work.
    assert_eq!(ids(&plan), ["native:sf:mk", "native:hub:sf"]);
    let saved: Vec<f64> = plan.items.iter().map(|item| (item.value.likely * 1e6).round() / 1e6).collect();
    assert_eq!(saved, [260.0, 108.333333]);
    // Most hours for each day of work first.
    let rates: Vec<f64> = plan.items.iter().map(|item| plan.solution.wsjf[item.item]).collect();
    assert!(rates.is_sorted_by(|a, b| a >= b), "{rates:?}");
    // By hand: what is saved from the finish on within the horizon, less eight hours for each day of work.
    let net: f64 = plan
        .items
        .iter()
        .map(|item| {
            let days: f64 = plan.candidate(item).effort.iter().map(|term| term.times * term.amount.likely).sum();
            item.value.likely * (plan.settings.horizon.0 - item.finish.0) / 52.0 - 8.0 * days
        })
        .sum();
    assert!((net - plan.net_value.0).abs() < 0.5, "{net}, {}", plan.net_value.0);
    // No default in money is assumed for it.
    assert!(plan.assumptions.iter().all(|one| one.key != "plan.day_rate"), "{:?}", plan.assumptions);
}

#[test]
fn it_is_the_plan_of_a_stack_where_an_hour_costs_one() {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/examples/stacks");
    let mut compared = 0;
    let examples = ["tiny", "hubspot-scale-up", "stage-3-marketo-enterprise"];
    let texts = examples.map(|name| fs::read_to_string(format!("{folder}/{name}.yaml")).unwrap());
    for text in texts.iter().map(String::as_str).chain([STACK]) {
        let mut bare = stack(text);
        bare.hourly_rate = None;
        bare.teams.iter_mut().for_each(|team| team.hourly_rate = None);
        bare.flows.iter_mut().for_each(|flow| flow.rated.value = None);
        bare.processes.iter_mut().for_each(|process| process.outage_cost = None);
        bare.plan.budget = None;
        bare.plan.day_rate = None;
        bare.plan.running_costs = Vec::new();
        let (hours, money) = (planned(&bare), planned(&at_one_an_hour(&bare)));
        assert_eq!((hours.settings.unit, money.settings.unit), (Unit::Hours, Unit::Money));
        assert_eq!(ids(&hours), ids(&money));
        assert!((hours.net_value.0 - money.net_value.0).abs() < 1e-6);
        for (a, b) in hours.items.iter().zip(&money.items) {
            assert_eq!((a.start, a.finish, a.wave), (b.start, b.finish, b.wave));
            assert!((a.value.low - b.value.low).abs() < 1e-6 && (a.value.high - b.value.high).abs() < 1e-6);
        }
        let doubt = [&hours, &money].map(|plan| plan.uncertainty.as_ref().unwrap().net_value.p50.0);
        assert!((doubt[0] - doubt[1]).abs() < 1.0 + doubt[1].abs() * 0.1, "{doubt:?}");
        compared += hours.items.len();
    }
    assert!(compared > 5, "{compared} items");
}

#[test]
fn what_is_stated_in_money_is_weighed_at_a_day_of_work() {
    let planned_flow =
        "  - { id: later, from: mk, to: hub, data: lead, mechanism: api, status: planned, value: 68000 }\nprocesses:";
    let text = STACK.replace("processes:", planned_flow);
    // 68,000 a year are 800 hours where eight cost 680, and 1,000 where they cost 544.
    for (settings, hours, assumed) in [("", 800.0, Some(680.0)), ("plan: { day_rate: 544 }\n", 1_000.0, None)] {
        let plan = planned(&stack(&format!("{text}{settings}")));
        assert_eq!(plan.settings.unit, Unit::Hours);
        let gains: Vec<f64> = plan.problem.gains.iter().map(|gain| gain.value.likely.0).collect();
        assert!(gains.iter().any(|gain| (gain - hours).abs() < 1e-9), "{gains:?}");
        let rate = plan.assumptions.iter().find(|one| one.key == "plan.day_rate");
        assert_eq!(rate.map(|one| one.number.unwrap()), assumed);
    }
}

#[test]
fn a_budget_is_kept_to_where_a_day_rate_says_what_work_costs() {
    let free = planned(&stack(STACK));
    let unknown = planned(&stack(&format!("{STACK}plan: {{ budget: 1 }}\n")));
    assert_eq!(ids(&free), ids(&unknown));
    let told = unknown.assumptions.iter().find(|one| one.key == "plan.budget").unwrap();
    assert!(told.words.as_ref().unwrap().starts_with("not kept to"), "{told:?}");
    // At 160 for eight hours 16,000 pay 800.
    let stated = planned(&stack(&format!("{STACK}plan: {{ budget: 16000, day_rate: 160 }}\n")));
    assert_eq!(stated.settings.budget.map(|budget| budget.0), Some(800.0));
    let none = planned(&stack(&format!("{STACK}plan: {{ budget: 1, day_rate: 500 }}\n")));
    assert!(none.items.is_empty(), "{:?}", ids(&none));
}

#[test]
fn money_that_is_stated_is_weighed_at_the_day_rate() {
    // Having the rare export automated is worth 100,000 a year; at 500 for eight hours that is 1,600 hours.
    let text = STACK.replace("id: rare,", "id: rare, value: 100000,") + "plan: { day_rate: 500 }\n";
    let plan = planned(&stack(&text));
    let rare = plan.items.iter().find(|item| plan.candidate(item).id.starts_with("native:sf:hub")).unwrap();
    assert!((rare.value.likely - 1_600.0 - 1.0 / 3.0).abs() < 1e-6, "{:?}", rare.value);
}

/// Where a path of `value` stands, every number under a key that is money.
fn money(path: &str, value: &Value, found: &mut Vec<String>) {
    const MONEY: [&str; 9] =
        ["net_value", "value", "value_of", "bound", "spent", "day_rate", "cost", "pays_from", "net_value_by_wsjf"];
    match value {
        Value::Object(fields) => {
            for (key, value) in fields {
                if MONEY.contains(&key.as_str()) && !value.is_null() {
                    found.push(format!("{path}.{key}: {value}"));
                } else {
                    money(&format!("{path}.{key}"), value, found);
                }
            }
        }
        Value::Array(items) => items.iter().for_each(|item| money(&format!("{path}[]"), item, found)),
        _ => {}
    }
}

#[test]
fn no_format_shows_money_that_is_not_known() {
    let folder = folder("plan-in-hours");
    fs::write(folder.join("stack.yaml"), STACK).unwrap();
    let run = |arguments: &[&str]| sinew(arguments).current_dir(&folder).output().unwrap();
    let plan = run(&["plan", "stack.yaml", "--format", "json"]);
    assert_eq!(code(&plan), 0, "{}", err(&plan));
    let plan: Value = serde_json::from_slice(&plan.stdout).unwrap();
    let plan = &plan["plan"];
    assert_eq!(plan["counted_in"], "hours");
    assert_eq!(plan["items"].as_array().unwrap().len(), 2);
    assert_eq!(plan["items"][0]["hours"]["likely"], 260);
    assert!(plan["net_hours"].as_f64().unwrap() > 100.0);
    assert!(!plan["uncertainty"]["net_hours"].is_null() && plan["uncertainty"]["net_value"].is_null());
    let mut found = Vec::new();
    for part in ["items", "unfunded", "net_value", "bound", "spent", "day_rate", "before", "after", "uncertainty"] {
        money(part, &serde_json::json!({ part: plan[part] }), &mut found);
    }
    // The costs of outages are stated or not, and have nothing to do with a rate.
    found.retain(|path| !path.contains("outage"));
    // Assumptions have a value that is none of money.
    assert_eq!(found, Vec::<String>::new());
    let report = run(&["report", "stack.yaml", "-o", "out"]);
    assert_eq!(code(&report), 0, "{}", err(&report));
    let mut texts = vec![out(&run(&["plan", "stack.yaml", "--all"])).to_owned()];
    texts.push(out(&run(&["plan", "stack.yaml", "--explain", "native:sf:mk"])).to_owned());
    texts.push(out(&run(&["plan", "stack.yaml", "--without", "native:sf:mk", "--what-if"])).to_owned());
    for name in ["report.md", "report.html", "diagrams/roadmap.svg"] {
        texts.push(fs::read_to_string(folder.join("out").join(name)).unwrap());
    }
    for text in &texts {
        assert!(!text.contains("USD 0") && !text.contains("worth USD"), "{text}");
    }
    // Nor the default of a person-day.
    assert!(texts[..4].iter().all(|text| !text.contains("680")));
    assert!(texts[0].contains("2 items take") && texts[0].contains("hours within 52 weeks"), "{}", texts[0]);
    assert!(texts[1].contains("hours of work:") && !texts[1].contains("one-off cost"), "{}", texts[1]);
    assert!(texts[4].contains("Hours saved a year") && texts[5].contains("hours a year"));
}
