#![doc = include_str!("../../../docs/rules/common-dependency.md")]

use super::Rule;
use crate::analysis::Component;
use crate::analysis::dependencies::Dependents;
use crate::analysis::words::{counted, listed};
use crate::analysis::{Analysis, Finding, Severity, Statement};
use crate::model::{ProcessIx, SystemIx};

pub(super) const RULE: Rule = Rule {
    id: "common-dependency",
    severity: Severity::Medium,
    moves_with_cost: false,
    summary: "things that look independent fail together, because they depend on one system",
    page: include_str!("../../../docs/rules/common-dependency.md"),
    find,
};

/// Steps along dependencies for one system; beyond them its dependents are judged by those seen so far. Ten thousand
/// systems above one is more than any stack has; without a bound a hostile chain would cost its square.
const DEPENDENTS_LOOKED_AT: usize = 10_000;

fn find(analysis: &Analysis<'_>) -> Vec<Finding> {
    let stack = analysis.stack;
    let dependents = Dependents::of(stack);
    let mut middleware: Vec<bool> = vec![false; stack.systems.len()];
    stack.live_flows().flat_map(|(_, flow)| &flow.through).for_each(|ix| middleware[ix.at()] = true);
    let mut found = Vec::new();
    for (ix, system) in stack.live_systems() {
        let above = dependents.fall_with(ix, DEPENDENTS_LOOKED_AT);
        let mut evidence = Vec::new();
        evidence.extend(shared_by_tools(analysis, &above));
        evidence.extend(shared_by_processes(analysis, &above));
        if middleware[ix.at()] {
            evidence.extend(shared_middleware(analysis, ix));
        }
        if evidence.is_empty() {
            continue;
        }
        let statement = Statement {
            subjects: vec![system.id.to_string()],
            message: message(analysis, ix, above.len()),
            evidence,
            cost: None,
            place: system.place,
        };
        let outage = analysis.outage_of(Component::System(ix));
        let down = outage.processes_down.iter().map(|process| stack.process(*process).id.clone());
        let finding = Finding::new(RULE.id, RULE.severity, system.id.as_str(), statement);
        found.push(finding.of_processes(down).of_outage(stack, outage));
    }
    found
}

fn message(analysis: &Analysis<'_>, ix: SystemIx, above: usize) -> String {
    let name = &analysis.stack.system(ix).name;
    let down = analysis.outage_of(Component::System(ix)).processes_down.len();
    let what = match (above, down) {
        (0, down) => counted(down, "process", "processes"),
        (above, 0) => counted(above, "system", "systems"),
        (above, down) => {
            format!("{} and {}", counted(above, "system", "systems"), counted(down, "process", "processes"))
        }
    };
    format!("{what} that look independent depend on {name}")
}

fn shared_by_tools(analysis: &Analysis<'_>, above: &[SystemIx]) -> Option<String> {
    let stack = analysis.stack;
    let tools: Vec<&str> = above
        .iter()
        .map(|ix| stack.system(*ix))
        .filter(|system| system.is_ai())
        .map(|system| system.name.as_str())
        .collect();
    (tools.len() > 1).then(|| format!("AI tools that depend on it: {}", listed(&tools)))
}

/// Two dependents each of which takes down a process that the other does not.
fn shared_by_processes(analysis: &Analysis<'_>, above: &[SystemIx]) -> Option<String> {
    let stack = analysis.stack;
    let mut down: Vec<(SystemIx, &[ProcessIx])> = above
        .iter()
        .map(|ix| (*ix, analysis.outage_of(Component::System(*ix)).processes_down.as_ref()))
        .filter(|(_, processes)| !processes.is_empty())
        .collect();
    // Sets that contain each other form a line when sorted by size; the first neighbors that do not are the witness.
    down.sort_by_key(|(ix, processes)| (processes.len(), *ix));
    let lacks = |small: &[ProcessIx], large: &[ProcessIx]| {
        small.iter().copied().find(|process| large.binary_search(process).is_err())
    };
    down.windows(2).find_map(|pair| {
        let [(a, small), (b, large)] = pair else { return None };
        let (only_a, only_b) = (lacks(small, large)?, lacks(large, small)?);
        let process = |ix: ProcessIx| stack.process(ix).name.as_str();
        Some(format!(
            "{} (takes down {}) and {} (takes down {}) both depend on it",
            stack.system(*a).name,
            process(only_a),
            stack.system(*b).name,
            process(only_b)
        ))
    })
}

/// Two processes that middleware takes down and that share no other single point of failure.
fn shared_middleware(analysis: &Analysis<'_>, ix: SystemIx) -> Option<String> {
    let stack = analysis.stack;
    let down = &analysis.outage_of(Component::System(ix)).processes_down;
    let points = |process: ProcessIx| &analysis.resilience()[process.at()].single_points;
    for (at, first) in down.iter().enumerate() {
        let of_first = points(*first);
        let apart = |second: &&ProcessIx| {
            let shares = |point: &Component| *point != Component::System(ix) && of_first.binary_search(point).is_ok();
            !points(**second).iter().any(shares)
        };
        if let Some(second) = down[at + 1..].iter().find(apart) {
            let name = |process: ProcessIx| stack.process(process).name.as_str();
            return Some(format!(
                "it carries flows of {} and {}, which share nothing else",
                name(*first),
                name(*second)
            ));
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use crate::analysis::rules::trial::found;

    fn messages(text: &str) -> Vec<String> {
        found("common-dependency", text).into_iter().map(|one| one.message).collect()
    }

    /// Two AI tools on one model.
    const TOOLS: &str = "sinew: 1
systems:
  base: { kind: other, name: Base }
  one: { kind: ai-content, depends_on: base, makes: [a] }
  two: { kind: ai-agent, depends_on: base, makes: [b] }
data: { a: {}, b: {} }
";

    #[test]
    fn what_depends_on_it_is_counted_systems_and_processes_each_where_there_are_some() {
        assert_eq!(messages(TOOLS), ["2 systems that look independent depend on Base"]);
        let process = "processes: { p: { needs: [{ data: a, at: one }] } }\n";
        assert_eq!(
            messages(&format!("{TOOLS}{process}")),
            ["2 systems and 1 process that look independent depend on Base"]
        );
        let middleware = "sinew: 1
systems:
  a: { kind: crm, makes: [d] }
  b: { kind: erp, makes: [e] }
  bus: { kind: ipaas, name: Bus }
  c: { kind: cms }
  f: { kind: ads }
data: { d: {}, e: {} }
flows:
  - { from: a, to: c, data: d, mechanism: ipaas, through: bus }
  - { from: b, to: f, data: e, mechanism: ipaas, through: bus }
processes: { p: { needs: [{ data: d, at: c }] }, q: { needs: [{ data: e, at: f }] } }
";
        assert_eq!(messages(middleware), ["2 processes that look independent depend on Bus"]);
    }

    #[test]
    fn two_that_take_down_different_processes_share_what_they_depend_on() {
        let evidence = |second: &str| -> Vec<String> {
            let text = format!(
                "sinew: 1
systems:
  base: {{ kind: other }}
  one: {{ kind: crm, depends_on: base, makes: [a] }}
  three: {{ kind: dam, depends_on: base }}
  two: {{ kind: erp, depends_on: base, makes: [b] }}
data: {{ a: {{}}, b: {{}} }}
processes: {{ p: {{ needs: [{{ data: a, at: one }}] }}, q: {{ needs: [{{ data: {second} }}] }} }}
"
            );
            found("common-dependency", &text).into_iter().flat_map(|one| one.evidence).collect()
        };
        let both = "One (takes down P) and Two (takes down Q) both depend on it";
        assert!(evidence("b, at: two").iter().any(|line| line == both), "{:?}", evidence("b, at: two"));
        assert_eq!(evidence("a, at: one"), [""; 0], "only one of them takes anything down");
    }
}
