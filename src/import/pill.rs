//! References in double braces, as several platforms write them, and where they stand in a text.

use super::chain::{Reference, Target};
use super::roles;

/// How far a reference may reach, in bytes, so that no text is looked through once for each of its braces.
const WINDOW: usize = 1_000;
/// References of one step that are looked at.
const MOST: usize = 1_000;

/// Every `{{…}}` of a text: where it begins, and what stands between.
pub(super) fn braces(text: &str) -> impl Iterator<Item = (usize, &str)> {
    text.match_indices("{{").filter_map(|(at, _)| {
        let inner = &text[at + 2..];
        let inner = &inner[..inner.floor_char_boundary(WINDOW)];
        inner.find("}}").map(|end| (at, &inner[..end]))
    })
}

/// Whether a reference in this parameter only finds a record. Behind a key within a text of JSON, that key decides.
pub(super) fn finds(parameter: &str, before: &str) -> bool {
    match key_before(before) {
        Some(key) => roles::finds_the_record(key),
        None => roles::finds_the_record(parameter),
    }
}

/// The key of `{"key": "` where a text ends in that.
fn key_before(before: &str) -> Option<&str> {
    let before = before.trim_end().trim_end_matches('"').trim_end();
    let before = before.strip_suffix(':')?.trim_end().strip_suffix('"')?;
    let start = before.rfind('"')? + 1;
    Some(&before[start..]).filter(|key| !key.is_empty() && key.len() <= 100)
}

/// References of one step, each target and field once; one that carries data beats one that only finds a record.
#[derive(Debug, Default)]
pub(super) struct References(Vec<Reference>);

impl References {
    pub(super) fn add(&mut self, to: Target, field: Option<&str>, finds: bool) {
        let field = field.map(str::to_owned);
        let is_full = self.0.len() >= MOST;
        match self.0.iter_mut().find(|known| known.to == to && known.field == field) {
            Some(known) => known.finds &= finds,
            None if is_full => {}
            None => self.0.push(Reference { to, field, finds }),
        }
    }

    pub(super) fn into_list(self) -> Vec<Reference> {
        self.0
    }
}

#[cfg(test)]
mod tests {
    use super::{braces, finds};

    #[test]
    fn the_key_of_a_json_text_decides_where_there_is_one() {
        assert!(finds("data", r#"{"content": "x", "lead_id": ""#));
        assert!(!finds("data", r#"{"lead_id": 1, "content": ""#));
        assert!(finds("recordId", ""));
        assert!(!finds("text", "Hello: "));
        let all: Vec<(usize, &str)> = braces("a {{1.b}} {{2.`c d`}} {{open").collect();
        assert_eq!(all, [(2, "1.b"), (10, "2.`c d`")]);
    }
}
