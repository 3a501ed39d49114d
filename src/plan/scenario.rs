//! What a scenario keeps of the stack that it edits.

use std::collections::BTreeSet;

use crate::analysis::{Analysis, Fact};
use crate::model::Stack;

use super::edit::keep_origins;

/// `target` is what a scenario makes of the stack of `base`. What counts as an origin there still does, though a flow is
/// added that brings the object: the system says that it makes it, marked as a guess.
pub fn keep_assumed_origins(base: &Analysis<'_>, target: &mut Stack) {
    let now: BTreeSet<Fact> = Analysis::of(target).supply.assumed_origins().iter().copied().collect();
    let same = |fact: &Fact| {
        let at = target.find_system(base.stack.system(fact.at).id.as_str())?;
        let data = target.find_data(base.stack.data_object(fact.data).id.as_str())?;
        Some(Fact { at, data })
    };
    let kept: Vec<Fact> = base.supply.assumed_origins().iter().filter_map(same).collect();
    // Where no flow carries it out any more, nothing has to begin there.
    let out: BTreeSet<Fact> = target
        .live_flows()
        .flat_map(|(_, flow)| flow.data.iter().map(|data| Fact { at: flow.from, data: *data }))
        .collect();
    let lost: Vec<Fact> = kept.into_iter().filter(|fact| !now.contains(fact) && out.contains(fact)).collect();
    keep_origins(target, lost.into_iter());
}
