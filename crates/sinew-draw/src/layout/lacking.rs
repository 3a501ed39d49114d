//! What the slides of a picture lack where it has used up its budget, and the slide that says so.

use std::collections::BTreeSet;

use super::arranged::Arrangements;
use super::plan::Effort;
use super::slide;
use super::work::Work;
use crate::number::with_commas;
use crate::scene::Scene;
use crate::{Diagram, Node, Role, Style};

/// What the slides of a picture lack, because it has used up what it may take; nothing where all is drawn with care.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Gap {
    /// Boxes that are on no slide, by id, in the order of the diagram.
    pub nodes: Vec<String>,
    /// How many flows are on no slide, or on one without their words only.
    pub edges: usize,
    /// How many of them are done by hand.
    pub by_hand: usize,
    /// How many slides are arranged by the first way that fits instead of the best of many.
    pub hasty: usize,
}

impl Gap {
    /// Whether the slides show all there is, each of them arranged as well as any.
    #[must_use]
    pub fn is_none(&self) -> bool {
        *self == Self::default()
    }

    /// The same in words, a sentence each.
    fn words(&self, d: &Diagram) -> Vec<String> {
        let mut words = Vec::new();
        if self.edges > 0 || !self.nodes.is_empty() {
            let manual =
                if self.by_hand > 0 { format!(", {} of them by hand", grouped(self.by_hand)) } else { String::new() };
            let systems = match self.nodes.len() {
                0 => String::new(),
                lacking => format!("{} of {} systems and ", grouped(lacking), grouped(d.nodes.len())),
            };
            let (count, all) = (grouped(self.edges), grouped(d.flows()));
            words.push(format!("{systems}{count} of {all} flows are on no slide{manual}."));
        }
        match self.hasty {
            0 => {}
            1 => words.push("One slide is arranged in haste.".to_owned()),
            hasty => words.push(format!("{} of the slides are arranged in haste.", grouped(hasty))),
        }
        words
    }
}

/// Slides of parts, and what became of the work that they may take.
#[derive(Default)]
pub(super) struct Details {
    pub(super) scenes: Vec<Scene>,
    /// Edges that are on some slide.
    pub(super) drawn: BTreeSet<usize>,
    /// How many slides were arranged in haste.
    pub(super) hasty: usize,
    /// Comparisons that were made.
    pub(super) work: u64,
}

impl Details {
    /// What the slides lack of the `wanted` edges, where `whole` is the slide of all boxes, if there is one.
    pub(super) fn gap(&self, d: &Diagram, wanted: impl Iterator<Item = usize>, whole: Option<&Scene>) -> Gap {
        let missing: Vec<usize> = wanted.filter(|&e| !self.drawn.contains(&e) && d.edges[e].style.is_flow()).collect();
        let scenes = whole.into_iter().chain(&self.scenes);
        let shown: BTreeSet<&str> = scenes.flat_map(|scene| &scene.boxes).map(|shape| &*shape.id).collect();
        Gap {
            nodes: d.nodes.iter().map(|node| &node.id).filter(|id| !shown.contains(&***id)).cloned().collect(),
            edges: missing.len(),
            by_hand: missing.iter().filter(|&&e| d.edges[e].style == Style::Manual).count(),
            hasty: self.hasty,
        }
    }
}

/// The slide in front of a picture that has used up what it may take; none of one that has not.
pub(super) fn slide(d: &Diagram, gap: &Gap) -> Option<Scene> {
    if gap.is_none() {
        return None;
    }
    let gap = gap.words(d);
    let node = Node {
        id: " not drawn".into(),
        name: "This picture is not complete".into(),
        role: Role::Domain,
        notes: gap.clone(),
        ..Node::default()
    };
    let said = Diagram {
        title: d.title.clone(),
        subtitle: d.subtitle.clone(),
        source: d.source.clone(),
        alt: format!("{} {}", d.alt, gap.join(" ")).trim().to_owned(),
        nodes: vec![node],
        paper: d.paper,
        ..Diagram::default()
    };
    let why =
        "A picture has a budget of work and of slides, and this one has used it up. DOT and Mermaid have all flows.";
    slide::slide(&said, &[why.to_owned()], Effort::Quick, (&Work::default(), &Arrangements::default()))
}

fn grouped(n: usize) -> String {
    with_commas(&n.to_string())
}
