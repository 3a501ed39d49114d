//! Values of a stack file as cells: names in place of ids, words in place of terms, figures as people write them.

use super::names::Names;
use super::value::{Value, is_short};
use super::vocabulary::{label, label_in};
use crate::catalog::{Catalog, Lookup};
use crate::model::shape::Takes;
use crate::model::{a_year, part_of_one, percent, rate_in_words, yaml_text};
use crate::source::{Node, Value as Tree};

/// What stands for "none of these" where an empty list says more than nothing.
pub(super) const NONE: &str = "None";

/// What stands in the first cell of a group of keys that is there and says nothing: a review of which no more is known.
pub(super) const STATED: &str = "(yes)";

/// Most characters of a cell; beyond some 32,000 spreadsheets cut.
const LONGEST: usize = 15_000;

/// A value as a cell.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Shown {
    pub(super) value: Value,
    /// Whether reading the cell alone gives the value again.
    pub(super) is_exact: bool,
}

impl Shown {
    fn exact(value: Value) -> Self {
        Self { value, is_exact: true }
    }

    /// Text, which some cells cannot hold as it is.
    fn text(text: &str) -> Self {
        let is_kept = |c: &char| {
            !matches!(c, '\t' | '\r') && (*c == '\n' || !c.is_control()) && !matches!(c, '\u{fffe}' | '\u{ffff}')
        };
        let cut: String = text.chars().filter(is_kept).take(LONGEST).collect();
        let is_exact = cut == text && text.trim() == text && !text.contains("_x");
        Self { value: Value::of(cut), is_exact }
    }
}

/// What a value depends on beside itself.
#[derive(Clone, Copy)]
pub(super) struct Scope<'a> {
    pub(super) names: &'a Names,
    /// Whether a person performs the flow that it belongs to: a day is a working day then.
    pub(super) is_manual: bool,
}

/// The cell of `node`, which stands where a key `takes` this.
pub(super) fn show(takes: Takes, node: &Node<'_>, scope: Scope<'_>) -> Shown {
    let texts = texts(node);
    let joined =
        |of: &dyn Fn(&str) -> String| Shown::text(&texts.iter().map(|text| of(text)).collect::<Vec<_>>().join("; "));
    let name = |what: &'static str| move |id: &str| scope.names.label(what, id);
    match takes {
        Takes::IdOf(what) | Takes::IdsOf(what) => joined(&name(what)),
        Takes::IdOrWord(_, word) if texts == [word] => Shown::exact(Value::of(label(word))),
        Takes::IdOrWord(what, _) => joined(&name(what)),
        Takes::IdsOr(what, _) => Shown::text(&alternatives(node, &name(what)).join("; ")),
        Takes::Bool => Shown::exact(Value::of(if texts == ["true"] { "Yes" } else { "No" })),
        Takes::Date => match texts.first().and_then(|text| text.parse().ok()) {
            Some(day) => Shown::exact(Value::Day(day)),
            None => joined(&str::to_owned),
        },
        Takes::Whole | Takes::Number(_) | Takes::NumberRange(_) => one_or_more(
            &texts,
            |text| text.parse().ok().filter(|number: &f64| number.to_string() == text),
            Value::Number,
        ),
        Takes::ShareRange => {
            one_or_more(&texts, |text| part_of_one(text).filter(|part| percent(*part) == text), Value::Share)
        }
        Takes::RateRange => Shown::exact(Value::of(spread(&texts, &|text| rate(text, scope.is_manual)))),
        Takes::DurationRange => Shown::exact(Value::of(spread(&texts, &str::to_owned))),
        Takes::Word(words) => joined(&|word| label_in(&words(), word)),
        Takes::Words(_) if texts.is_empty() => Shown::exact(Value::of(NONE)),
        Takes::Words(words) => joined(&|word| label_in(&words(), word)),
        Takes::Extra => extra(node),
        Takes::Duration
        | Takes::Capacity
        | Takes::Tasks
        | Takes::Peak
        | Takes::FormerIds
        | Takes::KeyNames
        | Takes::Domains => joined(&str::to_owned),
        Takes::Text if matches!(node.resolved().value, Tree::Scalar(_)) => joined(&str::to_owned),
        // Whatever else a key may hold one day is shown as the stack file has it.
        _ => Shown::text(&flow_text(node)),
    }
}

/// The texts of a value or of a list of values.
fn texts<'n>(node: &'n Node<'_>) -> Vec<&'n str> {
    match &node.resolved().value {
        Tree::Scalar(scalar) => vec![&scalar.text],
        Tree::List(items) => items.iter().flat_map(texts).collect(),
        _ => Vec::new(),
    }
}

/// The entries of a list whose members may themselves be lists of alternatives.
fn alternatives(node: &Node<'_>, name: &dyn Fn(&str) -> String) -> Vec<String> {
    let Tree::List(items) = &node.resolved().value else {
        return texts(node).into_iter().map(name).collect();
    };
    let entry = |item: &Node<'_>| match &item.resolved().value {
        Tree::Map(entries) => {
            let all = entries.iter().flat_map(|entry| texts(&entry.node));
            all.map(name).collect::<Vec<_>>().join(" | ")
        }
        _ => texts(item).into_iter().map(name).collect(),
    };
    items.iter().map(entry).collect()
}

/// One number as a number, several as text.
fn one_or_more(texts: &[&str], read: impl Fn(&str) -> Option<f64>, number: fn(f64) -> Value) -> Shown {
    let one = if let [text] = texts { read(text).filter(|value| is_short(*value)) } else { None };
    Shown::exact(one.map_or_else(|| Value::of(spread(texts, &str::to_owned)), number))
}

/// `10 / 15 / 25`: low, likely and high.
fn spread(texts: &[&str], one: &dyn Fn(&str) -> String) -> String {
    texts.iter().map(|text| one(text)).collect::<Vec<_>>().join(" / ")
}

/// How often, as people would say it of who performs the flow.
pub(super) fn rate(text: &str, is_manual: bool) -> String {
    a_year(text).map_or_else(|| text.to_owned(), |times| rate_in_words(times, !is_manual))
}

/// The name of a product of the catalog, where that leads back to it.
pub(super) fn product(catalog: &Catalog, said: &str) -> String {
    let name = catalog.product(said).map(|product| product.name.as_str());
    let is_same = |name: &&str| matches!(catalog.find(name), Lookup::Product(product) if product.id.as_str() == said);
    name.filter(is_same).unwrap_or(said).to_owned()
}

/// A value of one's own: numbers and ticks are such where a cell keeps every letter of them.
fn extra(node: &Node<'_>) -> Shown {
    let Tree::Scalar(scalar) = &node.resolved().value else { return Shown::text(&flow_text(node)) };
    if !scalar.plain {
        let shown = Shown::text(&scalar.text);
        // Text that looks like more than text is taken for it in a CSV file.
        let is_more = scalar.text.parse::<f64>().is_ok() || is_word(&scalar.text);
        return Shown { is_exact: shown.is_exact && !is_more, ..shown };
    }
    match scalar.text.parse::<f64>() {
        Ok(number) if number.to_string() == scalar.text && is_short(number) => Shown::exact(Value::Number(number)),
        _ if scalar.text == "true" => Shown::exact(Value::Flag(true)),
        _ if scalar.text == "false" => Shown::exact(Value::Flag(false)),
        // Plain text without a look of more than text.
        Err(_) if scalar.text.starts_with(|c: char| c.is_alphabetic()) && !is_word(&scalar.text) => {
            Shown::text(&scalar.text)
        }
        _ => Shown { is_exact: false, ..Shown::text(&scalar.text) },
    }
}

/// Whether YAML may read a plain text as `true` or `false`.
fn is_word(text: &str) -> bool {
    matches!(text.to_ascii_lowercase().as_str(), "true" | "false")
}

/// `node` as it may stand on one line of a stack file.
pub(super) fn flow_text(node: &Node<'_>) -> String {
    match &node.resolved().value {
        Tree::Null | Tree::Alias(_) => "null".to_owned(),
        Tree::Scalar(scalar) if scalar.plain => scalar.text.to_string(),
        Tree::Scalar(scalar) => yaml_text(&scalar.text),
        Tree::List(items) => format!("[{}]", items.iter().map(flow_text).collect::<Vec<_>>().join(", ")),
        Tree::Map(entries) if entries.is_empty() => "{}".to_owned(),
        Tree::Map(entries) => {
            let pairs = entries.iter().map(|entry| format!("{}: {}", yaml_text(&entry.key), flow_text(&entry.node)));
            format!("{{ {} }}", pairs.collect::<Vec<_>>().join(", "))
        }
    }
}
