//! An attempt as a scene: every box, line and word with its place and meaning.

use super::super::content::{Content, ICON, Type, Words};
use super::super::labels::{self, Label};
use super::super::net::{Link, Net};
use super::super::page::{self, Page};
use super::attempt::{Attempt, line_widths};
use super::search::Plan;
use crate::scene::{
    Anchor, BoxShape, FrameShape, Ink, Line, Owner, Plate, Point, Rect, SLIDE_HEIGHT, SLIDE_WIDTH, Scene,
};
use crate::svg::has_icon;
use crate::text::{self, ASCENT, DESCENT, LINE_HEIGHT};
use crate::{Diagram, Node};

/// A slide with nothing drawn on it yet.
pub(crate) fn blank(diagram: &Diagram, page: &Page) -> Scene {
    Scene {
        width: SLIDE_WIDTH,
        height: SLIDE_HEIGHT,
        title: text::clean(&diagram.title),
        alt: text::clean(&diagram.alternative_text()),
        frames: Vec::new(),
        lines: Vec::new(),
        boxes: Vec::new(),
        samples: page.samples.clone(),
        texts: page.texts.clone(),
        name_size: 0.0,
        keyed: 0,
    }
}

/// Everything as a scene.
pub(super) fn scene(diagram: &Diagram, net: &Net, page: &Page, drawn: Option<(&Plan, &Attempt)>) -> Scene {
    let mut scene = blank(diagram, page);
    let Some((plan, attempt)) = drawn else { return scene };
    scene.name_size = attempt.kind.name;
    scene.keyed = attempt.key.len();
    for ((group, frame), head) in net.groups.iter().zip(&attempt.geometry.frames).zip(&attempt.heads) {
        if let (Some(c), Some((rect, _))) = (group.cluster, frame) {
            let cluster = &diagram.clusters[c];
            scene.frames.push(FrameShape { id: cluster.id.clone(), name: text::clean(&cluster.name), rect: *rect });
            scene.texts.extend(head.clone());
        }
    }
    draw_boxes(&mut scene, diagram, net, attempt);
    draw_lines(&mut scene, diagram, net, plan, attempt);
    scene.texts.extend(page::key(&attempt.key, attempt.kind.label, &attempt.key_room, attempt.aside));
    scene
}

fn draw_boxes(scene: &mut Scene, diagram: &Diagram, net: &Net, attempt: &Attempt) {
    for (n, node) in diagram.nodes.iter().enumerate() {
        let frame = net.groups[net.group_of[n]].cluster.map(|c| diagram.clusters[c].id.clone());
        draw_box(scene, node, &attempt.geometry.contents[n], &attempt.kind, attempt.geometry.boxes[n], frame);
    }
}

/// A box with its words.
pub(crate) fn draw_box(
    scene: &mut Scene,
    node: &Node,
    content: &Content,
    kind: &Type,
    rect: Rect,
    frame: Option<String>,
) {
    let own = Words::of(node);
    let (left, right) = own.sides(kind);
    let (pad, gap) = kind.pad_x();
    let words = content.lines.iter().map(|l| text::width(&l.text, l.size, l.name)).fold(0.0, f64::max);
    // Icon and words stand in the middle together.
    let inner = rect.w - left - right;
    let start = rect.x + left + (inner - words).max(0.0) / 2.0;
    let icon =
        has_icon(node.role).then(|| Rect { x: start - gap - ICON, y: rect.center().y - ICON / 2.0, w: ICON, h: ICON });
    scene.boxes.push(BoxShape {
        id: node.id.clone(),
        frame,
        name: own.name,
        rect,
        role: node.role,
        emphasis: node.emphasis,
        icon,
        tooltip: node.tooltip.clone(),
    });
    let owner = Owner::Node(node.id.clone());
    let tall: f64 = content.lines.iter().map(|l| l.size * LINE_HEIGHT).sum();
    let mut y = rect.center().y - tall / 2.0;
    for line in &content.lines {
        let base = y + line.size * (LINE_HEIGHT - ASCENT - DESCENT) / 2.0 + line.size * ASCENT;
        let at = Point { x: start + words / 2.0, y: base };
        let ink = if line.name { Ink::Node(node.role, node.emphasis) } else { Ink::Caption(node.role, node.emphasis) };
        scene.texts.push(page::run(line.text.clone(), at, Anchor::Middle, line.size, line.name, ink, owner.clone()));
        y += line.size * LINE_HEIGHT;
    }
    if !content.badge.is_empty() {
        let size = kind.caption;
        let mark = if node.emphasis.has_corner_mark() { 4.0 } else { 0.0 };
        let at = Point { x: rect.right() - pad - mark, y: rect.center().y + size * 0.36 };
        let ink = Ink::Node(node.role, node.emphasis);
        scene.texts.push(page::run(content.badge.clone(), at, Anchor::End, size, true, ink, owner));
    }
}

fn draw_lines(scene: &mut Scene, diagram: &Diagram, net: &Net, plan: &Plan, attempt: &Attempt) {
    let widths = line_widths(net);
    for (l, link) in net.links.iter().enumerate() {
        let ids: Vec<String> = link.edges.iter().map(|&e| diagram.edges[e].id.clone()).collect();
        let owner = Owner::Edge(ids.first().cloned().unwrap_or_default());
        let tips: Vec<&str> = link
            .edges
            .iter()
            .map(|&e| &diagram.edges[e])
            .map(|e| if e.tooltip.is_empty() { "" } else { e.tooltip.as_str() })
            .filter(|t| !t.is_empty())
            .collect();
        let tooltip = if tips.is_empty() { link.label.clone() } else { tips.join("\n") };
        scene.lines.push(Line {
            edges: ids,
            from: diagram.nodes[link.from].id.clone(),
            from_side: plan.routes[l].from,
            to: diagram.nodes[link.to].id.clone(),
            to_side: plan.routes[l].to,
            points: attempt.geometry.lines[l].clone(),
            style: link.style,
            emphasis: link.emphasis,
            width: widths[l],
            tooltip,
        });
        match &attempt.labels[l] {
            Label::Words(lines, rect, _) => label_words(scene, lines, rect, attempt.kind.label, link, &owner),
            Label::Number(rect) => {
                if let Some(entry) = attempt.key.iter().find(|e| e.link == l) {
                    scene.texts.push(page::number(entry, *rect, attempt.kind.label, owner));
                }
            }
            Label::None | Label::Unsaid | Label::Lost => {}
        }
    }
}

fn label_words(scene: &mut Scene, lines: &[String], rect: &Rect, size: f64, link: &Link, owner: &Owner) {
    let step = labels::height(size);
    for (k, words) in lines.iter().enumerate() {
        let at = Point { x: rect.center().x, y: rect.y + step * k as f64 + size * ASCENT };
        let ink = Ink::Edge(link.style, link.emphasis);
        let mut text = page::run(words.clone(), at, Anchor::Middle, size, false, ink, owner.clone());
        let framed = scene.frames.iter().any(|f| {
            f.rect.grown(-0.5).overlaps(&rect.grown(-0.5))
                && f.rect.contains(&Rect { x: rect.center().x, y: rect.center().y, w: 0.0, h: 0.0 })
        });
        text.plate = if framed { Plate::FramePatch } else { Plate::Patch };
        text.rect = Rect { x: text.rect.x - labels::PATCH, w: text.rect.w + 2.0 * labels::PATCH, ..text.rect };
        scene.texts.push(text);
    }
}
