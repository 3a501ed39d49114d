//! The answer by looking at everything: all subsets in all orders. Shares no code with the search.

use sinew_order::{
    Benefit, BenefitIx, Days, DaysPerWeek, Effort, Index, Instance, Item, ItemIx, List, Money, MoneyPerYear,
    OrderError, Requirement, Weeks, evaluate, solve,
};

use crate::random::{Dice, anything, with_requirements};

fn item(place: usize) -> ItemIx {
    ItemIx::new(place)
}

/// Net value and money spent of a sequence, by the definition; `None` if it is not allowed.
fn worth(instance: &Instance, sequence: &[ItemIx]) -> Option<(f64, f64)> {
    let mut finish = List::like(&instance.items, f64::INFINITY);
    let (mut time, mut value, mut spent) = (0.0, 0.0, 0.0);
    for (place, &i) in sequence.iter().enumerate() {
        let item = &instance.items[i];
        if item.needs.iter().any(|j| !sequence[..place].contains(j)) || instance.force_out.contains(&i) {
            return None;
        }
        time += item.effort.0 / instance.capacity.0;
        finish[i] = time;
        let years = (instance.horizon.0 - time) / 52.0;
        if years < -1e-9 {
            return None;
        }
        value -= item.one_off.0 + (item.running.0 + item.loss.0) * years;
        spent += item.one_off.0 + item.running.0 * years;
    }
    if instance.budget.is_some_and(|b| spent > b.0 + 1e-4) {
        return None;
    }
    for benefit in &instance.benefits {
        let complete = |way: &Vec<ItemIx>| way.iter().map(|&i| finish[i]).fold(0.0, f64::max);
        let earned = benefit.ways.iter().map(complete).fold(f64::INFINITY, f64::min);
        value += benefit.value.0 / 52.0 * (instance.horizon.0 - earned).max(0.0);
    }
    Some((value, spent))
}

/// What an item needs, directly or not, and itself.
fn closure(instance: &Instance, items: &[ItemIx]) -> Vec<ItemIx> {
    let mut all = items.to_vec();
    let mut place = 0;
    while place < all.len() {
        let needs = instance.items[all[place]].needs.iter().copied();
        let more: Vec<ItemIx> = needs.filter(|j| !all.contains(j)).collect();
        all.extend(more);
        place += 1;
    }
    all.sort_unstable();
    all.dedup();
    all
}

fn work(instance: &Instance, items: &[ItemIx]) -> f64 {
    items.iter().map(|&i| instance.items[i].effort.0).sum()
}

/// Whether the item can be in any plan.
fn can_be(instance: &Instance, item: ItemIx) -> bool {
    let all = closure(instance, &[item]);
    let fits = work(instance, &all) <= instance.horizon.0 * instance.capacity.0 + 1e-3;
    fits && !all.iter().any(|one| instance.force_out.contains(one))
}

/// Whether the requirement may still be met, and the item is, or is needed by, one that would meet it; `None` where it is met.
fn serves(instance: &Instance, one: &Requirement, done: &[ItemIx], item: ItemIx) -> Option<bool> {
    let is_idle = one.where_all.iter().any(|&i| !can_be(instance, i) || one.any.contains(&i));
    let is_open = !is_idle && !one.any.iter().any(|i| done.contains(i));
    let any: Vec<ItemIx> = one.any.iter().copied().filter(|&i| can_be(instance, i)).collect();
    is_open.then(|| closure(instance, &any).contains(&item))
}

/// What goes first is met, or the item has its part in it.
fn is_let_in(instance: &Instance, done: &[ItemIx], item: ItemIx) -> bool {
    let firsts = instance.requirements.iter().filter(|one| one.first && one.where_all.is_empty());
    let open: Vec<bool> = firsts.filter_map(|one| serves(instance, one, done, item)).collect();
    open.is_empty() || open.contains(&true)
}

/// Whether the items meet all requirements.
fn meets_all(instance: &Instance, items: &[ItemIx]) -> bool {
    instance
        .requirements
        .iter()
        .all(|one| one.any.iter().any(|i| items.contains(i)) || one.where_all.iter().any(|i| !items.contains(i)))
}

/// Best net value over all subsets in all orders.
fn best_by_enumeration(instance: &Instance) -> Option<f64> {
    fn extend(instance: &Instance, sequence: &mut Vec<ItemIx>, best: &mut Option<f64>) {
        let Some((value, _)) = worth(instance, sequence) else { return };
        let has_all = instance.force_in.iter().all(|i| sequence.contains(i)) && meets_all(instance, sequence);
        if has_all && best.is_none_or(|b| value > b) {
            *best = Some(value);
        }
        for i in instance.items.places() {
            if !sequence.contains(&i) && is_let_in(instance, sequence, i) {
                sequence.push(i);
                extend(instance, sequence, best);
                sequence.pop();
            }
        }
    }
    let mut best = None;
    extend(instance, &mut Vec::new(), &mut best);
    best
}

/// Best net value by a programme over all sets of items: the value of a set is that of its best order. Needs a
/// budget that does not depend on the order.
fn best_by_subsets(instance: &Instance) -> Option<f64> {
    let n = instance.items.len();
    let has = |set: usize, i: ItemIx| set >> i.place() & 1 == 1;
    let earned = |set: usize| -> f64 {
        let holds = |b: &&Benefit| b.ways.iter().any(|w| w.iter().all(|&i| has(set, i)));
        instance.benefits.iter().filter(holds).map(|b| b.value.0).sum()
    };
    let rate: Vec<f64> = (0..1 << n).map(earned).collect();
    let mut value = vec![f64::NEG_INFINITY; 1 << n];
    value[0] = 0.0;
    let mut best: Option<f64> = None;
    for set in 0..1_usize << n {
        if value[set] == f64::NEG_INFINITY {
            continue;
        }
        let members = || instance.items.places().filter(|&i| has(set, i));
        let once: f64 = members().map(|i| instance.items[i].one_off.0).sum();
        if instance.budget.is_some_and(|b| once > b.0 + 1e-9) {
            continue;
        }
        if instance.force_in.iter().all(|&i| has(set, i)) && best.is_none_or(|b| value[set] > b) {
            best = Some(value[set]);
        }
        let work: f64 = members().map(|i| instance.items[i].effort.0).sum();
        for i in instance.items.places().filter(|&i| !has(set, i) && !instance.force_out.contains(&i)) {
            let item = &instance.items[i];
            let left = instance.horizon.0 - (work + item.effort.0) / instance.capacity.0;
            if left < -1e-9 || !item.needs.iter().all(|&j| has(set, j)) {
                continue;
            }
            let next = set | 1 << i.place();
            let gain = (rate[next] - rate[set] - item.running.0 - item.loss.0) * left / 52.0 - item.one_off.0;
            value[next] = value[next].max(value[set] + gain);
        }
    }
    best
}

fn check(instance: &Instance, best: Option<f64>, effort: Effort) -> bool {
    let solution = solve(instance, effort);
    let Some(best) = best else {
        assert!(solution.is_err(), "a plan where there is none: {instance:?}");
        return true;
    };
    let solution = solution.unwrap_or_else(|e| panic!("{e}: {instance:?}"));
    let plan: Vec<ItemIx> = solution.plan.items.iter().map(|p| p.item).collect();
    let (value, spent) = worth(instance, &plan).unwrap_or_else(|| panic!("{plan:?} is not allowed: {instance:?}"));
    assert!((value - solution.plan.net_value.0).abs() < 0.01, "{value} claimed as {}", solution.plan.net_value.0);
    assert!((spent - solution.plan.spent.0).abs() < 0.01);
    assert!(value <= best + 0.01, "the oracle is wrong: {value} > {best}");
    assert!(solution.bound.0 >= best - 0.01, "bound {} below {best}: {instance:?}", solution.bound.0);
    if let Some(list) = &solution.by_wsjf {
        assert!(value >= list.net_value.0 - 0.001);
    }
    if solution.proved {
        assert!(value >= best - 0.01, "{value} proved, {best} possible by {plan:?}: {instance:?}");
    }
    solution.proved
}

#[test]
fn small_plans_are_best_of_all_subsets_in_all_orders() {
    let mut dice = Dice::new(1);
    let mut proved = 0;
    for round in 0..3000 {
        let size = if round % 30 == 0 { 6 } else { 1 + round % 5 };
        let instance = anything(&mut dice, size);
        proved += usize::from(check(&instance, best_by_enumeration(&instance), Effort::default()));
    }
    assert_eq!(proved, 3000);
}

#[test]
fn larger_plans_agree_with_a_programme_over_subsets() {
    let mut dice = Dice::new(2);
    for round in 0..60 {
        let mut instance = anything(&mut dice, 7 + round % 4);
        if instance.budget.is_some() {
            instance.items.iter_mut().for_each(|i| i.running = MoneyPerYear(0.0));
        }
        assert!(check(&instance, best_by_subsets(&instance), Effort::default()));
    }
}

/// How many instances with requirements are tried; more where the environment asks for it.
fn count(usual: usize) -> usize {
    std::env::var("SINEW_ORACLE").ok().and_then(|count| count.parse().ok()).unwrap_or(usual)
}

#[test]
fn with_requirements_the_best_of_all_orders_is_found_and_none_is_only_said_where_there_is_none() {
    let mut dice = Dice::new(21);
    let (mut none, mut first, mut conditional, mut paid_for) = (0, 0, 0, 0);
    for _ in 0..count(250) {
        let instance = with_requirements(&mut dice, 5);
        let best = best_by_enumeration(&instance);
        match (solve(&instance, Effort::default()), best) {
            (Ok(solution), Some(best)) => {
                let value = solution.plan.net_value.0;
                assert!(solution.proved && (value - best).abs() < 0.02, "{value}, best {best}: {instance:?}");
                let built: Vec<ItemIx> = solution.plan.items.iter().map(|placed| placed.item).collect();
                assert!(meets_all(&instance, &built), "{built:?}: {instance:?}");
                let in_turn = (0..built.len()).all(|at| is_let_in(&instance, &built[..at], built[at]));
                assert!(in_turn, "out of turn: {built:?}: {instance:?}");
                first += usize::from(instance.requirements.iter().any(|one| one.first));
                conditional += usize::from(instance.requirements.iter().any(|one| !one.where_all.is_empty()));
                let free = Instance { requirements: Vec::new(), ..instance.clone() };
                let free = solve(&free, Effort::default()).expect("fewer requirements").plan.net_value.0;
                assert!(value <= free + 0.02, "worth more with requirements: {value}, {free}: {instance:?}");
                paid_for += usize::from(value < free - 0.02);
            }
            (Err(OrderError::NoneFound), _) => panic!("unfinished: {instance:?}"),
            (Err(_), None) => none += 1,
            (found, best) => panic!("{found:?} but {best:?}: {instance:?}"),
        }
    }
    assert!(none > 5 && first > 20 && conditional > 20 && paid_for > 20, "{none} {first} {conditional} {paid_for}");
}

#[test]
fn with_requirements_the_bound_holds_however_early_the_search_is_stopped() {
    let mut dice = Dice::new(22);
    for _ in 0..count(60) {
        let instance = with_requirements(&mut dice, 5);
        let Some(best) = best_by_enumeration(&instance) else { continue };
        for nodes in [1, 3, 6] {
            if let Ok(solution) = solve(&instance, Effort { nodes, ..Effort::default() }) {
                let (value, bound) = (solution.plan.net_value.0, solution.bound.0);
                assert!(value <= best + 0.02 && best <= bound + 0.02, "{value} {best} {bound}: {instance:?}");
            }
        }
    }
}

/// A paper or two that every plan holds; nothing is so cheap that it is built to put off what drains.
fn with_papers(dice: &mut Dice) -> Instance {
    let mut instance = with_requirements(dice, 5);
    instance.budget = None;
    let papers: Vec<ItemIx> = (0..1 + dice.below(2)).map(|_| dice.item(5)).collect();
    for i in instance.items.iter_mut() {
        i.one_off.0 += if dice.chance(80) { 40.0 } else { 0.0 };
    }
    for &i in &papers {
        (instance.items[i].running, instance.items[i].loss) = (MoneyPerYear(0.0), MoneyPerYear(0.0));
        instance.items[i].goes_first = false;
        instance.requirements.push(Requirement { any: vec![i], where_all: Vec::new(), first: false });
    }
    // One that only drains and is asked for as well: it is best built after the papers.
    let drain = dice.item(5);
    if !papers.contains(&drain) {
        instance.items[drain].loss = MoneyPerYear(200.0);
        instance.requirements.push(Requirement { any: vec![drain], where_all: Vec::new(), first: false });
    }
    for benefit in instance.benefits.iter_mut() {
        benefit.value.0 *= 4.0;
        benefit.ways.retain(|way| !way.iter().any(|i| papers.contains(i)));
    }
    instance
}

#[test]
fn with_requirements_the_best_plan_is_found_though_papers_are_not_searched() {
    let mut dice = Dice::new(24);
    let (mut with_waste, mut last) = (0, 0);
    for _ in 0..count(150) {
        let instance = with_papers(&mut dice);
        let best = best_by_enumeration(&instance);
        assert!(check(&instance, best, Effort::default()), "{instance:?}");
        let Ok(solution) = solve(&instance, Effort::default()) else { continue };
        let earns = |i: &ItemIx| instance.benefits.iter().flat_map(|one| &one.ways).flatten().any(|one| one == i);
        let drains = |i: &ItemIx| instance.items[*i].running.0 + instance.items[*i].loss.0 > 0.0;
        let plan: Vec<ItemIx> = solution.plan.items.iter().map(|placed| placed.item).collect();
        let is_last = plan.last().is_some_and(|i| !earns(i) && !drains(i));
        last += usize::from(is_last && plan.len() > 1);
        with_waste += usize::from(!is_last && plan.iter().any(drains));
    }
    assert!(last > 20 && with_waste > 5, "{last} {with_waste}");
}

#[test]
fn what_an_option_needs_may_go_first_though_another_one_is_built() {
    // The short item does what the long one does, which needs the one that pays: so that one may be built before it.
    let one = |id: &str, days: f64, needs: Vec<ItemIx>| Item { effort: Days(days), needs, ..alike(id, false) };
    let items = vec![one("long", 2.0, vec![item(2)]), one("short", 1.0, Vec::new()), one("pays", 3.0, Vec::new())];
    let instance = Instance {
        items: items.into(),
        benefits: vec![Benefit { value: MoneyPerYear(868.0), ways: vec![vec![item(2)]] }].into(),
        capacity: DaysPerWeek(5.0),
        horizon: Weeks(3.2),
        budget: None,
        force_in: Vec::new(),
        force_out: Vec::new(),
        requirements: vec![Requirement { any: vec![item(0), item(1)], where_all: Vec::new(), first: true }],
    };
    assert_eq!(ids(&instance), ["pays", "short"]);
    assert!(check(&instance, best_by_enumeration(&instance), Effort::default()));
}

#[test]
fn requirements_laws_more_money_and_what_is_in_anyway() {
    let mut dice = Dice::new(23);
    let mut tried = 0;
    for _ in 0..count(60) {
        let instance = with_requirements(&mut dice, 6);
        let Ok(solution) = solve(&instance, Effort::default()) else { continue };
        let value = solution.plan.net_value.0;
        if let Some(budget) = instance.budget {
            let richer = Instance { budget: Some(Money(budget.0 * 1.5 + 1.0)), ..instance.clone() };
            let richer = solve(&richer, Effort::default()).expect("more money does no harm").plan.net_value.0;
            assert!(richer >= value - 0.02, "{richer} with more money, {value} with less: {instance:?}");
        }
        if let Some(placed) = solution.plan.items.first() {
            tried += 1;
            let mut with = instance.clone();
            with.force_in.push(placed.item);
            let with = solve(&with, Effort::default()).expect("it is in anyway").plan.net_value.0;
            assert!((with - value).abs() < 0.02, "{with} with an item that is in, {value} else: {instance:?}");
        }
    }
    assert!(tried > 10, "only {tried} plans with an item that is in anyway");
}

#[test]
fn the_bound_holds_however_early_the_search_is_stopped() {
    let mut dice = Dice::new(3);
    let mut open = 0;
    for _ in 0..70 {
        let instance = anything(&mut dice, 5);
        let best = best_by_enumeration(&instance);
        for nodes in [1, 3, 6] {
            // An unfinished search may miss the few orders that keep a forced item within the budget.
            if solve(&instance, Effort { nodes, ..Effort::default() }).is_ok() {
                open += usize::from(!check(&instance, best, Effort { nodes, ..Effort::default() }));
            }
        }
    }
    assert!(open > 10, "only {open} searches were stopped early");
}

#[test]
fn evaluate_agrees_with_the_definition() {
    let mut dice = Dice::new(4);
    for _ in 0..500 {
        let instance = anything(&mut dice, 5);
        let mut sequence: Vec<ItemIx> = (0..5).map(ItemIx::new).collect();
        (1..5).rev().for_each(|i| sequence.swap(i, dice.below(i + 1)));
        sequence.truncate(dice.below(6));
        let Ok(schedule) = evaluate(&instance, &sequence) else { continue };
        let expected = worth(&instance, &sequence);
        assert_eq!(schedule.is_some(), expected.is_some());
        if let (Some(schedule), Some((value, spent))) = (schedule, expected) {
            assert!((schedule.net_value.0 - value).abs() < 0.01 && (schedule.spent.0 - spent).abs() < 0.01);
        }
    }
}

fn ids(instance: &Instance) -> Vec<String> {
    let solution = solve(instance, Effort::default()).unwrap();
    solution.plan.items.iter().map(|p| instance.items[p.item].id.clone()).collect()
}

fn alike(id: &str, goes_first: bool) -> Item {
    Item {
        id: id.to_owned(),
        effort: Days(2.0),
        one_off: Money(0.0),
        running: MoneyPerYear(0.0),
        loss: MoneyPerYear(0.0),
        needs: Vec::new(),
        goes_first,
        preference: 0,
    }
}

#[test]
fn where_all_is_equal_what_is_marked_goes_first_and_then_ids() {
    let items: List<ItemIx, Item> =
        vec![alike("d", false), alike("c", true), alike("b", false), alike("e", true), alike("a", false)].into();
    let benefits: Vec<Benefit> =
        items.places().map(|i| Benefit { value: MoneyPerYear(100.0), ways: vec![vec![i]] }).collect();
    let mut instance = Instance {
        items,
        benefits: benefits.into(),
        capacity: DaysPerWeek(1.0),
        horizon: Weeks(20.0),
        budget: None,
        force_in: Vec::new(),
        force_out: Vec::new(),
        requirements: Vec::new(),
    };
    assert_eq!(ids(&instance), ["c", "e", "a", "b", "d"]);
    instance.benefits[BenefitIx::new(2)].value = MoneyPerYear(101.0);
    assert_eq!(ids(&instance), ["b", "c", "e", "a", "d"]);
    instance.force_out = vec![ItemIx::new(1)];
    assert_eq!(ids(&instance), ["b", "e", "a", "d"]);
    instance.horizon = Weeks(5.0);
    assert_eq!(ids(&instance), ["b", "e"]);
}

#[test]
fn the_same_instance_gives_the_same_solution() {
    let mut dice = Dice::new(5);
    for _ in 0..20 {
        let instance = anything(&mut dice, 9);
        assert_eq!(
            solve(&instance, Effort { nodes: 50, ..Effort::default() }),
            solve(&instance, Effort { nodes: 50, ..Effort::default() })
        );
    }
}

#[test]
fn longer_searches_never_contradict_shorter_ones() {
    let mut dice = Dice::new(6);
    for size in [24, 40, 60] {
        let instance = anything(&mut dice, size);
        let runs: Vec<_> =
            [1, 60].iter().filter_map(|&nodes| solve(&instance, Effort { nodes, ..Effort::default() }).ok()).collect();
        for a in &runs {
            let by_wsjf = a.by_wsjf.as_ref().map_or(f64::NEG_INFINITY, |list| list.net_value.0);
            assert!(a.plan.net_value.0 >= by_wsjf - 0.001, "Smith's rule is better");
            for b in &runs {
                assert!(a.bound.0 >= b.plan.net_value.0 - 0.01, "bound {} below {}", a.bound.0, b.plan.net_value.0);
            }
        }
    }
}

#[test]
fn senseless_input_is_refused_with_words() {
    let mut dice = Dice::new(7);
    let sound = Instance { force_in: Vec::new(), force_out: Vec::new(), ..anything(&mut dice, 4) };
    let refused = |change: &dyn Fn(&mut Instance)| {
        let mut instance = sound.clone();
        change(&mut instance);
        solve(&instance, Effort::default()).unwrap_err().to_string()
    };
    assert_eq!(
        refused(&|i| i.items[item(1)].effort = Days(0.0)),
        format!("effort of `{}` is out of range", sound.items[item(1)].id)
    );
    assert_eq!(refused(&|i| i.capacity = DaysPerWeek(f64::NAN)), "capacity is out of range");
    assert_eq!(refused(&|i| i.horizon = Weeks(-1.0)), "horizon is out of range");
    assert_eq!(refused(&|i| i.items[item(0)].needs = vec![item(9)]), "there is no item 9");
    assert_eq!(refused(&|i| i.benefits[BenefitIx::new(0)].ways = vec![vec![]]), "benefit 0 has a way without items");
    assert!(refused(&|i| i.items[item(0)].needs = vec![item(0)]).starts_with("items need each other"));
    assert!(
        refused(&|i| (i.force_in, i.force_out) = (vec![item(0)], vec![item(0)]))
            .ends_with("both required and excluded")
    );
    assert_eq!(
        refused(&|i| (i.force_in, i.horizon) = ((0..4).map(item).collect(), Weeks(0.01))),
        "the required items do not fit into the horizon"
    );
}

#[test]
fn extremes_neither_panic_nor_hang() {
    let mut dice = Dice::new(8);
    for _ in 0..60 {
        let mut instance = anything(&mut dice, 4);
        instance.items[item(0)].one_off = Money(1e15);
        instance.items[item(1)].effort = Days([1e-9, 1e9][dice.below(2)]);
        instance.benefits[BenefitIx::new(0)].value = MoneyPerYear(1e15);
        instance.horizon = Weeks([0.0, 1e-6, 1e6][dice.below(3)]);
        instance.capacity = DaysPerWeek([1e-9, 1.0, 1e3][dice.below(3)]);
        if let Ok(solution) = solve(&instance, Effort { nodes: 100, ..Effort::default() }) {
            assert!(solution.bound >= solution.plan.net_value && (0.0..=2.0).contains(&solution.gap()));
        }
    }
}
