//! Data for the script of the page, as JSON that cannot end the element it stands in.

use serde::Serialize;
use serde_json::{Map, Value};

use crate::source::visible;

/// `data` as JSON for a `script` element of type `application/json`: the HTML parser meets no `<`, so that neither
/// `</script>` nor `<!--` can end or open anything, and no line separator of old scripts. Keys and texts are made
/// visible, so that a text turns the direction of nothing beside it.
///
/// # Panics
/// Never for data with text for keys and nothing that cannot be written.
pub(super) fn embedded(data: &impl Serialize) -> String {
    let data = serde_json::to_value(data).expect("the data of a page have text for keys and nothing that can fail");
    let json = shown(&data).to_string();
    let mut out = String::with_capacity(json.len());
    for c in json.chars() {
        match c {
            '<' | '>' | '&' | '\u{2028}' | '\u{2029}' => out.push_str(&format!("\\u{:04x}", u32::from(c))),
            c => out.push(c),
        }
    }
    out
}

fn shown(data: &Value) -> Value {
    match data {
        Value::String(text) => Value::String(visible(text)),
        Value::Array(items) => Value::Array(items.iter().map(shown).collect()),
        Value::Object(entries) => {
            let entries = entries.iter().map(|(key, value)| (visible(key), shown(value)));
            Value::Object(entries.collect::<Map<String, Value>>())
        }
        other => other.clone(),
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn nothing_ends_the_element_and_the_data_stay_what_they_are() {
        let data = json!({ "a": ["</script><!--", "quote \" and \\", "x & y", 1.5, null] });
        let text = embedded(&data);
        assert!(!text.contains(['<', '>', '&']), "{text}");
        assert_eq!(serde_json::from_str::<Value>(&text).unwrap(), data);
        assert_eq!(embedded(&json!("\u{2028}\u{202e}")), "\"\u{fffd}\u{fffd}\"");
    }
}
