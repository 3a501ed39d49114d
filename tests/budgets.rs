//! Every search that could take for ever has a budget, and says so where it ends early. Never by the clock: each is given
//! a budget that is too small, and its answer has to hold all the same.

use std::sync::LazyLock;

use sinew::analysis::resilience::Budget as Looking;
use sinew::analysis::{Analysis, Handoffs, MOST_CHAINS};
use sinew::model::{Stack, read};
use sinew::plan::reach::Reached;
use sinew::plan::{Budget, Options, Plan};
use sinew::report::document::markdown;
use sinew::report::facts::plan::Plan as Told;
use sinew::report::facts::process;
use sinew::report::tables;
use sinew::report::{Medium, Report, told};
use sinew::source::Source;

use crate::support::shapes::{CHAINS, DENSE, named};

fn stack_of(text: &str) -> Stack {
    let source = Source::new("stack.yaml", text.to_owned());
    let reading = read(&source);
    reading.stack.unwrap_or_else(|| panic!("{}", sinew::source::render(&source, &reading.problems, false)))
}

fn messy() -> Stack {
    stack_of(include_str!("../examples/stacks/messy-45.yaml"))
}

/// Its plan within the usual budget, made once.
static WHOLE: LazyLock<Plan> = LazyLock::new(|| {
    let stack = messy();
    within(&stack, Budget::of(&stack), 5)
});

fn within(stack: &Stack, budget: Budget, samples: usize) -> Plan {
    Plan::within(&Analysis::of(stack), &Options { samples, frontier: false, ..Options::default() }, &budget).unwrap()
}

/// Enough for small stacks in little time.
fn small(stack: &Stack) -> Budget {
    Budget { reach: 40, reach_order: 10_000_000, order: 20_000_000, samples: 10_000_000, ..Budget::of(stack) }
}

/// What the plan says it takes for granted under this key.
fn said(plan: &Plan, key: &str) -> Option<String> {
    plan.assumptions.iter().find(|one| one.key == key)?.words.clone()
}

#[test]
fn an_order_without_a_proof_says_what_is_possible_at_most() {
    let stack = messy();
    let whole = &*WHOLE;
    assert!(whole.solution.proved && whole.solution.gap() == 0.0);
    // What the way to a stage finds is remembered.
    let hasty = within(&stack, Budget { order: 0, reach_order: 0, ..Budget::of(&stack) }, 0);
    // The bound holds whatever was looked at.
    assert!(hasty.solution.bound.0 >= whole.net_value.0 - 0.01, "{:?}", hasty.solution.bound);
    assert!(hasty.net_value.0 <= whole.net_value.0 + 0.01);
    assert!(!hasty.solution.proved && hasty.solution.gap() > 0.0, "{}", hasty.solution.gap());
    let analysis = Analysis::of(&stack);
    let source = Source::new("stack.yaml", String::new());
    let report = Report::of(&analysis, &analysis.findings(), &source);
    let text = |plan: &Plan| {
        let told_plan = Told::of(&stack, plan, &Options { samples: 0, ..Options::default() });
        markdown(&told(&report.clone().with_plan(told_plan), Medium::Document))
    };
    assert!(text(&hasty).contains("more is possible"), "the gap is told");
    assert!(!text(whole).contains("more is possible"));
}

#[test]
fn a_plan_says_what_it_did_not_look_at() {
    let stack = messy();
    for key in ["candidates", "single points", "fallbacks", "simulations", "ranges"] {
        assert_eq!(said(&WHOLE, key), None, "nothing was left out");
    }
    let few = within(&stack, Budget { links: 3, ..Budget::of(&stack) }, 0);
    assert_eq!(few.links.len(), 3);
    assert!(said(&few, "candidates").is_some_and(|words| words.starts_with("only the most expensive")));
    let few = within(&stack, Budget { points: 1, ..Budget::of(&stack) }, 0);
    assert_eq!(few.points.len(), 1);
    assert!(said(&few, "single points").is_some_and(|words| words.starts_with("only the single points")));
    let few = within(&stack, Budget { processes: 1, ..Budget::of(&stack) }, 0);
    let why = few.candidates.missing.iter().flat_map(|missing| &missing.why);
    assert!(why.filter(|why| why.ends_with("not all of them were looked at")).count() > 0);
    // Several standby ways cover several failures, each of which has to be tried.
    let stack = stack_of(&named("chain of products").unwrap()(40));
    assert_eq!(said(&within(&stack, small(&stack), 0), "fallbacks"), None);
    let few = within(&stack, Budget { trials: 1, ..small(&stack) }, 0);
    assert!(said(&few, "fallbacks").is_some_and(|words| words.contains("not tried for all")));
}

#[test]
fn simulations_end_with_their_budget_and_their_number_is_told() {
    let stack = messy();
    let few = within(&stack, Budget { samples: 1, ..Budget::of(&stack) }, 50);
    let found = few.uncertainty.as_ref().unwrap();
    assert_eq!(found.samples, 1);
    assert_eq!(said(&few, "simulations").unwrap().split(':').next(), Some("1 simulations of 50 were drawn"));
    let none = within(&stack, Budget { ends: 1, ..Budget::of(&stack) }, 5);
    let found = none.uncertainty.as_ref().unwrap();
    assert!(found.tornado.is_empty() && found.unmoved == none.ranges.len() && found.unmoved > 0);
    assert!(said(&none, "ranges").is_some());
    // Some of them: those that move most.
    let all = WHOLE.uncertainty.as_ref().unwrap();
    let widest = all.tornado[0].assumption;
    let some = (1..40).map(|at| within(&stack, Budget { ends: at * 1_000_000, ..Budget::of(&stack) }, 1));
    let some = some.map(|plan| plan.uncertainty.unwrap()).find(|found| !found.tornado.is_empty()).unwrap();
    assert!(
        some.tornado.iter().any(|swing| swing.assumption == widest),
        "the widest is among the first that are moved"
    );
}

#[test]
fn cut_sets_and_availabilities_say_how_far_they_go() {
    let stack = stack_of(&named("many alternatives").unwrap()(60));
    let analysis = Analysis::of(&stack);
    let small = Looking { rule_visits: 0, vertices: 0, vertices_each: 0 };
    let (whole, hasty) = (analysis.resilience_to(2), analysis.resilience_within(2, &small));
    let mut open = 0;
    for (whole, hasty) in whole.iter().zip(&hasty).filter(|(whole, _)| whole.runs) {
        assert!(hasty.cut_sets.iter().all(|set| whole.cut_sets.contains(set)), "what is listed is true");
        let interval = hasty.availability;
        assert!(interval.low <= whole.availability.high + 1e-12 && whole.availability.low <= interval.high + 1e-12);
        if hasty.complete_to.is_some_and(|order| order < 2) {
            open += 1;
            assert!(!hasty.is_exact || hasty.availability.low == hasty.availability.high);
        }
    }
    assert!(open > 0, "the budget was too small for some");
    let of = |found| Report { processes: Some(process::processes(&stack, found)), ..Report::about(&analysis) };
    let words = |found| format!("{:?}", tables::processes(&of(found)).unwrap().rows);
    assert!(words(&hasty).contains("not all pairs were looked for"));
    assert!(!words(&whole).contains("not all pairs were looked for"));
}

#[test]
fn handoffs_with_too_many_chains_are_named() {
    let stack = stack_of(&named("complete bipartite by hand").unwrap()(400));
    let handoffs = Handoffs::of(&stack);
    assert_eq!(handoffs.cut_short.len(), 1);
    assert!(handoffs.chains.len() >= MOST_CHAINS && handoffs.chains.len() < MOST_CHAINS + stack.flows.len());
    // Every manual step is in one of them, and the total holds them all.
    let listed: std::collections::BTreeSet<_> = handoffs.chains.iter().flat_map(|chain| chain.steps.clone()).collect();
    assert!(handoffs.steps.iter().all(|(flow, _)| listed.contains(flow)));
    let assumed = sinew::analysis::assumptions(&Analysis::of(&stack));
    assert!(assumed.iter().any(|one| one.key == "handoffs"), "it is told");
}

/// Without a trial nothing is known of what is in the way, and nothing is claimed of any stage.
#[test]
fn a_way_that_was_not_looked_for_to_the_end_claims_nothing() {
    let stack = messy();
    let of = |reach| {
        let options = Options { samples: 0, ..Options::default() };
        let plan = Plan::within(&Analysis::of(&stack), &options, &Budget { reach, ..Budget::of(&stack) }).unwrap();
        let told = Told::of(&stack, &plan, &options);
        let settled: Vec<bool> = told.reach.iter().map(|way| way.settled).collect();
        (settled, plan)
    };
    assert_eq!(of(4_000).0, [true; 4]);
    let (settled, plan) = of(0);
    assert_eq!(settled, [false; 4]);
    for way in &plan.ways {
        assert!(way.reached == Reached::No && way.price.is_none() && way.smallest.is_none());
        assert!(way.unreachable.is_empty() && way.conflict.is_empty() && way.steps.is_empty());
    }
}

/// Every shape that is measured can be read, and is of the size that it says: a bench that measures errors is none.
#[test]
fn shapes_that_are_measured_are_valid_stacks() {
    for (name, shape) in CHAINS.iter().chain(&DENSE) {
        let stack = stack_of(&shape(40));
        assert!(stack.systems.len() >= 2 && stack.systems.len() <= 50, "{name}: {}", stack.systems.len());
        let plan = within(&stack, Budget { trials: 20, ..small(&stack) }, 1);
        assert!(plan.solution.gap() <= 1.0, "{name}");
    }
}

/// Amounts that no order can hold are held at the largest that it can, and the plan says so.
#[test]
fn an_amount_that_is_too_large_for_the_order_is_bounded_and_told() {
    for (setting, is_beyond) in [("hourly_rate: 1e15", true), ("hourly_rate: 1e9", false), ("hourly_rate: 80", false)] {
        let text = named("chain by hand in between").unwrap()(20).replace("hourly_rate: 80", setting);
        let stack = stack_of(&text);
        let plan = within(&stack, small(&stack), 3);
        assert_eq!(said(&plan, "largest amounts").is_some(), is_beyond, "{setting}");
        assert!(plan.net_value.0.is_finite() && plan.solution.bound.0 >= plan.net_value.0 - 0.01, "{setting}");
    }
    let text = "sinew: 1\nhourly_rate: 1e15\nteams: { t: { people: 2 } }\ndata: { d: {} }\nsystems:\n  \
                a: { product: salesforce-sales-cloud, makes: [d] }\n  b: { product: marketo-engage }\nflows:\n  \
                - { from: a, to: b, data: d, mechanism: copy-paste, performer: t, runs: 1000/year, minutes: 1e15 }\n";
    let stack = stack_of(text);
    assert!(said(&within(&stack, small(&stack), 3), "largest amounts").is_some(), "the product of the largest");
}

/// What every failure takes away is as long as the rest of a chain: of a long one the lists are cut, and every format says so.
#[test]
fn lists_that_grow_with_the_square_are_cut_and_counted_in_every_format() {
    let report = |name: &str, systems: usize| {
        let stack = stack_of(&named(name).unwrap()(systems));
        let source = Source::new("stack.yaml", String::new());
        let analysis = Analysis::of(&stack);
        let pages = sinew::report::facts::offline::pages(&analysis);
        (Report::of(&analysis, &[], &source), pages)
    };
    // A stack of a few hundred systems is told in full.
    let (whole, pages) = report("chain of kinds", 300);
    let rows = |report: &Report| (report.outages.clone().unwrap(), report.processes.clone().unwrap());
    let (outages, processes) = rows(&whole);
    assert!(outages.iter().all(|one| one.left_out.is_empty()) && processes.iter().all(|one| one.left_out.is_empty()));
    assert!(outages.iter().any(|one| one.facts_lost.len() == 300), "the first takes all");
    assert!(!format!("{pages:?}").contains("not listed here"));
    assert!(!markdown(&told(&whole, Medium::Document)).contains("lists are cut"));
    // Of a longer one the lists are cut to one length, which is never below sixteen.
    let (cut, pages) = report("chain of kinds", 1_200);
    let (outages, _) = rows(&cut);
    let longest = outages.iter().map(|one| one.facts_lost.len()).max().unwrap();
    let most = 200_000 + 16 * outages.len();
    let listed: usize = outages.iter().map(|one| one.facts_lost.len()).sum();
    assert!((most - outages.len()..=most).contains(&listed), "{listed} of {most}");
    for (one, found) in outages.iter().filter(|one| one.kind == sinew::report::facts::outage::Kind::System).map(|one| {
        let at: usize = one.components[0].strip_prefix('s').map_or(1_200, |at| at.parse().unwrap());
        (one, 1_200 - at)
    }) {
        let left = one.left_out.get("facts_lost").copied().unwrap_or_default();
        assert_eq!(one.facts_lost.len() + left, found, "{:?}", one.components);
        assert!(left == 0 || one.facts_lost.len() == longest, "{:?}", one.components);
    }
    for medium in [Medium::Document, Medium::Page, Medium::Workbook] {
        let said = format!("{:?}", told(&cut, medium));
        assert!(said.contains("lists are cut"), "{medium:?}");
    }
    // Counts are of the whole, and lists of names end with the number of those left out.
    let table = tables::outages(&cut).unwrap();
    assert!(format!("{:?}", table.rows).contains("Amount { low: 1200.0"), "the whole of what is lost is counted");
    let words = format!("{pages:?}");
    assert!(
        words.contains("steps in between are not told here")
            && words.contains("For the reasons, run: sinew outage STACK")
    );
    let lines =
        |page: &sinew::report::facts::offline::Page| page.stops.iter().map(|one| one.lines.len()).sum::<usize>();
    assert!(pages.iter().all(|page| lines(page) <= 100_000 / pages.len() + 2), "each page has its share");
    // Where processes need each other in a row it is their lists.
    let (cut, _) = report("chain of processes", 900);
    let (outages, processes) = rows(&cut);
    assert!(outages[0].left_out["processes_down"] > 0 && outages[0].stopping() == 900);
    assert!(processes.iter().any(|one| one.left_out.contains_key("single_points")));
    assert!(format!("{:?}", tables::processes(&cut).unwrap().rows).contains(" more\""));
}

/// AI tools that stand on each other, each of which feeds a process that needs the one before it.
fn tools_in_a_row(count: usize) -> String {
    let each = |line: &dyn Fn(usize) -> String| (0..count).map(line).collect::<String>();
    let before = |at: usize, words: &dyn Fn(usize) -> String| at.checked_sub(1).map(words).unwrap_or_default();
    format!(
        "sinew: 1\nsystems:\n  z: {{ kind: crm }}\n{}data: {{ d: {{}} }}\nflows:\n{}processes:\n{}",
        each(&|at| {
            let on = before(at, &|one| format!(", depends_on: [a{one}]"));
            format!("  a{at}: {{ kind: ai-content, makes: [d]{on} }}\n  s{at}: {{ kind: cms }}\n")
        }),
        each(&|at| format!("  - {{ id: f{at}, from: a{at}, to: s{at}, data: d, mechanism: api }}\n")),
        each(&|at| {
            let needs = before(at, &|one| format!(", {{ process: p{one} }}"));
            format!("  p{at}: {{ needs: [{{ data: d, at: s{at} }}{needs}] }}\n")
        }),
    )
}

#[test]
fn registers_and_ledgers_that_grow_with_the_square_are_cut_and_say_so() {
    let report = |count: usize| {
        let stack = stack_of(&tools_in_a_row(count));
        let source = Source::new("stack.yaml", String::new());
        Report::of(&Analysis::of(&stack), &[], &source)
    };
    let whole = report(60);
    assert!(whole.ai_register.iter().flatten().all(|row| row.left_out.is_empty()));
    assert!(whole.ledger.iter().flatten().all(|row| row.left_out.is_empty()));
    let count = 700;
    let cut = report(count);
    let (tools, rows) = (cut.ai_register.clone().unwrap(), cut.ledger.clone().unwrap());
    let length = |listed: usize, left: Option<&usize>| listed + left.copied().unwrap_or_default();
    for tool in &tools {
        let at: usize = tool.system[1..].parse().unwrap();
        assert_eq!(length(tool.depends_on.len(), tool.left_out.get("depends_on")), at, "{}", tool.system);
        assert_eq!(length(tool.breaks.len(), tool.left_out.get("breaks")), count - at, "{}", tool.system);
    }
    for row in rows.iter().filter(|row| row.flow.is_some()) {
        let at: usize = row.flow.as_ref().unwrap()[1..].parse().unwrap();
        assert_eq!(length(row.failure.len(), row.left_out.get("failure")), count - at, "{:?}", row.flow);
    }
    assert!(tools.iter().any(|tool| tool.left_out.contains_key("breaks")));
    assert!(rows.iter().any(|row| row.left_out.contains_key("failure")));
    let together: usize = rows.iter().map(|row| row.failure.len()).sum();
    assert!(together <= 200_000 + 16 * rows.len(), "{together}");
    for table in [tables::ai_register(&cut), tables::ledger(&cut)].map(Option::unwrap) {
        assert!(format!("{:?}", table.notes).contains("lists are cut"), "{}", table.id);
        assert!(format!("{:?}", table.rows).contains(" more\""), "{}", table.id);
    }
}

/// What a cut list leaves out is compared all the same, and lists of which only the place of the cut moved are equal.
#[test]
fn what_differs_beyond_the_cut_of_a_list_is_found_by_a_diff() {
    let old = named("chain of kinds").unwrap()(480);
    // The last flow of the chain no longer runs: its target stands late in every list.
    let last = "{ from: s478, to: s479, data: d, mechanism: api }";
    assert!(old.contains(last));
    let new = old.replace(last, &last.replace(" }", ", status: planned }"));
    let sides = [&old, &new].map(|text| Source::new("stack.yaml", text.clone()));
    let stacks = [&old, &new].map(|text| stack_of(text));
    let lost = |at: usize| {
        let report = Report::of(&Analysis::of(&stacks[at]), &[], &sides[at]);
        let first = report.outages.into_iter().flatten().find(|one| *one.components[0] == *"s0").unwrap();
        assert!(first.left_out["facts_lost"] > 0);
        first.facts_lost
    };
    assert!(!lost(0).iter().any(|fact| *fact.at == *"s479"), "a report does not list it");
    let diff = sinew::report::diff::Diff::of((&stacks[0], &sides[0]), (&stacks[1], &sides[1]));
    let figure = diff.figures.iter().find(|figure| figure.path == "outages[s0].facts_lost").expect("it lost one");
    let told = |words: &Option<String>| words.clone().unwrap();
    assert!(told(&figure.old).contains("s479"), "{:.300}", told(&figure.old));
    assert!(!told(&figure.new).contains("s479"), "{:.300}", told(&figure.new));
    assert_eq!(figure.by.len(), 1);
    assert!(!diff.figures.iter().any(|figure| figure.path.contains("left_out")), "where a list is cut is no figure");
}

/// Words that nobody types have no nearest one, however many are known; what people mistype does.
#[test]
fn the_search_for_the_nearest_word_ends_with_the_length_of_the_word() {
    let known: Vec<String> = (0..200).map(|at| format!("{}{at}", "marketing".repeat(7))).collect();
    let known = || known.iter().map(String::as_str);
    let fits = format!("{}1", "marketing".repeat(7));
    assert_eq!(fits.len(), 64);
    let typed = fits.replacen("mark", "amrk", 1);
    assert_eq!(sinew::source::nearest(&typed, known()), Some(&*fits), "64 letters are looked at");
    let typed = format!("{typed}9");
    assert_eq!(sinew::source::nearest(&typed, known()), None, "65 are not, however near a word is");
}

/// Of a text with too many slips the first that cannot be read is told; one with few is read over them all.
#[test]
fn repairs_of_a_broken_text_end_with_their_number() {
    let found = |slips: usize| {
        let systems: String =
            (0..slips).map(|at| format!("  s{at}:\n    kind: crm\n    name: Sales: EMEA\n")).collect();
        let source = Source::new("stack.yaml", format!("sinew: 1\nsystems:\n{systems}"));
        sinew::source::render(&source, &read(&source).problems, false)
    };
    let slip = "needs quotes";
    for slips in [1, 20, 50] {
        let said = found(slips);
        assert!(said.contains(slip) && !said.contains("cannot be read"), "{slips}: {said}");
    }
    let said = found(51);
    assert!(said.contains(slip) && said.contains("rom here on the text cannot be read"), "{said}");
}

/// A slide has room for so many boxes and lines; what has more is told on several, and what has fewer on one.
#[test]
fn a_picture_with_too_much_for_one_slide_says_on_the_first_where_the_rest_is() {
    let picture = |systems: usize| {
        let stack = stack_of(&named("chain of kinds").unwrap()(systems));
        let analysis = Analysis::of(&stack);
        sinew::report::story::Picture::of(sinew::report::facts::views::landscape(&analysis)).slides().to_vec()
    };
    let one = picture(20);
    assert_eq!(one.len(), 1, "one slide holds them");
    let names = |slides: &[sinew_draw::scene::Scene]| -> std::collections::BTreeSet<String> {
        slides.iter().flat_map(|slide| &slide.boxes).map(|shape| shape.id.clone()).collect()
    };
    assert!((0..20).all(|at| names(&one).contains(&format!("s{at}"))));
    let many = picture(120);
    assert!(many.len() > 1);
    assert!(many.iter().all(|slide| slide.boxes.len() <= 64 && slide.lines.len() <= 170));
    // The first is the whole in parts, each of which is a slide, and no system is left out.
    let said = format!("{:?}", many[0]);
    for part in 1..many.len() {
        assert!(said.contains(&format!("part {part}")), "part {part} of {}", many.len() - 1);
    }
    assert!((0..120).all(|at| names(&many).contains(&format!("s{at}"))), "every system is on some slide");
}
