//! Links at the edge of a slide that lead to other slides of the deck.

use super::shapes::{Ids, body, place};
use super::skeleton::{Layout, Stage};
use super::xml::{solid, words};
use crate::number::real;
use crate::scene::Rect;
use crate::text::{ASCENT, LINE_HEIGHT, clean, ellipsize, width};

/// Size of their words, and what parts them.
const SIZE: f64 = 10.0;
const GAP: f64 = 14.0;
/// A share of the width to spare, for fonts wider than the measured one.
const SPARE: f64 = 1.06;
/// The base line above the titles of the deck's own layouts, and how far from the lower edge that of their last words is.
const ALOFT: f64 = 11.5;
const FOOT: f64 = 12.0;
/// Share of the width that they may take at the foot, beside the source.
const BESIDE: f64 = 0.62;
/// How far a company's body ends above the base line of what stands at its foot.
pub(super) const BENEATH: f64 = 10.0;

/// A link as it is drawn: its words, and the relationship of the slide that leads to the other one.
pub(super) struct Drawn {
    words: String,
    relationship: String,
}

impl Drawn {
    /// The link, if there is anything to read.
    pub(super) fn of(said: &str, relationship: impl FnOnce() -> String) -> Option<Drawn> {
        let said = clean(said);
        (!said.is_empty()).then(|| Drawn { words: said, relationship: relationship() })
    }
}

/// The width that links of these words take on a slide with `room` for them, what parts them from others included; 0 for none.
pub(super) fn taken<'w>(links: impl Iterator<Item = &'w str>, room: f64) -> f64 {
    let all: f64 = links.map(|words| width(&clean(words), SIZE, false) * SPARE + GAP).sum();
    all.min(room)
}

/// Where links stand.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Place {
    /// Above the title, at the right: nothing else stands there on the deck's own layouts.
    Aloft,
    /// At the foot, at the left, where the deck's own slides have their legend.
    Foot,
    /// Beneath the body of a company's layout, whose head may hold anything.
    Beneath,
}

/// Links side by side.
pub(super) fn shapes(ids: &mut Ids, links: &[Drawn], at: Place, stage: &Stage, layout: &Layout) -> String {
    let (slide_width, slide_height) = stage.size;
    let room = match at {
        Place::Aloft => slide_width - 52.0,
        Place::Foot => BESIDE * (slide_width - 52.0),
        Place::Beneath => layout.room.w,
    };
    let gaps = GAP * real(links.len().saturating_sub(1));
    let whole = |link: &Drawn| width(&link.words, SIZE, false) * SPARE;
    let is_cut = links.iter().map(whole).sum::<f64>() + gaps > room;
    let most = (room - gaps) / real(links.len().max(1)) / SPARE;
    let shown = links.iter().map(|link| {
        let words = if is_cut { ellipsize(&link.words, SIZE, false, most) } else { link.words.clone() };
        let width = width(&words, SIZE, false) * SPARE;
        (words, width)
    });
    let shown: Vec<(String, f64)> = shown.collect();
    let all = shown.iter().map(|(_, width)| width).sum::<f64>() + gaps;
    let (mut x, base) = match at {
        Place::Aloft => (slide_width - 26.0 - all, ALOFT),
        Place::Foot => (26.0, slide_height - FOOT),
        Place::Beneath => (layout.room.x, (layout.room.bottom() + BENEATH).min(slide_height - 3.0)),
    };
    // The room to spare stands at the side that is not the slide's.
    let side = if at == Place::Aloft { "r" } else { "l" };
    let mut out = String::new();
    for (link, (said, width)) in links.iter().zip(shown) {
        let rect = Rect { x, y: base - SIZE * ASCENT, w: width, h: SIZE * LINE_HEIGHT };
        // Each has a shape of its own that is the link: so it keeps its color, where Office would give words that are links one of the
        // theme's, and names from right to left keep their place among the others.
        let run = format!(
            "<a:p><a:pPr algn=\"{side}\"/><a:r><a:rPr lang=\"en-US\" sz=\"{}\" u=\"sng\" dirty=\"0\">{}</a:rPr><a:t>{}</a:t></a:r></a:p>",
            (SIZE * 100.0) as i64,
            solid(layout.palette.standby),
            words(&said)
        );
        out.push_str(&format!(
            "<p:sp><p:nvSpPr><p:cNvPr id=\"{}\" name=\"Link\" descr=\"Link: {}\"><a:hlinkClick r:id=\"{}\" \
             action=\"ppaction://hlinksldjump\"/></p:cNvPr><p:cNvSpPr txBox=\"1\"/><p:nvPr/></p:nvSpPr><p:spPr><a:xfrm>{}</a:xfrm>\
             <a:prstGeom prst=\"rect\"><a:avLst/></a:prstGeom><a:noFill/></p:spPr>{}</p:sp>",
            ids.next(),
            words(&link.words),
            words(&link.relationship),
            place(&rect),
            body("none", "t", [0.0; 4], &run)
        ));
        x += width + GAP;
    }
    out
}
