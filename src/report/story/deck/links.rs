//! Ways through the deck: its sections, and links from the summary to what it speaks of and back.

use sinew_draw::deck::{Link, Slide};

/// The slides that the summary leads to, by id, and what the links are called.
const CHAPTERS: [(&str, &str); 7] = [
    ("stage", "Where we stand"),
    ("handoffs", "Handoffs"),
    ("failure", "What can fail"),
    ("roadmap", "Plan"),
    ("target", "Before and after"),
    (STEPS, "Next steps"),
    (APPENDIX, "Appendix"),
];

/// The ids of slides that show no view.
pub(super) const SUMMARY: &str = "summary";
pub(super) const STEPS: &str = "steps";
pub(super) const APPENDIX: &str = "appendix";

/// Sections of the deck.
pub(super) const SECTIONS: [&str; 3] = ["Summary", "Story", "Appendix"];

/// `slides` as the section that they are, where there are any.
pub(super) fn section(name: &str, mut slides: Vec<Slide>) -> Vec<Slide> {
    if let Some(first) = slides.first_mut() {
        name.clone_into(&mut first.section);
    }
    slides
}

/// Links from the summary to each chapter that there is, in the order of the deck, and back from all of its slides.
pub(super) fn lead(slides: &mut [Slide]) {
    let name = |id: &str| CHAPTERS.iter().find(|(chapter, _)| *chapter == id).map(|(_, name)| (*name).to_owned());
    let mut there: Vec<Link> = Vec::new();
    for slide in slides.iter_mut() {
        let Some(words) = name(&slide.id) else { continue };
        if !there.iter().any(|link| link.to == slide.id) {
            there.push(Link { words, to: slide.id.clone() });
        }
        slide.links.push(Link { words: "Back to the summary".to_owned(), to: SUMMARY.to_owned() });
    }
    if let Some(summary) = slides.iter_mut().find(|slide| slide.id == SUMMARY) {
        summary.links = there;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_summary_leads_to_the_chapters_that_there_are_and_they_lead_back() {
        let slide = |id: &str| Slide { id: id.to_owned(), ..Slide::default() };
        let mut slides = ["", SUMMARY, "stage", "failure", "way", "roadmap", "roadmap"].map(slide);
        lead(&mut slides);
        let of = |at: usize| slides[at].links.iter().map(|link| link.to.as_str()).collect::<Vec<_>>();
        assert_eq!(of(1), ["stage", "failure", "roadmap"]);
        assert_eq!([of(0), of(4)], [Vec::<&str>::new(), Vec::new()]);
        assert_eq!([of(2), of(3), of(5), of(6)], [["summary"]; 4]);
    }
}
