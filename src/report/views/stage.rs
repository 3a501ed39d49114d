//! The stage view: the ladder of maturity, what each stage asks for, where the stack stands, and what holds it there.

use crate::analysis::stage::{Constraint, Criterion, STAGES, Standing, State, standing};
use crate::analysis::words::{counted, listed};
use crate::analysis::{Analysis, Finding};
use crate::report::diagram::{Arrangement, Cluster, Diagram, Emphasis, Node, Role};

use super::elements::Elements;
use super::phrases::{capital, spelled};

/// One frame for each stage, from the lowest, with its criteria as boxes: a tick where one is met, a cross where it is
/// not, a question mark where the file does not say. `findings` are those of `analysis`.
#[must_use]
pub fn stage(analysis: &Analysis<'_>, findings: &[Finding]) -> Diagram {
    let standing = standing(analysis, findings);
    let clusters = STAGES.iter().map(|(number, name)| cluster(&standing, *number, name)).collect();
    let nodes = standing.criteria.iter().map(|criterion| node(&standing, criterion)).collect();
    let (title, subtitle) = (title(&standing), subtitle(&standing));
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

fn node(standing: &Standing, criterion: &Criterion) -> Node {
    let (emphasis, state) = match criterion.state {
        State::Met => (Emphasis::Met, "met"),
        State::NotMet => (Emphasis::NotMet, "not met"),
        State::NotKnown => (Emphasis::NotKnown, "not known"),
    };
    let in_the_way = match (criterion.state, criterion.weight) {
        (State::NotMet, weight) if weight > 1 => format!("{weight} in the way"),
        _ => String::new(),
    };
    let entry = if criterion.part_of == Constraint::Entry { "entry" } else { "" };
    let holds = if standing.next.contains(&criterion.id) { "holds you" } else { "" };
    let caption: Vec<&str> =
        [entry, state, holds, in_the_way.as_str()].into_iter().filter(|words| !words.is_empty()).collect();
    Node {
        id: criterion.id.to_owned(),
        name: readable(criterion.id),
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

/// `no-handoff-of-ai-output` as people write it: `No handoff of AI output`.
fn readable(id: &str) -> String {
    let words: Vec<String> = id
        .split('-')
        .map(|word| match word {
            "ai" => "AI".to_owned(),
            "bi" => "BI".to_owned(),
            word => word.to_owned(),
        })
        .collect();
    capital(&words.join(" "))
}

/// `Stage 3 of 5: integration architecture holds you back`.
fn title(standing: &Standing) -> String {
    let at = format!("Stage {} of {}", standing.stage, STAGES.len());
    match standing.constraint {
        None => format!("{at}: AI-native, and nothing holds you back"),
        Some(Constraint::Entry) => {
            let next = usize::from(standing.stage);
            format!(
                "{at}: what {} asks for is still missing",
                STAGES.get(next).map_or("the next stage", |(_, name)| name)
            )
        }
        Some(constraint) => format!("{at}: {} holds you back", name_of(constraint)),
    }
}

fn name_of(constraint: Constraint) -> String {
    match constraint {
        Constraint::Policy => "the missing AI policy".to_owned(),
        other => other.as_str().replace('-', " "),
    }
}

/// What to meet for the next stage, least work first.
fn subtitle(standing: &Standing) -> String {
    if standing.next.is_empty() {
        return "every criterion of every stage is met".to_owned();
    }
    let names: Vec<String> = standing.next.iter().map(|id| readable(id).to_lowercase()).collect();
    let names: Vec<String> = names.iter().map(|name| name.replace("ai ", "AI ").replace(" ai", " AI")).collect();
    let many = if names.len() > 4 {
        format!("{} and {} more", names[..3].join(", "), spelled(names.len() - 3))
    } else {
        listed(&names)
    };
    format!(
        "{} to stage {}, least work first: {many}",
        counted(names.len(), "criterion", "criteria"),
        standing.stage + 1
    )
}
