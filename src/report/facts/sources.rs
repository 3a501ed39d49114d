//! What a report is written from, and what its files need beside the report itself.

use std::sync::Arc;

use sinew_draw::stood::Stood;
use sinew_draw::{Diagram, Emphasis, Paper};

use super::message::Message;
use super::{Report, offline, views};
use crate::analysis::{Analysis, Finding};
use crate::plan::Plan;

/// What a report is written from.
#[derive(Clone, Copy, Debug)]
pub struct Sources<'a> {
    /// The stack and everything computed from it.
    pub analysis: &'a Analysis<'a>,
    /// What the rules found.
    pub findings: &'a [Finding],
    /// The plan for it.
    pub plan: &'a Plan,
    /// The same as `report.json` has it.
    pub report: &'a Report,
    /// Where the boxes of an earlier picture of the stack stand, if this one is to keep their places.
    pub stood: Option<&'a Arc<Stood>>,
}

impl Sources<'_> {
    /// The pictures of a report, each with the name of its files and the words on its tab, in the order in which a
    /// reader wants them.
    #[must_use]
    pub fn pictures(&self) -> [(&'static str, &'static str, Diagram); 7] {
        let Self { analysis, findings, plan, report, stood } = *self;
        let target = Analysis::of(&plan.target);
        let aside = |view: &str| report.messages.as_ref().and_then(|all| all.get(view)).map(Message::aside);
        // All that show the stack leave as much room beside it, so that it stands in one place.
        let beside = |view: &str, diagram: Diagram| {
            let aside = aside(view).or_else(|| aside("landscape")).unwrap_or_default();
            Diagram { aside, ..diagram }
        };
        let landscape = beside("landscape", views::landscape(analysis)).standing_in(stood.cloned());
        let again = |view: &str, diagram: Diagram| beside(view, diagram).standing_as(landscape.clone());
        // What else is to be said stands beside it.
        let mut failure = views::failure(analysis);
        let has = |emphasis| failure.nodes.iter().any(|node| node.emphasis == emphasis);
        failure.subtitle = match (has(Emphasis::Ringed), has(Emphasis::Point) || has(Emphasis::RecededPoint)) {
            (true, true) => "The ring marks what stops most; a red outline what stops a process as well".to_owned(),
            (true, false) => "The ring marks what stops most; what touches it is named, the rest is gray".to_owned(),
            (false, _) => String::new(),
        };
        let stage = closing(views::stage(analysis, findings), report);
        let roadmap = views::roadmap(analysis, plan);
        // The whole stack and the ways to higher stages are looked up, all else is shown.
        let shown = |diagram: Diagram| diagram.in_type(Paper::SHOWN);
        [
            ("landscape", "Landscape", landscape.clone()),
            ("handoffs", "Handoffs", shown(beside("handoffs", views::handoffs(analysis)))),
            ("failure", "What can fail", shown(again("failure", failure))),
            ("stage", "Where we stand", shown(Diagram { aside: aside("stage").unwrap_or_default(), ..stage })),
            ("roadmap", "The plan", shown(Diagram { aside: aside("roadmap").unwrap_or_default(), ..roadmap })),
            ("target", "Target", shown(again("target", views::target(analysis, &target, plan)))),
            ("frontier", "Higher stages", views::frontier(analysis, plan)),
        ]
    }

    /// One page for each AI tool and each single point of failure.
    #[must_use]
    pub fn offline(&self) -> Vec<offline::Page> {
        offline::pages(self.analysis)
    }

    /// The stack that the plan builds, as a stack file.
    #[must_use]
    pub fn target(&self) -> String {
        crate::plan::target::target(self.plan)
    }
}

/// The ladder with the item that closes it in the box of each criterion that the next stage asks for, or with what is missing.
fn closing(ladder: Diagram, report: &Report) -> Diagram {
    let next = report.stage.as_ref().map(|stage| stage.stage + 1);
    let reach = report.plan.as_ref().and_then(|plan| plan.reach.iter().find(|reach| Some(reach.stage) == next));
    let Some(reach) = reach else { return ladder };
    let words = |id: &str| {
        let item = reach.criteria.iter().find(|one| one.id == id).and_then(|one| one.items.last());
        let step = item.and_then(|item| reach.steps.iter().find(|step| step.item == *item));
        let missing = reach.unreachable.iter().find(|one| one.criterion == id);
        let closed = step.map(|step| {
            let by = step.date.as_ref().map(|day| format!(", by {day}")).unwrap_or_default();
            format!("Closed by: {}{by}", step.title)
        });
        closed.or_else(|| missing.map(|one| format!("No item known: {}", one.missing)))
    };
    let mut ladder = ladder;
    for node in &mut ladder.nodes {
        node.notes.extend(words(&node.id));
    }
    ladder
}
