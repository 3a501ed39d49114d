//! A card: a number on a disc, a title that is never cut, and what is said beneath it.

use super::super::canvas::{Canvas, Placed};
use super::super::content::{Type, shown_name};
use super::super::labels::disc;
use super::super::pen::Pen;
use crate::scene::{Ink, Owner, Plate, Point, Rect};
use crate::text::{self, ASCENT, LINE_HEIGHT};
use crate::{Diagram, EdgeEmphasis, Node, Style};

/// Around the words, and between the disc and them.
const PAD: (f64, f64) = (6.0, 5.0);
const AFTER_DISC: f64 = 5.0;
/// Lines that a title and each line beneath it may take: as many as any sensible one has.
const TITLE_LINES: usize = 12;
const LINES: usize = 4;
/// Numbers of cards on other slides that a card names.
const NAMED: usize = 4;

/// The words of a card, broken to a width.
#[derive(Debug)]
pub(super) struct Card {
    number: String,
    /// Words, size, and whether they are the title's.
    lines: Vec<(String, f64, bool)>,
    pub(super) height: f64,
    /// Whether some word had to be broken, or words are missing.
    pub(super) is_broken: bool,
}

/// `After 2, 5`: what `node` needs and what is on another slide, by number.
pub(super) fn after(node: &Node, part: &Diagram, whole: &Diagram) -> String {
    let is_elsewhere = |id: &str| !part.nodes.iter().any(|node| node.id == id);
    let needed = whole.edges.iter().filter(|edge| edge.to == node.id && is_elsewhere(&edge.from));
    let numbers: Vec<&str> = needed
        .filter_map(|edge| whole.nodes.iter().find(|node| node.id == edge.from))
        .map(|node| if node.badge.is_empty() { node.name.as_str() } else { node.badge.as_str() })
        .collect();
    match numbers.len() {
        0 => String::new(),
        count if count > NAMED => format!("after {} and {} more", numbers[..NAMED].join(", "), count - NAMED),
        _ => format!("after {}", numbers.join(", ")),
    }
}

/// The card of `node` in a lane of `width`; `after` says what it waits for, if that is not on the slide.
pub(super) fn card(node: &Node, after: &str, kind: &Type, width: f64) -> Card {
    let number = text::ellipsize(&text::clean(&node.badge), kind.name, true, 40.0);
    let room = (width - indent(&number, kind) - PAD.0).max(kind.name);
    let mut lines = Vec::new();
    let mut is_broken = false;
    let mut add = |words: &str, size: f64, is_title: bool, most: usize| {
        let words = text::clean(words);
        let broken = text::wrap(&words, size, is_title, room, most);
        // A word may go on after its own hyphen or slash.
        let parted = broken.iter().filter(|line| line.ends_with(['-', '/', '–', '—', '_', '&'])).count();
        let pieces: usize = broken.iter().map(|line| line.split(' ').count()).sum();
        is_broken |= pieces > words.split(' ').count() + parted
            || broken.last().is_some_and(|line| line.ends_with('…') && !words.ends_with('…'));
        lines.extend(broken.into_iter().map(|line| (line, size, is_title)));
    };
    add(&shown_name(node), kind.name, true, TITLE_LINES);
    let small = [&node.caption].into_iter().chain(&node.notes).map(String::as_str).chain([after]);
    small.filter(|words| !words.is_empty()).for_each(|words| add(words, kind.caption, false, LINES));
    let tall: f64 = lines.iter().map(|(_, size, _)| size * LINE_HEIGHT).sum();
    Card { number, lines, height: tall + 2.0 * PAD.1, is_broken }
}

fn indent(number: &str, kind: &Type) -> f64 {
    if number.is_empty() { PAD.0 } else { PAD.0 + disc(kind.name, number.chars().count().max(2)).0 + AFTER_DISC }
}

pub(super) fn draw(canvas: &mut Canvas<'_>, placed: Placed<'_>, card: &Card, kind: &Type) {
    let Placed { node, rect, .. } = placed;
    canvas.shape(placed, None);
    let texts = &mut canvas.scene.texts;
    let owner = Owner::Node(node.id.clone());
    let mut y = rect.y + PAD.1;
    if !card.number.is_empty() {
        let (w, h) = disc(kind.name, card.number.chars().count().max(2));
        let place = Rect { x: rect.x + PAD.0, y: y + kind.name * LINE_HEIGHT / 2.0 - h / 2.0, w, h };
        let at = Point { x: place.center().x, y: place.center().y + kind.name * 0.36 };
        let ink = Ink::Number(Style::Need, EdgeEmphasis::Normal);
        let size = kind.name * 0.92;
        let mut number = Pen::middle(size, ink).bold().write(card.number.clone(), at, owner.clone());
        (number.plate, number.rect) = (Plate::Disc, place);
        texts.push(number);
    }
    let x = rect.x + indent(&card.number, kind);
    for (words, size, is_title) in &card.lines {
        let ink = match is_title {
            true => Ink::Node(node.role, node.emphasis),
            false => Ink::Caption(node.role, node.emphasis),
        };
        let at = Point { x, y: y + size * ASCENT };
        texts.push(Pen::start(*size, ink).weight(*is_title).write(words.clone(), at, owner.clone()));
        y += size * LINE_HEIGHT;
    }
}
