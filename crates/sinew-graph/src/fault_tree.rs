//! The failure of a goal as a fault tree: an acyclic formula of gates over the failures of labels.
//!
//! Loops are unrolled exactly, in one of two ways. A fact that holds has a proof in which no fact stands above itself,
//! so below a fact it need not be looked at again: small where loops are few. Or by rounds: among `m` facts in a loop,
//! whatever can be derived is derived after `m` rounds of the equations, so `m` copies of each fact suffice: at most
//! the square of a loop's size. The first is tried, then the second; a goal that outgrows both is refused.

use std::collections::{BTreeSet, HashMap};

use super::and_or::{FactIx, LabelIx};
use super::cut_sets::Goals;
use super::ix::{IxSet, IxVec, index_types};
use super::outage_function::components;
use super::region::{Outcome, Region};

index_types! {
    /// A gate of a fault tree.
    pub struct GateIx;
    /// Facts that supply each other.
    struct LoopIx;
}

/// What a gate needs to fail.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum GateKind {
    /// It fails when all of its inputs do.
    And,
    /// It fails when any of its inputs does.
    Or,
}

/// What goes into a gate.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Input {
    /// The failure of this label.
    Event(LabelIx),
    /// The failure of this gate.
    Gate(GateIx),
}

/// A gate with at least two inputs, sorted, none twice.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Gate {
    /// Whether all or any of its inputs are needed.
    pub kind: GateKind,
    /// Gates among them come before this one.
    pub inputs: Vec<Input>,
}

/// When the goal fails.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Top {
    /// The goal does not hold even with nothing failed.
    Always,
    /// The goal holds whatever fails.
    Never,
    /// The goal fails exactly when this does.
    Input(Input),
}

/// A fault tree (a directed acyclic graph of gates), each gate after those it uses.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FaultTree {
    /// The gates, all of which the top needs.
    pub gates: IxVec<GateIx, Gate>,
    /// The failure of the goal.
    pub top: Top,
}

/// The loops of a goal need more than so many gates.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TooManyGates {
    /// The cap that was met.
    pub cap: usize,
    /// How many facts supply each other in the largest loop of the goal.
    pub largest_loop: usize,
}

impl std::fmt::Display for TooManyGates {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let Self { cap, largest_loop } = self;
        write!(
            formatter,
            "more than {cap} gates: {largest_loop} facts supply each other in a loop, and a fault tree has to unroll it"
        )
    }
}

impl std::error::Error for TooManyGates {}

impl FaultTree {
    /// The fault tree of `goal` over the labels that `may_fail`, with at most `cap` gates.
    ///
    /// # Errors
    /// Where unrolling the loops of the goal would take more.
    pub fn of(goals: &Goals<'_>, goal: FactIx, may_fail: &IxSet<LabelIx>, cap: usize) -> Result<Self, TooManyGates> {
        let region = match goals.region(goal, may_fail) {
            Outcome::Always => return Ok(Self { gates: IxVec::default(), top: Top::Never }),
            Outcome::Never => return Ok(Self { gates: IxVec::default(), top: Top::Always }),
            Outcome::Depends(region) => region,
        };
        Self::of_region(&region, cap, true).or_else(|_| Self::of_region(&region, cap, false))
    }

    fn of_region(region: &Region, cap: usize, by_paths: bool) -> Result<Self, TooManyGates> {
        let mut unrolling = Unrolling::new(region, cap);
        let home = &unrolling.loops[unrolling.loop_of[region.goal]];
        let start = if by_paths { Context::Without(Vec::new()) } else { Context::Rounds(home.len()) };
        let refused = |unrolling: &Unrolling<'_>| TooManyGates {
            cap,
            largest_loop: unrolling.loops.iter().map(Vec::len).max().unwrap_or(0),
        };
        let Some(top) = unrolling.run(&(region.goal, start)) else { return Err(refused(&unrolling)) };
        Ok(Self { gates: unrolling.gates, top }.pruned())
    }

    /// The labels whose failures it speaks of, ascending.
    #[must_use]
    pub fn labels(&self) -> BTreeSet<LabelIx> {
        let top = match self.top {
            Top::Input(input) => Some(input),
            Top::Always | Top::Never => None,
        };
        let inputs = self.gates.iter().flat_map(|gate| gate.inputs.iter().copied()).chain(top);
        inputs.filter_map(|input| if let Input::Event(label) = input { Some(label) } else { None }).collect()
    }

    /// Drops gates that the top does not need.
    fn pruned(self) -> Self {
        let mut needed = IxVec::filled(false, self.gates.len());
        if let Top::Input(Input::Gate(gate)) = self.top {
            needed[gate] = true;
        }
        for number in self.gates.keys().rev() {
            if needed[number] {
                for input in &self.gates[number].inputs {
                    if let Input::Gate(gate) = *input {
                        needed[gate] = true;
                    }
                }
            }
        }
        let mut number = IxVec::filled(GateIx::new(0), needed.len());
        let mut gates = IxVec::default();
        for (old, gate) in self.gates.enumerate().filter(|&(old, _)| needed[old]) {
            let mut inputs: Vec<Input> = gate.inputs.iter().map(|&input| renumbered(input, &number)).collect();
            inputs.sort_unstable();
            number[old] = gates.push(Gate { kind: gate.kind, inputs });
        }
        let top = match self.top {
            Top::Input(input) => Top::Input(renumbered(input, &number)),
            decided => decided,
        };
        Self { gates, top }
    }
}

fn renumbered(input: Input, number: &IxVec<GateIx, GateIx>) -> Input {
    match input {
        Input::Gate(gate) => Input::Gate(number[gate]),
        event => event,
    }
}

/// In what circumstances a fact is looked at, among the facts of its loop.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
enum Context {
    /// These stand above it; only those that it could need otherwise, ascending.
    Without(Vec<FactIx>),
    /// So many rounds are left.
    Rounds(usize),
}

type Key = (FactIx, Context);

struct Unrolling<'r> {
    region: &'r Region,
    loops: IxVec<LoopIx, Vec<FactIx>>,
    loop_of: IxVec<FactIx, LoopIx>,
    gates: IxVec<GateIx, Gate>,
    numbers: HashMap<Gate, GateIx>,
    done: HashMap<Key, Top>,
    cap: usize,
    /// Facts looked at to find out what a fact could need; bounded like the gates.
    visits: usize,
}

impl<'r> Unrolling<'r> {
    fn new(region: &'r Region, cap: usize) -> Self {
        let loops: IxVec<LoopIx, Vec<FactIx>> = components(region).into();
        let mut loop_of = IxVec::filled(LoopIx::new(0), region.fact_count());
        for (number, facts) in loops.enumerate() {
            for &fact in facts {
                loop_of[fact] = number;
            }
        }
        Self {
            region,
            loops,
            loop_of,
            gates: IxVec::default(),
            numbers: HashMap::new(),
            done: HashMap::new(),
            cap,
            visits: cap.saturating_mul(16),
        }
    }

    /// Depth first, without recursion: a fact is put together when all that it needs has been.
    fn run(&mut self, start: &Key) -> Option<Top> {
        let mut open = vec![start.clone()];
        while let Some(key) = open.last() {
            if self.done.contains_key(key) {
                open.pop();
                continue;
            }
            let key = key.clone();
            let rules = self.needs(&key)?;
            let before = open.len();
            open.extend(rules.iter().flatten().flatten().filter(|need| !self.done.contains_key(*need)).cloned());
            if open.len() == before {
                let top = self.fact(key.0, &rules)?;
                if self.done.len() > 2 * self.cap {
                    return None;
                }
                self.done.insert(key, top);
                open.pop();
            }
        }
        self.done.get(start).copied()
    }

    /// For each rule of a fact what its body needs; `None` for a rule that cannot help here.
    fn needs(&mut self, (fact, context): &Key) -> Option<Vec<Option<Vec<Key>>>> {
        let region = self.region;
        let mut rules = Vec::new();
        for &rule in region.index.rules_of.row(*fact) {
            let mut keys = Some(Vec::new());
            for &body in region.graph.body(rule) {
                let below = self.context_below(*fact, context, body)?;
                match (&mut keys, below) {
                    (Some(keys), Some(context)) => keys.push((body, context)),
                    (keys, _) => *keys = None,
                }
            }
            rules.push(keys);
        }
        Some(rules)
    }

    /// The circumstances of `body` below `fact`: `Some(None)` where it cannot be had, `None` where the cap is met.
    fn context_below(&mut self, fact: FactIx, context: &Context, body: FactIx) -> Option<Option<Context>> {
        let home = self.loop_of[body];
        let same = home == self.loop_of[fact];
        Some(match context {
            Context::Rounds(_) if !same => Some(Context::Rounds(self.loops[home].len())),
            Context::Rounds(left) => left.checked_sub(1).filter(|&left| left > 0).map(Context::Rounds),
            Context::Without(_) if !same => Some(Context::Without(Vec::new())),
            Context::Without(above) => {
                let mut above: BTreeSet<FactIx> = above.iter().copied().collect();
                above.insert(fact);
                if above.contains(&body) { None } else { Some(Context::Without(self.missed(body, &above)?)) }
            }
        })
    }

    /// Which of the facts `above` the fact could need: met going upstream inside its loop, not through them.
    fn missed(&mut self, fact: FactIx, above: &BTreeSet<FactIx>) -> Option<Vec<FactIx>> {
        let mut met = BTreeSet::from([fact]);
        let mut open = vec![fact];
        let mut missed = BTreeSet::new();
        while let Some(fact) = open.pop() {
            self.visits = self.visits.checked_sub(1)?;
            for &rule in self.region.index.rules_of.row(fact) {
                for &body in self.region.graph.body(rule) {
                    if self.loop_of[body] != self.loop_of[fact] {
                        continue;
                    }
                    if above.contains(&body) {
                        missed.insert(body);
                    } else if met.insert(body) {
                        open.push(body);
                    }
                }
            }
        }
        Some(missed.into_iter().collect())
    }

    /// A fact fails where its place does, or every rule of it.
    fn fact(&mut self, fact: FactIx, rules: &[Option<Vec<Key>>]) -> Option<Top> {
        let region = self.region;
        let mut every = Vec::new();
        for (&rule, needs) in region.index.rules_of.row(fact).iter().zip(rules) {
            let Some(needs) = needs else {
                every.push(Top::Always);
                continue;
            };
            let mut any = self.events(region.graph.rule_labels(rule));
            any.extend(needs.iter().map(|need| self.done[need]));
            every.push(self.gate(GateKind::Or, any)?);
        }
        let every = self.gate(GateKind::And, every)?;
        let mut any = self.events(region.graph.place_labels(region.graph.place(fact)));
        any.push(every);
        self.gate(GateKind::Or, any)
    }

    fn events(&self, labels: &[LabelIx]) -> Vec<Top> {
        labels.iter().map(|&label| Top::Input(Input::Event(self.region.labels[label]))).collect()
    }

    /// A gate over these, or what it comes to; `None` where the cap is met.
    fn gate(&mut self, kind: GateKind, over: Vec<Top>) -> Option<Top> {
        let (decided, neutral) = match kind {
            GateKind::And => (Top::Never, Top::Always),
            GateKind::Or => (Top::Always, Top::Never),
        };
        let mut inputs = BTreeSet::new();
        for top in over {
            match top {
                _ if top == decided => return Some(decided),
                Top::Input(input) => _ = inputs.insert(input),
                Top::Always | Top::Never => {}
            }
        }
        let inputs: Vec<Input> = inputs.into_iter().collect();
        let gate = match inputs[..] {
            [] => return Some(neutral),
            [one] => return Some(Top::Input(one)),
            _ => Gate { kind, inputs },
        };
        if let Some(&number) = self.numbers.get(&gate) {
            return Some(Top::Input(Input::Gate(number)));
        }
        if self.gates.len() >= self.cap {
            return None;
        }
        let number = self.gates.push(gate.clone());
        self.numbers.insert(gate, number);
        Some(Top::Input(Input::Gate(number)))
    }
}
