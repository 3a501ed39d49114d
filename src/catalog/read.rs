//! Reads the data files into typed rows and refuses a row that says something unknown.

use std::sync::Arc;

use csv::StringRecord;

use super::connector::Connector;
use super::file::DataFile;
use super::product::{Product, Sla, Suite};
use super::quota::{Quota, Window};
use super::row::{CellFault, Record, Row};
use super::words::{Environment, Maintainer, Status};
use crate::source::Span;

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
    pub file: String,
    /// Line, counted from 1; 0 where the fault is in no single line.
    pub line: u64,
    /// The column, where it is the fault of one cell.
    pub column: Option<&'static str>,
    /// What is wrong, in one sentence.
    pub message: String,
    /// What to write instead, where that is known.
    pub help: Option<String>,
    /// The cell, else the beginning of its row, in the text of the file; absent where the fault is in no single line.
    pub span: Option<Span>,
    /// What the reader of the format refused, where it did.
    #[source]
    pub cause: Option<Arc<csv::Error>>,
}

impl CatalogError {
    /// A fault of a whole line, or of a whole file where the line is 0.
    pub(super) fn new(file: impl Into<String>, line: u64, message: impl Into<String>) -> Self {
        Self { file: file.into(), line, column: None, message: message.into(), help: None, span: None, cause: None }
    }

    /// A row that cannot be read.
    fn unreadable(file: DataFile, line: u64, error: csv::Error) -> Self {
        Self { cause: Some(Arc::new(error)), ..Self::new(file.as_str(), line, "the row cannot be read") }.with_reason()
    }

    fn with_reason(mut self) -> Self {
        if let Some(cause) = &self.cause {
            self.message = cause.to_string();
        }
        self
    }

    /// What is wrong with a cell.
    pub(super) fn of_cell(file: impl Into<String>, line: u64, columns: &[&'static str], fault: CellFault) -> Self {
        Self {
            column: columns.get(fault.at).copied(),
            help: fault.near.map(|near| format!("did you mean `{near}`?")),
            ..Self::new(file, line, fault.message)
        }
    }
}

/// All rows of one file, in the order of the file, or what is wrong with the first that is.
pub(super) fn rows<T: Record>(text: &str) -> Result<Vec<T>, CatalogError> {
    let mut reader = csv::Reader::from_reader(text.as_bytes());
    let headers = reader.headers().map_err(|error| CatalogError::unreadable(T::FILE, 1, error))?;
    let columns = T::FILE.columns();
    if !headers.iter().eq(columns.iter().copied()) {
        let message = format!("expected the columns {}", columns.join(","));
        return Err(CatalogError::new(T::FILE.as_str(), 1, message));
    }
    let mut found = Vec::new();
    let mut record = StringRecord::new();
    loop {
        match reader.read_record(&mut record) {
            Ok(true) => found.push(one(&record)?),
            Ok(false) => return Ok(found),
            Err(error) => {
                let line = error.position().map_or(0, csv::Position::line);
                return Err(CatalogError::unreadable(T::FILE, line, error));
            }
        }
    }
}

/// The row of a record whose cells stand in the order of the file.
fn one<T: Record>(record: &StringRecord) -> Result<T, CatalogError> {
    T::of(record, false).map_err(|faults| {
        let line = record.position().map_or(0, csv::Position::line);
        let fault = faults.into_iter().next();
        let fault = fault.unwrap_or(CellFault { at: 0, message: "the row cannot be read".into(), near: None });
        CatalogError::of_cell(T::FILE.as_str(), line, T::FILE.columns(), fault)
    })
}

/// The row of one line of a file that is compiled in.
pub(super) fn line<T: Record>(text: &str) -> Result<T, CatalogError> {
    let mut reader =
        csv::ReaderBuilder::new().has_headers(false).buffer_capacity(text.len().max(1)).from_reader(text.as_bytes());
    let mut record = StringRecord::new();
    reader.read_record(&mut record).map_err(|error| CatalogError::unreadable(T::FILE, 0, error))?;
    one(&record)
}

fn percent(text: &str) -> Option<f64> {
    text.parse::<f64>().ok().filter(|p| (0.0..=100.0).contains(p))
}

impl Record for Product {
    const FILE: DataFile = DataFile::Products;

    fn read(row: &mut Row<'_>) -> Option<Self> {
        let id = row.id("id");
        let name = row.required("name");
        let short_name = row.cell("short_name");
        let vendor = row.required("vendor");
        let aliases = row.list("aliases");
        let kind = row.word("category", "category");
        let secondary = row.words("category", "secondary_categories");
        let ai_class = row.optional_word("AI class", "ai_class");
        let ai_confidence = row.optional_word("confidence", "ai_confidence");
        let status = row.word_or("status", "status", Status::Active);
        let interfaces = row.words("interface", "interfaces");
        let interfaces_absent = row.words("interface", "interfaces_absent");
        let api_can_write = row.known_list("api_can_write");
        let uptime = row.optional("percentage", "sla_uptime_pct", percent);
        let (scope, url) = (row.cell("sla_scope"), row.cell("sla_source_url"));
        let status_page = row.cell("status_page_url");
        let source = row.source(false);
        let notes = row.cell("notes");
        Some(Self {
            id: id?,
            name: name?,
            short_name,
            vendor: vendor?,
            aliases,
            kind: kind?,
            secondary,
            ai_class,
            ai_confidence,
            status: status?,
            interfaces: (!interfaces.is_empty()).then_some(interfaces),
            interfaces_absent,
            api_can_write,
            sla: uptime.map(|uptime_percent| Sla { uptime_percent, scope, url }),
            status_page,
            source: source?,
            notes,
        })
    }
}

impl Record for Connector {
    const FILE: DataFile = DataFile::Connectors;

    fn read(row: &mut Row<'_>) -> Option<Self> {
        let (from, to) = (row.id("from_id"), row.id("to_id"));
        let direction = row.word("direction", "direction");
        let kind = row.word("connector kind", "kind");
        let built_by = row.id("built_by");
        let maintained_by = row.optional_word("maintainer", "maintained_by").unwrap_or(Maintainer::Builder);
        let data = row.known_list("data");
        let latency = row.optional_word("latency class", "latency_class");
        let (latency_text, constraints) = (row.cell("latency_text"), row.cell("constraints"));
        let source = row.source(true);
        Some(Self {
            from: from?,
            to: to?,
            direction: direction?,
            kind: kind?,
            built_by: built_by?,
            maintained_by,
            data,
            latency,
            latency_text,
            constraints,
            source: source?,
        })
    }
}

impl Record for Quota {
    const FILE: DataFile = DataFile::Quotas;

    fn read(row: &mut Row<'_>) -> Option<Self> {
        let product = row.id("product_id");
        let interface = row.required("interface");
        let kind = row.word("quota kind", "kind");
        let limit = row.optional("whole number", "limit_value", |text| text.parse::<u64>().ok());
        let unit = row.word("unit", "unit");
        let window = row.optional("window", "window", Window::parse);
        let (scope, plan) = (row.cell("scope"), row.cell("plan"));
        let environment = row.optional_word("environment", "environment").unwrap_or(Environment::Production);
        let with = row.optional("product id", "with_id", super::product::ProductId::parse);
        let notes = row.cell("notes");
        let source = row.source(true);
        Some(Self {
            product: product?,
            interface: interface?,
            kind: kind?,
            limit,
            unit: unit?,
            window,
            scope,
            plan,
            environment,
            with,
            notes,
            source: source?,
        })
    }
}

impl Record for Suite {
    const FILE: DataFile = DataFile::Suites;

    fn read(row: &mut Row<'_>) -> Option<Self> {
        let name = row.required("name");
        let aliases = row.list("aliases");
        let vendor = row.required("vendor");
        let members = row.ids("members");
        let notes = row.cell("notes");
        let source = row.source(false);
        Some(Self { name: name?, aliases, vendor: vendor?, members, notes, source: source? })
    }
}
