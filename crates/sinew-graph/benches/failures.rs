//! All single failures of a stack against evaluating it again for every component, and against petgraph's dominators
//! with a fold (the easier question: alternatives only, vertices only), side by side in one run.
//!
//! `cargo bench -p sinew-graph --bench failures` measures 1k to 1M flows; numbers of flows as arguments measure those instead:
//! `cargo bench -p sinew-graph --bench failures -- 10000000`.

#![allow(clippy::print_stdout)]

use std::hint::black_box;
use std::time::{Duration, Instant};

use petgraph::Graph;
use petgraph::algo::dominators::simple_fast;
use petgraph::graph::NodeIndex;
use sinew_graph::and_or::AndOrGraph;
use sinew_graph::fixpoint::Derivation;
use sinew_graph::ix::IxSet;
use sinew_graph::single_failures::SingleFailures;
use sinew_graph::view::View;

mod stacks;

/// Bytes for the answer; enough for all sizes here.
const BUDGET: usize = 16 << 30;
/// Up to here every component is evaluated again, beyond it a sample, extrapolated.
const EXHAUSTIVE_FLOWS: usize = 20_000;
const SAMPLE: usize = 40;
/// From here on one run and a sample of three, for time's sake.
const HUGE_FLOWS: usize = 5_000_000;

fn main() {
    let mut sizes: Vec<usize> = std::env::args().skip(1).filter_map(|argument| argument.parse().ok()).collect();
    if sizes.is_empty() {
        sizes = vec![1_000, 2_000, 10_000, 20_000, 100_000, 1_000_000];
    }
    println!(
        "| flows | labels | facts | rules | lost pairs | all failures | CPU | memory | again (CPU) | ratio | dominators + fold | CPU | ratio | its search alone, ratio |"
    );
    println!("|---:|---:|---:|---:|---:|---:|---:|---:|---:|---:|---:|---:|---:|---:|");
    for flows in sizes {
        println!("{}", measured_row(flows));
    }
    println!(
        "\n`~`: at most {} components evaluated again and extrapolated. Ratios are of processor time (CPU).",
        SAMPLE + 1
    );
}

fn measured_row(flows: usize) -> String {
    let graph = stacks::stack(flows, 1);
    reset_peak_memory();
    // enough runs for the coarse clock of processor time
    let runs =
        u32::try_from(1_000_000 / flows).expect("a small number").clamp(if flows < HUGE_FLOWS { 3 } else { 1 }, 100);
    let (time, failures) = time_runs(runs, || SingleFailures::new(View::whole(&graph), BUDGET));
    let memory = peak_memory();
    let mut pairs = 0u64;
    failures.for_each(|_, lost| pairs += lost.len() as u64);
    let (again, mark) = time_again(&graph, flows, &failures);
    let [dominators, search] = time_dominators(&graph, runs);
    format!(
        "| {flows} | {} | {} | {} | {pairs} | {} | {} | {} | {mark}{} | {:.0} | {} | {} | {:.1} | {:.1} |",
        graph.label_count(),
        graph.fact_count(),
        graph.rule_count(),
        words(time.clock),
        words(time.processor),
        memory.map_or_else(|| "unknown".into(), |bytes| format!("{} MB", bytes >> 20)),
        words(again),
        again.as_secs_f64() / time.processor.as_secs_f64(),
        words(dominators.clock),
        words(dominators.processor),
        dominators.processor.as_secs_f64() / time.processor.as_secs_f64(),
        search.processor.as_secs_f64() / time.processor.as_secs_f64(),
    )
}

/// How long a run took: by the clock, the shortest; of the processor, the mean.
struct Times {
    clock: Duration,
    processor: Duration,
}

/// Times `runs` runs, and returns the last result.
fn time_runs<T>(runs: u32, mut run: impl FnMut() -> T) -> (Times, T) {
    let mut clock = Duration::MAX;
    let before = processor_time();
    let mut result = None;
    for _ in 0..runs {
        drop(result.take());
        let start = Instant::now();
        let value = black_box(run());
        clock = clock.min(start.elapsed());
        result = Some(value);
    }
    let processor = before.zip(processor_time()).map_or(clock, |(before, after)| (after - before) / runs);
    (Times { clock, processor }, result.expect("at least one run"))
}

/// Evaluates the stack again without each component, and holds the answers against those of `failures`. The evaluation
/// is the linear-time one, its indexes built once.
fn time_again(graph: &AndOrGraph, flows: usize, failures: &SingleFailures<'_>) -> (Duration, &'static str) {
    let derivation = Derivation::new(View::whole(graph));
    let sampled = match flows {
        HUGE_FLOWS.. => Some(3),
        _ => Some(SAMPLE).filter(|_| flows > EXHAUSTIVE_FLOWS),
    };
    let step = sampled.map_or(1, |sample| graph.label_count() / sample);
    let mut failed = IxSet::with_capacity(graph.label_count());
    let mut evaluated = 0;
    let (before, start) = (processor_time(), Instant::now());
    for label in graph.labels().step_by(step) {
        failed.insert(label);
        let left = black_box(derivation.least_fixpoint(&failed));
        evaluated += 1;
        failed.clear();
        let lost = failures.held().order().len() - left.order().len();
        assert_eq!(failures.lost(label).len(), lost, "facts lost with {label:?} of {flows} flows");
    }
    let spent = before.zip(processor_time()).map_or(start.elapsed(), |(before, after)| after - before);
    let all = spent.mul_f64(graph.label_count() as f64 / f64::from(evaluated));
    (all, if sampled.is_some() { "~" } else { "" })
}

/// Dominators of the graph in which each fact of a body is an alternative of its own, and how many facts each dominates:
/// from the same AND/OR graph from which all failures start, and once more with petgraph's graph built before the clock.
fn time_dominators(graph: &AndOrGraph, runs: u32) -> [Times; 2] {
    let whole = time_runs(runs, || sizes_below(&alternatives(graph), graph.fact_count())).0;
    let built = alternatives(graph);
    [whole, time_runs(runs, || sizes_below(&built, graph.fact_count())).0]
}

fn alternatives(graph: &AndOrGraph) -> Graph<(), ()> {
    let mut edges: Vec<(usize, usize)> = Vec::new();
    let root = graph.fact_count();
    for rule in graph.rules() {
        let head = graph.head(rule).at();
        match graph.body(rule) {
            [] => edges.push((root, head)),
            body => edges.extend(body.iter().map(|&fact| (fact.at(), head))),
        }
    }
    Graph::from_edges(edges.into_iter().map(|(from, to)| (NodeIndex::new(from), NodeIndex::new(to))))
}

/// How many facts each fact dominates; the root is the vertex behind the last fact.
fn sizes_below(alternatives: &Graph<(), ()>, root: usize) -> Vec<u32> {
    let dominators = simple_fast(alternatives, NodeIndex::new(root));
    let above = |vertex: usize| dominators.immediate_dominator(NodeIndex::new(vertex)).map(NodeIndex::index);
    let parents: Vec<Option<usize>> = (0..alternatives.node_count()).map(above).collect();
    fold(&parents)
}

/// How many vertices stand at or below each one of a forest: leaves first.
fn fold(parents: &[Option<usize>]) -> Vec<u32> {
    let mut waiting = vec![0u32; parents.len()];
    for &parent in parents.iter().flatten() {
        waiting[parent] += 1;
    }
    let mut sizes = vec![1u32; parents.len()];
    let mut ready: Vec<usize> = (0..parents.len()).filter(|&vertex| waiting[vertex] == 0).collect();
    while let Some(vertex) = ready.pop() {
        if let Some(parent) = parents[vertex] {
            sizes[parent] += sizes[vertex];
            waiting[parent] -= 1;
            if waiting[parent] == 0 {
                ready.push(parent);
            }
        }
    }
    sizes
}

fn words(time: Duration) -> String {
    let seconds = time.as_secs_f64();
    match seconds {
        3600.0.. => format!("{:.1} h", seconds / 3600.0),
        1.0.. => format!("{seconds:.2} s"),
        _ => format!("{:.2} ms", seconds * 1e3),
    }
}

/// Processor time that this thread has used, where the system tells: near what a quiet machine would take.
fn processor_time() -> Option<Duration> {
    let statistics = std::fs::read_to_string("/proc/thread-self/schedstat").ok()?;
    statistics.split(' ').next()?.parse().ok().map(Duration::from_nanos)
}

/// Begins a new measurement of the peak of resident memory, where the system can.
fn reset_peak_memory() {
    let _ = std::fs::write("/proc/self/clear_refs", "5");
}

/// The peak of resident memory in bytes, stack included, where the system tells.
fn peak_memory() -> Option<u64> {
    let status = std::fs::read_to_string("/proc/self/status").ok()?;
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"))?;
    Some(line.trim().strip_suffix("kB")?.trim().parse::<u64>().ok()? << 10)
}
