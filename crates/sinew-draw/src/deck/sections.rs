//! Sections: which slides belong together, as the list of slides in PowerPoint shows it.

use super::xml::words;

/// One section: its name, and the ids that the presentation has for its slides, in order.
pub(super) struct Section {
    pub(super) name: String,
    pub(super) slides: Vec<u32>,
}

/// `slides`, each with the section that begins with it, dealt to sections. Every slide is in one, those before the first in that; where
/// none begins there are none.
pub(super) fn of<'n>(slides: impl IntoIterator<Item = (u32, &'n str)>) -> Vec<Section> {
    let mut all: Vec<Section> = Vec::new();
    for (slide, name) in slides {
        match all.last_mut() {
            Some(last) if last.name.is_empty() => {
                name.clone_into(&mut last.name);
                last.slides.push(slide);
            }
            Some(last) if name.is_empty() || name == last.name => last.slides.push(slide),
            _ => all.push(Section { name: name.to_owned(), slides: vec![slide] }),
        }
    }
    all.retain(|section| !section.name.is_empty());
    all
}

/// The list of sections as an extension of the presentation part (Open Specifications, MS-PPTX 2.2.5); empty without sections.
pub(super) fn extension(sections: &[Section]) -> String {
    if sections.is_empty() {
        return String::new();
    }
    let section = |(at, section): (usize, &Section)| {
        let slides: String = section.slides.iter().map(|id| format!("<p14:sldId id=\"{id}\"/>")).collect();
        format!(
            "<p14:section name=\"{}\" id=\"{{5E1C7109-0B7A-4C52-9D0E-{:012X}}}\"><p14:sldIdLst>{slides}</p14:sldIdLst></p14:section>",
            words(&section.name),
            at + 1
        )
    };
    let all: String = sections.iter().enumerate().map(section).collect();
    format!(
        "<p:extLst><p:ext uri=\"{{521415D9-36F7-43E2-AB2F-B90AF26B5E84}}\"><p14:sectionLst \
         xmlns:p14=\"http://schemas.microsoft.com/office/powerpoint/2010/main\">{all}</p14:sectionLst></p:ext></p:extLst>"
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_slide_is_in_one_section() {
        let dealt = |names: &[&str]| -> Vec<(String, Vec<u32>)> {
            let slides = (256..).zip(names.iter().copied());
            of(slides).into_iter().map(|one| (one.name, one.slides)).collect()
        };
        assert_eq!(
            dealt(&["", "Story", "", "Appendix", "Appendix"]),
            [("Story".to_owned(), vec![256, 257, 258]), ("Appendix".to_owned(), vec![259, 260])]
        );
    }

    #[test]
    fn a_deck_without_sections_has_no_list_of_them() {
        assert_eq!(extension(&of([(256, ""), (257, "")])), "");
    }
}
