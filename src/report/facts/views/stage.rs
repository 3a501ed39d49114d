//! The stage view: the ladder of maturity, what each stage asks for, where the stack stands, and what blocks it.

use crate::analysis::stage::{Constraint, Criterion, STAGES, Standing, State, standing};
use crate::analysis::words::listed;
use crate::analysis::{Analysis, Finding};
use crate::report::facts::message::stage_title;
use crate::report::say::{bare, criterion as criterion_name};
use sinew_draw::{Arrangement, Cluster, Diagram, Emphasis, Node, Role};

use super::elements::Elements;
use super::phrases::{capital, spelled};

/// One frame for each stage, from the lowest. A box for each criterion that the next stage asks for; all others of a frame share a box
/// for each state: a tick where they are met, a cross where they are not, a question mark where the file does not say, a dash
/// where there is nothing to judge. `findings` are those of `analysis`.
#[must_use]
pub fn stage(analysis: &Analysis<'_>, findings: &[Finding]) -> Diagram {
    let standing = standing(analysis, findings);
    let clusters = STAGES.iter().map(|(number, name)| cluster(&standing, *number, name)).collect();
    let nodes = STAGES.iter().flat_map(|(number, _)| boxes(&standing, *number)).collect();
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

/// The states as they are drawn, what is open first, in words, and behind a number.
const STATES: [(State, Emphasis, &str, &str); 4] = [
    (State::NotMet, Emphasis::NotMet, "not met", "not met"),
    (State::NotKnown, Emphasis::NotKnown, "not known", "not known"),
    (State::Met, Emphasis::Met, "met", "met"),
    (State::NothingToJudge, Emphasis::NothingToJudge, "nothing to judge", "with nothing to judge"),
];

/// The boxes of a stage: what the next one asks for, in its order, then the rest by state. Where nothing is asked for any more, all.
fn boxes(standing: &Standing, stage: u8) -> Vec<Node> {
    let of_stage: Vec<&Criterion> = standing.criteria.iter().filter(|one| one.stage == stage).collect();
    let is_asked = |one: &&&Criterion| standing.next.is_empty() || standing.next.contains(&one.id);
    let mut nodes: Vec<Node> = of_stage.iter().filter(is_asked).map(|one| node(one)).collect();
    for (state, emphasis, _, words) in STATES {
        let rest = of_stage.iter().filter(|one| one.state == state && !is_asked(one));
        let rest: Vec<&Criterion> = rest.copied().collect();
        match rest[..] {
            [] => {}
            [one] => nodes.push(node(one)),
            _ => nodes.push(shared(&rest, stage, emphasis, words)),
        }
    }
    nodes
}

/// Several criteria of a stage and a state in one box.
fn shared(criteria: &[&Criterion], stage: u8, emphasis: Emphasis, words: &str) -> Node {
    let names: Vec<String> = criteria.iter().map(|one| criterion_name(one.id)).collect();
    let told: Vec<String> = criteria.iter().map(|one| format!("{}: {}", one.wants, evidence(one))).collect();
    Node {
        id: format!("{}-{}", frame(stage), words.replace(' ', "-")),
        name: capital(&format!("{} {words}", spelled(criteria.len()))),
        notes: in_brief(names),
        cluster: Some(frame(stage)),
        role: Role::Step,
        emphasis,
        tooltip: told.join("\n"),
        ..Node::default()
    }
}

/// Lines of names in a box that is shared.
const NAMES: usize = 3;

/// The names, a line each, and how many more there are.
fn in_brief(names: Vec<String>) -> Vec<String> {
    let count = names.len();
    let shown = if count > NAMES { NAMES - 1 } else { count };
    let more = (count > shown).then(|| format!("and {} more", count - shown));
    names.into_iter().take(shown).map(|name| capital(&name)).chain(more).collect()
}

fn node(criterion: &Criterion) -> Node {
    let drawn = STATES.into_iter().find(|(state, ..)| *state == criterion.state);
    let (_, emphasis, state, _) = drawn.unwrap_or(STATES[1]);
    let in_the_way = match (criterion.state, criterion.weight) {
        (State::NotMet, weight) if weight > 1 => format!("{weight} to fix"),
        _ => String::new(),
    };
    let entry = if criterion.part_of == Constraint::Entry { "entry" } else { "" };
    let on_guesses = if criterion.is_guessed && criterion.state == State::Met { "on guesses" } else { "" };
    let caption: Vec<&str> =
        [entry, state, in_the_way.as_str(), on_guesses].into_iter().filter(|words| !words.is_empty()).collect();
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
    bare(&shown)
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
    fn what_the_next_stage_asks_for_has_a_box_each_and_the_rest_is_counted() {
        seen(MIXED, |analysis| {
            let findings = analysis.findings();
            let (diagram, standing) = (stage(analysis, &findings), standing(analysis, &findings));
            assert_eq!(diagram.title, "Stage 1 of 5: gaps in the AI policy block stage 2; four criteria to meet");
            assert_eq!(diagram.clusters[0].name, "1 Ad hoc: you are here");
            for criterion in &standing.criteria {
                let alone = diagram.nodes.iter().find(|node| node.id == criterion.id);
                let is_asked = standing.next.contains(&criterion.id);
                assert!(alone.is_some() || !is_asked, "{} is asked for and has no box", criterion.id);
                let word = criterion.state.as_str().replace('-', " ");
                let name = capital(&criterion_name(criterion.id)).to_lowercase();
                let frame = Some(format!("stage-{}", criterion.stage));
                let shared = |node: &&Node| {
                    let notes = node.notes.join("\n").to_lowercase();
                    node.cluster == frame
                        && node.name.ends_with(&word)
                        && (notes.contains(&name) || notes.contains(" more"))
                };
                match alone {
                    Some(node) => {
                        assert_eq!(node.cluster, frame);
                        assert!(node.caption.split(" · ").any(|part| part == word), "{}: {}", node.id, node.caption);
                    }
                    None => assert_eq!(diagram.nodes.iter().filter(shared).count(), 1, "{} in one box", criterion.id),
                }
            }
            assert!(diagram.nodes.len() < standing.criteria.len(), "some share a box");
        });
    }
}
