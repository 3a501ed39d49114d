//! The theme part: the deck's colours under the names that Office offers them by.

use super::xml::{HEAD, rgb, words};
use crate::theme::Theme;

/// The font of decks without a template: on every machine with Office, and as wide as layouts allow for.
const FONT: &str = "Arial";

/// A theme with the palette of `theme`: text and ground, then the colours of marks as accents.
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
    let colors: String =
        colors.iter().map(|(name, c)| format!("<a:{name}><a:srgbClr val=\"{}\"/></a:{name}>", rgb(*c))).collect();
    let fonts = format!("<a:latin typeface=\"{FONT}\"/><a:ea typeface=\"\"/><a:cs typeface=\"\"/>");
    let fill = "<a:solidFill><a:schemeClr val=\"phClr\"/></a:solidFill>".repeat(3);
    let lines: String = [6350, 12_700, 19_050]
        .map(|w| format!("<a:ln w=\"{w}\"><a:solidFill><a:schemeClr val=\"phClr\"/></a:solidFill></a:ln>"))
        .concat();
    let effects = "<a:effectStyle><a:effectLst/></a:effectStyle>".repeat(3);
    format!(
        "{HEAD}<a:theme xmlns:a=\"http://schemas.openxmlformats.org/drawingml/2006/main\" name=\"{}\"><a:themeElements>\
         <a:clrScheme name=\"sinew\">{colors}</a:clrScheme><a:fontScheme name=\"sinew\"><a:majorFont>{fonts}</a:majorFont>\
         <a:minorFont>{fonts}</a:minorFont></a:fontScheme><a:fmtScheme name=\"sinew\"><a:fillStyleLst>{fill}</a:fillStyleLst>\
         <a:lnStyleLst>{lines}</a:lnStyleLst><a:effectStyleLst>{effects}</a:effectStyleLst><a:bgFillStyleLst>{fill}\
         </a:bgFillStyleLst></a:fmtScheme></a:themeElements><a:objectDefaults/><a:extraClrSchemeLst/></a:theme>",
        words(&theme.name)
    )
}
