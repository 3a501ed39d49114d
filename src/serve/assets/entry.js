// An entry of the file, key by key: what is changed is saved when the field is left or Enter is pressed.

import { all, make, one, say } from './dom.js';
import { act, get, state, why } from './server.js';
import { finding } from './typing.js';

let open = null;
const LIST_OF = { team: 'teams', system: 'systems', 'data object': 'data', process: 'processes' };

const row = (entry, key) => {
  const input = make('input', { value: key.value ?? '', autocomplete: 'off', spellcheck: 'false', 'data-key': key.key, title: key.means });
  const error = make('p', { class: 'error', role: 'alert', hidden: true });
  if (key.choices.length) input.choices = key.choices;
  if (key.of && LIST_OF[key.of]) input.dataset.list = LIST_OF[key.of];
  const label = make('label', { title: key.means }, make('span', {}, key.key.replace(/[_.]/g, ' '), key.guessed ? ' (a guess)' : ''), input);
  const box = make('div', { class: 'key' }, label, error);
  if (input.choices || input.dataset.list) finding(input);
  let saved = input.value;
  const save = async () => {
    if (input.value.trim() === saved.trim()) return;
    const ended = await act({ edit: { do: 'set', entry: entry.id, key: key.key, value: input.value } });
    if (ended.ok) { saved = input.value; say(error, ''); } else say(error, why(ended));
  };
  input.addEventListener('blur', save);
  input.addEventListener('keydown', (event) => {
    if (event.key === 'Enter' && !event.defaultPrevented) { event.preventDefault(); save(); }
    if (event.key === 'Escape' && !event.defaultPrevented) { input.value = saved; say(error, ''); }
  });
  if (key.guessed) {
    const confirm = make('button', { type: 'button', class: 'small' }, 'Confirm');
    confirm.addEventListener('click', async () => {
      const ended = await act({ edit: { do: 'confirm', entry: entry.id, key: key.key } });
      if (!ended.ok) say(error, why(ended));
    });
    label.after(confirm);
  }
  return box;
};

const show = (entry) => {
  const box = one('#change');
  const stated = entry.keys.filter((key) => key.value !== null), rest = entry.keys.filter((key) => key.value === null);
  const more = make('details', {}, make('summary', {}, `${rest.length} keys more`), ...rest.map((key) => row(entry, key)));
  const parts = [make('h3', {}, entry.id ? entry.name : 'The stack itself'), ...stated.map((key) => row(entry, key))];
  if (rest.length) parts.push(more);
  if (entry.can.retire || entry.can.restore) {
    const [what, words] = entry.can.retire ? ['retire', 'Retire'] : ['restore', 'Bring back'];
    const error = make('p', { class: 'error', role: 'alert', hidden: true });
    const button = make('button', { type: 'button', class: 'small', id: what }, words);
    button.addEventListener('click', async () => {
      const ended = await act({ edit: { do: what, entry: entry.id } });
      if (!ended.ok) { say(error, why(ended)); return; }
      await openEntry(entry.id, false);
      one('#change > button')?.focus();
    });
    parts.push(button, error);
  }
  // Whoever has opened all keys keeps them open.
  more.open = Boolean(one('details[open]', box)) && open === entry.id;
  box.replaceChildren(...parts);
};

/** Opens the entry with this id; the stack itself where it is empty. */
export const openEntry = async (id, toField = true) => {
  try {
    const entry = await get(`entry?id=${encodeURIComponent(id)}`);
    show(entry);
    open = id;
    if (toField) { one('#change-box').scrollIntoView({ block: 'nearest' }); one('#change input')?.focus(); }
  } catch {
    open = null;
    one('#change').replaceChildren();
  }
};

/** After a change the fields show what the file says, but for the one in which somebody types. */
export const refreshEntry = () => {
  if (open === null || one('#change').contains(document.activeElement)) return;
  openEntry(open, false);
};

export const prepareEntry = () => {
  const find = one('#change-find');
  finding(find, (chosen) => { openEntry(chosen.id); find.value = ''; });
  find.addEventListener('keydown', (event) => {
    if (event.key !== 'Enter' || event.defaultPrevented) return;
    event.preventDefault();
    if (!find.value.trim()) { openEntry(''); return; }
    const wanted = find.value.trim().toLowerCase();
    const found = (state()?.board?.names ?? []).find((one) => one.id === wanted || one.name.toLowerCase() === wanted);
    if (found) { openEntry(found.id); find.value = ''; }
  });
  all('#change-box').forEach((box) => box.addEventListener('focusout', () => setTimeout(refreshEntry, 50)));
};
