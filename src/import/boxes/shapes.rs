//! What every shape of a sheet stands for.

use std::collections::{BTreeMap, BTreeSet};

use super::name::{self, Label};
use super::people::is_person;
use super::{Shape, Sheet, What};
use crate::import::recognise::{kind_word, sure, unknown};

/// What a shape stands for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Stands {
    /// The system of this shape: itself, or what it is a part of.
    System(usize),
    /// A person or team.
    Person,
    Junction,
    /// The systems that stand in it.
    Group(Vec<usize>),
    /// Nothing that data goes to.
    Nothing,
}

/// The shapes of a sheet as systems, persons and domains.
#[derive(Debug)]
pub(super) struct Shapes {
    pub(super) stands: Vec<Stands>,
    /// What each shape that is a system is called.
    pub(super) labels: BTreeMap<usize, Label>,
    /// The domain of each shape.
    pub(super) domains: Vec<Option<String>>,
}

/// Levels of shapes within each other; what is deeper stands in the last.
const DEPTH: usize = 64;
/// Shapes of a sheet whose names are compared letter by letter with those of products.
const TYPOS: usize = 500;
/// Words of the longest label that can be a name; more is a text.
const NAME: usize = 12;
/// Characters of it.
const LETTERS: usize = 90;

/// Looks at all shapes of `sheet`.
pub(super) fn look(sheet: &Sheet) -> Shapes {
    let shapes = &sheet.shapes;
    let mut children: Vec<Vec<usize>> = vec![Vec::new(); shapes.len()];
    for (at, shape) in shapes.iter().enumerate() {
        if let Some(within) = shape.within.filter(|within| *within != at && *within < shapes.len()) {
            children[within].push(at);
        }
    }
    let joined: BTreeSet<usize> =
        sheet.arrows.iter().flat_map(|arrow| [arrow.from, arrow.to]).filter_map(super::ends::place).collect();
    let labels: Vec<Option<Label>> = shapes.iter().enumerate().map(|(at, shape)| read(shape, at < TYPOS)).collect();
    let is_product = |at: usize| labels[at].as_ref().is_some_and(|label| label.named.product.is_some());
    let holds = |at: usize| {
        let is_shown = |child: &usize| {
            labels[*child].is_some() && !matches!(shapes[*child].what, What::Note) || !children[*child].is_empty()
        };
        children[at].iter().any(is_shown)
    };
    let legends: Vec<bool> =
        (0..shapes.len()).map(|at| above(shapes, at).any(|outer| is_legend(&shapes[outer]))).collect();
    let own = |at: usize| -> Stands {
        let shape = &shapes[at];
        let names_person = || {
            let is_sure = |label: &Label| label.named.product.is_some() && label.named.guess.is_none();
            name::title(&shape.lines).is_some_and(|title| is_person(&title))
                && !labels[at].as_ref().is_some_and(is_sure)
        };
        if legends[at] {
            return Stands::Nothing;
        }
        match shape.what {
            What::Note => Stands::Nothing,
            What::Person => Stands::Person,
            What::Junction if is_product(at) && !asks(shape) => Stands::System(at),
            What::Junction => Stands::Junction,
            What::Group | What::Plain if (shape.what == What::Group || holds(at)) && !is_product(at) => {
                if names_person() && joined.contains(&at) && shape.what == What::Plain {
                    Stands::Person
                } else {
                    Stands::Group(Vec::new())
                }
            }
            What::Plain if labels[at].is_none() => {
                if joined.contains(&at) {
                    Stands::Junction
                } else {
                    Stands::Nothing
                }
            }
            What::Plain if names_person() => Stands::Person,
            What::Plain if !joined.contains(&at) && is_text(shape) => Stands::Nothing,
            What::System | What::Part | What::Plain | What::Group if labels[at].is_none() => Stands::Nothing,
            What::System | What::Part | What::Plain | What::Group => Stands::System(at),
        }
    };
    let mut stands: Vec<Stands> = (0..shapes.len()).map(own).collect();
    for at in collections(sheet, &labels, &children, &joined) {
        if stands[at] == Stands::System(at) {
            stands[at] = Stands::Group(Vec::new());
        }
    }
    fold(shapes, &labels, &children, &joined, &mut stands);
    let domains = (0..shapes.len()).map(|at| domain(shapes, &stands, &labels, at)).collect();
    let labels: BTreeMap<usize, Label> =
        labels.into_iter().enumerate().filter_map(|(at, label)| Some((at, label?))).collect();
    Shapes { stands, labels, domains }
}

/// Shapes that are several systems under one name: in `Lead aggregators { Yelp, Thumbtack }` the name is plural, arrows go
/// to what stands in it and none to itself, and nothing goes between its parts or is said of how they are built.
fn collections(
    sheet: &Sheet,
    labels: &[Option<Label>],
    children: &[Vec<usize>],
    joined: &BTreeSet<usize>,
) -> Vec<usize> {
    let shapes = &sheet.shapes;
    let outer = |end| super::ends::place(end).and_then(|at| shapes.get(at)?.within);
    let busy: BTreeSet<usize> = sheet
        .arrows
        .iter()
        .filter_map(|arrow| outer(arrow.from).filter(|within| Some(*within) == outer(arrow.to)))
        .collect();
    // `API`, `Tracking database`: how a system is built, and none of several.
    let is_built = |at: usize| {
        let is_kind = name::title(&shapes[at].lines).is_none_or(|title| kind_word(&title).is_some());
        is_kind
            || shapes[at].facts.technology.is_some()
            || labels[at].as_ref().is_none_or(|one| one.named.guess.is_some())
    };
    let is_one = |at: &usize| shapes[*at].what == What::Part && joined.contains(at) && !is_built(*at);
    let is_collection = |at: &usize| {
        let name = name::title(&shapes[*at].lines).unwrap_or_default().to_lowercase();
        let last = name.split_whitespace().last().unwrap_or_default();
        let is_plural =
            last.len() > 3 && last.ends_with('s') && !["ss", "us", "is", "cs"].iter().any(|end| last.ends_with(end));
        let is_product = labels[*at].as_ref().is_some_and(|label| label.named.product.is_some());
        is_plural
            && !is_product
            && !joined.contains(at)
            && !busy.contains(at)
            && children[*at].len() > 1
            && children[*at].iter().all(is_one)
    };
    (0..shapes.len()).filter(is_collection).collect()
}

/// Makes parts of what they are parts of, and gives groups the systems in them.
fn fold(
    shapes: &[Shape],
    labels: &[Option<Label>],
    children: &[Vec<usize>],
    joined: &BTreeSet<usize>,
    stands: &mut [Stands],
) {
    let is_product = |at: usize| labels[at].as_ref().is_some_and(|label| label.named.product.is_some());
    let key = |at: usize| labels[at].as_ref().map(|label| label.named.key.clone());
    let before = stands.to_vec();
    for at in 0..shapes.len() {
        if !matches!(before[at], Stands::System(_) | Stands::Junction) {
            continue;
        }
        let folds = |outer: &usize| {
            matches!(before[*outer], Stands::System(_))
                && (is_product(*outer) || shapes[at].what == What::Part && shapes[*outer].what != What::Group)
        };
        // The nearest product, else the outermost system.
        let outer = above(shapes, at).filter(folds).find(|outer| is_product(*outer));
        let outer = outer.or_else(|| above(shapes, at).filter(folds).last());
        let Some(outer) = outer else { continue };
        let is_own = is_product(at) && key(at) != key(outer) && shapes[at].what != What::Note;
        if !is_own && (before[at] != Stands::Junction || labels[at].is_some() && shapes[at].what == What::Plain) {
            stands[at] = Stands::System(outer);
        }
    }
    // A part of a part is a part of the whole.
    for at in 0..shapes.len() {
        for _ in 0..DEPTH {
            let Stands::System(outer) = stands[at] else { break };
            match &stands[outer] {
                Stands::System(further) if *further != outer && outer != at => stands[at] = Stands::System(*further),
                _ => break,
            }
        }
    }
    // What holds other products and nothing else, and is joined to nothing, is their domain.
    for at in 0..shapes.len() {
        let is_outer =
            stands[at] == Stands::System(at) && !children[at].is_empty() && !joined.contains(&at) && !is_product(at);
        if is_outer && children[at].iter().all(|child| stands[*child] == Stands::System(*child)) {
            stands[at] = Stands::Group(Vec::new());
        }
    }
    let mut members: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
    for at in 0..shapes.len() {
        if stands[at] == Stands::System(at) {
            for outer in above(shapes, at).filter(|outer| matches!(stands[*outer], Stands::Group(_))) {
                members.entry(outer).or_default().push(at);
            }
        }
    }
    for (group, systems) in members {
        stands[group] = Stands::Group(systems);
    }
}

/// The shapes that a shape stands in, the nearest first.
fn above(shapes: &[Shape], at: usize) -> impl Iterator<Item = usize> {
    let mut next = shapes[at].within;
    let mut seen = BTreeSet::from([at]);
    std::iter::from_fn(move || {
        let outer = next.filter(|outer| *outer < shapes.len() && seen.len() <= DEPTH && seen.insert(*outer))?;
        next = shapes[outer].within;
        Some(outer)
    })
}

fn domain(shapes: &[Shape], stands: &[Stands], labels: &[Option<Label>], at: usize) -> Option<String> {
    let group = above(shapes, at).find(|outer| matches!(stands[*outer], Stands::Group(_)) && labels[*outer].is_some());
    let named = group.and_then(|group| shapes[group].lines.iter().find(|line| name::is_name(line)));
    named.map(|line| line.trim().to_owned()).or_else(|| shapes[at].facts.domain.clone())
}

fn read(shape: &Shape, typos: bool) -> Option<Label> {
    let title = name::title(&shape.lines);
    if let Some(title) = title.filter(|title| shape.what == What::Person || is_person(title)) {
        // The name of a person is never that of a product, however near it is.
        let is_sure = |label: &Label| label.named.product.is_some() && label.named.guess.is_none();
        let sure = name::read(&shape.lines, &[], false).filter(is_sure);
        if shape.what == What::Person || sure.is_none() {
            return Some(Label { named: unknown(&title), called: None, notes: Vec::new(), either: Vec::new() });
        }
    }
    let label = name::read(&shape.lines, &shape.hints, typos);
    if shape.what != What::Junction || label.as_ref().is_some_and(|label| label.named.product.is_some()) {
        return label;
    }
    // `LeanData routing` is a tool that decides.
    let Some(title) = name::title(&shape.lines).filter(|_| !asks(shape)) else { return label };
    let words: Vec<&str> = title.split(' ').take(4).collect();
    let tool = (1..words.len()).rev().find_map(|end| sure(&words[..end].join(" ")).filter(|it| it.product.is_some()));
    tool.map_or(label, |mut named| {
        named.guess = Some("the name has more words than the product's");
        Some(Label { named, called: None, notes: vec![title], either: Vec::new() })
    })
}

/// Whether a shape asks: `In Salesforce?`.
fn asks(shape: &Shape) -> bool {
    shape.lines.iter().any(|line| line.contains('?'))
}

fn is_text(shape: &Shape) -> bool {
    let words = shape.lines.iter().map(|line| line.split_whitespace().count()).sum::<usize>();
    words > NAME || shape.lines.iter().map(String::len).sum::<usize>() > LETTERS
}

fn is_legend(shape: &Shape) -> bool {
    let name = shape.lines.first().map(|line| line.trim().trim_end_matches(':').to_lowercase()).unwrap_or_default();
    matches!(name.as_str(), "legend" | "key" | "legende" | "légende" | "notes" | "note" | "leyenda")
}
