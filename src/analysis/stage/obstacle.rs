//! What exactly is in the way of a criterion: named so that it can be found again in another state of the stack.

use std::collections::{BTreeMap, BTreeSet};

use crate::analysis::Analysis;
use crate::analysis::lineage::Step;
use crate::analysis::rules::unreviewed_content::Path;

/// One thing in the way of a criterion, by ids. What is named alike in two states of a stack is the same thing.
///
/// Of the changes that a plan makes some bring one about and others take it away, and no change does either depending on the
/// rest: it is there where what brings it about is, and all that would take it away is not (`docs/theory/plan.md`).
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Obstacle {
    /// What is there as long as the criterion lists it.
    Named(String),
    /// A way along which content of an AI tool travels unreviewed. The criterion lists only the shortest to each system, but it
    /// is there as long as each of its steps is.
    Way {
        /// The AI tool, by id.
        tool: String,
        /// Flows with the object that each carries, by id.
        steps: Vec<(String, String)>,
    },
}

impl Obstacle {
    /// What these ids name together.
    pub(crate) fn named(parts: &[&str]) -> Self {
        Self::Named(parts.join(" "))
    }

    /// The way of content along `path`.
    pub(crate) fn way(analysis: &Analysis<'_>, path: &Path) -> Self {
        let stack = analysis.stack;
        let id = |step: &Step| match step {
            Step::Carried(flow, data) => {
                Some((stack.flow(*flow).id.to_string(), stack.data_object(*data).id.to_string()))
            }
            Step::Made(..) => None,
        };
        Self::Way { tool: stack.system(path.tool).id.to_string(), steps: path.steps.iter().filter_map(id).collect() }
    }
}

/// The unreviewed steps that content could take in a stack: what says whether a way is still there.
#[derive(Clone, Debug, PartialEq)]
pub struct Unreviewed {
    /// The AI tools that are live, and whether each is in production.
    tools: BTreeMap<String, bool>,
    steps: BTreeSet<(String, String)>,
}

impl Unreviewed {
    /// Those of `analysis`. Linear in the stack.
    #[must_use]
    pub fn of(analysis: &Analysis<'_>) -> Self {
        let stack = analysis.stack;
        let tools = stack.live_systems().map(|(_, system)| system).filter(|system| system.is_ai());
        let flows = stack.live_flows().filter(|(_, flow)| flow.review.is_none());
        let steps = flows.flat_map(|(_, flow)| flow.data.iter().map(move |data| (flow, *data)));
        let content = steps.filter(|(_, data)| stack.data_object(*data).is_content());
        Self {
            tools: tools.map(|tool| (tool.id.to_string(), tool.is_production_ai())).collect(),
            steps: content.map(|(flow, data)| (flow.id.to_string(), stack.data_object(data).id.to_string())).collect(),
        }
    }

    /// Whether the way is there; with `production`, whether it begins at a tool in production.
    #[must_use]
    pub fn has(&self, tool: &str, steps: &[(String, String)], production: bool) -> bool {
        self.tools.get(tool).is_some_and(|is_in_production| *is_in_production || !production)
            && steps.iter().all(|step| self.steps.contains(step))
    }
}
