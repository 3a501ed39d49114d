//! Tables: what a row becomes word for word, what holds of every table, and the way from a workbook to slides.

use std::fs;
use std::io::Write as _;
use std::sync::LazyLock;

use proptest::prelude::*;
use rust_xlsxwriter::Workbook;
use sinew::import::{HeaderMap, Import, Imported, Options};
use sinew::model::read;
use sinew::source::Source;

use super::books;
use super::first_report::REPORTS;
use super::truth::stack;
use super::{imported, samples};
use crate::support::binary::{code, err, folder, out, run};
use crate::support::mutation::{mutate, some};
use crate::support::random_stack::cases;

pub(super) fn table(name: &str, text: &str) -> Imported {
    imported(&[(name, text.as_bytes())], Options::default())
}

/// Asserts that the stack has these lines one under another, whatever stands before them.
pub(super) fn has(imported: &Imported, lines: &str) {
    stack(imported);
    assert!(imported.stack.contains(lines), "expected\n{lines}\nin\n{}\n{}", imported.stack, imported.report.text());
}

/// Names of persons come from columns of owners and performers alone.
#[test]
fn persons_in_other_columns_stay_where_they_are() {
    let tools = "Tool,Owner,First name,Last name,Requested by,Birthdate,Cost center\n\
        HubSpot,Marketing,Amelina,Forde,Jo Quill,1980-02-03,77\nSlack,IT,Bo,Lind,,,\n";
    let imported = table("tools.csv", tools);
    has(&imported, "x-cost-center: \"77\"");
    let all = format!("{}{}", imported.stack, serde_json::to_string(&imported.report).unwrap());
    for name in ["Amelina", "Forde", "Quill", "1980-02-03", "Lind"] {
        assert!(!all.contains(name), "{name}\n{all}");
    }
    let left = imported.report.left_out.iter().find(|left| left.field == "column of persons and addresses").unwrap();
    assert_eq!(left.count, 6, "filled cells of four columns");
    // A list of persons is no list of tools, whatever their titles are.
    let persons =
        "FirstName,LastName,Email,Title\nAmelina,Forde,a@example.com,Accountant I\nBo,Lind,b@example.com,CMO\n";
    let imported = table("Contacts.csv", persons);
    assert!(imported.report.entries.is_empty(), "{}", imported.stack);
    let codes: Vec<&str> = imported.report.diagnostics.iter().map(|problem| problem.code).collect();
    assert_eq!(codes, ["no-table"]);
    assert!(!imported.stack.contains("Accountant") && !imported.report.text().contains("Forde"));
}

pub(super) fn asks(imported: &Imported, words: &str) {
    let asked = imported.report.questions.iter().any(|question| question.ask.contains(words));
    assert!(asked, "{words}\n{}", imported.report.text());
}

#[test]
fn the_examples_of_the_contract_come_out_word_for_word() {
    let tools = table("tools.csv", "Tool,Owner,Cost\n[Clay](https://clay.com),RevOps,\"$24,000\"\n");
    has(&tools, "  revops:\n    name: RevOps\n    basis: { from: tools.csv, at: B2, ");
    has(
        &tools,
        "  clay:\n    product: clay\n    owner: revops\n    contract:\n      cost: 24000  # \"$24,000\"\n    basis: { from: tools.csv, at: \"row 2\", ",
    );

    let text = "From,To,What,How,Who,Frequency,Time\nJasper,WordPress,drafts,copy/paste,Content,2x per week,~15 min\n";
    has(
        &table("flows.csv", text),
        "  - from: jasper\n    to: wordpress\n    data: [drafts]\n    mechanism: copy-paste  # \"copy/paste\"\n    performer: content\n    runs: 2/week  # \"2x per week\"\n    minutes: 15  # \"~15 min\"\n    basis:",
    );

    let text = "From,To,Data,How,Effort\nON24,Marketo,attendee list,upload,6 h/week\n";
    let effort = table("effort.csv", text);
    has(
        &effort,
        "    data: [attendee-list]\n    mechanism: export-import  # \"upload\"\n    runs: 1/week  # \"6 h/week\"\n    minutes: 360  # \"6 h/week\"\n",
    );
    assert!(effort.stack.contains("guessed: [runs, minutes]"), "{}", effort.stack);

    let one = table("one.csv", "System,Integrates with\nMarketo,\"Salesforce, Nuclino\"\n");
    has(&one, "  - from: salesforce-sales-cloud\n    to: marketo-engage\n    data: [records]\n    mechanism: native\n");
    assert!(one.stack.contains("guessed: [from, to, data, mechanism]"), "{}", one.stack);
    asks(&one, "What goes between Adobe Marketo Engage and Nuclino, and which way?");
}

#[test]
fn what_is_not_known_is_counted_and_what_means_two_things_is_decided_or_asked() {
    let text = "Tool,Annual cost,Renewal date,Owner,SLA\nMarketo,TBD,03/04/2027,?,99.9\nDrift,$24k,27/02/2027,n/a,\nClay,2k/mo,,-,\n";
    let inventory = table("tools.csv", text);
    assert_eq!(inventory.report.inputs[0].units["unknown cells"], 4);
    has(&inventory, "      renews: 2027-04-03  # \"03/04/2027\"\n");
    has(&inventory, "      cost: 24000  # \"2k/mo\"\n");
    has(&inventory, "    availability: 99.9%  # \"99.9\"\n");
    assert!(inventory.stack.contains("guessed: [availability]"), "{}", inventory.stack);

    let unsettled = table("tools.csv", "Tool,Renewal date\nMarketo,03/04/2027\n");
    assert!(!unsettled.stack.contains("renews"), "{}", unsettled.stack);
    asks(&unsettled, "Which day is \"03/04/2027\" under \"Renewal date\" (B2)?");

    let text = "Tool,Annual cost\nMarketo,\"$120,000\"\nDrift,$24k\nSmartling,\"€1.200,50\"\n";
    let money = table("tools.csv", text);
    has(&money, "currency: USD  # \"$\"\n");
    assert!(!money.stack.contains("1200.5"), "{}", money.stack);
    asks(&money, "What is the cost of Smartling in USD? The input says \"€1.200,50\"; nothing is converted.");

    let text = "From,To,What,How,Who,Frequency,Minutes\nJasper,WordPress,drafts,copy/paste,Content,per campaign,15\nDrift,Slack,leads,manual,SDRs,bi-weekly,\n";
    let flows = table("flows.csv", text);
    asks(&flows, "The table says \"per campaign\"");
    asks(&flows, "How long does it take to bring leads");
    has(
        &flows,
        "    mechanism: export-import  # \"manual\"\n    performer: sdrs\n    runs: 26/year  # \"bi-weekly\"\n",
    );
    assert!(flows.stack.contains("guessed: [mechanism, runs]"), "{}", flows.stack);
}

#[test]
fn decimal_commas_of_one_cell_tell_the_points_of_all() {
    let text = "System;Kosten p.a.\nHubSpot;48.000,50 €\nEvalanche;9.600 €\nCanva;120\n";
    let imported = imported(&[("bestand.csv", text.as_bytes())], Options::default());
    has(&imported, "      cost: 48000.5  # \"48.000,50 €\"\n");
    has(&imported, "      cost: 9600  # \"9.600 €\"\n");
    has(&imported, "currency: EUR\n");
}

#[test]
fn two_orgs_of_one_product_stay_two_and_a_name_of_ones_own_keeps_its_product() {
    let text = "System,Owner\nSalesforce (EMEA),Ops\nSalesforce (US),Ops\nMarketo,Ops\nMarketo Sandbox,Ops\nLead list (Excel),Ops\n";
    let imported = table("tools.csv", text);
    let stack = stack(&imported);
    let ids: Vec<&str> = stack.all_systems().map(|(_, system)| system.id.as_str()).collect();
    assert_eq!(ids, ["lead-list", "marketo-engage", "marketo-sandbox", "salesforce-emea", "salesforce-us"]);
    has(&imported, "  lead-list:\n    product: excel\n    name: \"Lead list\"\n");
    has(&imported, "  marketo-sandbox:\n    product: marketo-engage\n    name: \"Marketo Sandbox\"\n");
}

/// A sheet as it is, with two tables under one another, banners without blank rows below, and headers in whole sentences.
#[test]
fn a_sheet_that_grew_over_years_is_read_as_its_owner_reads_it() {
    let text =
        fs::read_to_string(samples("table").into_iter().find(|path| path.ends_with("grown.csv")).unwrap()).unwrap();
    let grown = table("grown.csv", &text);
    has(&grown, "name: \"ACME GmbH – MarTech Overview v7 FINAL (2)\"\n");
    has(&grown, "currency: EUR\n");
    has(
        &grown,
        "  hubspot:\n    product: hubspot\n    ai: false\n    owner: marketing-ops\n    status: production  # \"yes\"\n",
    );
    has(&grown, "      renews: 2026-12-31  # \"31/12/2026\"\n      cost: 28800  # \"28,800\"\n");
    has(
        &grown,
        "    mechanism: copy-paste  # \"c&p\"\n    performer: content\n    runs: 1/week  # \"weekly\"\n    minutes: 60  # \"1h\"\n",
    );
    asks(&grown, "Where does it go: the flow \"lead scores\" of HubSpot (row 27)?");
    asks(&grown, "What is the cost of Canva in EUR?");
}

#[test]
fn own_columns_stay_and_sign_on_and_persons_do_not() {
    let text = "System,Owner,Cost center,integration_method,Account manager,Seats\nMarketo,Ana Lopez,4100,SAML,Bob Miller,12\nDrift,ben@example.com,4200,SCIM,+49 170 1234567,7\n";
    let kept = table("tools.csv", text);
    has(&kept, "    x-cost-center: \"4100\"\n    x-seats: \"12\"\n");
    has(&kept, "  ana-lopez:\n    name: \"Ana Lopez\"\n");
    for secret in ["SAML", "Bob", "ben@", "1234567"] {
        assert!(
            !kept.stack.contains(secret) && !kept.report.text().contains(secret),
            "{secret}\n{}",
            kept.report.text()
        );
    }
    assert!(kept.report.text().contains("sign on"), "{}", kept.report.text());
    let roles = imported(&[("tools.csv", text.as_bytes())], Options { roles_only: true, ..Options::default() });
    has(&roles, "  owner-1:\n    name: owner-1\n");
    assert!(
        !format!("{}{}", roles.stack, serde_json::to_string(&roles.report).unwrap()).to_lowercase().contains("lopez")
    );
}

#[test]
fn a_column_that_is_not_understood_is_named_with_the_way_out_and_a_map_is_that() {
    let text = "System,Status\nMarketo,green\nDrift,amber\nClay,live\n";
    let report = table("tools.csv", text).report;
    let problem = &report.diagnostics[0];
    assert_eq!(problem.code, "unread-cells");
    assert!(
        problem.message.contains("2 of 3 cells under \"Status\"") && problem.message.contains("B2, B3"),
        "{problem:?}"
    );
    assert!(problem.help.as_ref().unwrap().contains("--map 'Status=ignore'"), "{problem:?}");

    let text = "Feeds from,Feeds into,Payload thing\nDrift,Marketo,leads\n";
    assert_eq!(table("odd.csv", text).report.diagnostics[0].code, "no-table");
    let mut map = HeaderMap::default();
    for one in ["Feeds from=from", "feeds INTO=to", "Payload thing=data"] {
        map.add(one).unwrap();
    }
    let mut import = Import::new(Options::default()).with_map(map);
    import.file("odd.csv", text.as_bytes(), true);
    has(&import.finish("stack.yaml"), "  - from: drift\n    to: marketo-engage\n    data: [leads]\n");
}

#[test]
fn a_map_is_kept_beside_the_stack_file_and_read_next_time() {
    let folder = folder("table-map");
    let path = |name: &str| folder.join(name).display().to_string();
    fs::write(folder.join("odd.csv"), "Feeds from,Feeds into,What\nDrift,Marketo,leads\n").unwrap();
    let maps = ["--map", "Feeds from=from", "--map", "Feeds into=to"];
    let first = run(&[&["import", &path("odd.csv"), "-o", &path("acme.yaml")][..], &maps].concat());
    assert_eq!(code(&first), 0, "{}", err(&first));
    let kept = fs::read_to_string(folder.join("acme.map.csv")).unwrap();
    assert_eq!(kept, "header,field\nFeeds from,from\nFeeds into,to\n");
    let text = fs::read_to_string(folder.join("acme.yaml")).unwrap();
    let again = run(&["import", &path("odd.csv"), "-o", &path("acme.yaml")]);
    let says =
        format!("already exists\n  = help: choose another file, or overwrite it: `sinew import {}", path("odd.csv"));
    assert!(code(&again) == 2 && err(&again).contains(&says), "{}", err(&again));
    let again = run(&["import", &path("odd.csv"), "-o", &path("acme.yaml"), "--force"]);
    assert!(code(&again) == 0 && err(&again).contains("acme.map.csv"), "{}", err(&again));
    assert_eq!(fs::read_to_string(folder.join("acme.yaml")).unwrap(), text);
    let file = run(&["import", &path("odd.csv"), "--map", &path("acme.map.csv")]);
    assert_eq!((code(&file), out(&file)), (0, text.as_str()), "{}", err(&file));
    let wrong = run(&["import", &path("odd.csv"), "--map", "Feeds into=too"]);
    assert!(code(&wrong) == 2 && err(&wrong).contains("did you mean `to`?"), "{}", err(&wrong));
}

#[test]
fn what_a_folder_holds_beside_tables_of_systems_is_only_counted() {
    let mut import = Import::new(Options::default());
    import.file("a/people.csv", b"first,last\nAna,Lopez\nBen,Miller\n", false);
    import.file("a/tools.csv", b"Tool,Owner\nClay,RevOps\n", false);
    let imported = import.finish("stack.yaml");
    assert_eq!((imported.report.files_not_read, imported.report.inputs.len()), (1, 1));
    assert!(imported.report.diagnostics.is_empty(), "{:?}", imported.report.diagnostics);
}

#[test]
fn hidden_sheets_totals_and_notes_are_counted_and_their_rows_add_up() {
    for (name, bytes) in books::all() {
        let imported = imported(&[(name, &bytes)], Options::default());
        let input = &imported.report.inputs[0];
        assert_eq!(input.units["rows"], input.taken + input.merged + input.dropped, "{name}");
        let dropped: usize = imported.report.dropped.iter().map(|group| group.count).sum();
        assert_eq!(dropped, input.dropped, "{name}");
    }
    let (name, bytes) = books::all().next().unwrap();
    let report = imported(&[(name, &bytes)], Options::default()).report;
    let input = &report.inputs[0];
    assert_eq!((input.units["hidden sheets"], input.units["tables"]), (1, 4), "{}", report.text());
    let reasons: Vec<(&str, usize)> = report.dropped.iter().map(|group| (group.why.as_str(), group.count)).collect();
    assert!(
        reasons.contains(&("it adds up other rows", 1)) && reasons.contains(&("hidden sheets are not read", 2)),
        "{reasons:?}"
    );
}

#[test]
fn a_second_import_and_another_order_of_inputs_change_nothing() {
    let mut files: Vec<(String, Vec<u8>)> = books::all().map(|(name, bytes)| (name.to_owned(), bytes)).collect();
    files.extend(
        samples("table")
            .into_iter()
            .map(|path| (path.file_name().unwrap().to_str().unwrap().to_owned(), fs::read(&path).unwrap())),
    );
    let borrowed = |files: &[(String, Vec<u8>)]| -> Imported {
        let files: Vec<(&str, &[u8])> = files.iter().map(|(name, bytes)| (name.as_str(), bytes.as_slice())).collect();
        imported(&files, Options::default())
    };
    let one = borrowed(&files);
    assert_eq!(borrowed(&files).stack, one.stack);
    files.reverse();
    let other = borrowed(&files);
    assert_eq!(one.stack, other.stack);
    assert_eq!(serde_json::to_string(&one.report).unwrap(), serde_json::to_string(&other.report).unwrap());
    assert!(stack(&one).all_flows().len() > 60);
}

/// The whole way of somebody who owns a workbook: import, report with slides; no hand on YAML.
#[test]
fn three_real_workbooks_give_slides_and_the_second_of_them_a_plan() {
    // That the slides are there holds what writes the reports.
    for (name, json) in REPORTS.iter() {
        let handoffs = json["handoffs"].as_array().unwrap().len();
        assert!(handoffs >= 3, "{name}: {handoffs} handoffs");
        if *name == "02-product-led" {
            let items = json["plan"]["items"].as_array().unwrap();
            assert!(!items.is_empty(), "{}", json["plan"]);
        }
    }
}

#[cfg(feature = "xlsx")]
#[test]
fn libreoffices_own_formats_and_old_excel_say_the_same_as_the_workbook() {
    let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/importers/samples/book");
    let facts = |bytes: &[u8]| {
        let imported = imported(&[("book", bytes)], Options::default());
        let stack = stack(&imported);
        let input = imported.report.inputs[0].clone();
        let systems: Vec<String> =
            stack.all_systems().map(|(_, system)| format!("{} {:?}", system.id, system.status)).collect();
        let flows: Vec<String> = stack
            .all_flows()
            .map(|(_, flow)| format!("{} {:?} {:?} {:?}", flow.id, flow.mechanism, flow.runs, flow.run.minutes))
            .collect();
        (systems, flows, input.taken, input.merged, input.units["hidden sheets"])
    };
    let (_, workbook) = books::all().next().unwrap();
    let expected = facts(&workbook);
    assert!(expected.1.len() >= 20);
    for ending in ["ods", "xls"] {
        assert_eq!(
            facts(&fs::read(folder.join(format!("01-software-company.{ending}"))).unwrap()),
            expected,
            "{ending}"
        );
    }
}

#[test]
fn workbooks_that_cannot_be_opened_are_refused_by_name() {
    let code_of = |bytes: &[u8]| imported(&[("book.xlsx", bytes)], Options::default()).report.diagnostics[0].code;

    let mut book = Workbook::new();
    let sheet = book.add_worksheet();
    sheet.write_row(0, 0, ["Tool", "Owner"]).unwrap();
    let good = book.save_to_buffer().unwrap();

    assert_eq!(code_of(&good[..good.len() / 2]), "broken-zip");

    let protected = {
        let mut file = cfb::CompoundFile::create(std::io::Cursor::new(Vec::new())).unwrap();
        file.create_stream("EncryptedPackage").unwrap().write_all(b"secret").unwrap();
        file.flush().unwrap();
        file.into_inner().into_inner()
    };
    assert_eq!(code_of(&protected), "password-protected");
}

/// Every table of the samples.
static FILES: LazyLock<Vec<Vec<u8>>> = LazyLock::new(|| {
    let paths = samples("table").into_iter().chain(samples("book"));
    paths.map(|path| fs::read(path).unwrap()).chain(books::all().map(|(_, bytes)| bytes)).collect()
});

proptest! {
    #![proptest_config(cases(60))]

    /// Texts, workbooks and single parts of workbooks with bytes changed, taken out and put in: the import ends, what it
    /// writes is a stack file, and the rows add up. `PROPTEST_CASES=20000` runs it at length.
    #[test]
    fn no_mutation_of_a_table_breaks_an_import(
        which in any::<prop::sample::Index>(),
        part in any::<prop::sample::Index>(),
        changes in some(),
    ) {
        let mut bytes = which.get(&FILES).clone();
        let change = |bytes: &mut Vec<u8>| mutate(bytes, &changes, b",;|\t\n\"()/<>&=09:-");
        // A part of a workbook is changed before it is packed, or every change would only break the archive.
        let repacked = zip::ZipArchive::new(std::io::Cursor::new(bytes.clone())).ok().map(|mut archive| {
            let chosen = part.index(archive.len());
            let mut out = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
            for at in 0..archive.len() {
                let name = archive.by_index(at).unwrap().name().unwrap().into_owned();
                let mut content = Vec::new();
                std::io::copy(&mut archive.by_index(at).unwrap(), &mut content).unwrap();
                if at == chosen {
                    change(&mut content);
                }
                out.start_file(name.as_str(), zip::write::SimpleFileOptions::default()).unwrap();
                out.write_all(&content).unwrap();
            }
            out.finish().unwrap().into_inner()
        });
        match repacked {
            Some(repacked) => bytes = repacked,
            None => change(&mut bytes),
        }
        let imported = imported(&[("mutated", &bytes)], Options::default());
        let reading = read(&Source::new("stack.yaml", imported.stack.clone()));
        prop_assert!(reading.stack.is_some(), "{:?}\n{}", reading.problems, imported.stack);
        for input in imported.report.inputs.iter().filter(|input| input.format == "table") {
            prop_assert_eq!(input.units["rows"], input.taken + input.merged + input.dropped);
        }
    }
}

#[test]
fn a_name_that_ends_in_a_word_for_a_sheet_is_one_as_a_guess() {
    let table = "From,To,Data,How\nSalesforce,Pipeline sheet,Opportunity,export\nPipeline sheet,Tableau,Opportunity,import\nRiver,Tableau,Opportunity,api\n";
    let imported = imported(&[("flows.csv", table.as_bytes())], Options::default());
    let lines: Vec<&str> = imported.stack.lines().map(str::trim).collect();
    let at = |id: &str| lines.iter().position(|line| *line == id).unwrap();
    assert_eq!(lines[at("pipeline-sheet:") + 1], "kind: spreadsheet");
    assert_eq!(lines[at("river:") + 1], "kind: other");
    assert!(imported.stack.contains("guessed: [kind], key: \"table:system/pipeline-sheet\""), "{}", imported.stack);
    let asked: Vec<&str> = imported.report.questions.iter().map(|question| question.ask.as_str()).collect();
    assert!(asked.iter().any(|ask| ask.contains("What kind of system is \"River\"?")), "{asked:?}");
    assert!(!asked.iter().any(|ask| ask.contains("What kind of system is \"Pipeline sheet\"?")), "{asked:?}");
}

/// A cell of *Integrates with* that says how, how often and where is a flow, and no system of that name.
#[test]
fn words_before_a_partner_are_said_of_the_flow() {
    let tools = "Tool,Integrates with\nClay,CSV weekly to Salesforce\nGong,API from Salesforce\nTableau,nightly export to the data team\n\
        Salesforce,\n";
    let imported = table("tools.csv", tools);
    has(
        &imported,
        "  - from: clay\n    to: salesforce-sales-cloud\n    data: [records]\n    mechanism: export-import  # \"CSV weekly\"\n    runs: 1/week  # \"CSV weekly\"\n",
    );
    has(
        &imported,
        "  - from: salesforce-sales-cloud\n    to: gong\n    data: [records]\n    mechanism: api  # \"API\"\n",
    );
    asks(&imported, "How does what goes from Clay to Salesforce");
    asks(&imported, "The table says \"nightly export to the data team\"");
    for name in ["csv-weekly", "api-from", "nightly", "data-team"] {
        assert!(!imported.stack.contains(&format!("  {name}")), "{name}\n{}", imported.stack);
    }
}

/// `3` under *How often* was three times a year without a word.
#[test]
fn how_often_without_its_time_is_a_guess() {
    let flows = |often: &str| format!("From,To,What,How,{often}\n6sense,Excel,intent list,export by hand,3\n");
    let imported = table("flows.csv", &flows("How often"));
    has(&imported, "    runs: 3/year  # \"3\"\n");
    assert!(imported.stack.contains("guessed: [runs]"), "{}", imported.stack);
    let imported = table("flows.csv", &flows("Runs (per week)"));
    has(&imported, "    runs: 3/week");
    assert!(!imported.stack.contains("guessed: [runs]"), "{}", imported.stack);
}

/// Two tables of different widths in one file, as they are typed into a text editor.
#[test]
fn rows_need_not_be_equally_long() {
    let text = "My stack\nTool,Owner,Cost,Status\nClay,RevOps\nSalesforce,Sales,120000,Active\nHubSpot,Marketing\n\n\
        From,To,How\nClay,Salesforce,api\nHubSpot,Salesforce,native sync\n";
    let imported = table("tools.csv", text);
    has(&imported, "  clay:\n    product: clay\n    owner: revops\n");
    has(&imported, "  - from: hubspot\n    to: salesforce-sales-cloud\n");
}

#[test]
fn columns_that_nothing_reads_are_named_and_two_systems_of_a_row_are_a_flow() {
    let imported = table(
        "own.csv",
        "System A,System B,What moves,Integration type,Frequency (per week),Avg. handling time (min),Pain\n\
         ON24,Marketo,Attendees,CSV upload,2,35,high\n",
    );
    has(&imported, "from: on24");
    has(&imported, "to: marketo-engage");
    has(&imported, "minutes: 35");
    has(&imported, "runs: 2/week");
    assert_eq!(imported.report.inputs[0].own_columns, ["Pain"]);
    let text = imported.report.text();
    assert!(text.contains("not understood, and kept as `x-` keys: 1 column, \"Pain\"; `--map 'Pain=FIELD'`"), "{text}");
}

#[test]
fn german_headings_say_how_and_how_long() {
    let imported = table(
        "de.csv",
        "Quelle;Ziel;Inhalt;Methode;Durchgeführt von;Häufigkeit;Minuten pro Lauf\nSalesforce;HubSpot;Kontakte;Kopieren und Einfügen;Vertrieb;2x pro Woche;30\n",
    );
    has(&imported, "mechanism: copy-paste");
    has(&imported, "minutes: 30");
    assert!(imported.report.inputs[0].own_columns.is_empty());
}
