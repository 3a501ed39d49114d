// ---- tables -------------------------------------------------------------------------------------------------

/** Rows that a table shows until asked; as cards they take more room. */
const limit = () => (window.matchMedia('(max-width: 680px)').matches ? 5 : 12);
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

/** A narrow window shows each row as a card, whose lines say what they are; to a screen reader it stays a table. */
const prepareCards = (table, heads) => {
  const ROLES = { TABLE: 'table', THEAD: 'rowgroup', TBODY: 'rowgroup', TFOOT: 'rowgroup', TR: 'row', TD: 'cell' };
  for (const part of [table.element, ...all('thead, tbody, tfoot, tr, td', table.element)]) {
    part.setAttribute('role', ROLES[part.tagName]);
  }
  heads.forEach((head) => head.setAttribute('role', 'columnheader'));
  for (const row of all('tbody tr:not(.details), tfoot tr', table.element)) {
    [...row.cells].forEach((cell, at) => {
      if (cell.tagName === 'TH') cell.setAttribute('role', 'rowheader');
      cell.dataset.label = heads[at]?.textContent ?? '';
    });
  }
};

const prepareTable = (table) => {
  const heads = all('thead th', table.element);
  prepareCards(table, heads);
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
  const isOff = isOffline(components);
  button.setAttribute('aria-pressed', String(isOff));
  button.textContent = isOff ? 'Offline' : 'Take offline';
  button.setAttribute('aria-label', `${button.textContent}: ${brief(name)}`);
};

const showTables = () => {
  const sets = chosen();
  const gone = removed(), most = limit();
  const tallies = [];
  for (const table of tables) {
    const isAbout = table.rows.some((row) => row.about.length > 0);
    let shown = 0;
    for (const row of table.rows) {
      const passing = !isAbout || passesFilters(sets, row);
      for (const line of [row.row, row.details]) {
        if (!line) continue;
        line.hidden = !passing;
        line.classList.toggle('over', passing && !table.isOpen && shown >= most);
      }
      if (passing) shown += 1;
      markRow(row, gone.get(row.row.dataset.id));
    }
    const many = table.element.dataset.many;
    table.more.hidden = shown <= most;
    table.more.textContent = table.isOpen ? `Show the first ${most} ${many}` : `Show all ${shown} ${many}`;
    table.more.setAttribute('aria-expanded', String(table.isOpen));
    if (sets.length && isAbout) tallies.push(`${shown} of ${counted(table.rows.length, table.element.dataset.one, many)}`);
  }
  const status = one('#shown');
  // What hangs on what is cut in this report, so the filter by process cannot know all of it.
  const isCut = data.cut && sets.some(([name]) => name === 'process');
  if (status) status.textContent = sets.length ? `Filtered by ${joined(sets.map(([name, value]) => `${name} ${brief(name === 'process' ? processName(value) : value)}`))}: ${joined(tallies)}.${isCut ? ' Lists of this report are cut, so there may be more; sinew outage --without ID tells all of one failure.' : ''}` : '';
};

