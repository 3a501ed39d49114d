//! Models of LikeC4, as text or as the JSON that it exports.

mod json;
mod text;

use super::boxes;
use super::clean::LeftOut;
use super::joined::{Part, Spare};
use super::opened::Opened;
use super::reading::Reading;

/// The sign of a model.
pub(super) fn sign(opened: &Opened<'_>) -> Option<&'static str> {
    if let Some(Ok(value)) = &opened.json {
        return json::sign(value);
    }
    opened.text.and_then(text::sign)
}

/// Reads all models: a project is spread over files that name each other's elements.
pub(super) fn read(parts: &[Part<'_>], _: &mut Spare, left_out: &mut LeftOut) -> Vec<Reading> {
    let is_json = |part: &&Part<'_>| part.text.trim_start().starts_with(['{', '[']);
    let texts: Vec<Part<'_>> = parts.iter().filter(|part| !is_json(part)).copied().collect();
    let mut drawings = text::drawings(&texts).into_iter();
    let read = |part: &Part<'_>| {
        let (drawing, faults) = if is_json(&part) {
            (super::json::parse(part.text).map(|value| json::drawing(&value)).unwrap_or_default(), Vec::new())
        } else {
            drawings.next().unwrap_or_default()
        };
        let mut reading = boxes::draft(&part.file, "likec4", drawing, left_out);
        reading.faults.extend(faults.into_iter().map(|fault| fault.cleaned(left_out)));
        reading
    };
    parts.iter().map(read).collect()
}

/// What an element of this kind is, by the words of the kind; `holds` tells whether it may hold systems.
fn what(kind: &str, is_person: bool, is_inner: bool) -> boxes::What {
    use boxes::What;
    let kind = kind.to_lowercase();
    let has = |words: &[&str]| words.iter().any(|word| kind.contains(word));
    if is_person || has(&["actor", "person", "user", "customer", "staff", "team", "role"]) {
        return What::Person;
    }
    if has(&[
        "domain",
        "group",
        "department",
        "organi",
        "enterprise",
        "area",
        "boundary",
        "landscape",
        "layer",
        "zone",
        "region",
        "ecosystem",
        "tenant",
        "company",
        "division",
        "unit",
        "context",
    ]) {
        return What::Group;
    }
    if has(&["system", "saas", "application", "product", "platform", "tool", "vendor", "external", "thirdparty", "app"])
        && !has(&["subsystem", "webapp", "mobile", "spa", "singlepage"])
    {
        return What::System;
    }
    if is_inner { What::Part } else { What::System }
}
