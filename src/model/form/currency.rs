//! Currencies: the code by which a stack names its own, and those that stand beside amounts.

use super::text::Text;
use crate::catalog::people::{meaning, meanings};
use crate::model::table::{self, Context, Form, Refusal, Tables, Written, quoted};
use crate::source::Node;

/// The currencies that are written `$`, and called a dollar, each with when it is meant.
const DOLLARS: [(&str, &str); 5] = [
    ("USD", "for US dollars"),
    ("CAD", "for Canadian dollars"),
    ("AUD", "for Australian dollars"),
    ("NZD", "for New Zealand dollars"),
    ("SGD", "for Singapore dollars"),
];

/// The currency of a stack: its code. A name or a sign of one is an error, as reports and files that are compared name codes.
#[derive(Clone, Copy)]
pub(in crate::model) struct Currency;

impl Form<String> for Currency {
    fn read(&self, node: &Node<'_>, cx: &mut Context) -> Option<String> {
        let said = Text::Word.read(node, cx)?;
        if let Some(refusal) = refused(&said) {
            cx.problems.push(refusal.at("bad-currency", node));
            return None;
        }
        Some(said)
    }

    fn write(&self, value: &String, _: &Tables) -> Written {
        Written::Line(table::text(value))
    }
}

/// Why `said` names no currency of a stack; a word that is not known may be a code that is not known.
fn refused(said: &str) -> Option<Refusal> {
    // A name or a sign, and nothing beside it.
    if said.contains(|c: char| !c.is_alphanumeric() && !matches!(c, ' ' | '$' | '€' | '£' | '¥' | '₹')) {
        return None;
    }
    let message = format!("expected the code of a currency, found {}", quoted(said));
    match meanings("currency", said) {
        [] => None,
        [one] if one.means == "$" => Some(Refusal::of(message, DOLLARS.map(|(code, when)| (code.to_owned(), when)))),
        [one] if one.means == said => None,
        [one] => Some(Refusal::of(message, [(one.means.clone(), "")])),
        several => {
            let instead = several.iter().map(|one| (one.means.clone(), one.when.clone())).collect();
            Some(Refusal { message, help: String::new(), instead })
        }
    }
}

/// The currency of a stack that states `said`, by which its amounts are judged; nothing where it could be several.
pub(in crate::model) fn stated(said: &str) -> Option<&str> {
    match meanings("currency", said) {
        [] => Some(said.trim()),
        [one] => Some(&one.means),
        _ => None,
    }
}

/// `text` without a currency at its beginning or end, and that currency.
pub(super) fn signed(text: &str) -> (&str, Option<&'static str>) {
    let text = text.trim();
    let is_amount = |c: char| c.is_ascii_digit() || matches!(c, '.' | ',' | '~' | '-' | '+');
    let start = text.find(is_amount).unwrap_or(text.len());
    if let Some(sign) = meaning("currency", text[..start].trim()) {
        return (text[start..].trim(), Some(sign));
    }
    // `1200 EUR`, `1.2k€`: the longest end that is a currency.
    let digits = text.trim_end_matches(|c: char| !c.is_ascii_digit()).len();
    let ends = text[digits..].char_indices().map(|(at, _)| digits + at).filter(|at| *at > 0);
    // The longest name has fewer letters.
    let ends: Vec<usize> = if text.len() - digits > 40 { Vec::new() } else { ends.collect() };
    for at in ends {
        if let Some(sign) = meaning("currency", text[at..].trim()) {
            return (text[..at].trim(), Some(sign));
        }
    }
    (text, None)
}

/// Whether two signs may stand for the same currency: `$` is that of several countries.
pub(super) fn is_same(one: &str, other: &str) -> bool {
    let is_dollar = |sign: &str| DOLLARS.iter().any(|(code, _)| *code == sign);
    one.eq_ignore_ascii_case(other) || (one == "$" && is_dollar(other)) || (other == "$" && is_dollar(one))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn offered(said: &str) -> Vec<(String, bool)> {
        let instead = refused(said).map_or_else(Vec::new, |refusal| refusal.instead);
        instead.into_iter().map(|(text, when)| (text, !when.is_empty())).collect()
    }

    #[test]
    fn a_stack_names_the_code_of_its_currency() {
        for (said, code) in [
            ("Euro", "EUR"),
            ("euros", "EUR"),
            ("€", "EUR"),
            ("eur", "EUR"),
            ("£", "GBP"),
            ("Pound", "GBP"),
            ("pounds sterling", "GBP"),
            ("US Dollar", "USD"),
            ("US$", "USD"),
            ("Swiss francs", "CHF"),
            ("Yen", "JPY"),
        ] {
            assert_eq!(offered(said), [(code.to_owned(), false)], "{said}");
        }
        for code in ["EUR", "USD", "CZK", "XBT", "points", "| USD"] {
            assert_eq!(offered(code), [], "{code}");
        }
    }

    #[test]
    fn a_name_of_several_currencies_is_asked_about() {
        for said in ["$", "Dollar", "dollars"] {
            let codes: Vec<String> = offered(said).into_iter().map(|(code, _)| code).collect();
            assert_eq!(codes, ["USD", "CAD", "AUD", "NZD", "SGD"], "{said}");
        }
        assert!(offered("kr").len() == 3 && offered("krone").iter().all(|(_, has_when)| *has_when));
    }
}
