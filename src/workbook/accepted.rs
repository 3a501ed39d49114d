//! What people write on the sheet of accepted findings: rules in the words of Settings, subjects by their names.

use super::names::Names;
use super::parse::plain;
use super::table::Cell;
use super::vocabulary::word_of;
use crate::model::RULE_NAMES;
use crate::source::Node;

/// The rule or the subject that a cell names in other words than a stack file; nothing where it is as a stack file has it, or
/// names none.
pub(super) fn meant(key: &str, cell: &Cell, names: &Names) -> Option<Node<'static>> {
    let said = cell.value.text();
    let said = said.trim();
    let meant = match key {
        "rule" => word_of(&RULE_NAMES, said).map(str::to_owned),
        "subject" => entry(said, names).or_else(|| flow(said, names)),
        _ => None,
    };
    meant.filter(|meant| meant != said).map(|meant| plain(&meant, cell.span))
}

/// The one system, team or process of this name.
fn entry(said: &str, names: &Names) -> Option<String> {
    let mut found = ["system", "team", "process"].into_iter().filter_map(|what| names.find(what, said));
    let first = found.next()?;
    found.next().is_none().then(|| first.to_owned())
}

/// The id of a flow that is written as warnings write it: `HubSpot → Salesforce: Lead`.
fn flow(said: &str, names: &Names) -> Option<String> {
    let (from, rest) = said.split_once('→').or_else(|| said.split_once("->"))?;
    let (to, data) = rest.split_once(':')?;
    let mut data: Vec<&str> =
        data.split([',', ';']).map(|one| names.find("data object", one)).collect::<Option<Vec<_>>>()?;
    data.sort_unstable();
    Some(format!("{}->{}:{}", names.find("system", from)?, names.find("system", to)?, data.join(",")))
}
