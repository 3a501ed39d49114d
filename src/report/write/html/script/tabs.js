// ---- tabs ---------------------------------------------------------------------------------------------------

const figures = all('figure.picture').map((element) => ({
  element,
  id: element.dataset.picture,
  slides: all('.slide', element).map((slide) => ({ element: slide, svg: one('svg', slide), title: slide.dataset.title ?? '' })),
  at: 0,
}));

const shownFigure = () => figures.find((figure) => figure.id === state.view) ?? figures[0];
const shownSlide = () => { const figure = shownFigure(); return figure?.slides[figure.at]; };

const showSlide = (figure) => {
  figure.slides.forEach((slide, at) => slide.element.classList.toggle('away', at !== figure.at));
  if (!figure.pager) return;
  figure.pager.words.textContent = `Slide ${figure.at + 1} of ${figure.slides.length}: ${brief(figure.slides[figure.at].title)}`;
  figure.pager.back.disabled = figure.at === 0;
  figure.pager.on.disabled = figure.at === figure.slides.length - 1;
};

const prepareFigures = () => {
  const tabs = one('#tabs');
  for (const figure of figures) {
    figure.button = make('button', { type: 'button', 'aria-pressed': 'false' }, figure.element.dataset.title);
    figure.button.addEventListener('click', () => {
      Object.assign(state, { view: figure.id, wave: waveOf(figure.id) });
      changed();
    });
    tabs.append(figure.button);
    if (figure.slides.length < 2) continue;
    const back = make('button', { type: 'button' }, 'Previous'), on = make('button', { type: 'button' }, 'Next');
    const words = make('span', { role: 'status' });
    back.addEventListener('click', () => { figure.at -= 1; changed(); });
    on.addEventListener('click', () => { figure.at += 1; changed(); });
    figure.pager = { back, on, words };
    one('figcaption', figure.element).after(make('div', { class: 'pager controls' }, back, on, words));
  }
  state.view = figures[0]?.id ?? null;
};

const showView = () => {
  for (const figure of figures) {
    showSlide(figure);
    figure.element.classList.toggle('away', figure.id !== state.view);
    figure.button.setAttribute('aria-pressed', String(figure.id === state.view));
  }
  look();
};

