//! An attempt as a scene: every box, line and word with its place and meaning.

use super::super::boxes::draw_box;
use super::super::canvas::{Canvas, Course, Placed};
use super::super::labels::{self, Label};
use super::super::net::Net;
use super::super::page;
use super::super::pen::Pen;
use super::super::plan::Plan;
use super::attempt::{Attempt, line_widths};
use crate::number::real;
use crate::scene::{Ink, Owner, Plate, Point, Rect, Scene};
use crate::text::ASCENT;

/// All of an attempt on a slide.
pub(super) fn draw(mut canvas: Canvas<'_>, net: &Net, plan: &Plan, attempt: &Attempt) -> Scene {
    canvas.scene.name_size = attempt.kind.name;
    canvas.scene.keyed = attempt.key.len();
    for ((group, frame), head) in net.groups.iter().zip(&attempt.geometry.frames).zip(&attempt.heads) {
        if let (Some(c), Some((rect, _))) = (group.cluster, frame) {
            canvas.frame(&canvas.diagram.clusters[c], *rect);
            canvas.scene.texts.extend(head.clone());
        }
    }
    for (n, node) in canvas.diagram.nodes.iter().enumerate() {
        let frame = net.groups[net.group_of[n]].cluster.map(|c| &canvas.diagram.clusters[c]);
        let placed = Placed { node, rect: attempt.geometry.boxes[n], frame };
        draw_box(&mut canvas, placed, &attempt.geometry.contents[n], &attempt.kind);
    }
    draw_lines(&mut canvas, net, plan, attempt);
    let edge = |link: usize| net.links[link].id(canvas.diagram);
    let (size, room) = (attempt.kind.label, &attempt.key_room);
    let key = page::key(&attempt.key, size, room, attempt.aside, |entry| edge(entry.link));
    canvas.scene.texts.extend(key);
    canvas.scene
}

fn draw_lines(canvas: &mut Canvas<'_>, net: &Net, plan: &Plan, attempt: &Attempt) {
    let widths = line_widths(net);
    let size = attempt.kind.label;
    for (l, link) in net.links.iter().enumerate() {
        let (route, points) = (&plan.routes[l], attempt.geometry.lines[l].clone());
        canvas.line(link, Course { from: route.from, to: route.to, points, width: widths[l] });
        let owner = Owner::Edge(link.id(canvas.diagram));
        match &attempt.labels[l] {
            Label::Words(lines, rect, _) => {
                let pen = Pen::middle(size, Ink::Edge(link.style, link.emphasis));
                let (words, price) = lines.split_at(lines.len() - usize::from(!link.price.is_empty()));
                label_words(&mut canvas.scene, words, rect, pen, &owner);
                for price in price {
                    let (w, h) = (labels::badge_width(price, size), labels::height(size));
                    let badge = Rect { x: rect.center().x - w / 2.0, y: rect.bottom() - h, w, h };
                    let ink = Ink::Number(link.style, link.emphasis);
                    canvas.scene.texts.push(page::number(price, badge, size, ink, owner.clone()));
                }
            }
            Label::Number(rect) => {
                if let Some(entry) = attempt.key.iter().find(|e| e.link == l) {
                    let said = labels::with_price(&entry.number, &link.price);
                    let ink = Ink::Number(entry.style, entry.emphasis);
                    canvas.scene.texts.push(page::number(&said, *rect, size, ink, owner));
                }
            }
            Label::None | Label::Unsaid | Label::Lost => {}
        }
    }
}

fn label_words(scene: &mut Scene, lines: &[String], rect: &Rect, pen: Pen, owner: &Owner) {
    let step = labels::height(pen.size);
    for (k, words) in lines.iter().enumerate() {
        let at = Point { x: rect.center().x, y: rect.y + step * real(k) + pen.size * ASCENT };
        let mut text = pen.write(words.clone(), at, owner.clone());
        let framed = scene.frames.iter().any(|f| {
            f.rect.grown(-0.5).overlaps(&rect.grown(-0.5))
                && f.rect.contains(&Rect { x: rect.center().x, y: rect.center().y, w: 0.0, h: 0.0 })
        });
        text.plate = if framed { Plate::FramePatch } else { Plate::Patch };
        text.rect = Rect { x: text.rect.x - labels::PATCH, w: text.rect.w + 2.0 * labels::PATCH, ..text.rect };
        scene.texts.push(text);
    }
}
