// The page of a workshop. It shows what the server says and sends what is typed; nothing is computed here.

import { all, isField, one } from './dom.js';
import { prepareEntry, refreshEntry } from './entry.js';
import { prepareForms } from './forms.js';
import { prepareReport, showBoard } from './board.js';
import { showLists } from './lists.js';
import { prepareStage, present, showStage } from './present.js';
import { compare, prepareScenarios, showScenarios } from './scenarios.js';
import { act, listen, onState, refresh, state } from './server.js';
import { loadWords } from './typing.js';

let view = 'picture';
const go = (to) => {
  view = to;
  for (const tab of all('[role=tab]')) {
    tab.setAttribute('aria-selected', String(tab.dataset.view === to));
    one(`#${tab.dataset.view}-view`).hidden = tab.dataset.view !== to;
  }
  if (state()) compare(state(), view === 'compare');
};

/** Keys outside of fields, with where they lead. */
const KEYS = {
  s: '#add-system input', l: '#add-flow input', p: '#add-process input', e: '#change-find', q: '#questions input', a: '#findings button',
};

const key = (event) => {
  const { target } = event, isIn = isField(target);
  const isEmpty = isIn && target.matches('input') && !target.value;
  if ((event.ctrlKey || event.metaKey) && (!isIn || isEmpty)) {
    const pressed = event.key.toLowerCase();
    const to = pressed === 'z' ? (event.shiftKey ? 'redo' : 'undo') : pressed === 'y' ? 'redo' : null;
    if (to) { event.preventDefault(); act(to); }
    return;
  }
  if (event.key === 'Escape' && isIn) { target.blur(); return; }
  if (isIn || event.ctrlKey || event.metaKey || event.altKey || one('#stage').open) return;
  const pressed = event.key.toLowerCase();
  if (pressed === 'f') { event.preventDefault(); present(); }
  const to = Object.hasOwn(KEYS, pressed) ? one(KEYS[pressed]) : null;
  if (to) { event.preventDefault(); to.focus(); to.scrollIntoView({ block: 'nearest' }); }
  const nth = { 1: 'picture', 2: 'report', 3: 'compare' }[event.key];
  if (nth) go(nth);
};

const start = async () => {
  onState((now, before) => {
    showBoard(now, before);
    showLists(now);
    showScenarios(now);
    if (now.version !== before?.version) refreshEntry();
    compare(now, view === 'compare');
    showStage();
  });
  prepareForms();
  prepareEntry();
  prepareScenarios();
  prepareStage();
  prepareReport(key);
  all('[role=tab]').forEach((tab) => tab.addEventListener('click', () => go(tab.dataset.view)));
  one('#undo').addEventListener('click', () => act('undo'));
  one('#redo').addEventListener('click', () => act('redo'));
  document.addEventListener('keydown', key);
  await Promise.all([loadWords(), refresh()]);
  listen();
  document.body.classList.add('ready');
  one('#add-system input')?.focus();
};

start();
