//! A deck of slides as PPTX: native shapes, connectors that hold on to the shapes they join, native
//! tables, speaker notes, alternative texts.
//!
//! Whoever tells the story makes a [`Deck`]; nothing here knows what a stack is.
//! `docs/formats/pptx.md` says what a reader of the file finds.

mod columns;
mod connector;
mod fit;
mod links;
mod model;
mod notes;
mod outline;
mod package;
mod palette;
mod presentation;
#[cfg(test)]
mod preset;
mod scene;
mod sections;
mod shapes;
mod skeleton;
mod slide;
mod stacked;
mod swatch;
mod table;
mod template;
mod theme;
mod titles;
mod words;
mod xml;

pub use model::{Body, Cell, Column, Deck, Link, Slide, Table};
pub use template::{Template, TemplateError};

/// The deck as the bytes of a PPTX file. Same deck, same bytes.
#[must_use]
pub fn pptx(deck: &Deck) -> Vec<u8> {
    slide::package(deck, None).bytes()
}

/// The deck on the master, theme and layouts of a company's own file: pictures and tables on its
/// layout "Title Only". Pictures that are laid out for its [paper](Template::paper) stand as they are, all others are scaled into
/// the room beneath the title.
#[must_use]
pub fn pptx_on(deck: &Deck, template: &Template) -> Vec<u8> {
    slide::package(deck, Some(template)).bytes()
}
