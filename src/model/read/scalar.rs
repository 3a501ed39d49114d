//! Single values of a stack file: text, ids, dates, durations, numbers with units, and ranges of them.

use jiff::civil::Date;

use crate::model::units::{Duration, MAX_AMOUNT, Quantity, Range, TimeUnit};
use crate::source::{Diagnostic, Diagnostics, Node, Scalar, Span, Spanned, Value, nearest};

/// The longest name or other free text, in characters.
const MAX_TEXT: usize = 10_000;

/// What reading a single value makes of its text: the value, or a message and a line of help.
pub(super) type Parsed<T> = Result<T, (String, String)>;

/// The scalar that `node` is; anything else is an error that says what was `wanted`.
pub(super) fn scalar<'t, 'a>(node: &'t Node<'a>, wanted: &str, problems: &mut Diagnostics) -> Option<&'t Scalar<'a>> {
    if let Value::Scalar(scalar) = &node.resolved().value {
        return Some(scalar);
    }
    problems.push(Diagnostic::error(
        "wrong-type",
        start_of(node),
        format!("{wanted} is wanted here, not {}", node.what()),
    ));
    None
}

/// The first byte or so of a node: a caret under a whole mapping would point at nothing.
pub(super) fn start_of(node: &Node<'_>) -> Span {
    match node.value {
        Value::List(_) | Value::Map(_) => Span { start: node.span.start, end: node.span.start + 1 },
        _ => node.span,
    }
}

/// `text` as a message shows it, in backticks, cut after 60 characters.
pub(super) fn quoted(text: &str) -> String {
    match text.char_indices().nth(60) {
        Some((at, _)) => format!("`{}…`", &text[..at]),
        None => format!("`{text}`"),
    }
}

/// Reads a scalar with `parse`; what it refuses is reported under `code`.
pub(super) fn parsed<T>(
    node: &Node<'_>,
    code: &'static str,
    wanted: &str,
    problems: &mut Diagnostics,
    parse: impl Fn(&str) -> Parsed<T>,
) -> Option<T> {
    let scalar = scalar(node, wanted, problems)?;
    match parse(scalar.text.trim()) {
        Ok(value) => Some(value),
        Err((message, help)) => {
            problems.push(Diagnostic::error(code, node.span, message).help(help));
            None
        }
    }
}

/// Free text: line ends become spaces, other control characters are an error.
pub(super) fn text(node: &Node<'_>, problems: &mut Diagnostics) -> Option<String> {
    let scalar = scalar(node, "text", problems)?;
    let text = scalar.text.replace("\r\n", " ").replace(['\n', '\r', '\u{85}', '\u{2028}', '\u{2029}'], " ");
    if text.chars().any(char::is_control) {
        problems.push(
            Diagnostic::error("control-character", node.span, "the text holds a control character")
                .help("remove it; line ends are fine, tabs and escapes are not"),
        );
        return None;
    }
    let length = text.chars().count();
    if length > MAX_TEXT {
        problems.push(
            Diagnostic::error("text-too-long", node.span, format!("the text has {length} characters"))
                .help(format!("write at most {MAX_TEXT}")),
        );
        return None;
    }
    Some(text)
}

/// Free text that must say something.
pub(super) fn word(node: &Node<'_>, problems: &mut Diagnostics) -> Option<Spanned<String>> {
    let text = text(node, problems)?.trim().to_owned();
    if text.is_empty() {
        problems.push(
            Diagnostic::error("empty-text", node.span, "the text is empty").help("write a word, or remove the key"),
        );
        return None;
    }
    Some(Spanned { value: text, span: node.span })
}

/// `true` or `false`.
pub(super) fn bool(node: &Node<'_>, problems: &mut Diagnostics) -> Option<bool> {
    let scalar = scalar(node, "`true` or `false`", problems)?;
    match (&*scalar.text, scalar.plain) {
        ("true" | "True" | "TRUE", true) => Some(true),
        ("false" | "False" | "FALSE", true) => Some(false),
        (other, _) => {
            let message = format!("`true` or `false` is wanted here, not {}", quoted(other));
            let help = match other.to_lowercase().as_str() {
                "yes" | "on" | "y" | "true" => "write `true`, without quotes",
                _ => "write `true` or `false`, without quotes",
            };
            let help = if matches!(other.to_lowercase().as_str(), "no" | "off" | "n" | "false") {
                "write `false`, without quotes"
            } else {
                help
            };
            problems.push(Diagnostic::error("wrong-type", node.span, message).help(help));
            None
        }
    }
}

/// One word of a fixed list.
pub(super) fn one_of<T: Copy>(
    node: &Node<'_>,
    what: &str,
    words: &[(T, &'static str)],
    problems: &mut Diagnostics,
) -> Option<T> {
    let scalar = scalar(node, what, problems)?;
    if let Some((value, _)) = words.iter().find(|(_, word)| *word == scalar.text) {
        return Some(*value);
    }
    let mut all: Vec<&str> = words.iter().map(|(_, word)| *word).collect();
    let near = nearest(&scalar.text, all.iter().copied());
    all.sort_unstable();
    let all = all.iter().map(|word| format!("`{word}`")).collect::<Vec<_>>().join(", ");
    let help = match near {
        Some(near) => format!("did you mean `{near}`? Known are {all}"),
        None => format!("known are {all}"),
    };
    problems.push(
        Diagnostic::error("unknown-word", node.span, format!("{} is no {what}", quoted(&scalar.text))).help(help),
    );
    None
}

/// A day, `2026-11-21`.
pub(super) fn date(node: &Node<'_>, problems: &mut Diagnostics) -> Option<Date> {
    parsed(node, "bad-date", "a date", problems, |text| {
        let shape: Vec<&str> = text.split('-').collect();
        let is_date = matches!(shape.as_slice(), [y, m, d] if y.len() == 4 && m.len() == 2 && d.len() == 2
            && shape.iter().all(|part| part.bytes().all(|b| b.is_ascii_digit())));
        if !is_date {
            return Err((
                format!("{} is no date", quoted(text)),
                "write year, month and day, such as `2026-11-21`".into(),
            ));
        }
        text.parse::<Date>().map_err(|_| {
            (format!("there is no day {}", quoted(text)), "write a day of the calendar, such as `2026-11-21`".into())
        })
    })
}

/// A finite number from 0 to [`MAX_AMOUNT`].
pub(super) fn number(text: &str) -> Parsed<f64> {
    let wrong = |help: &str| Err((format!("{} is no number", quoted(text)), help.to_owned()));
    let lower = text.trim_start_matches(['+', '-', '.']).to_lowercase();
    if matches!(lower.as_str(), "nan" | "inf" | "infinity") {
        return Err((format!("{} is no amount", quoted(text)), "write a finite number".into()));
    }
    let characters_fit = text.bytes().all(|b| b.is_ascii_digit() || matches!(b, b'.' | b'-' | b'+' | b'e' | b'E'));
    if !characters_fit || !text.bytes().any(|b| b.is_ascii_digit()) {
        if text.bytes().any(|b| b.is_ascii_digit()) && text.contains([',', '_', ' ', '\'']) {
            return wrong("write the digits together, with a point before decimals, such as `24000` or `1.5`");
        }
        return wrong("write a number such as `24000` or `1.5`");
    }
    let Ok(value) = text.parse::<f64>() else { return wrong("write a number such as `24000` or `1.5`") };
    if value < 0.0 {
        return Err((format!("{} is negative", quoted(text)), "write an amount of 0 or more".into()));
    }
    if value > MAX_AMOUNT {
        return Err((format!("{} is larger than any amount may be", quoted(text)), "write at most 1e15".into()));
    }
    // Minus zero would print as "-0".
    Ok(value + 0.0)
}

/// A number in a unit that is not written out; a unit behind it is refused with the number alone as the remedy.
pub(super) fn plain_number(unit: &str) -> impl Fn(&str) -> Parsed<f64> + '_ {
    move |text| {
        number(text).map_err(|(message, help)| {
            let digits: String = text.chars().take_while(|c| c.is_ascii_digit() || *c == '.').collect();
            if digits.bytes().any(|b| b.is_ascii_digit())
                && text[digits.len()..].trim().chars().all(char::is_alphabetic)
            {
                (message, format!("write `{digits}`; the unit is always {unit}"))
            } else {
                (message, help)
            }
        })
    }
}

/// A share: `99.9%`, or a fraction of one.
pub(super) fn share(text: &str) -> Parsed<f64> {
    if let Some(percent) = text.strip_suffix('%') {
        let percent = number(percent.trim())?;
        if percent > 100.0 {
            return Err((format!("{} is more than all", quoted(text)), "write a percentage from 0% to 100%".into()));
        }
        // Shifting the point in the text keeps 99.9% at 0.999, where a division would not.
        return Ok(format!("{percent}e-2").parse().unwrap_or(percent / 100.0));
    }
    let value = number(text)?;
    if value > 1.0 {
        let help = if value <= 100.0 {
            format!("do you mean `{text}%`?")
        } else {
            "write a percentage from 0% to 100%".into()
        };
        return Err((format!("{} is more than all", quoted(text)), help));
    }
    Ok(value)
}

/// A duration: `15min`, `4h`, `1d`, `26w`, `3mo`, `1q`, `1y`.
pub(super) fn duration(text: &str) -> Parsed<Duration> {
    let digits = text.find(|c: char| c.is_ascii_alphabetic()).unwrap_or(text.len());
    let (amount, letters) = (text[..digits].trim(), &text[digits..]);
    let help = "write a number and a unit: `15min`, `4h`, `1d`, `26w`, `3mo`, `1q` or `1y`";
    let Some((unit, _)) = TimeUnit::ALL.iter().find(|(_, known)| *known == letters) else {
        let message = if letters.is_empty() { "has no unit of time" } else { "is no duration" };
        return Err((format!("{} {message}", quoted(text)), help.into()));
    };
    let amount = number(amount).map_err(|(_, _)| (format!("{} is no duration", quoted(text)), help.into()))?;
    Ok(Duration { amount, unit: *unit })
}

/// How often: `40/week`; a bare number is a year. `days` is how many days a year has for `/day`.
pub(super) fn rate(days: f64) -> impl Fn(&str) -> Parsed<f64> {
    move |text| {
        let Some((amount, unit)) = text.split_once('/') else { return number(text) };
        let times = match unit.trim() {
            "day" => days,
            "week" => 52.0,
            "month" => 12.0,
            "quarter" => 4.0,
            "year" => 1.0,
            "hour" => days * 24.0,
            other => {
                let near = nearest(other, ["day", "week", "month", "quarter", "year"]);
                let help = near.map_or_else(String::new, |near| format!("did you mean `/{near}`? "));
                return Err((
                    format!("{} names no time", quoted(text)),
                    format!("{help}Write `/day`, `/week`, `/month`, `/quarter` or `/year`"),
                ));
            }
        };
        let value = number(amount.trim())? * times;
        if value > MAX_AMOUNT {
            return Err((
                format!("{} is larger than any amount may be", quoted(text)),
                "write at most 1e15 a year".into(),
            ));
        }
        Ok(value)
    }
}

/// Person-days a week: `5d/week`.
pub(super) fn capacity(text: &str) -> Parsed<f64> {
    let help = "write person-days a week, such as `5d/week`";
    let amount = text
        .strip_suffix("/week")
        .and_then(|amount| amount.trim().strip_suffix('d'))
        .ok_or_else(|| (format!("{} is no capacity", quoted(text)), help.to_owned()))?;
    let days = number(amount.trim())?;
    if days == 0.0 {
        return Err(("a capacity of nothing builds nothing".into(), help.into()));
    }
    Ok(days)
}

/// One value, or low, likely and high.
pub(super) fn range<T: Quantity>(
    node: &Node<'_>,
    code: &'static str,
    wanted: &str,
    problems: &mut Diagnostics,
    parse: impl Fn(&str) -> Parsed<f64>,
) -> Option<Range<T>> {
    let Value::List(items) = &node.resolved().value else {
        return parsed(node, code, wanted, problems, parse).map(|value| Range::exact(T::of(value)));
    };
    let [low, likely, high] = items.as_slice() else {
        let message = format!("a range has three values, not {}", items.len());
        problems.push(
            Diagnostic::error("bad-range", start_of(node), message).help("write `[low, likely, high]`, or one value"),
        );
        return None;
    };
    let mut read = |node| parsed(node, code, wanted, problems, &parse);
    let (first, second, third) = (read(low), read(likely), read(high));
    let values = [first?, second?, third?];
    if !values.is_sorted() {
        let message = "the range is not in order: low, likely, high must not fall";
        let span = Span { start: low.span.start, end: high.span.end };
        problems.push(
            Diagnostic::error("range-order", span, message).help("write the smallest first and the largest last"),
        );
        return None;
    }
    Some(Range { low: T::of(values[0]), likely: T::of(values[1]), high: T::of(values[2]) })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_finite_plain_and_not_negative() {
        assert_eq!(number("24000"), Ok(24000.0));
        assert_eq!(number("1e3"), Ok(1000.0));
        assert_eq!(number(".5"), Ok(0.5));
        for wrong in ["nan", ".inf", "-1", "1e16", "1e999", "1,000", "1_000", "0x10", "", "e", "--1", "1e"] {
            assert!(number(wrong).is_err(), "{wrong}");
        }
    }

    #[test]
    fn a_bare_percentage_is_asked_about() {
        assert_eq!(share("99.9%").unwrap(), 0.999);
        assert_eq!(share("0.999"), Ok(0.999));
        assert_eq!(share("1"), Ok(1.0));
        assert_eq!(share("99.9").unwrap_err().1, "do you mean `99.9%`?");
        assert!(share("101%").is_err() && share("-1%").is_err());
    }

    #[test]
    fn rates_are_a_year_and_days_depend_on_who_works() {
        assert_eq!(rate(260.0)("2/day"), Ok(520.0));
        assert_eq!(rate(365.0)("2 / day"), Ok(730.0));
        assert_eq!(rate(260.0)("7"), Ok(7.0));
        assert!(rate(260.0)("7/wek").unwrap_err().1.contains("`/week`"));
    }

    #[test]
    fn durations_have_units() {
        assert_eq!(duration("90d").unwrap().hours().0, 2160.0);
        assert_eq!(duration("15min").unwrap().hours().0, 0.25);
        assert!(
            duration("90").is_err() && duration("d").is_err() && duration("1m").is_err() && duration("-1d").is_err()
        );
    }
}
