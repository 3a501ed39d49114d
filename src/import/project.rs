//! Projects within a folder that is walked: trees of source, in which tables are data of a program or pages about it.
//!
//! Nobody keeps the list of the company's systems among the classes of an org. What looks like a table there is told, with
//! the command that reads it, and is not taken for systems.

use std::collections::{BTreeMap, BTreeSet};

/// Files that stand at the top of a project and nowhere else.
const TOPS: [&str; 19] = [
    "sfdx-project.json",
    "package.xml",
    "dbt_project.yml",
    "dbt_project.yaml",
    "app-config.yaml",
    "package.json",
    "pyproject.toml",
    "setup.py",
    "cargo.toml",
    "go.mod",
    "pom.xml",
    "build.gradle",
    "composer.json",
    "gemfile",
    "mkdocs.yml",
    "makefile",
    "dockerfile",
    "docker-compose.yml",
    "docker-compose.yaml",
];

/// Pages at the top of a project, whatever their ending. A page of the first kind says what lies beside it.
const READ_ME: [&str; 2] = ["readme", "changelog"];
const PAGES: [&str; 4] = ["license", "contributing", "code_of_conduct", "security"];

/// Folders of a Salesforce project that hold components of one kind.
const OF_ORG: [&str; 30] = [
    "applications",
    "aura",
    "bots",
    "classes",
    "connectedapps",
    "custommetadata",
    "externalcredentials",
    "externalservices",
    "flexipages",
    "flows",
    "genaiplannerbundles",
    "genaiplanners",
    "installedpackages",
    "labels",
    "layouts",
    "lwc",
    "namedcredentials",
    "objects",
    "pages",
    "permissionsets",
    "platformeventchannels",
    "profiles",
    "quickactions",
    "remotesitesettings",
    "reports",
    "settings",
    "staticresources",
    "tabs",
    "triggers",
    "workflows",
];

/// What is known of the folders of all inputs.
#[derive(Debug, Default)]
pub(super) struct Projects {
    /// Tops of projects, by what was named on the command line and the folder within it.
    tops: BTreeSet<(String, String)>,
    /// Formats of the files that were read, by the folder they lie in.
    formats: BTreeMap<(String, String), BTreeSet<&'static str>>,
}

impl Projects {
    /// Takes note of a file, whatever it is.
    pub(super) fn look(&mut self, within: &str, name: &str) {
        let (folder, file) = parts(name);
        let stem = file.split('.').next().unwrap_or(&file);
        if TOPS.contains(&file.as_str()) || PAGES.contains(&stem) {
            self.tops.insert((within.to_owned(), folder));
        }
    }

    /// Takes note of a file that says of itself what it is.
    pub(super) fn read(&mut self, within: &str, name: &str, format: &'static str) {
        let (folder, _) = parts(name);
        if format == "salesforce" {
            let is_of_org = |part: &str| OF_ORG.contains(&part.to_lowercase().as_str());
            let mut above: Vec<&str> = folder.split('/').collect();
            if let Some(at) = above.iter().position(|part| is_of_org(part)) {
                above.truncate(at);
                self.tops.insert((within.to_owned(), above.join("/")));
            }
        }
        self.formats.entry((within.to_owned(), folder)).or_default().insert(format);
    }

    /// The formats of the project in which a table lies, if it lies in one.
    pub(super) fn of(&self, within: &str, name: &str) -> Option<BTreeSet<&'static str>> {
        let (folder, file) = parts(name);
        let stem = file.split('.').next().unwrap_or(&file);
        let tops = self.tops.iter().filter(|(of, top)| of == within && is_below(&folder, top)).map(|(_, top)| top);
        let beside = READ_ME.contains(&stem).then_some(&folder);
        tops.chain(beside).map(|top| self.below(within, top)).find(|formats| !formats.is_empty())
    }

    /// The formats of all files at or below a folder.
    fn below(&self, within: &str, top: &str) -> BTreeSet<&'static str> {
        let all = self.formats.iter().filter(|((of, folder), _)| of == within && is_below(folder, top));
        all.flat_map(|(_, formats)| formats.iter().copied()).collect()
    }
}

/// The folder of a file, and its name in small letters. An archive is a folder.
fn parts(name: &str) -> (String, String) {
    let path = name.replace(':', "/");
    let (folder, file) = path.rsplit_once('/').unwrap_or(("", &path));
    (folder.to_owned(), file.to_lowercase())
}

fn is_below(folder: &str, top: &str) -> bool {
    top.is_empty() || folder.strip_prefix(top).is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn formats(files: &[(&str, &'static str)], table: &str) -> Vec<&'static str> {
        let mut projects = Projects::default();
        for (name, format) in files {
            projects.look("in", name);
            if !format.is_empty() {
                projects.read("in", name, format);
            }
        }
        projects.look("in", table);
        projects.of("in", table).into_iter().flatten().collect()
    }

    #[test]
    fn a_table_below_the_top_of_a_project_is_its_own() {
        let org = [("org/sfdx-project.json", ""), ("org/force-app/main/default/flows/A.flow-meta.xml", "salesforce")];
        assert_eq!(formats(&org, "org/data/contacts.csv"), ["salesforce"]);
        assert_eq!(formats(&org, "org/README.md"), ["salesforce"]);
        assert_eq!(formats(&org, "systems.csv"), [""; 0]);
        assert_eq!(formats(&org, "organisation/systems.csv"), [""; 0]);
        let without = [("force-app/main/default/flows/A.flow-meta.xml", "salesforce")];
        assert_eq!(formats(&without, "force-app/main/default/staticresources/a.csv"), ["salesforce"]);
        assert_eq!(formats(&without, "systems.csv"), [""; 0]);
        let dbt = [("w/dbt_project.yml", ""), ("w/models/sources.yml", "dbt")];
        assert_eq!(formats(&dbt, "w/seeds/targets.csv"), ["dbt"]);
        let zip = [("x.zip:LICENSE", ""), ("x.zip:flows/a.json", "n8n")];
        assert_eq!(formats(&zip, "x.zip:docs/list.md"), ["n8n"]);
    }

    #[test]
    fn tables_beside_files_that_make_no_project_are_inputs() {
        let flat = [("lead.json", "n8n"), ("catalog-info.yaml", "backstage"), ("map.drawio", "drawio")];
        assert_eq!(formats(&flat, "systems.csv"), [""; 0]);
        assert_eq!(formats(&flat, "README.md"), ["backstage", "drawio", "n8n"]);
        assert_eq!(formats(&[("LICENSE", ""), ("flows.csv", "")], "systems.csv"), [""; 0]);
    }
}
