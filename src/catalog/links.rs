//! The connectors, and which of them touch a product. A row of the program is read when somebody asks for it: there are
//! thousands, and a question needs a few.

use std::collections::BTreeMap;
use std::sync::OnceLock;

use super::connector::Connector;
use super::product::ProductId;
use super::read;
use super::words::Direction;

/// Why reading what is compiled in cannot fail.
const CONSTANT: &str = "the data files are constant and the tests read them";

/// The connectors in the order of the data file.
#[derive(Clone, Debug, Default)]
pub(super) struct Links {
    rows: Vec<Link>,
    /// The rows that touch a product, by place.
    touching: BTreeMap<ProductId, Vec<usize>>,
}

/// One connector: what is looked for, and the rest once it was read.
#[derive(Clone, Debug)]
struct Link {
    from: ProductId,
    to: ProductId,
    direction: Direction,
    /// The line of the data file; empty where the row is there already.
    text: &'static str,
    row: OnceLock<Connector>,
}

/// A connector in the direction in which it is used.
#[derive(Clone, Copy, Debug)]
pub(super) struct Leg<'a> {
    link: &'a Link,
    /// The product at its other end.
    pub(super) far: &'a ProductId,
}

impl<'a> Leg<'a> {
    pub(super) fn connector(&self) -> &'a Connector {
        self.link.connector()
    }
}

impl Link {
    fn connector(&self) -> &Connector {
        self.row.get_or_init(|| read::line(self.text).expect(CONSTANT))
    }

    fn of(connector: Connector) -> Self {
        Self {
            from: connector.from.clone(),
            to: connector.to.clone(),
            direction: connector.direction,
            text: "",
            row: OnceLock::from(connector),
        }
    }
}

impl Links {
    /// Those of a file that is compiled in, header line first: every row stands on one line, and its first three cells
    /// are words.
    pub(super) fn unread(text: &'static str) -> Self {
        let row = |text: &'static str| {
            let mut cells = text.splitn(4, ',');
            let mut end = || cells.next().and_then(ProductId::parse).expect(CONSTANT);
            let (from, to) = (end(), end());
            let direction = cells.next().and_then(Direction::parse).expect(CONSTANT);
            Link { from, to, direction, text, row: OnceLock::new() }
        };
        Self::of_rows(text.lines().skip(1).map(row).collect())
    }

    pub(super) fn of(connectors: Vec<Connector>) -> Self {
        Self::of_rows(connectors.into_iter().map(Link::of).collect())
    }

    fn of_rows(rows: Vec<Link>) -> Self {
        let mut touching: BTreeMap<ProductId, Vec<usize>> = BTreeMap::new();
        let mut touch = |id: &ProductId, at: usize| match touching.get_mut(id) {
            Some(known) => known.push(at),
            None => drop(touching.insert(id.clone(), vec![at])),
        };
        for (at, row) in rows.iter().enumerate() {
            touch(&row.from, at);
            if row.to != row.from {
                touch(&row.to, at);
            }
        }
        Self { rows, touching }
    }

    /// The same with these rows in place of those that stand there, and new ones behind all.
    pub(super) fn with(&self, replaced: BTreeMap<usize, Connector>, new: Vec<Connector>) -> Self {
        let mut rows = self.rows.clone();
        for (at, connector) in replaced {
            rows[at] = Link::of(connector);
        }
        rows.extend(new.into_iter().map(Link::of));
        Self::of_rows(rows)
    }

    /// All of them.
    pub(super) fn all(&self) -> impl ExactSizeIterator<Item = &Connector> {
        self.rows.iter().map(Link::connector)
    }

    fn at<'a>(&'a self, id: &ProductId) -> impl Iterator<Item = &'a Link> + use<'a> {
        self.touching.get(id).into_iter().flatten().map(|at| &self.rows[*at])
    }

    /// Those that touch a product, either way.
    pub(super) fn of_product<'a>(&'a self, id: &ProductId) -> impl Iterator<Item = &'a Connector> + use<'a> {
        self.at(id).map(Link::connector)
    }

    /// How many touch a product.
    pub(super) fn count_of(&self, id: &ProductId) -> usize {
        self.touching.get(id).map_or(0, Vec::len)
    }

    /// Those between two products, whichever way they carry.
    pub(super) fn between<'a, 'i>(
        &'a self,
        a: &'i ProductId,
        b: &'i ProductId,
    ) -> impl Iterator<Item = &'a Connector> + use<'a, 'i> {
        let joins = move |link: &&Link| (link.from == *a && link.to == *b) || (link.from == *b && link.to == *a);
        self.at(a).filter(joins).map(Link::connector)
    }

    /// Those that carry data out of a product.
    pub(super) fn outgoing<'a, 'i>(&'a self, id: &'i ProductId) -> impl Iterator<Item = Leg<'a>> + use<'a, 'i> {
        self.at(id).filter_map(move |link| {
            if link.from == *id {
                Some(Leg { link, far: &link.to })
            } else {
                (link.direction == Direction::Both).then_some(Leg { link, far: &link.from })
            }
        })
    }

    /// Those that carry data from a product to another.
    pub(super) fn carrying<'a, 'i>(
        &'a self,
        from: &'i ProductId,
        to: &'i ProductId,
    ) -> impl Iterator<Item = Leg<'a>> + use<'a, 'i> {
        // Both lists are in the order of the rows; the shorter one is looked through.
        let shorter = if self.count_of(to) < self.count_of(from) { to } else { from };
        self.at(shorter).filter_map(move |link| {
            let forth = link.from == *from && link.to == *to;
            let back = link.direction == Direction::Both && link.to == *from && link.from == *to;
            (forth || back).then_some(Leg { link, far: if forth { &link.to } else { &link.from } })
        })
    }

    /// Those that carry data into a product.
    pub(super) fn incoming<'a, 'i>(&'a self, id: &'i ProductId) -> impl Iterator<Item = &'a Connector> + use<'a, 'i> {
        let leads = move |link: &&Link| link.to == *id || link.direction == Direction::Both;
        self.at(id).filter(leads).map(Link::connector)
    }
}
