//! sinew computes the integration architecture of a marketing-operations stack.

pub mod analysis;
pub mod ask;
pub mod catalog;
pub mod cli;
pub mod edit;
#[cfg_attr(not(feature = "xlsx"), allow(dead_code, reason = "text has no hidden sheets, formulas and merged cells"))]
mod grid;
pub mod import;
#[cfg(feature = "lsp")]
pub mod lsp;
#[cfg(feature = "mcp")]
pub mod mcp;
pub mod model;
pub mod plan;
pub mod report;
#[cfg(feature = "serve")]
pub mod serve;
pub mod source;
pub mod workbook;
