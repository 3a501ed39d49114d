//! A cell of a table: what it shows, and what it sorts by.

use maud::{Markup, html};

use super::words::{name, sentence, told};
use crate::report::say::Line;
use crate::report::tables::{self, Amount, Bound, Cell, Kind, Tone};

/// Entries of a list that a cell shows before the rest is a click away.
const LISTED: usize = 4;

/// How much of a cell is shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Room {
    /// The column of a table: of a long list the rest is a click away.
    Column,
    /// A line of its own: everything, and names are shortened only where a sentence is.
    Line,
}

/// A cell of a column of this kind.
pub(super) fn cell(kind: Kind, shown: &Cell, room: Room) -> Markup {
    match shown {
        Cell::Name(named) if room == Room::Column => name(&named.name),
        Cell::Name(named) => sentence(&named.name),
        Cell::Text(words) => told(words),
        Cell::Code(word) => html! { code { (word) } },
        Cell::Word(word, tone) => tagged(word, *tone),
        Cell::Missing(what) => tagged(what, Tone::Fair),
        Cell::List(cells) => list(kind, cells, room),
        Cell::Amount(_) | Cell::Linked(..) | Cell::Measured(..) => {
            let (likely, spread) = tables::cell_parts(kind, shown);
            html! {
                (text(&likely))
                @if let Some(spread) = spread { " " span.spread { (spread) } }
            }
        }
        Cell::Empty | Cell::NotKnown | Cell::NothingToJudge | Cell::Yes => {
            let said = tables::cell(kind, shown);
            html! { @if matches!(shown, Cell::NotKnown | Cell::NothingToJudge) { span.muted { (text(&said)) } } @else { (text(&said)) } }
        }
    }
}

/// What the script sorts a cell by: a number, or words; empty, and so last, for what is not known. Nothing where the
/// cell sorts as it reads. Lists of a column of lists sort by their length.
pub(super) fn sort_key(shown: &Cell) -> Option<String> {
    match shown {
        Cell::Empty | Cell::NotKnown | Cell::NothingToJudge | Cell::Missing(_) => Some(String::new()),
        Cell::Amount(amount) | Cell::Linked(amount, _) | Cell::Measured(_, amount) => Some(number(*amount).to_string()),
        Cell::Word(word, tone) => Some(format!("{} {word}", rank(*tone))),
        Cell::List(cells) => Some(cells.len().to_string()),
        Cell::Text(_) | Cell::Name(_) | Cell::Code(_) | Cell::Yes => None,
    }
}

/// The number that stands for a quantity.
fn number(amount: Amount) -> f64 {
    match amount.bound {
        Bound::Value | Bound::AtLeast => amount.likely,
        Bound::AtMost => amount.high,
        Bound::Between => amount.low,
    }
}

/// Words without markup: they are ours, and each piece has one look.
fn text(line: &Line) -> String {
    line.text()
}

/// What has to be acted upon comes first.
fn rank(tone: Tone) -> u8 {
    match tone {
        Tone::Bad => 0,
        Tone::Fair => 1,
        Tone::Good => 2,
        Tone::Plain => 3,
    }
}

/// Letters of what stands in one line.
const SHORT: usize = 24;

/// A word with its color and, for those who see none, a mark.
fn tagged(word: &str, tone: Tone) -> Markup {
    let (class, mark) = match tone {
        Tone::Bad => ("tag bad", "▲ "),
        Tone::Fair => ("tag warn", "■ "),
        Tone::Good => ("tag good", "✓ "),
        Tone::Plain => return html! { (word) },
    };
    let long = if word.chars().count() > SHORT { " long" } else { "" };
    html! { span class={ (class) (long) } { span aria-hidden="true" { (mark) } (word) } }
}

/// Names stand in one line, sentences and groups beneath each other.
fn list(kind: Kind, cells: &[Cell], room: Room) -> Markup {
    let are_lines = cells.iter().any(|one| matches!(one, Cell::Text(_) | Cell::List(_)));
    // One more takes no more room than saying so.
    let first = if room == Room::Column && cells.len() > LISTED + 1 { LISTED } else { cells.len() };
    let (first, rest) = cells.split_at(first);
    let all = |cells: &[Cell]| if are_lines { lines(kind, cells, room) } else { commas(kind, cells, room) };
    html! {
        (all(first))
        @if !rest.is_empty() {
            " "
            details.more { summary { "and " (rest.len()) " more" } (all(rest)) }
        }
    }
}

fn lines(kind: Kind, cells: &[Cell], room: Room) -> Markup {
    html! { ul.plain { @for one in cells { li { (cell(kind, one, room)) } } } }
}

fn commas(kind: Kind, cells: &[Cell], room: Room) -> Markup {
    html! {
        @for (at, one) in cells.iter().enumerate() {
            @if at > 0 { ", " }
            (cell(kind, one, room))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::tables::Named;

    fn shown(kind: Kind, cell: &Cell) -> String {
        super::cell(kind, cell, Room::Column).into_string()
    }

    fn named(name: &str) -> Cell {
        Cell::Name(Named { id: "x".into(), name: name.into() })
    }

    #[test]
    fn a_quantity_shows_its_range_and_sorts_by_its_likely_value() {
        let range = Cell::Amount(Amount { low: 8.0, likely: 1_200.0, high: 2_000.4, bound: Bound::Value });
        assert_eq!(shown(Kind::Hours, &range), "1,200 <span class=\"spread\">8 to 2,000</span>");
        assert_eq!(sort_key(&range).as_deref(), Some("1200"));
        let least = Cell::Amount(Amount { low: 8.0, likely: 9.0, high: 10.0, bound: Bound::AtLeast });
        assert_eq!((shown(Kind::Money, &least), sort_key(&least)), ("at least 9".into(), Some("9".into())));
        assert_eq!(shown(Kind::Hours, &Cell::NotKnown), "<span class=\"muted\">not known</span>");
        assert_eq!(sort_key(&Cell::NotKnown).as_deref(), Some(""));
    }

    #[test]
    fn what_has_to_be_acted_upon_sorts_first() {
        let words = [("high", Tone::Bad), ("medium", Tone::Fair), ("ready", Tone::Good), ("low", Tone::Plain)];
        let keys: Vec<_> =
            words.iter().filter_map(|(word, tone)| sort_key(&Cell::Word((*word).into(), *tone))).collect();
        assert!(keys.is_sorted(), "{keys:?}");
        let high = shown(Kind::Words, &Cell::Word("high".into(), Tone::Bad));
        assert_eq!(high, "<span class=\"tag bad\"><span aria-hidden=\"true\">▲ </span>high</span>");
    }

    #[test]
    fn a_long_list_is_a_click_away_and_whole_where_there_is_room() {
        let six = Cell::List("abcdef".chars().map(|name| named(&name.to_string())).collect());
        let short = shown(Kind::Words, &six);
        assert!(
            short.contains("<bdi>d</bdi> <details class=\"more\"><summary>and 2 more</summary><bdi>e</bdi>"),
            "{short}"
        );
        assert!(!cell(Kind::Words, &six, Room::Line).into_string().contains("details"));
        assert_eq!(sort_key(&six).as_deref(), Some("6"));
        let sentences = Cell::List(vec![Cell::text("One, two."), Cell::text("Three.")]);
        assert_eq!(
            shown(Kind::Words, &sentences),
            "<ul class=\"plain\"><li><bdi>One, two.</bdi></li><li><bdi>Three.</bdi></li></ul>"
        );
    }
}
