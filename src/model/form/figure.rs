//! Figures: amounts in a unit, rates, shares, times, and ranges of them.

use std::cell::Cell;

use super::between::{Said, said};
use super::money::{amount, currency_of};
use super::number::number;
use super::rate::{capacity, rate, rate_in_words};
use super::share::{percent, share};
use super::time::{duration, time_in_words};
use crate::model::table::{self, Context, Form, Parsed, Refusal, Tables, Written, parsed, quoted, start_of};
use crate::model::units::{Duration, PersonDays, Quantity, Range};
use crate::source::{Diagnostic, Node, Span, Value};

/// One figure, or low, likely and high. Messages name it by the words given, with their article.
#[derive(Clone, Copy)]
pub(in crate::model) enum Figures {
    /// What is wanted, and the unit, which is not written out.
    Amount(&'static str, &'static str),
    /// `40/week`, in times a year.
    Rate,
    /// `99.9%`, in parts of one; what is wanted.
    Share(&'static str),
    /// A time such as `4h`, in hours.
    Hours,
}

/// An amount, and the currency that it bears: where a stack names none, the first is that of all others.
fn borne_amount(text: &str, unit: &str, currency: Option<&str>, borne: &Cell<Option<String>>) -> Parsed<f64> {
    let found = amount(text, unit, currency)?;
    if unit.starts_with("money")
        && let Some(code) = currency_of(text)
    {
        borne.set(Some(code.to_owned()));
    }
    Ok(found)
}

impl Figures {
    fn one(self, node: &Node<'_>, cx: &mut Context) -> Option<Said> {
        let (calendar, currency) = (cx.calendar, cx.currency.clone());
        let mut read = |code, wanted, parse: &dyn Fn(&str) -> Parsed<f64>| {
            parsed(node, code, wanted, &mut cx.problems, |text| said(text, parse))
        };
        match self {
            Self::Amount(wanted, unit) => {
                let borne = Cell::new(None);
                let found = read("bad-number", wanted, &|text| borne_amount(text, unit, currency.as_deref(), &borne));
                cx.currency = cx.currency.take().or(borne.take());
                found
            }
            Self::Rate => read("bad-rate", "a rate", &|text| rate(text, calendar)),
            Self::Share(wanted) => read("bad-percentage", wanted, &share),
            Self::Hours => read("bad-duration", "a duration", &|text| Ok(duration(text)?.hours().0)),
        }
    }

    /// Low, likely and high; where only the outer two are said, their mean is a guess.
    fn range(self, node: &Node<'_>, cx: &mut Context) -> Option<[f64; 3]> {
        let between = |low: f64, high: f64, cx: &mut Context| {
            cx.has_guessed = true;
            [low, low + (high - low) / 2.0, high]
        };
        let Value::List(items) = &node.resolved().value else {
            return Some(match self.one(node, cx)? {
                Said::One(value) => [value; 3],
                Said::Between(low, high) => between(low, high, cx),
            });
        };
        if !matches!(items.len(), 2 | 3) {
            let message = format!("expected three values in a range, found {}", items.len());
            cx.problems.push(
                Diagnostic::error("bad-range", start_of(node), message)
                    .help("write `[low, likely, high]`, or one value"),
            );
            return None;
        }
        let values: Vec<Option<Said>> = items.iter().map(|node| self.one(node, cx)).collect();
        let values: Vec<f64> = values
            .into_iter()
            .map(|said| {
                said.map(|said| match said {
                    Said::One(value) => value,
                    // A range within a range says nothing more than its middle.
                    Said::Between(low, high) => low + (high - low) / 2.0,
                })
            })
            .collect::<Option<_>>()?;
        if !values.is_sorted() {
            let message = "the range is not in order: write low, likely, high";
            let span = Span { start: items[0].span.start, end: items[items.len() - 1].span.end };
            cx.problems.push(
                Diagnostic::error("range-order", span, message).help("write the smallest first and the largest last"),
            );
            return None;
        }
        Some(match values.as_slice() {
            [low, likely, high] => [*low, *likely, *high],
            _ => between(values[0], values[1], cx),
        })
    }
}

impl<T: Quantity + PartialEq> Form<Range<T>> for Figures {
    fn read(&self, node: &Node<'_>, cx: &mut Context) -> Option<Range<T>> {
        let [low, likely, high] = self.range(node, cx)?.map(T::of);
        Some(Range { low, likely, high })
    }

    fn write(&self, value: &Range<T>, _: &Tables) -> Written {
        // Of digits the shortest that give the same number back.
        Written::Line(table::range(*value, |amount| match self {
            Self::Amount(..) => amount.to_string(),
            Self::Rate => rate_in_words(amount, false),
            Self::Share(_) => percent(amount),
            Self::Hours => time_in_words(amount),
        }))
    }
}

/// A number from 0: what messages name it, with its article, and its unit.
#[derive(Clone, Copy)]
pub(in crate::model) struct Amount(pub(in crate::model) &'static str, pub(in crate::model) &'static str);

impl<T: Quantity> Form<T> for Amount {
    fn read(&self, node: &Node<'_>, cx: &mut Context) -> Option<T> {
        let (currency, borne) = (cx.currency.clone(), Cell::new(None));
        let read = |text: &str| borne_amount(text, self.1, currency.as_deref(), &borne);
        let found = parsed(node, "bad-number", self.0, &mut cx.problems, read);
        cx.currency = cx.currency.take().or(borne.take());
        found.map(T::of)
    }

    fn write(&self, value: &T, _: &Tables) -> Written {
        Written::Line(value.amount().to_string())
    }
}

/// A whole number from 1: what messages name it, with its article.
#[derive(Clone, Copy)]
pub(in crate::model) struct Whole(pub(in crate::model) &'static str);

impl<T: From<u32> + ToString> Form<T> for Whole {
    fn read(&self, node: &Node<'_>, cx: &mut Context) -> Option<T> {
        let whole = |text: &str| match number(text) {
            Ok(number) if number >= 1.0 && number.fract() == 0.0 && number <= f64::from(u32::MAX) => {
                // The bounds above hold it within the type.
                Ok(T::from(number as u32))
            }
            _ => Err(Refusal::new(
                format!("expected a whole number from 1, found {}", quoted(text)),
                "write a whole number such as `4`",
            )),
        };
        parsed(node, "bad-number", self.0, &mut cx.problems, whole)
    }

    fn write(&self, value: &T, _: &Tables) -> Written {
        Written::Line(value.to_string())
    }
}

/// A length of time, kept as it is written.
#[derive(Clone, Copy, PartialEq)]
pub(in crate::model) enum Time {
    Any,
    /// One in which something can happen.
    Some,
}

impl Form<Duration> for Time {
    fn read(&self, node: &Node<'_>, cx: &mut Context) -> Option<Duration> {
        let read = parsed(node, "bad-duration", "a duration", &mut cx.problems, duration)?;
        if read.amount == 0.0 && *self == Self::Some {
            let message = format!("expected a duration above 0, found {}", quoted(&read.to_string()));
            cx.problems.push(
                Diagnostic::error("bad-duration", node.span, message).help("write a duration such as `26w` or `1q`"),
            );
            return None;
        }
        Some(read)
    }

    fn write(&self, value: &Duration, _: &Tables) -> Written {
        Written::Line(value.to_string())
    }
}

/// Person-days a week, `5d/week`.
#[derive(Clone, Copy)]
pub(in crate::model) struct Capacity;

impl Form<PersonDays> for Capacity {
    fn read(&self, node: &Node<'_>, cx: &mut Context) -> Option<PersonDays> {
        parsed(node, "bad-rate", "a capacity", &mut cx.problems, capacity).map(PersonDays)
    }

    fn write(&self, value: &PersonDays, _: &Tables) -> Written {
        Written::Line(format!("{}d/week", value.0))
    }
}
