// One model's cell, drawn with the values (or gradients) of the current step on every wire.

const STRIP = 62, STRIP_HEIGHT = 11;

function buildCell(S, m) {
  const model = S.head.models[m], { size, dots, wires } = model.picture;
  const svg = make("svg.picture", { viewBox: `0 ${size[2]} ${size[0]} ${size[1] - size[2]}`, role: "img", "aria-label": `${model.title}: the cell at this step` });
  const roads = roadHeights(model.picture, model.states);
  const drawnWires = wires.map((wire, k) => buildWire(S, m, wire, k, roads));
  svg.append(...drawnWires.map((w) => w.group), ...dots.map((dot) => buildDot(S, m, dot)));
  const strips = dots.map((dot) => buildStrip(S, m, dot));
  svg.append(...strips.map((s) => s.group));
  const element = make("section.panel.cell", { style: `flex: ${size[0]} 1 0`, "aria-label": model.title },
    make("h3", {}, model.title, make("small", {}, model.note)), svg);
  return {
    element,
    step() {
      for (const strip of strips) strip.step();
      if (S.mode === "backward") for (const wire of drawnWires) wire.step();
    },
    layout() {
      for (const wire of drawnWires) wire.layout();
      for (const strip of strips) strip.layout();
    },
  };
}

// The heights at which a state runs straight through with no box in its way.
function roadHeights({ dots }, states) {
  return states.map((s) => [s, dots.find((d) => d.name === `${s}_prev`)?.at[1], dots.find((d) => d.name === `${s}_next`)?.at[1]])
    .filter(([, from, to]) => from === to && !dots.some((d) => d.kind === "box" && d.at[1] === from))
    .map(([, y]) => y);
}

function buildWire(S, m, wire, k, roads) {
  const path = roundedPath(wire.points), road = wire.points.every((p) => roads.includes(p[1]));
  const line = make("path.line", { d: path }), march = make("path.march", { d: path });
  const heads = [make("path.head", { d: arrowHead(wire.points) }), make("path.head", { d: arrowHead([...wire.points].reverse()) })];
  const group = make("g.wire", { "data-m": m, "data-s": wire.s, "data-to": wire.to.split(/[._]/)[0] }, make("path.grab", { d: path }), line, march, ...heads);
  let logs, shown = null;
  return {
    group,
    layout() {
      const back = S.mode === "backward";
      logs = S.get(m, `l:${k}`).data;
      group.style.color = S.colours.ink[back ? "gradient" : wire.role];
      heads[0].style.display = back ? "none" : "";
      heads[1].style.display = back ? "" : "none";
      line.style.strokeWidth = road ? 5 : 2;
      line.style.strokeDasharray = "none";
      heads[1].style.opacity = line.style.opacity = 1;
      shown = null;
      if (back) this.step();
    },
    step() {
      const loud = loudness(logs[S.t]), dead = loud === 0;
      if (shown === loud) return;
      shown = loud;
      line.style.strokeWidth = (0.8 + 7.2 * loud).toFixed(2);
      line.style.strokeDasharray = dead ? "1 6" : "none";
      heads[1].style.opacity = line.style.opacity = dead ? 0.45 : 0.35 + 0.65 * loud;
    },
  };
}

function roundedPath(points) {
  const radius = 9;
  let d = `M${points[0]}`;
  for (let k = 1; k < points.length - 1; k++) {
    const [a, b, c] = [points[k - 1], points[k], points[k + 1]];
    const near = (p) => { const n = Math.hypot(p[0] - b[0], p[1] - b[1]) || 1, r = Math.min(radius, n / 2); return [b[0] + ((p[0] - b[0]) / n) * r, b[1] + ((p[1] - b[1]) / n) * r]; };
    d += `L${near(a)}Q${b} ${near(c)}`;
  }
  return d + `L${points.at(-1)}`;
}

function arrowHead(points) {
  const [a, b] = points.slice(-2), n = Math.hypot(b[0] - a[0], b[1] - a[1]) || 1;
  const [ux, uy] = [(b[0] - a[0]) / n, (b[1] - a[1]) / n], base = [b[0] - 8 * ux, b[1] - 8 * uy];
  return `M${b}L${[base[0] - 4 * uy, base[1] + 4 * ux]}L${[base[0] + 4 * uy, base[1] - 4 * ux]}Z`;
}

function buildDot(S, m, dot) {
  const [x, y] = dot.at;
  if (dot.kind === "port") return make("g");
  const group = make("g.dot", { "data-m": m, "data-s": dot.s, "data-role": dot.role });
  if (dot.kind === "box") group.append(make("rect", { x: x - 27, y: y - 16, width: 54, height: 32, rx: 7 }));
  else group.append(make("circle", { cx: x, cy: y, r: 12 }));
  group.append(make("text", { x, y, dy: "0.35em", class: dot.kind === "circle" && dot.sign.length > 1 ? "sign small" : "sign" }, dot.sign));
  return group;
}

// A vector as a strip of its units; clicking a cell chooses the unit.
function buildStrip(S, m, dot) {
  const { rows } = S.get(m, `v:${dot.name}`);
  const [x, y] = dot.strip, width = Math.min(STRIP, Math.max(13 * rows, 16)), cell = width / rows, left = x - width / 2, top = y - STRIP_HEIGHT / 2;
  const rects = Array.from({ length: rows }, (_, k) => make("rect", { x: left + k * cell, y: top, width: cell, height: STRIP_HEIGHT, "data-unit": k }));
  const pick = make("rect.pick", { y: top - 2, height: STRIP_HEIGHT + 4, width: Math.max(cell, 3) });
  const group = make("g.strip", { "data-m": m, "data-s": dot.s }, rects, make("rect.frame", { x: left, y: top, width, height: STRIP_HEIGHT }), pick, label(S, m, dot, left, width, top, rows));
  let last = [], back = false, source;
  return {
    group,
    layout() {
      last = [];
      back = S.mode === "backward";
      source = S.get(m, `${back ? "g" : "v"}:${dot.name}`);
      const unit = dot.s === "x" || dot.s === "y" ? -1 : S.unit;
      pick.style.display = unit >= 0 && unit < rows ? "" : "none";
      pick.setAttribute("x", left + Math.max(unit, 0) * cell);
    },
    step() {
      const from = S.t * rows, scale = back ? S.colours.gradient : stripScale(S, dot);
      for (let k = 0; k < rows; k++) {
        const index = scale.at(source.data[from + k]);
        if (last[k] !== index) { rects[k].style.fill = scale.css[index]; last[k] = index; }
      }
    },
  };
}

function stripScale(S, dot) {
  return { x: S.colours.input, y: S.colours.output }[dot.s] ?? S.colours.scales[dot.scale];
}

function label(S, m, dot, left, width, top, rows) {
  const known = S.signalOf(m, dot.s), time = dot.name.endsWith("_prev") ? "t−1" : "t";
  if (dot.kind !== "port" && !(dot.own && dot.kind === "box")) return null;
  const name = make("tspan.letter", {}, ...symbolText(known?.symbol ?? dot.s, time));
  const beside = dot.kind === "box", x = beside ? left - 5 : left + width / 2;
  const text = make("text.label", { x, y: beside ? top + 10 : top - 7, "text-anchor": beside ? "end" : "middle", "data-role": dot.role }, name);
  if (dot.kind === "port") text.append(make("tspan.shape", { dy: "-0.2em", dx: 6 }, `${rows}×1`));
  return text;
}
