//! Speaker notes: the notes master and a notes page for each slide.

use super::package::{Package, Part};
use super::skeleton::{THEME_TYPE, TREE, TYPE};
use super::theme::theme_part;
use super::xml::{HEAD, NAMESPACES, asset, words};
use crate::theme::Theme;

/// Width and height of a notes page in points.
pub(super) const PAGE: (f64, f64) = (540.0, 720.0);

/// Adds a notes master of the deck's own under names that a template does not use; returns its part.
pub(super) fn add_master(package: &mut Package, theme: &Theme) -> String {
    let (master, theme_name) = ("ppt/notesMasters/sinewNotesMaster.xml", "ppt/theme/sinewNotesTheme.xml");
    // Notes are printed on white, whatever the slides stand on.
    let paper = Theme { name: theme.name.clone(), ..Theme::light() };
    package.parts.insert(theme_name.into(), Part::new(THEME_TYPE, theme_part(&paper)));
    let xml = asset(include_str!("../../assets/deck/notes-master.xml"));
    let part = Part::new(&format!("{TYPE}.notesMaster+xml"), xml).leading_to("theme", theme_name);
    package.parts.insert(master.into(), part);
    master.into()
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
