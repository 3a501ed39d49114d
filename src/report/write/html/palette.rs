//! Pictures in two themes at once: one drawing whose colors are variables.

use sinew_draw::scene::Scene;
use sinew_draw::svg::svg_in_any_font;
use sinew_draw::theme::Theme;

/// The colors of all pictures of a page, each in its light and, where there is one, in its dark theme.
#[derive(Debug)]
pub(super) struct Palette<'t> {
    light: &'t Theme,
    dark: Option<Theme>,
    /// Colors as `#rrggbb`; a pair's place is the number of its variable.
    pairs: Vec<[String; 2]>,
}

impl<'t> Palette<'t> {
    pub(super) fn new(light: &'t Theme, dark: Option<&Theme>) -> Self {
        // The same font in both, so that the two drawings differ in nothing but colors.
        let dark = dark.map(|dark| Theme { font_family: light.font_family.clone(), ..dark.clone() });
        Self { light, dark, pairs: Vec::new() }
    }

    /// The scene as SVG, its colors replaced by `var(--p0)`, `var(--p1)` and so on.
    ///
    /// Both themes draw the same shapes, so that their drawings are equal but for the colors. A color can be told
    /// from a user's words, in which no quotation mark is left unescaped.
    pub(super) fn draw(&mut self, scene: &Scene) -> String {
        let light = svg_in_any_font(scene, self.light);
        let dark = self.dark.as_ref().map(|dark| svg_in_any_font(scene, dark));
        let mut out = String::with_capacity(light.len());
        let mut from = 0;
        while let Some(at) = light[from..].find("=\"#").map(|at| from + at + 2) {
            let end = at + COLOR;
            let Some(color) = light.get(at..end) else { break };
            let other = dark.as_ref().and_then(|dark| dark.get(at..end)).unwrap_or(color);
            out.push_str(&light[from..at]);
            out.push_str(&format!("var(--p{})", self.variable(color, other)));
            from = end;
        }
        out.push_str(&light[from..]);
        out
    }

    fn variable(&mut self, light: &str, dark: &str) -> usize {
        let found = self.pairs.iter().position(|[one, other]| one == light && other == dark);
        found.unwrap_or_else(|| {
            self.pairs.push([light.to_owned(), dark.to_owned()]);
            self.pairs.len() - 1
        })
    }

    /// The variables as rules of a style sheet: those of the page by name, those of the pictures by number. Paper is
    /// always light.
    pub(super) fn rules(&self) -> String {
        let pictures = |which: usize| -> String {
            self.pairs.iter().enumerate().map(|(at, pair)| format!("--p{at}:{};", pair[which])).collect()
        };
        let mut rules = format!(":root{{color-scheme:light;{}{}}}\n", page(self.light), pictures(0));
        if let Some(dark) = &self.dark {
            rules.push_str(&format!(
                "@media screen and (prefers-color-scheme:dark){{:root{{color-scheme:dark;{}{}}}}}\n",
                page(dark),
                pictures(1)
            ));
        }
        rules
    }
}

const COLOR: usize = 7;

/// The colors of the page around the pictures.
fn page(theme: &Theme) -> String {
    use sinew_draw::theme::hex;
    let named = [
        ("ground", theme.background),
        ("frame", theme.frame_fill),
        ("edge", theme.frame_stroke),
        ("strong", theme.strong),
        ("muted", theme.muted),
        ("surface", theme.surface),
        ("line", theme.automated),
        ("manual", theme.manual),
        ("accent", theme.standby),
        ("new", theme.new),
        ("ring", theme.ring),
        ("warn", theme.carrier[1]),
        ("warn-fill", theme.carrier[0]),
        ("ai", theme.ai[1]),
        ("ai-fill", theme.ai[0]),
        ("good-fill", theme.middleware[0]),
        ("accent-fill", theme.record[0]),
    ];
    named.iter().map(|(name, color)| format!("--{name}:{};", hex(*color))).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use sinew_draw::layout::layout;
    use sinew_draw::{Diagram, Emphasis, Node, Role};

    #[test]
    fn either_theme_gives_the_drawing_that_it_would_give_alone() {
        let node = |id: &str, role, emphasis| Node {
            id: id.into(),
            name: format!("{id} \"#123456\" =\"#abcdef"),
            role,
            emphasis,
            ..Node::default()
        };
        let nodes = vec![
            node("a", Role::AiTool, Emphasis::Receded),
            node("b", Role::Carrier, Emphasis::Ringed),
            node("c", Role::System, Emphasis::Lost),
        ];
        let scenes = layout(&Diagram { title: "=\"#000000\"".into(), nodes, ..Diagram::default() });
        let (light, dark) = (Theme::light(), Theme::dark());
        let mut palette = Palette::new(&light, Some(&dark));
        let drawing = palette.draw(&scenes[0]);
        for (which, theme) in [&light, &dark].into_iter().enumerate() {
            let mut back = drawing.clone();
            for (at, pair) in palette.pairs.iter().enumerate() {
                back = back.replace(&format!("\"var(--p{at})\""), &format!("\"{}\"", pair[which]));
            }
            assert_eq!(back, svg_in_any_font(&scenes[0], theme));
        }
        assert!(palette.rules().contains("prefers-color-scheme:dark"));
    }
}
