//! Rows with a bar each on an axis of weeks: what is built when, what must come before what, what it is worth.
//!
//! Names stand at the left, worth at the right, lines go from the foot of a bar to the head of one that needs it. A line that would
//! touch another or a bar is left out, as each row says what it comes after. What does not fit with names of ten points goes on to
//! further slides, on the same axis.

use std::collections::BTreeSet;

use super::canvas::{Canvas, Course, Placed};
use super::column;
use super::net::Net;
use super::page::Page;
use super::pen::Pen;
use crate::legend::LegendEntry;
use crate::number::real;
use crate::scene::{Ink, Owner, Paint, Panel, Point, Rect, Scene, Side};
use crate::text::{self, ASCENT, LINE_HEIGHT};
use crate::{Aside, Bar, Diagram, Emphasis, Mark, Node, Role, Style};

/// Sizes of names, the most comfortable first; what stands beneath them is smaller, but not below the last.
const SIZES: [f64; 7] = [14.0, 13.0, 12.0, 11.5, 11.0, 10.5, 10.0];
const SMALL: f64 = 10.0;
/// Width of the numbers, of the names, and of what is worth, with what parts them from the axis.
const NUMBER: f64 = 27.0;
const NAMES: f64 = 318.0;
const APART: f64 = 14.0;
/// Width of a bar of what an item is worth, least and most width of the figure beside it, and the size of that.
const WORTH: f64 = 66.0;
const FIGURE: [f64; 2] = [84.0, 132.0];
const FIGURES: f64 = 12.0;
/// Between both.
const BESIDE: f64 = 8.0;
/// Lines that a name, and what stands beneath it, may take.
const LINES: (usize, usize) = (4, 2);
/// Around the words of a row, and what a row may be higher than it needs.
const PADS: [f64; 2] = [4.0, 1.5];
const EXTRA: f64 = 12.0;
/// Height of the axis above the rows: spans, weeks, days.
const HEAD: f64 = 3.0 * SMALL * LINE_HEIGHT + 6.0;
/// Least width of a bar, and of a step of the axis.
const LEAST: f64 = 9.0;
const STEP: f64 = 42.0;
/// Weeks between marks of the axis that are tried.
const STEPS: [f64; 8] = [1.0, 2.0, 4.0, 8.0, 13.0, 26.0, 52.0, 104.0];
/// Numbers of items that a row says it comes after, before the rest is counted.
const NAMED: usize = 4;
/// What lines keep from each other and from bars.
const CLEAR: f64 = 3.2;
const THICK: f64 = 1.2;

/// The slides of `diagram`; never empty.
pub(super) fn gantt(diagram: &Diagram) -> Vec<Scene> {
    let all: Vec<usize> = (0..diagram.nodes.len()).collect();
    let mut whole = Chart::of(diagram, diagram, &all);
    let least = SIZES[SIZES.len() - 1];
    for pad in PADS {
        whole.pad = pad;
        if let Some(size) = SIZES.into_iter().find(|size| whole.fits(*size)) {
            return vec![whole.draw(size)];
        }
    }
    // Measured with the longest title, and with what stands beneath the first.
    let longest = titled(diagram, "10 of 10");
    let fits = |rows: &[usize]| Chart::of(&longest, diagram, rows).fits(least);
    let mut parts: Vec<Vec<usize>> = Vec::new();
    for row in all {
        match parts.last_mut() {
            Some(part) => {
                part.push(row);
                if !fits(part) {
                    part.pop();
                    parts.push(vec![row]);
                }
            }
            None => parts.push(vec![row]),
        }
    }
    let count = parts.len();
    // Slides as full as each other, where each then holds its rows.
    let even: Vec<Vec<usize>> = (0..diagram.nodes.len())
        .collect::<Vec<_>>()
        .chunks(diagram.nodes.len().div_ceil(count.max(1)).max(1))
        .map(<[usize]>::to_vec)
        .collect();
    if even.len() == count && even.iter().all(|rows| fits(rows)) {
        parts = even;
    }
    let part = |(at, rows): (usize, &Vec<usize>)| {
        let mut shown = titled(diagram, &format!("{} of {count}", at + 1));
        if at > 0 {
            shown.aside = Aside::default();
        }
        Chart::of(&shown, diagram, rows).draw(least)
    };
    parts.iter().enumerate().map(part).collect()
}

/// The diagram with its part in its title.
fn titled(diagram: &Diagram, part: &str) -> Diagram {
    Diagram { title: format!("{} ({part})", diagram.title), ..diagram.clone() }
}

/// Some rows of a diagram on a page.
struct Chart<'d> {
    diagram: &'d Diagram,
    page: Page,
    rows: Vec<Row<'d>>,
    /// Weeks of the axis; 0 without bars.
    weeks: f64,
    most: f64,
    /// Width of the figures beside the bars.
    figures: f64,
    /// Above and below the words of a row.
    pad: f64,
}

struct Row<'d> {
    node: &'d Node,
    /// What it comes after, by number.
    after: String,
}

/// A row with its words broken at a size.
struct Set {
    name: Vec<String>,
    caption: Vec<String>,
    /// Height of the words.
    words: f64,
    /// The same with room around them.
    height: f64,
}

impl<'d> Chart<'d> {
    fn of(shown: &Diagram, diagram: &'d Diagram, rows: &[usize]) -> Self {
        let rows: Vec<Row<'_>> =
            rows.iter().map(|at| &diagram.nodes[*at]).map(|node| Row { node, after: after(node, diagram) }).collect();
        let bars = || diagram.nodes.iter().filter_map(|node| node.bar.as_ref());
        let weeks = bars().map(|bar| bar.finish).filter(|week| week.is_finite()).fold(0.0, f64::max);
        let most = bars().map(|bar| bar.worth).filter(|worth| worth.is_finite()).fold(0.0, f64::max);
        let figures =
            bars().map(|bar| text::width(&text::clean(&bar.figure), FIGURES, true) + BESIDE).fold(FIGURE[0], f64::max);
        let mut page = Page::of(shown, &[], &legend(diagram, &rows));
        column::strip(&mut page, &shown.aside);
        Self {
            diagram,
            page,
            rows,
            weeks: if bars().next().is_some() { weeks.ceil().max(2.0) } else { 0.0 },
            most,
            figures: figures.min(FIGURE[1]),
            pad: PADS[0],
        }
    }

    fn names(&self) -> f64 {
        NAMES.min(self.page.room.w * 0.4) - NUMBER
    }

    /// Width of what items are worth: bars and figures.
    fn worth(&self) -> f64 {
        WORTH + self.figures
    }

    /// Where the axis is.
    fn axis(&self, top: f64, height: f64) -> Rect {
        let room = self.page.room;
        let x = room.x + NUMBER + self.names() + APART;
        Rect { x, y: top, w: room.right() - self.worth() - APART - x, h: height }
    }

    fn set(&self, row: &Row<'_>, size: f64) -> Set {
        let small = small(size);
        let wrap = |words: &str, size, bold, most| text::wrap(words, size, bold, self.names(), most);
        let name = text::clean(&row.node.name);
        let name = if name.is_empty() { text::clean(&row.node.id) } else { name };
        let parts = [text::clean(&row.node.caption), row.after.clone()];
        let parts: Vec<&str> = parts.iter().map(String::as_str).filter(|words| !words.is_empty()).collect();
        let name = wrap(&name, size, true, LINES.0);
        let caption = wrap(&parts.join(" · "), small, false, LINES.1);
        let words = (real(name.len()) * size + real(caption.len()) * small) * LINE_HEIGHT;
        Set { name, caption, words, height: words + 2.0 * self.pad }
    }

    fn head(&self) -> f64 {
        if self.weeks > 0.0 { HEAD } else { 0.0 }
    }

    fn fits(&self, size: f64) -> bool {
        let tall: f64 = self.rows.iter().map(|row| self.set(row, size).height).sum();
        self.head() + tall <= self.page.room.h
    }

    fn draw(self, size: f64) -> Scene {
        let mut canvas = Canvas::new(self.diagram, &self.page);
        canvas.scene.title = text::clean(&self.diagram.title);
        canvas.scene.name_size = if self.rows.is_empty() { 0.0 } else { size };
        let sets: Vec<Set> = self.rows.iter().map(|row| self.set(row, size)).collect();
        let tall: f64 = sets.iter().map(|set| set.height).sum();
        let room = self.page.room;
        let extra = ((room.h - self.head() - tall) / real(sets.len().max(1))).clamp(0.0, EXTRA);
        let top = room.y + self.head();
        let axis = self.axis(top, tall + extra * real(sets.len()));
        if self.weeks > 0.0 {
            self.draw_axis(&mut canvas, &axis);
        }
        let mut y = top;
        for (at, (row, set)) in self.rows.iter().zip(&sets).enumerate() {
            let height = set.height + extra;
            let place = Rect { x: room.x, y, w: room.w, h: height };
            if at > 0 {
                let rect = Rect { h: 0.5, ..place };
                canvas.scene.panels.push(Panel { name: String::new(), rect, paint: Paint::Rule });
            }
            draw_words(&mut canvas, row, set, size, &place);
            match &row.node.bar {
                Some(bar) => self.draw_bar(&mut canvas, row.node, bar, size, &place, &axis),
                None => {
                    draw_note(&mut canvas, row.node, size, &Rect { y, h: height, w: room.right() - axis.x, ..axis });
                }
            }
            y += height;
        }
        self.draw_lines(&mut canvas);
        canvas.scene
    }

    /// The spans as grounds, the weeks as rules, both with their words above.
    fn draw_axis(&self, canvas: &mut Canvas<'_>, axis: &Rect) {
        let scene = &mut canvas.scene;
        let at = |week: f64| axis.x + axis.w * (week / self.weeks).clamp(0.0, 1.0);
        let line = |number: f64| axis.y - HEAD + SMALL * (LINE_HEIGHT * number + ASCENT);
        let named = |name: &str, from: f64, to: f64| Panel {
            name: name.to_owned(),
            rect: Rect { x: at(from), w: (at(to) - at(from) - 2.0).max(0.0), ..*axis },
            paint: Paint::Ground,
        };
        let spans = self.diagram.axis.spans.iter().filter(|(_, from, to)| from < to && *from < self.weeks);
        for (name, from, to) in spans {
            let panel = named(name, *from, *to);
            let words = text::ellipsize(&text::clean(name), SMALL, true, panel.rect.w);
            let place = Point { x: panel.rect.x, y: line(0.0) };
            if panel.rect.w >= 3.0 * SMALL {
                scene.texts.push(Pen::start(SMALL, Ink::Strong).bold().write(words, place, Owner::Note));
            }
            scene.panels.push(panel);
        }
        let step = STEPS.into_iter().find(|step| axis.w * step / self.weeks >= STEP).unwrap_or(self.weeks);
        let mut week = 0.0;
        while week < self.weeks {
            let rule = Rect { x: at(week), w: 0.5, ..*axis };
            scene.panels.push(Panel { name: String::new(), rect: rule, paint: Paint::Rule });
            let room = (at(week + step) - at(week) - 2.0).min(axis.right() - at(week));
            let mut put = |pen: Pen, words: &str, number: f64| {
                if text::width(words, SMALL, false) <= room {
                    scene.texts.push(pen.write(words.to_owned(), Point { x: at(week), y: line(number) }, Owner::Note));
                }
            };
            let number = if week < 0.5 { "week 1".to_owned() } else { format!("{}", week + 1.0) };
            put(Pen::start(SMALL, Ink::Muted), &number, 1.0);
            if let Some(day) = self.diagram.axis.days.get(week as usize) {
                put(Pen::start(SMALL, Ink::Muted), &text::clean(day), 2.0);
            }
            week += step;
        }
        let place = Point { x: self.page.room.right(), y: line(2.0) };
        let words = text::ellipsize(&text::clean(&self.diagram.axis.worth), SMALL, false, self.worth());
        scene.texts.push(Pen::end(SMALL, Ink::Muted).write(words, place, Owner::Note));
    }

    fn draw_bar(&self, canvas: &mut Canvas<'d>, node: &Node, bar: &Bar, size: f64, row: &Rect, axis: &Rect) {
        let week = |week: f64| if week.is_finite() { week.clamp(0.0, self.weeks) } else { 0.0 };
        let (start, finish) = (week(bar.start), week(bar.finish.max(bar.start)));
        let at = |week: f64| axis.x + axis.w * week / self.weeks;
        let height = (1.35 * size).min(row.h - 2.0 * self.pad);
        let w = (at(finish) - at(start)).max(LEAST);
        let x = at(start).min(axis.right() - w);
        let rect = Rect { x, y: row.center().y - height / 2.0, w, h: height };
        let drawn = Node { role: bar.role, bar: None, ..node.clone() };
        canvas.shape(Placed { node: &drawn, rect, frame: None }, None);
        let texts = &mut canvas.scene.texts;
        let words = text::clean(&bar.words);
        if bar.role != Role::Check && text::width(&words, SMALL, false) + 6.0 <= w && SMALL * 1.1 <= height {
            let place = Point { x: rect.center().x, y: rect.center().y + SMALL * 0.36 };
            let ink = Ink::Caption(bar.role, node.emphasis);
            texts.push(Pen::middle(SMALL, ink).write(words, place, Owner::Node(node.id.clone())));
        }
        let place = Point { x: row.right(), y: row.center().y + size * 0.36 };
        let figure = text::ellipsize(&text::clean(&bar.figure), size.min(FIGURES), false, self.figures);
        let is_strong = self.most > 0.0 && bar.worth >= self.most * 0.5;
        let ink = if bar.worth > 0.0 { Ink::Strong } else { Ink::Muted };
        let pen = Pen::end(size.min(FIGURES), ink).weight(is_strong);
        let figure = if is_strong { text::ellipsize(&figure, size.min(FIGURES), true, self.figures) } else { figure };
        texts.push(pen.write(figure.clone(), place, Owner::Beside(node.id.clone())));
        if self.most > 0.0 && bar.worth > 0.0 {
            let w = (WORTH * (bar.worth / self.most).min(1.0)).max(1.0);
            let worth = Rect { x: axis.right() + APART, w, ..rect };
            canvas.scene.panels.push(Panel { name: figure, rect: worth, paint: Paint::Worth });
        }
    }

    /// A line for each need of which both ends are here and that finds a way clear of all else.
    fn draw_lines(&self, canvas: &mut Canvas<'d>) {
        let bars: Vec<(String, Rect)> = canvas.scene.boxes.iter().map(|b| (b.id.clone(), b.rect)).collect();
        let has_bar = |id: &str| self.rows.iter().any(|row| row.node.id == id && row.node.bar.is_some());
        let of = |id: &str| bars.iter().find(|(other, _)| other == id && has_bar(id)).map(|(_, rect)| *rect);
        let net = Net::new(self.diagram);
        for link in net.links.iter().filter(|link| link.from != link.to) {
            let (a, b) = (&self.diagram.nodes[link.from].id, &self.diagram.nodes[link.to].id);
            let (Some(from), Some(to)) = (of(a), of(b)) else { continue };
            let solid: Vec<Rect> = bars.iter().filter(|(id, _)| id != a && id != b).map(|(_, rect)| *rect).collect();
            let drawn: Vec<Vec<Point>> = canvas.scene.lines.iter().map(|line| line.points.clone()).collect();
            let is_down = from.y < to.y;
            let is_clear = |points: &Vec<Point>| {
                let steps = || points.windows(2).map(step);
                let others = || drawn.iter().flat_map(|line| line.windows(2).map(step));
                steps().all(|one| solid.iter().all(|rect| !rect.grown(2.0).overlaps(&one.grown(1e-3))))
                    && steps().all(|one| others().all(|other| !beside(&one, &other)))
            };
            let Some(points) = ways(&from, &to, is_down).find(is_clear) else { continue };
            let (from, to) = if is_down { (Side::Bottom, Side::Top) } else { (Side::Top, Side::Bottom) };
            canvas.line(link, Course { from, to, points, width: THICK });
        }
    }
}

/// The size of what stands beneath a name.
fn small(size: f64) -> f64 {
    (size * 0.84).max(SMALL)
}

/// The marks that the rows use.
fn legend(diagram: &Diagram, rows: &[Row<'_>]) -> Vec<LegendEntry> {
    let mut marks: Vec<Mark> = Vec::new();
    for row in rows {
        marks.push(Mark::Role(row.node.bar.as_ref().map_or(row.node.role, |bar| bar.role)));
        if row.node.emphasis != Emphasis::Normal {
            marks.push(Mark::Emphasis(row.node.emphasis));
        }
    }
    let ids: BTreeSet<&str> = rows.iter().map(|row| row.node.id.as_str()).collect();
    let both = diagram.edges.iter().filter(|edge| ids.contains(edge.from.as_str()) && ids.contains(edge.to.as_str()));
    marks.extend(both.map(|edge| Mark::Style(edge.style)));
    marks.sort_unstable();
    marks.dedup();
    marks.into_iter().map(|mark| LegendEntry::of(diagram, mark)).collect()
}

/// `after 2, 5`: what `node` needs, by number.
fn after(node: &Node, diagram: &Diagram) -> String {
    let needed =
        diagram.edges.iter().filter(|edge| edge.to == node.id && edge.from != node.id && edge.style == Style::Need);
    let mut numbers: Vec<&str> = needed
        .filter_map(|edge| diagram.nodes.iter().find(|node| node.id == edge.from))
        .map(|node| if node.badge.is_empty() { node.name.as_str() } else { node.badge.as_str() })
        .collect();
    numbers.sort_by_key(|number| number.parse::<usize>().unwrap_or(usize::MAX));
    match numbers.len() {
        0 => String::new(),
        count if count > NAMED => format!("after {} and {} more", numbers[..NAMED].join(", "), count - NAMED),
        _ => format!("after {}", numbers.join(", ")),
    }
}

fn draw_words(canvas: &mut Canvas<'_>, row: &Row<'_>, set: &Set, size: f64, place: &Rect) {
    let owner = Owner::Beside(row.node.id.clone());
    let small = small(size);
    let texts = &mut canvas.scene.texts;
    let mut y = place.center().y - set.words / 2.0;
    let number = text::ellipsize(&text::clean(&row.node.badge), size, true, NUMBER - 10.0);
    if !number.is_empty() {
        let left = Point { x: place.x, y: y + size * LINE_HEIGHT / 2.0 };
        texts.push(column::number(&number, size.min(12.0), left, owner.clone()));
    }
    let names = set.name.iter().map(|line| (line, Pen::start(size, Ink::Strong).bold()));
    for (line, pen) in names.chain(set.caption.iter().map(|line| (line, Pen::start(small, Ink::Muted)))) {
        let at = Point { x: place.x + NUMBER, y: y + pen.size * ASCENT };
        texts.push(pen.write(line.clone(), at, owner.clone()));
        y += pen.size * LINE_HEIGHT;
    }
}

/// What is said of a row without a bar, in a box where the bar would be.
fn draw_note(canvas: &mut Canvas<'_>, node: &Node, size: f64, place: &Rect) {
    let small = small(size);
    let height = (2.0 * small).min(place.h - 2.0 * PADS[1]);
    let rect = Rect { y: place.center().y - height / 2.0, h: height, ..*place };
    canvas.shape(Placed { node, rect, frame: None }, None);
    let words = text::ellipsize(&text::clean(&node.notes.join(" · ")), small, false, rect.w - 24.0);
    let at = Point { x: rect.x + 8.0, y: rect.center().y + small * 0.36 };
    let ink = Ink::Caption(node.role, node.emphasis);
    canvas.scene.texts.push(Pen::start(small, ink).write(words, at, Owner::Node(node.id.clone())));
}

/// Courses from a bar to another beneath or above it, the plainest first.
fn ways(from: &Rect, to: &Rect, is_down: bool) -> impl Iterator<Item = Vec<Point>> + use<> {
    let (from, to) = (*from, *to);
    let (begin, end) = if is_down { (from.bottom(), to.y) } else { (from.y, to.bottom()) };
    let toward = if is_down { 1.0 } else { -1.0 };
    let straight = (from.x.max(to.x) + 2.0 <= from.right().min(to.right()) - 2.0).then(|| {
        let x = (from.x.max(to.x) + from.right().min(to.right())) / 2.0;
        vec![Point { x, y: begin }, Point { x, y: end }]
    });
    let bent = [3.0, 6.5, 10.0, 13.5].into_iter().flat_map(move |out| {
        [4.0, 7.5, 11.0, 14.5].into_iter().flat_map(move |into| {
            [9.0, 12.5, 16.0].into_iter().filter_map(move |above| {
                let (x0, x1, y) = (from.right() - out, to.x + into, end - toward * above);
                let is_inside = x0 > from.x + 1.0 && x1 < to.right() - 1.0;
                let has_room = (y - begin) * toward > 1.0 && (x0 - x1).abs() > 0.5;
                let at = |x, y| Point { x, y };
                (is_inside && has_room).then(|| vec![at(x0, begin), at(x0, y), at(x1, y), at(x1, end)])
            })
        })
    });
    straight.into_iter().chain(bent)
}

/// The rectangle of a step of a line.
fn step(p: &[Point]) -> Rect {
    let (x, y) = (p[0].x.min(p[1].x), p[0].y.min(p[1].y));
    Rect { x, y, w: (p[0].x - p[1].x).abs(), h: (p[0].y - p[1].y).abs() }
}

/// Whether two steps run along each other too near to be told apart.
fn beside(a: &Rect, b: &Rect) -> bool {
    let is_level = |r: &Rect| r.w > r.h;
    is_level(a) == is_level(b)
        && match is_level(a) {
            true => (a.y - b.y).abs() < CLEAR && a.x < b.right() && b.x < a.right(),
            false => (a.x - b.x).abs() < CLEAR && a.y < b.bottom() && b.y < a.bottom(),
        }
}
