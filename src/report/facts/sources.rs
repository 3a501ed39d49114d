//! What a report is written from, and what its files need beside the report itself.

use sinew_draw::Diagram;

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
}

impl Sources<'_> {
    /// The pictures of a report, each with the name of its files and the words on its tab, in the order in which a
    /// reader wants them.
    #[must_use]
    pub fn pictures(&self) -> [(&'static str, &'static str, Diagram); 7] {
        let Self { analysis, findings, plan, .. } = *self;
        let target = Analysis::of(&plan.target);
        [
            ("landscape", "Landscape", views::landscape(analysis)),
            ("handoffs", "Handoffs", views::handoffs(analysis)),
            ("failure", "What can fail", views::failure(analysis)),
            ("stage", "Where we stand", views::stage(analysis, findings)),
            ("roadmap", "The plan", views::roadmap(analysis, plan)),
            ("target", "Target", views::target(analysis, &target, plan)),
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
