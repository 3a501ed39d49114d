//! Columns of people's own, and the keys of a stack file behind them: `Cost center` is `x-cost-center`.

use super::columns::Sheet;
use super::vocabulary::folded;

/// Whether a key is one of a file's own.
pub(super) fn is_own(key: &str) -> bool {
    key.len() > 2 && key.starts_with("x-")
}

/// The key behind a heading that is not ours; nothing where no letter or digit is in it.
pub(super) fn key_of(heading: &str) -> Option<String> {
    let heading = heading.trim();
    if is_own(heading) {
        return Some(heading.to_owned());
    }
    let slug = folded(heading).replace(' ', "-");
    (!slug.is_empty()).then(|| format!("x-{slug}"))
}

/// The heading for a key: in words, where that leads back to the key and is no heading of ours.
pub(super) fn heading_of(sheet: &Sheet, key: &str) -> String {
    let heading = crate::source::words::capital(&key.trim_start_matches("x-").replace('-', " "));
    let is_ours = sheet.columns.iter().any(|column| folded(&column.heading) == folded(&heading));
    if !is_ours && key_of(&heading).as_deref() == Some(key) { heading } else { key.to_owned() }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::workbook::columns::sheet_named;

    #[test]
    fn a_heading_leads_back_to_its_key() {
        let sheet = sheet_named("Systems").unwrap();
        for (key, heading) in [
            ("x-cost-center", "Cost center"),
            ("x-owner", "x-owner"),
            ("x-Ticket", "x-Ticket"),
            ("x-ünï \"q\"", "x-ünï \"q\""),
            ("x-tier", "Tier"),
        ] {
            assert_eq!(heading_of(sheet, key), heading);
            assert_eq!(key_of(heading).as_deref(), Some(key));
        }
        assert_eq!(key_of(" Cost  Center (EUR) ").as_deref(), Some("x-cost-center-eur"));
        assert_eq!(key_of("?"), None);
    }
}
