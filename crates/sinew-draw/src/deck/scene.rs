//! A scene as shapes: domains as groups, systems as shapes that hold their words, lines as connectors.

use std::collections::BTreeMap;

use super::connector::{Glue, Look, connector};
use super::outline::geometry;
use super::shapes::{Ids, TextRun, body, group, place, plate, text_box};
use super::xml::{outline, solid, words};
use crate::legend::{Mark, words as mark_words};
use crate::scene::{Anchor, BoxShape, Line, Owner, Plate, Point, Rect, Sample, Scene, Side, Text};
use crate::svg::{has_icon, ink};
use crate::text::clean;
use crate::theme::{Color, Theme, dashes};
use crate::{EdgeEmphasis, Emphasis, Role, Style};

/// How opaque the ground beneath a line's words is.
const PATCH_OPACITY: f64 = 0.92;
/// Connection sites in the middle of sides, before those of lines.
const MIDDLES: usize = 4;

/// The scene moved and scaled into `room`, all of it but its title.
pub(super) fn fitted(scene: &Scene, room: &Rect) -> Scene {
    let texts = scene.texts.iter().filter(|t| t.owner != Owner::Title).map(|t| t.rect);
    let lines = scene.lines.iter().flat_map(|l| &l.points).map(|p| Rect { x: p.x, y: p.y, w: 0.0, h: 0.0 });
    let rects = scene.frames.iter().map(|f| f.rect).chain(scene.boxes.iter().map(|b| b.rect.grown(3.0)));
    let rects = rects.chain(scene.samples.iter().map(|s| s.rect.grown(3.0))).chain(texts).chain(lines);
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
    (Rect { x: first.at.x, y: top, w: scene.width - 2.0 * first.at.x, h: first.size * 1.2 * count as f64 }, first.size)
}

/// Everything of the scene but its title.
pub(super) fn shapes(scene: &Scene, theme: &Theme, ids: &mut Ids) -> String {
    let mut out = String::new();
    for text in of(scene, &Owner::Subtitle) {
        out.push_str(&single(ids, "Subtitle", text, theme));
    }
    // Ids of boxes and their connection sites come first, as groups are written before lines.
    let mut sites: BTreeMap<&str, Vec<(Side, Point)>> = BTreeMap::new();
    let mut ends: Vec<[usize; 2]> = Vec::new();
    for line in &scene.lines {
        let mut add = |node, side, point: Option<&Point>| {
            let all = sites.entry(node).or_default();
            all.extend(point.map(|p| (side, *p)));
            MIDDLES + all.len().saturating_sub(1)
        };
        let start = add(line.from.as_str(), line.from_side, line.points.first());
        ends.push([start, add(line.to.as_str(), line.to_side, line.points.last())]);
    }
    let mut shape_ids: BTreeMap<&str, u32> = BTreeMap::new();
    for frame in &scene.frames {
        let id = ids.next();
        let members: Vec<&BoxShape> =
            scene.boxes.iter().filter(|b| b.frame.as_deref() == Some(frame.id.as_str())).collect();
        let names: Vec<&str> = members.iter().map(|b| b.name.as_str()).collect();
        let mut inside = frame_shape(ids, &frame.name, &frame.rect, theme);
        for text in of(scene, &Owner::Frame(frame.id.clone())) {
            inside.push_str(&single(ids, "Name", text, theme));
        }
        for member in members {
            let id = ids.next();
            shape_ids.insert(&member.id, id);
            inside.push_str(&box_shape(id, ids, member, scene, &sites, theme));
        }
        let description = format!("{}: {}", clean(&frame.name), names.join(", "));
        out.push_str(&group(id, &frame.name, &description, &frame.rect, &inside));
    }
    let framed = |b: &BoxShape| b.frame.as_ref().is_some_and(|f| scene.frames.iter().any(|frame| frame.id == *f));
    for b in scene.boxes.iter().filter(|b| !framed(b)) {
        let id = ids.next();
        shape_ids.insert(&b.id, id);
        out.push_str(&box_shape(id, ids, b, scene, &sites, theme));
    }
    for (line, ends) in scene.lines.iter().zip(&ends) {
        out.push_str(&line_shape(ids, line, scene, &shape_ids, *ends, theme));
    }
    out.push_str(&labels(ids, scene, theme));
    out.push_str(&key(ids, scene, theme));
    out.push_str(&legend(ids, scene, theme));
    for (owner, name) in [(Owner::Note, "Note"), (Owner::Source, "Source")] {
        for text in of(scene, &owner) {
            out.push_str(&single(ids, name, text, theme));
        }
    }
    out
}

fn of<'s>(scene: &'s Scene, owner: &Owner) -> impl Iterator<Item = &'s Text> {
    let owner = owner.clone();
    scene.texts.iter().filter(move |t| t.owner == owner)
}

fn styled(text: &Text, theme: &Theme) -> TextRun {
    TextRun { text: text.text.clone(), size: text.size, bold: text.bold, color: ink(text.ink, theme) }
}

/// A text of its own, on its plate if it has one.
fn single(ids: &mut Ids, name: &str, text: &Text, theme: &Theme) -> String {
    let line = [styled(text, theme)];
    match text.plate {
        Plate::Disc => {
            let Some(fill) = disc(text, theme) else { return String::new() };
            plate(ids, name, &text.rect, "roundRect", Some((fill, 1.0)), (Anchor::Middle, "ctr"), &line)
        }
        _ => text_box(ids, name, text.at.x, text.at.y, text.rect.w, text.anchor, &line),
    }
}

/// The colour of a number's disc.
fn disc(text: &Text, theme: &Theme) -> Option<Color> {
    match text.ink {
        crate::scene::Ink::Number(style, emphasis) => Some(theme.of_label(style, emphasis)),
        _ => None,
    }
}

fn frame_shape(ids: &mut Ids, name: &str, rect: &Rect, theme: &Theme) -> String {
    let radius = (6.0 / rect.w.min(rect.h).max(1.0) * 100_000.0).clamp(0.0, 50_000.0).round();
    format!(
        "<p:sp><p:nvSpPr><p:cNvPr id=\"{}\" name=\"Frame of {}\"/><p:cNvSpPr/><p:nvPr/></p:nvSpPr><p:spPr><a:xfrm>{}</a:xfrm>\
         <a:prstGeom prst=\"roundRect\"><a:avLst><a:gd name=\"adj\" fmla=\"val {radius}\"/></a:avLst></a:prstGeom>{}{}</p:spPr>{}</p:sp>",
        ids.next(),
        words(name),
        place(rect),
        solid(theme.frame_fill),
        outline(theme.frame_stroke, 0.8, &[], ""),
        body("none", "t", [0.0; 4], "")
    )
}

/// Fill and outline of a box.
fn paint(role: Role, emphasis: Emphasis, theme: &Theme) -> String {
    let colors = theme.of_box(role, emphasis);
    let (width, dash): (f64, &[f64]) = match emphasis {
        Emphasis::Lost => (1.4, &[2.9, 1.8]),
        Emphasis::Ghost => (1.0, &[1.5, 2.5]),
        Emphasis::New => (1.8, &[]),
        Emphasis::RingedDashed => (1.3, &[2.3, 1.6]),
        Emphasis::Ringed => (1.3, &[]),
        _ if role == Role::SystemOfRecord => (1.5, &[]),
        _ => (1.1, &[]),
    };
    let stroke = if matches!(emphasis, Emphasis::Ringed | Emphasis::RingedDashed) { theme.ring } else { colors.stroke };
    format!("{}{}", solid(colors.fill), outline(stroke, width, dash, ""))
}

fn box_shape(
    id: u32,
    ids: &mut Ids,
    b: &BoxShape,
    scene: &Scene,
    sites: &BTreeMap<&str, Vec<(Side, Point)>>,
    theme: &Theme,
) -> String {
    let texts: Vec<&Text> = of(scene, &Owner::Node(b.id.clone())).collect();
    let (inner, outer): (Vec<&Text>, Vec<&Text>) =
        texts.into_iter().partition(|t| t.anchor != Anchor::End && t.plate == Plate::None);
    let ports = sites.get(b.id.as_str()).map_or(&[][..], Vec::as_slice);
    let badge: Vec<String> = outer.iter().map(|t| t.text.clone()).collect();
    let mut out = format!(
        "<p:sp><p:nvSpPr><p:cNvPr id=\"{id}\" name=\"{}\" descr=\"{}\"/><p:cNvSpPr/><p:nvPr/></p:nvSpPr><p:spPr><a:xfrm>{}</a:xfrm>\
         {}{}</p:spPr>{}</p:sp>",
        words(&b.name),
        words(&box_description(b, &badge)),
        place(&b.rect),
        geometry(&b.rect, b.role, b.emphasis, b.icon.as_ref(), ports),
        paint(b.role, b.emphasis, theme),
        box_words(b, &inner, theme)
    );
    for text in outer {
        out.push_str(&single(ids, "Badge", text, theme));
    }
    out
}

/// What a screen reader says of a box: name, what it is, what is said of it, and the evidence.
fn box_description(b: &BoxShape, badge: &[String]) -> String {
    let role = match (b.role, b.emphasis) {
        (Role::Step, Emphasis::Met | Emphasis::NotMet | Emphasis::NotKnown) => "criterion".to_owned(),
        (role, _) => mark_words(Mark::Role(role)).to_lowercase(),
    };
    let mut said = vec![clean(&b.name), role];
    if b.emphasis != Emphasis::Normal {
        said.push(mark_words(Mark::Emphasis(b.emphasis)).to_lowercase());
    }
    said.extend(badge.iter().map(|t| clean(t)));
    let mut text = said.join(", ");
    if !b.tooltip.is_empty() && b.tooltip != b.name {
        text.push_str(". ");
        text.push_str(&clean(&b.tooltip));
    }
    text
}

/// The words of a box as paragraphs; lines in one look are one paragraph with breaks.
fn box_words(b: &BoxShape, texts: &[&Text], theme: &Theme) -> String {
    let mut paragraphs = String::new();
    let mut before: Option<&Text> = None;
    for text in texts {
        let same = before.is_some_and(|t| t.bold == text.bold && t.bold);
        if same {
            paragraphs.truncate(paragraphs.len() - "</a:p>".len());
            paragraphs.push_str("<a:br/>");
        } else {
            let algn = if text.anchor == Anchor::Start { "l" } else { "ctr" };
            paragraphs.push_str(&format!("<a:p><a:pPr algn=\"{algn}\"/>"));
        }
        paragraphs.push_str(&styled(text, theme).xml());
        paragraphs.push_str("</a:p>");
        before = Some(text);
    }
    let margins = match texts.first() {
        Some(text) if text.anchor == Anchor::Start => [text.at.x - b.rect.x, 0.0, 0.0, 0.0],
        Some(text) => {
            let shift = 2.0 * (text.at.x - b.rect.center().x);
            [shift.max(0.0), 0.0, (-shift).max(0.0), 0.0]
        }
        None => [0.0; 4],
    };
    body("none", "ctr", margins, &paragraphs)
}

fn line_shape(
    ids: &mut Ids,
    line: &Line,
    scene: &Scene,
    shape_ids: &BTreeMap<&str, u32>,
    ends: [usize; 2],
    theme: &Theme,
) -> String {
    let name_of = |id: &str| scene.boxes.iter().find(|b| b.id == id).map_or_else(|| id.to_owned(), |b| b.name.clone());
    let name = format!("{} to {}", name_of(&line.from), name_of(&line.to));
    let mut description = match line.style {
        Style::Need => format!("{} must come before {}", name_of(&line.from), name_of(&line.to)),
        style => format!("{} from {name}", mark_words(Mark::Style(style))),
    };
    if line.emphasis != EdgeEmphasis::Normal {
        description.push_str(&format!(", {}", mark_words(Mark::EdgeEmphasis(line.emphasis)).to_lowercase()));
    }
    if !line.tooltip.is_empty() {
        description.push_str(&format!(": {}", clean(&line.tooltip)));
    }
    let glue = |node: &str, site| shape_ids.get(node).map(|&shape| Glue { shape, site });
    let outline = line_outline(line.style, line.emphasis, line.width, theme);
    let look = Look { name: &name, description: &description, outline: &outline };
    let shape_ids = [ids.next(), ids.next()];
    let mut out = connector(&line.points, shape_ids, [glue(&line.from, ends[0]), glue(&line.to, ends[1])], &look);
    if line.emphasis == EdgeEmphasis::Lost {
        out.push_str(&cross(ids, line, theme));
    }
    out
}

fn line_outline(style: Style, emphasis: EdgeEmphasis, width: f64, theme: &Theme) -> String {
    let width = if emphasis == EdgeEmphasis::Strong { width + 0.7 } else { width };
    // The theme tells dashes in widths of 1.5 points, Office in line widths.
    let dash: Vec<f64> = dashes(style).iter().map(|d| d * width.max(1.0) / 1.5 / width).collect();
    // Office's heads grow with the line: three times its width, or twice for thick ones.
    let length = if width > 2.6 { "sm" } else { "med" };
    let end = format!("<a:tailEnd type=\"triangle\" w=\"med\" len=\"{length}\"/>");
    outline(theme.of_line(style, emphasis), width, &dash, &end)
}

/// The cross on a lost line: in the middle of its first step.
fn cross(ids: &mut Ids, line: &Line, theme: &Theme) -> String {
    let [a, b, ..] = line.points.as_slice() else { return String::new() };
    let rect = Rect { x: (a.x + b.x) / 2.0 - 4.0, y: (a.y + b.y) / 2.0 - 4.0, w: 8.0, h: 8.0 };
    format!(
        "<p:sp><p:nvSpPr><p:cNvPr id=\"{}\" name=\"Lost\"/><p:cNvSpPr/><p:nvPr/></p:nvSpPr><p:spPr><a:xfrm>{}</a:xfrm>\
         <a:prstGeom prst=\"mathMultiply\"><a:avLst><a:gd name=\"adj1\" fmla=\"val 14000\"/></a:avLst></a:prstGeom>{}<a:ln><a:noFill/></a:ln>\
         </p:spPr>{}</p:sp>",
        ids.next(),
        place(&rect),
        solid(theme.of_line(line.style, line.emphasis)),
        body("none", "ctr", [0.0; 4], "")
    )
}

/// Words and numbers on lines; the lines of one label are one text box.
fn labels(ids: &mut Ids, scene: &Scene, theme: &Theme) -> String {
    let mut out = String::new();
    let texts: Vec<&Text> = scene.texts.iter().filter(|t| matches!(t.owner, Owner::Edge(_))).collect();
    for block in texts.chunk_by(|a, b| a.owner == b.owner && a.plate != Plate::Disc) {
        let Some(first) = block.first() else { continue };
        let ground = match first.plate {
            Plate::Patch => theme.background,
            Plate::FramePatch => theme.frame_fill,
            Plate::None | Plate::Disc => {
                block.iter().for_each(|t| out.push_str(&single(ids, "Number", t, theme)));
                continue;
            }
        };
        let rect = block.iter().map(|t| t.rect).reduce(union).unwrap_or_default();
        let lines: Vec<TextRun> = block.iter().map(|t| styled(t, theme)).collect();
        let ground = Some((ground, PATCH_OPACITY));
        out.push_str(&plate(ids, "Label", &rect, "rect", ground, (Anchor::Middle, "ctr"), &lines));
    }
    out
}

fn union(a: Rect, b: Rect) -> Rect {
    let (x, y) = (a.x.min(b.x), a.y.min(b.y));
    Rect { x, y, w: a.right().max(b.right()) - x, h: a.bottom().max(b.bottom()) - y }
}

/// The key of numbers as a group.
fn key(ids: &mut Ids, scene: &Scene, theme: &Theme) -> String {
    let texts: Vec<&Text> = of(scene, &Owner::Key).collect();
    let Some(rect) = texts.iter().map(|t| t.rect).reduce(union) else { return String::new() };
    let id = ids.next();
    let inside: String = texts.iter().map(|t| single(ids, "Key", t, theme)).collect();
    group(id, "Key", "What the numbers on lines stand for", &rect, &inside)
}

/// The legend as a group.
fn legend(ids: &mut Ids, scene: &Scene, theme: &Theme) -> String {
    let texts: Vec<&Text> = of(scene, &Owner::Legend).collect();
    let rects = texts.iter().map(|t| t.rect).chain(scene.samples.iter().map(|s| s.rect));
    let Some(rect) = rects.reduce(union) else { return String::new() };
    let id = ids.next();
    let mut inside: String = scene.samples.iter().map(|s| sample(ids, s, theme)).collect();
    inside.extend(texts.iter().map(|t| single(ids, "Legend entry", t, theme)));
    let entries: Vec<&str> = scene.samples.iter().map(|s| mark_words(s.mark)).collect();
    group(id, "Legend", &format!("Legend: {}", entries.join(", ")), &rect, &inside)
}

fn sample(ids: &mut Ids, s: &Sample, theme: &Theme) -> String {
    let (role, emphasis) = match s.mark {
        Mark::Role(role) => (role, Emphasis::Normal),
        Mark::Emphasis(emphasis) => (Role::System, emphasis),
        Mark::Style(style) => return sample_line(ids, s, style, EdgeEmphasis::Normal, 1.3, theme),
        Mark::EdgeEmphasis(emphasis) => return sample_line(ids, s, Style::Automated, emphasis, 1.3, theme),
        Mark::Weight => return sample_line(ids, s, Style::Automated, EdgeEmphasis::Normal, 2.8, theme),
        Mark::Key => return String::new(),
    };
    let side = s.rect.h - 4.0;
    let icon = (has_icon(role) && matches!(s.mark, Mark::Role(_))).then(|| Rect {
        x: s.rect.center().x - side / 2.0,
        y: s.rect.y + 2.0,
        w: side,
        h: side,
    });
    format!(
        "<p:sp><p:nvSpPr><p:cNvPr id=\"{}\" name=\"{}\"/><p:cNvSpPr/><p:nvPr/></p:nvSpPr><p:spPr><a:xfrm>{}</a:xfrm>{}{}</p:spPr>{}</p:sp>",
        ids.next(),
        words(mark_words(s.mark)),
        place(&s.rect),
        geometry(&s.rect, role, emphasis, icon.as_ref(), &[]),
        paint(role, emphasis, theme),
        body("none", "ctr", [0.0; 4], "")
    )
}

fn sample_line(ids: &mut Ids, s: &Sample, style: Style, emphasis: EdgeEmphasis, width: f64, theme: &Theme) -> String {
    let y = s.rect.center().y;
    let points = [Point { x: s.rect.x, y }, Point { x: s.rect.right(), y }];
    let outline = line_outline(style, emphasis, width, theme);
    let name = mark_words(s.mark);
    let shape_ids = [ids.next(), ids.next()];
    connector(&points, shape_ids, [None, None], &Look { name, description: name, outline: &outline })
}
