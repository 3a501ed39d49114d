//! The deck's own master and layouts: Title Slide, Title Only, Title and Content.

use super::package::{Package, Part};
use super::palette::{self, Palette, is_dark};
use super::theme::theme_part;
use super::xml::asset;
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
/// The room beneath the title, as the layouts have it.
const ROOM: Rect = Rect { x: 26.0, y: 68.0, w: 908.0, h: 440.0 };
/// Title Slide, Title Only, Title and Content.
const LAYOUTS: [&str; 3] = [
    include_str!("../../assets/deck/layout-title-slide.xml"),
    include_str!("../../assets/deck/layout-title-only.xml"),
    include_str!("../../assets/deck/layout-title-and-content.xml"),
];

/// A layout as slides need it.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Layout {
    pub(super) part: String,
    /// Type of its title placeholder.
    pub(super) title: &'static str,
    /// Where slides put their titles, in points, if it has no placeholder for them.
    pub(super) own_title: Option<Rect>,
    /// Numbers of its placeholders for text and for the slide number.
    pub(super) text: Option<u32>,
    pub(super) number: Option<u32>,
    /// The room beneath the title, in points.
    pub(super) room: Rect,
    /// The colors of what slides draw on it.
    pub(super) palette: Palette,
    /// The element by which slides say which color of the theme each name means.
    pub(super) colors: String,
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
    let layout = |n: usize| format!("ppt/slideLayouts/slideLayout{n}.xml");
    // The master names its layouts by the order in which they are related to it.
    let master = asset(include_str!("../../assets/deck/slide-master.xml"));
    // On a dark ground the theme's light colors are those of text, as in every dark theme of Office.
    let [dark, light] = if is_dark(theme.background) { ["dk", "lt"] } else { ["lt", "dk"] };
    let master = master.replace("{ground}", dark).replace("{ink}", light);
    let mut master = Part::new(&format!("{TYPE}.slideMaster+xml"), master);
    for (at, xml) in LAYOUTS.into_iter().enumerate() {
        let part = Part::new(&format!("{TYPE}.slideLayout+xml"), asset(xml)).leading_to("slideMaster", MASTER);
        package.parts.insert(layout(at + 1), part);
        master.relate("slideLayout", &layout(at + 1));
    }
    package.parts.insert(MASTER.into(), master.leading_to("theme", THEME));
    package.parts.insert(THEME.into(), Part::new(THEME_TYPE, theme_part(theme)));
    let made = |n, title, text, number| Layout {
        part: layout(n),
        title,
        own_title: None,
        text,
        number,
        room: ROOM,
        palette: palette::own(theme),
        colors: "<a:masterClrMapping/>".to_owned(),
    };
    let stage = Stage {
        size: (SLIDE_WIDTH, SLIDE_HEIGHT),
        is_own: true,
        opening: made(1, "ctrTitle", Some(1), None),
        only: made(2, "title", None, Some(NUMBER)),
        content: made(3, "title", Some(1), Some(NUMBER)),
    };
    (stage, MASTER.into())
}

/// The beginning of a tree of shapes.
pub(super) const TREE: &str = "<p:spTree><p:nvGrpSpPr><p:cNvPr id=\"1\" name=\"\"/><p:cNvGrpSpPr/><p:nvPr/></p:nvGrpSpPr><p:grpSpPr><a:xfrm>\
     <a:off x=\"0\" y=\"0\"/><a:ext cx=\"0\" cy=\"0\"/><a:chOff x=\"0\" y=\"0\"/><a:chExt cx=\"0\" cy=\"0\"/></a:xfrm></p:grpSpPr>";

#[cfg(test)]
mod tests {
    use super::*;
    use crate::deck::template::Drawn;

    #[test]
    fn layouts_have_the_placeholders_that_slides_fill() {
        let mut package = Package::default();
        let (stage, _) = add(&mut package, &Theme::light());
        for layout in [&stage.opening, &stage.only, &stage.content] {
            let xml = String::from_utf8(package.parts[&layout.part].bytes.clone()).unwrap();
            let drawn = Drawn::of(&layout.part, &xml).unwrap();
            let text = drawn.text(if layout.title == "ctrTitle" { "subTitle" } else { "" });
            assert_eq!((drawn.title(), text, drawn.number()), (Some(layout.title), layout.text, layout.number));
        }
    }
}
