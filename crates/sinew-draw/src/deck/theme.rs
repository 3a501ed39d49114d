//! The theme part: the deck's colors under the names that Office offers them by.

use super::xml::{asset, rgb, words};
use crate::theme::Theme;

/// A theme with the palette of `theme`: text and ground, then the colors of marks as accents. Its font is Arial: on
/// every machine with Office, and as wide as layouts allow for.
pub(super) fn theme_part(theme: &Theme) -> String {
    let colors = [
        ("dk1", theme.strong),
        ("lt1", theme.background),
        ("dk2", theme.muted),
        ("lt2", theme.frame_fill),
        ("accent1", theme.automated),
        ("accent2", theme.manual),
        ("accent3", theme.standby),
        ("accent4", theme.new),
        ("accent5", theme.ai[1]),
        ("accent6", theme.carrier[1]),
        ("hlink", theme.standby),
        ("folHlink", theme.ai[1]),
    ];
    let file = asset(include_str!("../../assets/deck/theme.xml"));
    let colored = colors.iter().fold(file, |xml, (name, c)| xml.replace(&format!("{{{name}}}"), &rgb(*c)));
    // Last, as a name may hold anything.
    colored.replace("{name}", &words(&theme.name))
}
