//! Wiring: routes taken apart into channels, with the ports where lines meet boxes.

use super::grid::{Cell, Floor};
use super::net::Net;
use super::route::{Route, mouth};
use crate::scene::Side;

/// Where the end of a run is fixed along its channel.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum At {
    /// At a port, by index.
    Port(usize),
    /// Where another run lies, by index.
    Run(usize),
}

/// An end of a run: where, and whether the line goes on to the low side (left, or up).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Tip {
    pub(super) at: At,
    pub(super) low: bool,
}

/// A run in its channel.
#[derive(Debug, Clone)]
pub(super) struct Wire {
    /// Index of the run over all links.
    pub(super) run: usize,
    pub(super) link: usize,
    pub(super) tips: [Tip; 2],
    /// Extent along the channel in doubled coordinates.
    pub(super) lo: usize,
    pub(super) hi: usize,
}

/// A place between two neighboring boxes where their ports face each other; they share one set of
/// slots, each taken by one line only, so that no two stubs ever lie on one another.
#[derive(Debug, Clone)]
pub(super) struct Gate {
    /// Row (in an upright channel) or column (in a level one).
    pub(super) row: usize,
    /// Ports, one a slot.
    pub(super) ports: Vec<usize>,
}

/// A channel with all that it holds.
#[derive(Debug, Clone, Default)]
pub(super) struct Channel {
    pub(super) wires: Vec<Wire>,
    pub(super) gates: Vec<Gate>,
    /// Ports of lines that cross it straight from box to box.
    pub(super) straight: Vec<usize>,
}

/// A port: an end of a link at a side of a box.
#[derive(Debug, Clone, Copy)]
pub(super) struct Port {
    pub(super) link: usize,
    /// The boxes whose side it is at; two for a straight line.
    pub(super) nodes: [Option<usize>; 2],
}

/// All channels, ports and runs of a routed net.
#[derive(Debug, Clone)]
pub(super) struct Wiring {
    pub(super) upright: Vec<Channel>,
    pub(super) level: Vec<Channel>,
    pub(super) ports: Vec<Port>,
    /// The ports at the two ends of each link; equal for a straight line.
    pub(super) ends: Vec<[usize; 2]>,
    /// Indices of the runs of each link, in order.
    pub(super) runs: Vec<Vec<usize>>,
    pub(super) run_count: usize,
}

impl Wiring {
    pub(super) fn new(net: &Net, floor: &Floor, cells: &[Cell], routes: &[Route]) -> Wiring {
        let mut w = Wiring {
            upright: vec![Channel::default(); floor.cols + 1],
            level: vec![Channel::default(); floor.rows + 1],
            ports: Vec::new(),
            ends: Vec::new(),
            runs: Vec::new(),
            run_count: 0,
        };
        for (l, (link, route)) in net.links.iter().zip(routes).enumerate() {
            if route.runs.is_empty() {
                let port =
                    w.port(Port { link: l, nodes: [Some(link.from), Some(link.to)] }, cells[link.from], route.from);
                w.ends.push([port, port]);
                w.runs.push(Vec::new());
                continue;
            }
            let first = w.port(Port { link: l, nodes: [Some(link.from), None] }, cells[link.from], route.from);
            let last = w.port(Port { link: l, nodes: [Some(link.to), None] }, cells[link.to], route.to);
            w.ends.push([first, last]);
            w.wires(l, route, first, last);
        }
        w
    }

    /// Adds the port at a side of the box in a cell, and gives its index.
    fn port(&mut self, port: Port, cell: Cell, side: Side) -> usize {
        let is_straight = port.nodes[1].is_some();
        let id = self.ports.len();
        self.ports.push(port);
        let (x, y) = mouth(cell, side);
        let (channel, row) = match side {
            Side::Left | Side::Right => (&mut self.upright[x / 2], cell.1),
            Side::Top | Side::Bottom => (&mut self.level[y / 2], cell.0),
        };
        match channel.gates.iter_mut().find(|g| g.row == row) {
            Some(gate) => gate.ports.push(id),
            None => channel.gates.push(Gate { row, ports: vec![id] }),
        }
        if is_straight {
            channel.straight.push(id);
        }
        id
    }

    fn wires(&mut self, link: usize, route: &Route, first: usize, last: usize) {
        let start = self.run_count;
        let count = route.runs.len();
        for (k, run) in route.runs.iter().enumerate() {
            let before = match k.checked_sub(1) {
                // The line comes from where the run before it comes from.
                Some(p) => Tip { at: At::Run(start + p), low: route.runs[p].a < route.runs[p].b },
                None => Tip { at: At::Port(first), low: matches!(route.from, Side::Right | Side::Bottom) },
            };
            let after = match route.runs.get(k + 1) {
                Some(next) => Tip { at: At::Run(start + k + 1), low: next.b < next.a },
                None => Tip { at: At::Port(last), low: matches!(route.to, Side::Right | Side::Bottom) },
            };
            let wire = Wire { run: start + k, link, tips: [before, after], lo: run.a.min(run.b), hi: run.a.max(run.b) };
            if run.upright {
                self.upright[run.channel].wires.push(wire);
            } else {
                self.level[run.channel].wires.push(wire);
            }
        }
        self.runs.push((start..start + count).collect());
        self.run_count += count;
    }
}
