//! Cells as values of a stack file, each with the place where it stands.

use jiff::civil::Date;

use super::names::Names;
use super::show::NONE;
use super::value::Value;
use super::vocabulary::{folded, word_of};
use crate::catalog::people::meaning;
use crate::model::either_number;
use crate::model::shape::Takes;
use crate::source::{Diagnostic, Diagnostics, Entry, Items, Limits, Node, Scalar, Source, Span, Value as Tree, parse};

/// A cell of which the value stands at `span` of the text of all rows.
#[derive(Clone, Copy, Debug)]
pub(super) struct Placed<'c> {
    pub(super) value: &'c Value,
    pub(super) span: Span,
}

/// What the value of a cell means behind a key that `takes` this. What cannot be read is left as it is, for the reader
/// of stack files to refuse.
pub(super) fn node(takes: Takes, cell: Placed<'_>, names: &Names, problems: &mut Diagnostics) -> Node<'static> {
    let text = match takes {
        Takes::NumberRange(unit) | Takes::Number(unit) if unit.starts_with("money") => half_width(&cell.value.amount()),
        Takes::NumberRange(_) | Takes::Number(_) | Takes::ShareRange | Takes::RateRange | Takes::DurationRange => {
            half_width(&cell.value.text())
        }
        Takes::Date | Takes::Whole | Takes::Duration | Takes::Capacity | Takes::Tasks | Takes::Peak => {
            half_width(&cell.value.text())
        }
        _ => cell.value.text(),
    };
    let whole = || plain(text.trim(), cell.span);
    let part = |(text, span): (&str, Span)| plain(text, span);
    match takes {
        Takes::IdOf(what) => named(what, (text.trim(), cell.span), names),
        Takes::IdsOf(what) => {
            listed(cell.span, parts_named(what, &text, cell.span, names).into_iter().map(|one| named(what, one, names)))
        }
        Takes::IdOrWord(_, word) if folded(&text) == folded(word) => plain(word, cell.span),
        Takes::IdOrWord(what, _) => named(what, (text.trim(), cell.span), names),
        Takes::IdsOr(what, keys) => {
            let key = keys.first().map_or("any_of", |key| key.name);
            let all = parts_named(what, &text, cell.span, names);
            listed(cell.span, all.into_iter().map(|one| any_of(key, what, one, names)))
        }
        Takes::Bool => plain(&flag(cell.value), cell.span),
        Takes::Word(words) => plain(word_of(&words(), &text).unwrap_or(text.trim()), cell.span),
        Takes::Words(_) if folded(&text) == folded(NONE) => {
            Node { span: cell.span, value: Tree::List(Items::default()) }
        }
        Takes::Words(words) => {
            let words = words();
            // A label may hold a comma itself.
            let all = parts(&text, cell.span, &[';', '\n']).into_iter().flat_map(|(text, span)| {
                match word_of(&words, text) {
                    Some(_) => vec![(text, span)],
                    None => parts(text, span, &[',']),
                }
            });
            listed(cell.span, all.map(|(text, span)| plain(word_of(&words, text).unwrap_or(text), span)))
        }
        Takes::NumberRange(unit) | Takes::Number(unit) => match (cell.value, unit) {
            (Value::Day(_), _) => {
                problems.push(a_day(&text, cell.span));
                Node { span: cell.span, value: Tree::Null }
            }
            (Value::Text(_), _) => match thousands(&text, cell.span) {
                Some(problem) => {
                    problems.push(problem);
                    Node { span: cell.span, value: Tree::Null }
                }
                None => ranged(&text, cell.span),
            },
            _ => ranged(&text, cell.span),
        },
        Takes::ShareRange | Takes::RateRange | Takes::DurationRange => match cell.value {
            Value::Day(_) => {
                problems.push(a_day(&text, cell.span));
                Node { span: cell.span, value: Tree::Null }
            }
            Value::Share(share) => plain(&share.to_string(), cell.span),
            _ => ranged(&text, cell.span),
        },
        Takes::Peak => match parts(&text, cell.span, &[';', '\n']).as_slice() {
            [one] => part(*one),
            all => listed(cell.span, all.iter().map(|one| part(*one))),
        },
        Takes::FormerIds | Takes::KeyNames | Takes::Domains => {
            // The former id of a flow may hold commas, and so may a name.
            let ends: &[char] = if matches!(takes, Takes::KeyNames) { &[';', ',', '\n'] } else { &[';', '\n'] };
            listed(cell.span, parts(&text, cell.span, ends).into_iter().map(part))
        }
        Takes::Extra => extra(cell),
        Takes::Text => Node { span: cell.span, value: Tree::Scalar(Scalar { text: text.into(), plain: false }) },
        Takes::Date => match serial(cell.value) {
            Some(day) => {
                problems.push(a_number(&text, &day.to_string(), cell.span));
                Node { span: cell.span, value: Tree::Null }
            }
            None => whole(),
        },
        Takes::Whole | Takes::Duration | Takes::Capacity | Takes::Tasks => whole(),
        _ => of_text(&text, cell.span).unwrap_or_else(whole),
    }
}

/// A tree that is written on one line as in a stack file, all of it at one place.
pub(super) fn of_text(text: &str, span: Span) -> Option<Node<'static>> {
    let source = Source::new("", text.to_owned());
    let mut problems = Diagnostics::default();
    let node = parse(&source, &Limits::default(), &mut problems)?;
    (!problems.has_errors()).then(|| moved(&node, span))
}

/// A copy of a tree whose places are all `span`.
fn moved(node: &Node<'_>, span: Span) -> Node<'static> {
    let value = match &node.resolved().value {
        Tree::Null | Tree::Alias(_) => Tree::Null,
        Tree::Scalar(scalar) => Tree::Scalar(Scalar { text: scalar.text.to_string().into(), plain: scalar.plain }),
        Tree::List(items) => Tree::List(items.iter().map(|item| moved(item, span)).collect()),
        Tree::Map(entries) => {
            Tree::Map(entries.iter().map(|one| entry(&one.key, span, moved(&one.node, span))).collect())
        }
    };
    Node { span, value }
}

/// A single value.
pub(super) fn plain(text: &str, span: Span) -> Node<'static> {
    Node { span, value: Tree::Scalar(Scalar { text: text.to_owned().into(), plain: true }) }
}

/// A key with its value.
pub(super) fn entry(key: &str, key_span: Span, node: Node<'static>) -> Entry<'static> {
    Entry { key: key.to_owned().into(), key_span, node }
}

fn listed(span: Span, items: impl Iterator<Item = Node<'static>>) -> Node<'static> {
    Node { span, value: Tree::List(items.collect()) }
}

/// The id behind a name; what nobody is called stays as it is.
fn named(what: &str, (text, span): (&str, Span), names: &Names) -> Node<'static> {
    plain(names.find(what, text).unwrap_or(text), span)
}

/// One entry of dependencies: a name, or several with vertical bars between them, of which any is enough.
fn any_of(key: &str, what: &str, (text, span): (&str, Span), names: &Names) -> Node<'static> {
    let mut all = parts(text, span, &['|']);
    if all.len() < 2 && names.find(what, text).is_none() {
        let ors: Vec<(&str, Span)> = split_at(text, span, " or ");
        if ors.len() > 1 && ors.iter().all(|(text, _)| names.find(what, text).is_some()) {
            all = ors;
        }
    }
    if all.len() < 2 {
        return named(what, (text, span), names);
    }
    let ids = listed(span, all.into_iter().map(|one| named(what, one, names)));
    Node { span, value: Tree::Map(vec![entry(key, span, ids)].into()) }
}

/// The names in a cell: apart at `;`, line breaks and bullets, and at a comma only where that gives names.
pub(super) fn parts_named<'t>(what: &str, text: &'t str, span: Span, names: &Names) -> Vec<(&'t str, Span)> {
    let is_known = |(text, _): &(&str, Span)| text.split('|').all(|text| names.find(what, text).is_some());
    let apart = |one: (&'t str, Span)| -> Vec<(&'t str, Span)> {
        if is_known(&one) {
            return vec![one];
        }
        let pieces = parts(one.0, one.1, &[',']);
        if pieces.iter().any(is_known) { pieces } else { vec![one] }
    };
    parts(text, span, &[';', '\n', '•']).into_iter().flat_map(apart).collect()
}

/// The parts of `text`, which stands at `span`, between any of `ends`, without space around them.
fn parts<'t>(text: &'t str, span: Span, ends: &[char]) -> Vec<(&'t str, Span)> {
    let mut found = Vec::new();
    let mut start = 0;
    for part in text.split(ends) {
        let end = start + part.len();
        let trimmed = part.trim();
        if !trimmed.is_empty() {
            let at = span.start as usize + start + (part.len() - part.trim_start().len());
            found.push((trimmed, Span::new(at, at + trimmed.len())));
        }
        start = end + text[end..].chars().next().map_or(0, char::len_utf8);
    }
    found
}

fn split_at<'t>(text: &'t str, span: Span, between: &str) -> Vec<(&'t str, Span)> {
    let mut start = span.start as usize;
    let place = |part: &'t str| {
        let at = Span::new(start, start + part.len());
        start += part.len() + between.len();
        (part.trim(), at)
    };
    text.split(between).map(place).collect()
}

/// `10 / 15 / 25` is low, likely and high; all else is for the reader of figures.
fn ranged(text: &str, span: Span) -> Node<'static> {
    let pieces: Vec<&str> = text.split(" / ").map(str::trim).collect();
    let begins =
        |piece: &&str| piece.starts_with(|c: char| c.is_ascii_digit() || matches!(c, '~' | '.' | '$' | '€' | '£'));
    if !matches!(pieces.len(), 2 | 3) || !pieces.iter().all(begins) {
        return plain(text.trim(), span);
    }
    // `10 / 20 / 30 min` states the unit once.
    let last = pieces[pieces.len() - 1];
    let unit = last.trim_start_matches(|c: char| c.is_ascii_digit() || matches!(c, '.' | ',' | '~' | '$' | '€' | '£'));
    let one = |piece: &str| {
        let is_bare = piece.ends_with(|c: char| c.is_ascii_digit());
        if is_bare { format!("{piece}{unit}") } else { piece.to_owned() }
    };
    listed(span, pieces.into_iter().map(|piece| plain(&one(piece), span)))
}

/// Ticks as people make them, and those of the spreadsheet.
fn flag(value: &Value) -> String {
    match value {
        Value::Flag(flag) => flag.to_string(),
        Value::Number(1.0) => "true".to_owned(),
        Value::Number(0.0) => "false".to_owned(),
        value => match value.text().trim() {
            "x" | "X" | "✓" | "✔" | "☑" => "true".to_owned(),
            "✗" | "✘" | "☐" => "false".to_owned(),
            other => meaning("tick", other).filter(|_| other.chars().count() > 1).unwrap_or(other).to_owned(),
        },
    }
}

/// A value of one's own, as what the cell is.
fn extra(cell: Placed<'_>) -> Node<'static> {
    let is_text = matches!(cell.value, Value::Text(_) | Value::Day(_));
    let text = match cell.value {
        Value::Flag(flag) => flag.to_string(),
        Value::Share(share) => share.to_string(),
        value => value.text(),
    };
    Node { span: cell.span, value: Tree::Scalar(Scalar { text: text.into(), plain: !is_text }) }
}

/// Digits and signs as wide as those of Japanese, in the width of ours.
fn half_width(text: &str) -> String {
    let narrow = |c: char| match u32::from(c) {
        wide @ 0xff01..=0xff5e => char::from_u32(wide - 0xfee0).unwrap_or(c),
        _ => c,
    };
    text.chars().map(narrow).collect()
}

/// `1.000` that somebody typed: a spreadsheet keeps numbers as numbers, so that this is text, and a point between thousands
/// of people or before decimals.
fn thousands(text: &str, span: Span) -> Option<Diagnostic> {
    let said = text.trim();
    let [(whole, of_thousands), (decimal, of_decimals)] = either_number(said)?;
    let message = format!("`{said}` is {decimal} or {whole}");
    let problem = Diagnostic::error("bad-number", span, message);
    Some(problem.instead(span, whole, of_thousands).instead(span, decimal, of_decimals))
}

/// The day that a spreadsheet keeps as this number, where it is one of the last or next decades.
fn serial(value: &Value) -> Option<Date> {
    let Value::Number(number) = value else { return None };
    let days = (number.fract() == 0.0 && (20_000.0..80_000.0).contains(number)).then_some(*number as i64)?;
    jiff::civil::date(1899, 12, 30).checked_add(jiff::Span::new().days(days)).ok()
}

/// A day that lost its format.
fn a_number(text: &str, day: &str, span: Span) -> Diagnostic {
    let message = format!("expected a date, found `{text}`, which is how spreadsheets keep {day}");
    Diagnostic::error("bad-date", span, message).instead(span, day, "if that is the day")
}

/// A spreadsheet makes a day of `10-20`.
fn a_day(text: &str, span: Span) -> Diagnostic {
    let message = format!("`{text}` is a day, and a figure belongs here");
    let help = "a spreadsheet makes a day of `10-12`; write `10 to 12`, or `10 / 11 / 12` for low, likely and high";
    Diagnostic::error("day-for-figure", span, message).help(help)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::workbook::show::flow_text;

    fn read(takes: Takes, value: &Value) -> String {
        let mut names = Names::default();
        let system = |id: &str, name: &str| (id.to_owned(), name.to_owned());
        names.add(
            "system",
            [system("openai", "OpenAI"), system("azure", "Azure, the other"), system("sfdc", "Salesforce")],
        );
        let span = Span::new(0, value.text().len());
        flow_text(&node(takes, Placed { value, span }, &names, &mut Diagnostics::default()))
    }

    fn said(takes: Takes, text: &str) -> String {
        read(takes, &Value::of(text))
    }

    #[test]
    fn names_become_ids_wherever_they_are_apart() {
        let ids = Takes::IdsOf("system");
        assert_eq!(said(ids, "OpenAI; Salesforce"), "[openai, sfdc]");
        assert_eq!(said(ids, "OpenAI\nAzure, the other"), "[openai, azure]");
        assert_eq!(said(ids, "openai, salesforce"), "[openai, sfdc]");
        assert_eq!(said(ids, "Nobody, knows"), "[Nobody, knows]", "as one text");
        let any = Takes::IdsOr("system", &[]);
        assert_eq!(said(any, "OpenAI | Azure, the other; Salesforce"), "[{ any_of: [openai, azure] }, sfdc]");
        assert_eq!(said(any, "OpenAI or Salesforce"), "[{ any_of: [openai, sfdc] }]");
    }

    #[test]
    fn ranges_have_three_values_and_may_share_a_unit() {
        assert_eq!(said(Takes::RateRange, "4 / 5 / 8/week"), "[4/week, 5/week, 8/week]");
        assert_eq!(said(Takes::NumberRange(""), "10 / 15 / 25"), "[10, 15, 25]");
        assert_eq!(said(Takes::RateRange, "2 / day"), "2 / day");
        assert_eq!(read(Takes::ShareRange, &Value::Share(0.04)), "0.04");
        assert_eq!(read(Takes::NumberRange(""), &Value::Number(0.1)), "0.1");
    }

    #[test]
    fn ticks_are_ticks() {
        for (value, flag) in [
            (Value::of("x"), "true"),
            (Value::Flag(false), "false"),
            (Value::Number(1.0), "true"),
            (Value::of("Yes"), "Yes"),
            (Value::of("ja"), "true"),
            (Value::of("Non"), "false"),
            (Value::of("maybe"), "maybe"),
        ] {
            assert_eq!(read(Takes::Bool, &value), flag);
        }
    }
}
