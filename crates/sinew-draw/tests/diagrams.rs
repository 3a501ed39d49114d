//! Diagrams to lay out: realistic marketing stacks, and seeded random ones with hubs and heavy tails.

use sinew_draw::{Cluster, Diagram, Edge, EdgeEmphasis, Emphasis, Node, Role, Stop, Style};

/// SplitMix64, so that cases do not depend on a crate's version.
pub(crate) struct Rng(pub(crate) u64);

impl Rng {
    pub(crate) fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    pub(crate) fn below(&mut self, n: usize) -> usize {
        (self.next() % n.max(1) as u64) as usize
    }
}

/// Domain; then id, name, caption, role letter of each of its systems.
type Domain = (&'static str, &'static [(&'static str, &'static str, &'static str, char)]);

const DOMAINS: [Domain; 6] = [
    (
        "Acquisition",
        &[
            ("google-ads", "Google Ads", "Paid search", 's'),
            ("linkedin-ads", "LinkedIn Ads", "Paid social", 's'),
            ("meta-ads", "Meta Ads", "Paid social", 's'),
            ("6sense", "6sense", "AI intent", 'a'),
            ("tiktok-ads", "TikTok Ads", "Paid social", 's'),
            ("on24", "ON24", "Webinars", 's'),
            ("g2", "G2", "Reviews", 's'),
            ("cvent", "Cvent", "Events", 's'),
        ],
    ),
    (
        "Content & Web",
        &[
            ("jasper", "Jasper", "AI copy", 'a'),
            ("wordpress", "WordPress", "CMS", 's'),
            ("midjourney", "Midjourney", "AI images", 'a'),
            ("bynder", "Bynder", "DAM", 's'),
            ("semrush", "Semrush", "SEO", 's'),
            ("figma", "Figma", "Design", 's'),
            ("content-calendar", "Content calendar", "Google Sheets", 'c'),
        ],
    ),
    (
        "Engagement",
        &[
            ("hubspot", "HubSpot", "Marketing automation", 's'),
            ("braze", "Braze", "Lifecycle messaging", 's'),
            ("drift", "Drift", "AI chat", 'a'),
            ("onetrust", "OneTrust", "Consent", 'r'),
            ("optimizely", "Optimizely", "A/B tests", 's'),
            ("twilio", "Twilio", "SMS", 's'),
            ("sprout", "Sprout Social", "Social", 's'),
            ("qualtrics", "Qualtrics", "Surveys", 's'),
        ],
    ),
    (
        "CRM & Sales",
        &[
            ("salesforce", "Salesforce", "CRM", 'r'),
            ("outreach", "Outreach", "Sales engagement", 's'),
            ("clearbit", "Clearbit", "Enrichment", 's'),
            ("lead-tracker", "Lead tracker", "Google Sheets", 'c'),
            ("zoominfo", "ZoomInfo", "Contacts", 's'),
            ("cpq", "Salesforce CPQ", "Quotes", 's'),
            ("gong", "Gong", "AI calls", 'a'),
            ("partnerstack", "PartnerStack", "Partners", 's'),
        ],
    ),
    (
        "Data & Analytics",
        &[
            ("snowflake", "Snowflake", "Warehouse", 'r'),
            ("ga4", "GA4", "Web analytics", 's'),
            ("fivetran", "Fivetran", "ELT", 'm'),
            ("segment", "Segment", "CDP", 's'),
            ("dbt", "dbt", "Transform", 's'),
            ("tableau", "Tableau", "BI", 's'),
            ("census", "Census", "Reverse ETL", 'm'),
            ("chatgpt", "ChatGPT", "AI analysis", 'a'),
        ],
    ),
    (
        "Finance & Ops",
        &[
            ("netsuite", "NetSuite", "ERP", 'r'),
            ("budget-tracker", "Budget tracker", "Excel", 'c'),
            ("slack", "Slack", "Alerts", 's'),
            ("workfront", "Workfront", "Projects", 's'),
            ("jira", "Jira", "Tickets", 's'),
            ("stripe", "Stripe", "Payments", 's'),
        ],
    ),
];

/// From, to, label, manual.
const FLOWS: &[(&str, &str, &str, bool)] = &[
    ("google-ads", "hubspot", "leads", false),
    ("linkedin-ads", "hubspot", "lead forms", false),
    ("meta-ads", "hubspot", "lead ads", false),
    ("google-ads", "fivetran", "spend", false),
    ("linkedin-ads", "fivetran", "spend", false),
    ("meta-ads", "fivetran", "spend", false),
    ("tiktok-ads", "budget-tracker", "spend CSV", true),
    ("tiktok-ads", "lead-tracker", "lead CSV", true),
    ("on24", "hubspot", "registrants", false),
    ("on24", "lead-tracker", "no-shows CSV", true),
    ("cvent", "lead-tracker", "attendee list", true),
    ("g2", "salesforce", "buyer intent", false),
    ("6sense", "salesforce", "intent scores", false),
    ("6sense", "linkedin-ads", "audiences", false),
    ("jasper", "wordpress", "paste drafts", true),
    ("midjourney", "bynder", "upload images", true),
    ("bynder", "wordpress", "images", false),
    ("figma", "bynder", "assets", false),
    ("semrush", "content-calendar", "keywords", true),
    ("content-calendar", "workfront", "briefs", true),
    ("workfront", "content-calendar", "dates", true),
    ("wordpress", "ga4", "tags", false),
    ("wordpress", "segment", "page events", false),
    ("wordpress", "hubspot", "forms", false),
    ("wordpress", "onetrust", "banner", false),
    ("wordpress", "drift", "page context", false),
    ("optimizely", "wordpress", "variants", false),
    ("optimizely", "snowflake", "results", false),
    ("segment", "snowflake", "events", false),
    ("segment", "braze", "events", false),
    ("fivetran", "snowflake", "raw tables", false),
    ("snowflake", "dbt", "raw", false),
    ("dbt", "snowflake", "models", false),
    ("snowflake", "census", "audiences", false),
    ("snowflake", "tableau", "marts", false),
    ("ga4", "tableau", "traffic", false),
    ("census", "salesforce", "scores", false),
    ("census", "braze", "segments", false),
    ("tableau", "chatgpt", "paste tables", true),
    ("chatgpt", "slack", "summary", true),
    ("tableau", "budget-tracker", "copy totals", true),
    ("hubspot", "salesforce", "MQLs", false),
    ("salesforce", "hubspot", "lifecycle stage", false),
    ("hubspot", "slack", "MQL alert", false),
    ("hubspot", "fivetran", "events", false),
    ("braze", "snowflake", "engagement", false),
    ("braze", "twilio", "messages", false),
    ("onetrust", "hubspot", "opt-outs", false),
    ("onetrust", "braze", "opt-outs", true),
    ("drift", "salesforce", "chats", false),
    ("sprout", "salesforce", "mentions", true),
    ("qualtrics", "chatgpt", "verbatims", true),
    ("qualtrics", "salesforce", "NPS", false),
    ("salesforce", "outreach", "prospects", false),
    ("outreach", "salesforce", "activity", false),
    ("clearbit", "hubspot", "firmographics", false),
    ("zoominfo", "salesforce", "contacts", false),
    ("zoominfo", "outreach", "contacts", false),
    ("lead-tracker", "hubspot", "list import", true),
    ("lead-tracker", "salesforce", "re-key", true),
    ("salesforce", "cpq", "opportunities", false),
    ("cpq", "netsuite", "quote PDF", true),
    ("gong", "salesforce", "call notes", false),
    ("partnerstack", "salesforce", "referrals", false),
    ("partnerstack", "netsuite", "payouts", true),
    ("salesforce", "fivetran", "objects", false),
    ("salesforce", "slack", "deal won", false),
    ("salesforce", "workfront", "campaign requests", true),
    ("netsuite", "fivetran", "ledger", false),
    ("netsuite", "stripe", "invoices", false),
    ("stripe", "netsuite", "payments", false),
    ("budget-tracker", "netsuite", "PO upload", true),
];

fn role(letter: char) -> Role {
    match letter {
        'a' => Role::AiTool,
        'c' => Role::Carrier,
        'm' => Role::Middleware,
        'r' => Role::SystemOfRecord,
        _ => Role::System,
    }
}

fn manual_weight(from: &str, to: &str) -> f64 {
    // Some spread of hours a year, made of the names.
    let n: u32 = from.bytes().chain(to.bytes()).map(u32::from).sum();
    f64::from(20 + n % 180)
}

/// A realistic stack of the first `size` systems taken in turn from all domains, up to 45, with
/// all flows between them; beyond 45 further regions repeat the domains.
pub(crate) fn realistic(size: usize) -> Diagram {
    let mut d = Diagram {
        title: "Twenty-one handoffs cost 2,340 hours a year; three carry 40 % of them".into(),
        subtitle: "Landscape of the marketing stack: systems by domain, flows by how they run".into(),
        source: "Acme marketing operations · as of 2026-11-21".into(),
        ..Diagram::default()
    };
    if size == 16 {
        d.title = "Six handoffs by hand keep four AI tools apart from the rest".into();
    }
    let regions = size.div_ceil(45);
    for region in 0..regions {
        let tag = ["", "-emea", "-apac", "-latam", "-br"][region.min(4)];
        let words = ["", " EMEA", " APAC", " LATAM", " Brands"][region.min(4)];
        let want = (size - region * 45).min(45);
        let mut chosen = Vec::new();
        for k in 0..8 {
            for (c, (_, systems)) in DOMAINS.iter().enumerate() {
                if let Some(s) = systems.get(k)
                    && chosen.len() < want
                {
                    chosen.push((c, s));
                }
            }
        }
        chosen.sort_by_key(|(c, _)| *c);
        for (c, (name, _)) in DOMAINS.iter().enumerate() {
            if chosen.iter().any(|x| x.0 == c) {
                d.clusters.push(Cluster { id: format!("{name}{tag}"), name: format!("{name}{words}") });
            }
        }
        for (c, s) in &chosen {
            d.nodes.push(Node {
                id: format!("{}{tag}", s.0),
                name: s.1.into(),
                caption: s.2.into(),
                cluster: Some(format!("{}{tag}", DOMAINS[*c].0)),
                role: role(s.3),
                emphasis: if s.0 == "salesforce" { Emphasis::Ringed } else { Emphasis::Normal },
                ..Node::default()
            });
        }
        for (from, to, label, manual) in FLOWS {
            let (a, b) = (format!("{from}{tag}"), format!("{to}{tag}"));
            if d.nodes.iter().any(|n| n.id == a) && d.nodes.iter().any(|n| n.id == b) {
                d.edges.push(Edge {
                    id: format!("{a}-to-{b}"),
                    from: a,
                    to: b,
                    label: vec![(*label).into()],
                    style: if *manual { Style::Manual } else { Style::Automated },
                    weight: if *manual { manual_weight(from, to) } else { 0.0 },
                    hours: if *manual { manual_weight(from, to) } else { 0.0 },
                    ..Edge::default()
                });
            }
        }
        if region > 0 {
            d.edges.push(Edge {
                id: format!("sync{tag}"),
                from: format!("snowflake{tag}"),
                to: "snowflake".into(),
                label: vec!["regional data".into()],
                ..Edge::default()
            });
        }
    }
    d
}

const FIRST: [&str; 16] = [
    "Data", "Lead", "Brand", "Campaign", "Customer", "Partner", "Sales", "Web", "Event", "Content", "Budget",
    "Consent", "Social", "Mail", "Video", "Account",
];
const LAST: [&str; 12] = [
    "hub",
    "tracker",
    "cloud",
    "engine",
    "studio",
    "desk",
    "automation platform",
    "CRM",
    "CDP",
    "warehouse",
    "AI",
    "board",
];
const WORDS: [&str; 14] = [
    "leads",
    "contacts",
    "spend",
    "weekly CSV",
    "re-keyed orders",
    "audiences",
    "opt-outs",
    "engagement events",
    "scores",
    "draft",
    "assets",
    "closed-won outcomes of the quarter",
    "ids",
    "名单",
];

/// A random stack of `n` systems: a few hubs take most flows, cluster sizes have a heavy tail, some
/// nodes are in no cluster, some flows run in parallel, both ways, or from a system to itself.
pub(crate) fn random(n: usize, seed: u64) -> Diagram {
    let mut rng = Rng(seed.wrapping_mul(0x1234_5678_9abc_def1) ^ n as u64);
    let mut d =
        Diagram { title: format!("{n} systems, case {seed}"), source: "generated".into(), ..Diagram::default() };
    let clusters = if seed.is_multiple_of(7) { 0 } else { 1 + rng.below((n / 4).clamp(1, 9)) };
    for c in 0..clusters {
        d.clusters.push(Cluster {
            id: format!("c{c}"),
            name: format!("{} & {}", FIRST[rng.below(16)], FIRST[rng.below(16)]),
        });
    }
    let roles = [Role::System, Role::System, Role::SystemOfRecord, Role::AiTool, Role::Carrier, Role::Middleware];
    for i in 0..n {
        let skew = rng.below(clusters.max(1)).min(rng.below(clusters.max(1)));
        let cluster = (clusters > 0 && rng.below(20) > 0).then(|| format!("c{skew}"));
        d.nodes.push(Node {
            id: format!("n{i}"),
            name: format!("{} {}", FIRST[rng.below(16)], LAST[rng.below(12)]),
            caption: if rng.below(3) > 0 {
                format!("{} · {}", LAST[rng.below(12)], FIRST[rng.below(16)])
            } else {
                String::new()
            },
            cluster,
            role: roles[rng.below(6)],
            emphasis: [
                Emphasis::Normal,
                Emphasis::Normal,
                Emphasis::Normal,
                Emphasis::Ringed,
                Emphasis::Lost,
                Emphasis::New,
            ][rng.below(6)],
            badge: if rng.below(12) == 0 { "2".into() } else { String::new() },
            ..Node::default()
        });
    }
    let flows = n * (10 + rng.below(8)) / 10;
    for e in 0..flows {
        // Low numbers are hubs.
        let hub = rng.below(n).min(rng.below(n)).min(rng.below(n));
        let other = rng.below(n);
        let (from, to) = if rng.below(2) == 0 { (hub, other) } else { (other, hub) };
        if from == to && rng.below(4) > 0 {
            continue;
        }
        d.edges.push(Edge {
            id: format!("e{e}"),
            from: format!("n{from}"),
            to: format!("n{to}"),
            label: if rng.below(8) == 0 { Vec::new() } else { vec![WORDS[rng.below(14)].into()] },
            style: [Style::Automated, Style::Automated, Style::Manual, Style::Standby][rng.below(4)],
            emphasis: if rng.below(10) == 0 { EdgeEmphasis::Strong } else { EdgeEmphasis::Normal },
            weight: rng.below(3) as f64 * rng.below(100) as f64,
            ..Edge::default()
        });
    }
    directed(&mut d, Rng(seed ^ n as u64));
    d
}

/// Gives boxes steps and layers, and lets some of the lines pass one or two boxes of middleware on their way.
fn directed(d: &mut Diagram, mut rng: Rng) {
    for node in &mut d.nodes {
        node.step = (rng.below(3) > 0).then(|| rng.below(5) as u8);
        node.layer = (rng.below(8) > 0).then(|| rng.below(6) as u8);
    }
    let between = d.nodes.iter().filter(|node| node.role == Role::Middleware);
    let mut stops: Vec<Stop> =
        between.map(|node| Stop { id: node.id.clone(), name: node.name.clone() }).take(4).collect();
    // One that the diagram lacks is named.
    stops.push(Stop { id: "elsewhere".into(), name: "Elsewhere".into() });
    for edge in d.edges.iter_mut().filter(|edge| edge.from != edge.to) {
        for _ in 0..[0, 0, 0, 0, 1, 2][rng.below(6)] {
            let stop = &stops[rng.below(stops.len())];
            let is_end = [&edge.from, &edge.to].contains(&&stop.id);
            if !is_end && edge.stops.iter().all(|other| other.id != stop.id) {
                edge.stops.push(stop.clone());
            }
        }
    }
}
