//! Questions about what nobody brings: a process needs an object at a system, and nothing that is stated takes it there.

use std::collections::BTreeMap;

use crate::analysis::{Analysis, Fact};
use crate::model::asking::{Answer, Question};
use crate::model::outline::Outline;
use crate::model::{DataIx, ProcessIx, Requirement, Stack, SystemIx, yaml_text};
use crate::source::words::listed_few;

/// Objects and processes that are named before the rest is counted.
const NAMED: usize = 3;

/// One question for each live system at which something that a process needs is missing and made by nothing.
pub(super) fn questions(analysis: &Analysis<'_>) -> Vec<Question> {
    let stack = analysis.stack;
    let mut missing: BTreeMap<SystemIx, (Vec<DataIx>, Vec<ProcessIx>)> = BTreeMap::new();
    let is_met = |one: &Requirement| match one {
        Requirement::Data(need) => analysis.is_available(Fact { at: need.at, data: need.data }),
        Requirement::Process(need) => analysis.runs(need.process),
    };
    for (ix, process) in stack.all_processes().filter(|(ix, _)| !analysis.runs(*ix)) {
        // Of alternatives one is enough, so the first is asked for.
        let unmet = process.needs.iter().filter(|any| !any.iter().any(is_met));
        for need in unmet.filter_map(|any| any.iter().find_map(Requirement::data)) {
            let system = stack.system(need.at);
            if system.is_live() && !system.makes.iter().any(|making| making.data == need.data) {
                let (data, processes) = missing.entry(need.at).or_default();
                data.push(need.data);
                processes.push(ix);
            }
        }
    }
    if missing.is_empty() {
        return Vec::new();
    }
    let outline = Outline::of(stack);
    let question = |(at, (mut data, mut processes)): (SystemIx, (Vec<DataIx>, Vec<ProcessIx>))| {
        data.sort_unstable();
        data.dedup();
        processes.sort_unstable();
        processes.dedup();
        let system = stack.system(at);
        let objects: Vec<&str> = data.iter().map(|ix| &*stack.data_object(*ix).name).collect();
        let needed: Vec<&str> = processes.iter().map(|ix| &*stack.process(*ix).name).collect();
        let words = format!(
            "Where does {} at {} come from? {} cannot run without it, and nothing that is stated brings it.",
            listed_few(&objects, NAMED),
            system.name,
            listed_few(&needed, NAMED),
        );
        let value = makes(&outline, stack, at, &data, &[]);
        Question {
            entry: system.id.to_string(),
            name: system.name.to_string(),
            of: system.owner.or(stack.process(processes[0]).owner),
            place: system.place,
            answers: vec![Answer { values: vec![value.clone()], numbers: vec![None], weight: 1.0 }],
            ..Question::of_key("systems", "makes", words, &value)
        }
    };
    missing.into_iter().map(question).collect()
}

/// What a system makes in the file, and besides it `data`, each made of all of `from`.
pub(super) fn makes(outline: &Outline, stack: &Stack, at: SystemIx, data: &[DataIx], from: &[DataIx]) -> String {
    let id = |ix: &DataIx| yaml_text(stack.data_object(*ix).id.as_str());
    let from: Vec<_> = from.iter().map(id).collect();
    let from = if from.is_empty() { String::new() } else { format!(", from: [{}]", from.join(", ")) };
    let made: Vec<String> = data.iter().map(|ix| format!("{{ data: {}{from} }}", id(ix))).collect();
    let made = made.join(", ");
    match outline.stated("systems", stack.system(at).id.as_str(), "makes") {
        // An empty list counts as not stated.
        Some(stated) => format!("{}, {made}]", &stated[..stated.len() - 1]),
        None => format!("[{made}]"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::trial::stack_of;

    #[test]
    fn the_answer_is_what_the_system_makes_already_and_what_is_missing() {
        let asked = |makes: &str| {
            let stack = stack_of(&format!(
                "sinew: 1
teams: {{ ops: {{ people: 2 }} }}
systems: {{ cms: {{ kind: cms, name: Site, owner: ops{makes} }} }}
data: {{ lead: {{}}, page: {{}}, score: {{}} }}
processes: {{ launch: {{ needs: [{{ data: lead, at: cms }}, {{ data: score, at: cms }}] }} }}
"
            ));
            let one = questions(&Analysis::of(&stack)).swap_remove(0);
            assert_eq!((one.entry.as_str(), one.name.as_str(), one.of), ("cms", "Site", stack.find_team("ops")));
            one.answers[0].values.clone()
        };
        let missing = "{ data: lead }, { data: score }";
        assert_eq!(asked(""), [format!("[{missing}]")]);
        assert_eq!(asked(", makes: []"), [format!("[{missing}]")]);
        assert_eq!(asked(", makes: [page]"), [format!("[{{ data: page }}, {missing}]")]);
    }
}
