//! What pictures and decks have to keep, for all examples and golden stacks with their plans.
#![cfg(feature = "pptx")]

mod decks;

use std::collections::{BTreeMap, BTreeSet};
use std::path::PathBuf;
use std::sync::LazyLock;

use sinew::analysis::Analysis;
use sinew::model;
use sinew::plan::{Options, Plan};
use sinew::report::{Report, Sources};
use sinew::source::Source;
use sinew_draw::layout::{Budget, Laid, together};
use sinew_draw::scene::{Line, Owner, Plate, Point, SLIDE_WIDTH, Text};
use sinew_draw::{EdgeEmphasis, Emphasis, Paper, Style};

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

/// All examples and golden stacks with their pictures.
static ALL: LazyLock<Vec<(PathBuf, BTreeMap<&'static str, Laid>)>> = LazyLock::new(|| {
    let golden = listed("tests/golden", "").into_iter().map(|folder| folder.join("stack.yaml"));
    let paths = listed("examples/stacks", "yaml").into_iter().chain(golden);
    paths.map(|path| (path.clone(), pictures(std::fs::read_to_string(path).unwrap()))).collect()
});

/// The middle of each box of the first slide.
fn middles(laid: &Laid) -> BTreeMap<&str, Point> {
    laid.slides[0].boxes.iter().map(|shape| (shape.id.as_str(), shape.rect.center())).collect()
}

#[test]
fn a_system_stands_in_one_place_today_when_it_fails_and_after_the_plan() {
    let mut seen = 0;
    for (path, pictures) in ALL.iter() {
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

/// The price of what a picture is about stands on a badge, and nothing else has one.
#[test]
fn what_a_system_depends_on_is_a_line_to_it() {
    let mut seen = 0;
    for (path, pictures) in ALL.iter() {
        let stack = model::read(&Source::new("stack.yaml", std::fs::read_to_string(path).unwrap())).stack.unwrap();
        for (_, system) in stack.live_systems() {
            let all = system.depends_on.iter().flatten().map(|ix| stack.system(*ix));
            for on in all.filter(|on| on.is_live()) {
                for view in ["landscape", "failure"] {
                    let lines = pictures[view].slides.iter().flat_map(|slide| &slide.lines);
                    let ends = |line: &Line| {
                        line.style == Style::DependsOn && line.from == system.id.as_str() && line.to == on.id.as_str()
                    };
                    assert!(lines.clone().any(ends), "{}: {} to {} in {view}", path.display(), system.id, on.id);
                }
                seen += 1;
            }
        }
    }
    assert!(seen > 10, "only {seen} dependencies");
}

#[test]
fn what_is_hot_carries_its_price() {
    let mut badges = 0;
    for (path, pictures) in ALL.iter() {
        for view in ["handoffs", "failure"] {
            for slide in &pictures[view].slides {
                let of = |owner: &Owner| match owner {
                    Owner::Edge(id) => {
                        slide.lines.iter().any(|line| line.edges.contains(id) && line.emphasis == EdgeEmphasis::Strong)
                    }
                    Owner::Node(id) => slide.boxes.iter().any(|one| one.id == *id && one.emphasis == Emphasis::Ringed),
                    _ => false,
                };
                // Discs without a letter hold the numbers of the key.
                let has_price = |text: &&Text| text.plate == Plate::Disc && text.text.chars().any(char::is_alphabetic);
                let on_picture = |text: &&Text| matches!(text.owner, Owner::Edge(_) | Owner::Node(_));
                let mut prices = 0;
                for text in slide.texts.iter().filter(has_price).filter(on_picture) {
                    assert!(of(&text.owner), "{}: {view} has `{}` on what is not hot", path.display(), text.text);
                    prices += 1;
                }
                assert!(prices <= 3, "{}: {view} has {prices} prices", path.display());
                badges += prices;
            }
        }
    }
    assert!(badges >= 15, "{badges} prices");
}

/// What is shown in a room can be read there, and what is looked up at a desk.
#[test]
fn type_is_never_smaller_than_ten_points_where_it_is_shown_and_eight_where_it_is_read() {
    let mut seen = 0;
    for (path, pictures) in ALL.iter() {
        for (view, laid) in pictures {
            let least = if ["landscape", "frontier"].contains(view) { Paper::READ } else { Paper::SHOWN };
            for text in laid.slides.iter().flat_map(|slide| &slide.texts) {
                let (size, words) = (text.size, &text.text);
                assert!(size >= least - 1e-9, "{}: {view} has `{words}` in {size:.1} points", path.display());
                seen += 1;
            }
        }
    }
    assert!(seen > 4_000, "{seen} texts were measured");
}

/// A picture is about three things at most; what does not touch them is gray and says nothing.
#[test]
fn handoffs_and_failures_have_three_levels() {
    let (mut hot, mut rest) = (0, 0);
    for (path, pictures) in ALL.iter() {
        for view in ["handoffs", "failure"] {
            for slide in &pictures[view].slides {
                let of = |emphasis: EdgeEmphasis| slide.lines.iter().filter(move |line| line.emphasis == emphasis);
                let strong = of(EdgeEmphasis::Strong).flat_map(|line| &line.edges).collect::<BTreeSet<_>>().len();
                let ringed = slide.boxes.iter().filter(|shape| shape.emphasis == Emphasis::Ringed).count();
                assert!(strong + ringed <= 3, "{}: {view} is about {strong} flows, {ringed} systems", path.display());
                let gray: BTreeSet<&str> = of(EdgeEmphasis::Receded).map(|line| line.edges[0].as_str()).collect();
                for text in &slide.texts {
                    if let Owner::Edge(id) | Owner::Key(id) = &text.owner {
                        assert!(!gray.contains(id.as_str()), "{}: {view} says `{}`", path.display(), text.text);
                    }
                }
                hot += strong + ringed;
                rest += gray.len();
            }
        }
    }
    assert!(hot >= 15 && rest >= 60, "{hot} hot, {rest} gray");
}
