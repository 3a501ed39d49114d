//! A fault tree in the Open-PSA model exchange format, version 2.0d, as SCRAM and other tools of risk analysis read it.
//!
//! Identifiers of the format begin with a letter and hold letters, digits, `-` and `_`, so events are called `e1`,
//! `e2`, ... and gates `g1`, `g2`, ...; the real name of an event is its `<label>`. The top gate is called `top`.

use std::fmt::Write as _;

use crate::report::facts::fault_tree::{BasicEvent, NamedTree};
use sinew_graph::and_or::LabelIx;
use sinew_graph::fault_tree::{GateKind, Input, Top};

/// The document for a tree. The event of label `l` is called `e` and `l + 1`, so names do not change with the goal.
#[must_use]
pub fn open_psa(named: &NamedTree) -> String {
    let NamedTree { title, tree, events } = named;
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
        let BasicEvent { name, unavailability } = &events[failed];
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
        Input::Gate(gate) => format!("<gate name=\"g{}\"/>", gate.at() + 1),
    }
}

fn event_name(label: LabelIx) -> String {
    format!("e{}", label.at() + 1)
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
    use sinew_graph::fault_tree::{Gate, GateIx};

    #[test]
    fn writes_gates_events_and_names() {
        let inputs = [0, 4].map(|label| Input::Event(LabelIx::new(label))).into();
        let gates = vec![Gate { kind: GateKind::And, inputs }].into();
        let tree = sinew_graph::fault_tree::FaultTree { gates, top: Top::Input(Input::Gate(GateIx::new(0))) };
        let names = ["a->b:lead", "", "", "", "<x> & \"y\"\u{7}"];
        let events = names.iter().map(|name| BasicEvent { name: (*name).to_owned(), unavailability: 0.001 }).collect();
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
        let named = NamedTree { title: "Launch".into(), tree, events };
        assert_eq!(open_psa(&named), expected.replace("REPLACED", "\u{fffd}"));
    }
}
