//! What pictures and decks have to keep, for all examples and golden stacks with their plans.
#![cfg(feature = "pptx")]

mod decks;
mod generated;

use std::collections::{BTreeMap, BTreeSet};
use std::path::PathBuf;
use std::sync::LazyLock;

use sinew::analysis::Analysis;
use sinew::ask::{View, picture};
use sinew::model;
use sinew::plan::{Options, Plan};
use sinew::report::{Report, Sources};
use sinew::source::Source;
use sinew_draw::layout::{Budget, Laid, together, within};
use sinew_draw::scene::{Line, Owner, Plate, Point, SLIDE_WIDTH, Text};
use sinew_draw::{EdgeEmphasis, Emphasis, Paper, Style};

use crate::support::golden::listed;
use crate::support::planned::Planned;

/// The slides of each picture, by its name.
type Pictures = BTreeMap<&'static str, Laid>;

/// The pictures of a report that nobody else asks for: without the ways to stages, which take the longest.
fn pictures(text: String) -> Pictures {
    let source = Source::new("stack.yaml", text);
    let stack = model::read(&source).stack.unwrap();
    let analysis = Analysis::of(&stack);
    let findings = analysis.findings();
    let plan = Plan::of(&analysis, &Options { samples: 1, frontier: false, ..Options::default() }).unwrap();
    let report = Report::of(&analysis, &findings, &source);
    laid_out(&Sources { analysis: &analysis, findings: &findings, plan: &plan, report: &report, stood: None })
}

fn laid_out(sources: &Sources<'_>) -> Pictures {
    let views = sources.pictures();
    let laid = together(&views.each_ref().map(|(_, _, diagram)| diagram), Budget::REPORT, None, &|_| ());
    views.iter().map(|(name, ..)| *name).zip(laid).collect()
}

/// All examples and golden stacks with their pictures.
static ALL: LazyLock<Vec<(PathBuf, Pictures)>> = LazyLock::new(|| {
    let golden = listed("tests/golden", "").into_iter().map(|folder| folder.join("stack.yaml"));
    let paths = listed("examples/stacks", "yaml").into_iter().chain(golden);
    let drawn = |path: PathBuf| {
        let text = std::fs::read_to_string(&path).unwrap();
        (path, laid_out(&Planned::shared(&text).sources()))
    };
    paths.map(drawn).collect()
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
        let is_whole = pictures["landscape"].stood.as_ref().is_some_and(|stood| !stood.is_parted);
        let today = middles(&pictures["landscape"]);
        for view in ["failure", "target"] {
            let stands = pictures[view].stood.as_ref().is_some_and(|stood| !stood.is_parted);
            assert_eq!(stands, is_whole, "{}: {view} on one slide", path.display());
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

/// The same of pictures that are drawn one at a time, with all of the slide for the systems.
#[test]
fn a_picture_that_is_drawn_alone_has_the_systems_where_the_landscape_has_them() {
    let (mut seen, mut whole) = (0, 0);
    for path in listed("examples/stacks", "yaml") {
        let stack = model::read(&Source::new("stack.yaml", std::fs::read_to_string(&path).unwrap())).stack.unwrap();
        let analysis = Analysis::of(&stack);
        let alone = |view: View| within(picture(&analysis, view, &[], None).unwrap().diagram(), Budget::PICTURE);
        let (landscape, others) = (alone(View::Landscape), [View::Failure, View::Target].map(alone));
        let today = middles(&landscape);
        for (view, other) in ["failure", "target"].iter().zip(&others) {
            let then = middles(other);
            for (id, p) in &today {
                let Some(q) = then.get(id) else { continue };
                let moved = (p.x - q.x).abs().max((p.y - q.y).abs());
                assert!(moved <= SLIDE_WIDTH / 10.0, "{}: {view} has `{id}` {moved:.0} points away", path.display());
                seen += 1;
            }
        }
        whole += usize::from(landscape.stood.is_some_and(|stood| !stood.is_parted));
    }
    assert!(seen >= 220 && whole >= 6, "{seen} boxes of {whole} stacks were compared");
}

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

/// What reads and writes through middleware is drawn to it and on from it, wherever all is on one slide with room for that.
#[test]
fn flows_pass_the_middleware_that_they_run_through() {
    let (mut passed, mut alone) = (0, 0);
    for (path, pictures) in ALL.iter() {
        let stack = model::read(&Source::new("stack.yaml", std::fs::read_to_string(path).unwrap())).stack.unwrap();
        let slides = &pictures["landscape"].slides;
        for (_, flow) in stack.live_flows() {
            for ix in &flow.through {
                let (hub, id) = (stack.system(*ix), flow.id.as_str());
                let lines =
                    slides.iter().flat_map(|slide| &slide.lines).filter(|line| line.edges.iter().any(|e| e == id));
                let [into, out] =
                    [0, 1].map(|end| lines.clone().any(|line| [&line.to, &line.from][end] == hub.id.as_str()));
                assert!(into && out, "{}: {id} passes {}", path.display(), hub.id);
                passed += 1;
            }
        }
        // On one slide nothing is without a line but what nothing touches.
        if let [slide] = &slides[..] {
            for (ix, system) in stack.live_systems() {
                let touches = stack.live_flows().any(|(_, flow)| flow.systems().any(|other| other == ix));
                let is_joined = slide.lines.iter().any(|l| [&l.from, &l.to].contains(&&system.id.to_string()));
                assert!(is_joined || !touches, "{}: {} has no line", path.display(), system.id);
                alone += usize::from(!is_joined);
            }
        }
    }
    assert!(passed >= 15 && alone < 10, "{passed} passages, {alone} without a line");
}

/// Pictures are read from left to right: what attracts stands left of what captures, and so on to what measures.
#[test]
fn steps_of_the_journey_run_from_left_to_right() {
    let (mut right, mut wrong, mut beneath, mut above) = (0, 0, 0, 0);
    for (path, pictures) in ALL.iter() {
        let stack = model::read(&Source::new("stack.yaml", std::fs::read_to_string(path).unwrap())).stack.unwrap();
        let at = middles(&pictures["landscape"]);
        let lane = |system: &model::System| stack.lane(stack.find_system(system.id.as_str()).unwrap());
        let systems: Vec<(&model::System, Point)> =
            stack.live_systems().filter_map(|(_, system)| Some((system, *at.get(system.id.as_str())?))).collect();
        for (one, p) in &systems {
            for (other, q) in &systems {
                if lane(one).zip(lane(other)).is_some_and(|(a, b)| a < b) {
                    right += usize::from(p.x < q.x - 30.0);
                    wrong += usize::from(p.x > q.x + 30.0);
                }
                if one.facts.kind.is_carrier() && other.facts.kind.is_middleware() {
                    beneath += usize::from(p.y < q.y - 10.0);
                    above += usize::from(p.y > q.y + 10.0);
                }
            }
        }
    }
    assert!(right >= 5 * wrong && right >= 60, "{right} pairs read from left to right, {wrong} from right to left");
    assert!(beneath >= 2 * above && beneath > 5, "middleware is {beneath} times beneath files, {above} times above");
}

/// Kinds say nothing here: what `lanes` says of the domains decides, and what a system says of itself comes first.
#[test]
fn domains_stand_where_lanes_say() {
    let of = |lanes: &str, own: &str| {
        let text = format!(
            "sinew: 1\nsystems:\n  a: {{ kind: other, domain: North }}\n  b: {{ kind: other, domain: Mid }}\n  \
             c: {{ kind: other, domain: South{own} }}\ndata: {{ x: {{}} }}\nflows:\n  - {{ from: b, to: [a, c], data: x, mechanism: api }}\n{lanes}"
        );
        let reading = model::read(&Source::new("stack.yaml", text));
        let stack = reading.stack.unwrap_or_else(|| panic!("{:?}", reading.problems));
        let lanes: Vec<_> = stack.live_systems().map(|(ix, _)| stack.lane(ix).map(|lane| lane as u8)).collect();
        let landscape =
            within(picture(&Analysis::of(&stack), View::Landscape, &[], None).unwrap().diagram(), Budget::PICTURE);
        let at = middles(&landscape);
        (lanes, ["a", "b", "c"].map(|id| at[id].x))
    };
    let (lanes, [a, b, c]) = of("lanes: { attract: [South], engage: Mid, measure: [North] }\n", "");
    assert_eq!(lanes, [Some(4), Some(2), Some(0)]);
    assert!(c < b && b < a, "{c} {b} {a}");
    let (_, [a, b, c]) = of("lanes: { attract: [North], engage: Mid, measure: [South] }\n", "");
    assert!(a < b && b < c, "{a} {b} {c}");
    let (lanes, _) = of("lanes: { attract: [South] }\n", ", lane: sell");
    assert_eq!(lanes, [None, None, Some(3)]);
}

/// 44 systems on one slide, as somebody draws them who asks for one picture: most of their lines have to cross some others.
#[test]
fn lines_of_a_full_slide_cross_seldom() {
    let text = std::fs::read_to_string("examples/stacks/messy-45.yaml").unwrap();
    let stack = model::read(&Source::new("stack.yaml", text)).stack.unwrap();
    let analysis = Analysis::of(&stack);
    let [landscape, failure, target] = [View::Landscape, View::Failure, View::Target].map(|view| {
        let slide = &within(picture(&analysis, view, &[], None).unwrap().diagram(), Budget::PICTURE).slides[0];
        assert!(slide.boxes.len() > 40 && slide.lines.len() > 60, "{} and {}", slide.boxes.len(), slide.lines.len());
        generated::crossings(slide)
    });
    assert!(landscape <= 110 && failure <= 110 && target <= 130, "{landscape}, {failure} and {target} crossings");
}

/// Thirty domains of two systems: lines pass nearly all frames, and leave room for nearly all of their names.
#[test]
fn names_of_frames_are_seldom_cut() {
    let mut text = "sinew: 1\nsystems:\n".to_owned();
    for domain in 0..30 {
        for nth in 0..2 {
            let kind = ["crm", "cms", "bi", "forms", "ads"][(domain + nth) % 5];
            text += &format!("  s{domain}-{nth}: {{ kind: {kind}, domain: \"Domain number {domain} of thirty\" }}\n");
        }
    }
    text += "data: { lead: {} }\nflows:\n";
    for domain in 0..30 {
        let to = (domain * 7 + 3) % 30;
        let to = if to == domain { domain + 1 } else { to };
        for ends in [format!("s{domain}-0, to: s{domain}-1"), format!("s{domain}-1, to: s{to}-0")] {
            text += &format!("  - {{ from: {ends}, data: lead, mechanism: api }}\n");
        }
    }
    let stack = model::read(&Source::new("stack.yaml", text)).stack.unwrap();
    let drawn = within(picture(&Analysis::of(&stack), View::Landscape, &[], None).unwrap().diagram(), Budget::PICTURE);
    let names: Vec<&Text> = drawn
        .slides
        .iter()
        .flat_map(|slide| &slide.texts)
        .filter(|text| matches!(text.owner, Owner::Frame(_)))
        .collect();
    let cut = names.iter().filter(|text| text.text.ends_with('…')).count();
    assert!(names.len() >= 30 && cut <= 3, "{cut} of {} names are cut", names.len());
}

/// The price of what a picture is about stands on a badge, and nothing else has one.
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
