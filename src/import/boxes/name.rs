//! What the label of a box names: a product, a kind of tool, or something that nothing is known of.

use crate::catalog::{Expected, Kind};

use crate::import::clean::slug;
use crate::import::recognise::{self, Named, kind_word, sure, tool, unknown};

/// What a label names.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Label {
    pub(super) named: Named,
    /// Its own name, where several boxes of one product have to be told apart.
    pub(super) called: Option<String>,
    /// What else stands in the box.
    pub(super) notes: Vec<String>,
    /// The products of which nobody says which it is.
    pub(super) either: Vec<String>,
}

/// Words behind or before a product that say which of several it is.
const WHICH: [&str; 26] = [
    "eu",
    "us",
    "usa",
    "uk",
    "de",
    "fr",
    "emea",
    "apac",
    "na",
    "amer",
    "latam",
    "dach",
    "europe",
    "asia",
    "global",
    "sandbox",
    "staging",
    "dev",
    "test",
    "uat",
    "prod",
    "production",
    "legacy",
    "old",
    "new",
    "1",
];

/// Words behind a product that say only that it is one.
const PLAIN: [&str; 41] = [
    "platform",
    "instance",
    "org",
    "cloud",
    "tool",
    "app",
    "application",
    "account",
    "accounts",
    "database",
    "db",
    "dwh",
    "tables",
    "table",
    "workspace",
    "server",
    "system",
    "software",
    "tenant",
    "cluster",
    "api",
    "site",
    "website",
    "forms",
    "form",
    "crm",
    "erp",
    "cms",
    "cdp",
    "dashboards",
    "dashboard",
    "reports",
    "warehouse",
    "project",
    "bucket",
    "channel",
    "sheet",
    "file",
    "exec",
    "executive",
    "reporting",
];

/// What the `lines` of a label name, or where they say nothing the pictures and symbols do; nothing where neither does.
/// `typos` tells whether names that are nearly known are looked for, which takes long.
pub(super) fn read(lines: &[String], hints: &[String], typos: bool) -> Option<Label> {
    let lines: Vec<String> = joined(lines).into_iter().map(|line| plain(&line)).filter(|line| is_name(line)).collect();
    let shown: Vec<&str> = lines.iter().map(String::as_str).filter(|line| !is_remark(line)).collect();
    if shown.is_empty() {
        return by_hint(hints).map(|named| Label { named, called: None, notes: Vec::new(), either: Vec::new() });
    }
    let others = |but: usize| -> Vec<String> {
        shown.iter().enumerate().filter(|(at, _)| *at != but).map(|(_, line)| (*line).to_owned()).collect()
    };
    let whole = shown.join(" ");
    if shown.len() > 1
        && whole.split(' ').count() <= 6
        && let Some(named) = sure(&whole)
    {
        return Some(Label { named, called: None, notes: Vec::new(), either: Vec::new() });
    }
    let mut found = shown.iter().enumerate().filter_map(|(at, line)| Some((at, product(line, typos)?)));
    if let Some((at, mut label)) = found.next() {
        label.notes.extend(others(at));
        return Some(label);
    }
    // `(Excel)` on a line of its own, where no other line names a product.
    let mut brackets = lines.iter().filter(|line| is_remark(line)).map(|line| line.trim_matches(['(', ')', '[', ']']));
    if let Some(named) = brackets.find_map(sure) {
        let notes = shown.iter().map(|line| (*line).to_owned()).collect();
        return Some(Label { named, called: None, notes, either: Vec::new() });
    }
    // The first that is no mere kind; a kind beside it says what it is.
    let named = shown.iter().position(|line| kind_of(line).is_none_or(|(_, is_whole)| !is_whole));
    let at = named.unwrap_or(0);
    let (name, rest) = without_brackets(shown[at]);
    let kind = kind_of(&name).or_else(|| shown.iter().find_map(|line| kind_of(line).filter(|(_, is_whole)| *is_whole)));
    let mut named = unknown(&name);
    if let Some((kind, is_whole)) = kind {
        named.kind = Some(kind);
        named.is_ai = kind.is_ai();
        named.is_enrichment = kind.is_enrichment();
        named.guess = (!is_whole).then_some("the last word of its name says so");
    } else if let Some(hint) = by_hint(hints).filter(|_| shown[at].split(' ').count() == 1 && shown[at].len() < 3) {
        named = hint;
    }
    let mut notes: Vec<String> = rest.into_iter().collect();
    notes.extend(others(at));
    Some(Label { named, called: None, notes, either: Vec::new() })
}

/// The first line that can be a name.
pub(super) fn title(lines: &[String]) -> Option<String> {
    joined(lines).into_iter().map(|line| plain(&line)).find(|line| is_name(line) && !is_remark(line))
}

/// Lines that were only broken to fit: one that ends in a space goes on.
fn joined(lines: &[String]) -> Vec<String> {
    let mut all: Vec<String> = Vec::new();
    let mut goes_on = false;
    for line in lines {
        match all.last_mut() {
            Some(last) if goes_on => {
                last.push(' ');
                last.push_str(line.trim());
            }
            _ => all.push(line.trim().to_owned()),
        }
        goes_on = line.ends_with([' ', '\u{a0}']);
    }
    all
}

/// A line without symbols at its ends.
fn plain(line: &str) -> String {
    let line = line.split_whitespace().filter(|word| !word.starts_with("fa:fa-")).collect::<Vec<_>>().join(" ");
    let is_part = |c: char| c.is_alphanumeric() || matches!(c, '(' | ')' | '[' | ']' | '<' | '>' | '«' | '»');
    line.trim_start_matches(|c: char| !is_part(c)).trim_end_matches(|c: char| !is_part(c) && c != '+').to_owned()
}

/// Whether a line can be a name at all.
pub(super) fn is_name(line: &str) -> bool {
    line.chars().any(char::is_alphabetic)
}

/// Whether a line only says what its box is: `[Software System]`, `«component»`, `(nurture, scoring)`.
fn is_remark(line: &str) -> bool {
    [('[', ']'), ('<', '>'), ('«', '»'), ('(', ')')]
        .iter()
        .any(|(open, close)| line.starts_with(*open) && line.ends_with(*close))
}

/// The product that a line names, whatever stands beside it.
fn product(line: &str, typos: bool) -> Option<Label> {
    let label = |named: Named, notes: Vec<String>| Label { named, called: None, notes, either: Vec::new() };
    if let Some(named) = sure(line) {
        return Some(label(named, Vec::new()));
    }
    if let Some((which, rest)) = one_of_several(line) {
        let mut label = label(which, Vec::new());
        label.named.key = format!("{}/{}", label.named.key, slug(line, "one"));
        label.called = Some(line.to_owned());
        label.notes.extend(rest);
        return Some(label);
    }
    if let Some(label) = either(line) {
        return Some(label);
    }
    let (head, bracket) = without_brackets(line);
    if let Some(bracket) = bracket {
        if let Some(named) = sure(&head).or_else(|| product(&head, false).map(|label| label.named)) {
            return Some(label(named, vec![bracket]));
        }
        if let Some(named) = sure(&bracket) {
            return Some(label(named, vec![head]));
        }
    }
    for cut in [": ", " - ", " – ", " — ", " | ", " · ", " with ", " for ", " as ", " via ", " of "] {
        let Some((head, rest)) = line.split_once(cut) else { continue };
        if let Some(named) = sure(head) {
            return Some(label(named, vec![rest.to_owned()]));
        }
        // `CRM: Salesforce`.
        if let Some(named) = sure(rest).filter(|_| kind_word(head).is_some()) {
            return Some(label(named, Vec::new()));
        }
    }
    // `Follow-up list in Google Sheets`: what lies in a sheet or a folder is that sheet.
    for within in [" in ", " on ", " at "] {
        let Some((head, rest)) = line.rsplit_once(within) else { continue };
        if let Some(named) = sure(rest).filter(|named| recognise::kind(named).is_some_and(Kind::is_carrier)) {
            return Some(label(named, vec![head.to_owned()]));
        }
    }
    with_plain_words(line).map(|named| label(named, Vec::new())).or_else(|| {
        // What is only known by a word less keeps its own name, unless it is a product.
        let near = tool(line, if typos { Expected::Tool } else { Expected::Text })?;
        let named =
            if near.product.is_some() { near } else { Named { kind: near.kind, guess: near.guess, ..unknown(line) } };
        Some(label(named, Vec::new()))
    })
}

/// `Salesforce EU`, `Salesforce (sandbox)`: which of several of a product it is.
fn one_of_several(line: &str) -> Option<(Named, Option<String>)> {
    let words: Vec<&str> =
        line.split(|c: char| c.is_whitespace() || matches!(c, '(' | ')' | '[' | ']' | '-')).collect();
    let words: Vec<&str> = words.into_iter().filter(|word| !word.is_empty()).collect();
    let is_which = |word: &str| WHICH.contains(&word.to_lowercase().as_str());
    let (first, last) = (words.first()?, words.last()?);
    let rest = match (is_which(first), is_which(last)) {
        (_, true) => words[..words.len() - 1].join(" "),
        (true, false) => words[1..].join(" "),
        _ => return None,
    };
    let named = sure(&rest).filter(|named| named.product.is_some())?;
    Some((named, None))
}

/// Several products in one box; of a kind and a product beside it the product.
fn either(line: &str) -> Option<Label> {
    let parts: Vec<&str> = line
        .split(['/', ',', '+', '&', '|'])
        .flat_map(|part| part.split(" or "))
        .flat_map(|part| part.split(" and "))
        .map(str::trim)
        .filter(|part| !part.is_empty())
        .collect();
    if parts.len() < 2 {
        return None;
    }
    let known: Vec<Option<Named>> = parts.iter().map(|part| sure(part)).collect();
    let mut products: Vec<Named> = known.iter().flatten().cloned().collect();
    products.dedup_by(|a, b| a.key == b.key);
    let others_are_kinds = parts.iter().zip(&known).all(|(part, known)| known.is_some() || kind_word(part).is_some());
    match products.as_slice() {
        [one] if others_are_kinds => {
            Some(Label { named: one.clone(), called: None, notes: Vec::new(), either: Vec::new() })
        }
        [first, _, ..] if known.iter().all(Option::is_some) => {
            let kind = recognise::kind(first);
            let is_one_kind = products.iter().all(|other| recognise::kind(other) == kind);
            let mut named = unknown(line);
            named.kind = kind.filter(|_| is_one_kind);
            named.is_ai = products.iter().all(|product| product.is_ai);
            let either = products.iter().map(|product| product.name.clone()).collect();
            Some(Label { named, called: None, notes: Vec::new(), either })
        }
        _ => None,
    }
}

/// A product with words that say little behind it: `Snowflake tables`, `HubSpot forms`, `Slack #leads`.
fn with_plain_words(line: &str) -> Option<Named> {
    let words: Vec<&str> = line.split(' ').collect();
    let is_plain = |word: &str| {
        let lower = word.to_lowercase();
        PLAIN.contains(&lower.as_str()) || kind_word(&lower).is_some() || lower.starts_with('#')
    };
    if words.len() > 8 {
        return None;
    }
    // Words that only a tool has, so that its name may be an English word.
    let is_of_tool =
        |word: &str| word.starts_with('#') || matches!(word, "channel" | "workspace" | "instance" | "account");
    (1..words.len()).rev().filter(|end| words[*end..].iter().all(|word| is_plain(word))).find_map(|end| {
        let expected = if is_of_tool(words[end]) { Expected::Tool } else { Expected::Text };
        let name = words[..end].join(" ");
        // `Drift chat`: a name that is an English word, and what such a tool is.
        let of_its_kind = || {
            let rest = words[end..].join(" ").to_lowercase();
            let says = |kind| kind_word(&rest) == Some(kind) || rest == "chat" && kind == Kind::Conversation;
            tool(&name, Expected::Tool).filter(|named| recognise::kind(named).is_some_and(says))
        };
        let found = tool(&name, expected).or_else(of_its_kind);
        let mut named = found.filter(|named| named.guess.is_none() && named.product.is_some())?;
        named.guess = Some("the name has more words than the product's");
        Some(named)
    })
}

/// The kind of tool that a name says, and whether it says nothing else.
fn kind_of(name: &str) -> Option<(Kind, bool)> {
    let whole = |text: &str| kind_word(text).or_else(|| kind_word(text.strip_suffix('s')?));
    if let Some(kind) = whole(name) {
        return Some((kind, true));
    }
    let words: Vec<&str> = name.split(' ').collect();
    (words.len().saturating_sub(4).max(1)..words.len())
        .find_map(|from| whole(&words[from..].join(" ")))
        .map(|kind| (kind, false))
}

fn without_brackets(line: &str) -> (String, Option<String>) {
    let cut = line.find(['(', '[']).filter(|at| *at > 0).and_then(|open| Some((open, line.rfind([')', ']'])?)));
    match cut {
        Some((open, close)) if close > open => {
            let head = format!("{} {}", line[..open].trim(), line[close + 1..].trim());
            (head.trim().to_owned(), Some(line[open + 1..close].trim().to_owned()))
        }
        _ => (line.to_owned(), None),
    }
}

/// What a picture or symbol stands for: `mxgraph.weblogos.slack`, `https://…/icons/hubspot.svg`.
fn by_hint(hints: &[String]) -> Option<Named> {
    hints.iter().find_map(|hint| {
        let last = hint.split(['?', '#', ';']).next()?.rsplit(['/', '\\']).next()?;
        let stem = match last.rsplit_once('.') {
            Some((stem, "svg" | "png" | "jpg" | "jpeg" | "gif" | "webp" | "ico")) => stem,
            _ => last.rsplit('.').next()?,
        };
        let words = stem.replace(['_', '-', '+'], " ").replace("%20", " ");
        let words = words.trim_end_matches(|c: char| c.is_ascii_digit() || c == ' ').to_owned();
        let without = |end: &str| words.strip_suffix(end).map(str::to_owned);
        let cut = without(" logo").or_else(|| without(" icon")).or_else(|| without(" logotype"));
        let known = |text: &str| sure(text);
        let vendor = || hint.contains("mxgraph.salesforce").then(|| tool("Salesforce", Expected::Tool)).flatten();
        let mut named = known(&cut.unwrap_or_else(|| words.clone())).or_else(|| known(&words)).or_else(vendor)?;
        named.guess = Some("only its picture says so");
        Some(named)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn named(label: &str) -> Label {
        let lines: Vec<String> = label.lines().map(str::to_owned).collect();
        read(&lines, &[], true).unwrap_or_else(|| panic!("{label}"))
    }

    #[test]
    fn a_box_is_named_by_the_line_that_names_a_product() {
        for (label, product) in [
            ("CRM\nSalesforce", "salesforce-sales-cloud"),
            ("Salesforce\nSales Cloud", "salesforce-sales-cloud"),
            ("Marketo Engage\n(nurture, scoring)", "marketo-engage"),
            ("📊 Tableau", "tableau"),
            ("HubSpot CRM", "hubspot"),
            ("Google Sheets: duplicates", "google-sheets"),
            ("Kafka with Schema Registry for data contract", "apache-kafka"),
            ("Budget.xlsx\n(Excel)", "excel"),
            ("NetSuite (ERP)", "netsuite"),
            ("CRM: Salesforce", "salesforce-sales-cloud"),
            ("CRM / Salesforce", "salesforce-sales-cloud"),
            ("Slack #leads", "slack"),
            ("Webflow site", "webflow"),
        ] {
            assert_eq!(named(label).named.product.as_deref(), Some(product), "{label}");
        }
    }

    #[test]
    fn what_no_product_is_keeps_its_name() {
        for (label, name, notes) in [
            ("Habit \nTracker \nApp", "Habit Tracker App", 0),
            ("API\nwith caching", "API", 1),
            ("Connectors\n(GitHub, Git, etc.)", "Connectors", 0),
            ("CDN (Cloudburst)", "CDN", 1),
            ("Salesforce to Slack notifier", "Salesforce to Slack notifier", 0),
        ] {
            let label = named(label);
            assert_eq!((label.named.name.as_str(), label.named.product.as_deref()), (name, None));
            assert_eq!(label.notes.len(), notes, "{label:?}");
        }
        assert_eq!(named("Data warehouse").named.kind, Some(Kind::Warehouse));
        assert_eq!(named("CRM\nAcme Base").named.kind, Some(Kind::Crm));
    }

    #[test]
    fn two_products_in_a_box_are_asked_about_and_two_orgs_are_two() {
        let both = named("Airbyte / Fivetran");
        assert_eq!((both.named.name.as_str(), both.either.len()), ("Airbyte / Fivetran", 2));
        let (eu, us) = (named("Salesforce EU"), named("Salesforce (US)"));
        assert_ne!(eu.named.key, us.named.key);
        assert_eq!((eu.named.product, eu.called.as_deref()), (us.named.product, Some("Salesforce EU")));
    }

    #[test]
    fn pictures_count_where_the_label_says_nothing() {
        let hint = |hint: &str| read(&[], &[hint.to_owned()], true).map(|label| label.named);
        let slack = hint("mxgraph.weblogos.slack").unwrap();
        assert!(slack.product.as_deref() == Some("slack") && slack.guess.is_some());
        assert_eq!(
            hint("https://x.example/icons/google-ads.svg?key=1").unwrap().product.as_deref(),
            Some("google-ads")
        );
        assert_eq!(hint("mxgraph.flowchart.terminator"), None);
        assert_eq!(read(&["01".to_owned()], &[], true), None);
    }
}
