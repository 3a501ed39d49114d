#![doc = include_str!("../../../docs/rules/missing-feedback.md")]

use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet};

use super::Rule;
use crate::analysis::words::{flow_name, listed};
use crate::analysis::{Analysis, Finding, Severity, Statement};
use crate::analysis::{Cause, Fact, systems_up_today};
use crate::catalog::Kind;
use crate::model::{DataIx, Flow, FlowIx, Stack, SystemIx};
use sinew_graph::fixpoint::{Derivation, Fixpoint};
use sinew_graph::ix::IxSet;
use sinew_graph::shortest::ShortestPaths;
use sinew_graph::view::View;

pub(super) const RULE: Rule = Rule {
    id: "missing-feedback",
    severity: Severity::High,
    moves_with_cost: false,
    summary: "a model does not get its outcomes back, or enriched data stops at the CRM, unless a person carries it",
    page: include_str!("../../../docs/rules/missing-feedback.md"),
    find,
};

/// A data object that should come back to a system, or go on to it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Gap {
    /// The AI tool whose loop is open.
    pub(crate) tool: SystemIx,
    /// What is wanted, and where.
    pub(crate) wanted: Fact,
    /// The CRM that the enrichment reaches; nothing where the wanted object is a model's feedback.
    crm: Option<SystemIx>,
}

/// Every object that should come back or go on and does not without a person, by tool.
pub(crate) fn gaps(analysis: &Analysis<'_>, automated: &Automated<'_>) -> Vec<Gap> {
    let mut gaps = model_gaps(analysis.stack, automated);
    gaps.extend(enrichment_gaps(analysis, automated));
    gaps.sort_unstable();
    // The same object at the same system once, however many CRMs stand behind it.
    gaps.dedup_by_key(|gap| (gap.tool, gap.wanted));
    gaps
}

/// As [`gaps`], for whoever does not need what is available without a person otherwise.
pub(crate) fn all_gaps(analysis: &Analysis<'_>) -> Vec<Gap> {
    gaps(analysis, &Automated::of(analysis))
}

fn find(analysis: &Analysis<'_>) -> Vec<Finding> {
    let automated = Automated::of(analysis);
    let gaps = gaps(analysis, &automated);
    gaps.chunk_by(|a, b| a.tool == b.tool).map(|gaps| finding(analysis, &automated, gaps)).collect()
}

/// What is available when all manual flows are taken out.
pub(crate) struct Automated<'a> {
    analysis: &'a Analysis<'a>,
    holds: Fixpoint,
    is_up: Vec<bool>,
    joined: BTreeSet<(SystemIx, SystemIx)>,
    /// Remedies that were asked for: of many tools that enrich one object all gaps at one system have the same.
    known: RefCell<BTreeMap<(Fact, Option<SystemIx>), Remedy>>,
}

impl<'a> Automated<'a> {
    /// Takes the manual flows out. Linear in the stack.
    pub(crate) fn of(analysis: &'a Analysis<'a>) -> Self {
        let stack = analysis.stack;
        let is_manual = |cause: &Cause| matches!(cause, Cause::Delivered(flow) if stack.flow(*flow).is_manual());
        let causes = analysis.supply.causes().enumerate();
        let rules = causes.filter(|(_, cause)| !is_manual(cause)).map(|(rule, _)| rule).collect();
        let view = View::with_rules(analysis.supply.with_standby().graph(), &rules);
        let holds = Derivation::new(view).least_fixpoint(&IxSet::new());
        let automated = stack.live_flows().filter(|(_, flow)| !flow.is_manual());
        let joined = automated.flat_map(|(_, flow)| [(flow.from, flow.to), (flow.to, flow.from)]).collect();
        Self { analysis, holds, is_up: systems_up_today(stack), joined, known: RefCell::default() }
    }

    /// Whether something that is there could bring `fact`, and does not without a person. What is down today gets nothing,
    /// and no flow would change that.
    fn lacks(&self, fact: Fact) -> bool {
        self.is_up[fact.at.at()] && !self.has(fact)
    }

    fn works(&self, flow: &Flow) -> bool {
        [flow.from, flow.to].iter().chain(&flow.through).all(|ix| self.is_up[ix.at()])
    }

    /// Whether `fact` still holds then.
    pub(crate) fn has(&self, fact: Fact) -> bool {
        self.analysis.supply.fact(fact).is_some_and(|fact| self.holds.holds(fact))
    }

    /// The flow that closes `gap`. Best is a manual flow that would do so if it were automated, the one nearest to where
    /// the object is wanted; then a new flow to there from the CRM of the gap, from a system already joined to it, from
    /// where the object originates, by id. Where no other system has the object without a person, the flow from where it
    /// originates is named, and the evidence says that it does not suffice.
    pub(crate) fn remedy(&self, gap: &Gap) -> Remedy {
        *self.known.borrow_mut().entry((gap.wanted, gap.crm)).or_insert_with(|| self.find_remedy(gap))
    }

    fn find_remedy(&self, gap: &Gap) -> Remedy {
        let stack = self.analysis.stack;
        let to = gap.wanted.at;
        let at = |system| Fact { at: system, data: gap.wanted.data };
        if let Some((flow, from)) = self.manual_flow_before(gap.wanted) {
            return Remedy { from: Some(from), to: stack.flow(flow).to, in_place_of: Some(flow), suffices: true };
        }
        let originates = |system: SystemIx| {
            let makes = stack.system(system).makes.iter().any(|making| making.data == gap.wanted.data);
            makes || self.analysis.supply.assumed_origins().binary_search(&at(system)).is_ok()
        };
        let all = || stack.live_systems().map(|(ix, _)| ix).filter(|ix| *ix != to);
        let supplied = all()
            .filter(|ix| self.has(at(*ix)))
            .min_by_key(|ix| (Some(*ix) != gap.crm, !self.joined.contains(&(*ix, to)), !originates(*ix), *ix));
        let from = supplied.or_else(|| all().find(|ix| originates(*ix)));
        Remedy { from, to, in_place_of: None, suffices: supplied.is_some() }
    }

    /// A manual flow that takes the object from where it is without a person to where automated flows would bring it on
    /// to `wanted`, with where it begins; the one with the fewest flows after it.
    fn manual_flow_before(&self, wanted: Fact) -> Option<(FlowIx, SystemIx)> {
        let stack = self.analysis.stack;
        let into = |fact: Fact, manual: bool| {
            let deliveries = self.analysis.deliveries().into_fact(fact);
            deliveries.into_iter().filter(move |delivery| {
                let flow = stack.flow(delivery.flow);
                flow.is_manual() == manual && self.works(flow)
            })
        };
        let before = ShortestPaths::new([wanted], |fact| {
            into(fact, false).map(|delivery| (delivery.flow, delivery.other)).collect()
        });
        let near = |fact: Fact| before.path_to(fact).map_or(usize::MAX, |path| path.len());
        let all = before.reached().flat_map(|fact| into(fact, true).map(move |delivery| (near(fact), delivery)));
        let supplied = all.filter(|(_, delivery)| self.has(delivery.other));
        let nearest = supplied.min_by_key(|(near, delivery)| (*near, delivery.flow));
        nearest.map(|(_, delivery)| (delivery.flow, delivery.other.at))
    }
}

/// A flow that closes a gap.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Remedy {
    pub(crate) to: SystemIx,
    /// Where it begins, if any system has the object.
    pub(crate) from: Option<SystemIx>,
    in_place_of: Option<FlowIx>,
    suffices: bool,
}

fn model_gaps(stack: &Stack, automated: &Automated<'_>) -> Vec<Gap> {
    let mut gaps = Vec::new();
    for (tool, system) in stack.live_systems() {
        let feedback = system.makes.iter().filter_map(|making| making.model.as_ref()).flat_map(|model| &model.feedback);
        let wanted = feedback.map(|data| Fact { at: tool, data: *data }).filter(|fact| automated.lacks(*fact));
        gaps.extend(wanted.map(|wanted| Gap { tool, wanted, crm: None }));
    }
    gaps
}

/// An enrichment that reaches a CRM but not, unless by hand, the marketing automation joined to it.
fn enrichment_gaps(analysis: &Analysis<'_>, automated: &Automated<'_>) -> Vec<Gap> {
    let stack = analysis.stack;
    let is = |ix: SystemIx, kind: Kind| stack.system(ix).facts.kind == kind;
    let mut pairs: BTreeMap<SystemIx, BTreeSet<SystemIx>> = BTreeMap::new();
    for (_, flow) in stack.live_flows() {
        for (crm, marketing) in [(flow.from, flow.to), (flow.to, flow.from)] {
            if is(crm, Kind::Crm) && is(marketing, Kind::MarketingAutomation) {
                pairs.entry(crm).or_default().insert(marketing);
            }
        }
    }
    let mut gaps = Vec::new();
    let sent = analysis.deliveries().facts().into_iter().filter(|fact| analysis.deliveries().leaves(*fact));
    for sent in sent.filter(|fact| stack.system(fact.at).facts.is_enrichment()) {
        for reached in analysis.deliveries().reached_from([sent]) {
            for marketing in pairs.get(&reached.at).into_iter().flatten() {
                let wanted = Fact { at: *marketing, data: sent.data };
                if automated.lacks(wanted) && *marketing != sent.at && reached.at != sent.at {
                    gaps.push(Gap { tool: sent.at, wanted, crm: Some(reached.at) });
                }
            }
        }
    }
    gaps
}

fn finding(analysis: &Analysis<'_>, automated: &Automated<'_>, gaps: &[Gap]) -> Finding {
    let stack = analysis.stack;
    let tool = stack.system(gaps[0].tool);
    // Objects that one flow could bring are one flow.
    let mut flows: BTreeMap<Remedy, BTreeSet<DataIx>> = BTreeMap::new();
    for gap in gaps {
        flows.entry(automated.remedy(gap)).or_default().insert(gap.wanted.data);
    }
    let remedies: Vec<String> = flows.iter().map(|(remedy, data)| described(stack, *remedy, data)).collect();
    let objects: BTreeSet<DataIx> = gaps.iter().map(|gap| gap.wanted.data).collect();
    let names: Vec<&str> = objects.iter().map(|data| stack.data_object(*data).name.as_str()).collect();
    let closes = if remedies.len() == 1 { "this flow would close the loop" } else { "these flows would close it" };
    let names = listed(&names);
    let lacks = match gaps.iter().find_map(|gap| gap.crm.map(|_| gap.wanted.at)) {
        Some(marketing) => format!("sends {names} to the CRM, and {} gets none of it", stack.system(marketing).name),
        None => format!("does not get {names} back"),
    };
    let place = tool.makes.iter().find(|making| making.model.is_some()).map_or(tool.place, |making| making.place);
    let statement = Statement {
        subjects: vec![tool.id.to_string()],
        message: format!("{} {lacks} without a person; {closes}: {}", tool.name, remedies.join("; ")),
        evidence: gaps.iter().map(|gap| evidence(analysis, automated, gap)).collect(),
        cost: None,
        place,
    };
    let ids = objects.iter().map(|data| &stack.data_object(*data).id);
    let by_hand = gaps.iter().flat_map(|gap| analysis.deliveries().into_fact(gap.wanted)).map(|delivery| delivery.flow);
    let instead = flows.keys().filter_map(|remedy| remedy.in_place_of);
    let shown: Vec<FlowIx> = by_hand.chain(instead).collect();
    Finding::new(RULE.id, RULE.severity, tool.id.as_str(), statement).of_data(ids).shown_by(shown)
}

fn described(stack: &Stack, remedy: Remedy, data: &BTreeSet<DataIx>) -> String {
    let names: Vec<&str> = data.iter().map(|data| stack.data_object(*data).name.as_str()).collect();
    let from = remedy.from.map_or("(no system has it)", |from| stack.system(from).name.as_str());
    let by_hand = |flow: FlowIx| format!(" in place of the flow by {}", stack.flow(flow).mechanism.as_str());
    let instead = remedy.in_place_of.map(by_hand).unwrap_or_default();
    format!("{from} -> {}: {}{instead}", stack.system(remedy.to).name, listed(&names))
}

fn evidence(analysis: &Analysis<'_>, automated: &Automated<'_>, gap: &Gap) -> String {
    let stack = analysis.stack;
    let (object, at) = (&stack.data_object(gap.wanted.data).name, &stack.system(gap.wanted.at).name);
    let manual: Vec<String> = analysis
        .deliveries()
        .into_fact(gap.wanted)
        .into_iter()
        .map(|delivery| stack.flow(delivery.flow))
        .filter(|flow| flow.is_manual())
        .map(|flow| flow_name(stack, flow))
        .collect();
    let how = match (manual.as_slice(), analysis.is_available(gap.wanted)) {
        ([], true) => "it depends on a flow that a person performs".to_owned(),
        ([], false) => "nothing brings it".to_owned(),
        (manual, _) => format!("only by hand: {}", listed(manual)),
    };
    let want = match gap.crm {
        Some(crm) => format!("{object} reaches {} and not {at}", stack.system(crm).name),
        None => format!("{object} is feedback of the model at {at}"),
    };
    let more = if automated.remedy(gap).suffices { "" } else { "; no other system has it without a person either" };
    format!("{want}; {how}{more}")
}

#[cfg(test)]
mod tests {
    use crate::analysis::rules::trial::found;

    const LOOP: &str = "sinew: 1\nhourly_rate: 1\ndata: { lead: {}, score: {}, outcome: {} }\nsystems:
  crm: { kind: crm, makes: [outcome, lead] }
  scorer: { kind: ai-scoring, makes: [{ data: score, from: lead, model: { feedback: outcome } }] }
flows:
  - { from: crm, to: scorer, data: lead, mechanism: api }
  - { from: scorer, to: crm, data: score, mechanism: api }
";

    #[test]
    fn names_the_one_flow_that_closes_the_loop() {
        let by_hand =
            format!("{LOOP}  - {{ id: weekly, from: crm, to: scorer, data: outcome, mechanism: rekeying }}\n");
        for (text, flow) in
            [(LOOP, "CRM -> Scorer: Outcome"), (&by_hand, "CRM -> Scorer: Outcome in place of the flow by rekeying")]
        {
            let found = found("missing-feedback", text);
            assert_eq!(found.len(), 1);
            assert_eq!(found[0].subjects, ["scorer"]);
            assert!(found[0].message.ends_with(flow), "{}", found[0].message);
        }
    }

    #[test]
    fn a_new_flow_begins_at_what_is_joined_already_then_where_the_object_originates() {
        let remedy = |flows: &str| {
            let text = format!(
                "sinew: 1
data: {{ lead: {{}}, score: {{}}, outcome: {{}} }}
systems:
  copy: {{ kind: crm }}
  other: {{ kind: crm }}
  shop: {{ kind: erp, makes: [outcome] }}
  scorer: {{ kind: ai-scoring, makes: [lead, {{ data: score, from: lead, model: {{ feedback: outcome }} }}] }}
flows:
  - {{ from: shop, to: copy, data: outcome, mechanism: api }}
  - {{ from: shop, to: other, data: outcome, mechanism: api }}
{flows}"
            );
            found("missing-feedback", &text).swap_remove(0).message
        };
        let ends = |message: &str, flow: &str| assert!(message.ends_with(flow), "{message}");
        ends(&remedy(""), "Shop -> Scorer: Outcome");
        ends(&remedy("  - { from: other, to: scorer, data: lead, mechanism: api }\n"), "Other -> Scorer: Outcome");
    }

    #[test]
    fn what_is_down_today_is_on_no_way() {
        let over = |status: &str| {
            LOOP.replace(
                "flows:\n",
                &format!(
                    "  lake: {{ kind: warehouse, depends_on: [cloud] }}
  cloud: {{ kind: other, status: {status} }}
flows:
  - {{ id: dump, from: crm, to: lake, data: outcome, mechanism: export-import }}
  - {{ from: lake, to: scorer, data: outcome, mechanism: etl }}
"
                ),
            )
        };
        for (status, flow) in [
            ("production", "CRM -> Lake: Outcome in place of the flow by export-import"),
            ("retired", "CRM -> Scorer: Outcome"),
        ] {
            let found = found("missing-feedback", &over(status));
            assert!(found[0].message.ends_with(flow), "{}", found[0].message);
        }
    }

    #[test]
    fn an_automated_way_round_is_enough() {
        let text = LOOP.replace("crm, to: scorer, data: lead,", "crm, to: scorer, data: [lead, outcome],");
        assert!(found("missing-feedback", &text).is_empty());
    }

    #[test]
    fn an_enrichment_has_to_reach_the_marketing_automation_beside_the_crm() {
        let text = "sinew: 1\nhourly_rate: 1\ndata: { lead: {}, firmographics: {} }\nsystems:
  clay: { kind: enrichment, makes: [firmographics] }
  crm: { kind: crm }
  map: { kind: marketing-automation, makes: [lead] }
flows:
  - { from: clay, to: crm, data: firmographics, mechanism: api }
  - { from: map, to: crm, data: lead, mechanism: native }
";
        let gap = found("missing-feedback", text);
        assert_eq!(gap[0].subjects, ["clay"]);
        assert!(gap[0].message.ends_with("CRM -> Map: Firmographics"), "{}", gap[0].message);
        // Automating what a person does before an automated flow is one flow too.
        let by_file = text.replace(
            "{ from: clay, to: crm, data: firmographics, mechanism: api }",
            "{ id: file, from: clay, to: crm, data: firmographics, mechanism: export-import }
  - { from: crm, to: map, data: firmographics, mechanism: native }",
        );
        let message = &found("missing-feedback", &by_file)[0].message;
        assert!(message.ends_with("Clay -> CRM: Firmographics in place of the flow by export-import"), "{message}");
        let closed = format!("{text}  - {{ from: crm, to: map, data: firmographics, mechanism: native }}\n");
        assert!(found("missing-feedback", &closed).is_empty());
        let apart = text.replace("  - { from: map, to: crm, data: lead, mechanism: native }\n", "");
        assert!(found("missing-feedback", &apart).is_empty());
    }
}
