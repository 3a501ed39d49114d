//! A scene as shapes: domains as groups, systems as shapes that hold their words, lines as connectors.

use std::collections::BTreeMap;

use super::connector::{Glue, Look, connector};
use super::fit::union;
use super::outline::geometry;
use super::palette::Palette;
use super::shapes::{self, Corners, Flowing, Ids, TextBox, TextRun, body, group, place};
use super::xml::{hatched, outline, solid, words};
use crate::legend::words as mark_words;
use crate::scene::{
    Anchor, BoxShape, Line, Owner, Paint, Panel, Plate, Point, Rect, Sample, Scene, Side, Stroke, Text,
};
use crate::svg::{disc, has_icon, ink};
use crate::text::clean;
use crate::theme::dashes;
use crate::{EdgeEmphasis, Emphasis, Mark, Role, Style};

/// How opaque the ground beneath a line's words is.
const PATCH_OPACITY: f64 = 0.92;
/// Connection sites in the middle of sides, before those of lines.
const MIDDLES: usize = 4;

/// Everything of the scene but its title.
pub(super) fn shapes(scene: &Scene, theme: &Palette, ids: &mut Ids) -> String {
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
    Painter { scene, theme, ids, sites, shapes: BTreeMap::new() }.all(&ends)
}

struct Painter<'s> {
    scene: &'s Scene,
    theme: &'s Palette,
    ids: &'s mut Ids,
    /// Where lines meet each box, by its id.
    sites: BTreeMap<&'s str, Vec<(Side, Point)>>,
    /// Ids of the shapes of boxes, by the ids of their nodes.
    shapes: BTreeMap<&'s str, u32>,
}

fn of<'s>(scene: &'s Scene, owner: &Owner) -> impl Iterator<Item = &'s Text> + use<'s> {
    let owner = owner.clone();
    scene.texts.iter().filter(move |t| t.owner == owner)
}

impl<'s> Painter<'s> {
    fn all(&mut self, ends: &[[usize; 2]]) -> String {
        let scene = self.scene;
        let mut out = String::new();
        for text in of(scene, &Owner::Subtitle) {
            out.push_str(&self.single("Subtitle", text));
        }
        for panel in &scene.panels {
            out.push_str(&self.panel(panel));
        }
        // Boxes and their connection sites come first, as groups are written before lines.
        for frame in &scene.frames {
            let id = self.ids.next();
            let members: Vec<&BoxShape> =
                scene.boxes.iter().filter(|b| b.frame.as_deref() == Some(frame.id.as_str())).collect();
            let names: Vec<&str> = members.iter().map(|b| b.name.as_str()).collect();
            let mut inside = self.frame(&frame.name, &frame.rect);
            for text in of(scene, &Owner::Frame(frame.id.clone())) {
                inside.push_str(&self.single("Name", text));
            }
            for member in members {
                inside.push_str(&self.node(member));
            }
            let description = format!("{}: {}", clean(&frame.name), names.join(", "));
            out.push_str(&group(id, &frame.name, &description, &frame.rect, &inside));
        }
        let framed = |b: &BoxShape| b.frame.as_ref().is_some_and(|f| scene.frames.iter().any(|frame| frame.id == *f));
        for b in scene.boxes.iter().filter(|b| !framed(b)) {
            out.push_str(&self.node(b));
        }
        for (line, ends) in scene.lines.iter().zip(ends) {
            out.push_str(&self.line(line, *ends));
        }
        out.push_str(&self.labels());
        out.push_str(&self.key());
        out.push_str(&self.legend());
        out.push_str(&self.blocks());
        for (owner, name) in [(Owner::Note, "Note"), (Owner::Source, "Source")] {
            for text in of(scene, &owner) {
                out.push_str(&self.single(name, text));
            }
        }
        out
    }

    /// A text of its own, on its plate if it has one.
    fn single(&mut self, name: &str, text: &Text) -> String {
        let lines = &[styled(text, self.theme)];
        match text.plate {
            Plate::Disc => {
                let Some(fill) = disc(text.ink, self.theme) else { return String::new() };
                let (rect, fill) = (text.rect, Some((fill, 1.0)));
                let anchor = Anchor::Middle;
                shapes::Plate { name, rect, preset: "roundRect", fill, anchor, vertical: "ctr", lines }.xml(self.ids)
            }
            _ => TextBox { name, at: text.at, width: text.rect.w, anchor: text.anchor, lines }.xml(self.ids),
        }
    }

    fn frame(&mut self, name: &str, rect: &Rect) -> String {
        let radius = (6.0 / rect.w.min(rect.h).max(1.0) * 100_000.0).clamp(0.0, 50_000.0).round();
        format!(
            "<p:sp><p:nvSpPr><p:cNvPr id=\"{}\" name=\"Frame of {}\"/><p:cNvSpPr/><p:nvPr/></p:nvSpPr><p:spPr><a:xfrm>{}</a:xfrm>\
             <a:prstGeom prst=\"roundRect\"><a:avLst><a:gd name=\"adj\" fmla=\"val {radius}\"/></a:avLst></a:prstGeom>{}{}</p:spPr>{}</p:sp>",
            self.ids.next(),
            words(name),
            place(rect),
            solid(self.theme.frame_fill),
            outline(self.theme.frame_stroke, 0.8, &[], ""),
            body("none", "t", [0.0; 4], "")
        )
    }

    fn node(&mut self, b: &'s BoxShape) -> String {
        let id = self.ids.next();
        self.shapes.insert(&b.id, id);
        let theme = self.theme;
        let texts: Vec<&Text> = of(self.scene, &Owner::Node(b.id.clone())).collect();
        let (inner, outer): (Vec<&Text>, Vec<&Text>) =
            texts.into_iter().partition(|t| t.anchor != Anchor::End && t.plate == Plate::None);
        let ports = self.sites.get(b.id.as_str()).map_or(&[][..], Vec::as_slice);
        let badge: Vec<String> = outer.iter().map(|t| t.text.clone()).collect();
        let mut out = format!(
            "<p:sp><p:nvSpPr><p:cNvPr id=\"{id}\" name=\"{}\" descr=\"{}\"/><p:cNvSpPr/><p:nvPr/></p:nvSpPr><p:spPr><a:xfrm>{}</a:xfrm>\
             {}{}</p:spPr>{}</p:sp>",
            words(&b.name),
            words(&box_description(b, &badge)),
            place(&b.rect),
            geometry(&b.rect, b.role, b.emphasis, b.icon.as_ref(), ports),
            paint(b.role, b.emphasis, theme),
            box_words(b, &inner, badge_room(&outer), theme)
        );
        for text in outer {
            out.push_str(&self.single("Badge", text));
        }
        out
    }

    fn line(&mut self, line: &Line, ends: [usize; 2]) -> String {
        let name_of =
            |id: &str| self.scene.boxes.iter().find(|b| b.id == id).map_or_else(|| id.to_owned(), |b| b.name.clone());
        let name = format!("{} to {}", name_of(&line.from), name_of(&line.to));
        let mut description = match line.style {
            Style::Need => format!("{} must come before {}", name_of(&line.from), name_of(&line.to)),
            Style::DependsOn => format!("{} depends on {}", name_of(&line.from), name_of(&line.to)),
            style => format!("{} from {name}", mark_words(Mark::Style(style))),
        };
        if line.emphasis != EdgeEmphasis::Normal {
            description.push_str(&format!(", {}", mark_words(Mark::EdgeEmphasis(line.emphasis)).to_lowercase()));
        }
        if !line.tooltip.is_empty() {
            description.push_str(&format!(": {}", clean(&line.tooltip)));
        }
        let glue = |node: &str, site| self.shapes.get(node).map(|&shape| Glue { shape, site });
        let outline = line_outline(line.stroke(), self.theme);
        let look = Look { name: &name, description: &description, outline: &outline };
        let shape_ids = [self.ids.next(), self.ids.next()];
        let mut out = connector(&line.points, shape_ids, [glue(&line.from, ends[0]), glue(&line.to, ends[1])], &look);
        if line.emphasis == EdgeEmphasis::Lost {
            out.push_str(&self.cross(line));
        }
        out
    }

    /// The cross on a lost line: in the middle of its first step.
    fn cross(&mut self, line: &Line) -> String {
        let [a, b, ..] = line.points.as_slice() else { return String::new() };
        let rect = Rect { x: (a.x + b.x) / 2.0 - 4.0, y: (a.y + b.y) / 2.0 - 4.0, w: 8.0, h: 8.0 };
        format!(
            "<p:sp><p:nvSpPr><p:cNvPr id=\"{}\" name=\"Lost\"/><p:cNvSpPr/><p:nvPr/></p:nvSpPr><p:spPr><a:xfrm>{}</a:xfrm>\
             <a:prstGeom prst=\"mathMultiply\"><a:avLst><a:gd name=\"adj1\" fmla=\"val 14000\"/></a:avLst></a:prstGeom>{}<a:ln><a:noFill/></a:ln>\
             </p:spPr>{}</p:sp>",
            self.ids.next(),
            place(&rect),
            solid(self.theme.of_line(line.style, line.emphasis)),
            body("none", "ctr", [0.0; 4], "")
        )
    }

    /// Words and numbers on lines; the lines of one label are one text box.
    fn labels(&mut self) -> String {
        let (scene, theme) = (self.scene, self.theme);
        let mut out = String::new();
        let texts: Vec<&Text> = scene.texts.iter().filter(|t| matches!(t.owner, Owner::Edge(_))).collect();
        for block in texts.chunk_by(|a, b| a.owner == b.owner && a.plate != Plate::Disc && b.plate != Plate::Disc) {
            let Some(first) = block.first() else { continue };
            let ground = match first.plate {
                Plate::Patch => theme.background,
                Plate::FramePatch => theme.frame_fill,
                Plate::None | Plate::Disc => {
                    block.iter().for_each(|t| out.push_str(&self.single("Number", t)));
                    continue;
                }
            };
            let rect = block.iter().map(|t| t.rect).reduce(union).unwrap_or_default();
            let lines: Vec<TextRun> = block.iter().map(|t| styled(t, theme)).collect();
            let ground = Some((ground, PATCH_OPACITY));
            let (anchor, vertical, lines) = (Anchor::Middle, "ctr", &lines);
            let label = shapes::Plate { name: "Label", rect, preset: "rect", fill: ground, anchor, vertical, lines };
            out.push_str(&label.xml(self.ids));
        }
        out
    }

    /// What is said beside boxes and beside the picture: the lines of one block are one text box.
    fn blocks(&mut self) -> String {
        let name = |owner: &Owner| match owner {
            Owner::Beside(id) => {
                self.scene.boxes.iter().find(|b| b.id == *id).map(|b| format!("Words of {}", clean(&b.name)))
            }
            Owner::Aside(_) => Some("Takeaway".to_owned()),
            _ => None,
        };
        let texts = self.scene.texts.iter().filter_map(|t| Some((t, name(&t.owner)?)));
        let texts: Vec<(&Text, String)> = texts.collect();
        let is_one = |(a, _): &(&Text, String), (b, _): &(&Text, String)| {
            let hangs_alike = a.anchor == b.anchor && (a.at.x - b.at.x).abs() < 1e-6;
            a.owner == b.owner && hangs_alike && a.plate == Plate::None && b.plate == Plate::None
        };
        let mut out = String::new();
        for block in texts.chunk_by(is_one) {
            let [(first, name), ..] = block else { continue };
            if first.plate != Plate::None {
                out.push_str(&self.single("Number", first));
                continue;
            }
            let width = block.iter().map(|(t, _)| t.rect.w).fold(0.0, f64::max);
            // What was broken to fit is running text again.
            let mut lines: Vec<TextRun> = Vec::new();
            for run in block.iter().map(|(t, _)| styled(t, self.theme)) {
                match lines.last_mut().filter(|last| last.looks_as(&run)) {
                    Some(last) => last.text = format!("{} {}", last.text, run.text),
                    None => lines.push(run),
                }
            }
            let rows = block.len();
            out.push_str(
                &Flowing { name, at: first.at, width, anchor: first.anchor, lines: &lines, rows }.xml(self.ids),
            );
        }
        out
    }

    fn panel(&mut self, panel: &Panel) -> String {
        let corners = if panel.paint == Paint::Ground { Corners::Rounded } else { Corners::Sharp };
        let name = if panel.name.is_empty() { "Ground" } else { &panel.name };
        shapes::panel(self.ids, name, &panel.name, &panel.rect, corners, self.theme.of_panel(panel.paint))
    }

    /// The key of numbers as a group.
    fn key(&mut self) -> String {
        let texts: Vec<&Text> = self.scene.texts.iter().filter(|t| matches!(t.owner, Owner::Key(_))).collect();
        let Some(rect) = texts.iter().map(|t| t.rect).reduce(union) else { return String::new() };
        let id = self.ids.next();
        let inside: String = texts.iter().map(|t| self.single("Key", t)).collect();
        group(id, "Key", "What the numbers on lines stand for", &rect, &inside)
    }

    /// The legend as a group.
    fn legend(&mut self) -> String {
        let scene = self.scene;
        let texts: Vec<&Text> = of(scene, &Owner::Legend).collect();
        let rects = texts.iter().map(|t| t.rect).chain(scene.samples.iter().map(|s| s.rect));
        let Some(rect) = rects.reduce(union) else { return String::new() };
        let id = self.ids.next();
        let mut inside: String = scene.samples.iter().map(|s| self.sample(s)).collect();
        inside.extend(texts.iter().map(|t| self.single("Legend entry", t)));
        let entries: Vec<&str> = scene.samples.iter().map(|s| mark_words(s.mark)).collect();
        group(id, "Legend", &format!("Legend: {}", entries.join(", ")), &rect, &inside)
    }

    fn sample(&mut self, s: &Sample) -> String {
        let mut flow = |style, emphasis, width| self.sample_line(s, Stroke { style, emphasis, width });
        let (role, emphasis) = match s.mark {
            Mark::Role(role) => (role, Emphasis::Normal),
            Mark::Emphasis(emphasis) => (Role::System, emphasis),
            Mark::Style(_) | Mark::EdgeEmphasis(_) => return flow(s.line, s.emphasis, 1.3),
            Mark::Weight => return flow(s.line, EdgeEmphasis::Normal, 2.8),
            Mark::Key | Mark::Guess => return String::new(),
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
            self.ids.next(),
            words(mark_words(s.mark)),
            place(&s.rect),
            geometry(&s.rect, role, emphasis, icon.as_ref(), &[]),
            paint(role, emphasis, self.theme),
            body("none", "ctr", [0.0; 4], "")
        )
    }

    fn sample_line(&mut self, s: &Sample, stroke: Stroke) -> String {
        let y = s.rect.center().y;
        let points = [Point { x: s.rect.x, y }, Point { x: s.rect.right(), y }];
        let outline = line_outline(stroke, self.theme);
        let name = mark_words(s.mark);
        let shape_ids = [self.ids.next(), self.ids.next()];
        connector(&points, shape_ids, [None, None], &Look { name, description: name, outline: &outline })
    }
}

fn styled(text: &Text, theme: &Palette) -> TextRun {
    TextRun { text: text.text.clone(), size: text.size, bold: text.bold, color: ink(text.ink, theme) }
}

/// Fill and outline of a box.
fn paint(role: Role, emphasis: Emphasis, theme: &Palette) -> String {
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
    let fill = match role {
        Role::Check => hatched(theme.hatch(), colors.fill),
        _ => solid(colors.fill),
    };
    format!("{fill}{}", outline(stroke, width, dash, ""))
}

/// What a screen reader says of a box: name, what it is, what is said of it, and the evidence.
fn box_description(b: &BoxShape, badge: &[String]) -> String {
    let role = match (b.role, b.emphasis) {
        (Role::Step, Emphasis::Met | Emphasis::NotMet | Emphasis::NotKnown | Emphasis::NothingToJudge) => {
            "criterion".to_owned()
        }
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

/// Height that badges take beneath the words of a box.
fn badge_room(outer: &[&Text]) -> f64 {
    outer.iter().filter(|text| text.plate == Plate::Disc).map(|text| text.rect.h + 1.0).fold(0.0, f64::max)
}

/// The words of a box as paragraphs, with so much room beneath; lines in one look are one paragraph with breaks.
fn box_words(b: &BoxShape, texts: &[&Text], beneath: f64, theme: &Palette) -> String {
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
        Some(text) if text.anchor == Anchor::Start => [text.at.x - b.rect.x, 0.0, 0.0, beneath],
        Some(text) => {
            let shift = 2.0 * (text.at.x - b.rect.center().x);
            [shift.max(0.0), 0.0, (-shift).max(0.0), beneath]
        }
        None => [0.0; 4],
    };
    body("none", "ctr", margins, &paragraphs)
}

fn line_outline(stroke: Stroke, theme: &Palette) -> String {
    let Stroke { style, emphasis, width } = stroke;
    let width = if emphasis == EdgeEmphasis::Strong { width + 0.7 } else { width };
    // The theme tells dashes in widths of 1.5 points, Office in line widths.
    let dash: Vec<f64> = dashes(style).iter().map(|d| d * width.max(1.0) / 1.5 / width).collect();
    // Office's heads grow with the line: three times its width, or twice for thick ones.
    let length = if width > 2.6 { "sm" } else { "med" };
    let end = format!("<a:tailEnd type=\"triangle\" w=\"med\" len=\"{length}\"/>");
    outline(theme.of_line(style, emphasis), width, &dash, &end)
}
