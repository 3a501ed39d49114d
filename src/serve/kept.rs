//! The picture of the workshop: from edit to edit each box stays where it stood.

use std::sync::Arc;

use sinew_draw::Diagram;
use sinew_draw::layout::{Arrangements, Budget, Laid, within};
use sinew_draw::stood::Stood;
use sinew_draw::svg::svg_in_any_font;
use sinew_draw::theme::Theme;

/// Where boxes stood in a picture before, so that they stay there.
#[derive(Default)]
pub(super) struct Kept {
    pub(super) stood: Option<Arc<Stood>>,
    /// Boxes and lines of the picture that was last arranged from scratch.
    size: usize,
    /// The paper of that picture, among [`PAPERS`].
    paper: usize,
    /// What was arranged for the pages before.
    pub(super) known: Arrangements,
}

/// How many times as wide and high as a slide the paper of the picture may be: a window is no slide, and a smaller picture with
/// each box in its place is read more easily than another one.
const PAPERS: [f64; 4] = [1.0, 1.15, 1.35, 1.6];

/// Boxes up to which a picture may be one; what has more is shown by domains on any paper.
const MOST: usize = 64;

/// Boxes up to which a picture is arranged from scratch each time: the first few decide the grid, and would stand in one column.
const FEW: usize = 8;

impl Kept {
    /// Forgets places that are none for this diagram. Once it has grown by half, it is arranged from scratch: lines that came
    /// later would cross a grid that knew none of them.
    pub(super) fn judge(&mut self, diagram: &Diagram) {
        let size = diagram.nodes.len() + diagram.edges.len();
        let is_kept = diagram.nodes.len() > FEW && size < self.size + self.size / 2 && self.size < 2 * size;
        // What was too much for one picture may be none any more once there is less of it.
        let may_be_whole = self.is_parted() && size < self.size && diagram.nodes.len() <= MOST;
        if !is_kept || may_be_whole {
            (self.stood, self.size, self.paper) = (None, size, 0);
        }
    }

    /// The picture of the diagram, with boxes where they stood.
    pub(super) fn drawn(&mut self, diagram: &Diagram) -> Option<String> {
        self.judge(diagram);
        let (at, laid) = self.laid(diagram);
        self.paper = at;
        self.stood = laid.stood.map(Arc::new);
        if self.is_parted() {
            self.size = diagram.nodes.len() + diagram.edges.len();
        }
        laid.slides.first().map(|first| svg_in_any_font(first, &Theme::light()))
    }

    /// Whether domains were shown instead of boxes.
    fn is_parted(&self) -> bool {
        self.stood.as_ref().is_some_and(|stood| stood.is_parted)
    }

    /// The picture on the smallest paper on which all boxes are shown and none changes sides with another, or else as few as may
    /// be; with the place of that paper.
    fn laid(&self, diagram: &Diagram) -> (usize, Laid) {
        let on = |at: usize, stood: Option<Arc<Stood>>| {
            let paper = diagram.paper.times(PAPERS[at]);
            within(&Diagram { paper, ..diagram.clone() }.standing_in(stood), Budget::PICTURE)
        };
        let rank = |laid: &Laid| {
            let before = self.stood.as_deref();
            laid.stood.as_ref().map(|now| (now.is_parted, before.map_or(0, |before| now.inverted(before))))
        };
        let mut best = (self.paper, on(self.paper, self.stood.clone()));
        if diagram.nodes.len() > MOST || self.is_parted() {
            return best;
        }
        for at in self.paper + 1..PAPERS.len() {
            if rank(&best.1).is_none_or(|rank| rank == (false, 0)) {
                break;
            }
            let larger = on(at, self.stood.clone());
            if rank(&larger) < rank(&best.1) {
                best = (at, larger);
            }
        }
        best
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use sinew_draw::{Cluster, Edge, Node};

    use super::*;
    use crate::analysis::Analysis;
    use crate::report::views;

    /// A ring of so many boxes.
    fn ring(boxes: usize) -> Diagram {
        let id = |at: usize| format!("n{at:02}");
        let nodes = (0..boxes).map(|at| Node { id: id(at), name: id(at), ..Node::default() }).collect();
        let edge = |at: usize| Edge { id: format!("e{at}"), from: id(at), to: id((at + 1) % boxes), ..Edge::default() };
        Diagram { nodes, edges: (0..boxes).map(edge).collect(), ..Diagram::default() }
    }

    /// The first shape of each box.
    fn places(svg: &str) -> BTreeMap<String, String> {
        let boxes = svg.split("data-node=\"").skip(1);
        let of = |text: &str| {
            let (id, rest) = text.split_once('"').unwrap();
            let shape = rest.split('<').nth(2).or_else(|| rest.split('<').nth(1)).unwrap();
            (id.to_owned(), shape.split("fill").next().unwrap().to_owned())
        };
        boxes.map(of).collect()
    }

    #[test]
    fn boxes_stay_where_they_are_when_one_comes_and_the_picture_is_arranged_again_once_it_has_grown_by_half() {
        let mut kept = Kept::default();
        let before = places(&kept.drawn(&ring(12)).unwrap());
        let more = places(&kept.drawn(&ring(13)).unwrap());
        assert_eq!((before.len(), more.len()), (12, 13));
        let stayed = before.iter().filter(|(id, place)| more[*id] == **place).count();
        let mut fresh = Kept::default();
        let alone = places(&fresh.drawn(&ring(13)).unwrap());
        let by_chance = before.iter().filter(|(id, place)| alone[*id] == **place).count();
        assert!(
            stayed == 12 || stayed > by_chance,
            "{stayed} of 12 stayed, {by_chance} by chance: {before:?} {more:?}"
        );
        assert_eq!(kept.size, 24);
        kept.drawn(&ring(20)).unwrap();
        assert_eq!(kept.size, 40, "arranged from scratch");
        kept.drawn(&ring(9)).unwrap();
        assert_eq!(kept.size, 18, "and again when more than half went");
    }

    #[test]
    fn all_boxes_of_a_stack_of_forty_five_systems_stay_when_one_comes() {
        let example = include_str!("../../examples/stacks/messy-45.yaml");
        let landscape = |systems: &str, flows: &str| {
            let text = example.replacen("systems:\n", &format!("systems:\n{systems}"), 1);
            let text = text.replacen("flows:\n", &format!("flows:\n{flows}"), 1);
            let stack = crate::model::read(&crate::source::Source::new("stack.yaml", text)).stack.unwrap();
            views::landscape(&Analysis::of(&stack))
        };
        let mut first = Kept::default();
        first.drawn(&landscape("", "")).unwrap();
        let before = first.stood.clone().unwrap();
        assert!(!before.is_parted && before.boxes.len() > 40);
        let flow = "  - { from: salesforce, to: segment, data: lead, mechanism: api }\n";
        let edits = [("Web", ""), ("Marketing", ""), ("Sales", ""), ("", ""), ("", flow)];
        for (systems, flows) in edits.map(|(domain, flows)| (added(domain, flows), flows)) {
            let mut kept = Kept { stood: first.stood.clone(), size: first.size, paper: first.paper, ..Kept::default() };
            kept.drawn(&landscape(&systems, flows)).unwrap();
            let after = kept.stood.unwrap();
            assert_eq!(after.boxes.len(), before.boxes.len() + usize::from(flows.is_empty()), "{systems}{flows}");
            assert!(!after.is_parted && after.inverted(&before) == 0, "{systems}{flows}");
        }
        // One after the other, and back again.
        let more = |count: usize| -> String {
            (0..count).map(|at| format!("  more-{at}: {{ kind: crm, name: More {at}, domain: Web }}\n")).collect()
        };
        let mut last = before;
        for count in [1, 2, 3, 0] {
            first.drawn(&landscape(&more(count), "")).unwrap();
            let now = first.stood.clone().unwrap();
            assert!(!now.is_parted && now.inverted(&last) == 0, "with {count} more");
            last = now;
        }
    }

    #[test]
    fn domains_stay_while_a_stack_is_too_much_for_one_picture_and_boxes_come_back_once_it_is_not() {
        let full = |lines: usize| {
            let mut diagram = ring(48);
            diagram.clusters =
                (0..6).map(|at| Cluster { id: format!("c{at}"), name: format!("Domain {at}") }).collect();
            for (at, node) in diagram.nodes.iter_mut().enumerate() {
                node.cluster = Some(format!("c{}", at / 8));
            }
            let id = |at: usize| format!("n{:02}", at % 48);
            let more = (0..lines).map(|at| Edge {
                id: format!("more{at}"),
                from: id(at),
                to: id(at * 7 + 5),
                ..Edge::default()
            });
            diagram.edges.extend(more);
            diagram
        };
        let mut kept = Kept::default();
        kept.drawn(&full(150)).unwrap();
        let domains = kept.stood.clone().unwrap();
        assert!(domains.is_parted && domains.boxes.len() == 6);
        kept.drawn(&full(151)).unwrap();
        assert_eq!(kept.stood.clone().unwrap().moved(&domains), Vec::<&str>::new());
        assert!(kept.is_parted());
        kept.drawn(&full(20)).unwrap();
        assert!(!kept.is_parted() && kept.stood.unwrap().boxes.len() == 48);
    }

    /// A system of that domain, or of none; nothing where a flow is added instead.
    fn added(domain: &str, flows: &str) -> String {
        let domain = if domain.is_empty() { String::new() } else { format!(", domain: {domain}") };
        if flows.is_empty() { format!("  one-more: {{ product: segmetrics{domain} }}\n") } else { String::new() }
    }
}
