// ---- pictures -----------------------------------------------------------------------------------------------

const SVG = 'http://www.w3.org/2000/svg';
const nodes = [], lines = [], words = [];
const canFail = data.outages.length > 0;

const tooltipOf = (element) => {
  const title = one('title', element);
  title?.remove();
  return title?.textContent ?? '';
};

const prepareNode = (svg, element) => {
  const id = element.getAttribute('data-node');
  const box = element.getBBox();
  const node = { svg, id, element, box, name: element.getAttribute('aria-label') ?? id, tip: tooltipOf(element) };
  nodes.push(node);
  if (!isSystem(id)) return;
  const mark = document.createElementNS(SVG, 'g');
  mark.setAttribute('class', 'mark');
  mark.setAttribute('transform', `translate(${box.x} ${box.y})`);
  const disc = document.createElementNS(SVG, 'circle');
  disc.setAttribute('r', '6.5');
  const sign = document.createElementNS(SVG, 'text');
  sign.setAttribute('text-anchor', 'middle');
  sign.setAttribute('y', '3.2');
  mark.append(disc, sign);
  element.append(mark);
  node.sign = sign;
  element.setAttribute('role', 'button');
  element.setAttribute('tabindex', '-1');
  element.addEventListener('click', (event) => {
    hideTip(node);
    rove(node);
    choose({ kind: 'system', id }, event);
  });
};

/** Opens the card of a system or a flow; one of several that fail together goes offline at once. */
const choose = (what, event) => {
  if (canFail && (state.several || event.shiftKey || event.ctrlKey || event.metaKey)) takeOffline([what.id], true);
  else openCard(what);
};

const prepareLine = (svg, element) => {
  const edges = listOf(element.getAttribute('data-edges'));
  const path = one('path', element);
  if (path) {
    const hit = path.cloneNode();
    for (const name of ['stroke', 'stroke-width', 'stroke-opacity', 'stroke-dasharray']) hit.removeAttribute(name);
    hit.setAttribute('class', 'hit');
    element.append(hit);
  }
  const end = (name) => element.getAttribute(`data-${name}`);
  const line = { svg, id: end('edge'), edges, from: end('from'), to: end('to'), element, tip: tooltipOf(element) };
  line.name = edges.map((id) => own(data.flows, id)?.name ?? '').filter(Boolean).join('; ');
  lines.push(line);
  if (edges.length === 1 && isFlow(edges[0])) {
    element.classList.add('can-open');
    element.addEventListener('click', (event) => {
      hideTip(line);
      choose({ kind: 'flow', id: edges[0] }, event);
    });
  }
};

const prepare = (svg) => {
  // The words of the picture itself stay as its label; as tooltips they would cover everything.
  for (const child of [...svg.children]) if (child.matches('title, desc')) child.remove();
  all('g[data-cluster] > title', svg).forEach((title) => title.remove());
  all('g[data-node]', svg).forEach((element) => prepareNode(svg, element));
  all('g[data-edge]', svg).forEach((element) => prepareLine(svg, element));
  all('[data-of-node], [data-of-edge]', svg).forEach((element) => words.push({
    svg, element, node: element.getAttribute('data-of-node'), edge: element.getAttribute('data-of-edge'),
  }));
  const mine = nodes.filter((node) => node.svg === svg && isSystem(node.id));
  if (!mine.length) return;
  svg.setAttribute('role', 'group');
  svg.setAttribute('aria-describedby', 'keys');
  mine[0].element.setAttribute('tabindex', '0');
  svg.addEventListener('keydown', (event) => walk(mine, event));
};

/** One box of a picture is in the tab order; arrow keys lead from box to box. */
const rove = (node) => {
  for (const other of nodes) {
    if (other.svg === node.svg && other.element.hasAttribute('tabindex')) other.element.setAttribute('tabindex', '-1');
  }
  node.element.setAttribute('tabindex', '0');
};

const STEPS = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };

const walk = (mine, event) => {
  const from = mine.find((node) => node.element === event.target);
  if (!from) return;
  if (event.key === 'Enter' || event.key === ' ') {
    event.preventDefault();
    hideTip(from);
    choose({ kind: 'system', id: from.id }, event);
    return;
  }
  let to = null;
  if (event.key === 'Home') to = mine[0];
  if (event.key === 'End') to = mine.at(-1);
  if (Object.hasOwn(STEPS, event.key)) {
    const [dx, dy] = STEPS[event.key];
    const middle = ({ box }) => [box.x + box.width / 2, box.y + box.height / 2];
    const [x, y] = middle(from);
    let best = Infinity;
    for (const node of mine) {
      const [a, b] = middle(node);
      const along = (a - x) * dx + (b - y) * dy;
      const aside = Math.abs((a - x) * dy) + Math.abs((b - y) * dx);
      if (along > 1 && along + 2.5 * aside < best) { best = along + 2.5 * aside; to = node; }
    }
  }
  if (!to && !Object.hasOwn(STEPS, event.key)) return;
  event.preventDefault();
  if (to) { rove(to); bring(shownSlide(), to.box); to.element.focus({ preventScroll: shownSlide().lens.k > 1 }); }
};

const markPictures = () => {
  const outage = state.offline.length ? exactOutage() : null;
  const least = state.offline.length > 1 && !outage ? atLeast() : null;
  const off = new Set(state.offline);
  const down = new Set(outage?.systems_down ?? least?.down ?? []);
  const starved = new Set(outage?.systems_starved ?? []);
  // A flow works only if its ends, what it runs through and its performer do.
  const flowFails = (id) => {
    const flow = own(data.flows, id);
    return off.has(id) || (flow !== undefined
      && ([flow.from, flow.to, ...flow.through].some((end) => down.has(end) || off.has(end))
        || (flow.manual && off.has(flow.performer))));
  };
  const shown = about();
  const gone = goneFlows();
  const dimNode = (id) => shown !== null && isSystem(id) && !shown.systems.has(id);
  // What no flow runs along, such as what a system depends on, goes by its ends.
  const isDown = (id) => down.has(id) || off.has(id);
  const lineFails = ({ edges, from, to }) => edges.length > 0
    && (edges.some(isFlow) ? edges.every(flowFails) : isDown(from) && isDown(to));
  const dimLine = ({ edges, from, to }) => shown !== null
    && !(edges.some(isFlow) ? edges.some((id) => shown.flows.has(id)) : shown.systems.has(from) && shown.systems.has(to));
  const classes = new Map();
  for (const node of nodes) {
    const flags = { off: off.has(node.id), down: down.has(node.id) && !off.has(node.id), starved: starved.has(node.id), dim: dimNode(node.id) };
    paint(node.element, flags);
    if (node.sign) node.sign.textContent = flags.off || flags.down ? '✕' : flags.starved ? '!' : '';
    if (node.element.matches('[role=button]')) {
      const says = flags.off ? ', offline' : flags.down ? ', down' : flags.starved ? ', loses data' : '';
      node.element.setAttribute('aria-label', node.name + says);
    }
  }
  for (const line of lines) {
    const flags = { down: lineFails(line), dim: dimLine(line), gone: line.edges.length > 0 && line.edges.every((id) => gone.has(id)) };
    paint(line.element, flags);
    if (!classes.has(line.svg)) classes.set(line.svg, new Map());
    classes.get(line.svg).set(line.id, flags);
  }
  for (const word of words) {
    if (word.node !== null) paint(word.element, { off: off.has(word.node), down: down.has(word.node) && !off.has(word.node), dim: dimNode(word.node) });
    else paint(word.element, classes.get(word.svg)?.get(word.edge) ?? {});
  }
};

const FLAGS = ['off', 'down', 'starved', 'dim', 'gone'];
const paint = (element, flags) => FLAGS.forEach((flag) => element.classList.toggle(flag, Boolean(flags[flag])));

