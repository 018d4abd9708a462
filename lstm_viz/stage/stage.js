// The stage: owns time. Everything on it is drawn from one state S; Python hears of a step only when it is settled.

const stages = new WeakMap();
const LABELS_WIDE = 132, LABELS_NARROW = 58, NARROW = 640, ONE_COLUMN = 1000;

export default function ({ data, parentElement, setStateValue }) {
  const root = parentElement.querySelector(".stage");
  const S = stages.get(root) ?? newStage(root);
  stages.set(root, S);
  S.send = (view) => setStateValue("view", view);
  // The number makes two ways back to one address two messages.
  S.sendAddress = () => setStateValue("address", `${location.search}#${++S.returns}`);
  if (data) receive(S, data);
  return () => S.close();
}

function newStage(root) {
  const S = { root, t: 0, unit: 0, pixel: 0, mode: "forward", model: 0, signal: null, speed: 8, playing: false, adopted: null, returns: 0 };
  S.get = (m, key) => S.arrays.get(`${m}/${key}`);
  S.signalOf = (m, s) => (m === null || !S.head.models[m] ? undefined : S.head.models[m].signals.find((signal) => signal.s === s));
  // A single step is drawn at once, for the very next frame; a drag at most once a frame.
  S.go = (t, settle = false) => {
    S.t = Math.min(S.head.T - 1, Math.max(0, t));
    if (settle && !S.drawn) {
      step(S);
      S.drawn = requestAnimationFrame(() => { S.drawn = 0; });
    } else S.frame ||= requestAnimationFrame(() => { S.frame = 0; step(S); });
    if (settle) S.commit();
  };
  S.relayout = () => layout(S);
  S.select = (m, s, show = false) => {
    Object.assign(S, { model: m, signal: s, unit: Math.min(S.unit, S.head.models[m].H - 1) });
    layout(S);
    S.commit();
    // Where the formulas stand below the picture, bring the opened one into sight.
    if (show && S.width < ONE_COLUMN) S.root.querySelector(".chosen.entry")?.scrollIntoView({ block: "center" });
  };
  S.turn = (mode) => { S.mode = mode; layout(S); S.commit(); };
  S.toggle = () => play(S, !S.playing);
  S.commit = () => { clearTimeout(S.settling); S.settling = setTimeout(() => S.playing || S.send(viewOf(S)), 300); };
  const resize = new ResizeObserver(() => { if (S.head && root.clientWidth !== S.width) layout(S); });
  const keys = (event) => pressed(S, event);
  const pointer = () => { S.byPointer = true; };
  document.addEventListener("keydown", keys);
  document.addEventListener("pointerdown", pointer, true);
  // A way back on this page is the stage's alone: a run of Streamlit's own beside it would still show what was before.
  const page = location.pathname, back = (event) => {
    clearTimeout(S.settling);
    if (location.pathname !== page) return;
    event.stopImmediatePropagation();
    S.sendAddress();
  };
  window.addEventListener("popstate", back, true);
  resize.observe(root);
  linkHover(S);
  const unlink = linkText(S);
  S.close = () => { unlink(); window.removeEventListener("popstate", back, true); document.removeEventListener("keydown", keys); document.removeEventListener("pointerdown", pointer, true); resize.disconnect(); cancelAnimationFrame(S.frame); clearTimeout(S.settling); S.playing = false; stages.delete(root); };
  return S;
}

function viewOf(S) {
  const model = S.head.models[S.model];
  return { t: S.t + 1, unit: S.unit + 1, mode: S.mode, model: model.id, place: S.model, signal: S.signal, speed: S.speed };
}

// New data: the same run again (a change of theme), another run (keep the step), or a view to adopt (an address).
function receive(S, data) {
  if (S.bytes !== data) {
    const { head, arrays } = unpack(data);
    S.bytes = data;
    S.head = head;
    S.arrays = arrays;
    if (head.view.nonce !== S.adopted) adopt(S, head.view);
    fit(S);
    const shape = JSON.stringify([head.T, head.task, head.models.map((model) => [model.id, model.H, model.note])]);
    if (S.shape !== shape) build(S);
    S.shape = shape;
    takeFocus(S);
  }
  layout(S);
}

// After a choice by pointer the keys belong to the stage again, unless a text or an open menu has the focus.
function takeFocus(S) {
  const focused = document.activeElement;
  if (S.byPointer && focused?.matches("button, [role=combobox], [role=radio]") && !focused.closest("[role=dialog], [data-testid=stPopoverBody]")) S.root.focus({ preventScroll: true });
}

// Step, unit and signal stay where they are as far as the new run has them; what had to move is told.
function fit(S) {
  const { T, models } = S.head, before = [S.t, S.unit, S.signal].join();
  S.model = Math.min(S.model, models.length - 1);
  S.t = Math.min(S.t, T - 1);
  S.unit = Math.min(S.unit, models[S.model].H - 1);
  if (!S.signalOf(S.model, S.signal)) S.signal = null;
  if (before !== [S.t, S.unit, S.signal].join()) S.commit();
}

function adopt(S, view) {
  S.adopted = view.nonce;
  S.t = view.t - 1;
  S.unit = view.unit - 1;
  S.mode = view.mode;
  S.model = view.place;
  S.signal = view.signal || null;
  S.speed = view.speed;
  S.playing = false;
}

function build(S) {
  S.range = undefined;
  const chain = buildChain(S), cells = S.head.models.map((_, m) => buildCell(S, m)), time = buildTimeline(S), detail = buildDetail(S), transport = buildTransport(S), legend = buildLegend(S);
  S.parts = [chain, ...cells, time, detail, transport, legend];
  const main = make("div.main", {}, chain.element, make("div.cells", {}, cells.map((c) => c.element)), time.element, transport.element, transport.words, legend.element, transport.help);
  S.root.replaceChildren(main, detail.element);
}

function layout(S) {
  const style = getComputedStyle(S.root), { T } = S.head;
  S.width = S.root.clientWidth;
  S.root.classList.toggle("narrow", S.width < NARROW);
  S.root.classList.toggle("backward", S.mode === "backward");
  S.root.classList.toggle("playing", S.playing);
  const ground = style.getPropertyValue("--panel"), scales = ground + S.head.task.x_range + S.head.task.y_range;
  S.recoloured = S.scales !== scales;
  if (S.recoloured) {
    S.scales = scales;
    S.colours = palette(S.head, ground);
    for (const [role, ink] of Object.entries(S.colours.ink)) S.root.style.setProperty(`--${role}`, ink);
  }
  S.font = style.fontFamily;
  S.panel = ground;
  S.ink = style.getPropertyValue("--ink");
  S.quiet = style.getPropertyValue("--quiet");
  S.faint = style.getPropertyValue("--faint");
  const rows = S.root.querySelector(".rows");
  S.left = S.width < NARROW ? LABELS_NARROW : LABELS_WIDE;
  S.root.style.setProperty("--labels", `${S.left}px`);
  S.plotWidth = rows.clientWidth - S.left;
  S.column = S.plotWidth / T;
  for (const part of S.parts) part.layout?.();
  mark(S, "chosen", `${S.model}/${S.signal}`);
  step(S);
}

function step(S) {
  for (const part of S.parts) part.step?.();
  Object.assign(S.root.dataset, { t: S.t + 1, unit: S.unit + 1, mode: S.mode, signal: S.signal ?? "", model: S.head.models[S.model].id, name: S.head.name });
}

function play(S, on) {
  S.playing = on;
  layout(S);
  if (!on) return S.commit();
  const way = S.mode === "backward" ? -1 : 1, end = way > 0 ? S.head.T - 1 : 0;
  if (S.t === end) S.go(way > 0 ? 0 : S.head.T - 1);
  let last = performance.now();
  const tick = (now) => {
    if (!S.playing) return;
    const moved = Math.floor(((now - last) / 1000) * S.speed);
    if (moved > 0) { last += (moved * 1000) / S.speed; S.go(S.t + way * moved); }
    if (S.t === end) return play(S, false);
    requestAnimationFrame(tick);
  };
  requestAnimationFrame(tick);
}

const KEYS = {
  ArrowLeft: (S) => S.go(S.t - 1, true),
  ArrowRight: (S) => S.go(S.t + 1, true),
  Home: (S) => S.go(0, true),
  End: (S) => S.go(S.head.T - 1, true),
  ArrowUp: (S) => moveUnit(S, -1),
  ArrowDown: (S) => moveUnit(S, 1),
  " ": (S) => S.toggle(),
  "+": (S) => changeSpeed(S, 1),
  "=": (S) => changeSpeed(S, 1),
  "-": (S) => changeSpeed(S, -1),
  b: (S) => S.turn(S.mode === "backward" ? "forward" : "backward"),
  f: (S) => fillScreen(S),
  Escape: (S) => S.signal && S.select(S.model, null),
};

// Keys work at once, without a click first, but never take a key from a control that has the focus.
function pressed(S, event) {
  S.byPointer = false;
  const target = event.composedPath()[0], action = KEYS[event.key];
  if (!action || !S.head || event.ctrlKey || event.metaKey || event.altKey) return;
  const inStage = S.root.contains(target);
  const busy = target.closest?.("input, textarea, select, [contenteditable], [role=listbox], [role=slider], [role=combobox], [role=radio], [role=tab], [role=dialog]");
  if (busy && !(inStage && (target.type === "range" || target.role === "tab") && event.key !== " ")) return;
  // A button that was clicked keeps the focus, but only one that was reached by keys should hear the space bar.
  if (event.key === " " && target.closest?.("button, a, summary")?.matches(":focus-visible")) return;
  if (!inStage && /^Arrow(Up|Down)$/.test(event.key)) return;
  event.preventDefault();
  action(S);
}

function moveUnit(S, by) {
  const H = S.head.models[S.model].H;
  S.unit = (S.unit + by + H) % H;
  layout(S);
  S.commit();
}

function changeSpeed(S, by) {
  S.speed = SPEEDS[Math.min(SPEEDS.length - 1, Math.max(0, SPEEDS.indexOf(S.speed) + by))];
  layout(S);
}

// Hovering or focusing a symbol, wire, row, curve or box lights up all that stands for the same signal; the rest fades.
function linkHover(S) {
  const { root } = S;
  S.light = (name) => {
    if (name === S.lit || !S.head) return;
    const [m, s] = name.split("/");
    S.lit = name;
    root.classList.toggle("hot", Boolean(name) && Boolean(s === "x" || S.signalOf(+m, s)));
    mark(S, "lit", name);
    for (const part of S.parts) part.light?.();
  };
  const over = (event) => {
    if (event.pointerType === "touch") return;
    const element = event.target.closest?.("[data-s][data-m]");
    if (event.target.localName !== "canvas" || element) S.light(element ? `${element.dataset.m}/${element.dataset.s}` : "");
  };
  root.addEventListener("pointerover", over);
  root.addEventListener("focusin", over);
  root.addEventListener("pointerleave", () => S.light(""));
  root.addEventListener("click", (event) => {
    const clicked = event.target.closest?.(".wire, .dot, .strip, .reach");
    if (!clicked) return;
    // The input has no formula of its own: its wires open what they lead to.
    const { m, s, to } = clicked.dataset, opened = [s, to].find((name) => S.signalOf(+m, name));
    if (!opened) return;
    const { unit, pixel } = event.target.dataset;
    if (unit >= 0) S.unit = +unit;
    if (pixel) S.pixel = S.get(+m, "v:h").shape.length > 2 ? +pixel : pixel % imageOf(S, S.get(+m, `v:${s}`)).width;
    if (clicked.matches(".reach")) S.mode = "backward";
    S.select(+m, opened, true);
  });
}

// Symbols in the page's own text, below the name of a cell that is on the stage: they light up here, a click opens them.
function linkText(S) {
  const meant = (event) => {
    const symbol = event.composedPath()[0].closest?.("[data-cell] [data-s]"), cell = symbol?.closest("[data-cell]").dataset.cell;
    const m = symbol && S.head ? S.head.models.findIndex((model) => model.id === cell) : -1;
    return m < 0 ? null : { m, s: symbol.dataset.s };
  };
  const over = (event) => {
    const now = meant(event), name = now ? `${now.m}/${now.s}` : "";
    if (name || S.fromText) S.light(name);
    S.fromText = Boolean(name);
  };
  const open = (event) => {
    const now = event.type === "click" || event.key === "Enter" ? meant(event) : null;
    if (now && S.signalOf(now.m, now.s)) S.select(now.m, now.s);
  };
  const heard = [["pointerover", over], ["focusin", over], ["click", open], ["keydown", open]];
  for (const [type, listener] of heard) document.addEventListener(type, listener);
  return () => { for (const [type, listener] of heard) document.removeEventListener(type, listener); };
}

function mark(S, kind, name) {
  for (const element of S.root.querySelectorAll("[data-s][data-m]")) element.classList.toggle(kind, `${element.dataset.m}/${element.dataset.s}` === name);
}
