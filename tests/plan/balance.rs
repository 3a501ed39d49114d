//! The one account of a plan: its rows add up as printed, and are what the analyses of the steps give.

use sinew::plan::balance::{Balance, Entry, Step};
use sinew::report::say::{Kind, plain};

use super::*;

/// A printed amount as a number: what a reader adds up.
fn printed(kind: Kind, amount: f64) -> f64 {
    plain(kind, amount).replace(',', "").parse().unwrap()
}

/// A column of the account.
type Column = fn(&Entry) -> Option<f64>;

/// The sums of the account hold to the unit, for what is printed of it.
fn check_sums(balance: &Balance, kind: Kind) {
    let Some((last, rows)) = balance.entries.split_last() else { return };
    assert_eq!(last.step, Step::NetValue);
    let columns: [(&str, Column); 5] = [
        ("today", |row| row.today),
        ("gained", |row| row.gained),
        ("added", |row| row.added),
        ("with_plan", |row| row.with_plan),
        ("within", |row| row.within),
    ];
    for (name, of) in columns {
        // In thousandths, which are whole numbers.
        let whole = |amount: f64| (printed(kind, amount) * 1_000.0).round() as i64;
        let sum: i64 = rows.iter().filter_map(of).map(whole).sum();
        assert!(of(last).is_none_or(|total| whole(total) == sum), "{name}: {sum} is not {last:?}");
        assert!(of(last).is_some() || rows.iter().filter_map(of).all(|amount| amount == 0.0), "{name} has no sum");
    }
    for row in balance.entries.iter().filter(|row| matches!(row.step, Step::ByHand | Step::Outages)) {
        if let (Some(today), Some(gained), Some(added), Some(with_plan)) =
            (row.today, row.gained, row.added, row.with_plan)
        {
            assert_eq!(today - gained + added, with_plan, "{row:?}");
        }
    }
    let stated = balance.entry(Step::StatedValue).and_then(|row| row.gained).unwrap_or(0.0);
    if let (Some(today), Some(gained), Some(added), Some(with_plan)) =
        (last.today, last.gained, last.added, last.with_plan)
        && rows.iter().all(|row| row.today.is_some() && row.with_plan.is_some())
    {
        assert_eq!(today - (gained - stated) + added, with_plan, "{last:?}");
    }
}

/// Each amount is that of the steps, to half a unit.
fn check_amounts(plan: &Plan) {
    let years = |finish: f64| (plan.settings.horizon.0 - finish) / 52.0;
    let sum = |of: &dyn Fn(&sinew::plan::PlanItem) -> f64| {
        let each: Vec<f64> = plan.items.iter().map(of).collect();
        let within: f64 = plan.items.iter().zip(&each).map(|(item, each)| each * years(item.finish.0)).sum();
        [each.iter().sum::<f64>(), within]
    };
    let near = |amount: Option<f64>, exact: f64, off: f64, what: &str| {
        let amount = amount.unwrap_or(0.0);
        assert!((amount - exact).abs() <= off + 1e-9 * exact.abs(), "{what}: {amount} for {exact}");
    };
    let of = |step| plan.balance.entry(step).copied();
    let handoffs = sum(&|item| item.change.handoffs);
    let outages = sum(&|item| item.change.outages_removed - item.change.outages_added);
    let worth = sum(&|item| item.change.worth);
    for (step, [a_year, within]) in [(Step::ByHand, handoffs), (Step::Outages, outages), (Step::StatedValue, worth)] {
        let row = of(step);
        near(row.and_then(|row| Some(row.gained? - row.added?)), a_year, 1.5, step.as_str());
        near(row.and_then(|row| row.within), within, 0.5, step.as_str());
    }
    let running = sum(&|item| match plan.settings.unit {
        sinew::plan::settings::Unit::Money => effort_of(plan.candidate(item)).1.likely,
        sinew::plan::settings::Unit::Hours => 0.0,
    });
    near(of(Step::RunningCost).and_then(|row| row.added), running[0], 0.5, "running cost a year");
    near(of(Step::RunningCost).and_then(|row| row.within), -running[1], 0.5, "running cost");
    let work = sum(&|item| effort_of(plan.candidate(item)).0.likely * plan.settings.day_rate.likely.0)[0];
    near(of(Step::Work).and_then(|row| row.within), -work, 0.5, "work");
    // The search counts work in thousandths of a day and money in cents.
    let allowed = 3.0 + plan.net_value.0.abs() * 1e-3;
    assert!((plan.balance.net() - plan.net_value.0).abs() < allowed, "{} {}", plan.balance.net(), plan.net_value.0);
}

/// The account of the report is that of the plan, and says what the rest of the report says.
fn check_report(stack: &Stack, plan: &Plan) {
    let shown = report::Plan::of(stack, plan, &quick());
    let (rows, other) = if shown.is_in_hours() { (&shown.hours, &shown.money) } else { (&shown.money, &shown.hours) };
    assert!(other.is_none(), "{:?} is counted in {}", other, shown.counted_in);
    let rows = rows.as_ref().unwrap();
    assert_eq!(rows.len(), plan.balance.entries.len());
    let Some(last) = rows.last() else { return assert!(plan.items.is_empty()) };
    assert_eq!(last.amount.unwrap().get(), shown.net());
    for row in rows {
        let a_year = row.gained.zip(row.added).map(|(gained, added)| gained.get() - added.get());
        if let (Some(weeks), Some(a_year), Some(amount)) = (row.weeks, a_year, row.amount) {
            assert!((a_year * weeks.get() / 52.0 - amount.get()).abs() < 0.01 + a_year.abs() * 1e-6, "{row:?}");
            // Beyond a unit of rounding nothing counts for longer than the horizon.
            let most = shown.horizon_weeks.get() + 52.0 * 2.0 / a_year.abs();
            assert!(a_year < 0.0 || weeks.get() <= most, "{row:?}");
        }
    }
    if shown.is_in_hours() {
        assert_eq!((shown.net_value, shown.spent, shown.work_cost, shown.bound), (None, None, None, None));
        return;
    }
    let taken = |step| rows.iter().find(|row| row.step == step).map_or(0.0, |row| -row.amount.unwrap().get());
    assert_eq!(shown.work_cost.unwrap().get(), taken(Step::Work));
    assert_eq!(shown.spent.unwrap().get(), taken(Step::Work) + taken(Step::RunningCost));
    let sides = [
        (&shown.before, rows[0].today, rows[0].today_unknown),
        (&shown.after, rows[0].with_plan, rows[0].with_plan_unknown),
    ];
    for (side, amount, unknown) in sides {
        assert_eq!(side.cost.is_some(), amount.is_some());
        if let (Some(cost), Some(amount)) = (side.cost, amount) {
            let (cost, amount) = (cost.likely.get(), amount.get());
            // At least so much is never more than it is.
            let is_rounded_down = amount <= cost + 1e-6 && cost - amount < 1.0;
            let is_same = plain(Kind::Money, cost) == plain(Kind::Money, amount);
            assert!(
                if unknown > 0 { is_rounded_down } else { is_same },
                "the same wherever it stands: {cost} {amount}"
            );
        }
    }
    assert!(shown.bound.unwrap().get() >= shown.net() - 1e-6);
}

fn check_balance(stack: &Stack, plan: &Plan) {
    let is_money = plan.settings.unit == sinew::plan::settings::Unit::Money;
    check_sums(&plan.balance, if is_money { Kind::Money } else { Kind::Hours });
    check_amounts(plan);
    check_report(stack, plan);
}

#[test]
fn the_accounts_of_the_examples_add_up() {
    let mut rows = 0;
    for (_, stack, plan) in PLANNED.iter() {
        check_balance(stack, plan);
        rows += plan.balance.entries.len();
    }
    assert!(rows > 20, "{rows}");
}

#[test]
fn the_accounts_of_random_stacks_add_up() {
    let mut runner = proptest::test_runner::TestRunner::deterministic();
    let (mut busy, mut hours, mut outages) = (0, 0, 0);
    for at in 0..150 {
        let shape = stack_shape().new_tree(&mut runner).unwrap().current();
        let mut text = random::priced(&shape);
        if at % 5 == 0 {
            let mut file: serde_json::Value = serde_json::from_str(&text).unwrap();
            file.as_object_mut().unwrap().remove("hourly_rate");
            text = file.to_string();
        }
        let stack = stack_of("random.json", &text);
        let plan = planned(&stack, &quick());
        check_balance(&stack, &plan);
        busy += usize::from(!plan.items.is_empty());
        hours += usize::from(plan.balance.entries.len() > 1 && plan.settings.of_money != 1.0);
        outages += usize::from(plan.balance.entry(Step::Outages).is_some_and(|row| row.gained > Some(0.0)));
    }
    assert!(busy > 60 && hours > 10, "{busy} with items, {hours} in hours, {outages} with outages removed");
}

const UNKNOWN: &str = "sinew: 1
currency: EUR
hourly_rate: 50
teams: { ops: {} }
data: { d: {}, e: {} }
systems:
  a: { kind: crm, interfaces: [rest], makes: [d, e] }
  b: { kind: cms, interfaces: [rest] }
  c: { kind: cms, interfaces: [rest] }
flows:
  - { id: known, from: a, to: b, data: d, mechanism: copy-paste, performer: ops, runs: 1000, minutes: 60 }
  - { id: unknown, from: a, to: c, data: e, mechanism: copy-paste, performer: ops }
processes: { p: { needs: [{ data: d, at: b }] } }
";

#[test]
fn what_is_not_known_is_in_no_sum_and_is_never_nothing() {
    let stack = stack_of("stack.yaml", UNKNOWN);
    let plan = planned(&stack, &quick());
    let of = |step| *plan.balance.entry(step).unwrap();
    let by_hand = of(Step::ByHand);
    assert_eq!((by_hand.today, by_hand.today_unknown), (Some(50_000.0), 1));
    // What is left is the flow without figures.
    assert_eq!((by_hand.gained, by_hand.with_plan, by_hand.with_plan_unknown), (Some(50_000.0), None, 1));
    let outages = of(Step::Outages);
    assert_eq!((outages.today, outages.gained, outages.with_plan, outages.within), (None, None, None, None));
    assert!(outages.today_unknown > 0);
    let last = of(Step::NetValue);
    assert_eq!((last.today, last.gained, last.with_plan), (Some(50_000.0), Some(50_000.0), None));
    let shown = report::Plan::of(&stack, &plan, &quick());
    let json = serde_json::to_value(&shown).unwrap();
    assert!(json["money"][0]["with_plan"].is_null() && json["money"][1]["today"].is_null(), "{}", json["money"]);

    // Without a rate no figure in money.
    let stack = stack_of("stack.yaml", &UNKNOWN.replace("hourly_rate: 50\n", ""));
    let plan = planned(&stack, &quick());
    let json = serde_json::to_value(report::Plan::of(&stack, &plan, &quick())).unwrap();
    assert!(json["money"].is_null() && json["net_value"].is_null() && json["work_cost"].is_null());
    assert_eq!(json["hours"][0]["today"], 1_000);
    assert_eq!(json["hours"].as_array().unwrap().last().unwrap()["amount"], json["net_hours"]);
}

#[test]
fn outages_of_which_nothing_is_known_are_counted_where_the_others_cost_nothing() {
    let text = "sinew: 1
hourly_rate: 100
systems:
  crm: { kind: crm, availability: 99% }
  erp: { kind: erp, availability: 99%, makes: [order] }
  hub: { kind: ipaas }
  other: { kind: erp, makes: [order] }
data: { order: {} }
flows: [{ id: feed, from: erp, to: crm, data: order, mechanism: ipaas, through: hub }]
processes: { quote: { needs: [{ data: order, at: crm }], outage_cost: 0 } }
";
    let stack = stack_of("nothing.yaml", text);
    let plan = planned(&stack, &Options { with: vec!["fallback:hub".to_owned()], ..quick() });
    let outages = plan.balance.entry(Step::Outages).unwrap();
    // Nobody says how often the hub and its flow fail; with the fallback neither stops anything.
    assert_eq!((outages.today, outages.today_unknown), (Some(0.0), 2));
    assert_eq!((outages.with_plan, outages.with_plan_unknown), (Some(0.0), 0));
}
