//! Reduced ordered binary decision diagrams of monotone functions (Bryant 1986), with a cap on their size.
//!
//! Only conjunction and disjunction: what fails and what holds in an AND/OR graph is monotone in the labels, so there
//! is no negation to support. Variables are called levels, 0 at the top. No function recurses, so a diagram may have
//! as many levels as there are labels.

/// A function in a [`Bdd`]: the number of its vertex.
pub type Function = u32;

/// The function that is true nowhere.
pub const FALSE: Function = 0;
/// The function that is true everywhere.
pub const TRUE: Function = 1;

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
pub struct Vertex {
    /// The variable asked for; that of the constants is larger than any other.
    pub level: u32,
    /// Where the variable is false.
    pub low: Function,
    /// Where the variable is true.
    pub high: Function,
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
///
/// ```
/// use sinew_graph::bdd::Bdd;
///
/// let mut bdd = Bdd::new(100, 10_000);
/// let (a, b) = (bdd.variable(0)?, bdd.variable(1)?);
/// let both = bdd.and(a, b)?;
/// assert_eq!(bdd.or(a, both)?, a);
/// # Ok::<(), sinew_graph::bdd::CapReached>(())
/// ```
#[derive(Clone)]
pub struct Bdd {
    /// Each after the vertices it points to.
    vertices: Vec<Vertex>,
    /// Open addressing over `vertices`; 0 is free.
    unique: Vec<u32>,
    /// Direct mapped, lossy.
    computed: Vec<Option<Computed>>,
    cap: usize,
    /// Operations on pairs that are left before giving up.
    steps_left: u64,
}

impl std::fmt::Debug for Bdd {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.debug_struct("Bdd").field("vertices", &self.vertices.len()).field("cap", &self.cap).finish()
    }
}

const CONSTANT_LEVEL: u32 = u32::MAX;

impl Bdd {
    /// An empty diagram of at most `cap` vertices (16 to 40 bytes each) that does at most `steps` steps, each one
    /// operation on two vertices.
    #[must_use]
    pub fn new(cap: usize, steps: u64) -> Self {
        let constant = |value| Vertex { level: CONSTANT_LEVEL, low: value, high: value };
        Self {
            vertices: vec![constant(FALSE), constant(TRUE)],
            unique: vec![0; 256],
            computed: vec![None; 256],
            cap: cap.clamp(2, 1 << 30),
            steps_left: steps,
        }
    }

    /// The function that is true where the variable of `level` is.
    ///
    /// # Errors
    /// Where the cap is reached.
    pub fn variable(&mut self, level: u32) -> Result<Function, CapReached> {
        self.vertex(Vertex { level, low: FALSE, high: TRUE })
    }

    /// True where both are.
    ///
    /// # Errors
    /// Where the cap is reached.
    pub fn and(&mut self, a: Function, b: Function) -> Result<Function, CapReached> {
        self.combine(Operation::And, a, b)
    }

    /// True where either is.
    ///
    /// # Errors
    /// Where the cap is reached.
    pub fn or(&mut self, a: Function, b: Function) -> Result<Function, CapReached> {
        self.combine(Operation::Or, a, b)
    }

    /// The vertex of a function.
    #[must_use]
    pub fn at(&self, function: Function) -> Vertex {
        self.vertices[function as usize]
    }

    /// How many vertices there are, the two constants included.
    #[must_use]
    pub fn vertex_count(&self) -> usize {
        self.vertices.len()
    }

    /// The vertices below and at `root` except constants, each after those it points to.
    #[must_use]
    pub fn vertices_of(&self, root: Function) -> Vec<Function> {
        let live = self.live(&[root]);
        (TRUE + 1..=root).filter(|&function| live[function as usize]).collect()
    }

    /// Drops every vertex that none of `roots` needs, and renumbers them in place.
    pub fn retain(&mut self, roots: &mut [Function]) {
        let live = self.live(roots);
        let mut number = vec![FALSE; self.vertices.len()];
        number[TRUE as usize] = TRUE;
        let old = std::mem::take(&mut self.vertices);
        self.vertices = old[..2].to_vec();
        self.unique.fill(0);
        self.computed.fill(None);
        for (function, vertex) in old.iter().enumerate().skip(2).filter(|&(function, _)| live[function]) {
            let moved = Vertex { low: number[vertex.low as usize], high: number[vertex.high as usize], ..*vertex };
            number[function] = self.insert_new(moved);
        }
        for root in roots {
            *root = number[*root as usize];
        }
    }

    fn live(&self, roots: &[Function]) -> Vec<bool> {
        let mut live = vec![false; self.vertices.len()];
        for &root in roots {
            live[root as usize] = true;
        }
        for function in (2..self.vertices.len()).rev() {
            if live[function] {
                let vertex = self.vertices[function];
                live[vertex.low as usize] = true;
                live[vertex.high as usize] = true;
            }
        }
        live
    }

    fn combine(&mut self, operation: Operation, a: Function, b: Function) -> Result<Function, CapReached> {
        enum Task {
            Visit(Function, Function),
            Build(Function, Function, u32),
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
        let mut slot = hash(vertex.level, vertex.low, vertex.high) & mask;
        while self.unique[slot] != 0 {
            if self.vertices[self.unique[slot] as usize] == vertex {
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
        let function = u32::try_from(self.vertices.len()).expect("the cap is below 2^31");
        self.vertices.push(vertex);
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
        let mut slot = hash(vertex.level, vertex.low, vertex.high) & mask;
        while self.unique[slot] != 0 {
            slot = (slot + 1) & mask;
        }
        self.unique[slot] = function;
    }

    fn grow(&mut self) {
        self.unique = vec![0; self.unique.len() * 2];
        for function in 2..self.vertices.len() {
            self.place(u32::try_from(function).expect("the cap is below 2^31"));
        }
        // Memory for remembered results follows the diagram, up to a size that still fits a cache level.
        if self.computed.len() < self.unique.len().min(1 << 20) {
            self.computed = vec![None; self.unique.len()];
        }
    }

    fn recall(&self, operation: Operation, a: Function, b: Function) -> Option<Function> {
        let slot = hash(operation as u32, a, b) & (self.computed.len() - 1);
        self.computed[slot]
            .filter(|entry| entry.operation == operation && entry.operands == (a, b))
            .map(|entry| entry.result)
    }

    fn remember(&mut self, computed: Computed) {
        let (a, b) = computed.operands;
        let slot = hash(computed.operation as u32, a, b) & (self.computed.len() - 1);
        self.computed[slot] = Some(computed);
    }
}

/// The result where it needs no look at the vertices; `a <= b`.
fn known(operation: Operation, a: Function, b: Function) -> Option<Function> {
    match (operation, a) {
        _ if a == b => Some(a),
        (Operation::And, FALSE) => Some(FALSE),
        (Operation::Or, FALSE) | (Operation::And, TRUE) => Some(b),
        (Operation::Or, TRUE) => Some(TRUE),
        _ => None,
    }
}

fn hash(a: u32, b: u32, c: u32) -> usize {
    let mixed = (u64::from(a) << 32 | u64::from(b)).wrapping_mul(0x9E37_79B9_7F4A_7C15) ^ u64::from(c);
    let mixed = mixed.wrapping_mul(0xD6E8_FEB8_6659_FD93);
    // 64-bit targets and 32-bit ones use the same upper bits, so sizes and orders do not differ.
    (mixed >> 32) as usize
}
