// ---- names that lead to their place -------------------------------------------------------------------------

const HITS = 10;
const plain = (words) => words.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase();

const prepareSearch = () => {
  const field = one('#find'), list = one('#hits'), words = one('#hits-words');
  if (!field) return;
  const entries = [
    ...Object.keys(data.systems).map((id) => ({ kind: 'system', id, name: systemName(id) })),
    ...data.processes.map(({ id }) => ({ kind: 'process', id, name: processName(id) })),
    ...Object.keys(data.teams).map((id) => ({ kind: 'team', id, name: data.teams[id] })),
    ...Object.keys(data.flows).map((id) => ({ kind: 'flow', id, name: data.flows[id].name })),
  ].map((entry) => ({ ...entry, text: plain(`${entry.name} ${entry.id}`) }));
  let hits = [], at = 0;

  const close = () => {
    hits = [];
    list.hidden = true;
    field.setAttribute('aria-expanded', 'false');
    field.removeAttribute('aria-activedescendant');
  };
  const mark = () => {
    [...list.children].forEach((item, place) => item.setAttribute('aria-selected', String(place === at)));
    if (!hits.length) return;
    field.setAttribute('aria-activedescendant', list.children[at].id);
    list.children[at].scrollIntoView({ block: 'nearest' });
  };
  const go = (hit) => {
    close();
    field.value = '';
    words.textContent = '';
    reach(hit);
  };
  const search = () => {
    const asked = plain(field.value).split(/\s+/).filter(Boolean);
    if (!asked.length) { words.textContent = ''; close(); return; }
    const rank = ({ text }) => (text.startsWith(asked[0]) ? 0 : text.includes(` ${asked[0]}`) ? 1 : 2);
    const found = entries.filter(({ text }) => asked.every((word) => text.includes(word)));
    hits = found.map((hit, place) => [rank(hit), place, hit]).sort((a, b) => a[0] - b[0] || a[1] - b[1]).slice(0, HITS).map(([, , hit]) => hit);
    at = 0;
    list.replaceChildren(...hits.map((hit, place) => {
      const item = make('li', { id: `hit-${place}`, role: 'option' }, named(hit.name), ' ', make('span', { class: 'detail' }, hit.kind));
      item.addEventListener('pointerdown', (event) => { event.preventDefault(); go(hit); });
      return item;
    }));
    list.hidden = !hits.length;
    field.setAttribute('aria-expanded', String(hits.length > 0));
    words.textContent = found.length > HITS ? `${grouped(found.length)} names found, the first ${HITS} are listed` : `${counted(found.length, 'name', 'names')} found`;
    words.classList.toggle('unseen', hits.length > 0);
    mark();
  };
  field.addEventListener('input', search);
  field.addEventListener('blur', close);
  field.addEventListener('keydown', (event) => {
    if (event.key === 'Escape') { field.value = ''; search(); return; }
    if (!hits.length) return;
    if (event.key === 'Enter') go(hits[at]);
    else if (event.key === 'ArrowDown') at = (at + 1) % hits.length;
    else if (event.key === 'ArrowUp') at = (at + hits.length - 1) % hits.length;
    else return;
    event.preventDefault();
    mark();
  });
  document.addEventListener('keydown', (event) => {
    const isTyped = event.target.closest?.('input, select, textarea, dialog');
    if (event.key !== '/' || isTyped || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    field.scrollIntoView({ block: 'nearest' });
    field.focus();
  });
};

/** Shows a hit in a picture that has it; a process is a filter, as what it hangs on is many. */
const reach = ({ kind, id }) => {
  if (kind === 'process') {
    state.filters.process = id;
    changed();
    one('#tabs')?.scrollIntoView({ block: 'start' });
    shownSlide()?.element.focus({ preventScroll: true });
    return;
  }
  const isIn = (slide) => nearIn(slide.svg, { kind, id }) !== null;
  const now = shownFigure();
  for (const figure of [now, ...figures]) {
    const at = figure && [figure.at, ...figure.slides.keys()].find((place) => isIn(figure.slides[place]));
    if (at === undefined) continue;
    figure.at = at;
    if (figure !== now) Object.assign(state, { view: figure.id, wave: waveOf(figure.id) });
    break;
  }
  openCard({ kind, id });
  const slide = shownSlide();
  const node = nodes.find((other) => other.svg === slide?.svg && other.id === (kind === 'flow' ? data.flows[id].from : id));
  if (node) bring(slide, node.box);
  one('#tabs')?.scrollIntoView({ block: 'start' });
};

