//! Projects of source in a folder that is walked: the tables in them are theirs, and no systems of the company.

use std::fs;

use sinew::import::{FORMATS, Import, ImportReport, Options};

use super::imported;
use crate::support::binary::{code, err, folder, out, sinew};

/// A page with a table that could be one of systems.
const PAGE: &[u8] =
    b"# Service\n\n| Name | Type | Description |\n|---|---|---|\n| accounts | List | what is sorted |\n";
const LIST: &[u8] = b"System,Owner,Status\nMarketo,RevOps,live\n";
const CREDENTIAL: &[u8] = b"<NamedCredential xmlns=\"http://soap.sforce.com/2006/04/metadata\"><endpoint>https://api.hubapi.com</endpoint></NamedCredential>";
const WORKFLOW: &[u8] = br#"{ "nodes": [
  { "id": "1", "name": "Rows", "type": "n8n-nodes-base.googleSheets", "typeVersion": 1, "parameters": {} },
  { "id": "2", "name": "Tell", "type": "n8n-nodes-base.slack", "typeVersion": 1, "parameters": { "text": "={{ $json.a }}" } } ],
  "connections": { "Rows": { "main": [[{ "node": "Tell", "type": "main", "index": 0 }]] } } }"#;
const SOURCES: &[u8] = b"version: 2\nsources:\n  - name: marketo\n    loader: fivetran\n    tables: [{ name: lead }]\n";
const ENTITY: &[u8] = b"apiVersion: backstage.io/v1alpha1\nkind: Component\nmetadata: { name: orders }\nspec: { type: service, owner: shop }\n";

fn walked(files: &[(&str, &[u8])]) -> ImportReport {
    let mut import = Import::new(Options::default());
    import.folder(Some("all"));
    for (name, bytes) in files {
        import.file(name, bytes, false);
    }
    import.folder(None);
    import.finish("stack.yaml").report
}

fn left(report: &ImportReport) -> Vec<&str> {
    report.left_alone.iter().map(|one| one.file.as_str()).collect()
}

/// The top of a project, a file of its format, and a table in it.
const PROJECTS: [(&str, &str, &[u8], &str); 4] = [
    ("salesforce", "p/sfdx-project.json", CREDENTIAL, "p/force-app/namedCredentials/HubSpot.namedCredential-meta.xml"),
    ("dbt", "p/dbt_project.yml", SOURCES, "p/models/sources.yml"),
    ("backstage", "p/package.json", ENTITY, "p/catalog-info.yaml"),
    ("n8n", "p/LICENSE", WORKFLOW, "p/workflows/tell.json"),
];

#[test]
fn a_table_of_a_project_is_left_alone_and_one_beside_it_is_read() {
    for (format, top, bytes, file) in PROJECTS {
        let files: [(&str, &[u8]); 6] = [
            (top, b"{}"),
            (file, bytes),
            ("p/README.md", PAGE),
            ("p/data/systems.csv", LIST),
            ("systems.csv", LIST),
            ("p2/systems.csv", LIST),
        ];
        let report = walked(&files);
        assert_eq!(left(&report), ["p/README.md", "p/data/systems.csv"], "{format}");
        let why = format!("it lies in a project ({format})");
        assert!(report.left_alone.iter().all(|one| one.why == why), "{:?}", report.left_alone);
        assert_eq!(report.left_alone[1].command, "sinew import table all/p/data/systems.csv");
        let read: Vec<&str> = report.inputs.iter().map(|input| input.file.as_str()).collect();
        let mut expected = vec![file, "p2/systems.csv", "systems.csv"];
        expected.sort_unstable();
        assert_eq!(read, expected, "{format}");
        // Every file is an input, left alone, or of no known format.
        assert_eq!(report.inputs.len() + report.left_alone.len() + report.files_not_read, files.len(), "{format}");
        let text = report.text();
        assert!(text.contains("left alone: 2 tables, as they lie in a project"), "{text}");
        let mut other = files;
        other.reverse();
        assert_eq!(serde_json::to_string(&walked(&other)).unwrap(), serde_json::to_string(&report).unwrap());
    }
}

#[test]
fn a_table_that_is_asked_for_is_read() {
    let top: (&str, &[u8]) = ("p/sfdx-project.json", b"{}");
    let table = FORMATS.iter().find(|format| format.id == "table").unwrap();
    let mut import = Import::new(Options { from: Some(table), ..Options::default() });
    import.folder(Some("all"));
    for (name, bytes) in [top, ("p/flows/HubSpot.namedCredential-meta.xml", CREDENTIAL), ("p/systems.csv", LIST)] {
        import.file(name, bytes, false);
    }
    let report = import.finish("stack.yaml").report;
    assert_eq!(report.inputs.iter().map(|input| input.file.as_str()).collect::<Vec<_>>(), ["p/systems.csv"]);
    let report = imported(&[top, ("p/systems.csv", LIST)], Options::default()).report;
    assert_eq!((report.inputs.len(), report.left_alone.len()), (1, 0), "whoever names a file means it");
}

#[test]
fn a_folder_of_files_that_people_gathered_is_no_project() {
    let files: [(&str, &[u8]); 4] =
        [("catalog-info.yaml", ENTITY), ("list.csv", LIST), ("tell.json", WORKFLOW), ("notes.md", LIST)];
    let report = walked(&files);
    assert_eq!((report.inputs.len(), report.left_alone.len()), (4, 0), "{}", report.text());
}

/// The command that is offered does what it says.
#[test]
fn the_command_reads_the_table() {
    let folder = folder("projects");
    let project = folder.join("org");
    fs::create_dir_all(project.join("namedCredentials")).unwrap();
    fs::create_dir_all(project.join("more data")).unwrap();
    fs::write(project.join("sfdx-project.json"), "{}").unwrap();
    fs::write(project.join("namedCredentials/HubSpot.namedCredential-meta.xml"), CREDENTIAL).unwrap();
    fs::write(project.join("more data/systems.csv"), LIST).unwrap();
    let run = |arguments: &[&str]| sinew(arguments).current_dir(&folder).output().unwrap();
    let output = run(&["import", "org", "-o", "stack.yaml"]);
    let said = err(&output);
    assert!(code(&output) == 0 && said.contains("`sinew import table 'org/more data/systems.csv'` reads it"), "{said}");
    assert!(out(&run(&["import", "table", "org/more data/systems.csv"])).contains("marketo"));
}
