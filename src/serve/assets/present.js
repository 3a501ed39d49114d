// Only picture, title and the three numbers; arrow keys step through the story of the report.

import { all, make, one } from './dom.js';
import { numbers } from './board.js';
import { state } from './server.js';

let at = 0;
const stage = one('#stage');

const still = (svg) => {
  const copy = document.importNode(svg, true);
  for (const part of all('.hit, .mark', copy)) part.remove();
  for (const part of [copy, ...all('*', copy)]) for (const name of ['tabindex', 'role', 'style', 'class']) part.removeAttribute(name);
  return copy;
};

/** The pictures: today's as it is now, then those of the report. */
const acts = () => {
  const live = one('#picture svg');
  const found = live ? [{ title: state().board?.title ?? '', svg: live }] : [];
  const page = one('#report-view iframe:not(.next)')?.contentDocument;
  const figures = page ? all('figure.picture', page) : [];
  for (const figure of figures.filter((one_) => one_.dataset.picture !== 'landscape')) {
    for (const slide of all('.slide', figure)) {
      const svg = one('svg', slide);
      if (svg) found.push({ title: slide.dataset.title || figure.dataset.title, svg });
    }
  }
  return found;
};

export const showStage = () => {
  if (!stage.open || !state().board) return;
  const all_ = acts();
  at = Math.min(Math.max(at, 0), Math.max(all_.length - 1, 0));
  const act = all_[at];
  const head = make('header', {}, make('h1', {}, at ? act.title : state().board.title), make('dl', { class: 'figures' }, ...numbers(state().board).slice(0, 3)));
  const foot = make('footer', {}, `${at + 1} of ${Math.max(all_.length, 1)} · ← → step, Esc ends`);
  const picture = make('div', { class: 'picture' }, ...(act ? [still(act.svg)] : []));
  stage.replaceChildren(head, picture, foot);
};

export const present = () => { at = 0; stage.showModal(); showStage(); };

export const prepareStage = () => {
  one('#present').addEventListener('click', present);
  stage.addEventListener('keydown', (event) => {
    const step = { ArrowRight: 1, ArrowDown: 1, PageDown: 1, ' ': 1, ArrowLeft: -1, ArrowUp: -1, PageUp: -1 }[event.key];
    if (step) { at += step; showStage(); event.preventDefault(); }
    if (event.key === 'Home') { at = 0; showStage(); }
    if (event.key.toLowerCase() === 'f') { stage.close(); event.preventDefault(); event.stopPropagation(); }
  });
};
