//! What pictures lack, in a line each.

use crate::report::facts::Report;
use crate::report::facts::pictures::Lacking;
use crate::report::say::{Kind, counted, plain};

/// A line for each picture of the report that lacks something.
#[must_use]
pub fn unseen(report: &Report) -> String {
    report.pictures.iter().flatten().map(|one| format!("{}\n", lacking(one))).collect()
}

/// `landscape: 3 systems and 40 flows, 5 of them by hand, are on no slide; 2 slides are arranged in haste`.
#[must_use]
pub fn lacking(of: &Lacking) -> String {
    let mut parts = Vec::new();
    let (systems, flows) = (of.systems_on_no_slide.len(), of.flows_on_no_slide);
    if systems + flows > 0 {
        let by_hand = match of.by_hand_on_no_slide {
            0 => String::new(),
            some => format!(", {} of them by hand,", plain(Kind::Count, some as f64)),
        };
        let systems = match systems {
            0 => String::new(),
            some => format!("{} and ", counted(some, "system", "systems")),
        };
        let are = if of.systems_on_no_slide.is_empty() && flows == 1 { "is" } else { "are" };
        parts.push(format!("{systems}{}{by_hand} {are} on no slide", counted(flows, "flow", "flows")));
    }
    if of.slides_in_haste > 0 {
        let are = if of.slides_in_haste == 1 { "is" } else { "are" };
        parts.push(format!("{} {are} arranged in haste", counted(of.slides_in_haste, "slide", "slides")));
    }
    format!("{}: {}", of.picture, parts.join("; "))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_picture_says_how_much_is_on_no_slide() {
        let mut of = Lacking {
            picture: "landscape".into(),
            slides: 9,
            slides_in_haste: 0,
            systems: 10,
            flows: 3_000,
            systems_on_no_slide: vec!["a".into(), "b".into()],
            flows_on_no_slide: 1_200,
            by_hand_on_no_slide: 7,
        };
        assert_eq!(lacking(&of), "landscape: 2 systems and 1,200 flows, 7 of them by hand, are on no slide");
        of = Lacking {
            slides_in_haste: 1,
            systems_on_no_slide: Vec::new(),
            flows_on_no_slide: 1,
            by_hand_on_no_slide: 0,
            ..of
        };
        assert_eq!(lacking(&of), "landscape: 1 flow is on no slide; 1 slide is arranged in haste");
        of = Lacking { slides_in_haste: 2, flows_on_no_slide: 0, ..of };
        assert_eq!(lacking(&of), "landscape: 2 slides are arranged in haste");
    }
}
