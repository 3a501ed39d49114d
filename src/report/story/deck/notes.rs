//! What a speaker says to a picture, and the findings and numbers behind it.

use super::tables::words;
use crate::report::facts::{Plan, Report};
use crate::report::say::{bare, grouped};
use crate::report::story::reach;

/// Notes of one kind on a slide before the rest is counted.
const NOTED: usize = 24;

/// What to do, what to take away, then the findings and numbers.
pub(super) fn notes(report: &Report, view: &str) -> Vec<String> {
    let is_about = |rule: &str| match view {
        "handoffs" => ["manual-handoff", "file-relay", "repeated-entry", "dead-end-output"].contains(&rule),
        "failure" => ["single-point-of-failure", "bus-factor", "common-dependency"].contains(&rule),
        "landscape" => ["ai-silo", "missing-feedback", "unsupplied-need", "shadow-ai"].contains(&rule),
        _ => false,
    };
    let message = report.messages.as_ref().and_then(|all| all.get(view));
    let mut notes: Vec<String> =
        message.map(|one| one.so_what.clone()).filter(|words| !words.is_empty()).into_iter().collect();
    for one in message.iter().flat_map(|one| &one.takeaways) {
        notes.push(if one.text.is_empty() { format!("{}.", one.head) } else { format!("{}: {}", one.head, one.text) });
    }
    notes.extend(message.iter().flat_map(|one| &one.also).map(|text| format!("{text}.")));
    let standing: Vec<_> =
        report.findings.iter().flatten().filter(|finding| !finding.accepted && is_about(&finding.rule)).collect();
    notes.extend(standing.iter().take(NOTED).map(|finding| {
        let evidence = finding.evidence.join("; ");
        bare(&format!("{} {}: {} ({evidence})", finding.severity.as_str(), finding.rule, finding.message))
    }));
    if standing.len() > NOTED {
        notes.push(format!("And {} more of these findings; report.md has them.", standing.len() - NOTED));
    }
    match view {
        "stage" => notes.extend(report.stage.iter().flat_map(|stage| &stage.criteria).map(|criterion| {
            bare(&format!("Stage {}, {}: {}", criterion.stage, criterion.wants, criterion.evidence.join("; ")))
        })),
        "frontier" => notes.extend(reach::sentences(report).iter().map(words)),
        "roadmap" => notes.extend(report.plan.iter().flat_map(plan_notes)),
        "target" => notes.extend(report.plan.iter().filter_map(|plan| {
            let (before, after) = (plan.before.hours?.likely.get(), plan.after.hours?.likely.get());
            Some(format!("Hours a year by hand: {} today, {} with the plan.", grouped(before), grouped(after)))
        })),
        _ => {}
    }
    // Statements that are takeaways as well are said once.
    let mut said = std::collections::BTreeSet::new();
    notes.retain(|note| said.insert(note.clone()));
    notes
}

fn plan_notes(plan: &Plan) -> Vec<String> {
    let items = plan.items.iter().enumerate().take(NOTED);
    items.map(|(at, item)| format!("{}. {}: {}", at + 1, item.title, item.why.join("; "))).collect()
}
