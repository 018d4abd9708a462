// What is marked in a plot, as elements: one function a kind.

const DASH = { "": null, dash: "8 5", dot: "2 4" };

const MARKS = {
  line(m, P) {
    const stroke = P.ink(m.role);
    return pieces(m, P).map((d) => make("path.line", { d, stroke, "stroke-dasharray": DASH[m.dash], class: m.thin ? "line thin" : "line" }));
  },
  dots(m, P) {
    return points(m, P).map(([x, y]) => make("circle.dot", { cx: x, cy: y, r: 4.5, fill: P.ink(m.role) }));
  },
  bars(m, P) {
    return m.x.flatMap((x, k) => {
      if (m.y[k] === null) return [];
      const [a, b] = [P.x(x - m.width / 2), P.x(x + m.width / 2)], [y, base] = [P.y(m.y[k]), P.y(P.plot.y.log ? P.plot.y.low : m.base)];
      return [make("rect.bar", { x: a, y: Math.min(y, base), width: Math.max(1, b - a), height: Math.max(1, Math.abs(y - base)), fill: P.ink(m.role) })];
    });
  },
  band(m, P) {
    const there = m.x.map((_, k) => k).filter((k) => m.low[k] !== null && m.high[k] !== null);
    const way = (values, order) => order.map((k) => `${P.x(m.x[k]).toFixed(1)} ${P.y(values[k]).toFixed(1)}`);
    return [make("path.band", { d: `M${[...way(m.low, there), ...way(m.high, there.toReversed())].join("L")}Z`, fill: P.ink(m.role) })];
  },
  rule(m, P) {
    const d = m.across ? `M${P.left} ${P.y(m.at)}H${P.right}` : `M${P.x(m.at)} ${TOP}V${P.bottom}`;
    return [make("path.rule", { d, stroke: P.ink(m.role) })];
  },
  note(m, P) {
    return [make("text.note", { ...inside(P.x(m.x) + (m.left ? -6 : 6), m.words, m.left, P), y: P.y(m.y) + 4 }, m.words)];
  },
  heat(m, P) {
    const rows = m.values.length, columns = m.values[0].length, canvas = document.createElement("canvas");
    [canvas.width, canvas.height] = [columns, rows];
    const pen = canvas.getContext("2d"), image = pen.createImageData(columns, rows);
    m.values.forEach((row, r) => row.forEach((v, c) => image.data.set(heatColour(m, v, P), 4 * ((rows - 1 - r) * columns + c))));
    pen.putImageData(image, 0, 0);
    const element = document.createElementNS(SVG, "image");
    const said = { href: canvas.toDataURL(), x: P.left, y: TOP, width: P.right - P.left, height: P.bottom - TOP, preserveAspectRatio: "none", style: "image-rendering: pixelated" };
    for (const [key, value] of Object.entries(said)) element.setAttribute(key, value);
    return [element];
  },
};

// Points that are there, in pixels.
function points(m, P) {
  return m.x.map((x, k) => [x, m.y[k]]).filter(([x, y]) => x !== null && y !== null).map(([x, y]) => [P.x(x), P.y(y)]);
}

// A line in pieces: a gap where there is no number.
function pieces(m, P) {
  const found = [[]];
  m.x.forEach((x, k) => (m.y[k] === null || x === null ? found.push([]) : found.at(-1).push(`${P.x(x).toFixed(1)} ${P.y(m.y[k]).toFixed(1)}`)));
  return found.filter((piece) => piece.length > 1).map((piece) => `M${piece.join("L")}`);
}

// The ground at `low`, the role's colour at `high`; signed values from one hue through the ground to the other.
function heatColour(m, v, P) {
  if (v === null) return [...P.ground, 255];
  const warp = m.log ? (u) => Math.log10(Math.max(u, 1e-300)) : (u) => u;
  const share = Math.min(1, Math.max(0, (warp(v) - warp(m.low)) / (warp(m.high) - warp(m.low))));
  if (m.role !== "signed") return [...mixed(P.ground, rgb(P.ink(m.role)), share), 255];
  const [cold, warm] = P.inks.signed.map(rgb);
  return [...(share < 0.5 ? mixed(P.ground, cold, 1 - 2 * share) : mixed(P.ground, warm, 2 * share - 1)), 255];
}

const rgb = (hex) => [1, 3, 5].map((k) => parseInt(hex.slice(k, k + 2), 16));
const mixed = (a, b, share) => a.map((v, k) => Math.round(v + (b[k] - v) * share));
