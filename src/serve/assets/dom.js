// Elements in few words. Text goes in as text only.

export const one = (selector, root = document) => root.querySelector(selector);
export const all = (selector, root = document) => [...root.querySelectorAll(selector)];

export const make = (tag, attributes = {}, ...inside) => {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value === true) element.setAttribute(name, '');
    else if (value !== false && value !== null && value !== undefined) element.setAttribute(name, value);
  }
  element.append(...inside.filter((part) => part !== null && part !== undefined));
  return element;
};

/** Words in an element that is hidden while there are none. */
export const say = (element, words) => {
  if (element.textContent !== (words ?? '')) element.textContent = words ?? '';
  element.hidden = !words;
};

export const isField = (element) => Boolean(element?.matches?.('input, select, textarea'));

/** Keeps what is the same, by key, so that a field in which somebody types stays what it is. */
export const renew = (list, items, keyOf, build) => {
  const known = new Map(all(':scope > [data-key]', list).map((element) => [element.dataset.key, element]));
  const wanted = items.map((item) => {
    const key = keyOf(item), text = JSON.stringify(item), old = known.get(key);
    if (old && (old.dataset.of === text || old.contains(document.activeElement))) return old;
    const element = build(item);
    element.dataset.key = key;
    element.dataset.of = text;
    return element;
  });
  for (const old of known.values()) if (!wanted.includes(old)) old.remove();
  wanted.forEach((element, at) => { if (list.children[at] !== element) list.insertBefore(element, list.children[at] ?? null); });
};
