//! Which AI tools take part in the stack: that make or move something, and that are joined to it by automated flows.

use crate::model::{Stack, System, SystemIx};

/// Whether a system is one that an AI tool can be joined to: live, no AI tool itself, and more than a carrier.
fn is_anchor(system: &System) -> bool {
    system.is_live() && !system.is_ai() && !system.is_carrier()
}

/// What each system has to do with live flows; by place. Found in one pass over the flows.
#[derive(Clone, Debug)]
pub struct Reach {
    moves: Vec<bool>,
    is_joined: Vec<bool>,
}

impl Reach {
    /// Looks at the live flows of `stack`, standby flows included.
    #[must_use]
    pub fn of(stack: &Stack) -> Self {
        let none = vec![false; stack.systems.len()];
        let mut this = Self { moves: none.clone(), is_joined: none };
        for (_, flow) in stack.live_flows() {
            for (end, other) in [(flow.from, flow.to), (flow.to, flow.from)] {
                this.moves[end.at()] = true;
                this.is_joined[end.at()] |= !flow.is_manual() && is_anchor(stack.system(other));
            }
        }
        this
    }

    /// Whether `system` makes an object, or a live flow begins or ends there.
    #[must_use]
    pub fn makes_or_moves(&self, stack: &Stack, system: SystemIx) -> bool {
        self.moves[system.at()] || !stack.system(system).makes.is_empty()
    }

    /// Whether a live automated flow, in or out, joins `system` to one that is neither AI tool nor carrier.
    #[must_use]
    pub fn is_joined(&self, system: SystemIx) -> bool {
        self.is_joined[system.at()]
    }
}
