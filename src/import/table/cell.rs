//! Cells of a row by field: their text, split where it names several, and what is nobody's business left out.

use crate::catalog::people::{is_not_known, meaning};
use crate::grid::{self, Value};

/// A cell that says something.
#[derive(Clone, Debug)]
pub(super) struct Cell {
    /// As it stands.
    pub(super) text: String,
    pub(super) value: Value,
    /// Where: `Flows!F12`.
    pub(super) place: String,
    /// The unit that its header names.
    pub(super) unit: Option<String>,
    /// Whether numbers of its table have points between thousands, and a comma before decimals.
    pub(super) has_commas: bool,
}

/// What a cell comes to.
#[derive(Clone, Debug)]
pub(super) enum Content {
    /// Nothing, or an error of a formula.
    Empty,
    /// Somebody wrote that it is not known.
    NotKnown,
    Said(Cell),
}

impl Content {
    pub(super) fn of(cell: Option<&grid::Cell>, place: String, unit: Option<String>, has_commas: bool) -> Self {
        let Some(cell) = cell else { return Self::Empty };
        let text = cell.text.trim();
        if text.is_empty() || cell.value == Value::Error {
            return if text.is_empty() { Self::Empty } else { Self::NotKnown };
        }
        if says_nothing(text) {
            return Self::NotKnown;
        }
        Self::Said(Cell { text: text.to_owned(), value: cell.value, place, unit, has_commas })
    }
}

/// `TBD`, `?`, `n/a`, `-`, `none`.
pub(super) fn says_nothing(text: &str) -> bool {
    is_not_known(text)
        || meaning("empty cell", text).is_some()
        || text.chars().all(|c| matches!(c, '?' | '-' | '–' | '.'))
}

/// What `read` makes of a text, or of the words before a day and the like: `Retired` of `Retired 06/30/2025`.
pub(super) fn before_numbers<T>(text: &str, read: impl Fn(&str) -> Option<T>) -> Option<T> {
    /// Letters of what may be a status and its day: each of its beginnings is looked up.
    const LONGEST: usize = 100;
    let mut words = text.trim();
    let is_long = words.len() > LONGEST;
    let mut has_number = false;
    loop {
        if (has_number || words.len() == text.trim().len())
            && let Some(found) = read(words)
        {
            return Some(found);
        }
        if is_long {
            return None;
        }
        let end = words.rfind(char::is_whitespace)?;
        has_number |= words[end..].contains(|c: char| c.is_ascii_digit());
        words = words[..end].trim_end_matches(|c: char| !c.is_alphanumeric());
    }
}

impl Cell {
    /// Yes or no in any of the ways in which people tick a cell.
    pub(super) fn flag(&self) -> Option<bool> {
        if let Value::Bool(value) = self.value {
            return Some(value);
        }
        let word = meaning("flag", &self.text).or_else(|| meaning("tick", &self.text))?;
        Some(word == "true")
    }

    /// The text with a number as a program writes it, where it is one.
    pub(super) fn figure(&self) -> String {
        match self.value {
            Value::Number(value) if !self.text.contains('%') => value.to_string(),
            Value::Minutes(minutes) => format!("{minutes} min"),
            _ if self.has_commas => without_points(&self.text),
            _ => self.text.clone(),
        }
    }

    /// An amount of money as a program writes it: it has no three decimals, so that `2.400` has thousands.
    pub(super) fn amount(&self) -> String {
        if matches!(self.value, Value::Number(_)) { self.text.clone() } else { without_points(&self.text) }
    }
}

/// Whether a text is a number with a comma before its decimals: `1.200,50`, `6,5`.
pub(super) fn has_decimal_comma(text: &str) -> bool {
    let number = text.trim_matches(|c: char| !c.is_ascii_digit());
    let Some((whole, decimals)) = number.split_once(',') else { return false };
    let is_digits = |part: &str| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit());
    is_digits(decimals) && decimals.len() <= 2 && whole.split('.').all(is_digits)
}

/// A text without the points between the thousands of its numbers.
fn without_points(text: &str) -> String {
    let letters: Vec<char> = text.chars().collect();
    let digits =
        |from: usize| letters.get(from..).unwrap_or_default().iter().take_while(|c| c.is_ascii_digit()).count();
    let mut out = String::new();
    for (at, c) in letters.iter().enumerate() {
        let before = letters[..at].iter().rev().take_while(|c| c.is_ascii_digit()).count();
        let is_thousands = *c == '.' && (1..=3).contains(&before) && digits(at + 1) == 3;
        if !is_thousands {
            out.push(*c);
        }
    }
    out
}

/// What lines, semicolons and bullets divide.
pub(super) fn parts(text: &str) -> Vec<String> {
    let divided = text.split(['\n', '\r', ';', '•', '·', '‣', '▪']);
    divided
        .map(|part| part.trim().trim_start_matches(['-', '*', '–']).trim())
        .filter(|part| !part.is_empty())
        .map(str::to_owned)
        .collect()
}

/// What is split at commas, slashes and "and" as well; the caller knows whether each part is a name.
pub(super) fn finer(text: &str) -> Vec<String> {
    let mut rest: Vec<String> = vec![text.to_owned()];
    for between in [",", "/", "&", "+", " and ", " und ", " et ", " y "] {
        rest = rest.iter().flat_map(|part| part.split(between)).map(|part| part.trim().to_owned()).collect();
    }
    rest.retain(|part| !part.is_empty());
    rest
}

/// `[Clay](https://clay.com)` as its words and its host; other text as it is.
pub(super) fn link(text: &str) -> (String, Option<String>) {
    let inner = text.split_once('[').and_then(|(before, rest)| {
        let (words, rest) = rest.split_once("](")?;
        let (address, after) = rest.split_once(')')?;
        Some((format!("{before}{words}{after}"), address))
    });
    match inner {
        Some((words, address)) => (words.trim().to_owned(), host(address)),
        None => (text.trim().to_owned(), None),
    }
}

/// The host of an address on the web.
fn host(address: &str) -> Option<String> {
    let rest = address.split_once("://")?.1;
    let host = rest.split(['/', '?', '#', ':']).next()?.rsplit('@').next()?;
    (!host.is_empty() && host.contains('.')).then(|| host.to_lowercase())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cell_may_name_several_and_a_link_has_its_words() {
        assert_eq!(parts("Clay; Jasper\n• WordPress\n- Slack"), ["Clay", "Jasper", "WordPress", "Slack"]);
        assert_eq!(finer("Salesforce, Slack & Gong and Clay"), ["Salesforce", "Slack", "Gong", "Clay"]);
        assert_eq!(link("[Clay](https://app.clay.com/x?y=1)"), ("Clay".to_owned(), Some("app.clay.com".to_owned())));
        assert_eq!(link("Clay (beta)"), ("Clay (beta)".to_owned(), None));
        assert!(["TBD", "?", "n/a", "-", "–", "none", "k.A.", "???"].into_iter().all(says_nothing));
        assert_eq!(without_points("1.250.000,50 € / 2.400 or 1.5 and 2.4000"), "1250000,50 € / 2400 or 1.5 and 2.4000");
        assert!(has_decimal_comma("48.000,00 €") && has_decimal_comma("6,5") && !has_decimal_comma("24,000"));
        assert!(!says_nothing("0") && !says_nothing("no"));
    }
}
