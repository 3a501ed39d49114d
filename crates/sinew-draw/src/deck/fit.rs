//! A scene brought to the room that a layout leaves.

use crate::number::real;
use crate::scene::{Owner, Point, Rect, Scene};

/// The scene moved and scaled into `room`, all of it but its title.
pub(super) fn fitted(scene: &Scene, room: &Rect) -> Scene {
    let texts = scene.texts.iter().filter(|t| t.owner != Owner::Title).map(|t| t.rect);
    let lines = scene.lines.iter().flat_map(|l| &l.points).map(|p| Rect { x: p.x, y: p.y, w: 0.0, h: 0.0 });
    let rects = scene.frames.iter().map(|f| f.rect).chain(scene.boxes.iter().map(|b| b.rect.grown(3.0)));
    let rects = rects
        .chain(scene.panels.iter().map(|p| p.rect))
        .chain(scene.samples.iter().map(|s| s.rect.grown(3.0)))
        .chain(texts)
        .chain(lines);
    let from = rects.reduce(union).unwrap_or(*room);
    let from = Rect { w: from.w.max(1.0), h: from.h.max(1.0), ..from };
    let scale = (room.w / from.w).min(room.h / from.h);
    let left = room.x + (room.w - from.w * scale) / 2.0;
    let point = |p: Point| Point { x: left + (p.x - from.x) * scale, y: room.y + (p.y - from.y) * scale };
    let rect = |r: Rect| {
        let at = point(Point { x: r.x, y: r.y });
        Rect { x: at.x, y: at.y, w: r.w * scale, h: r.h * scale }
    };
    let mut out = scene.clone();
    out.panels.iter_mut().for_each(|p| p.rect = rect(p.rect));
    out.frames.iter_mut().for_each(|f| f.rect = rect(f.rect));
    for b in &mut out.boxes {
        b.rect = rect(b.rect);
        b.icon = b.icon.map(rect);
    }
    for l in &mut out.lines {
        l.points.iter_mut().for_each(|p| *p = point(*p));
        l.width *= scale;
    }
    out.samples.iter_mut().for_each(|s| s.rect = rect(s.rect));
    for t in &mut out.texts {
        t.at = point(t.at);
        t.rect = rect(t.rect);
        t.size *= scale;
    }
    out
}

/// Place and size of the scene's title.
pub(super) fn title_place(scene: &Scene) -> (Rect, f64) {
    let mut lines = scene.texts.iter().filter(|t| t.owner == Owner::Title);
    let Some(first) = lines.next() else {
        return (Rect { x: 26.0, y: 14.0, w: scene.width - 52.0, h: 26.0 }, 20.0);
    };
    let count = 1 + lines.count();
    let top = first.at.y - first.size * 0.905;
    (Rect { x: first.at.x, y: top, w: scene.width - 2.0 * first.at.x, h: first.size * 1.2 * real(count) }, first.size)
}

/// The least rectangle around both.
pub(super) fn union(a: Rect, b: Rect) -> Rect {
    let (x, y) = (a.x.min(b.x), a.y.min(b.y));
    Rect { x, y, w: a.right().max(b.right()) - x, h: a.bottom().max(b.bottom()) - y }
}
