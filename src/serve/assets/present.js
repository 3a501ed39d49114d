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

/** The order in which the deck tells its story. */
const STORY = ['stage', 'handoffs', 'failure', 'roadmap', 'frontier', 'target'];

/** The pictures: today's as it is now, then those of the report in the order of the deck. */
const acts = () => {
  const live = one('#picture svg');
  const found = live ? [{ title: state().board?.title ?? '', svg: live, colors: {} }] : [];
  const page = one('#report-view iframe:not(.next)')?.contentDocument;
  if (!page) return found;
  // The colors of the report's pictures are variables of its page, which is not styled while another view is shown.
  const rules = [...page.styleSheets].flatMap((sheet) => [...sheet.cssRules]).filter((rule) => rule.selectorText === ':root');
  const value = (name) => rules.map((rule) => rule.style.getPropertyValue(name)).find(Boolean) ?? '';
  const figures = all('figure.picture', page);
  for (const name of STORY) {
    for (const figure of figures.filter((one_) => one_.dataset.picture === name)) {
      for (const slide of all('.slide', figure)) {
        const svg = one('svg', slide);
        if (!svg) continue;
        const names = new Set(svg.outerHTML.match(/--p\d+/g));
        const colors = Object.fromEntries([...names].map((name_) => [name_, value(name_)]));
        found.push({ title: slide.dataset.title || figure.dataset.title, svg, colors });
      }
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
  for (const [color, value] of Object.entries(act?.colors ?? {})) picture.style.setProperty(color, value);
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
