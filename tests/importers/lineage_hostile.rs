//! Damaged and hostile lineage: never a panic, never without end, bounds stated, and nothing planted comes out.

use rand_xoshiro::SplitMix64;
use rand_xoshiro::rand_core::SeedableRng;
use sinew::import::{FORMATS, Imported, Options};
use sinew::model::read;
use sinew::source::Source;

use super::drawings_hostile::{below, mutated};
use super::{imported, samples};
use crate::support::counted::grows_in_step;

fn one(name: &str, text: &str) -> Imported {
    imported(&[(name, text.as_bytes())], Options::default())
}

/// `SINEW_MUTATIONS=20000 cargo test --test all lineage_hostile` tries as many of each format.
#[test]
fn no_mutation_of_lineage_breaks_an_import() {
    let count = std::env::var("SINEW_MUTATIONS").ok().and_then(|count| count.parse().ok()).unwrap_or(60);
    for (format, ..) in super::lineage::FORMATS {
        let small = |path: &std::path::PathBuf| std::fs::metadata(path).unwrap().len() < 20_000;
        let files: Vec<Vec<u8>> =
            samples(format).into_iter().filter(small).map(|path| std::fs::read(path).unwrap()).collect();
        assert!(files.len() >= 3, "{format}");
        let (mut random, mut were_read) = (SplitMix64::seed_from_u64(11), 0_usize);
        for _ in 0..count {
            let file = below(&mut random, files.len());
            let bytes = mutated(&files[file], &mut random);
            let imported = imported(&[("mutated", &bytes)], Options::default());
            let reading = read(&Source::new("stack.yaml", imported.stack.clone()));
            assert!(reading.stack.is_some(), "{format}: {:?}\n{}", reading.problems, imported.stack);
            for input in &imported.report.inputs {
                let leaves = FORMATS.iter().find(|format| format.id == input.format).unwrap().leaves;
                assert_eq!(input.units[leaves], input.taken + input.merged + input.dropped, "{format}");
                were_read += 1;
            }
        }
        assert!(were_read * 10 > count, "{format}: {were_read} of {count} were read at all");
    }
}

/// Imports `made` of `small` things and of eight times as many, which have as many leaves.
fn grows_slowly(what: &str, made: impl Fn(usize) -> Vec<(String, String)>, small: usize) {
    grows_in_step(what, small, |leaves| {
        let files = made(leaves);
        let files: Vec<(&str, &[u8])> = files.iter().map(|(name, text)| (name.as_str(), text.as_bytes())).collect();
        let imported = imported(&files, Options::default());
        let read: usize = imported.report.inputs.iter().map(|input| input.taken + input.merged + input.dropped).sum();
        assert_eq!(read, leaves, "{:?}", imported.report.diagnostics);
    });
}

/// Each component consumes the API of the one before and depends on it.
fn components(count: usize) -> Vec<(String, String)> {
    let text = (0..count).map(|at| {
        let before = (at + count - 1) % count;
        format!(
            "---\napiVersion: backstage.io/v1alpha1\nkind: Component\nmetadata: {{ name: c{at} }}\nspec: {{ type: service, owner: t{}, providesApis: [a{at}], consumesApis: [a{before}], dependsOn: ['component:c{before}'] }}\n",
            at % 20
        )
    });
    vec![("a.yaml".to_owned(), text.collect())]
}

fn event(job: usize, bucket: usize) -> String {
    format!(
        r#"{{"eventType":"COMPLETE","eventTime":"2026-11-16T02:00:00Z","job":{{"namespace":"n","name":"j{job}"}},"inputs":[{{"namespace":"postgres://db{bucket}.example.com","name":"s.t{job}"}}],"outputs":[{{"namespace":"snowflake://acme","name":"a.b.t{job}"}}]}}"#
    )
}

#[test]
fn work_grows_with_lineage_and_not_with_its_square() {
    grows_slowly("components", components, 200);
    let lines = |jobs: fn(usize) -> usize| {
        move |count: usize| {
            let text: Vec<String> = (0..count).map(|at| event(jobs(at), at % 500)).collect();
            vec![("a.jsonl".to_owned(), text.join("\n"))]
        }
    };
    grows_slowly("jobs", lines(|at| at), 200);
    grows_slowly("events of one job", lines(|_| 0), 500);
    let files = |count: usize| (0..count).map(|at| (format!("{at}.json"), event(at / 2, at % 500))).collect();
    grows_slowly("files", files, 200);
    let tables = |count: usize| {
        let tables: Vec<String> = (0..count)
            .map(|at| {
                format!(
                    r#""source.x.s{}.t{at}":{{"source_name":"s{}","name":"t{at}","loader":"fivetran"}}"#,
                    at / 4,
                    at / 4
                )
            })
            .collect();
        let head =
            r#"{"metadata":{"dbt_schema_version":"https://schemas.getdbt.com/dbt/manifest/v12.json"},"sources":{"#;
        vec![("m.json".to_owned(), format!("{head}{}}}}}", tables.join(",")))]
    };
    grows_slowly("tables", tables, 200);
}

#[test]
fn hostile_names_of_lineage_are_escaped_and_cut() {
    let hostile = "a: [b] #c \u{202e}\u{1b}[31m'\"\\ {x} - & * ! | > %";
    let long = "long ".repeat(4_000);
    // A tool that is called as the warehouse is the warehouse.
    let same = r#"{"metadata":{"dbt_schema_version":"x/manifest/v12.json","adapter_type":"Acme"},"nodes":{"seed.x.a":{"name":"a"}},"sources":{"a":{"source_name":"acme","name":"t","loader":"sheet"}},"exposures":{"b":{"name":"Acme","type":"application"}}}"#;
    let same = one("same.json", same);
    assert_eq!((same.report.inputs[0].taken, same.report.inputs[0].dropped), (1, 2), "{:?}", same.report);
    read(&Source::new("stack.yaml", same.stack)).stack.expect("a stack");
    for name in [hostile, long.as_str()] {
        let quoted = serde_json::to_string(name).unwrap();
        let entity = |kind: &str, spec: &str| {
            format!(
                r#"{{"apiVersion":"backstage.io/v1alpha1","kind":"{kind}","metadata":{{"name":{quoted},"title":{quoted},"description":{quoted}}},"spec":{spec}}}"#
            )
        };
        let catalog = format!(
            "[{},{}]",
            entity(
                "Component",
                &format!(
                    r#"{{"type":"service","owner":{quoted},"dependsOn":["resource:x-db"],"consumesApis":["other"]}}"#
                )
            ),
            entity("Group", r#"{"members":["a"]}"#)
        );
        let event = format!(
            r#"{{"eventType":"COMPLETE","job":{{"namespace":{quoted},"name":{quoted}}},"inputs":[{{"namespace":{quoted},"name":{quoted}}}],"outputs":[{{"namespace":"snowflake://x","name":{quoted}}}]}}"#
        );
        let manifest = format!(
            r#"{{"metadata":{{"dbt_schema_version":"x/manifest/v12.json","adapter_type":"snowflake"}},"sources":{{"a":{{"source_name":{quoted},"name":{quoted},"loader":{quoted}}}}},"exposures":{{"b":{{"name":{quoted},"label":{quoted},"type":"application","owner":{{"name":{quoted}}}}}}}}}"#
        );
        for (format, text) in [("backstage", catalog), ("openlineage", event), ("dbt", manifest)] {
            let imported = one("x.json", &text);
            assert_eq!(imported.report.inputs[0].format, format);
            let reading = read(&Source::new("stack.yaml", imported.stack.clone()));
            let stack = reading.stack.unwrap_or_else(|| panic!("{:?}\n{}", reading.problems, imported.stack));
            assert!(stack.all_systems().len() >= 2, "{format}\n{}", imported.stack);
            for sign in ['\u{202e}', '\u{1b}'] {
                assert!(!imported.stack.contains(sign), "{format}");
            }
            assert!(imported.stack.len() < 400_000, "{format}: {}", imported.stack.len());
        }
    }
}
