//! Failures that only several items cover, and what the search learns of them.

use sinew::plan::Budget;
use sinew::plan::problem::Origin;
use sinew_order::ItemIx;

use super::*;

/// The ways to cover failures: by component and processes, in ids.
fn ways(plan: &Plan) -> BTreeMap<String, Vec<Vec<String>>> {
    let id = |item: &ItemIx| plan.candidates[plan.problem.items[*item]].id.clone();
    let way = |way: &Vec<ItemIx>| {
        let mut ids: Vec<String> = way.iter().map(id).collect();
        ids.sort();
        ids
    };
    let gains = plan.problem.gains.iter().filter_map(|gain| match &gain.origin {
        Origin::Outage(exposure) => {
            let processes = exposure.processes.iter().map(|ix| plan.target.process(*ix).id.as_str());
            let name = format!("{}: {}", exposure.component, processes.collect::<Vec<_>>().join(" "));
            Some((name, gain.ways.iter().map(way).collect()))
        }
        _ => None,
    });
    gains.collect()
}

fn names(ids: &[&str]) -> Vec<String> {
    ids.iter().map(|id| (*id).to_owned()).collect()
}

fn built(plan: &Plan) -> Vec<&str> {
    plan.items.iter().map(|item| plan.candidate(item).id.as_str()).collect()
}

/// Order and price come by one flow, which fails a hundredth of the time; three planned ones could bring a part each.
/// Everything comes from one system, so nobody can bring it while that is down.
const PARTS: &str = "sinew: 1
hourly_rate: 100
systems:
  erp: { kind: erp, makes: [order, price, stock] }
  shop: { kind: erp, interfaces: [rest] }
  till: { kind: erp, interfaces: [rest] }
  list: { kind: cms, interfaces: [rest] }
  crm: { kind: crm, interfaces: [rest] }
data: { order: {}, price: {}, stock: {} }
flows:
  - { id: feed, from: erp, to: crm, data: [order, price], mechanism: api, runs: 1/day, availability: 99% }
  - { id: to-shop, from: erp, to: shop, data: [order, stock], mechanism: api, runs: 1/day }
  - { id: to-till, from: erp, to: till, data: order, mechanism: api, runs: 1/day }
  - { id: to-list, from: erp, to: list, data: price, mechanism: api, runs: 1/day }
  - { id: of-shop, from: shop, to: crm, data: [order, stock], mechanism: api, runs: 1/day, status: planned }
  - { id: of-till, from: till, to: crm, data: order, mechanism: api, runs: 1/day, status: planned }
  - { id: of-list, from: list, to: crm, data: price, mechanism: api, runs: 1/day, status: planned }
processes:
  quote: { needs: [{ data: order, at: crm }, { data: price, at: crm }], outage_cost: 1000 }
";

#[test]
fn a_failure_that_no_item_covers_alone_is_covered_by_the_cheapest_that_do_together() {
    let plan = check(&stack_of("parts.yaml", PARTS), &quick());
    // Of the two that bring orders the one with two objects takes a day more.
    assert_eq!(ways(&plan)["feed: quote"], [names(&["api:list:crm", "api:till:crm"])]);
    assert_eq!(built(&plan), ["api:list:crm", "api:till:crm"]);
    // The first covers nothing yet; a hundredth of 8,760 hours at 1,000.
    let removed: Vec<f64> = plan.items.iter().map(|item| item.change.outages_removed).collect();
    assert_eq!(removed, [0.0, 87_600.0]);
}

/// Where hours count, money is as many as it pays: 8 for a person-day of 160.
#[test]
fn in_hours_a_failure_that_is_covered_is_worth_the_work_that_its_cost_pays() {
    let by_hand =
        "flows:\n  - { id: a-note, from: crm, to: list, data: order, mechanism: message, runs: 1, minutes: 6 }\n";
    let text = PARTS.replace("hourly_rate: 100\n", "").replace("flows:\n", by_hand) + "plan: { day_rate: 160 }\n";
    let plan = check(&stack_of("hours.yaml", &text), &quick());
    let removed: f64 = plan.items.iter().map(|item| item.change.outages_removed).sum();
    assert!((removed - 87_600.0 * 0.05).abs() < 1e-6, "{removed}");
}

#[test]
fn where_one_item_covers_a_failure_all_that_do_are_ways() {
    let text = PARTS
        .replace("data: [order, stock]", "data: [order, price]")
        .replace("to: till, data: order", "to: till, data: [order, price]");
    let text = text.replace("from: till, to: crm, data: order", "from: till, to: crm, data: [order, price]");
    let plan = check(&stack_of("whole.yaml", &text), &quick());
    assert_eq!(ways(&plan)["feed: quote"], [names(&["api:shop:crm"]), names(&["api:till:crm"])]);
    assert_eq!(built(&plan), ["api:shop:crm"]);
}

/// What one planned flow covers two others, built for what they are worth, cover together.
const TOGETHER: &str = "sinew: 1
hourly_rate: 100
systems:
  erp: { kind: erp, interfaces: [rest], makes: [order, price, news, plan] }
  shop: { kind: erp, interfaces: [rest] }
  till: { kind: erp, interfaces: [rest] }
  wares: { kind: cms, interfaces: [rest] }
  crm: { kind: crm, interfaces: [rest] }
  desk: { kind: messaging, interfaces: [rest] }
  wiki: { kind: cms }
data: { order: {}, price: {}, news: {}, plan: {} }
flows:
  - { id: draft, from: erp, to: wiki, data: plan, mechanism: api, runs: 1/day, availability: 99.9% }
  - { id: feed, from: erp, to: crm, data: [order, price], mechanism: api, runs: 1/day, availability: 99% }
  - { id: to-shop, from: erp, to: shop, data: [order, price], mechanism: api, runs: 1/day }
  - { id: to-till, from: erp, to: till, data: order, mechanism: api, runs: 1/day }
  - { id: to-wares, from: erp, to: wares, data: price, mechanism: api, runs: 1/day }
  - { id: of-erp, from: erp, to: desk, data: news, mechanism: api, runs: 1/day, status: planned, value: 400000 }
  - { id: of-shop, from: shop, to: crm, data: [order, price], mechanism: api, runs: 1/day, status: planned }
  - { id: of-till, from: till, to: crm, data: order, mechanism: api, runs: 1/day, status: planned, value: 300000 }
  - { id: of-wares, from: wares, to: crm, data: price, mechanism: api, runs: 1/day, status: planned, value: 200000 }
processes:
  count: { needs: [{ data: order, at: crm }], outage_cost: 1 }
  invoice: { needs: [{ data: order, at: crm }, { data: price, at: crm }], outage_cost: 100 }
  quote: { needs: [{ data: order, at: crm }, { data: price, at: crm }], outage_cost: 1000 }
  write: { needs: [{ data: plan, at: wiki }], outage_cost: 1 }
";

#[test]
fn what_items_turn_out_to_cover_together_is_learned_and_the_plan_is_made_again() {
    let plan = check(&stack_of("together.yaml", TOGETHER), &quick());
    // The flow out of the shop, which alone covers the failure, is not built besides. That of the news, built first, covers nothing.
    assert_eq!(built(&plan), ["api:erp:desk", "api:till:crm", "api:wares:crm"]);
    let ways = ways(&plan);
    assert_eq!(ways.keys().collect::<Vec<_>>(), ["feed: count", "feed: invoice quote"]);
    assert_eq!(ways["feed: count"], [names(&["api:till:crm"]), names(&["api:shop:crm"])]);
    assert_eq!(ways["feed: invoice quote"], [names(&["api:shop:crm"]), names(&["api:till:crm", "api:wares:crm"])]);
    // A hundredth of 8,760 hours: at 1 with the second, at 1,100 with the third.
    let removed: Vec<f64> = plan.items.iter().map(|item| item.change.outages_removed).collect();
    assert_eq!(removed, [0.0, 87.6, 96_360.0]);
}

#[test]
fn where_trials_run_out_all_that_is_built_counts_as_the_way() {
    let stack = stack_of("together.yaml", TOGETHER);
    let analysis = Analysis::of(&stack);
    let of = |trials| Plan::within(&analysis, &quick(), &Budget { trials, ..Budget::of(&stack) }).unwrap();
    let learned = |trials| ways(&of(trials))["feed: invoice quote"].last().unwrap().clone();
    // Three items are built by the last step: to tell which of them are needed takes four trials, for both processes together.
    assert_eq!(learned(4), names(&["api:till:crm", "api:wares:crm"]));
    assert_eq!(learned(3), names(&["api:erp:desk", "api:till:crm", "api:wares:crm"]));
}

#[test]
fn what_covers_less_for_as_much_work_is_no_way() {
    let text = "sinew: 1
hourly_rate: 100
systems:
  crm: { kind: crm }
  hub: { kind: ipaas, availability: 99% }
  main: { kind: erp, availability: 98%, makes: [order] }
  other: { kind: erp, makes: [order] }
data: { order: {} }
flows: [{ id: feed, from: main, to: crm, data: order, mechanism: ipaas, through: hub }]
processes: { quote: { needs: [{ data: order, at: crm }], outage_cost: 1000 } }
";
    let plan = check(&stack_of("less.yaml", text), &quick());
    let all: Vec<&str> = plan.candidates.all.iter().map(|one| one.id.as_str()).collect();
    assert_eq!(all, ["fallback:hub", "fallback:main"]);
    // What the other system brings comes without the hub as well as without the main one; what the main one brings does not.
    let ways = ways(&plan);
    assert_eq!(ways["hub: quote"], [names(&["fallback:main"])]);
    assert_eq!(ways["main: quote"], [names(&["fallback:main"])]);
}

/// What stands by is prepared for each object, and is nothing for a team of one person.
#[test]
fn a_fallback_takes_work_for_each_object_and_hands_of_more_than_one() {
    let text = "sinew: 1
hourly_rate: 100
teams: { ops: { people: 3 }, solo: { people: 1 } }
systems:
  crm: { kind: crm, owner: solo }
  main: { kind: erp, availability: 98%, makes: [order, price] }
  other: { kind: erp, makes: [order, price] }
data: { order: {}, price: {} }
flows: [{ id: feed, from: main, to: crm, data: [order, price], mechanism: api }]
processes: { quote: { owner: ops, needs: [{ data: order, at: crm }, { data: price, at: crm }], outage_cost: 1000 } }
";
    let stack = stack_of("two.yaml", text);
    let plan = planned(&stack, &quick());
    let fallback = plan.candidates.all.iter().find(|one| one.id == "fallback:main").unwrap();
    let terms: Vec<(&str, f64)> = fallback.effort.iter().map(|term| (term.key, term.times)).collect();
    assert_eq!(terms, [("fallback", 1.0), ("further-object", 1.0)]);
    let [Edit::AddFlow(flow)] = &fallback.edits[..] else { panic!("{:?}", fallback.edits) };
    assert_eq!((flow.performer, flow.data.len()), (stack.find_team("ops"), 2));
}
