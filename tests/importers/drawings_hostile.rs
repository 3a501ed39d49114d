//! Damaged and hostile drawings: never a panic, never without end, bounds stated, and nothing planted comes out.

use std::io::Write;

use rand_xoshiro::SplitMix64;
use rand_xoshiro::rand_core::{Rng, SeedableRng};
use sinew::import::{FORMATS, Imported, Options};
use sinew::model::read;
use sinew::source::Source;

use super::{imported, samples};
use crate::support::counted::grows_in_step;

const DRAWINGS: [&str; 8] = ["archimate", "drawio", "vsdx", "lucid", "mermaid", "structurizr", "likec4", "calm"];

fn one(name: &str, bytes: &[u8]) -> Imported {
    imported(&[(name, bytes)], Options::default())
}

fn codes(imported: &Imported) -> Vec<&'static str> {
    imported.report.diagnostics.iter().map(|problem| problem.code).collect()
}

/// A number below `below`.
pub(super) fn below(random: &mut SplitMix64, below: usize) -> usize {
    usize::try_from(random.next_u64() % below.max(1) as u64).unwrap()
}

/// Changes bytes, and takes out and doubles lines: what people and tools do to files.
pub(super) fn mutated(bytes: &[u8], random: &mut SplitMix64) -> Vec<u8> {
    const SIGNS: &[u8] = b"<>\"'&;=-|{}[]():.,#%/ \n\\\xff\x00ae1";
    let mut bytes = bytes.to_vec();
    // One change more often than many, so that what is changed can mostly be read.
    let changes = if below(random, 2) == 0 { 1 } else { 1 + below(random, 8) };
    for _ in 0..changes {
        if bytes.is_empty() {
            break;
        }
        let at = below(random, bytes.len());
        let to = (at + below(random, 60)).min(bytes.len());
        match below(random, 6) {
            0 => bytes[at] = SIGNS[below(random, SIGNS.len())],
            1 => drop(bytes.drain(at..to)),
            2 => {
                let part = bytes[at..to].to_vec();
                bytes.splice(at..at, part);
            }
            3 => bytes.insert(at, SIGNS[below(random, SIGNS.len())]),
            4 => {
                let part = bytes[at..to].to_vec();
                let other = below(random, bytes.len());
                bytes.splice(other..other, part);
            }
            _ => bytes.truncate(at + 1),
        }
    }
    bytes
}

/// `SINEW_MUTATIONS=20000 cargo test --test all drawings_hostile` tries as many of each format.
#[test]
fn no_mutation_of_a_drawing_breaks_an_import() {
    let count = std::env::var("SINEW_MUTATIONS").ok().and_then(|count| count.parse().ok()).unwrap_or(60);
    for format in DRAWINGS {
        let small = |path: &std::path::PathBuf| std::fs::metadata(path).unwrap().len() < 20_000;
        let mut files: Vec<Vec<u8>> =
            samples(format).into_iter().filter(small).map(|path| std::fs::read(path).unwrap()).collect();
        if format == "vsdx" {
            // Archives break at once: what is in them is changed instead.
            files = files.iter().map(|bytes| page_of(bytes)).collect();
        }
        assert!(!files.is_empty(), "{format}");
        let (mut random, mut were_read) = (SplitMix64::seed_from_u64(7), 0_usize);
        for _ in 0..count {
            let file = below(&mut random, files.len());
            let mut bytes = mutated(&files[file], &mut random);
            if format == "vsdx" {
                bytes = archive(&[("visio/pages/page1.xml", &bytes)]);
            }
            let imported = one("mutated", &bytes);
            let reading = read(&Source::new("stack.yaml", imported.stack.clone()));
            assert!(reading.stack.is_some(), "{format}: {:?}\n{}", reading.problems, imported.stack);
            for input in &imported.report.inputs {
                let leaves = FORMATS.iter().find(|format| format.id == input.format).unwrap().leaves;
                assert_eq!(input.units[leaves], input.taken + input.merged + input.dropped, "{format}");
                were_read += 1;
            }
        }
        assert!(were_read * 50 > count, "{format}: {were_read} of {count} were read at all");
    }
}

fn page_of(archive: &[u8]) -> Vec<u8> {
    let mut zip = zip::ZipArchive::new(std::io::Cursor::new(archive)).unwrap();
    let mut bytes = Vec::new();
    std::io::copy(&mut zip.by_name("visio/pages/page1.xml").unwrap(), &mut bytes).unwrap();
    bytes
}

fn archive(files: &[(&str, &[u8])]) -> Vec<u8> {
    let mut archive = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    for (name, bytes) in files {
        archive.start_file(*name, zip::write::SimpleFileOptions::default()).unwrap();
        archive.write_all(bytes).unwrap();
    }
    archive.finish().unwrap().into_inner()
}

#[test]
fn work_grows_with_the_drawing_and_not_with_its_square() {
    grows_in_step("arrows", 250, |arrows| {
        let mut text = "flowchart LR\n".to_owned();
        for at in 0..arrows {
            text.push_str(&format!("a{at}[Tool {at}] -->|objects {at}, weekly| b{}[Store {}]\n", at % 50, at % 50));
        }
        assert_eq!(one("a", text.as_bytes()).report.inputs[0].units["arrows"], arrows);
    });
}

#[test]
fn decisions_that_all_lead_to_each_other_end() {
    let mut text = "flowchart LR\n".to_owned();
    for from in 0..60 {
        for to in 0..60 {
            text.push_str(&format!("d{from}{{x}} --> d{to}{{x}}\n"));
        }
        text.push_str(&format!("a{from} --> d{from}\nd{from} --> z{from}\n"));
    }
    let imported = one("a", text.as_bytes());
    assert!(codes(&imported).contains(&"too-many-paths"), "{:?}", imported.report.diagnostics);
}

#[test]
fn hostile_names_are_escaped_and_cut() {
    let name = format!("x\u{202e}\u{7}: - {{}} # \" ' \\\\ {}", "y".repeat(20_000));
    let row = |id: &str, text: &str| format!("{id},Rectangle,Standard,1,,,,,,,,\"{}\",\n", text.replace('"', "\"\""));
    let header = "Id,Name,Shape Library,Page ID,Contained By,Group,Line Source,Line Destination,Source Arrow,Destination Arrow,Status,Text Area 1,Comments\n";
    let text = format!(
        "{header}{}{}4,Line,,1,,,2,3,None,Arrow,,\"data: [\u{1b}[2J\",\n",
        row("2", &name),
        row("3", "- a: {b")
    );
    let imported = one("a", text.as_bytes());
    let reading = read(&Source::new("stack.yaml", imported.stack.clone()));
    assert!(reading.stack.is_some(), "{:?}", reading.problems);
    assert!(!imported.stack.contains(['\u{202e}', '\u{7}', '\u{1b}']));
    assert!(imported.stack.len() < 60_000, "{}", imported.stack.len());
}

/// What is planted: each kind of thing that may not come out.
const PLANTED: &str =
    "SECRET@example.com https://app.example.com/SECRET/x?key=SECRET xoxb-SECRET-123456789012 sk-live-SECRET123456";

#[test]
fn nothing_planted_in_a_drawing_comes_out() {
    let drawio = format!(
        "<mxfile><diagram name=\"P {PLANTED}\"><mxGraphModel><root><mxCell id=\"0\"/><mxCell id=\"1\" parent=\"0\"/>
        <object id=\"sk-SECRET1234567890\" label=\"HubSpot {PLANTED}\" owner=\"Ops {PLANTED}\" description=\"{PLANTED}\" link=\"https://x.example/SECRET?token=SECRET\" tooltip=\"SECRET\" apikey=\"SECRET\">
          <mxCell vertex=\"1\" parent=\"1\" style=\"shape=image;image=https://x.example/SECRET.svg?k=SECRET;\"><mxGeometry width=\"10\" height=\"10\" as=\"geometry\"/></mxCell></object>
        <mxCell id=\"b\" value=\"Acme {PLANTED}\" vertex=\"1\" parent=\"1\"/><mxCell id=\"p\" value=\"Susan Secret\" style=\"shape=umlActor;\" vertex=\"1\" parent=\"1\"/>
        <mxCell id=\"e\" value=\"leads {PLANTED}\" edge=\"1\" parent=\"1\" source=\"sk-SECRET1234567890\" target=\"b\"/>
        <mxCell id=\"f\" value=\"list {PLANTED}\" edge=\"1\" parent=\"1\" source=\"b\" target=\"p\"/><mxCell id=\"g\" value=\"types in\" edge=\"1\" parent=\"1\" source=\"p\" target=\"sk-SECRET1234567890\"/>
        <mxCell id=\"h\" value=\"loose {PLANTED}\" edge=\"1\" parent=\"1\" source=\"b\"/></root></mxGraphModel></diagram></mxfile>"
    );
    let visio = format!(
        "<PageContents><Shapes><Shape ID=\"1\"><Section N=\"Geometry\"/><Text>HubSpot {PLANTED}</Text></Shape><Shape ID=\"2\"><Section N=\"Geometry\"/><Text>Acme {PLANTED}</Text></Shape>
        <Shape ID=\"3\"><Cell N=\"BeginX\" V=\"1\"/><Text>leads {PLANTED}</Text></Shape></Shapes>
        <Connects><Connect FromSheet=\"3\" FromCell=\"BeginX\" ToSheet=\"1\"/><Connect FromSheet=\"3\" FromCell=\"EndX\" ToSheet=\"2\"/></Connects></PageContents>"
    );
    let visio =
        archive(&[("visio/pages/page1.xml", visio.as_bytes()), ("visio/pages/sk-SECRET1234567890.xml", b"<a>")]);
    let lucid = format!(
        "Id,Name,Shape Library,Page ID,Contained By,Group,Line Source,Line Destination,Source Arrow,Destination Arrow,Status,Text Area 1,Comments\n1,Page,,,,,,,,,,P {PLANTED},\n2,Block,S,1,,,,,,,,HubSpot {PLANTED},{PLANTED}\n3,Block,S,1,,,,,,,,Acme {PLANTED},\n4,Line,,1,,,2,3,None,Arrow,,leads {PLANTED},\n5,Line,,1,,,2,,None,Arrow,,loose {PLANTED},\n"
    );
    let mermaid = format!(
        "# {PLANTED}\n```mermaid\nflowchart LR\n a[\"HubSpot {PLANTED}\"] -->|\"leads {PLANTED}\"| b[\"Acme {PLANTED}\"]\n click a \"https://x.example/SECRET\"\n subgraph \"S {PLANTED}\"\n c\n end\n c --> a\n```\n```mermaid\nsequenceDiagram\n participant A as HubSpot {PLANTED}\n A->>Acme: leads {PLANTED}\n```\n"
    );
    let structurizr = format!(
        "workspace \"{PLANTED}\" {{\n !const KEY \"{PLANTED}\"\n !include sk-SECRET1234567890.dsl\n model {{\n a = softwareSystem \"HubSpot {PLANTED}\" \"{PLANTED}\" {{\n properties {{\n \"owner\" \"Ops {PLANTED}\"\n \"token\" \"SECRET\"\n }}\n url https://x.example/SECRET\n }}\n b = softwareSystem \"Acme ${{KEY}}\"\n a -> b \"Sends leads {PLANTED}\" \"HTTPS {PLANTED}\"\n a -> sk-SECRET1234567890 \"x\"\n }}\n}}\n"
    );
    let json = format!(
        "{{ \"model\": {{ \"people\": [], \"softwareSystems\": [ {{ \"id\": \"1\", \"name\": \"HubSpot {PLANTED}\", \"description\": \"{PLANTED}\", \"properties\": {{ \"token\": \"SECRET\" }}, \"relationships\": [ {{ \"id\": \"3\", \"sourceId\": \"1\", \"destinationId\": \"2\", \"description\": \"Sends leads {PLANTED}\", \"url\": \"https://x.example/SECRET\" }} ] }}, {{ \"id\": \"2\", \"name\": \"Acme {PLANTED}\" }} ] }}, \"configuration\": {{ \"users\": [ {{ \"username\": \"SECRET@example.com\" }} ] }} }}"
    );
    let likec4 = format!(
        "specification {{ element system }}\nmodel {{\n a = system 'HubSpot {PLANTED}' {{\n link https://x.example/SECRET\n metadata {{ owner 'Ops {PLANTED}' token 'SECRET' }}\n description '{PLANTED}' }}\n b = system 'Acme {PLANTED}'\n a -> b 'sends leads {PLANTED}'\n a -> sk-SECRET1234567890 'x'\n}}\n"
    );
    let calm = format!(
        "{{ \"nodes\": [ {{ \"unique-id\": \"sk-SECRET1234567890\", \"node-type\": \"system\", \"name\": \"HubSpot {PLANTED}\", \"description\": \"{PLANTED}\" }}, {{ \"unique-id\": \"b\", \"node-type\": \"system\", \"name\": \"Acme {PLANTED}\", \"metadata\": {{ \"token\": \"SECRET\" }} }} ], \"relationships\": [ {{ \"unique-id\": \"r {PLANTED}\", \"description\": \"Sends leads {PLANTED}\", \"relationship-type\": {{ \"connects\": {{ \"source\": {{ \"node\": \"sk-SECRET1234567890\" }}, \"destination\": {{ \"node\": \"b\" }} }} }} }}, {{ \"unique-id\": \"x\", \"relationship-type\": {{ \"connects\": {{ \"source\": {{ \"node\": \"eyJSECRET12345678901234\" }}, \"destination\": {{ \"node\": \"b\" }} }} }} }} ], \"flows\": [ {{ \"unique-id\": \"f\", \"name\": \"{PLANTED}\" }} ] }}"
    );
    let archimate = format!(
        "<archimate:model name=\"{PLANTED}\"><folder><element xsi:type=\"archimate:ApplicationComponent\" id=\"sk-SECRET1234567890\" name=\"HubSpot {PLANTED}\"><documentation>{PLANTED}</documentation><property key=\"owner\" value=\"Susan Secret\"/><property key=\"token\" value=\"SECRET\"/></element>
        <element xsi:type=\"archimate:ApplicationComponent\" id=\"b\" name=\"Acme {PLANTED}\"/><element xsi:type=\"archimate:BusinessActor\" id=\"c\" name=\"Susan Secret\"/>
        <element xsi:type=\"archimate:FlowRelationship\" id=\"d\" name=\"leads {PLANTED}\" source=\"sk-SECRET1234567890\" target=\"b\"/><element xsi:type=\"archimate:AssignmentRelationship\" id=\"xoxb-SECRET-123456789012\" source=\"c\" target=\"b\"/>
        <element xsi:type=\"archimate:InfluenceRelationship\" id=\"sk-live-SECRET123456\" source=\"c\" target=\"eyJSECRET12345678901234\"/></folder></archimate:model>"
    );
    let files: [(&str, &[u8]); 9] = [
        ("archimate", archimate.as_bytes()),
        ("drawio", drawio.as_bytes()),
        ("vsdx", &visio),
        ("lucid", lucid.as_bytes()),
        ("mermaid", mermaid.as_bytes()),
        ("structurizr", structurizr.as_bytes()),
        ("structurizr", json.as_bytes()),
        ("likec4", likec4.as_bytes()),
        ("calm", calm.as_bytes()),
    ];
    for (format, bytes) in files {
        let imported = one("a", bytes);
        assert_eq!(imported.report.inputs.first().map(|input| input.format), Some(format), "{:?}", imported.report);
        let report = serde_json::to_string(&imported.report).unwrap();
        let shown = format!("{}\n{}\n{report}", imported.stack, imported.report.text());
        assert!(imported.stack.contains("flows:") && imported.stack.contains("leads"), "{format}: {shown}");
        for line in shown.lines() {
            assert!(!line.to_lowercase().contains("secret"), "{format}: {line}");
        }
        let left: usize = imported.report.left_out.iter().map(|field| field.count).sum();
        assert!(left >= 6, "{format}: {:?}", imported.report.left_out);
    }
}

#[test]
fn elements_that_are_not_there_are_named_at_the_line_of_a_relation_and_counted() {
    let relations: String = (0..23)
        .map(|at| {
            format!(
                "<element xsi:type=\"archimate:FlowRelationship\" id=\"r{at}\" source=\"a\" target=\"gone{at}\"/>\n"
            )
        })
        .collect();
    let text = format!(
        "<archimate:model>\n<element xsi:type=\"archimate:ApplicationComponent\" id=\"a\" name=\"HubSpot\"/>\n{relations}</archimate:model>"
    );
    let imported = one("a", text.as_bytes());
    let told: Vec<String> = imported.report.diagnostics.iter().map(|problem| problem.text()).collect();
    assert_eq!(told.len(), 21, "{told:?}");
    assert!(
        told.iter().any(|text| text.contains("a:3: a relation names `gone0`, and there is no such element")),
        "{told:?}"
    );
    assert!(told.iter().any(|text| text.contains("relations name 3 more elements that are not there")), "{told:?}");
}

#[test]
fn a_zipped_model_is_read_and_relations_to_nowhere_are_dropped() {
    let model = std::fs::read(&samples("archimate")[2]).unwrap();
    let zipped = archive(&[("images/a.png", b"x"), ("model.xml", &model)]);
    let imported = one("shop.archimate", &zipped);
    assert_eq!(imported.report.inputs[0].format, "archimate");
    assert!(imported.stack.contains("depends_on: [postgresql]"), "{}", imported.stack);
    assert!(imported.stack.contains("owner: e-commerce-team\n"), "{}", imported.stack);
    let within = archive(&[("models/shop.archimate", &zipped)]);
    assert_eq!(one("all.zip", &within).report.inputs[0].format, "archimate");
    let relations =
        "<element xsi:type=\"archimate:AssociationRelationship\" id=\"r\" source=\"x\" target=\"y\"/>".repeat(50_000);
    let text = format!("<archimate:model>{relations}</archimate:model>");
    assert_eq!(one("a", text.as_bytes()).report.inputs[0].dropped, 50_000);
}
