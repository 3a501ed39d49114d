//! A slide being drawn: what the arrangements share when they put frames, boxes and lines on it.

use super::content::shown_name;
use super::net::Link;
use super::page::Page;
use crate::scene::{BoxShape, FrameShape, Line, Point, Rect, Scene, Side};
use crate::{Cluster, Diagram, Node, text};

/// A scene of a diagram.
pub(super) struct Canvas<'d> {
    pub(super) diagram: &'d Diagram,
    pub(super) scene: Scene,
}

/// A node at its place.
#[derive(Clone, Copy)]
pub(super) struct Placed<'d> {
    pub(super) node: &'d Node,
    pub(super) rect: Rect,
    /// The cluster whose frame is drawn around it.
    pub(super) frame: Option<&'d Cluster>,
}

/// The way of a line: the sides by which it leaves and enters, its corners, its thickness.
pub(super) struct Course {
    pub(super) from: Side,
    pub(super) to: Side,
    pub(super) points: Vec<Point>,
    pub(super) width: f64,
}

impl<'d> Canvas<'d> {
    /// A slide with nothing on it yet but its page.
    pub(super) fn new(diagram: &'d Diagram, page: &Page) -> Canvas<'d> {
        let scene = Scene {
            width: diagram.paper.width,
            height: diagram.paper.height,
            title: text::clean(&diagram.title),
            alt: text::clean(&diagram.alternative_text()),
            panels: page.panels.clone(),
            frames: Vec::new(),
            lines: Vec::new(),
            boxes: Vec::new(),
            samples: page.samples.clone(),
            texts: page.texts.clone(),
            name_size: 0.0,
            keyed: 0,
        };
        Canvas { diagram, scene }
    }

    pub(super) fn frame(&mut self, cluster: &Cluster, rect: Rect) {
        self.scene.frames.push(FrameShape { id: cluster.id.clone(), name: text::clean(&cluster.name), rect });
    }

    /// The shape of a box, without its words.
    pub(super) fn shape(&mut self, placed: Placed<'_>, icon: Option<Rect>) {
        let node = placed.node;
        self.scene.boxes.push(BoxShape {
            id: node.id.clone(),
            frame: placed.frame.map(|cluster| cluster.id.clone()),
            name: shown_name(node),
            rect: placed.rect,
            role: node.role,
            emphasis: node.emphasis,
            icon,
            tooltip: node.tooltip.clone(),
        });
    }

    /// A line, without its words. Pointing at it shows what its edges say, or else its label.
    pub(super) fn line(&mut self, link: &Link, course: Course) {
        let edges = || link.edges().map(|edge| &self.diagram.edges[edge]);
        let tips: Vec<&str> = edges().map(|edge| edge.tooltip.as_str()).filter(|tip| !tip.is_empty()).collect();
        let line = Line {
            id: link.id(self.diagram),
            edges: edges().map(|edge| edge.id.clone()).collect(),
            from: self.diagram.nodes[link.from].id.clone(),
            from_side: course.from,
            to: self.diagram.nodes[link.to].id.clone(),
            to_side: course.to,
            points: course.points,
            style: link.style,
            emphasis: link.emphasis,
            width: course.width,
            tooltip: if tips.is_empty() { link.label.clone() } else { tips.join("\n") },
        };
        self.scene.lines.push(line);
    }
}
