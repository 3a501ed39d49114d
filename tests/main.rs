//! All integration tests, one binary: the library is linked once.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on has failed")]
#![allow(clippy::print_stderr, reason = "a test that measures says what it found")]

mod ai_use;
mod broken_files;
mod budgets;
mod catalog;
mod cli;
mod diagnostics;
mod dot;
mod drafts;
mod examples;
mod field;
mod folder;
mod formats;
#[cfg(feature = "pptx")]
mod fuzzed;
mod gate;
mod golden;
mod growth;
mod guesses;
mod handoffs;
mod hosts;
mod html;
mod importers;
mod json_slips;
mod judgement;
mod judges;
mod looks;
#[cfg(feature = "lsp")]
mod lsp;
mod machine_formats;
#[cfg(feature = "mcp")]
mod mcp;
mod office;
mod oracle_outages;
mod pages;
mod peoples_words;
mod plan;
mod plan_in_hours;
mod portfolio;
#[cfg(unix)]
mod pull_request;
mod questions;
mod readme_pictures;
mod report;
mod rooms;
#[cfg(all(feature = "pptx", feature = "xlsx"))]
mod same_names;
mod scenarios;
mod scram;
#[cfg(feature = "serve")]
mod serve;
mod spreadsheet;
mod supply;
mod support;
mod three_values;
mod words;
mod workbook;
