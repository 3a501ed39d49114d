//! An AND/OR graph with labeled components: which facts can be derived, by which rules, through what that may fail.
//!
//! A *fact* holds iff every label of its place is up and at least one of its rules fires. A *rule* fires iff every
//! fact of its body holds and every label of its own is up; a rule with an empty body is an origin. What holds is the
//! least fixpoint, so facts that only support each other do not hold. The same structure is known as a directed
//! hypergraph, a propositional Horn theory, or a coherent fault tree with loops.

use super::ix::{IxVec, first, index_types};
use super::rows::Rows;

index_types! {
    /// A fact: what holds or does not.
    pub struct FactIx;
    /// A rule: one way to derive a fact.
    pub struct RuleIx;
    /// A label: a component that can fail.
    pub struct LabelIx;
    /// A place: where facts are, and what all facts there need up.
    pub struct PlaceIx;
}

/// Facts, rules, places and labels, numbered from 0 each in the order in which they were added.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct AndOrGraph {
    label_count: usize,
    place_labels: Rows<PlaceIx, LabelIx>,
    fact_place: IxVec<FactIx, PlaceIx>,
    rule_head: IxVec<RuleIx, FactIx>,
    rule_body: Rows<RuleIx, FactIx>,
    rule_labels: Rows<RuleIx, LabelIx>,
}

impl AndOrGraph {
    /// An empty graph over `label_count` labels, which is all it will have.
    #[must_use]
    pub fn new(label_count: usize) -> Self {
        Self { label_count, ..Self::default() }
    }

    /// Adds a place whose facts need all of `labels` up.
    ///
    /// # Panics
    /// When a method that evaluates the graph meets a label that it does not have. The same holds for every number
    /// given to a method that adds something; facts may be named in a rule before they are added.
    pub fn add_place(&mut self, labels: impl IntoIterator<Item = LabelIx>) -> PlaceIx {
        self.place_labels.push(labels)
    }

    /// Adds a fact at `place`.
    pub fn add_fact(&mut self, place: PlaceIx) -> FactIx {
        self.fact_place.push(place)
    }

    /// Adds a rule that derives `head` from all of `body` while all of `labels` are up.
    pub fn add_rule(
        &mut self,
        head: FactIx,
        body: impl IntoIterator<Item = FactIx>,
        labels: impl IntoIterator<Item = LabelIx>,
    ) -> RuleIx {
        self.rule_head.push(head);
        self.rule_body.push(body);
        self.rule_labels.push(labels)
    }

    /// How many labels there are.
    #[must_use]
    pub fn label_count(&self) -> usize {
        self.label_count
    }

    /// How many places there are.
    #[must_use]
    pub fn place_count(&self) -> usize {
        self.place_labels.len()
    }

    /// How many facts there are.
    #[must_use]
    pub fn fact_count(&self) -> usize {
        self.fact_place.len()
    }

    /// How many rules there are.
    #[must_use]
    pub fn rule_count(&self) -> usize {
        self.rule_head.len()
    }

    /// All labels of the graph, ascending by index.
    pub fn labels(&self) -> impl DoubleEndedIterator<Item = LabelIx> + ExactSizeIterator + Clone + use<> {
        first(self.label_count)
    }

    /// All places of the graph, ascending by index.
    pub fn places(&self) -> impl DoubleEndedIterator<Item = PlaceIx> + ExactSizeIterator + Clone + use<> {
        self.place_labels.keys()
    }

    /// All facts of the graph, ascending by index.
    pub fn facts(&self) -> impl DoubleEndedIterator<Item = FactIx> + ExactSizeIterator + Clone + use<> {
        self.fact_place.keys()
    }

    /// All rules of the graph, ascending by index.
    pub fn rules(&self) -> impl DoubleEndedIterator<Item = RuleIx> + ExactSizeIterator + Clone + use<> {
        self.rule_head.keys()
    }

    /// The labels that every fact at `place` needs up, in the order in which they were given.
    #[must_use]
    #[inline]
    pub fn place_labels(&self, place: PlaceIx) -> &[LabelIx] {
        self.place_labels.row(place)
    }

    /// The place that has to be up for `fact` to hold.
    #[must_use]
    #[inline]
    pub fn place(&self, fact: FactIx) -> PlaceIx {
        self.fact_place[fact]
    }

    /// The fact that `rule` derives.
    #[must_use]
    #[inline]
    pub fn head(&self, rule: RuleIx) -> FactIx {
        self.rule_head[rule]
    }

    /// The facts that `rule` needs, all of them.
    #[must_use]
    #[inline]
    pub fn body(&self, rule: RuleIx) -> &[FactIx] {
        self.rule_body.row(rule)
    }

    /// The labels that `rule` needs up, beside those of its facts.
    #[must_use]
    #[inline]
    pub fn rule_labels(&self, rule: RuleIx) -> &[LabelIx] {
        self.rule_labels.row(rule)
    }

    /// How many facts all bodies name together.
    pub(crate) fn body_count(&self) -> usize {
        self.rule_body.item_count()
    }

    /// The labels of each place, ascending, each once.
    pub(crate) fn sorted_place_labels(&self) -> Rows<PlaceIx, LabelIx> {
        self.place_labels.sorted()
    }

    /// The facts of each place, ascending.
    pub(crate) fn facts_by_place(&self) -> Rows<PlaceIx, FactIx> {
        Rows::group(self.place_count(), || self.fact_place.enumerate().map(|(fact, &place)| (place, fact)))
    }

    /// The places of each label, ascending.
    pub(crate) fn places_by_label(&self) -> Rows<LabelIx, PlaceIx> {
        self.place_labels.transpose(self.label_count)
    }

    /// The rules of each label, ascending.
    pub(crate) fn rules_by_label(&self) -> Rows<LabelIx, RuleIx> {
        self.rule_labels.transpose(self.label_count)
    }

    /// The rules that derive each fact, ascending.
    pub(crate) fn rules_by_head(&self) -> Rows<FactIx, RuleIx> {
        Rows::group(self.fact_count(), || self.rule_head.enumerate().map(|(rule, &head)| (head, rule)))
    }

    /// The rules whose body names each fact, ascending.
    pub(crate) fn rules_by_need(&self) -> Rows<FactIx, RuleIx> {
        self.rule_body.transpose(self.fact_count())
    }

    /// The same without any rule.
    pub(crate) fn without_rules(&self) -> Self {
        Self {
            label_count: self.label_count,
            place_labels: self.place_labels.clone(),
            fact_place: self.fact_place.clone(),
            ..Self::default()
        }
    }
}
