//! What the rules find and nobody accepted: what a plan has an answer for, or says that it has none.

use std::collections::BTreeMap;

use sinew_order::List;

use crate::analysis::{Analysis, Component, Finding, Severity};
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

/// Whether a finding has to be answered by a candidate or by what is missing for one: all but those of low severity, and
/// each handoff.
#[must_use]
pub fn is_asked(finding: &Finding) -> bool {
    finding.severity != Severity::Low || finding.rule == "manual-handoff"
}

/// For each finding what a candidate for it is for: links and single points whose candidates are for it as well, sorted, and
/// the finding itself.
#[must_use]
pub fn answers(
    analysis: &Analysis<'_>,
    links: &List<LinkIx, Link>,
    points: &List<PointIx, Point>,
    gaps: &List<GapIx, Finding>,
) -> List<GapIx, Vec<Subject>> {
    let mut by_chain: BTreeMap<&str, Vec<Subject>> = BTreeMap::new();
    for (at, link) in links.enumerate() {
        for chain in &link.chains {
            by_chain.entry(&analysis.handoffs().chains[*chain].id).or_default().push(Subject::Link(at));
        }
    }
    let of_points: BTreeMap<Component, Subject> =
        points.enumerate().map(|(at, point)| (point.component, Subject::Point(at))).collect();
    let stack = analysis.stack;
    let one = |(at, finding): (GapIx, &Finding)| -> Vec<Subject> {
        let first = finding.subjects[0].as_str();
        let mut subjects = match finding.rule {
            "manual-handoff" => {
                let chain = finding.id.strip_prefix("manual-handoff:");
                chain.and_then(|chain| by_chain.get(chain)).cloned().unwrap_or_default()
            }
            "single-point-of-failure" => {
                let point = stack.find_system(first).map(Component::System);
                point.and_then(|of| of_points.get(&of)).into_iter().copied().collect()
            }
            "bus-factor" => {
                let point = stack.find_team(first).map(Component::Team);
                point.and_then(|of| of_points.get(&of)).into_iter().copied().collect()
            }
            _ => links
                .enumerate()
                .filter(|(_, link)| is_about(analysis, finding, link))
                .map(|(at, _)| Subject::Link(at))
                .collect(),
        };
        subjects.push(Subject::Gap(at));
        subjects
    };
    gaps.enumerate().map(one).collect()
}

/// Whether joining the ends of a link would do something about a finding that is no handoff.
fn is_about(analysis: &Analysis<'_>, finding: &Finding, link: &Link) -> bool {
    let stack = analysis.stack;
    let first = finding.subjects[0].as_str();
    let is_first = |ix: SystemIx| stack.system(ix).id.as_str() == first;
    match finding.rule {
        // Of a step by hand on its way each link that takes it out.
        "file-relay" | "repeated-entry" | "stale-feed" => link.steps.iter().any(|step| finding.flows.contains(step)),
        "ai-silo" => is_first(link.from) || is_first(link.to),
        "dead-end-output" => {
            let is_lost = |id: &str| finding.data.iter().any(|lost| lost == id);
            is_first(link.from) && link.data.iter().any(|data| is_lost(stack.data_object(*data).id.as_str()))
        }
        "missing-feedback" => link.loops.iter().copied().any(is_first),
        "unsupplied-need" => link.needs.iter().any(|process| stack.process(*process).id.as_str() == first),
        _ => false,
    }
}
