//! The outage of a process as a fault tree.

use sinew_graph::and_or::LabelIx;
use sinew_graph::cut_sets::Goals;
use sinew_graph::fault_tree::{FaultTree, TooManyGates};
use sinew_graph::ix::{IxSet, IxVec};

use crate::analysis::Analysis;
use crate::analysis::outages::component_id;
use crate::analysis::resilience::stated_unavailability;
use crate::model::ProcessIx;

/// Gates that the tree of one process may have: more than tools of the field read in reasonable time.
const MOST_GATES: usize = 100_000;

/// A fault tree with the names of what can fail in it.
#[derive(Clone, Debug)]
pub struct NamedTree {
    /// What the process is called.
    pub title: String,
    /// Gates and basic events under the top event.
    pub tree: FaultTree,
    /// What each label of the tree is.
    pub events: IxVec<LabelIx, BasicEvent>,
}

/// What can fail, and how likely it has.
#[derive(Clone, Debug, PartialEq)]
pub struct BasicEvent {
    /// Its id; any text.
    pub name: String,
    /// The probability that it has failed, 0 to 1.
    pub unavailability: f64,
}

/// The outage of a process as a fault tree over all components; those without availability never fail in it, and stand
/// in its cut sets all the same.
///
/// # Errors
/// Where the loops of the process unroll to too many gates.
pub fn fault_tree(analysis: &Analysis<'_>, process: ProcessIx) -> Result<NamedTree, TooManyGates> {
    let supply = &analysis.supply;
    let goals = Goals::of(supply.with_standby().graph());
    let may_fail = IxSet::all(supply.components().len());
    let tree = FaultTree::of(&goals, supply.runs(process), &may_fail, MOST_GATES)?;
    let events = supply.components().iter().map(|component| BasicEvent {
        name: component_id(analysis.stack, *component).to_owned(),
        unavailability: stated_unavailability(analysis.stack, *component).unwrap_or(0.0),
    });
    Ok(NamedTree { title: analysis.stack.process(process).name.to_string(), tree, events: events.collect() })
}
