//! What people say of columns whose headers mean nothing to us: `Header=field`.

use std::collections::BTreeMap;

use super::headers::{fields, is_field, normalised};
use crate::source::nearest;

/// Headers with the fields that they stand for.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct HeaderMap {
    /// By normalised header: as it was written, and the field; `ignore` leaves a column out.
    by_header: BTreeMap<String, (String, &'static str)>,
}

/// The word that leaves a column out.
pub(super) const IGNORE: &str = "ignore";

impl HeaderMap {
    /// Whether nothing is mapped.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.by_header.is_empty()
    }

    /// Adds `Header=field`.
    ///
    /// # Errors
    /// A sentence on what is wrong with it: no `=`, no header, or a field that there is none of.
    pub fn add(&mut self, text: &str) -> Result<(), String> {
        let Some((header, field)) = text.rsplit_once('=') else {
            return Err(format!("expected `Header=field`, found `{text}`"));
        };
        self.insert(header.trim(), field.trim())
    }

    fn insert(&mut self, header: &str, field: &str) -> Result<(), String> {
        let known = fields();
        let found = known.iter().copied().chain([IGNORE]).find(|known| *known == field);
        let Some(found) = found else {
            let near = nearest(field, known.iter().copied().chain([IGNORE]));
            let help = near.map_or_else(|| known.join(", "), |near| format!("did you mean `{near}`?"));
            return Err(format!("there is no field `{field}`; {help}"));
        };
        let key = normalised(header);
        if key.is_empty() {
            return Err(format!("`={field}` names no header"));
        }
        self.by_header.insert(key, (header.to_owned(), found));
        Ok(())
    }

    /// Adds what a saved map says: lines `header,field` below that heading, as CSV, or `Header=field`.
    ///
    /// # Errors
    /// Each line that is none of these, with its number.
    pub fn read(&mut self, text: &str) -> Result<(), Vec<String>> {
        let mut wrong = Vec::new();
        let mut reader = csv::ReaderBuilder::new().has_headers(false).flexible(true).from_reader(text.as_bytes());
        for (at, row) in reader.records().enumerate() {
            let added = match row {
                Ok(row) => match row.iter().collect::<Vec<_>>().as_slice() {
                    ["header", "field"] | [""] => Ok(()),
                    [header, field] => self.insert(header.trim(), field.trim()),
                    [one] if one.starts_with('#') => Ok(()),
                    [one] => self.add(one),
                    _ => Err("expected two columns, `header,field`".to_owned()),
                },
                Err(error) => Err(error.to_string()),
            };
            wrong.extend(added.err().map(|message| format!("line {}: {message}", at + 1)));
        }
        if wrong.is_empty() { Ok(()) } else { Err(wrong) }
    }

    /// The map as a file, by header; [`HeaderMap::read`] reads it.
    #[must_use]
    pub fn to_csv(&self) -> String {
        let mut out = csv::Writer::from_writer(Vec::new());
        let rows = self.by_header.values().map(|(header, field)| [header.as_str(), *field]);
        for row in std::iter::once(["header", "field"]).chain(rows) {
            // Writing into memory cannot fail.
            let _ = out.write_record(row);
        }
        String::from_utf8(out.into_inner().unwrap_or_default()).unwrap_or_default()
    }

    /// What a header was said to mean.
    pub(super) fn field(&self, header: &str) -> Option<&'static str> {
        let (_, field) = self.by_header.get(&normalised(header))?;
        assert!(*field == IGNORE || is_field(field));
        Some(field)
    }
}

#[cfg(test)]
mod tests {
    use super::HeaderMap;

    #[test]
    fn a_map_comes_back_from_its_file_and_says_what_is_wrong() {
        let mut map = HeaderMap::default();
        for text in ["Feeds, mostly = to", "Comes from=from", "Colour=ignore"] {
            map.add(text).unwrap();
        }
        let saved = map.to_csv();
        assert_eq!(saved, "header,field\nColour,ignore\nComes from,from\n\"Feeds, mostly\",to\n");
        let mut again = HeaderMap::default();
        again.read(&saved).unwrap();
        assert_eq!(again, map);
        assert_eq!(map.field("comes FROM"), Some("from"));
        assert!(map.add("a=mechanisn").unwrap_err().contains("`mechanism`"));
        assert!(map.add("=to").is_err() && map.add("to").is_err());
        assert_eq!(again.read("x,y,z\nColour,nothing\n").unwrap_err().len(), 2);
    }
}
