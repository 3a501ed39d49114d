//! The matrix form: names in the first row and the first column; a row sends to a column, and the cell says how or what.

use std::collections::BTreeSet;

use super::cell::{Cell, Content};
use super::find::Other;
use super::how::how;
use super::reader::Reader;
use crate::catalog::people::meaning;
use crate::grid::{At, Sheet};
use crate::import::clean::slug;
use crate::import::draft::{DraftFlow, Entry, EntryKey, FlowKey, Given, Standing, Value};

/// Where the names stand.
#[derive(Clone, Debug)]
pub(super) struct Matrix {
    pub(super) header: u32,
    column: u32,
    /// Columns with a name.
    targets: Vec<u32>,
    /// Rows with a name.
    sources: Vec<u32>,
    pub(super) others: Vec<(u32, Other)>,
}

/// Rows in which the names of the columns stand, if they do.
const FIRST: usize = 30;

impl Matrix {
    /// The matrix of a sheet: more than half of the names of rows and columns are the same.
    pub(super) fn of(sheet: &Sheet) -> Option<Self> {
        let rows: Vec<u32> = sheet.rows().map(|(row, _)| row).collect();
        rows.iter().take(FIRST).find_map(|header| Self::below(sheet, *header, &rows))
    }

    fn below(sheet: &Sheet, header: u32, rows: &[u32]) -> Option<Self> {
        let names = sheet.row(header)?;
        let below: Vec<u32> = rows.iter().copied().filter(|row| *row > header).collect();
        let column = below.iter().filter_map(|row| sheet.row(*row)?.keys().next()).min().copied()?;
        let targets: Vec<u32> = names.keys().copied().filter(|one| *one > column).collect();
        // `x = notification only`: a legend, and no name.
        let is_name = |row: u32| {
            let is_alone = sheet.row(row).is_some_and(|cells| cells.len() == 1);
            let text = sheet.cell(At { row, column }).map(|cell| cell.text.as_str());
            text.is_some_and(|text| !is_alone || !text.contains(['=', ':']) && text.split_whitespace().count() <= 4)
        };
        let sources: Vec<u32> = below.into_iter().filter(|row| is_name(*row)).collect();
        let name = |row: u32, column: u32| sheet.cell(At { row, column }).map(|cell| slug(&cell.text, ""));
        let across: BTreeSet<String> = targets.iter().filter_map(|column| name(header, *column)).collect();
        let down: BTreeSet<String> = sources.iter().filter_map(|row| name(*row, column)).collect();
        let same = across.intersection(&down).filter(|name| !name.is_empty()).count();
        let is_matrix = same >= 2 && same * 2 > across.len().max(down.len());
        let outside = rows.iter().filter(|row| **row != header && !sources.contains(row));
        let others = outside.map(|row| (*row, Other::Outside)).collect();
        is_matrix.then_some(Self { header, column, targets, sources, others })
    }

    pub(super) fn read(&self, reader: &mut Reader<'_>, sheet: &Sheet) {
        for row in &self.sources {
            let at = At { row: *row, column: self.column };
            let named = sheet.cell(at).and_then(|cell| reader.names.system(&cell.text, reader.left_out));
            let place = sheet.place(at);
            let Some(from) = named else {
                reader.drop_row("row", place, "it names no system");
                continue;
            };
            let mut entries = vec![reader.system(&from, &place)];
            for column in &self.targets {
                let at = At { row: *row, column: *column };
                let name = sheet.cell(At { row: self.header, column: *column });
                let Some(to) = name.and_then(|cell| reader.names.system(&cell.text, reader.left_out)) else { continue };
                entries.push(reader.system(&to, &sheet.place(At { row: self.header, column: *column })));
                let Content::Said(cell) = Content::of(sheet.cell(at), sheet.place(at), None, false) else { continue };
                if to.named.key == from.named.key || cell.flag() == Some(false) {
                    continue;
                }
                // A tick says that something goes there; other words say how, or what.
                let is_how = reader.is_mechanism(&cell);
                let said = Some(&cell).filter(|_| is_how);
                let ends = (&from.named, &to.named);
                let how = how(said, None, false, ends, &mut reader.names, reader.left_out);
                let mut entry = Entry::default();
                let what = if is_how || cell.flag().is_some() { None } else { reader.object(&cell.text, &cell.place) };
                let object = what.unwrap_or_else(|| {
                    let why = "the table does not say what moves";
                    entry.set("data", Given::guessed(Value::Literal("records".into()), why));
                    reader.object("records", &cell.place).unwrap_or_default()
                });
                let said = said.map(|cell| reader.left_out.clean(&cell.text));
                let value = Value::Literal(how.mechanism.as_str().to_owned());
                let said = said.filter(|said| said.to_lowercase() != how.mechanism.as_str());
                entry.set("mechanism", Given { guess: how.guess, value, said });
                let through = how.through.clone().filter(|one| one.key != from.named.key && one.key != to.named.key);
                if let Some(named) = &through {
                    let system = super::names::System { named: named.clone(), called: None, aside: None, said: None };
                    entries.push(reader.system(&system, &cell.place));
                }
                let id = format!("flow/{}/{}/{object}", slug(&from.named.name, "a"), slug(&to.named.name, "b"));
                entry.origins.insert(reader.origin(&cell.place, &id));
                let key = FlowKey {
                    from: from.named.key.clone(),
                    to: to.named.key.clone(),
                    data: [object].into(),
                    mechanism: how.mechanism,
                    through: through.map(|named| named.key),
                    apart: String::new(),
                };
                reader.draft.flow(key.clone(), DraftFlow { entry, standing: Standing::Live, runs: None });
                entries.push(EntryKey::Flow(Box::new(key)));
            }
            reader.gave(entries);
        }
    }
}

impl Reader<'_> {
    /// Whether the words of a cell name no system and no product, but say how something moves.
    pub(super) fn is_only_how(&mut self, cell: &Cell) -> bool {
        !self.names.knows(&cell.text, self.left_out) && super::how::says_how(&cell.text)
    }

    /// Whether the words of a cell say how something moves, rather than what.
    fn is_mechanism(&mut self, cell: &Cell) -> bool {
        let plain = cell.text.trim().to_lowercase();
        crate::model::Mechanism::parse(&plain.replace(' ', "-")).is_some()
            || !crate::catalog::people::meanings("mechanism", &cell.text).is_empty()
            || plain.split([' ', '/', ',']).any(|word| meaning("word in a mechanism", word).is_some())
            || self.names.knows(&cell.text, self.left_out)
    }
}
