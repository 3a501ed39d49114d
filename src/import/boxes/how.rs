//! How something moves, by the words of its arrow, and where they do not say it by what the arrow joins.

use super::label::Says;
use crate::catalog::Kind;
use crate::model::Mechanism;

/// Runs a year from which nobody carries a file by hand.
const DAILY: f64 = 365.0;

/// Why the way is a guess where nothing at all is said of it.
pub(super) const NOT_SAID: &str = "the drawing does not say how";

/// How what `says` speaks of moves between systems of these kinds, and why that is a guess.
pub(super) fn decide(
    says: &Says,
    [from, to]: [Option<Kind>; 2],
    by_person: bool,
    is_sentence: bool,
) -> (Mechanism, Option<&'static str>) {
    if by_person {
        return by_hand(says);
    }
    if let Some((mechanism, guess)) = says.how {
        return (mechanism, guess);
    }
    if says.is_manual {
        let mechanism = says.by_hand.unwrap_or(Mechanism::ExportImport);
        let is_said = says.is_file || says.by_hand.is_some();
        return (mechanism, (!is_said).then_some("it is done by hand, and not said how"));
    }
    let is_middleware = [from, to].into_iter().flatten().any(Kind::is_middleware);
    if says.is_file {
        let is_often = says.runs.as_ref().is_some_and(|(runs, _)| *runs >= DAILY);
        return match says.is_unattended || is_often || is_middleware {
            true => (Mechanism::FileDrop, Some("a file is named that comes by schedule")),
            false => (Mechanism::ExportImport, Some("a file is named, and nobody who carries it")),
        };
    }
    if says.is_notice || says.is_unattended || is_middleware {
        return (Mechanism::Api, Some(NOT_SAID));
    }
    // In a sentence the subject does it: a system that "sends e-mail using" another needs nobody.
    let is_carrier =
        |kind: Option<Kind>| kind.is_some_and(|kind| kind.is_carrier() && !(is_sentence && kind == Kind::Messaging));
    if is_carrier(from) || is_carrier(to) {
        return (Mechanism::ExportImport, Some("nothing is said, and a sheet, a folder or a chat is filled by hand"));
    }
    (Mechanism::Api, Some(NOT_SAID))
}

/// How a person does it.
fn by_hand(says: &Says) -> (Mechanism, Option<&'static str>) {
    if let Some((mechanism, guess)) = says.how.filter(|(mechanism, _)| mechanism.is_manual()) {
        return (mechanism, guess);
    }
    if let Some(mechanism) = says.by_hand {
        return (mechanism, None);
    }
    match says.is_file {
        true => (Mechanism::ExportImport, None),
        false => (Mechanism::ExportImport, Some("a person does it, and it is not said how")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::import::boxes::label::read;

    #[test]
    fn words_decide_first_then_what_is_joined() {
        let decided = |label: &str, from, to, by_person| decide(&read(label, None, &[]), [from, to], by_person, false);
        let (crm, sheet, etl) = (Some(Kind::Crm), Some(Kind::Spreadsheet), Some(Kind::Etl));
        assert_eq!(decided("leads, API", crm, sheet, false), (Mechanism::Api, None));
        assert_eq!(decided("leads", crm, sheet, false).0, Mechanism::ExportImport);
        let mail = Some(Kind::Messaging);
        assert_eq!(decided("contracts", crm, mail, false).0, Mechanism::ExportImport);
        assert_eq!(decide(&read("contracts", None, &[]), [crm, mail], false, true).0, Mechanism::Api);
        assert_eq!(decided("leads", sheet, etl, false).0, Mechanism::Api);
        assert_eq!(decided("leads", crm, None, false).0, Mechanism::Api);
        assert_eq!(decided("attendee list, CSV upload", None, crm, false).0, Mechanism::ExportImport);
        assert_eq!(decided("nightly CSV export", None, crm, false).0, Mechanism::FileDrop);
        assert_eq!(decided("CSV export", None, crm, true), (Mechanism::ExportImport, None));
        assert_eq!(decided("types leads", None, crm, true), (Mechanism::Rekeying, None));
        assert_eq!(decided("types leads", None, crm, false).0, Mechanism::Api);
    }
}
