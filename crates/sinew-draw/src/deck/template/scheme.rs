//! Reading the colors of a company's master: the theme's, by the names that shapes use, and the ground that slides stand on.

use std::collections::BTreeMap;

use super::error::TemplateError;
use super::read::{elements, value};
use crate::deck::palette::Scheme;
use crate::deck::swatch::{Hsl, Slot};
use crate::deck::xml::words;
use crate::theme::{Color, mix};

/// Texts and grounds, then accents, as shapes call them.
const TEXTS: [&str; 4] = ["tx1", "bg1", "tx2", "bg2"];
const ACCENTS: [&str; 6] = ["accent1", "accent2", "accent3", "accent4", "accent5", "accent6"];
/// What a theme lacks, as Office has it.
const OFFICE: [(&str, Color); 10] = [
    ("dk1", [0, 0, 0]),
    ("lt1", [255, 255, 255]),
    ("dk2", [68, 84, 106]),
    ("lt2", [231, 230, 230]),
    ("accent1", [68, 114, 196]),
    ("accent2", [237, 125, 49]),
    ("accent3", [165, 165, 165]),
    ("accent4", [255, 192, 0]),
    ("accent5", [91, 155, 213]),
    ("accent6", [112, 173, 71]),
];

/// A color as it is written: itself or a name, and what is done to it.
#[derive(Debug, Clone)]
struct Paint {
    is: Result<Color, String>,
    changes: Vec<(String, f64)>,
}

/// What a master or layout says of colors.
#[derive(Debug, Clone, Default)]
struct Said {
    /// Which color of the theme each name means.
    map: BTreeMap<String, String>,
    /// The colors of its background.
    ground: Vec<Paint>,
    /// The color of a shape that covers all of the slide.
    cover: Option<Paint>,
}

impl Scheme {
    /// The scheme of the slides of a layout, of `size` in points, and the element by which slides say so.
    pub(super) fn of(
        theme: &str,
        master: (&str, &str),
        layout: (&str, &str),
        size: (f64, f64),
    ) -> Result<(Scheme, String), TemplateError> {
        let colors = colors(theme)?;
        let (master, layout) = (Said::of(master, size)?, Said::of(layout, size)?);
        let map = |name: &str| {
            let mapped = layout.map.get(name).or_else(|| master.map.get(name));
            let plain = match name {
                "tx1" => "dk1",
                "bg1" => "lt1",
                "tx2" => "dk2",
                "bg2" => "lt2",
                name => name,
            };
            mapped.map_or(plain, String::as_str).to_owned()
        };
        let color = |name: &str| {
            let of_theme = |name: &str| colors.get(name).copied();
            let of_office = |name: &str| OFFICE.iter().find(|(other, _)| *other == name).map(|(_, color)| *color);
            of_theme(&map(name)).or_else(|| of_office(&map(name)))
        };
        let slot = |name: &'static str| Slot { name, color: color(name).unwrap_or([128; 3]) };
        let painted = |paint: &Paint| paint.color(&color);
        let covers = [&layout, &master].into_iter().find_map(|said| said.cover.as_ref().and_then(painted));
        let grounds = [&layout, &master].into_iter().find(|said| !said.ground.is_empty());
        let behind = grounds.map(|said| said.ground.iter().filter_map(painted).collect::<Vec<Color>>());
        let texts = TEXTS.map(slot);
        let ground = covers.or_else(|| mean(&behind.unwrap_or_default())).unwrap_or(texts[1].color);
        let said = if layout.map.is_empty() {
            "<a:masterClrMapping/>".to_owned()
        } else {
            let names = ["bg1", "tx1", "bg2", "tx2"].into_iter().chain(ACCENTS).chain(["hlink", "folHlink"]);
            let named: String = names.map(|name| format!(" {name}=\"{}\"", words(&map(name)))).collect();
            format!("<a:overrideClrMapping{named}/>")
        };
        Ok((Scheme { texts, accents: ACCENTS.map(slot), ground, font: font(theme)? }, said))
    }
}

impl Said {
    fn of((part, xml): (&str, &str), (w, h): (f64, f64)) -> Result<Said, TemplateError> {
        let mut said = Said::default();
        let (mut in_ground, mut is_shape, mut covers, mut is_filled) = (false, false, false, false);
        let mut is_last_of_cover = false;
        elements(part, xml, |e| {
            let name = e.local_name();
            let name = name.as_ref();
            let number = |key| value(e, key).and_then(|v| v.parse::<f64>().ok());
            match name {
                "bg" => in_ground = true,
                "spTree" => in_ground = false,
                "sp" => (is_shape, covers, is_filled) = (true, false, false),
                "pic" | "grpSp" | "graphicFrame" | "cxnSp" | "ph" | "ln" | "txBody" => is_shape = false,
                "ext" if is_shape => {
                    let sides = number("cx").zip(number("cy"));
                    covers = sides.is_some_and(|(x, y)| x >= w * 12_065.0 && y >= h * 12_065.0);
                }
                "solidFill" if is_shape && covers => is_filled = true,
                "clrMap" | "overrideClrMapping" => {
                    let pairs = e.attributes().flatten();
                    let pairs = pairs.map(|a| (a.key.local_name().as_ref().to_owned(), a.value.to_string()));
                    said.map = pairs.collect();
                }
                _ => {}
            }
            if let Some(is) = color_of(name, |key| value(e, key)) {
                let paint = Paint { is, changes: Vec::new() };
                is_last_of_cover = false;
                if in_ground {
                    said.ground.push(paint);
                } else if is_shape && is_filled {
                    said.cover = Some(paint);
                    (is_shape, is_last_of_cover) = (false, true);
                }
            } else if let ("lumMod" | "lumOff" | "tint" | "shade", Some(share)) = (name, number("val")) {
                let last = if is_last_of_cover { said.cover.as_mut() } else { said.ground.last_mut() };
                if let Some(last) = last.filter(|_| in_ground || is_last_of_cover) {
                    last.changes.push((name.to_owned(), share / 100_000.0));
                }
            } else {
                is_last_of_cover = false;
            }
        })?;
        Ok(said)
    }
}

impl Paint {
    fn color(&self, named: &impl Fn(&str) -> Option<Color>) -> Option<Color> {
        let color = match &self.is {
            Ok(color) => *color,
            Err(name) => named(name)?,
        };
        let changed = |color: Color, (change, share): &(String, f64)| {
            let of = Hsl::of(color);
            let light = |l: f64| Hsl { l: l.clamp(0.0, 1.0), ..of }.color();
            match change.as_str() {
                "lumMod" => light(of.l * share),
                "lumOff" => light(of.l + share),
                "tint" => mix([255; 3], color, *share),
                _ => mix([0; 3], color, *share),
            }
        };
        Some(self.changes.iter().fold(color, changed))
    }
}

/// The color that an element is, if it is one: itself or its name.
fn color_of(element: &str, value: impl Fn(&str) -> Option<String>) -> Option<Result<Color, String>> {
    match element {
        "srgbClr" => value("val").and_then(|val| parsed(&val)).map(Ok),
        "sysClr" => value("lastClr").and_then(|val| parsed(&val)).map(Ok),
        "schemeClr" => value("val").map(Err),
        "prstClr" if value("val")? == "black" => Some(Ok([0; 3])),
        "prstClr" if value("val")? == "white" => Some(Ok([255; 3])),
        _ => None,
    }
}

fn parsed(hex: &str) -> Option<Color> {
    let number = u32::from_str_radix(hex, 16).ok().filter(|_| hex.len() == 6)?;
    let [_, r, g, b] = number.to_be_bytes();
    Some([r, g, b])
}

/// The colors of a theme part by their own names; the first of a name counts.
fn colors(xml: &str) -> Result<BTreeMap<String, Color>, TemplateError> {
    let mut colors = BTreeMap::new();
    let mut open: Option<&str> = None;
    elements("the theme", xml, |e| {
        let name = e.local_name();
        if let Some((slot, _)) = OFFICE.iter().find(|(slot, _)| *slot == name.as_ref()) {
            open = Some(slot);
        } else if let Some(Ok(color)) = color_of(name.as_ref(), |key| value(e, key))
            && let Some(slot) = open.take()
        {
            colors.entry(slot.to_owned()).or_insert(color);
        }
    })?;
    Ok(colors)
}

/// The font of running text that a theme part names.
fn font(xml: &str) -> Result<String, TemplateError> {
    let (mut is_minor, mut font) = (false, String::new());
    elements("the theme", xml, |e| match e.local_name().as_ref() {
        "minorFont" => is_minor = true,
        "latin" if is_minor && font.is_empty() => font = value(e, "typeface").unwrap_or_default(),
        _ => {}
    })?;
    Ok(font)
}

/// The color in the middle of all.
fn mean(colors: &[Color]) -> Option<Color> {
    let count = u32::try_from(colors.len()).ok().filter(|count| *count > 0)?;
    let part = |at: usize| (colors.iter().map(|color| u32::from(color[at])).sum::<u32>() / count) as u8;
    Some([part(0), part(1), part(2)])
}
