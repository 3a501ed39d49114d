//! A box with its words in the middle, beside its icon.

use super::canvas::{Canvas, Placed};
use super::content::{BoxLine, Content, ICON, LineKind, Type, Words};
use super::page::number;
use super::pen::Pen;
use crate::scene::{Ink, Owner, Point, Rect};
use crate::svg::has_icon;
use crate::text::{ASCENT, DESCENT, LINE_HEIGHT};

pub(super) fn draw_box(canvas: &mut Canvas<'_>, placed: Placed<'_>, content: &Content, kind: &Type) {
    let Placed { node, rect, .. } = placed;
    let (left, right) = Words::of(node).sides(kind);
    let (pad, gap) = kind.pad_x();
    let words = content.lines.iter().map(BoxLine::width).fold(0.0, f64::max);
    // Icon and words stand in the middle together.
    let inner = rect.w - left - right;
    let start = rect.x + left + (inner - words).max(0.0) / 2.0;
    let icon =
        has_icon(node.role).then(|| Rect { x: start - gap - ICON, y: rect.center().y - ICON / 2.0, w: ICON, h: ICON });
    canvas.shape(placed, icon);
    let texts = &mut canvas.scene.texts;
    let owner = Owner::Node(node.id.clone());
    let tall: f64 = content.lines.iter().map(BoxLine::step).sum();
    let mut y = rect.center().y - tall / 2.0;
    for line in &content.lines {
        let base = y + line.size * (LINE_HEIGHT - ASCENT - DESCENT) / 2.0 + line.size * ASCENT;
        let at = Point { x: start + words / 2.0, y: base };
        let ink = match line.kind {
            LineKind::Name => Ink::Node(node.role, node.emphasis),
            LineKind::Small => Ink::Caption(node.role, node.emphasis),
            LineKind::Price => Ink::Price(node.emphasis),
        };
        if line.kind == LineKind::Price {
            let (w, h) = (line.width(), line.step() - 1.0);
            let badge = Rect { x: at.x - w / 2.0, y: y + 1.0, w, h };
            texts.push(number(&line.text, badge, line.size, ink, owner.clone()));
        } else {
            texts.push(Pen::middle(line.size, ink).weight(line.is_bold()).write(line.text.clone(), at, owner.clone()));
        }
        y += line.step();
    }
    if !content.badge.is_empty() {
        let size = kind.caption;
        let mark = if node.emphasis.has_corner_mark() { 4.0 } else { 0.0 };
        let at = Point { x: rect.right() - pad - mark, y: rect.center().y + size * 0.36 };
        let ink = Ink::Node(node.role, node.emphasis);
        texts.push(Pen::end(size, ink).bold().write(content.badge.clone(), at, owner));
    }
}
