//! Where the boxes of a report's pictures stand, so that those of a later report stand there too.

use std::fmt;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use sinew_draw::stood::{self, Stood};

use super::reread::{NotAReport, reread};
use crate::analysis::{EntryKind, Renames};
use crate::model::Stack;
use crate::source::visible;

/// Where the boxes of the pictures of the stack stand: a grid, the cells of it that each domain spans, and the cell of each box.
/// Columns and rows are counted from 0; lengths are points on a slide of 960 by 540.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(expecting = "places of boxes")]
pub struct Layout {
    /// What the boxes are: `systems`, or `domains` where the stack is too large for one slide.
    pub level: Level,
    /// Columns, from left to right.
    pub columns: Sizes,
    /// Rows, from top to bottom.
    pub rows: Sizes,
    /// Domains by name, after the cells of what is in none.
    pub frames: Vec<Frame>,
    /// Boxes by id.
    pub boxes: Vec<Seat>,
}

/// What the boxes of a picture are.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum Level {
    /// All systems, on one slide.
    Systems,
    /// Domains, on the first of several slides.
    Domains,
}

/// Columns or rows.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(expecting = "sizes of columns or rows")]
pub struct Sizes {
    /// Where the first channel begins.
    pub start: f64,
    /// Widths of the channels that lines run in: before, between and after the cells.
    pub channels: Vec<f64>,
    /// Widths of the cells that boxes stand in.
    pub cells: Vec<f64>,
}

/// The cells of a domain.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(expecting = "the cells of a domain")]
#[schemars(rename = "LayoutFrame")]
pub struct Frame {
    /// The domain; null for what is in none.
    pub domain: Option<String>,
    /// Its first column.
    pub column: usize,
    /// Its first row.
    pub row: usize,
    /// How many columns it spans.
    pub columns: usize,
    /// How many rows it spans.
    pub rows: usize,
}

/// The cell of a box.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(expecting = "the cell of a box")]
#[schemars(rename = "LayoutBox")]
pub struct Seat {
    /// The id of the system, or the domain.
    pub id: String,
    /// The domain that a system is in; null for none, and for a domain.
    pub domain: Option<String>,
    /// Its column.
    pub column: usize,
    /// Its row.
    pub row: usize,
}

/// Why a text has no places for boxes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum LayoutError {
    /// It is no report of ours.
    NotAReport(NotAReport),
    /// It is a report without pictures, or an older one.
    NoLayout,
    /// Its places are not those of any picture; why.
    Fault(String),
    /// None of its boxes is in this stack; some of those that it has.
    AnotherStack(Vec<String>),
}

/// How places are written.
const WRITE_ONE: &str = "take `report.json` of `sinew report STACK --output DIR`";

impl fmt::Display for LayoutError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NotAReport(why) => write!(f, "{why}; {WRITE_ONE}"),
            Self::NoLayout => write!(
                f,
                "the report has no key `layout`: it was written without pictures, or by an earlier sinew; {WRITE_ONE}"
            ),
            Self::Fault(why) => write!(f, "`layout` cannot be used: {}; {WRITE_ONE}", visible(why)),
            Self::AnotherStack(there) => {
                let there: Vec<String> = there.iter().map(|id| format!("`{}`", visible(id))).collect();
                write!(
                    f,
                    "the report is about another stack: none of its boxes is in this one (there: {})",
                    there.join(", ")
                )
            }
        }
    }
}

impl std::error::Error for LayoutError {}

/// As much of a report as is needed.
#[derive(Deserialize)]
#[serde(expecting = "a report")]
struct Shape {
    layout: Option<Layout>,
}

/// Hundredths of a point are finer than any picture.
fn rounded(points: f64) -> f64 {
    (points * 100.0).round() / 100.0
}

impl Layout {
    /// The places of a picture.
    #[must_use]
    pub fn of(stood: &Stood) -> Self {
        let sizes = |sizes: &stood::Sizes| Sizes {
            start: rounded(sizes.start),
            channels: sizes.channels.iter().copied().map(rounded).collect(),
            cells: sizes.cells.iter().copied().map(rounded).collect(),
        };
        let frame = |frame: &stood::Frame| Frame {
            domain: frame.id.clone(),
            column: frame.first.0,
            row: frame.first.1,
            columns: frame.span.0,
            rows: frame.span.1,
        };
        let seat = |seat: &stood::Seat| Seat {
            id: seat.id.clone(),
            domain: seat.frame.clone(),
            column: seat.cell.0,
            row: seat.cell.1,
        };
        Self {
            level: if stood.is_parted { Level::Domains } else { Level::Systems },
            columns: sizes(&stood.columns),
            rows: sizes(&stood.rows),
            frames: stood.frames.iter().map(frame).collect(),
            boxes: stood.boxes.iter().map(seat).collect(),
        }
    }

    /// The places in `text`, a report in JSON.
    ///
    /// # Errors
    /// Where `text` is no report, has no places, or has some that no picture can have.
    pub fn parse(text: &str) -> Result<Self, LayoutError> {
        let shape: Shape = reread(text).map_err(LayoutError::NotAReport)?;
        let layout = shape.layout.ok_or(LayoutError::NoLayout)?;
        match layout.stood().fault() {
            None => Ok(layout),
            Some(why) => Err(LayoutError::Fault(why)),
        }
    }

    /// The places by the ids that `stack` has now, by what `was` says there.
    ///
    /// # Errors
    /// Where none of its boxes is in `stack`.
    pub fn for_stack(mut self, stack: &Stack) -> Result<Self, LayoutError> {
        let is_there = |seat: &Seat| match self.level {
            Level::Systems => stack.find_system(&seat.id).is_some(),
            // Parts of what is in no domain begin with a blank.
            Level::Domains => {
                seat.id.starts_with(' ')
                    || stack.systems.iter().any(|system| system.domain.as_deref() == Some(seat.id.as_str()))
            }
        };
        if self.level == Level::Systems {
            let had = |kind, id: &str| kind == EntryKind::System && self.boxes.iter().any(|seat| seat.id == id);
            let renames = Renames::of(stack, had);
            let now = self.boxes.iter().map(|seat| renames.id_now(EntryKind::System, &seat.id)).collect::<Vec<_>>();
            self.boxes.iter_mut().zip(now).for_each(|(seat, id)| seat.id = id);
            // Of two systems that became one, the first is that one.
            self.boxes.sort_by(|a, b| a.id.cmp(&b.id));
            self.boxes.dedup_by(|a, b| a.id == b.id);
        }
        if stack.systems.is_empty() || self.boxes.iter().any(is_there) {
            return Ok(self);
        }
        Err(LayoutError::AnotherStack(self.boxes.iter().take(3).map(|seat| seat.id.clone()).collect()))
    }

    /// The same for a picture to stand in.
    #[must_use]
    pub fn stood(&self) -> Stood {
        let sizes = |sizes: &Sizes| stood::Sizes {
            start: sizes.start,
            channels: sizes.channels.clone(),
            cells: sizes.cells.clone(),
        };
        let frame = |frame: &Frame| stood::Frame {
            id: frame.domain.clone(),
            first: (frame.column, frame.row),
            span: (frame.columns, frame.rows),
        };
        let seat = |seat: &Seat| stood::Seat {
            id: seat.id.clone(),
            frame: seat.domain.clone(),
            cell: (seat.column, seat.row),
        };
        Stood {
            is_parted: self.level == Level::Domains,
            // Whether there is room for stops is seen when it is drawn again.
            is_plain: false,
            columns: sizes(&self.columns),
            rows: sizes(&self.rows),
            frames: self.frames.iter().map(frame).collect(),
            boxes: self.boxes.iter().map(seat).collect(),
        }
    }
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::*;
    use crate::source::Source;

    fn layout() -> Value {
        json!({
            "level": "systems",
            "columns": {"start": 20.0, "channels": [30.0, 40.0, 30.0], "cells": [90.0, 91.25]},
            "rows": {"start": 80.0, "channels": [30.0, 30.0], "cells": [50.0]},
            "frames": [{"domain": "Sales", "column": 0, "row": 0, "columns": 2, "rows": 1}],
            "boxes": [
                {"id": "crm", "domain": "Sales", "column": 1, "row": 0},
                {"id": "mail", "domain": "Sales", "column": 0, "row": 0}
            ]
        })
    }

    fn parsed(layout: &Value) -> Result<Layout, LayoutError> {
        Layout::parse(&json!({"sinew": 1, "stack": {}, "findings": [], "layout": layout}).to_string())
    }

    /// A stack with these lines under `systems`.
    fn stack(systems: &str) -> Stack {
        let text = format!("sinew: 1\n{systems}");
        let source = Source::new("stack.yaml", text);
        let reading = crate::model::read(&source);
        reading.stack.unwrap_or_else(|| panic!("{}", crate::source::render(&source, &reading.problems, false)))
    }

    #[test]
    fn what_is_written_is_read_as_it_was() {
        let read = parsed(&layout()).unwrap();
        assert_eq!(serde_json::to_value(&read).unwrap(), layout());
        assert_eq!(Layout::of(&read.stood()), read);
        let finer = Stood { columns: stood::Sizes { start: 20.004_999, ..read.stood().columns }, ..read.stood() };
        assert_eq!(Layout::of(&finer), read, "hundredths of a point");
    }

    #[test]
    fn what_is_no_layout_is_refused_with_its_reason() {
        let said = |text: &str| Layout::parse(text).unwrap_err().to_string();
        assert!(said("").starts_with("expected a report of sinew, found an empty file; take `report.json`"));
        assert!(said("sinew: 1\nsystems: {}\n").contains("found a stack file"));
        assert!(said(r#"{"sinew": 2}"#).contains("the report has version 2, expected version 1"));
        assert!(said(r#"{"sinew": 1, "findings": []}"#).contains("no key `layout`: it was written without pictures"));
        let mut twice = layout();
        twice["boxes"][1]["column"] = json!(1);
        let said = |layout: &Value| parsed(layout).unwrap_err().to_string();
        assert!(said(&twice).starts_with("`layout` cannot be used: the box `mail` has the cell of another one; take"));
        let mut words = layout();
        words["rows"]["cells"] = json!("wide");
        assert!(said(&words).contains("found string \"wide\", expected a list"), "{}", said(&words));
        let mut negative = layout();
        negative["boxes"][0]["column"] = json!(-1);
        assert!(said(&negative).contains("expected a report of sinew in JSON: found integer `-1`"));
    }

    #[test]
    fn boxes_are_known_by_the_ids_that_they_have_now() {
        let ids = |text: &str| {
            let there = parsed(&layout()).unwrap().for_stack(&stack(text))?;
            Ok::<_, LayoutError>(there.boxes.into_iter().map(|seat| seat.id).collect::<Vec<_>>())
        };
        assert_eq!(ids("systems:\n  crm: {kind: crm}\n").unwrap(), ["crm", "mail"]);
        assert_eq!(ids("systems:\n  sales: {kind: crm, was: crm}\n").unwrap(), ["mail", "sales"]);
        assert_eq!(ids("systems:\n  one: {kind: crm, was: [crm, mail]}\n").unwrap(), ["one"]);
        assert_eq!(ids("").unwrap(), ["crm", "mail"], "nothing to say about an empty stack");
        let other = ids("systems:\n  bi: {kind: bi}\n").unwrap_err();
        assert_eq!(
            other.to_string(),
            "the report is about another stack: none of its boxes is in this one (there: `crm`, `mail`)"
        );
    }

    #[test]
    fn domains_are_known_by_name_and_parts_without_one_are_those_of_any_stack() {
        let mut domains = layout();
        domains["level"] = json!("domains");
        domains["frames"][0]["domain"] = Value::Null;
        domains["boxes"] = json!([{"id": "Sales", "domain": null, "column": 0, "row": 0}]);
        let there = |layout: &Value, text: &str| parsed(layout).unwrap().for_stack(&stack(text)).is_ok();
        assert!(there(&domains, "systems:\n  bi: {kind: bi, domain: Sales}\n"));
        assert!(!there(&domains, "systems:\n  bi: {kind: bi, domain: Data}\n"));
        domains["boxes"][0]["id"] = json!(" part 1");
        assert!(there(&domains, "systems:\n  bi: {kind: bi, domain: Data}\n"));
    }
}
