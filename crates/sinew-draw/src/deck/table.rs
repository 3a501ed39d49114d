//! Native tables: broken into slides, in type that can be read from the back of the room.

use super::model::{Cell, Column, Table};
use super::shapes::{Ids, place};
use super::xml::{emu, run, solid, words};
use crate::scene::Rect;
use crate::text::{clean, width, wrap};
use crate::theme::{Color, Theme};

/// Size of type in cells, in points.
const SIZE: f64 = 12.0;
/// Margins of a cell: at its sides, above and below.
const PAD: (f64, f64) = (5.0, 3.5);
/// Height of a line of type.
const LINE: f64 = SIZE * 1.2;
/// Most lines of a cell; what is longer ends in "…".
const LINES: usize = 6;
/// A share of room to spare, for fonts wider than the measured one.
const SPARE: f64 = 0.96;

/// A row as it is set: lines of each cell.
struct Row {
    cells: Vec<(Vec<String>, bool)>,
    height: f64,
}

/// The table dealt to slides, each with its heading row, within `room`; at least one.
pub(super) fn pages(table: &Table, room: &Rect, theme: &Theme) -> Vec<impl Fn(&mut Ids) -> String + use<>> {
    let columns = &table.columns[..table.columns.len().min(24)];
    let widths = widths(table, columns, room.w);
    let head: Vec<Cell> = columns.iter().map(|c| Cell { text: c.name.clone(), is_strong: true }).collect();
    let head = set(&head, columns, &widths);
    let mut pages: Vec<Vec<Row>> = vec![Vec::new()];
    let mut used = head.height;
    for row in &table.rows {
        let row = set(row, columns, &widths);
        let page = pages.last_mut().expect("there is always a page");
        if used + row.height > room.h && !page.is_empty() {
            used = head.height;
            pages.push(Vec::new());
        }
        used += row.height;
        pages.last_mut().expect("there is always a page").push(row);
    }
    let numbers: Vec<bool> = columns.iter().map(|c| c.is_number).collect();
    let look = (theme.strong, theme.background, theme.frame_fill, theme.frame_stroke);
    let head = xml_row(&head, &numbers, look, true, false);
    let (left, top) = (room.x, room.y);
    pages
        .into_iter()
        .map(|rows| {
            let total: f64 = rows.iter().map(|r| r.height).sum();
            let body: String =
                rows.iter().enumerate().map(|(i, r)| xml_row(r, &numbers, look, false, i % 2 == 1)).collect();
            let grid: String = widths.iter().map(|w| format!("<a:gridCol w=\"{}\"/>", emu(*w))).collect();
            let rect = Rect { x: left, y: top, w: widths.iter().sum(), h: total + LINE + 2.0 * PAD.1 };
            let head = head.clone();
            let count = rows.len();
            move |ids: &mut Ids| frame(ids, &rect, &grid, &format!("{head}{body}"), count)
        })
        .collect()
}

fn frame(ids: &mut Ids, rect: &Rect, grid: &str, rows: &str, count: usize) -> String {
    format!(
        "<p:graphicFrame><p:nvGraphicFramePr><p:cNvPr id=\"{}\" name=\"Table\" descr=\"{}\"/><p:cNvGraphicFramePr>\
         <a:graphicFrameLocks noGrp=\"1\"/></p:cNvGraphicFramePr><p:nvPr/></p:nvGraphicFramePr><p:xfrm>{}</p:xfrm><a:graphic>\
         <a:graphicData uri=\"http://schemas.openxmlformats.org/drawingml/2006/table\"><a:tbl><a:tblPr firstRow=\"1\" bandRow=\"1\"/>\
         <a:tblGrid>{grid}</a:tblGrid>{rows}</a:tbl></a:graphicData></a:graphic></p:graphicFrame>",
        ids.next(),
        words(&format!("Table of {count} rows")),
        place(rect)
    )
}

/// Column widths that sum up to at most `room`: what each asks for, or as much as there is.
fn widths(table: &Table, columns: &[Column], room: f64) -> Vec<f64> {
    let count = columns.len().max(1) as f64;
    let mut wish = Vec::new();
    let mut least = Vec::new();
    for (i, column) in columns.iter().enumerate() {
        let cells = table.rows.iter().filter_map(|row| row.get(i)).take(500).map(|c| c.text.as_str());
        let (mut most, mut word) = (0.0_f64, 0.0_f64);
        for text in cells.chain([column.name.as_str()]) {
            let text: String = clean(text).chars().take(400).collect();
            let whole = width(&text, SIZE, true) / SPARE + 2.0 * PAD.0 + 1.0;
            most = most.max(whole);
            let longest = text.split(' ').map(|w| width(w, SIZE, true) / SPARE).fold(0.0, f64::max) + 2.0 * PAD.0 + 1.0;
            word = word.max(if column.is_number { whole } else { longest });
        }
        least.push(word.min(room / count * 1.2));
        wish.push(most.min(room * 0.6).max(word.min(room / count)));
    }
    let (wished, needed): (f64, f64) = (wish.iter().sum(), least.iter().sum());
    if wished <= room {
        // Spare width goes to the columns by what they hold.
        return wish.iter().map(|w| w * (room / wished.max(1.0)).min(1.6)).collect();
    }
    if needed >= room {
        return least.iter().map(|w| w * room / needed).collect();
    }
    let share = (room - needed) / (wished - needed);
    least.iter().zip(&wish).map(|(l, w)| l + (w - l) * share).collect()
}

fn set(row: &[Cell], columns: &[Column], widths: &[f64]) -> Row {
    let empty = Cell::default();
    let cells: Vec<(Vec<String>, bool)> = columns
        .iter()
        .zip(widths)
        .enumerate()
        .map(|(i, (_, w))| {
            let cell = row.get(i).unwrap_or(&empty);
            let room = (w - 2.0 * PAD.0) * SPARE;
            let text: String = clean(&cell.text).chars().take(2_000).collect();
            (wrap(&text, SIZE, cell.is_strong, room, LINES), cell.is_strong)
        })
        .collect();
    let most = cells.iter().map(|(lines, _)| lines.len()).max().unwrap_or(1).max(1);
    Row { cells, height: most as f64 * LINE + 2.0 * PAD.1 }
}

/// Text, ground, shade and rule.
type Colors = (Color, Color, Color, Color);

fn xml_row(row: &Row, numbers: &[bool], (text, ground, shade, rule): Colors, is_head: bool, is_shaded: bool) -> String {
    let none = |side: &str| format!("<a:{side} w=\"0\"><a:noFill/></a:{side}>");
    let line = |side: &str, color| {
        format!("<a:{side} w=\"{}\">{}</a:{side}>", emu(if is_head { 1.25 } else { 0.5 }), solid(color))
    };
    let cells: String = row
        .cells
        .iter()
        .zip(numbers)
        .map(|((lines, strong), is_number)| {
            // Lines are joined again: the width was measured, and whoever edits wants running text.
            let words = lines.join(" ");
            let run = if words.is_empty() {
                "<a:endParaRPr lang=\"en-US\" sz=\"1200\"/>".into()
            } else {
                run(&words, SIZE, *strong || is_head, text)
            };
            let algn = if *is_number { "r" } else { "l" };
            format!(
                "<a:tc><a:txBody><a:bodyPr/><a:lstStyle/><a:p><a:pPr algn=\"{algn}\"/>{run}</a:p></a:txBody><a:tcPr marL=\"{}\" marR=\"{}\" \
                 marT=\"{}\" marB=\"{}\" anchor=\"t\">{}{}{}{}{}</a:tcPr></a:tc>",
                emu(PAD.0),
                emu(PAD.0),
                emu(PAD.1),
                emu(PAD.1),
                none("lnL"),
                none("lnR"),
                none("lnT"),
                line("lnB", if is_head { text } else { rule }),
                solid(if is_shaded { shade } else { ground })
            )
        })
        .collect();
    format!("<a:tr h=\"{}\">{cells}</a:tr>", emu(row.height))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn long_tables_are_dealt_and_nothing_is_lost() {
        let columns =
            vec![Column { name: "from".into(), is_number: false }, Column { name: "hours".into(), is_number: true }];
        let rows: Vec<Vec<Cell>> =
            (0..100).map(|i| vec![Cell::from(format!("system {i}.")), Cell::from("1,140")]).collect();
        let room = Rect { x: 26.0, y: 68.0, w: 908.0, h: 440.0 };
        let table = Table { columns, rows };
        let pages = pages(&table, &room, &Theme::light());
        assert_eq!(pages.len(), 6);
        let all: String = pages.iter().map(|page| page(&mut Ids::new())).collect();
        for i in 0..100 {
            assert_eq!(all.matches(&format!("system {i}.")).count(), 1);
        }
        assert!(widths(&table, &table.columns, 908.0).iter().sum::<f64>() <= 908.0);
    }

    #[test]
    fn tables_without_columns_or_rows_are_tables() {
        let room = Rect { x: 26.0, y: 68.0, w: 908.0, h: 440.0 };
        assert_eq!(pages(&Table::default(), &room, &Theme::light()).len(), 1);
    }
}
