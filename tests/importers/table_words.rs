//! Words in tables that say less than they seem to: what is a guess, what is not read, and what names two systems.

use sinew::import::{Imported, Options};
use sinew::model::{Flow, Stack};

use super::imported;
use super::truth::stack;

fn table(rows: &str) -> Imported {
    let text = format!("Source,Destination,What,Method,Who,Frequency,Time\n{rows}");
    imported(&[("flows.csv", text.as_bytes())], Options::default())
}

fn guessed(flow: &Flow) -> Vec<String> {
    flow.remarks.basis.as_ref().map(|basis| basis.guessed.clone()).unwrap_or_default()
}

fn ends(stack: &Stack, flow: &Flow) -> (String, String) {
    (stack.systems[flow.from.at()].id.to_string(), stack.systems[flow.to.at()].id.to_string())
}

/// A sync may be a connector, a middleware or a script: it was taken as a connector that nobody was asked about.
#[test]
fn a_sync_is_a_guess_and_is_asked_about() {
    for (method, is_guess) in [("sync", true), ("nightly sync", true), ("native sync", false), ("API", false)] {
        let found = table(&format!("Salesforce,HubSpot,Leads,{method},,daily,\n"));
        let stack = stack(&found);
        assert_eq!(guessed(&stack.flows[0]).contains(&"mechanism".to_owned()), is_guess, "{method}: {}", found.stack);
        let asked = found.report.questions.iter().any(|question| question.ask.starts_with("How does Leads"));
        assert_eq!(asked, is_guess, "{method}: {}", found.report.text());
    }
}

/// A file that comes every night is no work by hand: it was, and its minutes were the first question.
#[test]
fn a_file_that_comes_by_itself_is_asked_of_nobody_and_names_stay() {
    let found = table(
        "SAP S/4HANA,Salesforce,Customers,nightly CSV export,,daily,\nOracle EBS,HubSpot,Orders,CSV export,,daily,\n",
    );
    let stack = stack(&found);
    let of = |data: &str| stack.flows.iter().find(|flow| stack.data[flow.data[0].at()].id.as_str() == data).unwrap();
    assert_eq!(of("customers").mechanism.as_str(), "file-drop");
    assert_eq!(of("orders").mechanism.as_str(), "export-import");
    assert!(guessed(of("customers")).is_empty() && guessed(of("orders")).contains(&"mechanism".to_owned()));
    let names: Vec<&str> = stack.systems.iter().map(|system| system.name.as_str()).collect();
    assert!(names.contains(&"SAP S/4HANA"), "{names:?}");
    assert!(
        found.report.questions.iter().all(|question| !question.ask.contains("customers")),
        "{}",
        found.report.text()
    );
}

/// Of what a machine does all the time no rate follows, and nobody is asked: its words are kept. The cell was dropped, and then
/// told as one that could not be read.
#[test]
fn how_often_without_a_number_is_in_the_report() {
    let found = table(
        "Salesforce,HubSpot,Leads,API,,real time,\nHubSpot,Salesforce,Scores,API,,streaming,\nHubSpot,Looker,Deals,API,,daily,\n",
    );
    let stack = stack(&found);
    assert_eq!(stack.flows.iter().filter(|flow| flow.runs.is_some()).count(), 1);
    let told = found.report.text();
    assert!(!told.contains("could not be read") && !told.contains("How often"), "{told}");
    for words in ["x-frequency: \"real time\"\n", "x-frequency: streaming\n"] {
        assert!(found.stack.contains(words), "{words}: {}", found.stack);
    }
    // What a person does is asked for with the words of the table, once.
    let found = table("Salesforce,HubSpot,Leads,copy paste,Ana,on demand,15\n");
    let told = found.report.text();
    assert!(told.contains("The table says \"on demand\"") && !told.contains("could not be read"), "{told}");
}

#[test]
fn two_systems_in_one_cell_are_two_systems() {
    for cell in ["Google Sheets <> Salesforce", "Google Sheets <-> Salesforce", "Google Sheets ↔ Salesforce"] {
        for row in [
            format!("{cell},,Contacts,copy paste,Ben,2/week,1 h\n"),
            format!(",{cell},Contacts,copy paste,Ben,2/week,1 h\n"),
        ] {
            let found = table(&row);
            let stack = stack(&found);
            let ids: Vec<&str> = stack.systems.iter().map(|system| system.id.as_str()).collect();
            assert_eq!(ids, ["google-sheets", "salesforce-sales-cloud"], "{row}");
            let both: Vec<(String, String)> = stack.flows.iter().map(|flow| ends(&stack, flow)).collect();
            let one = ("google-sheets".to_owned(), "salesforce-sales-cloud".to_owned());
            assert_eq!(both, [one.clone(), (one.1, one.0)], "{row}");
            assert!(
                stack.flows.iter().all(|flow| flow.run.minutes.is_some() && flow.runs.is_some()),
                "{}",
                found.stack
            );
        }
    }
    // Beside another end it is told, and nobody is called so.
    let found = table("HubSpot,Slack,Deals,API,,daily,\nGoogle Sheets <> Salesforce,HubSpot,Contacts,API,,daily,\n");
    assert!(!found.stack.contains("google-sheets"), "{}", found.stack);
    assert!(
        found.report.text().contains("one cell names two systems, and another names one"),
        "{}",
        found.report.text()
    );
}

/// Who owns an integration need not carry it by hand: ways of moving data that no word was known of were work by hand, and their
/// minutes the first questions.
#[test]
fn an_owner_of_an_integration_is_no_proof_of_work_by_hand() {
    let header = "Source App,Target App,Object(s),Frequency,Method,Owner";
    let rows = "\
AEM,Adobe Analytics,Web behavior,streaming,tag,Web team
Salesforce,LeanData,Leads,real-time,App,RevOps
Snowflake,Tableau,Pipeline metrics,Daily,Live connection,BI
WordPress,Marketo,Form fills,real time,Munchkin / forms,Web team
Qualtrics,Salesforce,NPS,Weekly,,CX
Jasper,WordPress,Drafts,2x per week,Copy & paste,Content
";
    let found = imported(&[("flows.csv", format!("{header}\n{rows}").as_bytes())], Options::default());
    let stack = stack(&found);
    let of = |data: &str| stack.flows.iter().find(|flow| stack.data[flow.data[0].at()].id.as_str() == data).unwrap();
    for (data, mechanism, is_guess) in [
        ("web-behavior", "native", false),
        ("leads", "native", false),
        ("pipeline-metrics", "native", false),
        ("form-fills", "api", true),
        ("nps", "native", true),
        ("drafts", "copy-paste", false),
    ] {
        let flow = of(data);
        let guess = guessed(flow).contains(&"mechanism".to_owned());
        assert_eq!((flow.mechanism.as_str(), guess), (mechanism, is_guess), "{data}");
        assert_eq!(flow.performer.is_some(), flow.mechanism.is_manual(), "{data}");
    }
    // Where no column says how, whoever is responsible does it, as a guess that is asked about.
    let found = imported(&[("a.csv", b"From,To,What,Responsible\nA,B,Lists,Ana\n".as_slice())], Options::default());
    assert!(self::stack(&found).flows[0].mechanism.is_manual() && !found.report.questions.is_empty());
}

/// An export of ServiceNow: what kind of thing a tool is, and its headers; the four tools were one system called *SaaS*.
#[test]
fn a_column_of_one_word_for_many_rows_names_no_tool() {
    let table = "Name,Vendor,IT application owner,Install status,Total annual cost (USD),Platform\nMarketo Engage,Adobe,Jane Doe,Installed,\"$142,000\",SaaS\n6sense,6sense,RevOps,Installed,\"$95,000\",SaaS\nOutreach,Outreach,Sales,Pipeline,\"$120,000\",SaaS\nSnowflake,Snowflake,Data,Retired,\"$1\",Cloud\n";
    let found = imported(&[("snow.csv", table.as_bytes())], Options::default());
    let stack = stack(&found);
    let said: Vec<(&str, &str, bool)> = stack
        .systems
        .iter()
        .map(|one| (one.name.as_str(), one.status.as_str(), one.owner.is_some() && one.contract.cost.is_some()))
        .collect();
    assert_eq!(
        said,
        [
            ("6sense", "production", true),
            ("Marketo", "production", true),
            ("Outreach", "planned", true),
            ("Snowflake", "retired", true),
        ]
    );
}

/// A vendor that the catalog names otherwise is what the company knows; it was in neither the stack nor the report.
#[test]
fn a_vendor_is_kept_where_the_catalog_names_another() {
    let table = "Application,Vendor\nMadKudu,MadKudu SAS\nSalesforce,\"Salesforce, Inc.\"\nSnowflake,snowflake\nOwn tool,Acme\n";
    let found = imported(&[("a.csv", table.as_bytes())], Options::default());
    let vendors: Vec<&str> = found.stack.lines().filter_map(|line| line.trim().strip_prefix("vendor: ")).collect();
    assert_eq!(vendors, ["\"MadKudu SAS\"", "Acme"], "{}", found.stack);
}
