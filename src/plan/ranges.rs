//! The numbers behind a plan that are not known exactly, and the plan under any set of them.

use std::collections::BTreeMap;

use sinew_order::sampling;
use sinew_order::uncertainty::{Assumption, AssumptionIx, Outcome, Sampling, Uncertainty, uncertainty};
use sinew_order::{Days, Instance, ItemIx, List, Money, MoneyPerYear, Schedule, Weeks, adapted, kept};

use crate::analysis::Analysis;
use crate::analysis::Component;
use crate::analysis::handoffs::DEFAULT_ERROR_MINUTES;
use crate::analysis::outages::{find_component, stated_availability};
use crate::model::{FlowIx, ProcessIx, Quantity, Range, Stack, TeamIx};

use super::budget::Budget;
use super::candidates::Candidates;
use super::problem::{LEAST_EFFORT, Origin, Problem};
use super::settings::{Options, Settings, Unit, WEEKS_A_YEAR};

/// Hours of a year.
const HOURS_A_YEAR: f64 = 8_760.0;

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

/// Numbers looked at for each item and each member of a way when an instance is made and evaluated, about.
const WORK_OF_A_MEMBER: u64 = 100;

/// A number of a formula: known exactly, or the place of its range.
#[derive(Clone, Copy, Debug)]
enum Cell {
    Known(f64),
    At(AssumptionIx),
}

impl Cell {
    fn get(self, numbers: &List<AssumptionIx, f64>) -> f64 {
        match self {
            Self::Known(number) => number,
            Self::At(at) => numbers[at],
        }
    }

    fn range(self) -> Option<AssumptionIx> {
        if let Self::At(at) = self { Some(at) } else { None }
    }
}

/// How the value of a benefit is computed from the numbers that it rests on.
#[derive(Clone, Debug)]
enum Formula {
    /// Runs, minutes, minutes for a record, records, share that is wrong, minutes to mend it, money an hour.
    Handoff([Cell; 7]),
    Worth(Cell),
    /// The availability, the costs an hour that are known exactly together, and the others.
    Outage(Cell, f64, Vec<AssumptionIx>),
}

impl Formula {
    fn value(&self, numbers: &List<AssumptionIx, f64>) -> f64 {
        match self {
            Self::Handoff(cells) => {
                let [runs, minutes, each, records, wrong, mend, rate] = cells.map(|cell| cell.get(numbers));
                // One of the two is stated, and the other is nothing.
                let work = minutes + records * each;
                runs * (work + records * wrong * mend) / 60.0 * rate
            }
            Self::Worth(cell) => cell.get(numbers),
            Self::Outage(up, known, others) => {
                let costs = known + others.iter().map(|at| numbers[*at]).sum::<f64>();
                (1.0 - up.get(numbers)) * HOURS_A_YEAR * costs
            }
        }
    }

    fn ranges(&self) -> Vec<AssumptionIx> {
        match self {
            Self::Handoff(cells) => cells.iter().filter_map(|cell| cell.range()).collect(),
            Self::Worth(cell) => cell.range().into_iter().collect(),
            Self::Outage(up, _, others) => up.range().into_iter().chain(others.iter().copied()).collect(),
        }
    }
}

/// What an item costs: its effort and its running cost, as terms.
#[derive(Clone, Debug)]
struct Costs {
    effort: Vec<(f64, Cell)>,
    running: Vec<(f64, Cell)>,
}

impl Costs {
    fn sum(terms: &[(f64, Cell)], numbers: &List<AssumptionIx, f64>) -> f64 {
        terms.iter().map(|(times, cell)| times * cell.get(numbers)).sum()
    }
}

/// The numbers of a problem that are ranges, and how to compute with others.
pub struct Ranges<'a> {
    analysis: &'a Analysis<'a>,
    instance: &'a Instance,
    settings: &'a Settings,
    /// Which range it is, unless it is known exactly, and its likely value.
    known: BTreeMap<Number, (Option<AssumptionIx>, f64)>,
    day_rate: Cell,
    costs: Vec<Costs>,
    formulas: Vec<Formula>,
    /// What one evaluation takes at least.
    size: u64,
    /// The ranges, by kind of number and then as in the stack.
    pub assumptions: List<AssumptionIx, Assumption>,
}

impl<'a> Ranges<'a> {
    /// The ranges behind `instance`, which is that of `problem`, and of which these items are `built`.
    #[must_use]
    pub fn of(
        analysis: &'a Analysis<'a>,
        found: &'a Candidates,
        problem: &'a Problem,
        instance: &'a Instance,
        built: &[ItemIx],
        settings: &'a Settings,
    ) -> Self {
        let members = problem.gains.iter().flat_map(|gain| &gain.ways).map(|way| way.len() + 1).sum::<usize>();
        let members = members + problem.items.len() + problem.gains.len();
        let mut this = Self {
            analysis,
            instance,
            settings,
            known: BTreeMap::new(),
            day_rate: Cell::Known(0.0),
            costs: Vec::new(),
            formulas: Vec::new(),
            size: WORK_OF_A_MEMBER * members as u64,
            assumptions: List::default(),
        };
        let mut numbers: BTreeMap<Number, Range<f64>> = BTreeMap::new();
        // What is in no way and not in the plan moves nothing.
        let mut counts = List::like(&problem.items, false);
        let ways = problem.gains.iter().flat_map(|gain| &gain.ways).flatten().chain(built);
        let mut open: Vec<ItemIx> = ways.copied().collect();
        while let Some(item) = open.pop() {
            if !std::mem::replace(&mut counts[item], true) {
                open.extend(&instance.items[item].needs);
            }
        }
        for (at, _) in problem.items.iter().zip(&counts).filter(|(_, counts)| **counts) {
            numbers.extend(found[*at].effort.iter().map(|term| (Number::Effort(term.key), term.amount)));
            // Hours are not weighed against what running costs.
            let running = found[*at].running.iter().filter(|_| settings.unit == Unit::Money);
            numbers.extend(running.map(|term| (Number::Running(term.key), term.amount)));
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
        this.day_rate = this.cell(Number::DayRate);
        for at in &problem.items {
            let candidate = &found[*at];
            let cell = |number: Number, likely: f64| {
                if this.known.contains_key(&number) { this.cell(number) } else { Cell::Known(likely) }
            };
            let effort = candidate.effort.iter();
            let effort = effort.map(|term| (term.times, cell(Number::Effort(term.key), term.amount.likely))).collect();
            let running = candidate.running.iter().filter(|_| settings.unit == Unit::Money);
            let running = running.map(|term| (term.times, cell(Number::Running(term.key), term.amount.likely)));
            let running = running.collect();
            this.costs.push(Costs { effort, running });
        }
        this.formulas = problem.gains.iter().map(|gain| this.formula(&gain.origin)).collect();
        this
    }

    /// A number by its place; nothing where it is not among them.
    fn cell(&self, number: Number) -> Cell {
        let (at, likely) = self.known.get(&number).copied().unwrap_or((None, 0.0));
        at.map_or(Cell::Known(likely), Cell::At)
    }

    fn formula(&self, origin: &Origin) -> Formula {
        let stack = self.stack();
        match origin {
            Origin::Handoff(ix) => {
                let flow = stack.flow(*ix);
                let or = |number: Number, stated: bool, default: f64| {
                    if stated { self.cell(number) } else { Cell::Known(default) }
                };
                Formula::Handoff([
                    self.cell(Number::Runs(*ix)),
                    self.cell(Number::Minutes(*ix)),
                    self.cell(Number::MinutesPerRecord(*ix)),
                    or(Number::Records(*ix), flow.run.records.is_some(), 1.0),
                    or(Number::ErrorRate(*ix), flow.run.error_rate.is_some(), 0.0),
                    or(Number::ErrorMinutes, stack.error_minutes.is_some(), DEFAULT_ERROR_MINUTES.0),
                    match self.settings.unit {
                        Unit::Money => self.cell(Number::Rate(self.rate(*ix).0)),
                        Unit::Hours => Cell::Known(1.0),
                    },
                ])
            }
            Origin::Worth(ix) => Formula::Worth(self.cell(Number::Worth(*ix))),
            Origin::Outage(exposure) => {
                let Some(component) = find_component(stack, &self.analysis.supply, &exposure.component) else {
                    return Formula::Worth(Cell::Known(0.0));
                };
                let (mut known, mut others) = (0.0, Vec::new());
                for process in &exposure.processes {
                    match self.cell(Number::OutageCost(*process)) {
                        Cell::Known(cost) => known += cost,
                        Cell::At(at) => others.push(at),
                    }
                }
                Formula::Outage(self.cell(Number::Availability(component)), known, others)
            }
        }
    }

    /// How much of the plan's unit a unit of what the formula computes is.
    fn weight(&self, formula: &Formula) -> f64 {
        if matches!(formula, Formula::Handoff(_)) { 1.0 } else { self.settings.of_money }
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
                found.extend(flow.run.minutes.map(|range| (Number::Minutes(*ix), range.map(Quantity::amount))));
                let each = flow.run.minutes_per_record;
                found.extend(each.map(|range| (Number::MinutesPerRecord(*ix), range.map(Quantity::amount))));
                found.extend(flow.run.records.map(|range| (Number::Records(*ix), range.map(Quantity::amount))));
                found.extend(flow.run.error_rate.map(|range| (Number::ErrorRate(*ix), range.map(Quantity::amount))));
                let (team, rate) = self.rate(*ix);
                found.extend(rate.map(|rate| (Number::Rate(team), rate)));
                found.extend(stack.error_minutes.map(|range| (Number::ErrorMinutes, range.map(Quantity::amount))));
            }
            Origin::Worth(ix) => {
                found
                    .extend(stack.flow(*ix).rated.value.map(|range| (Number::Worth(*ix), range.map(Quantity::amount))));
            }
            Origin::Outage(exposure) => {
                let costs = exposure.processes.iter().filter_map(|ix| Some((*ix, stack.process(*ix).outage_cost?)));
                found.extend(costs.map(|(ix, range)| (Number::OutageCost(ix), range.map(Quantity::amount))));
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
        let mut instance = self.instance.clone();
        let day_rate = self.day_rate.get(numbers);
        for (item, costs) in instance.items.iter_mut().zip(&self.costs) {
            item.effort = Days(Costs::sum(&costs.effort, numbers).max(LEAST_EFFORT));
            item.one_off = Money(item.effort.0 * day_rate);
            item.running = MoneyPerYear(Costs::sum(&costs.running, numbers));
        }
        for (benefit, formula) in instance.benefits.iter_mut().zip(&self.formulas) {
            benefit.value = MoneyPerYear((formula.value(numbers) * self.weight(formula)).max(0.0));
        }
        instance.within_bounds()
    }

    /// What the plan is worth when the numbers are not the likely ones. Of the ranges, those are moved one by one that can be
    /// within `ends`: the ones by which values and costs move most.
    #[must_use]
    pub fn uncertainty(&self, plan: &[ItemIx], options: &Options, budget: &Budget) -> Uncertainty {
        let Budget { samples: work, ends, .. } = *budget;
        let most = usize::try_from(ends / (2 * self.size).max(1)).unwrap_or(usize::MAX);
        let mut moved: Vec<AssumptionIx> = self.assumptions.places().collect();
        if moved.len() > most {
            let weights = self.weights();
            moved.sort_by(|a, b| weights[*b].total_cmp(&weights[*a]).then(a.cmp(b)));
            moved.truncate(most);
            moved.sort_unstable();
        }
        let sampling = Sampling { samples: options.samples, seed: options.seed, work };
        let outcome = |numbers: &List<AssumptionIx, f64>, work: &mut u64| self.outcome(plan, numbers, work);
        let worth = |numbers: &List<AssumptionIx, f64>, work: &mut u64| {
            *work = work.saturating_sub(self.size);
            self.worth(plan, numbers)
        };
        uncertainty(&self.assumptions, &moved, sampling, outcome, worth)
    }

    /// By how much, a year, all values and costs together move from one end of each range to the other, all others likely.
    fn weights(&self) -> List<AssumptionIx, f64> {
        let mut weights = List::like(&self.assumptions, 0.0);
        let mut numbers: List<AssumptionIx, f64> = self.assumptions.iter().map(|one| one.range.likely).collect();
        let mut weigh = |ranges: Vec<AssumptionIx>, value: &dyn Fn(&List<AssumptionIx, f64>) -> f64| {
            for at in ranges {
                let range = self.assumptions[at].range;
                numbers[at] = range.low;
                let low = value(&numbers);
                numbers[at] = range.high;
                weights[at] += (value(&numbers) - low).abs();
                numbers[at] = range.likely;
            }
        };
        for formula in &self.formulas {
            weigh(formula.ranges(), &|numbers| formula.value(numbers) * self.weight(formula));
        }
        for costs in &self.costs {
            let terms = costs.effort.iter().chain(&costs.running).filter_map(|(_, cell)| cell.range());
            weigh(terms.chain(self.day_rate.range()).collect(), &|numbers| {
                let effort = Costs::sum(&costs.effort, numbers) * self.day_rate.get(numbers);
                effort + Costs::sum(&costs.running, numbers)
            });
        }
        weights
    }

    /// A good plan under these numbers, found from `plan` by small changes within the work, which it takes; where none can
    /// be found, nothing is built.
    #[must_use]
    pub fn outcome(&self, plan: &[ItemIx], numbers: &List<AssumptionIx, f64>, work: &mut u64) -> Outcome {
        let instance = self.instance(numbers);
        *work = work.saturating_sub(self.size);
        match adapted(&instance, plan, work) {
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
            preference: 0,
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
            requirements: Vec::new(),
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
