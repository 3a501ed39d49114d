//! Tracks: the order of lines within a channel, and of ports within a gate, with few crossings.
//!
//! A channel is the channel of channel routing: lines enter from both sides and run along it. Which
//! of two lines lies further left decides how often they cross; the order is improved by moving
//! one line at a time to its best place (insertion search for the linear ordering problem), and by
//! exchanging ports that share a gate, until neither helps.

use std::collections::BTreeMap;

use super::wiring::{At, Channel, Tip, Wire, Wiring};
use super::work::Work;
use crate::number::real;

/// Positions while the order is sought; only their order matters, not their distance.
#[derive(Debug, Clone)]
pub(super) struct Positions {
    /// Of ports along their channel.
    pub(super) port: Vec<f64>,
    /// Of runs across their channel.
    pub(super) run: Vec<f64>,
}

/// Order of the wires in each channel, from low to high, and the slot of each port in its gate.
#[derive(Debug, Clone)]
pub(super) struct Order {
    pub(super) upright: Vec<Vec<usize>>,
    pub(super) level: Vec<Vec<usize>>,
    /// Slot of each port, from low to high, and the number of slots in its gate.
    pub(super) slot: Vec<(usize, usize)>,
    /// Crossings within channels that the order leaves.
    pub(super) crossings: f64,
}

/// Distance of neighboring channels in nominal positions.
const FIELD: f64 = 1000.0;
const ROUNDS: usize = 3;
/// Weight of a port's distance from the middle of its gate, and of a line's from the side that it
/// leaves by, against one crossing.
const OFF_CENTER: f64 = 0.03;
const REACH: f64 = 0.02;

/// The order of all channels: level and upright ones in turn, each seeing where the other has put
/// its lines.
pub(super) fn order(wiring: &Wiring, work: &Work) -> Order {
    let mut at = Positions { port: vec![0.0; wiring.ports.len()], run: vec![0.0; wiring.run_count] };
    for channels in [&wiring.upright, &wiring.level] {
        for (c, channel) in channels.iter().enumerate() {
            spread_ports(channel, &mut at);
            // All in the middle: where they will lie is not known yet.
            channel.wires.iter().for_each(|w| at.run[w.run] = 2.0 * real(c) * FIELD);
        }
    }
    let mut result =
        Order { upright: Vec::new(), level: Vec::new(), slot: vec![(0, 1); wiring.ports.len()], crossings: 0.0 };
    for round in 0..ROUNDS {
        result.crossings = 0.0;
        for channels in [&wiring.level, &wiring.upright] {
            let upright = std::ptr::eq(channels, &wiring.upright);
            let mut orders = Vec::with_capacity(channels.len());
            for (c, channel) in channels.iter().enumerate() {
                let kept = if upright { result.upright.get(c) } else { result.level.get(c) };
                let start = kept.filter(|_| round > 0).cloned();
                let (order, cost) = improve(channel, start, &mut at, work);
                spread_runs(channel, c, &order, &mut at);
                result.crossings += cost;
                orders.push(order);
            }
            if upright {
                result.upright = orders;
            } else {
                result.level = orders;
            }
        }
    }
    read_slots(wiring, &at, &mut result.slot);
    result
}

fn read_slots(wiring: &Wiring, at: &Positions, slot: &mut [(usize, usize)]) {
    for gate in wiring.upright.iter().chain(&wiring.level).flat_map(|c| &c.gates) {
        let mut ports = gate.ports.clone();
        ports.sort_by(|&a, &b| at.port[a].total_cmp(&at.port[b]));
        for (k, &p) in ports.iter().enumerate() {
            slot[p] = (k, ports.len());
        }
    }
}

/// Nominal position of the doubled coordinate of a row or column.
fn middle(row: usize) -> f64 {
    real(2 * row + 1) * FIELD
}

fn spread_ports(channel: &Channel, at: &mut Positions) {
    for gate in &channel.gates {
        for (k, &p) in gate.ports.iter().enumerate() {
            let step = (0.9 * FIELD / real(gate.ports.len())).min(10.0);
            at.port[p] = middle(gate.row) + (real(k) - real(gate.ports.len() - 1) / 2.0) * step;
        }
    }
}

fn spread_runs(channel: &Channel, index: usize, order: &[usize], at: &mut Positions) {
    for (k, &w) in order.iter().enumerate() {
        at.run[channel.wires[w].run] = 2.0 * real(index) * FIELD
            + (real(k) - (real(order.len()) - 1.0) / 2.0) * (0.9 * FIELD / real(order.len())).min(10.0);
    }
}

fn tip_at(tip: &Tip, at: &Positions) -> f64 {
    match tip.at {
        At::Port(p) => at.port[p],
        At::Run(r) => at.run[r],
    }
}

/// A wire as the cost sees it.
#[derive(Clone, Copy)]
struct Span {
    lo: f64,
    hi: f64,
    tips: [(f64, bool); 2],
}

fn span(wire: &Wire, at: &Positions) -> Span {
    let tips = [0, 1].map(|i| (tip_at(&wire.tips[i], at), wire.tips[i].low));
    Span { lo: tips[0].0.min(tips[1].0), hi: tips[0].0.max(tips[1].0), tips }
}

/// Crossings of two wires when `a` lies on the low side of `b`.
fn pair_cost(a: &Span, b: &Span) -> f64 {
    let strikes = |y: f64, s: &Span| {
        if y > s.lo && y < s.hi {
            1.0
        } else if y == s.lo || y == s.hi {
            0.4
        } else {
            0.0
        }
    };
    let mut cost = 0.0;
    for (y, low) in a.tips {
        if !low {
            cost += strikes(y, b);
        }
    }
    for (y, low) in b.tips {
        if low {
            cost += strikes(y, a);
        }
    }
    cost
}

fn improve(channel: &Channel, start: Option<Vec<usize>>, at: &mut Positions, work: &Work) -> (Vec<usize>, f64) {
    let n = channel.wires.len();
    let mut order = start.unwrap_or_else(|| {
        let mut order: Vec<usize> = (0..n).collect();
        let lean = |w: usize| channel.wires[w].tips.iter().filter(|t| !t.low).count();
        order.sort_by_key(|&w| (lean(w), channel.wires[w].lo, w));
        order
    });
    let mut cost = total(channel, &order, at);
    for _ in 0..6 {
        let before = cost;
        insert_best(channel, &mut order, at);
        cost = total(channel, &order, at);
        let tried = exchange_ports(channel, &order, at, &mut cost);
        work.add(n * (3 * n + 2 * tried));
        if cost >= before - 1e-9 {
            break;
        }
    }
    (order, cost)
}

fn total(channel: &Channel, order: &[usize], at: &Positions) -> f64 {
    let spans: Vec<Span> = order.iter().map(|&w| span(&channel.wires[w], at)).collect();
    let mut cost = 0.0;
    let count = real(spans.len());
    for (i, a) in spans.iter().enumerate() {
        for b in &spans[i + 1..] {
            cost += pair_cost(a, b);
        }
        for (_, low) in a.tips {
            cost += REACH * if low { real(i) } else { count - 1.0 - real(i) };
        }
        for &p in &channel.straight {
            let y = at.port[p];
            if y > a.lo && y < a.hi {
                cost += 1.0;
            }
        }
    }
    for &p in &channel.straight {
        let gate = channel.gates.iter().find(|g| g.ports.contains(&p));
        cost += gate.map_or(0.0, |g| OFF_CENTER * (at.port[p] - middle(g.row)).abs() / 10.0);
    }
    cost
}

/// Moves each wire in turn to its best place.
fn insert_best(channel: &Channel, order: &mut Vec<usize>, at: &Positions) {
    let n = order.len();
    let spans: Vec<Span> = channel.wires.iter().map(|w| span(w, at)).collect();
    for w in 0..n {
        let Some(from) = order.iter().position(|&x| x == w) else { continue };
        order.remove(from);
        // Cost of standing first, then the change with each wire passed.
        let me = &spans[w];
        let mut cost: f64 = order.iter().map(|&o| pair_cost(me, &spans[o])).sum();
        let lean: f64 = me.tips.iter().map(|t| if t.1 { REACH } else { -REACH }).sum();
        let (mut best, mut least) = (0, cost);
        let mut here = f64::INFINITY;
        for k in 0..=order.len() {
            if k > 0 {
                let o = &spans[order[k - 1]];
                cost += pair_cost(o, me) - pair_cost(me, o) + lean;
            }
            if k == from {
                here = cost;
            }
            if cost < least - 1e-9 {
                (best, least) = (k, cost);
            }
        }
        order.insert(if here <= least + 1e-9 { from } else { best }, w);
    }
}

/// Exchanges ports of a gate as long as that helps; the number of exchanges that were tried.
fn exchange_ports(channel: &Channel, order: &[usize], at: &mut Positions, cost: &mut f64) -> usize {
    let mut tried = 0;
    let mut ends = Ends::new(channel, order, at);
    for gate in &channel.gates {
        // Large gates: neighbors only, so that the work stays near linear.
        let reach = if gate.ports.len() > 12 { 2 } else { gate.ports.len() };
        for _ in 0..2 {
            let mut gained = 0.0;
            let mut sorted = gate.ports.clone();
            sorted.sort_by(|&a, &b| at.port[a].total_cmp(&at.port[b]));
            for i in 0..sorted.len() {
                for j in i + 1..sorted.len().min(i + 1 + reach) {
                    let (p, q) = (sorted[i], sorted[j]);
                    tried += 1;
                    ends.touch([p, q]);
                    let before = ends.share(channel, at, [p, q]);
                    ends.exchange(channel, order, at, [p, q]);
                    let change = ends.share(channel, at, [p, q]) - before;
                    if change < -1e-9 {
                        gained -= change;
                        sorted.swap(i, j);
                    } else {
                        ends.exchange(channel, order, at, [p, q]);
                    }
                }
            }
            if gained <= 1e-9 {
                break;
            }
        }
    }
    *cost = total(channel, order, at);
    tried
}

/// The wires of a channel in their order, found by the ports at which they end, so that an exchange of two ports looks at
/// the wires that it moves only.
struct Ends {
    spans: Vec<Span>,
    /// Places in the order of the wires that end at each port.
    of: BTreeMap<usize, Vec<usize>>,
    straight: BTreeMap<usize, f64>,
    /// Places of the wires that end at the ports that are looked at, ascending, and whether each place is one of them.
    touched: Vec<usize>,
    is_touched: Vec<bool>,
}

impl Ends {
    fn new(channel: &Channel, order: &[usize], at: &Positions) -> Ends {
        let mut of: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
        for (place, &w) in order.iter().enumerate() {
            for tip in &channel.wires[w].tips {
                if let At::Port(p) = tip.at {
                    of.entry(p).or_default().push(place);
                }
            }
        }
        // The middle of the gate of each port that a straight line crosses at.
        let row = |p: &usize| channel.gates.iter().find(|g| g.ports.contains(p)).map(|g| (*p, middle(g.row)));
        let straight = channel.straight.iter().filter_map(row).collect();
        let spans: Vec<Span> = order.iter().map(|&w| span(&channel.wires[w], at)).collect();
        Ends { is_touched: vec![false; spans.len()], touched: Vec::new(), spans, of, straight }
    }

    /// Looks at these ports from here on.
    fn touch(&mut self, ports: [usize; 2]) {
        self.touched.drain(..).for_each(|place| self.is_touched[place] = false);
        for &place in ports.iter().filter_map(|p| self.of.get(p)).flatten() {
            if !std::mem::replace(&mut self.is_touched[place], true) {
                self.touched.push(place);
            }
        }
        self.touched.sort_unstable();
    }

    fn exchange(&mut self, channel: &Channel, order: &[usize], at: &mut Positions, ports: [usize; 2]) {
        at.port.swap(ports[0], ports[1]);
        for &place in &self.touched {
            self.spans[place] = span(&channel.wires[order[place]], at);
        }
    }

    /// The part of the whole cost that these ports, which are looked at, have a say in.
    fn share(&self, channel: &Channel, at: &Positions, ports: [usize; 2]) -> f64 {
        let strikes = |y: f64, s: &Span| if y > s.lo && y < s.hi { 1.0 } else { 0.0 };
        let mut cost = 0.0;
        for &a in &self.touched {
            let me = &self.spans[a];
            for (other, _) in self.spans[..a].iter().zip(&self.is_touched).filter(|(_, is_touched)| !**is_touched) {
                cost += pair_cost(other, me);
            }
            for other in &self.spans[a + 1..] {
                cost += pair_cost(me, other);
            }
            cost += channel.straight.iter().map(|&p| strikes(at.port[p], me)).sum::<f64>();
        }
        for p in ports {
            if let Some(middle) = self.straight.get(&p) {
                let untouched = self.spans.iter().zip(&self.is_touched).filter(|(_, is_touched)| !**is_touched);
                cost += untouched.map(|(s, _)| strikes(at.port[p], s)).sum::<f64>();
                cost += OFF_CENTER * (at.port[p] - middle).abs() / 10.0;
            }
        }
        cost
    }
}

/// Tracks for the wires of a channel: each takes the lowest track above those of all earlier wires
/// with which it would share a place. Returns the track of each wire and the number of tracks.
pub(super) fn pack(order: &[usize], clash: impl Fn(usize, usize) -> bool) -> (Vec<usize>, usize) {
    let mut track = vec![0; order.len()];
    let mut count = 0;
    for (k, &w) in order.iter().enumerate() {
        let t = order[..k].iter().filter(|&&o| clash(o, w)).map(|&o| track[o] + 1).max().unwrap_or(0);
        track[w] = t;
        count = count.max(t + 1);
    }
    (track, count)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn packed_wires_that_clash_keep_their_order() {
        let (track, count) = pack(&[2, 0, 1], |a, b| (a, b) != (0, 1) && (a, b) != (1, 0));
        assert_eq!((track, count), (vec![1, 1, 0], 2));
    }
}
