// ---- from today to the target -------------------------------------------------------------------------------

const slider = one('#wave');
const lastWave = Math.max(0, ...data.plan.map((item) => item.wave));

/** What the slider steps through: a picture and a wave each. */
let steps = [];

const prepareSteps = () => {
  if (!slider || !figures.length) return;
  const has = (view) => figures.some((figure) => figure.id === view);
  const first = figures[0].id;
  steps = [{ words: 'Today', view: first, wave: 0 }];
  if (has('failure')) steps.push({ words: 'If one fails', view: 'failure', wave: 0 });
  for (let wave = 1; wave < lastWave; wave += 1) steps.push({ words: `Wave ${wave}`, view: first, wave });
  steps.push({ words: 'Target', view: has('target') ? 'target' : first, wave: lastWave });
  slider.max = String(steps.length - 1);
  const go = (at, how) => {
    Object.assign(state, { view: steps[at].view, wave: steps[at].wave });
    changed(how);
  };
  slider.addEventListener('input', () => go(Number(slider.value), 'replace'));
  one('#ticks').replaceChildren(...steps.map((step, at) => {
    step.button = make('button', { type: 'button', class: 'small quiet', 'aria-pressed': 'false' }, step.words);
    step.button.addEventListener('click', () => go(at));
    return step.button;
  }));
};

/** A picture that is a step of its own stands for its wave too. */
const waveOf = (view) => (steps.find((step) => step.view === view) ?? state).wave;

const sayWave = () => {
  const output = one('#wave-words');
  if (!output || !steps.length) return;
  const items = data.plan.filter((item) => item.wave <= state.wave);
  const ours = (step) => step.wave === state.wave;
  const here = steps.findIndex((step) => ours(step) && step.view === state.view);
  slider.value = String(here < 0 ? Math.max(0, steps.findIndex(ours)) : here);
  steps.forEach((step, place) => step.button.setAttribute('aria-pressed', String(place === here)));
  if (!state.wave) {
    output.textContent = `Today: ${counted(data.handoffs.length, 'manual handoff', 'manual handoffs')}, nothing built`;
  } else {
    const gone = removed();
    const left = data.handoffs.filter((chain) => !gone.has(chain.id)).length;
    const resolved = data.findings.filter((finding) => gone.has(finding.id)).length;
    const where = state.wave === lastWave ? 'Target' : `After wave ${state.wave} of ${lastWave}`;
    output.textContent = `${where}: ${counted(items.length, 'item', 'items')} built, ${left} of ${counted(data.handoffs.length, 'manual handoff', 'manual handoffs')} left, `
      + `${counted(resolved, 'finding', 'findings')} resolved`;
  }
  slider.setAttribute('aria-valuetext', output.textContent);
};

