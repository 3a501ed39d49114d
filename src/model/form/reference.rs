//! Ids of what the file defines elsewhere.

use super::Form;
use crate::model::id::{DataIx, SystemIx, TeamIx};
use crate::model::read::fields::Context;
use crate::model::read::names::{Names, Tables};
use crate::model::shape::Takes;
use crate::model::stack::Stack;
use crate::model::write::{self, Written};
use crate::source::Node;

/// A place in one of the lists of a stack, written as the id that stands there.
pub(in crate::model) trait Reference: Copy {
    /// What stands there, as messages name it.
    const WHAT: &'static str;
    fn of(at: usize) -> Self;
    fn names(tables: &Tables) -> &Names;
    fn id(self, stack: &Stack) -> &str;
}

macro_rules! references {
    ($($ix:ident $what:literal $names:ident $get:ident;)*) => {$(
        impl Reference for $ix {
            const WHAT: &'static str = $what;
            fn of(at: usize) -> Self {
                Self::new(at)
            }
            fn names(tables: &Tables) -> &Names {
                &tables.$names
            }
            fn id(self, stack: &Stack) -> &str {
                stack.$get(self).id.as_str()
            }
        }
    )*};
}

references! {
    TeamIx "team" teams team;
    SystemIx "system" systems system;
    DataIx "data object" data data_object;
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

    fn write(&self, value: &R, stack: &Stack) -> Written {
        Written::Line(write::text(value.id(stack)))
    }
}

impl<R: Reference> Form<Vec<R>> for IdsOf<R> {
    /// Sorted, each once.
    fn read(&self, node: &Node<'_>, cx: &mut Context) -> Option<Vec<R>> {
        let places = R::names(&cx.tables).references(node, &mut cx.problems);
        Some(places.into_iter().map(R::of).collect())
    }

    fn write(&self, value: &Vec<R>, stack: &Stack) -> Written {
        let ids: Vec<String> = value.iter().map(|one| write::text(one.id(stack))).collect();
        Written::Line(write::list(&ids))
    }
}
