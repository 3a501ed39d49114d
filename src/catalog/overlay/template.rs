//! The row that makes a product known, ready to fill.

use crate::catalog::lookup::Catalog;
use crate::catalog::product::ProductId;

impl Catalog {
    /// The columns of a row that makes a product known.
    pub const ROW_COLUMNS: &'static str = "id,name,vendor,category";

    /// A row for a product that nobody knows yet, in the columns of [`Catalog::ROW_COLUMNS`]: its id and name, and empty
    /// cells for who sells it and what kind of tool it is.
    #[must_use]
    pub fn row_to_fill(&self, name: &str) -> String {
        let name: String =
            name.split_whitespace().collect::<Vec<_>>().join(" ").chars().filter(|c| !c.is_control()).collect();
        let cell = if name.contains([',', '"']) { format!("\"{}\"", name.replace('"', "\"\"")) } else { name.clone() };
        format!("{},{cell},,", self.free_id(&name))
    }

    /// An id made of a name that no product has.
    fn free_id(&self, name: &str) -> String {
        let letters = |c: char| if c.is_ascii_alphanumeric() { c.to_ascii_lowercase() } else { '-' };
        let spelled: String = name.chars().map(letters).collect();
        let id = spelled.split('-').filter(|part| !part.is_empty()).collect::<Vec<_>>().join("-");
        let id = if ProductId::parse(&id).is_some() { id } else { "product".to_owned() };
        let numbered = (2_u32..).map(|number| format!("{id}-{number}"));
        let mut ids = std::iter::once(id.clone()).chain(numbered);
        ids.find(|id| matches!(self.find(id), crate::catalog::Lookup::Unknown)).unwrap_or(id)
    }
}
