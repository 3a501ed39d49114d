//! Every handoff of the examples, worked out by hand: hours are runs a week (or month, quarter, working day) × weeks of
//! the year × minutes / 60; hours of rework are runs × records × the share that goes wrong × minutes to fix / 60.

/// One handoff: low, likely and high of each figure.
#[derive(Clone, Copy)]
pub(crate) struct ByHand {
    pub(crate) flow: &'static str,
    pub(crate) hours: [f64; 3],
    pub(crate) mending: [f64; 3],
    /// Money an hour of whoever performs it.
    pub(crate) rate: [f64; 3],
}

impl ByHand {
    pub(crate) fn cost(&self) -> [f64; 3] {
        [0, 1, 2].map(|at| (self.hours[at] + self.mending[at]) * self.rate[at])
    }
}

const fn by_hand(flow: &'static str, hours: [f64; 3], mending: [f64; 3], rate: [f64; 3]) -> ByHand {
    ByHand { flow, hours, mending, rate }
}

/// A figure known exactly.
const fn same(figure: f64) -> [f64; 3] {
    [figure; 3]
}

const NOTHING: [f64; 3] = same(0.0);

/// Fernwood Tea: nothing is fixed, because nobody said how often something goes wrong.
pub(crate) const TINY: &[ByHand] = &[
    by_hand("draft-to-site", same(3.0 * 52.0 * 20.0 / 60.0), NOTHING, same(60.0)),
    by_hand("draft-to-newsletter", same(1.0 * 52.0 * 30.0 / 60.0), NOTHING, same(60.0)),
    by_hand("answers-to-hubspot", same(1.0 * 52.0 * 25.0 / 60.0), NOTHING, same(60.0)),
    by_hand("opens-to-sheet", same(1.0 * 52.0 * 30.0 / 60.0), NOTHING, same(60.0)),
    by_hand("opens-to-slack", same(1.0 * 52.0 * 10.0 / 60.0), NOTHING, same(60.0)),
    by_hand("visits-to-sheet", same(1.0 * 52.0 * 15.0 / 60.0), NOTHING, same(60.0)),
];

/// Kestrel Audio: one mail for each of three episodes a week.
pub(crate) const TWO_MODELS: &[ByHand] =
    &[by_hand("notes-to-mail", same(3.0 * 52.0 * 10.0 / 60.0), NOTHING, same(70.0))];

/// Tideline: 12 minutes to fix a record.
pub(crate) const HUBSPOT: &[ByHand] = &[
    by_hand(
        "clay-to-attio",
        [2.0 * 52.0 * 25.0 / 60.0, 2.0 * 52.0 * 35.0 / 60.0, 2.0 * 52.0 * 60.0 / 60.0],
        [
            2.0 * 52.0 * 120.0 * 0.01 * 12.0 / 60.0,
            2.0 * 52.0 * 120.0 * 0.02 * 12.0 / 60.0,
            2.0 * 52.0 * 120.0 * 0.04 * 12.0 / 60.0,
        ],
        same(70.0),
    ),
    by_hand(
        "clay-to-clarify",
        same(1.0 * 52.0 * 30.0 / 60.0),
        same(1.0 * 52.0 * 40.0 * 0.02 * 12.0 / 60.0),
        same(70.0),
    ),
    by_hand("notes-to-hubspot", same(5.0 * 52.0 * 8.0 / 60.0), NOTHING, same(180.0)),
    by_hand(
        "posts-to-webflow",
        [4.0 * 52.0 * 25.0 / 60.0, 4.0 * 52.0 * 40.0 / 60.0, 4.0 * 52.0 * 70.0 / 60.0],
        NOTHING,
        same(65.0),
    ),
    by_hand("usage-to-sheet", same(1.0 * 12.0 * 180.0 / 60.0), NOTHING, same(70.0)),
    by_hand("spend-to-sheet", same(1.0 * 12.0 * 45.0 / 60.0), NOTHING, same(65.0)),
    by_hand("numbers-to-founders", same(1.0 * 12.0 * 60.0 / 60.0), NOTHING, same(70.0)),
    by_hand(
        "partners-to-hubspot",
        same(1.0 * 12.0 * 960.0 / 60.0),
        same(1.0 * 12.0 * 60.0 * 0.08 * 12.0 / 60.0),
        same(65.0),
    ),
];

/// Halden Instruments: 8, 12 or 20 minutes to fix a record; the content studio costs 62, 70 or 80 an hour.
pub(crate) const STAGE_3: &[ByHand] = &[
    by_hand("brief-to-jasper", same(14.0 * 52.0 * 8.0 / 60.0), NOTHING, [62.0, 70.0, 80.0]),
    by_hand(
        "draft-to-cms",
        [30.0 * 52.0 * 10.0 / 60.0, 35.0 * 52.0 * 15.0 / 60.0, 42.0 * 52.0 * 25.0 / 60.0],
        [
            30.0 * 52.0 * 1.0 * 0.04 * 8.0 / 60.0,
            35.0 * 52.0 * 1.0 * 0.04 * 12.0 / 60.0,
            42.0 * 52.0 * 1.0 * 0.04 * 20.0 / 60.0,
        ],
        [62.0, 70.0, 80.0],
    ),
    by_hand(
        "email-to-marketo",
        [24.0 * 52.0 * 12.0 / 60.0, 24.0 * 52.0 * 20.0 / 60.0, 24.0 * 52.0 * 30.0 / 60.0],
        [
            24.0 * 52.0 * 1.0 * 0.03 * 8.0 / 60.0,
            24.0 * 52.0 * 1.0 * 0.03 * 12.0 / 60.0,
            24.0 * 52.0 * 1.0 * 0.03 * 20.0 / 60.0,
        ],
        same(75.0),
    ),
    by_hand("draft-to-approval", same(35.0 * 52.0 * 6.0 / 60.0), NOTHING, [62.0, 70.0, 80.0]),
    by_hand("subject-line-to-marketo", same(24.0 * 52.0 * 5.0 / 60.0), NOTHING, same(75.0)),
    by_hand(
        "enrichment-to-madkudu",
        [1.0 * 52.0 * 30.0 / 60.0, 1.0 * 52.0 * 45.0 / 60.0, 1.0 * 52.0 * 90.0 / 60.0],
        [
            1.0 * 52.0 * 600.0 * 0.005 * 8.0 / 60.0,
            1.0 * 52.0 * 600.0 * 0.005 * 12.0 / 60.0,
            1.0 * 52.0 * 600.0 * 0.005 * 20.0 / 60.0,
        ],
        same(95.0),
    ),
    by_hand("attendees-to-sheet", same(3.0 * 52.0 * 20.0 / 60.0), NOTHING, same(75.0)),
    by_hand(
        "attendees-to-marketo",
        same(3.0 * 52.0 * 30.0 / 60.0),
        [
            3.0 * 52.0 * 140.0 * 0.01 * 8.0 / 60.0,
            3.0 * 52.0 * 140.0 * 0.01 * 12.0 / 60.0,
            3.0 * 52.0 * 140.0 * 0.01 * 20.0 / 60.0,
        ],
        same(75.0),
    ),
    by_hand("audience-to-sheet", same(2.0 * 52.0 * 35.0 / 60.0), NOTHING, same(75.0)),
    by_hand("audience-to-linkedin", same(2.0 * 52.0 * 25.0 / 60.0), NOTHING, same(75.0)),
    by_hand("alerts-to-outreach", same(18.0 * 260.0 * 3.0 / 60.0), NOTHING, same(58.0)),
    by_hand("pipeline-to-slack", same(1.0 * 52.0 * 40.0 / 60.0), NOTHING, same(75.0)),
];

/// Meridian Bank: 10, 15 or 30 minutes to fix a record.
pub(crate) const ADOBE: &[ByHand] = &[
    by_hand(
        "churn-to-ajo",
        [1.0 * 52.0 * 60.0 / 60.0, 1.0 * 52.0 * 90.0 / 60.0, 1.0 * 52.0 * 150.0 / 60.0],
        [
            1.0 * 52.0 * 12000.0 * 0.0001 * 10.0 / 60.0,
            1.0 * 52.0 * 12000.0 * 0.0002 * 15.0 / 60.0,
            1.0 * 52.0 * 12000.0 * 0.0005 * 30.0 / 60.0,
        ],
        same(110.0),
    ),
    by_hand(
        "brief-to-compliance",
        [4.0 * 260.0 * 6.0 / 60.0, 4.0 * 260.0 * 9.0 / 60.0, 4.0 * 260.0 * 15.0 / 60.0],
        NOTHING,
        [100.0, 115.0, 140.0],
    ),
    by_hand("guests-to-sheet", same(2.0 * 12.0 * 40.0 / 60.0), NOTHING, same(92.0)),
    by_hand(
        "guests-to-campaign",
        same(2.0 * 12.0 * 50.0 / 60.0),
        [
            2.0 * 12.0 * 180.0 * 0.01 * 10.0 / 60.0,
            2.0 * 12.0 * 180.0 * 0.01 * 15.0 / 60.0,
            2.0 * 12.0 * 180.0 * 0.01 * 30.0 / 60.0,
        ],
        same(92.0),
    ),
    by_hand("page-report-to-bi", same(1.0 * 4.0 * 120.0 / 60.0), NOTHING, same(92.0)),
];

/// Brightwater Group: 15 minutes to fix a record. `engagement-to-sheet` has no figures and no row.
pub(crate) const MESSY: &[ByHand] = &[
    by_hand("brief-to-jasper", same(20.0 * 52.0 * 8.0 / 60.0), NOTHING, same(70.0)),
    by_hand(
        "draft-to-wordpress",
        [25.0 * 52.0 * 12.0 / 60.0, 25.0 * 52.0 * 18.0 / 60.0, 25.0 * 52.0 * 30.0 / 60.0],
        same(25.0 * 52.0 * 1.0 * 0.04 * 15.0 / 60.0),
        same(70.0),
    ),
    by_hand(
        "draft-to-contentful",
        [15.0 * 52.0 * 10.0 / 60.0, 15.0 * 52.0 * 15.0 / 60.0, 15.0 * 52.0 * 25.0 / 60.0],
        same(15.0 * 52.0 * 1.0 * 0.04 * 15.0 / 60.0),
        same(70.0),
    ),
    by_hand("copy-to-hubspot", same(8.0 * 52.0 * 20.0 / 60.0), NOTHING, same(75.0)),
    by_hand(
        "copy-to-marketo",
        same(10.0 * 52.0 * 15.0 / 60.0),
        same(10.0 * 52.0 * 1.0 * 0.03 * 15.0 / 60.0),
        same(70.0),
    ),
    by_hand("chat-copy-to-marketo", same(12.0 * 52.0 * 12.0 / 60.0), NOTHING, same(70.0)),
    by_hand("chat-posts-to-calendar", same(10.0 * 52.0 * 5.0 / 60.0), NOTHING, [60.0, 65.0, 90.0]),
    by_hand("posts-to-calendar", same(15.0 * 52.0 * 6.0 / 60.0), NOTHING, [60.0, 65.0, 90.0]),
    by_hand("posts-to-linkedin", same(20.0 * 52.0 * 6.0 / 60.0), NOTHING, [60.0, 65.0, 90.0]),
    by_hand(
        "webinar-to-marketo",
        same(3.0 * 52.0 * 35.0 / 60.0),
        same(3.0 * 52.0 * 90.0 * 0.01 * 15.0 / 60.0),
        same(70.0),
    ),
    by_hand("guests-to-sheet", same(2.0 * 12.0 * 90.0 / 60.0), NOTHING, same(70.0)),
    by_hand("guests-to-hubspot", same(2.0 * 12.0 * 60.0 / 60.0), NOTHING, same(75.0)),
    by_hand(
        "guests-to-salesforce",
        same(2.0 * 12.0 * 45.0 / 60.0),
        same(2.0 * 12.0 * 150.0 * 0.02 * 15.0 / 60.0),
        same(80.0),
    ),
    by_hand("leads-to-sheet", same(1.0 * 52.0 * 45.0 / 60.0), NOTHING, same(80.0)),
    by_hand(
        "leads-to-dynamics",
        [1.0 * 52.0 * 60.0 / 60.0, 1.0 * 52.0 * 90.0 / 60.0, 1.0 * 52.0 * 150.0 / 60.0],
        same(1.0 * 52.0 * 40.0 * 0.03 * 15.0 / 60.0),
        same(80.0),
    ),
    by_hand("alerts-to-outreach", same(15.0 * 260.0 * 3.0 / 60.0), NOTHING, same(55.0)),
    by_hand("notes-to-crm", same(12.0 * 260.0 * 4.0 / 60.0), NOTHING, same(55.0)),
    by_hand("audience-to-linkedin", same(2.0 * 52.0 * 40.0 / 60.0), NOTHING, same(70.0)),
    by_hand("spend-to-book", same(1.0 * 12.0 * 240.0 / 60.0), NOTHING, same(90.0)),
    by_hand("aquila-spend-to-book", same(1.0 * 12.0 * 180.0 / 60.0), NOTHING, same(90.0)),
    by_hand("invoices-to-book", same(1.0 * 12.0 * 150.0 / 60.0), NOTHING, same(90.0)),
    by_hand("spend-to-slack", same(1.0 * 12.0 * 60.0 / 60.0), NOTHING, same(90.0)),
];
