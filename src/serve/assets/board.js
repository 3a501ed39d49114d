// What the room looks at: title, numbers, what the last edit moved, the picture, the report.

import { all, make, one, say } from './dom.js';
import { openEntry } from './entry.js';
import { get } from './server.js';

/** Numbers on the board; the first three are those of the presentation. */
export const numbers = (board) => board.figures.map(({ heading, figure, note }) => (
  make('div', {}, make('dt', {}, heading), make('dd', {}, figure), make('dd', { class: 'note' }, note))));

let drawn = 0;

/** SVG as elements: nothing in it runs. */
export const svgOf = (text) => document.importNode(new DOMParser().parseFromString(text, 'image/svg+xml').documentElement, true);

const listOf = (text) => { try { return JSON.parse(text ?? '[]'); } catch { return []; } };

const drawPicture = async (version) => {
  const text = await get('picture');
  if (version < drawn || !text) return;
  drawn = version;
  const svg = svgOf(text);
  svg.removeAttribute('width');
  svg.removeAttribute('height');
  for (const node of all('[data-node]', svg)) {
    node.setAttribute('tabindex', '-1');
    node.classList.add('can-open');
    node.addEventListener('click', () => openEntry(node.dataset.node));
  }
  for (const line of all('[data-edge]', svg)) {
    const [id, ...others] = listOf(line.dataset.edges);
    if (!id || others.length) continue;
    const hit = one('path', line)?.cloneNode();
    if (hit) {
      for (const name of ['stroke', 'stroke-width', 'stroke-dasharray', 'marker-end', 'marker-start']) hit.removeAttribute(name);
      hit.setAttribute('class', 'hit');
      line.append(hit);
    }
    line.classList.add('can-open');
    line.addEventListener('click', () => openEntry(id));
  }
  one('#picture').replaceChildren(svg);
};

let framed = 0;
let onKey = () => {};

/** Keys pressed in the report lead where they lead outside of it. */
export const prepareReport = (key) => { onKey = key; };

/** The new page is laid over the old one when it is complete, at the same place. */
const frameReport = (version) => {
  const view = one('#report-view'), old = one('iframe:not(.next)', view);
  one('iframe.next', view)?.remove();
  const hash = old?.contentWindow?.location.hash ?? '';
  const next = make('iframe', { class: 'next', src: `report?v=${version}${hash}`, title: 'Report' });
  next.addEventListener('load', () => {
    const top = old?.contentWindow?.scrollY ?? 0;
    next.contentWindow.scrollTo({ top, behavior: 'instant' });
    next.contentDocument.addEventListener('keydown', (event) => onKey(event));
    next.classList.remove('next');
    old?.remove();
    framed = version;
  }, { once: true });
  view.append(next);
};
export const isFramed = () => framed > 0;

const problem = (of) => {
  const place = of.location ? `line ${of.location.line}: ` : '';
  return make('li', {}, make('strong', {}, place), of.message, of.help ? make('p', {}, of.help) : null);
};

const showWrong = ({ wrong }) => {
  const box = one('#wrong');
  box.hidden = !wrong;
  document.body.classList.toggle('broken', Boolean(wrong));
  if (!wrong) { box.replaceChildren(); return; }
  const errors = wrong.problems.filter((of) => of.level === 'error');
  const what = errors.length ? 'The file has errors.' : 'The file cannot be read.';
  const head = make('strong', {}, `${what} The last picture that could be drawn stays.`);
  box.replaceChildren(head, errors.length ? make('ul', {}, ...errors.map(problem)) : make('pre', {}, wrong.text));
};

export const showBoard = (state, before) => {
  const { board } = state;
  showWrong(state);
  say(one('#file'), state.scenario ? `Scenario: ${state.file}` : state.file);
  document.body.classList.toggle('in-scenario', Boolean(state.scenario));
  say(one('#read-only'), state.read_only);
  document.body.classList.toggle('read-only', Boolean(state.read_only));
  if (board) {
    if (one('#title').textContent !== board.title) one('#title').textContent = board.title;
    document.title = `${board.title} – sinew`;
    one('#figures').replaceChildren(...numbers(board));
  }
  if (state.version !== before?.version || state.what !== before?.what) {
    const since = one('#since');
    since.replaceChildren(...(state.what ? [make('strong', {}, state.what)] : []), ...state.since.map((words) => make('span', {}, words)));
    since.classList.remove('fresh');
    if (before) requestAnimationFrame(() => since.classList.add('fresh'));
  }
  const plan = one('#plan'), isOld = state.plan.version < state.version && !state.wrong;
  plan.hidden = !state.plan.sentences.length && !state.plan.none && !isOld;
  plan.classList.toggle('old', isOld);
  // The last sentence is the plan's; the others say in words what the numbers say, and stand in the report.
  const sentences = state.plan.none ? [`No plan: ${state.plan.none}`] : state.plan.sentences.slice(-1);
  plan.replaceChildren(...sentences.map((words) => make('li', {}, words)));
  plan.setAttribute('aria-busy', String(isOld));
  for (const [id, words] of [['undo', state.undo], ['redo', state.redo]]) {
    const button = one(`#${id}`);
    button.disabled = !words || Boolean(state.read_only);
    button.title = words ?? '';
  }
  if (state.picture > drawn) drawPicture(state.picture).catch(() => {});
  if (state.page && state.page !== before?.page) frameReport(state.page);
};
