//! What the slides of a picture lack where it has used up its budget, and the slide that says so.

use std::collections::BTreeSet;

use super::slide::{self, Effort};
use super::work::Work;
use crate::number::with_commas;
use crate::scene::Scene;
use crate::{Diagram, Node, Role, Style};

/// Slides of parts, and what became of the work that they may take.
pub(super) struct Details {
    pub(super) scenes: Vec<Scene>,
    /// Edges that are on some slide.
    pub(super) drawn: BTreeSet<usize>,
    /// How many slides were arranged in haste.
    pub(super) hasty: usize,
}

impl Details {
    /// What the slides lack of the `wanted` edges, in words, where `whole` is the slide of all boxes, if there is one.
    pub(super) fn gap(
        &self,
        d: &Diagram,
        wanted: impl Iterator<Item = usize>,
        whole: Option<&Scene>,
    ) -> Option<Vec<String>> {
        let missing: Vec<usize> = wanted.filter(|e| !self.drawn.contains(e)).collect();
        let by_hand = missing.iter().filter(|&&e| d.edges[e].style == Style::Manual).count();
        let mut words = Vec::new();
        if !missing.is_empty() {
            let manual = if by_hand > 0 { format!(", {} of them by hand", grouped(by_hand)) } else { String::new() };
            let (count, all) = (grouped(missing.len()), grouped(d.edges.len()));
            let scenes = whole.into_iter().chain(&self.scenes);
            let shown: BTreeSet<&str> = scenes.flat_map(|scene| &scene.boxes).map(|shape| &*shape.id).collect();
            let is_lacking = |n: &usize| !shown.contains(&*d.nodes[*n].id);
            let systems = match (0..d.nodes.len()).filter(is_lacking).count() {
                0 => String::new(),
                lacking => format!("{} of {} systems and ", grouped(lacking), grouped(d.nodes.len())),
            };
            words.push(format!("{systems}{count} of {all} flows are on no slide{manual}."));
        }
        if self.hasty > 0 {
            words.push(format!("{} of the slides are arranged in haste.", grouped(self.hasty)));
        }
        (!words.is_empty()).then_some(words)
    }
}

/// The slide in front of a picture that has used up what it may take.
pub(super) fn slide(d: &Diagram, gap: &[String]) -> Option<Scene> {
    let node = Node {
        id: " not drawn".into(),
        name: "This picture is not complete".into(),
        role: Role::Domain,
        notes: gap.to_vec(),
        ..Node::default()
    };
    let said = Diagram {
        title: d.title.clone(),
        subtitle: d.subtitle.clone(),
        source: d.source.clone(),
        alt: format!("{} {}", d.alt, gap.join(" ")).trim().to_owned(),
        nodes: vec![node],
        ..Diagram::default()
    };
    let why =
        "A picture has a budget of work and of slides, and this one has used it up. DOT and Mermaid have all flows.";
    slide::slide(&said, &[why.to_owned()], Effort::Quick, &Work::default())
}

fn grouped(n: usize) -> String {
    with_commas(&n.to_string())
}
