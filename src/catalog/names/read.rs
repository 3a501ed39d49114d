//! Reads `names.csv` and refuses a row that says something unknown, or a word that is there twice.

use super::super::file::DataFile;
use super::super::kind::Kind;
use super::super::lookup::normalise;
use super::super::product::ProductId;
use super::super::read::{CatalogError, rows};
use super::super::row::{Record, Row as Cells};
use super::{Names, Row, Space};

const FILE: &str = DataFile::Names.as_str();

/// What a row adds: a word of a space, a word for a kind, an English word, or the end of others' hosts.
pub(in crate::catalog) enum Entry {
    Word(Space, String, Row),
    Kind(String, Kind),
    English(String),
    Suffix(String),
}

impl Entry {
    /// The product that the word stands for, if it is one.
    pub(in crate::catalog) fn product(&self) -> Option<&ProductId> {
        match self {
            Self::Word(_, _, Row::Product(id)) => Some(id),
            _ => None,
        }
    }
}

/// A product has its own name, so it takes no label; a kind and a step of a platform need one.
fn meaning(word: &str, label: &str) -> Result<Row, String> {
    let labelled = !label.is_empty();
    let label = label.to_owned();
    match (word, Kind::parse(word), ProductId::parse(word)) {
        ("none", ..) if labelled => Ok(Row::NoSystem { label }),
        (_, Some(kind), _) if labelled => Ok(Row::Kind { kind, label }),
        ("none", ..) | (_, Some(_), _) => Err(format!("`{word}` needs a label")),
        (_, None, Some(_)) if labelled => Err(format!("`{word}` is a product and takes no label")),
        (_, None, Some(id)) => Ok(Row::Product(id)),
        (_, None, None) => Err(format!("`{word}` is neither a product, a kind nor `none`")),
    }
}

impl Record for Entry {
    const FILE: DataFile = DataFile::Names;

    fn read(row: &mut Cells<'_>) -> Option<Self> {
        let (space, word, says, label) = (row.text("space"), row.text("word"), row.text("meaning"), row.text("label"));
        let is_host = space == Space::Host.as_str() || space == "suffix";
        let key = if is_host { word.to_owned() } else { normalise(word) };
        let mut refuse = |column: &str, message: String| {
            row.text(column);
            row.fault(message);
            None
        };
        let meaning = match meaning(says, label) {
            Ok(meaning) => meaning,
            Err(message) => return refuse("meaning", message),
        };
        if key.is_empty() {
            return refuse("word", format!("`{word}` has neither letter nor digit"));
        }
        match (space, Space::parse(space), meaning) {
            ("kind", _, Row::Kind { kind, .. }) => Some(Self::Kind(key, kind)),
            ("kind", ..) => refuse("meaning", format!("`{says}` is not a kind")),
            ("english", ..) => Some(Self::English(key)),
            ("suffix", _, Row::NoSystem { .. }) => Some(Self::Suffix(key)),
            ("suffix", ..) => {
                refuse("meaning", format!("`{word}` means `none`: what stands before it names the system"))
            }
            (_, Some(space), meaning) => Some(Self::Word(space, key, meaning)),
            (_, None, _) => refuse("space", format!("`{space}` is not a valid name space")),
        }
    }
}

/// The words of the program with those of one's own, which count first.
pub(in crate::catalog) fn with(own: impl Iterator<Item = Entry>) -> Names {
    let mut names = Names::builtin().clone();
    for entry in own {
        match entry {
            Entry::Kind(key, kind) => drop(names.kinds.insert(key, kind)),
            Entry::English(key) => drop(names.english.insert(key)),
            Entry::Suffix(key) => drop(names.suffixes.insert(key)),
            Entry::Word(space, key, row) => {
                if let Row::Kind { label, .. } = &row {
                    names.labels.insert(normalise(label), row.clone());
                }
                names.words.entry(space).or_default().insert(key, row);
            }
        }
    }
    names
}

pub(super) fn names(text: &str) -> Result<Names, CatalogError> {
    let mut names = Names::default();
    for kind in Kind::ALL {
        names.kinds.insert(normalise(kind.as_str()), *kind);
        names.kinds.insert(normalise(kind.display_name()), *kind);
    }
    let twice = |key: &str| CatalogError::new(FILE, 0, format!("`{key}` is there twice"));
    for entry in rows::<Entry>(text)? {
        match entry {
            Entry::Kind(key, kind) => {
                let earlier = names.kinds.insert(key.clone(), kind);
                if earlier.is_some_and(|earlier| earlier != kind) {
                    return Err(twice(&key));
                }
            }
            Entry::English(key) => {
                if !names.english.insert(key.clone()) {
                    return Err(twice(&key));
                }
            }
            Entry::Suffix(key) => {
                if !names.suffixes.insert(key.clone()) {
                    return Err(twice(&key));
                }
            }
            Entry::Word(space, key, row) => {
                if let Row::Kind { label, .. } = &row {
                    let earlier = names.labels.insert(normalise(label), row.clone());
                    if earlier.is_some_and(|earlier| earlier != row) {
                        return Err(CatalogError::new(FILE, 0, format!("`{label}` has two kinds")));
                    }
                }
                let words = names.words.entry(space).or_default();
                if words.insert(key.clone(), row).is_some() {
                    return Err(twice(&key));
                }
            }
        }
    }
    Ok(names)
}

#[cfg(test)]
mod tests {
    use super::names;

    #[test]
    fn a_faulty_row_is_refused_with_what_is_wrong() {
        let fault = |row: &str| names(&format!("space,word,meaning,label\n{row}\n")).unwrap_err().to_string();
        assert_eq!(fault("n9n,slack,slack,"), "names.csv:2: `n9n` is not a valid name space");
        assert_eq!(fault("n8n,slack,Slack,"), "names.csv:2: `Slack` is neither a product, a kind nor `none`");
        assert_eq!(fault("n8n,slack,messaging,"), "names.csv:2: `messaging` needs a label");
        assert_eq!(fault("n8n,filter,none,"), "names.csv:2: `none` needs a label");
        assert_eq!(fault("n8n,slack,slack,Slack"), "names.csv:2: `slack` is a product and takes no label");
        assert_eq!(fault("n8n,--,slack,"), "names.csv:2: `--` has neither letter nor digit");
        assert_eq!(
            fault("suffix,run.app,slack,"),
            "names.csv:2: `run.app` means `none`: what stands before it names the system"
        );
        assert_eq!(fault("kind,crm,slack,"), "names.csv:2: `slack` is not a kind");
        assert_eq!(fault("n8n,slack,slack,\nn8n,Slack,slack,"), "names.csv:0: `slack` is there twice");
        assert_eq!(fault("n8n,a,cms,A\nmake,a,crm,A"), "names.csv:0: `A` has two kinds");
        assert!(names("space,word,meaning,label\nn8n,a,cms,A\nmake,a,cms,A\n").is_ok());
    }
}
