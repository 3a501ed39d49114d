//! Outlines, icons and lines as SVG paths.

use std::fmt::Write as _;

use super::write::{num, place};
use crate::scene::{Point, Rect, Stroke};
use crate::theme::{Color, Theme, dashes, hex};
use crate::{EdgeEmphasis, Emphasis, Role};

/// Radius of the corners of lines.
const BEND: f64 = 3.5;

/// The outline of a box with what is said about it.
pub(super) fn outline(out: &mut String, r: &Rect, role: Role, emphasis: Emphasis, theme: &Theme) {
    let colors = theme.of_box(role, emphasis);
    let (width, dash) = match emphasis {
        Emphasis::Lost => (1.4, " stroke-dasharray=\"4 2.5\""),
        Emphasis::Ghost => (1.0, " stroke-dasharray=\"1.5 2.5\""),
        Emphasis::New => (2.0, ""),
        Emphasis::NotMet => (1.8, ""),
        Emphasis::NotKnown => (1.1, " stroke-dasharray=\"4 2.5\""),
        _ if role == Role::SystemOfRecord => (1.8, ""),
        _ => (1.1, ""),
    };
    let paint =
        format!("fill=\"{}\" stroke=\"{}\" stroke-width=\"{width}\"{dash}", hex(colors.fill), hex(colors.stroke));
    match role {
        Role::Middleware => {
            let c = (r.h * 0.22).min(7.0);
            let _ = write!(
                out,
                "<path d=\"M{} {}H{}L{} {}V{}L{} {}H{}L{} {}V{}Z\" {paint}/>",
                num(r.x + c),
                num(r.y),
                num(r.right() - c),
                num(r.right()),
                num(r.y + c),
                num(r.bottom() - c),
                num(r.right() - c),
                num(r.bottom()),
                num(r.x + c),
                num(r.x),
                num(r.bottom() - c),
                num(r.y + c)
            );
        }
        Role::Carrier => {
            let c = (r.h * 0.3).min(8.0);
            let _ = write!(
                out,
                "<path d=\"M{} {}H{}L{} {}V{}H{}Z\" {paint}/><path d=\"M{} {}V{}H{}\" fill=\"none\" stroke=\"{}\" stroke-width=\"0.8\"/>",
                num(r.x),
                num(r.y),
                num(r.right() - c),
                num(r.right()),
                num(r.y + c),
                num(r.bottom()),
                num(r.x),
                num(r.right() - c),
                num(r.y),
                num(r.y + c),
                num(r.right()),
                hex(colors.stroke)
            );
        }
        _ => {
            let _ = write!(out, "<rect {} rx=\"{}\" {paint}/>", place(r), num(f64::min(role.corner(), r.h / 2.0)));
        }
    }
    if role == Role::Check {
        hatch(out, r, theme);
    }
    match emphasis {
        Emphasis::Ringed | Emphasis::RingedDashed => ring(out, r, emphasis, theme),
        marked if marked.has_corner_mark() => corner_mark(out, r, role, emphasis, colors.stroke),
        _ => {}
    }
}

/// Slanted strokes over a rectangle.
fn hatch(out: &mut String, r: &Rect, theme: &Theme) {
    const STEP: f64 = 4.5;
    let mut d = String::new();
    let mut k = STEP;
    while k < r.w + r.h {
        // From the lower or the right edge up to the upper or the left one.
        let (x0, y0) = if k <= r.w { (r.x + k, r.bottom()) } else { (r.right(), r.bottom() - (k - r.w)) };
        let (x1, y1) = if k <= r.h { (r.x, r.bottom() - k) } else { (r.x + k - r.h, r.y) };
        let _ = write!(d, "M{} {}L{} {}", num(x1), num(y1), num(x0), num(y0));
        k += STEP;
    }
    let _ = write!(out, "<path d=\"{d}\" stroke=\"{}\" stroke-width=\"1.2\" fill=\"none\"/>", hex(theme.hatch()));
}

fn ring(out: &mut String, r: &Rect, emphasis: Emphasis, theme: &Theme) {
    let dash = if emphasis == Emphasis::RingedDashed { " stroke-dasharray=\"3 2\"" } else { "" };
    let _ = write!(
        out,
        "<rect {} rx=\"6\" fill=\"none\" stroke=\"{}\" stroke-width=\"1.6\"{dash}/>",
        place(&r.grown(2.4)),
        hex(theme.ring)
    );
}

/// A cross for what is lost or not met, a plus for what is new, a tick for what is met, a question mark for what is not
/// known, a dash for what cannot be judged, in the upper right corner.
fn corner_mark(out: &mut String, r: &Rect, role: Role, emphasis: Emphasis, color: Color) {
    let s = 2.2;
    // The folded corner of a carrier is there already.
    let x = if role == Role::Carrier { r.x + 5.0 } else { r.right() - 5.0 };
    let y = r.y + 5.0;
    let d = match emphasis {
        Emphasis::Lost | Emphasis::NotMet => format!(
            "M{} {}L{} {}M{} {}L{} {}",
            num(x - s),
            num(y - s),
            num(x + s),
            num(y + s),
            num(x - s),
            num(y + s),
            num(x + s),
            num(y - s)
        ),
        Emphasis::Met => {
            format!("M{} {}L{} {}L{} {}", num(x - s), num(y), num(x - 0.5), num(y + s), num(x + s), num(y - s))
        }
        Emphasis::NothingToJudge => format!("M{} {}H{}", num(x - s), num(y), num(x + s)),
        Emphasis::NotKnown => format!(
            "M{} {}C{} {} {} {} {} {}V{}M{} {}V{}",
            num(x - s),
            num(y - 1.2),
            num(x - s),
            num(y - 4.2),
            num(x + 2.0 * s),
            num(y - 2.6),
            num(x),
            num(y + 0.4),
            num(y + 1.2),
            num(x),
            num(y + 2.2),
            num(y + 3.4)
        ),
        _ => format!("M{} {}H{}M{} {}V{}", num(x - s), num(y), num(x + s), num(x), num(y - s), num(y + s)),
    };
    let _ = write!(out, "<path d=\"{d}\" stroke=\"{}\" stroke-width=\"1.4\" fill=\"none\"/>", hex(color));
}

/// The icon of a role in a square.
pub(super) fn icon(out: &mut String, r: &Rect, role: Role, color: Color) {
    // Drawn on a 10 by 10 field.
    let d = match role {
        Role::SystemOfRecord => {
            "M1 2.2C1 0.2 9 0.2 9 2.2V7.8C9 9.8 1 9.8 1 7.8ZM1 2.2C1 4.2 9 4.2 9 2.2M1 5C1 7 9 7 9 5"
        }
        Role::AiTool => "M5 0.5L6.2 3.8L9.5 5L6.2 6.2L5 9.5L3.8 6.2L0.5 5L3.8 3.8Z",
        Role::Carrier => "M1 1.5H9V8.5H1ZM1 4H9M1 6.3H9M4 1.5V8.5",
        Role::Middleware => "M0.8 3.2H8.5M6.3 1L8.5 3.2L6.3 5.4M9.2 7H1.5M3.7 4.8L1.5 7L3.7 9.2",
        Role::Process => "M1 1.5H6L9 5L6 8.5H1L4 5Z",
        Role::Team => "M5 0.8A2.1 2.1 0 1 1 4.99 0.8ZM1 9.2C1 4.6 9 4.6 9 9.2Z",
        Role::System | Role::Domain | Role::Step | Role::Work | Role::Duty | Role::Check => return,
    };
    let fill = if role == Role::AiTool { hex(color) } else { "none".into() };
    let _ = write!(
        out,
        "<path transform=\"translate({} {}) scale({})\" d=\"{d}\" fill=\"{fill}\" stroke=\"{}\" stroke-width=\"1\" stroke-linejoin=\"round\"/>",
        num(r.x),
        num(r.y),
        num(r.w / 10.0),
        hex(color)
    );
}

/// A line with rounded corners and its arrowhead.
pub(super) fn line(out: &mut String, points: &[Point], stroke: Stroke, theme: &Theme) {
    let Stroke { style, emphasis, width } = stroke;
    let color = theme.of_line(style, emphasis);
    let [.., before, end] = points else { return };
    let width = if emphasis == EdgeEmphasis::Strong { width + 0.7 } else { width };
    let (head, half) = (4.2 + width, 1.9 + 0.55 * width);
    let length = (end.x - before.x).abs() + (end.y - before.y).abs();
    let unit = (
        f64::from((end.x - before.x).partial_cmp(&0.0).map_or(0, |o| o as i8)),
        f64::from((end.y - before.y).partial_cmp(&0.0).map_or(0, |o| o as i8)),
    );
    let head = head.min(length);
    let neck = Point { x: end.x - unit.0 * head, y: end.y - unit.1 * head };
    let mut shaft = points.to_vec();
    if let Some(last) = shaft.last_mut() {
        // Half a point into the head, so that no gap shows.
        *last = Point { x: neck.x + unit.0 * 0.5, y: neck.y + unit.1 * 0.5 };
    }
    let dash: Vec<String> = dashes(style).iter().map(|d| num(d * width.max(1.0) / 1.5)).collect();
    let dash = if dash.is_empty() { String::new() } else { format!(" stroke-dasharray=\"{}\"", dash.join(" ")) };
    let d = path(&shaft);
    // A halo in the background's color lets the upper of two crossing lines pass over visibly.
    let _ = write!(
        out,
        "<path d=\"{d}\" fill=\"none\" stroke=\"{}\" stroke-width=\"{}\" stroke-opacity=\"0.85\"/><path d=\"{d}\" fill=\"none\" stroke=\"{}\" stroke-width=\"{}\"{dash}/>",
        hex(theme.frame_fill),
        num(width + 1.6),
        hex(color),
        num(width)
    );
    let _ = write!(
        out,
        "<path d=\"M{} {}L{} {}L{} {}Z\" fill=\"{}\"/>",
        num(end.x),
        num(end.y),
        num(neck.x - unit.1 * half),
        num(neck.y + unit.0 * half),
        num(neck.x + unit.1 * half),
        num(neck.y - unit.0 * half),
        hex(color)
    );
    if emphasis == EdgeEmphasis::Lost {
        let m = middle(points);
        let s = 3.0;
        let _ = write!(
            out,
            "<path d=\"M{} {}L{} {}M{} {}L{} {}\" stroke=\"{}\" stroke-width=\"1.6\"/>",
            num(m.x - s),
            num(m.y - s),
            num(m.x + s),
            num(m.y + s),
            num(m.x - s),
            num(m.y + s),
            num(m.x + s),
            num(m.y - s),
            hex(color)
        );
    }
}

/// The middle of the first step: where a lost line is crossed out.
fn middle(points: &[Point]) -> Point {
    match points {
        [a, b, ..] => Point { x: (a.x + b.x) / 2.0, y: (a.y + b.y) / 2.0 },
        _ => Point::default(),
    }
}

fn path(points: &[Point]) -> String {
    let mut d = String::new();
    for (i, p) in points.iter().enumerate() {
        if i == 0 {
            let _ = write!(d, "M{} {}", num(p.x), num(p.y));
            continue;
        }
        let before = points[i - 1];
        let Some(after) = points.get(i + 1) else {
            let _ = write!(d, "L{} {}", num(p.x), num(p.y));
            continue;
        };
        let towards = |q: Point| {
            let length = (q.x - p.x).abs() + (q.y - p.y).abs();
            let share = if length > 0.0 { (BEND / length).min(0.5) } else { 0.0 };
            (num(p.x + (q.x - p.x) * share), num(p.y + (q.y - p.y) * share))
        };
        let ((ax, ay), (bx, by)) = (towards(before), towards(*after));
        let _ = write!(d, "L{ax} {ay}Q{} {} {bx} {by}", num(p.x), num(p.y));
    }
    d
}
