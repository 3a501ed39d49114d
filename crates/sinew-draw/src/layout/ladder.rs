//! Steps that rise from left to right: a frame for each cluster, its boxes beneath each other.

use std::collections::BTreeSet;

use super::boxes::draw_box;
use super::canvas::{Canvas, Placed};
use super::column;
use super::content::{Content, LineKind, Type, Words, shown_name};
use super::page::Page;
use super::pen::Pen;
use crate::legend::on_slides;
use crate::number::real;
use crate::scene::{Ink, Owner, Point, Rect, Scene};
use crate::text::{self, ASCENT, LINE_HEIGHT};
use crate::{Cluster, Diagram, Node};

/// Type sizes of names, the most comfortable first; the last is drawn whether it fits or not.
const SIZES: [f64; 11] = [16.0, 15.0, 14.0, 13.0, 12.0, 11.0, 10.5, 10.0, 9.5, 9.0, 8.0];
/// Between frames, around boxes, and between boxes: least and most.
const GAP: f64 = 9.0;
const PAD: f64 = 7.0;
const BETWEEN: (f64, f64) = (5.0, 12.0);
/// How much higher each frame begins than the one before, while there is room.
const RISE: f64 = 26.0;
/// How much wider a frame is in which boxes say more than their caption.
const WIDER: f64 = 2.2;
/// Lines that the name of a frame may take.
const HEAD_LINES: usize = 2;
/// Lines that what a box says beneath its caption may take: as many as it needs, and where that has no room, two.
const LONG: usize = 6;
const SHORT: usize = 2;
/// Lines that the name of a box may take: most often, and where it would be cut on narrow slides.
const NAMES: [usize; 2] = [2, 4];

/// One frame with its boxes.
struct Step<'d> {
    cluster: &'d Cluster,
    boxes: Vec<(&'d Node, Content)>,
    head: Vec<String>,
    /// Height that it needs.
    height: f64,
    /// Whether no name is cut, nor, where it has as many lines as it needs, what is said beneath it; nor a word of either broken.
    is_whole: bool,
}

/// The slide of `diagram`; clusters without nodes take no room.
pub(super) fn ladder(diagram: &Diagram) -> Scene {
    let mut page = Page::of(diagram, &[], &on_slides(diagram));
    column::strip(&mut page, &diagram.aside);
    let mut canvas = Canvas::new(diagram, &page);
    let room = page.room;
    let used = |cluster: &&Cluster| diagram.nodes.iter().any(|node| node.cluster.as_ref() == Some(&cluster.id));
    let clusters: Vec<&Cluster> = diagram.clusters.iter().filter(used).collect();
    if clusters.is_empty() {
        return canvas.scene;
    }
    let says_more = |cluster: &Cluster| {
        let inside = diagram.nodes.iter().filter(|node| node.cluster.as_ref() == Some(&cluster.id));
        inside.into_iter().any(|node| !node.caption.is_empty() && !node.notes.is_empty())
    };
    let shares: Vec<f64> = clusters.iter().map(|cluster| if says_more(cluster) { WIDER } else { 1.0 }).collect();
    let unit = (room.w - GAP * real(clusters.len() - 1)) / shares.iter().sum::<f64>();
    let at_size = |(names, captions, notes, size): (usize, bool, usize, f64)| {
        let kind = Type::of(size, captions, 1.0, diagram.paper.least);
        let steps: Vec<Step<'_>> = clusters
            .iter()
            .zip(&shares)
            .map(|(cluster, share)| step(diagram, cluster, &kind, unit * share, [names, notes]))
            .collect();
        (kind, steps)
    };
    let fits = |(_, steps): &(Type, Vec<Step<'_>>)| steps.iter().all(|step| step.height <= room.h);
    let is_whole = |made: &(Type, Vec<Step<'_>>)| fits(made) && made.1.iter().all(|step| step.is_whole);
    // In type as large as names in full have room for; captions go first where there is none, then what else is said, then ends of names.
    let sizes = || SIZES.into_iter().filter(|size| *size >= diagram.paper.least);
    let said = [(true, LONG), (false, LONG), (true, SHORT), (false, SHORT), (false, 0)];
    let tried = |names: usize| {
        said.into_iter().flat_map(move |(captions, notes)| sizes().map(move |size| (names, captions, notes, size)))
    };
    let whole = NAMES.into_iter().find_map(|names| tried(names).map(at_size).find(is_whole));
    let found = whole.or_else(|| tried(NAMES[0]).map(at_size).find(fits));
    let (kind, steps) = found.unwrap_or_else(|| at_size((NAMES[0], false, 0, diagram.paper.least)));
    canvas.scene.name_size = kind.name;
    let rise = rise(&steps, &room);
    let mut x = room.x;
    for (at, (step, share)) in steps.iter().zip(&shares).enumerate() {
        let sunk = rise * real(steps.len() - 1 - at);
        let width = unit * share;
        draw_step(&mut canvas, step, &kind, Rect { x, y: room.y + sunk, w: width, h: room.h - sunk });
        x += width + GAP;
    }
    canvas.scene
}

fn step<'d>(diagram: &'d Diagram, cluster: &'d Cluster, kind: &Type, width: f64, lines: [usize; 2]) -> Step<'d> {
    let nodes = diagram.nodes.iter().filter(|node| node.cluster.as_ref() == Some(&cluster.id));
    let inner = width - 2.0 * PAD;
    let boxes: Vec<(&Node, Content)> = nodes.map(|node| (node, content(node, kind, inner, lines))).collect();
    let name = text::clean(&cluster.name);
    let name = if name.is_empty() { text::clean(&cluster.id) } else { name };
    let head = text::wrap(&name, kind.head, true, inner, HEAD_LINES);
    let tall: f64 = boxes.iter().map(|(_, content)| content.height).sum();
    let between = BETWEEN.0 * real(boxes.len().saturating_sub(1));
    let height = head_height(&head, kind) + tall + between + PAD;
    let names_in_full = |(node, content): &(&Node, Content)| {
        let drawn: String =
            content.lines.iter().filter(|line| line.kind == LineKind::Name).map(|line| line.text.as_str()).collect();
        squeezed(&drawn) == squeezed(&shown_name(node))
    };
    let notes_in_full = |(node, content): &(&Node, Content)| {
        let small = content.lines.iter().filter(|line| line.kind == LineKind::Small);
        let drawn = squeezed(&small.map(|line| line.text.as_str()).collect::<String>());
        node.notes.iter().all(|note| drawn.contains(&squeezed(&text::clean(note))))
    };
    let is_whole = |made: &(&Node, Content)| {
        names_in_full(made) && (lines[1] != LONG || notes_in_full(made)) && !has_broken_word(made.0, &made.1)
    };
    let is_whole = boxes.iter().all(is_whole);
    Step { cluster, boxes, head, height, is_whole }
}

/// The words of a box with a name and notes of up to so many lines each.
fn content(node: &Node, kind: &Type, width: f64, [names, notes]: [usize; 2]) -> Content {
    if notes > 0 {
        return Words::of(node).with_name_of(names).with_notes_of(notes).content(kind, width);
    }
    Words::of(&Node { notes: Vec::new(), ..node.clone() }).with_name_of(names).content(kind, width)
}

/// Whether a word of letters that stands in the name or a note of the node goes on on a second line. What is cut is no broken word.
fn has_broken_word(node: &Node, content: &Content) -> bool {
    let name = shown_name(node);
    let all: BTreeSet<&str> =
        node.notes.iter().chain([&node.caption, &name]).flat_map(|text| text.split_whitespace()).collect();
    let is_part = |line: &str, next: &str| {
        let (Some(end), Some(start)) = (line.split_whitespace().last(), next.split_whitespace().next()) else {
            return false;
        };
        let is_word = |part: &str| part.chars().all(|c| c.is_ascii_alphabetic());
        is_word(end) && is_word(start) && all.contains(format!("{end}{start}").as_str())
    };
    content.lines.windows(2).any(|two| is_part(&two[0].text, &two[1].text))
}

fn squeezed(words: &str) -> String {
    words.chars().filter(|c| !c.is_whitespace()).collect()
}

fn head_height(head: &[String], kind: &Type) -> f64 {
    PAD + real(head.len()) * kind.head * LINE_HEIGHT + BETWEEN.0
}

/// How much each frame rises: what the fullest of the lower ones can spare, at most [`RISE`].
fn rise(steps: &[Step<'_>], room: &Rect) -> f64 {
    let spare = steps.iter().enumerate().map(|(at, step)| match steps.len() - 1 - at {
        0 => RISE,
        above => (room.h - step.height) / real(above),
    });
    spare.fold(RISE, f64::min).max(0.0)
}

fn draw_step(canvas: &mut Canvas<'_>, step: &Step<'_>, kind: &Type, frame: Rect) {
    canvas.frame(step.cluster, frame);
    let pen = Pen::start(kind.head, Ink::Muted).bold();
    let mut y = frame.y + PAD;
    for line in &step.head {
        let at = Point { x: frame.x + PAD, y: y + kind.head * ASCENT };
        canvas.scene.texts.push(pen.write(line.clone(), at, Owner::Frame(step.cluster.id.clone())));
        y += kind.head * LINE_HEIGHT;
    }
    y += BETWEEN.0;
    let spare = frame.h - step.height;
    let gaps = real(step.boxes.len().saturating_sub(1).max(1));
    let between = (BETWEEN.0 + spare / gaps).clamp(BETWEEN.0, BETWEEN.1);
    for (node, content) in &step.boxes {
        let rect = Rect { x: frame.x + PAD, y, w: frame.w - 2.0 * PAD, h: content.height };
        draw_box(canvas, Placed { node, rect, frame: Some(step.cluster) }, content, kind);
        y += content.height + between;
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Arrangement, Paper};

    #[test]
    fn on_a_narrow_slide_names_and_notes_are_whole_and_no_word_is_broken() {
        let names = ["Vendor review cadence", "AI tool in production", "Quality standards"];
        let clusters: Vec<Cluster> =
            (1..6).map(|at| Cluster { id: format!("s{at}"), name: format!("{at} Step") }).collect();
        let node = |(at, cluster): (usize, &Cluster)| Node {
            id: format!("n{at}"),
            name: names[at % names.len()].into(),
            cluster: Some(cluster.id.clone()),
            notes: vec!["Models retrain automatically".into()],
            ..Node::default()
        };
        let nodes = clusters.iter().chain(&clusters).enumerate().map(node).collect();
        let room = Rect { w: 540.0, ..Paper::default().room };
        let paper = Paper { room, least: 10.0, ..Paper::default() };
        let diagram = Diagram { arrangement: Arrangement::Ladder, clusters, nodes, paper, ..Diagram::default() };
        let drawn: Vec<String> = ladder(&diagram).texts.into_iter().map(|text| text.text).collect();
        let words: Vec<&str> = drawn.iter().flat_map(|line| line.split_whitespace()).collect();
        for word in names.iter().flat_map(|name| name.split(' ')).chain(["Models", "retrain", "automatically"]) {
            let says = |text: &str| text.split(' ').any(|one| one == word);
            let wanted = diagram.nodes.iter().filter(|node| says(&node.name) || says(&node.notes[0]));
            assert_eq!(words.iter().filter(|one| **one == word).count(), wanted.count(), "{word} in {words:?}");
        }
    }
}
