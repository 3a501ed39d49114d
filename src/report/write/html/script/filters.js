// ---- filters ------------------------------------------------------------------------------------------------

const standing = (rule) => data.findings.filter((finding) => finding.rule === rule);

/** Ids that one filter lets through; null where it is not set. */
const passes = {
  rule: (rule) => new Set(standing(rule).flatMap((finding) => finding.subjects)),
  domain: (domain) => {
    const systems = new Set(Object.keys(data.systems).filter((id) => data.systems[id].domain === domain));
    const flows = Object.keys(data.flows).filter((id) => systems.has(data.flows[id].from) || systems.has(data.flows[id].to));
    return new Set([...systems, ...flows]);
  },
  process: (id) => {
    const process = data.processes.find((other) => other.id === id) ?? {};
    const ids = new Set([id, ...(process.single_points ?? []), ...(process.covered_points ?? []), ...(process.cut_sets ?? []).flat()]);
    for (const outage of data.outages) {
      if ([...outage.processes_down, ...outage.processes_degraded].includes(id)) outage.components.forEach((one) => ids.add(one));
    }
    return ids;
  },
};

const chosen = () => Object.entries(state.filters).filter(([, value]) => value).map(([name, value]) => [name, value, passes[name](value)]);

/** Systems and flows that stay bright in the pictures; null for all. */
const about = () => {
  const sets = chosen();
  if (!sets.length) return null;
  const passing = (ids) => sets.every(([, , set]) => ids.some((id) => set.has(id)));
  const flows = new Set(Object.keys(data.flows).filter((id) => passing([id])
    || sets.every(([, , set]) => set.has(id) || (set.has(data.flows[id].from) && set.has(data.flows[id].to)))));
  const systems = new Set(Object.keys(data.systems).filter((id) => passing([id])));
  for (const id of flows) { systems.add(data.flows[id].from); systems.add(data.flows[id].to); }
  return { systems, flows };
};

const prepareFilters = () => {
  const form = one('#filters');
  const read = () => {
    for (const name of Object.keys(state.filters)) state.filters[name] = one(`#${name}`)?.value ?? '';
    changed();
  };
  form?.addEventListener('change', read);
  form?.addEventListener('submit', (event) => event.preventDefault());
  form?.addEventListener('reset', () => setTimeout(read));
};

const showFilters = () => {
  for (const [name, value] of Object.entries(state.filters)) { const list = one(`#${name}`); if (list) list.value = value; }
};

