//! The outline of a box as Office geometry: its shape, icon and marks in one shape, with a connection
//! site wherever a line ends.
//!
//! One shape a box, so that whoever moves it moves all of it; sites of its own, so that lines stay
//! spread over its sides where Office would gather them in the middle.

use std::fmt::Write as _;

use super::xml::emu;
use crate::scene::{Point, Rect, Side};
use crate::{Emphasis, Role};

/// A step of a path; coordinates in points from the upper left corner of the box.
enum Step {
    Move(f64, f64),
    Line(f64, f64),
    Cubic([(f64, f64); 3]),
    /// Radii; start and swing in degrees, clockwise.
    Arc(f64, f64, f64, f64),
    Close,
}
use Step::{Arc, Close, Cubic, Line, Move};

/// The custom geometry of a box of `role` at `rect`, its icon at `icon`, with connection sites in the
/// middle of the four sides (numbers of [`Side::site`]) and then at `ports`, in their order.
pub(super) fn geometry(
    rect: &Rect,
    role: Role,
    emphasis: Emphasis,
    icon: Option<&Rect>,
    ports: &[(Side, Point)],
) -> String {
    let (w, h) = (rect.w, rect.h);
    let mut sites = String::new();
    let middles = [
        (Side::Top, Point { x: w / 2.0, y: 0.0 }),
        (Side::Left, Point { x: 0.0, y: h / 2.0 }),
        (Side::Bottom, Point { x: w / 2.0, y: h }),
        (Side::Right, Point { x: w, y: h / 2.0 }),
    ];
    let ports = ports.iter().map(|(side, p)| (*side, Point { x: p.x - rect.x, y: p.y - rect.y }));
    for (side, p) in middles.into_iter().chain(ports) {
        let angle = match side {
            Side::Top => 16_200_000,
            Side::Left => 10_800_000,
            Side::Bottom => 5_400_000,
            Side::Right => 0,
        };
        let _ = write!(sites, "<a:cxn ang=\"{angle}\"><a:pos x=\"{}\" y=\"{}\"/></a:cxn>", emu(p.x), emu(p.y));
    }
    let mut paths = path(&body(w, h, role), w, h, true);
    let mut marks = Vec::new();
    if role == Role::Carrier {
        let c = fold(h);
        marks.extend([Move(w - c, 0.0), Line(w - c, c), Line(w, c)]);
    }
    if matches!(emphasis, Emphasis::Ringed | Emphasis::RingedDashed) {
        marks.extend(rounded(-RING, -RING, w + RING, h + RING, 6.0));
    }
    marks.extend(corner_mark(w, emphasis));
    if let Some(icon) = icon {
        marks.extend(scaled(icon_steps(role), icon, rect));
    }
    if !marks.is_empty() {
        paths.push_str(&path(&marks, w, h, false));
    }
    format!(
        "<a:custGeom><a:avLst/><a:gdLst/><a:ahLst/><a:cxnLst>{sites}</a:cxnLst>\
         <a:rect l=\"0\" t=\"0\" r=\"r\" b=\"b\"/><a:pathLst>{paths}</a:pathLst></a:custGeom>"
    )
}

/// How far the ring of a single point of failure stands off.
const RING: f64 = 2.4;

/// Side of the folded corner.
fn fold(h: f64) -> f64 {
    (h * 0.3).min(8.0)
}

fn body(w: f64, h: f64, role: Role) -> Vec<Step> {
    match role {
        Role::Middleware => {
            let c = (h * 0.22).min(7.0);
            vec![
                Move(c, 0.0),
                Line(w - c, 0.0),
                Line(w, c),
                Line(w, h - c),
                Line(w - c, h),
                Line(c, h),
                Line(0.0, h - c),
                Line(0.0, c),
                Close,
            ]
        }
        Role::Carrier => {
            let c = fold(h);
            vec![Move(0.0, 0.0), Line(w - c, 0.0), Line(w, c), Line(w, h), Line(0.0, h), Close]
        }
        _ => rounded(0.0, 0.0, w, h, f64::min(role.corner(), h / 2.0)).into(),
    }
}

/// A rectangle from corner to corner with rounded corners.
fn rounded(l: f64, t: f64, r: f64, b: f64, radius: f64) -> [Step; 10] {
    let c = radius;
    [
        Move(l, t + c),
        Arc(c, c, 180.0, 90.0),
        Line(r - c, t),
        Arc(c, c, 270.0, 90.0),
        Line(r, b - c),
        Arc(c, c, 0.0, 90.0),
        Line(l + c, b),
        Arc(c, c, 90.0, 90.0),
        Line(l, t + c),
        Close,
    ]
}

/// A cross for what is lost or not met, a plus for what is new, a tick for what is met, a question mark for what is not
/// known, a dash for what cannot be judged, in the upper right corner: as pictures draw them.
fn corner_mark(w: f64, emphasis: Emphasis) -> Vec<Step> {
    let s = 2.2;
    let (x, y) = (w - 5.0, 5.0);
    match emphasis {
        Emphasis::Lost | Emphasis::NotMet => {
            vec![Move(x - s, y - s), Line(x + s, y + s), Move(x - s, y + s), Line(x + s, y - s)]
        }
        Emphasis::New => vec![Move(x - s, y), Line(x + s, y), Move(x, y - s), Line(x, y + s)],
        Emphasis::Met => vec![Move(x - s, y), Line(x - 0.5, y + s), Line(x + s, y - s)],
        Emphasis::NothingToJudge => vec![Move(x - s, y), Line(x + s, y)],
        Emphasis::NotKnown => vec![
            Move(x - s, y - 1.2),
            Cubic([(x - s, y - 4.2), (x + 2.0 * s, y - 2.6), (x, y + 0.4)]),
            Line(x, y + 1.2),
            Move(x, y + 2.2),
            Line(x, y + 3.4),
        ],
        Emphasis::Normal
        | Emphasis::Ringed
        | Emphasis::RingedDashed
        | Emphasis::Point
        | Emphasis::Receded
        | Emphasis::RecededPoint
        | Emphasis::Ghost => Vec::new(),
    }
}

/// The icon of a role on a field of 10 by 10.
fn icon_steps(role: Role) -> Vec<Step> {
    match role {
        Role::SystemOfRecord => vec![
            Move(1.0, 2.2),
            Cubic([(1.0, 0.2), (9.0, 0.2), (9.0, 2.2)]),
            Line(9.0, 7.8),
            Cubic([(9.0, 9.8), (1.0, 9.8), (1.0, 7.8)]),
            Close,
            Move(1.0, 2.2),
            Cubic([(1.0, 4.2), (9.0, 4.2), (9.0, 2.2)]),
            Move(1.0, 5.0),
            Cubic([(1.0, 7.0), (9.0, 7.0), (9.0, 5.0)]),
        ],
        Role::AiTool => vec![
            Move(5.0, 0.5),
            Line(6.2, 3.8),
            Line(9.5, 5.0),
            Line(6.2, 6.2),
            Line(5.0, 9.5),
            Line(3.8, 6.2),
            Line(0.5, 5.0),
            Line(3.8, 3.8),
            Close,
        ],
        Role::Carrier => vec![
            Move(1.0, 1.5),
            Line(9.0, 1.5),
            Line(9.0, 8.5),
            Line(1.0, 8.5),
            Close,
            Move(1.0, 4.0),
            Line(9.0, 4.0),
            Move(1.0, 6.3),
            Line(9.0, 6.3),
            Move(4.0, 1.5),
            Line(4.0, 8.5),
        ],
        Role::Middleware => vec![
            Move(0.8, 3.2),
            Line(8.5, 3.2),
            Move(6.3, 1.0),
            Line(8.5, 3.2),
            Line(6.3, 5.4),
            Move(9.2, 7.0),
            Line(1.5, 7.0),
            Move(3.7, 4.8),
            Line(1.5, 7.0),
            Line(3.7, 9.2),
        ],
        Role::Process => {
            vec![Move(1.0, 1.5), Line(6.0, 1.5), Line(9.0, 5.0), Line(6.0, 8.5), Line(1.0, 8.5), Line(4.0, 5.0), Close]
        }
        Role::Team => vec![
            Move(2.9, 2.9),
            Arc(2.1, 2.1, 180.0, 360.0),
            Close,
            Move(1.0, 9.2),
            Cubic([(1.0, 4.6), (9.0, 4.6), (9.0, 9.2)]),
            Close,
        ],
        Role::System | Role::Domain | Role::Step | Role::Work | Role::Duty | Role::Check => Vec::new(),
    }
}

/// Steps on a field of 10 by 10 brought to `icon`, relative to `rect`.
fn scaled(steps: Vec<Step>, icon: &Rect, rect: &Rect) -> Vec<Step> {
    let k = icon.w / 10.0;
    let at = |x: f64, y: f64| (icon.x - rect.x + x * k, icon.y - rect.y + y * k);
    let one = |step| match step {
        Move(x, y) => Move(at(x, y).0, at(x, y).1),
        Line(x, y) => Line(at(x, y).0, at(x, y).1),
        Cubic(all) => Cubic(all.map(|(x, y)| at(x, y))),
        Arc(w, h, start, swing) => Arc(w * k, h * k, start, swing),
        Close => Close,
    };
    steps.into_iter().map(one).collect()
}

fn path(steps: &[Step], w: f64, h: f64, filled: bool) -> String {
    let fill = if filled { "" } else { " fill=\"none\"" };
    let mut out = format!("<a:path w=\"{}\" h=\"{}\"{fill}>", emu(w), emu(h));
    let point = |(x, y): (f64, f64)| format!("<a:pt x=\"{}\" y=\"{}\"/>", emu(x), emu(y));
    for step in steps {
        let _ = match *step {
            Move(x, y) => write!(out, "<a:moveTo>{}</a:moveTo>", point((x, y))),
            Line(x, y) => write!(out, "<a:lnTo>{}</a:lnTo>", point((x, y))),
            Cubic(all) => write!(out, "<a:cubicBezTo>{}</a:cubicBezTo>", all.map(point).concat()),
            Arc(rx, ry, start, swing) => write!(
                out,
                "<a:arcTo wR=\"{}\" hR=\"{}\" stAng=\"{}\" swAng=\"{}\"/>",
                emu(rx),
                emu(ry),
                (start * 60_000.0) as i64,
                (swing * 60_000.0) as i64
            ),
            Close => write!(out, "<a:close/>"),
        };
    }
    out.push_str("</a:path>");
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_verdict_has_a_mark_of_its_own() {
        let all = [
            Emphasis::Lost,
            Emphasis::New,
            Emphasis::Met,
            Emphasis::NotMet,
            Emphasis::NotKnown,
            Emphasis::NothingToJudge,
        ];
        let drawn = all.map(|emphasis| {
            assert!(emphasis.has_corner_mark());
            path(&corner_mark(80.0, emphasis), 80.0, 30.0, false)
        });
        for (at, one) in drawn.iter().enumerate() {
            assert!(!one.is_empty() && one.contains("moveTo"), "{:?}", all[at]);
            // Lost and not met are one cross: no picture has both.
            let alike = drawn.iter().filter(|other| *other == one).count();
            assert_eq!(
                alike,
                if matches!(all[at], Emphasis::Lost | Emphasis::NotMet) { 2 } else { 1 },
                "{:?}",
                all[at]
            );
        }
        for plain in [Emphasis::Normal, Emphasis::Ringed, Emphasis::RingedDashed, Emphasis::Receded, Emphasis::Ghost] {
            assert!(!plain.has_corner_mark() && corner_mark(80.0, plain).is_empty());
        }
    }
}
