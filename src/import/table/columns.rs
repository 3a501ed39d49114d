//! What a table is about, and which field each of its columns holds.

use std::collections::{BTreeMap, BTreeSet};

use super::headers::Header;
use super::map::IGNORE;
use crate::catalog::people::meaning;
use crate::import::clean::is_header_of_secrets;

/// What the rows of a table are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum About {
    Flows,
    Systems,
    Processes,
    Teams,
    Data,
}

/// What a column holds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Field {
    /// One of the fields of the kind of table.
    Known(&'static str),
    /// Something of the file's own: it becomes a key with `x-`.
    Own(String),
    /// How people sign on; no data flows by it.
    SignOn,
    /// Persons and addresses: left out.
    Contact,
    /// Passwords and keys: left out.
    Secret,
    /// Numbers of rows, or left out as `--map` says.
    Nothing,
}

/// The fields of each kind of table; of a header that can mean several the first of these that is free.
const FLOWS: [&str; 20] = [
    super::route::ROUTE,
    "from",
    "to",
    "mechanism",
    "through",
    "data",
    "performer",
    "effort",
    "runs",
    "minutes",
    "records",
    "error_rate",
    "delay",
    "direction",
    "review.by",
    "status",
    "availability",
    "notes",
    "audience_facing",
    "number",
];
const SYSTEMS: [&str; 22] = [
    "system",
    "product",
    "sends",
    "receives",
    "integrates",
    "kind",
    "vendor",
    "owner",
    "domain",
    "budget_owner",
    "status",
    "contract.cost",
    "contract.renews",
    "ai",
    "audience_facing",
    "availability",
    "depends_on",
    "security_review",
    "vendor_review.last",
    "runbook",
    "notes",
    "number",
];
const PROCESSES: [&str; 10] =
    ["process", "needs", "data", "at", "max_age", "owner", "outage_cost", "tolerates", "notes", "number"];
const TEAMS: [&str; 6] = ["team", "people", "hourly_rate", "availability", "notes", "number"];
const DATA: [&str; 6] = ["data", "personal", "content", "master", "notes", "number"];

/// Fields that several columns may hold together.
const SEVERAL: [&str; 7] = ["notes", "data", "integrates", "sends", "receives", "depends_on", "number"];

impl About {
    /// What a table with these headers is about, if that can be known.
    pub(super) fn of(headers: &BTreeMap<u32, Header>) -> Option<Self> {
        let columns = |field: &str| headers.iter().filter(|(_, h)| h.rank(field).is_some()).map(|(c, _)| *c).collect();
        let (from, to): (Vec<u32>, Vec<u32>) = (columns("from"), columns("to"));
        if from.iter().any(|column| to.iter().any(|other| other != column)) {
            return Some(Self::Flows);
        }
        let best = |field: &str| headers.values().filter_map(|header| header.rank(field)).min();
        let has = |fields: &[&str]| fields.iter().any(|field| best(field).is_some());
        // A bare "name" or "title" is a system only where nothing says otherwise.
        let named = headers.values().any(|header| {
            header.rank("system").is_some()
                && !matches!(header.plain.as_str(), "name" | "title" | "service" | "nombre" | "nom")
        });
        // First and last names beside a title: persons are listed, and none of them is a system.
        if !named && headers.values().filter(|header| header.rank("person").is_some()).count() > 1 {
            return None;
        }
        let processes = has(&["process"]) && has(&["needs", "data", "at", "outage_cost", "tolerates"]);
        if processes && (!named || has(&["at", "needs", "outage_cost"])) {
            return Some(Self::Processes);
        }
        if !named && has(&["people", "hourly_rate"]) && has(&["team", "system"]) {
            return Some(Self::Teams);
        }
        if !named && has(&["data"]) && has(&["personal", "content", "master"]) {
            return Some(Self::Data);
        }
        has(&["system"]).then_some(Self::Systems)
    }

    const fn fields(self) -> &'static [&'static str] {
        match self {
            Self::Flows => &FLOWS,
            Self::Systems => &SYSTEMS,
            Self::Processes => &PROCESSES,
            Self::Teams => &TEAMS,
            Self::Data => &DATA,
        }
    }

    /// The field of each column. `values` gives the filled cells of one.
    pub(super) fn columns(
        self,
        headers: &BTreeMap<u32, Header>,
        values: impl Fn(u32) -> Vec<String>,
    ) -> BTreeMap<u32, Field> {
        let mut fields = BTreeMap::new();
        for (column, header) in headers {
            if let Some(field) = special(header, &values(*column)) {
                fields.insert(*column, field);
            }
        }
        for field in self.fields() {
            let alias = match (self, *field) {
                // "System" in a table of needs is where something is needed; "name" in one of teams is the team's.
                (Self::Processes, "at") | (Self::Teams, "team") => Some("system"),
                _ => None,
            };
            let rank = |header: &Header| header.rank(field).or_else(|| Some(1_000 + header.rank(alias?)?));
            let mut able: Vec<(usize, u32)> = headers
                .iter()
                .filter(|(column, _)| !fields.contains_key(column))
                .filter_map(|(column, header)| Some((rank(header)?, *column)))
                .collect();
            if *field == "system" {
                // `Platform: SaaS` on each row says what kind of thing the tool in the next column is.
                let is_one_word_for_many = |column: u32| {
                    let all = values(column);
                    let distinct: BTreeSet<&String> = all.iter().collect();
                    all.len() > 2 && 2 * distinct.len() <= all.len()
                };
                let fitting: Vec<(usize, u32)> =
                    able.iter().copied().filter(|(_, column)| !is_one_word_for_many(*column)).collect();
                able = if fitting.is_empty() { able } else { fitting };
            }
            able.sort_unstable();
            if !SEVERAL.contains(field) {
                able.truncate(1);
            }
            let place = |(_, column): (usize, u32)| {
                (column, if *field == "number" { Field::Nothing } else { Field::Known(field) })
            };
            fields.extend(able.into_iter().map(place));
        }
        for (column, header) in headers {
            // Who administers a tool is its owner where no other column says that, and else a person.
            fields.entry(*column).or_insert_with(|| match header.rank("contact") {
                Some(_) => Field::Contact,
                None => Field::Own(header.text.clone()),
            });
        }
        fields
    }
}

/// A column that is none of the table's fields whatever the table is about.
fn special(header: &Header, values: &[String]) -> Option<Field> {
    if header.fields == [(IGNORE, 0)] {
        return Some(Field::Nothing);
    }
    let sign_on = values.iter().filter(|value| {
        let parts: Vec<&str> = value.split([',', ';', '/', '+', '&']).map(str::trim).collect();
        parts.iter().all(|part| meaning("word for sign-on", part).is_some())
    });
    if !values.is_empty() && sign_on.count() * 2 > values.len() {
        return Some(Field::SignOn);
    }
    if header.fields.is_empty() && is_header_of_secrets(&header.text) {
        return Some(Field::Secret);
    }
    match header.fields.first()? {
        ("sign_on", _) => Some(Field::SignOn),
        ("contact" | "person", _) => Some(Field::Contact),
        _ => None,
    }
}
