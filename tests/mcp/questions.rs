//! The proof: questions about the example stacks, each answered exactly.

use std::fs;
use std::path::Path;

use serde_json::{Map, Value};
use sinew::edit::Piece;
use sinew::source::{Diagnostics, Limits, Source, parse};

use super::{call, desk, example};

/// A value of the file: what is not quoted and reads as a number or a truth is one.
fn typed(piece: &Piece) -> Value {
    match piece {
        Piece::Nothing => Value::Null,
        Piece::Scalar { text, plain: true } => serde_json::from_str(text).unwrap_or_else(|_| text.clone().into()),
        Piece::Scalar { text, .. } => text.clone().into(),
        Piece::List(items) => items.iter().map(typed).collect(),
        Piece::Map(pairs) => {
            pairs.iter().map(|pair| (pair.key.clone(), typed(&pair.value))).collect::<Map<_, _>>().into()
        }
    }
}

#[test]
fn every_question_has_its_answer() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("examples/assistant-questions.yaml");
    let source = Source::new("assistant-questions.yaml", fs::read_to_string(path).unwrap());
    let mut problems = Diagnostics::default();
    let root = parse(&source, &Limits::default(), &mut problems).unwrap();
    let stacks =
        ["tiny", "hubspot-scale-up", "stage-3-marketo-enterprise", "adobe-near-stage-4", "two-models", "messy-45"];
    let desk = desk(&stacks.map(example));
    let all = typed(&Piece::of(&root));
    let all = all["questions"].as_array().unwrap();
    assert!(!problems.has_errors() && all.len() >= 30, "{} questions", all.len());
    let mut wrong = Vec::new();
    for one in all {
        let ask = one["ask"].as_str().unwrap();
        let reply = call(&desk, one["tool"].as_str().unwrap(), one["with"].clone());
        let answers = one["answer"].as_object().unwrap();
        assert!(!answers.is_empty(), "{ask} has an answer");
        for (at, wanted) in answers {
            let found = reply.structured.pointer(at).unwrap_or(&Value::Null);
            if found != wanted {
                wrong.push(format!(
                    "{ask}\n  {at}: {found}\n  not {wanted}\n  {}",
                    reply.text.lines().next().unwrap_or("")
                ));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
