//! The slide layout on realistic and random stacks: time, size of names, crossings, fill, numbers
//! in the key, each of the first slide; beside Graphviz `dot` where it is installed. `--pictures DIR` writes the slides.

#[path = "../crates/sinew-draw/tests/diagrams.rs"]
#[allow(dead_code)]
mod diagrams;

use std::io::Write as _;
use std::process::{Command, Stdio};
use std::time::Instant;

use sinew::analysis::Analysis;
use sinew::model::read;
use sinew::plan::{Options, Plan};
use sinew::report::views;
use sinew::source::Source;
use sinew_draw::Diagram;
use sinew_draw::fonts::Fonts;
use sinew_draw::layout::layout;
use sinew_draw::png::png;
use sinew_draw::scene::Scene;
use sinew_draw::svg::svg;
use sinew_draw::theme::Theme;

#[allow(clippy::print_stdout)]
fn main() {
    let args: Vec<String> = std::env::args().collect();
    let pictures = args.iter().position(|a| a == "--pictures").and_then(|i| args.get(i + 1));
    let only = args.iter().position(|a| a == "--only").and_then(|i| args.get(i + 1));
    println!(
        "| stack | flows | slides | ms | name pt | in key | crossings | fill | dot: ms | name pt | crossings | fill |"
    );
    println!("|---|---|---|---|---|---|---|---|---|---|---|---|");
    let mut cases: Vec<(String, Diagram)> =
        [5, 16, 30, 45, 60, 100, 200].into_iter().map(|n| (format!("realistic-{n}"), diagrams::realistic(n))).collect();
    cases.extend(
        [(12, 3), (25, 1), (40, 2), (45, 4), (45, 7), (60, 5), (120, 6), (200, 8), (500, 9)]
            .map(|(n, s)| (format!("random-{n}-{s}"), diagrams::random(n, s))),
    );
    cases.extend(examples());
    for (name, d) in &cases {
        if only.is_some_and(|o| !name.contains(o.as_str())) {
            continue;
        }
        let start = Instant::now();
        let scenes = layout(d);
        let ms = start.elapsed().as_secs_f64() * 1000.0;
        let least = scenes.first().map_or(0.0, |s| s.name_size);
        let keyed = scenes.first().map_or(0, |s| s.keyed);
        // Where there are several slides, Graphviz's one picture is to be held against the first.
        let crossings = scenes.first().map_or(0, crossings);
        let fill = scenes.first().map_or(0.0, fill);
        let dot = graphviz(d).unwrap_or_else(|| "not installed | | | ".into());
        println!(
            "| {name} | {} | {} | {ms:.0} | {least} | {keyed} | {crossings} | {:.0} % | {dot} |",
            d.edges.len(),
            scenes.len(),
            fill * 100.0
        );
        if let Some(dir) = pictures {
            for (i, scene) in scenes.iter().enumerate() {
                let path = format!("{dir}/{name}-{}", i + 1);
                std::fs::write(format!("{path}.svg"), svg(scene, &Theme::light())).expect("writable");
                std::fs::write(
                    format!("{path}.png"),
                    png(scene, &Theme::light(), &Fonts::embedded(), 2.0).expect("drawable"),
                )
                .expect("writable");
            }
        }
    }
}

/// The views of the example stacks that are laid out as networks.
fn examples() -> Vec<(String, Diagram)> {
    let mut cases = Vec::new();
    for name in ["tiny", "hubspot-scale-up", "stage-3-marketo-enterprise", "adobe-near-stage-4", "messy-45"] {
        let path = format!("{}/examples/stacks/{name}.yaml", env!("CARGO_MANIFEST_DIR"));
        let source = Source::new("stack.yaml", std::fs::read_to_string(path).expect("an example"));
        let stack = read(&source).stack.expect("examples are sound");
        let analysis = Analysis::of(&stack);
        cases.push((format!("{name}-landscape"), views::landscape(&analysis)));
        cases.push((format!("{name}-handoffs"), views::handoffs(&analysis)));
        cases.push((format!("{name}-failure"), views::failure(&analysis)));
        if let Ok(plan) = Plan::of(&analysis, &Options::default()) {
            cases.push((format!("{name}-target"), views::target(&analysis, &Analysis::of(&plan.target), &plan)));
        }
    }
    cases
}

fn crossings(s: &Scene) -> usize {
    let mut count = 0;
    for (i, a) in s.lines.iter().enumerate() {
        for b in &s.lines[i + 1..] {
            for p in a.points.windows(2) {
                for q in b.points.windows(2) {
                    let level = |w: &[sinew_draw::scene::Point]| w[0].y == w[1].y;
                    if level(p) == level(q) {
                        continue;
                    }
                    let (h, v) = if level(p) { (p, q) } else { (q, p) };
                    let between = |x: f64, a: f64, b: f64| x > a.min(b) && x < a.max(b);
                    count += usize::from(between(v[0].x, h[0].x, h[1].x) && between(h[0].y, v[0].y, v[1].y));
                }
            }
        }
    }
    count
}

/// Share of the slide between title and foot that frames and boxes span.
fn fill(s: &Scene) -> f64 {
    let rects = || s.frames.iter().map(|f| f.rect).chain(s.boxes.iter().map(|b| b.rect));
    let left = rects().map(|r| r.x).fold(f64::INFINITY, f64::min);
    let top = rects().map(|r| r.y).fold(f64::INFINITY, f64::min);
    let right = rects().map(|r| r.right()).fold(0.0, f64::max);
    let bottom = rects().map(|r| r.bottom()).fold(0.0, f64::max);
    ((right - left) * (bottom - top) / (s.width * s.height)).max(0.0)
}

/// Time, size of names once fitted on a slide, crossings, and share of the slide of Graphviz `dot` on the same diagram
/// drawn as one picture, left to right, with names of 12 points.
fn graphviz(d: &Diagram) -> Option<String> {
    let q = |t: &str| format!("\"{}\"", t.replace(['\\', '"'], ""));
    let mut text = String::from("digraph { rankdir=LR; node [shape=box fontsize=12]; edge [fontsize=9];\n");
    for (i, c) in d.clusters.iter().enumerate() {
        text += &format!("subgraph cluster_{i} {{ label={};\n", q(&c.name));
        for n in d.nodes.iter().filter(|n| n.cluster.as_ref() == Some(&c.id)) {
            text += &format!("{};", q(&n.id));
        }
        text += "}\n";
    }
    for n in &d.nodes {
        text += &format!("{} [label={}];\n", q(&n.id), q(&format!("{} {}", n.name, n.caption)));
    }
    for e in &d.edges {
        text += &format!("{} -> {} [label={}];\n", q(&e.from), q(&e.to), q(&e.label.join(" ")));
    }
    text += "}\n";
    let start = Instant::now();
    let mut child = Command::new("dot")
        .arg("-Tplain")
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .ok()?;
    child.stdin.take()?.write_all(text.as_bytes()).ok()?;
    let out = child.wait_with_output().ok()?;
    let ms = start.elapsed().as_secs_f64() * 1000.0;
    let plain = String::from_utf8_lossy(&out.stdout);
    let mut size = (1.0, 1.0);
    let mut curves: Vec<Vec<(f64, f64)>> = Vec::new();
    for line in plain.lines() {
        let words: Vec<&str> = line.split_whitespace().collect();
        let number = |i: usize| words.get(i).and_then(|w| w.parse::<f64>().ok()).unwrap_or(0.0);
        match words.first() {
            Some(&"graph") => size = (number(2), number(3)),
            Some(&"edge") => {
                let n = number(3) as usize;
                let controls: Vec<(f64, f64)> = (0..n).map(|k| (number(4 + 2 * k), number(5 + 2 * k))).collect();
                curves.push(flattened(&controls));
            }
            _ => {}
        }
    }
    // What a slide leaves between title and foot.
    let scale = (12.6 / size.0).min(6.2 / size.1).min(1.5);
    let fill = size.0 * size.1 * scale * scale / (13.33 * 7.5) * 100.0;
    Some(format!("{ms:.0} | {:.1} | {} | {fill:.0} %", 12.0 * scale, crossings_of(&curves)))
}

/// A chain of cubic Bézier curves as a polygon close to it.
fn flattened(controls: &[(f64, f64)]) -> Vec<(f64, f64)> {
    const STEPS: usize = 12;
    let mut points: Vec<(f64, f64)> = controls.first().copied().into_iter().collect();
    for piece in controls.windows(4).step_by(3) {
        for step in 1..=STEPS {
            let t = step as f64 / STEPS as f64;
            let weights = [(1.0 - t).powi(3), 3.0 * t * (1.0 - t).powi(2), 3.0 * t * t * (1.0 - t), t.powi(3)];
            let along = |of: fn(&(f64, f64)) -> f64| piece.iter().zip(weights).map(|(p, w)| of(p) * w).sum::<f64>();
            points.push((along(|p| p.0), along(|p| p.1)));
        }
    }
    points
}

/// Crossings of polygons of different lines.
fn crossings_of(curves: &[Vec<(f64, f64)>]) -> usize {
    let turn =
        |a: (f64, f64), b: (f64, f64), c: (f64, f64)| ((b.0 - a.0) * (c.1 - a.1) - (b.1 - a.1) * (c.0 - a.0)).signum();
    let mut count = 0;
    for (i, a) in curves.iter().enumerate() {
        for b in &curves[i + 1..] {
            for p in a.windows(2) {
                for q in b.windows(2) {
                    let over = turn(p[0], p[1], q[0]) * turn(p[0], p[1], q[1]) < 0.0
                        && turn(q[0], q[1], p[0]) * turn(q[0], q[1], p[1]) < 0.0;
                    count += usize::from(over);
                }
            }
        }
    }
    count
}
