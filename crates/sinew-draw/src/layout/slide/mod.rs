//! One slide: floor plans, placements and type sizes are tried, the best that fits is drawn.

mod attempt;
mod compose;
mod search;

use super::arranged::Arrangements;
use super::canvas::Canvas;
use super::column;
use super::geometry::Held;
use super::labels::{Label, Lack};
use super::net::Net;
use super::page::Page;
use super::places::Places;
use super::plan::{Effort, Plan};
use super::work::Work;
use crate::legend::{LegendEntry, on_slides};
use crate::scene::Scene;
use crate::{Diagram, Mark};
use attempt::{Attempt, Job, Sizes};
use compose::draw;
use search::{almost_fits, best, hopeful_plans, plans, plans_at, refine, rerouted};

/// Placements tried before one slide is given up, as long as another one may fit.
const SEEDS: [u64; 3] = [1, 2, 3];

/// The slide of all of a diagram.
pub(super) struct Whole {
    pub(super) scene: Scene,
    /// Edges whose words are left unsaid or shortened, ascending.
    pub(super) unsaid: Vec<usize>,
    pub(super) places: Places,
}

/// The slide of a diagram with all its words, or `None` where it does not fit with readable names.
pub(super) fn slide(
    diagram: &Diagram,
    notes: &[String],
    effort: Effort,
    (work, known): (&Work, &Arrangements),
) -> Option<Scene> {
    let net = Net::new(diagram);
    let sizes = Sizes::of(diagram);
    let pages = pages(diagram, notes);
    let job = Job {
        diagram,
        net: &net,
        sizes: &sizes,
        pages,
        may_lack: Lack::Nothing,
        tight: false,
        work,
        known,
        held: Held::default(),
    };
    if diagram.nodes.is_empty() {
        return Some(Canvas::new(diagram, &job.pages[0]).scene);
    }
    let plans = plans(&job, effort, 1);
    drawn(&job, &plans, effort)
}

/// The slide of an overview, and where its boxes stand: words that find no room are left unsaid rather than put into a key. Boxes
/// stand in the `places` that are given, if that leaves room for lines.
pub(super) fn overview(
    diagram: &Diagram,
    notes: &[String],
    places: Option<&Places>,
    known: &Arrangements,
) -> Option<(Scene, Places)> {
    let net = Net::new(diagram);
    let sizes = Sizes::of(diagram);
    let search = Search { diagram, net: &net, sizes: &sizes, work: &Work::default(), known };
    let job = |held| Job { pages: pages(diagram, notes), may_lack: Lack::Lesser, ..search.job(held) };
    let there = places.and_then(|places| {
        let [cols, rows] = places.spacings().each_ref().map(Some);
        let plans = plans_at(&job(Held::default()), places);
        let held = [Held { cols, rows }, Held { cols, rows: None }, Held::default()];
        held.into_iter().find_map(|held| search.overview(&job(held), &plans))
    });
    there.or_else(|| search.overview(&job(Held::default()), &plans(&job(Held::default()), Effort::Full, 1)))
}

/// The slide of a diagram with all its words, or else with those that a reader cannot do without; `None` where even so
/// it does not fit.
pub(super) fn whole(diagram: &Diagram, known: &Arrangements) -> Option<Whole> {
    let net = Net::new(diagram);
    let sizes = Sizes::of(diagram);
    let search = Search { diagram, net: &net, sizes: &sizes, work: &Work::default(), known };
    let tight = Job { tight: true, ..search.job(Held::default()) };
    for seed in SEEDS {
        let (plans, is_hopeless) = hopeful_plans(&tight, seed);
        let found =
            search.full(&plans, Held::default()).or_else(|| search.sparse(&plans, Held::default(), Lack::Lesser));
        if found.is_some() || is_hopeless || !almost_fits(&tight, &plans) {
            return found;
        }
    }
    None
}

/// The same with boxes in the places that they have in another picture: in the very same if that leaves room for lines and words,
/// else as near to them as it does; where words would be lost for that, only in the same order. A word that has no room even so is
/// left out, where it may be.
pub(super) fn whole_at(diagram: &Diagram, places: &Places, lack: Lack, known: &Arrangements) -> Option<Whole> {
    let net = Net::new(diagram);
    let sizes = Sizes::of(diagram);
    let search = Search { diagram, net: &net, sizes: &sizes, work: &Work::default(), known };
    let [cols, rows] = places.spacings().each_ref().map(Some);
    let plans = plans_at(&search.job(Held::default()), places);
    let held = [Held { cols, rows }, Held { cols, rows: None }, Held::default()];
    let full = || held.into_iter().find_map(|held| search.full(&plans, held));
    let sparse = || held.into_iter().find_map(|held| search.sparse(&plans, held, lack));
    if lack == Lack::Any { sparse() } else { full().or_else(sparse) }
}

/// What all attempts at the slide of a whole diagram share.
struct Search<'a> {
    diagram: &'a Diagram,
    net: &'a Net,
    sizes: &'a Sizes,
    /// One slide and its overview end with their numbers of plans and drafts; only slides of parts can be many.
    work: &'a Work,
    known: &'a Arrangements,
}

impl<'a> Search<'a> {
    fn job(&self, held: Held<'a>) -> Job<'a> {
        let Self { diagram, net, sizes, work, known } = *self;
        let pages = pages(diagram, &[]);
        Job { diagram, net, sizes, pages, may_lack: Lack::Nothing, tight: false, work, known, held }
    }

    /// With all words.
    fn full(&self, plans: &[Plan], held: Held<'a>) -> Option<Whole> {
        let mut job = self.job(held);
        // The same arrangements serve at all densities: with ample distances, with the least.
        [false, true].into_iter().find_map(|tight| {
            job.tight = tight;
            let (plan, attempt) = found(&job, plans, Effort::Full)?;
            Some(Whole {
                scene: scene(&job, &plan, &attempt),
                unsaid: Vec::new(),
                places: self.places(&plan, &attempt),
            })
        })
    }

    /// With fewer words.
    fn sparse(&self, plans: &[Plan], held: Held<'a>, may_lack: Lack) -> Option<Whole> {
        let pages = pages(self.diagram, &[note(0, 0)]);
        let job = Job { pages, may_lack, tight: true, ..self.job(held) };
        let (plan, attempt) = found(&job, plans, Effort::Full)?;
        let (scene, unsaid) = sparse(&job, &plan, &attempt);
        Some(Whole { scene, unsaid, places: self.places(&plan, &attempt) })
    }

    /// With the words that have room.
    fn overview(&self, job: &Job<'_>, plans: &[Plan]) -> Option<(Scene, Places)> {
        let (plan, attempt) = found(job, plans, Effort::Full)?;
        Some((scene(job, &plan, &attempt), self.places(&plan, &attempt)))
    }

    fn places(&self, plan: &Plan, attempt: &Attempt) -> Places {
        Places::of(self.diagram, self.net, (&plan.floor, &plan.cells), attempt.geometry.spacings.clone())
    }
}

/// The slide with a note that says which words it lacks, and the edges of these.
fn sparse(job: &Job<'_>, plan: &Plan, attempt: &Attempt) -> (Scene, Vec<usize>) {
    let (mut unsaid, mut short) = (Vec::new(), Vec::new());
    for (link, label) in job.net.links.iter().zip(&attempt.labels) {
        match label {
            Label::Unsaid | Label::Lost => unsaid.extend(link.beginning()),
            Label::Words(_, _, false) => short.extend(link.beginning()),
            _ => {}
        }
    }
    // The note takes one line whatever its numbers, so that the room beneath it stays as it was measured.
    let pages = pages(job.diagram, &[note(unsaid.len(), short.len())]);
    let page = &pages[usize::from(!attempt.key.is_empty())];
    let scene = draw(Canvas::new(job.diagram, page), job.net, plan, attempt);
    let mut edges: Vec<usize> = unsaid.into_iter().chain(short).collect();
    edges.sort_unstable();
    (scene, edges)
}

/// The diagram without a box: title, legend and foot.
pub(super) fn empty(diagram: &Diagram) -> Scene {
    Canvas::new(diagram, &pages(diagram, &[])[0]).scene
}

fn drawn(job: &Job<'_>, plans: &[Plan], effort: Effort) -> Option<Scene> {
    let (plan, attempt) = found(job, plans, effort)?;
    Some(scene(job, &plan, &attempt))
}

fn found(job: &Job<'_>, plans: &[Plan], effort: Effort) -> Option<(Plan, Attempt)> {
    let (plan, attempt) = best(job, plans, effort)?;
    if effort != Effort::Full {
        return Some((plan.clone(), attempt));
    }
    let (plan, attempt) = rerouted(job, plan, attempt);
    let attempt = refine(job, &plan, attempt);
    Some((plan, attempt))
}

fn scene(job: &Job<'_>, plan: &Plan, attempt: &Attempt) -> Scene {
    let page = &job.pages[usize::from(!attempt.key.is_empty())];
    draw(Canvas::new(job.diagram, page), job.net, plan, attempt)
}

/// What a slide says of the words that it leaves out.
fn note(unsaid: usize, short: usize) -> String {
    let flows = |n: usize| format!("{n} {}", if n == 1 { "flow" } else { "flows" });
    let more = "in full on the slides that follow";
    match (unsaid, short) {
        (0, 0) => "All flows are labeled.".to_owned(),
        (0, n) => format!("Labels of {} are shortened; they are {more}.", flows(n)),
        (n, 0) => format!("Without room for a label here: {}; they are {more}.", flows(n)),
        (n, m) => format!("Without room for a label here: {}, and {m} with a short one; they are {more}.", flows(n)),
    }
}

/// The page without and with the key among the marks of its legend.
fn pages(diagram: &Diagram, notes: &[String]) -> [Page; 2] {
    let mut marks = on_slides(diagram);
    let page = |marks: &[LegendEntry]| {
        let mut page = Page::of(diagram, notes, marks);
        column::set(&mut page, &diagram.aside);
        page
    };
    let plain = page(&marks);
    marks.push(LegendEntry::of(diagram, Mark::Key));
    [plain, page(&marks)]
}
