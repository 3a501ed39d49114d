//! Roles, styles and emphasis as attributes of Graphviz: a shape, a dash and an arrowhead for each beside its color.

use graphviz_rust::dot_structures::Attribute;

use super::quote::set;
use crate::theme::{Theme, hex};
use crate::{EdgeEmphasis, Emphasis, Role, Style};

/// Fonts of all words, the first that is there: places are made for the first, and the others are no wider.
pub(super) const FONT: &str = "Noto Sans,Liberation Sans,Arial,Helvetica";

/// The look of a box that Graphviz arranges: a shape for each role.
pub(super) fn of_box(theme: &Theme, role: Role, emphasis: Emphasis) -> Vec<Attribute> {
    let (dash, width) = outline(emphasis);
    let corners = if role == Role::System { "filled,rounded" } else { "filled" };
    look(theme, role, emphasis, [shape(role), &format!("{corners},{dash}"), width])
}

/// The look of a box in its place. Lines end at the sides of a rectangle, so every box is one, as on the slide; a system of
/// record has a thicker outline.
pub(super) fn of_placed_box(theme: &Theme, role: Role, emphasis: Emphasis) -> Vec<Attribute> {
    let (dash, width) = outline(emphasis);
    match role {
        Role::Carrier | Role::Middleware => of_box(theme, role, emphasis),
        Role::SystemOfRecord if emphasis == Emphasis::Normal => {
            look(theme, role, emphasis, ["box", &format!("filled,rounded,{dash}"), "2.4"])
        }
        _ => look(theme, role, emphasis, ["box", &format!("filled,rounded,{dash}"), width]),
    }
}

/// Dash and width of an outline.
fn outline(emphasis: Emphasis) -> (&'static str, &'static str) {
    match emphasis {
        Emphasis::RingedDashed | Emphasis::Lost | Emphasis::NotKnown => ("dashed", "1.6"),
        Emphasis::Ghost => ("dotted", "1.2"),
        Emphasis::New | Emphasis::NotMet => ("solid", "2.8"),
        Emphasis::Ringed => ("solid", "1.6"),
        Emphasis::Normal
        | Emphasis::Point
        | Emphasis::Receded
        | Emphasis::RecededPoint
        | Emphasis::Met
        | Emphasis::NothingToJudge => ("solid", "1.2"),
    }
}

fn look(theme: &Theme, role: Role, emphasis: Emphasis, [shape, style, width]: [&str; 3]) -> Vec<Attribute> {
    let colors = theme.of_box(role, emphasis);
    let ring = matches!(emphasis, Emphasis::Ringed | Emphasis::RingedDashed);
    let mut all = vec![
        set("shape", shape),
        set("style", style),
        set("fillcolor", &hex(colors.fill)),
        set("color", &hex(if ring { theme.ring } else { colors.stroke })),
        set("fontcolor", &hex(colors.text)),
        set("penwidth", width),
    ];
    if ring {
        all.push(set("peripheries", "2"));
    }
    all
}

fn shape(role: Role) -> &'static str {
    match role {
        Role::System | Role::Step | Role::Work | Role::Duty | Role::Check => "box",
        Role::SystemOfRecord => "cylinder",
        Role::AiTool => "hexagon",
        Role::Carrier => "note",
        Role::Middleware => "octagon",
        Role::Process => "cds",
        Role::Team => "ellipse",
        Role::Domain => "folder",
    }
}

/// The look of a line; `share` of the largest weight, 0 to 1, makes it thicker.
pub(super) fn of_line(theme: &Theme, style: Style, emphasis: EdgeEmphasis, share: f64) -> Vec<Attribute> {
    let base = match (style, emphasis) {
        (_, EdgeEmphasis::Receded) => 0.8,
        (Style::New, _) => 2.2,
        (_, EdgeEmphasis::Strong) => 2.0,
        _ => 1.3,
    };
    let head = match (style, emphasis) {
        // What is lost does not arrive.
        (_, EdgeEmphasis::Lost) => "tee",
        (Style::Automated | Style::Manual | Style::Need, _) => "normal",
        (Style::Standby | Style::Planned | Style::DependsOn, _) => "onormal",
        (Style::New, _) => "normalnormal",
        (Style::Ghost, _) => "vee",
    };
    let dash = match style {
        Style::Automated | Style::New | Style::Need => "solid",
        Style::Manual | Style::Planned => "dashed",
        Style::Standby | Style::Ghost | Style::DependsOn => "dotted",
    };
    vec![
        set("style", dash),
        set("color", &hex(theme.of_line(style, emphasis))),
        set("fontcolor", &hex(theme.of_label(style, emphasis))),
        set("penwidth", &format!("{:.1}", base + 4.0 * share)),
        set("arrowhead", head),
        // Heads grow with the pen; a thick line needs no larger one.
        set("arrowsize", if share > 0.5 { "0.6" } else { "0.8" }),
    ]
}
