//! The catalog that a stack is read with, shared by everything that is computed from the stack.

use std::fmt;
use std::ops::Deref;
use std::sync::Arc;

use super::lookup::Catalog;

/// The catalog that is compiled in, or one with rows of somebody's own over it. Cloning costs nothing.
#[derive(Clone, Default)]
pub struct SharedCatalog(Option<Arc<Catalog>>);

impl Deref for SharedCatalog {
    type Target = Catalog;

    fn deref(&self) -> &Catalog {
        self.0.as_deref().unwrap_or_else(|| Catalog::builtin())
    }
}

impl From<Catalog> for SharedCatalog {
    fn from(catalog: Catalog) -> Self {
        Self(Some(Arc::new(catalog)))
    }
}

/// Not the rows: they would fill pages.
impl fmt::Debug for SharedCatalog {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(if self.0.is_some() { "SharedCatalog(own)" } else { "SharedCatalog(builtin)" })
    }
}
