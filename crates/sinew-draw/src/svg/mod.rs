//! Scene to SVG: real text, every word escaped, every shape with the id of what it stands for.

mod shapes;
mod write;

use std::fmt::Write as _;

use crate::direction::kept_in_place;
use crate::scene::{
    Anchor, BoxShape, FrameShape, Ink, Line, Owner, Paint, Panel, Plate, Rect, Sample, Scene, Stroke, Text,
};
use crate::text::own_width;
use crate::theme::{Shade, Theme, hex};
use crate::{EdgeEmphasis, Emphasis, Mark, Role};
pub use write::escape;
use write::{num, place};

/// The scene as one SVG document of 960 by 540 points. Same scene and theme, same bytes.
///
/// Elements carry `data-node`, `data-cluster`, `data-edge` (the first of the edges that a line
/// stands for) and `data-edges` (all of them, a JSON array), so that a page can find them, and
/// words say with `data-of-node` or `data-of-edge` whose they are; tooltips are `<title>` elements.
#[must_use]
pub fn svg(scene: &Scene, theme: &Theme) -> String {
    drawn(scene, theme, text)
}

/// As [`svg`], and words say how long they are in the embedded font (`textLength`), so that another font can neither cut
/// them nor let them run into what stands beside them.
#[must_use]
pub fn svg_in_any_font(scene: &Scene, theme: &Theme) -> String {
    drawn(scene, theme, |out, t, theme| text_as(out, t, theme, &length(t)))
}

fn drawn(scene: &Scene, theme: &Theme, text: impl Fn(&mut String, &Text, &Theme)) -> String {
    let mut out = String::with_capacity(64 * 1024);
    let (w, h) = (scene.width, scene.height);
    let _ = write!(
        out,
        "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{w}\" height=\"{h}\" viewBox=\"0 0 {w} {h}\" role=\"img\" aria-label=\"{}\" font-family=\"{}\">\n<title>{}</title>\n<desc>{}</desc>\n",
        escape(&scene.alt),
        escape(&theme.font_family),
        escape(&scene.title),
        escape(&scene.alt),
    );
    let _ = writeln!(out, "<rect width=\"{w}\" height=\"{h}\" fill=\"{}\"/>", hex(theme.background));
    scene.panels.iter().for_each(|p| panel(&mut out, p, theme));
    scene.frames.iter().for_each(|f| frame(&mut out, f, theme));
    scene.lines.iter().for_each(|l| line(&mut out, l, theme));
    scene.boxes.iter().for_each(|b| node(&mut out, b, theme));
    scene.samples.iter().for_each(|s| sample(&mut out, s, theme));
    scene.texts.iter().for_each(|t| text(&mut out, t, theme));
    out.push_str("</svg>\n");
    out
}

fn panel(out: &mut String, p: &Panel, theme: &Theme) {
    let corner = if p.paint == Paint::Ground { 4 } else { 0 };
    let _ = writeln!(out, "<rect {} rx=\"{corner}\" fill=\"{}\"/>", place(&p.rect), hex(theme.of_panel(p.paint)));
}

fn frame(out: &mut String, f: &FrameShape, theme: &Theme) {
    let _ = writeln!(
        out,
        "<g data-cluster=\"{}\"><title>{}</title><rect {} rx=\"6\" fill=\"{}\" stroke=\"{}\" stroke-width=\"0.8\"/></g>",
        escape(&f.id),
        escape(&f.name),
        place(&f.rect),
        hex(theme.frame_fill),
        hex(theme.frame_stroke)
    );
}

fn line(out: &mut String, l: &Line, theme: &Theme) {
    let ids: Vec<String> = l.edges.iter().map(|e| json_string(e)).collect();
    let _ = write!(
        out,
        "<g data-edge=\"{}\" data-edges=\"[{}]\" data-from=\"{}\" data-to=\"{}\">",
        escape(&l.id),
        escape(&ids.join(",")),
        escape(&l.from),
        escape(&l.to)
    );
    tooltip(out, &l.tooltip);
    shapes::line(out, &l.points, l.stroke(), theme);
    out.push_str("</g>\n");
}

fn node(out: &mut String, b: &BoxShape, theme: &Theme) {
    let _ = write!(out, "<g data-node=\"{}\" role=\"img\" aria-label=\"{}\">", escape(&b.id), escape(&b.name));
    tooltip(out, if b.tooltip.is_empty() { &b.name } else { &b.tooltip });
    shapes::outline(out, &b.rect, b.role, b.emphasis, theme);
    if let Some(icon) = &b.icon {
        shapes::icon(out, icon, b.role, theme.of_box(b.role, b.emphasis).stroke);
    }
    out.push_str("</g>\n");
}

fn sample(out: &mut String, s: &Sample, theme: &Theme) {
    let r = s.rect;
    let flow = |out: &mut String, style, emphasis, width: f64| {
        let y = r.y + r.h / 2.0;
        let points = [crate::scene::Point { x: r.x, y }, crate::scene::Point { x: r.right(), y }];
        shapes::line(out, &points, Stroke { style, emphasis, width }, theme);
    };
    match s.mark {
        Mark::Role(role) => {
            shapes::outline(out, &r, role, Emphasis::Normal, theme);
            if has_icon(role) {
                let side = r.h - 4.0;
                let icon = Rect { x: r.center().x - side / 2.0, y: r.y + 2.0, w: side, h: side };
                shapes::icon(out, &icon, role, theme.of_box(role, Emphasis::Normal).stroke);
            }
        }
        Mark::Emphasis(emphasis) => shapes::outline(out, &r, Role::System, emphasis, theme),
        Mark::Style(_) | Mark::EdgeEmphasis(_) => flow(out, s.line, s.emphasis, 1.3),
        Mark::Weight => flow(out, s.line, EdgeEmphasis::Normal, 2.8),
        Mark::Key | Mark::Guess => {}
    }
    out.push('\n');
}

/// Whether boxes of `role` carry an icon.
#[must_use]
pub fn has_icon(role: Role) -> bool {
    !matches!(role, Role::System | Role::Domain | Role::Step | Role::Work | Role::Duty | Role::Check)
}

/// The attributes that hold a text to its length; none for a letter or two, and for words that the font cannot measure.
fn length(t: &Text) -> String {
    match own_width(&t.text, t.size, t.bold) {
        Some(wide) if t.text.chars().nth(2).is_some() => {
            format!(" textLength=\"{}\" lengthAdjust=\"spacingAndGlyphs\"", num(wide))
        }
        _ => String::new(),
    }
}

fn text(out: &mut String, t: &Text, theme: &Theme) {
    text_as(out, t, theme, "");
}

fn text_as(out: &mut String, t: &Text, theme: &Theme, length: &str) {
    let color = ink(t.ink, theme);
    let owner = match &t.owner {
        Owner::Node(id) | Owner::Beside(id) => format!(" data-of-node=\"{}\"", escape(id)),
        Owner::Edge(id) | Owner::Key(id) => format!(" data-of-edge=\"{}\"", escape(id)),
        _ => String::new(),
    };
    match t.plate {
        Plate::None => {}
        Plate::Patch | Plate::FramePatch => {
            let ground = if t.plate == Plate::Patch { theme.background } else { theme.frame_fill };
            let _ = write!(
                out,
                "<rect {} rx=\"2\" fill=\"{}\" fill-opacity=\"0.92\"{owner}/>",
                place(&t.rect),
                hex(ground)
            );
        }
        Plate::Disc => {
            let Some(fill) = disc(t.ink, theme) else { return };
            let _ =
                write!(out, "<rect {} rx=\"{}\" fill=\"{}\"{owner}/>", place(&t.rect), num(t.rect.h / 2.0), hex(fill));
        }
    }
    let anchor = match t.anchor {
        Anchor::Start => "start",
        Anchor::Middle => "middle",
        Anchor::End => "end",
    };
    let weight = if t.bold { " font-weight=\"700\"" } else { "" };
    let _ = writeln!(
        out,
        "<text x=\"{}\" y=\"{}\" font-size=\"{}\"{weight} text-anchor=\"{anchor}\" fill=\"{}\"{length}{owner}>{}</text>",
        num(t.at.x),
        num(t.at.y),
        num(t.size),
        hex(color),
        escape(&kept_in_place(&t.text))
    );
}

/// The color a text is drawn in.
#[must_use]
pub fn ink<C: Shade>(ink: Ink, theme: &Theme<C>) -> C {
    match ink {
        Ink::Strong => theme.strong,
        Ink::Muted => theme.muted,
        Ink::Node(role, emphasis) => theme.of_box(role, emphasis).text,
        Ink::Caption(role, emphasis) => theme.of_box(role, emphasis).caption,
        Ink::Edge(style, emphasis) => theme.of_label(style, emphasis),
        Ink::Number(..) | Ink::Price(_) => theme.background,
    }
}

/// The color of the disc that words of `ink` stand on; `None` for words that stand on none.
#[must_use]
pub fn disc<C: Shade>(ink: Ink, theme: &Theme<C>) -> Option<C> {
    match ink {
        Ink::Number(style, emphasis) => Some(theme.of_label(style, emphasis)),
        Ink::Price(Emphasis::Ringed | Emphasis::RingedDashed | Emphasis::Lost) => Some(theme.ring),
        Ink::Price(_) => Some(theme.strong),
        _ => None,
    }
}

fn tooltip(out: &mut String, words: &str) {
    if !words.is_empty() {
        let _ = write!(out, "<title>{}</title>", escape(words));
    }
}

/// A JSON string literal.
fn json_string(text: &str) -> String {
    let mut out = String::from("\"");
    for c in text.chars() {
        match c {
            '"' => out.push_str("\\\""),
            '\\' => out.push_str("\\\\"),
            c if (u32::from(c)) < 0x20 => {
                let _ = write!(out, "\\u{:04x}", u32::from(c));
            }
            c => out.push(c),
        }
    }
    out.push('"');
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_say_how_long_they_are_unless_the_font_cannot_tell() {
        let nodes = ["Lead tracker", "顧客関係管理", "שלום עולם"];
        let nodes = nodes.map(|name| crate::Node { id: name.into(), name: name.into(), ..crate::Node::default() });
        let scene = crate::layout::layout(&crate::Diagram { nodes: nodes.into(), ..crate::Diagram::default() });
        let held = svg_in_any_font(&scene[0], &Theme::light());
        let text = |name: &str| held.lines().find(|line| line.contains(&format!(">{name}</text>"))).unwrap().to_owned();
        assert!(text("Lead tracker").contains(" textLength=\""), "{}", text("Lead tracker"));
        assert!(!text("顧客関係管理").contains("textLength") && !text("שלום עולם").contains("textLength"));
        let of = |t: &&Text| t.text == "Lead tracker";
        let wide = scene[0].texts.iter().find(of).and_then(|t| own_width(&t.text, t.size, t.bold)).unwrap();
        assert!(text("Lead tracker").contains(&format!("\"{}\"", num(wide))));
        assert!(!svg(&scene[0], &Theme::light()).contains("textLength"));
    }

    #[test]
    fn ids_stand_in_lists_as_json() {
        assert_eq!(json_string("a\"b\\\n"), "\"a\\\"b\\\\\\u000a\"");
    }
}
