//! Damaged and hostile lineage: never a panic, never without end, bounds stated, and nothing planted comes out.

use std::time::{Duration, Instant};

use rand_xoshiro::SplitMix64;
use rand_xoshiro::rand_core::SeedableRng;
use sinew::import::{FORMATS, Imported, Options};
use sinew::model::read;
use sinew::source::Source;

use super::drawings_hostile::{below, mutated};
use super::{imported, samples};

fn one(name: &str, text: &str) -> Imported {
    imported(&[(name, text.as_bytes())], Options::default())
}

fn codes(imported: &Imported) -> Vec<&'static str> {
    imported.report.diagnostics.iter().map(|problem| problem.code).collect()
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

#[test]
fn what_grows_or_is_nested_without_end_is_refused() {
    let start = Instant::now();
    let head = "apiVersion: backstage.io/v1alpha1\nkind: Component\nmetadata: { name: a }\n";
    let mut laughs = format!("{head}a0: &a0 [x, x, x, x, x, x, x, x, x]\n");
    for at in 1..30 {
        laughs.push_str(&format!("a{at}: &a{at} [{}]\n", vec![format!("*a{}", at - 1); 9].join(", ")));
    }
    assert_eq!(codes(&one("a.yaml", &laughs)), ["not-yaml"]);
    assert_eq!(codes(&one("a.yaml", &format!("{head}spec: {}", "[".repeat(100_000)))), ["not-yaml"]);
    let deep = format!(
        "{{\"metadata\": {{\"dbt_schema_version\": \"x/manifest/v12.json\"}}, \"macros\": {}1",
        "[".repeat(100_000)
    );
    assert_eq!(codes(&one("m.json", &deep)), ["too-deep"]);
    let event = format!("{{\"job\":{{\"name\":\"a\",\"namespace\":\"b\"}},\"inputs\":{}", "[".repeat(100_000));
    assert_eq!(codes(&one("e.json", &event)), ["too-deep"]);
    let large = format!("{head}# {}\n", "x".repeat(17 << 20));
    assert_eq!(codes(&one("a.yaml", &large)), ["too-large"]);
    // A second for each on a machine that does nothing else.
    assert!(start.elapsed() < Duration::from_secs(30), "{:?}", start.elapsed());
}

/// Seconds that a catalog of `count` components takes, each of which consumes the API of the one before and depends on it.
fn seconds(count: usize) -> f64 {
    let mut text = String::new();
    for at in 0..count {
        text.push_str(&format!(
            "---\napiVersion: backstage.io/v1alpha1\nkind: Component\nmetadata: {{ name: c{at} }}\nspec: {{ type: service, owner: t{}, providesApis: [a{at}], consumesApis: [a{}], dependsOn: ['component:c{}'] }}\n",
            at % 20,
            (at + count - 1) % count,
            (at + count - 1) % count,
        ));
    }
    let start = Instant::now();
    let imported = one("a.yaml", &text);
    assert_eq!(imported.report.inputs[0].taken, count, "{:?}", imported.report.diagnostics);
    start.elapsed().as_secs_f64()
}

#[test]
fn time_grows_with_the_catalog_and_not_with_its_square() {
    let small = seconds(400).max(0.01);
    let large = seconds(3_200);
    assert!(large < small * 8.0 * 4.0, "{small} and {large} seconds");
}
