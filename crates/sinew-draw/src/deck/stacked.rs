//! Tables beneath each other on one slide, and what to do at its foot.

use super::model::Table;
use super::palette::Palette;
use super::shapes::{self, Corners, Flowing, Ids, TextBox, TextRun};
use super::table;
use crate::number::real;
use crate::scene::{Anchor, Point, Rect};
use crate::text::{ASCENT, LINE_HEIGHT, clean, ellipsize, wrap};

/// Size of headings.
const HEADING: f64 = 14.0;
/// Size of the words that say what to do, lines that they may take, and the room around them.
const SO_WHAT: f64 = 13.0;
const ROWS: usize = 3;
const PAD: f64 = 9.0;
/// Between tables.
const BETWEEN: f64 = 16.0;

/// Tables beneath each other, and what to do at the foot.
pub(super) fn xml(ids: &mut Ids, tables: &[(String, Table)], so_what: &str, room: &Rect, theme: &Palette) -> String {
    let mut out = String::new();
    let so_what = clean(so_what);
    let mut left = *room;
    if !so_what.is_empty() {
        let words = format!("So what: {so_what}");
        // Room for fonts that are a little wider than the measured one.
        let width = (room.w - 2.0 * PAD) * 0.96;
        let lines = wrap(&words, SO_WHAT, true, width, ROWS);
        let (rows, height) = (lines.len(), real(lines.len()) * SO_WHAT * LINE_HEIGHT + 2.0 * PAD);
        let rect = Rect { y: room.bottom() - height, h: height, ..*room };
        out.push_str(&shapes::panel(ids, "So what", "", &rect, Corners::Rounded, theme.frame_fill));
        let lines = [TextRun { text: lines.join(" "), size: SO_WHAT, bold: true, color: theme.strong }];
        let at = Point { x: rect.x + PAD, y: rect.y + PAD + SO_WHAT * ASCENT };
        out.push_str(&Flowing { name: "So what", at, width, anchor: Anchor::Start, lines: &lines, rows }.xml(ids));
        left.h -= height + 8.0;
    }
    let weight =
        |(heading, table): &(String, Table)| real(table.rows.len()) + if heading.is_empty() { 1.5 } else { 3.0 };
    // Of each table, its whole height and the least in which it shows a row, heading and room to the next included.
    let heights: Vec<(f64, f64)> = tables
        .iter()
        .map(|(heading, table)| {
            let more = BETWEEN + if heading.is_empty() { 0.0 } else { HEADING * 1.6 };
            let (whole, least) = table::heights(table, room, theme);
            (whole + more, least + more)
        })
        .collect();
    for (at, one) in tables.iter().enumerate() {
        let all: f64 = tables[at..].iter().map(weight).sum();
        // What the others need is theirs, a large table leaves them its share, and each shows a row.
        let others = |of: fn(&(f64, f64)) -> f64| heights[at + 1..].iter().map(of).sum::<f64>();
        let share = (left.h - BETWEEN * real(tables.len() - at - 1)) * weight(one) / all;
        let wanted = share.max(left.h - others(|height| height.0)).max(heights[at].1 - BETWEEN);
        let mut part = Rect { h: wanted.min((left.h - others(|height| height.1)).max(share)), ..left };
        let (heading, table) = one;
        if !heading.is_empty() {
            let text = ellipsize(&clean(heading), HEADING, true, room.w);
            let lines = &[TextRun { text, size: HEADING, bold: true, color: theme.strong }];
            let place = Point { x: part.x + 5.0, y: part.y + HEADING };
            let head = TextBox { name: "Heading", at: place, width: room.w, anchor: Anchor::Start, lines };
            out.push_str(&head.xml(ids));
            part.y += HEADING * 1.6;
            part.h -= HEADING * 1.6;
        }
        if let Some((height, draw)) = table::sized_pages(table, &part, theme).into_iter().next() {
            out.push_str(&draw(ids));
            let end = part.y + height + BETWEEN;
            left = Rect { y: end, h: (left.bottom() - end).max(0.0), ..left };
        }
    }
    out
}
