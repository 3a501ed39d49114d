// ---- the state in the address -------------------------------------------------------------------------------

/** The state as the address has it: nothing of what stands as it does when the page is opened. */
const written = () => {
  const to = new URLSearchParams();
  const figure = shownFigure();
  if (figure && figure !== figures[0]) to.append('view', figure.id);
  if (figure?.at) to.append('slide', figure.at + 1);
  if (state.wave !== waveOf(state.view) || (state.wave && !steps.some((step) => step.view === state.view))) to.append('wave', state.wave);
  state.offline.forEach((id) => to.append('without', id));
  if (state.lit) to.append(state.lit.kind, state.lit.id);
  for (const [name, value] of Object.entries(state.filters)) if (value) to.append(name, value);
  if (state.shown !== null) to.append('present', state.shown + 1);
  return to.toString();
};

let remembered = '';

const remember = (how) => {
  const words = written();
  if (words === remembered) return;
  remembered = words;
  const address = `${location.href.split('#')[0]}${words && '#'}${words}`;
  // A page within another may not be allowed to.
  try { history[how === 'replace' ? 'replaceState' : 'pushState'](null, '', address); } catch { /* the state stays here */ }
};

/** Takes from the address what the report has; the rest of it is nothing. Whether there was any state in it. */
const recall = () => {
  const words = location.hash.slice(1);
  // What names a chapter only leads there.
  if (words && !words.includes('=')) return false;
  const from = new URLSearchParams(words);
  const number = (name, least, most) => {
    const asked = Number(from.get(name));
    return from.has(name) && Number.isInteger(asked) && asked >= least && asked <= most ? asked : null;
  };
  const figure = figures.find(({ id }) => id === from.get('view')) ?? figures[0];
  state.view = figure?.id ?? null;
  if (figure) figure.at = (number('slide', 1, figure.slides.length) ?? 1) - 1;
  state.wave = 0;
  state.wave = number('wave', 0, lastWave) ?? waveOf(state.view);
  const isKnown = (id) => isSystem(id) || isFlow(id) || isTeam(id);
  state.offline = canFail ? [...new Set(from.getAll('without').filter(isKnown))] : [];
  if (state.offline.length > 1) state.several = true;
  const kind = Object.keys(KINDS).find((key) => from.has(key) && KINDS[key](from.get(key)));
  state.lit = kind ? { kind, id: from.get(kind) } : null;
  for (const name of Object.keys(state.filters)) {
    const has = all(`#${name} option`).some((option) => option.value === from.get(name));
    state.filters[name] = has ? from.get(name) : '';
  }
  const shown = number('present', 1, acts.length);
  state.shown = shown === null ? null : shown - 1;
  remembered = written();
  return words !== '';
};

