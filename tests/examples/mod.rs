//! The example stacks read clean, tell the truth about themselves, and together show every key and product.

mod by_hand;
mod coverage;

use std::collections::BTreeMap;
use std::path::Path;

use by_hand::ByHand;
use sinew::analysis::Component;
use sinew::analysis::words::grouped;
use sinew::analysis::{Analysis, Effort, Total, acceptance};
use sinew::catalog::{Catalog, OwnFile};
use sinew::model::{Brought, Quantity, Range, Reading, Stack, read_bringing};
use sinew::source::{Source, render};

/// What an example is meant to be.
struct Story {
    file: &'static str,
    /// Systems, flows, and of these handoffs.
    size: [usize; 3],
    handoffs: &'static [ByHand],
    /// Hours of work and of rework, and their cost, as the comment at its top tells them; likely values, rounded.
    told: [f64; 2],
    chains: usize,
    /// The chains that carry what an AI tool made.
    of_ai: &'static [&'static str],
    /// Findings of the rules about handoffs and gaps other than `manual-handoff`, by id.
    findings: &'static [&'static str],
    accepted: &'static [&'static str],
    /// Objects that arrive where nothing uses them: questions that the story leaves open.
    unused_arrivals: usize,
    /// Codes of the other warnings that are part of the story, by place.
    warnings: &'static [&'static str],
}

const STORIES: &[Story] = &[
    Story {
        file: "two-models.yaml",
        size: [9, 6, 1],
        handoffs: by_hand::TWO_MODELS,
        told: [26.0, 1_820.0],
        chains: 1,
        of_ai: &["notes-to-mail"],
        findings: &[],
        accepted: &[],
        unused_arrivals: 0,
        warnings: &[],
    },
    Story {
        file: "tiny.yaml",
        size: [7, 9, 6],
        handoffs: by_hand::TINY,
        told: [147.0, 8_840.0],
        chains: 5,
        of_ai: &["draft-to-newsletter", "draft-to-site"],
        findings: &["file-relay:numbers", "repeated-entry:chatgpt:draft"],
        accepted: &[],
        unused_arrivals: 1,
        warnings: &[],
    },
    Story {
        file: "hubspot-scale-up.yaml",
        size: [16, 20, 8],
        handoffs: by_hand::HUBSPOT,
        told: [580.0, 42_600.0],
        chains: 7,
        of_ai: &["clay-to-attio", "clay-to-clarify", "notes-to-hubspot", "posts-to-webflow"],
        findings: &[
            "dead-end-output:breeze",
            "file-relay:board-sheet",
            "repeated-entry:clay:firmographics",
            "unsupplied-need:partner-attribution",
        ],
        accepted: &["manual-handoff:clay-to-clarify", "manual-handoff:notes-to-hubspot"],
        unused_arrivals: 8,
        warnings: &[],
    },
    Story {
        file: "stage-3-marketo-enterprise.yaml",
        size: [19, 24, 12],
        handoffs: by_hand::STAGE_3,
        told: [1_890.0, 136_000.0],
        chains: 10,
        of_ai: &[
            "draft-to-approval",
            "draft-to-cms",
            "email-to-marketo",
            "enrichment-to-madkudu",
            "intent-alerts+alerts-to-outreach",
            "subject-line-to-marketo",
        ],
        findings: &["file-relay:list-sheet", "file-relay:slack", "repeated-entry:jasper:content-draft"],
        accepted: &[],
        unused_arrivals: 5,
        warnings: &[],
    },
    Story {
        file: "adobe-near-stage-4.yaml",
        size: [24, 37, 5],
        handoffs: by_hand::ADOBE,
        told: [320.0, 35_000.0],
        chains: 4,
        of_ai: &["brief-to-compliance", "churn-to-ajo"],
        findings: &["file-relay:branch-sheet"],
        accepted: &["manual-handoff:brief-to-compliance"],
        unused_arrivals: 5,
        warnings: &[],
    },
    Story {
        file: "messy-45.yaml",
        size: [45, 73, 23],
        handoffs: by_hand::MESSY,
        told: [2_320.0, 160_000.0],
        chains: 20,
        of_ai: &[
            "chat-copy-to-marketo",
            "chat-posts-to-calendar+posts-to-linkedin",
            "copy-to-hubspot",
            "copy-to-marketo",
            "draft-to-contentful",
            "draft-to-wordpress",
            "notetaker->slack:call-note+notes-to-crm",
            "posts-to-calendar+posts-to-linkedin",
            "sixsense->slack:intent+alerts-to-outreach",
        ],
        findings: &[
            "dead-end-output:copy-ai",
            "file-relay:budget-book",
            "file-relay:content-calendar",
            "file-relay:lead-sheet",
            "file-relay:sharepoint",
            "file-relay:slack",
            "repeated-entry:jasper:draft",
            "repeated-entry:jasper:email-copy",
            "repeated-entry:lead-sheet:attendee",
            "unsupplied-need:renewal-mailing",
            "unsupplied-need:territory-planning",
        ],
        accepted: &[],
        unused_arrivals: 13,
        warnings: &["flow-touches-retired", "no-performer"],
    },
];

/// The rules whose findings the stories list; later rules have pages and tests of their own.
const TOLD_RULES: [&str; 4] = ["dead-end-output", "file-relay", "repeated-entry", "unsupplied-need"];

fn source(file: &str) -> Source {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("examples/stacks").join(file);
    Source::new(file, std::fs::read_to_string(path).unwrap())
}

/// The example with the catalog files that it names.
fn reading(source: &Source) -> Reading {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("examples/stacks");
    read_bringing(source, |files| {
        let texts: Vec<String> =
            files.iter().map(|file| std::fs::read_to_string(folder.join(&file.path)).unwrap()).collect();
        let own: Vec<OwnFile<'_>> =
            files.iter().zip(&texts).map(|(file, text)| OwnFile { name: &file.path, text }).collect();
        let overlaid = Catalog::with_own(&own);
        assert!(overlaid.faults.is_empty(), "{:?}", overlaid.faults);
        Brought { catalog: overlaid.catalog.into(), ..Brought::default() }
    })
}

fn stack(story: &Story) -> Stack {
    reading(&source(story.file)).stack.unwrap()
}

#[test]
fn every_stack_in_the_directory_has_its_story() {
    let directory = Path::new(env!("CARGO_MANIFEST_DIR")).join("examples/stacks");
    let mut files: Vec<String> =
        std::fs::read_dir(directory).unwrap().map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
    files.sort_unstable();
    let mut told: Vec<&str> = STORIES.iter().map(|story| story.file).collect();
    told.sort_unstable();
    assert_eq!(files, told);
}

#[test]
fn the_only_warnings_are_those_of_the_story() {
    for story in STORIES {
        let source = source(story.file);
        let reading = reading(&source);
        let stack = reading.stack.as_ref().unwrap_or_else(|| panic!("{}", render(&source, &reading.problems, false)));
        let findings = Analysis::of(stack).findings();
        let mut problems = reading.problems.clone();
        problems.extend(acceptance::unknown_words(stack));
        problems.extend(acceptance::idle_rows(stack, &findings));
        // Of what arrives and is used nowhere there may be several; each is a question to somebody.
        let (unused, problems): (Vec<_>, Vec<_>) = problems.into_iter().partition(|one| one.code == "unused-arrival");
        assert_eq!(unused.len(), story.unused_arrivals, "{}", render(&source, &unused, false));
        let codes: Vec<&str> = problems.iter().map(|problem| problem.code).collect();
        assert_eq!(codes, story.warnings, "{}", render(&source, &problems, false));
    }
}

#[test]
fn sizes_are_as_told() {
    for story in STORIES {
        let stack = stack(story);
        let analysis = Analysis::of(&stack);
        let handoffs = analysis.handoffs();
        assert_eq!([stack.systems.len(), stack.flows.len(), handoffs.steps.len()], story.size, "{}", story.file);
        assert_eq!(handoffs.chains.len(), story.chains, "{}", story.file);
    }
}

#[test]
fn hours_and_cost_agree_with_the_calculation_by_hand() {
    for story in STORIES {
        let stack = stack(story);
        let analysis = Analysis::of(&stack);
        let handoffs = analysis.handoffs();
        let by_hand: BTreeMap<&str, &ByHand> = story.handoffs.iter().map(|row| (row.flow, row)).collect();
        let mut priced = 0;
        for (ix, effort) in &handoffs.steps {
            let id = stack.flow(*ix).id.as_str();
            let Some(effort) = effort else {
                assert!(!by_hand.contains_key(id), "{}: {id} has figures by hand", story.file);
                continue;
            };
            let row = by_hand.get(id).unwrap_or_else(|| panic!("{}: {id} is not worked out by hand", story.file));
            compare(&format!("{} {id}", story.file), effort, &[**row]);
            priced += 1;
        }
        assert_eq!(priced, story.handoffs.len(), "{}", story.file);
        compare(&format!("{} in all", story.file), &known(&handoffs.total), story.handoffs);
        for chain in &handoffs.chains {
            let steps = chain.steps.iter().filter_map(|ix| by_hand.get(stack.flow(*ix).id.as_str()));
            let steps: Vec<ByHand> = steps.map(|row| **row).collect();
            match chain.effort {
                Some(effort) => compare(&format!("{} {}", story.file, chain.id), &effort, &steps),
                None => assert!(steps.is_empty(), "{}: {} is said to be unknown", story.file, chain.id),
            }
        }
    }
}

/// The total as the work of one step.
fn known(total: &Total) -> Effort {
    let [hours, error_hours] = [total.hours, total.error_hours].map(|hours| hours.expect("some have figures"));
    Effort { hours, error_hours, cost: total.cost }
}

/// Low, likely and high of `found` are the sums of the rows, to rounding.
fn compare(what: &str, found: &Effort, rows: &[ByHand]) {
    fn three<T: Quantity>(range: Range<T>) -> [f64; 3] {
        [range.low.amount(), range.likely.amount(), range.high.amount()]
    }
    let sum = |figure: &dyn Fn(&ByHand) -> [f64; 3]| [0, 1, 2].map(|at| rows.iter().map(|row| figure(row)[at]).sum());
    let pairs: [([f64; 3], [f64; 3]); 3] = [
        (three(found.hours), sum(&|row| row.hours)),
        (three(found.error_hours), sum(&|row| row.mending)),
        (three(found.cost.expect("there is a rate")), sum(&ByHand::cost)),
    ];
    for (found, expected) in pairs {
        let close = found.iter().zip(expected).all(|(a, b)| (a - b).abs() <= 1e-9 * b.abs());
        assert!(close, "{what}: {found:?}, by hand {expected:?}");
    }
}

#[test]
fn the_comments_tell_the_right_figures() {
    for story in STORIES {
        let rows = story.handoffs;
        let hours: f64 = rows.iter().map(|row| row.hours[1] + row.mending[1]).sum();
        let cost: f64 = rows.iter().map(|row| row.cost()[1]).sum();
        for (found, told) in [hours, cost].into_iter().zip(story.told) {
            assert!((found - told).abs() <= 0.005 * found, "{}: {found} is told as {told}", story.file);
            let text = source(story.file).text().split("\nsinew:").next().unwrap().to_owned();
            assert!(text.contains(&grouped(told)), "{}: the comment does not say {}", story.file, grouped(told));
        }
    }
}

#[test]
fn chains_of_ai_outputs_are_told_apart() {
    for story in STORIES {
        let stack = stack(story);
        let analysis = Analysis::of(&stack);
        let chains = &analysis.handoffs().chains;
        let mut of_ai: Vec<&str> =
            chains.iter().filter(|chain| chain.is_ai_output()).map(|chain| chain.id.as_str()).collect();
        of_ai.sort_unstable();
        assert_eq!(of_ai, story.of_ai, "{}", story.file);
    }
}

#[test]
fn findings_are_those_of_the_story() {
    for story in STORIES {
        let stack = stack(story);
        let findings = Analysis::of(&stack).findings();
        let mut told: Vec<&str> = findings
            .iter()
            .filter(|finding| TOLD_RULES.contains(&finding.rule))
            .map(|finding| finding.id.as_str())
            .collect();
        told.sort_unstable();
        assert_eq!(told, story.findings, "{}", story.file);
        let handoffs = findings.iter().filter(|finding| finding.rule == "manual-handoff").count();
        assert_eq!(handoffs, story.chains, "{}", story.file);
        let mut accepted: Vec<&str> = findings
            .iter()
            .filter(|finding| finding.is_accepted && finding.rule == "manual-handoff")
            .map(|finding| finding.id.as_str())
            .collect();
        accepted.sort_unstable();
        assert_eq!(accepted, story.accepted, "{}", story.file);
    }
}

#[test]
fn the_second_ways_of_the_bank_carry_as_far_as_told() {
    let story = STORIES.iter().find(|story| story.file == "adobe-near-stage-4.yaml").unwrap();
    let stack = stack(story);
    let analysis = Analysis::of(&stack);
    let system = |id| Component::System(stack.find_system(id).unwrap());
    let ids = |processes: &[sinew::model::ProcessIx]| -> Vec<String> {
        processes.iter().map(|ix| stack.process(*ix).id.to_string()).collect()
    };
    for tool in ["relevance", "openai"] {
        let outage = analysis.outage_of(system(tool));
        assert_eq!(ids(&outage.processes_degraded), ["content-release"], "{tool}");
        assert!(outage.processes_down.is_empty(), "{tool}");
    }
    let stream = analysis.outage_of(Component::Flow(stack.find_flow("profiles-to-ajo").unwrap()));
    assert!(stream.processes_down.is_empty());
    assert!(ids(&stream.processes_degraded).contains(&"retention-journey".to_owned()));
    let cdp = analysis.outage_of(system("rtcdp"));
    assert!(ids(&cdp.processes_down).contains(&"retention-journey".to_owned()));
}
