//! What others make of the same diagram: one picture, left to right, with names of 12 points and words on lines of 9.

use std::env;
use std::io::Write as _;
use std::process::{Command, Stdio};
use std::time::Instant;

use serde_json::{Value, json};
use sinew_draw::Diagram;

/// What a slide leaves between title and foot, in inches, and the slide.
const FREE: (f64, f64) = (12.6, 6.2);
const SLIDE: (f64, f64) = (13.33, 7.5);

/// Points of an inch.
const POINTS: f64 = 72.0;

/// One picture: its size in inches, and the lines as polygons.
#[derive(Default)]
struct Picture {
    size: (f64, f64),
    lines: Vec<Vec<(f64, f64)>>,
}

impl Picture {
    /// Time, size of names once fitted on a slide, crossings, and share of the slide.
    fn row(&self, ms: f64) -> String {
        let (width, height) = self.size;
        let scale = (FREE.0 / width).min(FREE.1 / height).min(1.5);
        let fill = width * height * scale * scale / (SLIDE.0 * SLIDE.1) * 100.0;
        format!("{ms:.0} | {:.1} | {} | {fill:.0} %", 12.0 * scale, crossings_of(&self.lines))
    }
}

/// What a program writes that is given `text`, and how long it takes.
fn told(program: &mut Command, text: &str) -> Option<(String, f64)> {
    let start = Instant::now();
    let child = program.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::null()).spawn();
    let mut child = child.ok()?;
    child.stdin.take()?.write_all(text.as_bytes()).ok()?;
    let out = child.wait_with_output().ok()?;
    let ms = start.elapsed().as_secs_f64() * 1000.0;
    Some((String::from_utf8_lossy(&out.stdout).into_owned(), ms))
}

/// The numbers of a line.
fn numbers(line: &str) -> Vec<f64> {
    line.split_whitespace().filter_map(|word| word.parse().ok()).collect()
}

/// What Graphviz `dot` makes of it; `None` where it is not installed.
pub(crate) fn graphviz(d: &Diagram) -> Option<String> {
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
    for [from, to, label] in lines(d) {
        text += &format!("{} -> {} [label={}];\n", q(&from), q(&to), q(&label));
    }
    text += "}\n";
    let (plain, ms) = told(Command::new("dot").arg("-Tplain"), &text)?;
    // Where it complains of a line it draws the rest.
    plain.lines().last().filter(|last| *last == "stop")?;
    let mut picture = Picture { size: (1.0, 1.0), ..Picture::default() };
    for line in plain.lines() {
        let words: Vec<&str> = line.split_whitespace().collect();
        let number = |i: usize| words.get(i).and_then(|w| w.parse::<f64>().ok()).unwrap_or(0.0);
        match words.first() {
            Some(&"graph") => picture.size = (number(2), number(3)),
            Some(&"edge") => {
                let n = number(3) as usize;
                let controls: Vec<(f64, f64)> = (0..n).map(|k| (number(4 + 2 * k), number(5 + 2 * k))).collect();
                picture.lines.push(flattened(&controls));
            }
            _ => {}
        }
    }
    Some(picture.row(ms))
}

/// Ends and label of each line: from stop to stop, what is led on between the same two once and without a label, as it may be
/// left unsaid on a slide.
pub(crate) fn lines(d: &Diagram) -> Vec<[String; 3]> {
    let mut lines: Vec<[String; 3]> = Vec::new();
    for e in &d.edges {
        for (part, ends) in e.way().windows(2).enumerate() {
            let label = if part == 0 { e.label.join(" ") } else { String::new() };
            let line = [ends[0].to_owned(), ends[1].to_owned(), label];
            if part == 0 || !lines.contains(&line) {
                lines.push(line);
            }
        }
    }
    lines
}

/// What the layered layout of ELK makes of it, with lines at right angles; `None` without Node.js and `elkjs`. Most of its time for a
/// small diagram is the start of Node.js.
pub(crate) fn elk(d: &Diagram) -> Option<String> {
    let folder = env::var_os("SINEW_ELK")?;
    // Half a point and a little for each letter of one point.
    let text = |words: &str, size: f64| 0.55 * size * words.chars().count() as f64;
    let node = |at: usize| {
        let n = &d.nodes[at];
        let width = text(&format!("{} {}", n.name, n.caption), 12.0) + 16.0;
        json!({ "id": format!("n{at}"), "width": width, "height": 36.0 })
    };
    let places = || 0..d.nodes.len();
    let is_in = |at: usize, cluster: Option<&_>| d.nodes[at].cluster.as_ref() == cluster;
    let frame = |(i, c): (usize, &sinew_draw::Cluster)| {
        let inside: Vec<Value> = places().filter(|at| is_in(*at, Some(&c.id))).map(node).collect();
        json!({ "id": format!("c{i}"), "children": inside, "layoutOptions": { "elk.padding": "[top=24,left=8,bottom=8,right=8]" } })
    };
    let place = |id: &str| d.nodes.iter().position(|n| n.id == id).map(|at| format!("n{at}"));
    let edge = |(i, [from, to, words]): (usize, [String; 3])| {
        let label = json!({ "text": words, "width": text(&words, 9.0), "height": 11.0 });
        Some(json!({ "id": format!("e{i}"), "sources": [place(&from)?], "targets": [place(&to)?], "labels": [label] }))
    };
    let mut children: Vec<Value> = d.clusters.iter().enumerate().map(frame).collect();
    children.extend(places().filter(|at| is_in(*at, None)).map(node));
    let edges: Vec<Value> = lines(d).into_iter().enumerate().filter_map(edge).collect();
    let graph = json!({ "id": "root", "children": children, "edges": edges, "layoutOptions": {
        "elk.algorithm": "layered", "elk.direction": "RIGHT", "elk.edgeRouting": "ORTHOGONAL",
        "elk.hierarchyHandling": "INCLUDE_CHILDREN", "elk.json.edgeCoords": "ROOT",
    } });
    let script = concat!(env!("CARGO_MANIFEST_DIR"), "/benches/support/elk.js");
    let (plain, ms) = told(Command::new("node").arg(script).arg(folder), &graph.to_string())?;
    plain.lines().next().filter(|first| first.starts_with("graph "))?;
    let mut picture = Picture::default();
    for line in plain.lines() {
        let all: Vec<f64> = numbers(line).into_iter().map(|points| points / POINTS).collect();
        match line.split_whitespace().next() {
            Some("graph") => picture.size = (all[0], all[1]),
            _ => picture.lines.push(all.chunks_exact(2).map(|point| (point[0], point[1])).collect()),
        }
    }
    Some(picture.row(ms))
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
