//! The geometry of slides, checked by measuring the scenes: nothing overlaps, nothing is cut, no
//! line runs through a box, no two lines share a stretch, and every flow is on some slide.
//!
//! A debug run takes a sample of the cases; `SINEW_GEOMETRY=full` takes all of them.

use crate::diagrams;
use std::collections::BTreeSet;

use sinew_draw::scene::{Line, Owner, Paint, Plate, Point, Rect, Scene, Side, Text};
use sinew_draw::{
    Aside, Cluster, Diagram, Edge, EdgeEmphasis, Emphasis, Mark, Meter, Node, Paper, Role, Style, Takeaway,
    layout::layout, text,
};

const EPS: f64 = 0.01;

/// What is wrong with a scene, in words.
pub(crate) fn faults(s: &Scene) -> Vec<String> {
    let mut found = Vec::new();
    inside(s, &mut found);
    boxes_apart(s, &mut found);
    frames_hold_their_own(s, &mut found);
    words_clear(s, &mut found);
    lines_clear(s, &mut found);
    sizes(s, &mut found);
    found
}

fn inside(s: &Scene, found: &mut Vec<String>) {
    let slide = Rect { x: 0.0, y: 0.0, w: s.width, h: s.height };
    let ring = |b: &sinew_draw::scene::BoxShape| {
        let ringed = matches!(b.emphasis, Emphasis::Ringed | Emphasis::RingedDashed);
        b.rect.grown(if ringed { 3.2 } else { 1.0 })
    };
    let rects = s.boxes.iter().map(ring).chain(s.frames.iter().map(|f| f.rect)).chain(s.texts.iter().map(|t| t.rect));
    for r in rects.chain(s.samples.iter().map(|m| m.rect)) {
        if !(slide.contains(&r) && r.w >= 0.0 && r.h >= 0.0) {
            found.push(format!("cut: {r:?}"));
        }
    }
    for p in s.lines.iter().flat_map(|l| &l.points) {
        if !(p.x > 1.0 && p.x < s.width - 1.0 && p.y > 1.0 && p.y < s.height - 1.0) {
            found.push(format!("line cut at {p:?}"));
        }
    }
}

fn boxes_apart(s: &Scene, found: &mut Vec<String>) {
    for (i, a) in s.boxes.iter().enumerate() {
        for b in &s.boxes[i + 1..] {
            if a.rect.grown(2.0).overlaps(&b.rect.grown(2.0)) {
                found.push(format!("boxes {} and {} overlap", a.id, b.id));
            }
        }
    }
}

fn frames_hold_their_own(s: &Scene, found: &mut Vec<String>) {
    for (i, f) in s.frames.iter().enumerate() {
        for b in &s.boxes {
            let own = b.frame.as_ref() == Some(&f.id);
            if own && !f.rect.contains(&b.rect) || !own && f.rect.overlaps(&b.rect) {
                found.push(format!("box {} and frame {}", b.id, f.id));
            }
        }
        if s.frames[i + 1..].iter().any(|g| g.rect.overlaps(&f.rect)) {
            found.push(format!("frame {} overlaps another", f.id));
        }
    }
}

/// Words overlap no other words, no box but their own, no line but their own.
fn words_clear(s: &Scene, found: &mut Vec<String>) {
    let label_of_same_line = |a: &Text, b: &Text| a.owner == b.owner && matches!(a.owner, Owner::Edge(_));
    for (i, a) in s.texts.iter().enumerate() {
        let shrunk = a.rect.grown(-EPS);
        for b in &s.texts[i + 1..] {
            let shared = label_of_same_line(a, b)
                || a.owner == b.owner && matches!(a.owner, Owner::Node(_) | Owner::Beside(_) | Owner::Aside(_));
            // Lines of one box or label stand under each other: only their heights may touch.
            let inner = if shared { a.rect.grown(-0.8) } else { shrunk };
            if inner.overlaps(&b.rect.grown(-EPS)) {
                found.push(format!("words {:?} and {:?} overlap", a.text, b.text));
            }
        }
        for b in &s.boxes {
            let own = a.owner == Owner::Node(b.id.clone());
            if own && !b.rect.contains(&shrunk) || !own && b.rect.overlaps(&shrunk) {
                found.push(format!("words {:?} ({:?}) and box {}", a.text, a.owner, b.id));
            }
            if own && b.icon.is_some_and(|i| i.overlaps(&shrunk)) {
                found.push(format!("words {:?} on the icon of {}", a.text, b.id));
            }
        }
        for m in &s.samples {
            if m.rect.overlaps(&shrunk) {
                found.push(format!("words {:?} on a sample", a.text));
            }
        }
        for l in &s.lines {
            let own = a.owner == Owner::Edge(l.id.clone());
            if !own && steps(l).any(|r| r.overlaps(&shrunk)) {
                found.push(format!("words {:?} ({:?}) on line {:?}", a.text, a.owner, l.edges));
            }
        }
    }
}

/// The steps of a line with its thickness.
fn steps(l: &Line) -> impl Iterator<Item = Rect> + '_ {
    l.points.windows(2).map(|p| {
        let (x, y) = (p[0].x.min(p[1].x), p[0].y.min(p[1].y));
        Rect { x, y, w: (p[0].x - p[1].x).abs(), h: (p[0].y - p[1].y).abs() }.grown(l.width / 2.0)
    })
}

fn lines_clear(s: &Scene, found: &mut Vec<String>) {
    for l in &s.lines {
        let upright_or_level =
            l.points.windows(2).all(|p| ((p[0].x - p[1].x).abs() < 1e-9) != ((p[0].y - p[1].y).abs() < 1e-9));
        if l.points.len() < 2 || !upright_or_level {
            found.push(format!("line {:?} has a slanted or empty step: {:?}", l.edges, l.points));
            continue;
        }
        for (node, side, p) in [(&l.from, l.from_side, l.points[0]), (&l.to, l.to_side, l.points[l.points.len() - 1])] {
            match s.boxes.iter().find(|b| &b.id == node) {
                Some(b) if on_side(&b.rect, side, p) => {}
                _ => found.push(format!("line {:?} does not end at {node} {side:?}", l.edges)),
            }
        }
        for b in &s.boxes {
            // Ends touch the outline; nothing goes inside.
            let thin = l.points.windows(2).map(|p| Rect {
                x: p[0].x.min(p[1].x),
                y: p[0].y.min(p[1].y),
                w: (p[0].x - p[1].x).abs(),
                h: (p[0].y - p[1].y).abs(),
            });
            let own = b.id == l.from || b.id == l.to;
            let keep = if own { b.rect.grown(-EPS) } else { b.rect.grown(1.5) };
            if thin.into_iter().any(|r| r.grown(1e-6).overlaps(&keep)) {
                found.push(format!("line {:?} runs through box {}", l.edges, b.id));
            }
        }
    }
    for (i, a) in s.lines.iter().enumerate() {
        for b in &s.lines[i + 1..] {
            if a.points.windows(2).any(|p| b.points.windows(2).any(|q| shared(p, q))) {
                found.push(format!("lines {:?} and {:?} share a stretch", a.edges, b.edges));
            }
        }
    }
}

fn on_side(r: &Rect, side: Side, p: Point) -> bool {
    let (x_in, y_in) = (p.x > r.x && p.x < r.right(), p.y > r.y && p.y < r.bottom());
    match side {
        Side::Top => (p.y - r.y).abs() < 1e-6 && x_in,
        Side::Bottom => (p.y - r.bottom()).abs() < 1e-6 && x_in,
        Side::Left => (p.x - r.x).abs() < 1e-6 && y_in,
        Side::Right => (p.x - r.right()).abs() < 1e-6 && y_in,
    }
}

/// Whether two steps run side by side nearer than 3 points over any length.
fn shared(p: &[Point], q: &[Point]) -> bool {
    let level = |s: &[Point]| s[0].y == s[1].y;
    if level(p) != level(q) {
        return false;
    }
    let along = |s: &[Point]| {
        if level(s) { (s[0].x.min(s[1].x), s[0].x.max(s[1].x)) } else { (s[0].y.min(s[1].y), s[0].y.max(s[1].y)) }
    };
    let across = |s: &[Point]| if level(s) { s[0].y } else { s[0].x };
    let (a, b) = (along(p), along(q));
    (across(p) - across(q)).abs() < 3.0 && a.0.max(b.0) < a.1.min(b.1) - EPS
}

fn sizes(s: &Scene, found: &mut Vec<String>) {
    for t in &s.texts {
        let least =
            if matches!(t.owner, Owner::Node(_)) && t.bold && t.size == s.name_size { 9.0 } else { Paper::READ };
        if t.size < least - 1e-9 {
            found.push(format!("words {:?} at {} points", t.text, t.size));
        }
    }
    if !s.boxes.is_empty() && s.name_size < 9.0 {
        found.push(format!("names at {} points", s.name_size));
    }
}

/// What is wrong with the slides as a whole: flows missing, labels missing, legend not as used.
fn missing(d: &Diagram, scenes: &[Scene]) -> Vec<String> {
    let mut found = Vec::new();
    let drawn: BTreeSet<&str> =
        scenes.iter().flat_map(|s| &s.lines).flat_map(|l| &l.edges).map(String::as_str).collect();
    let known: BTreeSet<&str> = d.nodes.iter().map(|n| n.id.as_str()).collect();
    for e in &d.edges {
        let real = known.contains(e.from.as_str()) && known.contains(e.to.as_str());
        if real != drawn.contains(e.id.as_str()) {
            found.push(format!("flow {} drawn: {}", e.id, !real));
        }
    }
    let shown: BTreeSet<&str> = scenes.iter().flat_map(|s| &s.boxes).map(|b| b.id.as_str()).collect();
    found.extend(known.difference(&shown).map(|n| format!("system {n} on no slide")));
    found.extend(labels_missing(d, scenes));
    for s in scenes {
        let numbers =
            s.texts.iter().filter(|t| t.plate == Plate::Disc && !matches!(t.owner, Owner::Node(_) | Owner::Aside(_)));
        let (on_lines, in_key): (Vec<&Text>, Vec<&Text>) =
            numbers.filter(|t| t.owner != Owner::Legend).partition(|t| matches!(t.owner, Owner::Edge(_)));
        let texts = |v: &[&Text]| v.iter().map(|t| t.text.clone()).collect::<BTreeSet<_>>();
        if texts(&on_lines) != texts(&in_key) || on_lines.len() != s.keyed {
            found.push("numbers and key differ".into());
        }
        found.extend(legend_faults(s));
    }
    found
}

/// Labels that are on no slide in full or as a number, and those of handoffs that are not on every slide with the line.
fn labels_missing(d: &Diagram, scenes: &[Scene]) -> Vec<String> {
    let mut said: BTreeSet<&str> = BTreeSet::new();
    let mut drawn: BTreeSet<&str> = BTreeSet::new();
    let mut found = Vec::new();
    for s in scenes {
        for l in &s.lines {
            // Behind a stop a label may be said once more.
            let is_led_on = |e: &&Edge| e.stops.iter().any(|stop| stop.id == l.from);
            let edges = d.edges.iter().filter(|e| l.edges.contains(&e.id));
            if edges.clone().all(|e| is_led_on(&e)) {
                continue;
            }
            let passes = |e: &Edge, id: &str| s.lines.iter().any(|l| l.to == id && l.edges.contains(&e.id));
            let said_here = |e: &Edge| match is_led_on(&e) {
                true => e.label.first().cloned().unwrap_or_default(),
                false => e.stopping_at(|id| passes(e, id)).words().join(" "),
            };
            let of_line: Vec<&Edge> = edges.collect();
            let mut labels: Vec<String> = Vec::new();
            for (e, label) in of_line.iter().map(|e| (e, text::clean(&said_here(e)))) {
                let pieces = if is_led_on(e) { label.split(", ").collect() } else { vec![&*label] };
                for piece in pieces.into_iter().filter(|piece| !piece.is_empty()) {
                    if labels.iter().all(|other| other != piece) {
                        labels.push(piece.to_owned());
                    }
                }
            }
            if labels.is_empty() {
                continue;
            }
            let own = s.texts.iter().filter(|t| t.owner == Owner::Edge(l.id.clone()));
            let (discs, words): (Vec<&Text>, Vec<&Text>) = own.partition(|t| t.plate == Plate::Disc);
            let words: Vec<&str> = words.iter().map(|t| t.text.as_str()).collect();
            let number = discs.len() == 1 && words.is_empty();
            let begun = || of_line.iter().filter(|e| !is_led_on(e)).map(|e| e.id.as_str());
            drawn.extend(begun());
            if number || words.join(" ") == labels.join(", ") {
                said.extend(begun());
            } else if l.style == Style::Manual {
                found.push(format!("handoff {:?} without its label", l.edges));
            }
        }
    }
    found.extend(drawn.difference(&said).map(|e| format!("flow {e} nowhere with its label")));
    found
}

pub(crate) fn legend_faults(s: &Scene) -> Option<String> {
    let mut used: BTreeSet<Mark> = BTreeSet::new();
    for b in &s.boxes {
        if matches!(b.role, Role::SystemOfRecord | Role::Work | Role::Duty | Role::Check)
            && b.emphasis != Emphasis::Receded
        {
            used.insert(Mark::Role(b.role));
        }
        if b.emphasis != Emphasis::Normal {
            used.insert(Mark::Emphasis(b.emphasis));
        }
    }
    for l in s.lines.iter().filter(|l| l.emphasis != EdgeEmphasis::Receded || !l.style.is_flow()) {
        used.insert(Mark::Style(l.style));
    }
    let shown: BTreeSet<Mark> = s.samples.iter().map(|m| m.mark).collect();
    let shown_plain: BTreeSet<Mark> =
        shown.iter().copied().filter(|m| !matches!(m, Mark::Weight | Mark::EdgeEmphasis(_))).collect();
    if used != shown_plain {
        return Some(format!("legend shows {shown_plain:?}, used are {used:?}"));
    }
    // What is gray and no flow is not among the flows.
    let other = Mark::EdgeEmphasis(EdgeEmphasis::Receded);
    let is_there = s.lines.iter().any(|l| l.emphasis == EdgeEmphasis::Receded && l.style.is_flow());
    (shown.contains(&other) != is_there).then(|| format!("legend says {other:?}: {}", !is_there))
}

fn check(name: &str, d: &Diagram) -> Vec<Scene> {
    let scenes = layout(d);
    assert!(!scenes.is_empty(), "{name}: no slide");
    for (i, s) in scenes.iter().enumerate() {
        let found = faults(s);
        assert!(
            found.is_empty(),
            "{name}, slide {}: {} faults: {:#?}",
            i + 1,
            found.len(),
            &found[..found.len().min(5)]
        );
    }
    let found = missing(d, &scenes);
    assert!(found.is_empty(), "{name}: {:#?}", &found[..found.len().min(5)]);
    scenes
}

fn full() -> bool {
    std::env::var("SINEW_GEOMETRY").is_ok_and(|v| v == "full")
}

#[test]
fn random_stacks_of_5_to_120_systems_are_drawn_without_fault() {
    let sizes: &[usize] = if full() { &[5, 8, 12, 16, 20, 25, 30, 36, 45, 52, 60, 80, 100, 120] } else { &[5, 12] };
    let seeds = if full() { 16 } else { 2 };
    for &n in sizes {
        for seed in 0..if n > 60 { seeds / 2 } else { seeds } {
            check(&format!("random {n} {seed}"), &diagrams::random(n, seed));
        }
    }
}

#[test]
fn realistic_stacks_are_drawn_without_fault() {
    let sizes: Vec<usize> = if full() { (5..=60).chain([100, 200]).collect() } else { vec![16] };
    for n in sizes {
        check(&format!("realistic {n}"), &diagrams::realistic(n));
    }
}

#[test]
fn forty_five_systems_with_seventy_two_flows_fit_one_slide_at_nine_points() {
    let d = diagrams::realistic(45);
    assert_eq!((d.nodes.len(), d.edges.len()), (45, 72));
    let tiny = layout(&d.clone().in_type(7.0));
    assert_eq!(tiny.len(), 1);
    assert!(tiny[0].name_size >= 9.0);
    let scenes = check("realistic 45", &d);
    // Labels of eight points have no room for all; what is without stands on the slides that follow.
    assert_eq!(scenes[0].boxes.len(), 45);
    assert!(scenes[0].name_size >= 9.0 && scenes.len() <= 1 + d.clusters.len(), "{} slides", scenes.len());
}

#[test]
fn the_same_diagram_gives_the_same_scenes() {
    let d = diagrams::random(12, 5);
    assert_eq!(layout(&d), layout(&d));
}

pub(crate) fn node(id: &str) -> Node {
    Node { id: id.into(), name: id.into(), ..Node::default() }
}

pub(crate) fn edge(id: &str, from: &str, to: &str) -> Edge {
    Edge { id: id.into(), from: from.into(), to: to.into(), label: vec![id.into()], ..Edge::default() }
}

#[test]
fn little_and_broken_diagrams_are_drawn_too() {
    check("empty", &Diagram::default());
    let mut d = Diagram { nodes: vec![node("a")], ..Diagram::default() };
    check("one box", &d);
    d.edges = vec![edge("self", "a", "a"), edge("nowhere", "a", "b"), edge("again", "a", "a")];
    check("one box and itself", &d);
    d.nodes.push(node("b"));
    d.nodes.push(node("b"));
    d.edges.extend([edge("back", "b", "a"), edge("forth", "a", "b"), edge("forth 2", "a", "b")]);
    d.edges.push(Edge { style: Style::Manual, weight: f64::NAN, ..edge("by hand", "a", "b") });
    let scenes = check("doubles", &d);
    let parallel = scenes[0].lines.iter().find(|l| l.edges.contains(&"forth".to_owned())).expect("drawn");
    assert_eq!(parallel.edges, ["nowhere", "forth", "forth 2"], "parallel flows of one kind are one line");
    d.clusters =
        vec![Cluster { id: "b".into(), name: "b".into() }, Cluster { id: "none".into(), name: "No member".into() }];
    d.nodes[1].cluster = Some("b".into());
    d.nodes[0].cluster = Some("unknown".into());
    let scenes = check("clusters", &d);
    assert_eq!(scenes[0].frames.len(), 1, "a frame without boxes is not drawn");
}

#[test]
fn long_and_foreign_names_are_cut_not_spilt_and_kept_in_full() {
    let long = "Enterprise marketing operations ".repeat(320);
    let mut d = Diagram { title: long.clone(), subtitle: long.clone(), source: long.clone(), ..Diagram::default() };
    d.clusters.push(Cluster { id: "c".into(), name: long.clone() });
    for (i, name) in [
        long.as_str(),
        &"x".repeat(10_000),
        "顧客関係管理システム",
        "מערכת שיווק",
        "Система учёта",
        "😀😀 😀",
        "<b>&\"'",
        "\u{202e}\u{0}\n",
        "",
    ]
    .iter()
    .enumerate()
    {
        let id = format!("n{i}");
        d.nodes.push(Node {
            name: (*name).into(),
            caption: (*name).into(),
            badge: (*name).into(),
            notes: vec![(*name).into()],
            cluster: Some("c".into()),
            ..node(&id)
        });
        d.edges.push(Edge { label: vec![(*name).into(), (*name).into()], ..edge(&format!("e{i}"), &id, "n0") });
    }
    let scenes = check("long names", &d);
    let full = scenes.iter().flat_map(|s| &s.boxes).find(|b| b.id == "n1").expect("drawn");
    assert_eq!(full.name.len(), 10_000);
}

#[test]
fn a_hub_of_a_hundred_flows_is_split_until_it_fits() {
    let mut d = Diagram { title: "Hub".into(), nodes: vec![node("hub")], ..Diagram::default() };
    for i in 0..if full() { 119 } else { 12 } {
        d.nodes.push(node(&format!("s{i}")));
        d.edges.push(edge(&format!("in {i}"), &format!("s{i}"), "hub"));
        d.edges.push(edge(&format!("out {i}"), "hub", &format!("s{i}")));
    }
    check("hub", &d);
}

/// The column beside a picture: its words overlap nothing, it takes the same width whatever it says, and what to do is never left out.
#[test]
fn what_is_said_beside_a_picture_has_its_own_room() {
    let takeaway = |at: usize, words: &str| Takeaway {
        number: (at + 1).to_string(),
        head: words.repeat(2 * at + 1),
        text: words.repeat(3 * at + 1),
    };
    let meter = |at: usize| Meter {
        name: format!("System number {at} with a long name"),
        figure: "at least USD 2,500".into(),
        share: 1.0 / (at as f64 - 1.0),
        paint: Paint::Loss,
    };
    let mut right = Vec::new();
    for words in ["One statement. ", "A statement that goes on for a while. ", "x", ""] {
        let mut d = diagrams::realistic(16);
        d.aside = Aside {
            scale: "How much".into(),
            meters: (0..9).map(meter).take(words.len() / 2).collect(),
            takeaways: (0..3).map(|at| takeaway(at, words)).collect(),
            so_what: format!("Do it. {words}"),
        };
        let scenes = check("beside", &d);
        let [s] = &scenes[..] else { panic!("one slide") };
        let said: Vec<&Text> = s.texts.iter().filter(|t| matches!(t.owner, Owner::Aside(_))).collect();
        assert!(said.iter().any(|t| t.text.starts_with("Do it.")) && said.iter().all(|t| t.size >= 9.0));
        let left = said.iter().map(|t| t.rect.x).fold(f64::MAX, f64::min);
        let boxes = s.boxes.iter().map(|b| b.rect.right()).fold(0.0, f64::max);
        assert!(boxes < left && left > 0.7 * s.width && left < 0.8 * s.width, "{boxes} and {left}");
        right.push(left);
    }
    assert!(right.iter().all(|x| (x - right[0]).abs() < 12.0), "{right:?}");
}

#[test]
fn a_figure_that_has_no_room_beside_its_name_stands_beneath_it_in_full() {
    let meters = |figures: [&str; 2]| {
        let meter = |figure: &str| Meter {
            name: "With the plan".into(),
            figure: figure.into(),
            share: 0.5,
            paint: Paint::Loss,
        };
        let mut d = diagrams::realistic(16);
        d.aside = Aside { scale: "Work".into(), meters: figures.map(meter).into(), ..Aside::default() };
        let scenes = check("figures", &d);
        let at = |words: &str| {
            let texts: Vec<&Text> = scenes[0].texts.iter().filter(|t| t.text == words).collect();
            assert_eq!(texts.len(), if words == "With the plan" { 2 } else { 1 }, "{words}");
            texts[0].rect
        };
        [at("With the plan"), at(figures[0]), at(figures[1])]
    };
    let [name, short, _] = meters(["983 h", "164 h"]);
    assert!((name.y - short.y).abs() < 1.0 && short.x > name.right(), "on one line");
    let [name, short, long] = meters(["983 h", "at least 2,320 h · at least USD 160k"]);
    assert!(
        short.y > name.bottom() - 2.0 && (short.x - name.x).abs() < 1.0,
        "all beneath their names where one has to"
    );
    assert!(long.y > short.bottom());
}

#[test]
fn a_rank_is_the_number_of_its_line_on_disc_and_label_and_in_the_key() {
    let mut d = diagrams::realistic(16);
    for (at, e) in d.edges.iter_mut().enumerate() {
        e.rank = if at % 3 == 0 { format!("{}, {}", at + 1, at + 40) } else { (at + 1).to_string() };
        // Too long for some line, so that some stand in the key.
        e.label = vec!["what people carry from here to there".into(), format!("{at} h a year · USD 12,345")];
    }
    let scenes = check("ranked", &d);
    let keyed: usize = scenes.iter().map(|s| s.keyed).sum();
    assert!(keyed > 0, "nothing is in the key");
    for s in &scenes {
        for l in &s.lines {
            let ranks: Vec<&str> =
                d.edges.iter().filter(|e| l.edges.contains(&e.id)).map(|e| e.rank.as_str()).collect();
            let own = |t: &&Text| t.owner == Owner::Edge(l.id.clone());
            let first = s.texts.iter().find(own).map(|t| t.text.clone()).unwrap_or_default();
            assert!(first.starts_with(ranks[0]), "{first:?} of rank {ranks:?}");
        }
        // Nothing in the key is cut, and its entries come by rank.
        let key: Vec<&Text> = s.texts.iter().filter(|t| matches!(t.owner, Owner::Key(_))).collect();
        assert!(key.iter().all(|t| !t.text.ends_with('…')), "a key is cut");
        let numbers = key.iter().filter(|t| t.plate == Plate::Disc);
        let ranks: Vec<u32> = numbers.map(|t| t.text.split(',').next().unwrap().parse().unwrap()).collect();
        assert!(ranks.is_sorted(), "{ranks:?}");
    }
}
