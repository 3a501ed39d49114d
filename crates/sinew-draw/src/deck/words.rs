//! A few sentences on a slide, as large as they leave room for.

use super::xml::words;
use crate::number::real;
use crate::scene::Rect;
use crate::text::{clean, wrap};

/// Sizes tried, in points.
const SIZES: [f64; 5] = [24.0, 20.0, 18.0, 16.0, 14.0];
/// Space before a paragraph, as a share of its size.
const GAP: f64 = 0.6;
/// A share of room to spare, for fonts wider than the measured one.
const SPARE: f64 = 0.93;

/// `sentences` dealt to slides: the size of type and the sentences on each; at least one slide.
pub(super) fn pages(sentences: &[String], room: &Rect) -> Vec<(f64, Vec<String>)> {
    let sentences: Vec<String> = sentences.iter().map(|s| clean(s)).filter(|s| !s.is_empty()).collect();
    let height = |s: &String, size: f64| {
        let lines = wrap(s, size, false, (room.w - 40.0) * SPARE, 60).len();
        real(lines) * size * 1.2 + size * GAP
    };
    let fits = |size: &&f64| sentences.iter().map(|s| height(s, **size)).sum::<f64>() <= room.h;
    if let Some(size) = SIZES.iter().find(fits) {
        return vec![(*size, sentences)];
    }
    let size = SIZES[2];
    let mut pages: Vec<(f64, Vec<String>)> = vec![(size, Vec::new())];
    let mut used = 0.0;
    for sentence in sentences {
        let need = height(&sentence, size);
        let page = pages.last_mut().expect("there is always a page");
        if used + need > room.h && !page.1.is_empty() {
            pages.push((size, vec![sentence]));
            used = need;
        } else {
            page.1.push(sentence);
            used += need;
        }
    }
    pages
}

/// The sentences as paragraphs of a text placeholder.
pub(super) fn paragraphs(sentences: &[String], size: Option<f64>) -> String {
    let (size, gap) = match size {
        Some(size) => (
            format!(" sz=\"{}\"", (size * 100.0) as i64),
            format!("<a:pPr><a:spcBef><a:spcPts val=\"{}\"/></a:spcBef></a:pPr>", (size * GAP * 100.0) as i64),
        ),
        None => (String::new(), String::new()),
    };
    sentences
        .iter()
        .map(|s| format!("<a:p>{gap}<a:r><a:rPr lang=\"en-US\"{size} dirty=\"0\"/><a:t>{}</a:t></a:r></a:p>", words(s)))
        .collect()
}
