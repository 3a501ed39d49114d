//! Pictures of many lines between two boxes, of many domains, and of a star. What pictures do with foreign letters,
//! `crates/sinew-draw/tests` holds.

use std::fs;

use crate::support::binary::{code, err, folder, run};

/// `count` exports between two systems, each of one object.
fn parallel(count: usize) -> String {
    let data: Vec<String> = (0..count).map(|at| format!("  object-{at}: {{ name: Business object {at} }}\n")).collect();
    let flows: Vec<String> = (0..count)
        .map(|at| format!("  - {{ id: f{at}, from: a, to: b, data: object-{at}, mechanism: export-import, performer: ops, runs: 1/week, minutes: 30 }}\n"))
        .collect();
    format!(
        "sinew: 1\nhourly_rate: 50\nteams: {{ ops: {{ people: 2 }} }}\nsystems: {{ a: {{ kind: crm, name: CRM }}, b: {{ kind: warehouse, name: Warehouse }} }}\ndata:\n{}flows:\n{}",
        data.concat(),
        flows.concat()
    )
}

/// The text of the picture of handoffs, each piece as it is drawn.
fn drawn(text: &str) -> Vec<String> {
    let folder = folder("field-parallel");
    let (stack, picture) = (folder.join("stack.yaml"), folder.join("handoffs.svg"));
    fs::write(&stack, text).unwrap();
    let output = run(&["diagram", &stack.display().to_string(), "handoffs", "-o", &picture.display().to_string()]);
    assert_eq!(code(&output), 0, "{}", err(&output));
    let svg = fs::read_to_string(picture).unwrap();
    let piece = |text: &str| {
        let inside = text.split('<').filter_map(|part| part.split_once('>'));
        inside.map(|(_, words)| words).collect::<String>().trim().to_owned()
    };
    svg.split("<text").skip(1).map(|rest| piece(&format!("<text{}", rest.split("</text>").next().unwrap()))).collect()
}

/// The disc of seven and more numbers left the key no room: its text was one letter wide.
#[test]
fn many_handoffs_on_one_line_leave_room_for_what_they_are() {
    for count in [2, 7, 10, 40] {
        let pieces = drawn(&parallel(count));
        let single = pieces.iter().filter(|piece| piece.chars().count() == 1).count();
        assert!(single <= 1, "{count}: {pieces:?}");
        assert!(pieces.iter().any(|piece| piece.contains("CRM to Warehouse")), "{count}: {pieces:?}");
    }
    assert!(drawn(&parallel(10)).iter().any(|piece| piece == "1–10"));
}
