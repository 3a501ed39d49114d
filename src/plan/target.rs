//! The target stack as a stack file that can be analyzed like any other, each new thing traced to its item.

use std::fmt::Write;

use crate::model::write::write;

use super::making::Plan;

/// The stack of `plan` as it will be, as the text of a stack file. A comment before each flow that the plan builds,
/// extends or retires names the item. Reading it gives the stack that the plan's value was computed from.
#[must_use]
pub fn target(plan: &Plan) -> String {
    let mut out = String::from("# The target stack of the plan. In order:\n");
    for item in &plan.items {
        let candidate = plan.candidate(item);
        let _ = writeln!(out, "#   {}, wave {}: {}", candidate.id, item.wave, one_line(&candidate.title));
    }
    let mut flows = plan.target.flows.iter();
    let mut is_flow = false;
    for line in write(&plan.target).lines() {
        match line {
            _ if !line.starts_with(' ') => is_flow = line == "flows:",
            // Lists within a flow are indented further.
            _ if is_flow && line.starts_with("  - ") => {
                if let Some(words) = flows.next().and_then(|flow| plan.traces.get(flow.id.as_str())) {
                    let _ = writeln!(out, "  # {words}");
                }
            }
            _ => {}
        }
        out.push_str(line);
        out.push('\n');
    }
    out
}

/// Names are free text; a comment ends with its line.
fn one_line(text: &str) -> String {
    text.chars().map(|c| if c.is_control() { ' ' } else { c }).collect()
}

#[cfg(test)]
mod tests {
    #[test]
    fn a_name_of_several_lines_stays_in_its_comment() {
        assert_eq!(super::one_line("Shop\nfloor\r\tand hall"), "Shop floor  and hall");
    }
}
