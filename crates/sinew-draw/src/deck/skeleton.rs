//! The deck's own master and layouts: Title Slide, Title Only, Title and Content.

use std::fmt::Write as _;

use super::package::{Package, Part};
use super::shapes::place;
use super::theme::theme_part;
use super::xml::{HEAD, NAMESPACES};
use crate::scene::{Rect, SLIDE_HEIGHT, SLIDE_WIDTH};
use crate::theme::Theme;

const MASTER: &str = "ppt/slideMasters/slideMaster1.xml";
const THEME: &str = "ppt/theme/theme1.xml";
/// Content types of parts begin so.
pub(super) const TYPE: &str = "application/vnd.openxmlformats-officedocument.presentationml";
/// Content type of themes.
pub(super) const THEME_TYPE: &str = "application/vnd.openxmlformats-officedocument.theme+xml";

/// Number of the slide number's placeholder.
const NUMBER: u32 = 12;
const MARGIN: f64 = 26.0;

/// A layout as slides need it.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Layout {
    /// The part.
    pub(super) part: String,
    /// Type of its title placeholder.
    pub(super) title: &'static str,
    /// Numbers of its placeholders for text and for the slide number.
    pub(super) text: Option<u32>,
    pub(super) number: Option<u32>,
    /// The room beneath the title, in points.
    pub(super) room: Rect,
}

/// What slides stand on.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Stage {
    /// Width and height in points.
    pub(super) size: (f64, f64),
    /// Whether titles may be placed by the slide, as layouts are the deck's own.
    pub(super) is_own: bool,
    pub(super) opening: Layout,
    pub(super) only: Layout,
    pub(super) content: Layout,
}

/// Adds theme, master and layouts; returns what slides stand on and the master's part.
pub(super) fn add(package: &mut Package, theme: &Theme) -> (Stage, String) {
    let wide = SLIDE_WIDTH - 2.0 * MARGIN;
    let room = Rect { x: MARGIN, y: 68.0, w: wide, h: 440.0 };
    let title = Rect { x: MARGIN, y: 14.0, w: wide, h: 48.0 };
    let number = Rect { x: SLIDE_WIDTH - MARGIN - 60.0, y: SLIDE_HEIGHT - 13.0, w: 60.0, h: 11.0 };
    let large = Rect { x: 60.0, y: 150.0, w: SLIDE_WIDTH - 120.0, h: 110.0 };
    let lines = Rect { x: 60.0, y: 280.0, w: SLIDE_WIDTH - 120.0, h: 150.0 };
    let number_shape = |id| {
        placeholder(id, "Slide number", &format!("type=\"sldNum\" sz=\"quarter\" idx=\"{NUMBER}\""), &number, FIELD)
    };
    let layout = |n: usize| format!("ppt/slideLayouts/slideLayout{n}.xml");
    let kinds = [
        (
            "Title Slide",
            "title",
            [
                placeholder(2, "Title", "type=\"ctrTitle\"", &large, &styled_prompt("l", "b", 4000)),
                placeholder(3, "Lines", "type=\"subTitle\" idx=\"1\"", &lines, &styled_prompt("l", "t", 1800))
                    + &rule(4),
            ],
        ),
        ("Title Only", "titleOnly", [placeholder(2, "Title", "type=\"title\"", &title, PROMPT), number_shape(3)]),
        (
            "Title and Content",
            "obj",
            [
                placeholder(2, "Title", "type=\"title\"", &title, PROMPT)
                    + &placeholder(3, "Text", "idx=\"1\"", &room, PROMPT),
                number_shape(4),
            ],
        ),
    ];
    let mut master = Part::new(&format!("{TYPE}.slideMaster+xml"), Vec::new());
    let mut list = String::new();
    for (i, (name, kind, shapes)) in kinds.into_iter().enumerate() {
        let part = layout(i + 1);
        let xml = format!(
            "{HEAD}<p:sldLayout {NAMESPACES} type=\"{kind}\" preserve=\"1\"><p:cSld name=\"{name}\">{}{}</p:spTree></p:cSld>\
             <p:clrMapOvr><a:masterClrMapping/></p:clrMapOvr></p:sldLayout>",
            TREE,
            shapes.concat()
        );
        package
            .parts
            .insert(part.clone(), Part::new(&format!("{TYPE}.slideLayout+xml"), xml).leading_to("slideMaster", MASTER));
        let id = master.relate("slideLayout", &part);
        let _ = write!(list, "<p:sldLayoutId id=\"{}\" r:id=\"{id}\"/>", 2_147_483_649_u32 + i as u32);
    }
    master.relate("theme", THEME);
    master.bytes = format!(
        "{HEAD}<p:sldMaster {NAMESPACES}><p:cSld><p:bg><p:bgPr><a:solidFill><a:schemeClr val=\"bg1\"/></a:solidFill><a:effectLst/>\
         </p:bgPr></p:bg>{TREE}{}{}{}</p:spTree></p:cSld><p:clrMap bg1=\"lt1\" tx1=\"dk1\" bg2=\"lt2\" tx2=\"dk2\" accent1=\"accent1\" \
         accent2=\"accent2\" accent3=\"accent3\" accent4=\"accent4\" accent5=\"accent5\" accent6=\"accent6\" hlink=\"hlink\" \
         folHlink=\"folHlink\"/><p:sldLayoutIdLst>{list}</p:sldLayoutIdLst>{}</p:sldMaster>",
        placeholder(2, "Title", "type=\"title\"", &title, PROMPT),
        placeholder(3, "Text", "type=\"body\" idx=\"1\"", &room, PROMPT),
        number_shape(4),
        text_styles()
    )
    .into_bytes();
    package.parts.insert(MASTER.into(), master);
    package.parts.insert(THEME.into(), Part::new(THEME_TYPE, theme_part(theme)));
    let made =
        |n, title, text, number: bool| Layout { part: layout(n), title, text, number: number.then_some(NUMBER), room };
    let stage = Stage {
        size: (SLIDE_WIDTH, SLIDE_HEIGHT),
        is_own: true,
        opening: made(1, "ctrTitle", Some(1), false),
        only: made(2, "title", None, true),
        content: made(3, "title", Some(1), true),
    };
    (stage, MASTER.into())
}

/// The beginning of a tree of shapes.
pub(super) const TREE: &str = "<p:spTree><p:nvGrpSpPr><p:cNvPr id=\"1\" name=\"\"/><p:cNvGrpSpPr/><p:nvPr/></p:nvGrpSpPr><p:grpSpPr><a:xfrm>\
     <a:off x=\"0\" y=\"0\"/><a:ext cx=\"0\" cy=\"0\"/><a:chOff x=\"0\" y=\"0\"/><a:chExt cx=\"0\" cy=\"0\"/></a:xfrm></p:grpSpPr>";

const PROMPT: &str = "<p:txBody><a:bodyPr lIns=\"0\" tIns=\"0\" rIns=\"0\" bIns=\"0\"><a:normAutofit/></a:bodyPr><a:lstStyle/>\
     <a:p><a:r><a:rPr lang=\"en-US\"/><a:t>Text</a:t></a:r></a:p></p:txBody>";

const FIELD: &str = "<p:txBody><a:bodyPr vert=\"horz\" lIns=\"0\" tIns=\"0\" rIns=\"0\" bIns=\"0\" anchor=\"ctr\"/><a:lstStyle>\
     <a:lvl1pPr algn=\"r\"><a:defRPr sz=\"800\"><a:solidFill><a:schemeClr val=\"tx2\"/></a:solidFill><a:latin typeface=\"+mn-lt\"/></a:defRPr></a:lvl1pPr>\
     </a:lstStyle><a:p><a:fld id=\"{B6F15528-21DE-4FAA-801E-634DDDAF4B2B}\" type=\"slidenum\"><a:rPr lang=\"en-US\"/>\
     <a:t>‹#›</a:t></a:fld><a:endParaRPr lang=\"en-US\"/></a:p></p:txBody>";

fn styled_prompt(algn: &str, anchor: &str, size: u32) -> String {
    format!(
        "<p:txBody><a:bodyPr lIns=\"0\" tIns=\"0\" rIns=\"0\" bIns=\"0\" anchor=\"{anchor}\"><a:normAutofit/></a:bodyPr><a:lstStyle><a:lvl1pPr marL=\"0\" indent=\"0\" \
         algn=\"{algn}\"><a:buNone/><a:defRPr sz=\"{size}\"/></a:lvl1pPr></a:lstStyle><a:p><a:r><a:rPr lang=\"en-US\"/>\
         <a:t>Text</a:t></a:r></a:p></p:txBody>"
    )
}

/// A short rule between title and lines of the opening slide.
fn rule(id: u32) -> String {
    let rect = Rect { x: 60.0, y: 267.0, w: 96.0, h: 3.0 };
    format!(
        "<p:sp><p:nvSpPr><p:cNvPr id=\"{id}\" name=\"Rule\"/><p:cNvSpPr/><p:nvPr userDrawn=\"1\"/></p:nvSpPr><p:spPr><a:xfrm>{}</a:xfrm>\
         <a:prstGeom prst=\"rect\"><a:avLst/></a:prstGeom><a:solidFill><a:schemeClr val=\"accent2\"/></a:solidFill></p:spPr></p:sp>",
        place(&rect)
    )
}

/// A placeholder of a master or layout.
pub(super) fn placeholder(id: u32, name: &str, ph: &str, rect: &Rect, body: &str) -> String {
    format!(
        "<p:sp><p:nvSpPr><p:cNvPr id=\"{id}\" name=\"{name}\"/><p:cNvSpPr><a:spLocks noGrp=\"1\"/></p:cNvSpPr><p:nvPr><p:ph {ph}/>\
         </p:nvPr></p:nvSpPr><p:spPr><a:xfrm>{}</a:xfrm><a:prstGeom prst=\"rect\"><a:avLst/></a:prstGeom></p:spPr>{body}</p:sp>",
        place(rect)
    )
}

fn text_styles() -> String {
    let run = |size: u32, bold: &str, color: &str, font: &str| {
        format!(
            "<a:defRPr sz=\"{size}\"{bold} kern=\"1200\"><a:solidFill><a:schemeClr val=\"{color}\"/></a:solidFill>\
             <a:latin typeface=\"{font}\"/><a:ea typeface=\"+mn-ea\"/><a:cs typeface=\"+mn-cs\"/></a:defRPr>"
        )
    };
    let mut body = String::new();
    let mut other = String::new();
    for level in 1..=9 {
        let size = if level == 1 { 2000 } else { 1600 };
        let margin = 228_600 * level;
        let _ = write!(
            body,
            "<a:lvl{level}pPr marL=\"{margin}\" indent=\"-228600\" algn=\"l\" defTabSz=\"914400\"><a:spcBef><a:spcPts val=\"900\"/></a:spcBef>\
             <a:buFont typeface=\"Arial\"/><a:buChar char=\"•\"/>{}</a:lvl{level}pPr>",
            run(size, "", "tx1", "+mn-lt")
        );
        let _ = write!(
            other,
            "<a:lvl{level}pPr marL=\"0\" algn=\"l\" defTabSz=\"914400\">{}</a:lvl{level}pPr>",
            run(1800, "", "tx1", "+mn-lt")
        );
    }
    format!(
        "<p:txStyles><p:titleStyle><a:lvl1pPr algn=\"l\" defTabSz=\"914400\"><a:spcBef><a:spcPct val=\"0\"/></a:spcBef><a:buNone/>{}\
         </a:lvl1pPr></p:titleStyle><p:bodyStyle>{body}</p:bodyStyle><p:otherStyle>{other}</p:otherStyle></p:txStyles>",
        run(2000, " b=\"1\"", "tx1", "+mj-lt")
    )
}
