//! What charts draw, kept beside the ranges that they draw: a preview shows a chart by it, as it computes nothing. The library that
//! writes workbooks keeps the values of cells there, and not the results of formulas.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::io::{Cursor, Read as _, Write as _};

use quick_xml::escape::escape;
use zip::result::{ZipError, ZipResult};
use zip::write::SimpleFileOptions;
use zip::{DateTime, ZipArchive, ZipWriter};

/// Where the parts of charts lie in the package.
const FOLDER: &str = "xl/charts/chart";

/// Values of a range, by row.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Kept {
    Names(Vec<String>),
    /// Numbers with the formats of their cells; `None` where a cell has no number.
    Numbers(Vec<Option<(f64, String)>>),
}

/// The ranges that charts draw, as their parts name them, with what stands there.
pub(super) type Ranges = BTreeMap<String, Kept>;

/// The same workbook with these values in its charts.
///
/// # Errors
/// Where the package cannot be read or written.
pub(super) fn with_values(book: Vec<u8>, ranges: &Ranges) -> ZipResult<Vec<u8>> {
    if ranges.is_empty() {
        return Ok(book);
    }
    let mut package = ZipArchive::new(Cursor::new(book))?;
    let mut out = ZipWriter::new(Cursor::new(Vec::new()));
    for at in 0..package.len() {
        let mut part = package.by_index(at)?;
        let name = part.name()?.into_owned();
        if !name.starts_with(FOLDER) {
            out.raw_copy_file(part)?;
            continue;
        }
        let mut xml = String::new();
        part.read_to_string(&mut xml).map_err(ZipError::Io)?;
        out.start_file(name, SimpleFileOptions::default().last_modified_time(DateTime::DEFAULT))?;
        out.write_all(told(&xml, ranges).as_bytes()).map_err(ZipError::Io)?;
    }
    Ok(out.finish()?.into_inner())
}

/// The part of a chart with the values of the ranges that are known.
fn told(xml: &str, ranges: &Ranges) -> String {
    const BEGIN: &str = "<c:numRef><c:f>";
    const MIDDLE: &str = "</c:f>";
    const END: &str = "</c:numRef>";
    let mut out = String::with_capacity(2 * xml.len());
    let mut rest = xml;
    while let Some((before, reference)) = rest.split_once(BEGIN) {
        out.push_str(before);
        let Some((inner, after)) = reference.split_once(END) else { break };
        let range = inner.split_once(MIDDLE).map_or(inner, |(range, _)| range);
        match ranges.get(range) {
            Some(kept) => keep(&mut out, range, kept),
            None => out.extend([BEGIN, inner, END]),
        }
        rest = after;
    }
    out.push_str(rest);
    out
}

fn keep(out: &mut String, range: &str, kept: &Kept) {
    match kept {
        Kept::Names(names) => {
            let _ = write!(out, "<c:strRef><c:f>{range}</c:f><c:strCache><c:ptCount val=\"{}\"/>", names.len());
            for (at, name) in names.iter().enumerate() {
                point(out, at, None, &escape(name));
            }
            out.push_str("</c:strCache></c:strRef>");
        }
        Kept::Numbers(numbers) => {
            let _ = write!(out, "<c:numRef><c:f>{range}</c:f><c:numCache>");
            // That of the first counts for all; a number that is shown in another way, such as a lower bound, says so.
            let common = numbers.iter().flatten().next().map_or("General", |(_, format)| format.as_str());
            let _ = write!(out, "<c:formatCode>{}</c:formatCode>", escape(common));
            let _ = write!(out, "<c:ptCount val=\"{}\"/>", numbers.len());
            for (at, (number, format)) in numbers.iter().enumerate().filter_map(|(at, one)| Some((at, one.as_ref()?))) {
                let own = Some(format.as_str()).filter(|format| *format != common);
                point(out, at, own, &number.to_string());
            }
            out.push_str("</c:numCache></c:numRef>");
        }
    }
}

/// One value, in a format of its own where it has one; the value is escaped.
fn point(out: &mut String, at: usize, format: Option<&str>, value: &str) {
    let _ = write!(out, "<c:pt idx=\"{at}\"");
    if let Some(format) = format {
        let _ = write!(out, " formatCode=\"{}\"", escape(format));
    }
    let _ = write!(out, "><c:v>{value}</c:v></c:pt>");
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_range_that_is_known_has_its_values_and_another_stays() {
        let part = |cache: &str| {
            let other = "<c:numRef><c:f>'Other'!$A$1:$A$2</c:f><c:numCache/></c:numRef>";
            format!("<c:cat>{cache}</c:cat>{other}<c:end/>")
        };
        let empty =
            "<c:numRef><c:f>'Chart data'!$B$5:$B$6</c:f><c:numCache><c:ptCount val=\"2\"/></c:numCache></c:numRef>";
        let of = |kept: Kept| told(&part(empty), &BTreeMap::from([("'Chart data'!$B$5:$B$6".to_owned(), kept)]));
        let names = "<c:strRef><c:f>'Chart data'!$B$5:$B$6</c:f><c:strCache><c:ptCount val=\"2\"/>\
                     <c:pt idx=\"0\"><c:v>A &amp; B</c:v></c:pt><c:pt idx=\"1\"><c:v>C</c:v></c:pt></c:strCache></c:strRef>";
        assert_eq!(of(Kept::Names(vec!["A & B".to_owned(), "C".to_owned()])), part(names));
        let numbers = "<c:numRef><c:f>'Chart data'!$B$5:$B$6</c:f><c:numCache><c:formatCode>#,##0</c:formatCode>\
                       <c:ptCount val=\"2\"/><c:pt idx=\"1\"><c:v>2.5</c:v></c:pt></c:numCache></c:numRef>";
        assert_eq!(of(Kept::Numbers(vec![None, Some((2.5, "#,##0".to_owned()))])), part(numbers));
        let bounds = "<c:numRef><c:f>'Chart data'!$B$5:$B$6</c:f><c:numCache><c:formatCode>#,##0</c:formatCode>\
                      <c:ptCount val=\"2\"/><c:pt idx=\"0\"><c:v>1</c:v></c:pt>\
                      <c:pt idx=\"1\" formatCode=\"&quot;at least &quot;#,##0\"><c:v>2.5</c:v></c:pt></c:numCache></c:numRef>";
        let lower = "\"at least \"#,##0".to_owned();
        assert_eq!(of(Kept::Numbers(vec![Some((1.0, "#,##0".to_owned())), Some((2.5, lower))])), part(bounds));
        assert_eq!(told(&part(empty), &Ranges::new()), part(empty));
    }
}
