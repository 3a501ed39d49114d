//! The stage view: the ladder of maturity, what each stage asks for, where the stack stands, and what blocks it.

use crate::analysis::stage::{Constraint, Criterion, STAGES, Standing, State, standing};
use crate::analysis::words::listed;
use crate::analysis::{Analysis, Finding};
use crate::report::facts::message::stage_title;
use crate::report::say::criterion as criterion_name;
use sinew_draw::{Arrangement, Cluster, Diagram, Emphasis, Node, Role};

use super::elements::Elements;
use super::phrases::{capital, spelled};

/// One frame for each stage, from the lowest, with its criteria as boxes: a tick where one is met, a cross where it is
/// not, a question mark where the file does not say, a dash where there is nothing to judge. `findings` are those of `analysis`.
#[must_use]
pub fn stage(analysis: &Analysis<'_>, findings: &[Finding]) -> Diagram {
    let standing = standing(analysis, findings);
    let clusters = STAGES.iter().map(|(number, name)| cluster(&standing, *number, name)).collect();
    let nodes = standing.criteria.iter().map(node).collect();
    let title = stage_title(standing.stage, standing.constraint, standing.next.len());
    let subtitle = subtitle(&standing);
    let alt = format!("{title}. The five stages with their criteria: {subtitle}.");
    Diagram {
        title,
        subtitle,
        source: Elements::of(analysis).source(),
        alt,
        clusters,
        nodes,
        arrangement: Arrangement::Ladder,
        ..Diagram::default()
    }
}

fn cluster(standing: &Standing, number: u8, name: &str) -> Cluster {
    let here = if number == standing.stage { ": you are here" } else { "" };
    Cluster { id: frame(number), name: format!("{number} {}{here}", capital(name)) }
}

fn frame(stage: u8) -> String {
    format!("stage-{stage}")
}

fn node(criterion: &Criterion) -> Node {
    let (emphasis, state) = match criterion.state {
        State::Met => (Emphasis::Met, "met"),
        State::NotMet => (Emphasis::NotMet, "not met"),
        State::NotKnown => (Emphasis::NotKnown, "not known"),
        State::NothingToJudge => (Emphasis::NothingToJudge, "nothing to judge"),
    };
    let in_the_way = match (criterion.state, criterion.weight) {
        (State::NotMet, weight) if weight > 1 => format!("{weight} to fix"),
        _ => String::new(),
    };
    let entry = if criterion.part_of == Constraint::Entry { "entry" } else { "" };
    let caption: Vec<&str> =
        [entry, state, in_the_way.as_str()].into_iter().filter(|words| !words.is_empty()).collect();
    Node {
        id: criterion.id.to_owned(),
        name: capital(&criterion_name(criterion.id)),
        caption: caption.join(" · "),
        cluster: Some(frame(criterion.stage)),
        role: Role::Step,
        emphasis,
        tooltip: format!("{}: {}", criterion.wants, evidence(criterion)),
        ..Node::default()
    }
}

/// Lines of evidence that a tooltip holds before the rest is counted.
const SHOWN: usize = 8;

fn evidence(criterion: &Criterion) -> String {
    let mut shown = criterion.evidence.iter().take(SHOWN).map(String::as_str).collect::<Vec<_>>().join("; ");
    if criterion.evidence.len() > SHOWN {
        shown.push_str(&format!("; and {} more", criterion.evidence.len() - SHOWN));
    }
    shown
}

/// What to meet for the next stage, easiest first.
fn subtitle(standing: &Standing) -> String {
    if standing.next.is_empty() {
        return "Every criterion of every stage is met".to_owned();
    }
    let names: Vec<String> = standing.next.iter().map(|id| criterion_name(id)).collect();
    let many = if names.len() > NAMED {
        format!("{} and {} more", names[..NAMED - 1].join(", "), spelled(names.len() + 1 - NAMED))
    } else {
        listed(&names)
    };
    format!("To reach stage {}, easiest first: {many}", standing.stage + 1)
}

/// Criteria that the subtitle names before the rest is counted.
const NAMED: usize = 4;

#[cfg(test)]
mod tests {
    use super::super::samples::{MIXED, seen};
    use super::*;

    #[test]
    fn every_criterion_is_a_box_in_the_frame_of_its_stage_and_says_its_state() {
        seen(MIXED, |analysis| {
            let findings = analysis.findings();
            let (diagram, standing) = (stage(analysis, &findings), standing(analysis, &findings));
            assert_eq!(diagram.title, "Stage 1 of 5: gaps in the AI policy block stage 2; four criteria to meet");
            assert_eq!(diagram.nodes.len(), standing.criteria.len());
            assert_eq!(diagram.clusters[0].name, "1 Ad hoc: you are here");
            for (node, criterion) in diagram.nodes.iter().zip(&standing.criteria) {
                assert_eq!(node.cluster, Some(format!("stage-{}", criterion.stage)));
                let word = criterion.state.as_str().replace('-', " ");
                assert!(node.caption.split(" · ").any(|part| part == word), "{}: {}", node.id, node.caption);
            }
            let known = diagram.nodes.iter().filter(|node| node.emphasis != Emphasis::NotKnown).count();
            assert!(known > 0 && known < diagram.nodes.len());
        });
    }
}
