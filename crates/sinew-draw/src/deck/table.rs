//! Native tables: broken into slides, in type that can be read from the back of the room.

use super::model::{Cell, Column, Table};
use super::shapes::{Ids, place};
use super::xml::{emu, run, solid, words};
use crate::number::real;
use crate::scene::Rect;
use crate::text::{clean, width, wrap};
use crate::theme::{Color, Theme};

/// Type in cells that is tried, largest first: small tables are set in large type.
const TYPES: [Type; 3] = [Type { size: 16.0, pad: 8.0 }, Type { size: 14.0, pad: 6.0 }, Type { size: 12.0, pad: 3.5 }];
/// Margins of a cell at its sides.
const SIDE: f64 = 5.0;
/// Most lines of a cell; what is longer ends in "…".
const LINES: usize = 6;
/// A share of room to spare, for fonts wider than the measured one.
const SPARE: f64 = 0.96;

/// Size of type and the margins above and below it, in points.
#[derive(Clone, Copy)]
struct Type {
    size: f64,
    pad: f64,
}

impl Type {
    /// Height of a line.
    fn line(self) -> f64 {
        self.size * 1.2
    }
}

/// A row as it is set.
struct Row {
    cells: Vec<SetCell>,
    height: f64,
}

/// A cell as it is set: its words, cut where they take too many lines, and how many they take.
struct SetCell {
    words: String,
    lines: usize,
    is_strong: bool,
}

/// The table dealt to slides, each with its heading row, within `room`; at least one.
pub(super) fn pages(table: &Table, room: &Rect, theme: &Theme) -> Vec<impl Fn(&mut Ids) -> String + use<>> {
    let columns = &table.columns[..table.columns.len().min(24)];
    let fits = |set: &&Set| set.is_whole && set.height() <= room.h;
    let tried: Vec<Set> = TYPES.iter().map(|of| Set::of(table, columns, &table.rows, room.w, *of)).collect();
    let set = tried.iter().find(fits).or(tried.last()).expect("a size of type is tried");
    let cut = table.rest.as_ref().filter(|_| set.height() > room.h);
    let shortened = cut.map(|words| shortened(table, columns, room, words));
    let set = shortened.as_ref().unwrap_or(set);
    let numbers: Vec<bool> = columns.iter().map(|c| c.is_number).collect();
    let plain = Look {
        of: set.of,
        ink: theme.strong,
        ground: theme.background,
        rule: (theme.frame_stroke, 0.5),
        is_strong: false,
    };
    let head = Look { rule: (theme.strong, 1.25), is_strong: true, ..plain }.row(&set.head, &numbers);
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
        move |ids: &mut Ids| frame(ids, &rect, &grid, &rows, count)
    };
    set.dealt(room.h).into_iter().map(page).collect()
}

/// The table in the smallest type, with as many rows as fit on one slide and a last one that says how many more there
/// are.
fn shortened(table: &Table, columns: &[Column], room: &Rect, words: &str) -> Set {
    let of = TYPES[TYPES.len() - 1];
    let (wide, _) = widths(table, columns, room.w, of);
    let said = width(&format!("and {} {words}", table.rows.len()), of.size, false) / SPARE + 2.0 * SIDE;
    let holds = |at: &usize| !columns[*at].is_number && wide[*at] >= said;
    let widest = || (0..columns.len()).max_by(|a, b| wide[*a].total_cmp(&wide[*b]));
    let first = (0..columns.len()).find(holds).or_else(widest).unwrap_or(0);
    let mut shown = table.rows.len();
    loop {
        shown = shown.saturating_sub(1);
        let last = Cell::from(format!("and {} {words}", table.rows.len() - shown));
        let mut rows: Vec<Vec<Cell>> = table.rows[..shown].to_vec();
        rows.push((0..=first).map(|at| if at == first { last.clone() } else { Cell::default() }).collect());
        let set = Set::of(table, columns, &rows, room.w, of);
        if set.height() <= room.h || shown == 0 {
            return set;
        }
    }
}

/// A table set in one size of type.
struct Set {
    of: Type,
    widths: Vec<f64>,
    head: Row,
    rows: Vec<Row>,
    /// Whether no word had to be broken and no cell cut.
    is_whole: bool,
}

impl Set {
    fn of(table: &Table, columns: &[Column], rows: &[Vec<Cell>], room: f64, of: Type) -> Self {
        let (widths, is_wide) = widths(table, columns, room, of);
        let head: Vec<Cell> = columns.iter().map(|c| Cell { text: c.name.clone(), is_strong: true }).collect();
        let head = set(&head, columns, &widths, of);
        let rows: Vec<Row> = rows.iter().map(|row| set(row, columns, &widths, of)).collect();
        let is_cut = |cell: &SetCell| cell.lines >= LINES;
        let is_whole = is_wide && !rows.iter().any(|row| row.cells.iter().any(is_cut));
        Self { of, widths, head, rows, is_whole }
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

/// Column widths that sum up to at most `room`: what each asks for, or as much as there is; and whether no word is
/// broken by them.
fn widths(table: &Table, columns: &[Column], room: f64, of: Type) -> (Vec<f64>, bool) {
    let count = real(columns.len().max(1));
    let mut wish = Vec::new();
    let mut least = Vec::new();
    let mut words = 0.0;
    for (i, column) in columns.iter().enumerate() {
        let cells = table.rows.iter().filter_map(|row| row.get(i)).take(500).map(|c| c.text.as_str());
        let (mut most, mut word) = (0.0_f64, 0.0_f64);
        let wide = |text: &str| width(text, of.size, true) / SPARE + 2.0 * SIDE + 1.0;
        for (text, is_number) in cells.map(|text| (text, column.is_number)).chain([(column.name.as_str(), false)]) {
            let text: String = clean(text).chars().take(400).collect();
            let whole = wide(&text);
            most = most.max(whole);
            let longest = text.split(' ').map(wide).fold(0.0, f64::max);
            word = word.max(if is_number { whole } else { longest });
        }
        words += word;
        least.push(word.min(room / count * 1.2));
        wish.push(most.min(room * 0.6).max(word.min(room / count)));
    }
    let (wished, needed): (f64, f64) = (wish.iter().sum(), least.iter().sum());
    let widths = if wished <= room {
        // Spare width goes to the columns by what they hold.
        wish.iter().map(|w| w * (room / wished.max(1.0)).min(1.6)).collect()
    } else if needed >= room {
        least.iter().map(|w| w * room / needed).collect()
    } else {
        let share = (room - needed) / (wished - needed);
        least.iter().zip(&wish).map(|(l, w)| l + (w - l) * share).collect()
    };
    (widths, words <= room)
}

fn set(row: &[Cell], columns: &[Column], widths: &[f64], of: Type) -> Row {
    let empty = Cell::default();
    let set = |(i, w): (usize, &f64)| {
        let cell = row.get(i).unwrap_or(&empty);
        let text: String = clean(&cell.text).chars().take(2_000).collect();
        let lines = wrap(&text, of.size, cell.is_strong, (w - 2.0 * SIDE) * SPARE, LINES);
        let squeezed = |text: &str| text.split_whitespace().collect::<String>();
        // The width was measured, and whoever edits wants running text.
        let is_whole = squeezed(&lines.concat()) == squeezed(&text);
        let words = if is_whole { text } else { lines.join(" ") };
        SetCell { words, lines: lines.len(), is_strong: cell.is_strong }
    };
    let cells: Vec<SetCell> = widths.iter().take(columns.len()).enumerate().map(set).collect();
    let most = cells.iter().map(|cell| cell.lines).max().unwrap_or(1).max(1);
    Row { cells, height: real(most) * of.line() + 2.0 * of.pad }
}

/// How a row is drawn.
#[derive(Clone, Copy)]
struct Look {
    of: Type,
    ink: Color,
    ground: Color,
    /// The rule beneath: colour and width in points.
    rule: (Color, f64),
    /// Whether all words are bold.
    is_strong: bool,
}

impl Look {
    fn row(self, row: &Row, numbers: &[bool]) -> String {
        let Look { of, ink, ground, rule: (color, width), is_strong: all_strong } = self;
        let none = |side: &str| format!("<a:{side} w=\"0\"><a:noFill/></a:{side}>");
        let rule = format!("<a:lnB w=\"{}\">{}</a:lnB>", emu(width), solid(color));
        let cells: String = row
            .cells
            .iter()
            .zip(numbers)
            .map(|(SetCell { words, is_strong, .. }, is_number)| {
                let run = if words.is_empty() {
                    format!("<a:endParaRPr lang=\"en-US\" sz=\"{}\"/>", (of.size * 100.0) as i64)
                } else {
                    run(words, of.size, *is_strong || all_strong, ink)
                };
                let algn = if *is_number { "r" } else { "l" };
                format!(
                    "<a:tc><a:txBody><a:bodyPr/><a:lstStyle/><a:p><a:pPr algn=\"{algn}\"/>{run}</a:p></a:txBody><a:tcPr marL=\"{}\" marR=\"{}\" \
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

    #[test]
    fn long_tables_are_dealt_and_nothing_is_lost() {
        let columns =
            vec![Column { name: "from".into(), is_number: false }, Column { name: "hours".into(), is_number: true }];
        let rows: Vec<Vec<Cell>> =
            (0..100).map(|i| vec![Cell::from(format!("system {i}.")), Cell::from("1,140")]).collect();
        let room = Rect { x: 26.0, y: 68.0, w: 908.0, h: 440.0 };
        let table = Table { columns, rows, rest: None };
        let pages = pages(&table, &room, &Theme::light());
        assert_eq!(pages.len(), 6);
        let all: String = pages.iter().map(|page| page(&mut Ids::new())).collect();
        for i in 0..100 {
            assert_eq!(all.matches(&format!("system {i}.")).count(), 1);
        }
        assert!(widths(&table, &table.columns, 908.0, TYPES[0]).0.iter().sum::<f64>() <= 908.0);
        let cut = Table { rest: Some("more, in the workbook".into()), ..table };
        let pages = super::pages(&cut, &room, &Theme::light());
        let only: Vec<String> = pages.iter().map(|page| page(&mut Ids::new())).collect();
        assert_eq!(only.len(), 1);
        let shown = only[0].matches("system ").count();
        assert!(shown > 15 && only[0].contains(&format!("and {} more, in the workbook", 100 - shown)), "{}", only[0]);
    }

    #[test]
    fn small_tables_are_set_in_large_type() {
        let table = |rows: usize| Table {
            columns: vec![Column { name: "What".into(), is_number: false }],
            rows: (0..rows).map(|i| vec![Cell::from(format!("row {i}"))]).collect(),
            rest: None,
        };
        let room = Rect { x: 26.0, y: 68.0, w: 908.0, h: 440.0 };
        for (rows, size) in [(3, "sz=\"1600\""), (14, "sz=\"1400\""), (19, "sz=\"1200\"")] {
            let pages = pages(&table(rows), &room, &Theme::light());
            assert!(pages.len() == 1 && pages[0](&mut Ids::new()).contains(size), "{rows}");
        }
    }

    #[test]
    fn tables_without_columns_or_rows_are_tables() {
        let room = Rect { x: 26.0, y: 68.0, w: 908.0, h: 440.0 };
        assert_eq!(pages(&Table::default(), &room, &Theme::light()).len(), 1);
    }
}
