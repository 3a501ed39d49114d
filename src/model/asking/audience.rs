//! Whether customers see what an AI tool makes: asked of systems where no system of the stack says it, and of what tools that
//! are there to write make.

use std::collections::{BTreeMap, BTreeSet, VecDeque};

use super::Question;
use crate::catalog::Kind;
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

/// A question for each object that a live tool of kind `ai-content` makes, or sends and does not get, where it is not stated
/// whether customers will see it and the tool makes nothing that they are known to see.
pub(super) fn of_content(stack: &Stack) -> Vec<Question> {
    let tools = stack.live_systems().filter(|(_, system)| system.facts.kind == Kind::AiContent).map(|(ix, _)| ix);
    let mut open: BTreeMap<DataIx, SystemIx> = BTreeMap::new();
    for tool in tools {
        let flows = || stack.live_flows().map(|(_, flow)| flow);
        let got: BTreeSet<DataIx> = flows().filter(|flow| flow.to == tool).flat_map(|flow| flow.data.clone()).collect();
        let sent = flows().filter(|flow| flow.from == tool).flat_map(|flow| flow.data.iter().copied());
        let makes = stack.system(tool).makes.iter().map(|making| making.data);
        let made: BTreeSet<DataIx> = makes.chain(sent.filter(|data| !got.contains(data))).collect();
        if made.iter().any(|data| stack.data_object(*data).is_content()) {
            continue;
        }
        for data in made.into_iter().filter(|data| stack.data_object(*data).content.is_none()) {
            open.entry(data).or_insert(tool);
        }
    }
    let one = |(data, tool): (DataIx, SystemIx)| {
        let (object, tool) = (stack.data_object(data), stack.system(tool));
        let words = format!("Will customers see {} of {}?", object.name, tool.name);
        let question = Question {
            entry: object.id.to_string(),
            name: object.name.to_string(),
            of: tool.owner,
            place: object.place,
            ..Question::of_key("data", "content", words, "true")
        };
        question.with_choice(&["false", "true"])
    };
    open.into_iter().map(one).collect()
}

/// The systems that content of AI tools reaches, each object followed by itself; linear in the objects of flows.
fn reached(stack: &Stack) -> BTreeSet<SystemIx> {
    let mut out: BTreeMap<SystemIx, Vec<FlowIx>> = BTreeMap::new();
    for (ix, flow) in stack.live_flows().filter(|(_, flow)| flow.review.is_none()) {
        out.entry(flow.from).or_default().push(ix);
    }
    let is_content = |data: DataIx| stack.data_object(data).is_content();
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
    fn what_a_tool_for_content_makes_is_asked_about_once() {
        let asked = |text: &str| of_content(&stack_of(text)).iter().map(Question::id).collect::<Vec<_>>();
        let silent = STACK.replace("content: true", "");
        assert_eq!(asked(&silent), ["data.text.content"]);
        assert_eq!(
            asked(&silent.replace(", makes: [text]", "")),
            ["data.text.content"],
            "it sends it and does not get it"
        );
        assert_eq!(asked(&silent.replace("text: {  }", "text: { content: false }")), [""; 0]);
        assert_eq!(asked(STACK), [""; 0]);
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
