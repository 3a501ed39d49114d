//! Small random stacks for oracles: loops, rings of carriers, flows of several objects, parallel flows, isolated systems,
//! standby flows, flows that are planned or off, retired and planned systems, shared dependencies, middleware, and teams of one.
//! Most have every other key of the reference by chance as well, by the generator of `any_stack.rs`.

use proptest::prelude::*;
use serde_json::{Value, json};

use crate::support::any_stack::{MoreKeys, Section};

/// One random flow, by numbers.
#[derive(Clone, Debug)]
pub(crate) struct FlowShape {
    pub(crate) from: usize,
    pub(crate) to: usize,
    pub(crate) data: u8,
    pub(crate) mechanism: usize,
    pub(crate) performer: Option<usize>,
    pub(crate) through: Option<usize>,
    pub(crate) is_standby: bool,
    /// A place among the words for its status.
    pub(crate) status: usize,
    pub(crate) availability: Option<u8>,
}

/// A random stack, by numbers.
#[derive(Clone, Debug)]
pub(crate) struct StackShape {
    pub(crate) systems: usize,
    pub(crate) data: usize,
    pub(crate) retired: u8,
    /// Of the others, those that are planned.
    pub(crate) planned: u8,
    /// Of the rest, those that are phased out.
    pub(crate) ending: u8,
    pub(crate) kinds: Vec<usize>,
    pub(crate) availability: Vec<Option<u8>>,
    /// The system above, and those below of which one is enough.
    pub(crate) dependencies: Vec<(usize, Vec<usize>)>,
    pub(crate) makes: Vec<MakingShape>,
    pub(crate) flows: Vec<FlowShape>,
    pub(crate) processes: Vec<Vec<Vec<NeedShape>>>,
    /// Where there is one: all other keys of the reference, each by chance.
    pub(crate) more_keys: Option<u64>,
}

/// What a system makes, by numbers.
#[derive(Clone, Debug)]
pub(crate) struct MakingShape {
    pub(crate) at: usize,
    pub(crate) data: usize,
    pub(crate) from: u8,
    pub(crate) by: Option<usize>,
    pub(crate) is_standby: bool,
}

/// What a process needs, by numbers.
#[derive(Clone, Debug)]
pub(crate) enum NeedShape {
    /// An object at a system.
    Data(usize, usize),
    /// One of the processes before it; an object where there is none.
    Process(usize),
}

const MECHANISMS: [&str; 4] = ["api", "native", "copy-paste", "export-import"];
const STATUSES: [&str; 3] = ["live", "planned", "off"];
const KINDS: [&str; 5] = ["crm", "ai-content", "spreadsheet", "ipaas", "messaging"];

/// So many cases of a property, times `SINEW_CASES_TIMES`, which the weekly job sets; or as many as `PROPTEST_CASES` asks for: a long
/// run is one variable away.
pub(crate) fn cases(usual: u32) -> ProptestConfig {
    let asked = ProptestConfig::default();
    let times =
        std::env::var("SINEW_CASES_TIMES").map_or(1, |times| times.parse().expect("SINEW_CASES_TIMES is a number"));
    let cases = if std::env::var_os("PROPTEST_CASES").is_some() { asked.cases } else { usual * times };
    // As many values may be turned down as are taken: the usual number is too small for a long run.
    ProptestConfig { cases, max_global_rejects: asked.max_global_rejects.max(cases), ..asked }
}

/// Carriers that hand something around by hand: the first, how many, and what.
type Ring = (usize, usize, u8);

/// The places of a spreadsheet and a messenger among the kinds.
const CARRIERS: [usize; 2] = [2, 4];

/// Makes the systems of `ring` carriers and joins them.
fn with_ring(mut shape: StackShape, ring: Option<Ring>) -> StackShape {
    let Some((first, length, data)) = ring else { return shape };
    let length = length.min(shape.systems);
    for step in 0..length {
        let [from, to] = [step, (step + 1) % length].map(|at| (first + at) % shape.systems);
        shape.kinds[from] = CARRIERS[step % 2];
        shape.flows.push(FlowShape {
            from,
            to,
            data,
            // Every third step is automated.
            mechanism: if step % 3 == 2 { 0 } else { 2 + step % 2 },
            performer: Some(step % 3),
            through: None,
            is_standby: false,
            status: 0,
            availability: None,
        });
    }
    shape
}

pub(crate) fn stack_shape() -> impl Strategy<Value = StackShape> {
    let flow = (
        (0..7usize, 0..7usize, prop_oneof![1..16u8, Just(15u8)], 0..4usize),
        (prop::option::weighted(0.7, 0..3usize), prop::option::weighted(0.25, 0..7usize)),
        (prop::bool::weighted(0.2), prop_oneof![16 => Just(0usize), 2 => Just(1usize), 1 => Just(2usize)]),
        prop::option::weighted(0.3, 0..100u8),
    );
    let flow =
        flow.prop_map(|((from, to, data, mechanism), (performer, through), (is_standby, status), availability)| {
            FlowShape { from, to, data, mechanism, performer, through, is_standby, status, availability }
        });
    let making = (
        (0..7usize, 0..4usize, prop_oneof![3 => Just(0u8), 2 => 0..16u8]),
        (prop::option::weighted(0.3, 0..3usize), prop::bool::weighted(0.2)),
    );
    let making = making.prop_map(|((at, data, from), (by, is_standby))| MakingShape { at, data, from, by, is_standby });
    let need = prop_oneof![
        4 => (0..4usize, 0..7usize).prop_map(|(data, at)| NeedShape::Data(data, at)),
        1 => (0..4usize).prop_map(NeedShape::Process),
    ];
    (
        (2..7usize, 1..4usize, prop_oneof![4 => Just([0u8; 3]), 1 => [0..64u8, 0..64u8, 0..64u8]]),
        (prop::collection::vec(0..5usize, 7), prop::collection::vec(prop::option::weighted(0.5, 0..100u8), 7)),
        prop::collection::vec((0..7usize, prop::collection::vec(0..7usize, 1..3)), 0..5),
        prop::collection::vec(making, 0..7),
        prop::collection::vec(flow, 0..12),
        prop::collection::vec(prop::collection::vec(prop::collection::vec(need, 1..3), 0..3), 0..5),
        (prop::option::weighted(0.75, (0..7usize, 2..5usize, 1..16u8)), prop::option::weighted(0.75, any::<u64>())),
    )
        .prop_map(
            |(
                (systems, data, [retired, planned, ending]),
                (kinds, availability),
                dependencies,
                makes,
                flows,
                processes,
                (ring, more_keys),
            )| {
                let shape = StackShape {
                    systems,
                    data,
                    retired,
                    planned,
                    ending,
                    kinds,
                    availability,
                    dependencies,
                    makes,
                    flows,
                    processes,
                    more_keys,
                };
                with_ring(shape, ring)
            },
        )
}

fn percent(value: u8) -> Value {
    json!(f64::from(value) / 100.0)
}

/// Keys that a shape decides itself, or that would change what it means: the rest is there by chance.
const OF_THE_SHAPE: [(Section, &[&str]); 5] = [
    (Section::Teams, &["people", "availability", "name", "was"]),
    (
        Section::Systems,
        // What it is and how it stands; who takes its place has to be there.
        &["name", "kind", "product", "status", "ends", "replaced_by", "availability", "depends_on", "makes", "was"],
    ),
    (Section::Data, &["name", "was"]),
    (
        Section::Flows,
        &["id", "from", "to", "data", "mechanism", "performer", "through", "standby", "status", "availability", "was"],
    ),
    (Section::Processes, &["name", "needs", "outage_cost", "was"]),
];

/// The stack file of `shape`, as JSON. Numbers wrap around, so every shape is a valid file.
pub(crate) fn json_of(shape: &StackShape) -> String {
    let plain = plain(shape);
    let Some(seed) = shape.more_keys else { return plain.to_string() };
    let with_more = with_more_keys(&plain, seed).to_string();
    // Where two keys do not agree, there are none.
    let is_valid = sinew::model::read(&sinew::source::Source::new("random.json", with_more.clone())).stack.is_some();
    if is_valid { with_more } else { plain.to_string() }
}

/// The stack with keys of its seed, whether or not they agree.
fn with_more_keys(plain: &Value, seed: u64) -> Value {
    let mut file = plain.clone();
    let count = |name: &str| plain[name].as_object().map_or(0, serde_json::Map::len);
    let mut keys = MoreKeys::new(seed, [3, count("systems"), count("data"), count("processes")]);
    let add = |entry: &mut Value, pairs: Vec<(&'static str, String)>| {
        for (key, value) in pairs {
            entry[key] = flow_value(&mut value.as_str());
        }
    };
    for (section, except) in OF_THE_SHAPE {
        let name = format!("{section:?}").to_lowercase();
        let entries: Vec<&mut Value> = match &mut file[&name] {
            Value::Object(all) => all.values_mut().collect(),
            Value::Array(all) => all.iter_mut().collect(),
            _ => Vec::new(),
        };
        for (at, entry) in entries.into_iter().enumerate() {
            add(entry, keys.of_entry(section, at, except));
        }
    }
    let sections = ["teams", "systems", "data", "flows", "processes"];
    let except = ["sinew", "$schema", "name", "hourly_rate", "plan", "catalog", "accept", "severity"];
    add(&mut file, keys.of_file(&[&sections[..], &except[..]].concat()));
    file
}

/// The value at the begin of a text of the generator, which writes YAML in its short forms; the text is left behind it.
fn flow_value(text: &mut &str) -> Value {
    *text = text.trim_start();
    let until = |text: &mut &str, end: char, each: &mut dyn FnMut(&mut &str)| {
        *text = text[1..].trim_start();
        while !text.starts_with(end) {
            each(text);
            *text = text.trim_start().trim_start_matches(',').trim_start();
        }
        *text = &text[1..];
    };
    match text.as_bytes()[0] {
        b'[' => {
            let mut all = Vec::new();
            until(text, ']', &mut |text| all.push(flow_value(text)));
            Value::Array(all)
        }
        b'{' => {
            let mut all = serde_json::Map::new();
            until(text, '}', &mut |text| {
                let key = match flow_value(text) {
                    Value::String(key) => key,
                    other => other.to_string(),
                };
                *text = text.trim_start().strip_prefix(':').unwrap();
                all.insert(key, flow_value(text));
            });
            Value::Object(all)
        }
        b'"' => {
            let mut values = serde_json::Deserializer::from_str(text).into_iter::<Value>();
            let value = values.next().unwrap().unwrap();
            *text = &text[values.byte_offset()..];
            value
        }
        _ => {
            let end = text.find([',', ']', '}']).unwrap_or(text.len());
            let end = text[..end].find(": ").unwrap_or(end);
            let word = text[..end].trim_end();
            *text = &text[end..];
            match word {
                "~" => Value::Null,
                "true" => json!(true),
                "false" => json!(false),
                word => word.parse::<serde_json::Number>().map_or_else(|_| json!(word), Value::Number),
            }
        }
    }
}

/// The stack file of `shape` without other keys.
fn plain(shape: &StackShape) -> Value {
    let system = |at: usize| format!("s{}", at % shape.systems);
    let object = |at: usize| format!("d{}", at % shape.data);
    let objects = |bits: u8| -> Vec<String> { (0..shape.data).filter(|at| bits >> at & 1 == 1).map(object).collect() };
    let making = |one: &MakingShape| {
        let mut entry = json!({ "data": object(one.data), "from": objects(one.from), "standby": one.is_standby });
        if let Some(team) = one.by {
            entry["by"] = json!(format!("t{team}"));
        }
        entry
    };
    let mut systems = serde_json::Map::new();
    for at in 0..shape.systems {
        let mut depends: Vec<Value> = Vec::new();
        for (_, below) in shape.dependencies.iter().filter(|(above, _)| above % shape.systems == at) {
            // A system depends on earlier ones only, so that there is no circle.
            let below: Vec<String> = below.iter().map(|b| b % shape.systems).filter(|b| *b < at).map(system).collect();
            match below.as_slice() {
                [] => {}
                [one] => depends.push(json!(one)),
                several => depends.push(json!({ "any_of": several })),
            }
        }
        let makes: Vec<Value> = shape.makes.iter().filter(|one| one.at % shape.systems == at).map(making).collect();
        let mut entry = json!({ "kind": KINDS[shape.kinds[at]], "depends_on": depends, "makes": makes });
        let status = [(shape.retired, "retired"), (shape.planned, "planned"), (shape.ending, "phasing-out")];
        if let Some((_, status)) = status.iter().find(|(bits, _)| bits >> at & 1 == 1) {
            entry["status"] = json!(status);
        }
        if let Some(value) = shape.availability[at] {
            entry["availability"] = percent(value);
        }
        systems.insert(system(at), entry);
    }
    let mut flows = Vec::new();
    for (at, flow) in shape.flows.iter().enumerate() {
        let (from, to) = (flow.from % shape.systems, flow.to % shape.systems);
        let carried = objects(flow.data);
        if from == to || carried.is_empty() {
            continue;
        }
        let mut entry = json!({
            "id": format!("f{at}"), "from": system(from), "to": system(to), "data": carried,
            "mechanism": MECHANISMS[flow.mechanism], "standby": flow.is_standby,
            "status": STATUSES[flow.status],
        });
        if let Some(team) = flow.performer {
            entry["performer"] = json!(format!("t{team}"));
        }
        if let Some(through) = flow.through {
            entry["through"] = json!(system(through));
        }
        if let Some(value) = flow.availability {
            entry["availability"] = percent(value);
        }
        flows.push(entry);
    }
    let need = |process: usize, need: &NeedShape| match need {
        NeedShape::Data(data, at) => json!({ "data": object(*data), "at": system(*at) }),
        NeedShape::Process(_) if process == 0 => json!({ "data": object(0), "at": system(0) }),
        NeedShape::Process(of) => json!({ "process": format!("p{}", of % process) }),
    };
    let processes: serde_json::Map<String, Value> = (0..)
        .zip(&shape.processes)
        .map(|(at, needs): (usize, _)| {
            let needs: Vec<Value> = needs
                .iter()
                .map(|any| match any.as_slice() {
                    [one] => need(at, one),
                    several => json!({ "any_of": several.iter().map(|one| need(at, one)).collect::<Vec<_>>() }),
                })
                .collect();
            (format!("p{at}"), json!({ "needs": needs, "outage_cost": 100 * (at + 1) }))
        })
        .collect();
    let data: serde_json::Map<String, Value> = (0..shape.data).map(|at| (object(at), json!({}))).collect();
    json!({
        "sinew": 1, "name": "Random", "hourly_rate": 50,
        "teams": { "t0": { "people": 1, "availability": 0.9 }, "t1": { "people": 1 }, "t2": { "people": 3 } },
        "systems": systems, "data": data, "flows": flows, "processes": processes,
    })
}

/// Keys that no shape could state would be tested by none.
#[test]
fn shapes_state_every_key_that_is_not_their_own() {
    use proptest::strategy::ValueTree as _;
    let mut runner = proptest::test_runner::TestRunner::deterministic();
    let (mut stated, mut valid) = (std::collections::BTreeSet::new(), 0);
    for _ in 0..300 {
        let shape = stack_shape().new_tree(&mut runner).unwrap().current();
        let text = json_of(&shape);
        if shape.more_keys.is_some() {
            let file: Value = serde_json::from_str(&text).unwrap();
            valid += u32::from(file != plain(&shape));
            let keys =
                text.split('"').filter(|word| word.bytes().all(|byte| byte.is_ascii_lowercase() || byte == b'_'));
            stated.extend(keys.map(str::to_owned));
        }
    }
    assert!(valid > 100, "{valid} stacks with more keys are valid");
    let wanted = [
        "master",
        "peak",
        "records",
        "minutes_per_record",
        "error_rate",
        "review",
        "watched_by",
        "value",
        "runs",
        "delay",
        "owner",
        "notes",
        "basis",
        "as_of",
        "error_minutes",
        "personal",
        "content",
        "audience_facing",
        "practices",
        "domain",
        "hourly_rate",
    ];
    let missing: Vec<&str> = wanted.into_iter().filter(|key| !stated.contains(*key)).collect();
    assert!(missing.is_empty(), "no shape states {missing:?}");
}
