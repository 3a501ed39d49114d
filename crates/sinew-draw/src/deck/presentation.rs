//! The main part of a package: what presentations consist of, slides left open.

use super::notes;
use super::package::Part;
use super::skeleton::TYPE;
use super::xml::{HEAD, NAMESPACES, emu};

/// The presentation part in the order of its elements, slides left open.
pub(super) struct Presentation {
    pub(super) part: Part,
    /// Declaration and opening tag.
    pub(super) head: String,
    pub(super) masters: String,
    pub(super) notes_list: String,
    pub(super) handouts: String,
    pub(super) sizes: String,
    pub(super) rest: String,
    /// The part of a notes master that is there already.
    pub(super) notes_master: Option<String>,
}

/// Content type of the presentation part.
pub(super) fn presentation_type() -> String {
    format!("{TYPE}.presentation.main+xml")
}

impl Presentation {
    /// That of a deck without a template.
    pub(super) fn own(master: &str) -> Self {
        let mut part = Part::new(&presentation_type(), Vec::new());
        let id = part.relate("slideMaster", master);
        part.relate("theme", "ppt/theme/theme1.xml");
        Self {
            part,
            head: format!("{HEAD}<p:presentation {NAMESPACES} saveSubsetFonts=\"1\">"),
            masters: format!("<p:sldMasterIdLst><p:sldMasterId id=\"2147483648\" r:id=\"{id}\"/></p:sldMasterIdLst>"),
            notes_list: String::new(),
            handouts: String::new(),
            sizes: format!(
                "<p:sldSz cx=\"12192000\" cy=\"6858000\"/><p:notesSz cx=\"{}\" cy=\"{}\"/>",
                emu(notes::PAGE.0),
                emu(notes::PAGE.1)
            ),
            rest: String::new(),
            notes_master: None,
        }
    }

    /// The part with its list of slides and what extends it.
    pub(super) fn written(self, list: &str, extensions: &str) -> Part {
        let Self { mut part, head, masters, notes_list, handouts, sizes, rest, .. } = self;
        let text = format!(
            "{head}{masters}{notes_list}{handouts}<p:sldIdLst>{list}</p:sldIdLst>{sizes}{rest}{extensions}</p:presentation>"
        );
        part.bytes = text.into_bytes();
        part
    }
}
