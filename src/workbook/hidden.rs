//! The sheet `_sinew`: the version of the format, what no cell holds, and every entry as it was exported, which is what
//! the next import compares with.

use std::collections::BTreeMap;

/// The name of the sheet, and of the file in a folder of CSV files.
pub(super) const NAME: &str = "_sinew";

/// The version of the workbook's format.
const VERSION: &str = "1";

/// Characters of one cell; a longer text goes on in the next.
const CHUNK: usize = 30_000;

/// An entry of a list, and one of its keys: `flows`, `draft-to-cms`, `runs`.
pub(super) type Place = (String, String, String);

/// What a workbook of ours keeps beside its cells.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Hidden {
    /// Values without a cell, as a stack file has them.
    pub(super) rest: BTreeMap<Place, String>,
    /// Cells whose text is not all of it: the text that was written, and the value as a stack file has it.
    pub(super) cells: BTreeMap<Place, (String, String)>,
    /// Every entry as exported, on one line, with its name; and under `settings` the settings.
    pub(super) entries: BTreeMap<(String, String), (String, String)>,
}

impl Hidden {
    /// The rows of the sheet.
    pub(super) fn rows(&self) -> Vec<Vec<String>> {
        let row = |kind: &str, (list, id, key): &Place, text: &str, value: &str| {
            let mut row: Vec<String> = [kind, list, id, key, text].map(str::to_owned).to_vec();
            row.extend(chunks(value));
            row
        };
        let mut rows = vec![vec!["sinew workbook".to_owned(), VERSION.to_owned()]];
        rows.extend(self.rest.iter().map(|(place, value)| row("rest", place, "", value)));
        rows.extend(self.cells.iter().map(|(place, (text, value))| row("cell", place, text, value)));
        let entries = self.entries.iter();
        rows.extend(
            entries.map(|((list, id), (name, value))| {
                row("entry", &(list.clone(), id.clone(), String::new()), name, value)
            }),
        );
        rows
    }

    /// What rows of the sheet say; rows of another shape are left out.
    ///
    /// # Errors
    /// The version, where it is not ours.
    pub(super) fn of(rows: impl IntoIterator<Item = Vec<String>>) -> Result<Self, String> {
        let mut hidden = Self::default();
        let mut rows = rows.into_iter();
        let version = rows.next().and_then(|row| row.get(1).cloned()).unwrap_or_default();
        if version != VERSION {
            return Err(version);
        }
        for row in rows {
            let [kind, list, id, key, text] = [0, 1, 2, 3, 4].map(|at| row.get(at).cloned().unwrap_or_default());
            let value: String = row.iter().skip(5).map(String::as_str).collect();
            match kind.as_str() {
                "rest" => drop(hidden.rest.insert((list, id, key), value)),
                "cell" => drop(hidden.cells.insert((list, id, key), (text, value))),
                "entry" => drop(hidden.entries.insert((list, id), (text, value))),
                _ => {}
            }
        }
        Ok(hidden)
    }
}

/// `text` in parts that fit into cells. No part begins or ends with space, which readers of cells take off.
fn chunks(text: &str) -> Vec<String> {
    let mut chunks = Vec::new();
    let mut left = text;
    while left.len() > CHUNK {
        let is_end = |at: &usize| {
            left.is_char_boundary(*at)
                && !left[..*at].ends_with(char::is_whitespace)
                && !left[*at..].starts_with(char::is_whitespace)
        };
        let end = (CHUNK / 2..=CHUNK).rev().find(is_end).unwrap_or(CHUNK);
        let end = (0..=end).rev().find(|at| left.is_char_boundary(*at)).unwrap_or(left.len());
        chunks.push(left[..end].to_owned());
        left = &left[end..];
    }
    chunks.push(left.to_owned());
    chunks
}

/// Whether two texts of a cell are the same for people: spreadsheets change spaces and line ends.
pub(super) fn is_alike(one: &str, other: &str) -> bool {
    one.split_whitespace().eq(other.split_whitespace())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_kept_comes_back() {
        let place = |key: &str| ("systems".to_owned(), "crm".to_owned(), key.to_owned());
        let long = "ab ".repeat(40_000);
        let hidden = Hidden {
            rest: BTreeMap::from([(place("basis"), "{ from: a.csv }".to_owned())]),
            cells: BTreeMap::from([(place("x-n"), ("31".to_owned(), "0x1F".to_owned()))]),
            entries: BTreeMap::from([(
                ("systems".to_owned(), "crm".to_owned()),
                ("CRM".to_owned(), long.trim().to_owned()),
            )]),
        };
        let rows = hidden.rows();
        assert!(rows.iter().flatten().all(|cell| cell.len() <= CHUNK && cell.trim() == cell));
        assert_eq!(Hidden::of(rows), Ok(hidden));
        assert_eq!(Hidden::of([vec!["sinew workbook".to_owned(), "2".to_owned()]]), Err("2".to_owned()));
    }
}
