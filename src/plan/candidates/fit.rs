//! Whether the words of a catalog row name a data object: a hint for a person, never a verdict.

use crate::model::{DataIx, Stack};

/// Words shorter than this say nothing.
const SHORTEST: usize = 3;

fn words(text: &str) -> Vec<String> {
    let parts = text.split(|c: char| !c.is_alphanumeric()).map(str::to_lowercase);
    // English plurals are enough: the catalog is in English.
    parts
        .map(|word| word.strip_suffix('s').map_or(word.clone(), str::to_owned))
        .filter(|w| w.len() >= SHORTEST)
        .collect()
}

/// The sentence about what `rows` say a way carries, where they say anything; `None` where each object is named.
#[must_use]
pub(super) fn doubt(stack: &Stack, data: &[DataIx], rows: Option<&[String]>) -> Option<String> {
    let rows = rows.filter(|rows| !rows.is_empty())?;
    let known: Vec<String> = rows.iter().flat_map(|row| words(row)).collect();
    let is_named = |ix: &DataIx| {
        let object = stack.data_object(*ix);
        words(&object.name).iter().chain(&words(object.id.as_str())).any(|word| known.contains(word))
    };
    let unnamed: Vec<&str> =
        data.iter().filter(|ix| !is_named(ix)).map(|ix| stack.data_object(*ix).id.as_str()).collect();
    (!unnamed.is_empty())
        .then(|| format!("documented to carry {}; to be checked: {}", rows.join(", "), unnamed.join(", ")))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::trial::stack_of;

    #[test]
    fn an_object_is_named_by_a_word_of_its_name_or_id_of_three_letters_or_more() {
        let stack =
            stack_of("sinew: 1\ndata: { sku: { name: Article }, lead: {}, id: {}, price: { name: List price } }\n");
        let data: Vec<DataIx> = ["sku", "lead", "id", "price"].iter().map(|id| stack.find_data(id).unwrap()).collect();
        let rows = ["Leads/SKUs".to_owned(), "id".to_owned()];
        let told = |data: &[DataIx]| doubt(&stack, data, Some(&rows));
        assert_eq!(told(&data).as_deref(), Some("documented to carry Leads/SKUs, id; to be checked: id, price"));
        assert_eq!(told(&data[..2]), None, "each is named, whatever the letter case and the number");
        assert_eq!(doubt(&stack, &data, None), None);
        assert_eq!(doubt(&stack, &data, Some(&[])), None);
    }
}
