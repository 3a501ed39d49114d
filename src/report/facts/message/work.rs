//! What the manual work comes from: the tool, team or object behind most of it, or the few flows that take most.

use std::collections::BTreeMap;

use super::Message;
use super::choice::Statement;
use super::known::known_hours;
use crate::analysis::few::few_with_most;
use crate::analysis::words::{capital, hours, spelled};
use crate::analysis::{Analysis, Effort};
use crate::model::{DataIx, FlowIx, Hours, Stack, SystemIx, TeamIx};
use crate::report::say::{Figure, listed_few, percent, spoken};

/// What the sum of all says where nothing stands out.
const PLAIN: f64 = 0.3;

/// Objects that a flow is named by before the rest is counted.
const NAMED_OBJECTS: usize = 2;

/// The least share of the work that a group is named for.
const NAMED_FROM: f64 = 0.3;

/// What the manual work of `analysis` comes from.
///
/// Groups are the manual flows out of one system, out of all AI tools, into one system, of one performer, and of one object; each
/// says its share of the cost a year, or of the hours where a cost is not known. Shares are said only where the amounts of
/// all manual flows are known.
#[must_use]
pub(in crate::report::facts) fn work(analysis: &Analysis<'_>) -> Message {
    let steps = &analysis.handoffs().steps;
    let mut statements = vec![all(analysis)];
    if let Some(amounts) = Amounts::of(analysis).filter(|_| steps.len() > 1) {
        let groups = groups(analysis);
        statements.extend(groups.iter().filter_map(|(group, flows)| amounts.of_group(analysis, group, flows)));
        statements.extend(amounts.few(analysis));
        if let Some(handoff) = amounts.costliest(analysis) {
            // A flow is not named where a handoff of several takes more.
            statements.retain(|one| one.about.len() != 1 || one.share >= handoff.share);
            statements.push(handoff);
        }
    }
    // A group and the few may be the same flows, and two groups the same: the first says it.
    let mut told: Vec<Vec<String>> = Vec::new();
    statements.retain(|one| {
        let mut about = one.about.clone();
        about.sort_unstable();
        let is_new = about.is_empty() || !told.contains(&about);
        told.push(about);
        is_new
    });
    Message::of(statements)
}

/// The name of a manual flow in a sentence: `Draft from Jasper to WordPress`.
fn one_manual_flow(analysis: &Analysis<'_>, flow: FlowIx) -> String {
    let stack = analysis.stack;
    let of = stack.flow(flow);
    carried(stack, &of.data, (of.from, of.to))
}

/// What is carried from where to where.
fn carried(stack: &Stack, data: &[DataIx], (from, to): (SystemIx, SystemIx)) -> String {
    let data: Vec<&str> = data.iter().map(|ix| stack.data_object(*ix).name.as_str()).collect();
    let (from, to) = (&stack.system(from).name, &stack.system(to).name);
    format!("{} from {from} to {to}", listed_few(&data, NAMED_OBJECTS))
}

/// All of it: `Twelve manual flows take 1,893 hours a year and cost USD 136k`.
fn all(analysis: &Analysis<'_>) -> Statement {
    let handoffs = analysis.handoffs();
    let total = handoffs.total;
    let count = handoffs.steps.len();
    let subject = match count {
        0 => "the stack file names no manual flows".to_owned(),
        1 => "one manual flow".to_owned(),
        n => format!("{} manual flows", spelled(n)),
    };
    let (take, cost) = if count == 1 { ("takes", "costs") } else { ("take", "cost") };
    let text = match known_hours(analysis).filter(|_| count > 0) {
        None if count == 0 => subject,
        None => format!("{subject}, hours not known"),
        Some((hours, missing)) => {
            let priced = total.cost.filter(|cost| cost.likely.0 > 0.0).map(|sum| {
                let sum = Figure::least_if(total.without_cost > 0, sum.likely.0);
                format!(" and {cost} {}", sum.spoken(analysis.stack.currency.as_deref()))
            });
            format!("{subject} {take} {hours}{}{missing}", priced.unwrap_or_default())
        }
    };
    Statement { text: capital(&text), share: PLAIN, taken: 0.0, names: 1.0, about: Vec::new() }
}

/// What each manual flow takes, in one unit for all.
struct Amounts {
    by_flow: BTreeMap<FlowIx, f64>,
    total: f64,
    is_cost: bool,
}

impl Amounts {
    /// The cost of all manual flows; their hours where a cost is not known; none where hours are not known or all are 0.
    fn of(analysis: &Analysis<'_>) -> Option<Self> {
        let of = |amount: &dyn Fn(Effort) -> Option<f64>, is_cost| {
            let steps = analysis.handoffs().steps.iter();
            let by_flow: BTreeMap<FlowIx, f64> =
                steps.map(|(flow, effort)| Some((*flow, amount((*effort)?)?))).collect::<Option<_>>()?;
            let total: f64 = by_flow.values().sum();
            (total > 0.0).then_some(Self { by_flow, total, is_cost })
        };
        let cost = |effort: Effort| effort.cost.map(|cost| cost.likely.0);
        let hours = |effort: Effort| Some((effort.hours + effort.error_hours).likely.0);
        of(&cost, true).or_else(|| of(&hours, false))
    }

    /// `USD 77k of USD 136k a year`, `1,070 of 1,893 hours a year`.
    fn said(&self, analysis: &Analysis<'_>, part: f64) -> String {
        let currency = analysis.stack.currency.as_deref();
        if self.is_cost {
            return format!("{} of {} a year", spoken(currency, part), spoken(currency, self.total));
        }
        let whole = hours(Hours(self.total));
        let part = hours(Hours(part));
        let number = part.rsplit_once(' ').map_or(part.as_str(), |(number, _)| number).to_owned();
        format!("{number} of {whole} a year")
    }

    /// The flows by what they take, most first.
    fn ordered(&self, flows: &[FlowIx]) -> Vec<FlowIx> {
        let mut flows = flows.to_vec();
        flows.sort_by(|a, b| self.by_flow[b].total_cmp(&self.by_flow[a]).then(a.cmp(b)));
        flows
    }

    /// What these flows take together.
    fn part(&self, flows: &[FlowIx]) -> f64 {
        flows.iter().map(|flow| self.by_flow[flow]).sum()
    }

    /// That these flows take their share; `subject` names them, with its verb.
    fn statement(&self, analysis: &Analysis<'_>, flows: &[FlowIx], names: f64, subject: &str) -> Statement {
        let part = self.part(flows);
        let share = part / self.total;
        let text = format!("{} {} of the manual work: {}", capital(subject), percent(share), self.said(analysis, part));
        let about = self.ordered(flows).iter().map(|flow| analysis.stack.flow(*flow).id.to_string()).collect();
        Statement { text, share, taken: flows.len() as f64 / self.by_flow.len() as f64, names, about }
    }

    /// What a group of flows takes, if that is much and not all of it.
    fn of_group(&self, analysis: &Analysis<'_>, group: &Group, flows: &[FlowIx]) -> Option<Statement> {
        let is_news = self.part(flows) / self.total >= NAMED_FROM && flows.len() < self.by_flow.len();
        let one = || one_manual_flow(analysis, flows[0]);
        let subject = match flows.len() {
            1 => format!("one manual flow, {}, causes", one()),
            n => format!("{} manual flows {} cause", spelled(n), group.words(analysis)),
        };
        // A tool is easier to keep in mind than a kind of tools.
        let names = if *group == Group::OutOfAiTools { 1.5 } else { 1.0 };
        is_news.then(|| self.statement(analysis, flows, names, &subject))
    }

    /// The handoff that takes most, where people carry more than one of its steps.
    fn costliest(&self, analysis: &Analysis<'_>) -> Option<Statement> {
        let chain = analysis.handoffs().chains.first()?;
        let flows: Vec<FlowIx> = chain.steps.iter().copied().filter(|flow| self.by_flow.contains_key(flow)).collect();
        let is_news = self.part(&flows) / self.total >= NAMED_FROM && flows.len() < self.by_flow.len();
        if flows.len() < 2 || !is_news {
            return None;
        }
        let named = carried(analysis.stack, &chain.data, (chain.from, chain.to));
        Some(self.statement(analysis, &flows, 1.0, &format!("one handoff, {named}, causes")))
    }

    /// The few flows that take most of the hours.
    fn few(&self, analysis: &Analysis<'_>) -> Option<Statement> {
        let few = few_with_most(analysis)?;
        let subject = match few.flows.len() {
            1 => format!("one manual flow, {}, causes", one_manual_flow(analysis, few.flows[0])),
            n => format!("{} of {} manual flows cause", spelled(n), spelled(self.by_flow.len())),
        };
        Some(self.statement(analysis, &few.flows, few.flows.len() as f64, &subject))
    }
}

/// What manual flows have in common.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Group {
    OutOf(SystemIx),
    OutOfAiTools,
    Into(SystemIx),
    By(TeamIx),
    Of(DataIx),
}

impl Group {
    /// What stands behind `three manual flows`.
    fn words(self, analysis: &Analysis<'_>) -> String {
        let stack = analysis.stack;
        match self {
            Self::OutOf(system) => format!("out of {}", stack.system(system).name),
            Self::OutOfAiTools => "out of AI tools".to_owned(),
            Self::Into(system) => format!("into {}", stack.system(system).name),
            Self::By(team) => format!("of the team {}", stack.team(team).name),
            Self::Of(data) => format!("with {}", stack.data_object(data).name),
        }
    }
}

/// The manual flows by what they have in common, in the order in which groups of equal strength are named.
fn groups(analysis: &Analysis<'_>) -> BTreeMap<Group, Vec<FlowIx>> {
    let stack = analysis.stack;
    let mut groups: BTreeMap<Group, Vec<FlowIx>> = BTreeMap::new();
    for (ix, _) in &analysis.handoffs().steps {
        let flow = stack.flow(*ix);
        let mut of = vec![Group::OutOf(flow.from), Group::Into(flow.to)];
        if stack.system(flow.from).is_ai() {
            of.push(Group::OutOfAiTools);
        }
        of.extend(flow.performer.map(Group::By));
        // What carries several objects takes its time for all of them.
        if let [data] = flow.data[..] {
            of.push(Group::Of(data));
        }
        of.into_iter().for_each(|group| groups.entry(group).or_default().push(*ix));
    }
    groups
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model;
    use crate::report::facts::views::samples::{manual, seen};
    use crate::source::Source;

    fn title_of(minutes: &[Option<u32>]) -> String {
        seen(&manual(minutes), work).title
    }

    #[test]
    fn where_nothing_stands_out_the_sum_is_the_title() {
        let known = |minutes: &[u32]| title_of(&minutes.iter().copied().map(Some).collect::<Vec<_>>());
        assert_eq!(known(&[]), "The stack file names no manual flows");
        assert_eq!(known(&[1]), "One manual flow takes 1 hour a year and costs 60");
        assert_eq!(known(&[25, 25, 25, 25]), "Four manual flows take 100 hours a year and cost 6,000");
        assert_eq!(known(&[0, 0, 0]), "Three manual flows take 0 hours a year");
        assert_eq!(title_of(&[None]), "One manual flow, hours not known");
        assert_eq!(
            title_of(&[Some(90), None, Some(5)]),
            "Three manual flows take at least 95 hours a year and cost at least 5,700; one has no figures"
        );
    }

    #[test]
    fn a_handoff_of_several_flows_is_named_before_a_flow_that_takes_less() {
        let text = "sinew: 1\nhourly_rate: 60\ncurrency: USD\nteams: { a: {}, b: {}, c: {} }\nsystems: { crm: { kind: crm, name: Crm }, sheet: { kind: \
                    spreadsheet, name: Sheet }, out: { kind: sales-engagement, name: Out }, ai: { kind: ai-content, name: Ai }, ma: { kind: \
                    marketing-automation, name: Ma } }\ndata: { lists: { name: Lists }, copy: { name: Copy } }\nflows:\n  - { from: crm, to: sheet, \
                    data: lists, mechanism: export-import, performer: a, runs: 60/year, minutes: 200 }\n  - { from: sheet, to: out, data: lists, \
                    mechanism: export-import, performer: b, runs: 60/year, minutes: 130 }\n  - { from: ai, to: ma, data: copy, mechanism: \
                    copy-paste, performer: c, runs: 60/year, minutes: 250 }\n";
        assert_eq!(
            seen(text, work).title,
            "Two manual flows with Lists cause 57% of the manual work: USD 20k of USD 35k a year"
        );
        // Both flows carry more, so that what they have in common is the handoff alone.
        let text = text
            .replace("to: sheet, data: lists", "to: sheet, data: [lists, copy]")
            .replace("data: lists, mech", "data: [lists], mech");
        let title = seen(&text, work).title;
        assert!(title.starts_with("One handoff, Lists from Crm to Out, causes 57% of the manual work"), "{title}");
    }

    #[test]
    fn the_few_that_cause_most_are_the_title_with_their_share() {
        let known = |minutes: &[u32]| title_of(&minutes.iter().copied().map(Some).collect::<Vec<_>>());
        assert_eq!(
            known(&[70, 20, 10]),
            "One manual flow, X from A to B, causes 70% of the manual work: 4,200 of 6,000 a year"
        );
        assert_eq!(
            known(&[40, 40, 10, 10]),
            "Two of four manual flows cause 80% of the manual work: 4,800 of 6,000 a year"
        );
        // Rounds to 100%, but is not all of it.
        assert!(known(&[1000, 1, 1]).contains(" causes >99% of the manual work: 60k of 60k a year"));
        let hours = manual(&[Some(70), Some(20), Some(10)]).replace("hourly_rate: 60\n", "");
        assert_eq!(
            seen(&hours, work).title,
            "One manual flow, X from A to B, causes 70% of the manual work: 70 of 100 hours a year"
        );
    }

    #[test]
    fn a_tool_behind_most_of_it_is_named_and_its_flows_are_hot() {
        let text = "
sinew: 1
currency: USD
hourly_rate: 60
systems:
  writer: { kind: ai-content, name: Writer }
  cms: { kind: cms, name: CMS }
  map: { kind: marketing-automation, name: MAP }
  crm: { kind: crm, name: CRM }
data: { draft: {}, mail: {}, lead: {}, list: {} }
flows:
  - { id: a, from: writer, to: cms, data: draft, mechanism: copy-paste, runs: 60, minutes: 40 }
  - { id: b, from: writer, to: map, data: mail, mechanism: copy-paste, runs: 60, minutes: 35 }
  - { id: c, from: crm, to: map, data: lead, mechanism: rekeying, runs: 60, minutes: 10 }
  - { id: d, from: map, to: crm, data: list, mechanism: rekeying, runs: 60, minutes: 10 }
  - { id: e, from: cms, to: crm, data: lead, mechanism: rekeying, runs: 60, minutes: 5 }
";
        let message = seen(text, work);
        assert_eq!(
            message.title,
            "Two manual flows out of Writer cause 75% of the manual work: USD 4,500 of USD 6,000 a year"
        );
        assert_eq!(message.hot, ["a", "b"]);
        // The same flows under another name, and the few that they are, are not said again.
        assert!(message.also.iter().all(|text| !text.contains("75%")), "{:?}", message.also);
        let stack = model::read(&Source::new("test", text.replace("minutes: 10", "x-a: 1"))).stack.expect("it is one");
        let title = work(&Analysis::of(&stack)).title;
        assert_eq!(
            title,
            "Five manual flows take at least 80 hours a year and cost at least USD 4,800; two have no figures"
        );
    }
}
