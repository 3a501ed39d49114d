//! Reduced ordered binary decision diagrams of monotone functions (Bryant 1986), with a cap on their size.
//!
//! Only conjunction and disjunction: what fails and what holds in an AND/OR graph is monotone in the labels, so there
//! is no negation to support. Variables are called levels, 0 at the top. No function recurses, so a diagram may have
//! as many levels as there are labels.

use super::ix::{IxVec, first, index_types};

index_types! {
    /// A function in a [`Bdd`]: the number of its vertex.
    pub(crate) struct Function;
    /// A variable: how far down the diagram it is asked for.
    pub(crate) struct Level;
}

impl Function {
    pub(crate) const FALSE: Self = Self::new(0);
    pub(crate) const TRUE: Self = Self::new(1);
    /// Of which on functions are vertices that ask for a variable.
    const FIRST_VERTEX: usize = 2;

    pub(crate) fn is_constant(self) -> bool {
        self <= Self::TRUE
    }
}

impl Level {
    /// That of the constants: below all others.
    pub(crate) const CONSTANT: Self = Self(u32::MAX);
}

/// The diagram would have grown beyond its cap.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct CapReached;

impl std::fmt::Display for CapReached {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.write_str("the decision diagram would have grown beyond its cap")
    }
}

impl std::error::Error for CapReached {}

/// One vertex: `high` where the variable of `level` is true, `low` where it is false.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Vertex {
    /// The variable asked for; that of the constants is larger than any other.
    pub(crate) level: Level,
    /// Where the variable is false.
    pub(crate) low: Function,
    /// Where the variable is true.
    pub(crate) high: Function,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Operation {
    And,
    Or,
}

#[derive(Clone, Copy)]
struct Computed {
    operation: Operation,
    operands: (Function, Function),
    result: Function,
}

/// Functions that share vertices; equal functions have equal numbers.
#[derive(Clone)]
pub(crate) struct Bdd {
    /// Each after the vertices it points to.
    vertices: IxVec<Function, Vertex>,
    /// Open addressing over `vertices`; FALSE, which is never looked up, is free.
    unique: Vec<Function>,
    computed: Vec<Option<Computed>>,
    cap: usize,
    /// Operations on pairs that are left before giving up.
    steps_left: usize,
}

impl std::fmt::Debug for Bdd {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.debug_struct("Bdd").field("vertices", &self.vertices.len()).field("cap", &self.cap).finish()
    }
}

impl Bdd {
    /// An empty diagram of at most `cap` vertices (16 to 40 bytes each) that does at most `steps` steps, each one
    /// operation on two vertices.
    pub(crate) fn new(cap: usize, steps: usize) -> Self {
        let constant = |value| Vertex { level: Level::CONSTANT, low: value, high: value };
        Self {
            vertices: vec![constant(Function::FALSE), constant(Function::TRUE)].into(),
            unique: vec![Function::FALSE; 256],
            computed: vec![None; 256],
            cap: cap.clamp(Function::FIRST_VERTEX, 1 << 30),
            steps_left: steps,
        }
    }

    /// The function that is true where the variable of `level` is.
    ///
    /// # Errors
    /// Where the cap is reached.
    pub(crate) fn variable(&mut self, level: Level) -> Result<Function, CapReached> {
        self.vertex(Vertex { level, low: Function::FALSE, high: Function::TRUE })
    }

    /// True where both are.
    ///
    /// # Errors
    /// Where the cap is reached.
    pub(crate) fn and(&mut self, a: Function, b: Function) -> Result<Function, CapReached> {
        self.combine(Operation::And, a, b)
    }

    /// True where either is.
    ///
    /// # Errors
    /// Where the cap is reached.
    pub(crate) fn or(&mut self, a: Function, b: Function) -> Result<Function, CapReached> {
        self.combine(Operation::Or, a, b)
    }

    /// The vertex of a function.
    pub(crate) fn at(&self, function: Function) -> Vertex {
        self.vertices[function]
    }

    /// How many vertices there are, the two constants included.
    pub(crate) fn vertex_count(&self) -> usize {
        self.vertices.len()
    }

    /// The vertices below and at `root` except constants, each after those it points to.
    pub(crate) fn vertices_of(&self, root: Function) -> Vec<Function> {
        let live = self.live(&[root]);
        let below = first::<Function>(root.at() + 1).skip(Function::FIRST_VERTEX);
        below.filter(|&function| live[function]).collect()
    }

    /// Drops every vertex that none of `roots` needs, and renumbers them in place.
    pub(crate) fn retain(&mut self, roots: &mut [Function]) {
        let live = self.live(roots);
        let mut number = IxVec::<Function, _>::filled(Function::FALSE, self.vertices.len());
        number[Function::TRUE] = Function::TRUE;
        let old = std::mem::take(&mut self.vertices);
        self.vertices = old.iter().take(Function::FIRST_VERTEX).copied().collect();
        self.unique.fill(Function::FALSE);
        self.computed.fill(None);
        for (function, vertex) in old.enumerate().skip(Function::FIRST_VERTEX).filter(|&(function, _)| live[function]) {
            let moved = Vertex { low: number[vertex.low], high: number[vertex.high], ..*vertex };
            number[function] = self.insert_new(moved);
        }
        for root in roots {
            *root = number[*root];
        }
    }

    fn live(&self, roots: &[Function]) -> IxVec<Function, bool> {
        let mut live = IxVec::filled(false, self.vertices.len());
        for &root in roots {
            live[root] = true;
        }
        for function in self.vertices.keys().skip(Function::FIRST_VERTEX).rev() {
            if live[function] {
                let vertex = self.vertices[function];
                live[vertex.low] = true;
                live[vertex.high] = true;
            }
        }
        live
    }

    fn combine(&mut self, operation: Operation, a: Function, b: Function) -> Result<Function, CapReached> {
        enum Task {
            Visit(Function, Function),
            Build(Function, Function, Level),
        }
        let mut tasks = vec![Task::Visit(a, b)];
        let mut results: Vec<Function> = Vec::new();
        while let Some(task) = tasks.pop() {
            match task {
                Task::Visit(a, b) => {
                    let (a, b) = (a.min(b), a.max(b));
                    if let Some(result) = known(operation, a, b).or_else(|| self.recall(operation, a, b)) {
                        results.push(result);
                        continue;
                    }
                    self.steps_left = self.steps_left.checked_sub(1).ok_or(CapReached)?;
                    let (left, right) = (self.at(a), self.at(b));
                    let level = left.level.min(right.level);
                    let split = |vertex: Vertex, whole| {
                        if vertex.level == level { (vertex.low, vertex.high) } else { (whole, whole) }
                    };
                    let ((a_low, a_high), (b_low, b_high)) = (split(left, a), split(right, b));
                    tasks.push(Task::Build(a, b, level));
                    tasks.push(Task::Visit(a_high, b_high));
                    tasks.push(Task::Visit(a_low, b_low));
                }
                Task::Build(a, b, level) => {
                    let high = results.pop().expect("the high half was visited");
                    let low = results.pop().expect("the low half was visited");
                    let result = self.vertex(Vertex { level, low, high })?;
                    self.remember(Computed { operation, operands: (a, b), result });
                    results.push(result);
                }
            }
        }
        Ok(results.pop().expect("the first visit leaves one result"))
    }

    fn vertex(&mut self, vertex: Vertex) -> Result<Function, CapReached> {
        if vertex.low == vertex.high {
            return Ok(vertex.low);
        }
        let mask = self.unique.len() - 1;
        let mut slot = hash([vertex.level.at(), vertex.low.at(), vertex.high.at()]) & mask;
        while self.unique[slot] != Function::FALSE {
            if self.vertices[self.unique[slot]] == vertex {
                return Ok(self.unique[slot]);
            }
            slot = (slot + 1) & mask;
        }
        if self.vertices.len() >= self.cap {
            return Err(CapReached);
        }
        Ok(self.insert_new(vertex))
    }

    fn insert_new(&mut self, vertex: Vertex) -> Function {
        let function = self.vertices.push(vertex);
        if self.vertices.len() * 2 > self.unique.len() {
            self.grow();
        } else {
            self.place(function);
        }
        function
    }

    fn place(&mut self, function: Function) {
        let vertex = self.at(function);
        let mask = self.unique.len() - 1;
        let mut slot = hash([vertex.level.at(), vertex.low.at(), vertex.high.at()]) & mask;
        while self.unique[slot] != Function::FALSE {
            slot = (slot + 1) & mask;
        }
        self.unique[slot] = function;
    }

    fn grow(&mut self) {
        self.unique = vec![Function::FALSE; self.unique.len() * 2];
        for function in self.vertices.keys().skip(Function::FIRST_VERTEX) {
            self.place(function);
        }
        // Memory for remembered results follows the diagram, up to a size that still fits a cache level.
        if self.computed.len() < self.unique.len().min(1 << 20) {
            self.computed = vec![None; self.unique.len()];
        }
    }

    fn recall(&self, operation: Operation, a: Function, b: Function) -> Option<Function> {
        let slot = hash([operation as usize, a.at(), b.at()]) & (self.computed.len() - 1);
        self.computed[slot]
            .filter(|entry| entry.operation == operation && entry.operands == (a, b))
            .map(|entry| entry.result)
    }

    fn remember(&mut self, computed: Computed) {
        let (a, b) = computed.operands;
        let slot = hash([computed.operation as usize, a.at(), b.at()]) & (self.computed.len() - 1);
        self.computed[slot] = Some(computed);
    }
}

/// The result where it needs no look at the vertices; `a <= b`.
fn known(operation: Operation, a: Function, b: Function) -> Option<Function> {
    match (operation, a) {
        _ if a == b => Some(a),
        (Operation::And, Function::FALSE) => Some(Function::FALSE),
        (Operation::Or, Function::FALSE) | (Operation::And, Function::TRUE) => Some(b),
        (Operation::Or, Function::TRUE) => Some(Function::TRUE),
        _ => None,
    }
}

/// Mixes three numbers of 32 bits each.
fn hash(numbers: [usize; 3]) -> usize {
    let [a, b, c] = numbers.map(|number| number as u64);
    let mixed = (a << 32 | b).wrapping_mul(0x9E37_79B9_7F4A_7C15) ^ c;
    let mixed = mixed.wrapping_mul(0xD6E8_FEB8_6659_FD93);
    // 64-bit targets and 32-bit ones use the same upper bits, so sizes and orders do not differ.
    (mixed >> 32) as usize
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn equal_functions_have_equal_numbers() -> Result<(), CapReached> {
        let mut bdd = Bdd::new(100, 10_000);
        let (a, b) = (bdd.variable(Level::new(0))?, bdd.variable(Level::new(1))?);
        let both = bdd.and(a, b)?;
        assert_eq!(bdd.or(a, both)?, a);
        assert_eq!(bdd.and(b, a)?, both);
        Ok(())
    }

    #[test]
    fn what_no_root_needs_is_dropped() -> Result<(), CapReached> {
        let mut bdd = Bdd::new(100, 10_000);
        let variables = [0, 1, 2].map(|level| bdd.variable(Level::new(level)));
        let [a, b, c] = [variables[0]?, variables[1]?, variables[2]?];
        let (mut kept, dropped) = ([bdd.and(a, b)?], bdd.or(a, c)?);
        assert!(dropped > kept[0]);
        bdd.retain(&mut kept);
        assert_eq!((bdd.vertex_count(), bdd.vertices_of(kept[0]).len()), (4, 2));
        Ok(())
    }

    #[test]
    fn a_diagram_stops_at_its_cap() {
        let mut bdd = Bdd::new(3, 10_000);
        assert!(bdd.variable(Level::new(0)).is_ok());
        assert_eq!(bdd.variable(Level::new(1)), Err(CapReached));
    }
}
