//! What a person reads in a workbook and on slides, as text: one function each, so that golden files hold every word.

use std::fmt::Write as _;
use std::io::{Cursor, Read as _};

use calamine::{Data, Reader as _, Xlsx};
use quick_xml::Reader;
use quick_xml::events::Event;

/// Every cell of every sheet, `B5: value = formula`, then the names that formulas use.
pub(crate) fn workbook(bytes: Vec<u8>) -> String {
    let mut book = Xlsx::new(Cursor::new(bytes)).expect("calamine opens it");
    let mut out = String::new();
    for sheet in book.sheet_names() {
        let _ = writeln!(out, "# {sheet}");
        let formulas = book.worksheet_formula(&sheet).unwrap();
        let values = book.worksheet_range(&sheet).unwrap();
        let (top, left) = values.start().unwrap_or_default();
        for (row, cells) in values.rows().enumerate() {
            for (column, value) in cells.iter().enumerate() {
                let place = (top + row as u32, left + column as u32);
                let formula = formulas.get_value(place).filter(|formula| !formula.is_empty());
                if *value == Data::Empty && formula.is_none() {
                    continue;
                }
                let formula = formula.map(|formula| format!(" ={formula}")).unwrap_or_default();
                let _ = writeln!(out, "{}{}: {}{formula}", letters(place.1), place.0 + 1, text(value));
            }
        }
        out.push('\n');
    }
    let mut names: Vec<String> = book.defined_names().iter().map(|(name, cells)| format!("{name}: {cells}")).collect();
    names.sort();
    let _ = writeln!(out, "# Names\n{}", names.join("\n"));
    out
}

fn text(value: &Data) -> String {
    match value {
        // As exact as a reader can see.
        Data::Float(number) => ((number * 1e4).round() / 1e4 + 0.0).to_string(),
        Data::DateTime(day) => {
            let (year, month, day, ..) = day.to_ymd_hms_milli();
            format!("{year}-{month:02}-{day:02}")
        }
        other => other.to_string().replace('\n', "\\n"),
    }
}

/// `A`, `Z`, `AA`.
fn letters(column: u32) -> String {
    let letter = char::from(b'A' + (column % 26) as u8).to_string();
    if column < 26 { letter } else { letters(column / 26 - 1) + &letter }
}

/// Every paragraph of every slide in order, a row of a table on one line with its cells separated by ` | `, and the notes.
pub(crate) fn slides(bytes: Vec<u8>) -> String {
    let mut package = zip::ZipArchive::new(Cursor::new(bytes)).expect("it is a zip");
    let mut part = |name: &str| {
        let mut xml = String::new();
        package.by_name(name).ok()?.read_to_string(&mut xml).ok()?;
        Some(xml)
    };
    let mut out = String::new();
    let mut number = 1;
    while let Some(slide) = part(&format!("ppt/slides/slide{number}.xml")) {
        let _ = writeln!(out, "# Slide {number}\n{}", paragraphs(&slide));
        if let Some(notes) = part(&format!("ppt/notesSlides/notesSlide{number}.xml")) {
            let _ = writeln!(out, "Notes:\n{}", paragraphs(&notes));
        }
        number += 1;
    }
    out
}

fn paragraphs(xml: &str) -> String {
    let mut reader = Reader::from_str(xml);
    let (mut out, mut line, mut is_text, mut in_row) = (String::new(), String::new(), false, false);
    loop {
        match reader.read_event().expect("it is well-formed") {
            Event::Start(tag) if tag.name().as_ref() == "a:t" => is_text = true,
            Event::Start(tag) if tag.name().as_ref() == "a:tr" => in_row = true,
            Event::End(tag) => match tag.name().as_ref() {
                "a:t" => is_text = false,
                "a:tc" => line.push_str(" | "),
                "a:tr" => {
                    in_row = false;
                    let _ = writeln!(out, "{}", line.trim_end_matches(" | "));
                    line.clear();
                }
                "a:tbl" => out.push('\n'),
                "a:p" if !in_row && !line.trim().is_empty() => {
                    let _ = writeln!(out, "{line}");
                    line.clear();
                }
                _ => {}
            },
            Event::Empty(tag) if tag.name().as_ref() == "a:br" => line.push(' '),
            Event::Text(text) if is_text => line.push_str(&text.xml10_content()),
            Event::GeneralRef(name) if is_text => line.push_str(match name.as_ref() {
                "amp" => "&",
                "lt" => "<",
                "gt" => ">",
                "quot" => "\"",
                "apos" | "#39" => "'",
                other => panic!("an entity that no part needs: {other}"),
            }),
            Event::Eof => return out,
            _ => {}
        }
    }
}
