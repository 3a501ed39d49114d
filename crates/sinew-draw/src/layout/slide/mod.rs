//! One slide: floor plans, placements and type sizes are tried, the best that fits is drawn.

mod attempt;
mod compose;
mod plan;
mod search;

use super::canvas::Canvas;
use super::labels::Label;
use super::net::Net;
use super::page::{Aside, Page};
use super::work::Work;
use crate::legend::{LegendEntry, legend, meaning};
use crate::scene::Scene;
use crate::{Diagram, Mark};
use attempt::{Attempt, Job, Sizes};
use compose::draw;
pub(super) use plan::Effort;
use plan::Plan;
use search::{best, plans, refine};

/// Placements tried before one slide is given up.
const SEEDS: [u64; 3] = [1, 2, 3];

/// The slide of all of a diagram.
pub(super) enum Whole {
    Full(Scene),
    /// Some words are left unsaid or shortened: those of these edges, ascending.
    Sparse(Scene, Vec<usize>),
}

/// The slide of a diagram with all its words, or `None` where it does not fit with readable names.
pub(super) fn slide(diagram: &Diagram, notes: &[String], effort: Effort, work: &Work) -> Option<Scene> {
    let net = Net::new(diagram);
    let sizes = Sizes::of(diagram);
    let pages = pages(diagram, notes, None);
    let job = Job { diagram, net: &net, sizes: &sizes, pages, sparse: false, tight: false, work };
    if diagram.nodes.is_empty() {
        return Some(Canvas::new(diagram, &job.pages[0]).scene);
    }
    let plans = plans(&job, effort, 1);
    drawn(&job, &plans, effort)
}

/// The slide of an overview: words that find no room are left unsaid rather than put into a key, and `aside` stands at
/// its right.
pub(super) fn overview(diagram: &Diagram, notes: &[String], aside: Option<&Aside>) -> Option<Scene> {
    let net = Net::new(diagram);
    let sizes = Sizes::of(diagram);
    let pages = pages(diagram, notes, aside);
    let work = &Work::default();
    let job = Job { diagram, net: &net, sizes: &sizes, pages, sparse: true, tight: false, work };
    let plans = plans(&job, Effort::Full, 1);
    drawn(&job, &plans, Effort::Full)
}

/// The slide of a diagram with all its words, or else with those that a reader cannot do without; `None` where even so
/// it does not fit.
pub(super) fn whole(diagram: &Diagram) -> Option<Whole> {
    let net = Net::new(diagram);
    let sizes = Sizes::of(diagram);
    let full = pages(diagram, &[], None);
    // One slide and its overview end with their numbers of plans and drafts; only slides of parts can be many.
    let work = &Work::default();
    let mut job = Job { diagram, net: &net, sizes: &sizes, pages: full, sparse: false, tight: false, work };
    if diagram.nodes.is_empty() {
        return Some(Whole::Full(Canvas::new(diagram, &job.pages[0]).scene));
    }
    for seed in SEEDS {
        // The same arrangements serve at all densities: with ample distances, with the least, with fewer words.
        let plans = plans(&job, Effort::Full, seed);
        for tight in [false, true] {
            job.tight = tight;
            if let Some(scene) = drawn(&job, &plans, Effort::Full) {
                return Some(Whole::Full(scene));
            }
        }
        let pages = pages(diagram, &[note(0, 0)], None);
        let job = Job { diagram, net: &net, sizes: &sizes, pages, sparse: true, tight: true, work };
        if let Some((plan, attempt)) = best(&job, &plans, Effort::Full) {
            let attempt = refine(&job, plan, attempt);
            return Some(sparse(&job, plan, &attempt));
        }
    }
    None
}

/// The slide with a note that says which words it lacks.
fn sparse(job: &Job<'_>, plan: &Plan, attempt: &Attempt) -> Whole {
    let (mut unsaid, mut short) = (Vec::new(), Vec::new());
    for (link, label) in job.net.links.iter().zip(&attempt.labels) {
        match label {
            Label::Unsaid => unsaid.extend(&link.edges),
            Label::Words(_, _, false) => short.extend(&link.edges),
            _ => {}
        }
    }
    // The note takes one line whatever its numbers, so that the room beneath it stays as it was measured.
    let pages = pages(job.diagram, &[note(unsaid.len(), short.len())], None);
    let page = &pages[usize::from(!attempt.key.is_empty())];
    let scene = draw(Canvas::new(job.diagram, page), job.net, plan, attempt);
    let mut edges: Vec<usize> = unsaid.into_iter().chain(short).copied().collect();
    edges.sort_unstable();
    if edges.is_empty() { Whole::Full(scene) } else { Whole::Sparse(scene, edges) }
}

fn drawn(job: &Job<'_>, plans: &[Plan], effort: Effort) -> Option<Scene> {
    let (plan, attempt) = best(job, plans, effort)?;
    let attempt = if effort == Effort::Full { refine(job, plan, attempt) } else { attempt };
    let page = &job.pages[usize::from(!attempt.key.is_empty())];
    Some(draw(Canvas::new(job.diagram, page), job.net, plan, &attempt))
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
fn pages(diagram: &Diagram, notes: &[String], aside: Option<&Aside>) -> [Page; 2] {
    let mut marks = legend(diagram);
    let page = |marks: &[LegendEntry]| {
        let mut page = Page::new(&diagram.title, &diagram.subtitle, &diagram.source, notes, marks);
        aside.iter().for_each(|a| page.set_aside(a));
        page
    };
    let plain = page(&marks);
    marks.push(LegendEntry { mark: Mark::Key, words: meaning(diagram, Mark::Key) });
    [plain, page(&marks)]
}
