//! What every failure does, for programs: written as it comes.

use serde::Serialize;

use super::cut::Extent;
use super::outage::Each;
use super::process::EachProcess;
use super::{Report, StackOverview, Structure};
use crate::analysis::Analysis;
use crate::model::unused;

/// The report of every component's failure, as [`Report`] prints it. Of a hundred thousand failures only the one that is
/// being written is held in words, and nothing is called by its name.
#[derive(Serialize)]
pub struct Outages<'a> {
    sinew: u32,
    stack: StackOverview,
    outages: Each<'a>,
    unused_arrivals: usize,
    processes: EachProcess<'a>,
    structure: Structure,
}

impl<'a> Outages<'a> {
    /// With cut sets of up to `order` components.
    #[must_use]
    pub fn of(analysis: &'a Analysis<'a>, order: u32) -> Self {
        let stack = analysis.stack;
        // Before the failures are there, which take more room than anything else.
        let structure = Structure::of(stack);
        Self {
            sinew: Report::VERSION,
            stack: StackOverview::by_id(stack),
            outages: Each::of(analysis, Extent::Told),
            unused_arrivals: unused(stack).len(),
            processes: EachProcess { analysis, order },
            structure,
        }
    }
}
