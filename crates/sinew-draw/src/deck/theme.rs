//! The theme part: the deck's colors under the names that Office offers them by.

use super::palette::is_dark;
use super::xml::{asset, rgb, words};
use crate::theme::Theme;

/// A theme with the palette of `theme`: text and ground, then the colors of marks as accents. Its font is Arial: on
/// every machine with Office, and as wide as layouts allow for.
pub(super) fn theme_part(theme: &Theme) -> String {
    let (ink, ground) = ([theme.strong, theme.muted], [theme.background, theme.frame_fill]);
    let [dark, light] = if is_dark(theme.background) { [ground, ink] } else { [ink, ground] };
    let colors = [
        ("dk1", dark[0]),
        ("lt1", light[0]),
        ("dk2", dark[1]),
        ("lt2", light[1]),
        ("accent1", theme.standby),
        ("accent2", theme.manual),
        ("accent3", theme.ring),
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
