// ---- what is near: a system with its neighbors, a flow with its ends, a team with its work ------------------

/** What a person points at, which counts before what has a card. */
let pointed = null;

/** What of a picture belongs to `lit`; null where the picture has nothing of it. */
const nearIn = (svg, { kind, id }) => {
  const touches = {
    // A flow is near with all of its way, also where that leads over stops.
    system: (line) => line.from === id || line.to === id || line.edges.some((edge) => {
      const flow = own(data.flows, edge);
      return flow && [flow.from, flow.to, ...flow.through].includes(id);
    }),
    flow: (line) => line.edges.includes(id),
    team: (line) => line.edges.some((edge) => own(data.flows, edge)?.performer === id),
  }[kind];
  const near = { boxes: new Set(), lines: new Set() };
  for (const line of lines) {
    if (line.svg !== svg || !touches(line)) continue;
    near.lines.add(line.id);
    near.boxes.add(line.from).add(line.to);
    line.edges.forEach((edge) => own(data.flows, edge)?.through.forEach((through) => near.boxes.add(through)));
  }
  if (kind === 'system' && nodes.some((node) => node.svg === svg && node.id === id)) near.boxes.add(id);
  return near.boxes.size ? near : null;
};

const light = () => {
  const lit = pointed ?? state.lit;
  for (const { svg } of shownFigure()?.slides ?? []) {
    const near = lit && nearIn(svg, lit);
    const mark = (element, isNear) => {
      element.classList.toggle('rest', near !== null && !isNear);
      element.classList.toggle('lit', near !== null && isNear);
    };
    for (const node of nodes) if (node.svg === svg) mark(node.element, near?.boxes.has(node.id));
    for (const line of lines) if (line.svg === svg) mark(line.element, near?.lines.has(line.id));
    for (const word of words) {
      if (word.svg === svg) mark(word.element, word.node !== null ? near?.boxes.has(word.node) : near?.lines.has(word.edge));
    }
  }
};

