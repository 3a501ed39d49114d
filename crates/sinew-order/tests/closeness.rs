//! How near the bound of large problems is to the plan: what is lost there, no oracle of small ones sees.

use sinew_order::{
    Benefit, Days, DaysPerWeek, Effort, Index, Instance, Item, ItemIx, Money, MoneyPerYear, Weeks, solve,
};

use crate::random::Dice;

fn item(at: usize, effort: f64, one_off: f64, running: f64) -> Item {
    Item {
        id: format!("item-{at:03}"),
        effort: Days(effort),
        one_off: Money(one_off),
        running: MoneyPerYear(running),
        loss: MoneyPerYear(0.0),
        needs: Vec::new(),
        goes_first: false,
        preference: 0,
    }
}

/// A hundred items of which one in seven is needed by others, and time for all.
fn hundred(dice: &mut Dice) -> Instance {
    let enablers = 14;
    let mut items: Vec<Item> = Vec::new();
    for at in 0..100 {
        let (least, most) = if at < enablers { (5, 16) } else { (1, 15) };
        let mut one = item(at, (least + dice.below(most)) as f64, 0.0, 0.0);
        if at < enablers {
            one.running = MoneyPerYear(1_000.0 * dice.below(6) as f64);
        } else if dice.chance(45) {
            one.needs = vec![ItemIx::new(dice.below(enablers))];
        }
        items.push(one);
    }
    let benefit = |dice: &mut Dice, at: usize| {
        let mut way = vec![ItemIx::new(at)];
        if dice.chance(20) {
            way.push(ItemIx::new(enablers + dice.below(100 - enablers)));
        }
        Benefit { value: MoneyPerYear(500.0 * (1 + dice.below(60)) as f64), ways: vec![way] }
    };
    let work: f64 = items.iter().map(|one| one.effort.0).sum();
    Instance {
        benefits: (enablers..100).map(|at| benefit(dice, at)).collect(),
        items: items.into(),
        capacity: DaysPerWeek(5.0),
        horizon: Weeks(work / 5.0 * 1.3),
        budget: None,
        force_in: Vec::new(),
        force_out: Vec::new(),
        requirements: Vec::new(),
    }
}

#[test]
fn a_hundred_items_are_bounded_within_a_percent_before_any_branching() {
    for seed in 0..3 {
        let solution = solve(&hundred(&mut Dice::new(seed)), Effort { nodes: 1, ..Effort::default() }).unwrap();
        assert!(solution.gap() < 0.01, "{seed}: {}", solution.gap());
    }
}
