//! Lines as connectors glued to the boxes they join.
//!
//! Straight lines are glued connectors as they are. For bent ones PowerPoint gets a glued connector
//! whose bends are adjusted to run exactly where the scene says, and everyone else gets a freeform of
//! the same course (`mc:AlternateContent`): LibreOffice before 24.2 routes glued connectors anew and
//! ignores where they bend. `docs/formats/pptx.md` has the evidence.

use super::xml::{emu, words};
use crate::scene::Point;

/// The end of a connector: shape and connection site.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Glue {
    /// Id of the shape on its slide.
    pub(super) shape: u32,
    /// Number of its connection site.
    pub(super) site: usize,
}

/// What is written of a line besides its course.
pub(super) struct Look<'a> {
    pub(super) name: &'a str,
    pub(super) description: &'a str,
    pub(super) outline: &'a str,
}

/// Least distance in points that Office bends are measured on; between ends nearer than that a bend
/// cannot be told in shares of their distance.
const LEAST: f64 = 0.04;

/// The line along `points`, or nothing for fewer than two. `ids` are two free shape ids, the second
/// for the freeform.
pub(super) fn connector(points: &[Point], ids: [u32; 2], ends: [Option<Glue>; 2], look: &Look<'_>) -> String {
    let points = course(points);
    if points.len() < 2 {
        return String::new();
    }
    let bends = points.len() - 2;
    let glued = (bends <= 4).then(|| glued(&points, ids[0], ends, look));
    match glued {
        Some(glued) if bends == 0 => glued,
        Some(glued) => format!(
            "<mc:AlternateContent><mc:Choice Requires=\"a16\">{glued}</mc:Choice><mc:Fallback>{}</mc:Fallback>\
             </mc:AlternateContent>",
            freeform(&points, ids[1], look)
        ),
        None => freeform(&points, ids[1], look),
    }
}

/// The corners without those that lie on a straight stretch.
fn course(points: &[Point]) -> Vec<Point> {
    let mut out: Vec<Point> = Vec::with_capacity(points.len());
    for p in points {
        if out.last().is_some_and(|q| (q.x - p.x).abs() + (q.y - p.y).abs() < 1e-6) {
            continue;
        }
        if let [.., a, b] = out.as_slice() {
            let level = |p: &Point, q: &Point| (p.y - q.y).abs() < 1e-6;
            if level(a, b) == level(b, p) {
                out.pop();
            }
        }
        out.push(*p);
    }
    out
}

/// A `p:cxnSp` of the preset with as many bends as the course has, at most four.
fn glued(points: &[Point], id: u32, ends: [Option<Glue>; 2], look: &Look<'_>) -> String {
    let (first, last) = (points[0], points[points.len() - 1]);
    let level = (points[0].y - points[1].y).abs() < 1e-6;
    let bends = points.len() - 2;
    let preset = match bends {
        0 => "straightConnector1".to_owned(),
        bends => format!("bentConnector{}", bends + 1),
    };
    let (dx, dy) = (last.x - first.x, last.y - first.y);
    let (mut w, mut h) = (dx.abs(), dy.abs());
    // Office's bent connectors set out level; one that sets out upright is turned by a quarter.
    let turned = bends > 0 && !level;
    if turned {
        std::mem::swap(&mut w, &mut h);
    }
    if bends > 1 {
        w = w.max(LEAST);
        h = h.max(LEAST);
    }
    let (turn, flip_h, flip_v) = match (turned, dx < 0.0, dy < 0.0) {
        (false, left, up) => (0, left, up),
        (true, true, false) => (5_400_000, false, false),
        (true, false, false) => (16_200_000, true, false),
        (true, false, true) => (5_400_000, true, true),
        (true, true, true) => (16_200_000, false, true),
    };
    let mut adjust = String::new();
    for (bend, p) in points.iter().enumerate().take(bends).skip(1) {
        // Bends are told in turn along and across, in shares of the way from end to end.
        let along = (bend % 2 == 1) == level;
        let share = if along { away(p.x - first.x, dx) } else { away(p.y - first.y, dy) };
        adjust.push_str(&format!("<a:gd name=\"adj{bend}\" fmla=\"val {share}\"/>"));
    }
    let (cx, cy) = ((first.x + last.x) / 2.0, (first.y + last.y) / 2.0);
    let attribute = |on: bool, text: &str| if on { text.to_owned() } else { String::new() };
    let glue = |tag: &str, end: Option<Glue>| {
        end.map_or(String::new(), |e| format!("<a:{tag} id=\"{}\" idx=\"{}\"/>", e.shape, e.site))
    };
    format!(
        "<p:cxnSp><p:nvCxnSpPr><p:cNvPr id=\"{id}\" name=\"{}\" descr=\"{}\"/><p:cNvCxnSpPr>{}{}</p:cNvCxnSpPr><p:nvPr/>\
         </p:nvCxnSpPr><p:spPr><a:xfrm{}{}{}><a:off x=\"{}\" y=\"{}\"/><a:ext cx=\"{}\" cy=\"{}\"/></a:xfrm>\
         <a:prstGeom prst=\"{preset}\"><a:avLst>{adjust}</a:avLst></a:prstGeom>{}</p:spPr></p:cxnSp>",
        words(look.name),
        words(look.description),
        glue("stCxn", ends[0]),
        glue("endCxn", ends[1]),
        attribute(turn != 0, &format!(" rot=\"{turn}\"")),
        attribute(flip_h, " flipH=\"1\""),
        attribute(flip_v, " flipV=\"1\""),
        emu(cx - w / 2.0),
        emu(cy - h / 2.0),
        emu(w),
        emu(h),
        look.outline,
    )
}

/// `part` in hundred thousandths of `whole`, which has at least the least distance and keeps its sign.
fn away(part: f64, whole: f64) -> i64 {
    let whole = if whole.abs() < LEAST { LEAST.copysign(if whole < 0.0 { -1.0 } else { 1.0 }) } else { whole };
    (part / whole * 100_000.0).round().clamp(-2_000_000_000.0, 2_000_000_000.0) as i64
}

/// A shape that is an open path: drawn exactly by everyone, glued to nothing.
fn freeform(points: &[Point], id: u32, look: &Look<'_>) -> String {
    let x = |all: fn(f64, f64) -> f64| points.iter().map(|p| p.x).reduce(all).unwrap_or(0.0);
    let y = |all: fn(f64, f64) -> f64| points.iter().map(|p| p.y).reduce(all).unwrap_or(0.0);
    let (left, top) = (x(f64::min), y(f64::min));
    let (w, h) = (x(f64::max) - left, y(f64::max) - top);
    let mut path = String::new();
    for (at, p) in points.iter().enumerate() {
        let tag = if at == 0 { "moveTo" } else { "lnTo" };
        path.push_str(&format!(
            "<a:{tag}><a:pt x=\"{}\" y=\"{}\"/></a:{tag}>",
            emu(p.x) - emu(left),
            emu(p.y) - emu(top)
        ));
    }
    format!(
        "<p:sp><p:nvSpPr><p:cNvPr id=\"{id}\" name=\"{}\" descr=\"{}\"/><p:cNvSpPr/><p:nvPr/></p:nvSpPr><p:spPr><a:xfrm>\
         <a:off x=\"{}\" y=\"{}\"/><a:ext cx=\"{}\" cy=\"{}\"/></a:xfrm><a:custGeom><a:avLst/><a:gdLst/><a:ahLst/><a:cxnLst/>\
         <a:rect l=\"0\" t=\"0\" r=\"r\" b=\"b\"/><a:pathLst><a:path w=\"{}\" h=\"{}\" fill=\"none\">{path}</a:path></a:pathLst>\
         </a:custGeom><a:noFill/>{}</p:spPr></p:sp>",
        words(look.name),
        words(look.description),
        emu(left),
        emu(top),
        emu(w),
        emu(h),
        emu(w),
        emu(h),
        look.outline,
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::deck::preset::course_of;

    /// Runs along x and y in turn, `first` telling which begins.
    fn walk(level: bool, steps: &[f64]) -> Vec<Point> {
        let mut at = Point { x: 300.0, y: 200.0 };
        let mut out = vec![at];
        for (i, step) in steps.iter().enumerate() {
            if (i % 2 == 0) == level {
                at.x += step;
            } else {
                at.y += step;
            }
            out.push(at);
        }
        out
    }

    #[test]
    fn presets_run_where_the_scene_says() {
        let lengths = [-70.0, -12.5, 9.0, 64.0];
        let mut checked = 0;
        for level in [true, false] {
            for count in 1..=5_u32 {
                for code in 0..4_usize.pow(count) {
                    let steps: Vec<f64> = (0..count).map(|i| lengths[code / 4_usize.pow(i) % 4]).collect();
                    let points = walk(level, &steps);
                    let look = Look { name: "", description: "", outline: "" };
                    let written = glued(&points, 2, [None, None], &look);
                    let drawn = course_of(&written);
                    assert_eq!(drawn.len(), points.len(), "{written}");
                    for (p, q) in points.iter().zip(&drawn) {
                        let off = (p.x - q.x).abs().max((p.y - q.y).abs());
                        assert!(off < 0.06, "{points:?} is drawn {drawn:?}: {written}");
                    }
                    checked += 1;
                }
            }
        }
        assert_eq!(checked, 2 * (4 + 16 + 64 + 256 + 1024));
    }

    #[test]
    fn corners_on_a_straight_stretch_do_not_count() {
        let p = |x, y| Point { x, y };
        assert_eq!(course(&[p(0.0, 0.0), p(5.0, 0.0), p(5.0, 0.0), p(9.0, 0.0)]), [p(0.0, 0.0), p(9.0, 0.0)]);
    }
}
