//! Labels: words on lines where nothing is beneath them but their own line; a number where there
//! is no such place.
//!
//! Candidates lie along every stretch of a line. The label with the fewest choices goes first;
//! one that finds all its places taken may push another to a free one. What still has none gets a
//! number, which needs hardly more room than the line itself.

use super::super::scene::{Point, Rect};
use super::super::text::{self, ASCENT, DESCENT};

/// What labels must keep clear of, and what they belong to.
pub(super) struct Field<'a> {
    pub(super) lines: &'a [Vec<Point>],
    pub(super) widths: &'a [f64],
    /// Boxes and names of frames, grown by what they need around them.
    pub(super) solid: &'a [Rect],
    /// Frames: a label on their border is allowed, not liked.
    pub(super) frames: &'a [Rect],
    pub(super) area: Rect,
    pub(super) size: f64,
    /// How the label of each line was broken by whoever wrote it; empty where that is not known.
    pub(super) broken: &'a [Vec<String>],
    /// The rank of each line, which its disc shows; a number of two digits where it has none.
    pub(super) ranks: &'a [String],
}

/// Where the label of a line stands.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Label {
    /// The line has none.
    None,
    /// Words, one string a line.
    Words(Vec<String>, Rect),
    /// A number, explained in the key.
    Number(Rect),
    /// No room even for a number.
    Lost,
}

/// Room left and right of words on their patch.
pub(super) const PATCH: f64 = 2.0;
/// Clear distance to lines of others, and length kept free at an arrowhead.
const CLEAR: f64 = 0.7;
const HEAD: f64 = 6.5;
/// Words longer than this are taken for the key at once; longer than half, for two lines.
const LONGEST: f64 = 120.0;
/// Longest line of a label that its writer broke.
const BROKEN: f64 = 140.0;
const FOLD: f64 = 34.0;

#[derive(Debug, Clone)]
struct Candidate {
    rect: Rect,
    words: usize,
    cost: f64,
}

/// A stretch of a line as a thin rectangle.
struct Stretch {
    link: usize,
    rect: Rect,
}

/// Height of a line of words with its plate.
pub(super) fn height(size: f64) -> f64 {
    size * (ASCENT + DESCENT)
}

/// Size of a number's disc.
pub(super) fn disc(size: f64, digits: usize) -> (f64, f64) {
    let h = size * 1.24;
    ((size * 0.6 * digits as f64 + 4.4).max(h), h)
}

/// Places the labels of all lines; `words[i]` belongs to `field.lines[i]`.
pub(super) fn place(field: &Field<'_>, words: &[String]) -> Vec<Label> {
    let stretches = stretches(field);
    let wanted: Vec<usize> = (0..words.len()).filter(|&l| !words[l].is_empty()).collect();
    let digits = |l: usize| match field.ranks.get(l) {
        Some(rank) if !rank.is_empty() => rank.chars().count(),
        _ if wanted.len() > 99 => 3,
        _ => 2,
    };
    let forms: Vec<Vec<Vec<String>>> =
        words.iter().zip(field.broken).map(|(w, broken)| forms(w, broken, field.size)).collect();
    let mut choices: Vec<Vec<Candidate>> = vec![Vec::new(); words.len()];
    for &l in &wanted {
        for (f, form) in forms[l].iter().enumerate() {
            let width = form.iter().map(|s| text::width(s, field.size, false)).fold(0.0, f64::max) + 2.0 * PATCH;
            let size = (width, height(field.size) * form.len() as f64);
            candidates(field, &stretches, l, size, f, false, &mut choices[l]);
        }
        choices[l].sort_by(|a, b| a.cost.total_cmp(&b.cost));
    }
    let mut taken = settle(&wanted, &choices);
    let discs = numbers(field, &stretches, &wanted, &choices, &mut taken, &|l| disc(field.size, digits(l)));
    (0..words.len())
        .map(|l| match (taken[l], &discs[l]) {
            _ if words[l].is_empty() => Label::None,
            (Some(c), _) => {
                let chosen = &choices[l][c];
                Label::Words(forms[l][chosen.words].clone(), chosen.rect)
            }
            (None, Some(rect)) => Label::Number(*rect),
            (None, None) => Label::Lost,
        })
        .collect()
}

/// The ways to write a label: on one line, and on two where it is long, broken as its writer did if that is even enough.
fn forms(words: &str, broken: &[String], size: f64) -> Vec<Vec<String>> {
    let width = text::width(words, size, false);
    let mut forms = Vec::new();
    if width <= LONGEST {
        forms.push(vec![words.to_owned()]);
    }
    let widest = broken.iter().map(|line| text::width(line, size, false)).fold(0.0, f64::max);
    if broken.len() == 2 && width > FOLD && widest <= BROKEN.min(0.85 * width) {
        forms.push(broken.to_vec());
    } else if width > FOLD && width <= 2.0 * LONGEST {
        let mut room = width / 2.0;
        while room < width {
            let two = text::wrap(words, size, false, room, 3);
            if two.len() == 2 && two.join(" ").len() == words.len() {
                forms.push(two);
                break;
            }
            room += 4.0;
        }
    }
    forms
}

fn stretches(field: &Field<'_>) -> Vec<Stretch> {
    let mut out = Vec::new();
    for (link, points) in field.lines.iter().enumerate() {
        let last = points.len().saturating_sub(2);
        for (k, p) in points.windows(2).enumerate() {
            let rect = Rect {
                x: p[0].x.min(p[1].x),
                y: p[0].y.min(p[1].y),
                w: (p[0].x - p[1].x).abs(),
                h: (p[0].y - p[1].y).abs(),
            };
            out.push(Stretch { link, rect: rect.grown(field.widths[link] / 2.0 + CLEAR) });
            if k == last {
                // The arrowhead is wider than the line.
                let end = p[1];
                let (dx, dy) = ((p[0].x - end.x).clamp(-HEAD, HEAD), (p[0].y - end.y).clamp(-HEAD, HEAD));
                let head = Rect { x: end.x.min(end.x + dx), y: end.y.min(end.y + dy), w: dx.abs(), h: dy.abs() };
                out.push(Stretch { link, rect: head.grown(2.0 + 0.55 * field.widths[link] + CLEAR) });
            }
        }
    }
    out
}

fn candidates(
    field: &Field<'_>,
    stretches: &[Stretch],
    link: usize,
    size: (f64, f64),
    form: usize,
    tight: bool,
    out: &mut Vec<Candidate>,
) {
    let points = &field.lines[link];
    let last = points.len().saturating_sub(2);
    for (k, p) in points.windows(2).enumerate() {
        let level = p[0].y == p[1].y;
        let length = (p[0].x - p[1].x).abs() + (p[0].y - p[1].y).abs();
        // Words keep more room than numbers, which have room left and right on their disc.
        let lead = if tight { 1.0 } else { 3.0 };
        let tail = if k == last { HEAD - 1.0 + lead } else { lead };
        let along = if level { size.0 } else { size.1 };
        let free = length - along - lead - tail;
        if free < 0.0 || length <= 0.0 {
            continue;
        }
        let count = ((free / 6.0).floor() as usize).min(48);
        for i in 0..=count {
            let share = if count == 0 { 0.5 } else { i as f64 / count as f64 };
            let d = (lead + along / 2.0 + free * share) / length;
            let (x, y) = (p[0].x + (p[1].x - p[0].x) * d, p[0].y + (p[1].y - p[0].y) * d);
            let cost = (share - 0.5).abs() * 0.6 + form as f64 * 0.7 + if level { 0.0 } else { 0.8 };
            let aside = size.0 / 2.0 + field.widths[link] / 2.0 + 1.2;
            let shifts: &[(f64, f64)] = if level { &[(0.0, 0.0)] } else { &[(0.0, 0.0), (1.0, 0.5), (-1.0, 0.5)] };
            for &(dx, more) in shifts {
                let rect = Rect { x: x - size.0 / 2.0 + dx * aside, y: y - size.1 / 2.0, w: size.0, h: size.1 };
                if let Some(extra) = fit(field, stretches, link, &rect, !level && dx != 0.0) {
                    out.push(Candidate { rect, words: form, cost: cost + more + extra });
                }
            }
        }
    }
}

/// `None` where the rectangle is not free; else what speaks against it.
fn fit(field: &Field<'_>, stretches: &[Stretch], link: usize, rect: &Rect, beside: bool) -> Option<f64> {
    let a = &field.area;
    if rect.x < a.x || rect.y < a.y || rect.right() > a.right() || rect.bottom() > a.bottom() {
        return None;
    }
    if field.solid.iter().any(|b| b.overlaps(rect)) {
        return None;
    }
    let mut own = 0;
    for s in stretches {
        if s.rect.overlaps(rect) {
            if s.link != link {
                return None;
            }
            own += 1;
        }
    }
    let bent = if beside { own } else { own - 1 };
    // Beside its line a label must not be taken for that of a line on its other side.
    let near = rect.grown(3.0);
    let doubt = beside && stretches.iter().any(|s| s.link != link && s.rect.overlaps(&near));
    let on_border = field.frames.iter().filter(|f| f.overlaps(rect) && !f.grown(-0.5).contains(rect)).count();
    Some(f64::from(bent.max(0)) * 2.5 + on_border as f64 * 0.7 + if doubt { 2.0 } else { 0.0 })
}

/// The choice of each label, as far as there is one that overlaps no other's.
fn settle(wanted: &[usize], choices: &[Vec<Candidate>]) -> Vec<Option<usize>> {
    let mut taken: Vec<Option<usize>> = vec![None; choices.len()];
    let mut order = wanted.to_vec();
    order.sort_by_key(|&l| (choices[l].len(), l));
    for &l in &order {
        taken[l] = free_choice(l, wanted, choices, &taken, None);
    }
    // Twice over those left out: push one other label to another place.
    for _ in 0..2 {
        for &l in &order {
            if taken[l].is_none() {
                push_one(l, wanted, choices, &mut taken);
            }
        }
    }
    // Better places may have come free.
    for &l in &order {
        if taken[l].is_some() {
            taken[l] = None;
            taken[l] = free_choice(l, wanted, choices, &taken, None);
        }
    }
    taken
}

fn free_choice(
    l: usize,
    wanted: &[usize],
    choices: &[Vec<Candidate>],
    taken: &[Option<usize>],
    avoid: Option<&Rect>,
) -> Option<usize> {
    (0..choices[l].len()).find(|&c| {
        let rect = &choices[l][c].rect;
        avoid.is_none_or(|a| !a.overlaps(rect)) && rivals(rect, l, wanted, choices, taken).next().is_none()
    })
}

fn rivals<'a>(
    rect: &'a Rect,
    l: usize,
    wanted: &'a [usize],
    choices: &'a [Vec<Candidate>],
    taken: &'a [Option<usize>],
) -> impl Iterator<Item = usize> + 'a {
    let near = rect.grown(0.8);
    wanted.iter().copied().filter(move |&o| o != l && taken[o].is_some_and(|c| choices[o][c].rect.overlaps(&near)))
}

fn push_one(l: usize, wanted: &[usize], choices: &[Vec<Candidate>], taken: &mut [Option<usize>]) {
    for c in 0..choices[l].len() {
        let rect = choices[l][c].rect;
        let mut others = rivals(&rect, l, wanted, choices, taken);
        let (first, second) = (others.next(), others.next());
        drop(others);
        match (first, second) {
            (None, _) => {
                taken[l] = Some(c);
                return;
            }
            (Some(o), None) => {
                let near = rect.grown(0.8);
                if let Some(other) = free_choice(o, wanted, choices, taken, Some(&near)) {
                    taken[o] = Some(other);
                    taken[l] = Some(c);
                    return;
                }
            }
            _ => {}
        }
    }
}

/// Discs for labels without words; where none is free, the fewest words give way.
fn numbers(
    field: &Field<'_>,
    stretches: &[Stretch],
    wanted: &[usize],
    choices: &[Vec<Candidate>],
    taken: &mut [Option<usize>],
    size: &dyn Fn(usize) -> (f64, f64),
) -> Vec<Option<Rect>> {
    let mut discs: Vec<Option<Rect>> = vec![None; choices.len()];
    let mut queue: Vec<usize> = wanted.iter().copied().filter(|&l| taken[l].is_none()).collect();
    let mut at = 0;
    while let Some(&l) = queue.get(at) {
        at += 1;
        let mut spots = Vec::new();
        candidates(field, stretches, l, size(l), 0, true, &mut spots);
        spots.sort_by(|a, b| a.cost.total_cmp(&b.cost));
        let on_disc =
            |rect: &Rect, discs: &[Option<Rect>]| discs.iter().flatten().any(|d| d.overlaps(&rect.grown(0.8)));
        let best = spots
            .iter()
            .filter(|s| !on_disc(&s.rect, &discs))
            .map(|s| (rivals(&s.rect, l, wanted, choices, taken).count(), s.rect))
            .min_by_key(|(n, _)| *n);
        if let Some((_, rect)) = best {
            let evicted: Vec<usize> = rivals(&rect, l, wanted, choices, taken).collect();
            for o in evicted {
                taken[o] = None;
                queue.push(o);
            }
            discs[l] = Some(rect);
        }
    }
    discs
}
