//! How wide the columns of a table are.

use super::model::{Column, Table};
use crate::number::real;
use crate::text::{clean, width};

/// Margins of a cell at its sides.
pub(super) const SIDE: f64 = 5.0;
/// The share of room that is used for the longest word of a heading, which has no other line to go to: where the font of the deck
/// is not there, what stands in for it may be a fifth wider.
const HEAD_SPARE: f64 = 0.8;

/// Widths of columns.
pub(super) struct Widths {
    /// They sum up to at most the room.
    pub(super) of: Vec<f64>,
    /// Whether no word of a cell is broken by them.
    pub(super) is_wide: bool,
    /// Size of type of the headings, so that no word of one is broken: smaller than that of the cells only where the headings
    /// alone have no room.
    pub(super) head: f64,
}

impl Widths {
    /// What each column asks for, or as much as there is. First every column gets the longest word of its heading, then the
    /// longest word of its cells, then its longest cell.
    pub(super) fn of(table: &Table, columns: &[Column], room: f64, (size, spare): (f64, f64)) -> Self {
        let count = real(columns.len().max(1));
        let (mut heads, mut least, mut wish) = (Vec::new(), Vec::new(), Vec::new());
        let mut words = 0.0;
        let margins = 2.0 * SIDE + 1.0;
        let wide = |text: &str| width(text, size, true) / spare + margins;
        let longest = |text: &str| text.split(' ').map(wide).fold(0.0, f64::max);
        // How wide each cell of the heading and the first rows is on one line, without margins.
        let mut lines = vec![vec![0.0; columns.len()]; table.rows.len().min(MOVED_ROWS) + 1];
        for (i, column) in columns.iter().enumerate() {
            let name = clean(&column.name);
            let head = name.split(' ').map(|word| width(word, size, true) / HEAD_SPARE + margins).fold(0.0, f64::max);
            let (mut most, mut word) = (wide(&name), head);
            lines[0][i] = most - margins;
            for (at, row) in table.rows.iter().take(500).enumerate() {
                let text: String = clean(row.get(i).map_or("", |cell| &cell.text)).chars().take(400).collect();
                let whole = wide(&text);
                if let Some(line) = lines.get_mut(at + 1) {
                    line[i] = whole - margins;
                }
                most = most.max(whole);
                word = word.max(if column.is_number { whole } else { longest(&text) });
            }
            words += word;
            heads.push(head);
            least.push(word.min(room / count * 1.2).max(head));
            wish.push(most.min(room * 0.6).max(word.min(room / count)).max(head));
        }
        let sum = |widths: &[f64]| widths.iter().sum::<f64>();
        let between = |low: &[f64], high: &[f64]| -> Vec<f64> {
            let share = (room - sum(low)) / (sum(high) - sum(low)).max(f64::MIN_POSITIVE);
            low.iter().zip(high).map(|(low, high)| low + (high - low) * share.clamp(0.0, 1.0)).collect()
        };
        let widths = if sum(&heads) >= room {
            heads.iter().map(|w| w * room / sum(&heads)).collect()
        } else if sum(&least) >= room {
            between(&heads, &least)
        } else if sum(&wish) > room {
            let mut widths = between(&least, &wish);
            lower(&mut widths, &least, &lines, margins);
            widths
        } else {
            // Spare width goes to the columns by what they hold.
            wish.iter().map(|w| w * (room / sum(&wish).max(1.0)).min(1.6)).collect()
        };
        // Margins do not shrink with the type.
        let shrunk = |(head, width): (&f64, &f64)| ((width - margins) / (head - margins).max(1.0)).clamp(0.05, 1.0);
        let head = size * heads.iter().zip(&widths).map(shrunk).fold(1.0, f64::min);
        Self { of: widths, is_wide: words <= room, head }
    }
}

/// Rows that are looked at when width is moved from column to column, columns up to which it is, the steps in points, and how
/// many are taken at most.
const MOVED_ROWS: usize = 40;
const MOVED_COLUMNS: usize = 12;
const STEPS: [f64; 3] = [6.0, 18.0, 42.0];
const MOST_STEPS: usize = 40;
/// What words leave free at the ends of lines, as a share of their width.
const RAGGED: f64 = 0.08;

/// Moves width from columns that have it to spare to those whose cells make rows high, as long as that makes the table lower.
/// `rows` has the width of each cell on one line, without margins. No column gets less than it has at least.
fn lower(widths: &mut [f64], least: &[f64], rows: &[Vec<f64>], margins: f64) {
    if widths.len() > MOVED_COLUMNS {
        return;
    }
    let lines = |cell: f64, width: f64| (cell * (1.0 + RAGGED) / (width - margins).max(1.0)).ceil().max(1.0);
    let height = |row: &[f64], widths: &[f64]| {
        row.iter().zip(widths).map(|(cell, width)| lines(*cell, *width)).fold(1.0, f64::max)
    };
    let whole = |widths: &[f64]| rows.iter().map(|row| height(row, widths)).sum::<f64>();
    let mut now = whole(widths);
    for _ in 0..MOST_STEPS {
        let mut best: Option<(f64, Vec<f64>)> = None;
        for step in STEPS {
            for from in (0..widths.len()).filter(|&from| widths[from] - step >= least[from]) {
                for to in (0..widths.len()).filter(|&to| to != from) {
                    let mut tried = widths.to_vec();
                    tried[from] -= step;
                    tried[to] += step;
                    let then = whole(&tried);
                    if then < best.as_ref().map_or(now, |best| best.0) {
                        best = Some((then, tried));
                    }
                }
            }
        }
        let Some((then, tried)) = best else { return };
        widths.copy_from_slice(&tried);
        now = then;
    }
}

#[cfg(test)]
mod tests {
    use super::super::model::Cell;
    use super::*;
    use crate::text::wrap;

    /// Long words in some columns squeezed others so far that "Wave" was set as "Wav" and "e".
    #[test]
    fn no_word_of_a_heading_is_broken_whatever_the_cells_hold() {
        let heads = [
            "#",
            "What is built",
            "Wave",
            "Effort, person-days",
            "Value, USD a year",
            "Places",
            "Breaks even, weeks after start",
        ];
        let whole = |heads: &[&str], cell: &str, room: f64| {
            let columns = heads.iter().map(|head| Column { name: (*head).to_owned(), is_number: false }).collect();
            let row: Vec<Cell> =
                heads.iter().enumerate().map(|(at, _)| Cell::from(if at % 3 == 1 { cell } else { "1" })).collect();
            let table = Table { columns, rows: vec![row], rest: None, beyond: 0 };
            for size in [16.0, 14.0, 12.0, 11.0] {
                let Widths { of: widths, head, .. } = Widths::of(&table, &table.columns, room, (size, 0.96));
                assert!(widths.iter().sum::<f64>() <= room + 1e-6);
                for (column, wide) in table.columns.iter().zip(&widths) {
                    let lines = wrap(&column.name, head, true, (wide - 2.0 * SIDE) * (HEAD_SPARE + 0.01), 6);
                    // A hyphen of its own may end a line.
                    let joined = lines.join(" ").replace("- ", "-");
                    assert_eq!(joined, column.name, "{lines:?} in {wide} of {room}");
                }
            }
        };
        for room in [908.0, 640.0, 400.0, 260.0] {
            whole(&heads, "short", room);
            whole(&heads, &"unbreakable".repeat(30), room);
            whole(&heads[1..4], &"unbreakable-".repeat(30), room);
        }
    }

    #[test]
    fn width_goes_where_it_makes_rows_lower_and_no_further_than_words_allow() {
        // Long sentences beside a column whose cells are short but for one.
        let rows: Vec<Vec<f64>> = (0..8).map(|at| vec![300.0, if at == 0 { 200.0 } else { 20.0 }, 15.0]).collect();
        let (least, margins) = ([60.0, 60.0, 40.0], 11.0);
        let height = |widths: &[f64]| -> f64 {
            let lines = |(cell, width): (&f64, &f64)| (cell * (1.0 + RAGGED) / (width - margins)).ceil().max(1.0);
            rows.iter().map(|row| row.iter().zip(widths).map(lines).fold(1.0, f64::max)).sum()
        };
        let before = [150.0, 150.0, 60.0];
        let mut widths = before;
        lower(&mut widths, &least, &rows, margins);
        assert!(height(&widths) < height(&before), "{widths:?}");
        assert!((widths.iter().sum::<f64>() - 360.0).abs() < 1e-9, "{widths:?}");
        assert!(widths.iter().zip(&least).all(|(width, least)| width >= least), "{widths:?}");
        // No single step of any length that is tried makes it lower still.
        for step in STEPS {
            for (from, to) in [(0, 1), (0, 2), (1, 0), (1, 2), (2, 0), (2, 1)] {
                let mut other = widths;
                (other[from], other[to]) = (other[from] - step, other[to] + step);
                assert!(other[from] < least[from] || height(&other) >= height(&widths), "{step} from {from} to {to}");
            }
        }
    }
}
