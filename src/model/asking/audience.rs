//! Whether customers see what an AI tool makes: asked where no system of the stack says it.

use std::collections::{BTreeMap, BTreeSet, VecDeque};

use super::Question;
use crate::model::{DataIx, FlowIx, Stack, SystemIx};

/// A question for each live AI tool, and for each live system that content of one reaches with no review on the way. Where one
/// system says it, those that do not are not seen by customers, and nothing is asked.
pub(super) fn questions(stack: &Stack) -> Vec<Question> {
    let is_silent = stack.live_systems().all(|(_, system)| system.audience_facing.is_none());
    if !is_silent {
        return Vec::new();
    }
    let mut asked: BTreeSet<SystemIx> =
        stack.live_systems().filter(|(_, system)| system.is_ai()).map(|(ix, _)| ix).collect();
    asked.extend(reached(stack));
    let one = |ix: SystemIx| {
        let system = stack.system(ix);
        let words = format!("Do customers see what is in {}?", system.name);
        let question = Question {
            entry: system.id.to_string(),
            name: system.name.to_string(),
            of: system.owner,
            place: system.place,
            ..Question::of_key("systems", "audience_facing", words, "true")
        };
        question.with_choice(&["false", "true"])
    };
    asked.into_iter().map(one).collect()
}

/// The systems that content of AI tools reaches, each object followed by itself; linear in the objects of flows.
fn reached(stack: &Stack) -> BTreeSet<SystemIx> {
    let mut out: BTreeMap<SystemIx, Vec<FlowIx>> = BTreeMap::new();
    for (ix, flow) in stack.live_flows().filter(|(_, flow)| flow.review.is_none()) {
        out.entry(flow.from).or_default().push(ix);
    }
    let is_content = |data: DataIx| stack.data_object(data).is_content;
    let tools = stack.live_systems().filter(|(_, system)| system.is_ai());
    let made = tools.flat_map(|(ix, tool)| tool.makes.iter().map(move |making| (ix, making.data)));
    let mut open: VecDeque<(SystemIx, DataIx)> = made.filter(|(_, data)| is_content(*data)).collect();
    let mut known: BTreeSet<(SystemIx, DataIx)> = open.iter().copied().collect();
    while let Some((at, data)) = open.pop_front() {
        for flow in out.get(&at).into_iter().flatten().map(|ix| stack.flow(*ix)) {
            if flow.data.contains(&data) && known.insert((flow.to, data)) {
                open.push_back((flow.to, data));
            }
        }
    }
    let systems = known.into_iter().map(|(at, _)| at);
    systems.filter(|at| !stack.system(*at).is_carrier()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::trial::stack_of;

    const STACK: &str = "sinew: 1
systems:
  writer: { kind: ai-content, makes: [text] }
  cms: { kind: cms }
  site: { kind: cms }
  crm: { kind: crm }
data: { text: { content: true }, lead: {} }
flows:
  - { from: writer, to: cms, data: text, mechanism: api }
  - { from: cms, to: site, data: text, mechanism: api }
  - { from: crm, to: writer, data: lead, mechanism: api }
";

    fn asked(text: &str) -> Vec<String> {
        questions(&stack_of(text)).iter().map(Question::id).collect()
    }

    #[test]
    fn it_is_asked_of_tools_and_of_what_their_content_reaches_where_nobody_says_it() {
        let of = |id: &str| format!("systems.{id}.audience_facing");
        assert_eq!(asked(STACK), [of("cms"), of("site"), of("writer")]);
        // Behind a review nobody is asked, and nothing is asked where one system says it.
        let reviewed =
            STACK.replace("to: site, data: text, mechanism: api", "to: site, data: text, mechanism: api, review: {}");
        assert_eq!(asked(&reviewed), [of("cms"), of("writer")]);
        assert_eq!(asked(&STACK.replace("site: { kind: cms", "site: { kind: cms, audience_facing: false")), [""; 0]);
        assert_eq!(asked(&STACK.replace("content: true", "")), [of("writer")]);
    }
}
