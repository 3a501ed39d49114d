//! A stack file written anew as JSON, with the entries of every mapping and of every list in another order.

use sinew::source::{Diagnostics, Limits, Node, Source, Value, parse};

/// Keys behind which a list is a range: low, likely, high.
const RANGES: [&str; 12] = [
    "availability",
    "hourly_rate",
    "runs",
    "minutes",
    "records",
    "error_rate",
    "error_minutes",
    "outage_cost",
    "value",
    "cost",
    "delay",
    "budget",
];

/// The file in the order of `seed`; 0 keeps the order.
pub(crate) fn shuffled(source: &Source, seed: u64) -> String {
    let mut problems = Diagnostics::default();
    let root = parse(source, &Limits::default(), &mut problems).expect("a tree");
    let mut random = seed;
    let mut out = String::new();
    write(&root, "", &mut random, &mut out);
    out
}

/// The places 0 to `length`, shuffled (Fisher and Yates) unless the seed is 0.
fn order(length: usize, random: &mut u64) -> Vec<usize> {
    let mut order: Vec<usize> = (0..length).collect();
    if *random > 0 {
        for at in (1..length).rev() {
            // A linear congruential generator (Knuth, MMIX): its high bits are good enough to shuffle a test.
            *random = random.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407) | 1;
            order.swap(at, (*random >> 33) as usize % (at + 1));
        }
    }
    order
}

fn write(node: &Node<'_>, key: &str, random: &mut u64, out: &mut String) {
    match &node.resolved().value {
        Value::Null => out.push_str("null"),
        Value::Scalar(scalar) => {
            let is_json = scalar.plain && serde_json::from_str::<serde_json::Value>(&scalar.text).is_ok();
            let quoted = serde_json::to_string(&*scalar.text).expect("text is JSON");
            out.push_str(if is_json { &scalar.text } else { &quoted });
        }
        Value::List(items) => {
            let is_range = RANGES.contains(&key) || key == "efforts";
            let order = if is_range { (0..items.len()).collect() } else { order(items.len(), random) };
            out.push('[');
            for (at, item) in order.into_iter().enumerate() {
                out.push_str(if at > 0 { ",\n" } else { "" });
                write(&items[item], key, random, out);
            }
            out.push(']');
        }
        Value::Map(entries) => {
            out.push('{');
            for (at, entry) in order(entries.len(), random).into_iter().enumerate() {
                let entry = &entries[entry];
                out.push_str(if at > 0 { ",\n" } else { "" });
                out.push_str(&serde_json::to_string(&*entry.key).expect("text is JSON"));
                out.push_str(": ");
                let inner = if key == "efforts" || key == "running_costs" { "efforts" } else { &entry.key };
                write(&entry.node, inner, random, out);
            }
            out.push('}');
        }
        Value::Alias(_) => unreachable!("resolved() follows aliases"),
    }
}
