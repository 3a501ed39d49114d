//! Shapes that hold text: text boxes, plates, placeholders; and the counting of shape ids.

use super::skeleton::Layout;
use super::swatch::Swatch;
use super::xml::{emu, run, solid, words};
use crate::number::real;
use crate::scene::{Anchor, Point, Rect};

/// Height of letters above the base line in Arial, as a share of the font size; where a text box
/// begins, so that its base line falls where the scene has it.
const ARIAL_ASCENT: f64 = 0.905;

/// Gives out shape ids, unique on a slide; 1 is the slide's own tree.
pub(super) struct Ids(u32);

impl Ids {
    pub(super) fn new() -> Ids {
        Ids(1)
    }

    pub(super) fn next(&mut self) -> u32 {
        self.0 += 1;
        self.0
    }
}

/// One line of text in a look of its own.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct TextRun {
    pub(super) text: String,
    pub(super) size: f64,
    pub(super) bold: bool,
    pub(super) color: Swatch,
}

impl TextRun {
    pub(super) fn xml(&self) -> String {
        run(&self.text, self.size, self.bold, self.color)
    }

    /// Whether both are set alike.
    pub(super) fn looks_as(&self, other: &TextRun) -> bool {
        (self.size, self.bold, self.color) == (other.size, other.bold, other.color)
    }
}

/// The place of an upright shape.
pub(super) fn place(rect: &Rect) -> String {
    format!(
        "<a:off x=\"{}\" y=\"{}\"/><a:ext cx=\"{}\" cy=\"{}\"/>",
        emu(rect.x),
        emu(rect.y),
        emu(rect.w.max(0.0)),
        emu(rect.h.max(0.0))
    )
}

fn alignment(anchor: Anchor) -> &'static str {
    match anchor {
        Anchor::Start => "l",
        Anchor::Middle => "ctr",
        Anchor::End => "r",
    }
}

/// Paragraphs, one a line.
fn paragraphs(lines: &[TextRun], anchor: Anchor) -> String {
    let algn = alignment(anchor);
    lines.iter().map(|line| format!("<a:p><a:pPr algn=\"{algn}\"/>{}</a:p>", line.xml())).collect()
}

/// A text box of lines beneath each other.
pub(super) struct TextBox<'a> {
    pub(super) name: &'a str,
    /// Where the anchor hangs: on the base line of the first line.
    pub(super) at: Point,
    pub(super) width: f64,
    pub(super) anchor: Anchor,
    pub(super) lines: &'a [TextRun],
}

impl TextBox<'_> {
    pub(super) fn xml(&self, ids: &mut Ids) -> String {
        let TextBox { name, at, width, anchor, lines } = *self;
        let Some(first) = lines.first() else { return String::new() };
        let left = match anchor {
            Anchor::Start => at.x,
            Anchor::Middle => at.x - width / 2.0,
            Anchor::End => at.x - width,
        };
        let height: f64 = lines.iter().map(|l| l.size * 1.2).sum();
        let rect = Rect { x: left, y: at.y - first.size * ARIAL_ASCENT, w: width, h: height };
        Plate { name, rect, preset: "rect", fill: None, anchor, vertical: "t", lines }.xml(ids)
    }
}

/// A text box of paragraphs that break where they have to.
pub(super) struct Flowing<'a> {
    pub(super) name: &'a str,
    /// Where the anchor hangs: on the base line of the first line.
    pub(super) at: Point,
    /// Width of the longest line as it was broken.
    pub(super) width: f64,
    pub(super) anchor: Anchor,
    pub(super) lines: &'a [TextRun],
    /// Lines as they were broken.
    pub(super) rows: usize,
}

impl Flowing<'_> {
    pub(super) fn xml(&self, ids: &mut Ids) -> String {
        let Some(first) = self.lines.first() else { return String::new() };
        // Room for fonts that are a little wider than the measured one.
        let width = self.width * 1.03 + 2.0;
        let x = match self.anchor {
            Anchor::Start => self.at.x,
            Anchor::Middle => self.at.x - width / 2.0,
            Anchor::End => self.at.x - width,
        };
        let size = self.lines.iter().map(|line| line.size).fold(0.0, f64::max);
        let rect = Rect { x, y: self.at.y - first.size * ARIAL_ASCENT, w: width, h: size * 1.2 * real(self.rows) };
        format!(
            "<p:sp><p:nvSpPr><p:cNvPr id=\"{}\" name=\"{}\"/><p:cNvSpPr txBox=\"1\"/><p:nvPr/></p:nvSpPr><p:spPr><a:xfrm>{}</a:xfrm>\
             <a:prstGeom prst=\"rect\"><a:avLst/></a:prstGeom><a:noFill/></p:spPr>{}</p:sp>",
            ids.next(),
            words(self.name),
            place(&rect),
            body("square", "t", [0.0; 4], &paragraphs(self.lines, self.anchor)),
        )
    }
}

/// A shape of a preset geometry with lines of text, without margins.
pub(super) struct Plate<'a> {
    pub(super) name: &'a str,
    pub(super) rect: Rect,
    pub(super) preset: &'a str,
    pub(super) fill: Option<(Swatch, f64)>,
    pub(super) anchor: Anchor,
    /// Whether the lines stand at the top (`t`) or in the middle (`ctr`).
    pub(super) vertical: &'a str,
    pub(super) lines: &'a [TextRun],
}

impl Plate<'_> {
    pub(super) fn xml(&self, ids: &mut Ids) -> String {
        let fill = match self.fill {
            None => "<a:noFill/>".to_owned(),
            Some((color, opacity)) => {
                let alpha = format!("<a:alpha val=\"{}\"/>", (opacity * 100_000.0).round());
                format!("<a:solidFill>{}</a:solidFill>", color.xml(&alpha))
            }
        };
        let adjust = if self.preset == "roundRect" { "<a:gd name=\"adj\" fmla=\"val 50000\"/>" } else { "" };
        format!(
            "<p:sp><p:nvSpPr><p:cNvPr id=\"{}\" name=\"{}\"/><p:cNvSpPr txBox=\"1\"/><p:nvPr/></p:nvSpPr><p:spPr><a:xfrm>{}</a:xfrm>\
             <a:prstGeom prst=\"{}\"><a:avLst>{adjust}</a:avLst></a:prstGeom>{fill}</p:spPr>{}</p:sp>",
            ids.next(),
            words(self.name),
            place(&self.rect),
            self.preset,
            body("none", self.vertical, [0.0; 4], &paragraphs(self.lines, self.anchor)),
        )
    }
}

/// Corners of a panel.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Corners {
    Sharp,
    Rounded,
}

/// A plain ground or bar; `said` is its alternative text.
pub(super) fn panel(ids: &mut Ids, name: &str, said: &str, rect: &Rect, corners: Corners, fill: Swatch) -> String {
    let (preset, adjust) = match corners {
        Corners::Rounded => {
            let radius = (4.0 / rect.w.min(rect.h).max(1.0) * 100_000.0).clamp(0.0, 50_000.0).round();
            ("roundRect", format!("<a:gd name=\"adj\" fmla=\"val {radius}\"/>"))
        }
        Corners::Sharp => ("rect", String::new()),
    };
    format!(
        "<p:sp><p:nvSpPr><p:cNvPr id=\"{}\" name=\"{}\" descr=\"{}\"/><p:cNvSpPr/><p:nvPr/></p:nvSpPr><p:spPr><a:xfrm>{}</a:xfrm>\
         <a:prstGeom prst=\"{preset}\"><a:avLst>{adjust}</a:avLst></a:prstGeom>{}<a:ln><a:noFill/></a:ln></p:spPr>{}</p:sp>",
        ids.next(),
        words(name),
        words(said),
        place(rect),
        solid(fill),
        body("none", "t", [0.0; 4], "")
    )
}

/// A text body; margins are left, top, right, lower in points.
pub(super) fn body(wrap: &str, vertical: &str, margins: [f64; 4], paragraphs: &str) -> String {
    let [l, t, r, b] = margins.map(|m| emu(m.max(0.0)));
    let paragraphs = if paragraphs.is_empty() { "<a:p><a:endParaRPr lang=\"en-US\"/></a:p>" } else { paragraphs };
    format!(
        "<p:txBody><a:bodyPr wrap=\"{wrap}\" lIns=\"{l}\" tIns=\"{t}\" rIns=\"{r}\" bIns=\"{b}\" rtlCol=\"0\" \
         anchor=\"{vertical}\"><a:noAutofit/></a:bodyPr><a:lstStyle/>{paragraphs}</p:txBody>"
    )
}

/// The title placeholder; with `own` at a place and in a look of its own, else as the layout has it.
pub(super) fn title(ids: &mut Ids, layout: &Layout, text: &str, own: Option<(&Rect, f64, Swatch)>) -> String {
    let kind = layout.title;
    let (place, run_xml, body_properties) = match own {
        Some((rect, size, color)) => (
            format!("<a:xfrm>{}</a:xfrm>", place(rect)),
            run(text, size, true, color),
            "<a:bodyPr wrap=\"square\" lIns=\"0\" tIns=\"0\" rIns=\"0\" bIns=\"0\" anchor=\"t\"><a:normAutofit/></a:bodyPr>",
        ),
        None => (
            layout.own_title.as_ref().map(|rect| format!("<a:xfrm>{}</a:xfrm>", place(rect))).unwrap_or_default(),
            format!("<a:r><a:rPr lang=\"en-US\" dirty=\"0\"/><a:t>{}</a:t></a:r>", words(text)),
            "<a:bodyPr><a:normAutofit/></a:bodyPr>",
        ),
    };
    format!(
        "<p:sp><p:nvSpPr><p:cNvPr id=\"{}\" name=\"Title\"/><p:cNvSpPr><a:spLocks noGrp=\"1\"/></p:cNvSpPr><p:nvPr>\
         <p:ph type=\"{kind}\"/></p:nvPr></p:nvSpPr><p:spPr>{place}</p:spPr><p:txBody>{body_properties}<a:lstStyle/>\
         <a:p>{run_xml}</a:p></p:txBody></p:sp>",
        ids.next()
    )
}

/// The slide number, where the layout has it.
pub(super) fn slide_number(ids: &mut Ids, idx: Option<u32>, number: usize) -> String {
    let Some(idx) = idx else { return String::new() };
    format!(
        "<p:sp><p:nvSpPr><p:cNvPr id=\"{}\" name=\"Slide number\"/><p:cNvSpPr><a:spLocks noGrp=\"1\"/></p:cNvSpPr><p:nvPr>\
         <p:ph type=\"sldNum\" sz=\"quarter\" idx=\"{idx}\"/></p:nvPr></p:nvSpPr><p:spPr/><p:txBody><a:bodyPr/><a:lstStyle/>\
         <a:p><a:fld id=\"{{B6F15528-21DE-4FAA-801E-634DDDAF4B2B}}\" type=\"slidenum\"><a:rPr lang=\"en-US\"/><a:t>{number}</a:t>\
         </a:fld><a:endParaRPr lang=\"en-US\"/></a:p></p:txBody></p:sp>",
        ids.next()
    )
}

/// Shapes as a group with its own alternative text.
pub(super) fn group(id: u32, name: &str, description: &str, rect: &Rect, inside: &str) -> String {
    let (x, y, w, h) = (emu(rect.x), emu(rect.y), emu(rect.w), emu(rect.h));
    format!(
        "<p:grpSp><p:nvGrpSpPr><p:cNvPr id=\"{id}\" name=\"{}\" descr=\"{}\"/><p:cNvGrpSpPr/><p:nvPr/></p:nvGrpSpPr><p:grpSpPr>\
         <a:xfrm><a:off x=\"{x}\" y=\"{y}\"/><a:ext cx=\"{w}\" cy=\"{h}\"/><a:chOff x=\"{x}\" y=\"{y}\"/>\
         <a:chExt cx=\"{w}\" cy=\"{h}\"/></a:xfrm></p:grpSpPr>{inside}</p:grpSp>",
        words(name),
        words(description)
    )
}
