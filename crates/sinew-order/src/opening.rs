//! When what goes first is over, and what the plans are worth by when it is.

use crate::index::{ItemIx, List};
use crate::partial::Partial;
use crate::programme::{Opens, Profits};
use crate::scaled::ScaledRequirement;
use crate::timeline::{Node, Timeline};

/// Items that others need whose sets are tried one by one.
const MOST_ENABLERS: usize = 5;

/// Whenever what goes first is over.
pub(crate) const ANY: [usize; 2] = [0, usize::MAX];

impl Timeline<'_> {
    /// Which items wait for what goes first, and when that is over at the soonest; false where what is built takes longer than the node
    /// lets it.
    pub(crate) fn find_opening(&mut self, node: Node<'_>, now: usize) -> bool {
        let (s, partial) = (self.scaled, node.partial);
        self.waits.iter_mut().for_each(|waits| *waits = false);
        let open: Vec<_> = s.requirements.iter().filter(|one| one.first && !partial.meets(one)).collect();
        self.is_gated = !open.is_empty();
        if open.is_empty() {
            return true;
        }
        let mut serves: List<ItemIx, f64> = List::like(&s.out, 0.0);
        for &i in open.iter().flat_map(|one| &one.closure) {
            serves[i] += 1.0;
        }
        let cells = self.least_work(partial, &open, &serves);
        // A little less, so that rounding of the shares does not bring it over.
        let soonest = now.saturating_sub((cells - 1e-6).ceil().max(0.0) as usize);
        for i in s.items() {
            self.waits[i] = !open.iter().any(|one| one.lets_in.binary_search(&i).is_ok());
        }
        let [least, most] = node.opening.map(|cells| cells.checked_sub(self.cells_of(&partial.sequence)));
        let Some(most) = most else { return false };
        let within = [now.saturating_sub(most), soonest.min(now.saturating_sub(least.unwrap_or(0)))];
        self.opens = Opens { soonest, within };
        true
    }

    /// The cells that these items take.
    fn cells_of(&self, items: &[ItemIx]) -> usize {
        items.iter().map(|&i| self.length[i]).sum()
    }

    /// After [`Self::bound`] of the root: the cells that what goes first takes at least and at most; `None` where nothing does.
    pub(crate) fn openings(&self) -> Option<[usize; 2]> {
        let now = self.cells - 1;
        let longest = self.scaled.items().filter(|&i| !self.waits[i]).map(|i| self.length[i]).sum::<usize>();
        self.is_gated.then(|| [now - self.opens.soonest, longest.min(now)])
    }

    /// The cells that what goes first takes in a plan.
    pub(crate) fn opening_of(&self, plan: &Partial) -> usize {
        self.cells_of(&plan.sequence[..plan.first_free_place()])
    }

    /// The cells that meeting all `open` requirements takes at least: the best over all sets of the few items that most others
    /// need, in which only what needs none but these can be built. Of the rest each is shared among the requirements that it
    /// `serves`, and each requirement takes the cheapest of its items at these shares.
    fn least_work(&self, partial: &Partial, open: &[&ScaledRequirement], serves: &List<ItemIx, f64>) -> f64 {
        let s = self.scaled;
        let mut enablers: Vec<ItemIx> = s.items().filter(|&i| serves[i] > 0.0 && !partial.done[i]).collect();
        enablers.retain(|&e| s.dependents[e].iter().any(|&d| serves[d] > 0.0 && self.latest[d].is_some()));
        enablers.sort_by(|&a, &b| serves[b].total_cmp(&serves[a]).then(a.cmp(&b)));
        enablers.truncate(MOST_ENABLERS);
        let of_set = |set: usize| {
            let is_in = |i: ItemIx| enablers.iter().position(|&e| e == i).map(|at| set >> at & 1 == 1);
            let cells = |i: ItemIx| match is_in(i) {
                Some(true) => Some(0.0),
                Some(false) => None,
                None if partial.done[i] => Some(0.0),
                None => Some(self.length[i] as f64 / serves[i]),
            };
            let least = |one: &&ScaledRequirement| {
                let any = one.any.iter().filter(|&&i| self.latest[i].is_some());
                let work = |&i: &ItemIx| s.ancestors[i].iter().chain([&i]).map(|&a| cells(a)).sum::<Option<f64>>();
                any.filter_map(work).reduce(f64::min)
            };
            let built: usize = enablers.iter().filter(|&&e| is_in(e) == Some(true)).map(|&e| self.length[e]).sum();
            open.iter().map(least).sum::<Option<f64>>().map(|rest| built as f64 + rest)
        };
        // Where no set does, nothing meets them, which the prices find.
        (0..1_usize << enablers.len()).filter_map(of_set).reduce(f64::min).unwrap_or(0.0)
    }

    /// After [`Self::bound`] of the root: lowers what is known by the cells that what goes first takes.
    pub(crate) fn lower(&mut self, known: &mut [f64]) {
        if known.is_empty() {
            return;
        }
        let now = self.cells - 1;
        let (entries, states) = self.entries(now);
        let profits = Profits { of: &self.profit, cells: self.cells };
        for (state, value) in self.programme.by_opening(&entries, states, self.opens.soonest, profits) {
            let known = &mut known[now - state];
            *known = known.min(self.constant + value);
        }
        // Nothing takes longer than all there is.
        known[now - states[0] + 1..].fill(f64::NEG_INFINITY);
        // Those that go first, once more for every state.
        self.looked_at += (entries.iter().filter(|one| one.credit.is_some()).count() * self.cells) as u64;
    }
}
