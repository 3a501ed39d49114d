//! Reads a stack file and prints its handoffs, most expensive first.
//!
//! ```text
//! cargo run --example price_handoffs -- examples/stacks/tiny.yaml
//! ```

use std::error::Error;
use std::io::{self, Write};

use sinew::analysis::{Analysis, words};
use sinew::model;
use sinew::source::{Source, render};

fn main() -> Result<(), Box<dyn Error>> {
    let path = std::env::args().nth(1).ok_or("name a stack file")?;
    let source = Source::from_bytes(path.as_str(), std::fs::read(&path)?, Source::MAX_BYTES)?;

    // Reading collects every problem of the file; a stack comes out unless one of them is an error.
    let reading = model::read(&source);
    write!(io::stderr(), "{}", render(&source, &reading.problems, false))?;
    let stack = reading.stack.ok_or("the stack file has errors")?;

    // A stack that was read can be analyzed: from here on nothing fails.
    let analysis = Analysis::of(&stack);
    let handoffs = analysis.handoffs();
    let mut out = io::stdout().lock();
    for chain in &handoffs.chains {
        let price = match chain.cost() {
            Some(cost) => words::money(&stack, cost.likely),
            None => "unknown".to_owned(),
        };
        let objects: Vec<&str> = chain.data.iter().map(|ix| stack.data_object(*ix).name.as_str()).collect();
        let what = words::listed(&objects);
        let (from, to) = (&stack.system(chain.from).name, &stack.system(chain.to).name);
        let ai = if chain.is_ai_output() { " (made by AI)" } else { "" };
        writeln!(
            out,
            "{price:>12}  {what}{ai}: {from} -> {to}, in {}",
            words::counted(chain.steps.len(), "step", "steps")
        )?;
    }
    // Two handoffs may share a step; the total holds each step once, and is not the sum of the lines above.
    let total = handoffs.total;
    let hours = total.work().map_or("unknown hours".to_owned(), |work| words::hours(work.likely));
    let cost = total.cost.map_or("unknown".to_owned(), |cost| words::money(&stack, cost.likely));
    writeln!(out, "{cost:>12}  in all, for {hours} a year")?;
    Ok(())
}
