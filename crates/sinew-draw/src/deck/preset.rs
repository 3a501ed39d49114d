//! What Office draws for a connector, after ECMA-376 part 1, `presetShapeDefinitions.xml`: the tests'
//! second opinion on the writer.

use crate::scene::Point;

/// The corners of the `p:cxnSp` in `xml`, in points on the slide.
pub(super) fn course_of(xml: &str) -> Vec<Point> {
    let number = |key: &str| -> Option<f64> {
        let from = xml.find(key)? + key.len();
        let rest = &xml[from..];
        rest[..rest.find('"')?].parse().ok()
    };
    let (x, y) = (number("<a:off x=\"").unwrap(), number("y=\"").unwrap());
    let (w, h) = (number("cx=\"").unwrap(), number("cy=\"").unwrap());
    let adjust = |n: u32| number(&format!("name=\"adj{n}\" fmla=\"val ")).unwrap_or(50_000.0) / 100_000.0;
    let (x1, y2, x3) = (w * adjust(1), h * adjust(2), w * adjust(3));
    let local = match &xml[xml.find("prst=\"").unwrap() + 6..][..14] {
        "straightConnec" => vec![(0.0, 0.0), (w, h)],
        "bentConnector2" => vec![(0.0, 0.0), (w, 0.0), (w, h)],
        "bentConnector3" => vec![(0.0, 0.0), (x1, 0.0), (x1, h), (w, h)],
        "bentConnector4" => vec![(0.0, 0.0), (x1, 0.0), (x1, y2), (w, y2), (w, h)],
        "bentConnector5" => vec![(0.0, 0.0), (x1, 0.0), (x1, y2), (x3, y2), (x3, h), (w, h)],
        other => panic!("{other}"),
    };
    let turn = number("rot=\"").unwrap_or(0.0) / 60_000.0;
    let (sin, cos) = turn.to_radians().sin_cos();
    let flipped = |on: &str, v: f64, whole: f64| if xml.contains(on) { whole - v } else { v };
    let place = |(u, v): (f64, f64)| {
        let u = flipped("flipH=\"1\"", u, w) - w / 2.0;
        let v = flipped("flipV=\"1\"", v, h) - h / 2.0;
        Point { x: (x + w / 2.0 + u * cos - v * sin) / 12_700.0, y: (y + h / 2.0 + u * sin + v * cos) / 12_700.0 }
    };
    local.into_iter().map(place).collect()
}
