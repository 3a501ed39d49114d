//! The one account of a plan: what the stack costs a year today and with the plan, what is gained of it a year, and what of
//! that is left within the horizon after work and running cost.
//!
//! Two sums hold to the unit. Across: today − gained + added = with the plan. Down: the last row is the sum of those above it.

use crate::catalog::words::words;

use super::settings::{Settings, Unit, WEEKS_A_YEAR};
use super::value::{Account, Change};

words! {
    /// A row of the account.
    Step {
        /// Work by hand, rework included.
        ByHand = "by-hand",
        /// Expected outage cost, one failure at a time.
        Outages = "outages",
        /// What flows that now run by themselves are worth besides, as the stack file states.
        StatedValue = "stated-value",
        /// Running what is built.
        RunningCost = "running-cost",
        /// Building it.
        Work = "work",
        /// All rows together.
        NetValue = "net-value",
    }
}

/// One row, in what the plan counts. `None` is an amount of which nothing is known; what does not arise in a row is 0.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Entry {
    /// What the row is about.
    pub step: Step,
    /// Cost a year today.
    pub today: Option<f64>,
    /// What the items gain a year.
    pub gained: Option<f64>,
    /// What they add to the cost of a year.
    pub added: Option<f64>,
    /// Cost a year with the plan.
    pub with_plan: Option<f64>,
    /// What counts within the horizon: gains above zero, cost below.
    pub within: Option<f64>,
    /// Parts of `today` whose cost is not known, and which are not in it: manual flows, or components with a process
    /// that they stop.
    pub today_unknown: usize,
    /// The same of `with_plan`.
    pub with_plan_unknown: usize,
}

/// What one item brings and takes.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Share {
    /// What changes a year when it is finished.
    pub(super) change: Change,
    /// Person-days.
    pub(super) days: f64,
    /// Running cost, money a year.
    pub(super) running: f64,
    /// Weeks from the start of the plan to its finish.
    pub(super) finish: f64,
}

/// The account of a plan.
#[derive(Clone, Debug, PartialEq)]
pub struct Balance {
    /// The rows; the last is the sum. None where the plan has no items.
    pub entries: Vec<Entry>,
}

impl Balance {
    /// The account of items in their order, between the stack before and after them.
    pub(super) fn of(settings: &Settings, [before, after]: [&Account; 2], items: &[Share]) -> Self {
        if items.is_empty() {
            return Self { entries: Vec::new() };
        }
        let years = |item: &Share| (settings.horizon.0 - item.finish) / WEEKS_A_YEAR;
        let sum = |of: &dyn Fn(&Share) -> f64| items.iter().map(of).sum::<f64>();
        // A year of it, and what of that is within the horizon.
        let pair = |of: fn(&Share) -> f64| [sum(&of), sum(&|item| of(item) * years(item))];
        let mut rows = vec![by_hand(settings.unit, [before, after], pair(|item| item.change.handoffs))];
        let removed = pair(|item| item.change.outages_removed);
        let added = pair(|item| item.change.outages_added);
        rows.extend(outages(settings.unit, [before, after], removed, added));
        let [worth, worth_within] = pair(|item| item.change.worth);
        if worth != 0.0 {
            let (gained, within) = (Some(worth), Some(worth_within));
            rows.push(Entry { gained, within, ..Entry::none(Step::StatedValue) });
        }
        let [running, running_within] = pair(|item| item.running);
        // What running costs is money, which no hours are worth.
        if settings.unit == Unit::Money && running != 0.0 {
            let (added, within) = (Some(running), Some(-running_within));
            rows.push(Entry { added, with_plan: added, within, ..Entry::none(Step::RunningCost) });
        }
        let work = sum(&|item| item.days * settings.day_rate.likely.0);
        rows.push(Entry { within: Some(-work), ..Entry::none(Step::Work) });
        let unit = Rounding::of(settings.unit, &rows);
        let mut entries: Vec<Entry> = rows.into_iter().map(|row| row.rounded(unit)).collect();
        entries.push(total(&entries, unit));
        Self { entries }
    }

    /// The row, where it has one.
    #[must_use]
    pub fn entry(&self, step: Step) -> Option<&Entry> {
        self.entries.iter().find(|entry| entry.step == step)
    }

    /// What is left within the horizon; 0 without items.
    #[must_use]
    pub fn net(&self) -> f64 {
        self.entry(Step::NetValue).and_then(|entry| entry.within).unwrap_or(0.0)
    }

    /// What work and running cost take within the horizon.
    #[must_use]
    pub fn spent(&self) -> f64 {
        let taken = |step| self.entry(step).and_then(|entry| entry.within).unwrap_or(0.0);
        0.0 - taken(Step::Work) - taken(Step::RunningCost)
    }
}

impl Entry {
    const fn none(step: Step) -> Self {
        let nothing = Some(0.0);
        Self {
            step,
            today: nothing,
            gained: nothing,
            added: nothing,
            with_plan: nothing,
            within: nothing,
            today_unknown: 0,
            with_plan_unknown: 0,
        }
    }

    /// The same in units that are printed. What is known across the row decides what is gained, so that it adds up.
    fn rounded(self, unit: Rounding) -> Self {
        let round = |amount: Option<f64>| amount.map(|amount| unit.round(amount));
        // Where parts are not known the amount is at least so much, and is not rounded above itself.
        let least = |amount: Option<f64>, unknown: usize| match unknown {
            0 => round(amount),
            _ => amount.map(|amount| unit.round_down(amount)),
        };
        let today = least(self.today, self.today_unknown);
        let with_plan = least(self.with_plan, self.with_plan_unknown);
        let added = round(self.added);
        let is_cost = matches!(self.step, Step::ByHand | Step::Outages);
        let across = today.zip(with_plan).filter(|_| is_cost);
        let across = across.map(|(today, with_plan)| unit.round(today + added.unwrap_or(0.0) - with_plan));
        let gained = self.gained.map(|gained| across.unwrap_or_else(|| unit.round(gained)));
        Self { today, gained, added, with_plan, within: round(self.within), ..self }
    }
}

/// What people do: all manual flows, and what the items take of them.
fn by_hand(unit: Unit, sides: [&Account; 2], [gained, within]: [f64; 2]) -> Entry {
    let side = |account: &Account| {
        let total = &account.handoffs;
        let (is_known, unknown) = match unit {
            Unit::Money => (total.cost.is_some(), total.without_cost),
            Unit::Hours => (total.hours.is_some(), total.without_hours),
        };
        (is_known.then(|| account.by_hand(unit).likely), unknown)
    };
    let [(today, today_unknown), (with_plan, with_plan_unknown)] = sides.map(side);
    let known = |amount: f64| today.map(|_| amount);
    let (gained, within) = (known(gained), known(within));
    Entry { today, gained, with_plan, within, today_unknown, with_plan_unknown, ..Entry::none(Step::ByHand) }
}

/// What failures are expected to cost, one at a time; nothing where no failure stops a process.
fn outages(
    unit: Unit,
    sides: [&Account; 2],
    [removed, removed_within]: [f64; 2],
    [added, added_within]: [f64; 2],
) -> Option<Entry> {
    let side = |account: &Account| {
        let is_known = !account.outages.is_empty() || account.unknown_outages == 0;
        (is_known.then(|| account.outage_cost()), account.unknown_outages)
    };
    let [(today, today_unknown), (with_plan, with_plan_unknown)] = sides.map(side);
    let moves = removed != 0.0 || added != 0.0;
    // In hours it is only weighed: what it costs is money.
    if unit == Unit::Hours {
        let (gained, added, within) = (Some(removed), Some(added), Some(removed_within - added_within));
        let none = Entry { today: None, with_plan: None, ..Entry::none(Step::Outages) };
        return moves.then_some(Entry { gained, added, within, ..none });
    }
    if !moves && today_unknown + with_plan_unknown == 0 && today == Some(0.0) {
        return None;
    }
    let known = |amount: f64| (today.is_some() || moves).then_some(amount);
    Some(Entry {
        today,
        gained: known(removed),
        added: known(added),
        with_plan,
        within: known(removed_within - added_within),
        today_unknown,
        with_plan_unknown,
        ..Entry::none(Step::Outages)
    })
}

/// The sum of all rows, of what is known of each column.
fn total(rows: &[Entry], unit: Rounding) -> Entry {
    let sum = |of: fn(&Entry) -> Option<f64>| Some(unit.round(rows.iter().filter_map(of).sum::<f64>()));
    // A column of costs of which none is known has no sum.
    let cost = |of: fn(&Entry) -> Option<f64>| {
        let mut costs = rows.iter().filter(|row| matches!(row.step, Step::ByHand | Step::Outages));
        if costs.any(|row| of(row).is_some()) { sum(of) } else { None }
    };
    Entry {
        step: Step::NetValue,
        today: cost(|row| row.today),
        gained: sum(|row| row.gained),
        added: sum(|row| row.added),
        with_plan: cost(|row| row.with_plan),
        within: sum(|row| row.within),
        today_unknown: rows.iter().map(|row| row.today_unknown).sum(),
        with_plan_unknown: rows.iter().map(|row| row.with_plan_unknown).sum(),
    }
}

/// How far amounts are rounded: to what is printed of them.
#[derive(Clone, Copy)]
enum Rounding {
    /// To whole units of money or hours.
    Whole,
    /// Hours below ten, to tenths.
    Tenths,
}

impl Rounding {
    fn of(unit: Unit, rows: &[Entry]) -> Self {
        let amounts = |row: &Entry| [row.today, row.gained, row.added, row.with_plan, row.within];
        let all = rows.iter().flat_map(amounts).flatten().map(f64::abs).sum::<f64>();
        if unit == Unit::Hours && all < 9.0 { Self::Tenths } else { Self::Whole }
    }

    /// Toward zero, but for what is only less than a unit because of how numbers are kept.
    fn round_down(self, amount: f64) -> f64 {
        let times = if matches!(self, Self::Whole) { 1.0 } else { 10.0 };
        let nearest = self.round(amount);
        if (nearest - amount).abs() <= amount.abs() * 1e-12 { nearest } else { 0.0 + (amount * times).trunc() / times }
    }

    /// Half a unit away from zero, as spreadsheets do.
    fn round(self, amount: f64) -> f64 {
        // Adding zero turns minus zero into zero.
        0.0 + match self {
            Self::Whole => amount.round(),
            Self::Tenths => (amount * 10.0).round() / 10.0,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn few_hours_are_rounded_to_tenths_and_all_else_to_whole_units() {
        let is_tenths = |unit: Unit, amounts: &[f64]| {
            let row = |amount: &f64| Entry { today: Some(*amount), ..Entry::none(Step::Outages) };
            let rows: Vec<Entry> = amounts.iter().map(row).collect();
            matches!(Rounding::of(unit, &rows), Rounding::Tenths)
        };
        assert!(is_tenths(Unit::Hours, &[4.0, -4.9]));
        assert!(!is_tenths(Unit::Hours, &[4.0, -5.0]));
        assert!(!is_tenths(Unit::Money, &[4.0]));
    }

    #[test]
    fn halves_go_away_from_zero_and_what_is_rounded_down_goes_toward_it() {
        let (whole, tenths) = (Rounding::Whole, Rounding::Tenths);
        assert_eq!([2.5, -2.5, 2.4].map(|amount| whole.round(amount)), [3.0, -3.0, 2.0]);
        assert_eq!([0.25, -0.25, 0.24].map(|amount| tenths.round(amount)), [0.3, -0.3, 0.2]);
        assert!(whole.round(-0.4).is_sign_positive(), "zero has no sign");
        assert_eq!([2.9, -2.9, 3.0 - 1e-15].map(|amount| whole.round_down(amount)), [2.0, -2.0, 3.0]);
        assert_eq!([0.29, -0.29, 0.3].map(|amount| tenths.round_down(amount)), [0.2, -0.2, 0.3]);
    }

    #[test]
    fn what_is_gained_adds_up_across_the_row_as_it_is_printed() {
        let row = Entry {
            today: Some(1_000.4),
            gained: Some(300.4),
            added: Some(100.4),
            with_plan: Some(800.4),
            within: Some(150.6),
            ..Entry::none(Step::Outages)
        };
        let printed = row.rounded(Rounding::Whole);
        // 1,000 + 100 - 800, whatever 300.4 would be rounded to.
        let amounts = [printed.today, printed.gained, printed.added, printed.with_plan, printed.within];
        assert_eq!(amounts, [1_000.0, 300.0, 100.0, 800.0, 151.0].map(Some));
        let off = Entry { added: Some(100.6), with_plan: Some(800.6), ..row }.rounded(Rounding::Whole);
        // 1,000 + 101 - 801.
        assert_eq!((off.gained, off.added, off.with_plan), (Some(300.0), Some(101.0), Some(801.0)));
        let off = Entry { gained: Some(300.6), with_plan: Some(800.2), ..row }.rounded(Rounding::Whole);
        assert_eq!(off.gained, Some(300.0), "1,000 + 100 - 800");
    }

    #[test]
    fn in_hours_failures_have_no_cost_of_their_own_and_count_where_they_change() {
        let nobody = Account {
            handoffs: crate::analysis::Total::of(&[]),
            outages: std::collections::BTreeMap::new(),
            unknown_outages: 3,
        };
        let of = |removed, added| outages(Unit::Hours, [&nobody, &nobody], removed, added);
        let row = of([5.0, 3.0], [2.0, 1.25]).expect("it changes");
        assert_eq!((row.today, row.with_plan), (None, None));
        assert_eq!((row.gained, row.added, row.within), (Some(5.0), Some(2.0), Some(1.75)));
        assert!(of([0.0, 0.0], [2.0, 1.0]).is_some() && of([5.0, 3.0], [0.0, 0.0]).is_some());
        assert_eq!(of([0.0, 0.0], [0.0, 0.0]), None);
    }

    #[test]
    fn failures_have_a_row_where_one_costs_something_or_what_it_costs_is_not_known() {
        let cost = |amount: f64| {
            let process = crate::model::ProcessIx(0);
            std::collections::BTreeMap::from([("a".to_owned(), std::collections::BTreeMap::from([(process, amount)]))])
        };
        let account = |amount, unknown_outages| Account {
            handoffs: crate::analysis::Total::of(&[]),
            outages: cost(amount),
            unknown_outages,
        };
        let row = |before, after, removed, added| outages(Unit::Money, [&before, &after], removed, added);
        let still = [0.0, 0.0];
        assert_eq!(row(account(0.0, 0), account(0.0, 0), still, still), None);
        let unknown = row(account(0.0, 2), account(0.0, 2), still, still).expect("some cost is not known");
        assert_eq!((unknown.today, unknown.today_unknown, unknown.with_plan_unknown), (Some(0.0), 2, 2));
        let moved = row(account(9.0, 0), account(8.0, 1), [5.0, 4.0], [4.0, 1.5]).expect("it changes");
        assert_eq!((moved.today, moved.with_plan), (Some(9.0), Some(8.0)));
        assert_eq!((moved.gained, moved.added, moved.within), (Some(5.0), Some(4.0), Some(2.5)));
        assert_eq!((moved.today_unknown, moved.with_plan_unknown), (0, 1));
    }
}
