//! Reading `report.json`: what is not there, or is of another kind, is empty.

use serde_json::Value;

/// The text at `key`; empty where there is none.
pub(super) fn words<'v>(value: &'v Value, key: &str) -> &'v str {
    value.get(key).and_then(Value::as_str).unwrap_or_default()
}

/// The list at `key`; empty where there is none.
pub(super) fn list<'v>(value: &'v Value, key: &str) -> &'v [Value] {
    value.get(key).and_then(Value::as_array).map_or(&[], Vec::as_slice)
}

/// The list of texts at `key`.
pub(super) fn ids<'v>(value: &'v Value, key: &str) -> Vec<&'v str> {
    list(value, key).iter().filter_map(Value::as_str).collect()
}

/// The number at `key`.
pub(super) fn number(value: &Value, key: &str) -> Option<f64> {
    value.get(key).and_then(Value::as_f64)
}

/// Whether `key` is true.
pub(super) fn is(value: &Value, key: &str) -> bool {
    value.get(key).and_then(Value::as_bool) == Some(true)
}

/// A quantity as low, likely and high.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Amount {
    pub(super) low: f64,
    pub(super) likely: f64,
    pub(super) high: f64,
}

/// The quantity at `key`: a range, or a plain number, which is its own low and high.
pub(super) fn amount(value: &Value, key: &str) -> Option<Amount> {
    let at = value.get(key)?;
    if let Some(one) = at.as_f64() {
        return Some(Amount { low: one, likely: one, high: one });
    }
    Some(Amount { low: number(at, "low")?, likely: number(at, "likely")?, high: number(at, "high")? })
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn what_is_not_there_is_empty() {
        let value = json!({ "a": 1, "b": ["x", 2], "c": { "low": 1, "likely": 2, "high": 3 }, "d": {} });
        assert_eq!((words(&value, "a"), words(&value, "z")), ("", ""));
        assert_eq!(ids(&value, "b"), ["x"]);
        assert!(list(&value, "a").is_empty());
        assert_eq!(amount(&value, "a"), Some(Amount { low: 1.0, likely: 1.0, high: 1.0 }));
        assert_eq!(amount(&value, "c"), Some(Amount { low: 1.0, likely: 2.0, high: 3.0 }));
        assert_eq!(amount(&value, "d"), None);
        assert!(!is(&value, "a"));
    }
}
