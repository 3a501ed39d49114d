//! Which system the tables of a source come from, and what brings them.

use crate::catalog::{Expected, Kind, Space};
use crate::import::recognise::{self, Named};

/// Names of sources that say where tables stand and not where they come from.
const PLACES: [&str; 18] = [
    "raw",
    "public",
    "staging",
    "stage",
    "landing",
    "source",
    "sources",
    "default",
    "analytics",
    "warehouse",
    "dwh",
    "data",
    "main",
    "dbt",
    "prod",
    "production",
    "external",
    "lake",
];
/// What loaders and environments put around the name of a source.
const AROUND: [&str; 21] = [
    "tap",
    "src",
    "source",
    "raw",
    "stg",
    "staging",
    "prod",
    "production",
    "dev",
    "fivetran",
    "stitch",
    "airbyte",
    "meltano",
    "hevo",
    "singer",
    "data",
    "db",
    "schema",
    "v2",
    "new",
    "dlt",
];

/// Where a source comes from.
pub(super) enum From {
    System(Named),
    /// The name says only where the tables stand.
    Place,
}

/// The system that a source is called after.
pub(super) fn system(name: &str, schema: &str) -> From {
    let known = |word: &str| -> Option<Named> {
        if word.is_empty() || PLACES.contains(&word.to_lowercase().as_str()) {
            return None;
        }
        recognise::within_name(Space::Dbt, word, &AROUND)
    };
    if let Some(named) = known(name).or_else(|| known(schema)) {
        return From::System(named);
    }
    if name.is_empty() || PLACES.contains(&name.to_lowercase().as_str()) {
        return From::Place;
    }
    From::System(recognise::unknown(&recognise::in_words(name)))
}

/// What brings the tables.
pub(super) enum Loader {
    /// A tool, or nothing that is named.
    Tool(Option<Named>),
    /// Somebody fills in a spreadsheet.
    Sheet,
    /// Words that are no tool.
    Words,
}

/// What `loader` says.
pub(super) fn loader(loader: &str) -> Loader {
    if loader.trim().is_empty() {
        return Loader::Tool(None);
    }
    let lower = loader.to_lowercase();
    let is_manual = ["manual", "csv", "excel", "upload", "sheetload", "spreadsheet", "by hand"];
    if is_manual.iter().any(|word| lower.contains(word)) {
        return Loader::Sheet;
    }
    match recognise::within_name(Space::Dbt, loader, &[]) {
        Some(named) if is_sheet(&named) => Loader::Sheet,
        Some(named) => Loader::Tool(Some(named)),
        None => match recognise::tool(loader, Expected::Tool) {
            Some(named) => Loader::Tool(Some(named)),
            None => Loader::Words,
        },
    }
}

/// Whether people fill it in by hand.
pub(super) fn is_sheet(named: &Named) -> bool {
    recognise::kind(named) == Some(Kind::Spreadsheet)
}
