//! Small pieces of XML: words made safe, points as EMU, colors, fills and outlines.

use std::fmt::Write as _;

use super::swatch::Swatch;
use crate::direction::kept_in_place;
use crate::svg::escape;
use crate::text::clean;
use crate::theme::Color;

/// English Metric Units in a point.
const EMU: f64 = 12_700.0;
/// The largest coordinate that Office accepts, in EMU.
const LARGEST: f64 = 27_273_042_316_900.0;

/// Namespaces of every part of a presentation that draws.
pub(super) const NAMESPACES: &str = "xmlns:a=\"http://schemas.openxmlformats.org/drawingml/2006/main\" \
     xmlns:r=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships\" \
     xmlns:p=\"http://schemas.openxmlformats.org/presentationml/2006/main\"";

/// The first line of every part.
pub(super) const HEAD: &str = "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n";

/// A constant part as it stands in a file, without the indents that make it easy to read.
pub(super) fn asset(file: &str) -> String {
    HEAD.chars().chain(file.lines().flat_map(|line| line.trim_start().chars())).collect()
}

/// Longest text of one run or one description; what is longer ends in "…".
const LONGEST: usize = 4_000;

pub(super) fn emu(points: f64) -> i64 {
    (points * EMU).round().clamp(-LARGEST, LARGEST) as i64
}

/// `text` on one line, bounded, safe as element content and attribute.
pub(super) fn words(text: &str) -> String {
    let text = clean(text);
    let text = kept_in_place(&text);
    match text.char_indices().nth(LONGEST) {
        Some((end, _)) => escape(&format!("{}…", &text[..end])),
        None => escape(&text),
    }
}

/// A color as theme parts write it.
pub(super) fn rgb(color: Color) -> String {
    format!("{:02X}{:02X}{:02X}", color[0], color[1], color[2])
}

/// A fill of one color.
pub(super) fn solid(color: Swatch) -> String {
    format!("<a:solidFill>{}</a:solidFill>", color.xml(""))
}

/// A fill of slanted strokes on a ground.
pub(super) fn hatched(strokes: Swatch, ground: Swatch) -> String {
    let color = |tag: &str, color: Swatch| format!("<a:{tag}>{}</a:{tag}>", color.xml(""));
    format!("<a:pattFill prst=\"wdDnDiag\">{}{}</a:pattFill>", color("fgClr", strokes), color("bgClr", ground))
}

/// An outline: width in points, dashes as lengths of stroke and gap in line widths.
pub(super) fn outline(color: Swatch, width: f64, dashes: &[f64], end: &str) -> String {
    let mut out = format!("<a:ln w=\"{}\">{}", emu(width).clamp(0, 20_116_800), solid(color));
    if dashes.len() > 1 {
        out.push_str("<a:custDash>");
        for pair in dashes.chunks_exact(2) {
            let share = |v: f64| (v * 100_000.0).round().max(1_000.0) as i64;
            let _ = write!(out, "<a:ds d=\"{}\" sp=\"{}\"/>", share(pair[0]), share(pair[1]));
        }
        out.push_str("</a:custDash>");
    }
    out.push_str("<a:round/>");
    out.push_str(end);
    out.push_str("</a:ln>");
    out
}

/// Run properties: size in points, weight, color.
pub(super) fn run_properties(tag: &str, size: f64, bold: bool, color: Swatch) -> String {
    let size = (size * 100.0).round().clamp(100.0, 400_000.0) as i64;
    let bold = if bold { " b=\"1\"" } else { "" };
    let lang = if tag == "a:rPr" { " lang=\"en-US\"" } else { "" };
    format!("<{tag}{lang} sz=\"{size}\"{bold} dirty=\"0\">{}</{tag}>", solid(color))
}

/// A run of text.
pub(super) fn run(text: &str, size: f64, bold: bool, color: Swatch) -> String {
    format!("<a:r>{}<a:t>{}</a:t></a:r>", run_properties("a:rPr", size, bold, color), words(text))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hostile_words_stay_words() {
        assert_eq!(words("<a>&\"'\u{1}\u{b}\n\u{202e}x"), "&lt;a&gt;&amp;&quot;&#39; x");
        assert!(words(&"x".repeat(100_000)).len() < 5_000);
        assert_eq!(emu(f64::INFINITY), LARGEST as i64);
    }
}
