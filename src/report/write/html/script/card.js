// ---- the card: what something does, what it stops, its handoffs, its findings --------------------------------

const LISTED = 8;
const card = make('section', { id: 'card', class: 'card', 'aria-labelledby': 'card-head', hidden: '' });
let carded = '';

const isOpen = ({ kind, id }) => state.lit?.kind === kind && state.lit.id === id;
const nameOf = ({ kind, id }) => (kind === 'team' ? own(data.teams, id) : componentName(id)) ?? id;

const cardButton = (words, what) => {
  const button = make('button', { type: 'button', class: 'link' }, named(words));
  button.addEventListener('click', () => openCard(what));
  return button;
};

const cardList = (title, entries) => {
  if (!entries.length) return [];
  const items = entries.slice(0, LISTED).map((entry) => make('li', {}, ...[entry].flat()));
  if (entries.length > LISTED) items.push(make('li', { class: 'detail' }, `and ${grouped(entries.length - LISTED)} more`));
  return [make('h4', {}, `${title} `, make('span', { class: 'tally' }, grouped(entries.length))), make('ul', {}, ...items)];
};

/** The flows that a card lists, each with its own card. */
const flowsWhere = (title, holds, words) => cardList(title, Object.keys(data.flows).filter((id) => holds(data.flows[id]))
  .map((id) => cardButton(words(data.flows[id]), { kind: 'flow', id })));
const carried = (flow) => flow.name.slice(flow.name.indexOf(': ') + 2);

const does = ({ kind, id }) => {
  if (kind === 'flow') {
    const { from, to } = data.flows[id];
    return cardList('Ends', [from, to].map((end) => cardButton(systemName(end), { kind: 'system', id: end })));
  }
  if (kind === 'team') return flowsWhere('Does by hand', (flow) => flow.manual && flow.performer === id, (flow) => flow.name);
  return [
    ...flowsWhere('Receives', (flow) => flow.to === id, (flow) => `${carried(flow)} from ${systemName(flow.from)}`),
    ...flowsWhere('Sends', (flow) => flow.from === id, (flow) => `${carried(flow)} to ${systemName(flow.to)}`),
    ...flowsWhere('Runs through it', (flow) => flow.through.includes(id), (flow) => flow.name),
  ];
};

const handoffsOf = ({ kind, id }) => data.handoffs.filter((chain) => ({
  system: () => chain.from === id || chain.to === id || chain.steps.some((step) => [own(data.flows, step)?.from, own(data.flows, step)?.to].includes(id)),
  flow: () => chain.steps.includes(id),
  team: () => chain.performers.includes(id),
}[kind]())).map((chain) => {
  const what = named(`${joined(chain.data.map(dataName))}: ${systemName(chain.from)} to ${systemName(chain.to)}`);
  const hours = chain.hours === null ? 'hours not known' : `${grouped(chain.hours)} h a year`;
  return [what, make('span', { class: 'detail' }, ` ${hours}${chain.cost === null ? '' : `, ${money(chain.cost)}`}`)];
});

const findingsOf = (id) => data.findings.filter((finding) => !finding.accepted && finding.subjects.includes(id))
  .map((finding) => [make('span', { class: `tag ${finding.severity}` }, finding.severity), ' ', named(finding.message, 220)]);

const stops = (id) => {
  const outage = outages.get(keyOf([id]));
  if (!outage) return [];
  const words = sentence(outage);
  return [
    make('h4', {}, 'If it fails'),
    make('p', {}, `${words[0].toUpperCase()}${words.slice(1)}`),
    make('div', { class: 'lists' }, ...lists(outage).slice(0, 2)),
  ];
};

const fillCard = () => {
  const { kind, id } = state.lit, name = nameOf(state.lit);
  const close = make('button', { type: 'button', class: 'quiet' }, 'Close');
  close.addEventListener('click', closeCard);
  const tools = make('div', { class: 'card-tools' }, close);
  if (canFail) {
    const offline = make('button', { type: 'button', class: 'offline' });
    offline.addEventListener('click', () => takeOffline([id], state.several));
    tools.prepend(offline);
  }
  const thing = kind === 'team' ? null : [...nodes, ...lines].find((one) => one.tip && (one.edges ? one.edges.includes(id) : one.id === id));
  const said = thing ? saidOf(thing).map((line) => make('p', { class: 'detail' }, named(line, 300))) : [];
  card.replaceChildren(
    make('h3', { id: 'card-head', tabindex: '-1' }, named(name)), tools,
    ...stops(id), ...cardList('Findings', findingsOf(id)), ...cardList('Handoffs', handoffsOf(state.lit)), ...does(state.lit), ...said,
  );
  card.scrollTop = 0;
};

const showCard = () => {
  const key = state.lit ? JSON.stringify(state.lit) : '';
  card.hidden = !state.lit;
  card.parentElement.classList.toggle('carded', state.lit !== null);
  if (state.lit && key !== carded) fillCard();
  carded = key;
  if (!state.lit) return;
  const button = one('.offline', card);
  if (button) {
    const isOff = state.offline.includes(state.lit.id);
    button.textContent = isOff ? 'Bring it back' : 'Take offline';
    button.setAttribute('aria-label', `${button.textContent}: ${brief(nameOf(state.lit))}`);
  }
  // It stands on the side away from its box.
  const slide = shownSlide(), node = nodes.find((other) => other.svg === slide?.svg && other.id === state.lit.id);
  card.classList.toggle('left', node !== undefined && node.box.x + node.box.width / 2 > slide.wide / 2);
};

const openCard = (what) => {
  pointed = null;
  state.lit = what;
  changed();
  one('#card-head')?.focus({ preventScroll: true });
  // Where the card lies over the lower half of the window, the picture goes to the upper.
  if (getComputedStyle(card).position === 'fixed') shownSlide()?.element.scrollIntoView({ block: 'start' });
};

const closeCard = () => {
  const { id } = state.lit ?? {};
  state.lit = null;
  changed();
  const slide = shownSlide();
  (nodes.find((node) => node.svg === slide?.svg && node.id === id)?.element ?? slide?.element)?.focus({ preventScroll: true });
};

const prepareCard = () => {
  (one('#pictures') ?? one('main')).append(card);
  card.addEventListener('keydown', (event) => { if (event.key === 'Escape') closeCard(); });
};

