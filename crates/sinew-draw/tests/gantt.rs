//! Rows with bars on an axis of weeks: drawn without fault, each bar in its place, and of whatever there is.

use std::collections::BTreeSet;

use sinew_draw::layout::layout;
use sinew_draw::scene::{Owner, Paint, Plate, Text};
use sinew_draw::{Arrangement, Aside, Axis, Bar, Cluster, Diagram, Edge, Node, Role, Style};

use crate::diagrams;
use crate::geometry::{edge, faults, legend_faults, node};

/// Waves with numbered items one after another whose titles are as long as real ones, and needs that point forward.
fn rows(items: usize, waves: usize, seed: u64) -> Diagram {
    const WORDS: [&str; 9] = [
        "Carry",
        "Draft",
        "from Jasper",
        "to WordPress",
        "through",
        "Workato",
        "Salesforce",
        "Marketing Cloud",
        "natively",
    ];
    let mut rng = diagrams::Rng(seed);
    let wave = |at: usize| at * waves / items.max(1) + 1;
    let lasts: Vec<f64> = (0..items).map(|_| [0.1, 0.5, 1.0, 2.4, 6.0][rng.below(5)]).collect();
    let nodes: Vec<Node> = (0..items)
        .map(|at| Node {
            name: (0..3 + rng.below(6)).map(|_| WORDS[rng.below(WORDS.len())]).collect::<Vec<_>>().join(" "),
            caption: "Recipe · 3.5 days (2 to 6)".into(),
            notes: vec!["USD 12,000 a year · weeks 3 to 4".into()],
            badge: (at + 1).to_string(),
            cluster: Some(format!("wave-{}", wave(at))),
            role: Role::Step,
            bar: Some(Bar {
                start: lasts[..at].iter().sum(),
                finish: lasts[..=at].iter().sum(),
                role: [Role::Work, Role::Duty, Role::Check][rng.below(3)],
                words: "3.5 days".into(),
                worth: rng.below(4) as f64 * 9_000.0,
                figure: "USD 12k".into(),
            }),
            ..node(&format!("item-{at}"))
        })
        .collect();
    let mut edges: Vec<Edge> = Vec::new();
    for to in 1..items {
        for _ in 0..[0, 0, 1, 2][rng.below(4)] {
            let from = rng.below(to);
            let id = format!("{from} {to} {}", edges.len());
            let (from, to) = (nodes[from].id.clone(), nodes[to].id.clone());
            edges.push(Edge { id, from, to, style: Style::Need, ..Edge::default() });
        }
    }
    let cluster = |wave: usize| Cluster {
        id: format!("wave-{wave}"),
        name: format!("Wave {wave} · weeks 1 to 13 · 34 days of work · worth USD 120,000 a year"),
    };
    let clusters = (1..=waves).map(cluster).collect();
    let axis = Axis {
        days: (0..200).map(|day| format!("{} Nov", day % 30 + 1)).collect(),
        spans: (0..waves).map(|at| (format!("Wave {}", at + 1), 13.0 * at as f64, 13.0 * (at + 1) as f64)).collect(),
        worth: "worth a year".into(),
    };
    let aside = Aside { so_what: "Build all of it, since it is worth that. ".repeat(3), ..Aside::default() };
    let title = "Plan".into();
    Diagram { title, clusters, nodes, edges, axis, aside, arrangement: Arrangement::Gantt, ..Diagram::default() }
}

#[test]
fn rows_of_up_to_60_items_are_drawn_without_fault() {
    let (mut needs, mut drawn) = (0, 0);
    for items in (0..=16).chain([26, 41, 60]) {
        for (waves, seed) in [(1, 1), (2, 2), (3, 3), (7, 4)] {
            let d = rows(items, waves.min(items), seed);
            let scenes = layout(&d);
            let name = format!("{items} rows in {waves}");
            let mut shown: Vec<&str> = Vec::new();
            for s in &scenes {
                let mut found = faults(s);
                found.extend(legend_faults(s).filter(|_| !s.lines.is_empty()));
                assert!(found.is_empty(), "{name}: {:#?}", &found[..found.len().min(5)]);
                let here: BTreeSet<&str> = s.boxes.iter().map(|b| b.id.as_str()).collect();
                for e in d.edges.iter().filter(|e| here.contains(e.to.as_str())) {
                    let beside = s.texts.iter().filter(|t| t.owner == Owner::Beside(e.to.clone()));
                    let words: Vec<&str> = beside.map(|t| t.text.as_str()).collect();
                    assert!(words.join(" ").contains("after "), "{name}: {} says what it comes after", e.to);
                    needs += usize::from(here.contains(e.from.as_str()));
                }
                drawn += s.lines.iter().map(|l| l.edges.len()).sum::<usize>();
                let small = s.texts.iter().filter(|t| !matches!(t.owner, Owner::Legend | Owner::Source));
                assert!(
                    small.clone().all(|t| t.size >= 9.0),
                    "{name}: type of {:?}",
                    small.map(|t| t.size).fold(99.0, f64::min)
                );
                shown.extend(here);
            }
            shown.sort_unstable();
            assert_eq!(shown.len(), items, "{name}: each bar once");
            assert!(items > 9 || scenes.len() == 1, "{name}: {} slides", scenes.len());
            for n in &d.nodes {
                let of = |t: &&Text| t.owner == Owner::Beside(n.id.clone()) && t.plate == Plate::None;
                let words: Vec<&str> =
                    scenes.iter().flat_map(|s| &s.texts).filter(of).map(|t| t.text.as_str()).collect();
                assert!(words.join(" ").starts_with(&n.name), "{name}: {words:?} of {:?}", n.name);
            }
        }
    }
    assert!(drawn * 2 >= needs, "only {drawn} of {needs} needs are lines");
}

#[test]
fn bars_stand_on_their_weeks_and_worth_beside_them() {
    let bar = |start, finish, worth| Bar { start, finish, worth, role: Role::Work, ..Bar::default() };
    let mut d = rows(3, 1, 1);
    let bars = [bar(0.0, 2.0, 100.0), bar(2.0, 6.0, 50.0), bar(6.0, 8.0, 0.0)];
    d.nodes.iter_mut().zip(bars).for_each(|(n, bar)| n.bar = Some(bar));
    d.edges = vec![Edge { style: Style::Need, ..edge("need", "item-0", "item-1") }];
    let [s] = &layout(&d)[..] else { panic!("one slide") };
    let of = |at: usize| s.boxes[at].rect;
    assert!((of(1).w / of(0).w - 2.0).abs() < 1e-6 && (of(1).x - of(0).right()).abs() < 1e-6, "{:?}", s.boxes);
    assert!(of(0).y < of(1).y && of(1).y < of(2).y);
    assert_eq!(s.lines.len(), 1);
    let worth: Vec<f64> = s.panels.iter().filter(|p| p.paint == Paint::Worth).map(|p| p.rect.w).collect();
    assert!(worth.len() == 2 && (worth[0] / worth[1] - 2.0).abs() < 1e-6, "{worth:?}");
    assert!(s.texts.iter().any(|t| t.text.starts_with("So what: Build all of it")));
}

#[test]
fn rows_are_drawn_of_anything() {
    let long = "Enterprise marketing operations ".repeat(320);
    let mut d = rows(9, 3, 5);
    for (at, n) in d.nodes.iter_mut().enumerate() {
        match at % 3 {
            0 => (n.name, n.caption, n.badge) = (long.clone(), long.clone(), long.clone()),
            1 => (n.name, n.caption, n.badge) = (String::new(), String::new(), String::new()),
            _ => n.bar = None,
        }
    }
    for (at, week) in [(1, f64::NAN), (3, f64::INFINITY), (4, -5.0)] {
        d.nodes[at].bar =
            Some(Bar { start: week, finish: week, figure: long.clone(), words: long.clone(), ..Bar::default() });
    }
    d.edges.push(edge("back", "item-7", "item-0"));
    d.edges.push(edge("self", "item-0", "item-0"));
    d.edges.push(Edge { style: Style::Manual, ..edge("twice", "item-0", "item-1") });
    d.axis.spans.push((long.clone(), 5.0, 2.0));
    d.aside.so_what = long;
    for s in layout(&d) {
        let found = faults(&s);
        assert!(found.is_empty(), "{:#?}", &found[..found.len().min(5)]);
    }
}
