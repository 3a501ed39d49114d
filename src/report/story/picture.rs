//! A picture of the story, laid out once for all formats.

use std::sync::OnceLock;

use sinew_draw::scene::Scene;
use sinew_draw::{Diagram, layout};

/// A diagram to be drawn in several formats. It is laid out once, when a format first asks for slides.
#[derive(Clone, Debug)]
pub struct Picture {
    diagram: Diagram,
    slides: OnceLock<Vec<Scene>>,
}

impl Picture {
    /// The picture of `diagram`.
    #[must_use]
    pub fn of(diagram: Diagram) -> Self {
        Self { diagram, slides: OnceLock::new() }
    }

    /// The diagram that its slides are laid out from.
    #[must_use]
    pub fn diagram(&self) -> &Diagram {
        &self.diagram
    }

    /// The slides that it takes; one, unless it is too large to be legible on one.
    #[must_use]
    pub fn slides(&self) -> &[Scene] {
        self.slides.get_or_init(|| layout::layout(&self.diagram))
    }
}
