//! `--layout`: boxes stand where they stood in an earlier report.

use std::path::PathBuf;
use std::sync::Arc;

use clap::Args;
use sinew_draw::stood::Stood;

use super::exit::Failure;
use super::stack::StackFile;
use crate::model::Stack;
use crate::report::layout::Layout;
use crate::report::say::{counted, listed};
use crate::source::visible;

/// Which report.
#[derive(Args, Debug)]
pub(super) struct LayoutOption {
    /// `report.json` of an earlier report: systems stand where they stood in its pictures
    #[arg(long, value_name = "FILE")]
    layout: Option<PathBuf>,
}

/// Boxes that are named where they stand elsewhere.
const NAMED: usize = 5;

impl LayoutOption {
    /// The places, by the ids that `stack` has now.
    pub(super) fn open(&self, file: &StackFile, stack: &Stack) -> Result<Option<Arc<Stood>>, Failure> {
        let Some(path) = &self.layout else { return Ok(None) };
        if path.as_os_str() == "-" && file.is_stdin() {
            return Err(Failure::Input("error: standard input cannot be both the stack and the layout\n".into()));
        }
        let source = file.beside(path)?;
        let layout = Layout::parse(source.text()).and_then(|layout| layout.for_stack(stack));
        let layout = layout.map_err(|error| Failure::Input(format!("error: {}: {error}\n", path.display())))?;
        Ok(Some(Arc::new(layout.stood())))
    }

    /// Whether places are given.
    pub(super) fn is_given(&self) -> bool {
        self.layout.is_some()
    }

    /// The file that they are read from.
    #[cfg(feature = "watch")]
    pub(super) fn file(&self) -> Option<&PathBuf> {
        self.layout.as_ref()
    }

    /// How many boxes stand where they stood, as a line; nothing where no places were given.
    pub(super) fn told(&self, before: Option<&Stood>, now: Option<&Stood>) -> String {
        let (Some(path), Some(before), Some(now)) = (&self.layout, before, now) else { return String::new() };
        let path = path.display();
        if before.is_parted != now.is_parted {
            return format!("not laid out as in {path}: the stack does not fit on one slide any more\n");
        }
        let what = if now.is_parted { ["domain", "domains"] } else { ["system", "systems"] };
        let had = |id: &str| before.boxes.iter().any(|seat| seat.id == id);
        let both = now.boxes.iter().filter(|seat| had(&seat.id)).count();
        let moved = now.moved(before);
        let stayed = format!(
            "laid out as in {path}: {} of {} stand where they stood",
            both - moved.len(),
            counted(both, what[0], what[1])
        );
        let new = now.boxes.len() - both;
        let named: Vec<String> = moved.iter().take(NAMED).map(|id| visible(id.trim_start())).collect();
        let more = moved.len() - named.len();
        let named = named.into_iter().chain((more > 0).then(|| format!("{more} more"))).collect::<Vec<_>>();
        let parts = [
            Some(stayed),
            (new > 0).then(|| format!("{} new", counted(new, what[0], what[1]))),
            (!named.is_empty()).then(|| format!("elsewhere: {}", listed(&named))),
        ];
        format!("{}\n", parts.into_iter().flatten().collect::<Vec<_>>().join("; "))
    }
}
