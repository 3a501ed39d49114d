//! Words that people put above the columns of their tables: `data/headers.csv`, which field and which header.

const FILE: &str = include_str!("data/headers.csv");

/// Every field with a header that can mean it, in the order of the file: the usual ones first.
pub(crate) fn headers() -> impl Iterator<Item = (&'static str, &'static str)> {
    FILE.lines().skip(1).filter_map(|line| line.split_once(','))
}

/// The fields that a header in these very words can mean, the surest first.
pub(crate) fn fields_of(header: &str) -> impl Iterator<Item = &'static str> {
    let words = crate::source::folded(&header.to_lowercase(), |c| !c.is_alphanumeric());
    let mut fields: Vec<(usize, &'static str)> = Vec::new();
    let mut ranks: std::collections::BTreeMap<&str, usize> = std::collections::BTreeMap::new();
    for (field, known) in headers() {
        let rank = ranks.entry(field).or_default();
        *rank += 1;
        if known == words {
            fields.push((*rank, field));
        }
    }
    fields.sort_unstable();
    fields.into_iter().map(|(_, field)| field)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_row_has_a_field_and_a_header_once() {
        let mut rows: Vec<_> = headers().collect();
        assert!(rows.len() > 500 && rows.len() == FILE.lines().count() - 1, "{}", rows.len());
        assert!(rows.iter().all(|(field, header)| !field.is_empty() && *header == header.trim().to_lowercase()));
        rows.sort_unstable();
        rows.dedup();
        assert_eq!(rows.len(), FILE.lines().count() - 1);
    }
}
