//! A page with every part, made of an example stack; stage, plan and governance are made up by hand.

use std::sync::OnceLock;

use serde_json::{Value, json};
use sinew::analysis::Component;
use sinew::analysis::outages::component_id;
use sinew::analysis::{Analysis, Outage};
use sinew::model::{Stack, read};
use sinew::plan::{Options, Plan};
use sinew::report::html::{Names, Page, Picture, html, report_value};
use sinew::report::{Look, Part, Report, Sources, files};
use sinew::source::Source;
use sinew_draw::layout::layout;
use sinew_draw::theme::Theme;
use sinew_draw::{Cluster, Diagram, Edge, Emphasis, Node, Role, Style};

/// Everything a page is made of.
#[derive(Clone)]
pub(crate) struct Fixture {
    pub(crate) report: Value,
    pub(crate) summary: Vec<String>,
    pub(crate) names: Names,
    pub(crate) pictures: Vec<Picture>,
}

impl Fixture {
    /// The example of an enterprise with five AI tools, with all parts.
    pub(crate) fn enterprise() -> Self {
        // Laid out once for all tests.
        static MADE: OnceLock<Fixture> = OnceLock::new();
        let text = include_str!("../../examples/stacks/stage-3-marketo-enterprise.yaml");
        MADE.get_or_init(|| Self::of(text, enterprise_parts)).clone()
    }

    /// The page that a report of an example writes, with its real plan and pictures.
    pub(crate) fn written() -> String {
        let text = include_str!("../../examples/stacks/hubspot-scale-up.yaml");
        let source = Source::new("stack.yaml", text.to_owned());
        let stack = read(&source).stack.expect("the example can be read");
        let analysis = Analysis::of(&stack);
        let findings = analysis.findings();
        let options = Options { samples: 0, ..Options::default() };
        let plan = Plan::of(&analysis, &options).expect("the example can be planned");
        let shown = sinew::report::Plan::of(&stack, &plan, &options);
        let report = Report::of(&analysis, &findings, &source).with_plan(shown);
        let sources = Sources { analysis: &analysis, findings: &findings, plan: &plan, report: &report };
        let look = Look::of(Theme::light());
        let files = files(&sources, &[Part::Page], &look, &|_| ()).expect("the example can be drawn");
        let page = files.into_iter().next().expect("a page");
        String::from_utf8(page.bytes).expect("the page is text")
    }

    /// A small stack of which every name is an attack.
    pub(crate) fn hostile() -> Self {
        let long = "long ".repeat(1_980);
        let text = HOSTILE.replace("LONG", long.trim());
        Self::of(&text, |_| json!({ "plan": { "items": [hostile_item()] }, "stage": { "stage": 1, "name": EVIL } }))
    }

    fn of(text: &str, parts: impl Fn(&Value) -> Value) -> Self {
        let source = Source::new("stack.yaml", text.to_owned());
        let reading = read(&source);
        let stack = reading.stack.unwrap_or_else(|| panic!("{:?}", reading.problems));
        let analysis = Analysis::of(&stack);
        let report = Report::of(&analysis, &analysis.findings(), &source);
        let summary = sinew::report::summary(&report).to_vec();
        let mut report = report_value(&report);
        report["outages"] = outages(&analysis);
        report["processes"] = processes(&analysis);
        let more = parts(&report);
        for (key, value) in more.as_object().into_iter().flatten() {
            report[key] = value.clone();
        }
        let picture = |id: &str, title: &str, diagram: &Diagram| Picture {
            id: id.into(),
            title: title.into(),
            scenes: layout(diagram),
        };
        let today = landscape(&analysis, None);
        let target = landscape(&analysis, Some(&stack.flows.iter().filter(|flow| flow.is_manual()).count()));
        let pictures = vec![picture("landscape", "Landscape", &today), picture("target", "Target", &target)];
        Self { report, summary, names: Names::of(&stack), pictures }
    }

    pub(crate) fn page(&self) -> String {
        let (light, dark) = (Theme::light(), Theme::dark());
        html(&Page {
            report: &self.report,
            summary: &self.summary,
            names: &self.names,
            pictures: &self.pictures,
            theme: &light,
            dark: Some(&dark),
        })
    }
}

/// What a hostile name looks like.
pub(crate) const EVIL: &str = "</script><img src=x onerror=alert(1)>\"'&<!--";

const HOSTILE: &str = r#"
sinew: 1
name: "</script><img src=x onerror=alert(1)>\"'&<!-- LONG"
hourly_rate: 50
currency: "<b>\u202e"
teams:
  t: { name: "</script><img src=x onerror=alert(1)>\"'&<!--", people: 1 }
systems:
  a: { kind: ai-content, name: "</script><img src=x onerror=alert(1)>\"'&<!--", owner: t, domain: "</option><script>alert(2)</script>", makes: [d] }
  b: { kind: cms, name: "LONG", domain: "שלום \u202e evil" }
data:
  d: { name: "]]><svg onload=alert(3)>" }
flows:
  - { from: a, to: b, data: d, mechanism: copy-paste, performer: t, runs: 10/week, minutes: 30 }
processes:
  p: { name: "</title></style><script>alert(4)</script>", needs: [{ data: d, at: b }], outage_cost: 10 }
"#;

fn hostile_item() -> Value {
    json!({
        "id": EVIL, "kind": EVIL, "title": EVIL, "removes": [EVIL], "needs": [EVIL], "wave": 1,
        "options": [{ "kind": EVIL, "feasible": false, "why": EVIL }],
    })
}

/// A picture of all live systems; with `target`, manual flows are drawn as new ones.
fn landscape(analysis: &Analysis<'_>, target: Option<&usize>) -> Diagram {
    let stack = analysis.stack;
    let mut domains: Vec<&str> = stack.systems.iter().filter_map(|system| system.domain.as_deref()).collect();
    domains.sort_unstable();
    domains.dedup();
    let single: Vec<&str> = analysis
        .resilience()
        .iter()
        .flat_map(|process| &process.single_points)
        .map(|component| component_id(stack, *component))
        .collect();
    let node = |system: &sinew::model::System| Node {
        id: system.id.to_string(),
        name: system.name.clone(),
        caption: system.facts.kind.display_name().to_owned(),
        cluster: system.domain.clone(),
        role: match system {
            _ if system.is_ai() => Role::AiTool,
            _ if system.is_carrier() => Role::Carrier,
            _ if ["workato", "fivetran"].contains(&system.id.as_str()) => Role::Middleware,
            _ if ["salesforce", "marketo", "snowflake"].contains(&system.id.as_str()) => Role::SystemOfRecord,
            _ => Role::System,
        },
        emphasis: if single.contains(&system.id.as_str()) { Emphasis::Ringed } else { Emphasis::Normal },
        tooltip: format!("{} ({})\n{}", system.name, system.id, system.facts.kind.display_name()),
        ..Node::default()
    };
    let edge = |flow: &sinew::model::Flow| Edge {
        id: flow.id.to_string(),
        from: stack.system(flow.from).id.to_string(),
        to: stack.system(flow.to).id.to_string(),
        label: flow.data.iter().take(2).map(|data| stack.data_object(*data).name.clone()).collect(),
        style: match (flow.is_standby, flow.is_manual(), target) {
            (true, ..) => Style::Standby,
            (_, true, None) => Style::Manual,
            (_, true, Some(_)) => Style::New,
            _ => Style::Automated,
        },
        tooltip: format!("{}\nby {}", flow.id, flow.mechanism.as_str()),
        ..Edge::default()
    };
    let manual = stack.flows.iter().filter(|flow| flow.is_manual()).count();
    Diagram {
        title: match target {
            None => format!("{manual} of {} flows are carried by hand", stack.flows.len()),
            Some(_) => "With the plan, nothing is carried by hand".to_owned(),
        },
        source: format!("Source: {}, as of 2026-11-21", stack.name),
        clusters: domains.iter().map(|name| Cluster { id: (*name).to_owned(), name: (*name).to_owned() }).collect(),
        nodes: stack.live_systems().map(|(_, system)| node(system)).collect(),
        edges: stack.live_flows().map(|(_, flow)| edge(flow)).collect(),
        ..Diagram::default()
    }
}

fn outages(analysis: &Analysis<'_>) -> Value {
    let stack = analysis.stack;
    let mut all: Vec<&Outage> = analysis.outages().iter().collect();
    all.sort_by(|a, b| {
        let cost = |outage: &Outage| outage.cost_per_hour.map_or(-1.0, |cost| cost.0);
        cost(b).total_cmp(&cost(a)).then(b.facts_lost.len().cmp(&a.facts_lost.len()))
    });
    all.into_iter().map(|outage| outage_value(stack, outage)).collect()
}

/// An outage under the keys of `report.json`.
pub(crate) fn outage_value(stack: &Stack, outage: &Outage) -> Value {
    let processes = |of: &[sinew::model::ProcessIx]| -> Vec<String> {
        of.iter().map(|ix| stack.process(*ix).id.to_string()).collect()
    };
    let systems = |of: &[sinew::model::SystemIx]| -> Vec<String> {
        of.iter().map(|ix| stack.system(*ix).id.to_string()).collect()
    };
    let facts = outage.facts_lost.iter().map(
        |fact| json!({ "data": stack.data_object(fact.data).id.as_str(), "at": stack.system(fact.at).id.as_str() }),
    );
    json!({
        "components": outage.components.iter().map(|one| component_id(stack, *one)).collect::<Vec<_>>(),
        "kind": match outage.components[..] {
            [Component::System(_)] => "system",
            [Component::Flow(_)] => "flow",
            [Component::Team(_)] => "team",
            _ => "joint",
        },
        "processes_down": processes(&outage.processes_down),
        "processes_degraded": processes(&outage.processes_degraded),
        "facts_lost": facts.collect::<Vec<_>>(),
        "systems_down": systems(&outage.systems_down),
        "systems_starved": systems(&outage.systems_starved),
        "cost_per_hour": outage.cost_per_hour.map(|cost| cost.0),
        "expected_cost": outage.expected_cost.map(|cost| cost.0),
    })
}

fn processes(analysis: &Analysis<'_>) -> Value {
    let stack = analysis.stack;
    let ids = |of: &[Component]| -> Vec<String> { of.iter().map(|one| component_id(stack, *one).to_owned()).collect() };
    let value = |process: &sinew::analysis::resilience::Resilience| {
        json!({
            "id": stack.process(process.process).id.as_str(),
            "runs": process.runs,
            "degraded": process.is_degraded,
            "availability": {
                "exact": process.is_exact, "low": process.availability.low, "high": process.availability.high,
            },
            "unknown_availability": ids(&process.unknown_availability),
            "single_points": ids(&process.single_points),
            "covered_points": ids(&process.covered_points),
            "cut_sets": process.cut_sets.iter().map(|set| ids(set)).collect::<Vec<_>>(),
        })
    };
    analysis.resilience().iter().map(value).collect()
}

/// Parts that are computed elsewhere, by hand.
fn enterprise_parts(report: &Value) -> Value {
    let chains: Vec<&Value> = report["handoffs"].as_array().expect("a list").iter().collect();
    let items: Vec<Value> = chains.iter().enumerate().map(|(at, chain)| item(report, at, chain)).collect();
    let criteria = [
        ("ai-policy", 1, "met", "practices", "ai_policy covers data-privacy, acceptable-use, output-review"),
        ("evaluation-framework", 2, "met", "practices", "evaluation_framework covers its four"),
        ("no-ai-silo", 3, "not-met", "graph", "ChatGPT has no automated flow to a system of record"),
        ("no-missing-feedback", 3, "not-met", "graph", "outcomes reach MadKudu by hand only"),
        ("no-bolted-on-review", 3, "not-known", "graph", "no flow states a review"),
        ("resilience-plan", 4, "not-known", "practices", "resilience_plan is not stated"),
    ];
    let criteria = criteria.map(|(id, stage, state, source, evidence)| {
        json!({ "id": id, "stage": stage, "state": state, "source": source, "evidence": [evidence] })
    });
    json!({
        "stage": {
            "stage": 3, "name": "Isolated production", "constraint": "integration-architecture", "criteria": criteria,
        },
        "structure": {
            "articulation_points": ["marketo", "salesforce"], "bridges": ["jasper-to-contentful"],
            "middleware_share": [{ "system": "workato", "flows": 4, "share": 0.16 }],
        },
        "ai_register": [
            { "system": "jasper", "vendor": "Jasper", "depends_on": [], "status": "production", "owner": "content",
              "budget_owner": null, "breaks": ["campaign-launch"] },
            { "system": "madkudu", "vendor": "MadKudu", "depends_on": [], "status": "production",
              "owner": "marketing-ops", "budget_owner": "Revenue operations", "breaks": [] },
        ],
        "ledger": [
            { "flow": chains[0]["steps"][0], "mode": "manual", "failure": ["marketo"], "watched_by": null,
              "owner": "content" },
        ],
        "plan": {
            "items": items, "net_value": 88_000, "bound": 88_000, "gap": 0.0,
            "before": { "hours": report["handoff_totals"]["hours"], "cost": report["handoff_totals"]["cost"] },
            "after": { "hours": { "low": 20, "likely": 40, "high": 60 }, "cost": { "low": 1000, "likely": 3000, "high": 4000 } },
        },
    })
}

/// An item that removes one chain and the finding about it, built in wave 1, 2 or 3.
fn item(report: &Value, at: usize, chain: &Value) -> Value {
    let likely = chain["cost"]["likely"].as_f64().unwrap_or(0.0);
    let id = chain["id"].as_str().expect("an id");
    let finding = format!("manual-handoff:{id}");
    let is_found = report["findings"].as_array().into_iter().flatten().any(|one| one["id"] == finding.as_str());
    let kind = ["native", "recipe", "api", "reverse-etl"][at % 4];
    let needs: &[&str] = if at == 2 { &["automate-0"] } else { &[] };
    let mut removes = vec![id.to_owned()];
    removes.extend(is_found.then_some(finding));
    json!({
        "id": format!("automate-{at}"),
        "kind": kind,
        "title": format!("Automate {} into {}", chain["data"].as_str().unwrap_or(""), chain["to"].as_str().unwrap_or("")),
        "removes": removes,
        "needs": needs,
        "effort": { "low": 2, "likely": 5 + at, "high": 14 },
        "value": { "low": likely * 0.8, "likely": likely, "high": likely * 1.3 },
        "wsjf": likely / (5 + at) as f64,
        "payback_weeks": { "likely": 6, "p10": 2, "p50": 7, "p90": null },
        "wave": 1 + at / 4,
        "start": 0.0, "finish": 2.0, "wave_share": 0.93 - at as f64 * 0.04,
        "options": [
            { "kind": "native", "feasible": true, "why": "" },
            { "kind": "api", "feasible": false, "why": "12,000 calls a day against a quota of 10,000" },
        ],
    })
}
