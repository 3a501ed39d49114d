//! An AND/OR graph with labelled components: which facts can be derived, by which rules, through what that may fail.
//!
//! A *fact* holds iff every label of its place is up and at least one of its rules fires. A *rule* fires iff every
//! fact of its body holds and every label of its own is up; a rule with an empty body is an origin. What holds is the
//! least fixpoint, so facts that only support each other do not hold. The same structure is known as a directed
//! hypergraph, a propositional Horn theory, or a coherent fault tree with loops.

/// Rows of `u32` in one allocation: row `i` is `items[offsets[i]..offsets[i + 1]]` (compressed sparse rows).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Rows {
    offsets: Vec<u32>,
    items: Vec<u32>,
}

impl Default for Rows {
    fn default() -> Self {
        Self { offsets: vec![0], items: Vec::new() }
    }
}

impl Rows {
    /// Appends one row and returns its number.
    ///
    /// # Panics
    /// Where the rows together would hold 2^32 items or more.
    pub fn push(&mut self, row: impl IntoIterator<Item = u32>) -> u32 {
        self.items.extend(row);
        let end = u32::try_from(self.items.len()).expect("fewer than 2^32 items in all rows");
        self.offsets.push(end);
        self.len() - 1
    }

    /// How many rows there are.
    #[must_use]
    pub fn len(&self) -> u32 {
        u32::try_from(self.offsets.len() - 1).expect("fewer than 2^32 rows")
    }

    /// Whether there is no row.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.offsets.len() == 1
    }

    /// The items of row `row`.
    #[must_use]
    pub fn row(&self, row: u32) -> &[u32] {
        &self.items[self.offsets[row as usize] as usize..self.offsets[row as usize + 1] as usize]
    }

    /// How many items all rows hold together.
    #[must_use]
    pub fn item_count(&self) -> usize {
        self.items.len()
    }

    /// The transpose: row `c` lists, ascending, the rows that hold `c` (as often as they hold it), for all `c` below
    /// `columns`. Linear in the items (counting sort).
    ///
    /// # Panics
    /// Where an item is not below `columns`.
    #[must_use]
    pub fn transpose(&self, columns: u32) -> Self {
        Self::group(columns, || (0..self.len()).flat_map(|row| self.row(row).iter().map(move |&item| (item, row))))
    }

    /// Sorts the items of each row.
    pub(crate) fn sort_rows(&mut self) {
        for ends in self.offsets.windows(2) {
            self.items[ends[0] as usize..ends[1] as usize].sort_unstable();
        }
    }

    /// Rows from (row, item) pairs: `pairs` is called twice, must give the same pairs both times, and each row keeps
    /// their order.
    pub(crate) fn group<I: Iterator<Item = (u32, u32)>>(rows: u32, pairs: impl Fn() -> I) -> Self {
        let mut offsets = vec![0u32; rows as usize + 1];
        let mut total = 0u64;
        for (row, _) in pairs() {
            offsets[row as usize] += 1;
            total += 1;
        }
        assert!(u32::try_from(total).is_ok(), "fewer than 2^32 items in all rows");
        let mut start = 0;
        for offset in &mut offsets {
            start += std::mem::replace(offset, start);
        }
        let mut items = vec![0u32; total as usize];
        for (row, item) in pairs() {
            let next = &mut offsets[row as usize];
            items[*next as usize] = item;
            *next += 1;
        }
        // each offset now stands at its row's end: shift by one to make them starts again
        offsets.copy_within(0..rows as usize, 1);
        offsets[0] = 0;
        Self { offsets, items }
    }
}

/// Facts, rules and labels, numbered from 0 each; immutable once built.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct AndOrGraph {
    /// How many labels (components that can fail) there are.
    pub label_count: u32,
    /// Labels of each place: everything that must be up for any fact there to hold.
    pub place_labels: Rows,
    /// The place of each fact; its length is the number of facts.
    pub fact_place: Vec<u32>,
    /// The fact that each rule derives; its length is the number of rules.
    pub rule_head: Vec<u32>,
    /// The facts that each rule needs, all of them.
    pub rule_body: Rows,
    /// The labels that each rule needs up, beside those of its facts.
    pub rule_labels: Rows,
}

impl AndOrGraph {
    /// An empty graph over `label_count` labels.
    #[must_use]
    pub fn new(label_count: u32) -> Self {
        Self { label_count, ..Self::default() }
    }

    /// Adds a place whose facts need all of `labels` up; returns its number.
    pub fn add_place(&mut self, labels: impl IntoIterator<Item = u32>) -> u32 {
        self.place_labels.push(labels)
    }

    /// Adds a fact at `place`; returns its number.
    pub fn add_fact(&mut self, place: u32) -> u32 {
        self.fact_place.push(place);
        u32::try_from(self.fact_place.len() - 1).expect("fewer than 2^32 facts")
    }

    /// Adds a rule that derives `head` from all of `body` while all of `labels` are up; returns its number.
    pub fn add_rule(
        &mut self,
        head: u32,
        body: impl IntoIterator<Item = u32>,
        labels: impl IntoIterator<Item = u32>,
    ) -> u32 {
        self.rule_head.push(head);
        self.rule_body.push(body);
        self.rule_labels.push(labels)
    }

    /// How many facts there are.
    #[must_use]
    pub fn fact_count(&self) -> u32 {
        u32::try_from(self.fact_place.len()).expect("fewer than 2^32 facts")
    }

    /// How many rules there are.
    #[must_use]
    pub fn rule_count(&self) -> u32 {
        self.rule_body.len()
    }
}
