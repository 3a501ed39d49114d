//! Figures: amounts in a unit, rates, shares, times, and ranges of them.

use super::number::{self, plain_number, rate, share};
use crate::model::table::{self, Context, Form, Parsed, Tables, Written, parsed, quoted, start_of};
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

impl Figures {
    fn one(self, node: &Node<'_>, cx: &mut Context) -> Option<f64> {
        let year_days = cx.year_days;
        let mut read =
            |code, wanted, parse: &dyn Fn(&str) -> Parsed<f64>| parsed(node, code, wanted, &mut cx.problems, parse);
        match self {
            Self::Amount(wanted, unit) => read("bad-number", wanted, &|text| plain_number(text, unit)),
            Self::Rate => read("bad-rate", "a rate", &|text| rate(text, year_days)),
            Self::Share(wanted) => read("bad-percentage", wanted, &share),
            Self::Hours => read("bad-duration", "a duration", &|text| Ok(number::duration(text)?.hours().0)),
        }
    }
}

impl<T: Quantity + PartialEq> Form<Range<T>> for Figures {
    fn read(&self, node: &Node<'_>, cx: &mut Context) -> Option<Range<T>> {
        let Value::List(items) = &node.resolved().value else {
            return self.one(node, cx).map(|value| Range::exact(T::of(value)));
        };
        let [low, likely, high] = items.as_slice() else {
            let message = format!("expected three values in a range, found {}", items.len());
            cx.problems.push(
                Diagnostic::error("bad-range", start_of(node), message)
                    .help("write `[low, likely, high]`, or one value"),
            );
            return None;
        };
        let [first, second, third] = [low, likely, high].map(|node| self.one(node, cx));
        let values = [first?, second?, third?];
        if !values.is_sorted() {
            let message = "the range is not in order: write low, likely, high";
            let span = Span { start: low.span.start, end: high.span.end };
            cx.problems.push(
                Diagnostic::error("range-order", span, message).help("write the smallest first and the largest last"),
            );
            return None;
        }
        let [low, likely, high] = values.map(T::of);
        Some(Range { low, likely, high })
    }

    fn write(&self, value: &Range<T>, _: &Tables) -> Written {
        let unit = if matches!(self, Self::Hours) { "h" } else { "" };
        Written::Line(table::range(*value, unit))
    }
}

/// A number from 0: what messages name it, with its article, and its unit.
#[derive(Clone, Copy)]
pub(in crate::model) struct Amount(pub(in crate::model) &'static str, pub(in crate::model) &'static str);

impl<T: Quantity> Form<T> for Amount {
    fn read(&self, node: &Node<'_>, cx: &mut Context) -> Option<T> {
        parsed(node, "bad-number", self.0, &mut cx.problems, |text| plain_number(text, self.1)).map(T::of)
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
        let whole = |text: &str| match text.parse::<u32>() {
            Ok(number) if number > 0 => Ok(T::from(number)),
            _ => Err((
                format!("expected a whole number from 1, found {}", quoted(text)),
                "write a whole number such as `4`".into(),
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
        let read = parsed(node, "bad-duration", "a duration", &mut cx.problems, number::duration)?;
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
        parsed(node, "bad-rate", "a capacity", &mut cx.problems, number::capacity).map(PersonDays)
    }

    fn write(&self, value: &PersonDays, _: &Tables) -> Written {
        Written::Line(format!("{}d/week", value.0))
    }
}
