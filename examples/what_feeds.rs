//! Follows one data object to one system: from where it comes, by which flows, and what it is made of there.
//!
//! ```text
//! cargo run --example what_feeds -- examples/stacks/stage-3-marketo-enterprise.yaml lead-score outreach
//! ```

use std::collections::BTreeSet;
use std::error::Error;
use std::io::{self, Write};

use sinew::analysis::Analysis;
use sinew::analysis::Fact;
use sinew::model;
use sinew::source::{Source, render};

fn main() -> Result<(), Box<dyn Error>> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let [path, object, system] = arguments.as_slice() else {
        return Err("name a stack file, a data object and a system".into());
    };
    let source = Source::from_bytes(path.as_str(), std::fs::read(path)?, Source::MAX_BYTES)?;
    let reading = model::read(&source);
    write!(io::stderr(), "{}", render(&source, &reading.problems, false))?;
    let stack = reading.stack.ok_or("the stack file has errors")?;
    let data = stack.find_data(object).ok_or("there is no such data object")?;
    let at = stack.find_system(system).ok_or("there is no such system")?;

    let analysis = Analysis::of(&stack);
    print_feeds(&analysis, Fact { at, data }, 0, &mut BTreeSet::new(), &mut io::stdout().lock())?;
    Ok(())
}

/// Prints a fact (one data object at one system) and, indented below, what supplies it; each fact once.
fn print_feeds(
    analysis: &Analysis<'_>,
    fact: Fact,
    depth: usize,
    seen: &mut BTreeSet<Fact>,
    out: &mut impl Write,
) -> io::Result<()> {
    let stack = analysis.stack;
    let system = stack.system(fact.at);
    let indent = "  ".repeat(depth);
    let missing = if analysis.is_available(fact) { "" } else { " (not available)" };
    let object = &stack.data_object(fact.data).name;
    if !seen.insert(fact) {
        return writeln!(out, "{indent}{object} at {}: see above", system.name);
    }
    writeln!(out, "{indent}{object} at {}{missing}", system.name)?;
    for making in system.makes.iter().filter(|making| making.data == fact.data) {
        if making.from.is_empty() {
            writeln!(out, "{indent}  made there")?;
        }
        for input in &making.from {
            writeln!(out, "{indent}  made there of:")?;
            print_feeds(analysis, Fact { at: fact.at, data: *input }, depth + 2, seen, out)?;
        }
    }
    for delivery in analysis.deliveries().into_fact(fact) {
        let flow = stack.flow(delivery.flow);
        let how = if flow.is_standby { ", standby" } else { "" };
        writeln!(out, "{indent}  by {} ({}{how}):", flow.id, flow.mechanism.as_str())?;
        print_feeds(analysis, delivery.other, depth + 2, seen, out)?;
    }
    Ok(())
}
