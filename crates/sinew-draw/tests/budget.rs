//! What a picture may take: below it nothing is said and the same slides come, beyond it the first slide says what is lacking.

use std::collections::BTreeSet;

use sinew_draw::layout::{Budget, layout, together, within};
use sinew_draw::scene::Scene;
use sinew_draw::{Cluster, Diagram, Edge, Node, Style};

use crate::diagrams::{Rng, random};

/// Every system joined to ten others, one line in eight by hand.
fn dense(systems: usize) -> Diagram {
    let mut rng = Rng(systems as u64);
    let node = |at| Node { id: format!("s{at}"), name: format!("System {at}"), ..Node::default() };
    let mut diagram = Diagram { title: "Dense".into(), nodes: (0..systems).map(node).collect(), ..Diagram::default() };
    for at in 0..10 * systems {
        let (from, to) = (format!("s{}", rng.below(systems)), format!("s{}", rng.below(systems)));
        let style = if at % 8 == 0 { Style::Manual } else { Style::Automated };
        diagram.edges.push(Edge {
            id: format!("f{at}"),
            from,
            to,
            label: vec!["contacts".into()],
            style,
            ..Edge::default()
        });
    }
    diagram
}

fn words(scene: &Scene) -> String {
    scene.texts.iter().map(|text| text.text.as_str()).collect::<Vec<_>>().join(" ")
}

/// How many lines of the diagram are on some slide; those of an overview stand for several and do not count.
fn drawn(diagram: &Diagram, scenes: &[Scene]) -> usize {
    let known: BTreeSet<&str> = diagram.edges.iter().map(|edge| edge.id.as_str()).collect();
    let edges = scenes.iter().flat_map(|scene| &scene.lines).flat_map(|line| &line.edges);
    edges.filter(|id| known.contains(id.as_str())).collect::<BTreeSet<_>>().len()
}

fn is_said(scenes: &[Scene]) -> bool {
    scenes.iter().any(|scene| words(scene).contains("in haste") || words(scene).contains("not complete"))
}

/// Half of what a picture has is enough for stacks of a few hundred systems, and then how much there is changes nothing.
#[test]
fn a_picture_within_its_budget_is_the_same_whatever_it_has_left() {
    let half = Budget { work: Budget::PICTURE.work / 2, slides: Budget::PICTURE.slides / 2 };
    for diagram in [random(300, 3), dense(80)] {
        let scenes = layout(&diagram);
        assert!(scenes.len() > 1 && !is_said(&scenes));
        let laid = within(&diagram, half);
        assert!(scenes == laid.slides && laid.gap.is_none(), "half is enough");
        assert!(laid.spent.work > 0 && laid.spent.slides < laid.slides.len());
        assert_eq!(drawn(&diagram, &scenes), diagram.edges.len());
    }
}

#[test]
fn a_picture_without_work_left_is_arranged_in_haste_and_says_so() {
    let diagram = dense(60);
    let laid = within(&diagram, Budget { work: 0, slides: 10_000 });
    assert!(laid.gap.hasty > 0 && laid.gap.edges == 0 && laid.gap.nodes.is_empty());
    let scenes = &laid.slides;
    assert_eq!(drawn(&diagram, scenes), diagram.edges.len(), "every line is still drawn");
    let (front, rest) = scenes.split_first().unwrap();
    assert!(
        words(front).contains("not complete") || words(front).contains("slides are arranged in haste"),
        "{}",
        words(front)
    );
    assert!(rest.iter().any(|scene| words(scene).contains("Arranged in haste")));
    assert!(front.alt.contains("in haste"), "{}", front.alt);
    assert!(laid == within(&diagram, Budget { work: 0, slides: 10_000 }), "the same each time");
}

#[test]
fn a_picture_without_slides_left_counts_the_lines_that_are_on_none() {
    let diagram = dense(60);
    let budget = Budget { slides: 5, ..Budget::PICTURE };
    let laid = within(&diagram, budget);
    let scenes = &laid.slides;
    let lacking = diagram.edges.len() - drawn(&diagram, scenes);
    assert!(lacking > 0 && scenes.len() <= budget.slides + 2, "{lacking} on {}", scenes.len());
    let shown: BTreeSet<&str> = scenes.iter().flat_map(|scene| &scene.boxes).map(|shape| shape.id.as_str()).collect();
    let unseen = diagram.nodes.iter().filter(|node| !shown.contains(node.id.as_str())).count();
    assert!(unseen > 0);
    assert_eq!((laid.gap.nodes.len(), laid.gap.edges, laid.spent.slides), (unseen, lacking, 5));
    let said = words(&scenes[0]);
    assert!(
        said.contains(&format!("{unseen} of 60 systems and "))
            && said.contains(&format!("{lacking} of {} flows are on no slide", diagram.edges.len())),
        "{said}"
    );
    assert!(said.contains("by hand") && scenes[0].alt.contains("on no slide"), "{said}");
}

/// The pictures of a report share slides and work: the smallest first, and what it leaves is for the others.
#[test]
fn pictures_share_what_they_may_take_and_the_parts_that_matter_most_come_first() {
    let mut by_hand = dense(60);
    for (at, node) in by_hand.nodes.iter_mut().enumerate() {
        node.cluster = Some(format!("c{}", at / 10));
    }
    by_hand.clusters = (0..6).map(|at| Cluster { id: format!("c{at}"), name: format!("Domain {at}") }).collect();
    // All work by hand is within the last domain.
    for edge in &mut by_hand.edges {
        let is_last = [&edge.from, &edge.to].iter().all(|id| id.len() == 3 && id.starts_with("s5"));
        edge.style = if is_last { Style::Manual } else { Style::Automated };
        edge.hours = if is_last { 100.0 } else { 0.0 };
    }
    let diagrams = [dense(400), by_hand, random(20, 1)];
    let budget = Budget { work: 1_000_000_000, slides: 7 };
    let laid = together(&diagrams.each_ref(), budget, None, &|_| ());
    let spent: usize = laid.iter().map(|one| one.spent.slides).sum();
    assert!(spent <= 7 && laid[2].gap.is_none(), "{spent}");
    assert!(laid[0].gap.edges > 0 && laid[1].gap.edges > 0);
    // Two slides or three, and the parts with hours by hand are on them.
    assert!(laid[1].spent.slides <= 3, "{}", laid[1].spent.slides);
    assert!(laid[1].slides.iter().any(|slide| slide.title.starts_with("Domain 5")));
    // Small ones have their own, whatever the others take.
    let small = [dense(40), random(20, 1)];
    for (diagram, laid) in small.iter().zip(together(&small.each_ref(), Budget::REPORT, None, &|_| ())) {
        assert!(laid.slides == layout(diagram) && laid.gap.is_none());
    }
}
