//! Lineage by the standard OpenLineage: what runs read and wrote, as events or as Marquez lists them.

mod dataset;
mod draft;
mod events;

use super::clean::LeftOut;
use super::joined::{Part, Spare};
use super::opened::Opened;
use super::reading::Reading;
use dataset::Places;

/// The sign of events: jobs with inputs or outputs, in one value, or the first of a value a line.
pub(super) fn sign(opened: &Opened<'_>) -> Option<&'static str> {
    match &opened.json {
        Some(Ok(value)) => events::sign(value),
        Some(Err(_)) => opened.text.and_then(events::sign_of_lines),
        None => None,
    }
}

/// Reads all files: the events of one job may stand in several, and which databases there are of one product is known once
/// all are read. The first file that names a job tells its flows.
pub(super) fn read(parts: &[Part<'_>], _: &mut Spare, left_out: &mut LeftOut) -> Vec<Reading> {
    let mut found: Vec<events::Found> = parts.iter().map(|part| events::find(part.text, left_out)).collect();
    let places = Places::of(found.iter().flat_map(events::Found::datasets).map(|dataset| dataset.namespace.as_str()));
    events::gather(&mut found);
    let mut told = draft::Told::default();
    let made = parts.iter().zip(found);
    made.map(|(part, found)| draft::draft(&part.file, found, &places, &mut told, left_out)).collect()
}
