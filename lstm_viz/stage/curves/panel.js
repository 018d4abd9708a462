// One metric of all runs over training: a line for the mean, a band from lowest to highest, a name at the end.

function buildPanel(S, k) {
  const heading = make("h3"), svg = make("svg", { role: "img" });
  const note = make("figcaption"), element = make("figure.plot", { "data-k": k }, heading, svg, note);
  svg.onclick = (event) => { if (!S.head.plots[k].across) S.jump(stepAt(S, svg, event)); };
  return {
    element,
    layout() {
      const plot = S.head.plots[k], width = element.clientWidth, height = S.height;
      if (!width) return;
      const x = plot.across ? scaleAcross(plot.across, width) : scaleX(S.head.goal, width), y = scaleY(plot, height);
      heading.replaceChildren(plot.title, make("small", {}, plot.baseline === null ? plot.words : `– – ${plot.beside} ${written(plot, plot.baseline)} (${plot.phrase})`));
      note.textContent = plot.note;
      svg.setAttribute("viewBox", `0 0 ${width} ${height}`);
      svg.setAttribute("height", height);
      svg.setAttribute("aria-label", `${plot.title} over ${plot.across ? plot.across.words : `${count(S.head.goal)} ${S.head.unit}s`}: ${S.head.runs.map((run, m) => `${run.title} ${lastOf(S, m, plot)}`).join(", ")}`);
      const ends = S.head.runs.map((run, m) => end(S, m, plot, x, y));
      svg.replaceChildren(...frame(S, plot, x, y, width, height), ...S.head.runs.flatMap((run, m) => line(S, m, plot, x, y)), ...phrase(plot, x, y), ...zeros(S, plot), ...names(S, ends, height), ...(plot.across ? [] : [now(S, x, height)]));
    },
  };
}

// Of a run its points as [update, mean, lowest, highest]; every point but the last stands for as many updates.
// Where a plot has an axis of its own, places on it come first in every point.
function pointsOf(S, m, plot) {
  const { data } = S.arrays.get(`${m}/${plot.key}`), { steps } = S.head.runs[m];
  if (plot.across) return Array.from({ length: data.length / 4 }, (_, p) => [...data.subarray(4 * p, 4 * p + 4)]);
  return Array.from({ length: data.length / 3 }, (_, p) => [Math.min(steps, (p + 1) * S.head.width), ...data.subarray(3 * p, 3 * p + 3)]);
}

function stepAt(S, svg, event) {
  const box = svg.getBoundingClientRect();
  return ((event.clientX - box.left - MARGIN.left) / (box.width - MARGIN.left - MARGIN.right)) * S.head.goal;
}

function lastOf(S, m, plot) {
  const v = pointsOf(S, m, plot).at(-1)?.[1];
  if (v === undefined) return "not yet";
  return written(plot, v);
}

function written(plot, v) {
  if (isZero(plot, v)) return "0";
  return plot.percent ? `${+(100 * v).toPrecision(3)} %` : brief(plot.logarithm ? 10 ** v : v);
}

function frame(S, plot, x, y, width, height) {
  const [left, right, bottom] = [MARGIN.left, width - MARGIN.right, height - MARGIN.bottom];
  const across = ticksY(plot).map(([v, text]) => make("g", {}, make("path.grid", { d: `M${left} ${y(v)}H${right}` }), make("text.tick", { x: left - 6, y: y(v) + 4, "text-anchor": "end" }, text)));
  const along = plot.across ? decades(plot.across, x, right, bottom) : ticks(0, S.head.goal, width > 420 ? 5 : 3).map((v) => make("g", {}, make("text.tick", { x: x(v), y: bottom + 14, "text-anchor": "middle" }, short(v)), v && S.head.batch ? make("text.faint", { x: x(v), y: bottom + 28, "text-anchor": "middle" }, short(v * S.head.batch)) : null));
  const words = (plot.across ? [["sequences", 14]] : [[`${S.head.unit}s`, 14], ["sequences", 28]].slice(0, S.head.batch ? 2 : 1)).map(([text, down]) => make("text.faint", { x: right + 26, y: bottom + down }, text));
  const parts = [...across, ...along, ...words, make("path.edge", { d: `M${left} ${bottom}H${right}` })];
  if (plot.baseline === null) return parts;
  return [...parts, make("path.baseline", { d: `M${left} ${y(plot.baseline)}H${right}` })];
}

// A logarithmic axis along: its powers of ten, where it is short 2 and 5 times them too.
function decades({ low, high }, x, right, bottom) {
  let found = [];
  for (let k = Math.floor(low); k <= high; k++) for (const n of high - low > 1.6 ? [1] : [1, 2, 5]) found.push(k + Math.log10(n));
  found = found.filter((v) => v >= low - 1e-9 && v <= high + 1e-9);
  return found.map((v) => make("g", {}, make("path.edge", { d: `M${x(v)} ${bottom}v4` }), make("text.tick", { x: x(v), y: bottom + 16, "text-anchor": "middle" }, short(10 ** v))));
}

// The baseline's name stands on the curves, where the first of them rarely are.
function phrase(plot, x, y) {
  const at = plot.baseline === null ? 0 : y(plot.baseline);
  return at ? [make("text.phrase", { x: MARGIN.left + 8, y: at < MARGIN.top + 30 ? at + 15 : at - 6 }, plot.line)] : [];
}

// Which runs have come to exactly 0, for which a logarithm has no place.
function zeros(S, plot) {
  const none = S.head.runs.filter((_, m) => isZero(plot, pointsOf(S, m, plot).at(-1)?.[1])).map((run) => run.short);
  return none.length ? [make("text.phrase.zero", { x: MARGIN.left + 8, y: S.height - MARGIN.bottom - 5 }, `below the axis: exactly 0 (${none.join(", ")})`)] : [];
}

function line(S, m, plot, x, y) {
  const points = pointsOf(S, m, plot), run = S.head.runs[m], ink = run.ink[S.dark ? 1 : 0];
  const along = (n) => points.map((point) => `${x(point[0]).toFixed(1)} ${y(point[n]).toFixed(1)}`);
  if (!points.length) return [];
  const mean = along(1), low = along(2), high = along(3).reverse();
  const parts = [make("path.band", { d: `M${low.concat(high).join("L")}Z`, fill: ink }), make("path.run", { d: `M${mean.join("L")}`, stroke: ink, "stroke-dasharray": run.dash || null, "data-m": m })];
  const [px, py] = mean.at(-1).split(" ").map(Number);
  if (mean.length === 1) parts.push(make("circle", { cx: px, cy: py, r: 3, fill: ink }));
  if (run.broke) parts.push(make("path.broke", { d: `M${px - 6} ${py - 6}l12 12m0 -12l-12 12`, stroke: ink }));
  return parts;
}

// Where a run's name should stand: behind its last point; one that came to 0 is named beside the axis' end.
function end(S, m, plot, x, y) {
  const last = pointsOf(S, m, plot).at(-1), run = S.head.runs[m];
  return last && !isZero(plot, last[1]) ? { m, x: x(last[0]), y: y(last[1]), text: run.short } : null;
}

// Names that would touch are pushed apart, all in the room of the axis.
function names(S, ends, height) {
  const there = ends.filter(Boolean).sort((a, b) => a.y - b.y), GAP = 15;
  there.forEach((e, k) => { e.place = Math.max(e.y, k ? there[k - 1].place + GAP : MARGIN.top); });
  let floor = height - MARGIN.bottom - 2;
  for (const e of there.toReversed()) { e.place = Math.min(e.place, floor); floor = e.place - GAP; }
  const at = Math.max(...there.map((e) => e.x)) + 9;
  return there.flatMap((e) => {
    const ink = S.head.runs[e.m].ink[S.dark ? 1 : 0], moved = Math.abs(e.place - e.y) >= 4, x = moved ? at + 6 : e.x + 8;
    return [moved ? make("path.leader", { d: `M${e.x + 2} ${e.y}L${x - 2} ${e.place}`, stroke: ink }) : null, make("text.name", { x, y: e.place + 4, fill: ink }, e.text)].filter(Boolean);
  });
}

function now(S, x, height) {
  return make("path.now", { d: `M${x(S.at)} ${MARGIN.top - 6}V${height - MARGIN.bottom}` });
}
