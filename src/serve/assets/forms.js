// The forms that add something: Tab goes on, Enter adds, and the next one can be typed at once.

import { all, one, say } from './dom.js';
import { act, why } from './server.js';
import { finding, mechanism, product } from './typing.js';

const values = (form) => Object.fromEntries(all('input', form).map((input) => [input.name, input.value]));

const ASKS = {
  system: (typed) => ({ edit: { do: 'add-system', ...typed } }),
  flow: (typed) => ({ edit: { do: 'add-flow', ...typed } }),
  process: (typed) => ({ edit: { do: 'add-process', ...typed } }),
  scenario: ({ name }) => ({ start: name }),
};

/** What stays for the next one: whoever adds five flows of one team types the team once. */
const KEPT = { flow: [], system: ['domain'], process: [], scenario: [] };

const prepare = (form) => {
  const kind = form.dataset.form, error = one('.error', form);
  all('input', form).forEach((input) => finding(input));
  form.addEventListener('submit', async (event) => {
    event.preventDefault();
    say(error, '');
    const ended = await act(ASKS[kind](values(form)));
    if (!ended.ok) { say(error, why(ended)); return; }
    all('input', form).forEach((input) => { if (!KEPT[kind].includes(input.name)) input.value = ''; });
    form.dispatchEvent(new Event('input'));
    // What is offered closes with the field.
    document.activeElement?.blur();
    one('input', form).focus();
  });
};

export const prepareForms = () => {
  all('form[data-form]').forEach(prepare);
  // The catalog says the kind of what it knows.
  const system = one('#add-system'), kind = one('[name=kind]', system);
  system.addEventListener('input', () => {
    const known = product(one('[name=name]', system).value);
    kind.disabled = Boolean(known);
    kind.placeholder = known ? known.kind : '';
    if (known) kind.value = '';
  });
  // What runs by itself takes nobody's time.
  const flow = one('#add-flow');
  flow.addEventListener('input', () => {
    const how = mechanism(one('[name=how]', flow).value), byItself = Boolean(how) && !how.manual;
    for (const name of ['who', 'minutes']) {
      const field = one(`[name=${name}]`, flow);
      field.disabled = byItself;
      if (byItself) field.value = '';
    }
  });
};
