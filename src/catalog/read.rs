//! Reads the data files into typed rows and refuses a row that says something unknown.

use std::convert::Infallible;
use std::sync::Arc;

use serde::Deserialize;
use serde::de::DeserializeOwned;

use super::connector::Connector;
use super::kind::Kind;
use super::product::{Product, ProductId, Sla, Source, Suite};
use super::quota::{Quota, Window};
use super::words::{
    AiClass, Confidence, ConnectorKind, Direction, Environment, Interface, Latency, Maintainer, QuotaKind, Status, Unit,
};

/// The text of the four data files.
#[derive(Clone, Copy, Debug)]
pub struct CatalogText<'a> {
    /// Text of `products.csv`, header line first.
    pub products: &'a str,
    /// Text of `connectors.csv`, header line first.
    pub connectors: &'a str,
    /// Text of `quotas.csv`, header line first.
    pub quotas: &'a str,
    /// Text of `suites.csv`, header line first.
    pub suites: &'a str,
}

/// What is wrong with a data file, and where.
#[derive(Clone, Debug, thiserror::Error)]
#[error("{file}:{line}: {message}")]
pub struct CatalogError {
    /// The name of the data file.
    pub file: &'static str,
    /// Line, counted from 1; 0 where the fault is in no single line.
    pub line: u64,
    /// What is wrong, in one sentence.
    pub message: String,
    /// What the reader of the format refused, where it did.
    #[source]
    pub cause: Option<Arc<csv::Error>>,
}

impl CatalogError {
    /// A fault in what the row says.
    pub(super) fn new(file: &'static str, line: u64, message: String) -> Self {
        Self { file, line, message, cause: None }
    }

    /// A row that cannot be read.
    fn unreadable(file: &'static str, line: u64, error: csv::Error) -> Self {
        Self { file, line, message: error.to_string(), cause: Some(Arc::new(error)) }
    }
}

/// One kind of row: the file it stands in, its cells as text, and what they mean.
pub(super) trait Record: Sized {
    /// The name of the data file.
    const FILE: &'static str;
    /// The cells, one field for each column.
    type Cells: DeserializeOwned;
    /// What the cells say, or what is wrong with one of them.
    fn read(cells: Self::Cells) -> Result<Self, String>;
}

/// Gives every row of one file, with its line or what is wrong with it, to `each`, in the order of the file; ends where
/// `each` fails.
fn each_row<T: Record, E>(
    text: &str,
    mut each: impl FnMut(Result<(u64, T), CatalogError>) -> Result<(), E>,
) -> Result<(), E> {
    let mut reader = csv::Reader::from_reader(text.as_bytes());
    let headers = match reader.headers() {
        Ok(headers) => headers.clone(),
        Err(e) => return each(Err(CatalogError::unreadable(T::FILE, 1, e))),
    };
    for record in reader.records() {
        let row = match record {
            Err(e) => {
                let line = e.position().map_or(0, csv::Position::line);
                Err(CatalogError::unreadable(T::FILE, line, e))
            }
            Ok(record) => {
                let line = record.position().map_or(0, csv::Position::line);
                let cells = record.deserialize(Some(&headers)).map_err(|e| CatalogError::unreadable(T::FILE, line, e));
                let row = cells.and_then(|cells| T::read(cells).map_err(|m| CatalogError::new(T::FILE, line, m)));
                row.map(|row| (line, row))
            }
        };
        each(row)?;
    }
    Ok(())
}

/// All rows of one file, in the order of the file, or what is wrong with the first that is.
pub(super) fn rows<T: Record>(text: &str) -> Result<Vec<T>, CatalogError> {
    let mut found = Vec::new();
    each_row(text, |row| {
        found.push(row?.1);
        Ok(())
    })
    .map(|()| found)
}

/// The rows of one file that can be read, with their lines; what is wrong with the others goes to `faults`.
pub(super) fn lines<T: Record>(text: &str, faults: &mut Vec<CatalogError>) -> Vec<(u64, T)> {
    let mut found = Vec::new();
    let Ok(()) = each_row::<T, Infallible>(text, |row| {
        match row {
            Ok(row) => found.push(row),
            Err(fault) => faults.push(fault),
        }
        Ok(())
    });
    found
}

/// A cell that may be empty, which means "not verified".
fn cell(text: String) -> Option<String> {
    (!text.is_empty()).then_some(text)
}

fn list(text: &str) -> Vec<String> {
    let items = text.split(';').map(str::trim);
    items.filter(|i| !i.is_empty()).map(str::to_owned).collect()
}

fn word<T>(what: &str, text: &str, parse: impl Fn(&str) -> Option<T>) -> Result<T, String> {
    parse(text).ok_or_else(|| format!("`{text}` is not a valid {what}"))
}

fn optional<T>(what: &str, text: &str, parse: impl Fn(&str) -> Option<T>) -> Result<Option<T>, String> {
    if text.is_empty() {
        return Ok(None);
    }
    word(what, text, parse).map(Some)
}

fn words<T>(what: &str, text: &str, parse: impl Fn(&str) -> Option<T>) -> Result<Vec<T>, String> {
    list(text).iter().map(|w| word(what, w, &parse)).collect()
}

fn id(text: &str) -> Result<ProductId, String> {
    word("product id", text, ProductId::parse)
}

fn required(what: &str, text: String) -> Result<String, String> {
    cell(text).ok_or_else(|| format!("{what} is empty"))
}

fn date(text: &str) -> Option<String> {
    let parts: Vec<&str> = text.split('-').collect();
    let widths: Vec<usize> = parts.iter().map(|p| p.len()).collect();
    let digits = parts.iter().all(|p| p.bytes().all(|b| b.is_ascii_digit()));
    let in_range =
        |i: usize, max: u32| parts.get(i).is_none_or(|p| p.parse::<u32>().is_ok_and(|n| (1..=max).contains(&n)));
    let shape = matches!(widths[..], [4, 2] | [4, 2, 2]);
    (shape && digits && in_range(1, 12) && in_range(2, 31)).then(|| text.to_owned())
}

fn source(url: String, source_date: &str, confidence: &str, read_in: String) -> Result<Source, String> {
    let url = required("source_url", url)?;
    if !url.starts_with("https://") && !url.starts_with("http://") {
        return Err(format!("`{url}` is not a valid address"));
    }
    Ok(Source {
        url,
        date: optional("date", source_date, date)?,
        confidence: word("confidence", confidence, Confidence::parse)?,
        read_in: cell(read_in),
    })
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct ProductRow {
    id: String,
    name: String,
    short_name: String,
    vendor: String,
    aliases: String,
    category: String,
    secondary_categories: String,
    ai_class: String,
    ai_confidence: String,
    status: String,
    interfaces: String,
    interfaces_absent: String,
    api_can_write: String,
    sla_uptime_pct: String,
    sla_scope: String,
    sla_source_url: String,
    status_page_url: String,
    source_url: String,
    source_date: String,
    confidence: String,
    notes: String,
}

fn percent(text: &str) -> Option<f64> {
    text.parse::<f64>().ok().filter(|p| (0.0..=100.0).contains(p))
}

impl Record for Product {
    const FILE: &'static str = "products.csv";
    type Cells = ProductRow;

    fn read(r: ProductRow) -> Result<Self, String> {
        let interfaces = words("interface", &r.interfaces, Interface::parse)?;
        let writable = list(&r.api_can_write);
        let uptime = optional("percentage", &r.sla_uptime_pct, percent)?;
        Ok(Product {
            id: id(&r.id)?,
            name: required("name", r.name)?,
            short_name: cell(r.short_name),
            vendor: required("vendor", r.vendor)?,
            aliases: list(&r.aliases),
            kind: word("category", &r.category, Kind::parse)?,
            secondary: words("category", &r.secondary_categories, Kind::parse)?,
            ai_class: optional("AI class", &r.ai_class, AiClass::parse)?,
            ai_confidence: optional("confidence", &r.ai_confidence, Confidence::parse)?,
            status: word("status", &r.status, Status::parse)?,
            interfaces: (!interfaces.is_empty()).then_some(interfaces),
            interfaces_absent: words("interface", &r.interfaces_absent, Interface::parse)?,
            api_can_write: (!writable.is_empty()).then_some(writable),
            sla: uptime.map(|uptime_percent| Sla {
                uptime_percent,
                scope: cell(r.sla_scope),
                url: cell(r.sla_source_url),
            }),
            status_page: cell(r.status_page_url),
            source: source(r.source_url, &r.source_date, &r.confidence, String::new())?,
            notes: cell(r.notes),
        })
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct ConnectorRow {
    from_id: String,
    to_id: String,
    direction: String,
    kind: String,
    built_by: String,
    maintained_by: String,
    data: String,
    latency_class: String,
    latency_text: String,
    constraints: String,
    source_url: String,
    source_date: String,
    confidence: String,
    read_in: String,
}

impl Record for Connector {
    const FILE: &'static str = "connectors.csv";
    type Cells = ConnectorRow;

    fn read(r: ConnectorRow) -> Result<Self, String> {
        let data = list(&r.data);
        Ok(Connector {
            from: id(&r.from_id)?,
            to: id(&r.to_id)?,
            direction: word("direction", &r.direction, Direction::parse)?,
            kind: word("connector kind", &r.kind, ConnectorKind::parse)?,
            built_by: id(&r.built_by)?,
            maintained_by: optional("maintainer", &r.maintained_by, Maintainer::parse)?.unwrap_or(Maintainer::Builder),
            data: (!data.is_empty()).then_some(data),
            latency: optional("latency class", &r.latency_class, Latency::parse)?,
            latency_text: cell(r.latency_text),
            constraints: cell(r.constraints),
            source: source(r.source_url, &r.source_date, &r.confidence, r.read_in)?,
        })
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct QuotaRow {
    product_id: String,
    interface: String,
    kind: String,
    limit_value: String,
    unit: String,
    window: String,
    scope: String,
    plan: String,
    environment: String,
    with_id: String,
    notes: String,
    source_url: String,
    source_date: String,
    confidence: String,
    read_in: String,
}

impl Record for Quota {
    const FILE: &'static str = "quotas.csv";
    type Cells = QuotaRow;

    fn read(r: QuotaRow) -> Result<Self, String> {
        let limit = |t: &str| t.parse::<u64>().ok();
        let environment = optional("environment", &r.environment, Environment::parse)?;
        Ok(Quota {
            product: id(&r.product_id)?,
            interface: required("interface", r.interface)?,
            kind: word("quota kind", &r.kind, QuotaKind::parse)?,
            limit: optional("whole number", &r.limit_value, limit)?,
            unit: word("unit", &r.unit, Unit::parse)?,
            window: optional("window", &r.window, Window::parse)?,
            scope: cell(r.scope),
            plan: cell(r.plan),
            environment: environment.unwrap_or(Environment::Production),
            with: optional("product id", &r.with_id, ProductId::parse)?,
            notes: cell(r.notes),
            source: source(r.source_url, &r.source_date, &r.confidence, r.read_in)?,
        })
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct SuiteRow {
    name: String,
    aliases: String,
    vendor: String,
    members: String,
    notes: String,
    source_url: String,
    source_date: String,
    confidence: String,
}

impl Record for Suite {
    const FILE: &'static str = "suites.csv";
    type Cells = SuiteRow;

    fn read(r: SuiteRow) -> Result<Self, String> {
        Ok(Suite {
            name: required("name", r.name)?,
            aliases: list(&r.aliases),
            vendor: required("vendor", r.vendor)?,
            members: words("product id", &r.members, ProductId::parse)?,
            notes: cell(r.notes),
            source: source(r.source_url, &r.source_date, &r.confidence, String::new())?,
        })
    }
}
