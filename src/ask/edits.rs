//! Edits of a stack as people name its entries: by ids, or by names that fit one alone.

use serde_json::{Map, Value as Json};

use super::Refused;
use super::name::entry_or_text;
use crate::model::Stack;
use crate::source::Source;

/// The edits as the text of a scenario, called `name`, and as they are there: with ids in place of the names that entries go by.
///
/// # Errors
/// Where a name could mean several entries.
pub fn scenario_text(
    stack: &Stack,
    mut edits: Map<String, Json>,
    name: &str,
) -> Result<(Source, Map<String, Json>), Refused> {
    let mut wrong = String::new();
    let mut meant = |said: &str| {
        entry_or_text(stack, said).unwrap_or_else(|several| {
            wrong.push_str(&several);
            said.to_owned()
        })
    };
    match edits.get_mut("retire") {
        Some(Json::String(one)) => *one = meant(one),
        Some(Json::Array(all)) => all.iter_mut().for_each(|one| {
            if let Json::String(said) = one {
                *said = meant(said);
            }
        }),
        _ => {}
    }
    if let Some(Json::Object(changes)) = edits.get_mut("change") {
        *changes = std::mem::take(changes).into_iter().map(|(said, keys)| (meant(&said), keys)).collect();
    }
    if !wrong.is_empty() {
        return Err(Refused(wrong));
    }
    edits.entry("name").or_insert_with(|| name.into());
    let text = Json::Object(edits.clone()).to_string();
    Ok((Source::new("edits.json", text), edits))
}
