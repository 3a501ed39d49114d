//! What breaks if …?

use super::Refused;
use super::name::components;
use crate::analysis::Analysis;
use crate::analysis::outages::joint_outage;
use crate::analysis::roads::roads;
use crate::model::unused;
use crate::report::{Report, Structure, outage, process};

/// The report of every component's failure, most severe first, with cut sets of up to `order` components.
#[must_use]
pub fn outages(analysis: &Analysis<'_>, order: u32) -> Report {
    Report {
        outages: Some(outage::outages(analysis)),
        unused_arrivals: Some(unused(analysis.stack).len()),
        processes: Some(process::processes(analysis.stack, &analysis.resilience_to(order))),
        structure: Some(Structure::of(analysis.stack)),
        ..Report::about(analysis)
    }
}

/// The report of what happens where all components called `names` fail together, each process that stops with its reasons.
///
/// # Errors
/// Every name that is none of a component, or of several.
pub fn together(analysis: &Analysis<'_>, names: &[String]) -> Result<Report, Refused> {
    let stack = analysis.stack;
    let components = components(analysis, names)?;
    let found = joint_outage(stack, &analysis.supply, &components);
    let roads = roads(stack, &analysis.supply, &components, &found.processes_down);
    let told = outage::outage(stack, &found).with_reasons(stack, &roads);
    Ok(Report { outages: Some(vec![told]), ..Report::about(analysis) })
}
