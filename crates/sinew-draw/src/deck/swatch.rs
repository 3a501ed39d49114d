//! Colors of slides: a slot of the theme part and how it is changed, so that a deck follows the colors of its master.

use crate::theme::{Color, Shade, mix};

/// A color of the theme part under the name that shapes use, after the master's mapping: `tx1`, `accent2`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Slot {
    pub(super) name: &'static str,
    pub(super) color: Color,
}

/// A slot and how it is changed.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Swatch {
    slot: Slot,
    change: Change,
    /// What an Office program makes of both.
    pub(super) drawn: Color,
}

/// Largest difference of a part of a color, of 255, that nobody sees.
const UNSEEN: u8 = 6;

impl Swatch {
    /// The slot changed to look like `wanted`: lighter or darker where that will do, else stronger or paler too, else turned.
    pub(super) fn like(slot: Slot, wanted: Color) -> Swatch {
        let all = Change::between(Hsl::of(slot.color), Hsl::of(wanted));
        let tried = [Change { hue: 0.0, saturation: 0.0, ..all }, Change { hue: 0.0, ..all }, all];
        let made = tried.map(|change| Swatch { slot, change, drawn: change.of(slot.color) });
        let is_near = |swatch: &&Swatch| swatch.drawn.iter().zip(wanted).all(|(a, b)| a.abs_diff(b) <= UNSEEN);
        *made.iter().find(is_near).unwrap_or(&made[2])
    }

    /// The element that names it, `inside` in front of its end: `<a:alpha …/>`.
    pub(super) fn xml(&self, inside: &str) -> String {
        let Change { hue, saturation, scale, shift } = self.change;
        let mut changes = String::new();
        let mut add = |tag: &str, value: f64, plain: f64, unit: f64| {
            let value = (value * unit).round() as i64;
            if value != (plain * unit) as i64 {
                changes.push_str(&format!("<a:{tag} val=\"{value}\"/>"));
            }
        };
        add("hueOff", hue, 0.0, 60_000.0);
        add("satOff", saturation, 0.0, 100_000.0);
        add("lumMod", scale, 1.0, 100_000.0);
        add("lumOff", shift, 0.0, 100_000.0);
        format!("<a:schemeClr val=\"{}\">{changes}{inside}</a:schemeClr>", self.slot.name)
    }
}

impl Shade for Swatch {
    fn toward(self, other: Swatch, share: f64) -> Swatch {
        Swatch::like(self.slot, mix(self.drawn, other.drawn, share))
    }
}

/// What is done to a color, in this order: degrees of hue and a share of saturation are added, luminance is scaled and shifted.
#[derive(Debug, Clone, Copy, PartialEq)]
struct Change {
    hue: f64,
    saturation: f64,
    scale: f64,
    shift: f64,
}

impl Change {
    fn between(from: Hsl, to: Hsl) -> Change {
        // As Office makes its tints and shades: darker ones by scaling, lighter ones toward white.
        let (scale, shift) = if to.l <= from.l {
            (if from.l > 0.0 { to.l / from.l } else { 1.0 }, 0.0)
        } else {
            let scale = (1.0 - to.l) / (1.0 - from.l);
            (scale, 1.0 - scale)
        };
        // Never past the ends of the circle, where LibreOffice stops; what is gray has no hue of its own to turn to.
        let turn = to.h - from.h;
        let saturation = if to.l > 0.0 && to.l < 1.0 { to.s - from.s } else { 0.0 };
        Change { hue: if to.s > 0.0 { turn } else { 0.0 }, saturation, scale, shift }
    }

    fn of(self, color: Color) -> Color {
        let Hsl { h, s, l } = Hsl::of(color);
        Hsl {
            h: (h + self.hue).clamp(0.0, 360.0),
            s: (s + self.saturation).clamp(0.0, 1.0),
            l: (l * self.scale + self.shift).clamp(0.0, 1.0),
        }
        .color()
    }
}

/// Hue in degrees, saturation and luminance 0 to 1; the hue of gray is 0.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Hsl {
    pub(super) h: f64,
    pub(super) s: f64,
    pub(super) l: f64,
}

impl Hsl {
    pub(super) fn of(color: Color) -> Hsl {
        let [r, g, b] = color.map(|part| f64::from(part) / 255.0);
        let (high, low) = (r.max(g).max(b), r.min(g).min(b));
        let (l, span) = ((high + low) / 2.0, high - low);
        if span <= 0.0 {
            return Hsl { h: 0.0, s: 0.0, l };
        }
        let h = if high <= r {
            (g - b) / span
        } else if high <= g {
            (b - r) / span + 2.0
        } else {
            (r - g) / span + 4.0
        };
        Hsl { h: (h * 60.0).rem_euclid(360.0), s: span / (1.0 - (2.0 * l - 1.0).abs()), l }
    }

    pub(super) fn color(self) -> Color {
        let span = (1.0 - (2.0 * self.l - 1.0).abs()) * self.s;
        let part = |turn: f64| {
            let at = (turn + self.h / 30.0) % 12.0;
            let value = self.l - span / 2.0 * (at - 3.0).min(9.0 - at).clamp(-1.0, 1.0);
            (value * 255.0).round().clamp(0.0, 255.0) as u8
        };
        [part(0.0), part(8.0), part(4.0)]
    }
}

/// Degrees between two hues, 0 to 180.
pub(super) fn apart(a: f64, b: f64) -> f64 {
    ((a - b + 540.0).rem_euclid(360.0) - 180.0).abs()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn every_color_can_be_had_from_every_slot(color: Color, wanted: Color) {
            let swatch = Swatch::like(Slot { name: "accent1", color }, wanted);
            for (drawn, part) in swatch.drawn.iter().zip(wanted) {
                prop_assert!(drawn.abs_diff(part) <= UNSEEN, "{color:?} {wanted:?}: {swatch:?}");
            }
            prop_assert_eq!(Hsl::of(wanted).color(), wanted);
        }
    }

    #[test]
    fn tints_and_shades_are_those_of_office() {
        // Accent 1 of Office 2013, "lighter 60%" and "darker 25%" of its menu.
        let blue = Slot { name: "accent1", color: [0x44, 0x72, 0xc4] };
        let xml = |wanted| Swatch::like(blue, wanted).xml("");
        assert_eq!(xml([0x44, 0x72, 0xc4]), "<a:schemeClr val=\"accent1\"></a:schemeClr>");
        let lighter = xml([0xb4, 0xc7, 0xe7]);
        let value = |tag: &str| -> i64 {
            let (_, rest) =
                lighter.split_once(&format!("<a:{tag} val=\"")).unwrap_or_else(|| panic!("{tag}: {lighter}"));
            rest.split('"').next().unwrap().parse().unwrap()
        };
        assert!((value("lumMod") - 40_000).abs() < 800 && (value("lumOff") - 60_000).abs() < 800, "{lighter}");
        assert!(!lighter.contains("hueOff") && !lighter.contains("satOff"), "{lighter}");
        assert!(xml([0x2f, 0x54, 0x96]).contains("<a:lumMod val=\"7"));
    }
}
