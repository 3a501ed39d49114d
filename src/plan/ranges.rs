//! The numbers behind a plan that are not known exactly, and the plan under any set of them.

use std::collections::BTreeMap;

use sinew_order::sampling;
use sinew_order::uncertainty::{Assumption, AssumptionIx, Outcome};
use sinew_order::{Days, Instance, ItemIx, List, Money, MoneyPerYear, Schedule, Weeks, adapted, kept};

use crate::analysis::Component;
use crate::analysis::handoffs::DEFAULT_ERROR_MINUTES;
use crate::analysis::outages::{find_component, stated_availability};
use crate::analysis::{Analysis, handoffs};
use crate::model::{FlowIx, ProcessIx, Quantity, Range, Stack, TeamIx};

use super::candidates::Candidates;
use super::problem::{LEAST_EFFORT, Origin, Problem};
use super::settings::Settings;

/// Hours of a year.
const HOURS_A_YEAR: f64 = 8_760.0;

/// Weeks of a year, as the order of the plan counts them.
const WEEKS_A_YEAR: f64 = 52.0;

/// One number that a plan rests on.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Number {
    Effort(&'static str),
    Running(&'static str),
    DayRate,
    Minutes(FlowIx),
    MinutesPerRecord(FlowIx),
    Runs(FlowIx),
    Records(FlowIx),
    ErrorRate(FlowIx),
    ErrorMinutes,
    Rate(Option<TeamIx>),
    Worth(FlowIx),
    OutageCost(ProcessIx),
    Availability(Component),
}

/// The numbers of a problem that are ranges, and how to compute with others.
pub struct Ranges<'a> {
    analysis: &'a Analysis<'a>,
    found: &'a Candidates,
    problem: &'a Problem,
    instance: &'a Instance,
    settings: &'a Settings,
    /// Which range it is, unless it is known exactly, and its likely value.
    known: BTreeMap<Number, (Option<AssumptionIx>, f64)>,
    /// The ranges, by kind of number and then as in the stack.
    pub assumptions: List<AssumptionIx, Assumption>,
}

impl<'a> Ranges<'a> {
    /// The ranges behind `instance`, which is that of `problem`.
    #[must_use]
    pub fn of(
        analysis: &'a Analysis<'a>,
        found: &'a Candidates,
        problem: &'a Problem,
        instance: &'a Instance,
        settings: &'a Settings,
    ) -> Self {
        let mut this =
            Self { analysis, found, problem, instance, settings, known: BTreeMap::new(), assumptions: List::default() };
        let mut numbers: BTreeMap<Number, Range<f64>> = BTreeMap::new();
        for at in &problem.items {
            numbers.extend(found[*at].effort.iter().map(|term| (Number::Effort(term.key), term.amount)));
            numbers.extend(found[*at].running.iter().map(|term| (Number::Running(term.key), term.amount)));
        }
        numbers.insert(Number::DayRate, settings.day_rate.map(Quantity::amount));
        for gain in &problem.gains {
            numbers.extend(this.numbers_of(&gain.origin));
        }
        for (number, range) in numbers {
            let Range { low, likely, high } = range;
            let place = (low < high).then(|| {
                let range = sampling::Range { low, likely, high };
                this.assumptions.push(Assumption { id: this.name(number), range })
            });
            this.known.insert(number, (place, likely));
        }
        this
    }

    fn stack(&self) -> &'a Stack {
        self.analysis.stack
    }

    fn numbers_of(&self, origin: &Origin) -> Vec<(Number, Range<f64>)> {
        let stack = self.stack();
        let mut found = Vec::new();
        match origin {
            Origin::Handoff(ix) => {
                let flow = stack.flow(*ix);
                found.extend(flow.runs.map(|range| (Number::Runs(*ix), range.map(Quantity::amount))));
                found.extend(flow.minutes.map(|range| (Number::Minutes(*ix), range.map(Quantity::amount))));
                let each = flow.minutes_per_record;
                found.extend(each.map(|range| (Number::MinutesPerRecord(*ix), range.map(Quantity::amount))));
                found.extend(flow.records.map(|range| (Number::Records(*ix), range.map(Quantity::amount))));
                found.extend(flow.error_rate.map(|range| (Number::ErrorRate(*ix), range.map(Quantity::amount))));
                let (team, rate) = self.rate(*ix);
                found.extend(rate.map(|rate| (Number::Rate(team), rate)));
                found.extend(stack.error_minutes.map(|range| (Number::ErrorMinutes, range.map(Quantity::amount))));
            }
            Origin::Worth(ix) => {
                found.extend(stack.flow(*ix).value.map(|range| (Number::Worth(*ix), range.map(Quantity::amount))));
            }
            Origin::Outage(exposure) => {
                let process = stack.find_process(&exposure.process);
                let cost = process.and_then(|ix| Some((ix, stack.process(ix).outage_cost?)));
                found.extend(cost.map(|(ix, range)| (Number::OutageCost(ix), range.map(Quantity::amount))));
                let component = find_component(stack, &self.analysis.supply, &exposure.component);
                let up = component.and_then(|one| Some((one, stated_availability(stack, one)?)));
                found.extend(up.map(|(one, range)| (Number::Availability(one), range.map(Quantity::amount))));
            }
        }
        found
    }

    /// The rate of who performs a handoff, under the team that states it.
    fn rate(&self, flow: FlowIx) -> (Option<TeamIx>, Option<Range<f64>>) {
        let stack = self.stack();
        let performer = stack.flow(flow).performer;
        let team = performer.filter(|team| stack.team(*team).hourly_rate.is_some());
        (team, stack.rate(performer).map(|rate| rate.map(Quantity::amount)))
    }

    fn name(&self, number: Number) -> String {
        let stack = self.stack();
        match number {
            Number::Effort(key) => format!("plan.efforts.{key}"),
            Number::Running(key) => format!("plan.running_costs.{key}"),
            Number::DayRate => "plan.day_rate".to_owned(),
            Number::Minutes(ix) => format!("{}: minutes", stack.flow(ix).id),
            Number::MinutesPerRecord(ix) => format!("{}: minutes_per_record", stack.flow(ix).id),
            Number::Runs(ix) => format!("{}: runs", stack.flow(ix).id),
            Number::Records(ix) => format!("{}: records", stack.flow(ix).id),
            Number::ErrorRate(ix) => format!("{}: error_rate", stack.flow(ix).id),
            Number::ErrorMinutes => "error_minutes".to_owned(),
            Number::Rate(None) => "hourly_rate".to_owned(),
            Number::Rate(Some(team)) => format!("{}: hourly_rate", stack.team(team).id),
            Number::Worth(ix) => format!("{}: value", stack.flow(ix).id),
            Number::OutageCost(ix) => format!("{}: outage_cost", stack.process(ix).id),
            Number::Availability(one) => {
                format!("{}: availability", crate::analysis::outages::component_id(stack, one))
            }
        }
    }

    /// The instance with these numbers in the place of the likely ones.
    #[must_use]
    pub fn instance(&self, numbers: &List<AssumptionIx, f64>) -> Instance {
        let get = |number: Number| {
            let (at, likely) = self.known.get(&number).copied().unwrap_or((None, 0.0));
            at.map_or(likely, |at| numbers[at])
        };
        let mut instance = self.instance.clone();
        let day_rate = get(Number::DayRate);
        for (item, at) in instance.items.iter_mut().zip(&self.problem.items) {
            let candidate = &self.found[*at];
            let effort: f64 = candidate.effort.iter().map(|term| term.times * get(Number::Effort(term.key))).sum();
            let running = candidate.running.iter().map(|term| term.times * get(Number::Running(term.key))).sum();
            item.effort = Days(effort.max(LEAST_EFFORT));
            item.one_off = Money(item.effort.0 * day_rate);
            item.running = MoneyPerYear(running);
        }
        for (benefit, gain) in instance.benefits.iter_mut().zip(&self.problem.gains) {
            benefit.value = MoneyPerYear(self.value(&gain.origin, &get).max(0.0));
        }
        instance
    }

    fn value(&self, origin: &Origin, get: &dyn Fn(Number) -> f64) -> f64 {
        let stack = self.stack();
        match origin {
            Origin::Handoff(ix) => {
                let flow = stack.flow(*ix);
                let or = |number: Number, stated: bool, default: f64| if stated { get(number) } else { default };
                let records = or(Number::Records(*ix), flow.records.is_some(), 1.0);
                let wrong = or(Number::ErrorRate(*ix), flow.error_rate.is_some(), 0.0);
                let mend = or(Number::ErrorMinutes, stack.error_minutes.is_some(), DEFAULT_ERROR_MINUTES.0);
                // One of the two is stated, and the other is nothing.
                let work = get(Number::Minutes(*ix)) + records * get(Number::MinutesPerRecord(*ix));
                let minutes = work + records * wrong * mend;
                get(Number::Runs(*ix)) * minutes / 60.0 * get(Number::Rate(self.rate(*ix).0))
            }
            Origin::Worth(ix) => get(Number::Worth(*ix)),
            Origin::Outage(exposure) => {
                let process = stack.find_process(&exposure.process);
                let component = find_component(stack, &self.analysis.supply, &exposure.component);
                let cost = process.map_or(0.0, |process| get(Number::OutageCost(process)));
                component.map_or(0.0, |one| (1.0 - get(Number::Availability(one))) * HOURS_A_YEAR * cost)
            }
        }
    }

    /// A good plan under these numbers, found from `plan` by small changes; where none can be found, nothing is built.
    #[must_use]
    pub fn outcome(&self, plan: &[ItemIx], numbers: &List<AssumptionIx, f64>) -> Outcome {
        let instance = self.instance(numbers);
        match adapted(&instance, plan) {
            Ok(Some(plan)) => Outcome {
                waves: plan.waves(self.settings.wave, &instance),
                payback: paybacks(&instance, &plan),
                net_value: plan.net_value,
            },
            _ => Outcome {
                waves: List::like(&instance.items, None),
                payback: List::like(&instance.items, None),
                net_value: Money(0.0),
            },
        }
    }

    /// What `plan` as it stands is worth under these numbers, without what no longer fits.
    #[must_use]
    pub fn worth(&self, plan: &[ItemIx], numbers: &List<AssumptionIx, f64>) -> Money {
        kept(&self.instance(numbers), plan).ok().flatten().map_or(Money(0.0), |plan| plan.net_value)
    }

    /// Whether a handoff's figures are complete, so that its value can be sampled at all.
    #[must_use]
    pub fn is_priced(&self, flow: FlowIx) -> bool {
        handoffs::effort(self.stack(), self.stack().flow(flow)).is_some_and(|effort| effort.cost.is_some())
    }
}

/// For each item of the instance the time from its start until what it earns has repaid what it costs; `None` where it
/// never does, or earns nothing by itself. A benefit is credited to the item that completes it.
#[must_use]
pub fn paybacks(instance: &Instance, schedule: &Schedule) -> List<ItemIx, Option<Weeks>> {
    let mut paybacks = List::like(&instance.items, None);
    for placed in &schedule.items {
        let item = &instance.items[placed.item];
        let completed = |earned: &Option<Weeks>| earned.is_some_and(|at| (at.0 - placed.finish.0).abs() < 1e-9);
        let earned = instance.benefits.iter().zip(&schedule.earned).filter(|(_, earned)| completed(earned));
        let a_year = earned.map(|(benefit, _)| benefit.value.0).sum::<f64>() - item.running.0 - item.loss.0;
        if a_year > 0.0 {
            let built = placed.finish.0 - placed.start.0;
            paybacks[placed.item] = Some(Weeks(built + item.one_off.0 / a_year * WEEKS_A_YEAR));
        }
    }
    paybacks
}

#[cfg(test)]
mod tests {
    use super::*;
    use sinew_order::{Benefit, DaysPerWeek, Effort, Index, Item, solve};

    fn item(id: &str, needs: Vec<ItemIx>) -> Item {
        Item {
            id: id.to_owned(),
            effort: Days(10.0),
            one_off: Money(5_200.0),
            running: MoneyPerYear(520.0),
            loss: MoneyPerYear(0.0),
            needs,
            goes_first: false,
        }
    }

    #[test]
    fn an_item_has_repaid_itself_when_earnings_less_running_cost_reach_its_cost() {
        let [enabler, flow] = [0, 1].map(ItemIx::new);
        let mut instance = Instance {
            items: vec![item("enabler", Vec::new()), item("flow", vec![enabler])].into(),
            benefits: vec![Benefit { value: MoneyPerYear(26_520.0), ways: vec![vec![flow]] }].into(),
            capacity: DaysPerWeek(5.0),
            horizon: Weeks(52.0),
            budget: None,
            force_in: Vec::new(),
            force_out: Vec::new(),
        };
        let weeks =
            |instance: &Instance| paybacks(instance, &solve(instance, Effort::default()).expect("it fits").plan);
        // Ten days at five a week are two weeks; 26,520 - 520 a year are 500 a week, which pay 5,200 in 10.4 weeks.
        // The enabler earns nothing by itself.
        let found = weeks(&instance);
        assert_eq!(found[enabler], None);
        assert!((found[flow].expect("it pays").0 - 12.4).abs() < 1e-9, "{found:?}");
        // A loss of 13,000 a year halves what is left.
        instance.items[flow].loss = MoneyPerYear(13_000.0);
        assert!((weeks(&instance)[flow].expect("it pays").0 - 22.8).abs() < 1e-9);
        // What costs as much to run as it earns never pays.
        instance.items[flow].running = MoneyPerYear(26_520.0);
        instance.force_in = vec![flow];
        assert_eq!(weeks(&instance), vec![None, None].into());
    }
}
