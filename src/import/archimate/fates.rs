//! What becomes of each relation of a model, and what relations say that are no arrows.

use std::collections::{BTreeMap, BTreeSet};

use super::model::Model;
use crate::import::clean::LeftOut;
use crate::import::draft::{Draft, EntryKey, Fate, Given, Unit, Value};
use crate::import::reading::File;

/// What a relation says that is no arrow.
#[derive(Debug)]
pub(super) enum Own {
    /// Something of the system of this shape.
    About(usize),
    /// The system of the first shape needs that of the second.
    Needs(usize, usize),
    /// Nothing; what it is, and why.
    Nothing(&'static str, &'static str),
}

/// Gives every relation one fate, and systems what they need.
pub(super) fn settle(
    file: &File<'_>,
    model: &Model,
    draft: &mut Draft,
    (arrows, behind): (usize, &[Vec<usize>]),
    own: BTreeMap<usize, Own>,
    shapes: &[(String, Option<usize>)],
    left_out: &mut LeftOut,
) {
    let mut fates: BTreeMap<usize, Fate> = BTreeMap::new();
    let units = std::mem::take(&mut draft.units);
    for (unit, relations) in units.into_iter().take(arrows).zip(behind) {
        for relation in relations {
            match (fates.get_mut(relation), &unit.fate) {
                (Some(Fate::Gave(keys)), Fate::Gave(more)) => keys.extend(more.iter().cloned()),
                (Some(Fate::Gave(_)), Fate::Dropped { .. }) => {}
                _ => drop(fates.insert(*relation, unit.fate.clone())),
            }
        }
    }
    let by_key: BTreeMap<&str, &String> = draft
        .systems
        .iter()
        .flat_map(|(key, system)| system.entry.origins.iter().map(move |origin| (origin.key.as_str(), key)))
        .collect();
    let system = |shape: usize| {
        let mut next = Some(shape);
        for _ in 0..64 {
            let (id, within) = &shapes[next?];
            if let Some(key) = by_key.get(format!("archimate:{id}").as_str()) {
                return Some((*key).clone());
            }
            next = *within;
        }
        None
    };
    let mut needs: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    for (relation, said) in own {
        let lost = |what, why, left_out: &mut LeftOut| Fate::Dropped {
            what,
            at: left_out.clean(&format!("{} {}", model.relations[relation].kind, model.relations[relation].id)),
            why,
        };
        let fate = match said {
            Own::About(shape) => system(shape).map(|key| Fate::Gave(vec![EntryKey::System(key)])),
            Own::Needs(one, other) => match (system(one), system(other)) {
                (Some(one), Some(other)) if one != other => {
                    needs.entry(one.clone()).or_default().insert(other);
                    Some(Fate::Gave(vec![EntryKey::System(one)]))
                }
                _ => None,
            },
            Own::Nothing(what, why) => Some(lost(what, why, left_out)),
        };
        let fate = fate.unwrap_or_else(|| lost("relation", "one of its ends is not a system", left_out));
        match (fates.get_mut(&relation), fate) {
            (Some(Fate::Gave(keys)), Fate::Gave(more)) => keys.extend(more),
            (Some(Fate::Gave(_)), _) => {}
            (Some(held), Fate::Gave(keys)) => *held = Fate::Gave(keys),
            (Some(_), _) => {}
            (None, fate) => drop(fates.insert(relation, fate)),
        }
    }
    draft.units = fates.into_values().map(|fate| Unit { input: file.input, fate }).collect();
    for (key, systems) in needs {
        if let Some(system) = draft.systems.get_mut(&key) {
            let value = Value::Systems(systems.into_iter().collect());
            system.entry.fields.insert("depends_on", Given::stated(value));
        }
    }
}
