//! What a layout or master draws: its placeholders and where they stand.

use super::error::TemplateError;
use super::read::{elements, value};
use crate::scene::Rect;

/// Space between a placeholder and what is put beside it, in points.
const GAP: f64 = 6.0;
/// Room for the source line above the layout's foot.
const SOURCE: f64 = 14.0;
/// Least share of the room that must be left beside a logo: what takes more is a ground.
const LEFT: f64 = 0.55;

#[derive(Debug, Clone, PartialEq)]
struct Placeholder {
    kind: String,
    idx: u32,
    place: Option<Rect>,
}

/// A layout or master as far as slides need it.
#[derive(Debug, Clone, PartialEq)]
pub(in super::super) struct Drawn {
    /// The name that PowerPoint shows.
    pub(super) name: String,
    /// Its type (`titleOnly`), if it has one.
    pub(super) kind: String,
    placeholders: Vec<Placeholder>,
    /// Where logos, bands and rules are.
    drawings: Vec<Rect>,
}

impl Drawn {
    pub(in super::super) fn of(part: &str, xml: &str) -> Result<Drawn, TemplateError> {
        let mut drawn =
            Drawn { name: String::new(), kind: String::new(), placeholders: Vec::new(), drawings: Vec::new() };
        let (mut is_open, mut is_drawn) = (false, false);
        let mut at: Option<(f64, f64)> = None;
        elements(part, xml, |e| {
            let number = |key| value(e, key).and_then(|v| v.parse::<i64>().ok()).map(|v| v as f64 / 12_700.0);
            match e.local_name().as_ref() {
                "sldLayout" => drawn.kind = value(e, "type").unwrap_or_default(),
                "cSld" => drawn.name = value(e, "name").unwrap_or_default(),
                "sp" | "pic" | "grpSp" | "graphicFrame" | "cxnSp" => (is_open, is_drawn, at) = (false, true, None),
                "ph" => {
                    let kind = value(e, "type").unwrap_or_default();
                    let idx = value(e, "idx").and_then(|v| v.parse().ok()).unwrap_or(0);
                    drawn.placeholders.push(Placeholder { kind, idx, place: None });
                    (is_open, is_drawn) = (true, false);
                }
                "off" if is_open || is_drawn => at = number("x").zip(number("y")),
                "ext" if is_open || is_drawn => {
                    let Some(((x, y), (w, h))) = at.take().zip(number("cx").zip(number("cy"))) else { return };
                    let place = Rect { x, y, w, h };
                    match drawn.placeholders.last_mut().filter(|_| is_open) {
                        Some(last) => last.place = Some(place),
                        None => drawn.drawings.push(place),
                    }
                    (is_open, is_drawn) = (false, false);
                }
                _ => {}
            }
        })?;
        Ok(drawn)
    }

    /// The type of its title placeholder.
    pub(in super::super) fn title(&self) -> Option<&'static str> {
        self.placeholders.iter().find_map(|p| match p.kind.as_str() {
            "title" => Some("title"),
            "ctrTitle" => Some("ctrTitle"),
            _ => None,
        })
    }

    /// The number of its placeholder for text; of type `kind` where that is not empty.
    pub(in super::super) fn text(&self, kind: &str) -> Option<u32> {
        let fits = |p: &&Placeholder| {
            if kind.is_empty() { matches!(p.kind.as_str(), "" | "obj" | "body") } else { p.kind == kind }
        };
        self.placeholders.iter().find(fits).map(|p| p.idx)
    }

    /// How many placeholders for text it has besides its title.
    pub(super) fn texts(&self) -> usize {
        let is_text = |p: &&Placeholder| matches!(p.kind.as_str(), "" | "obj" | "body" | "subTitle");
        self.placeholders.iter().filter(is_text).count()
    }

    /// The number of its placeholder for the slide number.
    pub(in super::super) fn number(&self) -> Option<u32> {
        self.placeholders.iter().find(|p| p.kind == "sldNum").map(|p| p.idx)
    }

    fn place(&self, master: &Drawn, kinds: &[&str]) -> Option<Rect> {
        let of = |drawn: &Drawn| {
            drawn.placeholders.iter().filter(|p| kinds.contains(&p.kind.as_str())).find_map(|p| p.place)
        };
        of(self).or_else(|| of(master))
    }

    /// Where a title stands on slides of `size`: where the layout or its master has it, if that is at the top.
    pub(super) fn title_place(&self, master: &Drawn, (w, h): (f64, f64)) -> Rect {
        let title = self.place(master, &["title", "ctrTitle"]);
        let title = title.filter(|t| t.bottom() < h * 0.5 && t.w > w * 0.3 && t.x >= 0.0 && t.right() <= w);
        title.unwrap_or(Rect { x: w * 0.04, y: h * 0.04, w: w * 0.92, h: h * 0.12 })
    }

    /// The room beneath its title, above its foot and clear of logos, on slides of `size`: as wide as the master's body, else as the
    /// title.
    pub(super) fn room(&self, master: &Drawn, (w, h): (f64, f64)) -> Rect {
        let title = self.title_place(master, (w, h));
        let shown: Vec<&Placeholder> =
            self.placeholders.iter().filter(|p| matches!(p.kind.as_str(), "ftr" | "dt" | "sldNum")).collect();
        let tops = shown.iter().filter_map(|p| {
            let of_master = || master.placeholders.iter().find(|m| m.kind == p.kind).and_then(|m| m.place);
            p.place.or_else(of_master).map(|r| r.y)
        });
        let foot = tops.filter(|y| *y > h * 0.7 && *y <= h).fold(h * 0.97, f64::min);
        let top = title.bottom() + GAP;
        let body = master.placeholders.iter().find(|p| p.kind == "body").and_then(|p| p.place);
        let body = body.filter(|b| b.x >= 0.0 && b.right() <= w && b.w > w * 0.5 && b.bottom() > h * 0.6);
        let Rect { x, w: wide, .. } = body.unwrap_or(title);
        let room = Rect { x, y: top, w: wide, h: (foot - SOURCE - top).max(h * 0.2) };
        self.drawings.iter().chain(&master.drawings).fold(room, |room, drawing| beside(&room, drawing))
    }
}

/// The largest part of `room` beside `drawing`; all of it where that leaves too little.
fn beside(room: &Rect, drawing: &Rect) -> Rect {
    let drawing = drawing.grown(GAP / 2.0);
    if !room.overlaps(&drawing) {
        return *room;
    }
    let parts = [
        Rect { w: drawing.x - room.x, ..*room },
        Rect { x: drawing.right(), w: room.right() - drawing.right(), ..*room },
        Rect { h: drawing.y - room.y, ..*room },
        Rect { y: drawing.bottom(), h: room.bottom() - drawing.bottom(), ..*room },
    ];
    let area = |rect: &Rect| rect.w.max(0.0) * rect.h.max(0.0);
    let largest = parts.into_iter().max_by(|a, b| area(a).total_cmp(&area(b))).unwrap_or(*room);
    if area(&largest) >= LEFT * area(room) { largest } else { *room }
}
