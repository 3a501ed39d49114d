//! Object by object: which links have to carry an object so that a handoff need not.

use std::collections::{BTreeMap, BTreeSet};

use sinew_order::List;

use crate::analysis::{Analysis, Chain, Fact};
use crate::model::{DataIx, FlowIx, SystemIx};

use super::link::{Link, LinkIx};
use super::sources::Sources;

/// Sets of links that are considered for one handoff; of more, the first are.
const MOST_DEMANDS: usize = 24;

/// What has to be carried without a person: by link the objects.
pub type Demand = BTreeMap<LinkIx, BTreeSet<DataIx>>;

/// One object of a handoff with the sets of links each of which makes carrying it by hand superfluous; none where
/// nothing does.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Replacement {
    /// The object that the replaced step carries.
    pub data: DataIx,
    /// The sets of links.
    pub ways: Vec<BTreeSet<LinkIx>>,
}

/// For every handoff what it takes to take each of its objects out of it.
///
/// An object need not be carried from one system to another by hand where the link between the two carries it. Nor where
/// the links over all chains carry it of which the handoff is a step: whatever the chains deliver is then delivered, and
/// what is between is only passed. A chain that comes back to a system that it has passed takes no link's place: what
/// happens on its way has to move into a system first. One that ends where it began keeps its steps alive; a loop of
/// carriers beside chains that lead on does not.
#[must_use]
pub fn replacements(analysis: &Analysis<'_>, links: &List<LinkIx, Link>) -> BTreeMap<FlowIx, Vec<Replacement>> {
    let stack = analysis.stack;
    let places: BTreeMap<(SystemIx, SystemIx), LinkIx> =
        links.enumerate().map(|(at, link)| ((link.from, link.to), at)).collect();
    let covers = |from: SystemIx, to: SystemIx, data: DataIx| {
        places.get(&(from, to)).copied().filter(|at| links[*at].data.binary_search(&data).is_ok())
    };
    let mut known = Sources::default();
    let mut replacement = |flow: FlowIx, data: DataIx| {
        let (from, to) = (stack.flow(flow).from, stack.flow(flow).to);
        let mut ways: Vec<BTreeSet<LinkIx>> =
            covers(from, to, data).map(|at| BTreeSet::from([at])).into_iter().collect();
        // Of objects with too many chains not all are listed, and those left out may run over any of their flows.
        if analysis.handoffs().cut_short.binary_search(&data).is_err() {
            let chains = analysis.handoffs().chains_over([flow]).into_iter().filter(|chain| chain.data.contains(&data));
            ways.extend(over_chains(analysis, data, chains.collect(), &covers, &mut known));
        }
        Replacement { data, ways: smallest(ways) }
    };
    let mut found = BTreeMap::new();
    for (flow, _) in &analysis.handoffs().steps {
        found.insert(*flow, stack.flow(*flow).data.iter().map(|data| replacement(*flow, *data)).collect());
    }
    found
}

/// The sets of links that deliver what all of `chains` deliver of `data`, which each of them carries.
fn over_chains(
    analysis: &Analysis<'_>,
    data: DataIx,
    chains: Vec<&Chain>,
    covers: &dyn Fn(SystemIx, SystemIx, DataIx) -> Option<LinkIx>,
    known: &mut Sources,
) -> Vec<BTreeSet<LinkIx>> {
    let leads_on = |chain: &&Chain| chain.from == chain.to || !chain.comes_back(analysis.stack);
    let chains: Vec<&Chain> = chains.into_iter().filter(leads_on).collect();
    if chains.is_empty() || chains.iter().any(|chain| chain.from == chain.to) {
        return Vec::new();
    }
    let mut ways = vec![BTreeSet::new()];
    for chain in chains {
        let begin = std::iter::once(vec![chain.from]);
        let upstream = known.of(analysis, Fact { at: chain.from, data }).to_vec();
        let options = begin.chain((!upstream.is_empty()).then_some(upstream)).filter_map(|sources| {
            let links = sources.into_iter().map(|from| covers(from, chain.to, data).filter(|_| from != chain.to));
            links.collect::<Option<BTreeSet<LinkIx>>>()
        });
        let options: Vec<BTreeSet<LinkIx>> = options.collect();
        // A chain that nothing covers leaves no way for the others either.
        if options.is_empty() {
            return Vec::new();
        }
        let both = |way: &BTreeSet<LinkIx>, option: &BTreeSet<LinkIx>| way.union(option).copied().collect();
        ways = smallest(ways.iter().flat_map(|way| options.iter().map(move |option| both(way, option))).collect());
    }
    ways
}

/// The sets that contain no other, the small ones first, each once.
fn smallest(mut sets: Vec<BTreeSet<LinkIx>>) -> Vec<BTreeSet<LinkIx>> {
    sets.sort_by(|a, b| a.len().cmp(&b.len()).then_with(|| a.cmp(b)));
    sets.dedup();
    let mut kept: Vec<BTreeSet<LinkIx>> = Vec::new();
    for set in sets {
        if kept.len() < MOST_DEMANDS && !kept.iter().any(|other| other.is_subset(&set)) {
            kept.push(set);
        }
    }
    kept
}

/// What has to be carried so that nothing of a handoff is left, in all ways that are known; none where something is.
#[must_use]
pub fn demands(objects: &[Replacement]) -> Vec<Demand> {
    let mut found = vec![Demand::new()];
    for object in objects {
        let with = |demand: &Demand, way: &BTreeSet<LinkIx>| {
            let mut demand = demand.clone();
            for link in way {
                demand.entry(*link).or_default().insert(object.data);
            }
            demand
        };
        let mut longer: Vec<Demand> = Vec::new();
        for demand in found.iter().flat_map(|demand| object.ways.iter().map(move |way| with(demand, way))) {
            if longer.len() < MOST_DEMANDS && !longer.contains(&demand) {
                longer.push(demand);
            }
        }
        found = longer;
    }
    found
}

/// Whether all of `demand` is among what is `carried`.
#[must_use]
pub fn is_met(demand: &Demand, carried: &BTreeSet<(LinkIx, DataIx)>) -> bool {
    demand.iter().all(|(link, objects)| objects.iter().all(|data| carried.contains(&(*link, *data))))
}

#[cfg(test)]
mod tests {
    use sinew_order::Index;

    use super::*;
    use crate::model::trial::stack_of;
    use crate::plan::link::links;

    /// For each handoff and object the sets of links, by their ends.
    fn ways(text: &str) -> Vec<(String, Vec<Vec<String>>)> {
        let stack = stack_of(text);
        let analysis = Analysis::of(&stack);
        let (links, _) = links(&analysis, usize::MAX);
        let name = |at: &LinkIx| format!("{}>{}", stack.system(links[*at].from).id, stack.system(links[*at].to).id);
        let mut found = Vec::new();
        for (flow, objects) in replacements(&analysis, &links) {
            for object in objects {
                let id = format!("{}:{}", stack.flow(flow).id, stack.data_object(object.data).id);
                found.push((id, object.ways.iter().map(|way| way.iter().map(name).collect()).collect()));
            }
        }
        found
    }

    fn stack(flows: &[&str], processes: &str) -> String {
        let flow = |(at, ends): (usize, &&str)| {
            let (from, rest) = ends.split_once('>').expect("two ends");
            let (to, how) = rest.split_once(' ').unwrap_or((rest, "message"));
            format!("  - {{ id: f{at}, from: {from}, to: {to}, data: d, mechanism: {how} }}\n")
        };
        let flows: String = flows.iter().enumerate().map(flow).collect();
        format!(
            "sinew: 1\nhourly_rate: 1\nsystems: {{ a: {{ kind: crm, makes: [d] }}, b: {{ kind: crm, makes: [d] }}, k: {{ kind: spreadsheet }}, l: {{ kind: spreadsheet }}, y: {{ kind: erp }}, z: {{ kind: erp }} }}\ndata: {{ d: {{}} }}\nflows:\n{flows}{processes}"
        )
    }

    fn of(found: &[(String, Vec<Vec<String>>)], id: &str) -> Vec<String> {
        let (_, ways) = found.iter().find(|(one, _)| one == id).expect("it is a handoff");
        ways.iter().map(|way| way.join(" ")).collect()
    }

    #[test]
    fn a_step_goes_with_all_its_chains() {
        let found = ways(&stack(&["a>k", "b>k", "k>z"], ""));
        assert_eq!(of(&found, "f0:d"), ["a>z"]);
        assert_eq!(of(&found, "f2:d"), ["a>z b>z"]);
    }

    #[test]
    fn a_carrier_that_uses_the_object_is_an_end_and_what_leaves_it_may_come_from_where_it_is_fed() {
        let found = ways(&stack(&["a>k", "b>k", "k>z"], "processes: { p: { needs: [{ data: d, at: k }] } }\n"));
        assert_eq!(of(&found, "f0:d"), ["a>k"]);
        assert_eq!(of(&found, "f2:d"), ["k>z", "a>z b>z"]);
    }

    #[test]
    fn what_ends_where_it_began_stays() {
        let found = ways(&stack(&["a>k", "k>a"], ""));
        assert!(of(&found, "f0:d").is_empty() && of(&found, "f1:d").is_empty());
        // Also where a step of it leads elsewhere.
        let found = ways(&stack(&["a>k", "k>a", "k>z"], ""));
        assert!(of(&found, "f0:d").is_empty());
        assert_eq!(of(&found, "f2:d"), ["a>z"]);
        // And where what it begins with could come from elsewhere.
        let found = ways(&stack(&["a>k", "k>l", "l>k"], "processes: { p: { needs: [{ data: d, at: k }] } }\n"));
        assert!(of(&found, "f1:d").is_empty() && of(&found, "f2:d").is_empty());
    }

    #[test]
    fn a_loop_of_carriers_beside_a_chain_that_leads_on_keeps_no_step_but_its_own() {
        let found = ways(&stack(&["a>k", "k>l", "l>k", "l>z"], ""));
        // From a to k by itself as well, or all the way.
        assert_eq!(of(&found, "f0:d"), ["a>k", "a>z"]);
        assert_eq!(of(&found, "f1:d"), ["a>z"]);
        assert!(of(&found, "f2:d").is_empty());
        assert_eq!(of(&found, "f3:d"), ["a>z"]);
    }

    #[test]
    fn a_demand_names_what_each_link_has_to_carry() {
        let set = |links: &[usize]| links.iter().copied().map(LinkIx::new).collect::<BTreeSet<LinkIx>>();
        let [d, e] = [DataIx(0), DataIx(1)];
        let object = |data, ways: &[&[usize]]| Replacement { data, ways: ways.iter().map(|way| set(way)).collect() };
        let found = demands(&[object(d, &[&[0], &[1, 2]]), object(e, &[&[1]])]);
        let demand = |all: &[(usize, &[DataIx])]| -> Demand {
            all.iter().map(|(link, objects)| (LinkIx::new(*link), objects.iter().copied().collect())).collect()
        };
        assert_eq!(found, [demand(&[(0, &[d]), (1, &[e])]), demand(&[(1, &[d, e]), (2, &[d])])]);
        assert!(demands(&[object(d, &[&[0]]), object(e, &[])]).is_empty(), "what nothing carries stays");
        let carried = BTreeSet::from([(LinkIx::new(0), d), (LinkIx::new(1), e)]);
        assert!(is_met(&found[0], &carried) && !is_met(&found[1], &carried));
        let partly = BTreeSet::from([(LinkIx::new(1), d), (LinkIx::new(2), d)]);
        assert!(!is_met(&found[1], &partly), "e is left");
    }

    #[test]
    fn of_sets_those_that_contain_another_are_left_out() {
        let set = |links: &[usize]| links.iter().copied().map(LinkIx::new).collect::<BTreeSet<LinkIx>>();
        assert_eq!(smallest(vec![set(&[1, 2]), set(&[2]), set(&[0, 1]), set(&[2])]), [set(&[2]), set(&[0, 1])]);
    }
}
