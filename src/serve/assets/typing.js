// Names are found by typing: arrows choose, Enter takes, Tab takes where only a known name will do, Escape closes.

import { all, make } from './dom.js';
import { get, state } from './server.js';

let words = { products: [], kinds: [], mechanisms: [] };
export const product = (name) => {
  const wanted = name.trim().toLowerCase();
  return words.products.find((one) => one.name.toLowerCase() === wanted || one.also.some((also) => also.toLowerCase() === wanted));
};
export const mechanism = (name) => words.mechanisms.find((one) => one.name === name.trim().toLowerCase());
export const loadWords = async () => { words = await get('words'); };

const named = (...lists) => (state()?.board?.names ?? []).filter((one) => lists.includes(one.list));
const option = (name, detail = '') => ({ name, detail });

/** What a list offers for what was typed so far; a part of it where several can be typed. */
const OFFERS = {
  products: () => words.products.map((one) => option(one.name, one.kind)),
  kinds: () => words.kinds.map((one) => option(one)),
  mechanisms: () => words.mechanisms.map((one) => option(one.name, one.manual ? 'by hand' : 'by itself')),
  systems: () => named('systems').filter((one) => one.live).map((one) => option(one.name)),
  teams: () => named('teams').map((one) => option(one.name)),
  data: () => named('data').map((one) => option(one.name)),
  processes: () => named('processes').map((one) => option(one.name)),
  entries: () => named('systems', 'flows', 'processes', 'teams', 'data')
    .map((one) => ({ ...option(one.name, KIND[one.list]), id: one.id })),
};
const KIND = { systems: 'system', flows: 'flow', processes: 'process', teams: 'team', data: 'data object' };
/** Lists of which only a known name will do. */
const CLOSED = ['systems', 'mechanisms', 'kinds', 'entries'];
const MOST = 8;

/** The part of a field that is being typed, and what it can be. */
const typed = (input) => {
  const list = input.dataset.list, value = input.value;
  if (list !== 'data' && list !== 'needs') return { list, before: '', part: value };
  const comma = value.lastIndexOf(',') + 1;
  let before = value.slice(0, comma) + (/^\s+/.exec(value.slice(comma))?.[0] ?? ''), part = value.slice(before.length);
  if (list === 'data') return { list, before, part };
  const at = part.lastIndexOf(' at ');
  if (at < 0) return { list: 'data', before, part };
  before += part.slice(0, at + 4);
  return { list: 'systems', before, part: value.slice(before.length) };
};

const rank = (name, wanted) => {
  const lower = name.toLowerCase();
  if (lower.startsWith(wanted)) return 0;
  if (lower.split(/[\s\-(/]+/).some((word) => word.startsWith(wanted))) return 1;
  return lower.includes(wanted) ? 2 : 3;
};

const offers = (input) => {
  const choices = input.choices ? () => input.choices.map((one) => option(one)) : null;
  const { list, part } = typed(input), wanted = part.trim().toLowerCase();
  const found = (choices ?? OFFERS[list] ?? (() => []))().map((one, at) => ({ ...one, at, rank: one.id === wanted ? -1 : rank(one.name, wanted) }));
  return found.filter((one) => one.rank < 3).sort((a, b) => a.rank - b.rank || a.at - b.at).slice(0, MOST);
};

let count = 0;

/** Makes a field find names. `taken` is called with what was chosen. */
export const finding = (input, taken = () => {}) => {
  const id = `offers-${count += 1}`;
  const list = make('ul', { id, class: 'offers', role: 'listbox', hidden: true });
  let shown = [], at = -1;
  input.setAttribute('role', 'combobox');
  input.setAttribute('aria-autocomplete', 'list');
  input.setAttribute('aria-controls', id);
  input.setAttribute('aria-expanded', 'false');
  input.after(list);
  const isClosed = () => input.choices || CLOSED.includes(typed(input).list);
  const close = () => {
    list.hidden = true;
    at = -1;
    input.setAttribute('aria-expanded', 'false');
    input.removeAttribute('aria-activedescendant');
  };
  const mark = () => {
    all('li', list).forEach((item, nth) => item.setAttribute('aria-selected', String(nth === at)));
    const item = list.children[at];
    if (item) { input.setAttribute('aria-activedescendant', item.id); item.scrollIntoView({ block: 'nearest' }); }
    else input.removeAttribute('aria-activedescendant');
  };
  const choose = (one) => {
    const { before } = typed(input);
    input.value = before + one.name;
    close();
    input.dispatchEvent(new Event('input', { bubbles: true }));
    close();
    taken(one);
  };
  const open = () => {
    shown = offers(input);
    const { part } = typed(input);
    const isSaid = shown.length === 1 && shown[0].name.toLowerCase() === part.trim().toLowerCase() && !('id' in shown[0]);
    if (!shown.length || isSaid) { close(); return; }
    list.replaceChildren(...shown.map((one, nth) => {
      const item = make('li', { id: `${id}-${nth}`, role: 'option' }, make('bdi', {}, one.name), make('small', {}, one.detail));
      item.addEventListener('pointerdown', (event) => { event.preventDefault(); choose(one); });
      return item;
    }));
    // Where only a known name will do, the first that fits is what is meant.
    at = isClosed() && part.trim() ? 0 : -1;
    list.hidden = false;
    input.setAttribute('aria-expanded', 'true');
    mark();
  };
  input.addEventListener('input', open);
  input.addEventListener('focus', () => { if (isClosed() && !input.value) open(); });
  input.addEventListener('blur', close);
  input.addEventListener('keydown', (event) => {
    if (list.hidden) {
      if (event.key === 'ArrowDown') { open(); event.preventDefault(); }
      return;
    }
    if (event.key === 'ArrowDown' || event.key === 'ArrowUp') {
      at = (at + (event.key === 'ArrowDown' ? 1 : -1) + shown.length + (at < 0 && event.key === 'ArrowUp' ? 1 : 0)) % shown.length;
      mark();
      event.preventDefault();
    } else if (event.key === 'Escape') {
      close();
      // What was offered unasked is left together with the field.
      if (input.value) { event.preventDefault(); event.stopPropagation(); }
    } else if (event.key === 'Enter' && at >= 0) {
      choose(shown[at]);
      event.preventDefault();
    } else if (event.key === 'Tab' && at >= 0 && !event.shiftKey) {
      choose(shown[at]);
    }
  });
};
