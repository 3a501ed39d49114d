//! Decks are opened again: the package holds together, shapes and glue are sound, words stay words.

mod colors;
mod companies;
mod package;
mod template;
mod ways;

use std::collections::{BTreeMap, BTreeSet};
use std::sync::LazyLock;

use package::{Element, Opened};
use proptest::prelude::*;
use sinew_draw::deck::{Body, Cell, Column, Deck, Link, Slide, Table, pptx};
use sinew_draw::layout::layout;
use sinew_draw::scene::Scene;
use sinew_draw::theme::Theme;
use sinew_draw::{Cluster, Diagram, Edge, Node, Role};

use crate::diagrams;
use crate::judge::valid;

pub(crate) fn slide(title: &str, body: Body) -> Slide {
    let (source, notes) = ("Acme, 2026-11-21".into(), vec!["What to say.".into()]);
    Slide { title: title.into(), body, source, notes, ..Slide::default() }
}

pub(crate) fn deck(slides: Vec<Slide>) -> Deck {
    Deck { title: "Acme".into(), author: "A".into(), day: "2026-11-21".into(), theme: Theme::light(), slides }
}

/// Scenes of realistic stacks, laid out once.
pub(crate) static SMALL: LazyLock<Vec<Scene>> = LazyLock::new(|| layout(&diagrams::realistic(5)));
pub(crate) static MIDDLE: LazyLock<Vec<Scene>> = LazyLock::new(|| layout(&diagrams::realistic(16)));

/// All kinds of slides.
pub(crate) fn story(scenes: &[Scene]) -> Deck {
    let columns = ["Data", "Hours"].map(|name| Column { name: name.into(), is_number: name == "Hours" }).to_vec();
    let rows = (0..40).map(|i| vec![Cell::from("Leads"), Cell::from(i.to_string())]).collect();
    let mut slides = vec![
        slide("Opening", Body::Opening(vec!["One".into(), "Two".into()])),
        slide("Three sentences", Body::Words(vec!["By hand.".into(), "Gravest.".into(), "First.".into()])),
        slide("Handoffs", Body::Table(Table { columns, rows, rest: None, beyond: 0 })),
    ];
    slides.extend(scenes.iter().map(|scene| slide(&scene.title, Body::Scene(Box::new(scene.clone())))));
    let link = |words: &str, to: &str| Link { words: words.into(), to: to.into() };
    slides[1].id = "summary".into();
    slides[1].links = vec![link("טבלה", "table"), link("תמונה", "picture"), link("Nowhere", "nowhere")];
    for (at, id) in [(2, "table"), (3, "picture")] {
        slides[at].id = id.into();
        slides[at].links = vec![link("Back to the summary", "summary")];
    }
    (slides[0].section, slides[2].section) = ("Summary".into(), "Story & more".into());
    deck(slides)
}

/// Everything that makes PowerPoint offer a repair, as far as it can be told from the parts.
pub(crate) fn check(bytes: &[u8]) -> Opened {
    let opened = Opened::of(bytes);
    opened.check_relationships();
    opened.check_content_types();
    let (width, height) = opened.slide_size();
    for (name, root) in opened.slides() {
        check_order(name, root);
        let shapes = root.all("cNvPr");
        let ids: BTreeSet<&str> = shapes.iter().map(|e| e.attribute("id")).collect();
        assert_eq!(ids.len(), shapes.len(), "{name}: shape ids are unique");
        check_glue(name, root);
        check_extent(name, root, width, height);
        assert!(
            root.all("ph").iter().any(|ph| matches!(ph.attribute("type"), "title" | "ctrTitle")),
            "{name} has a title for the outline and for screen readers"
        );
    }
    opened
}

/// Connectors hold on to shapes that exist, by connection sites that these have.
fn check_glue(name: &str, root: &Element) {
    let mut sites: BTreeMap<&str, usize> = BTreeMap::new();
    for shape in root.all("sp") {
        let Some(id) = shape.first("cNvPr") else { continue };
        sites.insert(id.attribute("id"), shape.first("cxnLst").map_or(4, |list| list.children.len()));
    }
    for connector in root.all("cxnSp") {
        for end in ["stCxn", "endCxn"] {
            let Some(end) = connector.first(end) else { continue };
            let count = *sites.get(end.attribute("id")).unwrap_or_else(|| panic!("{name}: glued to no shape"));
            assert!(end.attribute("idx").parse::<usize>().unwrap() < count, "{name}: no such connection site");
        }
    }
}

fn check_extent(name: &str, root: &Element, width: i64, height: i64) {
    for shape in root.all("xfrm") {
        let number = |e: &str, key| shape.first(e).map_or(0, |e| e.attribute(key).parse::<i64>().unwrap());
        let (x, y, w, h) = (number("off", "x"), number("off", "y"), number("ext", "cx"), number("ext", "cy"));
        assert!(w >= 0 && h >= 0, "{name}");
        if !matches!(shape.attribute("rot"), "5400000" | "16200000") {
            let margin = 6_350;
            assert!(
                x >= -margin && y >= -margin && x + w <= width + margin && y + h <= height + margin,
                "{name}: {x} {y} {w} {h} leaves the slide"
            );
        }
    }
}

/// Children in the order of the schema (ECMA-376 part 1, annex A) for the elements that decks use.
fn check_order(name: &str, e: &Element) {
    let order: &[&str] = match e.name.as_str() {
        "sld" => &["cSld", "clrMapOvr"],
        "cSld" => &["bg", "spTree"],
        "sp" => &["nvSpPr", "spPr", "style", "txBody"],
        "cxnSp" => &["nvCxnSpPr", "spPr", "style"],
        "cNvCxnSpPr" => &["cxnSpLocks", "stCxn", "endCxn"],
        "grpSp" | "spTree" => &["nvGrpSpPr", "grpSpPr", "*"],
        "graphicFrame" => &["nvGraphicFramePr", "xfrm", "graphic"],
        "spPr" => &["xfrm", "custGeom", "prstGeom", "noFill", "solidFill", "ln"],
        "custGeom" => &["avLst", "gdLst", "ahLst", "cxnLst", "rect", "pathLst"],
        "xfrm" => &["off", "ext", "chOff", "chExt"],
        "ln" => &["noFill", "solidFill", "prstDash", "custDash", "round", "headEnd", "tailEnd"],
        "txBody" => &["bodyPr", "lstStyle", "p"],
        "p" => &["pPr", "*", "endParaRPr"],
        "r" => &["rPr", "t"],
        "fld" => &["rPr", "pPr", "t"],
        "tbl" => &["tblPr", "tblGrid", "tr"],
        "tc" => &["txBody", "tcPr"],
        "tcPr" => &["lnL", "lnR", "lnT", "lnB", "solidFill"],
        "AlternateContent" => &["Choice", "Fallback"],
        _ => &[],
    };
    if !order.is_empty() {
        let any = order.iter().position(|o| *o == "*");
        let rank = |c: &Element| order.iter().position(|o| *o == c.name).or(any);
        let ranks: Vec<usize> =
            e.children.iter().map(|c| rank(c).unwrap_or_else(|| panic!("{name}: {} in {}", c.name, e.name))).collect();
        assert!(ranks.is_sorted(), "{name}: order of the children of {}", e.name);
    }
    e.children.iter().for_each(|c| check_order(name, c));
}

#[test]
fn decks_hold_together() {
    for theme in [Theme::light(), Theme::dark()] {
        let story = Deck { theme, ..story(&MIDDLE) };
        let bytes = pptx(&story);
        let opened = check(&bytes);
        assert_eq!(opened.slides().count(), 6, "a table of 40 rows takes three slides");
        valid("deck.pptx", &bytes);
        assert_eq!(pptx(&story), pptx(&story), "same deck, same bytes");
    }
    check(&pptx(&deck(Vec::new())));
}

#[test]
fn every_line_is_a_connector_glued_at_both_ends() {
    let scenes = MIDDLE.clone();
    let lines: usize = scenes.iter().map(|s| s.lines.len()).sum();
    let boxes: usize = scenes.iter().map(|s| s.boxes.len()).sum();
    assert!(lines > 10 && boxes > 10);
    let slides = scenes.into_iter().map(|s| slide("Landscape", Body::Scene(Box::new(s)))).collect();
    let opened = check(&pptx(&deck(slides)));
    let (mut glued, mut sites, mut described) = (0, BTreeSet::new(), 0);
    for (name, root) in opened.slides() {
        for c in root.all("cxnSp") {
            let ends = ["stCxn", "endCxn"].map(|e| c.first(e).map(|e| (e.attribute("id"), e.attribute("idx"))));
            if let [Some(a), Some(b)] = ends {
                glued += 1;
                assert!(sites.insert((name, a)) && sites.insert((name, b)), "each end has a site of its own");
            }
        }
        described += root.all("cNvPr").iter().filter(|e| !e.attribute("descr").is_empty()).count();
    }
    assert_eq!(glued, lines);
    assert!(described >= lines + boxes, "boxes, lines and groups have alternative texts");
}

#[test]
fn domains_are_groups_of_their_systems() {
    let scene = MIDDLE[0].clone();
    let opened = check(&pptx(&deck(vec![slide("Landscape", Body::Scene(Box::new(scene.clone())))])));
    let (_, root) = opened.slides().next().unwrap();
    for frame in &scene.frames {
        let group = root.all("grpSp").into_iter().find(|g| g.first("cNvPr").unwrap().attribute("name") == frame.name);
        let names: Vec<String> = group.unwrap().all("cNvPr").iter().map(|e| e.attribute("name").to_owned()).collect();
        for member in scene.boxes.iter().filter(|b| b.frame.as_ref() == Some(&frame.id)) {
            assert!(names.contains(&member.name), "{} is in {}", member.name, frame.name);
        }
    }
}

#[test]
fn notes_say_what_they_are_given() {
    let opened = check(&pptx(&story(&SMALL)));
    let notes: Vec<String> = opened.texts("ppt/notesSlides/");
    assert!(notes.iter().any(|t| t == "What to say."));
    assert!(notes.iter().any(|t| t.contains("Diagram of")), "the picture's alternative text is in its notes");
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 10, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn hostile_names_stay_words(names in prop::collection::vec("\\PC{0,40}|[<>&\"'\\x00-\\x1f\u{202e}\u{ffff}]{0,12}|x{300}", 4)) {
        let node = |i: usize| Node {
            id: format!("n{i}"), name: names[i].clone(), caption: names[3 - i].clone(), cluster: Some("c".into()),
            role: [Role::System, Role::AiTool, Role::Carrier, Role::Team][i], tooltip: names[i].clone(), ..Node::default()
        };
        let edge = |i: usize| Edge {
            id: format!("e{i}"), from: format!("n{i}"), to: format!("n{}", i + 1), label: vec![names[i].clone()],
            tooltip: names[i].clone(), ..Edge::default()
        };
        let diagram = Diagram {
            title: names[0].clone(), subtitle: names[1].clone(), source: names[2].clone(), alt: names[3].clone(),
            clusters: vec![Cluster { id: "c".into(), name: names[0].clone() }],
            nodes: (0..4).map(node).collect(),
            edges: (0..3).map(edge).collect(),
            ..Diagram::default()
        };
        let mut deck = story(&layout(&diagram));
        deck.title.clone_from(&names[0]);
        deck.day.clone_from(&names[1]);
        for slide in &mut deck.slides {
            slide.title.clone_from(&names[2]);
            slide.notes.clone_from(&names);
            if let Body::Words(words) = &mut slide.body { words.clone_from(&names); }
        }
        check(&pptx(&deck));
    }
}
