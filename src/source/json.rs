//! JSON text to a tree.

use std::collections::HashMap;

use jsonc_parser::ast;
use jsonc_parser::common::Ranged;
use jsonc_parser::{CollectOptions, ParseOptions, parse_to_ast};

use super::repair::json::{Slips, slips, unreadable};
use super::repair::{Repairs, moved, owned};
use super::tree::{too_deep, without_duplicates};
use super::{Diagnostic, Diagnostics, Entry, Limits, Node, Scalar, Span, Text, Value};

/// Reads one JSON value. Slips are told with the exact change, and read on as if it had been made; `None` where nothing
/// can be read, and then an error says so.
pub(super) fn parse<'a>(text: &'a str, limits: &Limits, diagnostics: &mut Diagnostics) -> Option<Node<'a>> {
    match parse_to_ast(text, &CollectOptions::default(), &STRICT) {
        Ok(parsed) => tree(text, parsed.value, limits, diagnostics),
        Err(error) => recover(text, error.range().start, limits, diagnostics),
    }
}

/// Whether `text` is JSON to the letter.
pub(super) fn is_strict(text: &str) -> bool {
    parse_to_ast(text, &CollectOptions::default(), &STRICT).is_ok()
}

const STRICT: ParseOptions = ParseOptions {
    allow_comments: false,
    allow_loose_object_property_names: false,
    allow_trailing_commas: false,
    allow_missing_commas: false,
    allow_single_quoted_strings: false,
    allow_hexadecimal_numbers: false,
    allow_unary_plus_numbers: false,
    allow_bare_decimal_point_numbers: false,
    allow_non_finite_numbers: false,
    allow_extended_string_escapes: false,
};

/// Reads `text`, which the parser gave up at byte `stopped`, as if its slips were none, and tells each with its change;
/// what stands before a place where that ends is read as well.
fn recover<'a>(text: &str, stopped: usize, limits: &Limits, diagnostics: &mut Diagnostics) -> Option<Node<'a>> {
    let Slips { told, rest } = slips(text);
    let mut repairs = Repairs::default();
    let mut edits: Vec<(Span, String)> =
        told.iter().flat_map(|problem| &problem.fixes).flat_map(|fix| fix.edits.clone()).collect();
    edits.extend(rest.iter().map(|(_, span, closing)| (*span, closing.clone())));
    let is_known = repairs.add(&edits) && !edits.is_empty();
    let now = repairs.made(text);
    match parse_to_ast(&now, &CollectOptions::default(), &STRICT) {
        Ok(parsed) if is_known => {
            told.into_iter().for_each(|problem| diagnostics.push(problem));
            let mut found = Diagnostics::default();
            if let Some((problem, ..)) = rest {
                diagnostics.push(problem);
                diagnostics.cut();
            }
            let root = tree(&now, parsed.value, limits, &mut found);
            moved(found, &repairs, diagnostics);
            root.map(|root| owned(&root, &repairs, &mut HashMap::new()))
        }
        _ => {
            diagnostics.push(*unreadable(stopped));
            None
        }
    }
}

/// The parser's value as ours.
fn tree<'a>(
    text: &str,
    parsed: Option<ast::Value<'a>>,
    limits: &Limits,
    diagnostics: &mut Diagnostics,
) -> Option<Node<'a>> {
    let Some(value) = parsed else {
        diagnostics.push(
            Diagnostic::error("empty-file", Span::new(0, text.len().min(1)), "the file contains no stack")
                .help("begin with `{ \"sinew\": 1 }`; `sinew init` writes a starter file"),
        );
        return None;
    };
    match node(value, limits.nesting, limits, diagnostics) {
        Ok(node) => Some(node),
        Err(diagnostic) => {
            diagnostics.push(diagnostic);
            None
        }
    }
}

/// Turns the parser's value into ours; the recursion ends at the nesting limit.
fn node<'a>(
    value: ast::Value<'a>,
    left: usize,
    limits: &Limits,
    diagnostics: &mut Diagnostics,
) -> Result<Node<'a>, Diagnostic> {
    let range = value.range();
    let span = Span::new(range.start, range.end);
    let plain = |text: Text<'a>| Value::Scalar(Scalar { text, plain: true });
    let value = match value {
        ast::Value::NullKeyword(_) => Value::Null,
        ast::Value::BooleanLit(lit) => plain(if lit.value { "true" } else { "false" }.into()),
        ast::Value::NumberLit(lit) => plain(lit.value.into()),
        ast::Value::StringLit(lit) => Value::Scalar(Scalar { text: lit.value.into(), plain: false }),
        ast::Value::Array(_) | ast::Value::Object(_) if left == 0 => return Err(too_deep(span, limits.nesting)),
        ast::Value::Array(list) => Value::List(
            list.elements
                .into_iter()
                .map(|item| node(item, left - 1, limits, diagnostics))
                .collect::<Result<_, _>>()?,
        ),
        ast::Value::Object(object) => {
            let mut entries = Vec::with_capacity(object.properties.len());
            for property in object.properties {
                let range = property.name.range();
                let key = match property.name {
                    ast::ObjectPropName::String(lit) => lit.value.into(),
                    ast::ObjectPropName::Word(word) => word.value.into(),
                };
                let node = node(property.value, left - 1, limits, diagnostics)?;
                entries.push(Entry { key, key_span: Span::new(range.start, range.end), node });
            }
            Value::Map(without_duplicates(entries, diagnostics).into())
        }
    };
    Ok(Node { span, value })
}
