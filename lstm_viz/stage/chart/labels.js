// Names: at the ends of lines where there is room, otherwise above the plot with a sample of the line.

const NAMED = ["line", "dots", "band", "bars"];
const GAP = 16;

const namedMarks = (plot) => {
  const seen = new Set();
  return plot.marks.filter((m) => NAMED.includes(m.kind) && m.name && !seen.has(m.name) && seen.add(m.name));
};

// How wide the room for names on the right is; 0 where they stand above.
function nameRoom(plot, width) {
  const lines = namedMarks(plot);
  if (!lines.length || width < 420 || lines.length > 6 || lines.some((m) => m.kind !== "line")) return 0;
  return 12 + 8 * Math.max(...lines.map((m) => m.name.length));
}

// At the ends of the lines, pushed apart.
function endNames(P) {
  const ends = namedMarks(P.plot).map((m) => {
    const last = points(m, P).at(-1);
    const mean = points(m, P).reduce((sum, [, y]) => sum + y / m.x.length, 0);
    return last && { m, x: last[0], y: last[1], mean };
    // Where lines end together, the one that was higher before is named above.
  }).filter(Boolean).sort((a, b) => (Math.abs(a.y - b.y) > 4 ? a.y - b.y : a.mean - b.mean));
  ends.forEach((e, k) => { e.at = Math.max(e.y, k ? ends[k - 1].at + GAP : TOP + 4); });
  let floor = P.bottom - 2;
  for (const e of ends.toReversed()) { e.at = Math.min(e.at, floor); floor = e.at - GAP; }
  return ends.flatMap((e) => {
    const stroke = P.ink(e.m.role), x = P.right + 10;
    const leader = Math.abs(e.at - e.y) > 3 || e.x < P.right - 3 ? [make("path.leader", { d: `M${e.x + 2} ${e.y}L${x - 2} ${e.at}`, stroke })] : [];
    return [...leader, make("text.name", { x, y: e.at + 4.5, fill: stroke }, e.m.name)];
  });
}

// Above the plot: a sample and the name.
function legend(P) {
  return make("div.names", {}, namedMarks(P.plot).map((m) => {
    const stroke = P.ink(m.role), sample = m.kind === "line" ? make("path.line", { d: "M1 6H23", stroke, "stroke-dasharray": DASH[m.dash] }) : m.kind === "dots" ? make("circle", { cx: 12, cy: 6, r: 4.5, fill: stroke }) : make("rect", { x: 3, y: 1, width: 18, height: 10, fill: stroke, class: m.kind });
    return make("span", {}, make("svg", { viewBox: "0 0 24 12", width: 24, height: 12, "aria-hidden": "true" }, sample), m.name);
  }));
}

// The name of a straight line stands on it, of a vertical one at the top, each a line below the one before.
function ruleNames(P) {
  let row = 0;
  return P.plot.marks.filter((m) => m.kind === "rule" && m.name).map((m) => {
    if (m.across) return make("text.note", { ...inside(P.left + 6, m.name, false, P), y: P.y(m.at) < TOP + 20 ? P.y(m.at) + 15 : P.y(m.at) - 6 }, m.name);
    const right = P.x(m.at) > (P.left + P.right) / 2;
    return make("text.note", { ...inside(P.x(m.at) + (right ? -5 : 5), m.name, right, P), y: TOP + 12 + 17 * row++ }, m.name);
  });
}

// Where words begin or end so that they stay in the picture.
function inside(x, words, leftwards, P) {
  const room = 6.9 * words.length, from = leftwards ? x - room : x;
  return { x: Math.max(2, Math.min(from, P.width - 2 - room)) + (leftwards ? room : 0), "text-anchor": leftwards ? "end" : "start" };
}

// What stands at the pointer: the place along, and every line's value there.
function readout(P, pixel) {
  const at = P.x.back(pixel), heat = P.plot.marks.find((m) => m.kind === "heat");
  const values = P.plot.marks.filter((m) => m.kind === "line" && !m.thin && m.name).map((m) => {
    let best = -1;
    m.x.forEach((x, k) => { if (x !== null && m.y[k] !== null && (best < 0 || Math.abs(P.x(x) - pixel) < Math.abs(P.x(m.x[best]) - pixel))) best = k; });
    return best >= 0 && Math.abs(P.x(m.x[best]) - pixel) < 24 ? `${m.name} ${plainNumber(m.y[best])}` : "";
  }).filter(Boolean);
  return heat || !values.length ? "" : `${P.plot.x.words.split(" (")[0]} ${plainNumber(+at.toPrecision(3))}: ${values.join(", ")}`;
}
