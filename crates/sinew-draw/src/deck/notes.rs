//! Speaker notes: the notes master and a notes page for each slide.

use super::package::{Package, Part};
use super::skeleton::{THEME_TYPE, TREE, TYPE, placeholder};
use super::theme::theme_part;
use super::xml::{HEAD, NAMESPACES, words};
use crate::scene::Rect;
use crate::theme::Theme;

/// Width and height of a notes page in points.
pub(super) const PAGE: (f64, f64) = (540.0, 720.0);

const IMAGE: Rect = Rect { x: 30.0, y: 54.0, w: 480.0, h: 270.0 };
const TEXT: Rect = Rect { x: 54.0, y: 342.0, w: 432.0, h: 324.0 };

/// Adds a notes master of the deck's own under names that a template does not use; returns its part.
pub(super) fn add_master(package: &mut Package, theme: &Theme) -> String {
    let (master, theme_name) = ("ppt/notesMasters/sinewNotesMaster.xml", "ppt/theme/sinewNotesTheme.xml");
    let text =
        "<p:txBody><a:bodyPr/><a:lstStyle/><a:p><a:r><a:rPr lang=\"en-US\"/><a:t>Text</a:t></a:r></a:p></p:txBody>";
    let levels: String = (1..=9)
        .map(|level| {
            format!(
                "<a:lvl{level}pPr marL=\"0\" algn=\"l\" defTabSz=\"914400\"><a:spcBef><a:spcPts val=\"400\"/></a:spcBef><a:defRPr sz=\"1200\" \
                 kern=\"1200\"><a:solidFill><a:schemeClr val=\"tx1\"/></a:solidFill><a:latin typeface=\"+mn-lt\"/></a:defRPr></a:lvl{level}pPr>"
            )
        })
        .collect();
    let xml = format!(
        "{HEAD}<p:notesMaster {NAMESPACES}><p:cSld><p:bg><p:bgPr><a:solidFill><a:srgbClr val=\"FFFFFF\"/></a:solidFill><a:effectLst/>\
         </p:bgPr></p:bg>{TREE}{}{}</p:spTree></p:cSld><p:clrMap bg1=\"lt1\" tx1=\"dk1\" bg2=\"lt2\" tx2=\"dk2\" accent1=\"accent1\" \
         accent2=\"accent2\" accent3=\"accent3\" accent4=\"accent4\" accent5=\"accent5\" accent6=\"accent6\" hlink=\"hlink\" \
         folHlink=\"folHlink\"/><p:notesStyle>{levels}</p:notesStyle></p:notesMaster>",
        image(2),
        placeholder(3, "Notes", "type=\"body\" sz=\"quarter\" idx=\"1\"", &TEXT, text)
    );
    // Notes are printed on white, whatever the slides stand on.
    let paper = Theme { name: theme.name.clone(), ..Theme::light() };
    package.parts.insert(theme_name.into(), Part::new(THEME_TYPE, theme_part(&paper)));
    let part = Part::new(&format!("{TYPE}.notesMaster+xml"), xml).leading_to("theme", theme_name);
    package.parts.insert(master.into(), part);
    master.into()
}

fn image(id: u32) -> String {
    let body = "";
    placeholder(id, "Slide image", "type=\"sldImg\" idx=\"2\"", &IMAGE, body)
        .replace("<a:spLocks noGrp=\"1\"/>", "<a:spLocks noGrp=\"1\" noRot=\"1\" noChangeAspect=\"1\"/>")
}

/// The notes page of the slide `slide`; paragraphs as given.
pub(super) fn page(master: &str, slide: &str, paragraphs: &[String]) -> Part {
    let text: String = paragraphs
        .iter()
        .map(|p| format!("<a:p><a:r><a:rPr lang=\"en-US\" dirty=\"0\"/><a:t>{}</a:t></a:r></a:p>", words(p)))
        .collect();
    let text = if text.is_empty() { "<a:p><a:endParaRPr lang=\"en-US\"/></a:p>".into() } else { text };
    let xml = format!(
        "{HEAD}<p:notes {NAMESPACES}><p:cSld>{TREE}<p:sp><p:nvSpPr><p:cNvPr id=\"2\" name=\"Slide image\"/><p:cNvSpPr>\
         <a:spLocks noGrp=\"1\" noRot=\"1\" noChangeAspect=\"1\"/></p:cNvSpPr><p:nvPr><p:ph type=\"sldImg\"/></p:nvPr></p:nvSpPr><p:spPr/></p:sp>\
         <p:sp><p:nvSpPr><p:cNvPr id=\"3\" name=\"Notes\"/><p:cNvSpPr><a:spLocks noGrp=\"1\"/></p:cNvSpPr><p:nvPr><p:ph type=\"body\" idx=\"1\"/>\
         </p:nvPr></p:nvSpPr><p:spPr/><p:txBody><a:bodyPr/><a:lstStyle/>{text}</p:txBody></p:sp></p:spTree></p:cSld><p:clrMapOvr>\
         <a:masterClrMapping/></p:clrMapOvr></p:notes>"
    );
    Part::new(&format!("{TYPE}.notesSlide+xml"), xml).leading_to("notesMaster", master).leading_to("slide", slide)
}
