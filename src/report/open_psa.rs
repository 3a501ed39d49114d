//! A fault tree in the Open-PSA model exchange format, version 2.0d, as SCRAM and other tools of risk analysis read it.
//!
//! Identifiers of the format begin with a letter and hold letters, digits, `-` and `_`, so events are called `e1`,
//! `e2`, ... and gates `g1`, `g2`, ...; the real name of an event is its `<label>`. The top gate is called `top`.

use std::fmt::Write as _;

use crate::analysis::Analysis;
use crate::analysis::outages::component_id;
use crate::analysis::resilience::stated_unavailability;
use crate::model::ProcessIx;
use sinew_graph::cut_sets::Goals;
use sinew_graph::fault_tree::{FaultTree, GateKind, Input, TooManyGates, Top};

/// Gates that the tree of one process may have: more than tools of the field read in reasonable time.
const MOST_GATES: usize = 100_000;

/// The outage of a process as a fault tree over all components; those without availability never fail in it, and stand
/// in its cut sets all the same.
///
/// # Errors
/// Where the loops of the process unroll to too many gates.
pub fn process(analysis: &Analysis<'_>, process: ProcessIx) -> Result<String, TooManyGates> {
    let supply = &analysis.supply;
    let goals = Goals::of(supply.with_standby().graph());
    let may_fail = vec![true; supply.components().len()];
    let tree = FaultTree::of(&goals, supply.runs(process), &may_fail, MOST_GATES)?;
    let event = |label: u32| {
        let component = supply.components()[label as usize];
        let unavailability = stated_unavailability(analysis.stack, component).unwrap_or(0.0);
        BasicEvent { name: component_id(analysis.stack, component), unavailability }
    };
    Ok(open_psa(&tree, &analysis.stack.process(process).name, event))
}

/// A basic event as written: what failed, and how likely that is.
#[derive(Clone, Debug, PartialEq)]
pub struct BasicEvent<'n> {
    /// The name as people know it; any text.
    pub name: &'n str,
    /// The probability that it has failed, 0 to 1.
    pub unavailability: f64,
}

/// The document for the tree of a goal called `title`; `event` says what each label of the tree is. The event of label
/// `l` is called `e` and `l + 1`, so names do not change with the goal.
pub fn open_psa<'n>(tree: &FaultTree, title: &str, event: impl Fn(u32) -> BasicEvent<'n>) -> String {
    let mut text = String::from("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<opsa-mef>\n");
    let mut line = |depth: usize, words: &str| {
        text.extend(std::iter::repeat_n("  ", depth));
        text.push_str(words);
        text.push('\n');
    };
    line(1, "<define-fault-tree name=\"outage\">");
    label(&mut line, 2, title);
    line(2, "<define-gate name=\"top\">");
    label(&mut line, 3, format!("{title} does not run").trim_start());
    match tree.top {
        Top::Always => line(3, "<constant value=\"true\"/>"),
        Top::Never => line(3, "<constant value=\"false\"/>"),
        Top::Input(input) => line(3, &reference(input)),
    }
    line(2, "</define-gate>");
    for (gate, number) in tree.gates.iter().zip(1_usize..) {
        let kind = match gate.kind {
            GateKind::And => "and",
            GateKind::Or => "or",
        };
        line(2, &format!("<define-gate name=\"g{number}\">"));
        line(3, &format!("<{kind}>"));
        for &input in &gate.inputs {
            line(4, &reference(input));
        }
        line(3, &format!("</{kind}>"));
        line(2, "</define-gate>");
    }
    line(1, "</define-fault-tree>");
    line(1, "<model-data>");
    for failed in tree.labels() {
        let BasicEvent { name, unavailability } = event(failed);
        line(2, &format!("<define-basic-event name=\"{}\">", event_name(failed)));
        label(&mut line, 3, name);
        line(3, &format!("<float value=\"{unavailability:e}\"/>"));
        line(2, "</define-basic-event>");
    }
    line(1, "</model-data>");
    text.push_str("</opsa-mef>\n");
    text
}

/// A label; none for a blank text, which the schema forbids.
fn label(line: &mut impl FnMut(usize, &str), depth: usize, text: &str) {
    if !text.trim().is_empty() {
        line(depth, &format!("<label>{}</label>", escaped(text)));
    }
}

fn reference(input: Input) -> String {
    match input {
        Input::Event(label) => format!("<basic-event name=\"{}\"/>", event_name(label)),
        Input::Gate(gate) => format!("<gate name=\"g{}\"/>", u64::from(gate) + 1),
    }
}

fn event_name(label: u32) -> String {
    format!("e{}", u64::from(label) + 1)
}

/// Text as XML wants it; characters that XML 1.0 cannot hold become U+FFFD.
fn escaped(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for character in text.chars() {
        match character {
            '&' => escaped.push_str("&amp;"),
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '"' => escaped.push_str("&quot;"),
            '\t' | '\n' | '\r' => _ = write!(escaped, "&#{};", u32::from(character)),
            '\0'..='\x1f' | '\u{fffe}' | '\u{ffff}' => escaped.push('\u{fffd}'),
            _ => escaped.push(character),
        }
    }
    escaped
}

#[cfg(test)]
mod tests {
    use super::*;
    use sinew_graph::fault_tree::Gate;

    #[test]
    fn writes_gates_events_and_names() {
        let inputs = vec![Input::Event(0), Input::Event(4)];
        let gates = vec![Gate { kind: GateKind::And, inputs }];
        let tree = FaultTree { gates, top: Top::Input(Input::Gate(0)) };
        let names = ["a->b:lead", "", "", "", "<x> & \"y\"\u{7}"];
        let event = |label: u32| BasicEvent { name: names[label as usize], unavailability: 0.001 };
        let expected = r#"<?xml version="1.0" encoding="UTF-8"?>
<opsa-mef>
  <define-fault-tree name="outage">
    <label>Launch</label>
    <define-gate name="top">
      <label>Launch does not run</label>
      <gate name="g1"/>
    </define-gate>
    <define-gate name="g1">
      <and>
        <basic-event name="e1"/>
        <basic-event name="e5"/>
      </and>
    </define-gate>
  </define-fault-tree>
  <model-data>
    <define-basic-event name="e1">
      <label>a-&gt;b:lead</label>
      <float value="1e-3"/>
    </define-basic-event>
    <define-basic-event name="e5">
      <label>&lt;x&gt; &amp; &quot;y&quot;REPLACED</label>
      <float value="1e-3"/>
    </define-basic-event>
  </model-data>
</opsa-mef>
"#;
        assert_eq!(open_psa(&tree, "Launch", event), expected.replace("REPLACED", "\u{fffd}"));
    }
}
