//! What readers of stack files say, in the words of a workbook: headings in place of keys, names in place of ids, and what
//! is missing at the empty cell.

use super::columns::{Column, Holds, Rows, Sheet, settings, sheet_of, sheets};
use super::hidden::Hidden;
use super::names::Names;
use super::table::{Given, Row, Slot, Table, name_column};
use super::vocabulary::{folded, label_in};
use crate::model::shape::Takes;
use crate::source::{CellText, Diagnostic, Fix, Span, nearest};

/// Problems of a stack as a whole, which name entries by their ids.
const OF_ENTRIES: [&str; 16] = [
    "contract-renewed",
    "dependency-cycle",
    "depends-on-retired",
    "ends-in-use",
    "flow-touches-retired",
    "has-ended",
    "lone-system",
    "missing-rate",
    "more-than-a-team",
    "no-performer",
    "perhaps-one-system",
    "process-cycle",
    "replaced-by-nothing",
    "retired-in-use",
    "review-in-future",
    "unused-arrival",
];

/// Problems of an entry as a whole that one cell of its row is about.
const CELLS: [(&str, &str); 4] = [
    ("contract-renewed", "contract.renews"),
    ("has-ended", "ends"),
    ("ends-in-use", "ends"),
    ("review-in-future", "vendor_review.last"),
];

/// What a place of the text shows.
#[derive(Clone, Copy)]
struct At<'a> {
    sheet: &'a Sheet,
    row: &'a Row,
    column: Option<&'a Column>,
}

/// Where all cells stand.
pub(super) struct Places<'a> {
    /// Each row by where it begins and ends.
    rows: Vec<(Span, &'a Sheet, &'a Row)>,
    /// Cells whose values are answers on the sheet of questions, with the row and the column that they belong to.
    answers: Vec<(Span, At<'a>)>,
    given: &'a [Given],
    names: &'a Names,
    hidden: &'a Hidden,
}

impl<'a> Places<'a> {
    pub(super) fn of(tables: &'a [Table], given: &'a [Given], names: &'a Names, hidden: &'a Hidden) -> Self {
        let mut rows: Vec<(Span, &Sheet, &Row)> = Vec::new();
        let mut answers = Vec::new();
        for table in tables {
            for row in &table.rows {
                for at in row.answered.iter().filter_map(|key| table.sheet.of_key(key)) {
                    let column = Some(&table.sheet.columns[at]);
                    answers.push((row.place(Some(at)), At { sheet: table.sheet, row, column }));
                }
                let spans = row.cells.values().map(|cell| cell.span);
                let start = spans.clone().map(|span| span.start).min().unwrap_or(0);
                let end = spans.map(|span| span.end).max().unwrap_or(0);
                rows.push((Span { start, end }, table.sheet, row));
            }
        }
        rows.sort_by_key(|(span, ..)| span.start);
        Self { rows, answers, given, names, hidden }
    }

    fn at(&self, span: Span) -> Option<At<'a>> {
        let is_within = |cell: &Span| cell.start <= span.start && span.start <= cell.end;
        if let Some((_, at)) = self.answers.iter().find(|(cell, _)| is_within(cell)) {
            return Some(*at);
        }
        let next = self.rows.partition_point(|(row, ..)| row.start <= span.start);
        let (within, sheet, row) = self.rows[..next].last().copied()?;
        if span.start > within.end {
            return None;
        }
        let is_at = |cell: Span| cell.start <= span.start && span.start <= cell.end;
        let slot = row.cells.iter().find(|(_, cell)| is_at(cell.span)).map(|(slot, _)| slot);
        let column = match slot {
            Some(Slot::Known(at)) => Some(&sheet.columns[*at]),
            _ => None,
        };
        Some(At { sheet, row, column })
    }

    /// Where the value of a setting belongs.
    fn setting(&self, key: &str) -> Option<Span> {
        self.given.iter().find(|given| given.path.join(".") == key).map(|given| given.cell.span)
    }

    /// The same problem for somebody who looks at a workbook.
    pub(super) fn told(&self, mut problem: Diagnostic) -> Diagnostic {
        let at = self.at(problem.span);
        if OF_ENTRIES.contains(&problem.code) {
            self.by_name(&mut problem);
        }
        // A cell needs no quotes.
        for (_, text) in problem.fixes.iter_mut().flat_map(|fix| &mut fix.edits) {
            if let Some(bare) = text.strip_prefix('"').and_then(|rest| rest.strip_suffix('"')) {
                *text = bare.to_owned();
            }
        }
        match problem.code {
            "missing-rate" => {
                let place = self.setting("hourly_rate");
                problem.span = place.unwrap_or(problem.span);
                problem.help = Some(
                    "fill in the hourly rate on Settings: the loaded cost of an hour of manual work; until then hours are counted and their cost is not known".into(),
                );
                return problem;
            }
            "no-as-of" => {
                problem.span = self.setting("as_of").unwrap_or(problem.span);
                problem.help = Some("fill in `As of` on Settings; without it all date rules are skipped".into());
                return problem;
            }
            _ => {}
        }
        let Some(at) = at else {
            let is_here = |given: &&Given| {
                given.cell.span.start <= problem.span.start && problem.span.start <= given.cell.span.end
            };
            if problem.code == "unknown-word"
                && let Some(given) = self.given.iter().find(is_here)
            {
                word(&mut problem, given.takes);
            }
            self.rephrase(&mut problem, None);
            return problem;
        };
        if let Some((_, key)) = CELLS.iter().find(|(code, _)| *code == problem.code) {
            problem.span = at.row.place(at.sheet.of_key(key));
        }
        match problem.code {
            "no-performer" => {
                problem.span = at.row.place(at.sheet.of_key("performer"));
                problem.help = Some(
                    "name who does it under `Done by`; until then it is priced at the hourly rate of the stack".into(),
                );
            }
            "missing-key" => self.missing(&mut problem, at),
            "unknown-id" => self.unknown(&mut problem, at),
            "unknown-word" => {
                if let Some(Holds::Key(takes)) = at.column.map(|column| column.holds) {
                    word(&mut problem, takes);
                }
            }
            "duplicate-id" if at.sheet.rows == Rows::Flows => {
                let ends = ["from", "to", "data"].map(|key| at.row.text(at.sheet.of_key(key)));
                let [from, to, data] = ends;
                problem.message = format!("two rows say how `{data}` goes from `{from}` to `{to}`");
                problem.help =
                    Some("put the two into one row if they are one way, or name different data in each".into());
            }
            "not-yes-or-no" => {
                problem.message = problem.message.replace("`true` or `false`", "`Yes` or `No`");
                for (_, text) in problem.fixes.iter_mut().flat_map(|fix| &mut fix.edits) {
                    *text = if text == "true" { "Yes".to_owned() } else { "No".to_owned() };
                }
            }
            "process-without-needs" => {
                let name = at.row.text(name_column(at.sheet));
                problem.message = format!("process `{name}` has no needs");
                let help = "add a row on Needs for each data that it needs, with the system where it needs it; without needs it \
                            counts as always running";
                problem.help = Some(help.into());
            }
            _ => {}
        }
        self.rephrase(&mut problem, Some(at.sheet));
        problem
    }

    /// Names in place of ids, which stand in a column that is folded away.
    fn by_name(&self, problem: &mut Diagnostic) {
        let related = problem.related.iter_mut().map(|(_, text)| text);
        for text in std::iter::once(&mut problem.message).chain(related) {
            let pieces = text.split('`').enumerate().map(|(at, piece)| match at % 2 {
                1 => self.names.called(piece).unwrap_or_else(|| piece.to_owned()),
                _ => piece.to_owned(),
            });
            *text = pieces.collect::<Vec<_>>().join("`");
        }
    }

    /// A needed cell that is empty.
    fn missing(&self, problem: &mut Diagnostic, at: At<'_>) {
        let key = problem.message.split('`').nth(1).unwrap_or_default();
        if let Some(column) = at.sheet.of_key(key).map(|place| &at.sheet.columns[place]) {
            let meaning = column.doc.clone();
            problem.message = format!("the row has no `{}`", column.heading);
            problem.help = Some(format!("fill in the cell. {meaning}").into_boxed_str());
        }
    }

    /// A name that nobody has.
    fn unknown(&self, problem: &mut Diagnostic, at: At<'_>) {
        let Some(what) = at.column.and_then(names_what) else { return };
        let said = problem.message.split('`').nth(1).unwrap_or_default().to_owned();
        problem.message = format!("there is no {what} `{said}`");
        problem.fixes.clear();
        let (sheet, span) = (sheet_of(what), problem.span);
        let list = super::columns::sheet_named(sheet).map_or("", Sheet::list);
        let is_gone =
            self.hidden.entries.iter().any(|((of, _), (name, _))| of == list && folded(name) == folded(&said));
        let told = std::mem::replace(problem, Diagnostic::error("", span, ""));
        *problem = match self.names.near(what, &said) {
            _ if is_gone => told.help(format!("its row on {sheet} is gone; put it back, or pick another {what}")),
            _ if self.names.is_shared(what, &said) => {
                told.help(format!("several rows of {sheet} have this name; write its Id in brackets behind it"))
            }
            Some(near) => {
                let near = near.to_owned();
                told.help(format!("did you mean `{near}`?")).instead(span, near, "")
            }
            None => told.help(format!("add a row for it on {sheet}, or pick one that is there")),
        };
    }

    /// Headings in place of keys. Of a problem that is on no sheet of rows, settings are meant.
    fn rephrase(&self, problem: &mut Diagnostic, sheet: Option<&Sheet>) {
        let mut texts: Vec<&mut String> = vec![&mut problem.message];
        texts.extend(problem.related.iter_mut().map(|(_, text)| text));
        let mut help = problem.help.take().map(String::from);
        texts.extend(help.as_mut());
        for text in texts {
            replace_pairs(text, sheet);
            for one in sheets().iter().filter(|one| one.id_column().is_some()) {
                let list = format!("under `{}`", one.list());
                if text.contains(&list) {
                    *text = text.replace(&list, &format!("on {}", one.name));
                }
            }
            if let Some(sheet) = sheet {
                for column in sheet.columns.iter().filter(|column| !column.path.is_empty()) {
                    replace_key(text, column.path[column.path.len() - 1], &column.heading);
                    replace_key(text, &column.key(), &column.heading);
                }
            }
            for setting in settings().iter().filter(|setting| setting.is_key) {
                replace_key(text, setting.path[setting.path.len() - 1], &setting.label);
            }
            for (words, ours) in [
                ("the id of a team", "a team"),
                ("the id of a system", "a system"),
                (" to the file", " on Settings"),
                ("remove the key", "leave the cell empty"),
                ("`[low, likely, high]`", "`10 / 15 / 25` for low, likely and high"),
            ] {
                if text.contains(words) {
                    *text = text.replace(words, ours);
                }
            }
        }
        problem.help = help.map(String::into_boxed_str);
    }
}

/// A word that no drop-down has.
fn word(problem: &mut Diagnostic, takes: Takes) {
    let (Takes::Word(words) | Takes::Words(words)) = takes else { return };
    let words = words();
    let label = |word: &str| words.iter().find(|known| **known == word).map(|word| label_in(&words, word));
    let mut fixes = std::mem::take(&mut problem.fixes);
    for (_, text) in fixes.iter_mut().flat_map(|fix| &mut fix.edits) {
        if let Some(label) = label(text) {
            *text = label;
        }
    }
    problem.fixes = fixes;
    let labels: Vec<String> = words.iter().map(|word| label_in(&words, word)).collect();
    let said = problem.message.split('`').nth(1).unwrap_or_default();
    if problem.fixes.is_empty()
        && let Some(near) = nearest(said, labels.iter().map(String::as_str))
    {
        problem.fixes.push(Fix { when: String::new(), edits: vec![(problem.span, near.to_owned())] });
    }
    if problem.help.is_some() {
        let near = problem.fixes.first().and_then(|fix| Some((fix, fix.edits.first()?)));
        let near = near.map(|(fix, (_, text))| match fix.when.is_empty() {
            true => format!("did you mean `{text}`? "),
            false => format!("pick `{text}` {}, else ", fix.when),
        });
        // A long list is for the drop-down to show.
        let all = match labels.len() {
            ..=12 => labels.iter().map(|label| format!("`{label}`")).collect::<Vec<_>>().join(", "),
            _ => "the list".to_owned(),
        };
        problem.help = Some(
            format!("{}pick one of {all}", near.unwrap_or_default()).replace("else pick", "else").into_boxed_str(),
        );
    }
}

/// What a column names.
fn names_what(column: &Column) -> Option<&'static str> {
    match column.holds {
        Holds::Owner(what) => Some(what),
        Holds::Key(Takes::IdOf(what) | Takes::IdsOf(what) | Takes::IdsOr(what, _) | Takes::IdOrWord(what, _)) => {
            Some(what)
        }
        _ => None,
    }
}

/// Puts a cell in place of a key with its value in backticks: `kind: other` is `Other` under `Kind`; a list that has a sheet of
/// its own is a row there.
fn replace_pairs(text: &mut String, sheet: Option<&Sheet>) {
    let pairs: Vec<String> =
        text.split('`').skip(1).step_by(2).filter(|pair| pair.contains(": ")).map(str::to_owned).collect();
    for pair in pairs {
        let Some((key, value)) = pair.split_once(": ") else { continue };
        let own = sheets().iter().find(|sheet| matches!(sheet.rows, Rows::Parts(_, part) if part == key));
        let cell = match (own, sheet.and_then(|sheet| Some(&sheet.columns[sheet.of_key(key)?]))) {
            (Some(own), _) => format!("a row on {}", own.name),
            (None, Some(column)) => {
                let label = match column.holds {
                    Holds::Key(Takes::Word(words) | Takes::Words(words)) => label_in(&words(), value),
                    Holds::Key(Takes::Bool) if value == "true" => "Yes".to_owned(),
                    Holds::Key(Takes::Bool) if value == "false" => "No".to_owned(),
                    _ => value.to_owned(),
                };
                format!("`{label}` under `{}`", column.heading)
            }
            (None, None) => continue,
        };
        *text = text.replace(&format!("`{pair}`"), &cell);
    }
}

/// Puts the heading in place of a key in backticks, with a colon behind it or not.
fn replace_key(text: &mut String, key: &str, heading: &str) {
    for written in [format!("`{key}:`"), format!("`{key}`")] {
        if text.contains(&written) {
            *text = text.replace(&written, &format!("`{heading}`"));
        }
    }
}

/// Formulas of which the file keeps no value, as scripts write them; each at its cell.
pub(super) fn without_value(cells: &[(String, u32, u32)], text: &mut CellText) -> Vec<Diagnostic> {
    let mut told = |(sheet, row, column): &(String, u32, u32)| {
        text.line(sheet, *row);
        let span = text.cell(*column, "", "");
        let help = "open the file in a spreadsheet program and save it, which computes it, or type the value";
        Diagnostic::error("no-value", span, "the formula has no value").help(help)
    };
    cells.iter().map(&mut told).collect()
}

/// A warning of each sheet that the workbook has and nobody reads, at its first row.
pub(super) fn not_read(others: &[(String, u32)], text: &mut CellText) -> Vec<Diagnostic> {
    let ours: Vec<&str> = sheets().iter().map(|sheet| sheet.name).collect();
    let mut told = |(name, row): &(String, u32)| {
        text.line(name, *row);
        let span = text.cell(1, "", "");
        let help = format!("sheets that are read: {}", ours.join(", "));
        Diagnostic::warning("sheet-not-read", span, format!("not read: `{name}`")).help(help)
    };
    others.iter().map(&mut told).collect()
}
