// ---- what goes down ------------------------------------------------------------------------------------------

const keyOf = (components) => JSON.stringify([...components].sort());
const outages = new Map(data.outages.map((outage) => [keyOf(outage.components), outage]));

/** The computed outage of exactly what is offline. */
const exactOutage = () => outages.get(keyOf(state.offline));

/** What is certain of a combined failure that the report does not hold: what the parts take down, the whole does too. */
const atLeast = () => {
  const processes = new Set(), down = new Set();
  for (const id of state.offline) {
    const outage = outages.get(keyOf([id]));
    outage?.processes_down.forEach((process) => processes.add(process));
    outage?.systems_down.forEach((system) => down.add(system));
  }
  for (const process of data.processes) {
    const isCut = (set) => set.every((id) => state.offline.includes(id));
    if ((process.cut_sets ?? []).some(isCut)) processes.add(process.id);
  }
  return { processes: [...processes].sort(), down: [...down].sort() };
};

const panel = one('#outage');
/** How many entries of a list the report leaves out. */
const more = (outage, key) => outage.left_out?.[key] ?? 0;
const sentence = (outage) => {
  const parts = [
    ['processes_down', 'process stops', 'processes stop'],
    ['processes_degraded', 'process runs on standby', 'processes run on standby'],
    ['systems_down', 'system is down', 'systems are down'],
    ['systems_starved', 'system loses data', 'systems lose data'],
  ].map(([key, ...words]) => [outage[key].length + more(outage, key), ...words])
    .filter(([count]) => count > 0).map(([count, singular, plural]) => counted(count, singular, plural));
  let words = parts.length ? `${joined(parts)}.` : 'nothing else is affected.';
  if (outage.processes_down.length) {
    words += outage.cost_per_hour === null ? ' Cost per hour: not known.'
      : ` Cost: ${money(outage.cost_per_hour)} per hour.`;
  }
  if (outage.expected_cost > 0) words += ` Expected cost: ${money(outage.expected_cost)} a year.`;
  return words;
};

const group = (kind, title, entries, left = 0) => {
  if (!entries.length) return [];
  const items = entries.map(([id, name, detail]) => {
    const item = make('li', { 'data-id': id }, named(name));
    if (detail) item.append(make('span', { class: 'detail' }, detail));
    return item;
  });
  if (left) items.push(make('li', {}, `and ${grouped(left)} more, which this page does not list or mark`));
  const head = make('h4', {}, `${title} `, make('span', { class: 'tally' }, grouped(entries.length + left)));
  return [make('section', { 'data-list': kind }, head, make('ul', {}, ...items))];
};

const lists = (outage) => {
  const lost = new Map();
  for (const fact of outage.facts_lost) lost.set(fact.at, [...(lost.get(fact.at) ?? []), fact.data]);
  const loses = (id) => `loses ${joined((lost.get(id) ?? []).map((fact) => brief(dataName(fact))))}`;
  return [
    ...group('processes_down', 'Processes that stop', outage.processes_down.map((id) => [id, processName(id)]), more(outage, 'processes_down')),
    ...group('processes_degraded', 'Processes on standby', outage.processes_degraded.map((id) => [id, processName(id)]), more(outage, 'processes_degraded')),
    ...group('systems_down', 'Systems down', outage.systems_down.map((id) => [id, systemName(id)]), more(outage, 'systems_down')),
    ...group('systems_starved', 'Systems that lose data',
      outage.systems_starved.map((id) => [id, systemName(id), lost.has(id) ? loses(id) : '']), more(outage, 'systems_starved')),
  ];
};

const marks = () => make('p', { class: 'marks' },
  'In the picture: ✕ is offline or down, ! loses data, faint lines with struck-out labels carry nothing.');

const command = () => `sinew outage STACK ${state.offline.map((id) => `--without ${id}`).join(' ')}`;

const sayWhatGoesDown = () => {
  if (!panel) return;
  const words = one('#outage-words'), place = one('#outage-lists');
  one('#restore').hidden = state.offline.length === 0;
  one('#several').setAttribute('aria-pressed', String(state.several));
  const pick = one('#pick');
  if (pick) pick.value = state.offline.length === 1 && isSystem(state.offline[0]) ? state.offline[0] : '';
  panel.classList.toggle('active', state.offline.length > 0);
  place.replaceChildren();
  if (!state.offline.length) {
    words.textContent = '“Take offline” on the card of a system, or in a table below, shows what goes down with it.';
    return;
  }
  const who = joined(state.offline.map((id) => brief(componentName(id))));
  const outage = exactOutage();
  if (outage) {
    words.textContent = `Without ${who}: ${sentence(outage)}`;
    place.append(...lists(outage), marks());
  } else if (state.offline.length > 1) {
    const least = atLeast();
    words.textContent = `Without ${who} together: at least ${counted(least.processes.length, 'process stops', 'processes stop')}, `
      + 'from what each takes down alone and from the minimal cut sets. This report does not hold their combined outage. '
      + `To compute it: ${command()}`;
    place.append(...group('processes_down', 'Processes that stop, at least', least.processes.map((id) => [id, processName(id)])), marks());
  } else {
    words.textContent = `This report holds no outage of ${who}, which is not live today.`;
  }
};

/** Whether exactly these are offline. */
const isOffline = (components) => keyOf(components) === keyOf(state.offline);

const takeOffline = (components, adds) => {
  if (adds) {
    for (const id of components) {
      state.offline = state.offline.includes(id) ? state.offline.filter((other) => other !== id) : [...state.offline, id];
    }
  } else {
    state.offline = isOffline(components) ? [] : [...components];
  }
  changed();
};

