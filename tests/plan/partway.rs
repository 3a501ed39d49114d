//! The stack after each wave of a plan.

use sinew::analysis::Analysis;
use sinew::ask::{View, picture};
use sinew::model::write::write;
use sinew::model::{Duration, TimeUnit};
use sinew::plan::building::Trace;
use sinew::plan::{Options, Plan};
use sinew::report::views;
use sinew_draw::Style;

use crate::support::golden::listed;
use crate::support::planned::Planned;

/// The items that a trace names.
fn items(trace: &Trace) -> Vec<&String> {
    match trace {
        Trace::Built(item) | Trace::Changed(item) => vec![item],
        Trace::Replaced(items) | Trace::Relieved(items) | Trace::SplitOff(items) => items.iter().collect(),
    }
}

#[test]
fn each_wave_has_its_items_and_the_last_one_is_the_target() {
    let (mut parts, mut prefixes) = (0, 0);
    for path in listed("examples/stacks", "yaml") {
        let planned = Planned::shared(&std::fs::read_to_string(&path).unwrap());
        let analysis = &planned.analysis;
        // Short waves, so that there are several.
        let weeks = Duration { amount: 3.0, unit: TimeUnit::Week };
        let options = Options { wave: Some(weeks), samples: 0, frontier: false, ..Options::default() };
        let plan = &Plan::of(analysis, &options).unwrap();
        let last = plan.last_wave();
        assert_eq!(last, plan.items.iter().map(|item| item.wave).max().unwrap_or(0), "{}", path.display());
        for wave in 1..=last {
            let then = plan.after_wave(analysis, wave);
            let (done, left): (Vec<_>, Vec<_>) = plan.items.iter().partition(|item| item.wave <= wave);
            let id = |item: &&sinew::plan::PlanItem| plan.candidate(item).id.clone();
            let done_ids: Vec<String> = done.iter().map(id).collect();
            for (flow, trace) in &then.traces {
                assert!(items(trace).iter().all(|item| done_ids.contains(item)), "{}: {flow}", path.display());
            }
            // What is built by then is drawn as new, and nothing else.
            let drawn = views::after_wave(analysis, plan, wave);
            let is_built = |id: &str| matches!(then.traces.get(id), Some(Trace::Built(_) | Trace::Changed(_)));
            for edge in drawn.edges.iter().filter(|edge| edge.style != Style::DependsOn) {
                assert_eq!(edge.style == Style::New, is_built(&edge.id), "{}: {}", path.display(), edge.id);
            }
            if left.is_empty() {
                assert_eq!(write(&then.stack), write(&plan.target), "{}", path.display());
                assert_eq!(then.traces, plan.traces, "{}", path.display());
                continue;
            }
            assert_ne!(write(&then.stack), write(&plan.target), "{}", path.display());
            parts += 1;
            // Where the first items of the order are done, and no others, they bring what their steps bring.
            let is_prefix = plan.items.iter().zip(&done).all(|(a, b)| a.item == b.item);
            let cost = |of: &Analysis<'_>| of.handoffs().total.cost.map(|cost| cost.likely.0);
            if let Some((before, after)) = cost(analysis).zip(cost(&Analysis::of(&then.stack))).filter(|_| is_prefix) {
                let steps: f64 = done.iter().map(|item| item.change.handoffs).sum();
                assert!((before - after - steps).abs() < 1e-6 * before.max(1.0), "{}: wave {wave}", path.display());
                prefixes += 1;
            }
        }
        let last = planned.plan.last_wave();
        let beyond = picture(analysis, View::Target, &[], Some(last + 1)).unwrap_err().to_string();
        let told = match last {
            0 => "error: the plan builds nothing, so it has no waves\n".to_owned(),
            1 => "error: there is no wave 2; the plan has only wave `1`\n".to_owned(),
            last => format!("error: there is no wave {}; the plan has waves `1` to `{last}`\n", last + 1),
        };
        assert_eq!(beyond, told);
    }
    assert!(parts >= 12 && prefixes >= 8, "{parts} parts, {prefixes} of them the first items");
}
