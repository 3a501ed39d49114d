//! Drawings of Visio: shapes with text, and the connectors that are glued to them.

use std::collections::{BTreeMap, BTreeSet};

use super::boxes::{self, Arrow, Drawing, End, Facts, Heads, Lost, Shape, Sheet, Style, What};
use super::clean::LeftOut;
use super::opened::Opened;
use super::problem::Fault;
use super::reading::{File, Reading};
use super::xml::{self, Element};

/// The sign of a drawing: an archive with pages of Visio.
pub(super) fn sign(opened: &Opened<'_>) -> Option<&'static str> {
    let archive = opened.archive.as_ref()?.as_ref().ok()?;
    archive.names().any(|name| name.starts_with("visio/pages/")).then_some("visio/pages/")
}

/// Reads all pages of a drawing.
pub(super) fn read(file: &File<'_>, opened: &Opened<'_>, left_out: &mut LeftOut) -> Reading {
    let Some(Ok(archive)) = &opened.archive else { return Reading::default() };
    let (mut parts, mut faults) = (BTreeMap::new(), Vec::new());
    let is_wanted = |name: &str| {
        (name.starts_with("visio/pages/") || name == "visio/masters/masters.xml")
            && (name.ends_with(".xml") || name == "visio/pages/_rels/pages.xml.rels")
    };
    let unpacked = archive.each(is_wanted, |name, bytes| {
        let text = std::str::from_utf8(bytes).map_err(|_| Fault::new("not-utf8", "the text is not UTF-8"));
        match text.and_then(|text| xml::parse(text.trim_start_matches('\u{feff}'))) {
            Ok(root) => drop(parts.insert(name.to_owned(), root)),
            Err(fault) => faults.push(Fault { message: format!("{name}: {}", fault.message), ..fault }),
        }
    });
    faults.extend(unpacked.err());
    let masters = parts.get("visio/masters/masters.xml").map(masters).unwrap_or_default();
    let mut sheets = Vec::new();
    for (name, path) in pages(&parts) {
        if let Some(root) = parts.get(&path) {
            sheets.push(Page::default().read(&name, root, &masters));
        }
    }
    let mut reading = boxes::draft(file, "vsdx", Drawing { sheets }, left_out);
    reading.faults.extend(faults.into_iter().map(|fault| fault.cleaned(left_out)));
    reading
}

/// The names of masters, by their ids.
fn masters(root: &Element) -> BTreeMap<String, String> {
    let name = |master: &Element| master.attribute("NameU").or_else(|| master.attribute("Name")).map(str::to_owned);
    root.all("Master").filter_map(|master| Some((master.attribute("ID")?.to_owned(), name(master)?))).collect()
}

/// The pages with their names and files, in their order; backgrounds are none.
fn pages(parts: &BTreeMap<String, Element>) -> Vec<(String, String)> {
    let targets: BTreeMap<&str, &str> = parts
        .get("visio/pages/_rels/pages.xml.rels")
        .into_iter()
        .flat_map(|root| root.all("Relationship"))
        .filter_map(|relation| Some((relation.attribute("Id")?, relation.attribute("Target")?)))
        .collect();
    let listed: Vec<(String, String)> = parts
        .get("visio/pages/pages.xml")
        .into_iter()
        .flat_map(|root| root.all("Page"))
        .filter(|page| page.attribute("Background") != Some("1"))
        .filter_map(|page| {
            let id = page.all("Rel").next()?.attributes.iter().find(|(key, _)| key.ends_with(":id") || key == "id")?;
            let target = targets.get(id.1.as_str())?.trim_start_matches("/visio/pages/");
            let name = page.attribute("Name").or_else(|| page.attribute("NameU")).unwrap_or_default();
            Some((name.to_owned(), format!("visio/pages/{target}")))
        })
        .collect();
    if !listed.is_empty() {
        return listed;
    }
    // Without a list the files speak for themselves.
    let is_page = |path: &&String| {
        path.strip_prefix("visio/pages/page").is_some_and(|rest| {
            rest.trim_end_matches(".xml").bytes().all(|b| b.is_ascii_digit()) && rest.ends_with(".xml")
        })
    };
    parts.keys().filter(is_page).map(|path| (String::new(), path.clone())).collect()
}

#[derive(Default)]
struct Page {
    sheet: Sheet,
    /// The shape that stands for each id: parts of a group stand for the group.
    places: BTreeMap<String, usize>,
    lines: Vec<Line>,
    areas: Vec<Option<[f64; 4]>>,
    containers: Vec<usize>,
}

/// A connector.
struct Line {
    id: String,
    label: String,
    begin: Option<String>,
    end: Option<String>,
    heads: Heads,
}

impl Page {
    fn read(mut self, name: &str, root: &Element, masters: &BTreeMap<String, String>) -> Sheet {
        self.sheet.name = name.to_owned();
        let mut glued: BTreeMap<&str, [Option<&str>; 2]> = BTreeMap::new();
        for connect in root.all("Connects").flat_map(|connects| connects.all("Connect")) {
            let (Some(from), Some(to)) = (connect.attribute("FromSheet"), connect.attribute("ToSheet")) else {
                continue;
            };
            match connect.attribute("FromCell") {
                Some("BeginX") => glued.entry(from).or_default()[0] = Some(to),
                Some("EndX") => glued.entry(from).or_default()[1] = Some(to),
                _ => {}
            }
        }
        let ends: BTreeSet<&str> = glued.values().flatten().flatten().copied().collect();
        for shape in root.all("Shapes").flat_map(|shapes| shapes.all("Shape")) {
            self.shape(shape, None, masters, &glued, &ends);
        }
        self.fill_containers();
        for line in std::mem::take(&mut self.lines) {
            let end = |id: &Option<String>| {
                id.as_ref().and_then(|id| self.places.get(id)).map_or(End::Nowhere, |at| End::At(*at))
            };
            let (from, to) = (end(&line.begin), end(&line.end));
            let at =
                if line.label.is_empty() { format!("connector {}", line.id) } else { line.label.replace('\n', ", ") };
            if (from, to) == (End::Nowhere, End::Nowhere) {
                self.sheet.dropped.push(Lost { what: "loose connector", at, why: "it is glued to no shape" });
                continue;
            }
            let mut arrow = Arrow::new(line.id, from, to, &line.label, Style::Label);
            arrow.at = at;
            arrow.heads = line.heads;
            self.sheet.arrows.push(arrow);
        }
        self.sheet
    }

    fn shape(
        &mut self,
        shape: &Element,
        within: Option<usize>,
        masters: &BTreeMap<String, String>,
        glued: &BTreeMap<&str, [Option<&str>; 2]>,
        ends: &BTreeSet<&str>,
    ) {
        let id = shape.attribute("ID").unwrap_or_default();
        let master = shape.attribute("Master").and_then(|id| masters.get(id)).map_or("", String::as_str);
        let text = text(shape);
        let is_line =
            glued.contains_key(id) || cell(shape, "BeginX").is_some() || master.to_lowercase().contains("connector");
        if is_line {
            let [begin, end] = glued.get(id).copied().unwrap_or_default();
            self.lines.push(Line {
                id: id.to_owned(),
                label: text,
                begin: begin.map(str::to_owned),
                end: end.map(str::to_owned),
                heads: heads(shape),
            });
            return;
        }
        let inner: Vec<&Element> = shape.all("Shapes").flat_map(|shapes| shapes.all("Shape")).collect();
        let texts: Vec<String> = inner.iter().map(|inner| self::text(inner)).filter(|text| !text.is_empty()).collect();
        let holds_ends = inner.iter().any(|inner| inner.attribute("ID").is_some_and(|id| ends.contains(id)));
        let is_container = is_container(shape, master);
        let is_group = is_container || holds_ends || text.is_empty() && texts.len() > 1;
        let label = match (text.is_empty(), texts.as_slice()) {
            (true, [only]) if !holds_ends => only.clone(),
            _ => text,
        };
        let what = match () {
            () if is_container || is_group && !inner.is_empty() => What::Group,
            () if is_person(master) || is_person(shape.attribute("NameU").unwrap_or_default()) => What::Person,
            () if master.to_lowercase().contains("decision") => What::Junction,
            () if is_text(shape, master) && !ends.contains(id) => What::Note,
            () => What::Plain,
        };
        let at = self.sheet.shapes.len();
        let mut made = Shape::new(id, what, &label);
        made.within = within;
        made.hints = (!master.is_empty()).then(|| master.to_owned()).into_iter().collect();
        made.facts = facts(shape);
        self.sheet.shapes.push(made);
        self.areas.push(if within.is_none() { area(shape) } else { None });
        self.places.insert(id.to_owned(), at);
        if is_container {
            self.containers.push(at);
        }
        for inner in inner {
            if is_group {
                self.shape(inner, Some(at), masters, glued, ends);
            } else {
                // Parts of a shape stand for it.
                for part in inner.walk().filter(|part| part.local() == "Shape") {
                    if let Some(id) = part.attribute("ID") {
                        self.places.insert(id.to_owned(), at);
                    }
                }
            }
        }
    }

    /// Puts shapes into the containers that they stand in.
    fn fill_containers(&mut self) {
        for at in 0..self.sheet.shapes.len() {
            let Some([left, bottom, right, top]) = self.areas[at].filter(|_| self.sheet.shapes[at].within.is_none())
            else {
                continue;
            };
            let (x, y) = (f64::midpoint(left, right), f64::midpoint(bottom, top));
            let size = |area: [f64; 4]| (area[2] - area[0]) * (area[3] - area[1]);
            let own = size([left, bottom, right, top]);
            let holds = |outer: &&usize| {
                **outer != at
                    && self.areas[**outer].is_some_and(|area| {
                        size(area) > own && area[0] <= x && x <= area[2] && area[1] <= y && y <= area[3]
                    })
            };
            let of = |outer: &&usize| self.areas[**outer].map_or(f64::MAX, size);
            let outer = self.containers.iter().take(500).filter(holds).min_by(|a, b| of(a).total_cmp(&of(b))).copied();
            self.sheet.shapes[at].within = outer;
        }
    }
}

/// The value of a cell of a shape.
fn cell<'e>(shape: &'e Element, name: &str) -> Option<&'e str> {
    shape.all("Cell").find(|cell| cell.attribute("N") == Some(name)).and_then(|cell| cell.attribute("V"))
}

fn number(shape: &Element, name: &str) -> Option<f64> {
    cell(shape, name)?.parse().ok().filter(|number: &f64| number.is_finite())
}

/// Left, bottom, right and top of a shape.
fn area(shape: &Element) -> Option<[f64; 4]> {
    let (x, y) = (number(shape, "PinX")?, number(shape, "PinY")?);
    let (width, height) = (number(shape, "Width")?, number(shape, "Height")?);
    let left = x - number(shape, "LocPinX").unwrap_or(width / 2.0);
    let bottom = y - number(shape, "LocPinY").unwrap_or(height / 2.0);
    Some([left, bottom, left + width, bottom + height])
}

fn text(shape: &Element) -> String {
    // Of a text that is nothing but fields, what they showed last.
    let fields = || {
        let fields = shape.all("Text").flat_map(|text| text.children.iter()).map(|field| field.text.as_str());
        fields.collect::<Vec<_>>().join(" ")
    };
    let own = shape.text_of("Text").map_or_else(fields, str::to_owned);
    own.lines().map(str::trim).filter(|line| !line.is_empty()).collect::<Vec<_>>().join("\n")
}

/// What the data of a shape says.
fn facts(shape: &Element) -> Facts {
    let sections = shape.all("Section").filter(|section| section.attribute("N") == Some("Property"));
    let rows: Vec<&Element> = sections.flat_map(|section| section.all("Row")).collect();
    let first = |names: &[&str]| {
        let is_one = |row: &&&Element| {
            [row.attribute("N"), cell(row, "Label")]
                .into_iter()
                .flatten()
                .any(|name| names.iter().any(|known| known.eq_ignore_ascii_case(name)))
        };
        rows.iter().find(is_one).and_then(|row| cell(row, "Value")).map(str::to_owned)
    };
    Facts {
        owner: first(&["owner", "system owner", "business owner", "team"]),
        description: first(&["description", "notes", "purpose"]),
        technology: None,
        domain: first(&["domain", "department", "business unit"]),
        vendor: first(&["vendor", "supplier"]),
        status: first(&["status", "state", "lifecycle"]),
    }
}

fn heads(shape: &Element) -> Heads {
    let shows = |name: &str| number(shape, name).is_some_and(|style| style > 0.0);
    match (shows("BeginArrow"), shows("EndArrow")) {
        (true, true) => Heads::Both,
        (true, false) => Heads::Backward,
        (false, true) => Heads::Forward,
        (false, false) => Heads::Neither,
    }
}

fn is_container(shape: &Element, master: &str) -> bool {
    let master = master.to_lowercase();
    let is_named = ["container", "swimlane", "pool", "boundary", "functional band", "lane"]
        .iter()
        .any(|word| master.contains(word));
    let is_marked = shape
        .all("Section")
        .filter(|section| section.attribute("N") == Some("User"))
        .flat_map(|section| section.all("Row"))
        .any(|row| row.attribute("N") == Some("msvStructureType") && cell(row, "Value") == Some("Container"));
    is_named || is_marked
}

fn is_person(name: &str) -> bool {
    let name = name.to_lowercase();
    ["person", "user", "actor", "people", "employee"].iter().any(|word| name.starts_with(word))
}

/// Whether a shape is nothing but text: of no master, and nothing is drawn.
fn is_text(shape: &Element, master: &str) -> bool {
    let draws = shape.all("Section").any(|section| section.attribute("N") == Some("Geometry"));
    master.is_empty() && !draws && shape.attribute("Type") != Some("Group") && shape.attribute("MasterShape").is_none()
}
