//! A plan is the same on any number of cores, also where its trials do not suffice.

use sinew::plan::Budget;

use super::reach::small::{Dice, small};
use super::*;

/// The plan on so many cores, with all that it says.
fn on(cores: usize, stack: &Stack, budget: &Budget, options: &Options) -> String {
    let pool = rayon::ThreadPoolBuilder::new().num_threads(cores).build().unwrap();
    pool.install(|| format!("{:?}", Plan::within(&Analysis::of(stack), options, budget)))
}

#[test]
fn a_plan_is_the_same_on_one_core_and_on_four() {
    let mut dice = Dice(23);
    let some: Vec<Stack> = (0..6).map(|_| stack_of("small.yaml", &small(&mut dice))).collect();
    let options = Options { frontier: true, ..quick() };
    let (mut whole, mut cut_short) = (0, 0);
    for stack in ["stage-3-marketo-enterprise", "messy-45"].into_iter().map(example).chain(some) {
        let full = Budget::of(&stack);
        for reach in [full.reach, 25, 1] {
            let budget = Budget { reach, ..full };
            let one = on(1, &stack, &budget, &options);
            assert_eq!(one, on(4, &stack, &budget, &options), "with {reach} trials");
            whole += usize::from(one.contains("is_settled: true"));
            cut_short += usize::from(one.contains("is_settled: false"));
        }
    }
    assert!(whole > 5 && cut_short > 5, "{whole} {cut_short}");
}
