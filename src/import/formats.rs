//! The formats that can be imported, in the one order in which their signs are looked for.

use super::content::Content;
use super::{
    archimate, backstage, calm, dbt, drawio, likec4, lucid, make, mermaid, n8n, openlineage, salesforce, structurizr,
    table, vsdx, workato, zapier,
};

/// A format that can be imported.
#[derive(Debug)]
pub struct Format {
    /// Its name, as `--from` takes it and reports have it.
    pub id: &'static str,
    /// What its files hold, in a few words.
    pub expects: &'static str,
    /// The word for its leaves, each of which is taken, merged or dropped.
    pub leaves: &'static str,
    pub(super) content: Content,
}

/// Every format, in the order in which signs are looked for.
pub static FORMATS: [Format; 17] = [
    Format {
        id: "n8n",
        expects: "`nodes` with types, and `connections`",
        leaves: "steps",
        content: Content::Json { sign: n8n::sign, read: n8n::read },
    },
    Format {
        id: "zapier",
        expects: "`zaps` with `nodes` that have a `selected_api`",
        leaves: "steps",
        content: Content::Json { sign: zapier::sign, read: zapier::read },
    },
    Format {
        id: "make",
        expects: "`flow` with modules of the form `app:operation`",
        leaves: "steps",
        content: Content::Json { sign: make::sign, read: make::read },
    },
    Format {
        id: "workato",
        expects: "`code` with `provider` and `keyword`",
        leaves: "steps",
        content: Content::Json { sign: workato::sign, read: workato::read },
    },
    Format {
        id: "dbt",
        expects: "`metadata.dbt_schema_version`, or YAML with `sources` or `exposures`",
        leaves: "nodes",
        content: Content::Joined { sign: dbt::sign, read: dbt::read },
    },
    Format {
        id: "openlineage",
        expects: "events with a `job`, and `inputs` or `outputs`",
        leaves: "events",
        content: Content::Joined { sign: openlineage::sign, read: openlineage::read },
    },
    Format {
        id: "drawio",
        expects: "`mxfile` or `mxGraphModel`, also within an SVG or PNG picture",
        leaves: "arrows",
        content: Content::Any { sign: drawio::sign, read: drawio::read },
    },
    Format {
        id: "vsdx",
        expects: "an archive with `visio/pages/`",
        leaves: "arrows",
        content: Content::Any { sign: vsdx::sign, read: vsdx::read },
    },
    Format {
        id: "lucid",
        expects: "CSV with `Shape Library`, `Line Source` and `Line Destination`",
        leaves: "arrows",
        content: Content::Text { sign: lucid::sign, read: lucid::read },
    },
    Format {
        id: "mermaid",
        expects: "`flowchart`, `graph` or `sequenceDiagram`, bare or fenced in Markdown",
        leaves: "arrows",
        content: Content::Text { sign: mermaid::sign, read: mermaid::read },
    },
    Format {
        id: "structurizr",
        expects: "`workspace … {`, or JSON with `model.softwareSystems`",
        leaves: "relations",
        content: Content::Joined { sign: structurizr::sign, read: structurizr::read },
    },
    Format {
        id: "likec4",
        expects: "`specification {` or `model {`, or JSON with `elements` and `relations`",
        leaves: "relations",
        content: Content::Joined { sign: likec4::sign, read: likec4::read },
    },
    Format {
        id: "calm",
        expects: "`nodes` with a `unique-id`, and `relationships`",
        leaves: "relations",
        content: Content::Json { sign: calm::sign, read: calm::read },
    },
    Format {
        id: "backstage",
        expects: "YAML with `apiVersion: backstage.io/…`",
        leaves: "entities",
        content: Content::Joined { sign: backstage::sign, read: backstage::read },
    },
    Format {
        id: "archimate",
        expects: "`archimate:model`, or a model of the Open Exchange Format",
        leaves: "relations",
        content: Content::Any { sign: archimate::sign, read: archimate::read },
    },
    Format {
        id: "salesforce",
        expects: "components of the name space `soap.sforce.com/2006/04/metadata`",
        leaves: "components",
        content: Content::Joined { sign: salesforce::sign, read: salesforce::read },
    },
    Format {
        id: "table",
        expects: "a workbook, rows of equal columns, or a table of Markdown, with headers such as Tool, Owner, From, To",
        leaves: "rows",
        content: Content::Any { sign: table::sign, read: table::read },
    },
];
