//! A picture of the story, laid out once for all formats.

use std::sync::OnceLock;

use sinew_draw::Diagram;
use sinew_draw::layout::{Budget, Laid, within};
use sinew_draw::scene::Scene;
use sinew_draw::stood::Stood;

use crate::report::facts::pictures::Lacking;

/// A diagram to be drawn in several formats. It is laid out once, when a format first asks for slides.
#[derive(Clone, Debug)]
pub struct Picture {
    diagram: Diagram,
    laid: OnceLock<Laid>,
}

impl Picture {
    /// The picture of `diagram`.
    #[must_use]
    pub fn of(diagram: Diagram) -> Self {
        Self { diagram, laid: OnceLock::new() }
    }

    /// The picture of `diagram`, laid out already.
    #[must_use]
    pub fn laid_out(diagram: Diagram, laid: Laid) -> Self {
        Self { diagram, laid: OnceLock::from(laid) }
    }

    /// The diagram that its slides are laid out from.
    #[must_use]
    pub fn diagram(&self) -> &Diagram {
        &self.diagram
    }

    /// The slides that it takes; one, unless it is too large to be legible on one.
    #[must_use]
    pub fn slides(&self) -> &[Scene] {
        &self.laid().slides
    }

    /// What its slides lack, under the name of its files; `None` where they lack nothing.
    #[must_use]
    pub fn lacking(&self, picture: &str) -> Option<Lacking> {
        let Laid { slides, gap, .. } = self.laid();
        (!gap.is_none()).then(|| Lacking {
            picture: picture.to_owned(),
            slides: slides.len(),
            slides_in_haste: gap.hasty,
            systems: self.diagram.nodes.len(),
            flows: self.diagram.flows(),
            systems_on_no_slide: gap.nodes.clone(),
            flows_on_no_slide: gap.edges,
            by_hand_on_no_slide: gap.by_hand,
        })
    }

    /// Where its boxes stand, or its domains where it takes several slides.
    #[must_use]
    pub fn stood(&self) -> Option<&Stood> {
        self.laid().stood.as_ref()
    }

    fn laid(&self) -> &Laid {
        self.laid.get_or_init(|| within(&self.diagram, Budget::PICTURE))
    }
}
