//! Tables of a folder: read as they come, and taken once it is known whether they lie in a project.

use super::clean::LeftOut;
use super::draft::Draft;
use super::opened::Opened;
use super::reading::{File, Reading};
use super::report::LeftAlone;
use super::{Format, Import, Input, recognise, stem};

/// A table that waits.
#[derive(Debug)]
pub(super) struct Unread {
    /// What was named for it on the command line.
    within: String,
    /// Its name as it came, which tells its folder.
    path: String,
    format: &'static Format,
    sign: String,
    reading: Reading,
    left_out: LeftOut,
}

impl Unread {
    /// Whether there is more to it than that it is no table of systems or flows.
    pub(super) fn says_anything(&self) -> bool {
        !self.is_empty()
    }

    fn is_empty(&self) -> bool {
        let Reading { workflows, draft, faults, .. } = &self.reading;
        workflows.is_empty() && *draft == Draft::default() && !faults.is_empty()
    }

    /// Whether it is some other table.
    fn is_other(&self) -> bool {
        self.is_empty() && self.reading.faults.iter().all(|fault| fault.code == "no-table")
    }
}

impl Import {
    /// Reads a table of a folder.
    pub(super) fn wait(&mut self, name: &str, opened: &Opened<'_>, format: &'static Format, sign: String) {
        let shown = LeftOut::default().path(name);
        let file = File { input: 0, name: &shown, stem: stem(&shown), map: &self.map };
        let mut left_out = LeftOut::default();
        let reading = recognise::knowing(&self.catalog, || format.content.read(&file, opened, &mut left_out));
        if let Some(text) = opened.text {
            // Another file may include it, as a model does, or be about it.
            self.spare.keep(name, text);
        }
        let within = self.within.clone().unwrap_or_default();
        self.tables.push(Unread { within, path: name.to_owned(), format, sign, reading, left_out });
    }

    /// Takes the tables that lie in no project, and says which were left alone.
    pub(super) fn read_tables(&mut self) {
        for table in std::mem::take(&mut self.tables) {
            if table.is_other() {
                self.unknown.push((table.path, None));
                continue;
            }
            match self.projects.of(&table.within, &table.path) {
                Some(formats) => {
                    let file = self.left_out.path(&table.path);
                    self.left_alone.push(LeftAlone::in_project(&table.within, file, &formats));
                }
                None => self.take_table(table),
            }
        }
        self.left_alone.sort_by(|a, b| (&a.why, &a.file).cmp(&(&b.why, &b.file)));
    }

    fn take_table(&mut self, table: Unread) {
        let is_empty = table.is_empty();
        let Unread { within, path, format, sign, mut reading, left_out } = table;
        for (field, count) in left_out.into_counts() {
            self.left_out.count(&field, count);
        }
        let name = self.free_name(&path);
        if is_empty {
            self.problems.extend(reading.faults.into_iter().map(|fault| fault.of(&name)));
            return;
        }
        let input = self.inputs.len();
        for unit in &mut reading.draft.units {
            unit.input = input;
        }
        self.inputs.push(Input::unread(name, format.id, sign, within));
        self.drafts.push(Draft::default());
        self.take(input, format, reading);
    }
}
