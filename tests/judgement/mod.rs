//! Rules, stages, comparison, anonymizing and writing, held against whole stacks.

mod anonymize;
mod calls;
mod criteria;
mod diff;
mod every_rule;
mod governance;
mod identity;
mod keys;
mod oracle;
mod round_trip;
pub(crate) mod stacks;
mod stages;
