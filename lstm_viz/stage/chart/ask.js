// A curve that the reader draws: by pointer over the whole plot, or by keys, handle by handle.

function buildAsk(S) {
  const ask = S.data.ask, drawn = S.drawn ??= { values: ask.at.map(() => ask.start), touched: ask.at.map(() => false) };
  const button = make("button.commit", { type: "button", onclick: () => S.send(drawn.values.map((v) => +v.toPrecision(6))) }, "That is my guess");
  const set = (k, v) => { drawn.values[k] = v; drawn.touched[k] = true; };
  return {
    element: make("div.asked", {}, make("span.hint", {}, "Draw over the plot, or move each point with the arrow keys."), button),
    draw(P, svg) {
      const points = ask.at.map((x, k) => [P.x(x), P.y(drawn.values[k])]), stroke = P.ink("gradient");
      button.disabled = !drawn.touched.some(Boolean);
      const path = make("path.line.guess", { d: `M${points.map(([x, y]) => `${x.toFixed(1)} ${y.toFixed(1)}`).join("L")}`, stroke });
      const handles = points.map(([cx, cy], k) => {
        const said = { cx, cy, r: 8, fill: stroke, tabindex: 0, role: "slider", "aria-label": `${P.plot.y.words} at ${plainNumber(ask.at[k])}`, "aria-valuenow": drawn.values[k], "aria-valuetext": plainNumber(drawn.values[k]), "aria-valuemin": P.plot.y.low, "aria-valuemax": P.plot.y.high };
        return make("circle.handle", said);
      });
      handles.forEach((handle, k) => { handle.onkeydown = (event) => {
        const by = { ArrowUp: -1, ArrowDown: 1, PageUp: -5, PageDown: 5 }[event.key];
        if (!by) return;
        event.preventDefault();
        event.stopPropagation();
        set(k, P.y.back(P.y(drawn.values[k]) + (by * (P.bottom - TOP)) / 40));
        S.layout();
        S.root.querySelectorAll(".handle")[k].focus();
      }; });
      // A stroke sets every point that it passes.
      let last = null;
      const passed = (event) => {
        const box = svg.getBoundingClientRect(), [px, py] = [event.clientX - box.left, event.clientY - box.top], from = last ?? px;
        const near = points.map(([x], k) => [Math.abs(x - px), k]).sort((a, b) => a[0] - b[0])[0][1];
        points.forEach(([x], k) => { if (k === near || (x - from) * (x - px) < 0) set(k, P.y.back(py)); });
        last = px;
        points.forEach((p, k) => { p[1] = P.y(drawn.values[k]); handles[k].setAttribute("cy", p[1]); });
        path.setAttribute("d", `M${points.map(([x, y]) => `${x.toFixed(1)} ${y.toFixed(1)}`).join("L")}`);
        button.disabled = false;
      };
      svg.onpointerdown = (event) => { svg.setPointerCapture(event.pointerId); last = null; passed(event); };
      svg.onpointermove = (event) => { if (event.buttons) passed(event); };
      svg.onpointerup = () => { last = null; S.layout(); };
      return [path, ...handles];
    },
  };
}
