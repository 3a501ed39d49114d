//! What the words of an arrow say: what moves, how, how often, through what.

use crate::catalog::{Expected, people};
use crate::model::{Mechanism, runs_a_year};

use super::moved::names;
use super::sentence::without_person;
use super::words::{self, How};
use crate::import::recognise::{Named, kind, sure, tool};

/// What an arrow says.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Says {
    /// What moves, in the words of the drawing.
    pub(super) data: Vec<String>,
    /// Why that is a guess.
    pub(super) data_guess: Option<&'static str>,
    /// How it moves, and why that is a guess.
    pub(super) how: Option<(Mechanism, Option<&'static str>)>,
    /// A file that a person carries, or a schedule puts down.
    pub(super) is_file: bool,
    /// Somebody does it, it is not said how.
    pub(super) is_manual: bool,
    /// Nobody carries it.
    pub(super) is_unattended: bool,
    /// A verb that is a mechanism where a person does it.
    pub(super) by_hand: Option<Mechanism>,
    /// Who does it, where the words begin with that: `Anna copies contacts`.
    pub(super) who: Option<String>,
    /// It is only planned.
    pub(super) is_planned: bool,
    /// What it goes through.
    pub(super) through: Option<Named>,
    /// Runs a year, and the words for it.
    pub(super) runs: Option<(f64, String)>,
    /// Whether it tells people something.
    pub(super) is_notice: bool,
    /// Words with several meanings for how often.
    pub(super) how_often: Option<String>,
}

impl Says {
    /// What two arrows in a row say of one thing; the later says how it arrives.
    pub(super) fn then(&self, next: &Self) -> Self {
        let how = match (self.how, next.how) {
            (Some((one, _)), Some((other, _))) if one != other => Some((other, Some("two ways are said"))),
            (one, other) => other.or(one),
        };
        let named = if self.data.is_empty() { next } else { self };
        Self {
            data: named.data.clone(),
            data_guess: named.data_guess,
            how,
            is_file: self.is_file || next.is_file,
            is_manual: self.is_manual || next.is_manual,
            is_unattended: self.is_unattended || next.is_unattended,
            by_hand: next.by_hand.or(self.by_hand),
            who: self.who.clone().or_else(|| next.who.clone()),
            is_planned: self.is_planned || next.is_planned,
            through: next.through.clone().or_else(|| self.through.clone()),
            runs: self.runs.clone().or_else(|| next.runs.clone()),
            is_notice: self.is_notice || next.is_notice,
            how_often: self.how_often.clone().or_else(|| next.how_often.clone()),
        }
    }
}

/// The longest label that is looked into, in characters.
const LONGEST: usize = 2_000;
/// Words of the longest phrase.
const PHRASE: usize = 5;
/// What `label` says, and `technology` besides; `ends` are the names of what the arrow joins, which are no data.
pub(super) fn read(label: &str, technology: Option<&str>, ends: &[&str]) -> Says {
    let mut says = Says::default();
    let label: String = label.chars().take(LONGEST).collect();
    for segment in segments(&label) {
        self::segment(without_person(&segment), ends, false, &mut says);
    }
    if let Some(technology) = technology {
        for part in technology.split([',', ';', '+', '|']).map(str::trim).filter(|part| !part.is_empty()) {
            let before = says.data.len();
            segment(part, ends, true, &mut says);
            says.data.truncate(before);
        }
    }
    if says.data.is_empty() && says.is_file && label.to_lowercase().contains("list") {
        says.data.push("list".to_owned());
        says.data_guess = Some("the word says how it is carried as well");
    }
    if says
        .data
        .iter()
        .all(|word| matches!(word.as_str(), "list" | "file" | "spreadsheet" | "report" | "email" | "mail"))
        && !says.data.is_empty()
    {
        says.data_guess = Some("the word says how it is carried as well");
    }
    says
}

/// Parts of a label that each say one thing.
fn segments(label: &str) -> Vec<String> {
    let mut text = label.replace(['\n', '\r', ';', '(', ')', '[', ']', '|', ',', '•', '→'], "\u{1f}");
    for cut in [" - ", " – ", " — ", ": ", " / ", " + "] {
        text = text.replace(cut, "\u{1f}");
    }
    text.split('\u{1f}').map(str::trim).filter(|part| !part.is_empty()).map(unnumbered).collect()
}

/// Without the number of a step before it: `1. leads`, `2) send`.
fn unnumbered(part: &str) -> String {
    let rest = part.trim_start_matches(|c: char| c.is_ascii_digit());
    let is_number = rest.len() < part.len() && rest.starts_with(['.', ')', ':']);
    let part = if is_number { rest[1..].trim_start() } else { part };
    part.trim_matches(|c: char| !c.is_alphanumeric() && !matches!(c, '#' | '%' | '+')).to_owned()
}

fn segment(text: &str, ends: &[&str], is_technology: bool, says: &mut Says) {
    let mut words: Vec<&str> = text.split_whitespace().collect();
    // The name of what the arrow points to says nothing of how: `to the Payment API`.
    for end in ends.iter().filter(|_| !is_technology) {
        let name: Vec<&str> = end.split_whitespace().collect();
        let is_last = words.len() > name.len() && !name.is_empty() && {
            let last = &words[words.len() - name.len()..];
            last.iter().zip(&name).all(|(word, name)| word.eq_ignore_ascii_case(name))
        };
        if is_last {
            words.truncate(words.len() - name.len());
        }
    }
    let lower: Vec<String> = words.iter().map(|word| word.to_lowercase()).collect();
    let is_alone = |from: usize, to: usize| {
        let is_small =
            |word: &String| words::PREPOSITIONS.contains(&word.as_str()) || words::FILLERS.contains(&word.as_str());
        lower[..from].iter().all(is_small) && lower[to..].iter().all(is_small)
    };
    if !is_technology && PLANNED.contains(&lower.join(" ").as_str()) {
        says.is_planned = true;
        return;
    }
    if !is_technology && words::SILENT.contains(&lower.join(" ").as_str()) {
        return;
    }
    // Words that are used up, each by what they say.
    let mut used = vec![false; words.len()];
    let mut at = 0;
    while at < words.len() {
        let longest = (at + 1..=words.len().min(at + PHRASE)).rev();
        let taken = longest.into_iter().find(|to| {
            let alone = is_technology || is_alone(at, *to);
            phrase(&words[at..*to], &lower[at..*to].join(" "), alone, (at > 0).then(|| lower[at - 1].as_str()), says)
        });
        match taken {
            Some(to) => {
                // Who stands before a verb of hands does it.
                let subject = &words[..at];
                if says.by_hand.is_some() && says.who.is_none() && !used.contains(&true) && is_person(subject, ends) {
                    says.is_manual = true;
                    says.who = Some(subject.join(" "));
                    used[..at].fill(true);
                }
                used[at..to].fill(true);
                at = to;
            }
            None => at += 1,
        }
    }
    if !is_technology {
        says.is_notice |= lower.iter().any(|word| words::is_notice(word));
        for part in names(&words, &lower, &used, ends, says.how.is_some()) {
            if !says.data.iter().any(|known| known.eq_ignore_ascii_case(&part)) {
                says.data.push(part);
            }
        }
    }
}

/// Words of which a label makes a plan.
const PLANNED: [&str; 6] = ["planned", "to be built", "future", "geplant", "prévu", "planificado"];

/// What copies and types without being a person.
const MACHINES: [&str; 16] = [
    "script",
    "job",
    "cron",
    "service",
    "system",
    "tool",
    "bot",
    "worker",
    "process",
    "workflow",
    "pipeline",
    "integration",
    "app",
    "server",
    "function",
    "connector",
];

/// Whether words before a verb name a person or team: a word or two with a capital that are no system and no machine.
fn is_person(subject: &[&str], ends: &[&str]) -> bool {
    let name = subject.join(" ");
    let is_machine = |word: &&str| MACHINES.contains(&word.to_lowercase().as_str());
    (1..=2).contains(&subject.len())
        && name.starts_with(char::is_uppercase)
        && subject.iter().all(|word| word.chars().all(|c| c.is_alphabetic() || c == '-'))
        && !subject.iter().any(is_machine)
        && !ends.iter().any(|end| end.eq_ignore_ascii_case(&name))
        && sure(&name).is_none()
}

/// Takes in what a phrase says; false where it says nothing of how.
fn phrase(words: &[&str], lower: &str, is_alone: bool, before: Option<&str>, says: &mut Says) -> bool {
    let folded = crate::source::folded(lower, |c| !c.is_alphanumeric());
    if words::NO_NUMBER.contains(&folded.as_str()) {
        if folded == "batch" || folded == "real time" {
            says.is_unattended = true;
        }
        return true;
    }
    if people::says_by_itself(&folded) {
        says.is_unattended = true;
        if !matches!(folded.as_str(), "nightly" | "hourly" | "sftp" | "ftp") {
            return true;
        }
    }
    if let Some(runs) = runs_a_year(lower).filter(|_| is_rate(lower)) {
        says.runs = says.runs.take().or(Some((runs, words.join(" "))));
        return true;
    }
    if people::meanings("rate", lower).len() > 1 {
        says.how_often = Some(words.join(" "));
        return true;
    }
    let behind = matches!(before, Some("via" | "by" | "through" | "using" | "over" | "with"));
    if words.len() <= 3 {
        let name = words.join(" ");
        let found = if is_alone || behind { sure(&name) } else { tool(&name, Expected::Text) };
        let found = found.filter(|named| named.guess.is_none());
        if let Some(named) = found
            && let Some(mechanism) = kind(&named).and_then(by_tool)
        {
            says.through = Some(named);
            says.how = Some((mechanism, None));
            return true;
        }
    }
    // `RFC/OData`: each is a way to connect.
    if words.len() == 1 && lower.contains('/') {
        let parts: Vec<Option<How>> = lower.split('/').map(|part| words::how(part, true)).collect();
        if let Some(Some(How::Is(mechanism))) = parts.first()
            && parts.iter().all(|part| matches!(part, Some(How::Is(_))))
        {
            says.how = says.how.take().or(Some((*mechanism, None)));
            return true;
        }
    }
    match words::how(&folded, is_alone || behind) {
        Some(How::Is(mechanism)) => {
            if says.through.is_none() {
                let other = says.how.filter(|(known, _)| *known != mechanism);
                // Of two that are said, the one by hand decides, as somebody has to do it.
                let keeps = other.filter(|(known, _)| known.is_manual() || !mechanism.is_manual());
                let why = other.map(|_| "two ways are said");
                says.how = Some((keeps.map_or(mechanism, |(known, _)| known), why));
            }
            if matches!(folded.as_str(), "events" | "event" | "email" | "emails") {
                says.how = says.how.map(|(how, _)| (how, Some("the word may only say what moves")));
                return false;
            }
            true
        }
        Some(How::ByHand(mechanism)) => {
            says.by_hand = Some(mechanism);
            true
        }
        Some(How::File) => {
            says.is_file = true;
            !matches!(folded.as_str(), "list" | "file" | "spreadsheet" | "list upload" | "list import") || {
                if folded.starts_with("list ") {
                    says.data.push("list".to_owned());
                }
                folded.starts_with("list ")
            }
        }
        Some(How::Somehow) => {
            says.is_manual = true;
            true
        }
        None => false,
    }
}

/// Whether a phrase speaks of how often, and is no mere number such as `10k`.
fn is_rate(phrase: &str) -> bool {
    let says = |about: &str, word: &str| !people::meanings(about, word).is_empty();
    ["/", " per ", "every ", "each ", " a ", " an "].iter().any(|word| phrase.contains(word))
        || says("rate", phrase)
        || phrase.split(|c: char| !c.is_alphanumeric()).any(|word| says("day of the week", word))
}

/// How a tool of this kind moves what goes through it.
fn by_tool(kind: crate::catalog::Kind) -> Option<Mechanism> {
    use crate::catalog::Kind;
    match kind {
        Kind::Ipaas => Some(Mechanism::Ipaas),
        Kind::Etl => Some(Mechanism::Etl),
        Kind::ReverseEtl => Some(Mechanism::ReverseEtl),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn says(label: &str) -> (String, Option<Mechanism>, Option<String>) {
        let says = read(label, None, &["Salesforce", "Payment API"]);
        let through = says.through.map(|named| named.name);
        (says.data.join(", "), says.how.map(|(how, _)| how), through)
    }

    #[test]
    fn mechanisms_are_taken_out_and_the_rest_is_what_moves() {
        for (label, data, how, through) in [
            ("leads, native sync", "leads", Some(Mechanism::Native), None),
            ("spend via Fivetran", "spend", Some(Mechanism::Etl), Some("Fivetran")),
            ("form fills", "form fills", None, None),
            ("contacts (webhook)", "contacts", Some(Mechanism::Webhook), None),
            ("leads & contacts\nnative sync", "leads, contacts", Some(Mechanism::Native), None),
            ("activities (REST API)", "activities", Some(Mechanism::Api), None),
            ("audiences, Hightouch", "audiences", Some(Mechanism::ReverseEtl), Some("Hightouch")),
            ("scores, reverse ETL via Census", "scores", Some(Mechanism::ReverseEtl), Some("Census")),
            ("budget, copy and paste", "budget", Some(Mechanism::CopyPaste), None),
            ("pastes fixes", "fixes", Some(Mechanism::CopyPaste), None),
            ("customers, daily file to SFTP", "customers", Some(Mechanism::FileDrop), None),
            ("Cost reports", "Cost reports", None, None),
            ("email clicks", "email clicks", None, None),
            ("submits encrypted payment data to payment API", "encrypted payment data", None, None),
            ("yes", "", None, None),
            ("RFC/OData", "", Some(Mechanism::Api), None),
            ("Creates/Updates contact", "contact", None, None),
            ("CSV export after each webinar", "", None, None),
            ("Fivetran / ingest", "", Some(Mechanism::Etl), Some("Fivetran")),
            ("1. reads customer data from", "customer data", None, None),
            ("Sends e-mail using", "e-mail", None, None),
            ("Looks up orders in", "orders", None, None),
            ("immutable data, via Tinybird Events API", "immutable data", Some(Mechanism::Api), None),
            ("Snowflake connector", "", Some(Mechanism::Native), None),
            ("Anna copies contacts", "contacts", None, None),
            ("User makes a payment", "payment", None, None),
            ("Retrieve data on short term lets", "short term lets", None, None),
            ("Admin users sign into the service", "", None, None),
            ("Users sync to the warehouse", "Users", Some(Mechanism::Native), None),
            ("Notify user of completed application", "completed application", None, None),
            ("Request addresses at a postcode", "addresses", None, None),
        ] {
            let (said, by, via) = says(label);
            assert_eq!((said.as_str(), by, via.as_deref()), (data, how, through), "{label}");
        }
    }

    #[test]
    fn how_often_is_read_and_taken_out() {
        for (label, data, runs) in [
            ("weekly list by mail", "list", Some(52.0)),
            ("MQLs, every 15 min", "MQLs", Some(35_040.0)),
            ("types in quarterly", "", Some(4.0)),
            ("pastes twice a week", "", Some(104.0)),
            ("profiles, real-time", "profiles", None),
            ("opportunities, nightly via Fivetran", "opportunities", Some(365.0)),
        ] {
            let says = read(label, None, &[]);
            assert_eq!((says.data.join(", ").as_str(), says.runs.map(|(runs, _)| runs)), (data, runs), "{label}");
        }
    }

    #[test]
    fn files_notices_and_hands_are_marked() {
        assert!(read("attendee list, CSV upload", None, &[]).is_file);
        assert!(read("won-deal alerts", None, &[]).is_notice || !read("alerts", None, &[]).data.is_empty());
        assert!(read("updated by hand", None, &[]).is_manual);
        let says = read("Anna copies contacts", None, &["Excel list", "Mailchimp"]);
        assert_eq!(
            (says.is_manual, says.by_hand, says.who.as_deref()),
            (true, Some(Mechanism::CopyPaste), Some("Anna"))
        );
        for label in
            ["Nightly script copies contacts", "Mailchimp copies contacts", "copies contacts", "Script copies contacts"]
        {
            let says = read(label, None, &["Excel list", "Mailchimp"]);
            assert_eq!((says.is_manual, says.who), (false, None), "{label}");
        }
        let says = read("planned: deals", None, &[]);
        assert_eq!((says.is_planned, says.data), (true, vec!["deals".to_owned()]));
        assert_eq!(read("orders", Some("JDBC"), &[]).how, Some((Mechanism::Api, None)));
    }
}
