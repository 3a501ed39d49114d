//! Every search that could take for ever has a budget, and says so where it ends early. Never by the clock: each is given
//! a budget that is too small, and its answer has to hold all the same.

use sinew::analysis::resilience::Budget as Looking;
use sinew::analysis::{Analysis, Handoffs, MOST_CHAINS};
use sinew::model::{Stack, read};
use sinew::plan::{Budget, Options, Plan};
use sinew::report::document::markdown;
use sinew::report::facts::plan::Plan as Told;
use sinew::report::facts::process;
use sinew::report::tables;
use sinew::report::{Medium, Report, told};
use sinew::source::Source;

use crate::support::shapes::{CHAINS, DENSE, named};

fn stack_of(text: &str) -> Stack {
    let source = Source::new("stack.yaml", text.to_owned());
    let reading = read(&source);
    reading.stack.unwrap_or_else(|| panic!("{}", sinew::source::render(&source, &reading.problems, false)))
}

fn messy() -> Stack {
    stack_of(include_str!("../examples/stacks/messy-45.yaml"))
}

fn within(stack: &Stack, budget: Budget, samples: usize) -> Plan {
    Plan::within(&Analysis::of(stack), &Options { samples, ..Options::default() }, &budget).unwrap()
}

/// Enough for small stacks in little time.
fn small(stack: &Stack) -> Budget {
    Budget { order: 20_000_000, samples: 10_000_000, ..Budget::of(stack) }
}

/// What the plan says it takes for granted under this key.
fn said(plan: &Plan, key: &str) -> Option<String> {
    plan.assumptions.iter().find(|one| one.key == key)?.words.clone()
}

#[test]
fn an_order_without_a_proof_says_what_is_possible_at_most() {
    let stack = messy();
    let whole = within(&stack, Budget::of(&stack), 0);
    assert!(whole.solution.proved && whole.solution.gap() == 0.0);
    let hasty = within(&stack, Budget { order: 0, ..Budget::of(&stack) }, 0);
    // The bound holds whatever was looked at.
    assert!(hasty.solution.bound.0 >= whole.net_value.0 - 0.01, "{:?}", hasty.solution.bound);
    assert!(hasty.net_value.0 <= whole.net_value.0 + 0.01);
    assert!(!hasty.solution.proved && hasty.solution.gap() > 0.0, "{}", hasty.solution.gap());
    let analysis = Analysis::of(&stack);
    let source = Source::new("stack.yaml", String::new());
    let report = Report::of(&analysis, &analysis.findings(), &source);
    let text = |plan: &Plan| {
        let told_plan = Told::of(&stack, plan, &Options { samples: 0, ..Options::default() });
        markdown(&told(&report.clone().with_plan(told_plan), Medium::Document))
    };
    assert!(text(&hasty).contains("more is possible"), "the gap is told");
    assert!(!text(&whole).contains("more is possible"));
}

#[test]
fn a_plan_says_what_it_did_not_look_at() {
    let stack = messy();
    let all = within(&stack, Budget::of(&stack), 5);
    for key in ["candidates", "single points", "fallbacks", "simulations", "ranges"] {
        assert_eq!(said(&all, key), None, "nothing was left out");
    }
    let few = within(&stack, Budget { links: 3, ..Budget::of(&stack) }, 0);
    assert_eq!(few.links.len(), 3);
    assert!(said(&few, "candidates").is_some_and(|words| words.starts_with("only the most expensive")));
    let few = within(&stack, Budget { points: 1, ..Budget::of(&stack) }, 0);
    assert_eq!(few.points.len(), 1);
    assert!(said(&few, "single points").is_some_and(|words| words.starts_with("only the single points")));
    let few = within(&stack, Budget { processes: 1, ..Budget::of(&stack) }, 0);
    let why = few.candidates.missing.iter().flat_map(|missing| &missing.why);
    assert!(why.filter(|why| why.ends_with("not all of them were looked at")).count() > 0);
    // Several standby ways cover several failures, each of which has to be tried.
    let stack = stack_of(&named("chain of products").unwrap()(40));
    assert_eq!(said(&within(&stack, small(&stack), 0), "fallbacks"), None);
    let few = within(&stack, Budget { trials: 1, ..small(&stack) }, 0);
    assert!(said(&few, "fallbacks").is_some_and(|words| words.contains("not tried for all")));
}

#[test]
fn simulations_end_with_their_budget_and_their_number_is_told() {
    let stack = messy();
    let few = within(&stack, Budget { samples: 1, ..Budget::of(&stack) }, 50);
    let found = few.uncertainty.as_ref().unwrap();
    assert_eq!(found.samples, 1);
    assert_eq!(said(&few, "simulations").unwrap().split(':').next(), Some("1 simulations of 50 were drawn"));
    let none = within(&stack, Budget { ends: 1, ..Budget::of(&stack) }, 5);
    let found = none.uncertainty.as_ref().unwrap();
    assert!(found.tornado.is_empty() && found.unmoved == none.ranges.len() && found.unmoved > 0);
    assert!(said(&none, "ranges").is_some());
    // Some of them: those that move most.
    let all = within(&stack, Budget::of(&stack), 5).uncertainty.unwrap();
    let widest = all.tornado[0].assumption;
    let some = (1..40).map(|at| within(&stack, Budget { ends: at * 1_000_000, ..Budget::of(&stack) }, 1));
    let some = some.map(|plan| plan.uncertainty.unwrap()).find(|found| !found.tornado.is_empty()).unwrap();
    assert!(
        some.tornado.iter().any(|swing| swing.assumption == widest),
        "the widest is among the first that are moved"
    );
}

#[test]
fn cut_sets_and_availabilities_say_how_far_they_go() {
    let stack = stack_of(&named("many alternatives").unwrap()(60));
    let analysis = Analysis::of(&stack);
    let small = Looking { rule_visits: 0, vertices: 0, vertices_each: 0 };
    let (whole, hasty) = (analysis.resilience_to(2), analysis.resilience_within(2, &small));
    let mut open = 0;
    for (whole, hasty) in whole.iter().zip(&hasty).filter(|(whole, _)| whole.runs) {
        assert!(hasty.cut_sets.iter().all(|set| whole.cut_sets.contains(set)), "what is listed is true");
        let interval = hasty.availability;
        assert!(interval.low <= whole.availability.high + 1e-12 && whole.availability.low <= interval.high + 1e-12);
        if hasty.complete_to.is_some_and(|order| order < 2) {
            open += 1;
            assert!(!hasty.is_exact || hasty.availability.low == hasty.availability.high);
        }
    }
    assert!(open > 0, "the budget was too small for some");
    let of = |found| Report { processes: Some(process::processes(&stack, found)), ..Report::about(&analysis) };
    let words = |found| format!("{:?}", tables::processes(&of(found)).unwrap().rows);
    assert!(words(&hasty).contains("not all pairs were looked for"));
    assert!(!words(&whole).contains("not all pairs were looked for"));
}

#[test]
fn handoffs_with_too_many_chains_are_named() {
    let stack = stack_of(&named("complete bipartite by hand").unwrap()(400));
    let handoffs = Handoffs::of(&stack);
    assert_eq!(handoffs.cut_short.len(), 1);
    assert!(handoffs.chains.len() >= MOST_CHAINS && handoffs.chains.len() < MOST_CHAINS + stack.flows.len());
    // Every manual step is in one of them, and the total holds them all.
    let listed: std::collections::BTreeSet<_> = handoffs.chains.iter().flat_map(|chain| chain.steps.clone()).collect();
    assert!(handoffs.steps.iter().all(|(flow, _)| listed.contains(flow)));
    let assumed = sinew::analysis::assumptions(&Analysis::of(&stack));
    assert!(assumed.iter().any(|one| one.key == "handoffs"), "it is told");
}

/// Every shape that is measured can be read, and is of the size that it says: a bench that measures errors is none.
#[test]
fn shapes_that_are_measured_are_valid_stacks() {
    for (name, shape) in CHAINS.iter().chain(&DENSE) {
        let stack = stack_of(&shape(40));
        assert!(stack.systems.len() >= 2 && stack.systems.len() <= 50, "{name}: {}", stack.systems.len());
        let plan = within(&stack, Budget { trials: 20, ..small(&stack) }, 1);
        assert!(plan.solution.gap() <= 1.0, "{name}");
    }
}
