#![doc = include_str!("../../../docs/rules/unsupplied-need.md")]

use super::Rule;
use crate::analysis::Fact;
use crate::analysis::absence::Absence;
use crate::analysis::stage::Obstacle;
use crate::analysis::words::{counted, flow_name, listed};
use crate::analysis::{Analysis, EntryKind, Finding, Place, Severity, Statement};
use crate::model::{Flow, Process, Requirement, SystemIx};

pub(super) const RULE: Rule = Rule {
    id: "unsupplied-need",
    severity: Severity::High,
    moves_with_cost: false,
    summary: "a process needs data that never gets there",
    page: include_str!("../../../docs/rules/unsupplied-need.md"),
    find,
};

/// Steps of one explanation; what lies beyond is rarely read and would only repeat the file.
const LONGEST_EXPLANATION: usize = 6;

fn find(analysis: &Analysis<'_>) -> Vec<Finding> {
    let gaps = analysis.stack.all_processes().filter(|(ix, _)| !analysis.runs(*ix));
    gaps.map(|(_, process)| finding(analysis, process)).collect()
}

/// The needs of `process` that nothing meets, each with what would do.
fn unmet<'p>(analysis: &Analysis<'_>, process: &'p Process) -> Vec<&'p Vec<Requirement>> {
    let is_met = |one: &Requirement| match one {
        Requirement::Data(need) => analysis.is_available(Fact { at: need.at, data: need.data }),
        Requirement::Process(need) => analysis.runs(need.process),
    };
    process.needs.iter().filter(|any| !any.iter().any(is_met)).collect()
}

/// One obstacle for each need of `process` that nothing meets: it names all that would do, by id.
pub(crate) fn obstacles(analysis: &Analysis<'_>, process: &Process) -> Vec<Obstacle> {
    let stack = analysis.stack;
    let id = |one: &Requirement| match one {
        Requirement::Data(need) => format!("{} {}", stack.data_object(need.data).id, stack.system(need.at).id),
        Requirement::Process(need) => stack.process(need.process).id.to_string(),
    };
    let obstacle = |any: &Vec<Requirement>| Obstacle::Named(any.iter().map(id).collect::<Vec<String>>().join(", "));
    unmet(analysis, process).into_iter().map(obstacle).collect()
}

fn finding(analysis: &Analysis<'_>, process: &Process) -> Finding {
    let stack = analysis.stack;
    let unmet = unmet(analysis, process);
    let words = |any: &[Requirement]| {
        let each = any.iter().map(|one| match one {
            Requirement::Data(need) => {
                format!("{} at {}", stack.data_object(need.data).name, stack.system(need.at).name)
            }
            Requirement::Process(need) => format!("the process {}", stack.process(need.process).name),
        });
        each.collect::<Vec<String>>().join(" or ")
    };
    let missing: Vec<String> = unmet.iter().map(|any| words(any)).collect();
    let evidence = unmet.iter().flat_map(|any| any.iter()).map(|one| match one {
        Requirement::Data(need) => explanation(analysis, Fact { at: need.at, data: need.data }),
        Requirement::Process(need) => {
            format!("the process {} cannot run either: it has a finding of its own", stack.process(need.process).name)
        }
    });
    let statement = Statement {
        subjects: vec![process.id.to_string()],
        message: format!(
            "{} cannot run even if nothing fails: it lacks {}",
            process.name,
            if missing.len() > 3 { counted(missing.len(), "of its needs", "of its needs") } else { listed(&missing) }
        ),
        evidence: evidence.collect(),
        cost: None,
        place: unmet.first().and_then(|any| any.first()).map_or(process.place, Requirement::place),
    };
    let needs = unmet.iter().flat_map(|any| any.iter()).filter_map(Requirement::data);
    let objects = needs.map(|need| &stack.data_object(need.data).id);
    Finding::new(RULE.id, RULE.severity, process.id.as_str(), statement)
        .known_by(vec![Place::one(EntryKind::Process, &process.id)])
        .of_data(objects)
        .stopping([process.id.clone()])
}

/// Why `fact` does not hold: from one missing thing to the one behind it, to the end or back into a circle.
fn explanation(analysis: &Analysis<'_>, fact: Fact) -> String {
    let mut words: Vec<String> = Vec::new();
    let mut passed: Vec<Fact> = Vec::new();
    let mut fact = fact;
    loop {
        if let Some(begin) = passed.iter().position(|earlier| *earlier == fact) {
            words.push(circle(analysis, &passed[begin..]));
            break;
        }
        passed.push(fact);
        if words.len() == LONGEST_EXPLANATION {
            words.push("and so on".to_owned());
            break;
        }
        let (reason, behind) = reason(analysis, fact);
        words.push(reason);
        match behind {
            Some(next) => fact = next,
            None => break,
        }
    }
    words.join("; ")
}

fn named(analysis: &Analysis<'_>, fact: Fact) -> String {
    format!("{} at {}", analysis.stack.data_object(fact.data).name, analysis.stack.system(fact.at).name)
}

/// The nearest reason why `fact` does not hold, and the missing fact behind it, if there is one.
fn reason(analysis: &Analysis<'_>, fact: Fact) -> (String, Option<Fact>) {
    let stack = analysis.stack;
    let system = stack.system(fact.at);
    let name = named(analysis, fact);
    if !system.is_live() {
        return (format!("{name}: {} is {}", system.name, system.status.as_str()), None);
    }
    if let Some(missing) = missing_dependency(analysis, fact.at).map(|ix| stack.system(ix)) {
        let (down, needed, status) = (&system.name, &missing.name, missing.status.as_str());
        return (format!("{name}: {down} is down today, it depends on {needed}, which is {status}"), None);
    }
    for making in system.makes.iter().filter(|making| making.data == fact.data) {
        let missing = making.from.iter().map(|data| Fact { at: fact.at, data: *data });
        if let Some(missing) = missing.into_iter().find(|needed| !analysis.is_available(*needed)) {
            let object = &stack.data_object(missing.data).name;
            return (format!("{name} is made there of {object}, which is not available there"), Some(missing));
        }
    }
    if let Some(delivery) = analysis.deliveries().into_fact(fact).first() {
        let flow = stack.flow(delivery.flow);
        if analysis.is_available(delivery.other) {
            return (
                format!("{name}: {} does not work, something it runs through is down", flow_name(stack, flow)),
                None,
            );
        }
        return (
            format!("{name} comes from {}, where it is not available", stack.system(delivery.other.at).name),
            Some(delivery.other),
        );
    }
    (format!("{name}: nothing makes it there and no live flow brings it{}", remedy(analysis, fact)), None)
}

/// Where the object could come from.
fn remedy(analysis: &Analysis<'_>, fact: Fact) -> String {
    let stack = analysis.stack;
    let waiting = |flow: &&Flow| flow.to == fact.at && flow.data.contains(&fact.data) && !stack.is_live(flow);
    if let Some(flow) = stack.flows.iter().find(waiting) {
        let why =
            Absence::of(stack, flow).map_or_else(String::new, |absence| format!(", and {}", absence.words(stack)));
        return format!(" ({} would{why})", flow_name(stack, flow));
    }
    let elsewhere: Vec<&str> = stack
        .live_systems()
        .filter(|(at, _)| analysis.is_available(Fact { at: *at, data: fact.data }))
        .map(|(_, system)| system.name.as_str())
        .take(3)
        .collect();
    match elsewhere.as_slice() {
        [] => format!(
            "; no system has it: name the one where it originates under `makes: [{{ data: {} }}]`",
            stack.data_object(fact.data).id
        ),
        known => format!(
            "; it is available at {}: either somebody carries it by hand, or the flow is missing from the file",
            listed(known)
        ),
    }
}

fn circle(analysis: &Analysis<'_>, facts: &[Fact]) -> String {
    let stack = analysis.stack;
    let systems: Vec<&str> = facts.iter().map(|fact| stack.system(fact.at).name.as_str()).collect();
    let (object, id) = (&stack.data_object(facts[0].data).name, &stack.data_object(facts[0].data).id);
    format!(
        "and so in a circle: {} only hand it to each other; where {object} originates, add `makes: [{{ data: {id} }}]`",
        listed(&systems)
    )
}

fn missing_dependency(analysis: &Analysis<'_>, system: SystemIx) -> Option<SystemIx> {
    let stack = analysis.stack;
    let is_up = |ix: &SystemIx| {
        stack.system(*ix).is_live() && analysis.supply.up(*ix).is_none_or(|up| analysis.today.holds(up))
    };
    let mut ix = system;
    while stack.system(ix).is_live() {
        // Of several alternatives none is up then; the first stands for all.
        ix = *stack.system(ix).depends_on.iter().find(|any| !any.iter().any(is_up))?.first()?;
    }
    Some(ix)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::rules::trial::found;

    #[test]
    fn what_is_down_today_names_the_system_at_the_end_that_is_gone() {
        let text = "sinew: 1
systems:
  crm: { kind: crm, depends_on: host, makes: [lead] }
  host: { kind: other, depends_on: base }
  base: { kind: other, status: retired }
data: { lead: {} }
processes: { mail: { needs: [{ data: lead, at: crm }] } }
";
        let evidence = found("unsupplied-need", text)[0].evidence.join("\n");
        assert!(
            evidence.contains("Lead at CRM: CRM is down today, it depends on Base, which is retired"),
            "{evidence}"
        );
    }

    #[test]
    fn a_planned_flow_that_would_bring_it_is_named_and_no_other() {
        let text = "sinew: 1
systems: { erp: { kind: erp, makes: [lead, news] }, crm: { kind: crm }, bi: { kind: bi } }
data: { lead: {}, news: {} }
flows:
  - { id: another-object, from: erp, to: crm, data: news, mechanism: api }
  - { id: elsewhere, from: erp, to: bi, data: lead, mechanism: api, status: planned }
  - { id: later, from: erp, to: crm, data: lead, mechanism: api, status: planned }
processes: { mail: { needs: [{ data: lead, at: crm }] } }
";
        let evidence = found("unsupplied-need", text)[0].evidence.join("\n");
        assert!(evidence.contains("no live flow brings it (ERP -> CRM: Lead would, and "), "{evidence}");
    }

    #[test]
    fn each_need_that_nothing_meets_is_an_obstacle_with_all_that_would_do() {
        let stack = crate::model::trial::stack_of(
            "sinew: 1
systems: { crm: { kind: crm, makes: [lead] }, cms: { kind: cms } }
data: { lead: {}, page: {}, text: {} }
processes:
  mail: { needs: [{ data: lead, at: crm }, { any_of: [{ data: page, at: cms }, { data: text, at: crm }] }, { process: post }] }
  post: { needs: [{ data: text, at: cms }] }
",
        );
        let analysis = Analysis::of(&stack);
        let process = stack.process(stack.find_process("mail").expect("it is there"));
        let named = ["page cms, text crm", "post"].map(|words| Obstacle::Named(words.to_owned()));
        assert_eq!(obstacles(&analysis, process), named);
    }

    #[test]
    fn what_is_made_of_what_is_missing_says_of_what() {
        let text = "sinew: 1
systems: { crm: { kind: crm, makes: [lead, { data: score, from: note }] } }
data: { lead: {}, note: {}, score: {} }
processes: { mail: { needs: [{ data: score, at: crm }] } }
";
        let evidence = &found("unsupplied-need", text)[0].evidence[0];
        let words =
            "Score at CRM is made there of Note, which is not available there; Note at CRM: nothing makes it there";
        assert!(evidence.starts_with(words), "{evidence}");
    }
}
