//! Ranges: at the likely numbers everything is as planned, and at the low ones a handoff is worth its low value, in money
//! and in hours.

use sinew::plan::Budget;
use sinew::plan::problem::Origin;
use sinew::plan::ranges::Ranges;
use sinew_order::uncertainty::AssumptionIx;
use sinew_order::{ItemIx, List};

use super::*;

/// A handoff with rework, one with a planned flow in its place that is worth something, and a failure that stops three
/// processes, one of which states its cost as a range.
const STACK: &str = "sinew: 1
hourly_rate: [50, 60, 80]
error_minutes: 12
teams: { ops: { people: 3 } }
systems:
  a: { kind: crm, interfaces: [rest], makes: [d, e] }
  bus: { kind: ipaas, availability: [0.98, 0.99, 0.995] }
  b: { kind: cms, interfaces: [rest] }
  c: { kind: warehouse, interfaces: [rest] }
data: { d: {}, e: {} }
flows:
  - { id: by-hand, from: c, to: b, data: e, mechanism: copy-paste, performer: ops, runs: [100, 200, 300], minutes: 30, records: 10, error_rate: 10% }
  - { id: feed, from: a, to: b, data: d, mechanism: ipaas, through: bus }
  - { id: keep, from: a, to: c, data: e, mechanism: api }
  - { id: later, from: c, to: a, data: e, mechanism: api, status: planned, value: [5000, 9000, 20000] }
processes:
  p: { outage_cost: 100, needs: [{ data: d, at: b }] }
  q: { outage_cost: 70, needs: [{ data: d, at: b }] }
  r: { outage_cost: [10, 20, 40], needs: [{ data: d, at: b }] }
";

#[test]
fn at_the_likely_numbers_all_is_as_planned_and_at_the_low_ones_a_handoff_is_worth_least() {
    for text in [STACK.to_owned(), STACK.replace("hourly_rate: [50, 60, 80]\n", "")] {
        check_ranges(&stack_of("ranges.yaml", &text));
    }
}

fn check_ranges(stack: &Stack) {
    let analysis = Analysis::of(stack);
    let plan = planned(stack, &quick());
    let built: Vec<ItemIx> = plan.items.iter().map(|item| item.item).collect();
    let ranges = Ranges::of(&analysis, &plan.candidates, &plan.problem, &plan.instance, &built, &plan.settings);
    let all = ranges.assumptions.iter().map(|one| one.range);
    let likely = ranges.instance(&all.clone().map(|range| range.likely).collect::<List<AssumptionIx, f64>>());
    let low = ranges.instance(&all.map(|range| range.low).collect::<List<AssumptionIx, f64>>());
    let near = |a: f64, b: f64| (a - b).abs() < 1e-6 * b.abs().max(1.0);
    let (mut handoffs, mut worths, mut outages) = (0, 0, 0);
    for (at, gain) in plan.problem.gains.enumerate() {
        let value = likely.benefits[at].value.0;
        assert!(near(value, gain.value.likely.0), "{gain:?}: {value}");
        match gain.origin {
            Origin::Handoff(_) => {
                handoffs += 1;
                assert!(near(low.benefits[at].value.0, gain.value.low.0), "{gain:?}");
            }
            Origin::Worth(_) => worths += 1,
            Origin::Outage(_) => outages += 1,
        }
    }
    assert!(handoffs > 0 && worths > 0 && outages > 0, "{:?}", plan.problem.gains);
    for (at, item) in plan.instance.items.enumerate() {
        let now = &likely.items[at];
        assert!(near(now.effort.0, item.effort.0) && near(now.one_off.0, item.one_off.0), "{item:?}");
        assert!(near(now.running.0, item.running.0), "{item:?}");
    }
}

/// One handoff and the one item in its place.
const ONE_HANDOFF: &str = "sinew: 1
hourly_rate: [40, 50, 80]
systems:
  crm: { kind: crm, interfaces: [rest], makes: [lead] }
  shop: { kind: erp, interfaces: [rest] }
data: { lead: {} }
flows: [{ id: f, from: crm, to: shop, data: lead, mechanism: copy-paste, runs: [200, 260, 300], minutes: [30, 60, 120] }]
";

#[test]
fn where_not_all_ranges_can_be_moved_those_are_by_which_the_plan_moves_most() {
    let stack = stack_of("one.yaml", ONE_HANDOFF);
    let analysis = Analysis::of(&stack);
    let moved = |ends| {
        let budget = Budget { ends, ..Budget::of(&stack) };
        let plan = Plan::within(&analysis, &Options { samples: 1, ..quick() }, &budget).unwrap();
        let found = plan.uncertainty.unwrap();
        let mut names: Vec<String> = found.tornado.iter().map(|one| plan.ranges[one.assumption].id.clone()).collect();
        names.sort();
        (names, found.unmoved)
    };
    // At its ends, all others likely, minutes move 19,500 a year, the rate 10,400, the days of the item 8,800 once, runs 5,000, the rate
    // of a day, eight hours, 4,800, and upkeep 3,500. Each takes two looks at four numbers, at 100 each: the item, the handoff, its
    // way, and the item in that.
    let most = ["f: minutes", "hourly_rate", "plan.efforts.api"].map(str::to_owned);
    assert_eq!(moved(2_400), (most.to_vec(), 3));
    assert_eq!(moved(2_399), (most[..2].to_vec(), 4));
    assert_eq!((moved(4_799).1, moved(4_800).1), (1, 0));
}

#[test]
fn what_a_flow_is_worth_is_a_range_where_it_is_stated_as_one_and_nothing_is_drawn_that_nobody_asked_for() {
    let plan = planned(&stack_of("ranges.yaml", STACK), &quick());
    let later = plan.items.iter().find(|item| item.change.worth > 0.0).unwrap();
    let range = later.value;
    assert_eq!((range.low, range.likely, range.high), (5_000.0, 9_000.0, 20_000.0));
    assert_eq!(plan.uncertainty, None);
}
