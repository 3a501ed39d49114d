//! Spreadsheets of LibreOffice and its kin. The usual reader makes room for what repeated rows and columns declare and
//! knows neither merged cells nor comments, so the one part that matters is read here.

use std::collections::BTreeSet;

use quick_xml::events::Event;

use super::bounds::{Budget, SHEETS, entry, too_many_cells, too_many_sheets, unpacked};
use super::shown;
use super::xlsx::{attributes, password};
use super::{Area, At, Book, Cell, Refusal, Sheet, Value, Visibility};

pub(super) fn open(bytes: &[u8]) -> Result<Book, Refusal> {
    let mut archive = unpacked(bytes)?;
    let manifest = entry(&mut archive, "META-INF/manifest.xml").unwrap_or_default();
    if manifest.windows(15).any(|part| part == b"encryption-data") {
        return Err(password());
    }
    let content = entry(&mut archive, "content.xml").ok_or_else(|| broken(&"it has no content"))?;
    let content = std::str::from_utf8(&content).map_err(|error| broken(&error))?;
    let mut reader = quick_xml::Reader::from_str(content);
    let mut read = Reading::default();
    loop {
        match reader.read_event().map_err(|error| broken(&error))? {
            Event::Start(e) => read.start(e.local_name().as_ref(), &attributes(&e), false)?,
            Event::Empty(e) => {
                read.start(e.local_name().as_ref(), &attributes(&e), true)?;
                read.end(e.local_name().as_ref())?;
            }
            Event::End(e) => read.end(e.local_name().as_ref())?,
            Event::Text(text) => read.text(&text.xml10_content()),
            Event::GeneralRef(name) => read.text(reference(name.as_ref())),
            Event::CData(text) => read.text(text.as_ref()),
            Event::DocType(_) => return Err(broken(&"it declares a document type")),
            Event::Eof => break,
            _ => {}
        }
    }
    Ok(Book { what: "an OpenDocument spreadsheet", sheets: read.sheets, ..Book::default() })
}

fn broken(error: &dyn std::fmt::Display) -> Refusal {
    Refusal::new(
        "broken-workbook",
        format!("the spreadsheet cannot be read: {error}"),
        "open it in a spreadsheet program, and save it again",
    )
}

/// One of the five references that XML knows; other characters by number are rare in cells.
fn reference(name: &str) -> &'static str {
    match name {
        "amp" | "#38" => "&",
        "lt" | "#60" => "<",
        "gt" | "#62" => ">",
        "quot" | "#34" => "\"",
        "apos" | "#39" => "'",
        "#10" => "\n",
        _ => " ",
    }
}

type Keys = std::collections::BTreeMap<String, String>;

struct Reading {
    sheets: Vec<Sheet>,
    budget: Budget,
    /// The style that is being described, and those whose tables are hidden.
    style: String,
    hidden: BTreeSet<String>,
    /// Tables within each other; only the outermost are sheets.
    depth: usize,
    row: u32,
    column: u32,
    row_repeats: u32,
    /// Cells of the row, with how many columns they fill.
    cells: Vec<(u32, u32, Cell)>,
    /// The cell that is being read.
    cell: Option<Keys>,
    paragraphs: Vec<String>,
    in_paragraph: bool,
    /// Comments within each other: their text is not that of the cell.
    notes: usize,
}

impl Default for Reading {
    fn default() -> Self {
        Self {
            sheets: Vec::new(),
            budget: Budget::new(),
            style: String::new(),
            hidden: BTreeSet::new(),
            depth: 0,
            row: 0,
            column: 0,
            row_repeats: 1,
            cells: Vec::new(),
            cell: None,
            paragraphs: Vec::new(),
            in_paragraph: false,
            notes: 0,
        }
    }
}

impl Reading {
    fn start(&mut self, name: &str, keys: &Keys, is_empty: bool) -> Result<(), Refusal> {
        let number = |key: &str| keys.get(key).and_then(|value| value.parse::<u32>().ok()).unwrap_or(1).max(1);
        match name {
            "style" => self.style = keys.get("name").cloned().unwrap_or_default(),
            "table-properties" if keys.get("display").is_some_and(|value| value == "false") => {
                self.hidden.insert(self.style.clone());
            }
            "table" => {
                self.depth += 1;
                if self.depth == 1 {
                    if self.sheets.len() == SHEETS {
                        return Err(too_many_sheets(SHEETS + 1));
                    }
                    let mut sheet = Sheet::named(keys.get("name").map_or("", String::as_str));
                    if keys.get("style-name").is_some_and(|style| self.hidden.contains(style)) {
                        sheet.visibility = Visibility::Hidden;
                    }
                    self.sheets.push(sheet);
                    self.row = 0;
                }
            }
            "table-row" if self.depth == 1 => {
                (self.column, self.row_repeats) = (0, number("number-rows-repeated"));
                self.cells.clear();
            }
            "table-cell" | "covered-table-cell" if self.depth == 1 => {
                self.cell = Some(keys.clone());
                self.paragraphs.clear();
            }
            "annotation" => {
                self.notes += 1;
                if self.notes == 1 && self.depth == 1 && self.cell.is_some() {
                    let at = At { row: self.row, column: self.column };
                    self.sheets.last_mut().into_iter().for_each(|sheet| sheet.comments.push(at));
                }
            }
            "p" if self.cell.is_some() && self.notes == 0 => {
                self.paragraphs.push(String::new());
                self.in_paragraph = !is_empty;
            }
            "s" => self.text(" "),
            "tab" => self.text("\t"),
            "line-break" => self.text("\n"),
            _ => {}
        }
        Ok(())
    }

    fn text(&mut self, text: &str) {
        if self.in_paragraph && self.notes == 0 {
            self.paragraphs.last_mut().into_iter().for_each(|paragraph| paragraph.push_str(text));
        }
    }

    fn end(&mut self, name: &str) -> Result<(), Refusal> {
        match name {
            "p" if self.notes == 0 => self.in_paragraph = false,
            "annotation" => self.notes = self.notes.saturating_sub(1),
            "table-cell" | "covered-table-cell" if self.depth == 1 => {
                if let Some(keys) = self.cell.take() {
                    self.cell_ends(&keys);
                }
            }
            "table-row" if self.depth == 1 => self.row_ends()?,
            "table" => {
                self.depth = self.depth.saturating_sub(1);
                if self.depth == 0
                    && let Some(sheet) = self.sheets.last_mut()
                {
                    sheet.sort()?;
                }
            }
            _ => {}
        }
        Ok(())
    }

    fn cell_ends(&mut self, keys: &Keys) {
        let number = |key: &str| keys.get(key).and_then(|value| value.parse::<u32>().ok()).unwrap_or(1).max(1);
        let repeats = number("number-columns-repeated");
        let at = At { row: self.row, column: self.column };
        if let Some(sheet) = self.sheets.last_mut() {
            if keys.contains_key("formula") {
                sheet.formulas.push(at);
            }
            let (down, right) = (number("number-rows-spanned") - 1, number("number-columns-spanned") - 1);
            if down > 0 || right > 0 {
                let to = At { row: at.row.saturating_add(down), column: at.column.saturating_add(right) };
                sheet.merged.push(Area { from: at, to });
            }
        }
        if let Some(cell) = cell(keys, &self.paragraphs.join("\n")) {
            self.cells.push((self.column, repeats, cell));
        }
        self.column = self.column.saturating_add(repeats);
    }

    fn row_ends(&mut self) -> Result<(), Refusal> {
        let cells = std::mem::take(&mut self.cells);
        if let Some(sheet) = self.sheets.last_mut()
            && !cells.is_empty()
        {
            for down in 0..self.row_repeats {
                for (column, repeats, cell) in &cells {
                    for right in 0..*repeats {
                        let row = self.row.checked_add(down).ok_or_else(too_many_cells)?;
                        let column = column.checked_add(right).ok_or_else(too_many_cells)?;
                        self.budget.put(sheet, At { row, column }, cell.clone())?;
                    }
                }
            }
        }
        self.row = self.row.saturating_add(self.row_repeats);
        Ok(())
    }
}

/// A cell by its keys and the text that is shown.
fn cell(keys: &Keys, text: &str) -> Option<Cell> {
    let key = |key: &str| keys.get(key).map(String::as_str);
    let number = key("value").and_then(|value| value.parse::<f64>().ok()).filter(|value| value.is_finite());
    let value = match (key("value-type"), number) {
        (Some("float" | "percentage" | "currency"), Some(value)) => Value::Number(value),
        (Some("boolean"), _) => Value::Bool(key("boolean-value") == Some("true")),
        (Some("date"), _) => return key("date-value").and_then(shown::iso).or_else(|| Cell::text(text)),
        (Some("time"), _) => return key("time-value").and_then(shown::iso).or_else(|| Cell::text(text)),
        _ => return Cell::text(text),
    };
    // Thousands and decimals are shown as the country of the file has them: the number is surer.
    let shape = match (key("value-type"), text.trim()) {
        (Some("percentage"), _) => shown::Shape::Percent,
        (Some("currency"), shown) => shown::Shape::of(&in_format(shown)),
        _ => shown::Shape::Plain,
    };
    match value {
        Value::Number(value) => Some(shown::number(value, &shape)),
        Value::Bool(value) => Some(shown::flag(value)),
        value => Some(Cell { text: text.trim().to_owned(), value }),
    }
}

/// Shown money as the format that would show it: `24,000.00 €` as `0 €`.
fn in_format(shown: &str) -> String {
    let is_digit = |c: char| c.is_ascii_digit() || matches!(c, '.' | ',' | '-' | '\u{a0}' | '\u{202f}');
    let start = shown.find(is_digit).unwrap_or(shown.len());
    let end = shown.rfind(is_digit).map_or(start, |at| at + shown[at..].chars().next().map_or(0, char::len_utf8));
    format!("\"{}\"0\"{}\"", shown[..start].replace('"', ""), shown[end.max(start)..].replace('"', ""))
}
