// Walks through mazes: the corridor with the way that was taken, and step by step what was seen and done.

const ARROWS = { north: "↑", east: "→", south: "↓", west: "←" }, SEEN = { "sign for north": "▲", "sign for south": "▼", corridor: "·", junction: "┤" };

function drawMaze(S, width) {
  const legend = make("p.legend", {}, "▲ ▼ the sign, · corridor, ┤ junction, ★ where the reward is. The darker an arrow, the likelier it was.");
  return [...S.head.walkers.map((walker, k) => make("section.walker", {}, headline(walker), maze(walker, Math.min(width, 1180)), strip(walker, S.arrays.get(`${k}/chances`).data))), legend];
}

function headline(walker) {
  return make("h3", {}, walker.title, make("small", {}, walker.note), make(`span.end.${walker.won ? "won" : "lost"}`, {}, `${walker.won ? "✓" : "✕"} ${walker.ended}`));
}

// The T from above: the sign at the left, the goal behind one arm at the right; the way as a line that drifts down a little with time.
function maze({ length, north, places, done, won, ended, title }, width) {
  const cell = Math.min(44, (width - 30) / (length + 1.6)), high = Math.max(20, Math.min(36, cell)), top = high + 6;
  const x = (k) => 6 + (k + 0.5) * cell, middle = top + high / 2, last = x(length);
  const svg = make("svg", { role: "img", viewBox: `0 0 ${width} ${3 * high + 12}`, height: 3 * high + 12, "aria-label": `${title}: a corridor of ${length} steps, ${done.length} steps taken, ${ended}` });
  const box = (left, up, cls) => make(`rect.room${cls}`, { x: left, y: up, width: cell, height: high });
  for (let k = 0; k <= length; k++) svg.append(box(6 + k * cell, top, k === 0 ? ".sign" : ""));
  svg.append(box(last - cell / 2, top - high, north ? ".goal" : ""), box(last - cell / 2, top + high, north ? "" : ".goal"));
  svg.append(make("text.mark", { x: x(0), y: middle + 6, "text-anchor": "middle" }, north ? "▲" : "▼"), make("text.mark", { x: last, y: (north ? top - high / 2 : top + 1.5 * high) + 6, "text-anchor": "middle" }, "★"));
  const drift = (t) => middle + high * 0.34 * (places.length > 1 ? (2 * t) / (places.length - 1) - 1 : 0);
  const points = places.map((k, t) => [x(k), drift(t)]), turned = done.at(-1), end = points.at(-1);
  if (places.at(-1) === length && (turned === "north" || turned === "south")) points.push([last, turned === "north" ? top - high * 0.25 : top + 1.25 * high]);
  svg.append(make("path.way", { d: `M${points.map((p) => p.map((v) => v.toFixed(1)).join(" ")).join("L")}` }));
  const [ex, ey] = points.at(-1) ?? end;
  svg.append(make("circle.foot", { cx: ex, cy: ey, r: 5 }));
  return svg;
}

function strip({ seen, done }, chances) {
  const cells = seen.map((name, t) => make("td", { title: `step ${t + 1}: sees ${name}, goes ${done[t]} (chance ${Math.round(100 * chances[t])} %)` }, make(`span.seen${name.startsWith("sign") ? ".sign" : ""}`, {}, SEEN[name]), make("span.done", { style: `--sure:${Math.round(85 * chances[t])}%` }, ARROWS[done[t]])));
  const rows = make("th", { scope: "row" }, make("span.seen", {}, "sees"), make("span.done", {}, "goes"));
  return make("div.strip", { tabindex: 0, role: "region", "aria-label": "What was seen and done, step by step" }, make("table", {}, make("tbody", {}, make("tr", {}, rows, ...cells))));
}
