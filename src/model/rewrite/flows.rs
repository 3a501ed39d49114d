//! Flows as people draw them: `hubspot <-> sfdc: leads (native sync)`, and `direction: both`.

use super::layout::{Layout, slug};
use super::{entry, keys, plain, scalar, together};
use crate::catalog::people::{meaning, meanings};
use crate::model::id::is_id;
use crate::model::mechanism::Mechanism;
use crate::model::table::{Key, quoted};
use crate::source::{Diagnostic, Diagnostics, Entry, Fix, Items, Node, Span, Value};

/// A flow that goes both ways, told before all that is wrong with it is known.
pub(in crate::model) struct BothWays {
    /// The whole flow as written, and what stands between two of its list.
    whole: Span,
    between: String,
    /// What turns it, without its direction.
    turn: Vec<(Span, String)>,
    /// What takes the direction out.
    removal: (Span, String),
    /// Where the direction stands.
    place: Span,
}

impl BothWays {
    /// As a problem, whose change makes what `others` say within the flow also in the flow back.
    pub(super) fn problem(&self, layout: Layout<'_>, others: &[Diagnostic]) -> Diagnostic {
        let inside = |span: Span| self.whole.start <= span.start && span.end <= self.whole.end;
        let is_inside = |fix: &Fix| fix.edits.iter().all(|(span, _)| inside(*span));
        let within: Vec<&Diagnostic> =
            others.iter().filter(|other| !other.fixes.is_empty() && other.fixes.iter().all(is_inside)).collect();
        let mut problem = Diagnostic::error("two-ways", self.place, "a flow goes one way");
        let choices = within.iter().map(|other| other.fixes.len()).max().unwrap_or(1).max(1);
        for choice in 0..choices {
            let chosen = within.iter().filter_map(|other| other.fixes.get(choice).or(other.fixes.last()));
            let when = within.iter().filter_map(|other| other.fixes.get(choice)).map(|fix| fix.when.as_str());
            let when = when.filter(|when| !when.is_empty()).collect::<Vec<_>>().join(" and ");
            let edits = chosen.flat_map(|fix| fix.edits.clone()).chain(self.turn.clone()).collect();
            let Some(back) = edited(layout, self.whole, edits) else { continue };
            let end = Span { start: self.whole.end, end: self.whole.end };
            let new = format!("{}{back}", self.between);
            if choice == 0 {
                let direction = quoted(layout.at(self.place));
                problem = problem.help(format!("remove {direction}, and add the flow back: `- {back}`"));
            }
            problem = problem.fix(Fix { when, edits: vec![self.removal.clone(), (end, new)] });
        }
        problem
    }
}

pub(super) fn rewrite(
    items: &mut Items<Node<'_>>,
    keys: &'static [Key],
    layout: Layout<'_>,
    problems: &mut Diagnostics,
) -> Vec<BothWays> {
    let mut back = Vec::new();
    let mut both_ways = Vec::new();
    for item in items.iter_mut() {
        back.extend(arrow(item, layout, problems));
        let Value::Map(entries) = &mut item.value else { continue };
        let whole = item.span;
        let both = entries.change(|entries| {
            let both = direction(entries, keys, whole, layout, problems);
            keys::rename(entries, "a flow", keys, layout, problems);
            both
        });
        per_record(entries, problems);
        if let Some(both) = both {
            // More are not shown anyway, and one is an error already.
            if both_ways.len() < Diagnostics::MOST {
                both_ways.push(both);
            }
            back.extend(turned(item));
        }
    }
    items.extend(back);
    both_ways
}

/// `minutes: 15 min per record` is `minutes_per_record: 15`.
fn per_record(entries: &mut [Entry<'_>], problems: &mut Diagnostics) {
    if entries.iter().any(|entry| entry.key == "minutes_per_record") {
        return;
    }
    let Some(entry) = entries.iter_mut().find(|entry| entry.key == "minutes") else { return };
    let Some(said) = scalar(&entry.node) else { return };
    let lower = said.to_lowercase();
    let ends = ["record", "contact", "row", "lead", "item", "entry"].into_iter();
    let Some(each) = ends
        .flat_map(|one| [format!(" per {one}"), format!("/{one}"), format!(" a {one}"), format!(" each {one}")])
        .find_map(|end| lower.strip_suffix(&end).map(str::trim).map(str::to_owned))
    else {
        return;
    };
    let message = format!("`minutes` are those of a whole run, found {}", quoted(said));
    let edits = vec![(entry.key_span, "minutes_per_record".to_owned()), (entry.node.span, each.clone())];
    problems.push(
        Diagnostic::error("minutes-per-record", entry.node.span, message)
            .help(format!("write `minutes_per_record: {each}`"))
            .fix(together(edits)),
    );
    entry.key = "minutes_per_record".into();
    entry.node = plain(&each, entry.node.span);
}

/// The flow the other way, where both ends are single.
fn turned<'a>(flow: &Node<'a>) -> Option<Node<'a>> {
    let Value::Map(entries) = &flow.value else { return None };
    let mut entries: Vec<Entry<'a>> = entries.iter().filter(|entry| entry.key != "id").cloned().collect();
    for entry in &mut entries {
        match &*entry.key {
            "from" => entry.key = "to".into(),
            "to" => entry.key = "from".into(),
            _ => {}
        }
    }
    Some(Node { span: flow.span, value: Value::Map(entries.into()) })
}

/// `direction: both` is two flows: taken out, and reported once all else is.
fn direction(
    entries: &mut Vec<Entry<'_>>,
    keys: &[Key],
    whole: Span,
    layout: Layout<'_>,
    problems: &mut Diagnostics,
) -> Option<BothWays> {
    let is_said = |entry: &Entry<'_>| {
        !keys.iter().any(|key| key.is_written(&entry.key)) && meaning("key of a direction", &entry.key).is_some()
    };
    let at = entries.iter().position(is_said)?;
    let said = scalar(&entries[at].node)?.to_owned();
    let place = Span { start: entries[at].key_span.start, end: entries[at].node.span.end };
    let problem = Diagnostic::error("two-ways", place, "a flow goes one way");
    match meaning("direction", &said) {
        Some("one") => {
            problems.push(
                problem
                    .help(format!("remove {}: `from` and `to` say it", quoted(layout.at(place))))
                    .fix(together(vec![layout.without(entries, at)])),
            );
            entries.remove(at);
            None
        }
        Some(_) => {
            let ends: Vec<&Entry<'_>> = entries.iter().filter(|entry| matches!(&*entry.key, "from" | "to")).collect();
            let between = match layout.dash(whole.start) {
                Some(dash) => format!("\n{}- ", layout.indent(dash)),
                // In brackets flows stand behind each other.
                None if layout.at(whole).starts_with('{') => ", ".to_owned(),
                None => return None,
            };
            let [one, other] = ends.as_slice() else { return None };
            let removal = layout.without(entries, at);
            let turn = vec![
                (one.node.span, layout.at(other.node.span).to_owned()),
                (other.node.span, layout.at(one.node.span).to_owned()),
                removal.clone(),
            ];
            let both = BothWays { whole, between, turn, removal, place };
            entries.remove(at);
            Some(both)
        }
        None => None,
    }
}

/// The text at `whole` with `edits` made.
fn edited(layout: Layout<'_>, whole: Span, mut edits: Vec<(Span, String)>) -> Option<String> {
    edits.sort_by_key(|(span, _)| *span);
    let mut out = String::new();
    let mut at = whole.start;
    for (span, text) in edits {
        if span.start < at || span.end > whole.end {
            return None;
        }
        out.push_str(layout.at(Span { start: at, end: span.start }));
        out.push_str(&text);
        at = span.end;
    }
    out.push_str(layout.at(Span { start: at, end: whole.end }));
    Some(out)
}

/// `a -> b: data (how, how often)` as a flow; `<->` gives the flow back as well.
fn arrow<'a>(item: &mut Node<'a>, layout: Layout<'_>, problems: &mut Diagnostics) -> Option<Node<'a>> {
    let (ends, rest) = match &item.value {
        Value::Map(entries) => match &**entries {
            [only] => (only.key.to_string(), scalar(&only.node)?.to_owned()),
            _ => return None,
        },
        Value::Scalar(scalar) => {
            let (ends, rest) = scalar.text.split_once(':').unwrap_or((&scalar.text, ""));
            (ends.to_owned(), rest.to_owned())
        }
        _ => return None,
    };
    let arrows = ["<->", "<=>", "↔", "->", "=>", "→"];
    let (arrow, (from, to)) = arrows.iter().find_map(|arrow| Some((*arrow, ends.split_once(arrow)?)))?;
    let id = |text: &str| if is_id(text.trim()) { Some(text.trim().to_owned()) } else { slug(text.trim()) };
    let (from, to) = (id(from)?, id(to)?);
    let (data, about) = rest.split_once('(').unwrap_or((&rest, ""));
    let data: Vec<String> =
        data.split(',').map(str::trim).filter(|data| !data.is_empty()).map(id).collect::<Option<_>>()?;
    let (mut mechanism, mut runs) = (None, None);
    for part in about.trim_end().trim_end_matches(')').split([',', ';']).map(str::trim).filter(|part| !part.is_empty())
    {
        let word = Mechanism::parse(part).map(Mechanism::as_str).or_else(|| meaning("mechanism", part));
        match word {
            Some(word) if mechanism.is_none() => mechanism = Some(word.to_owned()),
            // A word that can mean several is asked about where it stands then.
            None if mechanism.is_none() && !meanings("mechanism", part).is_empty() => mechanism = Some(part.to_owned()),
            _ if runs.is_none() => runs = Some(part.to_owned()),
            _ => return None,
        }
    }
    let (span, is_both) = (item.span, matches!(arrow, "<->" | "<=>" | "↔"));
    let mut problem =
        Diagnostic::error("flow-in-words", span, format!("a flow is a mapping, found {}", quoted(layout.at(span))));
    let (Some(mechanism), false) = (mechanism, data.is_empty()) else {
        problem = problem.help(format!("write `{{ from: {from}, to: {to}, data: …, mechanism: … }}`"));
        problems.push(problem);
        return None;
    };
    let one = |from: &str, to: &str| {
        let mut pairs = vec![
            ("from", from.to_owned()),
            ("to", to.to_owned()),
            ("data", data.join(", ")),
            ("mechanism", mechanism.clone()),
        ];
        pairs.extend(runs.clone().map(|runs| ("runs", runs)));
        let mut inner: Vec<Entry<'a>> = Vec::new();
        let mut written = Vec::new();
        for (key, value) in pairs {
            if key == "data" && data.len() > 1 {
                inner.push(entry(
                    key,
                    span,
                    Node { span, value: Value::List(data.iter().map(|data| plain(data, span)).collect()) },
                ));
                written.push(format!("data: [{value}]"));
            } else {
                inner.push(entry(key, span, plain(&value, span)));
                written.push(format!("{key}: {value}"));
            }
        }
        (format!("{{ {} }}", written.join(", ")), Node { span, value: Value::Map(inner.into()) })
    };
    let (forth, flow) = one(&from, &to);
    let indent = layout.dash(span.start).map(|dash| layout.indent(dash));
    let (written, back) = match (is_both, indent) {
        (true, Some(indent)) => {
            let (back, node) = one(&to, &from);
            (format!("{forth}\n{indent}- {back}"), Some(node))
        }
        _ => (forth, None),
    };
    problems.push(
        problem
            .help(format!("write `{}`", written.replace('\n', "` and `").replace("` and `  ", "` and `")))
            .instead(span, written, ""),
    );
    *item = flow;
    back
}
