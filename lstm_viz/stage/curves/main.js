// The curves of training: all that is drawn is in the last bytes; Python hears of the moment that the reader chooses.

const charts = new WeakMap();

export default function ({ data, parentElement, setStateValue }) {
  const root = parentElement.querySelector(".curves");
  const S = charts.get(root) ?? newChart(root);
  charts.set(root, S);
  S.send = (view) => setStateValue("view", view);
  if (data) receive(S, data);
  return () => { S.watch.disconnect(); S.holder?.removeAttribute("style"); clearTimeout(S.waiting); charts.delete(root); };
}

function newChart(root) {
  const S = { root, at: 0, follow: true, sent: 0, chosen: 0 };
  // The number makes the same choice, made twice, two messages.
  const tell = () => { S.waiting = 0; S.told = performance.now(); S.send({ at: S.follow ? null : S.at, n: ++S.sent }); };
  S.choose = (at, soon = false) => {
    S.follow = at === null;
    S.at = at ?? S.head.newest ?? S.head.stops.at(-1);
    S.chosen = S.follow ? null : S.at;
    layout(S);
    if (!soon) { clearTimeout(S.waiting); tell(); } else S.waiting ||= setTimeout(tell, Math.max(0, PACE - (performance.now() - (S.told ?? 0))));
  };
  S.jump = (step) => { if (S.head.stops.length > 1) S.choose(S.head.stops.reduce((a, b) => (Math.abs(b - step) < Math.abs(a - step) ? b : a))); };
  S.watch = new ResizeObserver(() => { if (S.head && root.clientWidth !== S.width) layout(S); });
  S.watch.observe(root);
  return S;
}

// While the reader draws the slider, what Python still has to hear of is not undone by what it said before.
function receive(S, data) {
  if (S.bytes !== data) {
    Object.assign(S, { bytes: data, ...unpack(data) });
    if (!S.dragging && !S.waiting) Object.assign(S, { at: S.head.at, follow: S.head.follow });
    if (S.built !== S.head.plots.length) build(S);
  }
  layout(S);
}

function build(S) {
  const panels = S.head.plots.map((_, k) => buildPanel(S, k)), runs = buildRuns(S), moment = buildMoment(S);
  S.built = panels.length;
  S.parts = [...panels, runs, moment];
  S.root.replaceChildren(runs.element, make("div.plots", {}, panels.map((p) => p.element)), moment.element);
}

function layout(S) {
  S.width = S.root.clientWidth;
  S.height = innerHeight < 800 ? 158 : 190;
  const ground = getComputedStyle(S.root).backgroundColor.match(/\d+/g)?.slice(0, 3).map(Number) ?? [255, 255, 255];
  S.dark = ground[0] + ground[1] + ground[2] < 380;
  for (const part of S.parts) part.layout();
  stick(S);
  Object.assign(S.root.dataset, { at: S.at, follow: S.follow, steps: S.head.runs.map((run) => run.steps).join(), stops: S.head.stops.length });
}

// Where the curves are the last of their part of the page, their slider stays below the page's header while
// the reader scrolls on to what it moves; all above it leaves the window.
function stick(S) {
  const own = (S.root.getRootNode().host ?? S.root).closest('[data-testid="stElementContainer"]');
  S.holder = own?.parentElement.closest('[data-testid="stLayoutWrapper"]');
  if (!S.holder) return;
  const stays = innerWidth > 640 && own === own.parentElement.lastElementChild;
  const above = S.root.querySelector(".moment").getBoundingClientRect().top - S.holder.getBoundingClientRect().top;
  const header = document.querySelector(".stAppHeader")?.offsetHeight ?? 0;
  S.holder.style.cssText = stays ? `position: sticky; top: ${Math.round(header - above)}px; z-index: 5` : "";
}
