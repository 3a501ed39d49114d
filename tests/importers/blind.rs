//! Files against truths that were written before any rule saw them: `samples/blind`. What the first run said of each
//! stands in `docs/importers/README.md`; the rules were amended afterwards, never the truths.

use std::fs;

use sinew::import::{FORMATS, Options};

use super::truth::{Comparison, said, stack, truth, truth_of};
use super::{imported, samples};

/// Formats of one core with the least of their files each, the least precision and recall of their flows together, and how
/// many are wrong and missed today: more would be a rule that was lost.
type Family = (&'static [(&'static str, usize)], f64, f64, [f64; 2]);

const FAMILIES: [Family; 3] = [
    (&[("table", 12)], 0.90, 0.85, [0.0, 1.0]),
    (&[("n8n", 8), ("zapier", 6), ("make", 3)], 0.95, 0.90, [1.5, 2.0]),
    (&[("drawio", 3), ("mermaid", 3), ("structurizr", 3)], 0.90, 0.85, [0.0, 0.0]),
];

#[test]
fn files_that_no_rule_has_seen_give_what_is_in_them() {
    let mut complaints = Vec::new();
    for (formats, precision, recall, [wrong, missed]) in FAMILIES {
        let mut all = Comparison::default();
        for (format, least) in formats {
            let paths = samples(&format!("blind/{format}"));
            assert!(paths.len() >= *least, "{format}: {}", paths.len());
            for path in paths {
                let bytes = fs::read(&path).unwrap();
                let name = path.file_name().unwrap().to_str().unwrap();
                let imported = imported(&[(name, &bytes)], Options::default());
                let read: Vec<&str> = imported.report.inputs.iter().map(|input| input.format).collect();
                assert_eq!(read, [*format], "{name}: {:?}", imported.report.diagnostics);
                let input = &imported.report.inputs[0];
                let leaves = FORMATS.iter().find(|known| known.id == *format).unwrap().leaves;
                assert_eq!(input.units[leaves], input.taken + input.merged + input.dropped, "{name}");
                let mut said = said(&stack(&imported), format);
                let truth = truth(&truth_of(&path), &mut said);
                all.add(name, &said, &truth);
            }
        }
        let Comparison { flows, systems, complaints: differences } = all;
        eprintln!("{formats:?}: flows {flows:?}, systems {systems:?}\n{}", differences.join("\n"));
        if flows.wrong > wrong
            || flows.missed > missed
            || flows.precision() < precision
            || flows.recall() < recall
            || systems.precision() < 0.95
            || systems.recall() < 0.95
        {
            complaints.push(format!("{formats:?}: flows {flows:?}, systems {systems:?}\n{}", differences.join("\n")));
        }
    }
    assert!(complaints.is_empty(), "{}", complaints.join("\n"));
}
