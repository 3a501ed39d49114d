//! Three real stacks as somebody keeps them in a workbook: titles above the tables, merged cells, things to be filled in,
//! several sheets, a total. What is true of them stands in `samples/table/NAME.truth`, written before the rules.

use rust_xlsxwriter::{ExcelDateTime, Format, Workbook, Worksheet};

/// Rows of cells between strokes. Numbers are numbers, `4%` is one with that format; `^` in front of a cell merges it with
/// the blank ones to its right; `v` in front merges it with the blank ones below.
fn sheet(book: &mut Workbook, name: &str, rows: &[&str]) {
    let sheet = book.add_worksheet().set_name(name).unwrap();
    let cells: Vec<Vec<&str>> = rows.iter().map(|row| row.split('|').map(str::trim).collect()).collect();
    let place = |number: usize| u16::try_from(number).unwrap();
    for (row, line) in cells.iter().enumerate() {
        for (column, text) in line.iter().enumerate() {
            let (at, to) = (row as u32, place(column));
            if let Some(text) = text.strip_prefix('^') {
                let blank = line[column + 1..].iter().take_while(|cell| cell.is_empty()).count();
                sheet.merge_range(at, to, at, to + place(blank), text, &Format::new()).unwrap();
            } else if let Some(text) = text.strip_prefix("v ") {
                let blank =
                    cells[row + 1..].iter().take_while(|line| line.get(column).is_some_and(|c| c.is_empty())).count();
                sheet.merge_range(at, to, at + blank as u32, to, text, &Format::new()).unwrap();
            } else {
                write(sheet, at, to, text);
            }
        }
    }
}

fn write(sheet: &mut Worksheet, row: u32, column: u16, text: &str) {
    if text.is_empty() {
    } else if let Ok(number) = text.parse::<f64>() {
        sheet.write(row, column, number).unwrap();
    } else if let Some(percent) = text.strip_suffix('%').and_then(|text| text.parse::<f64>().ok()) {
        sheet.write_with_format(row, column, percent / 100.0, &Format::new().set_num_format("0.0%")).unwrap();
    } else if let Ok(date) = ExcelDateTime::parse_from_str(text)
        .map_err(drop)
        .and_then(|date| if text.len() == 10 && text.as_bytes()[4] == b'-' { Ok(date) } else { Err(()) })
    {
        sheet.write_with_format(row, column, &date, &Format::new().set_num_format("dd/mm/yyyy")).unwrap();
    } else {
        sheet.write(row, column, text).unwrap();
    }
}

fn bytes(mut book: Workbook) -> Vec<u8> {
    // The day on which it was made would change its bytes.
    let day = ExcelDateTime::from_ymd(2026, 11, 20).unwrap();
    book.set_properties(&rust_xlsxwriter::DocProperties::new().set_creation_datetime(&day));
    book.save_to_buffer().unwrap()
}

/// The three, by name.
pub(super) fn all() -> impl Iterator<Item = (&'static str, Vec<u8>)> {
    [("01-software-company", software()), ("02-product-led", product_led()), ("03-agency", agency())].into_iter()
}

fn software() -> Vec<u8> {
    let mut book = Workbook::new();
    sheet(
        &mut book,
        "Tools",
        &[
            "^Marketing tech stack, Q4 2026 | | | | |",
            "Last updated: | 2026-11-26 | | | |",
            "",
            "Tool | Category | Team | Annual cost | Status | Comments",
            "^Sales | | | | |",
            "Salesforce | CRM | Sales Ops | TBD | live |",
            "Outreach.io | Sales engagement | | TBD | live |",
            "LeanData | | | | live |",
            "ZoomInfo | Enrichment | | | live |",
            "LinkedIn Sales Navigator | | | | live |",
            "^Marketing | | | | |",
            "Marketo | MAP | Marketing Operations | $120,000 | live |",
            "Marketo Sandbox | MAP | | | live | for tests only",
            "Terminus | ABM | | | live |",
            "Demandbase | ABM | | | retiring |",
            "6sense | ABM | | | planned | starts in Q1",
            "Bizible | Attribution | | | live |",
            "PathFactory | Content | | | live |",
            "Smartling | translation | | | live |",
            "ChatGPT | AI | | | live | ?",
            "OneTrust | consent | | | live |",
            "Qualtrics | survey | | | live |",
            "^Events | | | | |",
            "ON24 | Webinars | Field marketing | | live |",
            "Eventbrite | Events | Field marketing | | live |",
            "List import template (Google Sheets) | | Marketing Operations | | live |",
            "^Infrastructure | | | | |",
            "Zapier | iPaaS | | | live |",
            "Workato | iPaaS | | | live |",
            "Hightouch | Reverse ETL | | | live |",
            "Snowflake | Data warehouse | | | live |",
            "Google Drive | | | | live |",
            "Slack | | | | live |",
            "Ticket | ticketing | | | live |",
            "Website | CMS | Content | | live |",
            "Drift | Chat | | | live |",
            "Total | | | 120000 | |",
        ],
    );
    sheet(
        &mut book,
        "Integrations",
        &[
            "^Who sends what to whom | | | | | | |",
            "",
            "From | To | What | How | Who | How often | Time (min) | Comments",
            "Marketo | Salesforce | lead | native sync | | | |",
            "Salesforce | Marketo | lead | native sync | | | |",
            "Salesforce | Outreach | lead | native | | | |",
            "Drift | Salesforce | leads | native | | | |",
            "ON24 | Marketo | lead | integration | | hourly | | TBC with events",
            "Eventbrite | Marketo | lead | Zapier | | | |",
            "Eventbrite | List import template | event list | CSV | Field marketing | weekly | 45-90 |",
            "List import template | Ticket | event list | copy-paste | Field marketing | 4/week | 10 |",
            "Ticket | Marketo | event list | manual | v Marketing Operations | 4-8/week | 1h | 5 business days",
            "ZoomInfo | Salesforce | lead | native | | TBD | |",
            "Salesforce | LeanData | lead | native | | | |",
            "LeanData | Salesforce | lead | native | | | |",
            "Marketo | Bizible | lead, campaign | native | | | |",
            "Bizible | Salesforce | touchpoints | native | | | |",
            "Salesforce | Snowflake | lead, opportunity | Stitch | | nightly | |",
            "Snowflake | Marketo | product usage | reverse ETL by Hightouch | | | |",
            "6sense | Salesforce; Marketo | intent | native | | | |",
            "ChatGPT | Website | article | copy and paste | Content | 10/month | 15 / 30 / 60 |",
            "Website | Smartling | article | manual | Localization | 2/week | 30 |",
            "Smartling | Website | article | manual | Translation agency | 2/week | ? |",
        ],
    );
    sheet(
        &mut book,
        "People",
        &[
            "Team | Headcount",
            "Marketing Operations | 6",
            "SDRs | 40",
            "Content | 5",
            "Localization | 1",
            "",
            "Hourly rate: | $75",
        ],
    );
    sheet(
        &mut book,
        "What we need",
        &[
            "Process | Needs | Cost of outage per hour",
            "Event follow-up | lead at Outreach | 500",
            "Campaign launch | lead at Marketo; article at Website | TBD",
        ],
    );
    let hidden = book.add_worksheet().set_name("old").unwrap();
    hidden.set_hidden(true);
    hidden.write(0, 0, "Tool").unwrap();
    hidden.write(1, 0, "Eloqua").unwrap();
    bytes(book)
}

fn product_led() -> Vec<u8> {
    let mut book = Workbook::new();
    sheet(
        &mut book,
        "Stack",
        &[
            "^Go to market: systems | | | |",
            "",
            "System | Type | Department | Owner | Stage",
            "Product US | analytics | Product | |",
            "Product EU | analytics | Product | |",
            "Salesforce | | Sales | RevOps |",
            "Zapier | | Integration | RevOps |",
            "Zendesk | | Support | |",
            "Pylon | | Support | |",
            "Slack | | Collaboration | |",
            "Vitally | | Success | |",
            "Clay | | Data | |",
            "Sales mailbox (Gmail) | | Collaboration | |",
            "Gong | | Sales | |",
            "Granola | | AI | | shadow",
            "Scratchpad | | AI | | shadow",
            "Quote tool (own) | | Billing | |",
            "PandaDoc | | Billing | |",
            "Stripe | | Billing | |",
            "Own billing | ERP | Billing | |",
            "LinkedIn Sales Navigator | | Data | |",
            "Customer.io | | Marketing | |",
            "Our site | CMS | Web | |",
            "Metabase | | Data | | TBD",
        ],
    );
    sheet(
        &mut book,
        "Data flows",
        &[
            "^Source | | ^Target | | ^Work | | |",
            "System | Object | System | | Method | By | Frequency | Minutes",
            "Product US | signup | Salesforce | | native | | |",
            "Product EU | signup | Salesforce | | native | | |",
            "Our site | lead | Salesforce | | API | | |",
            "Our site | lead | Slack | | webhook | | |",
            "Sales mailbox | lead | Salesforce | | webhook | | |",
            "Zendesk | lead | Salesforce | | Zapier | | |",
            "Salesforce | lead | Zendesk | | Zapier | | |",
            "Slack | conversation | Salesforce | | native | | |",
            "Clay | enrichment | Salesforce | | native | | |",
            "LinkedIn Sales Navigator | lead | Salesforce | | typed again | Account executives | 60/week | 3 / 5 / 10",
            "Granola | meeting notes | Salesforce | | copy-paste | Account executives | 80/week | 3 / 6 / 12",
            "Vitally | conversation | Salesforce | | Slack message | Customer success | 100/week | 1",
            "Salesforce | lead | Quote tool | | re-key | Account executives | 10/week | 15",
            "Quote tool | quote | PandaDoc | | copy/paste | Account executives | 10/week | 10 / 20 / 30",
            "PandaDoc | contract | Own billing | | re-key | RevOps | 5/week | 30",
            "Own billing | contract | Stripe | | API | | |",
            "Product US | usage | Vitally | | API | | |",
            "Own billing | usage | Salesforce | | API | | |",
        ],
    );
    sheet(
        &mut book,
        "Notes",
        &[
            "Team | People | Hourly rate",
            "RevOps | 1 | $90",
            "Account executives | 14 | $90",
            "Customer success | 8 | $90",
            "Marketing | 9 | $90",
            "",
            "Hourly rate | $90",
            "As of | 2026-11-26",
            "",
            "Process | Data | System | Outage cost per hour",
            "Close deal | contract | Stripe | $1,500",
        ],
    );
    bytes(book)
}

fn agency() -> Vec<u8> {
    let mut book = Workbook::new();
    sheet(
        &mut book,
        "Werkzeuge",
        &[
            "^Versicherer: Marketing | | | |",
            "Stand: | 26.11.2026 | | |",
            "Stundensatz: | 68,50 € | | |",
            "",
            "Tool | Produkt | Verantwortlich | öffentlich | Bemerkung",
            "HubSpot | | | |",
            "SFDC | Salesforce | Vertrieb | |",
            "Website | WordPress | Webagentur | ja |",
            "ChatGPT | | alle | | inoffiziell",
            "Canva | | | | KI: ein bisschen",
            "DeepL Pro | | | |",
            "Leadliste | Excel | | |",
            "Power BI | | | |",
            "Make | | | |",
            "Bestandsführung (AS/400) | | | | SLA 99,5 %",
            "Postfach info@ | | | |",
        ],
    );
    sheet(
        &mut book,
        "Flüsse",
        &[
            "von | nach | was | wie | wer | wie oft | Dauer | Fehlerquote",
            "HubSpot | SFDC | leads | native sync | | alle 5 Minuten | |",
            "SFDC | HubSpot | leads | native sync | | alle 5 Minuten | |",
            "Postfach info@ | Leadliste | leads | abgetippt | Marketing | 3x täglich | 20 mins |",
            "Leadliste | HubSpot | leads | Upload | Marketing | jeden Freitag | ~1,5h |",
            "ChatGPT | Website | newsletter text | copy/paste | Marketing | 2-3 pro Woche | 15–20 |",
            "Website | DeepL Pro | newsletter text | manuell | | 2 pro Woche | ten |",
            "SFDC | Bestandsführung | offers | re-key | Back office | 35/Tag | 6 | 2%",
            "Bestandsführung | Power BI | kpis | nightly file | | | |",
            "HubSpot | Power BI | leads | Make | | | |",
        ],
    );
    bytes(book)
}
