//! What is said beside a picture: numbered takeaways and what to do, in a column at its right or a strip beneath it.

use super::labels::disc;
use super::page::{self, Page};
use super::pen::Pen;
use crate::number::real;
use crate::scene::{Ink, Owner, Paint, Panel, Point, Rect, Text};
use crate::text::{self, ASCENT, LINE_HEIGHT};
use crate::{Aside, EdgeEmphasis, Paper, Style, Takeaway};

/// Width of the column, as a share of the room and at most and least, and what parts it from the picture.
const SHARE: f64 = 0.23;
const WIDTH: (f64, f64) = (168.0, 208.0);
const APART: f64 = 24.0;
/// Sizes of heads and of the words beneath them, the most comfortable first.
const SIZES: [(f64, f64); 3] = [(13.0, 11.0), (12.0, 10.5), (11.0, 10.0)];
/// Lines that a head, the words beneath it and what to do may take.
const LINES: (usize, usize, usize) = (6, 5, 10);
/// Between blocks, and around the words of a panel.
const GAP: f64 = 12.0;
const PAD: f64 = 9.0;
/// Most bars, the height of one with its words on one line, that of the heading, and the size of their words.
const METERS: usize = 8;
const METER: f64 = 25.0;
const SCALE: f64 = 17.0;
const SMALL: f64 = 10.5;
/// Between the name and the figure of a bar on one line.
const BESIDE: f64 = 8.0;
/// Width of the discs with what parts them from the words.
const DISC: f64 = 25.0;
/// A share of the room to spare, for fonts wider than the measured one.
const SPARE: f64 = 0.97;
/// What stands above what to do.
const SO_WHAT: &str = "So what";
/// Size of the words of a strip, and lines that it may take.
const STRIP: (f64, usize) = (12.5, 3);

/// A takeaway broken to the width of the column.
struct Block {
    number: String,
    head: Vec<String>,
    text: Vec<String>,
}

impl Block {
    fn of(takeaway: &Takeaway, (head, small): (f64, f64), width: f64) -> Self {
        let number = text::ellipsize(&text::clean(&takeaway.number), head, true, 3.0 * head);
        let room = SPARE * (width - if number.is_empty() { 0.0 } else { DISC });
        Self {
            head: text::wrap(&text::clean(&takeaway.head), head, true, room, LINES.0),
            text: text::wrap(&text::clean(&takeaway.text), small, false, room, LINES.1),
            number,
        }
    }

    fn height(&self, (head, small): (f64, f64)) -> f64 {
        let words = (real(self.head.len()) * head + real(self.text.len()) * small) * LINE_HEIGHT;
        if self.number.is_empty() { words } else { words.max(head * LINE_HEIGHT) }
    }
}

/// Puts `aside` at the right of the page's room and takes the width that it needs from it. What does not fit is left out, the least
/// important first.
pub(super) fn set(page: &mut Page, aside: &Aside) {
    if aside.is_empty() {
        return;
    }
    let width = (page.room.w * SHARE).clamp(WIDTH.0, WIDTH.1);
    let room = Rect { x: page.room.right() - width, w: width, y: page.room.y + 2.0, h: page.room.h - 4.0 };
    let all = aside.meters.len().min(METERS);
    let measured = |meters: Meters| match meters.count {
        0 => 0.0,
        count => real(count) * meters.height() + SCALE + GAP,
    };
    let set = |meters: Meters, count: usize, sizes: (f64, f64)| {
        let blocks: Vec<Block> = aside.takeaways[..count].iter().map(|one| Block::of(one, sizes, width)).collect();
        let so_what = text::wrap(&text::clean(&aside.so_what), sizes.0, true, (width - 2.0 * PAD) * SPARE, LINES.2);
        let tall = measured(meters) + blocks.iter().map(|block| block.height(sizes) + GAP).sum::<f64>();
        let tall = tall + if so_what.is_empty() { 0.0 } else { panel_height(so_what.len(), sizes) };
        (tall <= room.h, (meters, sizes, blocks, so_what))
    };
    let most = aside.takeaways.len();
    let least = SIZES[SIZES.len() - 1];
    // Names and figures in full are worth smaller takeaways, and not that one is left out.
    let ways: &[bool] = if have_no_room(aside, all, width) { &[true, false] } else { &[false] };
    let all = ways.iter().map(|&is_stacked| Meters { count: all, is_stacked });
    let tried =
        (0..=most).rev().flat_map(|count| all.clone().flat_map(move |all| SIZES.map(|sizes| (all, count, sizes))));
    let fewer = (0..aside.meters.len().min(METERS)).rev().map(|count| Meters { count, is_stacked: false });
    let tried = tried.chain(fewer.map(|meters| (meters, 0, least)));
    let found = tried.map(|(meters, count, sizes)| set(meters, count, sizes)).find(|(fits, _)| *fits);
    let (meters, sizes, blocks, so_what) = found.unwrap_or_else(|| set(Meters::default(), 0, least)).1;
    let rule = Rect { x: room.x - APART / 2.0, y: room.y, w: 0.75, h: room.h };
    page.panels.push(Panel { name: String::new(), rect: rule, paint: Paint::Rule });
    let mut y = room.y + 2.0;
    if meters.count > 0 {
        draw_meters(page, aside, meters, Rect { y, ..room });
        y += measured(meters);
    }
    for (at, block) in blocks.iter().enumerate() {
        draw(&mut page.texts, block, METERS + 1 + at, sizes, Point { x: room.x, y });
        y += block.height(sizes) + GAP;
    }
    if !so_what.is_empty() {
        let rect = Rect { x: room.x, y, w: width, h: panel_height(so_what.len(), sizes) };
        page.panels.push(Panel { name: String::new(), rect, paint: Paint::Ground });
        let owner = Owner::Aside(METERS + 1 + blocks.len());
        let (x, mut y) = (rect.x + PAD, rect.y + PAD);
        let mut put = |pen: Pen, words: &str| {
            page.texts.push(pen.write(words.to_owned(), Point { x, y: y + pen.size * ASCENT }, owner.clone()));
            y += pen.size * LINE_HEIGHT;
        };
        put(Pen::start(sizes.1, Ink::Muted).bold(), SO_WHAT);
        so_what.iter().for_each(|line| put(Pen::start(sizes.0, Ink::Strong).bold(), line));
    }
    page.room.w -= width + APART;
}

fn panel_height(lines: usize, (head, small): (f64, f64)) -> f64 {
    (real(lines) * head + small) * LINE_HEIGHT + 2.0 * PAD
}

/// How many bars, and whether each figure has a line of its own.
#[derive(Debug, Clone, Copy, Default)]
struct Meters {
    count: usize,
    is_stacked: bool,
}

impl Meters {
    fn height(self) -> f64 {
        METER + if self.is_stacked { SMALL * LINE_HEIGHT } else { 0.0 }
    }
}

/// Whether some name and figure have no room beside each other.
fn have_no_room(aside: &Aside, meters: usize, width: f64) -> bool {
    let words = |words: &str, bold: bool| text::width(&text::clean(words), SMALL, bold);
    aside.meters.iter().take(meters).any(|one| words(&one.name, false) + words(&one.figure, true) + BESIDE > width)
}

/// The bars beneath their heading, each with its name and figure above it.
fn draw_meters(page: &mut Page, aside: &Aside, meters: Meters, room: Rect) {
    let mut put = |pen: Pen, words: String, x: f64, y: f64, at: usize| {
        page.texts.push(pen.write(words, Point { x, y: y + pen.size * ASCENT }, Owner::Aside(at)));
    };
    let scale = text::ellipsize(&text::clean(&aside.scale), SMALL, true, room.w);
    if !scale.is_empty() {
        put(Pen::start(SMALL, Ink::Muted).bold(), scale, room.x, room.y, 0);
    }
    let mut y = room.y + SCALE;
    for (at, meter) in aside.meters.iter().take(meters.count).enumerate() {
        let most = if meters.is_stacked { 1.0 } else { 0.8 };
        let figure = text::ellipsize(&text::clean(&meter.figure), SMALL, true, room.w * most);
        let beside = if meters.is_stacked { 0.0 } else { text::width(&figure, SMALL, true) + BESIDE };
        let name = text::ellipsize(&text::clean(&meter.name), SMALL, false, room.w - beside);
        put(Pen::start(SMALL, Ink::Strong), name, room.x, y, at + 1);
        if meters.is_stacked {
            y += SMALL * LINE_HEIGHT;
            put(Pen::start(SMALL, Ink::Strong).bold(), figure, room.x, y, at + 1);
        } else {
            put(Pen::end(SMALL, Ink::Strong).bold(), figure, room.right(), y, at + 1);
        }
        let w = (room.w * if meter.share.is_finite() { meter.share.clamp(0.0, 1.0) } else { 0.0 }).max(1.0);
        let rect = Rect { x: room.x, y: y + SMALL * LINE_HEIGHT + 1.5, w, h: 6.5 };
        page.panels.push(Panel { name: format!("{}: {}", meter.name, meter.figure), rect, paint: meter.paint });
        y += METER;
    }
}

fn draw(texts: &mut Vec<Text>, block: &Block, at: usize, (head, small): (f64, f64), corner: Point) {
    let owner = Owner::Aside(at);
    let mut x = corner.x;
    if !block.number.is_empty() {
        texts.push(number(&block.number, head, Point { x, y: corner.y + head * LINE_HEIGHT / 2.0 }, owner.clone()));
        x += DISC;
    }
    let mut y = corner.y;
    let lines = block.head.iter().map(|line| (line, Pen::start(head, Ink::Strong).bold()));
    for (line, pen) in lines.chain(block.text.iter().map(|line| (line, Pen::start(small, Ink::Muted)))) {
        texts.push(pen.write(line.clone(), Point { x, y: y + pen.size * ASCENT }, owner.clone()));
        y += pen.size * LINE_HEIGHT;
    }
}

/// A number on its disc, which begins at `left` and has its middle there.
pub(super) fn number(words: &str, size: f64, left: Point, owner: Owner) -> Text {
    let (w, h) = disc(size, words.chars().count().max(2));
    let rect = Rect { x: left.x, y: left.y - h / 2.0, w, h };
    page::number(words, rect, (size * 0.92).max(Paper::SHOWN), Ink::Number(Style::Need, EdgeEmphasis::Normal), owner)
}

/// The same as one strip at the foot of the room, takeaways left out.
pub(super) fn strip(page: &mut Page, aside: &Aside) {
    let words = text::clean(&aside.so_what);
    if !words.is_empty() {
        foot(page, &format!("{SO_WHAT}: {words}"));
    }
}

/// Words that stand out at the foot of the room.
pub(super) fn foot(page: &mut Page, words: &str) {
    let (size, most) = STRIP;
    let lines = text::wrap(words, size, true, (page.room.w - 2.0 * PAD) * SPARE, most);
    let height = real(lines.len()) * size * LINE_HEIGHT + 1.4 * PAD;
    let rect = Rect { y: page.room.bottom() - height, h: height, ..page.room };
    page.panels.push(Panel { name: String::new(), rect, paint: Paint::Ground });
    let mut y = rect.y + 0.7 * PAD;
    for line in lines {
        let at = Point { x: rect.x + PAD, y: y + size * ASCENT };
        page.texts.push(Pen::start(size, Ink::Strong).bold().write(line, at, Owner::Aside(0)));
        y += size * LINE_HEIGHT;
    }
    page.room.h -= height + 6.0;
}
