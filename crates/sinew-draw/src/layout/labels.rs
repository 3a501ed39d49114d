//! Labels: words on lines where nothing is beneath them but their own line; a number where there
//! is no such place.
//!
//! Candidates lie along every stretch of a line. The label with the fewest choices goes first;
//! one that finds all its places taken may push another to a free one. What still has none gets a
//! number, which needs hardly more room than the line itself.

use super::net::Link;
use crate::number::real;
use crate::scene::{Point, Rect};
use crate::text::{self, ASCENT, DESCENT};

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
    /// Whether labels that are not vital may be shortened or left unsaid.
    pub(super) sparse: bool,
}

/// What is to be said at a line.
#[derive(Debug, Clone)]
pub(super) struct Saying {
    /// The ways to write it, the best first; none where it is too long for any.
    forms: Vec<Form>,
    /// Whether it gets a number where it finds no room; else it may be left unsaid.
    vital: bool,
    /// Whether all of it is said before a stop on the way, so that it may be left unsaid on any slide.
    is_repeated: bool,
    /// Characters of the rank that its disc shows; 0 where it has none and gets a number of the layout's own.
    rank: usize,
    /// Characters of its price, with what parts it from the number before it; 0 for none.
    price: usize,
}

/// A way to write a label.
#[derive(Debug, Clone)]
struct Form {
    lines: Vec<String>,
    /// Width of the longest line with its patch.
    width: f64,
    /// Whether nothing of the label is missing.
    whole: bool,
}

/// Where the label of a line stands.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Label {
    /// The line has none.
    None,
    /// Words, one string a line, and whether they are the whole label.
    Words(Vec<String>, Rect, bool),
    /// A number, explained in the key.
    Number(Rect),
    /// Words that may be left unsaid, and are.
    Unsaid,
    /// No room even for a number.
    Lost,
}

/// Labels that a slide may lack, least first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Lack {
    /// None of them.
    Nothing,
    /// Those that are not vital.
    Lesser,
    /// Any that has no room even for a number: better than boxes that stand elsewhere than on another picture of theirs.
    Any,
}

/// Room left and right of words on their patch.
pub(super) const PATCH: f64 = 2.0;
/// Room between words and the badge of the price beneath them.
const ABOVE: f64 = 2.0;
/// Clear distance to lines of others, and length kept free at an arrowhead.
const CLEAR: f64 = 0.7;
const HEAD: f64 = 6.5;
/// Words longer than this are taken for the key at once; longer than half, for two lines.
const LONGEST: f64 = 120.0;
const FOLD: f64 = 34.0;
/// Longest line of a label that its writer broke.
const BROKEN: f64 = 140.0;

#[derive(Debug, Clone)]
struct Candidate {
    rect: Rect,
    form: usize,
    cost: f64,
}

impl Saying {
    /// What `link` is labeled with, in letters of `size`.
    pub(super) fn of(link: &Link, size: f64) -> Option<Saying> {
        if link.label.is_empty() && link.price.is_empty() {
            return None;
        }
        let vital = link.is_vital();
        let mut forms = match link.label.is_empty() {
            true => vec![Form { lines: Vec::new(), width: 0.0, whole: true }],
            false => forms(&link.label, link.folded.as_ref(), size, true),
        };
        if !vital && link.brief != link.label && !link.brief.is_empty() {
            forms.extend(self::forms(&link.brief, None, size, false));
        }
        if !link.price.is_empty() {
            // The price is the last line of all of them.
            let width = badge_width(&link.price, size);
            for form in &mut forms {
                form.lines.push(link.price.clone());
                form.width = form.width.max(width);
            }
        }
        let price = if link.price.is_empty() { 0 } else { with_price("", &link.price).chars().count() };
        Some(Saying { forms, vital, is_repeated: link.is_repeated(), rank: link.rank.chars().count(), price })
    }
}

/// Stretches of lines as thin rectangles, in order of their low edge along one axis, so that those near a place are
/// found without looking at all.
struct Stretches {
    by_x: bool,
    /// Each with the link it belongs to.
    sorted: Vec<(Rect, usize)>,
    /// The largest extent along the axis.
    most: f64,
}

impl Stretches {
    fn new(by_x: bool, mut sorted: Vec<(Rect, usize)>) -> Stretches {
        sorted.sort_by(|a, b| if by_x { a.0.x.total_cmp(&b.0.x) } else { a.0.y.total_cmp(&b.0.y) });
        let most = sorted.iter().map(|s| if by_x { s.0.w } else { s.0.h }).fold(0.0, f64::max);
        Stretches { by_x, sorted, most }
    }

    /// Stretches that overlap `rect`.
    fn over<'a>(&'a self, rect: &'a Rect) -> impl Iterator<Item = &'a (Rect, usize)> + 'a {
        let low = |r: &Rect| if self.by_x { r.x } else { r.y };
        let high = if self.by_x { rect.right() } else { rect.bottom() };
        let from = low(rect) - self.most;
        let first = self.sorted.partition_point(|s| low(&s.0) < from);
        let near = self.sorted[first..].iter().take_while(move |s| low(&s.0) < high);
        near.filter(|s| s.0.overlaps(rect))
    }
}

/// All that lines cover.
struct Covered {
    level: Stretches,
    upright: Stretches,
    heads: Stretches,
}

impl Covered {
    /// All that overlap `rect`, with the links they belong to.
    fn over<'a>(&'a self, rect: &'a Rect) -> impl Iterator<Item = &'a (Rect, usize)> + 'a {
        self.level.over(rect).chain(self.upright.over(rect)).chain(self.heads.over(rect))
    }
}

/// Width of the badge of a price, its round ends included.
pub(super) fn badge_width(price: &str, size: f64) -> f64 {
    text::width(price, size, true) + size
}

/// What the disc of a line shows: its number, and its price where it has one.
pub(super) fn with_price(number: &str, price: &str) -> String {
    if price.is_empty() { number.to_owned() } else { format!("{number} · {price}") }
}

/// Height of a line of words with its plate.
pub(super) fn height(size: f64) -> f64 {
    size * (ASCENT + DESCENT)
}

/// Size of a number's disc.
pub(super) fn disc(size: f64, digits: usize) -> (f64, f64) {
    let h = size * 1.12;
    ((size * 0.6 * real(digits) + 4.4).max(h), h)
}

/// Places the labels of all lines; `sayings[i]` belongs to `field.lines[i]`.
pub(super) fn place(field: &Field<'_>, sayings: &[Option<Saying>]) -> Vec<Label> {
    let covered = covered(field);
    let spoken = |l: usize| sayings[l].as_ref();
    let wanted: Vec<usize> = (0..sayings.len()).filter(|&l| sayings[l].is_some()).collect();
    let vital: Vec<bool> =
        sayings.iter().map(|s| s.as_ref().is_some_and(|s| s.vital || !field.sparse && !s.is_repeated)).collect();
    let mut choices: Vec<Vec<Candidate>> = vec![Vec::new(); sayings.len()];
    for &l in &wanted {
        let forms = spoken(l).into_iter().flat_map(|s| &s.forms).enumerate();
        for (f, form) in forms.filter(|(_, form)| form.whole || field.sparse) {
            let above =
                if spoken(l).is_some_and(|saying| saying.price > 0) && form.lines.len() > 1 { ABOVE } else { 0.0 };
            let size = (form.width, height(field.size) * real(form.lines.len()) + above);
            choices[l].extend(places(field, &covered, Piece { link: l, size, form: f, tight: false }));
        }
        choices[l].sort_by(|a, b| a.cost.total_cmp(&b.cost));
    }
    let claims = Claims { field, covered: &covered, wanted: &wanted, vital: &vital, choices: &choices };
    let settled = claims.settle();
    let (mut taken, mut discs) = (Vec::new(), Vec::new());
    // A number of one digit needs less room; whether one is enough is known when all are placed.
    for digits in 1..=3 {
        taken.clone_from(&settled);
        let characters = |l: usize| {
            let rank = spoken(l).map(|saying| saying.rank).filter(|rank| *rank > 0);
            rank.unwrap_or(digits) + spoken(l).map_or(0, |saying| saying.price)
        };
        let size = |l: usize| disc(field.size, characters(l));
        discs = claims.numbers(&mut taken, size);
        if discs.iter().flatten().count() < 10usize.pow(digits as u32) {
            break;
        }
    }
    (0..sayings.len())
        .map(|l| match (spoken(l), taken[l], &discs[l]) {
            (None, ..) => Label::None,
            (Some(saying), Some(c), _) => {
                let chosen = &choices[l][c];
                let form = &saying.forms[chosen.form];
                Label::Words(form.lines.clone(), chosen.rect, form.whole)
            }
            (_, None, Some(rect)) => Label::Number(*rect),
            (Some(_), None, None) => {
                if vital[l] {
                    Label::Lost
                } else {
                    Label::Unsaid
                }
            }
        })
        .collect()
}

/// The ways to write a label: on one line, and on two where it is long; those it comes in, if they are short enough.
fn forms(words: &str, folded: Option<&[String; 2]>, size: f64, whole: bool) -> Vec<Form> {
    let form = |lines: Vec<String>| {
        let width = lines.iter().map(|s| text::width(s, size, false)).fold(0.0, f64::max) + 2.0 * PATCH;
        Form { lines, width, whole }
    };
    let width = text::width(words, size, false);
    let mut forms = Vec::new();
    if width <= LONGEST {
        forms.push(form(vec![words.to_owned()]));
    }
    // Broken as its writer did, if that is even enough.
    let two = folded.map(|lines| form(lines.to_vec())).filter(|f| f.width - 2.0 * PATCH <= BROKEN.min(0.85 * width));
    if width > FOLD
        && let Some(two) = two
    {
        forms.push(two);
    } else if width > FOLD && width <= 2.0 * LONGEST {
        let mut room = width / 2.0;
        while room < width {
            let two = text::wrap(words, size, false, room, 3);
            if two.len() == 2 && two.join(" ").len() == words.len() {
                forms.push(form(two));
                break;
            }
            room += 4.0;
        }
    }
    forms
}

fn covered(field: &Field<'_>) -> Covered {
    let (mut level, mut upright, mut heads) = (Vec::new(), Vec::new(), Vec::new());
    for (link, points) in field.lines.iter().enumerate() {
        let last = points.len().saturating_sub(2);
        for (k, p) in points.windows(2).enumerate() {
            let rect = Rect {
                x: p[0].x.min(p[1].x),
                y: p[0].y.min(p[1].y),
                w: (p[0].x - p[1].x).abs(),
                h: (p[0].y - p[1].y).abs(),
            };
            let thick = rect.grown(field.widths[link] / 2.0 + CLEAR);
            if rect.h > rect.w {
                upright.push((thick, link));
            } else {
                level.push((thick, link));
            }
            if k == last {
                // The arrowhead is wider than the line.
                let end = p[1];
                let (dx, dy) = ((p[0].x - end.x).clamp(-HEAD, HEAD), (p[0].y - end.y).clamp(-HEAD, HEAD));
                let head = Rect { x: end.x.min(end.x + dx), y: end.y.min(end.y + dy), w: dx.abs(), h: dy.abs() };
                heads.push((head.grown(2.0 + 0.55 * field.widths[link] + CLEAR), link));
            }
        }
    }
    Covered {
        level: Stretches::new(false, level),
        upright: Stretches::new(true, upright),
        heads: Stretches::new(true, heads),
    }
}

/// Words or a number to be put somewhere along a line.
#[derive(Clone, Copy)]
struct Piece {
    link: usize,
    size: (f64, f64),
    /// Which of the ways to write a label it is.
    form: usize,
    /// Whether it keeps less room at its ends.
    tight: bool,
}

/// Every free place of a piece along its line, and what speaks against it.
fn places(field: &Field<'_>, covered: &Covered, piece: Piece) -> Vec<Candidate> {
    let Piece { link, size, form, tight } = piece;
    let mut out = Vec::new();
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
        let aside = size.0 / 2.0 + field.widths[link] / 2.0 + 1.2;
        let near = Near::new(field, covered, band(p, size, if level { 0.0 } else { aside }));
        let count = ((free / 6.0).floor() as usize).min(48);
        for i in 0..=count {
            let share = if count == 0 { 0.5 } else { real(i) / real(count) };
            let d = (lead + along / 2.0 + free * share) / length;
            let (x, y) = (p[0].x + (p[1].x - p[0].x) * d, p[0].y + (p[1].y - p[0].y) * d);
            let cost = (share - 0.5).abs() * 0.6 + real(form) * 0.7 + if level { 0.0 } else { 0.8 };
            let shifts: &[(f64, f64)] = if level { &[(0.0, 0.0)] } else { &[(0.0, 0.0), (1.0, 0.5), (-1.0, 0.5)] };
            for &(dx, more) in shifts {
                let rect = Rect { x: x - size.0 / 2.0 + dx * aside, y: y - size.1 / 2.0, w: size.0, h: size.1 };
                if let Some(extra) = near.fit(link, &rect, !level && dx != 0.0) {
                    out.push(Candidate { rect, form, cost: cost + more + extra });
                }
            }
        }
    }
    out
}

/// All that a piece of a size touches wherever it stands along a stretch, or so far beside it, and a little more.
fn band(stretch: &[Point], size: (f64, f64), aside: f64) -> Rect {
    let (from, to) = (stretch[0], stretch[1]);
    let (x, y) = (from.x.min(to.x) - size.0 / 2.0 - aside, from.y.min(to.y) - size.1 / 2.0);
    let (w, h) = ((from.x - to.x).abs() + size.0 + 2.0 * aside, (from.y - to.y).abs() + size.1);
    Rect { x, y, w, h }.grown(DOUBT + 1.0)
}

/// Beside its line a label must not be taken for that of a line on its other side, which is at least so far away.
const DOUBT: f64 = 3.0;

/// What is near a stretch of a line: all places along it are compared with that alone.
struct Near<'a> {
    area: Rect,
    lines: Vec<(Rect, usize)>,
    solid: Vec<Rect>,
    frames: Vec<&'a Rect>,
}

impl<'a> Near<'a> {
    fn new(field: &Field<'a>, covered: &Covered, band: Rect) -> Near<'a> {
        let solid = field.solid.iter().filter(|b| b.overlaps(&band)).copied().collect();
        let frames = field.frames.iter().filter(|f| f.overlaps(&band)).collect();
        Near { area: field.area, lines: covered.over(&band).copied().collect(), solid, frames }
    }

    /// `None` where the rectangle is not free; else what speaks against it.
    fn fit(&self, link: usize, rect: &Rect, beside: bool) -> Option<f64> {
        if !self.area.contains(rect) {
            return None;
        }
        let mut own = 0;
        for (_, o) in self.lines.iter().filter(|(line, _)| line.overlaps(rect)) {
            if *o != link {
                return None;
            }
            own += 1;
        }
        if self.solid.iter().any(|b| b.overlaps(rect)) {
            return None;
        }
        let bent = if beside { own } else { own - 1 };
        let around = rect.grown(DOUBT);
        let doubt = beside && self.lines.iter().any(|(line, o)| *o != link && line.overlaps(&around));
        let on_border = self.frames.iter().filter(|f| f.overlaps(rect) && !f.grown(-0.5).contains(rect)).count();
        Some(f64::from(bent.max(0)) * 2.5 + real(on_border) * 0.7 + if doubt { 2.0 } else { 0.0 })
    }
}

/// All labels with their places to choose from.
struct Claims<'a> {
    field: &'a Field<'a>,
    covered: &'a Covered,
    /// The lines that have something to say.
    wanted: &'a [usize],
    /// Of each line, whether it gets a number where its words find no room.
    vital: &'a [bool],
    /// Of each line, its places, the best first.
    choices: &'a [Vec<Candidate>],
}

impl<'a> Claims<'a> {
    /// The choice of each label, as far as there is one that overlaps no other's.
    fn settle(&self) -> Vec<Option<usize>> {
        let Claims { wanted, vital, choices, .. } = *self;
        let mut taken: Vec<Option<usize>> = vec![None; choices.len()];
        let mut order = wanted.to_vec();
        order.sort_by_key(|&l| (!vital[l], choices[l].len(), l));
        for &l in &order {
            taken[l] = self.free_choice(l, &taken, None);
        }
        // Twice over those left out: push one other label to another place.
        for _ in 0..2 {
            for &l in &order {
                if taken[l].is_none() {
                    self.push_one(l, &mut taken);
                }
            }
        }
        // Better places may have come free.
        for &l in &order {
            if taken[l].is_some() {
                taken[l] = None;
                taken[l] = self.free_choice(l, &taken, None);
            }
        }
        taken
    }

    /// The first choice of a label that overlaps no other's, nor `avoid`.
    fn free_choice(&self, l: usize, taken: &[Option<usize>], avoid: Option<&Rect>) -> Option<usize> {
        let choices = self.choices;
        (0..choices[l].len()).find(|&c| {
            let rect = &choices[l][c].rect;
            avoid.is_none_or(|a| !a.overlaps(rect)) && self.rivals(rect, l, taken).next().is_none()
        })
    }

    /// Labels that now stand where `rect` would.
    fn rivals(&self, rect: &Rect, l: usize, taken: &'a [Option<usize>]) -> impl Iterator<Item = usize> + use<'a> {
        let Claims { wanted, choices, .. } = *self;
        let near = rect.grown(0.8);
        wanted.iter().copied().filter(move |&o| o != l && taken[o].is_some_and(|c| choices[o][c].rect.overlaps(&near)))
    }

    /// Gives a label a place by moving one other to a free one.
    fn push_one(&self, l: usize, taken: &mut [Option<usize>]) {
        let choices = self.choices;
        for (c, rect) in choices[l].iter().map(|choice| choice.rect).enumerate() {
            let mut others = self.rivals(&rect, l, taken);
            let (first, second) = (others.next(), others.next());
            drop(others);
            match (first, second) {
                (None, _) => {
                    taken[l] = Some(c);
                    return;
                }
                (Some(o), None) => {
                    let near = rect.grown(0.8);
                    if let Some(other) = self.free_choice(o, taken, Some(&near)) {
                        taken[o] = Some(other);
                        taken[l] = Some(c);
                        return;
                    }
                }
                _ => {}
            }
        }
    }

    /// Discs for vital labels without words; where none is free, the fewest words give way.
    fn numbers(&self, taken: &mut [Option<usize>], size: impl Fn(usize) -> (f64, f64)) -> Vec<Option<Rect>> {
        let Claims { field, covered, wanted, vital, choices } = *self;
        let mut discs: Vec<Option<Rect>> = vec![None; choices.len()];
        let mut queue: Vec<usize> = wanted.iter().copied().filter(|&l| vital[l] && taken[l].is_none()).collect();
        let mut at = 0;
        while let Some(&l) = queue.get(at) {
            at += 1;
            let mut spots = places(field, covered, Piece { link: l, size: size(l), form: 0, tight: true });
            spots.sort_by(|a, b| a.cost.total_cmp(&b.cost));
            let on_disc =
                |rect: &Rect, discs: &[Option<Rect>]| discs.iter().flatten().any(|d| d.overlaps(&rect.grown(0.8)));
            // Words that may be left unsaid weigh less than words that then need a number too.
            let weight =
                |rect: &Rect| -> usize { self.rivals(rect, l, taken).map(|o| if vital[o] { 3 } else { 1 }).sum() };
            let best = spots
                .iter()
                .filter(|s| !on_disc(&s.rect, &discs))
                .map(|s| (weight(&s.rect), s.rect))
                .min_by_key(|(n, _)| *n);
            if let Some((_, rect)) = best {
                let evicted: Vec<usize> = self.rivals(&rect, l, taken).collect();
                for o in evicted {
                    taken[o] = None;
                    if vital[o] {
                        queue.push(o);
                    }
                }
                discs[l] = Some(rect);
            }
        }
        // Words that had to give way may find another place.
        for &l in wanted.iter().filter(|&&l| !vital[l]) {
            if taken[l].is_none() {
                let clear = |c: &Candidate| !discs.iter().flatten().any(|d| d.overlaps(&c.rect.grown(0.8)));
                taken[l] = (0..choices[l].len()).find(|&c| {
                    let candidate = &choices[l][c];
                    clear(candidate) && self.rivals(&candidate.rect, l, taken).next().is_none()
                });
            }
        }
        discs
    }
}
