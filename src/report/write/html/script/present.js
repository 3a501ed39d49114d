// ---- the story in the whole window --------------------------------------------------------------------------

const stage = make('dialog', { class: 'stage', 'aria-label': 'Presentation' });
let acts = [];

/** A picture as it is without what was done to it. */
const still = ({ svg, wide, high }) => {
  const copy = svg.cloneNode(true);
  copy.setAttribute('viewBox', `0 0 ${wide} ${high}`);
  copy.setAttribute('role', 'img');
  copy.removeAttribute('aria-describedby');
  copy.removeAttribute('style');
  all('.mark, .hit', copy).forEach((part) => part.remove());
  for (const part of all('*', copy)) for (const name of ['class', 'role', 'tabindex', 'aria-label']) part.removeAttribute(name);
  return copy;
};

const opening = () => {
  const head = make('div', { class: 'opening' });
  const copies = all('header > *').map((part) => part.cloneNode(true));
  head.append(...copies);
  all('a', head).forEach((link) => link.replaceWith(...link.childNodes));
  return [head];
};

const prepareStage = () => {
  const button = one('#present');
  if (!button) return;
  acts = [{ title: one('h1').textContent, inside: opening }];
  for (const figure of data.story.map((view) => figures.find(({ id }) => id === view)).filter(Boolean)) {
    figure.slides.forEach((slide) => acts.push({ title: slide.title, inside: () => [still(slide)] }));
  }
  const body = make('div', { class: 'act' }), words = make('p', { role: 'status' });
  const step = (name, by) => {
    const one = make('button', { type: 'button' }, name);
    one.addEventListener('click', () => turn(state.shown + by));
    return one;
  };
  const back = step('Previous', -1), on = step('Next', 1), end = make('button', { type: 'button' }, 'End');
  end.addEventListener('click', () => stage.close());
  stage.append(body, make('div', { class: 'stage-foot' }, words, back, on, end));
  Object.assign(stage, { body, words, back, on });
  document.body.append(stage);
  button.addEventListener('click', () => { state.shown = 0; changed(); });
  stage.addEventListener('close', () => {
    if (state.shown === null) return;
    state.shown = null;
    changed();
    button.focus();
  });
  stage.addEventListener('keydown', (event) => {
    const by = { ArrowRight: 1, ArrowDown: 1, PageDown: 1, ArrowLeft: -1, ArrowUp: -1, PageUp: -1, Home: -Infinity, End: Infinity }[event.key];
    if (by === undefined) return;
    event.preventDefault();
    turn(state.shown + by);
  });
};

const turn = (to) => {
  state.shown = clamp(0, to, acts.length - 1);
  changed('replace');
};

const showStage = () => {
  if (!acts.length) return;
  if (state.shown === null) { if (stage.open) stage.close(); return; }
  const act = acts[state.shown];
  if (stage.act !== act || !stage.open) stage.body.replaceChildren(...act.inside());
  stage.act = act;
  stage.words.textContent = `${state.shown + 1} of ${acts.length}: ${brief(act.title)}`;
  stage.back.disabled = state.shown === 0;
  stage.on.disabled = state.shown === acts.length - 1;
  if (!stage.open) { stage.showModal(); stage.focus(); }
};

