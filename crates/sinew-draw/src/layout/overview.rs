//! The overview of a diagram that is too large for one slide: a box for each of its parts, lines between them bundled.

use std::collections::BTreeMap;

use super::arranged::Arrangements;
use super::parts::{Parts, counted, flows, may_fit};
use super::places::Places;
use super::slide;
use crate::number::with_commas;
use crate::scene::Scene;
use crate::{Aside, Cluster, Diagram, Edge, EdgeEmphasis, Emphasis, Node, Role, Style, Takeaway};

/// Entries of a key that an overview may have.
const FEW_KEYED: usize = 8;
/// Handoffs named on an overview.
const HEAVIEST: usize = 8;
/// Nodes named in the box of their part.
const NAMED: usize = 2;

/// The clusters as boxes, flows between them counted; with the heaviest handoffs aside, if nothing else is said there. What the
/// diagram is about is named in its box and stands out; what is gray there is gray here, its lines without words.
pub(super) fn overview(
    d: &Diagram,
    parts: &Parts,
    places: Option<&Places>,
    known: &Arrangements,
) -> Option<(Scene, Places)> {
    let mut o = Diagram {
        title: d.title.clone(),
        subtitle: d.subtitle.clone(),
        source: d.source.clone(),
        alt: d.alt.clone(),
        meanings: d.meanings.clone(),
        paper: d.paper,
        ..Diagram::default()
    };
    let mut inside = vec![(0, 0); parts.clusters.len()];
    let mut between: BTreeMap<(usize, usize, Style), Vec<&Edge>> = BTreeMap::new();
    for (at, e) in d.edges.iter().enumerate() {
        let [a, b] = parts.homes(at);
        if a != b {
            between.entry((a, b, e.style)).or_default().push(e);
        } else if e.style.is_flow() {
            inside[a].0 += 1;
            inside[a].1 += usize::from(e.style == Style::Manual);
        }
    }
    for (p, cluster) in parts.clusters.iter().enumerate() {
        let members: Vec<&Node> = (0..d.nodes.len()).filter(|&n| parts.of[n] == p).map(|n| &d.nodes[n]).collect();
        if !members.is_empty() {
            o.nodes.push(domain(cluster, &members, inside[p], d.points));
        }
    }
    let mut bundles: Vec<Bundle> = between.into_iter().map(|(key, edges)| Bundle::of(key, &edges)).collect();
    bundles.sort_by(Bundle::before);
    let has_gray = bundles.iter().any(|bundle| bundle.emphasis == EdgeEmphasis::Receded);
    let all = bundles.len();
    o.aside = if d.aside.is_empty() { heaviest(d) } else { d.aside.clone() };
    let mut fullest = None;
    for most in [all, 80, 64, 52, 42, 34, 26, 18, 10, 0] {
        if most > all {
            continue;
        }
        let mut shown = o.clone();
        shown.edges = bundles[..most].iter().map(|bundle| bundle.edge(parts)).collect();
        if !may_fit(&shown) {
            continue;
        }
        let notes = [note(all, most, has_gray)];
        // Fewer lines that say what they stand for are worth more than many with numbers into a key.
        match slide::overview(&shown, &notes, places, known) {
            Some(found) if found.0.keyed <= FEW_KEYED => return Some(found),
            found => fullest = fullest.or(found),
        }
    }
    fullest
}

/// The box of a part: what the picture is about there by name, with what it costs, and how much there is.
fn domain(cluster: &Cluster, members: &[&Node], inside: (usize, usize), points: &str) -> Node {
    let named = |emphasis: Emphasis| members.iter().filter(move |node| node.emphasis == emphasis).copied();
    let is_all = |emphasis: Emphasis| members.iter().all(|node| node.emphasis == emphasis);
    let ringed: Vec<&Node> = named(Emphasis::Ringed).collect();
    let lost: Vec<&Node> = named(Emphasis::Lost).collect();
    let (emphasis, about) = match () {
        () if is_all(Emphasis::Lost) => (Emphasis::Lost, Vec::new()),
        () if !ringed.is_empty() => (Emphasis::Ringed, ringed),
        () if members.iter().all(|node| node.emphasis.is_receded()) => {
            (members.iter().map(|node| node.emphasis).max().unwrap_or_default(), Vec::new())
        }
        () if named(Emphasis::Point).chain(named(Emphasis::RecededPoint)).next().is_some() => {
            (Emphasis::Point, Vec::new())
        }
        () => (Emphasis::Normal, Vec::new()),
    };
    let mut caption = names(&about);
    if emphasis != Emphasis::Lost && !lost.is_empty() {
        caption = format!("lost: {}", names(&lost));
    }
    let mut notes = inside_words(members.len(), inside);
    let is_point = |node: &&&Node| matches!(node.emphasis, Emphasis::Ringed | Emphasis::Point | Emphasis::RecededPoint);
    let count = members.iter().filter(is_point).count();
    if !points.is_empty() && count > 0 {
        notes.push(format!("{count} {points}"));
    }
    Node {
        id: cluster.id.clone(),
        name: cluster.name.clone(),
        role: Role::Domain,
        caption,
        price: if let [one] = about[..] { one.price.clone() } else { String::new() },
        notes,
        emphasis,
        step: mean(members, |node| node.step),
        layer: mean(members, |node| node.layer),
        ..Node::default()
    }
}

/// The names of the first few, and how many more there are.
fn names(nodes: &[&Node]) -> String {
    let shown = if nodes.len() == NAMED + 1 { NAMED + 1 } else { NAMED };
    let names: Vec<&str> = nodes.iter().take(shown).map(|node| node.name.as_str()).collect();
    match nodes.len() - names.len() {
        0 => names.join(", "),
        more => format!("{}, {more} more", names.join(", ")),
    }
}

/// The mean of steps or layers in sixteenths, so that domains that share systems of one step can still be told apart.
fn mean(nodes: &[&Node], of: impl Fn(&Node) -> Option<u8>) -> Option<u8> {
    let known: Vec<usize> = nodes.iter().filter_map(|node| of(node).map(usize::from)).collect();
    let sum: usize = known.iter().sum();
    (16 * sum).checked_div(known.len()).and_then(|mean| u8::try_from(mean).ok())
}

/// `6 systems`, and beneath it `5 flows, 2 by hand`; as notes, since the counts are what an overview is for.
fn inside_words(systems: usize, (all, manual): (usize, usize)) -> Vec<String> {
    let mut words = vec![counted(systems, "system")];
    match (all, manual) {
        (0, _) => {}
        (n, 0) => words.push(flows(n)),
        (n, m) => words.push(format!("{}, {m} by hand", flows(n))),
    }
    words
}

/// Lines of one look between two parts, drawn as one.
struct Bundle {
    from: usize,
    to: usize,
    style: Style,
    /// What the picture says of those that it says most of.
    emphasis: EdgeEmphasis,
    /// How many there are, and of how many of them it says that.
    lines: usize,
    about: usize,
    /// Hours a year of the latter.
    hours: f64,
    /// The price of the one that has one; empty where several have.
    price: String,
}

impl Bundle {
    fn of((from, to, style): (usize, usize, Style), edges: &[&Edge]) -> Bundle {
        const MOST_FIRST: [EdgeEmphasis; 3] = [EdgeEmphasis::Strong, EdgeEmphasis::Lost, EdgeEmphasis::Normal];
        let is_there = |emphasis: &EdgeEmphasis| edges.iter().any(|edge| edge.emphasis == *emphasis);
        let emphasis = MOST_FIRST.into_iter().find(is_there).unwrap_or(EdgeEmphasis::Receded);
        let about: Vec<&&Edge> = edges.iter().filter(|edge| edge.emphasis == emphasis).collect();
        let mut prices = about.iter().map(|edge| &edge.price).filter(|price| !price.is_empty());
        let price = prices.next().filter(|_| prices.next().is_none()).cloned().unwrap_or_default();
        let hours = about.iter().map(|edge| edge.hours).sum();
        Bundle { from, to, style, emphasis, lines: edges.len(), about: about.len(), hours, price }
    }

    /// Which goes first where not all fit: what is no flow, gray ones, what runs by itself, the light ones. The last come first.
    fn before(&self, other: &Bundle) -> std::cmp::Ordering {
        let rank = |bundle: &Bundle| {
            let is_told = bundle.emphasis != EdgeEmphasis::Receded;
            (bundle.style.is_flow(), is_told, bundle.style == Style::Manual)
        };
        let by_hours = rank(other).cmp(&rank(self)).then(other.hours.total_cmp(&self.hours));
        let place = |bundle: &Bundle| (bundle.from, bundle.to, bundle.style);
        by_hours.then(other.lines.cmp(&self.lines)).then(place(self).cmp(&place(other)))
    }

    fn edge(&self, parts: &Parts) -> Edge {
        let Bundle { style, emphasis, .. } = *self;
        let [from, to] = [self.from, self.to].map(|part| parts.clusters[part].id.clone());
        Edge {
            id: format!("{from} to {to} {style:?}"),
            from,
            to,
            label: self.words(),
            price: self.price.clone(),
            style,
            emphasis,
            ..Edge::default()
        }
    }

    /// `2 of 3 flows` where the picture is about two of them; an automated one may be cut to its number.
    fn words(&self) -> Vec<String> {
        let count = match self.about {
            about if about == self.lines => flows(about),
            about => format!("{about} of {}", flows(self.lines)),
        };
        match self.emphasis {
            _ if !self.style.is_flow() => Vec::new(),
            EdgeEmphasis::Receded => Vec::new(),
            _ if self.hours >= 0.5 => vec![count, hours(self.hours)],
            _ if self.about == self.lines => count.split(' ').map(str::to_owned).collect(),
            _ => vec![count],
        }
    }
}

/// What an overview shows, and how much it leaves out.
fn note(all: usize, most: usize, has_gray: bool) -> String {
    let gray = if has_gray { "; the rest is gray" } else { "" };
    let shown = format!(
        "Boxes count the systems and flows within, lines the flows between two{gray}; all are on the slides that follow"
    );
    if most < all {
        format!("{shown}, as are {} of the {all} lines between domains, the lightest.", all - most)
    } else {
        format!("{shown}.")
    }
}

/// `1,140 h a year`.
fn hours(hours: f64) -> String {
    format!("{} h a year", with_commas(&format!("{hours:.0}")))
}

/// The handoffs that take most hours, as many as stand aside of an overview.
fn heaviest(d: &Diagram) -> Aside {
    let name = |id: &str| d.nodes.iter().find(|n| n.id == id).map_or(id, |n| n.name.as_str()).to_owned();
    let mut manual: Vec<&Edge> = d.edges.iter().filter(|e| e.style == Style::Manual && e.hours >= 0.5).collect();
    manual.sort_by(|a, b| b.hours.total_cmp(&a.hours).then(a.id.cmp(&b.id)));
    let of = |e: &&Edge| Takeaway {
        head: hours(e.hours),
        text: format!(
            "{} → {}{}",
            name(&e.from),
            name(&e.to),
            e.label.first().map(|l| format!(": {l}")).unwrap_or_default()
        ),
        ..Takeaway::default()
    };
    let heading = Takeaway { head: "Heaviest handoffs".to_owned(), ..Takeaway::default() };
    let takeaways: Vec<Takeaway> = manual.iter().take(HEAVIEST).map(of).collect();
    if takeaways.is_empty() {
        return Aside::default();
    }
    Aside { takeaways: std::iter::once(heading).chain(takeaways).collect(), ..Aside::default() }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn edge(emphasis: EdgeEmphasis, hours: f64, price: &str) -> Edge {
        Edge { emphasis, hours, price: price.into(), style: Style::Manual, ..Edge::default() }
    }

    fn bundle(style: Style, edges: &[Edge]) -> Bundle {
        Bundle::of((0, 1, style), &edges.iter().collect::<Vec<_>>())
    }

    fn said(style: Style, edges: &[Edge]) -> (EdgeEmphasis, String, String) {
        let bundle = bundle(style, edges);
        (bundle.emphasis, bundle.words().join(" "), bundle.price)
    }

    #[test]
    fn lines_that_a_picture_is_not_about_have_no_words() {
        use EdgeEmphasis::{Lost, Normal, Receded, Strong};
        let edges = |all: &[EdgeEmphasis]| all.iter().map(|one| edge(*one, 10.0, "")).collect::<Vec<_>>();
        let words = |all: &[EdgeEmphasis]| said(Style::Manual, &edges(all));
        let is = |emphasis, text: &str| (emphasis, text.to_owned(), String::new());
        assert_eq!(words(&[Normal, Normal]), is(Normal, "2 flows 20 h a year"));
        assert_eq!(words(&[Receded, Normal, Normal]), is(Normal, "2 of 3 flows 20 h a year"));
        assert_eq!(words(&[Receded, Normal, Strong]), is(Strong, "1 of 3 flows 10 h a year"));
        assert_eq!(words(&[Normal, Lost]), is(Lost, "1 of 2 flows 10 h a year"));
        assert_eq!(words(&[Receded, Receded]), is(Receded, ""));
        assert_eq!(said(Style::DependsOn, &edges(&[Normal])).1, "", "what runs on what is no flow");
    }

    #[test]
    fn a_price_is_that_of_one_line_and_never_of_several() {
        use EdgeEmphasis::{Normal, Strong};
        let one = [edge(Strong, 0.0, "USD 7k"), edge(Strong, 0.0, ""), edge(Normal, 0.0, "")];
        assert_eq!(said(Style::Manual, &one), (Strong, "2 of 3 flows".into(), "USD 7k".into()));
        let two = [edge(Strong, 0.0, "USD 7k"), edge(Strong, 0.0, "USD 8k")];
        assert_eq!(said(Style::Manual, &two).2, "");
    }

    #[test]
    fn what_is_told_and_heavy_comes_first() {
        use EdgeEmphasis::{Normal, Receded};
        let mut bundles = [
            bundle(Style::DependsOn, &[edge(Normal, 0.0, "")]),
            bundle(Style::Manual, &[edge(Receded, 90.0, "")]),
            bundle(Style::Automated, &[edge(Normal, 0.0, "")]),
            bundle(Style::Manual, &[edge(Normal, 5.0, "")]),
            bundle(Style::Manual, &[edge(Normal, 6.0, "")]),
        ];
        bundles.sort_by(Bundle::before);
        let order = bundles.map(|bundle| (bundle.style, bundle.hours as u32));
        let manual = Style::Manual;
        assert_eq!(order, [(manual, 6), (manual, 5), (Style::Automated, 0), (manual, 90), (Style::DependsOn, 0)]);
    }

    #[test]
    fn a_domain_names_what_the_picture_is_about() {
        let node = |name: &str, emphasis, price: &str| Node {
            name: name.into(),
            emphasis,
            price: price.into(),
            ..Node::default()
        };
        let cluster = Cluster { id: "x".into(), name: "X".into() };
        let of = |members: &[Node]| {
            let made = domain(&cluster, &members.iter().collect::<Vec<_>>(), (2, 1), "");
            (made.emphasis, made.caption, made.price)
        };
        use Emphasis::{Lost, Normal, Receded, Ringed};
        let is = |emphasis, caption: &str, price: &str| (emphasis, caption.to_owned(), price.to_owned());
        let (crm, other) = (node("CRM", Ringed, "USD 9"), node("Mail", Receded, ""));
        assert_eq!(of(&[crm.clone(), other.clone()]), is(Ringed, "CRM", "USD 9"));
        assert_eq!(of(&[crm.clone(), crm.clone()]), is(Ringed, "CRM, CRM", ""));
        assert_eq!(of(&vec![crm.clone(); 3]), is(Ringed, "CRM, CRM, CRM", ""));
        assert_eq!(of(&vec![crm; 5]), is(Ringed, "CRM, CRM, 3 more", ""));
        assert_eq!(of(&[other.clone(), other.clone()]), is(Receded, "", ""));
        assert_eq!(of(&[other.clone(), node("BI", Normal, "")]), is(Normal, "", ""));
        let lost = node("ESP", Lost, "");
        assert_eq!(of(std::slice::from_ref(&lost)), is(Lost, "", ""));
        assert_eq!(of(&[lost.clone(), other]), is(Normal, "lost: ESP", ""));
        let made = domain(&cluster, &[&lost], (2, 1), "can fail");
        assert_eq!(made.notes, ["1 system", "2 flows, 1 by hand"]);
        let all = [Ringed, Emphasis::Point, Emphasis::RecededPoint, Normal].map(|emphasis| node("A", emphasis, ""));
        let made = domain(&cluster, &all.iter().collect::<Vec<_>>(), (0, 0), "can fail");
        assert_eq!(made.notes, ["4 systems", "3 can fail"]);
    }
}
