//! What pictures have to keep, for all examples and golden stacks with their plans.
#![cfg(feature = "pptx")]

use std::collections::BTreeMap;

use sinew::analysis::Analysis;
use sinew::model;
use sinew::plan::{Options, Plan};
use sinew::report::{Report, Sources};
use sinew::source::Source;
use sinew_draw::layout::{Budget, Laid, together};
use sinew_draw::scene::{Point, SLIDE_WIDTH};

use crate::support::golden::listed;

/// The pictures of a report, by name.
fn pictures(text: String) -> BTreeMap<&'static str, Laid> {
    let source = Source::new("stack.yaml", text);
    let stack = model::read(&source).stack.unwrap();
    let analysis = Analysis::of(&stack);
    let findings = analysis.findings();
    let plan = Plan::of(&analysis, &Options { samples: 1, frontier: false, ..Options::default() }).unwrap();
    let report = Report::of(&analysis, &findings, &source);
    let sources = Sources { analysis: &analysis, findings: &findings, plan: &plan, report: &report };
    let views = sources.pictures();
    let laid = together(&views.each_ref().map(|(_, _, diagram)| diagram), Budget::REPORT, &|_| ());
    views.iter().map(|(name, ..)| *name).zip(laid).collect()
}

/// The middle of each box of the first slide.
fn middles(laid: &Laid) -> BTreeMap<&str, Point> {
    laid.slides[0].boxes.iter().map(|shape| (shape.id.as_str(), shape.rect.center())).collect()
}

#[test]
fn a_system_stands_in_one_place_today_when_it_fails_and_after_the_plan() {
    let golden = listed("tests/golden", "").into_iter().map(|folder| folder.join("stack.yaml"));
    let mut seen = 0;
    for path in listed("examples/stacks", "yaml").into_iter().chain(golden) {
        let pictures = pictures(std::fs::read_to_string(&path).unwrap());
        // Of stacks of several slides the first has the domains.
        let is_whole = pictures["landscape"].places.is_some();
        let today = middles(&pictures["landscape"]);
        for view in ["failure", "target"] {
            assert_eq!(pictures[view].places.is_some(), is_whole, "{}: {view} on one slide", path.display());
            let then = middles(&pictures[view]);
            for (id, p) in &today {
                // A system that the plan retires is gone; all others are in every picture.
                let Some(q) = then.get(id) else { continue };
                let moved = (p.x - q.x).abs().max((p.y - q.y).abs());
                assert!(moved <= SLIDE_WIDTH / 10.0, "{}: {view} has `{id}` {moved:.0} points away", path.display());
                seen += 1;
            }
            assert!(then.len() * 10 >= today.len() * 9, "{}: {view} lacks systems", path.display());
        }
    }
    assert!(seen >= 205, "{seen} boxes were compared");
}
