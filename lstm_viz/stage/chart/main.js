// Plots at rest: all that is drawn is in the last data. Only a curve that was asked for says something back.

const charts = new WeakMap();

export default function ({ data, parentElement, setStateValue }) {
  const root = parentElement.querySelector(".chart");
  const S = charts.get(root) ?? newChart(root);
  charts.set(root, S);
  S.send = (drawn) => setStateValue("drawn", drawn);
  if (data) receive(S, data);
  return () => { S.watch.disconnect(); charts.delete(root); };
}

function newChart(root) {
  const S = { root };
  S.layout = () => layout(S);
  S.watch = new ResizeObserver(() => { if (S.data && root.clientWidth !== S.width) layout(S); });
  S.watch.observe(root);
  return S;
}

function receive(S, data) {
  S.data = data;
  S.ask = data.ask ? buildAsk(S) : null;
  S.figures = data.plots.map((plot) => {
    const svg = make("svg", { role: "img", "aria-label": plot.says }), head = make("div.head");
    return { plot, svg, head, element: make("figure", {}, head, svg) };
  });
  S.root.replaceChildren(make("div.figures", {}, S.figures.map((f) => f.element)), ...(S.ask ? [S.ask.element] : []));
  layout(S);
}

function layout(S) {
  S.width = S.root.clientWidth;
  const ground = getComputedStyle(S.root).backgroundColor.match(/\d+/g)?.slice(0, 3).map(Number) ?? [255, 255, 255];
  const dark = ground[0] + ground[1] + ground[2] < 380;
  for (const figure of S.figures) drawFigure(S, figure, ground, dark);
  S.root.dataset.plots = S.figures.length;
}

function drawFigure(S, { plot, svg, head, element }, ground, dark) {
  const width = element.clientWidth, height = Math.round((width < 420 ? 230 : 270) * plot.tall) + (width < 420 ? 16 : 0), room = nameRoom(plot, width);
  if (!width) return;
  const inks = S.data.inks, P = { plot, width, height, ground, inks, left: leftOf(plot.y, width), right: width - Math.max(16, room), bottom: height - BOTTOM - (width < 420 ? 16 : 0) };
  P.ink = (role) => (inks[role] ?? inks.plain)[dark ? 1 : 0];
  P.x = scaleOf(plot.x, P.left, P.right);
  P.y = scaleOf(plot.y, P.bottom, TOP);
  const said = make("span.said", { "aria-hidden": "true" });
  head.replaceChildren(make("h3", {}, plot.title), ...(room || !namedMarks(plot).length ? [] : [legend(P)]), said);
  svg.setAttribute("viewBox", `0 0 ${width} ${height}`);
  svg.setAttribute("height", height);
  const order = ["heat", "band", "bars", "rule", "line", "dots", "note"];
  const marks = order.flatMap((kind) => plot.marks.filter((m) => m.kind === kind)).flatMap((m) => MARKS[m.kind](m, P));
  svg.replaceChildren(...axes(P), ...marks, ...ruleNames(P), ...(room ? endNames(P) : []), ...(S.ask ? S.ask.draw(P, svg) : []));
  if (!S.ask) hover(P, svg, said);
  else svg.classList.add("drawing");
}

function axes(P) {
  const { plot, left, right, bottom, width } = P, above = namedAbove(plot.y, width);
  const across = ticksOf(plot.y, 5).map(([v, text]) => make("g", {}, make("path.grid", { d: `M${left} ${P.y(v)}H${right}` }), make("text.tick", above ? { x: left, y: P.y(v) - 9 } : { x: left - 7, y: P.y(v) + 4, "text-anchor": "end" }, text)));
  const along = ticksOf(plot.x, width < 420 ? 4 : 7).map(([v, text]) => make("g", {}, make("path.edge", { d: `M${P.x(v)} ${bottom}v4` }), make("text.tick", { x: P.x(v), y: bottom + 18, "text-anchor": "middle" }, text)));
  const middle = (TOP + bottom) / 2;
  return [...across, ...along, make("path.edge", { d: `M${left} ${bottom}H${right}` }),
    ...inLines(plot.x.words, right - left + 40).map((text, k) => make("text.words", { x: (left + right) / 2, y: bottom + 37 + 16 * k, "text-anchor": "middle" }, text)),
    ...inLines(plot.y.words, bottom - TOP + 20).map((text, k) => make("text.words", { x: 12, y: middle, dy: -1 + 15 * k, "text-anchor": "middle", transform: `rotate(-90 12 ${middle})` }, text))];
}

// Words that have no room on one line stand on two.
function inLines(words, room) {
  if (7 * words.length < room) return [words];
  const parts = words.split(" "), half = words.length / 2;
  const first = parts.findIndex((_, k) => parts.slice(0, k + 1).join(" ").length >= half) + 1;
  return [parts.slice(0, first).join(" "), parts.slice(first).join(" ")].filter(Boolean);
}

// The values at the pointer stand above the plot.
function hover(P, svg, said) {
  const cursor = make("path.cursor", { d: "" });
  svg.append(cursor);
  svg.onpointermove = (event) => {
    const pixel = event.clientX - svg.getBoundingClientRect().left, inside = pixel >= P.left && pixel <= P.right;
    said.textContent = inside ? readout(P, pixel) : "";
    cursor.setAttribute("d", said.textContent ? `M${pixel} ${TOP}V${P.bottom}` : "");
  };
  svg.onpointerleave = () => { said.textContent = ""; cursor.setAttribute("d", ""); };
}
