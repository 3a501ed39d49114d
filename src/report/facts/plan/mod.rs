//! The plan: what to build, in which order, and what it buys.

mod doubt;
mod explained;
mod item;
mod money;
mod obligations;
mod open;
mod reach;
mod standing;
mod unfunded;
mod unverified;
mod what_if;
mod words;

use schemars::JsonSchema;
use serde::Serialize;

use crate::model::{self, Stack};
use crate::plan;
use crate::plan::settings::Unit;
use crate::report::facts::Assumption;
use crate::report::facts::Number;
use crate::report::facts::Range;
use crate::report::say::{self, Figure};

pub use crate::plan::balance::Step;
pub use crate::plan::reach::Reached;
pub use doubt::{Quantiles, Swing, Uncertainty};
pub use explained::{Explanation, Reason};
pub use item::{Choice, Item, Payback, Quota, ValueOf};
pub use money::Money;
pub use obligations::{LeftOut, Obligations, Smallest};
pub use open::Unsolved;
pub use reach::{Closing, Price, Reach, Unreachable, WayStep};
pub use standing::{Ended, Standing};
pub use unfunded::{Unfunded, WhyNot};
pub use unverified::{Check, Unverified};
pub use what_if::{Moved, WhatIf};

/// What to build, in which order, and what it buys.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
pub struct Plan {
    /// What is built, in order.
    pub items: Vec<Item>,
    /// Ways to close what the plan leaves open: each with what it would have to be worth a year, and why it is not in the
    /// plan.
    pub unfunded: Vec<Unfunded>,
    /// What could be built once something is found out, outside of the value of the plan: what is worth most for each
    /// person-day of finding out first.
    pub unverified: Vec<Unverified>,
    /// What nothing can be built for, as far as the catalog knows, and what is missing.
    pub unsolved: Vec<Unsolved>,
    /// What the plan holds whatever it pays.
    pub obligations: Obligations,
    /// The best plan for each stage above today's, or only for the one that was asked for.
    pub reach: Vec<Reach>,
    /// The stage that this plan was asked to reach; null where it was not asked to.
    pub asked_stage: Option<u8>,
    /// What the plan weighs: money, or hours where no rate says what an hour of work by hand costs. Then all that would be
    /// money is null, a person-day takes eight hours, and what running costs is not weighed.
    pub counted_in: Unit,
    /// How cost today, cost with the plan, what is gained a year and the net value hang together; empty where the plan has no
    /// items, null where hours are counted.
    pub money: Option<Vec<Money>>,
    /// The same account in hours; null where money is counted.
    pub hours: Option<Vec<Money>>,
    /// Money within the horizon: what the items earn, less work and running cost; null where hours are counted.
    pub net_value: Option<Number>,
    /// Hours within the horizon that the items save, less those of the work; null where money is counted.
    pub net_hours: Option<Number>,
    /// No plan of these items is worth more; null where hours are counted.
    pub bound: Option<Number>,
    /// How far the bound is above the net value or hours, as a share of the bound; 0 where the plan is proved to be the best.
    pub gap: f64,
    /// Money within the horizon that work and running cost take; null where hours are counted.
    pub spent: Option<Number>,
    /// How much more money the bound allows than the net value: 0 where the plan is proved to be the best; null where hours
    /// are counted.
    pub possible_more: Option<Number>,
    /// Person-days of all items.
    pub effort: Range,
    /// Money that the work of all items costs, likely values; null where hours are counted.
    pub work_cost: Option<Number>,
    /// What is finished in each wave, in order; waves in which nothing is finished are not there.
    pub waves: Vec<Wave>,
    /// Weeks within which gains count.
    pub horizon_weeks: Number,
    /// Weeks of a wave.
    pub wave_weeks: Number,
    /// Person-days of work a week.
    pub capacity: Number,
    /// Most money that may be spent; null for no limit.
    pub budget: Option<Number>,
    /// What a person-day costs; null where hours are counted.
    pub day_rate: Option<Range>,
    /// What building in WSJF order would be worth; null where that does not keep to the budget, and
    /// where hours are counted.
    pub net_value_by_wsjf: Option<Number>,
    /// Where the stack stands today.
    pub before: Standing,
    /// Where it will stand.
    pub after: Standing,
    /// Findings that come with the target, by id.
    pub introduces: Vec<String>,
    /// What the options of the call change; absent where that was not asked for.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schemars(with = "WhatIf")]
    pub what_if: Option<WhatIf>,
    /// How sure all this is; null where no samples were asked for.
    pub uncertainty: Option<Uncertainty>,
    /// What the plan takes for granted, by key.
    pub assumptions: Vec<Assumption>,
}

/// What is finished in one wave.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
#[schemars(rename = "PlanWave")]
pub struct Wave {
    /// Its number, from 1.
    pub wave: usize,
    /// The week of the plan in which it begins, from 1.
    pub first_week: Number,
    /// The week of the plan in which it ends.
    pub last_week: Number,
    /// The items finished in it, by id, in order.
    pub items: Vec<String>,
    /// Person-days of these items, likely values.
    pub effort: Number,
    /// Money a year that they earn, likely values; null where hours are counted.
    pub value: Option<Number>,
    /// Hours a year that they save, likely values; null where money is counted.
    pub hours: Option<Number>,
    /// How many of these items end flows without figures, so that they gain at least so much.
    pub value_unknown: usize,
}

impl Wave {
    /// What its items earn or save a year, in what the plan counts.
    #[must_use]
    pub fn gain(&self) -> f64 {
        self.value.or(self.hours).map_or(0.0, Number::get)
    }
}

/// What is finished in each wave of so many weeks.
fn waves(items: &[Item], weeks: f64) -> Vec<Wave> {
    let sum = |items: &[Item], of: fn(&Item) -> Option<Range>| {
        let all: Option<Vec<f64>> = items.iter().map(|item| Some(of(item)?.likely.get())).collect();
        all.map(|all| Number::from(all.iter().sum::<f64>()))
    };
    let wave = |items: &[Item]| {
        let number = items[0].wave;
        Wave {
            wave: number,
            first_week: (weeks * (number - 1) as f64 + 1.0).into(),
            last_week: (weeks * number as f64).into(),
            items: items.iter().map(|item| item.id.clone()).collect(),
            effort: items.iter().map(|item| item.effort.likely.get()).sum::<f64>().into(),
            value: sum(items, |item| item.value),
            hours: sum(items, |item| item.hours),
            value_unknown: items.iter().filter(|item| item.value_unknown > 0).count(),
        }
    };
    items.chunk_by(|a, b| a.wave == b.wave).map(wave).collect()
}

fn range(range: model::Range<f64>) -> Range {
    Range { low: range.low.into(), likely: range.likely.into(), high: range.high.into() }
}

impl Plan {
    /// What is shown of `plan`, which is that of `stack`.
    #[must_use]
    pub fn of(stack: &Stack, plan: &plan::Plan, options: &plan::Options) -> Self {
        let before: Vec<&str> = plan.before.findings.iter().map(|finding| finding.id.as_str()).collect();
        let new = plan.after.findings.iter().filter(|finding| !before.contains(&finding.id.as_str()));
        let unit = plan.settings.unit;
        let money = |amount: f64| (unit == Unit::Money).then(|| Number::from(amount));
        let items: Vec<Item> =
            plan.items.iter().enumerate().map(|(at, item)| item::item(stack, plan, at, item)).collect();
        // What the search says of other choices is a difference to what it says of this one.
        let net = plan.balance.net();
        let beside = |amount: sinew_order::Money| net + amount.0 - plan.net_value.0;
        let is_money = unit == Unit::Money;
        let account = |is_asked: bool| is_asked.then(|| money::rows(&plan.balance));
        let work = plan.balance.entry(Step::Work).and_then(|work| work.within).map_or(0.0, |work| 0.0 - work);
        let effort = plan
            .items
            .iter()
            .fold(model::Range::exact(0.0), |sum, item| sum + plan::making::effort_of(plan.candidate(item)).0);
        let open = open::Open::of(stack, plan);
        let unfunded = unfunded::unfunded(&open);
        Self {
            counted_in: unit,
            waves: waves(&items, plan.settings.wave.0),
            effort: range(effort),
            work_cost: money(work),
            possible_more: money(plan.solution.bound.0 - plan.net_value.0),
            items,
            unverified: unverified::unverified(&open),
            unsolved: open::unsolved(&open, &unfunded),
            unfunded,
            obligations: obligations::obligations(plan),
            reach: reach::reach(stack, plan),
            asked_stage: plan.asked_stage,
            money: account(is_money),
            hours: account(!is_money),
            net_value: money(net),
            net_hours: (!is_money).then(|| net.into()),
            bound: money(beside(plan.solution.bound)),
            gap: plan.solution.gap(),
            spent: money(plan.balance.spent()),
            horizon_weeks: plan.settings.horizon.0.into(),
            wave_weeks: plan.settings.wave.0.into(),
            capacity: plan.settings.capacity.0.into(),
            budget: plan.settings.budget.map(|budget| (budget.0 / plan.settings.of_money).into()),
            day_rate: (unit == Unit::Money).then(|| plan.settings.day_rate.into()),
            net_value_by_wsjf: plan.solution.by_wsjf.as_ref().and_then(|other| money(beside(other.net_value))),
            before: Standing::of(stack, &plan.before),
            after: Standing::of(&plan.target, &plan.after),
            introduces: new.map(|finding| finding.id.clone()).collect(),
            what_if: None,
            uncertainty: plan.uncertainty.as_ref().map(|found| doubt::uncertainty(plan, found, options)),
            assumptions: plan.assumptions.iter().cloned().map(Assumption::from).collect(),
        }
    }

    /// What would pay and does not fit into the budget, where it builds nothing: of the least work, with the known worth.
    #[must_use]
    pub fn beyond_budget(&self) -> Option<&Unfunded> {
        let pays = |one: &&Unfunded| one.why_not == Some(WhyNot::Budget) && one.known() >= one.breaks_even_at();
        let beyond = self.unfunded.iter().filter(|_| self.items.is_empty()).filter(pays);
        beyond.min_by(|a, b| a.effort.likely.get().total_cmp(&b.effort.likely.get()).then(a.item.cmp(&b.item)))
    }

    /// Why it builds nothing.
    #[must_use]
    pub fn why_nothing(&self) -> &'static str {
        match self.beyond_budget() {
            Some(_) => "no option that pays fits into the budget",
            None => "no option breaks even",
        }
    }

    /// Whether it weighs hours, since nothing says what they cost.
    #[must_use]
    pub fn is_in_hours(&self) -> bool {
        self.counted_in == Unit::Hours
    }

    /// What it is worth within the horizon, in what it counts.
    #[must_use]
    pub fn net(&self) -> f64 {
        self.net_value.or(self.net_hours).map_or(0.0, Number::get)
    }

    /// What its items gain a year, all of them at work, in what it counts; `None` without items.
    #[must_use]
    pub fn gained(&self) -> Option<f64> {
        let rows = self.money.as_ref().or(self.hours.as_ref())?;
        rows.last()?.gained.map(Number::get)
    }

    /// Manual flows of which the hours are not known, today and with the plan.
    #[must_use]
    pub fn hours_unknown(&self) -> [usize; 2] {
        [self.before.hours_unknown, self.after.hours_unknown]
    }

    /// Manual flows without figures that are gone with the plan: where there are some, it gains at least [`Self::gained`].
    #[must_use]
    pub fn gained_unknown(&self) -> usize {
        let rows = self.money.as_ref().or(self.hours.as_ref());
        let by_hand = rows.into_iter().flatten().find(|row| row.step == Step::ByHand);
        by_hand.map_or(0, |row| row.today_unknown.saturating_sub(row.with_plan_unknown))
    }

    /// `at least ` before what it gains where that is not all; empty otherwise.
    #[must_use]
    pub fn at_least(&self) -> &'static str {
        if self.gained_unknown() > 0 { "at least " } else { "" }
    }

    /// An amount of what it counts, as people say it: `USD 1,200` or `1,200 hours`.
    #[must_use]
    pub fn said(&self, currency: Option<&str>, amount: f64) -> String {
        if self.is_in_hours() { say::hours(amount) } else { say::money(currency, amount) }
    }

    /// What is gained a year, of which a part is not known where `is_least`: `at least USD 1,200`.
    #[must_use]
    pub fn said_gain(&self, currency: Option<&str>, is_least: bool, amount: f64) -> String {
        let figure = Figure::least_if(is_least, amount);
        if self.is_in_hours() { figure.hours() } else { figure.money(currency) }
    }

    /// What says how the next stage is reached: the stage that was asked for, else the one above today's.
    #[must_use]
    pub fn next_reach(&self) -> Option<&Reach> {
        let asked = self.reach.iter().find(|one| Some(one.stage) == self.asked_stage);
        asked.or(self.reach.first())
    }

    /// The items that remove a finding, by id.
    #[must_use]
    pub fn items_for(&self, finding: &str) -> Vec<String> {
        let removes = |item: &&Item| item.removes.iter().any(|id| id == finding);
        self.items.iter().filter(removes).map(|item| item.id.clone()).collect()
    }
}
