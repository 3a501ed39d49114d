//! What the answer to a question is worth: the yearly amount that it can move, and what the plan gains by knowing it.

use crate::analysis::handoffs::{self, is_handoff};
use crate::analysis::outages::{processes_down, stated_availability};
use crate::analysis::{Analysis, Component};
use crate::model::asking::{Answer, Question, questions};
use crate::model::outline::Outline;
use crate::model::{Count, Flow, Mechanism, Minutes, PerYear, Range, Stack};
use sinew_order::{ItemIx, kept};

use super::Plan;
use super::budget::Budget;
use super::problem::is_buildable;
use super::settings::{Options, Settings, Unit};

/// Hours of a year.
const HOURS_A_YEAR: f64 = 8_760.0;

/// Questions whose worth is computed by planning again.
const PLANNED: usize = 20;

/// Work that planning again may take for all questions together, counted as [`Plan::work`] is.
pub const WORK: usize = 3_000_000;

/// A question with its worth.
#[derive(Clone, Debug, PartialEq)]
pub struct Asked {
    /// The question.
    pub question: Question,
    /// What is at stake a year at its answers, from the lowest to the highest, in the unit of the plan; `None` where no
    /// answer moves hours, cost or expected outage cost that are known.
    pub a_year: Option<(f64, f64)>,
    /// What the plan gains within its horizon, on average over the answers, by knowing; `None` where that was not computed.
    /// Never below 0.
    pub gain: Option<f64>,
    /// The first item that is in the plan under one answer and not under another, by id.
    pub decides: Option<String>,
}

impl Asked {
    fn width(&self) -> f64 {
        self.a_year.map_or(0.0, |(low, high)| high - low)
    }
}

/// All questions of a stack by the yearly amount that they can move, a missing rate first; equal ones by list, entry and
/// key. Availability is asked for only where it moves an amount.
#[must_use]
pub fn by_year(analysis: &Analysis<'_>) -> Vec<Asked> {
    let unit = Settings::of(analysis.stack, &Options::default()).unit;
    let yearly =
        Yearly { stack: analysis.stack, unit, down: processes_down(analysis.stack, &analysis.supply), analysis };
    let asked = |question| Asked { a_year: yearly.amounts(&question), question, gain: None, decides: None };
    let mut all: Vec<Asked> = questions(analysis.stack).into_iter().map(asked).collect();
    all.retain(|asked| !asked.question.has("availability") || asked.width() > 0.0);
    let rank = |asked: &Asked| (!asked.question.is_rate(), -(asked.width() * 100.0).round());
    all.sort_by(|a, b| rank(a).partial_cmp(&rank(b)).unwrap_or(std::cmp::Ordering::Equal));
    all
}

/// The same with the first twenty by what the plan gains from knowing, as far as `work` allows; the others of them follow
/// by the year, then the rest. Nothing is planned again where `plan`, that of the analyzed stack, is not proved.
/// What cannot be planned under an answer keeps its yearly amount.
#[must_use]
pub fn ranked(analysis: &Analysis<'_>, plan: &Plan, options: &Options, mut work: usize) -> Vec<Asked> {
    let mut all = by_year(analysis);
    let first = all.iter().take_while(|asked| asked.question.is_rate()).count();
    let last = all.len().min(first + PLANNED);
    if plan.solution.proved {
        let replan = Replan { outline: Outline::of(analysis.stack), plan, options };
        for asked in &mut all[first..last] {
            if let Some((gain, decides)) = replan.gain(&asked.question, &mut work) {
                (asked.gain, asked.decides) = (Some(gain), decides);
            }
        }
    }
    let rank = |asked: &Asked| (asked.gain.is_none(), -(asked.gain.unwrap_or(0.0) * 100.0).round());
    all[first..last].sort_by(|a, b| rank(a).partial_cmp(&rank(b)).unwrap_or(std::cmp::Ordering::Equal));
    all
}

struct Yearly<'a> {
    stack: &'a Stack,
    unit: Unit,
    analysis: &'a Analysis<'a>,
    /// What each component takes down.
    down: Vec<Vec<crate::model::ProcessIx>>,
}

impl Yearly<'_> {
    /// The lowest and the highest amount a year at the answers.
    fn amounts(&self, question: &Question) -> Option<(f64, f64)> {
        let amounts: Option<Vec<f64>> = question.answers.iter().map(|answer| self.amount(question, answer)).collect();
        let amounts = amounts.filter(|amounts| !amounts.is_empty())?;
        let low = amounts.iter().copied().fold(f64::INFINITY, f64::min);
        Some((low, amounts.iter().copied().fold(f64::NEG_INFINITY, f64::max)))
    }

    fn amount(&self, question: &Question, answer: &Answer) -> Option<f64> {
        let stack = self.stack;
        let number = answer.numbers[0];
        match (question.list, question.asks[0].key.as_str()) {
            ("flows", _) => {
                let flow = stack.flow(stack.find_flow(&question.entry)?);
                let is_gone = question.is_existence() && answer.values[0] == "no";
                let changed = if is_gone { None } else { Some(answered(stack, flow, question, answer)?) };
                changed.map_or(Some(0.0), |flow| self.by_hand(&flow))
            }
            ("settings", "hourly_rate") => {
                let unpriced = stack.flows.iter().filter(|flow| stack.rate(flow.performer).is_none());
                let hours =
                    unpriced.filter(|flow| is_handoff(stack, flow)).filter_map(|flow| handoffs::effort(stack, flow));
                Some(hours.map(|effort| (effort.hours + effort.error_hours).likely.0).sum::<f64>() * number?)
            }
            ("processes", "outage_cost") => {
                let process = stack.find_process(&question.entry).filter(|ix| self.analysis.runs(*ix))?;
                let components = self.analysis.supply.components().iter().zip(&self.down);
                let hours = components
                    .filter(|(_, down)| down.contains(&process))
                    .filter_map(|(component, _)| stated_availability(stack, *component))
                    .map(|up| (1.0 - up.likely.0) * HOURS_A_YEAR);
                Some(hours.sum::<f64>() * number? * self.of_money()).filter(|amount| *amount > 0.0)
            }
            ("systems", "availability") => {
                let system = Component::System(stack.find_system(&question.entry)?);
                let at = self.analysis.supply.components().iter().position(|component| *component == system)?;
                let runs = self.down[at].iter().filter(|process| self.analysis.runs(**process));
                let cost: f64 =
                    runs.filter_map(|process| stack.process(*process).outage_cost).map(|cost| cost.likely.0).sum();
                Some((1.0 - number?) * HOURS_A_YEAR * cost * self.of_money())
            }
            _ => None,
        }
    }

    fn of_money(&self) -> f64 {
        Settings::of(self.stack, &Options::default()).of_money
    }

    /// What a flow takes by hand a year.
    fn by_hand(&self, flow: &Flow) -> Option<f64> {
        if !is_handoff(self.stack, flow) {
            return Some(0.0);
        }
        let effort = handoffs::effort(self.stack, flow)?;
        match self.unit {
            Unit::Money => effort.cost.map(|cost| cost.likely.0),
            Unit::Hours => Some((effort.hours + effort.error_hours).likely.0),
        }
    }
}

/// The flow under an answer, as far as its work goes; `None` where the answer is about something else.
fn answered(stack: &Stack, flow: &Flow, question: &Question, answer: &Answer) -> Option<Flow> {
    let mut flow = flow.clone();
    if question.is_existence() {
        return Some(flow);
    }
    for (at, ask) in question.asks.iter().enumerate() {
        let number = answer.numbers[at];
        match ask.key.as_str() {
            "runs" => flow.runs = Some(Range::exact(PerYear(number?))),
            "minutes" => flow.minutes = Some(Range::exact(Minutes(number?))),
            "records" => flow.records = Some(Range::exact(Count(number?))),
            "performer" => flow.performer = Some(stack.find_team(&answer.values[at])?),
            "mechanism" => flow.mechanism = Mechanism::parse(&answer.values[at])?,
            _ => return None,
        }
    }
    Some(flow)
}

struct Replan<'a> {
    outline: Outline,
    plan: &'a Plan,
    options: &'a Options,
}

impl Replan<'_> {
    /// What the plan gains by knowing the answer, and the first item that hangs on it; `None` where the work does not
    /// reach, where a plan is not proved, or where nothing is known of the answers.
    fn gain(&self, question: &Question, work: &mut usize) -> Option<(f64, Option<String>)> {
        if question.answers.is_empty() || *work == 0 {
            return None;
        }
        let now: Vec<&str> = self.plan.items.iter().map(|item| self.plan.candidate(item).id.as_str()).collect();
        let (mut gain, mut decides) = (0.0, None);
        for answer in &question.answers {
            let stack = under(&self.outline, question, answer)?;
            let (best, kept, items) = self.planned(&stack, &now, work)?;
            gain += answer.weight * (best.max(kept) - kept);
            let of_now = now.iter().find(|id| !items.iter().any(|other| other == *id)).map(|id| (*id).to_owned());
            let of_then = items.into_iter().find(|id| !now.contains(&id.as_str()));
            decides = decides.or(of_now).or(of_then);
        }
        // What is below a hundredth is rounding.
        let gain = if gain < 0.005 { 0.0 } else { gain };
        Some((gain, decides.filter(|_| gain > 0.0)))
    }

    /// What the best plan of `stack` is worth, what the items `now` are worth there in their order as far as they can be
    /// built, and the items of the best plan.
    fn planned(&self, stack: &Stack, now: &[&str], work: &mut usize) -> Option<(f64, f64, Vec<String>)> {
        let analysis = Analysis::of(stack);
        let options = Options { samples: 0, ..self.options.clone() };
        let plan = self.one(&analysis, &options, work)?;
        let place = |plan: &Plan, id: &str| -> Option<ItemIx> {
            plan.problem.items.position(|at| plan.candidates[*at].id == id)
        };
        let all = &plan.candidates.all;
        let can = |id: &&&str| all.iter().any(|one| one.id == **id && is_buildable(all, one));
        let buildable: Vec<&str> = now.iter().filter(can).copied().collect();
        // An item that another one makes pointless under this answer is not among those to choose from.
        let missing: Vec<&str> = buildable.iter().filter(|id| place(&plan, id).is_none()).copied().collect();
        let wider = if missing.is_empty() {
            None
        } else {
            let with = options.with.iter().cloned().chain(missing.iter().map(|id| (*id).to_owned())).collect();
            Some(self.one(&analysis, &Options { with, ..options.clone() }, work)?)
        };
        let judge = wider.as_ref().unwrap_or(&plan);
        let sequence: Vec<ItemIx> = buildable.iter().filter_map(|id| place(judge, id)).collect();
        let kept = kept(&judge.instance, &sequence).ok()?.map_or(0.0, |schedule| schedule.net_value.0);
        let items = plan.items.iter().map(|item| plan.candidate(item).id.clone()).collect();
        Some((plan.net_value.0, kept, items))
    }

    fn one(&self, analysis: &Analysis<'_>, options: &Options, work: &mut usize) -> Option<Plan> {
        let plan = Plan::within(analysis, options, &Budget::of(analysis.stack)).ok()?;
        let is_within = plan.work <= *work;
        *work = work.saturating_sub(plan.work);
        let is_same_unit = plan.settings.unit == self.plan.settings.unit;
        (is_within && is_same_unit && plan.solution.proved).then_some(plan)
    }
}

/// The stack under an answer.
#[must_use]
pub fn under(outline: &Outline, question: &Question, answer: &Answer) -> Option<Stack> {
    let mut changed = outline.clone();
    if question.is_existence() {
        if answer.values[0] == "no" {
            changed = changed.without(question.list, &question.entry);
        }
        return changed.stack().map(|(stack, _)| stack);
    }
    for (ask, value) in question.asks.iter().zip(&answer.values) {
        changed = changed.answered(question.list, &question.entry, &ask.key, value);
    }
    changed.stack().map(|(stack, _)| stack)
}
