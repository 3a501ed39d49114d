//! The slide layout on realistic and random stacks: time, size of names, crossings, fill, numbers
//! in the key, each of the first slide; beside Graphviz `dot` where it is installed, and ELK where `SINEW_ELK` names the
//! folder into which npm installed `elkjs`. `--pictures DIR` writes the slides.

#[path = "../crates/sinew-draw/tests/diagrams.rs"]
#[allow(dead_code)]
mod diagrams;
#[path = "support/others.rs"]
mod others;

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
    let other = |name: &str| format!("{name}: ms | name pt | crossings | fill");
    let (dot, elk) = (other("dot"), other("ELK"));
    println!("| stack | flows | slides | ms | name pt | in key | crossings | fill | {dot} | {elk} |");
    println!("|{}", "---|".repeat(16));
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
        let [dot, elk] = [others::graphviz(d), others::elk(d)].map(|one| one.unwrap_or("not tried | | | ".into()));
        println!(
            "| {name} | {} | {} | {ms:.0} | {least} | {keyed} | {crossings} | {:.0} % | {dot} | {elk} |",
            others::lines(d).len(),
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
