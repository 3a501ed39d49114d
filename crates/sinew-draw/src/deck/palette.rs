//! The colors of slides by what they mean, each a slot of the theme part: of the deck's own theme, or of a company's, whose
//! accents take the meanings that their hues can carry.

use super::swatch::{Hsl, Slot, Swatch, apart};
use crate::theme::{Color, Theme, contrast, mix};

/// A theme whose colors name slots.
pub(super) type Palette = Theme<Swatch>;

/// The colors that slides of a company's layout can name, and what they stand on.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Scheme {
    /// tx1, bg1, tx2, bg2.
    pub(super) texts: [Slot; 4],
    pub(super) accents: [Slot; 6],
    pub(super) ground: Color,
    /// The font of running text; may be empty.
    pub(super) font: String,
}

/// The slots that colors are made of.
#[derive(Debug, Clone, Copy)]
struct Slots {
    /// What text is drawn in, and softer text.
    ink: [Slot; 2],
    /// What all stands on, and frames.
    ground: [Slot; 2],
    /// By meaning, in the order of [`MEANINGS`].
    meanings: [Slot; 6],
}

/// The hues that can carry a meaning, in degrees: the first, the best, the last. They share out the circle but for the yellowish
/// greens, and the best of each is well apart from all hues of its neighbors.
const MEANINGS: [(f64, f64, f64); 6] = [MANUAL, LOSS, BUILT, AI, LINK, CARRIER];
/// By hand: orange.
const MANUAL: (f64, f64, f64) = (5.0, 18.0, 31.0);
/// What stops the business: crimson.
const LOSS: (f64, f64, f64) = (328.0, 346.0, 365.0);
/// Built by the plan: green.
const BUILT: (f64, f64, f64) = (85.0, 150.0, 179.0);
/// AI: violet.
const AI: (f64, f64, f64) = (251.0, 290.0, 328.0);
/// What stands by, and systems of record: blue.
const LINK: (f64, f64, f64) = (179.0, 208.0, 251.0);
/// Sheets and chats that people carry data in: amber.
const CARRIER: (f64, f64, f64) = (31.0, 46.0, 60.0);

/// Least degrees between two meanings: no more than between the best of one and all hues of another.
const APART: f64 = 12.0;

/// Least saturation of an accent whose hue is seen.
const COLORED: f64 = 0.3;
/// Contrast that text needs (Web Content Accessibility Guidelines 2.1), and that titles and names get where they can.
const READABLE: f64 = 4.5;
const STRONG: f64 = 7.0;

const WHITE: Color = [255; 3];
const BLACK: Color = [0; 3];

/// Whether `ground` is one that light text stands on.
pub(super) fn is_dark(ground: Color) -> bool {
    contrast(ground, WHITE) > contrast(ground, BLACK)
}

/// The colors of a deck on its own master.
pub(super) fn own(theme: &Theme) -> Palette {
    let slot = |name, color| Slot { name, color };
    let slots = Slots {
        ink: [slot("tx1", theme.strong), slot("tx2", theme.muted)],
        ground: [slot("bg1", theme.background), slot("bg2", theme.frame_fill)],
        meanings: [
            slot("accent2", theme.manual),
            slot("accent3", theme.ring),
            slot("accent4", theme.new),
            slot("accent5", theme.ai[1]),
            slot("accent1", theme.standby),
            slot("accent6", theme.carrier[1]),
        ],
    };
    made(theme, &slots)
}

/// The colors of a deck on a company's master.
pub(super) fn on(scheme: &Scheme) -> Palette {
    let ground = scheme.ground;
    let stands_out = |a: &Slot, b: &Slot| contrast(a.color, ground).total_cmp(&contrast(b.color, ground));
    // The first of equals.
    let ink = scheme.texts.into_iter().rev().max_by(stands_out).expect("there are four");
    let differs = |slot: &Slot| slot.color.iter().zip(ground).map(|(a, b)| u32::from(a.abs_diff(b))).sum::<u32>();
    let under = scheme.texts.into_iter().chain(scheme.accents).min_by_key(differs).expect("there are ten");
    let strong = readable(ink.color, &[ground], STRONG);
    let is_dark = is_dark(ground);
    // Grounds of the same family, as far from the ground as words on them can be read.
    let lifted = |share: f64, words: Color| {
        let fills = [share, share / 2.0, 0.0].map(|share| mix(ground, strong, share));
        fills.into_iter().find(|fill| contrast(words, *fill) >= READABLE).unwrap_or(ground)
    };
    let frame_fill = lifted(if is_dark { 0.06 } else { 0.045 }, strong);
    let grounds = [ground, frame_fill];
    let softer = |share: f64| mix(strong, ground, share);
    let can_be_read = |color: &Color| grounds.iter().all(|ground| contrast(*color, *ground) >= READABLE);
    let soft = |shares: [f64; 4]| shares.map(softer).into_iter().find(can_be_read).unwrap_or(strong);
    let mut taken = Vec::new();
    let accents = MEANINGS.map(|meaning| accent(scheme, meaning, &mut taken));
    let [manual, ring, new, ai, standby, carrier] = accents.map(|(_, color)| readable(color, &grounds, READABLE));
    let muted = soft([0.35, 0.25, 0.15, 0.05]);
    let tint = |color: Color, share: f64| {
        let tints = [share, 0.9, 0.95, 1.0].map(|share| mix(color, ground, share));
        let holds = |fill: &Color| contrast(muted, *fill) >= READABLE && contrast(strong, *fill) >= READABLE;
        [tints.into_iter().find(holds).unwrap_or(ground), color]
    };
    let outline = soft([0.3, 0.25, 0.15, 0.05]);
    let theme = Theme {
        name: String::new(),
        font_family: scheme.font.clone(),
        background: ground,
        frame_fill,
        frame_stroke: mix(ground, strong, 0.22),
        strong,
        muted,
        surface: if is_dark { lifted(0.1, muted) } else { ground },
        outline,
        automated: soft([0.25, 0.2, 0.1, 0.05]),
        manual,
        standby,
        planned: new,
        new,
        ghost: soft([0.45, 0.35, 0.2, 0.1]),
        ring,
        record: tint(standby, 0.86),
        ai: tint(ai, 0.86),
        carrier: tint(carrier, 0.82),
        middleware: tint(new, 0.86),
        process: tint(outline, 0.88),
        team: tint(outline, 0.92),
    };
    made(&theme, &Slots { ink: [ink; 2], ground: [under; 2], meanings: accents.map(|(slot, _)| slot) })
}

/// The accent that carries a meaning, and its color: one of a hue that can and is not near one that is taken, else the nearest,
/// turned to the best.
fn accent(scheme: &Scheme, (first, best, last): (f64, f64, f64), taken: &mut Vec<f64>) -> (Slot, Color) {
    let hues = scheme.accents.map(|slot| (slot, Hsl::of(slot.color)));
    let is_seen = |of: &Hsl| of.s >= COLORED && (0.08..=0.95).contains(&of.l);
    let colored = hues.iter().filter(|(_, of)| is_seen(of));
    let near = |a: &&(Slot, Hsl), b: &&(Slot, Hsl)| apart(a.1.h, best).total_cmp(&apart(b.1.h, best));
    let Some((slot, of)) = colored.min_by(near) else {
        taken.push(best);
        return (scheme.accents[0], Hsl { h: best.rem_euclid(360.0), s: 0.6, l: 0.5 }.color());
    };
    let can = (of.h >= first && of.h < last) || of.h + 360.0 < last;
    let carries = can && taken.iter().all(|hue| apart(*hue, of.h) >= APART);
    taken.push(if carries { of.h } else { best });
    let turned = Hsl { h: best.rem_euclid(360.0), s: of.s.clamp(0.45, 0.9), l: of.l.clamp(0.3, 0.7) };
    (*slot, if carries { slot.color } else { turned.color() })
}

/// The color, made lighter or darker until it has a contrast of `least` on all `grounds`; white or black where nothing has.
fn readable(color: Color, grounds: &[Color], least: f64) -> Color {
    let of = Hsl::of(color);
    let end = if grounds.first().is_some_and(|ground| is_dark(*ground)) { 1.0 } else { 0.0 };
    let lit = |step: u32| Hsl { l: of.l + (end - of.l) * f64::from(step) / 50.0, ..of }.color();
    let holds = |color: &Color| grounds.iter().all(|ground| contrast(*color, *ground) >= least);
    (0..=50).map(lit).find(holds).unwrap_or_else(|| lit(50))
}

/// Each color of `theme` by the slot of what it means.
fn made(theme: &Theme, slots: &Slots) -> Palette {
    let Slots { ink: [ink, soft], ground: [ground, frame], meanings: [manual, loss, built, ai, link, carrier] } =
        *slots;
    let box_of = |slot, colors: [Color; 2]| colors.map(|color| Swatch::like(slot, color));
    let at = Swatch::like;
    Theme {
        name: theme.name.clone(),
        font_family: theme.font_family.clone(),
        background: at(ground, theme.background),
        frame_fill: at(frame, theme.frame_fill),
        frame_stroke: at(soft, theme.frame_stroke),
        strong: at(ink, theme.strong),
        muted: at(soft, theme.muted),
        surface: at(ground, theme.surface),
        outline: at(soft, theme.outline),
        automated: at(soft, theme.automated),
        manual: at(manual, theme.manual),
        standby: at(link, theme.standby),
        planned: at(built, theme.planned),
        new: at(built, theme.new),
        ghost: at(soft, theme.ghost),
        ring: at(loss, theme.ring),
        record: box_of(link, theme.record),
        ai: box_of(ai, theme.ai),
        carrier: box_of(carrier, theme.carrier),
        middleware: box_of(built, theme.middleware),
        process: [at(frame, theme.process[0]), at(soft, theme.process[1])],
        team: [at(frame, theme.team[0]), at(soft, theme.team[1])],
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::{EdgeEmphasis, Emphasis, Role, Style};

    /// Every color of a palette as it is drawn.
    fn drawn(palette: &Palette) -> Theme {
        let at = |swatch: Swatch| swatch.drawn;
        let pair = |pair: [Swatch; 2]| pair.map(at);
        Theme {
            name: palette.name.clone(),
            font_family: palette.font_family.clone(),
            background: at(palette.background),
            frame_fill: at(palette.frame_fill),
            frame_stroke: at(palette.frame_stroke),
            strong: at(palette.strong),
            muted: at(palette.muted),
            surface: at(palette.surface),
            outline: at(palette.outline),
            automated: at(palette.automated),
            manual: at(palette.manual),
            standby: at(palette.standby),
            planned: at(palette.planned),
            new: at(palette.new),
            ghost: at(palette.ghost),
            ring: at(palette.ring),
            record: pair(palette.record),
            ai: pair(palette.ai),
            carrier: pair(palette.carrier),
            middleware: pair(palette.middleware),
            process: pair(palette.process),
            team: pair(palette.team),
        }
    }

    #[test]
    fn the_decks_own_colors_are_those_of_its_theme() {
        for theme in [Theme::light(), Theme::dark()] {
            let palette = own(&theme);
            let colors = |theme: &Theme| -> Vec<Color> {
                let boxes =
                    [Role::System, Role::SystemOfRecord, Role::AiTool, Role::Carrier, Role::Middleware, Role::Team];
                let boxes = boxes.map(|role| theme.of_box(role, Emphasis::Normal));
                let lines =
                    [Style::Automated, Style::Manual, Style::Standby, Style::New, Style::Ghost, Style::DependsOn];
                let lines = lines.map(|style| theme.of_line(style, EdgeEmphasis::Receded));
                let plain = [theme.frame_fill, theme.frame_stroke, theme.muted, theme.ring, theme.process[0]];
                boxes.iter().flat_map(|b| [b.fill, b.stroke, b.text]).chain(lines).chain(plain).collect()
            };
            for (a, b) in colors(&theme).iter().zip(colors(&drawn(&palette))) {
                assert!(a.iter().zip(b).all(|(a, b)| a.abs_diff(b) <= 6), "{}: {a:?} is {b:?}", theme.name);
            }
        }
    }

    fn scheme(ground: Color, texts: [Color; 4], accents: [Color; 6]) -> Scheme {
        let slot = |name, color| Slot { name, color };
        let names = ["accent1", "accent2", "accent3", "accent4", "accent5", "accent6"];
        let mut at = names.into_iter().zip(accents);
        Scheme {
            texts: [slot("tx1", texts[0]), slot("bg1", texts[1]), slot("tx2", texts[2]), slot("bg2", texts[3])],
            accents: std::array::from_fn(|_| at.next().map(|(name, color)| slot(name, color)).unwrap()),
            ground,
            font: "Arial".into(),
        }
    }

    /// Meanings that a reader has to tell apart are hues apart, and everything can be read.
    fn judge(palette: &Palette) -> Result<(), String> {
        let theme = drawn(palette);
        let meanings = [theme.manual, theme.ring, theme.new, theme.ai[1], theme.standby, theme.carrier[1]];
        let grounds = [theme.background, theme.frame_fill];
        for (at, a) in meanings.iter().enumerate() {
            for ground in grounds {
                // A swatch may be a little beside the color that was asked for.
                if contrast(*a, ground) < READABLE - 0.4 {
                    return Err(format!("{a:?} on {ground:?}: {:.2}", contrast(*a, ground)));
                }
            }
            // Next to white and black, hues are no longer told apart: there the dash, the icon and the words tell.
            let is_hue = |color: &Color| (0.2..=0.8).contains(&Hsl::of(*color).l);
            for b in meanings[..at].iter().filter(|b| is_hue(a) && is_hue(b)) {
                let apart = apart(Hsl::of(*a).h, Hsl::of(*b).h);
                if apart < 9.0 {
                    return Err(format!("{a:?} and {b:?}: {apart:.0} degrees"));
                }
            }
        }
        let boxes = [theme.record, theme.ai, theme.carrier, theme.middleware, theme.process, theme.team];
        for ground in boxes.map(|[fill, _]| fill).into_iter().chain(grounds).chain([theme.surface]) {
            for text in [theme.strong, theme.muted] {
                if contrast(text, ground) < READABLE - 0.4 {
                    return Err(format!("text {text:?} on {ground:?}: {:.2}", contrast(text, ground)));
                }
            }
        }
        Ok(())
    }

    const OFFICE: [Color; 6] =
        [[68, 114, 196], [237, 125, 49], [165, 165, 165], [255, 192, 0], [91, 155, 213], [112, 173, 71]];
    const ON_WHITE: [Color; 4] = [[0; 3], [255; 3], [68, 84, 106], [231, 230, 230]];

    #[test]
    fn accents_take_the_meanings_that_their_hues_can_carry() {
        let palette = on(&scheme([255; 3], ON_WHITE, OFFICE));
        judge(&palette).unwrap();
        let name = |swatch: Swatch| swatch.xml("").split('"').nth(1).unwrap().to_owned();
        let names = [palette.manual, palette.new, palette.standby, palette.carrier[1]].map(name);
        assert_eq!(names, ["accent2", "accent6", "accent5", "accent4"]);
        // No accent of Office is crimson or violet: the nearest is turned.
        for swatch in [palette.ring, palette.ai[1]] {
            assert!(swatch.xml("").contains("hueOff"), "{swatch:?}");
        }
    }

    #[test]
    fn a_theme_of_one_color_still_has_all_meanings() {
        for accents in [[[128; 3]; 6], [[0, 48, 87]; 6], [[0; 3]; 6]] {
            judge(&on(&scheme([255; 3], ON_WHITE, accents))).unwrap();
        }
    }

    #[test]
    fn a_dark_ground_gets_light_text_whatever_the_master_calls_its_text() {
        let navy = [11, 31, 58];
        // The master maps text to black, and lays a dark ground of its own beneath.
        let palette = on(&scheme(navy, ON_WHITE, OFFICE));
        judge(&palette).unwrap();
        let theme = drawn(&palette);
        assert!(contrast(theme.strong, navy) > 10.0 && palette.strong.xml("").contains("bg1"), "{palette:?}");
        assert!(is_dark(theme.background) && is_dark(theme.surface) && is_dark(theme.ai[0]));
        assert!(!is_dark(drawn(&on(&scheme([255; 3], ON_WHITE, OFFICE))).surface));
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(256))]
        #[test]
        fn meanings_stay_apart_on_any_theme(ground: Color, texts: [Color; 4], accents: [Color; 6]) {
            let judged = judge(&on(&scheme(ground, texts, accents)));
            prop_assert!(judged.is_ok(), "{judged:?}");
        }
    }
}
