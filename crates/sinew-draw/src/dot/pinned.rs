//! A scene as DOT with every position pinned: any program of Graphviz draws the slide as it was laid out, because the graph
//! itself asks for the engine `nop2`, which leaves everything in its place.
//!
//! Boxes, frames and lines are what they are in the graph; title, key, legend and the like are texts without a box.
//! Graphviz counts upwards from the lower edge and takes lines as curves, so each straight step is a curve of its own.

use graphviz_rust::dot_structures::{
    Attribute, Edge, EdgeTy, Graph, GraphAttributes, Id, Node, NodeId, Stmt, Subgraph, Vertex,
};
use graphviz_rust::printer::{DotPrinter, PrinterContext};

use super::marks::{self, FONT};
use super::quote::{self, Words, hung, name, named, points, rich, set, text};
use crate::scene::{BoxShape, FrameShape, Ink, Line, Owner, Panel, Plate, Point, Rect, Sample, Scene, Text};
use crate::svg::disc;
use crate::theme::{Color, Theme, hex};
use crate::{EdgeEmphasis, Emphasis, Mark, Role};

/// Length of an arrowhead in points.
const HEAD: f64 = 5.0;
/// Points to an inch.
const INCH: f64 = 72.0;

/// One slide in DOT; same scene and theme, same text.
#[must_use]
pub fn pinned(scene: &Scene, theme: &Theme) -> String {
    let page = Page { scene, theme };
    let mut stmts = page.settings();
    stmts.extend(scene.panels.iter().enumerate().map(|(at, p)| page.panel(at, p)));
    stmts.extend(scene.frames.iter().map(|f| page.frame(f)));
    stmts.extend(scene.boxes.iter().filter(|b| b.frame.is_none()).map(|b| page.node(b)));
    stmts.extend(scene.lines.iter().flat_map(|l| page.lines(l)));
    stmts.extend(scene.samples.iter().enumerate().flat_map(|(at, s)| page.sample(at, s)));
    let around = scene.texts.iter().filter(|t| !is_within(t));
    stmts.extend(around.enumerate().map(|(at, t)| page.words(at, t)));
    let graph = Graph::DiGraph { id: text("sinew"), strict: false, stmts };
    let mut printed = graph.print(&mut PrinterContext::default());
    printed.push('\n');
    printed
}

/// Whether a text is part of its box's label.
fn is_within(t: &Text) -> bool {
    matches!(t.owner, Owner::Node(_)) && t.plate == Plate::None
}

struct Page<'a> {
    scene: &'a Scene,
    theme: &'a Theme,
}

impl Page<'_> {
    fn settings(&self) -> Vec<Stmt> {
        let graph = vec![
            set("layout", "nop2"),
            set("bb", &format!("0,0,{},{}", points(self.scene.width), points(self.scene.height))),
            named("tooltip", quote::tooltip(&self.scene.alt)),
            set("bgcolor", &hex(self.theme.background)),
            set("splines", "true"),
            set("pad", "0.2"),
            set("outputorder", "edgesfirst"),
        ];
        let node = vec![set("fontname", FONT), set("fixedsize", "shape"), set("margin", "0")];
        let edge = vec![set("fontname", FONT)];
        [GraphAttributes::Graph(graph), GraphAttributes::Node(node), GraphAttributes::Edge(edge)]
            .map(Stmt::GAttribute)
            .into()
    }

    fn at(&self, p: Point) -> String {
        format!("{},{}", points(p.x), points(self.scene.height - p.y))
    }

    /// Place and size of a shape.
    fn place(&self, r: &Rect) -> [Attribute; 3] {
        let inches = |points: f64| format!("{:.4}", points / INCH);
        [set("pos", &self.at(r.center())), set("width", &inches(r.w)), set("height", &inches(r.h))]
    }

    fn panel(&self, at: usize, p: &Panel) -> Stmt {
        let mut look = vec![set("label", ""), set("shape", "box"), set("style", "filled"), set("color", "none")];
        look.push(set("fillcolor", &hex(self.theme.of_panel(p.paint))));
        look.extend(self.place(&p.rect));
        Stmt::Node(Node::new(NodeId(name(&format!(" panel {at}")), None), look))
    }

    fn frame(&self, f: &FrameShape) -> Stmt {
        let (low, high) = (Point { x: f.rect.x, y: f.rect.bottom() }, Point { x: f.rect.right(), y: f.rect.y });
        let mut stmts: Vec<Stmt> = [
            set("bb", &format!("{},{}", self.at(low), self.at(high))),
            set("label", ""),
            named("tooltip", quote::tooltip(&f.name)),
            set("style", "filled,rounded"),
            set("fillcolor", &hex(self.theme.frame_fill)),
            set("color", &hex(self.theme.frame_stroke)),
        ]
        .map(Stmt::Attribute)
        .into();
        let own = self.scene.boxes.iter().filter(|b| b.frame.as_ref() == Some(&f.id));
        stmts.extend(own.map(|b| self.node(b)));
        Stmt::Subgraph(Subgraph { id: name(&format!("cluster_ {}", f.id)), stmts })
    }

    fn node(&self, b: &BoxShape) -> Stmt {
        let words = self.scene.texts.iter().filter(|t| t.owner == Owner::Node(b.id.clone()) && is_within(t));
        let mut words: Vec<Words<'_>> = words.map(|t| self.line(t)).collect();
        // Room for what stands on a badge of its own.
        let is_badge = |t: &&Text| t.owner == Owner::Node(b.id.clone()) && t.plate == Plate::Disc;
        let badges = self.scene.texts.iter().filter(is_badge);
        words.extend(badges.map(|t| Words { text: "", bold: false, size: t.size, color: None }));
        let mut look = vec![named("label", rich(&words))];
        look.extend(marks::of_placed_box(self.theme, b.role, b.emphasis));
        look.extend(self.place(&b.rect));
        let pointed = if b.tooltip.is_empty() { &b.name } else { &b.tooltip };
        look.push(named("tooltip", quote::tooltip(pointed)));
        Stmt::Node(Node::new(NodeId(name(&b.id), None), look))
    }

    fn line<'t>(&self, t: &'t Text) -> Words<'t> {
        Words { text: &t.text, bold: t.bold, size: t.size, color: Some(self.ink(t)) }
    }

    /// A line is the first of its edges; the others are there without being drawn a second time.
    fn lines(&self, l: &Line) -> Vec<Stmt> {
        let mut look = marks::of_line(self.theme, l.style, l.emphasis, 0.0);
        look.retain(|a| *a != set("arrowhead", "normalnormal"));
        look.extend([
            set("pos", &self.curve(&l.points)),
            named("tooltip", quote::tooltip(&l.tooltip)),
            set("arrowsize", "0.5"),
        ]);
        let edge = |id: &String, mut attributes: Vec<Attribute>| {
            attributes.push(named("id", name(id)));
            joined(&name(&l.from), &name(&l.to), attributes)
        };
        let hidden = vec![set("style", "invis"), set("pos", &self.curve(&l.points))];
        let drawn = std::iter::once(edge(&l.id, look.clone()));
        drawn.chain(l.edges.iter().skip(1).map(|id| edge(id, hidden.clone()))).collect()
    }

    /// The corners as curves, from the tail to where the arrowhead begins, and its tip.
    fn curve(&self, points: &[Point]) -> String {
        let mut points = points.to_vec();
        let Some(&tip) = points.last() else { return String::new() };
        if let [.., before, end] = &mut points[..] {
            let length = (end.x - before.x).abs() + (end.y - before.y).abs();
            let share = if length > 0.0 { (HEAD / length).min(0.5) } else { 0.0 };
            *end = Point { x: end.x + (before.x - end.x) * share, y: end.y + (before.y - end.y) * share };
        }
        let mut out = format!("e,{}", self.at(tip));
        if let Some(first) = points.first() {
            out += &format!(" {}", self.at(*first));
        }
        for step in points.windows(2) {
            for share in [1.0 / 3.0, 2.0 / 3.0, 1.0] {
                let x = step[0].x + (step[1].x - step[0].x) * share;
                let y = step[0].y + (step[1].y - step[0].y) * share;
                out += &format!(" {}", self.at(Point { x, y }));
            }
        }
        out
    }

    /// Words at their place, on the ground that they have on the slide.
    fn words(&self, at: usize, t: &Text) -> Stmt {
        let plate = self.ground(t).map_or_else(|| "none".to_owned(), hex);
        // A number stands in the middle of its disc, where Graphviz sets plain words only.
        let label = match t.plate {
            Plate::Disc => text(&t.text),
            _ => hung(&self.line(t), t.anchor, t.rect.w),
        };
        let mut look = vec![
            named("label", label),
            set("fontsize", &points(t.size)),
            set("fontcolor", &hex(self.ink(t))),
            set("shape", "box"),
            set("style", if plate == "none" { "" } else { "filled,rounded" }),
            set("color", "none"),
            set("fillcolor", &plate),
        ];
        look.extend(self.place(&t.rect));
        Stmt::Node(Node::new(NodeId(name(&format!(" words {at}")), None), look))
    }

    fn ink(&self, t: &Text) -> Color {
        match t.ink {
            Ink::Strong => self.theme.strong,
            Ink::Muted => self.theme.muted,
            Ink::Node(role, emphasis) => self.theme.of_box(role, emphasis).text,
            Ink::Caption(role, emphasis) => self.theme.of_box(role, emphasis).caption,
            Ink::Edge(style, emphasis) => self.theme.of_label(style, emphasis),
            Ink::Number(..) | Ink::Price(_) => self.theme.background,
        }
    }

    fn ground(&self, t: &Text) -> Option<Color> {
        match (t.plate, t.ink) {
            (Plate::None, _) => None,
            (Plate::Patch, _) => Some(self.theme.background),
            (Plate::FramePatch, _) => Some(self.theme.frame_fill),
            (Plate::Disc, Ink::Number(style, emphasis)) => Some(self.theme.of_line(style, emphasis)),
            (Plate::Disc, ink) => Some(disc(ink, self.theme).unwrap_or(self.theme.strong)),
        }
    }

    fn sample(&self, at: usize, s: &Sample) -> Vec<Stmt> {
        let id = |part: &str| name(&format!(" sample {at} {part}"));
        let shape = |(role, emphasis)| {
            let mut look = vec![set("label", "")];
            look.extend(marks::of_placed_box(self.theme, role, emphasis));
            look.extend(self.place(&s.rect));
            vec![Stmt::Node(Node::new(NodeId(id("box"), None), look))]
        };
        let line = |style, emphasis, share| {
            let y = s.rect.center().y;
            let (from, to) = (Point { x: s.rect.x, y }, Point { x: s.rect.right(), y });
            let end = |part: &str, p: Point| {
                let mut look = vec![set("label", ""), set("shape", "none")];
                look.extend(self.place(&Rect { x: p.x, y: p.y, w: 0.0, h: 0.0 }));
                Stmt::Node(Node::new(NodeId(id(part), None), look))
            };
            let mut look = marks::of_line(self.theme, style, emphasis, share);
            look.extend([set("pos", &self.curve(&[from, to])), set("arrowsize", "0.5")]);
            vec![end("begin", from), end("end", to), joined(&id("begin"), &id("end"), look)]
        };
        match s.mark {
            Mark::Role(role) => shape((role, Emphasis::Normal)),
            Mark::Emphasis(emphasis) => shape((Role::System, emphasis)),
            Mark::Style(_) | Mark::EdgeEmphasis(_) => line(s.line, s.emphasis, 0.0),
            Mark::Weight => line(s.line, EdgeEmphasis::Normal, 0.4),
            Mark::Key | Mark::Guess => Vec::new(),
        }
    }
}

fn joined(from: &Id, to: &Id, look: Vec<Attribute>) -> Stmt {
    let end = |id: &Id| Vertex::N(NodeId(id.clone(), None));
    Stmt::Edge(Edge { ty: EdgeTy::Pair(end(from), end(to)), attributes: look })
}
