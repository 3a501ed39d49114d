//! Workspaces of Structurizr, as DSL or JSON.

mod dsl;
mod json;
mod statement;

use super::boxes;
use super::clean::LeftOut;
use super::joined::{Part, Spare};
use super::opened::Opened;
use super::reading::Reading;

/// The sign of a workspace: `workspace … {`, or JSON with software systems.
pub(super) fn sign(opened: &Opened<'_>) -> Option<&'static str> {
    if let Some(Ok(value)) = &opened.json {
        return json::sign(value);
    }
    opened.text.and_then(dsl::sign)
}

/// Reads each workspace with what it includes.
pub(super) fn read(parts: &[Part<'_>], spare: &mut Spare, left_out: &mut LeftOut) -> Vec<Reading> {
    let read = |part: &Part<'_>| {
        let text = part.text.trim_start();
        let (drawing, faults) = if text.starts_with(['{', '[']) {
            (super::json::parse(text).map(|value| json::drawing(&value)).unwrap_or_default(), Vec::new())
        } else {
            dsl::drawing(part, parts, spare)
        };
        let mut reading = boxes::draft(&part.file, "structurizr", drawing, left_out);
        reading.faults.extend(faults.into_iter().map(|fault| fault.cleaned(left_out)));
        reading
    };
    parts.iter().map(read).collect()
}
