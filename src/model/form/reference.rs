//! Ids of what the file defines elsewhere.

use crate::model::id::{DataIx, ProcessIx, SystemIx, TeamIx};
use crate::model::table::{self, Context, Form, Names, Tables, Takes, Written};
use crate::source::Node;

/// A place in one of the lists of a stack, written as the id that stands there.
pub(in crate::model) trait Reference: Copy {
    /// What stands there, as messages name it.
    const WHAT: &'static str;
    fn of(at: usize) -> Self;
    fn place(self) -> usize;
    fn names(tables: &Tables) -> &Names;

    fn id(self, tables: &Tables) -> &str {
        Self::names(tables).name(self.place())
    }
}

macro_rules! references {
    ($($ix:ident $what:literal $names:ident;)*) => {$(
        impl Reference for $ix {
            const WHAT: &'static str = $what;
            fn of(at: usize) -> Self {
                Self::new(at)
            }
            fn place(self) -> usize {
                self.at()
            }
            fn names(tables: &Tables) -> &Names {
                &tables.$names
            }
        }
    )*};
}

references! {
    TeamIx "team" teams;
    SystemIx "system" systems;
    DataIx "data object" data;
    ProcessIx "process" processes;
}

typed! {
    /// The id of one `R`.
    id_of() -> IdOf<R: Reference> takes Takes::IdOf(R::WHAT);
    /// One id of an `R`, or a list of them.
    ids_of() -> IdsOf<R: Reference> takes Takes::IdsOf(R::WHAT);
}

impl<R: Reference> Form<R> for IdOf<R> {
    fn read(&self, node: &Node<'_>, cx: &mut Context) -> Option<R> {
        R::names(&cx.tables).reference(node, &mut cx.problems).map(R::of)
    }

    fn write(&self, value: &R, ids: &Tables) -> Written {
        Written::Line(table::text(value.id(ids)))
    }
}

impl<R: Reference> Form<Vec<R>> for IdsOf<R> {
    /// Ids sorted, each once, whatever their order in the file.
    fn read(&self, node: &Node<'_>, cx: &mut Context) -> Option<Vec<R>> {
        let places = R::names(&cx.tables).references(node, &mut cx.problems);
        Some(places.into_iter().map(R::of).collect())
    }

    fn write(&self, value: &Vec<R>, ids: &Tables) -> Written {
        let ids: Vec<String> = value.iter().map(|one| table::text(one.id(ids))).collect();
        Written::Line(table::list(&ids))
    }
}
