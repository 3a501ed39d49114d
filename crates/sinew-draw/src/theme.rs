//! The theme: the one palette and font of all pictures, as named colors.
//!
//! Lines and fills follow the color-blind-safe set of Okabe and Ito (2008), darkened where text
//! needs it. No two marks differ by color alone: roles have shapes and icons, styles have dashes.

use crate::paint::Paint;
use crate::{EdgeEmphasis, Emphasis, Role, Style};

/// A color, red, green, blue.
pub type Color = [u8; 3];

/// What a theme's colors can be: plain ones, or what a format says instead.
pub trait Shade: Copy {
    /// `share` of the way to `other`, 0 to 1.
    #[must_use]
    fn toward(self, other: Self, share: f64) -> Self;
}

impl Shade for Color {
    fn toward(self, other: Color, share: f64) -> Color {
        mix(self, other, share)
    }
}

/// Fill, outline and text of a box.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct BoxColors<C = Color> {
    /// Color inside the box.
    pub fill: C,
    /// Color of outline and icon.
    pub stroke: C,
    /// Color of the name in the box.
    pub text: C,
    /// Color of the caption under the name.
    pub caption: C,
}

/// Colors and font family; a company's own is a value of this type.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Theme<C = Color> {
    /// Short name, unique among the themes in use.
    pub name: String,
    /// Font families in order of preference, as in CSS. Widths are measured in Noto Sans.
    pub font_family: String,
    /// Color behind everything on a slide.
    pub background: C,
    /// Color inside the frames of clusters.
    pub frame_fill: C,
    /// Color of the outline of frames.
    pub frame_stroke: C,
    /// Titles and other strong text.
    pub strong: C,
    /// Color of subtitles, captions and small print.
    pub muted: C,
    /// Inside of plain boxes.
    pub surface: C,
    /// Outline of plain boxes.
    pub outline: C,
    /// Color of flows that run without a person.
    pub automated: C,
    /// Manual flows, and what is lost.
    pub manual: C,
    /// Color of flows used only when others fail.
    pub standby: C,
    /// Color of flows that do not exist yet.
    pub planned: C,
    /// Color of what the plan builds, and of criteria met.
    pub new: C,
    /// What goes, and what the picture is not about.
    pub ghost: C,
    /// Single points of failure.
    pub ring: C,
    /// Boxes of systems of record: fill and outline.
    pub record: [C; 2],
    /// Boxes of AI tools.
    pub ai: [C; 2],
    /// Fill and outline of spreadsheets, chats and file shares.
    pub carrier: [C; 2],
    /// Fill and outline of iPaaS, ETL and reverse ETL.
    pub middleware: [C; 2],
    /// Boxes of processes and steps.
    pub process: [C; 2],
    /// Fill and outline of boxes for teams.
    pub team: [C; 2],
}

impl Default for Theme {
    fn default() -> Theme {
        Theme::light()
    }
}

impl Theme {
    /// Dark on white: slides and print.
    #[must_use]
    pub fn light() -> Theme {
        Theme {
            name: "light".into(),
            font_family: FONT_STACK.into(),
            background: [255, 255, 255],
            frame_fill: [244, 246, 249],
            frame_stroke: [205, 212, 222],
            strong: [16, 24, 40],
            muted: [82, 93, 112],
            surface: [255, 255, 255],
            outline: [71, 84, 103],
            automated: [62, 76, 98],
            manual: [190, 58, 0],
            standby: [0, 98, 152],
            planned: [0, 110, 82],
            new: [0, 110, 82],
            ghost: [96, 104, 118],
            ring: [172, 30, 60],
            record: [[222, 239, 250], [0, 98, 152]],
            ai: [[246, 231, 241], [150, 64, 122]],
            carrier: [[255, 240, 204], [146, 92, 0]],
            middleware: [[218, 241, 234], [0, 110, 82]],
            process: [[233, 236, 242], [71, 84, 103]],
            team: [[240, 236, 226], [110, 90, 50]],
        }
    }

    /// Light on dark: screens in dim rooms.
    #[must_use]
    pub fn dark() -> Theme {
        Theme {
            name: "dark".into(),
            font_family: FONT_STACK.into(),
            background: [17, 22, 31],
            frame_fill: [25, 32, 44],
            frame_stroke: [58, 69, 87],
            strong: [240, 244, 250],
            muted: [172, 182, 198],
            surface: [33, 41, 55],
            outline: [160, 171, 189],
            automated: [160, 174, 196],
            manual: [255, 142, 82],
            standby: [96, 184, 240],
            planned: [64, 200, 160],
            new: [64, 200, 160],
            ghost: [138, 148, 164],
            ring: [255, 122, 146],
            record: [[20, 52, 74], [96, 184, 240]],
            ai: [[66, 34, 56], [226, 146, 200]],
            carrier: [[66, 48, 10], [240, 188, 72]],
            middleware: [[12, 58, 46], [64, 200, 160]],
            process: [[42, 51, 67], [160, 171, 189]],
            team: [[58, 50, 32], [214, 190, 140]],
        }
    }
}

impl<C: Shade> Theme<C> {
    /// Colors of a box.
    #[must_use]
    pub fn of_box(&self, role: Role, emphasis: Emphasis) -> BoxColors<C> {
        let [fill, stroke] = match role {
            Role::System | Role::Domain => [self.surface, self.outline],
            Role::SystemOfRecord => self.record,
            Role::AiTool => self.ai,
            Role::Carrier => self.carrier,
            Role::Middleware => self.middleware,
            Role::Process | Role::Step => self.process,
            Role::Work => [self.new; 2],
            Role::Duty => [self.automated; 2],
            Role::Check => [self.background, self.new],
            Role::Team => self.team,
        };
        let plain = BoxColors { fill, stroke, text: self.strong, caption: self.muted };
        if matches!(role, Role::Work | Role::Duty) {
            return BoxColors { text: self.background, caption: self.background, ..plain };
        }
        match emphasis {
            Emphasis::Normal | Emphasis::Ringed | Emphasis::RingedDashed => plain,
            Emphasis::Point => BoxColors { stroke: self.ring, ..plain },
            Emphasis::Lost => BoxColors { fill: self.background, stroke: self.manual, text: self.manual, ..plain },
            Emphasis::New | Emphasis::Met => BoxColors { stroke: self.new, ..plain },
            Emphasis::NotMet => BoxColors { fill: self.background, stroke: self.manual, ..plain },
            Emphasis::NotKnown => BoxColors { fill: self.background, stroke: self.ghost, ..plain },
            Emphasis::Receded | Emphasis::RecededPoint => {
                let color = if emphasis == Emphasis::Receded { self.ghost } else { self.ring };
                let stroke = color.toward(self.background, 0.5);
                BoxColors { fill: self.background, stroke, text: self.muted, caption: self.muted }
            }
            Emphasis::Ghost | Emphasis::NothingToJudge => {
                BoxColors { fill: self.background, stroke: self.ghost, text: self.muted, caption: self.muted }
            }
        }
    }

    /// Color of a panel.
    #[must_use]
    pub fn of_panel(&self, paint: Paint) -> C {
        match paint {
            Paint::Ground => self.frame_fill,
            Paint::Rule => self.frame_stroke,
            Paint::Worth => self.new.toward(self.background, 0.6),
            Paint::Manual => self.manual,
            Paint::New => self.new,
            Paint::Loss => self.ring,
        }
    }

    /// Color of the strokes of what is hatched.
    #[must_use]
    pub fn hatch(&self) -> C {
        self.new.toward(self.background, 0.3)
    }

    /// Color of a line.
    #[must_use]
    pub fn of_line(&self, style: Style, emphasis: EdgeEmphasis) -> C {
        let base = match style {
            Style::Automated => self.automated,
            Style::Manual => self.manual,
            Style::Standby => self.standby,
            Style::Planned => self.planned,
            Style::New => self.new,
            Style::Ghost => self.ghost,
            Style::Need => self.automated,
            Style::DependsOn => self.muted,
        };
        match emphasis {
            EdgeEmphasis::Normal | EdgeEmphasis::Strong => base,
            EdgeEmphasis::Lost => self.ring,
            EdgeEmphasis::Receded => self.ghost.toward(self.background, 0.55),
        }
    }

    /// Color of the words on a line: the line's own, or one that can be read where that is too pale.
    #[must_use]
    pub fn of_label(&self, style: Style, emphasis: EdgeEmphasis) -> C {
        if emphasis == EdgeEmphasis::Receded { self.muted } else { self.of_line(style, emphasis) }
    }
}

/// What text is drawn in where the embedded font cannot be had.
pub const FONT_STACK: &str = "Noto Sans, Segoe UI, Arial, sans-serif";

/// Dashes of a line: lengths of stroke and gap in widths of 1.5 points; empty for a full line.
#[must_use]
pub fn dashes(style: Style) -> &'static [f64] {
    match style {
        Style::Automated | Style::Need => &[],
        Style::Manual => &[5.0, 3.0],
        Style::Standby => &[1.5, 2.5],
        Style::Planned => &[9.0, 3.0, 2.0, 3.0],
        Style::New => &[12.0, 2.5],
        Style::Ghost => &[2.0, 5.0],
        Style::DependsOn => &[1.0, 2.0],
    }
}

/// `share` of the way from `a` to `b`, 0 to 1.
#[must_use]
pub fn mix(a: Color, b: Color, share: f64) -> Color {
    let part = |i: usize| {
        let (x, y) = (f64::from(a[i]), f64::from(b[i]));
        (x + (y - x) * share).round().clamp(0.0, 255.0) as u8
    };
    [part(0), part(1), part(2)]
}

/// Contrast of two colors, 1 to 21 (Web Content Accessibility Guidelines 2.1, relative luminance).
#[must_use]
pub fn contrast(a: Color, b: Color) -> f64 {
    let (x, y) = (luminance(a), luminance(b));
    (x.max(y) + 0.05) / (x.min(y) + 0.05)
}

fn luminance(c: Color) -> f64 {
    let linear = |v: u8| {
        let v = f64::from(v) / 255.0;
        if v <= 0.04045 { v / 12.92 } else { ((v + 0.055) / 1.055).powf(2.4) }
    };
    0.2126 * linear(c[0]) + 0.7152 * linear(c[1]) + 0.0722 * linear(c[2])
}

/// A color as `#rrggbb`.
#[must_use]
pub fn hex(c: Color) -> String {
    format!("#{:02x}{:02x}{:02x}", c[0], c[1], c[2])
}

#[cfg(test)]
mod tests {
    use super::*;

    const ROLES: [Role; 12] = [
        Role::System,
        Role::SystemOfRecord,
        Role::AiTool,
        Role::Carrier,
        Role::Middleware,
        Role::Process,
        Role::Team,
        Role::Domain,
        Role::Step,
        Role::Work,
        Role::Duty,
        Role::Check,
    ];
    const EMPHASES: [Emphasis; 12] = [
        Emphasis::Normal,
        Emphasis::Ringed,
        Emphasis::RingedDashed,
        Emphasis::Point,
        Emphasis::RecededPoint,
        Emphasis::Lost,
        Emphasis::Receded,
        Emphasis::New,
        Emphasis::Ghost,
        Emphasis::Met,
        Emphasis::NotMet,
        Emphasis::NotKnown,
    ];

    #[test]
    fn text_can_be_read_on_what_it_stands_on() {
        for theme in [Theme::light(), Theme::dark()] {
            for role in ROLES {
                for emphasis in EMPHASES {
                    let c = theme.of_box(role, emphasis);
                    assert!(contrast(c.text, c.fill) >= 4.5, "{} {role:?} {emphasis:?} name", theme.name);
                    assert!(contrast(c.caption, c.fill) >= 4.5, "{} {role:?} {emphasis:?} caption", theme.name);
                }
            }
            let styles = [
                Style::Automated,
                Style::Manual,
                Style::Standby,
                Style::Planned,
                Style::New,
                Style::Ghost,
                Style::Need,
                Style::DependsOn,
            ];
            for style in styles {
                for emphasis in [EdgeEmphasis::Normal, EdgeEmphasis::Strong, EdgeEmphasis::Lost, EdgeEmphasis::Receded]
                {
                    let ink = theme.of_label(style, emphasis);
                    for ground in [theme.background, theme.frame_fill] {
                        assert!(contrast(ink, ground) >= 4.5, "{} {style:?} {emphasis:?}", theme.name);
                    }
                    assert!(contrast(ink, theme.background) >= 4.5);
                }
            }
            assert!(contrast(theme.strong, theme.frame_fill) >= 4.5);
            assert!(contrast(theme.muted, theme.frame_fill) >= 4.5);
        }
    }
}
