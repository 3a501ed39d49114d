//! The slide layout on realistic and random stacks: time, size of names, crossings, fill, numbers
//! in the key; beside Graphviz `dot` where it is installed. `--pictures DIR` writes the slides.

#[path = "../tests/support/diagrams.rs"]
#[allow(dead_code)]
mod diagrams;

use std::time::Instant;

use sinew::report::diagram::Diagram;
use sinew::report::diagram::layout::layout;
use sinew::report::diagram::png::png;
use sinew::report::diagram::scene::Scene;
use sinew::report::diagram::svg::svg;
use sinew::report::diagram::theme::Theme;

#[allow(clippy::print_stdout)]
fn main() {
    let args: Vec<String> = std::env::args().collect();
    let pictures = args.iter().position(|a| a == "--pictures").and_then(|i| args.get(i + 1));
    let only = args.iter().position(|a| a == "--only").and_then(|i| args.get(i + 1));
    println!("| stack | flows | slides | ms | name pt | in key | crossings | fill |");
    println!("|---|---|---|---|---|---|---|---|");
    let mut cases: Vec<(String, Diagram)> =
        [5, 16, 30, 45, 60, 100, 200].into_iter().map(|n| (format!("realistic-{n}"), diagrams::realistic(n))).collect();
    cases.extend(
        [(12, 3), (25, 1), (40, 2), (45, 4), (45, 7), (60, 5), (120, 6)]
            .map(|(n, s)| (format!("random-{n}-{s}"), diagrams::random(n, s))),
    );
    for (name, d) in &cases {
        if only.is_some_and(|o| o != name) {
            continue;
        }
        let start = Instant::now();
        let scenes = layout(d);
        let ms = start.elapsed().as_secs_f64() * 1000.0;
        let least = scenes.iter().map(|s| s.name_size).fold(f64::INFINITY, f64::min);
        let keyed: usize = scenes.iter().map(|s| s.keyed).sum();
        let crossings: usize = scenes.iter().map(crossings).sum();
        let fill = scenes.iter().map(fill).sum::<f64>() / scenes.len() as f64;
        println!(
            "| {name} | {} | {} | {ms:.0} | {least} | {keyed} | {crossings} | {:.0} % |",
            d.edges.len(),
            scenes.len(),
            fill * 100.0
        );
        if let Some(dir) = pictures {
            for (i, scene) in scenes.iter().enumerate() {
                let path = format!("{dir}/{name}-{}", i + 1);
                std::fs::write(format!("{path}.svg"), svg(scene, &Theme::light())).expect("writable");
                std::fs::write(format!("{path}.png"), png(scene, &Theme::light(), 2.0).expect("drawable"))
                    .expect("writable");
            }
        }
    }
}

fn crossings(s: &Scene) -> usize {
    let mut count = 0;
    for (i, a) in s.lines.iter().enumerate() {
        for b in &s.lines[i + 1..] {
            for p in a.points.windows(2) {
                for q in b.points.windows(2) {
                    let level = |w: &[sinew::report::diagram::scene::Point]| w[0].y == w[1].y;
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
