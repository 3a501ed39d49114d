//! YAML text to a tree, in one pass over the parser's events and without recursion.

use std::collections::HashMap;
use std::sync::Arc;

use granit_parser::{Event, Parser, ScalarStyle, Span as YamlSpan, options};

use super::merge;
use super::repair::{self, MOST_REPAIRS, Repairs, moved, moved_one, owned};
use super::tree::{shown, too_deep, without_duplicates};
use super::{Diagnostic, Diagnostics, Entry, Items, Limits, Node, Scalar, Span, Text, Value};

/// Most bytes that are parsed again for slips: a text with more is no slip.
const MOST_WORK: usize = 32 << 20;

/// Reads one YAML document; `None` where there is none. A slip that can only mean one thing is told with the exact
/// change, and read on as if it had been made; where nothing can be told, what stands before is still read.
pub(super) fn parse<'a>(text: &'a str, limits: &Limits, diagnostics: &mut Diagnostics) -> Option<Node<'a>> {
    match attempt(text, limits) {
        Ok((root, found)) => {
            found.into_sorted().into_iter().for_each(|problem| diagnostics.push(problem));
            root
        }
        Err(_) => recover(text, limits, diagnostics),
    }
}

/// Where a text ended to be YAML.
struct Broken<'a> {
    problem: Diagnostic,
    /// The place at which the parser stopped and its words, where it was the parser.
    stopped: Option<(usize, String)>,
    /// What was read until then.
    partial: Option<Node<'a>>,
    found: Diagnostics,
}

fn attempt<'a>(text: &'a str, limits: &Limits) -> Result<(Option<Node<'a>>, Diagnostics), Box<Broken<'a>>> {
    // The parser's own nesting limits stand above ours: ours names the place and the bound.
    let parser_limit = limits.nesting * 2 + 50;
    let options = options! {
        emit_unresolved_aliases: true,
        flow_nesting_limit: parser_limit,
        block_nesting_limit: parser_limit,
    };
    let mut found = Diagnostics::default();
    let mut builder = Builder::new(text, *limits);
    for event in Parser::new_from_str_with_options(text, options) {
        let (problem, stopped) = match event {
            Ok((event, span)) => match builder.take(event, span, &mut found) {
                Ok(()) => continue,
                Err(problem) => (problem, None),
            },
            Err(error) => {
                let at = error.marker().byte_offset().unwrap_or(text.len()).min(text.len());
                (unreadable(at), Some((at, error.info())))
            }
        };
        let partial = builder.so_far(&mut found);
        return Err(Box::new(Broken { problem, stopped, partial, found }));
    }
    if builder.root.is_none() {
        let end = Span::new(0, text.len().min(1));
        found.push(
            Diagnostic::error("empty-file", end, "the file contains no stack")
                .help("begin with `sinew: 1`; `sinew init` writes a starter file"),
        );
    }
    Ok((builder.root, found))
}

fn recover<'a>(text: &'a str, limits: &Limits, diagnostics: &mut Diagnostics) -> Option<Node<'a>> {
    let mut repairs = Repairs::default();
    let mut work = 0;
    for round in 0.. {
        let now = repairs.made(text);
        work += now.len();
        let broken = match attempt(&now, limits) {
            Ok((root, found)) => {
                moved(found, &repairs, diagnostics);
                return root.map(|root| owned(&root, &repairs, &mut HashMap::new()));
            }
            Err(broken) => broken,
        };
        let may_go_on = round < MOST_REPAIRS && work < MOST_WORK;
        let meant = match &broken.stopped {
            Some((at, words)) if may_go_on => repair::yaml::meant(&now, *at, words),
            None if may_go_on && !broken.problem.fixes.is_empty() => Some(broken.problem.clone()),
            _ => None,
        };
        let meant = meant.map(|problem| moved_one(problem, &repairs));
        if let Some(problem) = meant
            && let Some(first) = problem.fixes.first()
            && repairs.add(&first.edits)
        {
            diagnostics.push(problem);
            continue;
        }
        let Broken { problem, partial, found, .. } = *broken;
        diagnostics.push(moved_one(problem, &repairs));
        moved(found, &repairs, diagnostics);
        diagnostics.cut();
        return partial.map(|root| owned(&root, &repairs, &mut HashMap::new()));
    }
    None
}

/// What cannot be read, and no slip that is known.
fn unreadable(at: usize) -> Diagnostic {
    Diagnostic::error("syntax", Span::new(at, at + 1), "from here on the text cannot be read").help(
        "compare this line and the one before with their neighbors: a bracket, a quote, a colon or spaces at the \
         beginning may be missing; what stands behind was not checked",
    )
}

/// An open list or mapping.
struct Open<'a> {
    start: usize,
    anchor: usize,
    /// Nodes that this collection holds, aliases counted in full.
    weight: usize,
    shape: Shape<'a>,
}

enum Shape<'a> {
    /// A list whose first item is the one with this number among the builder's.
    List(usize),
    /// A mapping whose first entry is the one with this number among the builder's, and the key that waits for its value.
    Map { first: usize, key: Option<(Option<Text<'a>>, Span)> },
}

struct Builder<'a> {
    text: &'a str,
    limits: Limits,
    open: Vec<Open<'a>>,
    /// What the open lists and mappings hold so far, the innermost last. Each is cut off at its end, so that a tree of a
    /// million small mappings has no room that nothing fills.
    items: Vec<Node<'a>>,
    entries: Vec<Entry<'a>>,
    anchors: HashMap<usize, (Arc<Node<'a>>, usize)>,
    /// Nodes written out in the file, and nodes that aliases stand for.
    written: usize,
    expanded: usize,
    root: Option<Node<'a>>,
    documents: usize,
}

impl<'a> Builder<'a> {
    fn new(text: &'a str, limits: Limits) -> Self {
        Self {
            text,
            limits,
            open: Vec::new(),
            items: Vec::new(),
            entries: Vec::new(),
            anchors: HashMap::new(),
            written: 0,
            expanded: 0,
            root: None,
            documents: 0,
        }
    }

    fn take(&mut self, event: Event<'a>, at: YamlSpan, diagnostics: &mut Diagnostics) -> Result<(), Diagnostic> {
        let (start, end) = match at.byte_range() {
            Some(range) => (range.start, range.end),
            None => (self.text.len(), self.text.len()),
        };
        let span = Span::new(start, end);
        match event {
            Event::DocumentStart(..) => {
                self.documents += 1;
                if self.documents > 1 {
                    return Err(Diagnostic::error("several-documents", span, "a second YAML document begins here")
                        .help("a stack is one document; move the second into its own file"));
                }
                Ok(())
            }
            Event::Scalar(text, style, anchor, tag) => {
                let tagged_text = tag.as_ref().is_some_and(|tag| tag.core_suffix() == Some("str"));
                if let Some(tag) = tag.filter(|tag| !tag.is_yaml_core_schema()) {
                    return Err(unknown_tag(span, &tag.original()));
                }
                let plain = style == ScalarStyle::Plain && !tagged_text;
                let value = if plain && matches!(&*text, "" | "~" | "null" | "Null" | "NULL") {
                    Value::Null
                } else {
                    Value::Scalar(Scalar { text: text.into(), plain })
                };
                self.written += 1;
                self.add(Node { span, value }, anchor, 1, diagnostics)
            }
            Event::SequenceStart(_, anchor, tag) => {
                self.begin(start, anchor, Shape::List(self.items.len()), tag.as_deref(), span)
            }
            Event::MappingStart(_, anchor, tag) => {
                let shape = Shape::Map { first: self.entries.len(), key: None };
                self.begin(start, anchor, shape, tag.as_deref(), span)
            }
            Event::SequenceEnd | Event::MappingEnd => self.finish(end, diagnostics),
            Event::Alias(id) => self.repeat(id, span, diagnostics),
            Event::UnresolvedAlias(name) => Err(Diagnostic::error(
                "unknown-alias",
                span,
                format!("alias `*{}` has no anchor before it", shown(&name)),
            )
            .help(format!("write `\"*{0}\"` if it is text, or define the anchor `&{0}` before", shown(&name)))
            .instead(span, format!("\"*{name}\""), "")),
            _ => Ok(()),
        }
    }

    /// The tree as far as it was built, every list and mapping closed where the text ended to be read.
    fn so_far(mut self, diagnostics: &mut Diagnostics) -> Option<Node<'a>> {
        while !self.open.is_empty() {
            self.finish(self.text.len(), diagnostics).ok()?;
        }
        self.root
    }

    fn begin(
        &mut self,
        start: usize,
        anchor: usize,
        shape: Shape<'a>,
        tag: Option<&granit_parser::Tag>,
        span: Span,
    ) -> Result<(), Diagnostic> {
        if let Some(tag) = tag.filter(|tag| !tag.is_yaml_core_schema()) {
            return Err(unknown_tag(span, &tag.original()));
        }
        if self.open.len() >= self.limits.nesting {
            return Err(too_deep(span, self.limits.nesting));
        }
        self.written += 1;
        self.open.push(Open { start, anchor, weight: 1, shape });
        Ok(())
    }

    fn finish(&mut self, end: usize, diagnostics: &mut Diagnostics) -> Result<(), Diagnostic> {
        let Some(open) = self.open.pop() else { return Ok(()) };
        let (value, last) = match open.shape {
            Shape::List(first) => {
                let nodes: Items<Node<'_>> = self.items.drain(first..).collect();
                let last = nodes.last().map(|node| node.span.end);
                (Value::List(nodes), last)
            }
            Shape::Map { first, .. } => {
                let entries: Vec<Entry<'_>> = self.entries.drain(first..).collect();
                let last = entries.last().map(|entry| entry.node.span.end);
                (Value::Map(merge::merged(without_duplicates(entries, diagnostics), diagnostics).into()), last)
            }
        };
        // A block collection ends where the next token begins, often lines below; its last value is its end.
        let closed = self.text.as_bytes().get(end.wrapping_sub(1)).is_some_and(|byte| matches!(byte, b']' | b'}'));
        let end = if closed { end } else { last.map_or(end, |last| last as usize) };
        self.add(Node { span: Span::new(open.start, end), value }, open.anchor, open.weight, diagnostics)
    }

    fn repeat(&mut self, id: usize, span: Span, diagnostics: &mut Diagnostics) -> Result<(), Diagnostic> {
        let Some((node, weight)) = self.anchors.get(&id).cloned() else {
            return Err(Diagnostic::error("recursive-alias", span, "this alias is inside its own anchor")
                .help("write the value out instead"));
        };
        self.expanded = self.expanded.saturating_add(weight);
        let allowed = self.limits.alias_growth * self.written.max(self.text.len() / 8);
        if self.expanded > allowed {
            let message = format!("aliases expand the file more than {} times its size", self.limits.alias_growth);
            return Err(Diagnostic::error("alias-growth", span, message).help("write the repeated values out"));
        }
        self.add(Node { span, value: Value::Alias(node) }, 0, weight, diagnostics)
    }

    fn add(
        &mut self,
        node: Node<'a>,
        anchor: usize,
        weight: usize,
        diagnostics: &mut Diagnostics,
    ) -> Result<(), Diagnostic> {
        let node = if anchor == 0 {
            node
        } else {
            let (span, target) = (node.span, Arc::new(node));
            self.anchors.insert(anchor, (Arc::clone(&target), weight));
            Node { span, value: Value::Alias(target) }
        };
        let Some(parent) = self.open.last_mut() else {
            self.root = Some(node);
            return Ok(());
        };
        parent.weight = parent.weight.saturating_add(weight);
        match &mut parent.shape {
            Shape::List(_) => self.items.push(node),
            Shape::Map { key, .. } => match key.take() {
                None => *key = Some(key_of(&node, diagnostics)),
                Some((Some(key), key_span)) => self.entries.push(Entry { key, key_span, node }),
                // The key was reported; its value belongs to nothing.
                Some((None, _)) => {}
            },
        }
        Ok(())
    }
}

/// The text of a key, if it is text, and its place.
fn key_of<'a>(node: &Node<'a>, diagnostics: &mut Diagnostics) -> (Option<Text<'a>>, Span) {
    let key = match &node.resolved().value {
        Value::Scalar(scalar) => Some(scalar.text.clone()),
        _ => {
            diagnostics.push(
                Diagnostic::error("key-not-text", node.span, format!("expected text as a key, found {}", node.what()))
                    .help("write a word before the colon"),
            );
            None
        }
    };
    (key, node.span)
}

fn unknown_tag(span: Span, tag: &str) -> Diagnostic {
    Diagnostic::error("unknown-tag", span, format!("unknown tag `{}`", shown(tag)))
        .help("remove the tag; quote text that begins with `!`")
}
