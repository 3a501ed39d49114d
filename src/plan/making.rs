//! The plan of a stack: candidates found, chosen and put in order, built as trials, and analyzed again.

use std::collections::{BTreeMap, BTreeSet};

use sinew_order::departures::{Departure, departures};
use sinew_order::uncertainty::{self, AssumptionIx, Uncertainty};
use sinew_order::{Index, Instance, ItemIx, List, Money, Solution};

use crate::analysis::{Analysis, Assumption, Finding};
use crate::model::{Range, Stack};

use super::assumptions::{Limits, assumptions, overrun};
use super::balance::{Balance, Share};
use super::budget::Budget;
use super::building::{Site, Trace};
use super::candidates::{Candidate, CandidateIx, Candidates, Context, Point, PointIx, Subject, candidates, points};
use super::choosing::{Choosing, Chosen, Doubt};
use super::covering::Trials;
use super::doubtful::Doubtful;
use super::effort::sum;
use super::error::PlanError;
use super::fitting::Fitted;
use super::gap::{GapIx, answers, gaps};
use super::link::{Link, LinkIx, links};
use super::maker::{Maker, PlanItem};
use super::problem::{Problem, problem};
use super::quota::QuotaUse;
use super::reach::{Asked, Must, Obligations, Plain, Way};
use super::settings::{Options, Settings};
use super::situation::Situation;
use super::value::Account;

/// How much more an entry of a stack that is built and analyzed takes than an item at a node of the search.
const BUILT: usize = 8;

/// The plan of a stack.
#[derive(Clone, Debug)]
pub struct Plan {
    /// How it was made.
    pub settings: Settings,
    /// What could be joined.
    pub links: List<LinkIx, Link>,
    /// Whether all that could be joined was looked at.
    pub is_whole: bool,
    /// Single points of failure.
    pub points: List<PointIx, Point>,
    /// What the rules find today and nobody accepted.
    pub gaps: List<GapIx, Finding>,
    /// What a candidate for each of them is for.
    pub answers: List<GapIx, Vec<Subject>>,
    /// Everything that could be built, and what cannot.
    pub candidates: Candidates,
    /// What could be built once something is found out, outside of the value of the plan: by value for each person-day of
    /// finding out, then by id.
    pub doubtful: Vec<Doubtful>,
    /// What was chosen from.
    pub problem: Problem,
    /// The same in numbers.
    pub instance: Instance,
    /// Chosen items with their start, and the bound on what any plan can gain.
    pub solution: Solution,
    /// What is built, in order.
    pub items: Vec<PlanItem>,
    /// What the items together do to quotas, by system; below zero is left where no plan was found that fits.
    pub quotas: Vec<QuotaUse>,
    /// What it holds whatever that pays.
    pub obligations: Obligations,
    /// The way to each higher stage, or to the one that is asked for.
    pub ways: Vec<Way>,
    /// The stage that it was asked to reach.
    pub asked_stage: Option<u8>,
    /// What it would be if it were not asked to.
    pub plain: Plain,
    /// By the place of an item the criteria that are met from it on.
    pub closes: BTreeMap<usize, Vec<&'static str>>,
    /// Money within the horizon, as the search counts it.
    pub net_value: Money,
    /// The same from the analyses of every step, in the units that are printed, with all that leads to it.
    pub balance: Balance,
    /// Where it differs from WSJF order.
    pub departures: Vec<Departure>,
    /// The stack as it will be.
    pub target: Stack,
    /// Systems that it has and the stack has not, by id.
    pub adopted: Vec<String>,
    /// What happens to its flows, by id.
    pub traces: BTreeMap<String, Trace>,
    /// The stack as it is, judged.
    pub before: Situation,
    /// The stack as it will be, judged.
    pub after: Situation,
    /// The numbers that are ranges.
    pub ranges: List<AssumptionIx, uncertainty::Assumption>,
    /// What the plan is worth when they are not the likely ones; `None` where no samples were asked for.
    pub uncertainty: Option<Uncertainty>,
    /// What it takes for granted, by key.
    pub assumptions: Vec<Assumption>,
    /// The work that it took, counted: for each stack that was built and analyzed its entries, eight times, and for each node
    /// of the search the items to choose from. One such unit takes some microseconds.
    pub work: usize,
}

impl Plan {
    /// Plans for the analyzed stack.
    ///
    /// # Errors
    /// Where an item is asked for that does not exist or cannot be built, or the settings make no sense.
    pub fn of(analysis: &Analysis<'_>, options: &Options) -> Result<Self, PlanError> {
        Self::within(analysis, options, &Budget::of(analysis.stack))
    }

    /// As [`Self::of`], looking at no more than `budget` allows.
    ///
    /// # Errors
    /// As [`Self::of`].
    pub fn within(analysis: &Analysis<'_>, options: &Options, budget: &Budget) -> Result<Self, PlanError> {
        let settings = Settings::of(analysis.stack, options);
        let (links, is_whole) = links(analysis, budget.links);
        let (points, has_all_points) = points(analysis.outages(), budget.points);
        let site = Site::of(analysis, &links);
        let runs = |process: &str| analysis.stack.find_process(process).is_some_and(|ix| analysis.runs(ix));
        let account = Account::of(analysis, &runs);
        let before = Situation::of(analysis, &account);
        let gaps = gaps(&before.findings);
        let context = Context::of(analysis, &links);
        let answers = answers(analysis, &links, &points, &gaps);
        let found = candidates(&context, &links, &points, &gaps, &answers, &before, budget);
        let options = &by_id(&found.all, options)?;
        let forced: BTreeSet<&str> = options.with.iter().map(String::as_str).collect();
        let named: BTreeSet<&str> = options.with.iter().chain(&options.without).map(String::as_str).collect();
        let mut trials = Trials::most(budget.trials);
        let mut problem = problem(&site, &found, [&forced, &named], &account, &settings, &mut trials);
        check_names(&found.all, &problem, options)?;
        let maker = Maker { site: &site, found: &found, settings: &settings, runs: &runs, named: &named, budget };
        let asked = Asked { gaps: &gaps, answers: &answers };
        let mut must = Must::of(&site, &found, &settings, options, &asked, budget);
        let today = (&before, &account);
        let choosing = Choosing { maker: &maker, must: &mut must, problem: &mut problem, today, trials: &mut trials };
        let (chosen, Doubt { ranges, uncertainty }) = choosing.chosen(&asked, options)?;
        let Chosen { fitted, steps, mut obligations, plain, stage, ways } = chosen;
        let Fitted { instance, solution, quotas, .. } = fitted;
        let departures = departures(&instance, &solution)?;
        let items = maker.items(&instance, &problem, &solution, steps.each);
        let built: Vec<CandidateIx> = items.iter().map(|item| item.candidate).collect();
        obligations.items = must.items_of(&obligations, &built);
        let (_, closes) = must.closes(&built, 5);
        let built: Vec<&Candidate> = items.iter().map(|item| &found[item.candidate]).collect();
        let on_site = site.build(&built);
        let traces = site.traces(&built, &on_site);
        let after = match &steps.last {
            Some((stack, account)) => Situation::of(&Analysis::of(stack), account),
            None => before.clone(),
        };
        let last = steps.last.as_ref().map_or(&account, |(_, account)| account);
        let share = |item: &PlanItem| {
            let (days, running) = effort_of(&found[item.candidate]);
            Share { change: item.change, days: days.likely, running: running.likely, finish: item.finish.0 }
        };
        let balance = Balance::of(&settings, [&account, last], &items.iter().map(share).collect::<Vec<Share>>());
        let (doubtful, is_all_priced) = maker.doubtful(&built, last, site.worth(&on_site));
        let target = steps.last.map_or_else(|| analysis.stack.clone(), |(stack, _)| stack);
        let is_new = |id: &&str| analysis.stack.find_system(id).is_none();
        let adopted =
            target.systems.iter().map(|system| system.id.as_str()).filter(is_new).map(str::to_owned).collect();
        let stated = problem.in_numbers(&found, &settings, options);
        let is_bounded = stated.clone().within_bounds() != stated;
        let limits = Limits {
            is_whole,
            has_all_points,
            is_bounded,
            is_all_priced,
            trials: &trials,
            uncertainty: uncertainty.as_ref(),
        };
        let mut assumptions = assumptions(&settings, &found, (&items, &obligations), &before, options, limits);
        assumptions.extend(quotas.iter().filter_map(overrun));
        assumptions.sort_by(|a, b| (&a.key, &a.words).cmp(&(&b.key, &b.words)));
        let net_value = solution.plan.net_value;
        let work =
            BUILT * (site.count_built() + 2) * analysis.stack.count_entries() + solution.nodes * problem.items.len();
        Ok(Self {
            work,
            settings,
            links,
            is_whole,
            points,
            gaps,
            answers,
            candidates: found,
            doubtful,
            problem,
            instance,
            solution,
            items,
            quotas,
            obligations,
            ways,
            asked_stage: stage,
            plain,
            closes,
            net_value,
            balance,
            departures,
            target,
            adopted,
            traces,
            before,
            after,
            ranges,
            uncertainty,
            assumptions,
        })
    }

    /// The candidate of an item.
    #[must_use]
    pub fn candidate(&self, item: &PlanItem) -> &Candidate {
        &self.candidates[item.candidate]
    }

    /// The item of the plan with this id.
    #[must_use]
    pub fn find(&self, id: &str) -> Option<&PlanItem> {
        self.items.iter().find(|item| self.candidate(item).id == id)
    }

    /// The item that a candidate is, if it was among those that were chosen from.
    #[must_use]
    pub fn item_of(&self, candidate: &Candidate) -> Option<ItemIx> {
        self.problem.items.position(|at| self.candidates[*at].id == candidate.id)
    }
}

/// The same options with the ids of the items that they name by id or by title.
fn by_id(all: &[Candidate], options: &Options) -> Result<Options, PlanError> {
    let ids =
        |names: &[String]| names.iter().map(|name| candidate_named(all.iter(), name)).collect::<Result<Vec<_>, _>>();
    Ok(Options { with: ids(&options.with)?, without: ids(&options.without)?, ..options.clone() })
}

/// The id of the candidate that `name` is the id or the title of, letter case aside.
///
/// # Errors
/// Where there is none, with the nearest, or several.
pub fn candidate_named<'c>(all: impl Iterator<Item = &'c Candidate> + Clone, name: &str) -> Result<String, PlanError> {
    if all.clone().any(|one| one.id == *name) {
        return Ok(name.to_owned());
    }
    let wanted = name.trim().to_lowercase();
    let found: Vec<&str> =
        all.clone().filter(|one| one.title.to_lowercase() == wanted).map(|one| one.id.as_str()).collect();
    match found.as_slice() {
        [one] => Ok((*one).to_owned()),
        [] => {
            let known = all.clone().map(|one| one.id.as_str()).chain(all.map(|one| one.title.as_str()));
            let near = crate::source::nearest(name, known).map(str::to_owned);
            Err(PlanError::UnknownName { item: name.to_owned(), near })
        }
        several => {
            let ids = several.iter().map(|id| (*id).to_owned()).collect();
            Err(PlanError::SeveralNamed { item: name.to_owned(), ids })
        }
    }
}

/// Items that are asked for must be buildable; they are named by their ids.
fn check_names(all: &[Candidate], problem: &Problem, options: &Options) -> Result<(), PlanError> {
    for (at, one) in all.iter().enumerate() {
        let id = &one.id;
        if options.with.contains(id) && !problem.items.iter().any(|item| *item == CandidateIx::new(at)) {
            return Err(PlanError::NotBuildable { item: id.clone(), why: all[at].obstacles.join("; ") });
        }
    }
    Ok(())
}

/// What `candidate` takes and costs.
#[must_use]
pub fn effort_of(candidate: &Candidate) -> (Range<f64>, Range<f64>) {
    (sum(&candidate.effort), sum(&candidate.running))
}
