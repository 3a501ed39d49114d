//! JSON text to a tree.

use std::borrow::Cow;

use jsonc_parser::ast;
use jsonc_parser::common::Ranged;
use jsonc_parser::{CollectOptions, ParseOptions, parse_to_ast};

use super::tree::{too_deep, without_duplicates};
use super::{Diagnostic, Diagnostics, Entry, Limits, Node, Scalar, Span, Value};

/// Reads one JSON value, strictly; `None` where it is broken, and then an error says so.
pub(super) fn parse<'a>(text: &'a str, limits: &Limits, diagnostics: &mut Diagnostics) -> Option<Node<'a>> {
    let strict = ParseOptions {
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
    let parsed = match parse_to_ast(text, &CollectOptions::default(), &strict) {
        Ok(parsed) => parsed.value,
        Err(error) => {
            let range = error.range();
            let message = error.kind().to_string();
            let message = message.strip_suffix('.').unwrap_or(&message);
            let span = Span::new(range.start, range.end.max(range.start + 1));
            let mut first = message.chars();
            let message: String = first.next().map(|c| c.to_lowercase().chain(first).collect()).unwrap_or_default();
            diagnostics.push(Diagnostic::error("syntax", span, message).help("fix this first; the rest was not read"));
            return None;
        }
    };
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
    let plain = |text: Cow<'a, str>| Value::Scalar(Scalar { text, plain: true });
    let value = match value {
        ast::Value::NullKeyword(_) => Value::Null,
        ast::Value::BooleanLit(lit) => plain(if lit.value { "true" } else { "false" }.into()),
        ast::Value::NumberLit(lit) => plain(lit.value.into()),
        ast::Value::StringLit(lit) => Value::Scalar(Scalar { text: lit.value, plain: false }),
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
                    ast::ObjectPropName::String(lit) => lit.value,
                    ast::ObjectPropName::Word(word) => word.value.into(),
                };
                let node = node(property.value, left - 1, limits, diagnostics)?;
                entries.push(Entry { key, key_span: Span::new(range.start, range.end), node });
            }
            Value::Map(without_duplicates(entries, diagnostics))
        }
    };
    Ok(Node { span, value })
}
