//! What a plan must hold: obligations, and the way to a stage. Held to all sets of items of small stacks, and to laws.

mod sets;
pub(super) mod small;

use sinew::analysis::stage::{Obstacle, RULES_IN_THE_WAY, Unreviewed, standing};
use sinew::plan::Budget;
use sinew::plan::candidates::CandidateIx;
use sinew::plan::reach::{Reached, Way};
use sinew::plan::settings::Stage;

use self::small::{Dice, small};
use super::*;
use crate::support::planned::Planned;

/// With the way to each higher stage.
fn with_ways() -> Options {
    Options { frontier: true, ..quick() }
}

/// What is said of one way is so, and the plan that is asked to reach it is that way.
fn check_way(stack: &Stack, plan: &Plan, way: &Way, options: &Options) {
    let analysis = Analysis::of(stack);
    if let Some(price) = way.price {
        assert!(price.net_value >= -0.01, "stage {} earns {}", way.stage, -price.net_value);
    }
    let asked = Options { reach: Some(Stage::Number(way.stage)), frontier: false, ..options.clone() };
    let reaching = Plan::of(&analysis, &asked).unwrap();
    assert!(reaching.net_value.0 <= reaching.plain.net_value + 0.01, "worth more with stage {}", way.stage);
    let target = Analysis::of(&reaching.target);
    let stage = standing(&target, &target.findings()).stage;
    match way.reached {
        Reached::Yes => {
            assert!(stage >= way.stage, "the target of stage {} is at {stage}", way.stage);
            let closes: BTreeSet<&str> = way.steps.iter().flat_map(|step| step.closes.iter().copied()).collect();
            let open = way.criteria.iter().map(|(id, _)| *id).filter(|id| !closes.contains(id));
            assert_eq!(open.collect::<Vec<_>>(), [] as [&str; 0], "each criterion is met with an item");
        }
        Reached::IfVerified => {
            let verifies = way.steps.iter().filter(|step| step.candidate.id.starts_with("verify:"));
            let in_plan = |step: &sinew::plan::reach::WayStep| reaching.find(&step.candidate.id).is_some();
            assert!(verifies.clone().count() > 0 && verifies.into_iter().all(in_plan));
        }
        Reached::No => assert_eq!(reaching.items.len(), plan.items.len()),
    }
}

/// Each obligation that the plan holds is answered in its target, or it finds out whether it can be.
fn check_obligations(stack: &Stack, plan: &Plan) {
    let after: BTreeSet<&str> = plan.after.findings.iter().map(|finding| finding.id.as_str()).collect();
    let held = &plan.obligations;
    for id in &held.held {
        let is_verified = held.only_verified.contains(id);
        assert!(is_verified || !after.contains(id.as_str()), "{id} still stands");
        let finds_out = plan.items.iter().any(|item| plan.candidate(item).id.starts_with("verify:"));
        assert!(!is_verified || finds_out, "{id} is not verified");
    }
    // First in order: nothing before the last of them but what they need.
    let is_one = |item: &&sinew::plan::PlanItem| held.items.contains(&item.candidate);
    let last = plan.items.iter().rposition(|item| is_one(&item));
    let before = plan.items.iter().take(last.unwrap_or(0));
    assert!(before.clone().all(|item| is_one(&item)), "obligations go first");
    // None that has a candidate is forgotten.
    let told: BTreeSet<&str> =
        held.held.iter().chain(held.left_out.iter().map(|one| &one.finding)).map(String::as_str).collect();
    for (at, gap) in plan.gaps.enumerate().filter(|(_, gap)| plan.settings.obligations.contains(&gap.rule)) {
        let serves = |one: &&Candidate| plan.answers[at].iter().any(|subject| one.does_all_of(*subject));
        let has_one = plan.candidates.all.iter().filter(serves).any(|one| is_buildable(&plan.candidates.all, one));
        // What does a part of it is no answer, where the rest has none.
        assert!(
            told.contains(gap.id.as_str()) || !has_one || after.contains(gap.id.as_str()),
            "{} is forgotten",
            gap.id
        );
    }
    let _ = stack;
}

#[test]
fn obligations_and_ways_of_all_examples_and_of_small_stacks_hold_what_they_claim() {
    let (mut held, mut reached) = (0, 0);
    let mut hold = |stack: &Stack, plan: &Plan| {
        check_obligations(stack, plan);
        held += plan.obligations.held.len();
        for way in &plan.ways {
            check_way(stack, plan, way, &with_ways());
            reached += usize::from(way.reached != Reached::No);
        }
        let next = plan.ways.first();
        let is_told =
            next.is_none_or(|way| way.reached != Reached::No || !way.unreachable.is_empty() || way.smallest.is_some());
        assert!(is_told, "the next stage is reached, or the plan says what is missing");
    };
    for name in EXAMPLES {
        let all = Planned::shared(&text_of(name));
        hold(all.analysis.stack, &all.plan);
    }
    let mut dice = Dice(11);
    for _ in 0..10 {
        let stack = stack_of("small.yaml", &small(&mut dice));
        hold(&stack, &planned(&stack, &with_ways()));
    }
    assert!(held > 5 && reached > 20, "{held} {reached}");
}

#[test]
fn more_money_is_never_worth_less_and_asking_for_what_is_in_changes_nothing() {
    let mut dice = Dice(5);
    let mut tried = 0;
    for _ in 0..14 {
        let stack = stack_of("small.yaml", &small(&mut dice));
        let analysis = Analysis::of(&stack);
        let with = |budget: f64, with: Vec<String>, reach: Option<Stage>| {
            let options = Options { budget: Some(budget), with, reach, ..quick() };
            Plan::of(&analysis, &options).unwrap()
        };
        let usual = planned(&stack, &with_ways());
        for reach in [None, Some(Stage::Next)] {
            let mut before = f64::NEG_INFINITY;
            for budget in [4_000.0, 9_000.0, 1e6] {
                let plan = with(budget, Vec::new(), reach);
                let is_whole = plan.obligations.left_out.is_empty();
                let is_there = reach.is_none() || plan.ways.iter().all(|way| way.reached == Reached::Yes);
                if !is_whole || !is_there {
                    continue;
                }
                assert!(plan.net_value.0 >= before - 0.01, "{} with more money, {before} before", plan.net_value.0);
                before = plan.net_value.0;
                if let Some(item) = plan.items.get(plan.items.len() / 2) {
                    tried += 1;
                    let again = with(budget, vec![plan.candidate(item).id.clone()], reach);
                    assert!((again.net_value.0 - plan.net_value.0).abs() < 0.01);
                }
            }
        }
        assert!(usual.obligations.left_out.is_empty() || usual.settings.horizon.0 < 52.0);
    }
    assert!(tried > 20, "{tried}");
}

/// Findings that must be answered, by measures of one to three days.
const MUST: &str = "sinew: 1
as_of: 2026-11-21
hourly_rate: 60
teams: { ops: {} }
data: { lead: { personal: true }, draft: { content: true } }
systems:
  crm: { kind: crm, owner: ops, makes: [lead] }
  a: { kind: ai-scoring, owner: ops }
  b: { kind: ai-scoring, owner: ops }
  writer: { kind: ai-content, owner: ops, makes: [draft] }
  site: { kind: cms, owner: ops, audience_facing: true }
flows:
  - { from: crm, to: a, data: lead, mechanism: api }
  - { from: crm, to: b, data: lead, mechanism: api }
  - { from: writer, to: site, data: draft, mechanism: api }
";

#[test]
fn what_does_not_fit_is_left_out_with_the_smallest_setting_that_would_do() {
    let held = |settings: &str| {
        let plan = planned(&stack_of("must.yaml", &format!("{MUST}plan: {{ {settings} }}\n")), &with_ways());
        (plan.obligations.held.len(), plan.obligations.left_out)
    };
    assert_eq!(held("budget: 100000"), (3, Vec::new()));
    // Three measures of three days: 9 days, at 480 a day 4,320; two of them 2,880.
    let (count, out) = held("budget: 4319");
    let smallest = out[0].smallest.unwrap();
    assert_eq!((count, out.len(), smallest.budget), (2, 1, Some(4_320.0)));
    assert_eq!((smallest.capacity, smallest.horizon), (None, None), "more people cost no less");
    assert_eq!(held("budget: 4320").0, 3);
    let (count, out) = held("capacity: 1d/week, horizon: 8w");
    let smallest = out[0].smallest.unwrap();
    assert_eq!((count, out.len()), (2, 1));
    assert_eq!((smallest.budget, smallest.capacity, smallest.horizon), (None, Some(1.2), Some(9.0)));
    assert_eq!(held("capacity: 1.1d/week, horizon: 8w").0, 2);
    assert_eq!(held("capacity: 1.2d/week, horizon: 8w").0, 3);
    // Money and time are short: each setting of time with the budget that it takes then.
    let (count, out) = held("budget: 4319, capacity: 1d/week, horizon: 8w");
    let smallest = out[0].smallest.unwrap();
    assert_eq!((count, out.len(), smallest.budget), (2, 1, None));
    assert_eq!((smallest.capacity, smallest.capacity_budget), (Some(1.2), Some(4_320.0)));
    assert_eq!((smallest.horizon, smallest.horizon_budget), (Some(9.0), Some(4_320.0)));
    assert_eq!(held("budget: 4320, capacity: 1.2d/week, horizon: 8w").0, 3);
    assert_eq!(held("budget: 4320, capacity: 1d/week, horizon: 9w").0, 3);
    assert_eq!((held("capacity: 1d/week, horizon: 62d").0, held("capacity: 1d/week, horizon: 9w").0), (2, 3));
    assert_eq!(held("obligations: []").0, 0);
    assert_eq!(held("obligations: [unreviewed-content]").0, 1);
}

/// Where nothing may be tried, what was made for a finding counts as its answer.
#[test]
fn without_trials_an_obligation_is_held_by_what_is_for_it() {
    let stack = stack_of("must.yaml", MUST);
    let budget = Budget { reach: 0, ..Budget::of(&stack) };
    let plan = Plan::within(&Analysis::of(&stack), &quick(), &budget).unwrap();
    assert_eq!(plan.obligations.held.len(), 3, "{:?}", plan.obligations);
    let built: BTreeSet<&str> = plan.items.iter().map(|item| plan.candidate(item).id.as_str()).collect();
    let whole = planned(&stack, &quick());
    assert_eq!(built, whole.items.iter().map(|item| whole.candidate(item).id.as_str()).collect());
    assert_eq!(built.len(), 3);
}

#[test]
fn a_stage_that_does_not_fit_says_the_smallest_setting_that_would_do() {
    let way = |settings: &str| {
        let options = Options { reach: Some(Stage::Number(2)), ..with_ways() };
        let plan =
            planned(&stack_of("must.yaml", &format!("{MUST}plan: {{ obligations: [], {settings} }}\n")), &options);
        plan.ways.into_iter().find(|way| way.stage == 2).unwrap()
    };
    // The policy takes four days.
    let reached = way("budget: 100000");
    assert_eq!((reached.reached, reached.price.unwrap().days), (Reached::Yes, 4.0));
    let short = way("capacity: 1d/week, horizon: 3w");
    assert_eq!(short.reached, Reached::No);
    let smallest = short.smallest.unwrap();
    assert_eq!((smallest.capacity, smallest.horizon), (Some(1.4), Some(4.0)));
    assert_eq!(way("capacity: 1d/week, horizon: 4w").reached, Reached::Yes);
    let slow = way("capacity: 0.1d/week, horizon: 3w").smallest.unwrap();
    assert_eq!((slow.capacity, slow.horizon), (Some(1.4), Some(40.0)));
    assert_eq!(way("budget: 1919").smallest.unwrap().budget, Some(1_920.0));
    let smallest = way("budget: 1919, capacity: 1d/week, horizon: 3w").smallest.unwrap();
    assert_eq!((smallest.budget, smallest.capacity, smallest.horizon), (None, Some(1.4), Some(4.0)));
    assert_eq!((smallest.capacity_budget, smallest.horizon_budget), (Some(1_920.0), Some(1_920.0)));
    for enough in ["budget: 1920, capacity: 1.4d/week, horizon: 3w", "budget: 1920, capacity: 1d/week, horizon: 4w"] {
        assert_eq!(way(enough).reached, Reached::Yes, "{enough}");
    }
}

#[test]
fn what_nothing_meets_says_what_is_missing_three_times_and_counts_the_rest() {
    let systems = (1..=6).map(|at| format!("  s{at}: {{ kind: other, interfaces: [] }}\n")).collect::<String>();
    let flow =
        |at| format!("  - {{ id: f{at}, from: t, to: s{at}, data: draft, mechanism: copy-paste, performer: ops }}\n");
    let text = format!(
        "sinew: 1
teams: {{ ops: {{ people: 3 }} }}
data: {{ draft: {{}} }}
systems:
  t: {{ kind: ai-content, interfaces: [], makes: [draft] }}
{systems}flows:
{}",
        (1..=6).map(flow).collect::<String>()
    );
    let plan = planned(&stack_of("missing.yaml", &text), &with_ways());
    let mut unreachable = plan.ways.iter().flat_map(|way| &way.unreachable);
    let (_, missing) = unreachable.find(|(id, _)| *id == "no-handoff-of-ai-output").expect("nothing meets it");
    assert_eq!(missing.len(), 4, "{missing:?}");
    for (at, words) in (1..).zip(&missing[..3]) {
        let why = words.strip_prefix(&format!("f{at} carries draft: ")).unwrap_or_else(|| panic!("{missing:?}"));
        assert!(why.contains("no interface"), "{missing:?}");
    }
    assert_eq!(missing[3], "and 3 more of the kind");
}

#[test]
fn of_a_tool_that_nothing_joins_and_nobody_owns_the_way_says_what_to_add() {
    let text =
        "sinew: 1\ndata: { draft: {} }\nsystems: { t: { kind: ai-content, makes: [draft] }, cms: { kind: cms } }\n";
    let plan = planned(&stack_of("silo.yaml", text), &with_ways());
    let missing = |criterion: &str| {
        let mut unreachable = plan.ways.iter().flat_map(|way| &way.unreachable);
        unreachable.find(|(id, _)| *id == criterion).map(|(_, missing)| missing.join(" / "))
    };
    let joined =
        "nothing says what t should be connected to: add the flow by which people use it, or one of `status: planned`";
    assert_eq!(missing("no-ai-silo").as_deref(), Some(joined));
    let owned = "the file names no team that could: add it under `teams`";
    assert_eq!(missing("owned-ai-tool").as_deref(), Some(owned));
}

#[test]
fn what_is_not_verified_is_verified_first() {
    // Nothing is known of how the score gets out of the scorer, and routing waits for it.
    let text = "sinew: 1
hourly_rate: 60
data: { score: {} }
systems:
  scorer: { kind: ai-scoring, makes: [score] }
  crm: { kind: crm, interfaces: [rest] }
flows: [{ id: later, from: scorer, to: crm, data: score, mechanism: api, status: planned }]
processes: { routing: { needs: [{ data: score, at: crm }] } }
";
    let plan = planned(&stack_of("verify.yaml", text), &with_ways());
    let ids: Vec<&str> = plan.items.iter().map(|item| plan.candidate(item).id.as_str()).collect();
    assert_eq!(plan.obligations.held, ["unsupplied-need:routing"], "{ids:?}");
    let is_verified =
        plan.obligations.only_verified.len() == 1 && ids.first().is_some_and(|id| id.starts_with("verify:"));
    let is_built = plan.obligations.only_verified.is_empty() && !ids.is_empty();
    assert!(is_verified || is_built, "{ids:?}");
}

#[test]
fn the_enterprise_reaches_stage_4_and_says_by_when_and_at_what_price() {
    let stack = example("stage-3-marketo-enterprise");
    let plan = planned(&stack, &Options { reach: Some(Stage::Next), ..with_ways() });
    let way = plan.ways.iter().find(|way| way.stage == 4).unwrap();
    assert_eq!((way.reached, plan.after.standing.stage), (Reached::Yes, 4));
    assert_eq!(way.steps.len(), plan.items.len());
    assert!(way.price.unwrap().net_value > 0.0 && way.gap == 0.0);
}

/// What is in the way of criteria after some candidates are built.
struct InTheWay {
    stage: u8,
    things: BTreeSet<(u8, &'static str, Obstacle)>,
    unreviewed: Unreviewed,
}

impl InTheWay {
    fn after(analysis: &Analysis<'_>, plan: &Plan, set: &BTreeSet<CandidateIx>) -> Self {
        let site = Site::of(analysis, &plan.links);
        let built: Vec<&Candidate> = set.iter().map(|ix| &plan.candidates[*ix]).collect();
        let target = site.build(&built).stack;
        let target = Analysis::of(&target);
        let standing = standing(&target, &target.findings());
        let things = standing.criteria.iter().filter(|one| one.holds_back());
        let things = things.flat_map(|one| one.obstacles.iter().map(|what| (one.asked_by(), one.id, what.clone())));
        Self { stage: standing.stage, things: things.collect(), unreviewed: Unreviewed::of(&target) }
    }

    fn has(&self, thing: &(u8, &'static str, Obstacle)) -> bool {
        match &thing.2 {
            Obstacle::Named(_) => self.things.contains(thing),
            Obstacle::Way { tool, steps } => self.unreviewed.has(tool, steps, true),
        }
    }
}

/// The lemma on which the way to a stage rests: what is in the way after few items and after many is in the way after all sets
/// between; and a stage is reached where nothing is in the way of what it asks for.
#[test]
fn what_is_in_the_way_is_opened_and_closed_by_items_one_by_one() {
    let mut dice = Dice(3);
    let some: Vec<Stack> = (0..12).map(|_| stack_of("small.yaml", &small(&mut dice))).collect();
    let examples = ["tiny", "two-models", "stage-3-marketo-enterprise"].into_iter().map(example);
    let (mut kept, mut opened) = (0, 0);
    for stack in some.into_iter().chain(examples) {
        let analysis = Analysis::of(&stack);
        let plan = Plan::of(&analysis, &quick()).unwrap();
        let all = &plan.candidates.all;
        let buildable: Vec<usize> = (0..all.len()).filter(|at| is_buildable(all, &all[*at])).collect();
        let with_needs = |set: &BTreeSet<CandidateIx>| -> BTreeSet<CandidateIx> {
            let needs = set.iter().flat_map(|ix| &plan.candidates[*ix].needs);
            let needs = needs.filter_map(|id| all.iter().position(|one| one.id == *id)).map(CandidateIx::new);
            needs.chain(set.iter().copied()).collect()
        };
        let today = InTheWay::after(&analysis, &plan, &BTreeSet::new());
        for _ in 0..4 {
            // Three sets, each within the next.
            let mut sets = [BTreeSet::new(), BTreeSet::new(), BTreeSet::new()];
            for at in &buildable {
                let from = dice.below(5) as usize;
                sets.iter_mut().skip(from).for_each(|set| {
                    set.insert(CandidateIx::new(*at));
                });
            }
            let [few, some, many] = sets.map(|set| InTheWay::after(&analysis, &plan, &with_needs(&with_needs(&set))));
            for thing in few.things.iter().filter(|thing| many.has(thing)) {
                kept += 1;
                opened += usize::from(!today.has(thing));
                assert!(some.has(thing), "{thing:?} goes and comes back: {:?}", stack.name);
            }
            for state in [&few, &some, &many] {
                for stage in 2..=5 {
                    let is_open = state.things.iter().all(|(asked_by, ..)| *asked_by > stage);
                    assert_eq!(is_open, state.stage >= stage, "stage {stage}: {:?}", state.things);
                }
            }
        }
    }
    assert!(kept > 100 && opened > 0, "{kept} {opened}");
}
