//! Steps that rise from left to right: a frame for each cluster, its boxes beneath each other.

use super::boxes::draw_box;
use super::canvas::{Canvas, Placed};
use super::column;
use super::content::{Content, Type, Words};
use super::page::Page;
use super::pen::Pen;
use crate::legend::legend;
use crate::number::real;
use crate::scene::{Ink, Owner, Point, Rect, Scene};
use crate::text::{self, ASCENT, LINE_HEIGHT};
use crate::{Cluster, Diagram, Node};

/// Type sizes of names, the most comfortable first; the last is drawn whether it fits or not.
const SIZES: [f64; 8] = [13.0, 12.0, 11.0, 10.5, 10.0, 9.5, 9.0, 8.0];
/// Between frames, around boxes, and between boxes: least and most.
const GAP: f64 = 9.0;
const PAD: f64 = 7.0;
const BETWEEN: (f64, f64) = (5.0, 9.0);
/// How much higher each frame begins than the one before, while there is room.
const RISE: f64 = 26.0;
/// Lines that the name of a frame may take.
const HEAD_LINES: usize = 2;

/// One frame with its boxes.
struct Step<'d> {
    cluster: &'d Cluster,
    boxes: Vec<(&'d Node, Content)>,
    head: Vec<String>,
    /// Height that it needs.
    height: f64,
}

/// The slide of `diagram`; clusters without nodes take no room.
pub(super) fn ladder(diagram: &Diagram) -> Scene {
    let mut page = Page::new(&diagram.title, &diagram.subtitle, &diagram.source, &[], &legend(diagram));
    column::strip(&mut page, &diagram.aside);
    let mut canvas = Canvas::new(diagram, &page);
    let room = page.room;
    let used = |cluster: &&Cluster| diagram.nodes.iter().any(|node| node.cluster.as_ref() == Some(&cluster.id));
    let clusters: Vec<&Cluster> = diagram.clusters.iter().filter(used).collect();
    if clusters.is_empty() {
        return canvas.scene;
    }
    let width = (room.w - GAP * real(clusters.len() - 1)) / real(clusters.len());
    let at_size = |size: f64| {
        let kind = Type::of(size, true, 1.0);
        let steps: Vec<Step<'_>> = clusters.iter().map(|cluster| step(diagram, cluster, &kind, width)).collect();
        (kind, steps)
    };
    let fits = |(_, steps): &(Type, Vec<Step<'_>>)| steps.iter().all(|step| step.height <= room.h);
    let smallest = SIZES[SIZES.len() - 1];
    let (kind, steps) = SIZES.into_iter().map(at_size).find(fits).unwrap_or_else(|| at_size(smallest));
    canvas.scene.name_size = kind.name;
    let rise = rise(&steps, &room);
    for (at, step) in steps.iter().enumerate() {
        let sunk = rise * real(steps.len() - 1 - at);
        let x = room.x + real(at) * (width + GAP);
        draw_step(&mut canvas, step, &kind, Rect { x, y: room.y + sunk, w: width, h: room.h - sunk });
    }
    canvas.scene
}

fn step<'d>(diagram: &'d Diagram, cluster: &'d Cluster, kind: &Type, width: f64) -> Step<'d> {
    let nodes = diagram.nodes.iter().filter(|node| node.cluster.as_ref() == Some(&cluster.id));
    let inner = width - 2.0 * PAD;
    let boxes: Vec<(&Node, Content)> = nodes.map(|node| (node, Words::of(node).content(kind, inner))).collect();
    let name = text::clean(&cluster.name);
    let name = if name.is_empty() { text::clean(&cluster.id) } else { name };
    let head = text::wrap(&name, kind.head, true, inner, HEAD_LINES);
    let tall: f64 = boxes.iter().map(|(_, content)| content.height).sum();
    let between = BETWEEN.0 * real(boxes.len().saturating_sub(1));
    let height = head_height(&head, kind) + tall + between + PAD;
    Step { cluster, boxes, head, height }
}

fn head_height(head: &[String], kind: &Type) -> f64 {
    PAD + real(head.len()) * kind.head * LINE_HEIGHT + BETWEEN.0
}

/// How much each frame rises: what the fullest of the lower ones can spare, at most [`RISE`].
fn rise(steps: &[Step<'_>], room: &Rect) -> f64 {
    let spare = steps.iter().enumerate().map(|(at, step)| match steps.len() - 1 - at {
        0 => RISE,
        above => (room.h - step.height) / real(above),
    });
    spare.fold(RISE, f64::min).max(0.0)
}

fn draw_step(canvas: &mut Canvas<'_>, step: &Step<'_>, kind: &Type, frame: Rect) {
    canvas.frame(step.cluster, frame);
    let pen = Pen::start(kind.head, Ink::Muted).bold();
    let mut y = frame.y + PAD;
    for line in &step.head {
        let at = Point { x: frame.x + PAD, y: y + kind.head * ASCENT };
        canvas.scene.texts.push(pen.write(line.clone(), at, Owner::Frame(step.cluster.id.clone())));
        y += kind.head * LINE_HEIGHT;
    }
    y += BETWEEN.0;
    let spare = frame.h - step.height;
    let gaps = real(step.boxes.len().saturating_sub(1).max(1));
    let between = (BETWEEN.0 + spare / gaps).clamp(BETWEEN.0, BETWEEN.1);
    for (node, content) in &step.boxes {
        let rect = Rect { x: frame.x + PAD, y, w: frame.w - 2.0 * PAD, h: content.height };
        draw_box(canvas, Placed { node, rect, frame: Some(step.cluster) }, content, kind);
        y += content.height + between;
    }
}
