//! Who could take something on: the team that is nearest to a system in the file.

use crate::model::{SystemIx, TeamIx};

use super::context::Context;

/// The team nearest to a system: who works with it by hand, reviews what it gives or owns what it is joined to, in this
/// order; else the team that owns most, the first by id of several. `None` in a file without teams.
pub(super) fn nearest_team(context: &Context<'_>, ix: SystemIx) -> Option<TeamIx> {
    let stack = context.stack();
    let touching = || stack.live_flows().map(|(_, flow)| flow).filter(|flow| flow.from == ix || flow.to == ix);
    let performer = touching().find_map(|flow| flow.performer);
    let reviewer = || touching().find_map(|flow| flow.review()?.by);
    let neighbor = || touching().find_map(|flow| stack.system(if flow.from == ix { flow.to } else { flow.from }).owner);
    performer.or_else(reviewer).or_else(neighbor).or(context.first_team())
}
