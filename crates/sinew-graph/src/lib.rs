//! AND/OR graphs: what holds, what fails with what, and how likely.
//!
//! An [`AndOrGraph`](and_or::AndOrGraph) says how things come about. Its *facts* are what may hold, its *rules* are the
//! ways to derive them: a rule needs all facts of its body (AND), and a fact needs any one of its rules (OR). *Labels* are
//! the components that can fail; they stand at rules, and at the *places* of facts. The graph may have loops: what holds
//! is the least fixpoint, so facts that only support each other do not.
//!
//! The numbers of facts, rules, labels and places are types of their own ([`ix`]), so they cannot be mixed up. Questions:
//!
//! | question | answer |
//! |---|---|
//! | what holds while some labels are down, and by which proof | [`Derivation`](fixpoint::Derivation), [`Fixpoint`](fixpoint::Fixpoint) |
//! | what does each label take down alone | [`SingleFailures`](single_failures::SingleFailures) |
//! | why is a fact lost | [`Losses`](reasons::Losses) |
//! | which sets of labels take a goal down | [`Goals`](cut_sets::Goals) by search, [`AllCutSets`](all_cut_sets::AllCutSets) by decision diagram |
//! | which labels make a difference to a goal at all | [`Relevance`](relevance::Relevance) |
//! | how likely does a goal hold, and what matters most | [`availability`](availability::availability) |
//! | its failure as a tree of gates, for other tools | [`FaultTree`](fault_tree::FaultTree) |
//! | how soon can a fact hold, where rules take time | [`earliest`](fastest::earliest) |
//! | the same with only some of the rules | [`View`](view::View) |
//!
//! Beside them stand plain directed and undirected graphs: [`multigraph`], [`shortest`], [`chains`], [`structure`].
//! petgraph serves in two places: its `DiGraph` with `kosaraju_scc` orders the facts of a decision diagram by strongly
//! connected component, and its `DiGraph` with `Dfs` is what a [`Multigraph`](multigraph::Multigraph) is made of.
//!
//! Two servers behind one load balancer:
//!
//! ```
//! use sinew_graph::and_or::{AndOrGraph, LabelIx};
//! use sinew_graph::cut_sets::{CutSetLimits, Goals};
//! use sinew_graph::single_failures::{DEFAULT_BUDGET, SingleFailures};
//! use sinew_graph::view::View;
//!
//! let [balancer, first, second] = [0, 1, 2].map(LabelIx::new);
//! let mut graph = AndOrGraph::new(3);
//! let edge = graph.add_place([balancer]);
//! let inside = graph.add_place([]);
//! let [data, site] = [graph.add_fact(inside), graph.add_fact(edge)];
//! graph.add_rule(data, [], []);
//! graph.add_rule(site, [data], [first]);
//! graph.add_rule(site, [data], [second]);
//!
//! let failures = SingleFailures::new(View::whole(&graph), DEFAULT_BUDGET);
//! assert_eq!(*failures.lost(balancer), [site]);
//! assert!(failures.lost(first).is_empty());
//!
//! let found = Goals::of(&graph).minimal_cut_sets(site, &CutSetLimits::default());
//! assert_eq!(found.sets, [vec![balancer], vec![first, second]]);
//! ```
//!
//! Same input, same answer: every list is sorted by a stated key, and no method recurses, so depth costs no stack.

pub mod all_cut_sets;
pub mod and_or;
pub mod availability;
mod bdd;
mod bounds;
pub mod chains;
pub mod cut_sets;
pub mod fastest;
pub mod fault_tree;
pub mod fixpoint;
mod focus;
pub mod ix;
mod label_orders;
mod landmarks;
mod lanes;
mod marginals;
mod minimal_solutions;
pub mod multigraph;
mod outage_function;
pub mod reasons;
mod rederive;
mod region;
pub mod relevance;
mod rows;
pub mod shortest;
mod simplify;
pub mod single_failures;
pub mod structure;
mod supplies;
pub mod view;
