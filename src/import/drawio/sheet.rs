//! A page as shapes and arrows.

use std::collections::{BTreeMap, BTreeSet};

use super::cells::{Cell, by_id, cells};
use super::place;
use crate::import::boxes::{Arrow, End, Facts, Heads, Lost, Shape, Sheet, Style, What};
use crate::import::html;
use crate::import::xml::Element;

/// Reads a page.
pub(super) fn read(model: &Element) -> Sheet {
    let cells = cells(model);
    let ids = by_id(&cells);
    let parents: Vec<Option<usize>> =
        cells.iter().enumerate().map(|(at, cell)| ids.get(cell.parent).copied().filter(|outer| *outer != at)).collect();
    let areas = place::areas(&cells, &parents);
    let mut page =
        Page { cells: &cells, ids, parents, labels: BTreeMap::new(), shapes: BTreeMap::new(), sheet: Sheet::default() };
    page.labels();
    page.shapes();
    page.behind(&areas);
    page.edges(&areas);
    page.sheet
}

struct Page<'c, 'e> {
    cells: &'c [Cell<'e>],
    ids: BTreeMap<&'c str, usize>,
    parents: Vec<Option<usize>>,
    /// Labels that stand beside edges, by the edge.
    labels: BTreeMap<usize, Vec<String>>,
    /// The shape of each vertex.
    shapes: BTreeMap<usize, usize>,
    sheet: Sheet,
}

/// Heads that show a direction; others are ornaments.
const HEADS: [&str; 11] = [
    "classic",
    "classicThin",
    "block",
    "blockThin",
    "open",
    "openThin",
    "openAsync",
    "async",
    "diamond",
    "diamondThin",
    "doubleBlock",
];

impl Page<'_, '_> {
    /// Whether a cell, or what it stands in, is hidden.
    fn is_hidden(&self, at: usize) -> bool {
        let mut next = Some(at);
        for _ in 0..64 {
            let Some(cell) = next else { return false };
            if self.cells[cell].is_hidden {
                return true;
            }
            next = self.parents[cell];
        }
        false
    }

    fn is_label(&self, at: usize) -> bool {
        let cell = &self.cells[at];
        cell.is_vertex && (cell.is("edgeLabel") || self.parents[at].is_some_and(|outer| self.cells[outer].is_edge))
    }

    fn labels(&mut self) {
        for at in 0..self.cells.len() {
            if self.is_label(at)
                && let Some(edge) = self.parents[at]
            {
                let text = html::lines(&self.cells[at].value);
                if !text.is_empty() {
                    self.labels.entry(edge).or_default().push(text);
                }
            }
        }
    }

    fn shapes(&mut self) {
        for at in 0..self.cells.len() {
            if !self.cells[at].is_vertex || self.is_label(at) || self.is_hidden(at) {
                continue;
            }
            self.shapes.insert(at, self.sheet.shapes.len());
            self.sheet.shapes.push(shape(&self.cells[at]));
        }
        let within: Vec<(usize, usize)> = self
            .shapes
            .iter()
            .filter_map(|(at, shape)| Some((*shape, *self.shapes.get(&self.parents[*at]?)?)))
            .collect();
        for (shape, outer) in within {
            self.sheet.shapes[shape].within = Some(outer);
        }
    }

    /// Boxes that people put behind others hold them, and a text on an empty box is its label.
    fn behind(&mut self, areas: &[Option<super::cells::Area>]) {
        let loose: Vec<usize> = self
            .shapes
            .iter()
            .filter(|(_, shape)| self.sheet.shapes[**shape].within.is_none())
            .map(|(at, _)| *at)
            .collect();
        let holders: Vec<usize> = loose
            .iter()
            .copied()
            .filter(|at| {
                let shape = &self.sheet.shapes[self.shapes[at]];
                !matches!(shape.what, What::Note | What::Person | What::Junction) && shape.hints.is_empty()
            })
            .collect();
        for (at, outer) in place::behind(areas, &loose, &holders) {
            self.sheet.shapes[self.shapes[&at]].within = Some(self.shapes[&outer]);
        }
        let mut texts: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
        for (at, shape) in self.sheet.shapes.iter().enumerate() {
            if let Some(outer) = shape.within {
                texts.entry(outer).or_default().push(at);
            }
        }
        for (outer, inner) in texts {
            if !self.sheet.shapes[outer].lines.is_empty() {
                continue;
            }
            let labels: Vec<usize> = inner
                .iter()
                .copied()
                .filter(|at| self.sheet.shapes[*at].what == What::Note && !self.sheet.shapes[*at].lines.is_empty())
                .collect();
            let is_legend = |at: &usize| {
                let text = self.sheet.shapes[*at].lines.join(" ").trim().trim_end_matches(':').to_lowercase();
                matches!(text.as_str(), "legend" | "key" | "legende")
            };
            let found = labels.iter().find(|at| is_legend(at)).or_else(|| labels.first().filter(|_| labels.len() == 1));
            if let Some(label) = found {
                self.sheet.shapes[outer].lines = self.sheet.shapes[*label].lines.clone();
            }
        }
    }

    fn edges(&mut self, areas: &[Option<super::cells::Area>]) {
        let holders: BTreeSet<usize> = self.sheet.shapes.iter().filter_map(|shape| shape.within).collect();
        let boxes: Vec<usize> = self
            .shapes
            .iter()
            .filter(|(_, shape)| {
                let shape = **shape;
                !holders.contains(&shape) && self.sheet.shapes[shape].what != What::Note
            })
            .map(|(at, _)| *at)
            .collect();
        let mut looked = 0_usize;
        for at in 0..self.cells.len() {
            let cell = &self.cells[at];
            if !cell.is_edge {
                continue;
            }
            let label = self.label(at);
            let shown = if label.is_empty() { format!("arrow {}", cell.id) } else { label.replace('\n', ", ") };
            if self.is_hidden(at) {
                self.sheet.dropped.push(Lost { what: "hidden arrow", at: shown, why: "it or its layer is hidden" });
                continue;
            }
            let offset = self.parents[at].and_then(|outer| areas[outer].filter(|_| self.cells[outer].is_vertex));
            let mut end = |joined: Option<&str>, point: Option<(f64, f64)>| {
                if let Some(joined) = joined {
                    return self.joined(joined);
                }
                looked += boxes.len();
                let point = point.map(|(x, y)| offset.map_or((x, y), |area| (x + area.x, y + area.y)));
                // So that a page of nothing but loose ends takes no time without end.
                let found = point.filter(|_| looked < 20_000_000).and_then(|point| place::near(areas, &boxes, point));
                found.and_then(|at| self.shapes.get(&at)).map_or(End::Nowhere, |shape| End::Near(*shape))
            };
            let (from, to) = (end(cell.source, cell.from), end(cell.target, cell.to));
            let is_c4 = cell.attribute("c4Type").is_some();
            let style = if is_c4 { Style::Sentence } else { Style::Label };
            let mut arrow = Arrow::new(cell.id, from, to, &label, style);
            if is_c4 {
                arrow.label = cell.attribute("c4Description").unwrap_or_default().to_owned();
                arrow.technology = cell.attribute("c4Technology").map(str::to_owned);
            }
            keys(cell, &mut arrow);
            arrow.at = shown;
            arrow.heads = heads(cell);
            self.sheet.arrows.push(arrow);
        }
    }

    fn label(&self, at: usize) -> String {
        let own = html::lines(&self.cells[at].value);
        let beside = self.labels.get(&at).map_or(&[][..], Vec::as_slice);
        let all: Vec<&str> = std::iter::once(own.as_str()).chain(beside.iter().map(String::as_str)).collect();
        all.into_iter().filter(|text| !text.is_empty()).collect::<Vec<_>>().join("\n")
    }

    /// The shape that an edge is joined to; of a text within a box, the box.
    fn joined(&self, id: &str) -> End {
        let Some(shape) = self.ids.get(id).and_then(|at| self.shapes.get(at)).copied() else { return End::Nowhere };
        match (self.sheet.shapes[shape].what, self.sheet.shapes[shape].within) {
            (What::Note, Some(outer)) => End::At(outer),
            _ => End::At(shape),
        }
    }
}

/// What the keys of an arrow say, by the words that tables use for their headers.
fn keys(cell: &Cell<'_>, arrow: &mut Arrow) {
    let first = |names: &[&str]| names.iter().find_map(|name| cell.attribute(name)).map(html::lines);
    if let Some(data) = first(&["data", "data object", "object", "entity", "payload", "record type", "content"]) {
        arrow.label = data;
    }
    if let Some(runs) = first(&["frequency", "how often", "cadence", "schedule", "runs"]) {
        arrow.label = format!("{}\n{runs}", arrow.label);
    }
    let technology =
        first(&["mechanism", "how", "method", "integration type", "integration method", "protocol", "via", "through"]);
    arrow.technology = technology.or_else(|| arrow.technology.take());
    arrow.performer = first(&["performer", "who", "done by", "performed by", "handled by", "operator"]);
    let minutes = first(&["minutes", "mins", "minutes per run"]);
    arrow.minutes =
        minutes.and_then(|text| text.trim().parse().ok()).filter(|minutes: &f64| (0.0..=1e6).contains(minutes));
}

fn heads(cell: &Cell<'_>) -> Heads {
    let shows = |key: &str, default: &str| HEADS.contains(&cell.style(key).unwrap_or(default));
    let is_wide = cell.style("shape").is_some_and(|shape| shape == "flexArrow") || cell.is("flexArrow");
    let end = shows("endArrow", if is_wide { "block" } else { "classic" });
    match (shows("startArrow", "none"), end) {
        (true, true) => Heads::Both,
        (true, false) => Heads::Backward,
        (false, true) => Heads::Forward,
        (false, false) => Heads::Neither,
    }
}

fn shape(cell: &Cell<'_>) -> Shape {
    let drawn = cell.style("shape").unwrap_or_default();
    let last = drawn.rsplit('.').next().unwrap_or_default().to_lowercase();
    let is_actor = ["umlactor", "actor", "person", "user", "people", "employee", "customer_user"];
    let c4 = cell.attribute("c4Type").map(str::to_lowercase);
    let what = match c4.as_deref() {
        Some("person") => What::Person,
        Some(kind) if kind.contains("software system") || kind.contains("systemscope") => What::System,
        Some(kind) if kind.contains("environment") || kind.contains("boundary") => What::System,
        Some(_) => What::Part,
        None if is_actor.iter().any(|actor| last.starts_with(actor)) => What::Person,
        None if cell.is("text") => What::Note,
        None if matches!(last.as_str(), "note" | "note2" | "callout" | "wedgerectcallout" | "link")
            || cell.is("line") =>
        {
            What::Note
        }
        None if cell.is("rhombus") || matches!(last.as_str(), "rhombus" | "decision" | "waypoint") => What::Junction,
        None if cell.is("group") => What::Group,
        None => What::Plain,
    };
    let label = match (cell.attribute("c4Name"), &c4) {
        (Some(name), Some(_)) => name.to_owned(),
        _ => html::lines(&cell.value),
    };
    let mut shape = Shape::new(cell.id, what, &label);
    let pictures = html::pictures(&cell.value);
    let styled = ["image", "resIcon", "grIcon", "prIcon", "shape"].into_iter().filter_map(|key| cell.style(key));
    let styled = styled.filter(|hint| !hint.starts_with("data:") && hint.contains(['.', '/'])).map(str::to_owned);
    shape.hints = pictures.into_iter().chain(styled).collect();
    shape.facts = facts(cell);
    shape
}

/// What the keys of an object say, by the words that tables use for their headers.
fn facts(cell: &Cell<'_>) -> Facts {
    let first = |names: &[&str]| names.iter().find_map(|name| cell.attribute(name)).map(html::lines);
    Facts {
        owner: first(&["owner", "system owner", "business owner", "tool owner", "team", "owning team", "responsible"]),
        description: first(&["c4Description", "description", "notes", "purpose", "tooltip"]),
        technology: first(&["c4Technology", "technology"]),
        domain: first(&["domain", "area", "business unit", "department"]),
        vendor: first(&["vendor", "supplier", "publisher"]),
        status: first(&["status", "state", "lifecycle"]),
    }
}
