//! Models of ArchiMate: Archi's own files, bare or zipped, and the Open Exchange Format.

mod accesses;
mod fates;
mod kinds;
mod model;
mod sheet;

use super::boxes::{self, Drawing};
use super::clean::LeftOut;
use super::opened::Opened;
use super::problem::Fault;
use super::reading::{File, Reading};
use super::xml::{self, Element};
use sheet::Maker;

/// The entry of a zipped model.
const ENTRY: &str = "model.xml";

/// Elements that are not there of which each is named.
const GONE: usize = 20;

/// The sign of a model.
pub(super) fn sign(opened: &Opened<'_>) -> Option<&'static str> {
    if let Some(Ok(root)) = &opened.xml {
        return model::sign(root);
    }
    unpacked(opened)?.ok().as_ref().and_then(model::sign)
}

/// Reads a model.
pub(super) fn read(file: &File<'_>, opened: &Opened<'_>, left_out: &mut LeftOut) -> Reading {
    let unpacked = unpacked(opened).and_then(Result::ok);
    let Some(root) = opened.xml.as_ref().and_then(|xml| xml.as_ref().ok()).or(unpacked.as_ref()) else {
        return Reading::default();
    };
    let model = model::model(root);
    let mut maker = Maker::new(&model, left_out);
    maker.read();
    let Maker { sheet, behind, own, gone, .. } = maker;
    let arrows = sheet.arrows.len();
    let shapes: Vec<(String, Option<usize>)> =
        sheet.shapes.iter().map(|shape| (left_out.clean(&shape.id), shape.within)).collect();
    let mut reading = boxes::draft(file, "archimate", Drawing { sheets: vec![sheet] }, left_out);
    fates::settle(file, &model, &mut reading.draft, (arrows, &behind), own, &shapes, left_out);
    reading.units.insert("elements", model.elements.len());
    reading.units.remove("shapes");
    let mut first: Vec<(&String, &usize)> = gone.iter().collect();
    first.sort_by_key(|(_, line)| **line);
    reading.faults.extend(first.iter().take(GONE).map(|(id, line)| {
        let message = format!("a relation names `{}`, and there is no such element", left_out.clean(id));
        let fault = Fault::new("unknown-element", message).help("export the whole model");
        Fault { line: Some(**line), ..fault }
    }));
    if gone.len() > GONE {
        let message = format!("relations name {} more elements that are not there", gone.len() - GONE);
        reading.faults.push(Fault::new("unknown-element", message));
    }
    reading
}

/// The root of a zipped model.
fn unpacked(opened: &Opened<'_>) -> Option<Result<Element, Fault>> {
    let archive = opened.archive.as_ref()?.as_ref().ok()?;
    let mut root = None;
    archive
        .each(
            |name| name == ENTRY,
            |_, bytes| {
                root = std::str::from_utf8(bytes).ok().map(|text| xml::parse(text.trim_start_matches('\u{feff}')));
            },
        )
        .ok()?;
    root
}
