//! What can be done about what stands at a place: replacements of the reader, and small edits of the file.

use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use super::document::Document;
use super::within::within;
use crate::edit::{Entry, Pair, Part, Piece, Single, Step, guessed, list_of, list_of_what, path, stepped, written};
use crate::model::Stack;
use crate::report::Names;
use crate::source::{Diagnostic, Diagnostics, Limits, Node, Span, parse, visible};

/// An edit that is made once it is chosen.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(tag = "do", rename_all = "kebab-case")]
pub(super) enum Wish {
    /// An entry that the file names and does not define.
    Add { list: String, id: String },
    /// A finding is accepted.
    Accept { finding: String },
    /// A guess is none any more.
    Confirm { entry: String, key: String },
    /// The interfaces of a system.
    Interfaces { system: String, all: Vec<String> },
    /// The id that an entry had before.
    Was { list: String, id: String, former: String },
}

/// One thing that can be done.
struct Action {
    title: String,
    kind: &'static str,
    what: What,
    is_preferred: bool,
    diagnostic: Option<Value>,
}

enum What {
    Edits(Vec<Value>),
    Wish(Wish),
}

/// The answer for a span: with edits, or with what [`resolved`] makes them of later where the client asks for that.
pub(super) fn actions(document: &Document, span: Span, is_later: bool) -> Value {
    let root = parse(&document.source, &Limits::default(), &mut Diagnostics::default());
    let mut all = Vec::new();
    for problem in document.problems.iter().filter(|problem| touches(document, problem.span, span)) {
        of_problem(document, problem, &mut all);
    }
    for finding in document.findings().iter().filter(|one| !one.is_accepted && touches(document, one.place, span)) {
        all.push(Action {
            title: format!("Accept this finding: {}", cut(&finding.message)),
            what: What::Wish(Wish::Accept { finding: finding.id.clone() }),
            ..Action::quick()
        });
    }
    if let (Some(root), Some(stack)) = (&root, &document.stack) {
        of_entry(document, root, stack, span, &mut all);
    }
    all.into_iter().filter_map(|action| action.json(document, is_later)).collect()
}

/// Whether a span has the first line of another, or is within it.
fn touches(document: &Document, one: Span, other: Span) -> bool {
    let text = document.source.text();
    let line = |at: u32| {
        let at = (at as usize).min(text.len());
        let start = text.get(..at).and_then(|before| before.rfind('\n')).map_or(0, |at| at + 1);
        let end = text.get(at..).and_then(|after| after.find('\n')).map_or(text.len(), |end| at + end);
        (start, end)
    };
    let ((start, end), from, to) = (line(one.start), other.start as usize, other.end as usize);
    start <= to && from <= end
}

impl Action {
    fn quick() -> Self {
        Self {
            title: String::new(),
            kind: "quickfix",
            what: What::Edits(Vec::new()),
            is_preferred: false,
            diagnostic: None,
        }
    }

    /// As the protocol has it; nothing where it cannot be done.
    fn json(self, document: &Document, is_later: bool) -> Option<Value> {
        let mut action = json!({ "title": self.title, "kind": self.kind });
        if self.is_preferred {
            action["isPreferred"] = true.into();
        }
        if let Some(diagnostic) = self.diagnostic {
            action["diagnostics"] = json!([diagnostic]);
        }
        match self.what {
            What::Edits(edits) => action["edit"] = edit_of(document, &edits),
            What::Wish(wish) if is_later => {
                action["data"] = json!({ "uri": document.uri, "version": document.version, "wish": wish });
            }
            What::Wish(wish) => action["edit"] = edit_of(document, &[document.edit_to(&wish.made(document).ok()?)]),
        }
        Some(action)
    }
}

fn edit_of(document: &Document, edits: &[Value]) -> Value {
    json!({ "changes": { document.uri.as_str(): edits } })
}

/// The edit of an action that was chosen.
pub(super) fn resolved(document: &Document, mut action: Value) -> Result<Value, String> {
    let wish = serde_json::from_value::<Wish>(action["data"]["wish"].clone())
        .map_err(|_| "the action has no `data` of this program".to_owned())?;
    if action["data"]["version"] != document.version {
        return Err("the document was changed since; ask again".to_owned());
    }
    action["edit"] = edit_of(document, &[document.edit_to(&wish.made(document)?)]);
    Ok(action)
}

impl Wish {
    /// The text with the edit made.
    fn made(&self, document: &Document) -> Result<String, String> {
        let source = &document.source;
        let of_stack = |single: Single| {
            let stack = document.stack.as_ref().ok_or("the file has errors; fix them first")?;
            single.steps(source, stack).map_err(|refused| refused.why)
        };
        let steps = match self {
            Self::Add { list, id } => vec![Step::Set(path(&[list, id]), added(document, list, id))],
            // Why somebody accepts it, only they know: an empty reason waits for them.
            Self::Accept { finding } => {
                let row = vec![Pair::new("id", Piece::Scalar { text: finding.clone(), plain: false }), reason()];
                vec![Step::Append(path(&["accept"]), Piece::Map(row))]
            }
            Self::Confirm { entry, key } => of_stack(Single::Confirm(entry.clone(), key.clone()))?,
            Self::Interfaces { system, all } => {
                let all = Piece::List(all.iter().map(Piece::word).collect());
                of_stack(Single::Set(Entry::Of(system.clone()), "interfaces".into(), Some(all)))?
            }
            Self::Was { id, former, .. } => {
                let former = Piece::Scalar { text: former.clone(), plain: true };
                of_stack(Single::Set(Entry::Of(id.clone()), "was".into(), Some(former)))?
            }
        };
        stepped(source, "sinew: 1\n", &steps).map_err(|refused| refused.why)
    }
}

/// A reason that is still to be written.
fn reason() -> Pair {
    Pair::new("why", Piece::Nothing)
}

/// The least that an entry says; a system is of a product where its id is one.
fn added(document: &Document, list: &str, id: &str) -> Piece {
    if list != "systems" {
        return Piece::Map(Vec::new());
    }
    let catalog = document.last.as_ref().map(|stack| stack.catalog.clone()).unwrap_or_default();
    let key = match catalog.find(id) {
        crate::catalog::Lookup::Product(product) => Pair::new("product", Piece::word(product.id.as_str())),
        _ => Pair::new("kind", Piece::word("other")),
    };
    Piece::Map(vec![key])
}

/// The replacements that a problem carries, and the entry that is missing.
fn of_problem(document: &Document, problem: &Diagnostic, all: &mut Vec<Action>) {
    let shown = json!({
        "range": document.line_range(problem.span), "message": problem.message, "code": problem.code, "source": "sinew",
    });
    let is_only = problem.only_fix().is_some();
    for fix in &problem.fixes {
        let Some(edits) = written(&document.source, fix) else { continue };
        let new = edits.iter().map(|(_, text)| format!("`{}`", cut(text))).collect::<Vec<_>>().join(" and ");
        let words = if edits.iter().all(|(_, text)| text.trim().is_empty()) {
            "Take it out".to_owned()
        } else {
            format!("Write {new}")
        };
        let when = if fix.when.is_empty() { String::new() } else { format!(" {}", visible(&fix.when)) };
        let edits = edits.iter().map(|(span, text)| json!({ "range": document.range(*span), "newText": text }));
        all.push(Action {
            title: format!("{words}{when}"),
            what: What::Edits(edits.collect()),
            is_preferred: is_only,
            diagnostic: Some(shown.clone()),
            ..Action::quick()
        });
    }
    if problem.code != "unknown-id" {
        return;
    }
    let name =
        document.names.iter().find(|one| one.span.start >= problem.span.start && one.span.end <= problem.span.end);
    let Some((name, list)) = name.and_then(|name| Some((name, list_of_what(name.what)?))) else { return };
    let is_offered = problem.fixes.iter().flat_map(|fix| &fix.edits).any(|(span, _)| *span != problem.span);
    if list != "flows" && !is_offered && crate::model::is_id(&name.id) {
        all.push(Action {
            title: format!("Add the {} `{}`", name.what, visible(&name.id)),
            what: What::Wish(Wish::Add { list: list.to_owned(), id: name.id.clone() }),
            diagnostic: Some(shown),
            ..Action::quick()
        });
    }
}

/// Guesses, interfaces and former ids of the entry around a span.
fn of_entry(document: &Document, root: &Node<'_>, stack: &Stack, span: Span, all: &mut Vec<Action>) {
    let Some(id) = entry_at(root, stack, span.start as usize) else { return };
    let name = visible(&Names::of(stack).anything(&id));
    let wish = |title: String, wish: Wish| Action { title, what: What::Wish(wish), ..Action::quick() };
    for key in guessed(stack, &id) {
        let title = format!("Confirm `{}` of {name}, which is right as it is", visible(key));
        all.push(wish(title, Wish::Confirm { entry: id.clone(), key: key.clone() }));
    }
    if let Some(ix) = stack.find_system(&id)
        && stack.system(ix).facts.interfaces.is_none()
    {
        for (words, interfaces) in [("a REST interface", vec!["rest".to_owned()]), ("no interfaces", Vec::new())] {
            let title = format!("Add `interfaces: [{}]`: {name} has {words}", interfaces.join(", "));
            all.push(wish(title, Wish::Interfaces { system: id.clone(), all: interfaces }));
        }
    }
    for (what, former, new) in document.renamed.iter().filter(|(.., new)| *new == id) {
        let list = list_of_what(what).filter(|list| Some(*list) == list_of(stack, new));
        if let Some(list) = list.filter(|list| !says_was(root, list, new)) {
            let title = format!("Add `was: {}`: baselines and `diff` then know it again", visible(former));
            let wish = Wish::Was { list: list.to_owned(), id: id.clone(), former: former.clone() };
            all.push(Action { title, what: What::Wish(wish), ..Action::quick() });
        }
    }
}

/// Whether the entry names a former id already.
fn says_was(root: &Node<'_>, list: &str, id: &str) -> bool {
    let whole = Piece::of(root);
    let entries = whole.get(list);
    let entry = match entries {
        Some(Piece::List(all)) => all.iter().find(|one| one.text("id") == Some(id)),
        other => other.and_then(|all| all.get(id)),
    };
    entry.is_some_and(|entry| entry.get("was").is_some())
}

/// The entry around a byte, by its id.
fn entry_at(root: &Node<'_>, stack: &Stack, at: usize) -> Option<String> {
    let within = within(root, at);
    match within.entry()? {
        ("flows", Part::Item(_)) => {
            stack.flows.iter().find(|flow| Some(flow.entry.start) == within.item).map(|flow| flow.id.to_string())
        }
        (list, Part::Key(id)) => (list_of(stack, id) == Some(list)).then(|| id.clone()),
        _ => None,
    }
}

/// A text as a title has it: on one line, and not too long.
fn cut(text: &str) -> String {
    let line = visible(&text.split_whitespace().collect::<Vec<_>>().join(" "));
    match line.char_indices().nth(90) {
        Some((at, _)) => format!("{}…", &line[..at]),
        None => line,
    }
}
