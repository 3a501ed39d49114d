//! The cells of a page: vertices and edges with their labels, styles and places.

use std::collections::BTreeMap;

use crate::import::xml::Element;

/// A cell.
#[derive(Debug, Default)]
pub(super) struct Cell<'e> {
    pub(super) id: &'e str,
    pub(super) value: String,
    pub(super) parent: &'e str,
    pub(super) source: Option<&'e str>,
    pub(super) target: Option<&'e str>,
    pub(super) is_vertex: bool,
    pub(super) is_edge: bool,
    pub(super) is_hidden: bool,
    style: &'e str,
    /// Keys and values of its own, in the order of the file.
    pub(super) attributes: Vec<(&'e str, &'e str)>,
    pub(super) area: Option<Area>,
    /// Where an edge begins and ends, where it is not joined.
    pub(super) from: Option<(f64, f64)>,
    pub(super) to: Option<(f64, f64)>,
}

/// A rectangle.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Area {
    pub(super) x: f64,
    pub(super) y: f64,
    pub(super) width: f64,
    pub(super) height: f64,
}

/// The cells of a page, in its order.
pub(super) fn cells(model: &Element) -> Vec<Cell<'_>> {
    let Some(root) = model.all("root").next() else { return Vec::new() };
    root.children.iter().filter_map(cell).collect()
}

fn cell(element: &Element) -> Option<Cell<'_>> {
    let (inner, holder) = match element.local() {
        "mxCell" => (element, None),
        "object" | "UserObject" => (element.all("mxCell").next()?, Some(element)),
        _ => return None,
    };
    let id = holder.unwrap_or(inner).attribute("id").unwrap_or_default();
    let mut cell = Cell {
        id,
        value: inner.attribute("value").unwrap_or_default().to_owned(),
        parent: inner.attribute("parent").unwrap_or_default(),
        source: inner.attribute("source"),
        target: inner.attribute("target"),
        is_vertex: inner.attribute("vertex") == Some("1"),
        is_edge: inner.attribute("edge") == Some("1"),
        is_hidden: inner.attribute("visible") == Some("0"),
        style: inner.attribute("style").unwrap_or_default(),
        ..Cell::default()
    };
    if let Some(holder) = holder {
        cell.attributes = holder.attributes.iter().map(|(key, value)| (key.as_str(), value.as_str())).collect();
        cell.value = holder.attribute("label").unwrap_or_default().to_owned();
        if holder.attribute("placeholders") == Some("1") || cell.value.contains('%') {
            cell.value = cell.with_placeholders();
        }
    }
    if let Some(geometry) = inner.all("mxGeometry").next() {
        let number = |element: &Element, name: &str| {
            element.attribute(name).and_then(|text| text.parse::<f64>().ok()).filter(|number| number.is_finite())
        };
        cell.area = Some(Area {
            x: number(geometry, "x").unwrap_or_default(),
            y: number(geometry, "y").unwrap_or_default(),
            width: number(geometry, "width").unwrap_or_default(),
            height: number(geometry, "height").unwrap_or_default(),
        });
        for point in geometry.all("mxPoint") {
            let at = Some((number(point, "x").unwrap_or_default(), number(point, "y").unwrap_or_default()));
            match point.attribute("as") {
                Some("sourcePoint") => cell.from = at,
                Some("targetPoint") => cell.to = at,
                _ => {}
            }
        }
    }
    Some(cell)
}

impl Cell<'_> {
    /// The value of a key of its style.
    pub(super) fn style(&self, key: &str) -> Option<&str> {
        self.style
            .split(';')
            .find_map(|part| part.split_once('=').filter(|(name, _)| *name == key).map(|(_, value)| value))
    }

    /// Whether its style names `name` as a whole, such as `text` or `rhombus`.
    pub(super) fn is(&self, name: &str) -> bool {
        self.style.split(';').any(|part| part == name)
    }

    /// The value of one of its own keys, whatever its case.
    pub(super) fn attribute(&self, name: &str) -> Option<&str> {
        let found = self.attributes.iter().find(|(key, _)| key.eq_ignore_ascii_case(name));
        found.map(|(_, value)| *value).filter(|value| !value.trim().is_empty())
    }

    /// Its label with `%name%` as what its keys say.
    fn with_placeholders(&self) -> String {
        let mut parts = self.value.split('%');
        let mut out = parts.next().unwrap_or_default().to_owned();
        let mut is_inside = true;
        for part in parts {
            match self.attributes.iter().find(|(key, _)| *key == part).filter(|_| is_inside) {
                Some((_, value)) => {
                    out.push_str(value);
                    is_inside = false;
                }
                None => {
                    if is_inside {
                        out.push('%');
                    }
                    out.push_str(part);
                    is_inside = true;
                }
            }
        }
        out
    }
}

/// Cells by their ids.
pub(super) fn by_id<'c>(cells: &'c [Cell<'_>]) -> BTreeMap<&'c str, usize> {
    cells.iter().enumerate().map(|(at, cell)| (cell.id, at)).collect()
}
