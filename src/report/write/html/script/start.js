// ---- all together -------------------------------------------------------------------------------------------

const show = () => {
  showCard();
  showView();
  markPictures();
  light();
  sayWhatGoesDown();
  showFilters();
  showTables();
  sayWave();
  showStage();
};

/** After the state has changed: everything that shows it, the address last. */
const changed = (how) => { show(); remember(how); };

const prepareOutage = () => {
  if (!panel) return;
  one('#pick')?.addEventListener('change', (event) => {
    if (event.target.value) takeOffline([event.target.value], state.several);
    else { state.offline = []; changed(); }
  });
  one('#several').addEventListener('click', () => {
    state.several = !state.several;
    if (!state.several && state.offline.length > 1) state.offline = state.offline.slice(-1);
    changed();
  });
  one('#restore').addEventListener('click', () => {
    state.offline = [];
    changed();
    one('#several').focus();
  });
};

const start = () => {
  // Words that the font of this machine lets fit as they are need not be held to their length.
  const held = all('.slide text[textLength]').map((element) => [element, element.textLength.baseVal.value]);
  held.forEach(([element]) => element.removeAttribute('textLength'));
  const wide = held.map(([element, most]) => element.getComputedTextLength() > most * 1.02);
  held.forEach(([element, most], at) => { if (wide[at]) element.setAttribute('textLength', most); });
  // Boxes are measured while all pictures can be seen.
  all('.slide svg').forEach(prepare);
  prepareFigures();
  prepareSteps();
  prepareLenses();
  prepareZoom();
  prepareCard();
  tables.forEach(prepareTable);
  point();
  prepareOutage();
  prepareFilters();
  prepareSearch();
  prepareStage();
  all('.controls').forEach((element) => { element.hidden = false; });
  document.body.classList.add('live');
  const isLed = recall();
  show();
  if (isLed) one('#tabs')?.scrollIntoView({ block: 'start' });
  window.addEventListener('popstate', () => { recall(); show(); });
};

start();
})();
