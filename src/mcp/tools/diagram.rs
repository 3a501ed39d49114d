//! One picture.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};
use sinew_draw::theme::Theme;

use super::{Tool, arguments, input};
use crate::analysis::Analysis;
use crate::ask::{Refused, View, picture};
use crate::mcp::answer::{Answer, json_of};
use crate::mcp::desk::{Desk, Embedded};
use crate::mcp::schema::of;
use crate::mcp::trouble::Trouble;
use crate::report::Look;
use crate::report::pictures::PictureFormat;
use crate::source::visible;

pub(super) const TOOL: Tool = Tool {
    name: "diagram",
    title: "Draw a picture",
    about: "One picture of a stack: `mermaid` as text, for chats and wikis that draw it, or `svg` as a file, laid out as slides. The view \
            `outage` takes the components that fail under `without`.",
    input: input::<Asked>,
    answer: of::<Drawn>,
    is_of_stack: true,
    run,
};

#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct Asked {
    /// The stack: its id or name, as `list_stacks` has them. Need not be given where there is one only.
    stack: Option<String>,
    /// What to show; without it `outage` where something fails, else `landscape`.
    view: Option<View>,
    /// In which form; `mermaid` without it.
    format: Option<Form>,
    /// What fails, for the view `outage`: ids or names of systems, ids of flows, teams of one person.
    #[serde(default)]
    without: Vec<String>,
    /// Last wave of the plan that is done, for the view `target`, from 1; without it all are.
    #[schemars(range(min = 1))]
    wave: Option<usize>,
    /// Which slide of an SVG, from 1; the first is the overview.
    #[schemars(range(min = 1))]
    slide: Option<usize>,
}

#[derive(Clone, Copy, Deserialize, PartialEq, JsonSchema)]
#[serde(rename_all = "kebab-case")]
enum Form {
    Mermaid,
    Svg,
}

#[derive(Serialize, JsonSchema)]
struct Drawn {
    sinew: u32,
    /// What the picture says.
    title: String,
    /// How many slides there are; 1 for Mermaid.
    slides: usize,
    /// The lines of the Mermaid text; none for SVG, which comes as a file.
    mermaid: Vec<String>,
}

fn run(desk: &Desk, given: Map<String, Value>) -> Result<Answer, Trouble> {
    let asked: Asked = arguments(TOOL.name, given)?;
    let usual = if asked.without.is_empty() { View::Landscape } else { View::Outage };
    let view = asked.view.unwrap_or(usual);
    let is_outage = view == View::Outage;
    if is_outage == asked.without.is_empty() {
        let words = if is_outage {
            "the view `outage` needs `without`: the components that fail"
        } else {
            "`without` needs the view `outage`"
        };
        return Err(Refused::because(words).into());
    }
    if asked.wave.is_some() && view != View::Target {
        return Err(Refused::because("`wave` needs the view `target`").into());
    }
    let (at, opened) = desk.open(asked.stack.as_deref())?;
    let analysis = Analysis::of(&opened.stack);
    let picture = picture(&analysis, view, &asked.without, asked.wave)?;
    let look = Look::of(Theme::light());
    let drawn =
        |format| picture.files("picture", format, &look).map_err(|error| Trouble::from(Refused::because(error)));
    let title = picture.diagram().title.clone();
    let shelved = desk.shelved(at);
    if asked.format != Some(Form::Svg) {
        let files = drawn(PictureFormat::Mermaid)?;
        let text = files.first().map(|file| String::from_utf8_lossy(&file.bytes).into_owned()).unwrap_or_default();
        let mermaid: Vec<String> = text.lines().map(str::to_owned).collect();
        let told = format!("{}\n\n```mermaid\n{}\n```\n", visible(&title), text.trim_end());
        let drawn = Drawn { sinew: 1, title, slides: 1, mermaid };
        return Ok(Answer::told(json_of(&drawn), told).about(shelved, &opened));
    }
    let files = drawn(PictureFormat::Svg)?;
    let nth = asked.slide.unwrap_or(1);
    let Some(file) = nth.checked_sub(1).and_then(|at| files.get(at)) else {
        return Err(Refused::because(format!("there is no slide {nth}; there are {}", files.len())).into());
    };
    let text = String::from_utf8_lossy(&file.bytes).into_owned();
    let uri = format!("sinew://diagram/{}/{}", shelved.id, file.path);
    let told = format!("{}\n\nSlide {nth} of {}, as an SVG file.\n", visible(&title), files.len());
    let drawn = Drawn { sinew: 1, title, slides: files.len(), mermaid: Vec::new() };
    let answer = Answer::told(json_of(&drawn), told).about(shelved, &opened);
    Ok(answer.showing(Embedded { uri, mime: "image/svg+xml", text }))
}
