//! The way to a stage, held to all sets of items of small stacks.

use sinew_order::{Effort, Instance, ItemIx, solve};

use super::*;

/// The stage of the stack after these candidates are built.
fn stage_with(analysis: &Analysis<'_>, plan: &Plan, set: &[CandidateIx]) -> u8 {
    let site = Site::of(analysis, &plan.links);
    let built: Vec<&Candidate> = set.iter().map(|ix| &plan.candidates[*ix]).collect();
    let target = site.build(&built).stack;
    let target = Analysis::of(&target);
    // All that a stage asks about, without the rules that look at every failure.
    let rules = RULES_IN_THE_WAY.iter().filter_map(|id| sinew::analysis::rules::find(id));
    let findings: Vec<Finding> = rules.flat_map(|rule| (rule.find)(&target)).collect();
    standing(&target, &findings).stage
}

/// For every set of the items that may be built the stage that it leads to, and what its best order is worth.
fn all_sets(analysis: &Analysis<'_>, plan: &Plan) -> Vec<(u8, f64)> {
    let is_out = |item: &ItemIx| plan.instance.force_out.contains(item);
    let (out, items): (Vec<ItemIx>, Vec<ItemIx>) = plan.problem.items.places().partition(is_out);
    let mut found = Vec::new();
    for set in 0..1_usize << items.len() {
        let those = |wanted: usize| (0..items.len()).filter(move |at| set >> at & 1 == wanted);
        let inside: Vec<ItemIx> = those(1).map(|at| items[at]).collect();
        let has_needs = |item: &ItemIx| plan.instance.items[*item].needs.iter().all(|need| inside.contains(need));
        if !inside.iter().all(has_needs) {
            continue;
        }
        let built: Vec<CandidateIx> = inside.iter().map(|item| plan.problem.items[*item]).collect();
        let force_out = those(0).map(|at| items[at]).chain(out.iter().copied()).collect();
        let instance = Instance { force_in: inside, force_out, ..plan.instance.clone() };
        if let Ok(solution) = solve(&instance, Effort::default()) {
            found.push((stage_with(analysis, plan, &built), solution.plan.net_value.0));
        }
    }
    found
}

/// Most items of which all sets are looked at.
const MOST_ITEMS: usize = 6;

/// Options by which at most so many candidates may be built, with what they need: some at random, measures among them.
fn some_items(plan: &Plan, dice: &mut Dice) -> Options {
    let all = &plan.candidates.all;
    let mut kept: BTreeSet<&str> = BTreeSet::new();
    for _ in 0..40 {
        let one = &all[dice.below(all.len() as u64) as usize];
        let needs = one.needs.iter().map(String::as_str);
        let more: BTreeSet<&str> = kept.iter().copied().chain(needs).chain([one.id.as_str()]).collect();
        let is_whole = more.iter().all(|id| {
            let candidate = all.iter().find(|one| one.id == **id);
            candidate.is_some_and(|one| one.needs.iter().all(|need| more.contains(need.as_str())))
        });
        if more.len() <= MOST_ITEMS && is_whole {
            kept = more;
        }
    }
    let without = all.iter().map(|one| one.id.clone()).filter(|id| !kept.contains(id.as_str())).collect();
    Options { without, ..with_ways() }
}

/// How many stacks are looked at exhaustively; more where the environment asks for it.
fn count(usual: usize) -> usize {
    std::env::var("SINEW_ORACLE").ok().and_then(|count| count.parse().ok()).unwrap_or(usual)
}

#[test]
fn the_way_to_a_stage_is_the_best_of_all_sets_of_items_of_small_stacks() {
    let mut dice = Dice(7);
    let (mut yes, mut none, mut paid) = (0, 0, 0);
    for _ in 0..count(24) {
        let text = small(&mut dice);
        let stack = stack_of("small.yaml", &text);
        let analysis = Analysis::of(&stack);
        let usual = Plan::of(&analysis, &quick()).unwrap();
        let options = some_items(&usual, &mut dice);
        let plan = Plan::of(&analysis, &options).unwrap();
        let all = all_sets(&analysis, &plan);
        let best =
            |stage: u8| all.iter().filter(|(there, _)| *there >= stage).map(|(_, value)| *value).reduce(f64::max);
        for way in &plan.ways {
            assert!(way.is_settled, "{way:?} without {:?}\n{text}", options.without);
            let known = |step: &sinew::plan::reach::WayStep| {
                plan.find(&step.candidate.id).is_some()
                    || plan.problem.items.iter().any(|ix| plan.candidates[*ix].id == step.candidate.id)
            };
            let is_inside = way.steps.iter().all(known);
            match (way.reached, best(way.stage)) {
                (Reached::Yes, Some(best)) => {
                    yes += 1;
                    paid += usize::from(way.price.unwrap().net_value > 0.5);
                    let is_best = (way.net_value - best).abs() < 0.05 || !is_inside && way.net_value > best;
                    assert!(
                        is_best && way.gap == 0.0,
                        "stage {}: {} and not {best}:\n{text}",
                        way.stage,
                        way.net_value
                    );
                }
                (Reached::Yes, None) => assert!(!is_inside, "stage {} is not reached:\n{text}", way.stage),
                (Reached::IfVerified | Reached::No, best) => {
                    none += 1;
                    assert_eq!(best, None, "stage {} can be reached:\n{text}", way.stage);
                    let is_told = !way.unreachable.is_empty() || !way.conflict.is_empty() || way.smallest.is_some();
                    assert!(is_told || way.reached == Reached::IfVerified, "stage {}:\n{text}", way.stage);
                }
            }
        }
    }
    assert!(yes >= 3 && none >= 3 && paid >= 2, "{yes} {none} {paid}");
}
