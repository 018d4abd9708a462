// A free run: the target, what networks say, where they are on their own, where nobody ever fitted them.

const HIGH = 210, ROOM = { left: 34, right: 8, top: 30, bottom: 22 };

function drawFreerun(S, width) {
  const { free, beyond, runs, says } = S.head, target = S.arrays.get("target").data, T = target.length;
  const x = (t) => ROOM.left + (t / (T - 1)) * (width - ROOM.left - ROOM.right);
  const edge = Math.ceil(1.25 * Math.max(...target.map(Math.abs))), bottom = HIGH - ROOM.bottom;
  const y = (v) => ROOM.top + (bottom - ROOM.top) * (0.5 - 0.5 * Math.max(-1.12, Math.min(1.12, v / edge)));
  const path = (values) => `M${Array.from(values, (v, t) => `${x(t).toFixed(1)} ${y(v).toFixed(1)}`).join("L")}`;
  const svg = make("svg", { role: "img", viewBox: `0 0 ${width} ${HIGH}`, height: HIGH, "aria-label": says });
  const parts = [[0, free, "driven", "reads the true values"], [free, beyond, "alone", "reads its own outputs"], [beyond, T - 1, "alone, beyond", "where it was never fitted"]];
  for (const [from, to, name, words] of parts) svg.append(phase(x, from, to, name, words, bottom));
  for (const v of [-edge, 0, edge]) svg.append(make("path.grid", { d: `M${ROOM.left} ${y(v)}H${width - ROOM.right}` }), make("text.tick", { x: ROOM.left - 6, y: y(v) + 4, "text-anchor": "end" }, String(v).replace("-", "−")));
  for (let t = 0; t < T; t += T > 400 && width < 600 ? 200 : 100) svg.append(make("text.tick", { x: x(t), y: HIGH - 6, "text-anchor": "middle" }, String(t)));
  svg.append(make("path.target", { d: path(target) }));
  runs.forEach((run, k) => svg.append(make("path.said", { d: path(S.arrays.get(`${k}/y`).data), stroke: run.ink[S.dark ? 1 : 0], "stroke-dasharray": run.dash || null })));
  const sample = (cls, ink, dash) => make("svg", { width: 34, height: 10, "aria-hidden": "true" }, make(`path.${cls}`, { d: "M1 5H33", stroke: ink, "stroke-dasharray": dash || null }));
  const names = [make("span.key", {}, sample("target"), "target"), ...runs.map((run, k) => make("span.key", {}, sample("said", run.ink[S.dark ? 1 : 0], run.dash), run.title))];
  return [make("h3", {}, "On its own ", make("small", {}, says), ...names), svg];
}

function phase(x, from, to, name, words, bottom) {
  const wide = x(to) - x(from), said = wide > 260 ? `${name}: ${words}` : name;
  const begin = from ? [make("path.begin", { d: `M${x(from)} 6V${bottom}` })] : [];
  const label = wide > 7 * said.length ? said : wide > 48 ? name.split(",").at(-1).trim() : "";
  return make("g", {}, make(`rect.phase.${from ? "alone" : "driven"}`, { x: x(from), y: ROOM.top - 8, width: Math.max(0, wide), height: bottom - ROOM.top + 8 }), ...begin, make("text.phrase", { x: x(from) + 6, y: 17 }, label));
}
