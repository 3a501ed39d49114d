// The script of the page. It shows, hides, sorts and marks what is already there; what goes down is read from the
// outages that sinew computed, and never worked out here. Text goes in as text only, and of the address only ids that
// the report has.
(() => {
'use strict';

const data = JSON.parse(document.getElementById('data').textContent);
const one = (selector, root = document) => root.querySelector(selector);
const all = (selector, root = document) => [...root.querySelectorAll(selector)];
const listOf = (text) => (text ? JSON.parse(text) : []);
const own = (object, key) => (Object.hasOwn(object, key) ? object[key] : undefined);

const make = (tag, attributes = {}, ...inside) => {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
  element.append(...inside);
  return element;
};
const LONG = 90;
const brief = (words, long = LONG) => {
  const letters = [...words];
  return letters.length > long ? `${letters.slice(0, long).join('')}…` : words;
};
const named = (words, long = LONG) => {
  const name = make('bdi', {}, brief(words, long));
  if (name.textContent !== words) name.title = words;
  return name;
};
const grouped = (number) => Math.round(number).toLocaleString('en-US');
const money = (number) => `${data.currency ? `${data.currency} ` : ''}${grouped(number)}`;
const counted = (number, singular, plural) => `${grouped(number)} ${number === 1 ? singular : plural}`;

const systemName = (id) => own(data.systems, id)?.name ?? id;
const componentName = (id) => own(data.systems, id)?.name ?? own(data.flows, id)?.name ?? own(data.teams, id) ?? id;
const processName = (id) => own(data.processNames, id) ?? id;
const dataName = (id) => own(data.data, id) ?? id;
const joined = (words) => (words.length < 2 ? words.join('') : `${words.slice(0, -1).join(', ')} and ${words.at(-1)}`);

const clamp = (least, number, most) => Math.min(Math.max(number, least), most);
const isSystem = (id) => Object.hasOwn(data.systems, id);
const isFlow = (id) => Object.hasOwn(data.flows, id);
const isTeam = (id) => Object.hasOwn(data.teams, id);

/** What a card can be about, by its key in the address. */
const KINDS = { system: isSystem, flow: isFlow, team: isTeam };

/** All that the address says; `lit` is what has a card, `shown` the step that is presented. */
const state = {
  offline: [], several: false, wave: 0, view: null, lit: null, shown: null, filters: { rule: '', domain: '', process: '' },
};

