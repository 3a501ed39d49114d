//! How far a tool or a flow has come, in the words of tables: languages, what can mean two things, and days beside them.

use sinew::import::Options;

use super::imported;
use super::tables::{asks, has, table};
use super::truth::stack;

/// `Sunset` may be planned or done, and what a flow goes to is hardly gone.
#[test]
fn what_is_being_retired_is_still_there() {
    for (said, status, is_guess) in [
        ("Sunset", "phasing-out", true),
        ("sunsetting", "phasing-out", false),
        ("to be retired", "phasing-out", false),
        ("end of life planned", "phasing-out", false),
        ("decommissioned", "retired", false),
    ] {
        let imported = table("tools.csv", &format!("Tool,Owner,Status\nTableau,BI,{said}\n"));
        stack(&imported);
        assert!(imported.stack.contains(&format!("status: {status}")), "{said}\n{}", imported.stack);
        assert_eq!(imported.stack.contains("guessed: [status]"), is_guess, "{said}\n{}", imported.stack);
    }
    let flows = "Tool,Owner,Status\nTableau,BI,decommissioned\n\nFrom,To,What,How\nSalesforce,Tableau,pipeline,API\n";
    let imported = table("tools.csv", flows);
    has(&imported, "    status: retired  # \"decommissioned\"\n");
    assert!(imported.stack.contains("guessed: [status]"), "{}", imported.stack);
    asks(&imported, "Is Tableau still in use?");
}

#[test]
fn how_far_a_tool_has_come_is_read_in_four_languages() {
    let imported = table(
        "status.csv",
        "Tool,Status\nSalesforce,en production\nJasper,in Einführung\nDrift,Test\nBrevo,en pruebas\n",
    );
    assert_eq!(imported.stack.matches("status: pilot").count(), 3, "{}", imported.stack);
    has(&imported, "status: production  # \"en production\"");
    assert!(imported.report.diagnostics.is_empty(), "{}", imported.report.text());
}

/// Words of LeanIX and ServiceNow for how far a tool has come, and days beside them: none was read, so that what had been
/// retired counted as in use.
#[test]
fn a_status_is_read_with_its_day() {
    let table = "Application,Lifecycle\nDrift,Phase out\nQualified,Plan\nGoToWebinar,Retired 06/30/2025\nBraze,Active since May 2, 2024\nIterable,Phase in\n";
    let found = imported(&[("apps.csv", table.as_bytes())], Options::default());
    let statuses: Vec<(String, &str)> =
        stack(&found).systems.iter().map(|system| (system.name.to_string(), system.status.as_str())).collect();
    let of = |name: &str| statuses.iter().find(|(known, _)| known == name).unwrap_or_else(|| panic!("{statuses:?}")).1;
    assert_eq!(
        [of("Drift"), of("Qualified"), of("Braze"), of("Iterable")],
        ["phasing-out", "planned", "production", "pilot"]
    );
    assert!(statuses.iter().any(|(name, status)| name.starts_with("GoTo") && *status == "retired"), "{statuses:?}");
    assert!(found.stack.contains("status: retired  # \"Retired 06/30/2025\"\n"), "{}", found.stack);
    let table = "From,To,What,Method,Status\nA,B,Lists,API,Planned 3/15/2027\nA,C,Lists,API,Retired 2025\n";
    let found = imported(&[("flows.csv", table.as_bytes())], Options::default());
    assert!(found.stack.contains("status: planned\n    notes: \"Planned 3/15/2027\"\n"), "{}", found.stack);
    assert!(found.stack.contains("status: off  # \"Retired 2025\"\n"), "{}", found.stack);
}
