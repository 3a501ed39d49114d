//! A deck of slides as PPTX: native shapes, connectors that hold on to the shapes they join, native
//! tables, speaker notes, alternative texts.
//!
//! Whoever tells the story makes a [`Deck`]; nothing here knows what a stack is.
//! `docs/formats/pptx.md` says what a reader of the file finds.

mod connector;
mod notes;
mod outline;
mod package;
mod presentation;
#[cfg(test)]
mod preset;
mod scene;
mod shapes;
mod skeleton;
mod slide;
mod table;
mod template;
mod theme;
mod words;
mod xml;

use crate::scene::Scene;
use crate::theme::Theme;

pub use table::{Cell, Column, Table};
pub use template::{Template, TemplateError};

/// Slides and what holds for all of them.
#[derive(Debug, Clone, PartialEq)]
pub struct Deck {
    /// Title of the document, as its properties say it.
    pub title: String,
    /// Who says so, for the properties of the document; may be empty.
    pub author: String,
    /// Day of the facts, `2026-11-21`, for the properties of the document; 1980-01-01 where it is not
    /// a day, as no clock is read.
    pub day: String,
    /// Colours; the fonts are the deck's own or the template's.
    pub theme: Theme,
    /// The slides in order. A deck without any gets one with its title.
    pub slides: Vec<Slide>,
}

/// One slide; a table that is too long becomes several.
#[derive(Debug, Clone, PartialEq)]
pub struct Slide {
    /// The message, one sentence.
    pub title: String,
    /// What is on it.
    pub body: Body,
    /// Where the facts come from, at the foot; empty for none. A scene brings its own.
    pub source: String,
    /// Speaker notes, a paragraph each.
    pub notes: Vec<String>,
}

/// What a slide shows beneath its title.
#[derive(Debug, Clone, PartialEq)]
pub enum Body {
    /// The opening slide: lines beneath a large title.
    Opening(Vec<String>),
    /// A picture. Its title gives way to the slide's.
    Scene(Box<Scene>),
    /// A table, in type of at least 12 points.
    Table(Table),
    /// A few sentences, in type as large as they leave room for, 14 to 24 points; what does not fit
    /// goes on to a further slide.
    Words(Vec<String>),
}

/// The deck as the bytes of a PPTX file. Same deck, same bytes.
#[must_use]
pub fn pptx(deck: &Deck) -> Vec<u8> {
    slide::package(deck, None).bytes()
}

/// The deck on the master, theme and layouts of a company's own file: pictures and tables on its
/// layout "Title Only", scaled into the room beneath the title.
#[must_use]
pub fn pptx_on(deck: &Deck, template: &Template) -> Vec<u8> {
    slide::package(deck, Some(template)).bytes()
}
