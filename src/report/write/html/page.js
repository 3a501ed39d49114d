// The script of the page. It shows, hides, sorts and marks what is already there; what goes down is read from the
// outages that sinew computed, and never worked out here. Text goes in as text only.
(() => {
'use strict';

const data = JSON.parse(document.getElementById('data').textContent);
const one = (selector, root = document) => root.querySelector(selector);
const all = (selector, root = document) => [...root.querySelectorAll(selector)];
const listOf = (text) => (text ? JSON.parse(text) : []);
const own = (object, key) => (Object.hasOwn(object, key) ? object[key] : undefined);

const make = (tag, attributes = {}, ...inside) => {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
  element.append(...inside);
  return element;
};
const LONG = 90;
const brief = (words, long = LONG) => {
  const letters = [...words];
  return letters.length > long ? `${letters.slice(0, long).join('')}…` : words;
};
const named = (words, long = LONG) => {
  const name = make('bdi', {}, brief(words, long));
  if (name.textContent !== words) name.title = words;
  return name;
};
const grouped = (number) => Math.round(number).toLocaleString('en-US');
const money = (number) => `${data.currency ? `${data.currency} ` : ''}${grouped(number)}`;
const counted = (number, singular, plural) => `${grouped(number)} ${number === 1 ? singular : plural}`;

const systemName = (id) => own(data.systems, id)?.name ?? id;
const componentName = (id) => own(data.systems, id)?.name ?? own(data.flows, id)?.name ?? own(data.teams, id) ?? id;
const processName = (id) => own(data.processNames, id) ?? id;
const dataName = (id) => own(data.data, id) ?? id;
const joined = (words) => (words.length < 2 ? words.join('') : `${words.slice(0, -1).join(', ')} and ${words.at(-1)}`);

const state = { offline: [], several: false, wave: 0, view: null, filters: { rule: '', domain: '', process: '' } };

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
  const pick = one('#pick');
  if (pick) pick.value = state.offline.length === 1 && isSystem(state.offline[0]) ? state.offline[0] : '';
  panel.classList.toggle('active', state.offline.length > 0);
  place.replaceChildren();
  if (!state.offline.length) {
    words.textContent = 'Click a system in the picture, or “Take offline” in a table below, to see what goes down with it.';
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

const takeOffline = (components, adds) => {
  if (adds) {
    for (const id of components) {
      state.offline = state.offline.includes(id) ? state.offline.filter((other) => other !== id) : [...state.offline, id];
    }
  } else {
    state.offline = keyOf(components) === keyOf(state.offline) ? [] : [...components];
  }
  show();
};

// ---- pictures -----------------------------------------------------------------------------------------------

const SVG = 'http://www.w3.org/2000/svg';
const nodes = [], lines = [], words = [];
const isSystem = (id) => Object.hasOwn(data.systems, id);
const canFail = data.outages.length > 0;

const tooltipOf = (element) => {
  const title = one('title', element);
  title?.remove();
  return title?.textContent ?? '';
};

const prepareNode = (svg, element) => {
  const id = element.getAttribute('data-node');
  const box = element.getBBox();
  const node = { svg, id, element, box, name: element.getAttribute('aria-label') ?? id, tip: tooltipOf(element) };
  nodes.push(node);
  if (!isSystem(id)) return;
  const mark = document.createElementNS(SVG, 'g');
  mark.setAttribute('class', 'mark');
  mark.setAttribute('transform', `translate(${box.x} ${box.y})`);
  const disc = document.createElementNS(SVG, 'circle');
  disc.setAttribute('r', '6.5');
  const sign = document.createElementNS(SVG, 'text');
  sign.setAttribute('text-anchor', 'middle');
  sign.setAttribute('y', '3.2');
  mark.append(disc, sign);
  element.append(mark);
  node.sign = sign;
  if (!canFail) return;
  element.setAttribute('role', 'button');
  element.setAttribute('tabindex', '-1');
  element.setAttribute('aria-pressed', 'false');
  element.addEventListener('click', (event) => {
    hideTip(node);
    rove(node);
    takeOffline([id], state.several || event.shiftKey || event.ctrlKey || event.metaKey);
  });
};

const prepareLine = (svg, element) => {
  const edges = listOf(element.getAttribute('data-edges'));
  const path = one('path', element);
  if (path) {
    const hit = path.cloneNode();
    for (const name of ['stroke', 'stroke-width', 'stroke-opacity', 'stroke-dasharray']) hit.removeAttribute(name);
    hit.setAttribute('class', 'hit');
    element.append(hit);
  }
  const line = { svg, id: element.getAttribute('data-edge'), edges, element, tip: tooltipOf(element) };
  line.name = edges.map((id) => own(data.flows, id)?.name ?? '').filter(Boolean).join('; ');
  lines.push(line);
  if (canFail && edges.length === 1 && Object.hasOwn(data.flows, edges[0])) {
    element.classList.add('can-fail');
    element.addEventListener('click', (event) => {
      hideTip(line);
      takeOffline(edges, state.several || event.shiftKey || event.ctrlKey || event.metaKey);
    });
  }
};

const prepare = (svg) => {
  // The words of the picture itself stay as its label; as tooltips they would cover everything.
  for (const child of [...svg.children]) if (child.matches('title, desc')) child.remove();
  all('g[data-cluster] > title', svg).forEach((title) => title.remove());
  all('g[data-node]', svg).forEach((element) => prepareNode(svg, element));
  all('g[data-edge]', svg).forEach((element) => prepareLine(svg, element));
  all('[data-of-node], [data-of-edge]', svg).forEach((element) => words.push({
    svg, element, node: element.getAttribute('data-of-node'), edge: element.getAttribute('data-of-edge'),
  }));
  const mine = nodes.filter((node) => node.svg === svg && isSystem(node.id));
  if (!mine.length || !canFail) return;
  svg.setAttribute('role', 'group');
  svg.setAttribute('aria-describedby', 'keys');
  mine[0].element.setAttribute('tabindex', '0');
  svg.addEventListener('keydown', (event) => walk(mine, event));
};

/** One box of a picture is in the tab order; arrow keys lead from box to box. */
const rove = (node) => {
  for (const other of nodes) {
    if (other.svg === node.svg && other.element.hasAttribute('tabindex')) other.element.setAttribute('tabindex', '-1');
  }
  node.element.setAttribute('tabindex', '0');
};

const STEPS = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };

const walk = (mine, event) => {
  const from = mine.find((node) => node.element === event.target);
  if (!from) return;
  if (event.key === 'Enter' || event.key === ' ') {
    event.preventDefault();
    takeOffline([from.id], state.several || event.shiftKey || event.ctrlKey || event.metaKey);
    return;
  }
  let to = null;
  if (event.key === 'Home') to = mine[0];
  if (event.key === 'End') to = mine.at(-1);
  if (Object.hasOwn(STEPS, event.key)) {
    const [dx, dy] = STEPS[event.key];
    const middle = ({ box }) => [box.x + box.width / 2, box.y + box.height / 2];
    const [x, y] = middle(from);
    let best = Infinity;
    for (const node of mine) {
      const [a, b] = middle(node);
      const along = (a - x) * dx + (b - y) * dy;
      const aside = Math.abs((a - x) * dy) + Math.abs((b - y) * dx);
      if (along > 1 && along + 2.5 * aside < best) { best = along + 2.5 * aside; to = node; }
    }
  }
  if (!to && !Object.hasOwn(STEPS, event.key)) return;
  event.preventDefault();
  if (to) { rove(to); to.element.focus(); }
};

const markPictures = () => {
  const outage = state.offline.length ? exactOutage() : null;
  const least = state.offline.length > 1 && !outage ? atLeast() : null;
  const off = new Set(state.offline);
  const down = new Set(outage?.systems_down ?? least?.down ?? []);
  const starved = new Set(outage?.systems_starved ?? []);
  // A flow works only if its ends, what it runs through and its performer do.
  const flowFails = (id) => {
    const flow = own(data.flows, id);
    return off.has(id) || (flow !== undefined
      && ([flow.from, flow.to, ...flow.through].some((end) => down.has(end) || off.has(end))
        || (flow.manual && off.has(flow.performer))));
  };
  const shown = about();
  const gone = goneFlows();
  const dimNode = (id) => shown !== null && isSystem(id) && !shown.systems.has(id);
  const dimEdges = (edges) => shown !== null && !edges.some((id) => shown.flows.has(id));
  const classes = new Map();
  for (const node of nodes) {
    const flags = { off: off.has(node.id), down: down.has(node.id) && !off.has(node.id), starved: starved.has(node.id), dim: dimNode(node.id) };
    paint(node.element, flags);
    if (node.sign) node.sign.textContent = flags.off || flags.down ? '✕' : flags.starved ? '!' : '';
    if (node.element.hasAttribute('aria-pressed')) {
      node.element.setAttribute('aria-pressed', String(flags.off));
      const says = flags.off ? ', offline' : flags.down ? ', down' : flags.starved ? ', loses data' : '';
      node.element.setAttribute('aria-label', node.name + says);
    }
  }
  for (const line of lines) {
    const flags = { down: line.edges.length > 0 && line.edges.every(flowFails), dim: dimEdges(line.edges), gone: line.edges.length > 0 && line.edges.every((id) => gone.has(id)) };
    paint(line.element, flags);
    if (!classes.has(line.svg)) classes.set(line.svg, new Map());
    classes.get(line.svg).set(line.id, flags);
  }
  for (const word of words) {
    if (word.node !== null) paint(word.element, { off: off.has(word.node), down: down.has(word.node) && !off.has(word.node), dim: dimNode(word.node) });
    else paint(word.element, classes.get(word.svg)?.get(word.edge) ?? {});
  }
};

const FLAGS = ['off', 'down', 'starved', 'dim', 'gone'];
const paint = (element, flags) => FLAGS.forEach((flag) => element.classList.toggle(flag, Boolean(flags[flag])));

// ---- pointing -----------------------------------------------------------------------------------------------

const tip = make('div', { id: 'tip', class: 'tip', role: 'tooltip', hidden: '' });

const tipFor = (thing, ids) => {
  const lines = thing.tip.split('\n').filter((line) => line.trim() && line.trim() !== thing.name);
  const inside = [];
  if (!thing.tip.startsWith(thing.name) || !lines.length) inside.push(make('strong', {}, named(thing.name || thing.id)));
  inside.push(...lines.map((line) => make('p', {}, named(line, 220))));
  const found = data.findings.filter((finding) => !finding.accepted && finding.subjects.some((subject) => ids.includes(subject)));
  for (const finding of found.slice(0, 3)) {
    inside.push(make('p', { class: 'found' }, make('span', { class: `tag ${finding.severity}` }, finding.severity), ' ', named(finding.message, 220)));
  }
  if (found.length > 3) inside.push(make('p', { class: 'detail' }, `and ${counted(found.length - 3, 'more finding', 'more findings')}`));
  return inside;
};

const placeTip = (x, y) => {
  const { width, height } = tip.getBoundingClientRect();
  const left = Math.max(8, Math.min(x + 14, document.documentElement.clientWidth - width - 8));
  const below = y + 18 + height < window.innerHeight;
  tip.style.left = `${left}px`;
  tip.style.top = `${Math.max(8, below ? y + 18 : y - height - 12)}px`;
};

const showTip = (thing, ids, x, y) => {
  tip.replaceChildren(...tipFor(thing, ids));
  tip.hidden = false;
  thing.element.setAttribute('aria-describedby', 'tip');
  placeTip(x, y);
};
const hideTip = (thing) => { tip.hidden = true; thing?.element.removeAttribute('aria-describedby'); };

const point = () => {
  document.body.append(tip);
  for (const thing of [...nodes, ...lines]) {
    const ids = thing.edges ?? [thing.id];
    thing.element.addEventListener('pointerenter', (event) => showTip(thing, ids, event.clientX, event.clientY));
    thing.element.addEventListener('pointermove', (event) => { if (!tip.hidden) placeTip(event.clientX, event.clientY); });
    thing.element.addEventListener('pointerleave', () => hideTip(thing));
    // An SVG element that listens for focus can be focused: only boxes that are buttons may.
    if (!thing.element.hasAttribute('tabindex')) continue;
    thing.element.addEventListener('focus', () => {
      if (!thing.element.matches(':focus-visible')) return;
      const box = thing.element.getBoundingClientRect();
      showTip(thing, ids, box.left, box.bottom - 8);
    });
    thing.element.addEventListener('blur', () => hideTip(thing));
  }
  document.addEventListener('keydown', (event) => { if (event.key === 'Escape') hideTip(); });
};

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

// ---- tables -------------------------------------------------------------------------------------------------

const LIMIT = 12;
const collator = new Intl.Collator('en', { numeric: true, sensitivity: 'base' });

const ruleIds = new Set(data.findings.map((finding) => finding.rule));
const accepted = new Set(data.findings.filter((finding) => finding.accepted).map((finding) => finding.id));
const waves = new Map(data.plan.map((item) => [item.id, item.wave]));

const rowOf = (row, at) => {
  const about = listOf(row.dataset.about);
  const next = row.nextElementSibling;
  row.classList.toggle('muted', accepted.has(row.dataset.id));
  return {
    row, at, about,
    head: one('th', row),
    details: next?.matches('.details') ? next : null,
    rules: about.filter((id) => ruleIds.has(id)),
    wave: waves.get(row.dataset.id),
    keys: [...row.cells].map((cell) => cell.dataset.key ?? cell.textContent.trim()),
  };
};

const tables = all('main table').map((element) => ({
  element,
  body: element.tBodies[0],
  rows: [...element.tBodies[0].rows].filter((row) => !row.matches('.details')).map(rowOf),
  isOpen: false,
}));

const sortBy = (table, column, descending, isNumber) => {
  const compare = (a, b) => {
    const [x, y] = [a.keys[column], b.keys[column]];
    // What is not known comes last, whichever way.
    if ((x === '') !== (y === '')) return x === '' ? 1 : -1;
    const order = isNumber ? Number(x) - Number(y) : collator.compare(x, y);
    return (descending ? -order : order) || a.at - b.at;
  };
  table.rows.sort(compare);
  table.body.append(...table.rows.flatMap(({ row, details }) => (details ? [row, details] : [row])));
};

const prepareTable = (table) => {
  const heads = all('thead th', table.element);
  heads.forEach((head, column) => {
    const isNumber = head.matches('.number, .names');
    const button = make('button', { type: 'button', class: 'sort' }, head.textContent);
    // A browser leaves buttons out where it repeats the head of a table on paper.
    head.dataset.words = head.textContent;
    head.replaceChildren(button);
    button.addEventListener('click', () => {
      const was = head.getAttribute('aria-sort');
      const descending = was ? was === 'ascending' : isNumber;
      heads.forEach((other) => other.removeAttribute('aria-sort'));
      head.setAttribute('aria-sort', descending ? 'descending' : 'ascending');
      sortBy(table, column, descending, isNumber);
      showTables();
    });
  });
  const more = make('button', { type: 'button', class: 'quiet show-all' });
  more.addEventListener('click', () => { table.isOpen = !table.isOpen; showTables(); });
  table.more = more;
  table.element.parentElement.after(more);
  table.rows.forEach((row, at) => {
    const tools = make('span', { class: 'tools' });
    if (row.row.dataset.offline && panel) tools.append(offlineButton(row));
    if (row.details) tools.append(detailsButton(row, `${table.element.id}-details-${at}`));
    if (tools.children.length) row.head.append(' ', tools);
  });
};

/** A button whose name begins with the words on it, so that it can be spoken to. */
const rowButton = (kind, words, name, state) => make('button',
  { type: 'button', class: `small ${kind}`, 'aria-label': `${words}: ${brief(name)}`, [state]: 'false' }, words);

const offlineButton = (row) => {
  const components = listOf(row.row.dataset.offline);
  const name = joined(components.map(componentName));
  const button = rowButton('offline', 'Take offline', name, 'aria-pressed');
  button.addEventListener('click', () => {
    takeOffline(components, false);
    if (state.offline.length) {
      const still = window.matchMedia('(prefers-reduced-motion: reduce)').matches;
      panel.scrollIntoView({ block: 'end', behavior: still ? 'auto' : 'smooth' });
    }
  });
  row.offline = { button, components, name };
  return button;
};

const detailsButton = (row, id) => {
  const button = rowButton('more', 'Details', row.head.textContent.trim(), 'aria-expanded');
  row.details.id = id;
  row.details.classList.add('folded');
  button.setAttribute('aria-controls', id);
  button.addEventListener('click', () => {
    const isOpen = !row.details.classList.toggle('folded');
    button.setAttribute('aria-expanded', String(isOpen));
  });
  return button;
};

const passesFilters = (sets, row) => sets.every(([name, value, set]) =>
  (name === 'rule' && row.rules.length ? row.rules.includes(value) : row.about.some((id) => set.has(id))));

/** What the plan has removed by the chosen wave, with the wave that removed it. */
const removed = () => {
  const ids = new Map();
  for (const item of data.plan) {
    if (item.wave <= state.wave) item.removes.forEach((id) => ids.set(id, Math.min(item.wave, ids.get(id) ?? Infinity)));
  }
  return ids;
};

/** Manual flows all of whose chains are removed by the chosen wave. */
const goneFlows = () => {
  const ids = removed(), open = new Set(), closed = new Set();
  for (const chain of data.handoffs) {
    for (const step of chain.steps) (ids.has(chain.id) ? closed : open).add(step);
  }
  return new Set([...closed].filter((id) => !open.has(id) && own(data.flows, id)?.manual));
};

/** Says of a row what the plan and the outage make of it; `wave` is the one that removes it. */
const markRow = (row, wave) => {
  row.row.classList.toggle('gone', wave !== undefined);
  one('.by-wave', row.row)?.remove();
  if (wave !== undefined) row.head.append(make('span', { class: 'by-wave' }, `removed in wave ${wave}`));
  row.row.classList.toggle('done', row.wave <= state.wave);
  if (!row.offline) return;
  const { button, components, name } = row.offline;
  const isOff = keyOf(components) === keyOf(state.offline);
  button.setAttribute('aria-pressed', String(isOff));
  button.textContent = isOff ? 'Offline' : 'Take offline';
  button.setAttribute('aria-label', `${button.textContent}: ${brief(name)}`);
};

const showTables = () => {
  const sets = chosen();
  const gone = removed();
  const tallies = [];
  for (const table of tables) {
    const isAbout = table.rows.some((row) => row.about.length > 0);
    let shown = 0;
    for (const row of table.rows) {
      const passing = !isAbout || passesFilters(sets, row);
      for (const line of [row.row, row.details]) {
        if (!line) continue;
        line.hidden = !passing;
        line.classList.toggle('over', passing && !table.isOpen && shown >= LIMIT);
      }
      if (passing) shown += 1;
      markRow(row, gone.get(row.row.dataset.id));
    }
    const many = table.element.dataset.many;
    table.more.hidden = shown <= LIMIT;
    table.more.textContent = table.isOpen ? `Show the first ${LIMIT} ${many}` : `Show all ${shown} ${many}`;
    table.more.setAttribute('aria-expanded', String(table.isOpen));
    if (sets.length && isAbout) tallies.push(`${shown} of ${counted(table.rows.length, table.element.dataset.one, many)}`);
  }
  const status = one('#shown');
  // What hangs on what is cut in this report, so the filter by process cannot know all of it.
  const isCut = data.cut && sets.some(([name]) => name === 'process');
  if (status) status.textContent = sets.length ? `Filtered by ${joined(sets.map(([name, value]) => `${name} ${brief(name === 'process' ? processName(value) : value)}`))}: ${joined(tallies)}.${isCut ? ' Lists of this report are cut, so there may be more; sinew outage --without ID tells all of one failure.' : ''}` : '';
};

// ---- the way to the target ----------------------------------------------------------------------------------

const slider = one('#wave');

const sayWave = () => {
  const output = one('#wave-words');
  if (!output) return;
  const last = Number(slider.max);
  const items = data.plan.filter((item) => item.wave <= state.wave);
  if (!state.wave) {
    output.textContent = `Today: ${counted(data.handoffs.length, 'manual handoff', 'manual handoffs')}, nothing built`;
  } else {
    const gone = removed();
    const left = data.handoffs.filter((chain) => !gone.has(chain.id)).length;
    const resolved = data.findings.filter((finding) => gone.has(finding.id)).length;
    const where = state.wave === last ? 'Target' : `After wave ${state.wave} of ${last}`;
    output.textContent = `${where}: ${counted(items.length, 'item', 'items')} built, ${left} of ${counted(data.handoffs.length, 'manual handoff', 'manual handoffs')} left, `
      + `${counted(resolved, 'finding', 'findings')} resolved`;
  }
  slider.setAttribute('aria-valuetext', output.textContent);
};

// ---- tabs ---------------------------------------------------------------------------------------------------

const figures = all('figure.picture').map((element) => ({ element, id: element.dataset.picture, slides: all('.slide', element), at: 0 }));

const showSlide = (figure) => {
  figure.slides.forEach((slide, at) => slide.classList.toggle('away', at !== figure.at));
  if (!figure.pager) return;
  figure.pager.words.textContent = `Slide ${figure.at + 1} of ${figure.slides.length}: ${brief(figure.slides[figure.at].dataset.title ?? '')}`;
  figure.pager.back.disabled = figure.at === 0;
  figure.pager.on.disabled = figure.at === figure.slides.length - 1;
};

const prepareFigures = () => {
  const tabs = one('#tabs');
  for (const figure of figures) {
    figure.button = make('button', { type: 'button', 'aria-pressed': 'false' }, figure.element.dataset.title);
    figure.button.addEventListener('click', () => { state.view = figure.id; show(); });
    tabs.append(figure.button);
    if (figure.slides.length > 1) {
      const back = make('button', { type: 'button' }, 'Previous'), on = make('button', { type: 'button' }, 'Next');
      const words = make('span', { role: 'status' });
      back.addEventListener('click', () => { figure.at -= 1; showSlide(figure); });
      on.addEventListener('click', () => { figure.at += 1; showSlide(figure); });
      figure.pager = { back, on, words };
      one('figcaption', figure.element).after(make('div', { class: 'pager controls' }, back, on, words));
    }
    showSlide(figure);
  }
  state.view = figures[0]?.id ?? null;
};

const showView = () => {
  for (const figure of figures) {
    figure.element.classList.toggle('away', figure.id !== state.view);
    figure.button.setAttribute('aria-pressed', String(figure.id === state.view));
  }
};

// ---- all together -------------------------------------------------------------------------------------------

const show = () => { showView(); markPictures(); sayWhatGoesDown(); showTables(); sayWave(); };

const start = () => {
  // Boxes are measured while all pictures can be seen.
  all('.slide svg').forEach(prepare);
  prepareFigures();
  tables.forEach(prepareTable);
  point();
  if (panel) {
    one('#pick')?.addEventListener('change', (event) => {
      if (event.target.value) takeOffline([event.target.value], state.several);
      else { state.offline = []; show(); }
    });
    one('#several').addEventListener('click', (event) => {
      state.several = !state.several;
      event.currentTarget.setAttribute('aria-pressed', String(state.several));
      if (!state.several && state.offline.length > 1) state.offline = state.offline.slice(-1);
      show();
    });
    one('#restore').addEventListener('click', () => {
      state.offline = [];
      show();
      one('#several').focus();
    });
  }
  const form = one('#filters');
  const read = () => {
    for (const name of Object.keys(state.filters)) state.filters[name] = one(`#${name}`)?.value ?? '';
    show();
  };
  form?.addEventListener('change', read);
  form?.addEventListener('submit', (event) => event.preventDefault());
  form?.addEventListener('reset', () => setTimeout(read));
  form?.reset();
  if (slider) {
    slider.value = '0';
    slider.addEventListener('input', () => {
      const was = state.wave;
      state.wave = Number(slider.value);
      const last = Number(slider.max);
      if (figures.some((figure) => figure.id === 'target')) {
        if (state.wave === last && was !== last && state.view === figures[0].id) state.view = 'target';
        else if (was === last && state.wave !== last && state.view === 'target') state.view = figures[0].id;
      }
      show();
    });
  }
  all('.controls').forEach((element) => { element.hidden = false; });
  document.body.classList.add('live');
  show();
};

// On paper, everything is open.
let opened = [];
window.addEventListener('beforeprint', () => {
  opened = all('details:not([open])');
  opened.forEach((element) => { element.open = true; });
});
window.addEventListener('afterprint', () => { opened.forEach((element) => { element.open = false; }); });

start();
})();
