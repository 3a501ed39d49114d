//! The JSON Schema of reports, made from the types that are written.

use schemars::generate::SchemaSettings;
use serde_json::Value;

use super::Report;

/// The JSON Schema (draft 2020-12) of `report.json` and of every question's JSON.
#[must_use]
pub fn report_schema() -> Value {
    let settings = SchemaSettings::draft2020_12().for_serialize();
    let mut schema = settings.into_generator().into_root_schema_for::<Report>();
    schema.insert("$id".into(), "urn:sinew:report:1".into());
    schema.to_value()
}
