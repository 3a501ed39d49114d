// Questions to answer and findings to accept, each where it stands.

import { all, make, one, renew, say } from './dom.js';
import { act, why } from './server.js';

/** `runs: 1/week and minutes: 15` as values by key. */
const parts = (answer, keys) => {
  if (keys.length === 1 && !answer.startsWith(`${keys[0]}: `)) return { [keys[0]]: answer };
  const found = {};
  for (const key of keys) {
    const start = answer.indexOf(`${key}: `);
    if (start < 0) continue;
    const rest = answer.slice(start + key.length + 2);
    const ends = keys.map((other) => rest.indexOf(` and ${other}: `)).filter((at) => at >= 0);
    found[key] = ends.length ? rest.slice(0, Math.min(...ends)) : rest;
  }
  return found;
};

const question = (of) => {
  const error = make('p', { class: 'error', role: 'alert', hidden: true });
  const example = parts(of.example, of.keys);
  const fields = of.keys.map((key) => make('input', { name: key, 'aria-label': key, placeholder: `${key}: ${example[key] ?? ''}`, autocomplete: 'off', spellcheck: 'false' }));
  const form = make('form', { novalidate: true }, ...fields, make('button', { type: 'submit', class: 'small' }, 'Answer'));
  const send = async (what) => {
    say(error, '');
    const ended = await act(what);
    if (!ended.ok) say(error, why(ended));
  };
  form.addEventListener('submit', (event) => {
    event.preventDefault();
    document.activeElement?.blur();
    send({ edit: { do: 'answer', entry: of.entry, values: fields.map((field) => [field.name, field.value]) } });
  });
  const likely = of.answers.slice(0, 4).map((answer) => {
    const button = make('button', { type: 'button', class: 'small quiet' }, answer);
    button.addEventListener('click', () => {
      const said = parts(answer, of.keys);
      for (const field of fields) field.value = said[field.name] ?? '';
      fields[0].focus();
    });
    return button;
  });
  if (of.guessed) {
    const confirm = make('button', { type: 'button', class: 'small' }, 'The guess is right');
    confirm.addEventListener('click', () => { confirm.blur(); send({ edit: { do: 'confirm', entry: of.entry, key: of.keys[0] } }); });
    likely.unshift(confirm);
  }
  const who = of.of ? make('small', {}, `Ask ${of.of}`) : null;
  return make('li', {}, make('p', {}, of.ask, ' ', who), form, make('div', { class: 'answers' }, ...likely), error);
};

const finding = (of) => {
  const error = make('p', { class: 'error', role: 'alert', hidden: true });
  const reason = make('input', { placeholder: 'Why you accept it', 'aria-label': 'Why you accept it', autocomplete: 'off' });
  const form = make('form', { novalidate: true, hidden: true }, reason, make('button', { type: 'submit', class: 'small' }, 'Accept'));
  const accept = make('button', { type: 'button', class: 'small quiet' }, 'Accept…');
  accept.addEventListener('click', () => { form.hidden = !form.hidden; if (!form.hidden) reason.focus(); });
  form.addEventListener('submit', async (event) => {
    event.preventDefault();
    say(error, '');
    const why_ = reason.value;
    reason.blur();
    const ended = await act({ edit: { do: 'accept', finding: of.id, why: why_ } });
    if (!ended.ok) { say(error, why(ended)); reason.focus(); }
  });
  return make('li', {}, make('p', {}, make('span', { class: `tag ${of.severity}` }, of.severity), ' ', of.message), accept, form, error);
};

const counted = (list, left) => {
  const more = left ? [make('li', { class: 'note', 'data-key': '…', 'data-of': String(left) }, `${left} more in the report`)] : [];
  all(':scope > [data-key="…"]', list).forEach((old) => old.remove());
  list.append(...more);
};

export const showLists = ({ board }) => {
  if (!board) return;
  const questions = one('#questions'), findings = one('#findings');
  renew(questions, board.questions, (of) => of.id, question);
  counted(questions, board.questions_left_out);
  renew(findings, board.findings, (of) => of.id, finding);
  counted(findings, board.findings_left_out);
};
