// Where edits go, and how scenarios compare with today.

import { make, one } from './dom.js';
import { act, get } from './server.js';

let shown = '';

export const compare = async (state, isOpen) => {
  const key = `${state.version} ${state.scenarios.join(' ')}`;
  if (!isOpen || key === shown) return;
  shown = key;
  const box = one('#compare');
  if (!state.scenarios.length) {
    box.replaceChildren(make('p', { class: 'note' }, 'No scenario yet. Start one in the rail: the edits that follow go to a file of its own, and stand here beside today.'));
    return;
  }
  box.setAttribute('aria-busy', 'true');
  try {
    const text = await get('compare');
    const page = new DOMParser().parseFromString(text, 'text/html');
    box.replaceChildren(...[...page.body.childNodes].map((node) => document.importNode(node, true)));
  } catch (error) {
    box.replaceChildren(make('p', { class: 'error' }, error.message));
  }
  box.removeAttribute('aria-busy');
};

export const showScenarios = (state) => {
  const select = one('#scenario');
  const options = [['', 'the stack itself'], ...state.scenarios.map((name) => [name, `scenario ${name}`])];
  const text = JSON.stringify(options);
  if (select.dataset.of !== text) {
    select.dataset.of = text;
    select.replaceChildren(...options.map(([value, words]) => make('option', { value }, words)));
  }
  select.value = state.scenario ?? '';
};

export const prepareScenarios = () => {
  one('#scenario').addEventListener('change', (event) => act({ go: event.target.value }));
};
