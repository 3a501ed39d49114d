//! What the plan is among all that could be built: what it must hold first, then the way to a stage where one is asked for.

use std::panic::resume_unwind;
use std::thread::{self, ScopedJoinHandle};

use sinew_order::uncertainty::{Assumption, AssumptionIx, Uncertainty};
use sinew_order::{ItemIx, List};

use super::covering::Trials;
use super::error::PlanError;
use super::fitting::Fitted;
use super::maker::{Maker, Solved, Steps};
use super::problem::Problem;
use super::ranges::Ranges;
use super::reach::{Asked, Goal, Must, Obligations, Plain, Reached, Scouted, Way};
use super::settings::{Options, Stage};
use super::situation::Situation;
use super::value::Account;

/// The highest stage.
const LAST_STAGE: u8 = 5;

/// The plan that was chosen, before its items are described.
pub(super) struct Chosen {
    pub(super) fitted: Fitted,
    pub(super) steps: Steps,
    /// What it must hold, and what of that does not fit.
    pub(super) obligations: Obligations,
    /// The plan that need not reach a stage.
    pub(super) plain: Plain,
    /// The stage that is asked for.
    pub(super) stage: Option<u8>,
    /// The way to each higher stage that is looked for.
    pub(super) ways: Vec<Way>,
}

/// The ranges behind a plan, and what they do to it.
pub(super) struct Doubt {
    pub(super) ranges: List<AssumptionIx, Assumption>,
    /// `None` where no samples are asked for.
    pub(super) uncertainty: Option<Uncertainty>,
}

/// What a thread ends with; it panics where that did.
fn joined<T>(thread: ScopedJoinHandle<'_, T>) -> T {
    thread.join().unwrap_or_else(|panic| resume_unwind(panic))
}

/// Chooses among the items of `problem`, which learns what items do together.
pub(super) struct Choosing<'c, 'a> {
    pub(super) maker: &'c Maker<'a>,
    pub(super) must: &'c mut Must<'a>,
    pub(super) problem: &'c mut Problem,
    /// The stack as it is.
    pub(super) today: (&'c Situation, &'c Account),
    pub(super) trials: &'c mut Trials,
}

impl Choosing<'_, '_> {
    /// The best plan that holds its obligations, and the ways to higher stages; where one of them is asked for and is known,
    /// the plan is that way. With it, what the numbers that are ranges do to it.
    pub(super) fn chosen(self, asked: &Asked<'_>, options: &Options) -> Result<(Chosen, Doubt), PlanError> {
        let obligations = self.must.find_obligations(asked);
        let goal = Must::goal(&obligations);
        let today = self.today.0.standing.stage;
        let stage = match self.maker.settings.reach {
            Some(Stage::Next) => (today < LAST_STAGE).then_some(today + 1),
            Some(Stage::Number(number)) => Some(number),
            None => None,
        };
        let stages = (today + 1..=LAST_STAGE).filter(|one| options.frontier || Some(*one) == stage);
        let scout = self.must.scout(self.problem, &goal, stages.clone(), self.maker.budget.reach_order);
        thread::scope(|scope| {
            let scout = scout.map(|scout| scope.spawn(|| scout.look()));
            self.chosen_beside(scout, (obligations, goal), (stage, stages), options)
        })
    }

    /// The same for a plan that has to hold its `obligations`, while a scout looks at the ways to `stages`; `stage` is asked for.
    fn chosen_beside(
        mut self,
        scout: Option<ScopedJoinHandle<'_, Scouted>>,
        (mut obligations, mut goal): (Obligations, Goal),
        (stage, stages): (Option<u8>, impl Iterator<Item = u8>),
        options: &Options,
    ) -> Result<(Chosen, Doubt), PlanError> {
        let mut solved = self.solved(&goal)?;
        if solved.is_err() && !obligations.held.is_empty() {
            let mut work = self.maker.budget.reach_order;
            self.must.leave_out(self.problem, &mut obligations, &mut work)?;
            goal = Must::goal(&obligations);
            solved = self.solved(&goal)?;
        }
        let (fitted, steps) = solved?;
        let plain = Plain::of(&fitted);
        let Maker { site, found, settings, budget, .. } = *self.maker;
        let analysis = site.analysis;
        let doubt = |problem: &Problem, fitted: &Fitted| {
            let order: Vec<ItemIx> = fitted.solution.plan.items.iter().map(|placed| placed.item).collect();
            let ranges = Ranges::of(analysis, found, problem, &fitted.instance, &order, settings);
            let uncertainty = (options.samples > 0).then(|| ranges.uncertainty(&order, options, budget));
            Doubt { ranges: ranges.assumptions, uncertainty }
        };
        let mut work = budget.reach_order;
        // Samples and ways know nothing of each other, unless a way becomes the plan.
        let (ways, early) = thread::scope(|scope| {
            let (problem, fitted) = (&*self.problem, &fitted);
            let early = stage.is_none().then(|| scope.spawn(|| doubt(problem, fitted)));
            scout.into_iter().map(joined).for_each(|scouted| self.must.take_up(scouted));
            let ways = self.must.ways(problem, (&goal, &plain), stages, self.today.0, &mut work);
            (ways, early.map(joined))
        });
        let mut chosen = Chosen { fitted, steps, obligations, plain, stage, ways: ways? };
        self.take_way(&goal, &mut chosen)?;
        let doubt = early.unwrap_or_else(|| doubt(self.problem, &chosen.fitted));
        Ok((chosen, doubt))
    }

    fn solved(&mut self, goal: &Goal) -> Result<Solved, PlanError> {
        self.maker.solved(self.problem, (self.must, goal), self.today.1, self.trials)
    }

    /// Makes the way to the stage that is asked for the plan, as far as it is known.
    fn take_way(&mut self, goal: &Goal, chosen: &mut Chosen) -> Result<(), PlanError> {
        let Some(at) = chosen.ways.iter().position(|way| Some(way.stage) == chosen.stage) else { return Ok(()) };
        let way = &chosen.ways[at];
        let goal_of_way = match way.reached {
            Reached::Yes => goal.reaching(way.stage),
            // What is verified of it, and what has to be found out first.
            Reached::IfVerified => {
                goal.holding(way.steps.iter().filter(|step| !step.is_doubtful).map(|step| step.place).collect())
            }
            Reached::No => return Ok(()),
        };
        let known = self.problem.gains.clone();
        let Ok((fitted, steps)) = self.solved(&goal_of_way)? else { return Ok(()) };
        (chosen.fitted, chosen.steps) = (fitted, steps);
        // What its steps taught holds for the plan without it as well.
        if self.problem.gains != known
            && let Ok((again, _)) = self.solved(goal)?
        {
            chosen.plain = Plain::of(&again);
        }
        let way = &mut chosen.ways[at];
        if way.reached == Reached::Yes {
            let order = self.must.order(self.problem, &goal_of_way, &chosen.fitted);
            self.must.describe(way, &chosen.fitted, &order, &chosen.plain);
        }
        Ok(())
    }
}
