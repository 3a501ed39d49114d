//! Arrows between what shapes stand for, followed through decisions and through persons.

use std::collections::{BTreeMap, BTreeSet};

use super::label::{self, Says};
use super::people::is_outside;
use super::sentence::{self, Way};
use super::shapes::{Shapes, Stands};
use super::{Arrow, End, Heads, Sheet, Style};

/// What an arrow begins or ends at.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Node {
    /// A system, by its shape.
    System(usize),
    /// A person, by the shape.
    Person(usize),
    Junction(usize),
}

/// Data that goes from one to the other.
#[derive(Clone, Debug)]
pub(super) struct Link {
    pub(super) from: Node,
    pub(super) to: Node,
    pub(super) says: Says,
    /// Arrows that say so.
    pub(super) arrows: Vec<usize>,
    /// Why its direction is a guess.
    pub(super) way_guess: Option<&'static str>,
    /// Why it is a guess that there is such a flow at all.
    pub(super) itself: Option<&'static str>,
    /// Who carries it, by the shape.
    pub(super) performer: Option<usize>,
    /// Whether it is only said that one uses the other.
    pub(super) is_use: bool,
}

/// What became of the arrows of a sheet.
#[derive(Debug, Default)]
pub(super) struct Joined {
    /// Flows between systems.
    pub(super) links: Vec<Link>,
    /// Why an arrow gives no flow: what it is, and why.
    pub(super) dropped: BTreeMap<usize, (&'static str, &'static str)>,
    /// Arrows with an end nowhere, and the shape at the other end.
    pub(super) loose: Vec<(usize, Option<usize>)>,
    /// Persons who take from several and give to several.
    pub(super) crowded: Vec<usize>,
    /// Whether more was drawn than is followed.
    pub(super) is_cut: bool,
}

/// Systems of a group that an arrow to it goes to; of more it is asked.
const MEMBERS: usize = 8;
/// Steps through decisions and persons of one sheet.
const STEPS: usize = 100_000;
/// Arrows to one person, and from one, that are compared with each other.
const CROWD: usize = 40;
/// Pairs of arrows of one person.
const PAIRS: usize = 16;

/// The shape at an end, if there is one.
pub(super) fn place(end: End) -> Option<usize> {
    match end {
        End::At(shape) | End::Near(shape) => Some(shape),
        End::Nowhere => None,
    }
}

/// Follows all arrows of `sheet`.
pub(super) fn join(sheet: &Sheet, shapes: &Shapes) -> Joined {
    let mut joined = Joined::default();
    let mut links = Vec::new();
    let named = systems_by_name(sheet, shapes);
    for (at, arrow) in sheet.arrows.iter().enumerate() {
        match carried(at, arrow, shapes, &named) {
            Some(link) => links.push(link),
            None => links.extend(of_arrow(at, arrow, shapes, &mut joined)),
        }
    }
    let links = through_junctions(&links, shapes, &mut joined);
    through_persons(links, sheet, shapes, &mut joined);
    // What gave a flow in one of its readings is not dropped for another.
    let given: BTreeSet<usize> = joined.links.iter().flat_map(|link| link.arrows.iter().copied()).collect();
    joined.dropped.retain(|arrow, _| !given.contains(arrow));
    joined
}

fn name(shapes: &Shapes, end: End) -> &str {
    place(end).and_then(|at| shapes.labels.get(&at)).map_or("", |label| label.named.name.as_str())
}

/// The systems of a sheet by the words of their names: as they are shown, and as their products are called.
fn systems_by_name(sheet: &Sheet, shapes: &Shapes) -> BTreeMap<Vec<String>, usize> {
    let mut named = BTreeMap::new();
    for (at, label) in &shapes.labels {
        if shapes.stands.get(*at) != Some(&Stands::System(*at)) {
            continue;
        }
        let shown = super::name::title(&sheet.shapes[*at].lines);
        for name in [shown.as_deref(), label.called.as_deref(), Some(label.named.name.as_str())].into_iter().flatten() {
            let words = sentence::words_of(name);
            if !words.is_empty() {
                named.entry(words).or_insert(*at);
            }
        }
    }
    named
}

/// What a person carries from a system that the words of an arrow name to the one that the arrow points to: `copies
/// complaints by hand from Zendesk to`.
fn carried(at: usize, arrow: &Arrow, shapes: &Shapes, named: &BTreeMap<Vec<String>, usize>) -> Option<Link> {
    let (person, to) = (place(arrow.from)?, place(arrow.to)?);
    let (Stands::Person, Stands::System(to)) = (shapes.stands.get(person)?, shapes.stands.get(to)?) else {
        return None;
    };
    if arrow.heads != Heads::Forward || is_outside(name(shapes, arrow.from)) {
        return None;
    }
    let words = sentence::words_of(&arrow.label);
    let behind = words.iter().rposition(|word| word == "from").map(|from| &words[from + 1..])?;
    let behind = match behind {
        [first, rest @ ..] if matches!(first.as_str(), "the" | "our" | "its") => rest,
        all => all,
    };
    let from = (1..=behind.len().min(6)).rev().find_map(|length| named.get(&behind[..length])).copied()?;
    let (from, to) = (Node::System(from), Node::System(*to));
    if from == to || same(&from, &to, shapes) {
        return None;
    }
    let ends = [&from, &to].map(|node| match node {
        Node::System(at) => shapes.labels.get(at).map_or("", |label| label.named.name.as_str()),
        _ => "",
    });
    let says = label::read(&arrow.label, arrow.technology.as_deref(), &ends);
    Some(Link {
        from,
        to,
        says,
        arrows: vec![at],
        way_guess: None,
        itself: None,
        performer: Some(person),
        is_use: false,
    })
}

fn of_arrow(at: usize, arrow: &Arrow, shapes: &Shapes, joined: &mut Joined) -> Vec<Link> {
    let mut drop = |what, why| {
        joined.dropped.insert(at, (what, why));
        Vec::new()
    };
    let (Some(from), Some(to)) = (place(arrow.from), place(arrow.to)) else {
        let other = place(arrow.from).or_else(|| place(arrow.to));
        if other.is_some_and(|other| matches!(shapes.stands.get(other), Some(Stands::System(_) | Stands::Group(_)))) {
            joined.loose.push((at, other));
        }
        return drop("loose arrow", "it ends at no box");
    };
    let nodes = |shape: usize| match shapes.stands.get(shape) {
        Some(Stands::System(own)) => vec![Node::System(*own)],
        Some(Stands::Person) => vec![Node::Person(shape)],
        Some(Stands::Junction) => vec![Node::Junction(shape)],
        Some(Stands::Group(members)) => members.iter().map(|member| Node::System(*member)).collect(),
        Some(Stands::Nothing) | None => Vec::new(),
    };
    let (froms, tos) = (nodes(from), nodes(to));
    if froms.is_empty() || tos.is_empty() {
        return drop("arrow", "it begins or ends at a text, or at something without a name");
    }
    if froms.len() * tos.len() > MEMBERS {
        joined.loose.push((at, Some(if froms.len() > tos.len() { from } else { to })));
        return drop("arrow", "it ends at a group of many systems");
    }
    let itself = (froms.len() * tos.len() > 1).then_some("the arrow ends at the group that the system stands in");
    let mut links = Vec::new();
    for one in &froms {
        for other in &tos {
            links.extend(between(at, arrow, one, other, shapes).into_iter().map(|link| Link { itself, ..link }));
        }
    }
    links.retain(|link| link.from != link.to && !same(&link.from, &link.to, shapes));
    if links.is_empty() {
        return drop("arrow", "it stays within one system");
    }
    links
}

/// Whether two shapes are one system.
fn same(one: &Node, other: &Node, shapes: &Shapes) -> bool {
    let key = |node: &Node| match node {
        Node::System(at) => shapes.labels.get(at).map(|label| label.named.key.as_str()),
        _ => None,
    };
    key(one).is_some() && key(one) == key(other)
}

/// What an arrow says of two ends.
fn between(at: usize, arrow: &Arrow, from: &Node, to: &Node, shapes: &Shapes) -> Vec<Link> {
    let ends = [name(shapes, arrow.from), name(shapes, arrow.to)];
    let link = |from: &Node, to: &Node, says: Says, way_guess| Link {
        from: from.clone(),
        to: to.clone(),
        says,
        arrows: vec![at],
        way_guess,
        itself: None,
        performer: None,
        is_use: false,
    };
    let near = [arrow.from, arrow.to].iter().any(|end| matches!(end, End::Near(_)));
    let near = near.then_some("the arrow ends beside the box, not at it");
    let technology = arrow.technology.as_deref();
    if arrow.style == Style::Sentence {
        let is_person = matches!(from, Node::Person(_));
        let mut links = Vec::new();
        for clause in sentence::clauses(&arrow.label, ends[0], ends[1], is_person) {
            let says = label::read(&clause.text, technology, &ends);
            match clause.way {
                Way::Forward => links.push(link(from, to, says, near)),
                Way::Back => links.push(link(to, from, says, Some("who reads is given what is read"))),
                Way::AsDrawn => links.push(Link {
                    is_use: true,
                    ..link(from, to, says, Some("the words do not say which way data goes"))
                }),
                Way::Both => links.extend([link(from, to, says.clone(), near), link(to, from, says, near)]),
            }
        }
        return links;
    }
    let mut says = label::read(&arrow.label, technology, &ends);
    // A person who exports takes out of what the message points to.
    if arrow.style == (Style::Message { is_reply: false })
        && matches!(from, Node::Person(_))
        && sentence::takes_out(&arrow.label)
    {
        return vec![link(to, from, says, None)];
    }
    // What goes both ways without a word of a person is kept in step by itself.
    says.is_unattended |= arrow.heads == Heads::Both && !says.is_manual;
    let turned = |one: &Node, other: &Node, to: &str| match sentence::is_turned(&arrow.label, to) {
        true => vec![link(other, one, says.clone(), Some("the words say \"from\""))],
        false => vec![link(one, other, says.clone(), near)],
    };
    match arrow.heads {
        Heads::Forward => turned(from, to, ends[1]),
        Heads::Backward => turned(to, from, ends[0]),
        Heads::Both => vec![link(from, to, says.clone(), near), link(to, from, says.clone(), near)],
        Heads::Neither => vec![link(from, to, says.clone(), Some("the line has no arrow head"))],
    }
}

/// Links through decisions as links between what stands before and behind them.
fn through_junctions(links: &[Link], shapes: &Shapes, joined: &mut Joined) -> Vec<Link> {
    let mut out: BTreeMap<Node, Vec<usize>> = BTreeMap::new();
    for (at, link) in links.iter().enumerate() {
        if matches!(link.from, Node::Junction(_)) {
            out.entry(link.from.clone()).or_default().push(at);
        }
    }
    let (mut whole, mut used, mut steps) = (Vec::new(), BTreeSet::new(), 0);
    for (at, link) in links.iter().enumerate() {
        match (&link.from, &link.to) {
            (Node::Junction(_), _) => {}
            (_, Node::Junction(_)) => {
                let mut seen = BTreeSet::from([link.to.clone()]);
                let mut open = vec![link.clone()];
                while let Some(path) = open.pop() {
                    for next in out.get(&path.to).map_or(&[][..], Vec::as_slice) {
                        steps += 1;
                        if steps > STEPS {
                            joined.is_cut = true;
                            break;
                        }
                        let on = path.then(&links[*next]);
                        if !matches!(on.to, Node::Junction(_)) {
                            if on.from != on.to && !same(&on.from, &on.to, shapes) {
                                used.extend([at, *next]);
                                whole.push(on);
                            }
                        } else if seen.insert(on.to.clone()) {
                            open.push(on);
                        }
                    }
                }
            }
            _ => {
                used.insert(at);
                whole.push(link.clone());
            }
        }
    }
    for (_, link) in links.iter().enumerate().filter(|(at, _)| !used.contains(at)) {
        for arrow in &link.arrows {
            joined
                .dropped
                .insert(*arrow, ("arrow", "it leads to a decision or a point with nothing behind or before it"));
        }
    }
    whole
}

/// Links to and from persons as flows that they perform.
fn through_persons(links: Vec<Link>, sheet: &Sheet, shapes: &Shapes, joined: &mut Joined) {
    let mut persons: BTreeMap<String, (Vec<Link>, Vec<Link>)> = BTreeMap::new();
    let key = |at: usize| {
        let label = shapes.labels.get(&at).map(|label| label.named.name.to_lowercase());
        label.unwrap_or_else(|| format!("\u{1}{at}"))
    };
    for link in links {
        let arrows = link.arrows.clone();
        match (&link.from, &link.to) {
            (Node::System(_), Node::System(_)) => joined.links.push(link),
            (Node::System(_), Node::Person(person)) => persons.entry(key(*person)).or_default().0.push(link),
            (Node::Person(person), Node::System(_)) => persons.entry(key(*person)).or_default().1.push(link),
            _ => joined.dropped.extend(arrows.iter().map(|arrow| (*arrow, ("arrow", "it is between persons")))),
        }
    }
    for (ins, outs) in persons.into_values() {
        let all = ins.iter().chain(&outs);
        for arrow in all.flat_map(|link| link.arrows.iter()) {
            joined.dropped.insert(
                *arrow,
                ("arrow to or from a person", "the person stands before one system: a need of somebody, no flow"),
            );
        }
        pair(&ins, &outs, sheet, shapes, joined);
    }
}

/// Pairs what goes to a person with what the person gives.
fn pair(ins: &[Link], outs: &[Link], sheet: &Sheet, shapes: &Shapes, joined: &mut Joined) {
    let style = |link: &Link| link.arrows.first().map(|arrow| sheet.arrows[*arrow].style);
    let Some(person) = ins.iter().chain(outs).find_map(|link| match (&link.from, &link.to) {
        (Node::Person(person), _) | (_, Node::Person(person)) => Some(*person),
        _ => None,
    }) else {
        return;
    };
    let name = shapes.labels.get(&person).map_or("", |label| label.named.name.as_str());
    let is_message = |link: &Link| matches!(style(link), Some(Style::Message { .. }));
    let counts = |link: &&Link| is_message(link) || !link.is_use && !is_outside(name);
    let ins: Vec<&Link> = ins.iter().filter(counts).take(CROWD).collect();
    let outs: Vec<&Link> = outs.iter().filter(counts).take(CROWD).collect();
    let mut pairs: Vec<(&Link, &Link, Option<&'static str>)> = Vec::new();
    let is_other = |one: &Link, other: &Link| one.from != other.to && !same(&one.from, &other.to, shapes);
    if ins.iter().chain(&outs).all(|link| is_message(link)) {
        for out in &outs {
            let before = ins.iter().rfind(|taken| taken.arrows[0] < out.arrows[0] && is_other(taken, out));
            pairs.extend(before.map(|taken| (*taken, *out, None)));
        }
    } else {
        let is_sure = ins.len() == 1 && outs.len() == 1;
        let is_sentence = ins.iter().chain(&outs).any(|link| style(link) == Some(Style::Sentence));
        let why = match (is_sure, is_sentence) {
            (_, true) => Some("two arrows of one person are read as one way"),
            (false, _) => Some("the person stands between more than two systems"),
            (true, _) => None,
        };
        let many = ins.len() > 1 && outs.len() > 1;
        for taken in &ins {
            for out in outs.iter().filter(|out| is_other(taken, out)) {
                // Where two arrows speak of one thing, others do not go with either.
                let elsewhere = ins.iter().any(|other| is_other(other, out) && shares(&other.says, &out.says))
                    || outs.iter().any(|other| is_other(taken, other) && shares(&taken.says, &other.says));
                if pairs.len() < PAIRS && (shares(&taken.says, &out.says) || !many && !elsewhere) {
                    pairs.push((taken, out, why));
                }
            }
        }
        if pairs.is_empty() && many {
            joined.crowded.push(person);
        }
    }
    for (taken, out, why) in pairs {
        let mut link = taken.then(out);
        link.performer = Some(person);
        link.itself = why;
        link.way_guess = None;
        joined.links.push(link);
    }
}

/// Whether two arrows speak of one thing.
fn shares(one: &Says, other: &Says) -> bool {
    let words = |says: &Says| -> BTreeSet<String> {
        let all = says
            .data
            .iter()
            .flat_map(|data| data.split(' '))
            .map(|word| super::super::roles::singular(&word.to_lowercase()));
        all.collect()
    };
    !words(one).is_disjoint(&words(other))
}

impl Link {
    /// This one, then `next`.
    fn then(&self, next: &Self) -> Self {
        let mut arrows = self.arrows.clone();
        arrows.extend(next.arrows.iter().copied().filter(|arrow| !self.arrows.contains(arrow)));
        Self {
            from: self.from.clone(),
            to: next.to.clone(),
            says: self.says.then(&next.says),
            arrows,
            way_guess: self.way_guess.or(next.way_guess),
            itself: self.itself.or(next.itself),
            performer: self.performer.or(next.performer),
            is_use: self.is_use && next.is_use,
        }
    }
}
