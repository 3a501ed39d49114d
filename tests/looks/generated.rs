//! What pictures have to keep on stacks that nobody drew by hand: 100 of 5 to 18 systems, as marketing teams have them.

use std::fmt::Write as _;
use std::sync::LazyLock;

use sinew::model;
use sinew::source::Source;
use sinew_draw::scene::{Owner, Plate, Point, Rect, SLIDE_WIDTH, Scene};
use sinew_draw::text::clean;

use super::{Pictures, middles, pictures};
use crate::support::any_stack::Dice;

const STACKS: u64 = 100;

/// Kind and domain of a system; the first are in every stack.
const SYSTEMS: [(&str, &str); 18] = [
    ("crm", "Sales"),
    ("marketing-automation", "Marketing"),
    ("ai-content", "AI tools"),
    ("ai-scoring", "AI tools"),
    ("spreadsheet", "Files"),
    ("ipaas", "Data"),
    ("cms", "Web"),
    ("ads", "Web"),
    ("bi", "Data"),
    ("warehouse", "Data"),
    ("webinar", "Marketing"),
    ("sales-engagement", "Sales"),
    ("messaging", "Files"),
    ("enrichment", "AI tools"),
    ("etl", "Data"),
    ("analytics", "Web"),
    ("events", "Marketing"),
    ("ai-agent", "AI tools"),
];

const OBJECTS: [&str; 6] = ["lead", "draft", "score", "spend", "attendee", "outcome"];

/// A stack whose sales and marketing systems are hubs, as they are in most.
fn stack(seed: u64) -> String {
    let mut dice = Dice::new(seed);
    let count = 5 + dice.below(14) as usize;
    let is_hub = |at: usize| at < 2;
    let mut text =
        "sinew: 1\nname: Generated\nas_of: 2026-11-21\ncurrency: USD\nhourly_rate: 60\nsystems:\n".to_owned();
    for (at, (kind, domain)) in SYSTEMS[..count].iter().enumerate() {
        let model = if kind.starts_with("ai-con") { ", depends_on: [model]" } else { "" };
        let _ = writeln!(
            text,
            "  s{at}: {{ kind: {kind}, name: {} {at}, domain: {domain}{model} }}",
            domain.replace(' ', "")
        );
    }
    text += "  model: { kind: ai-content, name: Model vendor, domain: AI tools }\ndata:\n";
    for object in OBJECTS {
        let _ = writeln!(text, "  {object}: {{ name: {object} }}");
    }
    text += "flows:\n";
    let mut seen = std::collections::BTreeSet::new();
    for flow in 0..count + dice.below(count as u64) as usize {
        let hub = dice.below(2) as usize;
        let other = dice.below(count as u64) as usize;
        let (from, to) = if dice.below(2) == 0 { (hub, other) } else { (other, hub) };
        let object = OBJECTS[dice.below(6) as usize];
        // Middleware is passed, and passes nothing of its own.
        let is_passed = |at: usize| ["ipaas", "etl"].contains(&SYSTEMS[at].0);
        if from == to || is_passed(from) || is_passed(to) || !seen.insert((from, to, object)) {
            continue;
        }
        let how = match dice.below(4) {
            0 => "mechanism: native".to_owned(),
            1 if count > 5 => "mechanism: ipaas, through: s5".to_owned(),
            _ if !is_hub(from) || dice.below(2) == 0 => {
                format!("mechanism: copy-paste, runs: {}, minutes: {}", 12 + dice.below(400), 5 + dice.below(60))
            }
            _ => "mechanism: api".to_owned(),
        };
        let _ = writeln!(text, "  - {{ id: f{flow}, from: s{from}, to: s{to}, data: {object}, {how} }}");
    }
    let cost = 100 * (1 + dice.below(20));
    let _ = writeln!(text, "processes:\n  routing: {{ outage_cost: {cost}/h, needs: [{{ data: lead, at: s0 }}] }}");
    text
}

/// Each with its pictures.
static ALL: LazyLock<Vec<(u64, String, Pictures)>> = LazyLock::new(|| {
    let half = |first: u64| (first..STACKS).step_by(2).map(|seed| (seed, stack(seed), pictures(stack(seed)))).collect();
    let (mut even, odd): (Vec<_>, Vec<_>) = std::thread::scope(|scope| {
        let odd = scope.spawn(move || half(1));
        (half(0), odd.join().unwrap())
    });
    even.extend(odd);
    even
});

#[test]
fn a_system_stands_in_one_place_on_all_pictures() {
    let (mut seen, mut still) = (0, 0);
    for (seed, _, pictures) in ALL.iter() {
        let today = middles(&pictures["landscape"]);
        for view in ["failure", "target"] {
            let then = middles(&pictures[view]);
            for (id, p) in &today {
                let Some(q) = then.get(id) else { continue };
                let moved = (p.x - q.x).abs().max((p.y - q.y).abs());
                assert!(moved <= SLIDE_WIDTH / 10.0, "seed {seed}: {view} has `{id}` {moved:.0} points away");
                seen += 1;
                still += usize::from(moved < 24.0);
            }
        }
    }
    assert!(seen > 1_000 && still * 10 > seen * 8, "{still} of {seen} boxes stand where they stood");
}

/// The room between words and a line at right angles; none where it runs beneath them.
fn room(points: &[Point], words: &Rect) -> f64 {
    let apart = |low: f64, high: f64, a: f64, b: f64| f64::max(a.min(b) - high, low - a.max(b)).max(0.0);
    let of = |pair: &[Point]| {
        let x = apart(words.x, words.right(), pair[0].x, pair[1].x);
        x.hypot(apart(words.y, words.bottom(), pair[0].y, pair[1].y))
    };
    points.windows(2).map(of).fold(f64::INFINITY, f64::min)
}

/// Labels of lines, and those of them to which another line is as near as their own.
fn labels(scene: &Scene) -> (usize, usize) {
    let (mut all, mut doubtful) = (0, 0);
    let words = scene.texts.iter().filter(|text| matches!(text.owner, Owner::Edge(_)) && text.plate != Plate::Disc);
    for text in words {
        let Owner::Edge(id) = &text.owner else { continue };
        let own = scene.lines.iter().find(|line| line.id == *id).map(|line| room(&line.points, &text.rect));
        let own = own.unwrap_or_else(|| panic!("`{}` belongs to no line", text.text));
        let others = scene.lines.iter().filter(|line| line.id != *id).map(|line| room(&line.points, &text.rect));
        all += 1;
        doubtful += usize::from(others.fold(f64::INFINITY, f64::min) <= own);
    }
    (all, doubtful)
}

#[test]
fn labels_stand_nearest_to_their_own_lines() {
    let (mut all, mut doubtful) = (0, 0);
    for (_, _, pictures) in ALL.iter() {
        for slide in pictures.values().flat_map(|laid| &laid.slides) {
            let (some, of_them) = labels(slide);
            (all, doubtful) = (all + some, doubtful + of_them);
        }
    }
    assert!(all > 1_500 && doubtful * 100 <= all, "{doubtful} of {all} labels are as near to another line");
}

/// Crossings of lines of different flows.
pub(super) fn crossings(scene: &Scene) -> usize {
    let steps = |is_level: bool| {
        let all = scene.lines.iter().flat_map(|line| line.points.windows(2).map(move |step| (&line.id, step)));
        all.filter(move |(_, step)| (step[0].y == step[1].y) == is_level)
    };
    let within = |at: f64, a: f64, b: f64| at > a.min(b) && at < a.max(b);
    let crosses = |(a, level): &(&String, &[Point]), (b, upright): &(&String, &[Point])| {
        a != b && within(upright[0].x, level[0].x, level[1].x) && within(level[0].y, upright[0].y, upright[1].y)
    };
    steps(true).map(|level| steps(false).filter(|upright| crosses(&level, upright)).count()).sum()
}

#[test]
fn lines_cross_seldom_and_boxes_fill_the_slide() {
    let (mut lines, mut crossed, mut filled) = (0, 0, 0.0);
    for (seed, _, pictures) in ALL.iter() {
        let slide = &pictures["landscape"].slides[0];
        let of_stack = crossings(slide);
        assert!(of_stack <= slide.lines.len(), "seed {seed}: {of_stack} crossings of {} lines", slide.lines.len());
        (lines, crossed) = (lines + slide.lines.len(), crossed + of_stack);
        let boxes = slide.boxes.iter().map(|shape| shape.rect);
        let span = boxes.reduce(|a: Rect, b| {
            let (x, y) = (a.x.min(b.x), a.y.min(b.y));
            Rect { x, y, w: a.right().max(b.right()) - x, h: a.bottom().max(b.bottom()) - y }
        });
        filled += span.map_or(0.0, |span| span.w * span.h / (slide.width * slide.height));
    }
    assert!(lines > 1_000 && crossed * 3 <= lines, "{crossed} crossings of {lines} lines");
    assert!(filled / STACKS as f64 > 0.4, "boxes span {:.0}% of a slide", 100.0 * filled / STACKS as f64);
}

#[test]
fn steps_of_the_journey_run_from_left_to_right() {
    let (mut right, mut wrong) = (0, 0);
    for (_, text, pictures) in ALL.iter() {
        let stack = model::read(&Source::new("stack.yaml", text.clone())).stack.unwrap();
        let at = middles(&pictures["landscape"]);
        let lane = |id: &str| stack.systems.iter().find(|s| s.id.as_str() == id).and_then(|s| s.facts.kind.lane());
        for (one, p) in &at {
            for (other, q) in &at {
                if lane(one).zip(lane(other)).is_some_and(|(a, b)| a < b) {
                    right += usize::from(p.x < q.x - 30.0);
                    wrong += usize::from(p.x > q.x + 30.0);
                }
            }
        }
    }
    assert!(right >= 3 * wrong && right > 500, "{right} pairs from left to right, {wrong} from right to left");
}

#[test]
fn titles_take_two_lines_and_every_name_is_there_in_full_or_cut_between_letters() {
    let (mut titles, mut names) = (0, 0);
    for (seed, _, pictures) in ALL.iter() {
        for (view, laid) in pictures {
            for slide in &laid.slides {
                let lines = slide.texts.iter().filter(|text| text.owner == Owner::Title).count();
                assert!((1..=2).contains(&lines), "seed {seed}: the title of {view} takes {lines} lines");
                titles += 1;
                // Bars and steps have their words beside them.
                let is_net = ["landscape", "handoffs", "failure", "target"].contains(view);
                for shape in slide.boxes.iter().filter(|_| is_net) {
                    let own =
                        slide.texts.iter().filter(|text| text.owner == Owner::Node(shape.id.clone()) && text.bold);
                    let said = own.map(|text| text.text.as_str()).collect::<Vec<_>>().join(" ");
                    let is_named = said.contains(&clean(&shape.name)) || said.contains('…');
                    assert!(is_named, "seed {seed}: {view} calls `{}` `{said}`", shape.name);
                    names += 1;
                }
            }
        }
    }
    assert!(titles > 500 && names > 3_000, "{titles} titles, {names} names");
}
