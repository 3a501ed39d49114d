//! Native tables: broken into slides, in type that can be read from the back of the room.

use super::columns::{SIDE, Widths};
use super::model::{Cell, Column, Table};
use super::palette::Palette;
use super::shapes::{Ids, place};
use super::swatch::Swatch;
use super::xml::{emu, run, solid, words};
use crate::number::real;
use crate::scene::Rect;
use crate::text::{clean, wrap};

/// Type in cells that is tried, largest first: small tables are set in large type.
const TYPES: [(f64, f64); 4] = [(16.0, 8.0), (14.0, 6.0), (CUT, 3.5), (11.0, 2.5)];
/// Type of tables that do not fit whole in any.
const CUT: f64 = 12.0;
/// Most lines of a cell; what is longer ends in "…".
const LINES: usize = 6;
/// A share of room to spare, for fonts wider than the measured one; and the same where the font is none of those that are no wider.
const SPARE: f64 = 0.96;
const WIDE_SPARE: f64 = 0.84;
const NO_WIDER: [&str; 9] = [
    "aptos",
    "arial",
    "calibri",
    "carlito",
    "helvetica",
    "liberation sans",
    "noto sans",
    "segoe ui",
    "times new roman",
];

/// Size of type and the margins above and below it, in points, and the share of widths that is used.
#[derive(Clone, Copy, PartialEq)]
struct Type {
    size: f64,
    pad: f64,
    spare: f64,
}

impl Type {
    /// Height of a line.
    fn line(self) -> f64 {
        self.size * 1.2
    }

    /// Height of a row of one line.
    fn row(self) -> f64 {
        self.line() + 2.0 * self.pad
    }
}

/// A row as it is set.
struct Row {
    cells: Vec<SetCell>,
    height: f64,
    /// Whether its first cell has the width of all.
    is_one: bool,
}

/// A cell as it is set: its words, cut where they take too many lines, and how many they take.
struct SetCell {
    words: String,
    lines: usize,
    is_strong: bool,
}

/// The table dealt to slides, each with its heading row, within `room`; at least one.
pub(super) fn pages(table: &Table, room: &Rect, theme: &Palette) -> Vec<impl Fn(&mut Ids) -> String + use<>> {
    sized_pages(table, room, theme).into_iter().map(|(_, page)| page).collect()
}

/// The same, each with its height.
pub(super) fn sized_pages(
    table: &Table,
    room: &Rect,
    theme: &Palette,
) -> Vec<(f64, impl Fn(&mut Ids) -> String + use<>)> {
    let columns = columns(table);
    let fits = |set: &&Set| set.is_whole && set.height() <= room.h;
    let spare = spare(theme);
    let tried = TYPES.map(|(size, pad)| Set::of(table, columns, &table.rows, room.w, Type { size, pad, spare }));
    let in_parts = || tried.iter().find(|set| set.of.size == CUT);
    let set = tried.iter().find(fits).or_else(in_parts).expect("that size of type is tried");
    let cut = table.rest.as_ref().filter(|_| set.height() > room.h);
    let shortened = cut.map(|words| shortened(table, columns, room, words, set.of));
    let set = shortened.as_ref().unwrap_or(set);
    let numbers: Vec<bool> = columns.iter().map(|c| c.is_number).collect();
    let plain = Look {
        of: set.of,
        ink: theme.strong,
        ground: theme.background,
        rule: (theme.frame_stroke, 0.5),
        is_strong: false,
    };
    let head =
        Look { of: set.head_type, rule: (theme.strong, 1.25), is_strong: true, ..plain }.row(&set.head, &numbers);
    let grid: String = set.widths.iter().map(|w| format!("<a:gridCol w=\"{}\"/>", emu(*w))).collect();
    let page = |rows: &[Row]| {
        let height: f64 = set.head.height + rows.iter().map(|row| row.height).sum::<f64>();
        let row = |(i, row): (usize, &Row)| {
            let ground = if i % 2 == 1 { theme.frame_fill } else { theme.background };
            Look { ground, ..plain }.row(row, &numbers)
        };
        let body: String = rows.iter().enumerate().map(row).collect();
        let rect = Rect { x: room.x, y: room.y, w: set.widths.iter().sum(), h: height };
        let (grid, rows, count) = (grid.clone(), format!("{head}{body}"), rows.len());
        (height, move |ids: &mut Ids| frame(ids, &rect, &grid, &rows, count))
    };
    set.dealt(room.h).into_iter().map(page).collect()
}

/// The height of the table in the type of those that do not fit whole, and the least in which it shows a row and says how many
/// more there are.
pub(super) fn heights(table: &Table, room: &Rect, theme: &Palette) -> (f64, f64) {
    let (size, pad) = TYPES.into_iter().find(|(size, _)| *size == CUT).expect("that size of type is tried");
    let of = Type { size, pad, spare: spare(theme) };
    let set = Set::of(table, columns(table), rows_for(table, room, of), room.w, of);
    let rest = if table.rows.len() > 1 { of.row() } else { 0.0 };
    let least = set.head.height + set.rows.first().map_or(0.0, |row| row.height) + rest;
    (set.height(), least)
}

/// The columns that have room beside each other at all.
fn columns(table: &Table) -> &[Column] {
    &table.columns[..table.columns.len().min(24)]
}

/// The rows of which more have no room even if each is one line high.
fn rows_for<'t>(table: &'t Table, room: &Rect, of: Type) -> &'t [Vec<Cell>] {
    let most = (room.h / of.row()).max(0.0) as usize + 1;
    &table.rows[..table.rows.len().min(most)]
}

/// The share of widths that is used with the font of a theme.
fn spare(theme: &Palette) -> f64 {
    let first = theme.font_family.split(',').next().unwrap_or_default().trim().to_lowercase();
    if NO_WIDER.contains(&first.as_str()) { SPARE } else { WIDE_SPARE }
}

/// The table with as many rows as fit on one slide and a last one that says, over all columns, how many more there are.
fn shortened(table: &Table, columns: &[Column], room: &Rect, said: &str, of: Type) -> Set {
    let last = of.row();
    let mut set = Set::of(table, columns, rows_for(table, room, of), room.w, of);
    while set.height() + last > room.h && !set.rows.is_empty() {
        set.rows.pop();
    }
    let words = format!("and {} {}", table.rows.len() - set.rows.len() + table.beyond, clean(said));
    set.rows.push(Row { cells: vec![SetCell { words, lines: 1, is_strong: false }], height: last, is_one: true });
    set
}

/// A table set in one size of type.
struct Set {
    of: Type,
    /// That of the heading row.
    head_type: Type,
    widths: Vec<f64>,
    head: Row,
    rows: Vec<Row>,
    /// Whether no word had to be broken and no cell cut.
    is_whole: bool,
}

impl Set {
    fn of(table: &Table, columns: &[Column], rows: &[Vec<Cell>], room: f64, of: Type) -> Self {
        let Widths { of: widths, is_wide, head: size } = Widths::of(table, columns, room, (of.size, of.spare));
        let head: Vec<Cell> = columns.iter().map(|c| Cell { text: c.name.clone(), is_strong: true }).collect();
        let head_type = Type { size, ..of };
        let head = set(&head, columns, &widths, head_type);
        let rows: Vec<Row> = rows.iter().map(|row| set(row, columns, &widths, of)).collect();
        let is_cut = |cell: &SetCell| cell.lines >= LINES;
        let is_whole = is_wide && !rows.iter().any(|row| row.cells.iter().any(is_cut));
        Self { of, head_type, widths, head, rows, is_whole }
    }

    /// Height of the whole.
    fn height(&self) -> f64 {
        self.head.height + self.rows.iter().map(|row| row.height).sum::<f64>()
    }

    /// The rows of each slide; at least one slide.
    fn dealt(&self, room: f64) -> Vec<&[Row]> {
        let (mut pages, mut begin, mut used) = (Vec::new(), 0, self.head.height);
        for (at, row) in self.rows.iter().enumerate() {
            if used + row.height > room && at > begin {
                pages.push(&self.rows[begin..at]);
                (begin, used) = (at, self.head.height);
            }
            used += row.height;
        }
        pages.push(&self.rows[begin..]);
        pages
    }
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

fn set(row: &[Cell], columns: &[Column], widths: &[f64], of: Type) -> Row {
    let empty = Cell::default();
    let set = |(i, w): (usize, &f64)| {
        let cell = row.get(i).unwrap_or(&empty);
        let text: String = clean(&cell.text).chars().take(2_000).collect();
        let lines = wrap(&text, of.size, cell.is_strong, (w - 2.0 * SIDE) * of.spare, LINES);
        let squeezed = |text: &str| text.split_whitespace().collect::<String>();
        // The width was measured, and whoever edits wants running text.
        let is_whole = squeezed(&lines.concat()) == squeezed(&text);
        let words = if is_whole { text } else { lines.join(" ") };
        SetCell { words, lines: lines.len(), is_strong: cell.is_strong }
    };
    let cells: Vec<SetCell> = widths.iter().take(columns.len()).enumerate().map(set).collect();
    let most = cells.iter().map(|cell| cell.lines).max().unwrap_or(1).max(1);
    Row { cells, height: real(most) * of.line() + 2.0 * of.pad, is_one: false }
}

/// How a row is drawn.
#[derive(Clone, Copy)]
struct Look {
    of: Type,
    ink: Swatch,
    ground: Swatch,
    /// The rule beneath: colour and width in points.
    rule: (Swatch, f64),
    /// Whether all words are bold.
    is_strong: bool,
}

impl Look {
    fn row(self, row: &Row, numbers: &[bool]) -> String {
        let Look { of, ink, ground, rule: (color, width), is_strong: all_strong } = self;
        let none = |side: &str| format!("<a:{side} w=\"0\"><a:noFill/></a:{side}>");
        let rule = format!("<a:lnB w=\"{}\">{}</a:lnB>", emu(width), solid(color));
        let empty = SetCell { words: String::new(), lines: 1, is_strong: false };
        let cells: String = numbers
            .iter()
            .enumerate()
            .map(|(at, is_number)| {
                let SetCell { words, is_strong, .. } = row.cells.get(at).unwrap_or(&empty);
                let span = match (row.is_one, at) {
                    (true, 0) if numbers.len() > 1 => format!(" gridSpan=\"{}\"", numbers.len()),
                    (true, 1..) => " hMerge=\"1\"".to_owned(),
                    _ => String::new(),
                };
                let run = if words.is_empty() {
                    format!("<a:endParaRPr lang=\"en-US\" sz=\"{}\"/>", (of.size * 100.0) as i64)
                } else {
                    run(words, of.size, *is_strong || all_strong, ink)
                };
                let algn = if *is_number && !row.is_one { "r" } else { "l" };
                format!(
                    "<a:tc{span}><a:txBody><a:bodyPr/><a:lstStyle/><a:p><a:pPr algn=\"{algn}\"/>{run}</a:p></a:txBody><a:tcPr marL=\"{}\" marR=\"{}\" \
                     marT=\"{}\" marB=\"{}\" anchor=\"t\">{}{}{}{}{}</a:tcPr></a:tc>",
                    emu(SIDE),
                    emu(SIDE),
                    emu(of.pad),
                    emu(of.pad),
                    none("lnL"),
                    none("lnR"),
                    none("lnT"),
                    rule,
                    solid(ground)
                )
            })
            .collect();
        format!("<a:tr h=\"{}\">{cells}</a:tr>", emu(row.height))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::deck::palette::own;
    use crate::theme::Theme;

    #[test]
    fn long_tables_are_dealt_and_nothing_is_lost() {
        let columns =
            vec![Column { name: "from".into(), is_number: false }, Column { name: "hours".into(), is_number: true }];
        let rows: Vec<Vec<Cell>> =
            (0..100).map(|i| vec![Cell::from(format!("system {i}.")), Cell::from("1,140")]).collect();
        let room = Rect { x: 26.0, y: 68.0, w: 908.0, h: 440.0 };
        let table = Table { columns, rows, rest: None, beyond: 0 };
        let pages = pages(&table, &room, &own(&Theme::light()));
        assert_eq!(pages.len(), 6);
        let all: String = pages.iter().map(|page| page(&mut Ids::new())).collect();
        for i in 0..100 {
            assert_eq!(all.matches(&format!("system {i}.")).count(), 1);
        }
        assert!(all.contains("sz=\"1200\"") && !all.contains("sz=\"1100\""), "what is dealt is not small");
        assert!(Widths::of(&table, &table.columns, 908.0, (16.0, SPARE)).of.iter().sum::<f64>() <= 908.0);
        let cut = Table { rest: Some("more, in the workbook".into()), beyond: 7, ..table };
        let pages = super::pages(&cut, &room, &own(&Theme::light()));
        let only: Vec<String> = pages.iter().map(|page| page(&mut Ids::new())).collect();
        assert_eq!(only.len(), 1);
        let shown = only[0].matches("system ").count();
        assert!(shown > 15 && only[0].contains(&format!("and {} more, in the workbook", 107 - shown)), "{}", only[0]);
        assert!(
            only[0].contains("<a:tc gridSpan=\"2\">") && only[0].matches("hMerge").count() == 1,
            "over both columns"
        );
    }

    #[test]
    fn small_tables_are_set_in_large_type() {
        let table = |rows: usize| Table {
            columns: vec![Column { name: "What".into(), is_number: false }],
            rows: (0..rows).map(|i| vec![Cell::from(format!("row {i}"))]).collect(),
            rest: None,
            beyond: 0,
        };
        let room = Rect { x: 26.0, y: 68.0, w: 908.0, h: 440.0 };
        for (rows, size) in [(3, "sz=\"1600\""), (14, "sz=\"1400\""), (19, "sz=\"1200\""), (22, "sz=\"1100\"")] {
            let pages = pages(&table(rows), &room, &own(&Theme::light()));
            assert!(pages.len() == 1 && pages[0](&mut Ids::new()).contains(size), "{rows}");
        }
    }

    #[test]
    fn tables_without_columns_or_rows_are_tables() {
        let room = Rect { x: 26.0, y: 68.0, w: 908.0, h: 440.0 };
        assert_eq!(pages(&Table::default(), &room, &own(&Theme::light())).len(), 1);
    }
}
