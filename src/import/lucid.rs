//! Drawings of Lucidchart, exported as CSV: a row for each shape and each line.

use std::collections::BTreeMap;

use super::boxes::{self, Arrow, Drawing, End, Heads, Shape, Sheet, Style, What};
use super::clean::LeftOut;
use super::problem::Fault;
use super::reading::{File, Reading};

/// The sign of a drawing: its header.
pub(super) fn sign(text: &str) -> Option<&'static str> {
    let header = text.lines().next()?;
    (header.contains("Shape Library") && header.contains("Line Source") && header.contains("Line Destination"))
        .then_some("Shape Library, Line Source, Line Destination")
}

/// Rows of one drawing.
const ROWS: usize = 200_000;

/// Reads all pages of a drawing.
pub(super) fn read(file: &File<'_>, text: &str, left_out: &mut LeftOut) -> Reading {
    let mut rows = csv::ReaderBuilder::new().flexible(true).from_reader(text.as_bytes());
    let Ok(header) = rows.headers().cloned() else { return Reading::default() };
    let columns = Columns::of(&header);
    let (mut all, mut faults) = (Vec::new(), Vec::new());
    for record in rows.records() {
        match record {
            Ok(record) if all.len() < ROWS => all.push(record),
            Ok(_) => {
                let message = format!("the drawing has more than {ROWS} rows");
                faults.push(Fault::new("too-large", message).help("export its pages one by one"));
                break;
            }
            Err(error) => {
                let line = error.position().and_then(|at| usize::try_from(at.line()).ok());
                let fault = Fault::new("not-csv", "a row cannot be read").help("export the drawing once more");
                faults.push(Fault { line, ..fault });
                break;
            }
        }
    }
    let drawing = Drawing { sheets: sheets(&all, &columns) };
    let mut reading = boxes::draft(file, "lucid", drawing, left_out);
    reading.faults.extend(faults);
    reading
}

/// Where each column stands.
struct Columns {
    by_name: BTreeMap<String, usize>,
    texts: Vec<usize>,
}

impl Columns {
    fn of(header: &csv::StringRecord) -> Self {
        let mut columns = Self { by_name: BTreeMap::new(), texts: Vec::new() };
        for (at, name) in header.iter().enumerate() {
            let name = name.trim().trim_start_matches('\u{feff}').to_lowercase();
            if name.starts_with("text area") {
                columns.texts.push(at);
            }
            columns.by_name.entry(name).or_insert(at);
        }
        columns
    }

    fn get<'r>(&self, row: &'r csv::StringRecord, name: &str) -> Option<&'r str> {
        row.get(*self.by_name.get(name)?).map(str::trim).filter(|text| !text.is_empty())
    }

    fn text(&self, row: &csv::StringRecord) -> String {
        let texts = self.texts.iter().filter_map(|at| row.get(*at)).map(str::trim).filter(|text| !text.is_empty());
        texts.collect::<Vec<_>>().join("\n")
    }
}

fn sheets(rows: &[csv::StringRecord], columns: &Columns) -> Vec<Sheet> {
    let is = |row: &csv::StringRecord, names: &[&str]| {
        columns.get(row, "name").is_some_and(|name| names.iter().any(|known| name.eq_ignore_ascii_case(known)))
    };
    let is_line = |row: &csv::StringRecord| {
        is(row, &["line"])
            || columns.get(row, "line source").is_some()
            || columns.get(row, "line destination").is_some()
    };
    let mut pages: Vec<(String, Sheet)> = Vec::new();
    for row in rows.iter().filter(|row| is(row, &["page"])) {
        let id = columns.get(row, "id").unwrap_or_default().to_owned();
        pages.push((id, Sheet { name: columns.text(row).replace('\n', " "), ..Sheet::default() }));
    }
    if pages.len() == 1 && pages[0].1.name.to_lowercase().starts_with("page") {
        pages[0].1.name.clear();
    }
    if pages.is_empty() {
        pages.push((String::new(), Sheet::default()));
    }
    let page_of: BTreeMap<String, usize> = pages.iter().enumerate().map(|(at, (id, _))| (id.clone(), at)).collect();
    let page =
        |row: &csv::StringRecord| columns.get(row, "page id").and_then(|id| page_of.get(id)).copied().unwrap_or(0);
    let mut places: BTreeMap<String, (usize, usize)> = BTreeMap::new();
    for row in rows.iter().filter(|row| !is_line(row) && !is(row, &["page", "document"])) {
        let id = columns.get(row, "id").unwrap_or_default();
        let at = page(row);
        let mut shape = Shape::new(id, what(columns.get(row, "name").unwrap_or_default()), &columns.text(row));
        shape.facts.owner = columns.get(row, "owner").map(str::to_owned);
        shape.facts.description = columns.get(row, "comments").map(str::to_owned);
        shape.hints = columns.get(row, "name").map(str::to_owned).into_iter().collect();
        places.insert(id.to_owned(), (at, pages[at].1.shapes.len()));
        pages[at].1.shapes.push(shape);
    }
    for row in rows {
        let (Some(id), Some(outer)) = (columns.get(row, "id"), columns.get(row, "contained by")) else { continue };
        // Several containers stand with `|` between them, the nearest first.
        let outer = outer.split('|').next().unwrap_or(outer).trim();
        if let (Some((page, shape)), Some((other, within))) = (places.get(id).copied(), places.get(outer).copied())
            && page == other
            && shape != within
        {
            pages[page].1.shapes[shape].within = Some(within);
        }
    }
    for row in rows.iter().filter(|row| is_line(row)) {
        let id = columns.get(row, "id").unwrap_or_default();
        let ends = ["line source", "line destination"]
            .map(|name| columns.get(row, name).and_then(|id| places.get(id)).copied());
        let at = ends.iter().flatten().next().map_or_else(|| page(row), |(page, _)| *page);
        let end = |end: Option<(usize, usize)>| match end {
            Some((page, shape)) if page == at => End::At(shape),
            _ => End::Nowhere,
        };
        let label = columns.text(row);
        let mut arrow = Arrow::new(id, end(ends[0]), end(ends[1]), &label, Style::Label);
        arrow.at = if label.is_empty() { format!("line {id}") } else { label.replace('\n', ", ") };
        let shows = |name: &str| columns.get(row, name).is_some_and(|arrow| !arrow.eq_ignore_ascii_case("none"));
        arrow.heads = match (shows("source arrow"), shows("destination arrow")) {
            (true, true) => Heads::Both,
            (true, false) => Heads::Backward,
            (false, true) => Heads::Forward,
            (false, false) => Heads::Neither,
        };
        pages[at].1.arrows.push(arrow);
    }
    pages.into_iter().map(|(_, sheet)| sheet).collect()
}

/// What a shape of this name is.
fn what(name: &str) -> What {
    let lower = name.to_lowercase();
    let has = |words: &[&str]| words.iter().any(|word| lower.contains(word));
    match () {
        () if has(&["container", "swim lane", "swimlane", "pool", "region", "boundary", "zone"]) => What::Group,
        () if lower == "text" || has(&["note", "callout", "annotation"]) => What::Note,
        () if has(&["decision", "gateway", "junction", "connector"]) => What::Junction,
        () if has(&["actor", "person", "user", "people"]) && !has(&["user task", "interface"]) => What::Person,
        () => What::Plain,
    }
}
