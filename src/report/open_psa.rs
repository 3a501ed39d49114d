//! A fault tree in the Open-PSA model exchange format, version 2.0d, as SCRAM and other tools of risk analysis read it.
//!
//! Identifiers of the format begin with a letter and hold letters, digits, `-` and `_`, so events are called `e1`,
//! `e2`, ... and gates `g1`, `g2`, ...; the real name of an event is its `<label>`. The top gate is called `top`.

use std::fmt::Write as _;

use crate::graph::fault_tree::{FaultTree, GateKind, Input, Top};

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
    let title = escaped(title);
    let mut line = |depth: usize, words: &str| {
        text.extend(std::iter::repeat_n("  ", depth));
        text.push_str(words);
        text.push('\n');
    };
    line(1, "<define-fault-tree name=\"outage\">");
    line(2, &format!("<label>{title}</label>"));
    line(2, "<define-gate name=\"top\">");
    line(3, &format!("<label>{title} does not run</label>"));
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
    for label in tree.labels() {
        let BasicEvent { name, unavailability } = event(label);
        line(2, &format!("<define-basic-event name=\"{}\">", event_name(label)));
        line(3, &format!("<label>{}</label>", escaped(name)));
        line(3, &format!("<float value=\"{unavailability:e}\"/>"));
        line(2, "</define-basic-event>");
    }
    line(1, "</model-data>");
    text.push_str("</opsa-mef>\n");
    text
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
