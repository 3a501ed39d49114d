//! The JSON Schemas of reports, differences and comparisons, made from the types that are written.

use schemars::JsonSchema;
use schemars::generate::SchemaSettings;
use serde_json::Value;

use crate::report::facts::Report;
use crate::report::facts::compare::Comparison;
use crate::report::facts::diagnosis::Diagnosis;
use crate::report::facts::diff::Diff;
use crate::report::facts::portfolio::Portfolio;

/// The JSON Schema (draft 2020-12) of `report.json` and of every question's JSON.
#[must_use]
pub fn report_schema() -> Value {
    schema::<Report>("urn:sinew:report:1")
}

/// The JSON Schema (draft 2020-12) of what `sinew diff --format json` prints.
#[must_use]
pub fn diff_schema() -> Value {
    schema::<Diff>("urn:sinew:diff:1")
}

/// The JSON Schema (draft 2020-12) of what `sinew compare --format json` prints.
#[must_use]
pub fn comparison_schema() -> Value {
    schema::<Comparison>("urn:sinew:comparison:1")
}

/// The JSON Schema (draft 2020-12) of what `sinew portfolio --format json` prints.
#[must_use]
pub fn portfolio_schema() -> Value {
    schema::<Portfolio>("urn:sinew:portfolio:1")
}

/// The JSON Schema (draft 2020-12) of what any question prints for programs about a file that is wrong.
#[must_use]
pub fn diagnosis_schema() -> Value {
    schema::<Diagnosis>("urn:sinew:diagnosis:1")
}

fn schema<T: JsonSchema>(id: &str) -> Value {
    let settings = SchemaSettings::draft2020_12().for_serialize();
    let mut schema = settings.into_generator().into_root_schema_for::<T>();
    schema.insert("$id".into(), id.into());
    schema.to_value()
}
