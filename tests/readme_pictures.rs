//! The pictures that the README shows are those that sinew draws today.

use crate::support::golden::{assert_fresh, compare, project};
use sinew::analysis::Analysis;
use sinew::model::read;
use sinew::plan::{Options, Plan};
use sinew::report::views;
use sinew::source::Source;
use sinew_draw::layout::layout;
use sinew_draw::svg::svg;
use sinew_draw::theme::Theme;

#[test]
fn the_pictures_of_the_readme_are_fresh() {
    let path = project().join("examples/stacks/stage-3-marketo-enterprise.yaml");
    let source = Source::new("stack.yaml", std::fs::read_to_string(path).unwrap());
    let stack = read(&source).stack.unwrap();
    let analysis = Analysis::of(&stack);
    let plan = Plan::of(&analysis, &Options { samples: 0, ..Options::default() }).unwrap();
    let folder = project().join("docs/pictures");
    let mut stale = Vec::new();
    for (name, diagram) in [
        ("landscape", views::landscape(&analysis)),
        ("failure", views::failure(&analysis)),
        ("stage", views::stage(&analysis, &analysis.findings())),
        ("frontier", views::frontier(&analysis, &plan)),
    ] {
        let slides = layout(&diagram);
        assert_eq!(slides.len(), 1, "{name} fits on one slide");
        compare(&folder.join(format!("{name}.svg")), &svg(&slides[0], &Theme::light()), &mut stale);
    }
    assert_fresh(&stale);
}
