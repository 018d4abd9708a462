// The unrolled network: a tile a step, a link for every state. Backward, a link is as thick as its gradient.

const SHORT = 800; // px: below this height of the window everything is drawn lower
const CHAIN_ROW = innerHeight < SHORT ? 22 : 27;

function buildChain(S) {
  const rows = S.head.models.map((model, m) => {
    const canvas = make("canvas");
    return { model, m, canvas, element: make("div.row.chain-row", { "data-m": m }, make("div.name", {}, model.title), make("div.plot", {}, canvas)) };
  });
  const lens = make("div.lens");
  const element = make("section.panel.chain", { "aria-label": "The unrolled network, one tile a step" }, rows.map((r) => r.element), lens);
  const plot = rows[0].element.querySelector(".plot");
  scrubbing(S, element);
  return {
    element,
    layout() { for (const row of rows) paintChain(S, row); },
    step() {
      lens.style.transform = `translateX(${plot.offsetLeft + S.t * S.column}px)`;
      lens.style.width = `${S.column}px`;
    },
  };
}

function paintChain(S, { model, m, canvas }) {
  const pen = sharpCanvas(canvas, S.plotWidth, CHAIN_ROW), { T } = S.head, w = S.column, mid = CHAIN_ROW / 2;
  const back = S.mode === "backward", states = model.states, tile = Math.max(1.5, Math.min(w * 0.6, 18));
  states.forEach((state, k) => {
    const y = mid + (k - (states.length - 1) / 2) * -8, logs = S.get(m, `n:${state}`).data;
    const ink = S.colours.ink[back ? "gradient" : S.signalOf(m, state).role];
    for (let t = 0; t < T - 1; t++) {
      const loud = back ? loudness(logs[t]) : 0.2;
      if (loud === 0) { pen.fillStyle = S.colours.ink.plain; pen.globalAlpha = 0.5; pen.fillRect((t + 1) * w - 0.75, y - 0.5, 1.5, 1); continue; }
      pen.globalAlpha = back ? 0.3 + 0.7 * loud : 0.8;
      pen.fillStyle = ink;
      const height = 0.8 + 5.5 * loud;
      pen.fillRect((t + 0.5) * w, y - height / 2, w, height);
    }
  });
  const values = S.get(m, "v:h");
  for (let t = 0; t < T; t++) {
    let square = 0;
    for (let k = 0; k < values.rows; k++) square += values.data[t * values.rows + k] ** 2;
    pen.globalAlpha = 1;
    pen.fillStyle = S.colours.strength.css[clampStep(Math.sqrt(square / values.rows))];
    pen.strokeStyle = S.colours.ink.hidden;
    pen.lineWidth = 1;
    pen.beginPath();
    pen.roundRect((t + 0.5) * w - tile / 2, mid - Math.max(tile, 9) / 2, tile, Math.max(tile, 9), tile > 6 ? 4 : 0);
    pen.fill();
    if (tile > 4) pen.stroke();
  }
}

function sharpCanvas(canvas, width, height) {
  const ratio = Math.min(3, window.devicePixelRatio || 1);
  canvas.width = Math.max(1, Math.round(width * ratio));
  canvas.height = Math.round(height * ratio);
  canvas.style.height = `${height}px`;
  const pen = canvas.getContext("2d");
  pen.scale(ratio, ratio);
  return pen;
}
