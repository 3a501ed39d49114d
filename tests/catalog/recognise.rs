//! Foreign words mean what people mean by them, and a word that is not known stays unknown.

use std::collections::BTreeMap;

use sinew::catalog::{Catalog, Certainty, Expected, Kind, Lookup, Meaning, Space};

use super::catalog;

const NAMES: &str = include_str!("../../src/catalog/data/names.csv");

/// Every node type of public n8n workflows that stands for a product, and how many nodes have it.
const N8N_WORDS: &str = include_str!("n8n-words.csv");

fn rows() -> Vec<[&'static str; 4]> {
    let row = |line: &'static str| {
        let cells: Vec<&str> = line.splitn(4, ',').collect();
        [cells[0], cells[1], cells[2], cells[3].trim_matches('"')]
    };
    NAMES.lines().skip(1).map(row).collect()
}

/// Name and certainty of a tool word.
fn tool(space: Space, word: &str) -> Option<(&'static str, Certainty)> {
    catalog().recognise(space, word, Expected::Tool).map(|found| (found.meaning.name(), found.certainty))
}

#[test]
fn the_file_is_sorted_and_holds_what_the_page_promises() {
    let rows = rows();
    assert!(rows.len() >= 250, "{}", rows.len());
    assert!(rows.is_sorted_by_key(|[space, word, ..]| (*space, *word)));
    assert!(!NAMES.contains('\r') && NAMES.ends_with('\n'));
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    for [space, ..] in &rows {
        *counts.entry(space).or_default() += 1;
    }
    for space in Space::ALL {
        assert!(counts.get(space.as_str()).is_some_and(|n| *n >= 5), "{space}");
    }
    let page = include_str!("../../docs/catalog.md");
    for word in Space::ALL.iter().map(|space| space.as_str()).chain(["kind", "english", "suffix", "none"]) {
        assert!(page.contains(&format!("`{word}`")), "{word}");
    }
    for column in NAMES.lines().next().unwrap().split(',') {
        assert!(page.contains(&format!("`{column}`")), "{column}");
    }
}

#[test]
fn every_row_is_found_exactly_and_means_what_it_says() {
    let mut products = 0;
    for [space, word, meaning, label] in rows() {
        match space {
            "kind" => assert_eq!(Catalog::kind_word(word).map(Kind::as_str), Some(meaning), "{word}"),
            "english" => {
                assert!(tool(Space::Plain, word).is_some(), "{word} names no tool");
                assert_eq!(catalog().recognise(Space::Plain, word, Expected::Text), None, "{word}");
            }
            "suffix" => {
                let host = format!("www.scorer.{word}");
                assert_eq!(Catalog::tenant_of_host(&host), Some("scorer"), "{word}");
                assert_eq!(catalog().recognise(Space::Host, &host, Expected::Tool), None, "{word} is a product's");
            }
            _ => {
                let space = Space::parse(space).unwrap();
                let found = catalog().recognise(space, word, Expected::Tool).unwrap_or_else(|| panic!("{word}"));
                assert_eq!(found.certainty, Certainty::Exact, "{word}");
                match found.meaning {
                    Meaning::Product(p) => assert_eq!((p.id.as_str(), ""), (meaning, label), "{word}"),
                    Meaning::Kind { kind, label: l } => assert_eq!((kind.as_str(), l), (meaning, label), "{word}"),
                    Meaning::NoSystem { label: l } => assert_eq!(("none", l), (meaning, label), "{word}"),
                    Meaning::Suite(s) => panic!("{word} is the suite {}", s.name),
                }
                products += 1;
            }
        }
    }
    assert!(products >= 250, "{products}");
}

#[test]
fn a_label_is_no_product_of_the_catalog() {
    for [space, word, meaning, label] in rows() {
        if space != "kind" && Kind::parse(meaning).is_some() {
            assert!(!matches!(catalog().find(label), Lookup::Product(_)), "{word}: {label} has facts, name its id");
        }
    }
}

#[test]
fn nearly_all_product_nodes_of_public_n8n_workflows_are_known() {
    let (mut known, mut all) = (0, 0);
    let mut unknown = Vec::new();
    for line in N8N_WORDS.lines().skip(1) {
        let (word, uses) = line.split_once(',').unwrap();
        let uses: u32 = uses.parse().unwrap();
        all += uses;
        match tool(Space::N8n, &format!("n8n-nodes-base.{word}")) {
            Some((_, Certainty::Exact)) => known += uses,
            _ => unknown.push(word),
        }
    }
    assert!(all > 3_000, "{all}");
    assert!(f64::from(known) >= 0.95 * f64::from(all), "{known} of {all}; not known: {unknown:?}");
}

#[test]
fn each_platform_has_its_own_words() {
    use Certainty::Exact;
    for (space, word, name) in [
        (Space::N8n, "n8n-nodes-base.hubspotTrigger", "HubSpot"),
        (Space::N8n, "googleSheets", "Google Sheets"),
        (Space::N8n, "@n8n/n8n-nodes-langchain.lmChatOpenAi", "OpenAI API"),
        (Space::N8n, "n8n-nodes-base.twitter", "X (Twitter)"),
        (Space::Zapier, "GoogleSheetsV2CLIAPI@2.9.1", "Google Sheets"),
        (Space::Zapier, "GoogleMailV2API", "Gmail"),
        (Space::Zapier, "JiraSoftwareCloudCLIAPI", "Jira"),
        (Space::Make, "hubspotcrm:watchContacts", "HubSpot"),
        (Space::Make, "airtable:ActionCreateRecord", "Airtable"),
        (Space::Workato, "salesforce_secondary", "Salesforce Sales Cloud"),
        (Space::Host, "123-ABC-456.mktorest.com", "Adobe Marketo Engage"),
        (Space::Host, "https://acme.my.salesforce.com/services/data?q=1", "Salesforce Sales Cloud"),
        (Space::Host, "api.openai.com:443", "OpenAI API"),
        (Space::Dbt, "facebook_ads", "Meta Ads"),
        (Space::Singer, "tap-marketo", "Adobe Marketo Engage"),
        (Space::Airbyte, "source-google-analytics-data-api", "Google Analytics 4"),
        (Space::SalesforcePackage, "mkto_si", "Adobe Marketo Engage"),
        (Space::Mcp, "mcp-server-slack", "Slack"),
        (Space::Plain, "SFDC", "Salesforce Sales Cloud"),
        (Space::Plain, "hubapi.com", "HubSpot"),
        (Space::Plain, "Adobe Experience Cloud", "Adobe Experience Cloud"),
    ] {
        assert_eq!(tool(space, word), Some((name, Exact)), "{space}: {word}");
    }
    for (space, word) in [
        (Space::Zapier, "ZapierFormatterCLIAPI"),
        (Space::Zapier, "BranchingAPI"),
        (Space::Make, "builtin:BasicRouter"),
        (Space::Workato, "workato_recipe_function"),
        (Space::N8n, "n8n-nodes-base.html2Pdf"),
    ] {
        let found = catalog().recognise(space, word, Expected::Tool);
        assert!(matches!(found.map(|f| f.meaning), Some(Meaning::NoSystem { .. })), "{space}: {word}");
    }
}

#[test]
fn words_that_say_little_make_a_guess() {
    use Certainty::Guessed;
    for (word, name) in [
        ("Salesforce (NA)", "Salesforce Sales Cloud"),
        ("HubSpot Inc.", "HubSpot"),
        ("Marketo prod", "Adobe Marketo Engage"),
        ("Snowflake - EU sandbox", "Snowflake"),
        ("Zapier Basic", "Zapier"),
        ("Workato V2", "Workato"),
        ("Atlassian Jira", "Jira"),
    ] {
        assert_eq!(tool(Space::Plain, word), Some((name, Guessed)), "{word}");
    }
    assert_eq!(tool(Space::N8n, "hubspotSandbox"), Some(("HubSpot", Guessed)));
    assert_eq!(tool(Space::Dbt, "raw_marketo"), Some(("Adobe Marketo Engage", Guessed)));
    assert_eq!(tool(Space::Airbyte, "source-sheetload"), Some(("Google Sheets", Guessed)));
    // Another product of the vendor is not the vendor's best known one.
    for other in ["Salesforce AI", "Salesforce Field Service", "Adobe Cloud", "Google Cloud", "Cloud", "prod"] {
        assert_eq!(tool(Space::Plain, other), None, "{other}");
    }
}

#[test]
fn one_letter_off_counts_for_people_only() {
    use Certainty::OneLetterOff;
    assert_eq!(tool(Space::Plain, "Salesfarce"), Some(("Salesforce Sales Cloud", OneLetterOff)));
    assert_eq!(tool(Space::Plain, "Hubsopt"), Some(("HubSpot", OneLetterOff)));
    // Machines make no typing errors: another word is another app.
    assert_eq!(tool(Space::N8n, "hubspotr"), None);
    assert_eq!(tool(Space::Host, "hubapis.com"), None);
    // Too short, a kind of tool, near an English word, two letters off.
    for word in ["Slakc", "webinars", "Clarity", "Salesfarca"] {
        assert_eq!(tool(Space::Plain, word), None, "{word}");
    }
    assert_eq!(catalog().recognise(Space::Plain, "Salesfarce", Expected::Text), None);
}

#[test]
fn english_words_count_only_where_a_tool_is_expected() {
    for word in ["make", "segment", "drift", "census", "writer", "outreach", "Drift (prod)"] {
        assert!(tool(Space::Plain, word).is_some(), "{word}");
        assert_eq!(catalog().recognise(Space::Plain, word, Expected::Text), None, "{word}");
    }
    // With its vendor before it the word is meant; a name that is no English word always is.
    let found = catalog().recognise(Space::Plain, "Celonis Make", Expected::Text).unwrap();
    assert_eq!((found.meaning.name(), found.certainty), ("Make", Certainty::Guessed));
    assert!(catalog().recognise(Space::Plain, "HubSpot", Expected::Text).is_some());
}

#[test]
fn words_for_a_kind_name_no_tool() {
    for (word, kind) in [
        ("CRM", Kind::Crm),
        ("marketing-automation", Kind::MarketingAutomation),
        ("Data Warehouse", Kind::Warehouse),
        ("shared drive", Kind::FileShare),
    ] {
        assert_eq!(Catalog::kind_word(word), Some(kind), "{word}");
        assert_eq!(tool(Space::Plain, word), None, "{word}");
    }
    assert_eq!(Catalog::kind_word("HubSpot"), None);
    // Mail is both: a kind, and the one system of that kind that nobody names more exactly.
    assert_eq!(Catalog::kind_word("E-Mail"), Some(Kind::Messaging));
    assert_eq!(tool(Space::Plain, "E-Mail"), Some(("Email", Certainty::Exact)));
}

#[test]
fn any_text_is_answered() {
    let long = "x".repeat(100_000);
    for space in Space::ALL {
        for word in
            ["", " ", ".", "...", "://", "@", "V2", "CLIAPI", "Trigger", "tap-", "💥.💥", "((((", "\u{202e}", &long]
        {
            let found = catalog().recognise(*space, word, Expected::Tool);
            assert!(found.is_none() || word == "Trigger", "{space}: {word}: {found:?}");
        }
    }
}
