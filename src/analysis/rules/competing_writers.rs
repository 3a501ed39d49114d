#![doc = include_str!("../../../docs/rules/competing-writers.md")]

use std::collections::{BTreeMap, BTreeSet};

use super::Rule;
use crate::analysis::fingerprint::{EntryKind, Place};
use crate::analysis::words::listed;
use crate::analysis::{Analysis, Finding, Severity, Statement};
use crate::catalog::Kind;
use crate::model::{DataIx, Flow, FlowIx, Stack, SystemIx};

pub(super) const RULE: Rule = Rule {
    id: "competing-writers",
    severity: Severity::Medium,
    moves_with_cost: false,
    summary: "several systems write one data object into a system of record, and nothing says whose value wins",
    page: include_str!("../../../docs/rules/competing-writers.md"),
    find,
};

fn find(analysis: &Analysis<'_>) -> Vec<Finding> {
    let flows = flows_by_object(analysis.stack);
    let mut makers = makers_by_object(analysis);
    let inputs = inputs_of_models(analysis.stack);
    let objects = analysis.stack.all_data().map(|(data, _)| data);
    let found = objects.filter_map(|data| {
        let makers = makers.remove(&data).unwrap_or_default();
        finding(&Writing::of(analysis, data, flows.get(&data)?, makers), inputs.contains(&data))
    });
    found.collect()
}

/// Whether nothing would compete any more, were `master` the master of `data`.
pub(crate) fn would_settle(analysis: &Analysis<'_>, data: DataIx, master: SystemIx) -> bool {
    let carries = |(_, flow): &(FlowIx, &Flow)| !flow.is_standby && flow.data.contains(&data);
    let flows: Vec<FlowIx> = analysis.stack.live_flows().filter(carries).map(|(ix, _)| ix).collect();
    let makers = makers_by_object(analysis).remove(&data).unwrap_or_default();
    Writing::of(analysis, data, &flows, makers).against(master).evidence.is_empty()
}

/// The live flows in regular use that carry each object.
fn flows_by_object(stack: &Stack) -> BTreeMap<DataIx, Vec<FlowIx>> {
    let mut all: BTreeMap<DataIx, Vec<FlowIx>> = BTreeMap::new();
    for (ix, flow) in stack.live_flows().filter(|(_, flow)| !flow.is_standby) {
        for data in &flow.data {
            all.entry(*data).or_default().push(ix);
        }
    }
    all
}

/// Where each object comes into being: live systems that make it in regular use, and assumed origins.
fn makers_by_object(analysis: &Analysis<'_>) -> BTreeMap<DataIx, BTreeSet<SystemIx>> {
    let mut all: BTreeMap<DataIx, BTreeSet<SystemIx>> = BTreeMap::new();
    for (ix, system) in analysis.stack.live_systems() {
        for making in system.makes.iter().filter(|making| !making.is_standby) {
            all.entry(making.data).or_default().insert(ix);
        }
    }
    for fact in analysis.supply.assumed_origins() {
        all.entry(fact.data).or_default().insert(fact.at);
    }
    all
}

/// The objects of which a model makes others.
fn inputs_of_models(stack: &Stack) -> BTreeSet<DataIx> {
    let makings = stack.live_systems().flat_map(|(_, system)| &system.makes);
    makings.filter(|making| making.model.is_some()).flat_map(|making| &making.from).copied().collect()
}

/// Makers that are followed to each system: two decide, and more are named.
const NAMED: usize = 8;

/// `flows` by the system that `end` says, each in order.
fn by_end(flows: &[FlowIx], end: impl Fn(FlowIx) -> SystemIx) -> BTreeMap<SystemIx, Vec<FlowIx>> {
    let mut all: BTreeMap<SystemIx, Vec<FlowIx>> = BTreeMap::new();
    flows.iter().for_each(|ix| all.entry(end(*ix)).or_default().push(*ix));
    all
}

/// One object with the flows that carry it.
struct Writing<'a, 's> {
    analysis: &'a Analysis<'s>,
    data: DataIx,
    flows: &'a [FlowIx],
    /// The same by where they begin.
    out: BTreeMap<SystemIx, Vec<FlowIx>>,
    /// Where it comes into being.
    makers: BTreeSet<SystemIx>,
}

/// What competes: the systems, most telling first, and the lines that show it.
#[derive(Default)]
struct Competition {
    systems: BTreeSet<SystemIx>,
    evidence: Vec<String>,
    flows: Vec<FlowIx>,
    by_tool: bool,
}

fn finding(writing: &Writing<'_, '_>, is_input: bool) -> Option<Finding> {
    let stack = writing.stack();
    let object = stack.data_object(writing.data);
    let found = match object.master {
        Some(master) => writing.against(master),
        None => writing.between_records(),
    };
    if found.evidence.is_empty() {
        return None;
    }
    let severity = if found.by_tool || is_input || object.master.is_some() { Severity::Medium } else { Severity::Low };
    let names: Vec<&str> = found.systems.iter().map(|ix| stack.system(*ix).name.as_str()).collect();
    let message = match object.master {
        Some(master) => {
            let master = &stack.system(master).name;
            format!("{master} is the master of {}, and gets values of it from elsewhere", object.name)
        }
        None => format!("{} write {}, and nothing says whose value wins", listed(&names), object.name),
    };
    let statement = Statement {
        subjects: found.systems.iter().map(|ix| stack.system(*ix).id.to_string()).collect(),
        message,
        evidence: found.evidence,
        cost: None,
        place: object.place,
    };
    let place = Place::one(EntryKind::Data, &object.id);
    Some(
        Finding::new(RULE.id, severity, object.id.as_str(), statement)
            .known_by(vec![place])
            .of_data([&object.id])
            .shown_by(found.flows),
    )
}

impl<'a, 's> Writing<'a, 's> {
    fn of(analysis: &'a Analysis<'s>, data: DataIx, flows: &'a [FlowIx], makers: BTreeSet<SystemIx>) -> Self {
        Self { analysis, data, flows, out: by_end(flows, |ix| analysis.stack.flow(ix).from), makers }
    }
}

impl Writing<'_, '_> {
    fn stack(&self) -> &Stack {
        self.analysis.stack
    }

    /// Systems whose value wins in practice: those that keep records.
    fn is_record(&self, ix: SystemIx) -> bool {
        let kind = self.stack().system(ix).facts.kind;
        matches!(kind, Kind::Crm | Kind::MarketingAutomation | Kind::Cdp | Kind::Cms | Kind::Erp)
    }

    fn is_tool(&self, ix: SystemIx) -> bool {
        let system = self.stack().system(ix);
        system.is_ai() || system.facts.is_enrichment()
    }

    fn makes(&self, ix: SystemIx) -> bool {
        let makes = &self.stack().system(ix).makes;
        makes.iter().any(|making| making.data == self.data && !making.is_standby)
    }

    /// Some of the makers of which a value is at each system, by flows that do not pass `without`, where a value would be
    /// its: at most [`NAMED`], and any where there is one.
    fn sources(&self, without: SystemIx) -> BTreeMap<SystemIx, BTreeSet<SystemIx>> {
        let mut found: BTreeMap<SystemIx, BTreeSet<SystemIx>> = BTreeMap::new();
        let makers = self.makers.iter().copied().filter(|maker| *maker != without);
        let mut open: Vec<(SystemIx, SystemIx)> = makers.map(|maker| (maker, maker)).collect();
        while let Some((at, maker)) = open.pop() {
            let known = found.entry(at).or_default();
            if at == without || known.len() >= NAMED || !known.insert(maker) {
                continue;
            }
            let out = self.out.get(&at).into_iter().flatten();
            open.extend(out.map(|ix| (self.stack().flow(*ix).to, maker)));
        }
        found.retain(|_, makers| !makers.is_empty());
        found
    }

    /// Values that reach the master and are not its own.
    fn against(&self, master: SystemIx) -> Competition {
        let mut found = Competition::default();
        if !self.is_record(master) || !self.stack().system(master).is_live() {
            return found;
        }
        let sources = self.sources(master);
        for ix in self.flows {
            let flow = self.stack().flow(*ix);
            if flow.to == master
                && let Some(makers) = sources.get(&flow.from)
            {
                found.systems.extend([master, flow.from]);
                found.flows.push(*ix);
                found.evidence.push(format!("{}, the master, from {}", self.written(*ix), self.names(makers)));
            }
        }
        found
    }

    /// Who competes where no master is stated.
    fn between_records(&self) -> Competition {
        let mut found = Competition::default();
        let ends: BTreeSet<(SystemIx, SystemIx)> =
            self.flows.iter().map(|ix| self.stack().flow(*ix)).map(|flow| (flow.from, flow.to)).collect();
        for (a, b) in &ends {
            if a < b && ends.contains(&(*b, *a)) && self.is_record(*a) && self.is_record(*b) {
                let ways = self.flows.iter().filter(|ix| {
                    let flow = self.stack().flow(**ix);
                    [(*a, *b), (*b, *a)].contains(&(flow.from, flow.to))
                });
                let ways: Vec<FlowIx> = ways.copied().collect();
                found.flows.extend(&ways);
                let mut means: Vec<&str> = ways.iter().map(|ix| self.stack().flow(*ix).mechanism.as_str()).collect();
                means.sort_unstable();
                means.dedup();
                found.systems.extend([*a, *b]);
                let (a, b) = (self.name(*a), self.name(*b));
                found.evidence.push(format!("both ways between {a} and {b}: by {}", listed(&means)));
            }
        }
        let writes = |ix: &&FlowIx| self.is_record(self.stack().flow(**ix).to);
        let (by_tools, by_others): (Vec<FlowIx>, Vec<FlowIx>) =
            self.flows.iter().filter(writes).partition(|ix| self.is_tool(self.stack().flow(**ix).from));
        for (tool, flows) in by_end(&by_tools, |ix| self.stack().flow(ix).from) {
            let sources = self.sources(tool);
            for ix in flows {
                let target = self.stack().flow(ix).to;
                let mut others = sources.get(&target).cloned().unwrap_or_default();
                others.remove(&target);
                let also = match (self.makes(target), others.is_empty()) {
                    (true, _) => "which makes it".to_owned(),
                    (false, false) => format!("which has it from {}", self.names(&others)),
                    (false, true) => continue,
                };
                found.systems.extend([tool, target]);
                found.by_tool = true;
                found.flows.push(ix);
                found.evidence.push(format!("{}, {also}", self.written(ix)));
            }
        }
        for (target, flows) in by_end(&by_others, |ix| self.stack().flow(ix).to) {
            if !self.makes(target) {
                continue;
            }
            let sources = self.sources(target);
            for ix in flows {
                let from = self.stack().flow(ix).from;
                if let Some(makers) = sources.get(&from) {
                    found.systems.extend([from, target]);
                    found.flows.push(ix);
                    found.evidence.push(format!("{}, which makes it, from {}", self.written(ix), self.names(makers)));
                }
            }
        }
        found
    }

    /// `ZoomInfo writes it into Salesforce (api)`.
    fn written(&self, ix: FlowIx) -> String {
        let flow = self.stack().flow(ix);
        format!("{} writes it into {} ({})", self.name(flow.from), self.name(flow.to), flow.mechanism.as_str())
    }

    fn name(&self, ix: SystemIx) -> &str {
        self.stack().system(ix).name.as_str()
    }

    fn names(&self, systems: &BTreeSet<SystemIx>) -> String {
        listed(&systems.iter().map(|ix| self.name(*ix)).collect::<Vec<_>>())
    }
}

#[cfg(test)]
mod tests {
    use crate::analysis::Severity;
    use crate::analysis::rules::trial::found;

    const STACK: &str = "sinew: 1
systems:
  hub: { kind: marketing-automation, makes: [industry] }
  sf: { kind: crm, makes: [industry] }
  zi: { kind: enrichment, makes: [industry] }
data: { industry: {} }
flows:
  - { id: to-hub, from: sf, to: hub, data: industry, mechanism: native }
  - { id: to-sf, from: hub, to: sf, data: industry, mechanism: native }
  - { id: enrich, from: zi, to: sf, data: industry, mechanism: native }
";

    #[test]
    fn three_writers_of_one_field_are_one_finding() {
        let found = found("competing-writers", STACK);
        assert_eq!(found.len(), 1);
        assert_eq!((found[0].id.as_str(), found[0].severity), ("competing-writers:industry", Severity::Medium));
        assert_eq!(
            found[0].evidence,
            [
                "both ways between Hub and Sf: by native",
                "Zi writes it into Sf (native), which makes it",
                "Sf writes it into Hub (native), which makes it, from Sf and Zi",
                "Hub writes it into Sf (native), which makes it, from Hub",
            ]
        );
    }

    #[test]
    fn a_two_way_sync_alone_is_low_and_one_way_is_fine() {
        let sync = STACK.replace(", makes: [industry]", "");
        let text = sync.replace("  - { id: enrich, from: zi, to: sf, data: industry, mechanism: native }\n", "");
        let both = found("competing-writers", &text);
        assert_eq!((both.len(), both[0].severity), (1, Severity::Low));
        let one = text.replace("  - { id: to-sf, from: hub, to: sf, data: industry, mechanism: native }\n", "");
        assert!(found("competing-writers", &one).is_empty());
        let spare = text.replace(
            "to: sf, data: industry, mechanism: native",
            "to: sf, data: industry, mechanism: native, standby: true",
        );
        assert!(found("competing-writers", &spare).is_empty());
        // An input of a model makes it worse.
        let model = text.replace("data: { industry: {} }", "data: { industry: {}, score: {} }").replace(
            "  zi: { kind: enrichment }",
            "  zi: { kind: ai-scoring, makes: [{ data: score, from: industry, model: {} }] }",
        );
        assert_eq!(found("competing-writers", &model)[0].severity, Severity::Medium);
    }

    #[test]
    fn who_writes_only_when_others_fail_makes_nothing() {
        let without = STACK
            .replace("hub: { kind: marketing-automation, makes: [industry] }", "hub: { kind: marketing-automation }")
            .replace("  - { id: to-hub, from: sf, to: hub, data: industry, mechanism: native }\n", "")
            .replace("  - { id: to-sf, from: hub, to: sf, data: industry, mechanism: native }\n", "");
        let evidence = |text: &str| -> Vec<String> {
            found("competing-writers", text).into_iter().flat_map(|finding| finding.evidence).collect()
        };
        assert_eq!(evidence(&without), ["Zi writes it into Sf (native), which makes it"]);
        let spare = without.replace("makes: [industry] }\n  zi", "makes: [{ data: industry, standby: true }] }\n  zi");
        assert_ne!(spare, without);
        assert!(evidence(&spare).is_empty());
    }

    #[test]
    fn a_master_that_keeps_no_records_is_only_written_to() {
        let text = STACK
            .replace("industry: {}", "industry: { master: lake }")
            .replace("  zi:", "  lake: { kind: warehouse }\n  zi:")
            + "  - { id: load, from: sf, to: lake, data: industry, mechanism: etl }\n";
        assert!(found("competing-writers", &text).is_empty());
        assert_eq!(found("competing-writers", &text.replace("kind: warehouse", "kind: erp")).len(), 1);
    }

    #[test]
    fn a_master_settles_it_where_nothing_else_reaches_it() {
        let master = STACK.replace("industry: {}", "industry: { master: sf }");
        let found_one = found("competing-writers", &master);
        assert_eq!(
            found_one[0].evidence,
            [
                "Zi writes it into Sf (native), the master, from Zi",
                "Hub writes it into Sf (native), the master, from Hub",
            ]
        );
        // What comes back is the master's own.
        let own = master
            .replace("hub: { kind: marketing-automation, makes: [industry] }", "hub: { kind: marketing-automation }");
        let own = own.replace("  - { id: enrich, from: zi, to: sf, data: industry, mechanism: native }\n", "");
        assert!(found("competing-writers", &own).is_empty());
    }

    #[test]
    fn an_enrichment_tool_alone_competes_with_nobody() {
        let alone = STACK.replace("sf: { kind: crm, makes: [industry] }", "sf: { kind: crm }");
        let alone = alone
            .replace("hub: { kind: marketing-automation, makes: [industry] }", "hub: { kind: marketing-automation }");
        let alone = alone.replace("  - { id: to-sf, from: hub, to: sf, data: industry, mechanism: native }\n", "");
        assert!(found("competing-writers", &alone).is_empty());
        // Unless the system has it from somewhere else too.
        let shop = alone.replace("  zi:", "  shop: { kind: forms, makes: [industry] }\n  zi:")
            + "  - { id: form, from: shop, to: sf, data: industry, mechanism: webhook }\n";
        let both = found("competing-writers", &shop);
        assert_eq!(both[0].evidence, ["Zi writes it into Sf (native), which has it from Shop"]);
    }
}
