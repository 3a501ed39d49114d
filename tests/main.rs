//! All integration tests, one binary: the library is linked once.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on has failed")]
#![allow(clippy::print_stderr, reason = "a test that lacks its judge says so")]

mod broken_files;
mod catalog;
mod cli;
mod diagnostics;
mod dot;
mod drafts;
mod examples;
mod folder;
mod formats;
mod gate;
mod golden;
mod handoffs;
mod html;
mod importers;
mod judgement;
mod office;
mod oracle_outages;
mod pages;
mod peoples_words;
mod plan;
mod readme_pictures;
mod report;
mod rooms;
mod scram;
mod spreadsheet;
mod supply;
mod support;
mod three_values;
mod words;
mod workbook;
