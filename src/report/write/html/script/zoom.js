// ---- how closely a picture is looked at ---------------------------------------------------------------------

const MOST = 8, STEP = 1.5, DRAGGED = 4;
/** How far a box may stand from its place of today, as a share of the width: lines and words push boxes a little. */
const SAME = 0.1;

/** Pictures of the same places share one lens, so that going from today to the target nothing moves. */
const prepareLenses = () => {
  const first = figures[0]?.slides[0];
  if (!first) return;
  const places = (svg) => new Map(nodes.filter((node) => node.svg === svg).map(({ id, box }) => [id, box]));
  const today = places(first.svg);
  for (const slide of figures.flatMap((figure) => figure.slides)) {
    const [, , wide, high] = slide.svg.getAttribute('viewBox').split(' ').map(Number);
    const both = [...places(slide.svg)].filter(([id]) => today.has(id));
    const isSame = both.length > 0
      && both.every(([id, box]) => Math.abs(box.x - today.get(id).x) + Math.abs(box.y - today.get(id).y) < SAME * wide);
    Object.assign(slide, { wide, high, lens: isSame && first.lens ? first.lens : { k: 1, x: wide / 2, y: high / 2 } });
    slide.svg.style.aspectRatio = `${wide} / ${high}`;
    prepareHand(slide);
  }
};

/** Puts the lens to the picture that is shown. */
const look = () => {
  const slide = shownSlide();
  if (!slide?.lens) return;
  const { svg, lens, wide, high } = slide;
  slide.element.classList.toggle('zoomed', lens.k > 1);
  const { width, height } = svg.getBoundingClientRect();
  if (!width) return;
  const w = wide / lens.k, h = w * height / width;
  lens.x = w >= wide ? wide / 2 : clamp(w / 2, lens.x, wide - w / 2);
  lens.y = h >= high ? high / 2 : clamp(h / 2, lens.y, high - h / 2);
  svg.setAttribute('viewBox', `${lens.x - w / 2} ${lens.y - h / 2} ${w} ${h}`);
  one('#zoom-in').disabled = lens.k >= MOST;
  one('#zoom-out').disabled = one('#zoom-off').disabled = lens.k <= 1;
};

/** Zooms so that what is at a place of the window stays there; in the middle without a place. */
const zoom = (slide, times, at) => {
  const { lens, svg } = slide, was = lens.k;
  lens.k = clamp(1, was * times, MOST);
  if (at) {
    const box = svg.getBoundingClientRect();
    const unit = slide.wide / box.width, off = [at.x - box.x - box.width / 2, at.y - box.y - box.height / 2];
    lens.x += off[0] * unit * (1 / was - 1 / lens.k);
    lens.y += off[1] * unit * (1 / was - 1 / lens.k);
  }
  look();
};

const move = ({ lens, svg, wide }, dx, dy) => {
  const unit = wide / lens.k / svg.getBoundingClientRect().width;
  lens.x -= dx * unit;
  lens.y -= dy * unit;
  look();
};

/** Brings a box into sight where the lens does not show it. */
const bring = (slide, box) => {
  const { lens } = slide, [x, y] = [box.x + box.width / 2, box.y + box.height / 2];
  const [left, top, w, h] = slide.svg.getAttribute('viewBox').split(' ').map(Number);
  if (lens.k === 1 || (x > left && x < left + w && y > top && y < top + h)) return;
  Object.assign(lens, { x, y });
  look();
};

const prepareHand = (slide) => {
  const { svg } = slide, down = new Map();
  let way = 0;
  svg.addEventListener('wheel', (event) => {
    if (!event.ctrlKey && !event.metaKey) return;
    event.preventDefault();
    zoom(slide, Math.exp(clamp(-60, -event.deltaY, 60) / 150), event);
  }, { passive: false });
  svg.addEventListener('pointerdown', (event) => {
    if (event.button) return;
    if (!down.size) way = 0;
    down.set(event.pointerId, { x: event.clientX, y: event.clientY });
  });
  svg.addEventListener('pointermove', (event) => {
    const was = down.get(event.pointerId);
    if (!was) return;
    const now = { x: event.clientX, y: event.clientY }, other = [...down].find(([id]) => id !== event.pointerId)?.[1];
    down.set(event.pointerId, now);
    way += Math.hypot(now.x - was.x, now.y - was.y);
    if (other) {
      const apart = (a) => Math.hypot(a.x - other.x, a.y - other.y);
      if (apart(was) > 0) zoom(slide, apart(now) / apart(was), { x: (now.x + other.x) / 2, y: (now.y + other.y) / 2 });
    } else if (slide.lens.k > 1 && way > DRAGGED) {
      svg.setPointerCapture(event.pointerId);
      slide.element.classList.add('held');
      move(slide, now.x - was.x, now.y - was.y);
    }
  });
  const up = (event) => { down.delete(event.pointerId); slide.element.classList.remove('held'); };
  for (const end of ['pointerup', 'pointercancel']) window.addEventListener(end, up);
  // What ends a drag is no click.
  svg.addEventListener('click', (event) => { if (way > DRAGGED && slide.lens.k > 1) { event.stopPropagation(); way = 0; } }, true);
  slide.element.addEventListener('keydown', (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const times = { '+': STEP, '=': STEP, '-': 1 / STEP, 0: 0 }[event.key];
    const step = event.target === slide.element && slide.lens.k > 1 ? STEPS[event.key] : undefined;
    if (times === undefined && !step) return;
    event.preventDefault();
    if (step) move(slide, -80 * step[0], -80 * step[1]);
    else zoom(slide, times);
  });
};

const prepareZoom = () => {
  if (!figures.length) return;
  for (const [id, times] of [['#zoom-in', STEP], ['#zoom-out', 1 / STEP], ['#zoom-off', 0]]) {
    one(id).addEventListener('click', () => {
      const slide = shownSlide(), lit = nodes.find((node) => node.svg === slide.svg && node.id === state.lit?.id);
      if (lit && slide.lens.k === 1) Object.assign(slide.lens, { x: lit.box.x + lit.box.width / 2, y: lit.box.y + lit.box.height / 2 });
      zoom(slide, times);
    });
  }
  window.addEventListener('resize', look);
  // Paper has the whole picture.
  window.addEventListener('beforeprint', () => {
    for (const { svg, wide, high } of figures.flatMap((figure) => figure.slides)) svg.setAttribute('viewBox', `0 0 ${wide} ${high}`);
  });
  window.addEventListener('afterprint', look);
};

