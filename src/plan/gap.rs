//! What the rules find and nobody accepted: what a plan has an answer for, or says that it has none.

use sinew_order::List;

use crate::analysis::{Analysis, Component, Finding};
use crate::model::SystemIx;

use super::candidates::{Point, PointIx, Subject};
use super::link::{Link, LinkIx};

sinew_order::index! {
    /// A standing finding, in the list of all.
    pub GapIx
}

/// The findings of today that nobody accepted, in the order of findings.
#[must_use]
pub fn gaps(findings: &[Finding]) -> List<GapIx, Finding> {
    findings.iter().filter(|finding| !finding.is_accepted).cloned().collect()
}

/// The links and single points whose candidates are for this finding as well; sorted. What is for it alone names it.
#[must_use]
pub fn subjects(
    analysis: &Analysis<'_>,
    links: &List<LinkIx, Link>,
    points: &List<PointIx, Point>,
    finding: &Finding,
) -> Vec<Subject> {
    let stack = analysis.stack;
    let first = finding.subjects[0].as_str();
    let system = stack.find_system(first);
    let is_about = |link: &Link| -> bool {
        let is_tool = |ix: SystemIx| system == Some(ix);
        match finding.rule {
            "manual-handoff" => {
                let chains = &analysis.handoffs.chains;
                let is_chain = |at: &usize| finding.id.strip_prefix("manual-handoff:") == Some(&chains[*at].id);
                link.chains.iter().any(is_chain)
            }
            // Of a step by hand on its way each link that takes it out.
            "file-relay" | "repeated-entry" | "stale-feed" => {
                link.steps.iter().any(|step| finding.flows.contains(step))
            }
            "ai-silo" => is_tool(link.from) || is_tool(link.to),
            "missing-feedback" => link.loops.iter().copied().any(is_tool),
            "unsupplied-need" => link.needs.iter().any(|process| stack.process(*process).id.as_str() == first),
            _ => false,
        }
    };
    let of_links = links.enumerate().filter(|(_, link)| is_about(link)).map(|(at, _)| Subject::Link(at));
    let component = match finding.rule {
        "single-point-of-failure" => system.map(Component::System),
        "bus-factor" => stack.find_team(first).map(Component::Team),
        _ => None,
    };
    let of_points = points.enumerate().filter(|(_, point)| Some(point.component) == component);
    of_links.chain(of_points.map(|(at, _)| Subject::Point(at))).collect()
}
