//! The search for the best attempt: plans are made first, then drawn in the order of what they promise.

use super::super::arranged::{Key, Made, Seats};
use super::super::floor::floors;
use super::super::geometry::Spread;
use super::super::grid::{Cell, Floor};
use super::super::net::Net;
use super::super::place::{place, trimmed};
use super::super::places::Places;
use super::super::plan::{Effort, Plan};
use super::super::route::{Crowd, route};
use super::super::tracks::order;
use super::super::wiring::Wiring;
use super::super::work::Work;
use super::attempt::{Attempt, Draft, Job, attempt, fits, promise, variation};
use crate::parallel::in_order;
use crate::scene::Rect;

/// Ways to weigh width, height and crossings in routing. A crossing is worth a way around most of a box: at a sixth of that the
/// pictures of `cargo bench --bench layout` had half as many crossings again.
const CROWDS: [Crowd; 9] = [
    Crowd { upright: 3, level: 8, cross: 90 },
    Crowd { upright: 2, level: 26, cross: 40 },
    Crowd { upright: 1, level: 70, cross: 90 },
    Crowd { upright: 3, level: 8, cross: 40 },
    Crowd { upright: 2, level: 26, cross: 90 },
    Crowd { upright: 1, level: 70, cross: 40 },
    Crowd { upright: 3, level: 8, cross: 160 },
    Crowd { upright: 2, level: 26, cross: 160 },
    Crowd { upright: 1, level: 70, cross: 160 },
];
/// How many of them every arrangement is routed in; the others are for the best.
const USUAL: usize = 3;
/// Lines below which a slide is drawn without asking first, and drafts drawn to ask.
const FEW: usize = 40;
const PROBES: usize = 8;
/// Lines below which many more plans and drafts cost nothing to speak of.
const FEWEST: usize = 16;
/// What labels must cost for a smaller size to be worth drawing.
const SMALLER: f64 = 3.0;
/// Drafts drawn side by side.
const BATCH: usize = 4;
/// How much larger than the room of a slide a plan may be for others like it to be worth making, and plans of how many floors tell.
const NEARLY: f64 = 1.15;
const FIRST: usize = 4;
/// The same of all plans for those of another seed to be worth making: of 460 random stacks of 14 to 60 systems 16 had a slide by the
/// second or third seed alone, and each of these had a plan of the first that fits but for its words.
const ALMOST: f64 = 1.01;
/// Ways to use width: words on one line, on two.
const WIDE: [f64; 3] = [1.0, 0.4, 0.0];

/// Plans worth drawing: the most promising floors, each routed in all ways.
pub(super) fn plans(job: &Job<'_>, effort: Effort, seed: u64) -> Vec<Plan> {
    plans_unless(job, effort, seed, |_| false)
}

/// The same with [all effort](Effort::Full), of which only the first few are made where these are far from fitting, with whether they are.
pub(super) fn hopeful_plans(job: &Job<'_>, seed: u64) -> (Vec<Plan>, bool) {
    let mut is_hopeless = false;
    let plans = plans_unless(job, Effort::Full, seed, |first| {
        is_hopeless = !fits_with(job, first, NEARLY);
        is_hopeless
    });
    (plans, is_hopeless)
}

/// All plans, or those of the first floors where `enough` of these.
fn plans_unless(job: &Job<'_>, effort: Effort, seed: u64, enough: impl FnOnce(&[Plan]) -> bool) -> Vec<Plan> {
    let (count, work) = match effort {
        Effort::Full if job.net.links.len() < FEWEST => (40, 4_000_000),
        Effort::Full => (10, 4_000_000),
        Effort::Quick => (3, 1_200_000),
        Effort::Hasty => (1, 100_000),
    };
    let crowds = if effort == Effort::Hasty { 1 } else { USUAL };
    let room = &job.pages[0].room;
    let floors = floors(job.net, (room.w, room.h), count, job.work);
    let of_floor = |floor: &Floor| arranged(job, floor, Seats::Sought { seed, effort: work }, crowds);
    let (first, others) = floors.split_at(floors.len().min(FIRST));
    let all = |floors: &[Floor]| in_order(floors, of_floor).into_iter().flatten().collect::<Vec<Plan>>();
    let mut plans = all(first);
    if !others.is_empty() && !enough(&plans) {
        plans.extend(all(others));
    }
    plans
}

/// Plans in which boxes stand in the places that are given.
pub(super) fn plans_at(job: &Job<'_>, places: &Places) -> Vec<Plan> {
    let (floor, cells) = places.applied(job.diagram, job.net);
    arranged(job, &floor, Seats::Given(cells), USUAL)
}

/// Boxes in their seats, with the lines routed in the first of the ways; made only where it is not known.
fn arranged(job: &Job<'_>, floor: &Floor, seats: Seats, crowds: usize) -> Vec<Plan> {
    let make = |key: &Key| {
        let work = Work::default();
        let plans = match &key.seats {
            Seats::Sought { seed, effort } => {
                let cells = place(job.net, floor, *seed, *effort, &work);
                let (floor, cells) = trimmed(job.net, floor, &cells);
                routed(job.net, &floor, &cells, crowds, &work)
            }
            Seats::Given(cells) => routed(job.net, floor, cells, crowds, &work),
        };
        Made { plans, work: work.spent() }
    };
    let key = Key::of(job.net, floor, seats, crowds);
    let made = job.known.made(key, make);
    job.work.add_all(made.work);
    made.plans
}

fn routed(net: &Net, floor: &Floor, cells: &[Cell], crowds: usize, work: &Work) -> Vec<Plan> {
    let routed = |&crowd: &Crowd| {
        let routes = route(net, floor, cells, crowd);
        let wiring = Wiring::new(net, floor, cells, &routes);
        let order = order(&wiring, work);
        Plan { floor: floor.clone(), cells: cells.to_vec(), routes, wiring, order }
    };
    CROWDS[..crowds].iter().map(routed).collect()
}

/// A draft not drawn yet, and what it costs at least.
struct Lead {
    promise: f64,
    plan: usize,
    wide: usize,
    index: usize,
}

/// The best attempt. Drafts are drawn in the order of what they promise, until none left promises more than has been
/// reached, or enough have been drawn; of each plan and use of width the largest size that fits, then smaller ones.
pub(super) fn best<'p>(job: &Job<'_>, plans: &'p [Plan], effort: Effort) -> Option<(&'p Plan, Attempt)> {
    // Most slides that are too full are found to be so at the least size.
    let probed = probe(job, plans)?;
    // With all words, captions are dropped only where nothing fits with them.
    let ranges: &[&[bool]] = if job.is_sparse() { &[&[true, false]] } else { &[&[true], &[false]] };
    let found = ranges.iter().find_map(|captions| search(job, plans, effort, captions));
    let better = |a: &(usize, Attempt), b: &(usize, Attempt)| a.1.cost < b.1.cost - 1e-9;
    let (plan, attempt) = match (found, probed) {
        (Some(f), Some(p)) if job.is_sparse() && better(&p, &f) => p,
        (Some(f), _) => f,
        (None, p) => p?,
    };
    Some((&plans[plan], attempt))
}

/// Whether some plan fits at the least size but for its words, or as good as fits.
pub(super) fn almost_fits(job: &Job<'_>, plans: &[Plan]) -> bool {
    fits_with(job, plans, ALMOST)
}

/// Whether some plan would fit at the least size but for its words if the room were so many times as wide and high: boxes that
/// stand elsewhere might then do.
fn fits_with(job: &Job<'_>, plans: &[Plan], times: f64) -> bool {
    let index = job.sizes.range(false).end - 1;
    let room = &job.pages[0].room;
    let area = Rect { w: room.w * times, h: room.h * times, ..*room };
    let fitting = |plan: &Plan| {
        let spread = vec![Spread::Even; plan.floor.cols + 1];
        fits(job, Draft { plan, index, wide: WIDE[WIDE.len() - 1], spread: &spread }, &area)
    };
    in_order(plans, fitting).contains(&true)
}

/// The best of the most promising drafts at the least size without captions: `None` where none of them fits, nothing
/// found yet where there are so few lines that asking is not worth it.
#[allow(clippy::option_option, reason = "given up, nothing yet, and found are three things")]
fn probe(job: &Job<'_>, plans: &[Plan]) -> Option<Option<(usize, Attempt)>> {
    if job.net.links.len() < FEW {
        return Some(None);
    }
    let index = job.sizes.range(false).end - 1;
    let spreads: Vec<Vec<Spread>> = plans.iter().map(|p| vec![Spread::Even; p.floor.cols + 1]).collect();
    let draft = |plan: usize| Draft { plan: &plans[plan], index, wide: WIDE[WIDE.len() - 1], spread: &spreads[plan] };
    let all: Vec<usize> = (0..plans.len()).collect();
    let promised = in_order(&all, |&plan| promise(job, draft(plan)));
    let mut leads: Vec<(f64, usize)> = promised.into_iter().zip(all).filter_map(|(p, plan)| Some((p?, plan))).collect();
    leads.sort_by(|a, b| a.0.total_cmp(&b.0));
    leads.truncate(PROBES);
    let drawn = in_order(&leads, |&(_, plan)| attempt(job, draft(plan)).map(|a| (plan, a)));
    let found = drawn.into_iter().flatten().min_by(|a, b| a.1.cost.total_cmp(&b.1.cost))?;
    Some(Some(found))
}

fn search(job: &Job<'_>, plans: &[Plan], effort: Effort, captions: &[bool]) -> Option<(usize, Attempt)> {
    let (enough, most) = match effort {
        Effort::Full if job.net.links.len() < FEWEST => (200, 240),
        Effort::Full if job.net.links.len() < FEW => (36, 48),
        Effort::Full => (20, 40),
        Effort::Quick => (8, 24),
        Effort::Hasty => (1, BATCH),
    };
    // In haste only the narrowest boxes are tried, which fit soonest.
    let widths = if effort == Effort::Hasty { WIDE.len() - 1..WIDE.len() } else { 0..WIDE.len() };
    let spreads: Vec<Vec<Spread>> = plans.iter().map(|p| vec![Spread::Even; p.floor.cols + 1]).collect();
    let draft = |plan: usize, wide: usize, index: usize| Draft {
        plan: &plans[plan],
        index,
        wide: WIDE[wide],
        spread: &spreads[plan],
    };
    // The largest size from `index` on at which boxes and lines fit.
    let lead = |plan: usize, wide: usize, from: usize, end: usize| {
        (from..end)
            .find_map(|index| promise(job, draft(plan, wide, index)).map(|promise| Lead { promise, plan, wide, index }))
    };
    let end = |index: usize| job.sizes.range(job.sizes.range(true).contains(&index)).end;
    let of_plan = |&plan: &usize| -> Vec<Lead> {
        let ways = widths.clone().flat_map(|wide| captions.iter().map(move |&c| (wide, job.sizes.range(c))));
        let mut leads: Vec<Lead> = ways.filter_map(|(wide, range)| lead(plan, wide, range.start, range.end)).collect();
        // Where names are short, boxes have the same width in all ways to use it.
        let mut seen: Vec<(usize, u64)> = Vec::new();
        leads.retain(|lead| {
            let one = (lead.index, lead.promise.to_bits());
            let is_new = !seen.contains(&one);
            seen.push(one);
            is_new
        });
        leads
    };
    let all: Vec<usize> = (0..plans.len()).collect();
    let mut leads: Vec<Lead> = in_order(&all, of_plan).into_iter().flatten().collect();
    let mut best: Option<(usize, Attempt)> = None;
    let mut tried = 0;
    loop {
        // Leads are drawn in batches of a fixed size, so that the number of threads changes nothing.
        leads.sort_by(|a, b| a.promise.total_cmp(&b.promise));
        let reached = best.as_ref().map_or(f64::INFINITY, |b| b.1.cost);
        let hopeful = leads.iter().take(BATCH).take_while(|l| l.promise < reached).count();
        if hopeful == 0 || tried >= if best.is_some() { enough } else { most } {
            return best;
        }
        tried += hopeful;
        let batch: Vec<Lead> = leads.drain(..hopeful).collect();
        let drawn = in_order(&batch, |l| {
            let drawn = attempt(job, draft(l.plan, l.wide, l.index));
            // Where labels cost much, a smaller size may be the better one; what they cost it will likely be near.
            let extra = drawn.as_ref().map_or(SMALLER, |a| a.cost - l.promise);
            let next = if extra >= SMALLER { lead(l.plan, l.wide, l.index + 1, end(l.index)) } else { None };
            (drawn, next.map(|n| Lead { promise: n.promise + 0.25 * extra, ..n }))
        });
        for (l, (drawn, next)) in batch.iter().zip(drawn) {
            leads.extend(next);
            if let Some(a) = drawn
                && best.as_ref().is_none_or(|b| a.cost < b.1.cost - 1e-9)
            {
                best = Some((l.plan, a));
            }
        }
    }
}

/// The best attempt at the same boxes in the same places with lines that weigh crossings otherwise; where none is better, what there is.
pub(super) fn rerouted(job: &Job<'_>, plan: &Plan, best: Attempt) -> (Plan, Attempt) {
    let all = arranged(job, &plan.floor, Seats::Given(plan.cells.clone()), CROWDS.len());
    let others = all.get(USUAL..).unwrap_or_default();
    let spread = vec![Spread::Even; plan.floor.cols + 1];
    let drawn =
        in_order(others, |plan| attempt(job, Draft { plan, index: best.index, wide: best.kind.wide, spread: &spread }));
    let better = |(plan, drawn): (_, Option<Attempt>)| drawn.filter(|a| a.cost < best.cost - 1e-9).map(|a| (plan, a));
    let found = others.iter().zip(drawn).filter_map(better).min_by(|a, b| a.1.cost.total_cmp(&b.1.cost));
    found.map_or_else(|| (plan.clone(), best), |(plan, attempt)| (plan.clone(), attempt))
}

/// Tries other uses of each upright channel's width, and keeps those that leave fewer numbers.
pub(super) fn refine(job: &Job<'_>, plan: &Plan, mut best: Attempt) -> Attempt {
    let mut spread = vec![Spread::Even; plan.floor.cols + 1];
    for v in 0..spread.len() {
        if plan.wiring.upright[v].wires.is_empty() || best.key.is_empty() {
            continue;
        }
        let others = [Spread::Low, Spread::High, Spread::Middle].map(|choice| {
            let mut other = spread.clone();
            other[v] = choice;
            other
        });
        let drawn = in_order(&others, |spread| {
            variation(job, Draft { plan, index: best.index, wide: best.kind.wide, spread }, &best)
        });
        for (other, drawn) in others.into_iter().zip(drawn) {
            if let Some(a) = drawn
                && a.cost < best.cost - 1e-9
            {
                (best, spread) = (a, other);
            }
        }
    }
    best
}
