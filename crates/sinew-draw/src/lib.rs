//! Pictures of directed graphs, and decks of slides.
//!
//! Whoever has something to show makes a [`Diagram`]; DOT and Mermaid print it as it is. [`layout`](layout::layout)
//! turns it into [scenes](scene::Scene) with positions, and SVG, PNG, PDF and PPTX draw those. Nothing here knows what
//! the boxes stand for.

mod aside;
pub mod breaks;
#[cfg(feature = "pptx")]
pub mod deck;
mod diagram;
pub mod direction;
pub mod dot;
#[cfg(any(feature = "pdf", feature = "png"))]
pub mod fonts;
pub mod layout;
pub mod legend;
pub mod mermaid;
mod number;
mod paint;
mod paper;
pub mod parallel;
#[cfg(feature = "pdf")]
pub mod pdf;
mod plane;
#[cfg(feature = "png")]
pub mod png;
pub mod render;
pub mod scene;
pub mod stood;
pub mod svg;
pub mod text;
pub mod theme;
#[cfg(any(feature = "pdf", feature = "png"))]
mod tree;
mod way;

pub use aside::{Aside, Meter, Takeaway};
pub use diagram::{
    Arrangement, Axis, Bar, Cluster, Diagram, Edge, EdgeEmphasis, Emphasis, GUESS, Mark, Node, Role, Stop, Style,
};
pub use legend::{LegendEntry, legend};
pub use paper::Paper;
