//! Drawings of draw.io: plain and compressed pages, also within the pictures that it exports.

mod cells;
mod place;
mod sheet;
mod unpack;

use super::boxes::{self, Drawing};
use super::clean::LeftOut;
use super::opened::Opened;
use super::reading::{File, Reading};

/// The sign of a drawing: its root, or the root of what an exported picture holds.
pub(super) fn sign(opened: &Opened<'_>) -> Option<&'static str> {
    if let Some(Ok(root)) = &opened.xml {
        return match root.local() {
            "mxfile" => Some("mxfile"),
            "mxGraphModel" => Some("mxGraphModel"),
            "svg" if unpack::of_svg(root).is_some() => Some("mxfile in an SVG picture"),
            _ => None,
        };
    }
    unpack::of_png(opened.bytes).is_some().then_some("mxfile in a PNG picture")
}

/// Reads all pages of a drawing.
pub(super) fn read(file: &File<'_>, opened: &Opened<'_>, left_out: &mut LeftOut) -> Reading {
    let (pages, faults) = match &opened.xml {
        Some(Ok(root)) if root.local() == "svg" => match unpack::of_svg(root) {
            Some(text) => unpack::text(&text),
            None => (Vec::new(), Vec::new()),
        },
        Some(Ok(root)) => unpack::pages(root),
        _ => match unpack::of_png(opened.bytes) {
            Some(text) => unpack::text(&text),
            None => (Vec::new(), Vec::new()),
        },
    };
    let is_one = pages.len() == 1;
    let sheets = pages.into_iter().map(|(name, model)| {
        let mut sheet = sheet::read(&model);
        // The name that draw.io gives the only page says nothing.
        sheet.name = if is_one && name.starts_with("Page-") { String::new() } else { name };
        sheet
    });
    let drawing = Drawing { sheets: sheets.collect() };
    let mut reading = boxes::draft(file, "drawio", drawing, left_out);
    reading.faults.extend(faults);
    reading
}
