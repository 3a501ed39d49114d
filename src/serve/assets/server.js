// What the server says: the state, and what becomes of an edit. One edit at a time, in order.

import { one, say } from './dom.js';

let now = null;
const told = [];

export const state = () => now;
export const onState = (listener) => { told.push(listener); };

const take = (next) => {
  if (now && next.ticks < now.ticks) return;
  const before = now;
  now = next;
  for (const listener of told) listener(now, before);
};

export const get = async (path) => {
  const answer = await fetch(path);
  if (!answer.ok) throw new Error((await answer.json().catch(() => ({}))).text ?? 'the server does not answer');
  return answer.headers.get('Content-Type') === 'application/json' ? answer.json() : answer.text();
};

export const refresh = async () => take(await get('state'));

let turn = Promise.resolve();

/** Does something, and says how it ended: `ok`, and if not, why in words. What was typed stays with whoever asked. */
export const act = (what) => {
  const mine = turn.then(() => acted(what));
  turn = mine.catch(() => {});
  return mine;
};

const acted = async (what) => {
  const saved = one('#saved');
  const body = JSON.stringify({ seen: now?.hash ?? '', act: what });
  say(saved, 'Saving…');
  let answer, said;
  try {
    answer = await fetch('act', { method: 'POST', headers: { 'Content-Type': 'application/json' }, body });
    said = await answer.json();
  } catch {
    say(saved, '');
    return { ok: false, text: 'The server does not answer. Nothing was saved; what you typed is still here.' };
  }
  if (said.state) take(said.state);
  say(saved, answer.ok ? 'Saved' : '');
  return { ok: answer.ok, text: said.text ?? '', problems: said.problems ?? [] };
};

/** Why something was not done, in a sentence or two. */
export const why = ({ text, problems }) => {
  const errors = (problems ?? []).filter((one) => one.level === 'error');
  if (!errors.length) return text.trim();
  return errors.map((one) => (one.help ? `${one.message}: ${one.help}` : one.message)).join('; ');
};

export const listen = () => {
  const events = new EventSource('events');
  events.onmessage = ({ data }) => { if (!now || Number(data) > now.ticks) refresh().catch(() => {}); };
  events.onopen = () => { document.body.classList.remove('lost'); refresh().catch(() => {}); };
  events.onerror = () => document.body.classList.add('lost');
};
