//! The product of a system: keys that the catalog's facts are settled from.

use crate::catalog::{
    Catalog, FactsError, Interface, Kind, Lookup, ProductFacts, ProductId, StatedFacts, StatedQuotas, StatedWindow,
    TaskQuota, Window,
};
use crate::model::form::{Flag, Tasks, Text, Whole, object, one_of, some_of};
use crate::model::rewrite::of_your_own;
use crate::model::table::{
    self, Context, Fields, Irregular, Key, Mapping, Mask, Maskable, Masker, Pairs, Tables, mapping, quoted,
};
use crate::source::{Diagnostic, Span};

mapping! {
    impl StatedFacts = "a system" {
        product: Option<String> = may, Text::Any, Label("product"),
            "Its product in the catalog, by id, name or alias; fills kind, vendor, ai, interfaces and quotas.";
        kind: Option<Kind> = may, one_of::<Kind>("kind of system"), Keep,
            "What kind of system it is; needed where the product is not in the catalog.";
        vendor: Option<String> = may, Text::Word, Label("vendor"), "Who sells it.";
        ai: Option<bool> = may, Flag, Keep, "Whether it is an AI tool.";
        interfaces: Option<Vec<Interface>> = may, some_of::<Interface>("interfaces", "kind of interface"), Keep,
            "Its interfaces; an empty list says that there are none. The plan needs one on both ends of an API flow.";
        quotas: StatedQuotas = or(StatedQuotas::default()), object::<StatedQuotas>(), Within,
            "Limits on calls, where they differ from the catalog's.";
    }
}

mapping! {
    impl StatedQuotas = "`quotas`" {
        daily_calls: Option<u64> = may, Whole("a whole number"), Keep,
            "API calls a day that the contract allows, add-ons included.";
        batch_size: Option<u64> = may, Whole("a whole number"), Keep, "Records that one call can write.";
        read_page: Option<u64> = may, Whole("a whole number"), Keep, "Records that one call can read.";
        daily_tasks: Option<u64> = may, Whole("a whole number"), Keep, "Tasks a day, of middleware.";
        tasks: Option<TaskQuota> = may, Tasks, Keep, "Tasks of a month, a day or a year, of middleware: `2000/month`.";
        window: Option<StatedWindow> = may, object::<StatedWindow>(), Within, "Calls within a time shorter than a day.";
    }
}

mapping! {
    impl StatedWindow = "`window`" + Irregular {
        calls: u64 = must, Whole("a whole number"), Keep, "How many calls.";
        seconds: u64 = must, Whole("a number of seconds"), Keep, "Within how many seconds, less than a day.";
    }
}

/// A limit of a day has a key of its own.
impl Irregular for StatedWindow {
    fn settle(self, fields: &Fields<'_, '_>, cx: &mut Context) -> Option<Self> {
        if self.seconds >= Window::DAY {
            let span = fields.get("seconds").map_or(fields.place(), |node| node.span);
            cx.problems.push(
                Diagnostic::error("bad-window", span, "a window of a day or more")
                    .help("state the calls of a day as `daily_calls`"),
            );
            return None;
        }
        Some(self)
    }
}

/// What is stated goes through the catalog on its way in, and comes back as what differs from it.
impl Mapping for ProductFacts {
    const WHAT: &'static str = StatedFacts::WHAT;
    const KEYS: &'static [Key] = StatedFacts::KEYS;

    fn read(fields: &Fields<'_, '_>, cx: &mut Context) -> Option<Self> {
        let stated = StatedFacts::read(fields, cx)?;
        let product = fields.get("product");
        // A product or kind that could not be read has been reported, and is no missing one.
        let kind_is_broken = stated.kind.is_none() && fields.get("kind").is_some();
        let is_broken = kind_is_broken || (stated.product.is_none() && stated.kind.is_none() && product.is_some());
        if is_broken {
            return Some(Self::blank(fields));
        }
        let catalog = cx.tables.catalog.clone();
        let facts = catalog.facts(&stated).unwrap_or_else(|error| {
            let at = product.map_or(fields.place(), |node| node.span);
            cx.problems.push(unknown_facts(&catalog, &error, fields, at));
            Self::blank(fields)
        });
        let is_own = facts.product.is_none() && stated.kind.is_some();
        if let (Some(node), Some(said), true) = (product, &stated.product, is_own)
            && let Some(near) = catalog.near_miss(said)
        {
            // With a kind it may be a product of one's own; a slip of the pen looks the same.
            let message = format!("no product named {} in the catalog: only its kind is known", quoted(said));
            let problem = Diagnostic::warning("unknown-product", node.span, message);
            cx.problems.push(problem.help(format!("did you mean `{near}`?")));
        }
        Some(facts)
    }

    fn blank(_: &Fields<'_, '_>) -> Self {
        let stated = StatedFacts { kind: Some(Kind::Other), ..StatedFacts::default() };
        Catalog::builtin().facts(&stated).expect("a stated kind is enough")
    }

    fn write(&self, ids: &Tables, out: &mut Pairs) {
        stated(&ids.catalog, self).write(ids, out);
    }
}

/// Products of the program's catalog stay, since what is found rests on them; what only the file or a catalog of one's own
/// says of a product is masked.
impl Maskable for ProductFacts {
    fn mask(&mut self, _: Mask, masker: &mut dyn Masker) {
        let known = self.product.as_ref().and_then(|id| Catalog::builtin().product(id.as_str()));
        let is_vendor_stated = known.map(|product| product.vendor.as_str()) != self.vendor.as_deref();
        let own = self.source.take().map(|source| source.own).unwrap_or_default();
        // What only rows of one's own say is stated instead.
        let is_own = |column: &str| own.iter().any(|row| row.columns.iter().any(|one| one == column));
        self.interfaces_stated |= is_own("interfaces") && self.interfaces.is_some();
        if known.is_none() {
            self.product = None;
        }
        if is_vendor_stated {
            self.vendor.mask(Mask::Label("vendor"), masker);
        }
        if self.product.is_none() {
            self.name.mask(Mask::Label("product"), masker);
        }
    }
}

/// What the file has to state for the catalog to give these facts again: the product, and what differs from it.
fn stated(catalog: &Catalog, facts: &ProductFacts) -> StatedFacts {
    let known = facts.product.as_ref().and_then(|id| catalog.product(id.as_str())).map(ProductFacts::from);
    let product = facts.product.as_ref().map(ToString::to_string).or_else(|| facts.name.clone());
    let mut stated = StatedFacts {
        product,
        kind: known.as_ref().is_none_or(|known| known.kind != facts.kind).then_some(facts.kind),
        vendor: facts.vendor.clone().filter(|_| known.as_ref().is_none_or(|known| known.vendor != facts.vendor)),
        ai: None,
        interfaces: facts.interfaces.clone().filter(|_| facts.interfaces_stated),
        quotas: facts.quotas,
    };
    let is_derived = catalog.facts(&stated).is_ok_and(|derived| derived.ai_tool == facts.ai_tool);
    stated.ai = (!is_derived).then_some(facts.ai_tool);
    stated
}

fn unknown_facts(catalog: &Catalog, error: &FactsError, fields: &Fields<'_, '_>, at: Span) -> Diagnostic {
    match error {
        FactsError::UnknownProduct { name } => {
            let message = format!("no product named {} in the catalog", quoted(name));
            let problem = Diagnostic::error("unknown-product", at, message);
            match catalog.near_miss(name) {
                Some(near) => problem.help(format!("did you mean `{near}`? Otherwise state its `kind`")).instead(
                    at,
                    table::text(near),
                    "",
                ),
                None => problem.help(of_your_own(catalog, name)),
            }
        }
        FactsError::Suite { name, members } => {
            let members =
                members.iter().map(ProductId::as_str).map(|id| format!("`{id}`")).collect::<Vec<_>>().join(", ");
            Diagnostic::error("unknown-product", at, format!("{} stands for several products", quoted(name)))
                .help(format!("name one of {members}"))
        }
        FactsError::NothingStated => {
            let id: &str = fields.id();
            let message = format!("system {} has neither `product` nor `kind`", quoted(id));
            let help = match catalog.find(id) {
                Lookup::Product(product) => format!("did you mean `product: {}`?", product.id.as_str()),
                _ => "name its product (`sinew catalog list` shows them), or state its `kind`".to_owned(),
            };
            Diagnostic::error("missing-key", fields.place(), message).help(help)
        }
    }
}
