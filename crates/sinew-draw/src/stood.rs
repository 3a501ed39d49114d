//! Where a picture stood: plain values, to be kept and given to a later picture.

use std::collections::{BTreeMap, BTreeSet};

use crate::plane::SLIDE_WIDTH;

/// Where the boxes of a picture stand, or its domains where it is too large for one slide: a grid, which cells of it each frame
/// spans, and which cell each box has. Columns and rows are counted from 0, lengths are points.
///
/// As [`layout`](crate::layout::Laid::stood) returns it, it has no [fault](Self::fault).
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Stood {
    /// Whether the boxes are domains, on an overview of several slides.
    pub is_parted: bool,
    /// Whether lines run from end to end and name what they pass on their way, as they had no room to stop there: a picture that
    /// [stands as](crate::Diagram::stands_as) this one is drawn likewise.
    pub is_plain: bool,
    /// Columns of the slide, from left to right.
    pub columns: Sizes,
    /// Rows of the slide, from top to bottom.
    pub rows: Sizes,
    /// Frames by id; what stands in no frame has one without an id, which comes first.
    pub frames: Vec<Frame>,
    /// Boxes by id.
    pub boxes: Vec<Seat>,
}

/// Sizes along one side of a slide, in points: a channel for lines, a cell for boxes and so on, and a channel at the end.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Sizes {
    /// Where the first channel begins.
    pub start: f64,
    /// Channels, one more than cells.
    pub channels: Vec<f64>,
    /// Cells.
    pub cells: Vec<f64>,
}

/// The cells of a frame.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Frame {
    /// Its id; `None` for what stands in no frame.
    pub id: Option<String>,
    /// Its first column and row.
    pub first: (usize, usize),
    /// How many columns and rows it spans.
    pub span: (usize, usize),
}

/// The cell of a box.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Seat {
    /// Its id.
    pub id: String,
    /// The id of the frame that it stands in.
    pub frame: Option<String>,
    /// Its column and row.
    pub cell: (usize, usize),
}

/// Columns and rows up to which a grid is one of ours; a slide has room for fewer.
const MOST: usize = 100;
/// Points that no slide is wide.
const FAR: f64 = 100_000.0;

impl Stood {
    /// What is wrong with it, as a clause: a grid that no picture of ours has had.
    #[must_use]
    pub fn fault(&self) -> Option<String> {
        let sides = [("columns", &self.columns), ("rows", &self.rows)];
        let sides = sides.into_iter().find_map(|(name, sizes)| sizes.fault().map(|why| format!("`{name}` {why}")));
        sides.or_else(|| self.fault_of_frames()).or_else(|| self.fault_of_boxes())
    }

    /// Boxes of both that stand elsewhere in the other: further away than a tenth of a slide's width, which is what an eye takes
    /// for another place. By id.
    #[must_use]
    pub fn moved(&self, other: &Stood) -> Vec<&str> {
        let theirs: BTreeMap<&str, &Seat> = other.boxes.iter().map(|seat| (seat.id.as_str(), seat)).collect();
        let is_far = |seat: &&Seat| {
            let Some(there) = theirs.get(seat.id.as_str()) else { return false };
            let sides = [
                self.columns.middle(seat.cell.0).zip(other.columns.middle(there.cell.0)),
                self.rows.middle(seat.cell.1).zip(other.rows.middle(there.cell.1)),
            ];
            sides.into_iter().flatten().any(|(here, there)| (here - there).abs() > SLIDE_WIDTH / 10.0)
        };
        self.boxes.iter().filter(is_far).map(|seat| seat.id.as_str()).collect()
    }

    /// Pairs of boxes of both of which one stands on the other side of the other now: left of it instead of right, or above
    /// instead of below. None where rows and columns only came or went.
    #[must_use]
    pub fn inverted(&self, other: &Stood) -> usize {
        let theirs: BTreeMap<&str, (usize, usize)> =
            other.boxes.iter().map(|seat| (seat.id.as_str(), seat.cell)).collect();
        // Of each box of both the column here and there, then the row.
        let both: Vec<[[usize; 2]; 2]> = self
            .boxes
            .iter()
            .filter_map(|seat| {
                let there = theirs.get(seat.id.as_str())?;
                Some([[seat.cell.0, there.0], [seat.cell.1, there.1]])
            })
            .collect();
        let is_turned = |[here, there]: [usize; 2], [here_2, there_2]: [usize; 2]| {
            here < here_2 && there > there_2 || here > here_2 && there < there_2
        };
        let turned_with = |(at, one): (usize, &[[usize; 2]; 2])| {
            both[at + 1..].iter().filter(|two| (0..2).any(|side| is_turned(one[side], two[side]))).count()
        };
        both.iter().enumerate().map(turned_with).sum()
    }

    fn fault_of_frames(&self) -> Option<String> {
        let (columns, rows) = (self.columns.cells.len(), self.rows.cells.len());
        let mut ids = BTreeSet::new();
        let mut taken = BTreeSet::new();
        self.frames.iter().find_map(|frame| {
            let name =
                frame.id.as_deref().map_or("what stands in no frame".to_owned(), |id| format!("the frame `{id}`"));
            let ends = frame.first.0.checked_add(frame.span.0).zip(frame.first.1.checked_add(frame.span.1));
            match ends {
                _ if !ids.insert(&frame.id) => Some(format!("{name} is there twice")),
                Some((right, end)) if frame.span.0.min(frame.span.1) > 0 && right <= columns && end <= rows => {
                    let mut cells =
                        (frame.first.0..right).flat_map(|column| (frame.first.1..end).map(move |row| (column, row)));
                    let is_shared = cells.any(|cell| !taken.insert(cell));
                    is_shared.then(|| format!("{name} has cells of another frame"))
                }
                _ => Some(format!("{name} is not within {columns} columns and {rows} rows")),
            }
        })
    }

    fn fault_of_boxes(&self) -> Option<String> {
        let frames: BTreeMap<&Option<String>, &Frame> = self.frames.iter().map(|frame| (&frame.id, frame)).collect();
        let (mut ids, mut taken) = (BTreeSet::new(), BTreeSet::new());
        self.boxes.iter().find_map(|seat| {
            let name = format!("the box `{}`", seat.id);
            match frames.get(&seat.frame) {
                _ if !ids.insert(&seat.id) => Some(format!("{name} is there twice")),
                None => Some(format!("{name} stands in a frame that is not there")),
                Some(frame) if !frame.has(seat.cell) => Some(format!("{name} stands outside of its frame")),
                Some(_) => (!taken.insert(seat.cell)).then(|| format!("{name} has the cell of another one")),
            }
        })
    }
}

impl Sizes {
    /// Where the middle of a cell is.
    fn middle(&self, cell: usize) -> Option<f64> {
        let before = self.channels.iter().take(cell + 1).sum::<f64>() + self.cells.iter().take(cell).sum::<f64>();
        Some(self.start + before + self.cells.get(cell)? / 2.0)
    }

    fn fault(&self) -> Option<String> {
        let cells = self.cells.len();
        if cells == 0 || cells > MOST || self.channels.len() != cells + 1 {
            return Some(format!("must have 1 to {MOST} cells and a channel more than cells"));
        }
        let is_length = |size: &f64| (0.0..FAR).contains(size);
        let all = self.channels.iter().chain(&self.cells).all(is_length);
        (!all || self.start.is_nan() || self.start.abs() > FAR)
            .then(|| "must have sizes from 0 up, in points".to_owned())
    }
}

impl Frame {
    fn has(&self, (column, row): (usize, usize)) -> bool {
        let [columns, rows] = [(self.first.0, self.span.0), (self.first.1, self.span.1)];
        let within = |at: usize, (first, span): (usize, usize)| at >= first && at - first < span;
        within(column, columns) && within(row, rows)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sizes(cells: usize) -> Sizes {
        Sizes { start: 4.0, channels: vec![10.0; cells + 1], cells: vec![50.0; cells] }
    }

    /// Two columns and three rows; `a` has the left column, and what stands in no frame the lowest row of the right one.
    fn stood() -> Stood {
        let frame = |id: Option<&str>, first, span| Frame { id: id.map(str::to_owned), first, span };
        let seat = |id: &str, frame: Option<&str>, cell| Seat { id: id.into(), frame: frame.map(str::to_owned), cell };
        Stood {
            is_parted: false,
            is_plain: false,
            columns: sizes(2),
            rows: sizes(3),
            frames: vec![frame(None, (1, 2), (1, 1)), frame(Some("a"), (0, 0), (1, 3))],
            boxes: vec![seat("x", Some("a"), (0, 1)), seat("y", None, (1, 2))],
        }
    }

    #[test]
    fn boxes_that_change_sides_are_counted_and_rows_that_come_change_none() {
        let before = stood();
        let at = |x, y| {
            let mut now = stood();
            (now.boxes[0].cell, now.boxes[1].cell) = (x, y);
            now.inverted(&before)
        };
        assert_eq!(at((0, 1), (1, 2)), 0);
        // A row between them, and both in one row.
        assert_eq!([at((0, 1), (1, 5)), at((0, 2), (1, 2))], [0, 0]);
        assert_eq!([at((0, 2), (1, 1)), at((1, 1), (0, 2)), at((1, 2), (0, 1))], [1, 1, 1]);
    }

    fn fault(change: impl FnOnce(&mut Stood)) -> String {
        let mut changed = stood();
        change(&mut changed);
        changed.fault().unwrap_or_default()
    }

    #[test]
    fn a_grid_that_holds_has_no_fault() {
        assert_eq!(stood().fault(), None);
        assert_eq!(fault(|s| s.boxes.clear()), "");
    }

    #[test]
    fn a_box_has_moved_if_its_middle_is_a_tenth_of_the_width_away() {
        assert!(stood().moved(&stood()).is_empty());
        let wider = |points: f64| {
            let mut other = stood();
            other.columns.channels[1] += points;
            other
        };
        assert!(stood().moved(&wider(96.0)).is_empty());
        assert_eq!(stood().moved(&wider(96.5)), ["y"]);
        assert_eq!(wider(200.0).moved(&stood()), ["y"]);
        let mut higher = stood();
        higher.rows.start -= 100.0;
        assert_eq!(stood().moved(&higher), ["x", "y"]);
        higher.boxes.remove(0);
        assert_eq!(stood().moved(&higher), ["y"], "what is only in one has not moved");
    }

    #[test]
    fn each_fault_is_said() {
        let many = "`rows` must have 1 to 100 cells and a channel more than cells";
        assert_eq!(fault(|s| s.rows = sizes(101)), many);
        assert_eq!(fault(|s| s.rows.channels.truncate(3)), many);
        assert_eq!(fault(|s| s.rows = Sizes::default()), many);
        let lengths = "`columns` must have sizes from 0 up, in points";
        for size in [-1.0, f64::NAN, f64::INFINITY] {
            assert_eq!(fault(|s| s.columns.cells[0] = size), lengths);
            assert_eq!(fault(|s| s.columns.channels[2] = size), lengths);
        }
        assert_eq!(fault(|s| s.columns.start = f64::NAN), lengths);
        assert_eq!(fault(|s| s.frames[1].span = (1, 4)), "the frame `a` is not within 2 columns and 3 rows");
        assert_eq!(fault(|s| s.frames[1].span = (0, 3)), "the frame `a` is not within 2 columns and 3 rows");
        assert_eq!(fault(|s| s.frames[1].first.0 = usize::MAX), "the frame `a` is not within 2 columns and 3 rows");
        assert_eq!(fault(|s| s.frames[1].span = (2, 3)), "the frame `a` has cells of another frame");
        assert_eq!(fault(|s| s.frames[1].id = None), "what stands in no frame is there twice");
        assert_eq!(fault(|s| s.boxes[1].id = "x".into()), "the box `x` is there twice");
        assert_eq!(fault(|s| s.boxes[0].frame = Some("b".into())), "the box `x` stands in a frame that is not there");
        assert_eq!(fault(|s| s.boxes[0].cell = (1, 1)), "the box `x` stands outside of its frame");
        assert_eq!(
            fault(|s| s.boxes.push(Seat { id: "z".into(), ..s.boxes[0].clone() })),
            "the box `z` has the cell of another one"
        );
    }
}
