//! A summary on one slide: a few large figures, sentences, what is recommended.

use super::column;
use super::page::Page;
use super::pen::Pen;
use crate::Paper;
use crate::number::real;
use crate::scene::{Ink, Owner, Paint, Panel, Point, Rect, Scene};
use crate::text::{self, ASCENT, LINE_HEIGHT};

/// Most figures, the height of their grounds, what parts these, and around the words.
const FIGURES: usize = 4;
const HEIGHT: f64 = 104.0;
const GAP: f64 = 14.0;
const PAD: f64 = 12.0;
/// Sizes of figures that are tried, and that of the words with them.
const LARGE: [f64; 5] = [30.0, 26.0, 22.0, 18.0, 15.0];
const SMALL: f64 = 12.0;
const LINES: usize = 3;
/// Sizes of sentences that are tried, and lines that one may take.
const SENTENCES: [f64; 6] = [18.0, 16.5, 15.0, 14.0, 13.0, 12.0];
const LONGEST: usize = 6;

/// A summary: what stands on its [slide](headline).
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Headline {
    /// The message.
    pub title: String,
    /// Where the facts come from; empty for none.
    pub source: String,
    /// Large figures with what they are, at most four.
    pub figures: Vec<(String, String)>,
    /// Sentences beneath them.
    pub words: Vec<String>,
    /// What is recommended; empty for nothing.
    pub ask: String,
    /// What it is laid out for.
    pub paper: Paper,
}

/// The slide; what has no room is cut at its end.
#[must_use]
pub fn headline(of: &Headline) -> Scene {
    let mut page = Page::new(&of.paper, [&of.title, "", &of.source], 1, &[], &[]);
    page.room.y += GAP;
    page.room.h -= GAP;
    let ask = text::clean(&of.ask);
    if !ask.is_empty() {
        column::foot(&mut page, &ask);
    }
    let mut scene = Scene {
        width: of.paper.width,
        height: of.paper.height,
        title: text::clean(&of.title),
        alt: text::clean(&of.title),
        panels: page.panels.clone(),
        frames: Vec::new(),
        lines: Vec::new(),
        boxes: Vec::new(),
        samples: Vec::new(),
        texts: Vec::new(),
        name_size: 0.0,
        keyed: 0,
    };
    let room = page.room;
    let figures = &of.figures[..of.figures.len().min(FIGURES)];
    let width = (room.w - GAP * real(figures.len().max(1) - 1)) / real(figures.len().max(1));
    let inner = width - 2.0 * PAD;
    let fits = |size: &f64| figures.iter().all(|(figure, _)| text::width(&text::clean(figure), *size, true) <= inner);
    let large = LARGE.into_iter().find(fits).unwrap_or(LARGE[LARGE.len() - 1]);
    for (at, (figure, words)) in figures.iter().enumerate() {
        let rect = Rect { x: room.x + real(at) * (width + GAP), y: room.y, w: width, h: HEIGHT };
        scene.panels.push(Panel { name: format!("{figure}: {words}"), rect, paint: Paint::Ground });
        let (x, mut y) = (rect.x + PAD, rect.y + 10.0);
        let mut put = |pen: Pen, words: String| {
            scene.texts.push(pen.write(words, Point { x, y: y + pen.size * ASCENT }, Owner::Aside(at + 1)));
            y += pen.size * LINE_HEIGHT;
        };
        put(Pen::start(large, Ink::Strong).bold(), text::ellipsize(&text::clean(figure), large, true, inner));
        let lines = text::wrap(&text::clean(words), SMALL, false, inner, LINES);
        lines.into_iter().for_each(|line| put(Pen::start(SMALL, Ink::Muted), line));
    }
    let top = room.y + if figures.is_empty() { 0.0 } else { HEIGHT + 2.0 * GAP };
    let set = |size: f64| -> Vec<Vec<String>> {
        of.words.iter().map(|words| text::wrap(&text::clean(words), size, false, room.w, LONGEST)).collect()
    };
    let tall = |size: f64, set: &[Vec<String>]| -> f64 {
        set.iter().map(|lines| real(lines.len()) * size * LINE_HEIGHT + 0.8 * size).sum()
    };
    let fits = |size: &f64| top + tall(*size, &set(*size)) <= room.bottom();
    let size = SENTENCES.into_iter().find(fits).unwrap_or(SENTENCES[SENTENCES.len() - 1]);
    let mut y = top;
    for (at, lines) in set(size).into_iter().enumerate() {
        for line in lines {
            if y + size * LINE_HEIGHT > room.bottom() {
                break;
            }
            let place = Point { x: room.x, y: y + size * ASCENT };
            scene.texts.push(Pen::start(size, Ink::Strong).write(line, place, Owner::Aside(FIGURES + 1 + at)));
            y += size * LINE_HEIGHT;
        }
        y += 0.8 * size;
    }
    // What is recommended is read last.
    scene.texts.extend(page.texts);
    scene
}
