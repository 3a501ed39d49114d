// ---- pointing -----------------------------------------------------------------------------------------------

const tip = make('div', { id: 'tip', class: 'tip', role: 'tooltip', hidden: '' });

/** What a picture says of a box or a line, without the name it begins with. */
const saidOf = (thing) => thing.tip.split('\n').map((line) => line.trim()).filter((line) => line && line !== thing.name)
  .map((line) => (thing.id && line.startsWith(`${thing.name} (${thing.id}) · `) ? line.split(' · ').slice(1).join(' · ') : line));

const tipFor = (thing, ids) => {
  const inside = [make('strong', {}, named(thing.name || thing.id))];
  const found = data.findings.filter((finding) => !finding.accepted && finding.subjects.some((subject) => ids.includes(subject)));
  for (const finding of found.slice(0, 3)) {
    inside.push(make('p', { class: 'found' }, make('span', { class: `tag ${finding.severity}` }, finding.severity), ' ', named(finding.message, 220)));
  }
  if (found.length > 3) inside.push(make('p', { class: 'detail' }, `and ${counted(found.length - 3, 'more finding', 'more findings')}`));
  inside.push(...saidOf(thing).map((line) => make('p', { class: 'detail' }, named(line, 220))));
  return inside;
};

const placeTip = (x, y) => {
  const { width, height } = tip.getBoundingClientRect();
  const left = Math.max(8, Math.min(x + 14, document.documentElement.clientWidth - width - 8));
  const below = y + 18 + height < window.innerHeight;
  tip.style.left = `${left}px`;
  tip.style.top = `${Math.max(8, below ? y + 18 : y - height - 12)}px`;
};

const showTip = (thing, ids, x, y) => {
  tip.replaceChildren(...tipFor(thing, ids));
  tip.hidden = false;
  thing.element.setAttribute('aria-describedby', 'tip');
  placeTip(x, y);
};
const hideTip = (thing) => { tip.hidden = true; thing?.element.removeAttribute('aria-describedby'); };

const point = () => {
  document.body.append(tip);
  for (const thing of [...nodes, ...lines]) {
    const ids = thing.edges ?? [thing.id];
    const what = thing.edges ? { kind: 'flow', id: thing.edges[0] } : { kind: 'system', id: thing.id };
    thing.element.addEventListener('pointerenter', (event) => {
      if (event.pointerType === 'mouse') { pointed = what; light(); }
      if (!isOpen(what)) showTip(thing, ids, event.clientX, event.clientY);
    });
    thing.element.addEventListener('pointermove', (event) => { if (!tip.hidden) placeTip(event.clientX, event.clientY); });
    thing.element.addEventListener('pointerleave', () => { hideTip(thing); pointed = null; light(); });
    // An SVG element that listens for focus can be focused: only boxes that are buttons may.
    if (!thing.element.hasAttribute('tabindex')) continue;
    thing.element.addEventListener('focus', () => {
      if (!thing.element.matches(':focus-visible')) return;
      pointed = what;
      light();
      const box = thing.element.getBoundingClientRect();
      showTip(thing, ids, box.left, box.bottom - 8);
    });
    thing.element.addEventListener('blur', () => { hideTip(thing); pointed = null; light(); });
  }
  document.addEventListener('keydown', (event) => { if (event.key === 'Escape') hideTip(); });
};

